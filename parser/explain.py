"""What a JSON Pointer (RFC 6901) leads to in a document, and the lines of the page that it was read from.

5 | NCT ID: NCT03562065
  |         ^^^^^^^^^^^
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import accumulate
from typing import Any, NamedTuple

from parser.escape import printable
from parser.model.document import Document
from parser.source import Source, Span, stretches, text_source

_LINE_END = re.compile(r"\r\n|\n|\r")
# RFC 6901, section 4: an index has no leading zeros. No list here has a thousand million elements.
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")

_NEAREST = 3

_CRITERIA = "/protocolSection/eligibilityModule/eligibilityCriteria"
_OF_CRITERIA = ("/normalizedSection/eligibilityModule/criteria/", "/normalizedSection/eligibilityModule/headings/")

# How much is shown of each value of an object; a pointer to the value itself shows all of it.
_MOST_SHOWN = 80

# A span of more lines than these is shown by its first and last ones.
_MOST_LINES = 12
_LAST_LINES = 3

_TAB = 8
_DOTS = "..."
# How many columns are shown next to a span that is too wide for the line.
_BESIDE = 10
# The narrowest line, however narrow the terminal: the dots alone take nine columns.
_NARROWEST = 40

# A combining mark without a letter is put on a dotted circle.
_NO_LETTER = "\u25cc"


class NoSuchPointerError(LookupError):
    """The document has nothing where a pointer leads; the message names similar pointers."""


def explain(document: Document, source: Source | None, pointer: str, name: str, width: int) -> Iterator[str]:
    """The value that a pointer leads to and the lines that it was read from, or all leaves of an object or a list.

    `source` is the page that the document was read from, None for an export, whose offsets count in its values; `name`
    is its name, and `width` the number of columns of a line. Raises `NoSuchPointerError`.
    """
    data = document.to_dict()
    part = resolve(data, pointer)
    places = _Locations(document, source, data, name)
    if _inner(part):
        for leaf, value in leaves(part, pointer):
            shown = printable(json.dumps(value, ensure_ascii=False))
            short = shown if len(shown) <= _MOST_SHOWN else shown[: _MOST_SHOWN - len(_DOTS)] + _DOTS
            yield f"{places.of(leaf).name}: {leaf} = {short}"
        return
    place = places.of(pointer)
    yield f"{place.name}: {pointer} = {printable(json.dumps(part, ensure_ascii=False))}"
    if place.span:
        yield from excerpt(place.source, place.span, width)
    else:
        yield "(it is printed nowhere on the page)" if source else "(an export's value is located by its pointer)"


# --- Places -----------------------------------------------------------------------------------------------------------


class _Location(NamedTuple):
    """Where a value was read: the name of the text, the text, and the span; no span for a derived value."""

    name: str
    source: Source
    span: Span | None = None


class _Locations:
    """The locations of a document's values, on its page or in the values of an export."""

    def __init__(self, document: Document, source: Source | None, data: Any, name: str) -> None:
        self._spans = {pointer: stretches(place)[0] for pointer, place in document.spans.items()}
        self._source = source
        self._data = data
        self._name = name
        self._fields: dict[str, Source] = {}

    def of(self, pointer: str) -> _Location:
        """The location of a value: `page.txt:5:9`, as in editors, or in an export's value `study.json:/pointer:1:4`."""
        span = self._spans.get(pointer)
        field = self._field_of(pointer) if span and not self._source else None
        source = self._text_of(field) if field else self._source
        if span is None or source is None:
            return _Location(self._name, Source(""))
        name = f"{self._name}:{field}" if field else self._name
        return _Location(":".join([name, *map(str, source.position(span.start))]), source, span)

    def _field_of(self, pointer: str) -> str | None:
        """The pointer to the value of protocolSection that an export's offsets count in.

        A quantity names it, and all criteria are from one text.
        """
        tokens = pointer.split("/")
        for end in range(len(tokens), 1, -1):
            part = resolve(self._data, "/".join(tokens[:end]))
            if isinstance(part, dict) and "path" in part:
                return str(part["path"])
        return _CRITERIA if pointer.startswith(_OF_CRITERIA) else None

    def _text_of(self, field: str) -> Source:
        if field not in self._fields:
            self._fields[field] = text_source(str(resolve(self._data, field)))
        return self._fields[field]


# --- Pointers ---------------------------------------------------------------------------------------------------------


def resolve(data: Any, pointer: str) -> Any:
    """The part of plain data at a pointer; the empty pointer is all of it.

    Raises `NoSuchPointerError`, which names the nearest existing pointers.
    """
    start, *tokens = pointer.split("/")
    part = data
    for token in [part.replace("~1", "/").replace("~0", "~") for part in tokens]:
        if isinstance(part, dict) and token in part:
            part = part[token]
        elif isinstance(part, list) and _INDEX.match(token) and int(token) < len(part):
            part = part[int(token)]
        else:
            break
    else:
        if not start:
            return part
    raise NoSuchPointerError(_nothing_at(data, pointer))


def leaves(data: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """The leaves of plain data that `pointer` leads to, each with its own pointer: all but objects and lists."""
    inner = _inner(data)
    if not inner:
        yield pointer, data
    for token, part in inner:
        yield from leaves(part, f"{pointer}/{token}")


def _inner(data: Any) -> list[tuple[str, Any]]:
    """The direct members of an object or a list, by their pointer tokens."""
    if isinstance(data, dict):
        return [(key.replace("~", "~0").replace("/", "~1"), part) for key, part in data.items()]
    return [(str(index), part) for index, part in enumerate(data)] if isinstance(data, list) else []


def _nothing_at(data: Any, pointer: str) -> str:
    """The error for a missing pointer, with the nearest ones: those that end in it, else those spelled like it."""
    known = list(_alike(data, frozenset(pointer.split("/")), ""))
    ending = [one for one in known if one.endswith("/" + pointer.removeprefix("/"))]
    near = ending[:_NEAREST] or get_close_matches(pointer, known, n=_NEAREST)
    hint = "".join(f"\n  {one}" for one in near)
    return f"the document has nothing at {pointer!r}" + (f"; the nearest are:{hint}" if hint else "")


def _alike(data: Any, tokens: frozenset[str], pointer: str) -> Iterator[str]:
    """All pointers into a document, except into later list elements that `tokens` does not name.

    Elements are alike, and a page may have thousands.
    """
    for token, part in _inner(data):
        if isinstance(data, dict) or token == "0" or token in tokens:
            yield f"{pointer}/{token}"
            yield from _alike(part, tokens, f"{pointer}/{token}")


# --- Lines ------------------------------------------------------------------------------------------------------------


def excerpt(source: Source, span: Span, width: int) -> list[str]:
    """The lines of a span, with their numbers and with carets under the span, each at most `width` wide.

    Longer lines are cut outside the span, and longer spans in their middle, with dots for the part left out. Columns
    are those of a terminal: tabs are expanded, East Asian letters may be two wide, and combining marks take none.
    """
    number, column = source.position(span.start)
    lines = list(_lines(source.text, span.start - column + 1, span.end))
    margin = len(str(number + len(lines) - 1))
    room = max(width, _NARROWEST) - margin - len(" | ")
    left_out = range(_MOST_LINES - _LAST_LINES, len(lines) - _LAST_LINES) if len(lines) > _MOST_LINES else range(0)
    shown: list[str] = []
    for index, line in enumerate(lines):
        if index in left_out:
            shown += [f"{_DOTS} {len(left_out)} lines {_DOTS}"] if index == left_out.start else []
            continue
        cells = _cells(source.slice(line), span.start - line.start, span.end - line.start)
        words, carets = _cut(cells, room)
        shown.append(f"{number + index:>{margin}} | {words}".rstrip())
        if carets:
            shown.append(f"{'':>{margin}} | {carets}")
    return shown


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines from the one that begins at `start` to the one that `end` is on, without their ends."""
    for match in _LINE_END.finditer(text, start):
        yield Span(start, match.start())
        start = match.end()
        if start >= end:
            return
    yield Span(start, len(text))


class _Cell(NamedTuple):
    """A displayed character with its combining marks: its width, and whether carets are under it."""

    shown: str
    width: int
    marked: bool


def _cut(cells: Sequence[_Cell], room: int) -> tuple[str, str]:
    """A line, and the carets below it, in at most `room` columns."""
    columns = [0, *accumulate(cell.width for cell in cells)]
    marked = [index for index, cell in enumerate(cells) if cell.marked]
    start, end = (marked[0], marked[-1] + 1) if marked else (0, 0)
    first, last = columns[start], columns[end]
    dots = len(_DOTS)

    def at_most(column: int) -> int:
        """The cell that ends at a column, or the last one before."""
        return bisect_right(columns, column) - 1

    def at_least(column: int) -> int:
        return bisect_left(columns, column)

    if columns[-1] <= room:
        parts = [(0, len(cells))]
    elif last - first <= room - 2 * dots:
        beside = room - 2 * dots - (last - first)
        after = min(columns[-1] - last, beside - min(first, beside // 2))
        left = at_least(first - (beside - after))
        parts = [(left, at_most(columns[left] + room - 2 * dots))]
    else:
        left, right = at_least(first - _BESIDE), at_most(last + _BESIDE)
        rest = room - 3 * dots - (first - columns[left]) - (columns[right] - last)
        parts = [(left, at_most(first + rest // 2)), (at_least(last - rest // 2), right)]
    words = _DOTS.join("".join(cell.shown for cell in cells[left:right]) for left, right in parts)
    carets = ("^" * dots).join(
        "".join((" ^"[cell.marked]) * cell.width for cell in cells[left:right]) for left, right in parts
    )
    if parts[0][0] > 0:
        words, carets = _DOTS + words, " " * dots + carets
    if parts[-1][1] < len(cells):
        words += _DOTS
    return words, carets.rstrip()


def _cells(line: str, start: int, end: int) -> list[_Cell]:
    """The characters of a line; those from `start` to `end` are marked."""
    cells: list[_Cell] = []
    column = 0
    for index, char in enumerate(line):
        marked = start <= index < end
        shown, width = _shown(char, column)
        if width:
            cells.append(_Cell(shown, width, marked))
        elif cells:
            before = cells[-1]
            cells[-1] = _Cell(before.shown + shown, before.width, before.marked or marked)
        else:
            cells.append(_Cell(_NO_LETTER + shown, 1, marked))
            column += 1
        column += width
    return cells


def _shown(char: str, column: int) -> tuple[str, int]:
    """A character in the form shown at a column of the terminal, and its width there."""
    if " " <= char <= "~":
        return char, 1
    if char == "\t":
        width = _TAB - column % _TAB
        return " " * width, width
    shown = printable(char)
    if shown != char:
        return shown, len(shown)
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return char, 0
    return char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def columns(text: str) -> int:
    """How many columns of a terminal a text without tabs takes."""
    return sum(_shown(char, 0)[1] for char in text)
