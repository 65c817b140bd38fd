"""The records of an XML file by the name of their element, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.forms.export import Payload, Refused
from parser.forms.json_objects import too_large
from parser.forms.streams import Stream, utf8_chunks
from parser.problems import NotARecordError

# How much of a chunk is kept for a tag that may end in the next one.
_LONGEST_TAG = 4096


def split_elements(
    stream: Stream, limit: int, form: str, tag: str, *, open_end: bool = False
) -> Iterator[Payload | Refused]:
    """The elements of a name in a stream, each of at most `limit` bytes.

    One without an end is refused, but for the last one with `open_end`: whoever reads it looks whether it is whole.
    """
    return _Elements(limit, form, tag, open_end).split(utf8_chunks(stream))


class _Elements:
    def __init__(self, limit: int, form: str, tag: str, open_end: bool) -> None:
        self._limit, self._form, self._name, self._open_end = limit, form, tag, open_end
        self._tag = re.compile(rb"<(?P<end>/?)" + re.escape(tag.encode()) + rb"(?=[\s/>])[^>]*>")
        self._number = 0
        self._inside = False
        self._pieces: list[bytes] = []
        self._size = 0

    def split(self, chunks: Iterator[bytes]) -> Iterator[Payload | Refused]:
        held = b""
        for chunk in chunks:
            held += chunk
            at = 0
            for tag in self._tag.finditer(held):
                if tag["end"] and self._inside:
                    self._add(held[at : tag.end()])
                    yield self._ended()
                elif not tag["end"]:
                    if self._inside:
                        yield self._cut_off()
                    self._begin()
                    self._add(tag[0])
                at = tag.end()
            kept = max(at, len(held) - _LONGEST_TAG)
            self._add(held[at:kept])
            held = held[kept:]
        if self._inside:
            self._add(held)
            yield self._ended() if self._open_end else self._cut_off()

    def _begin(self) -> None:
        self._number += 1
        self._inside = True
        self._pieces, self._size = [], 0

    def _add(self, piece: bytes) -> None:
        if self._inside:
            self._size += len(piece)
            self._pieces.append(piece)
            if self._size > self._limit:
                self._pieces.clear()

    def _ended(self) -> Payload | Refused:
        self._inside = False
        if self._size > self._limit:
            return Refused(self._number, too_large(self._size, self._limit))
        return Payload(self._form, self._number, b"".join(self._pieces))

    def _cut_off(self) -> Refused:
        return Refused(self._number, NotARecordError(f"the XML is cut off: the element {self._name} has no end"))
