"""The block's text as entries: one per item or paragraph, with its lines joined.

          -  Age 18 years or                an item, hard-wrapped: the second line is under its text
             older

* First                                     one item per line
* Second

Text copied from a page has no indentation; API v2 and the registry's older text have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from parser.criteria.category import find_category
from parser.criteria.markers import Marker, read_marker
from parser.lines import Line
from parser.model.codes import Category
from parser.source import trimmed

# The kinds of entries. JOINED is a paragraph that continues the entry before it, APPENDIX a note after all criteria.
ITEM, CATEGORY, HEADING, NOTE, JOINED, APPENDIX = "ITEM", "CATEGORY", "HEADING", "NOTE", "JOINED", "APPENDIX"

# The longest and the shortest width at which text is wrapped, by hand or by a program.
_WIDEST = 100
_NARROWEST = 60
# The longest marker that is looked for on a line of its own.
_LONGEST_LONE = 5
# From this many items with a blank line before each on, all items of the block have one.
_SPACED = 4
# In wrapped text several lines come this near to the longest; otherwise the longest is alone.
_RAGGED = 15
# A line that begins with a category and a colon is a heading, even if the line before it is full.
_HEADING_END = re.compile(r"[\s*_]{0,9}(?:[:：-]|\Z)")
_HEADING_BEGIN = re.compile(r"[*_#\s]{0,9}(?:(?:[Kk]ey|[Mm]ain|KEY|MAIN)\s+)?\Z")
_HALF_HEADING = re.compile(r"(?:\A|[\s*_])(?:in|ex)clusion\Z", re.IGNORECASE)
_OTHER_HALF = re.compile(r"criteri(?:a|on)\b", re.IGNORECASE)
_ENDS = (".", ";", ":", "?", "!", ")", "：", "；", "。")
# Text that ends in one of these is incomplete.
_UNFINISHED = re.compile(
    r"\b(?:with|without|of|the|an?|in|to|for|by|from|at|on|or|and|than|is|are|be|has|have|had|as|upper|lower|least|per)\Z",
    re.I,
)
# A line that begins with one of these continues a sentence.
_CONNECTS = re.compile(
    r"(?:and|or|of|in|with|to|that|which|who|whose|by|for|than|is|are|was|were|as|but|from|at|on|if|when|where|unless|except"
    r"|while|because|until|since|after|before)\b"
)


class Entry(Struct, gc=False):
    """An item or a paragraph: its marker, the span of its text, and its layout.

    `indent` is the column of its first character, `inner` that of its text; `blank`: a blank line is
    before it. `kind` and `depth` are set later. `repeated`: it is a group's heading above category headings.
    """

    start: int
    end: int
    indent: int
    inner: int
    blank: bool
    marker: Marker | None = None
    kind: str = ITEM
    depth: int = 0
    category: Category | None = None
    guessed: bool = False
    repeated: bool = False


OrdinalKey = tuple[str, str, int]
"""An ordinal: the style of its marker, its system, its number."""


def read_entries(text: str, lines: Sequence[Line]) -> list[Entry]:
    """The entries of a block, in order."""
    if any([len(line.text) <= _LONGEST_LONE for line in lines]):
        lines = _with_lone_markers(text, lines)
    markers = [read_marker(text, line.start, line.end) for line in lines]
    indents = [column(text, line.start) for line in lines]
    wrapping = _Wrapping(text, lines, markers, indents)
    entries: list[Entry] = []
    for line, marker, indent in zip(lines, markers, indents, strict=True):
        if entries and wrapping.goes_on(entries[-1], line, indent, marker):
            entries[-1].end = line.end
        else:
            entries.append(entry_at(text, line.start, line.end, indent, line.opens, marker))
        wrapping.previous = line
    _take_second_markers(text, entries)
    _drop_repeated_ordinals(text, entries)
    return entries


def _with_lone_markers(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of a block, a marker that has a line of its own joined to the text on the line after it.

    A bullet without a text is left out. An ordinal needs its predecessor or successor on such a line: `18.` may end a
    sentence.
    """
    markers = [_lone_marker(line.text) for line in lines]
    ordinals = ordinals_of(markers)
    joined: list[Line] = []
    begun: Marker | None = None
    for line, marker in zip(lines, markers, strict=True):
        if begun and not marker and not read_marker(text, line.start, line.end) and not _is_heading(line.text):
            first = joined.pop()
            line = Line(first.start, line.end, text[first.start : line.end], first.opens)
        elif begun and begun.is_bullet:
            del joined[-1]
        joined.append(line)
        begun = marker if marker and (marker.is_bullet or has_neighbour(marker, ordinals)) else None
    return joined[:-1] if begun and begun.is_bullet else joined


def _lone_marker(line: str) -> Marker | None:
    """The marker that is all of a line."""
    if len(line) > _LONGEST_LONE:
        return None
    marker = read_marker(f"{line} .", 0, len(line) + 2)
    return marker if marker and marker.end == len(line) else None


def entry_at(text: str, start: int, end: int, indent: int, blank: bool, marker: Marker | None) -> Entry:
    """The entry of a span that begins with a marker, or with its text if there is none."""
    begin = start
    if marker:
        begin = marker.end
        while begin < end and text[begin].isspace():
            begin += 1
    return Entry(begin, end, indent, indent + begin - start, blank, marker)


def column(text: str, offset: int) -> int:
    """The column of an offset in its line, from 0; a tab advances to the next multiple of 4 (CommonMark 2.2)."""
    if not offset or text[offset - 1] == "\n":
        return 0
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].expandtabs(4))


class _Wrapping:
    """Separates lines that continue the one before them, `previous`, from lines that begin an entry.

    `width` is the column at which lines were wrapped, None if they probably were not; `longest` is the end of the
    longest. `lower_items`: the block has items that begin in lower case.
    """

    def __init__(
        self, text: str, lines: Sequence[Line], markers: Sequence[Marker | None], indents: Sequence[int]
    ) -> None:
        self.text = text
        self.lines = lines
        self.markers = markers
        self.previous: Line | None = None
        widths = [indent + line.end - line.start for line, indent in zip(lines, indents, strict=True)]
        self.longest = max(widths, default=0)
        self.width = _wrapped_at(lines, widths)

    # Few blocks have lines that need these.

    @cached_property
    def lower_items(self) -> bool:
        pairs = zip(pairwise(self.lines), self.markers[1:], strict=True)
        return any(marker is None and self._begins_in_lower_case(*lines) for lines, marker in pairs)

    @cached_property
    def spaced_style(self) -> str:
        """The most common style of markers if each has a blank line before it: then no other line begins an item."""
        opens: dict[str, list[bool]] = {}
        for line, marker in zip(self.lines, self.markers, strict=True):
            if marker:
                opens.setdefault(marker.style, []).append(line.opens)
        style, found = max(opens.items(), key=lambda each: len(each[1]), default=("", []))
        return style if len(found) >= _SPACED and all(found) else ""

    @cached_property
    def ordinals(self) -> set[OrdinalKey]:
        return ordinals_of(self.markers)

    def goes_on(self, entry: Entry, line: Line, indent: int, marker: Marker | None) -> bool:
        previous = self.previous
        if line.opens or previous is None:
            return False
        if marker is not None:
            return self._only_looks_marked(entry, previous, line, indent, marker)
        if _HALF_HEADING.search(previous.text[-20:]) and _OTHER_HALF.match(line.text):
            return True
        if entry.marker and indent >= max(entry.inner - 1, 1):
            return True
        if indent and indent != entry.indent:
            return indent > entry.indent
        if _is_heading(line.text):
            return False
        if self.spaced_style and not previous.text.endswith((":", "：")):
            return True
        if self.width is not None and self._was_full(previous, line.text, self.width):
            return True
        if _UNFINISHED.search(previous.text[-12:]):
            return True
        if not line.text[0].islower() or previous.text.endswith(_ENDS):
            return False
        return _CONNECTS.match(line.text) is not None or not self.lower_items

    def _begins_in_lower_case(self, before: Line, line: Line) -> bool:
        """Whether a line is an item in lower case: the line before is too short to have been wrapped."""
        if line.opens or not line.text[0].islower() or before.text.endswith(_ENDS) or _CONNECTS.match(line.text):
            return False
        return 2 * self._used(before) < self.longest

    def _used(self, line: Line) -> int:
        """The column where a line ends."""
        return column(self.text, line.start) + line.end - line.start

    def _was_full(self, previous: Line, text: str, width: int) -> bool:
        """Whether the first word of a text did not fit into the line before."""
        used = self._used(previous)
        word = text.split(maxsplit=1)[0]
        return used + 1 + len(word) > width and used > width // 2

    def _only_looks_marked(self, entry: Entry, previous: Line, line: Line, indent: int, marker: Marker) -> bool:
        """Whether a line that begins like an item was wrapped there: `... defined as grade` / `3. or higher`.

        It can only be if it is aligned with its entry's text. In the middle of a sentence an ordinal is an item only
        if its predecessor or successor is in the block; a letter needs that anywhere (`Infection with` / `A.
        fumigatus`).
        """
        ended = previous.text.endswith(_ENDS)
        if not ended and self.spaced_style not in ("", marker.style) and 4 * self._used(previous) > 3 * self.longest:
            return True
        full = self.width is not None and self._was_full(previous, line.text, self.width)
        if ended and not full:
            return False
        letter = not marker.is_bullet and marker.ordinals[0].system != "digit"
        if not full and not letter:
            return False
        single = not marker.is_bullet and not has_neighbour(marker, self.ordinals)
        if not ended and single and letter and _UNFINISHED.search(previous.text[-12:]):
            return True
        under = abs(indent - (entry.inner if entry.marker else entry.indent)) <= (1 if entry.indent else 0)
        if not entry.indent and single and indent == 0:
            # Without indentation only an incomplete sentence shows it.
            first = self.text[marker.end : marker.end + 3].lstrip()[:1]
            under = first.islower() or _UNFINISHED.search(previous.text[-12:]) is not None
        if not under or not full or previous.text.endswith((":", "：")):
            return False
        if entry.marker is None and entry.indent == indent and marker.is_bullet:
            return False
        return single or not ended


def _wrapped_at(lines: Sequence[Line], widths: Sequence[int]) -> int | None:
    """The width at which lines were wrapped; None if there is no evidence of wrapping.

    In wrapped text most lines that continue in lower case follow a full one.
    """
    width = max(widths, default=0)
    if not _NARROWEST <= width <= _WIDEST or len([used for used in widths if used > width - _RAGGED]) < 2:
        return None
    full = lower = short = 0
    for used, following in zip(widths, lines[1:], strict=False):
        if following.opens:
            continue
        if used + 1 + len(following.text.split(maxsplit=1)[0]) > width:
            full += 1
            lower += not following.text[0].isupper()
        else:
            short += 1
    return width if lower and lower * 3 >= full and full >= short else None


def _is_heading(line: str) -> bool:
    """Whether a line begins with a category heading: `Inclusion Criteria:`, `EXCLUSION`."""
    words = find_category(line, 0, min(len(line), 60))
    return (
        words is not None
        and (words.is_chinese or line[words.start].isupper())
        and _HEADING_BEGIN.match(line[: words.start]) is not None
        and _HEADING_END.match(line[words.end :]) is not None
    )


def ordinals_of(markers: Iterable[Marker | None]) -> set[OrdinalKey]:
    """The ordinals of some markers."""
    return {
        (marker.style, system, number) for marker in markers if marker is not None for system, number in marker.ordinals
    }


def has_neighbour(marker: Marker, places: set[OrdinalKey]) -> bool:
    """Whether the predecessor or successor of a marker's ordinal is in `places`."""
    style = marker.style
    return any((style, system, number + step) in places for system, number in marker.ordinals for step in (-1, 1))


def _take_second_markers(text: str, entries: Sequence[Entry]) -> None:
    """Use the second marker of items with a bullet and an ordinal (`* 1. Adults`, `* 2. Consent`) or with two bullets.

    The ordinal of a single item belongs to its text: another item must continue it.
    """
    second = [
        read_marker(text, entry.start, entry.end) if entry.marker and entry.marker.is_bullet else None
        for entry in entries
    ]
    if not any(second):
        return
    places = ordinals_of([*second, *(entry.marker for entry in entries)])
    for entry, marker in zip(entries, second, strict=True):
        if marker is None or (marker.is_bullet and not text[marker.end].isspace()):
            continue
        if marker.is_bullet or (has_neighbour(marker, places) and not _is_abbreviation(text, marker)):
            take_marker(text, entry, marker)


def _drop_repeated_ordinals(text: str, entries: Sequence[Entry]) -> None:
    """Drop the ordinals that a page printed again behind its own: `1. 1. Adults`, `2. 2. Consent`.

    A single one may begin a list within an item.
    """
    again = [
        (entry, marker)
        for entry in entries
        if entry.marker
        and entry.marker.ordinals
        and (marker := read_marker(text, entry.start, entry.end))
        and (marker.style, marker.ordinals) == (entry.marker.style, entry.marker.ordinals)
    ]
    if len(again) > 1:
        for entry, marker in again:
            entry.start = trimmed(text, marker.end, entry.end).start


def _is_abbreviation(text: str, marker: Marker) -> bool:
    """Whether a letter abbreviates a name: `C. difficile`."""
    return marker.text[0].isupper() and marker.style == "." and text[marker.end + 1 : marker.end + 2].islower()


def take_marker(text: str, entry: Entry, second: Marker) -> None:
    """Move the marker at the beginning of an item's text to the item's marker."""
    bullet = entry.marker
    assert bullet is not None, "only an item with a bullet can have a second marker"
    entry.marker = replace(second, start=bullet.start, bullet=bullet.style)
    entry.start = trimmed(text, second.end, entry.end).start
