"""What can still be had of a zip archive without its table of contents, because its end was cut off.

Each member has a header of its own before it (APPNOTE.TXT of PKWARE, section 4.3.7). Members are read one after the
other, as far as they are whole: their checksum tells. Other forms of packing than deflate end it.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from parser.forms.streams import CHUNK
from parser.ingest.limits import Budget, Fault, Limits, page_too_large
from parser.ingest.model import Dump, Refusal
from parser.ingest.names import is_hidden, plain, refused_by_name
from parser.ingest.unpack import ReadMember

# Signature, version, flags, method, time, date, checksum, packed size, size, length of the name and of the extra field.
_HEADER = struct.Struct("<4s5H3L2H")
_SIGNATURE = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"

_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_UTF_8 = 0x800
_STORED = 0
_DEFLATED = 8


class _Cut(Exception):
    """The archive goes no further."""


class _Header(NamedTuple):
    name: str
    flags: int
    method: int
    checksum: int
    packed: int


def salvage(
    name: str, file: BinaryIO, limits: Limits, budget: Budget, read_member: ReadMember, why: str
) -> Iterator[Dump | Refusal]:
    """The members that are whole, held in memory one at a time; always ends in a `Fault`, as `why` says."""
    file.seek(0)
    found = 0
    try:
        while True:
            header = _read_header(file)
            place = f"{name}!{plain(header.name)}"
            data, checksum = _read_member(file, header, limits, budget)
            found += 1
            if header.name.endswith("/"):
                continue
            if refusal := refused_by_name(header.name, place):
                yield refusal
            elif is_hidden(header.name):
                continue
            elif data is None:
                yield Refusal(place, "too-large", page_too_large(limits).message)
            elif zlib.crc32(data) != checksum:
                yield Refusal(place, "damaged-archive", "this member is damaged: its checksum does not fit")
            else:
                yield from read_member(place, io.BytesIO(data))
    except _Cut:
        pass
    kept = f"the {found:,} members before the damage were read" if found else "no member could be read"
    raise Fault("damaged-archive", f"it is no zip archive, or is damaged or cut off ({why}); {kept}")


def _read_header(file: BinaryIO) -> _Header:
    signature, _, flags, method, _, _, checksum, packed, _, name, extra = _HEADER.unpack(_exactly(file, _HEADER.size))
    if signature != _SIGNATURE or flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
        raise _Cut
    if method == _STORED and flags & _SIZES_FOLLOW:
        raise _Cut
    called = _exactly(file, name).decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    _exactly(file, extra)
    return _Header(called, flags, method, checksum, packed)


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise _Cut
    return data


def _read_member(file: BinaryIO, header: _Header, limits: Limits, budget: Budget) -> tuple[bytes | None, int]:
    """The bytes of a member, None if they are over the limit of a page, and its checksum; the next header follows."""
    kept: bytearray | None = bytearray()
    for piece in _inflated(file) if header.method == _DEFLATED else _stored(file, header.packed):
        budget.spend(len(piece))
        if kept is not None:
            kept += piece
            if len(kept) > limits.page:
                kept = None
    checksum = _read_descriptor(file) if header.flags & _SIZES_FOLLOW else header.checksum
    return None if kept is None else bytes(kept), checksum


def _stored(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = _exactly(file, min(size, CHUNK))
        size -= len(piece)
        yield piece


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """What a run of deflate unpacks to; it tells its own end, where the file is left."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while not inflater.eof:
        packed = inflater.unconsumed_tail or file.read(CHUNK)
        try:
            piece = inflater.decompress(packed, CHUNK)
        except zlib.error:
            raise _Cut from None
        if not packed and not piece:
            raise _Cut
        yield piece
    file.seek(-len(inflater.unused_data), io.SEEK_CUR)


def _read_descriptor(file: BinaryIO) -> int:
    """The checksum behind a member (section 4.3.9): with or without a signature, before two sizes of 4 or 8 bytes."""
    first = _exactly(file, 4)
    checksum: int = struct.unpack("<L", _exactly(file, 4) if first == _DESCRIPTOR else first)[0]
    sizes = file.read(18)
    # Every record of the format begins with these two letters.
    length = next((length for length in (8, 16) if sizes[length : length + 2] == b"PK"), None)
    if length is None:
        # The member itself may be whole though the file ends right behind it; it is safer not to say so.
        raise _Cut
    file.seek(length - len(sizes), io.SEEK_CUR)
    return checksum
