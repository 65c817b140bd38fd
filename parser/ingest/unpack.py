"""Streams of bytes under limits: unpacks gzip and Zstandard, and reads a page from any stream."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal, NamedTuple, Protocol, cast

from parser.forms.streams import CHUNK, Stream
from parser.ingest.limits import Fault, Limits, UnpackBudget, page_too_large
from parser.ingest.model import Dump, Refusal

MISSING_ZSTD = "Zstandard needs a library that is not installed: pip install 'registry-text-parser[zstd]'"


ReadMember = Callable[[str, Stream], Iterator[Dump | Refusal]]
"""Reads the content of an archive's member, given its name and its bytes; errors of the member become refusals."""


class _Unpacker(Protocol):
    """The common interface of the standard library's packed files."""

    def read1(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class _Opened(NamedTuple):
    stream: _Unpacker
    faults: tuple[type[Exception], ...]
    """The errors that it raises if the packed bytes are damaged."""


def _open_gzip(packed: BinaryIO) -> _Opened:
    return _Opened(gzip.GzipFile(fileobj=packed, mode="rb"), (EOFError, gzip.BadGzipFile, zlib.error))


def _open_zstd(packed: BinaryIO) -> _Opened:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise Fault("missing-dependency", MISSING_ZSTD) from None
    return _Opened(zstd.ZstdFile(packed), (EOFError, zstd.ZstdError))


_OPENERS: dict[str, Callable[[BinaryIO], _Opened]] = {"gzip": _open_gzip, "zstd": _open_zstd}


class Counted:
    """Counts the bytes that are read of a stream."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class Unpacked:
    """The content of a packed stream. Undamaged content is returned before `Fault` reports damage.

    Raises `Fault` for a damage and for a limit, and once it did, each time it is read.
    """

    def __init__(self, packed: Stream, packing: Literal["gzip", "zstd"], limits: Limits) -> None:
        counted = Counted(packed)
        self._budget = UnpackBudget(limits, lambda: counted.count)
        # Both libraries ask no more of the file than that it can be read.
        self._opened = _OPENERS[packing](cast("BinaryIO", counted))
        self._fault: Fault | None = None

    def read(self, size: int, /) -> bytes:
        data = bytearray()
        while len(data) < size and not self._fault:
            piece = self._read_piece(size - len(data))
            if not piece:
                break
            data += piece
        if self._fault and not data:
            raise self._fault
        return bytes(data)

    def close(self) -> None:
        self._opened.stream.close()

    def _read_piece(self, size: int) -> bytes:
        """Some bytes; none at the end, or if `_fault` is set."""
        try:
            # `read` loses unpacked content when it meets damage; `read1` unpacks one piece.
            piece = self._opened.stream.read1(min(size, CHUNK))
            self._budget.spend(len(piece))
            return piece
        except Fault as fault:
            self._fault = fault
        except self._opened.faults as error:
            self._fault = Fault("damaged-archive", f"it is damaged or cut off, and cannot be unpacked further: {error}")
        return b""


def read_page(name: str, stream: Stream, limits: Limits) -> Dump:
    """The page in a stream; little more than the limit is held in memory. Raises `Fault` if it is larger."""
    data = bytearray()
    while chunk := stream.read(CHUNK):
        data += chunk
        if len(data) > limits.page:
            raise page_too_large(limits)
    return Dump(name, bytes(data))
