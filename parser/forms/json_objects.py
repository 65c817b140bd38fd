"""The objects of a stream of JSON, one at a time: of an array, of lines, of an array within an object.

[{"protocolSection": ...}, {"protocolSection": ...}]
{"totalCount": 2, "studies": [{"protocolSection": ...}, {"protocolSection": ...}]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.forms.export import Refused
from parser.forms.streams import Stream, utf8_chunks
from parser.problems import NotARecordError, ParserError, TooLargeError

_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'["{}]')
_INSIDE_LINE = re.compile(rb'["{}\n]')
_QUOTED = re.compile(rb'["\\\n]')
# What is between braces, strings that end among it.
_STRING = rb'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_BETWEEN = re.compile(rb'(?:[^"{}]+|%s)*' % _STRING, re.DOTALL)
_BETWEEN_IN_LINE = re.compile(rb'(?:[^"{}\n]+|%s)*' % _STRING, re.DOTALL)
_LINE_ENDS = re.compile(rb"[ \t\r]*\n")
_PUNCTUATION = b" \t\r\n,"

# So far is looked for the array of an object that holds records: the values before it are few and short.
_AHEAD = 4096

_SHOWN = 40


class JsonObjects:
    """Iterates over the outermost objects of a stream: their numbers and their bytes, or `Refused`.

    An object whose start `wrapper` matches, up to the `[` of its array, is not a record: the objects in that array are.

    Only strings, braces and brackets are examined, and memory is that of one object, of at most `limit` bytes. A
    string does not run over the end of a line; and where the first object has a line of its own, no other object does.
    So an object that was cut off is refused, and the next line is read.
    """

    def __init__(self, stream: Stream, limit: int, wrapper: re.Pattern[bytes]) -> None:
        self._chunks = utf8_chunks(stream)
        self._limit = limit
        self._wrapper = wrapper
        self._data = b""
        self._at = 0
        self._lists = 0
        self._wrapped = False
        # Whether each object has a line of its own; not known before the first one has ended.
        self._by_line: bool | None = None

    def __iter__(self) -> Iterator[tuple[int, bytes] | Refused]:
        number = 0
        for found in self._between():
            number += 1
            read = self._read_object() if found is None else found
            yield (number, read) if isinstance(read, bytes) else Refused(number, read)
        if self._lists > 0:
            yield Refused(number + 1, NotARecordError("the array has no end: the file was cut off after this record"))

    def _refill(self) -> bool:
        """Go on to the next bytes; what was before is let go."""
        if not (chunk := next(self._chunks, b"")):
            return False
        # An escape at the end of the bytes makes the place one past them.
        self._at = max(0, self._at - len(self._data))
        self._data = chunk
        return True

    def _between(self) -> Iterator[ParserError | None]:
        """None if the place is at the start of an object, an error for what is neither object nor punctuation."""
        while True:
            match = _OUTSIDE.search(self._data, self._at)
            between = self._data[self._at : match.start() if match else None].strip(_PUNCTUATION)
            if between and not self._wrapped:
                yield _no_object(between)
            if match is None:
                if not self._refill():
                    return
                self._at = 0
                continue
            self._at = match.end()
            sign = match[0]
            if sign == b"[":
                self._lists += 1
            elif sign == b"]":
                self._lists -= 1
            elif sign == b"}":
                self._wrapped = False
            elif sign == b'"':
                self._skip_string()
            else:
                self._at -= 1
                while len(self._data) - self._at < _AHEAD and (more := next(self._chunks, b"")):
                    self._data, self._at = self._data[self._at :] + more, 0
                if wrapper := self._wrapper.match(self._data, self._at):
                    self._at = wrapper.end()
                    self._wrapped = True
                    self._lists += 1
                else:
                    yield None

    def _skip_string(self) -> None:
        """Go to the end of a string that is no part of an object."""
        while True:
            match = _QUOTED.search(self._data, self._at)
            if match is None:
                self._at = max(self._at, len(self._data))
                if not self._refill():
                    return
                continue
            self._at = match.end()
            if match[0] != b"\\":
                return
            self._at += 1

    def _read_object(self) -> bytes | ParserError:
        """The object that begins here, up to its end; or why it cannot be had."""
        pieces: list[bytes] = []
        begin, size, depth, quoted = self._at, 0, 0, False
        between, unquoted = (_BETWEEN_IN_LINE, _INSIDE_LINE) if self._by_line else (_BETWEEN, _INSIDE)
        while True:
            if not quoted and (passed := between.match(self._data, self._at)):
                self._at = passed.end()
            match = (_QUOTED if quoted else unquoted).search(self._data, self._at)
            end = match.end() if match else len(self._data)
            sign = match[0] if match else b""
            if match is None or sign == b"\n" or (sign == b"}" and depth == 1):
                size += end - begin
                pieces.append(self._data[begin:end])
                if size > self._limit:
                    pieces.clear()
            if match is None:
                self._at = max(self._at, end)
                if not self._refill():
                    return NotARecordError("the JSON is cut off: the input ends within this record")
                begin = 0
                continue
            self._at = end
            if sign == b'"':
                quoted = not quoted
            elif sign == b"\\":
                self._at += 1
            elif sign == b"{":
                depth += 1
            elif sign == b"\n":
                return NotARecordError("the JSON is cut off: the line ends within this record")
            else:
                depth -= 1
                if not depth:
                    return self._whole(pieces, size)

    def _whole(self, pieces: list[bytes], size: int) -> bytes | ParserError:
        data = b"".join(pieces)
        if self._by_line is None and not self._lists:
            self._by_line = bool(data) and b"\n" not in data and bool(_LINE_ENDS.match(self._data, self._at))
        if size > self._limit:
            return too_large(size, self._limit)
        return data


def too_large(size: int, limit: int) -> TooLargeError:
    return TooLargeError(
        f"the record has {size:,} bytes, more than the limit of {limit:,}; "
        "raise the limit (max_size, --max-size) if it really is one record"
    )


def _no_object(between: bytes) -> NotARecordError:
    shown = between[:_SHOWN].decode("utf-8", "replace")
    return NotARecordError(f"the JSON has {shown!r} where a record should be, not an object")
