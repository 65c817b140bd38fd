"""Bytes as they come: a head to look at, and one encoding for all that is split into records."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

CHUNK = 1 << 16
HEAD = 1 << 16
"""How many bytes are examined to recognise the form of an input."""

_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class Stream(Protocol):
    """Something to read bytes from, as a binary file."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Peeked:
    """A stream whose first bytes can be peeked at."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = b""

    def heads(self, size: int = HEAD) -> Iterator[bytes]:
        """The first bytes, more and more of them as they come, up to `size`; they are still to be read."""
        while len(self._held) < size and (chunk := self._stream.read(size - len(self._held))):
            self._held += chunk
            yield self._held

    def peek(self, size: int = HEAD) -> bytes:
        """The first bytes, `size` of them unless the stream ends before; they are still to be read."""
        for _ in self.heads(size):
            pass
        return self._held[:size]

    def read(self, size: int, /) -> bytes:
        if not self._held:
            return self._stream.read(size)
        data, self._held = self._held[:size], self._held[size:]
        return data


def utf8_chunks(stream: Stream) -> Iterator[bytes]:
    """The bytes of a stream without its byte order mark; decoded if they are UTF-16, or XML that declares its encoding.

    Bytes in another encoding are unchanged: each record is decoded separately.
    """
    chunk = stream.read(CHUNK)
    decoder = _decoder(chunk)
    if decoder is None:
        chunk = chunk.removeprefix(codecs.BOM_UTF8)
        while chunk:
            yield chunk
            chunk = stream.read(CHUNK)
        return
    while chunk:
        yield decoder.decode(chunk).encode()
        chunk = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode()


def utf8_head(head: bytes) -> bytes:
    """The head of an input as `utf8_chunks` begins."""
    decoder = _decoder(head)
    return head.removeprefix(codecs.BOM_UTF8) if decoder is None else decoder.decode(head).encode()


def _decoder(head: bytes) -> codecs.IncrementalDecoder | None:
    """What decodes the bytes of a stream; None for UTF-8, and where nothing says what they are."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    declared = _DECLARED.match(head)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    try:
        # The declaration itself could be read, so the encoding has ASCII in it.
        if name in ("utf-8", "utf8") or b"<?xml".decode(name, "replace") != "<?xml":
            return None
    except LookupError:
        return None
    # What cannot be decoded becomes U+FFFD.
    return codecs.getincrementaldecoder(name)("replace")
