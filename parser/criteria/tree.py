"""From entries with depths to the criteria tree, by grammars/outline.lark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parser.criteria.headings import Title, read_title
from parser.criteria.inline import Part, split_line
from parser.criteria.markers import read_marker
from parser.criteria.midline import at_titles
from parser.criteria.outline import DEEPEST, Outline
from parser.criteria.paragraphs import CATEGORY, HEADING, ITEM, NOTE, Entry, entry_at, read_entries
from parser.grammar import Node, match_pieces
from parser.lines import read_lines
from parser.problems import Report
from parser.source import Span, fold, trimmed

# CommonMark section 2.4: a backslash before ASCII punctuation is an escape, before anything else a backslash.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

UNKNOWN = "UNKNOWN"

LONGEST = 100_000
"""So many characters of a block are taken apart; the rest is a note. The registry takes 20,000 in the field."""


class Piece(NamedTuple):
    """A piece as grammars/outline.lark reads it; INDENT and DEDENT have no place in the text."""

    terminal: str
    place: Entry | Part | None = None


_INDENT, _DEDENT = Piece("INDENT"), Piece("DEDENT")


class Found(NamedTuple):
    """A node of the tree: its kind, its category, its marker as printed, its place, and what is below it."""

    kind: str
    category: str
    marker: str | None
    start: int
    end: int
    children: tuple[Found, ...] = ()
    marker_start: int | None = None


class CategoryTitle(NamedTuple):
    """A category heading and its place, its own marker included."""

    category: str
    start: int
    end: int


def plain(text: str) -> str:
    """An item's text without CommonMark's escapes, on one line."""
    return fold(_ESCAPE.sub(r"\1", text) if "\\" in text else text)


def read_tree(text: str, span: Span, report: Report) -> tuple[tuple[Found, ...], tuple[CategoryTitle, ...]]:
    """The tree of the eligibility text in `span`, and its category headings. Reports what was a guess."""
    span, rest = _cut(text, span)
    entries = _titled(text, list(at_titles(text, read_entries(text, read_lines(text, *span)))))
    entries, inside = _opened_up(text, entries)
    entries = Outline(text, entries, inside).find_depths()
    if rest:
        report("too-long", f"the criteria have more than {LONGEST:,} characters: the rest is one note", rest)
        entries.append(Entry(*rest, 0, 0, True, None, NOTE))
    for entry in entries:
        if entry.guessed:
            report("nesting-guessed", "where this item belongs was judged by its marker", (entry.start, entry.end))
    titles = tuple(
        CategoryTitle(entry.category or UNKNOWN, _marker_start(entry), entry.end)
        for entry in entries
        if entry.kind == CATEGORY
    )
    return _nodes(match_pieces("outline", "block", _pieces(entries, inside))), titles


def _cut(text: str, span: Span) -> tuple[Span, Span | None]:
    """What is taken apart of a block, and the rest of one that is too long: from a new line on, if there is any."""
    if span.end - span.start <= LONGEST:
        return span, None
    last = span.start + LONGEST
    line = text.rfind("\n", span.start, last)
    cut = line if line > span.start else last
    rest = trimmed(text, cut, span.end)
    return Span(span.start, cut), rest if rest.start < rest.end else None


def _marker_start(entry: Entry) -> int:
    """Where an entry begins, its marker included."""
    return entry.marker.end - len(entry.marker.text) if entry.marker else entry.start


def _titled(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with headings and notes told apart from criteria; what is glued to a heading is its own entry."""
    out: list[Entry] = []
    margin = min((entry.indent for entry in entries), default=0)
    for index, entry in enumerate(entries):
        following = entries[index + 1] if index + 1 < len(entries) else None
        has_list = following is not None and (following.marker is not None or text[entry.end - 1] == ":")
        title = read_title(text[entry.start : entry.end], entry.marker is not None, has_list)
        if title is None or (title.kind == "group" and entry.indent > margin + 1):
            # An indented paragraph belongs to an item; it names no group.
            out.append(entry)
        elif title.kind == "note":
            entry.kind = NOTE
            out.append(entry)
        else:
            out += _headed(text, entry, title)
    return out


def _headed(text: str, entry: Entry, title: Title) -> Iterator[Entry]:
    """A heading as entries: the category, the group that it names, and the criterion that stands on its line."""
    start, end = entry.start + title.start, entry.start + title.end
    if title.kind == "category":
        category = title.category or UNKNOWN
        yield Entry(entry.start, end, 0, 0, True, entry.marker, CATEGORY, category=category)
        if title.names_group:
            yield Entry(start, end, 0, 0, True, None, HEADING)
    else:
        yield Entry(entry.start, end, 0, 0, True, None, HEADING)
    if title.rest is not None:
        rest = entry.start + title.rest
        yield entry_at(text, rest, entry.end, 0, True, read_marker(text, rest, entry.end))


def _opened_up(text: str, entries: Sequence[Entry]) -> tuple[list[Entry], dict[int, list[Part]]]:
    """The entries with the lists inside their lines opened up.

    What continues an entry's own list becomes an entry beside it; what stands deeper is returned by the `id` of the
    entry it is inside of.
    """
    out: list[Entry] = []
    inside: dict[int, list[Part]] = {}
    for index, entry in enumerate(entries):
        out.append(entry)
        if entry.kind != ITEM:
            continue
        following = entries[index + 1].marker if index + 1 < len(entries) else None
        parts = split_line(text, entry.start, entry.end, entry.marker, following)
        if not parts:
            continue
        entry.end = parts[0].end
        for part in parts[1:]:
            if part.depth == 0:
                out.append(Entry(part.start, part.end, entry.indent, entry.inner, False, part.marker))
            else:
                inside.setdefault(id(out[-1]), []).append(part)
    return out, inside


def _pieces(entries: Sequence[Entry], inside: dict[int, list[Part]]) -> list[Piece]:
    """The entries as the grammar reads them: a list opens only below an item, and all are closed at the end."""
    pieces: list[Piece] = []
    depth = 0
    can_open = False
    for entry in entries:
        wanted = 0 if entry.kind == CATEGORY else entry.depth
        places: list[tuple[str, int, Entry | Part]] = [(entry.kind, wanted, entry)]
        if id(entry) in inside:
            places += [(ITEM, wanted + part.depth, part) for part in inside[id(entry)]]
        for terminal, deep, place in places:
            target = min(deep, depth + can_open, DEEPEST)
            if target != depth:
                pieces += [_INDENT] * (target - depth) + [_DEDENT] * (depth - target)
            pieces.append(Piece(terminal, place))
            depth, can_open = target, terminal == ITEM
    return pieces + [_DEDENT] * depth


def _nodes(block: Node[Piece]) -> tuple[Found, ...]:
    """The nodes of a block, each with the category of the heading it stands under."""
    nodes: list[Found] = []
    category = UNKNOWN
    for child in block.children:
        if not isinstance(child, Node):
            continue
        entries = child
        if child.rule == "section":
            title, *rest = child.children
            assert isinstance(title, Piece) and isinstance(title.place, Entry), "a section begins with its heading"
            category = title.place.category or UNKNOWN
            if not rest:
                continue
            assert isinstance(rest[0], Node)
            entries = rest[0]
        nodes += _entries(entries, category)
    return tuple(nodes)


_KINDS = {ITEM: "criterion", HEADING: "heading", NOTE: "note"}


def _entries(entries: Node[Piece], category: str) -> list[Found]:
    """The nodes of a list: each piece, with the list below it that the grammar puts behind it."""
    nodes: list[Found] = []
    below: tuple[Found, ...] = ()
    for child in reversed(entries.children):
        if isinstance(child, Node):
            below = tuple(
                [node for part in child.children if isinstance(part, Node) for node in _entries(part, category)]
            )
            continue
        place = child.place
        assert place is not None, "INDENT and DEDENT are no entries of the grammar"
        marker = place.marker.text if place.marker else None
        marker_start = place.marker.end - len(place.marker.text) if place.marker else None
        nodes.append(Found(_KINDS[child.terminal], category, marker, place.start, place.end, below, marker_start))
        below = ()
    return nodes[::-1]
