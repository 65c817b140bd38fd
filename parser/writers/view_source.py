"""The left side of a viewed record: the text that it was read from, line by line, and where values are in it.

    <div class="line" data-n="5">NCT ID: NCT03562065</div>       and `4:8-4:19` is the place of the id

A place names its line, counted from 0, and a column in UTF-16 units, which is what the DOM of a browser counts in
(DOM Standard, section 4.10); offsets in documents are code points. A record of an export has no such text, since its
offsets count in its values: its values are listed instead.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple, Protocol

from parser.writers.view_html import Markup, join, tag

# U+2028 and similar characters do not end lines, as in the rest of the package.
_LINE_END = re.compile(r"\r\n|\n|\r")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# Browsers skip blocks of lines that are out of sight (`content-visibility`).
_LINES_IN_A_BLOCK = 50

# A browser lays a line out as a whole, so a longer one is shown as several.
_LONGEST_LINE = 4000

# The most consecutive blank lines that are shown.
_MOST_BLANK = 3

_CRITERIA = "/protocolSection/eligibilityModule/eligibilityCriteria"
# The source in protocolSection of fields of normalizedSection that have another name there.
_READ_FROM = {
    "countryCode": "country",
    "stateCode": "state",
    "rawName": "name",
    "degrees": "name",
    "suffix": "name",
    "rawPhone": "phone",
    "phoneExt": "phone",
    "otherPhones": "phone",
}
_REFERENCE = re.compile(r"/protocolSection/referencesModule/references/\d+")

_SLASH_OR_END = re.compile(r"/|\Z")

Stretch = tuple[int, int]


class SourceView:
    """A text in lines, with names for its spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._starts: list[int] = []
        self._stops: list[int] = []
        # The number of each line of the text; continued lines have none.
        self._numbers: list[int | None] = []
        starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)]
        blank = 0
        for number, (start, stop) in enumerate(zip(starts, stops, strict=True), 1):
            blank = 0 if text[start:stop].strip() else blank + 1
            if blank > _MOST_BLANK:
                continue
            cuts = list(self._cuts(start, stop))
            self._starts += [start, *cuts]
            self._stops += [*cuts, stop]
            self._numbers += [number, *[None] * len(cuts)]
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]

    def _cuts(self, start: int, stop: int) -> Iterator[int]:
        """Where a line that is too long is cut: after a blank if there is one."""
        while stop - start > _LONGEST_LINE:
            blank = self.text.rfind(" ", start + _LONGEST_LINE // 2, start + _LONGEST_LINE)
            start = blank + 1 if blank >= 0 else start + _LONGEST_LINE
            yield start

    def count(self, start: int, end: int) -> int:
        """The number of lines that begin in a span."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def place(self, start: int, end: int) -> str:
        """A span as `line:column-line:column`, cut at the end of the text."""
        return f"{self._point(start)}-{self._point(max(start, end))}"

    def _point(self, offset: int) -> str:
        line = bisect_right(self._starts, min(max(offset, 0), len(self.text))) - 1
        start = self._starts[line]
        offset = min(max(offset, 0), self._stops[line])
        astral = bisect_right(self._astral, offset - 1) - bisect_right(self._astral, start - 1)
        return f"{line}:{offset - start + astral}"

    def lines(self, marked: Sequence[Stretch]) -> Iterator[Markup]:
        """The lines in order; the disjoint, ordered spans `marked` are in `mark` elements."""
        at = 0
        for number, start, stop in zip(self._numbers, self._starts, self._stops, strict=True):
            while at < len(marked) and marked[at][1] <= start:
                at += 1
            parts: list[str] = []
            shown, last = start, at
            while last < len(marked) and marked[last][0] < stop:
                first, end = max(marked[last][0], start), min(marked[last][1], stop)
                parts += [self.text[shown:first], tag("mark", self.text[first:end])]
                shown, last = end, last + 1
            yield tag("div", *parts, self.text[shown:stop], class_="line", data_n=str(number) if number else None)

    def html(self, marked: Iterable[Stretch] = ()) -> Markup:
        """All lines, in blocks of some."""
        lines = list(self.lines(united(marked)))
        blocks = range(0, len(lines), _LINES_IN_A_BLOCK)
        return join(tag("div", *lines[first : first + _LINES_IN_A_BLOCK], class_="block") for first in blocks)


def united(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Spans in order; adjacent ones are joined."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


class PlaceOf(Protocol):
    """The locations of values on the left side, by JSON Pointer; None for values that are not on it."""

    def of(self, pointer: str) -> str | None: ...

    def stretch(self, start: int | None, end: int | None, pointer: str) -> str | None: ...


class NoPlaces:
    """For a record that is shown without a left side."""

    def of(self, pointer: str) -> str | None:
        return None

    def stretch(self, start: int | None, end: int | None, pointer: str) -> str | None:
        return None


class Places:
    """The locations of a record's values on the left side, by JSON Pointer."""

    def __init__(self, source: SourceView, spans: Mapping[str, tuple[Stretch, ...]], foreign: Sequence[str]) -> None:
        self.source = source
        self._spans = spans
        # Values from a merged document's other sources have their spans in texts that are not shown.
        self._foreign = frozenset(foreign)

    def of(self, pointer: str) -> str | None:
        """The location of a value; None if it has no span."""
        found = () if self._is_foreign(pointer) else self._spans.get(pointer, ())
        return " ".join(self.source.place(*stretch) for stretch in found) or None

    def stretch(self, start: int | None, end: int | None, pointer: str) -> str | None:
        """The location of an object with its own span, such as a criterion, at `pointer`."""
        if start is None or end is None or self._is_foreign(pointer):
            return None
        return self.source.place(start, end)

    def _is_foreign(self, pointer: str) -> bool:
        ends = (match.start() for match in _SLASH_OR_END.finditer(pointer))
        return bool(self._foreign) and any(pointer[:end] in self._foreign for end in ends)


class ValuePlaces(Places):
    """Locations in a record that is shown as a list of values; `whole` has the span of each.

    With `counted`, offsets count in the values. Otherwise they count in a text that is not available, and each value is
    one location.
    """

    def __init__(
        self,
        source: SourceView,
        spans: Mapping[str, tuple[Stretch, ...]],
        whole: Mapping[str, Stretch],
        *,
        counted: bool,
    ) -> None:
        super().__init__(source, spans if counted else {}, ())
        self._whole = whole
        self._counted = counted

    def of(self, pointer: str) -> str | None:
        return self._within(pointer, self._spans.get(pointer, ()))

    def stretch(self, start: int | None, end: int | None, pointer: str) -> str | None:
        counts = self._counted and start is not None and end is not None
        return self._within(pointer, [(start or 0, end or 0)] if counts else ())

    def _within(self, pointer: str, stretches: Sequence[Stretch]) -> str | None:
        """Spans of the value that something was read from, or all of it if none is known."""
        value = self._value_of(pointer)
        if value not in self._whole or (value == _CRITERIA != pointer and not stretches):
            return None
        first, last = self._whole[value]
        found = [(min(first + start, last), min(first + end, last)) for start, end in stretches]
        return " ".join(self.source.place(*stretch) for stretch in found or [(first, last)])

    def _value_of(self, pointer: str) -> str:
        """The pointer of the source value of something in a record."""
        if not pointer.startswith("/normalizedSection/"):
            return pointer
        given = "/protocolSection/" + pointer.removeprefix("/normalizedSection/")
        if given.startswith(("/protocolSection/eligibilityModule/criteria", "/protocolSection/eligibilityModule/head")):
            return _CRITERIA
        if given in self._whole:
            return given
        if reference := _REFERENCE.match(given):
            return f"{reference[0]}/citation"
        above, _, key = given.rpartition("/")
        return f"{above}/{_READ_FROM.get(key, key)}"


class ShownValue(NamedTuple):
    """A value on the left side of a record of an export, under a caption."""

    caption: str
    text: str
    pointer: str
    unparsed: bool = False


def value_view(values: Sequence[ShownValue]) -> tuple[Markup, SourceView, dict[str, Stretch]]:
    """A list of values: the HTML, its text, and the span of each value in it."""
    starts = list(accumulate((len(value.text) + 1 for value in values), initial=0))
    stretches = [(start, start + len(value.text)) for start, value in zip(starts, values, strict=False)]
    source = SourceView("\n".join(value.text for value in values))
    marked = [stretch for stretch, value in zip(stretches, values, strict=True) if value.unparsed]
    lines = source.lines(united(marked))
    blocks: list[Markup] = []
    for value, (start, end) in zip(values, stretches, strict=True):
        own = islice(lines, source.count(start, end + 1))
        kind = "block value unparsed" if value.unparsed else "block value"
        blocks.append(tag("div", tag("div", value.caption, class_="caption"), *own, class_=kind))
    pointers = (value.pointer for value in values)
    return join(blocks), source, dict(zip(pointers, stretches, strict=True))
