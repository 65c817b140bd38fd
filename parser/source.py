"""The text of a dump, verbatim, and spans of it.

Every stage passes on a `Span` into one `Source`, never a cut string, so that a value can always be shown where it
was read. Offsets are code points into the decoded text; `text[span.start:span.end]` is what was read.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from parser.problems import BinaryInputError, EmptyInputError, Report, TooLargeError, UndecodableError

DEFAULT_MAX_SIZE = 16 * 1024 * 1024
"""The most bytes (of bytes) or code points (of str) that `parse` takes by default."""

T_co = TypeVar("T_co", covariant=True)

# U+2028, U+0085, form feeds and similar characters do not end lines here, so `str.splitlines` is not used.
_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
_SOMETHING = re.compile(r"[^\s\x00\ufeff]")
_CONTROLS = bytes([*range(0x00, 0x09), *range(0x0E, 0x1B), 0x7F])
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Span(NamedTuple):
    """A part of the source: code-point offsets, `end` exclusive."""

    start: int
    end: int


Place = Span | tuple[Span, ...]
"""Where a value is: one span of the source, or several that it was joined from."""


def stretches(place: Place) -> tuple[Span, ...]:
    """The spans of a place, in order."""
    return (place,) if isinstance(place, Span) else place


class ParsedValue(Struct, Generic[T_co], frozen=True, gc=False):
    """A parsed value and its span; `span` is None for a derived value."""

    value: T_co
    span: Span | None = None


@dataclass(frozen=True)
class Source:
    """A decoded dump. `encoding` is how bytes were decoded, None if text was given."""

    text: str
    encoding: str | None = None
    from_html: bool = False
    """Whether the text is the visible text of an HTML page."""
    surrogates: int = 0
    """The number of lone surrogates that were read as U+FFFD."""
    first_surrogate: int = 0
    """The offset of the first of them."""

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the decoded text as UTF-8, so that a page has the same hash in any encoding."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _line_starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        before = accumulate(map(len, self.text.split("\n")[:-1]), initial=0)
        return [length + line_ends for line_ends, length in enumerate(before)]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def fold(text: str) -> str:
    """A text on one line: white space collapsed to single blanks, byte order marks dropped."""
    if "  " not in text and text.isprintable():
        # All white space but the blank, and the byte order mark, is not printable.
        return text.strip(" ")
    return " ".join(text.replace("\ufeff", " ").split())


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without white space at its ends; for blank text, the empty span at its end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def read_source(data: str | bytes, max_size: int = DEFAULT_MAX_SIZE) -> Source:
    """Decode a dump, or raise the reason why that is impossible.

    Bytes are UTF-8 or UTF-16 by their byte order mark, else UTF-8, else Windows-1252. Raises `EmptyInputError`,
    `TooLargeError`, `BinaryInputError` or `UndecodableError`.
    """
    if len(data) > max_size:
        unit = "bytes" if isinstance(data, bytes) else "characters"
        raise TooLargeError(
            f"the input has {len(data):,} {unit}, more than the limit of {max_size:,}; "
            "raise the limit (max_size, --max-size) if it really is one record"
        )
    source = text_source(data) if isinstance(data, str) else _decode(data)
    if not _SOMETHING.search(source.text):
        raise EmptyInputError("the input is empty: there is no text to parse")
    _refuse_binary(source.text.encode(), len(source.text))
    return source


def text_source(text: str, encoding: str | None = None) -> Source:
    """A text as a source, with U+FFFD for each lone surrogate: that is not a character, and no file can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        read, count = _SURROGATE.subn(REPLACEMENT, text)
        return Source(read, encoding, surrogates=count, first_surrogate=error.start)
    return Source(text, encoding)


def report_surrogates(source: Source, report: Report) -> None:
    """Report the lone surrogates of a source, once, at the first one."""
    if source.surrogates:
        first = source.first_surrogate
        message = (
            f"lone surrogates, which are not characters, were read as U+FFFD: {source.surrogates:,}, the first here"
        )
        report("lone-surrogate", message, Span(first, first + 1))


def _refuse_binary(data: bytes, length: int) -> None:
    """Refuse what is no text; `length` is how many characters it has. In UTF-8 a control character is one byte."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 100 > length:
        raise BinaryInputError(
            f"the input is binary ({controls:,} control characters in {length:,}), not the text of a page"
        )


def _decode(data: bytes) -> Source:
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "utf-8")
    # Text has no control characters in UTF-8 or Windows-1252; binary files nearly always do.
    if encoding == "utf-8":
        _refuse_binary(data, len(data))
    try:
        return text_source(data.decode(encoding, "surrogatepass"), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _damaged_utf8(data):
            try:
                return Source(data.decode("cp1252"), "cp1252")
            except UnicodeDecodeError:
                pass
        raise UndecodableError(
            f"the input is neither UTF-8, UTF-16 nor Windows-1252 text: byte 0x{data[error.start]:02x} at offset "
            f"{error.start:,} cannot be read as {encoding}; re-encode the file as UTF-8"
        ) from error


def _damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are UTF-8 with a few bad bytes, which Windows-1252 would turn to nonsense.

    Windows-1252 prose has single accented letters, which are nearly always invalid UTF-8.
    """
    kept = data.decode("utf-8", "replace")
    bad = kept.count("\ufffd")
    good = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", kept))
    return good >= bad
