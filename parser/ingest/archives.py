"""Pages in tar and zip archives. Nothing is written to disk; members are read in the archive's order.

A tar archive is read as a stream, a member at a time. A zip archive has its index at the end (APPNOTE.TXT of PKWARE,
section 4.3.6), which takes less than 1 KB of memory a member; without it, where the file was cut off, it is refused.
"""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from parser.escape import printable as plain
from parser.forms.streams import CHUNK, Stream
from parser.ingest.limits import ArchiveFault, Fault, Limits, UnpackBudget
from parser.ingest.model import Dump, Refusal
from parser.ingest.names import is_hidden, refused_by_name
from parser.ingest.unpack import Counted, ReadMember

# The longest name or comment of a member; real ones are far shorter, and tarfile holds them in memory.
_MOST_EXTENSION = 1 << 20

_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)

_ENCRYPTED = 0x1
_UNIX = 3


# --- tar ------------------------------------------------------------------------------------------------------------


class _TarMember(tarfile.TarInfo):
    """A member's header. Damage raises `Fault`, because `tarfile` takes most of it for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _TarMember:
        try:
            member = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            # A block of zeros is the end mark.
            if len(buf) == tarfile.BLOCKSIZE and not buf.strip(b"\0"):
                raise
            raise _tar_damage(str(error) if buf else "it ends without its end mark") from None
        if member.size < 0 or (member.type in _EXTENSIONS and member.size > _MOST_EXTENSION):
            raise _tar_damage("it has a header that no valid archive has")
        return member


def _tar_damage(what: str) -> Fault:
    return Fault(
        "damaged-archive", f"it is not a tar archive, or is damaged or cut off ({what}); what came before was read"
    )


class _Inside:
    """The bytes of a member, until the archive turns out to be damaged."""

    def __init__(self, stream: Stream, budget: UnpackBudget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int, /) -> bytes:
        try:
            data = self._stream.read(size)
            self._budget.spend(len(data))
        except Fault as fault:
            raise ArchiveFault(fault) from None
        except tarfile.TarError as error:
            raise ArchiveFault(_tar_damage(str(error))) from None
        return data


def read_tar(name: str, stream: Stream, limits: Limits, read_member: ReadMember) -> Iterator[Dump | Refusal]:
    """The pages of a tar archive.

    Raises `Fault` if it is damaged or over a limit, after the pages before that point.
    """
    counted = Counted(stream)
    # A member may have holes: zeros that take no space in the archive.
    budget = UnpackBudget(limits, lambda: counted.count)
    try:
        with tarfile.open(fileobj=cast("BinaryIO", counted), mode="r|", bufsize=CHUNK, tarinfo=_TarMember) as archive:
            for member in archive:
                # Otherwise it would keep the header of every member.
                archive.members.clear()  # type: ignore[attr-defined]
                yield from _read_tar_member(f"{name}!{plain(member.name)}", archive, member, budget, read_member)
            _expect_end(cast("Stream", archive.fileobj))
    except ArchiveFault as error:
        raise error.fault from None
    except tarfile.TarError as error:
        raise _tar_damage(str(error)) from None


def _read_tar_member(
    place: str, archive: tarfile.TarFile, member: tarfile.TarInfo, budget: UnpackBudget, read_member: ReadMember
) -> Iterator[Dump | Refusal]:
    if member.isdir():
        return
    if refusal := refused_by_name(member.name, place):
        yield refusal
    elif is_hidden(member.name):
        return
    elif member.isreg():
        content = archive.extractfile(member)
        assert content, "a regular file has content"
        yield from read_member(place, _Inside(content, budget))
    elif member.islnk() or member.issym():
        message = f"a link to {plain(member.linkname)}; links in archives are not followed"
        yield Refusal(place, "not-a-file", message)
    else:
        yield Refusal(place, "not-a-file", "a device or a FIFO, not a file with text")


def _expect_end(stream: Stream) -> None:
    """Read to the end, so that a compressed archive is checked to its last byte, and data after the end mark found."""
    while chunk := stream.read(CHUNK):
        if chunk.strip(b"\0"):
            raise Fault(
                "damaged-archive", "there is more after its end mark: were archives joined? what came before was read"
            )


# --- zip ------------------------------------------------------------------------------------------------------------

# Before each member (APPNOTE.TXT, section 4.3.7).
_ZIP_SIGNATURE = b"PK\x03\x04"
_ZIP_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)


class _ZipMember:
    """The bytes of a member. Damage concerns only this member; limits apply to the archive."""

    def __init__(self, stream: Stream, budget: UnpackBudget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int, /) -> bytes:
        try:
            data = self._stream.read(size)
        except _ZIP_DAMAGES as error:
            raise Fault("damaged-archive", f"this member is damaged: {error}") from None
        try:
            self._budget.spend(len(data))
        except Fault as fault:
            raise ArchiveFault(fault) from None
        return data


def read_zip(name: str, file: BinaryIO, limits: Limits, read_member: ReadMember) -> Iterator[Dump | Refusal]:
    """The pages of a zip archive in a seekable file. Raises `Fault` if it is damaged or over a limit."""
    size = file.seek(0, 2)
    budget = UnpackBudget(limits, lambda: size)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise _zip_damage(file) from None
    try:
        with archive:
            for member in archive.infolist():
                yield from _read_zip_member(f"{name}!{plain(member.filename)}", archive, member, budget, read_member)
    except ArchiveFault as error:
        raise error.fault from None


def _zip_damage(file: BinaryIO) -> Fault:
    file.seek(0)
    if file.read(len(_ZIP_SIGNATURE)) != _ZIP_SIGNATURE:
        return Fault("damaged-archive", "it is not a zip archive, as its name says; rename it, or get it again")
    message = (
        "a zip archive without its index, which is at the end, so it was cut off or is damaged: get it again, "
        "or rebuild the index (zip -FF cut.zip --out whole.zip) and give the new archive"
    )
    return Fault("damaged-archive", message)


def _read_zip_member(
    place: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: UnpackBudget, read_member: ReadMember
) -> Iterator[Dump | Refusal]:
    # Not `is_dir`, which fails on an empty name.
    if member.filename.endswith("/"):
        return
    if refusal := refused_by_name(member.filename, place):
        yield refusal
        return
    if is_hidden(member.filename):
        return
    if refusal := _refused_zip_member(member, place):
        yield refusal
        return
    try:
        content = archive.open(member)
    except (NotImplementedError, RuntimeError) as error:
        message = f"it is packed in a way that cannot be unpacked here ({error}); pack it with deflate"
        yield Refusal(place, "missing-dependency", message)
    except _ZIP_DAMAGES as error:
        yield Refusal(place, "damaged-archive", f"this member is damaged: {error}")
    else:
        with content:
            yield from read_member(place, _ZipMember(content, budget))


def _refused_zip_member(member: zipfile.ZipInfo, place: str) -> Refusal | None:
    # Only archives made on Unix say what kind of file it was.
    kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == _UNIX else 0
    if kind not in (0, stat.S_IFREG):
        return Refusal(place, "not-a-file", "a link, a device or a FIFO, not a file with text")
    if member.flag_bits & _ENCRYPTED:
        return Refusal(place, "unreadable", "it is encrypted; unpack the archive yourself, and pass the folder")
    return None
