"""From entries with depths to the criteria tree, by grammars/outline.lark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from parser.criteria.appendix import appendices
from parser.criteria.groups import (
    heading_rank,
    is_group,
    is_labelled,
    is_of_persons,
    names_group,
    repeat_group_headings,
)
from parser.criteria.headings import Title, read_title
from parser.criteria.inline import LinePart, list_hints, may_hold_list, split_line
from parser.criteria.inline_headings import split_at_headings
from parser.criteria.markers import read_marker
from parser.criteria.outline import DEEPEST, Outline
from parser.criteria.paragraphs import (
    APPENDIX,
    CATEGORY,
    HEADING,
    ITEM,
    NOTE,
    Entry,
    entry_at,
    read_entries,
    take_marker,
)
from parser.grammar import Node, match_pieces
from parser.lines import read_lines
from parser.model.codes import Category, CriterionKind
from parser.problems import Report
from parser.source import Span, fold, trimmed

# CommonMark section 2.4: a backslash before ASCII punctuation is an escape, before anything else a backslash.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

UNKNOWN: Category = "UNKNOWN"

LONGEST = 100_000
"""The most characters of a block that are parsed; the rest is a note. The registry's own limit is 20,000."""


class OutlineToken(Struct, frozen=True, gc=False):
    """A token of grammars/outline.lark: entries of one kind and level that follow each other.

    Most of a block is such runs, and the grammar says nothing of their length. INDENT and DEDENT have no entries.
    """

    terminal: str
    places: list[Entry | LinePart]


_INDENT, _DEDENT = OutlineToken("INDENT", []), OutlineToken("DEDENT", [])


class TreeNode(Struct, frozen=True, gc=False):
    """A node of the tree: its kind, its category, its marker as printed, the span of its text, and its children.

    `marker_start` is where the marker begins, including a bullet before it (`* 1. Adults`); None without a marker.
    """

    kind: CriterionKind
    category: Category
    marker: str | None
    marker_start: int | None
    start: int
    end: int
    children: tuple[TreeNode, ...] = ()


class CategoryTitle(NamedTuple):
    """A category heading and its span, including its marker."""

    category: Category
    start: int
    end: int


def plain(text: str) -> str:
    """An item's text without CommonMark's escapes, on one line."""
    return fold(_ESCAPE.sub(lambda escape: escape[1], text) if "\\" in text else text)


def read_tree(text: str, span: Span, report: Report) -> tuple[tuple[TreeNode, ...], tuple[CategoryTitle, ...]]:
    """The tree of the eligibility text in `span`, and its category headings. Guesses are reported as problems.

    Lines end in line feeds: see `with_line_feeds`.
    """
    span, rest = _cut(text, span)
    entries = repeat_group_headings(text, _titled(text, _read_block(text, span)))
    entries, inside = _opened_up(text, span, entries)
    entries = Outline(text, entries, inside).find_depths()
    if rest:
        report("too-long", f"the criteria have more than {LONGEST:,} characters: the rest is one note", rest)
        entries.append(Entry(*rest, 0, 0, True, None, APPENDIX))
    for entry in entries:
        if entry.guessed:
            report("nesting-guessed", "this item's level was inferred from its marker", (entry.start, entry.end))
    titles = tuple(
        CategoryTitle(entry.category or UNKNOWN, _marker_start(entry), entry.end)
        for entry in entries
        if entry.kind == CATEGORY
    )
    return _nodes(match_pieces("outline", "block", _pieces(text, entries, inside))), titles


def _read_block(text: str, span: Span) -> list[Entry]:
    """The entries of a block in order, with the text after and between criteria marked as appendix."""
    lines = read_lines(text, *span)
    entries: list[Entry] = []
    at = 0
    for start, end in [*appendices(lines), (len(lines), len(lines))]:
        entries += split_at_headings(text, read_entries(text, lines[at:start]))
        entries += [Entry(line.start, line.end, 0, 0, True, None, APPENDIX) for line in lines[start:end]]
        at = end
    return entries


def _cut(text: str, span: Span) -> tuple[Span, Span | None]:
    """The part of a block that is parsed, and the rest if it is too long, divided at a line end if possible."""
    if span.end - span.start <= LONGEST:
        return span, None
    last = span.start + LONGEST
    line = text.rfind("\n", span.start, last)
    cut = line if line > span.start else last
    rest = trimmed(text, cut, span.end)
    return Span(span.start, cut), rest if rest.start < rest.end else None


def _marker_start(entry: Entry) -> int:
    """Where an entry begins, including its marker."""
    return entry.marker.start if entry.marker else entry.start


def _titled(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Mark headings and notes among the entries; text joined to a heading becomes its own entry."""
    out: list[Entry] = []
    margin = min([entry.indent for entry in entries], default=0)
    above = [entry for entry, following in pairwise(entries) if entry.marker is None and following.marker is not None]
    repeated = Counter([_words(text, entry) for entry in above])
    marked = _marked_groups(text, entries)
    # Backwards, because what is below a paragraph decides what it is.
    for entry in reversed(entries):
        if marked and id(entry) in marked:
            entry.kind = HEADING
            out.append(entry)
            continue
        title = _title(text, entry, out[-1] if out else None, entries, repeated)
        if title is None or ((title.kind == "group" or title.is_sentence) and entry.indent > margin + 1):
            # An indented paragraph belongs to an item; it names no group, and introduces a list of that item.
            out.append(entry)
        elif title.kind == "note":
            entry.kind = NOTE
            out.append(entry)
        else:
            out += reversed([*_headed(text, entry, title)])
    out.reverse()
    return out


def _words(text: str, entry: Entry) -> str:
    """The words of a paragraph, to compare it with others."""
    return text[entry.start : entry.end].strip(" :*_").casefold()


def _marked_groups(text: str, entries: Sequence[Entry]) -> set[int]:
    """The headings of groups that are items of the lists below them (`- Case group:`), by `id`: two or more."""
    found = [
        id(entry)
        for entry, following in pairwise(entries)
        if text[entry.end - 1] in ":："
        and entry.marker
        and following.marker
        and entry.marker.style == following.marker.style
        and entry.indent == following.indent
        and (entry.indent or not following.blank)
        and entry.marker.is_bullet
        and is_group(text[entry.start : entry.end], True)
        and is_of_persons(text[entry.start : entry.end])
    ]
    return set(found) if len(found) > 1 else set()


def _title(
    text: str, entry: Entry, following: Entry | None, entries: Sequence[Entry], repeated: Mapping[str, int]
) -> Title | None:
    """The title that an entry is or begins with, or None for a criterion.

    `following` is what comes after it, `repeated` how often each paragraph is right above an item.
    """
    if entry.kind == APPENDIX:
        return None
    own = text[entry.start : entry.end]
    has_list = following is not None and (
        own[-1:] == ":" or (is_labelled(own) if following.kind == CATEGORY else following.marker is not None)
    )
    title = read_title(own, entry.marker is not None, has_list)
    if title is not None or following is None:
        return title
    # A paragraph that is right above several items is not a criterion.
    again = entry.marker is None and following.marker is not None and repeated[_words(text, entry)] > 1
    if (again or (following.category == "INCLUSION" and _begins_titled(text, entries))) and names_group(own):
        return Title("group", None, 0, len(own))
    return None


def _begins_titled(text: str, entries: Sequence[Entry]) -> bool:
    """Whether a block begins with a group's heading above its category heading, so that later ones may as well."""
    first, second = entries[:2]
    title = read_title(text[second.start : second.end], second.marker is not None, True)
    return title is not None and title.kind == "category" and names_group(text[first.start : first.end])


def _headed(text: str, entry: Entry, title: Title) -> Iterator[Entry]:
    """A heading as entries: the category, the group that it names, and a criterion on its line."""
    end = entry.start + title.end
    if title.kind == "category":
        category = title.category or UNKNOWN
        yield Entry(entry.start, end, 0, 0, True, entry.marker, CATEGORY, category=category)
        if title.group:
            yield Entry(entry.start + title.group.start, entry.start + title.group.end, 0, 0, True, None, HEADING)
    else:
        yield Entry(entry.start, end, 0, 0, True, entry.marker, HEADING)
    if title.rest is not None:
        rest = entry.start + title.rest
        yield entry_at(text, rest, entry.end, 0, True, read_marker(text, rest, entry.end))


def _opened_up(text: str, span: Span, entries: Sequence[Entry]) -> tuple[list[Entry], dict[int, list[LinePart]]]:
    """The entries of a block, which is in `span`, with the lists inside their lines expanded.

    Items that continue an entry's own list become entries after it; deeper ones are returned by the `id` of the
    entry they are inside.
    """
    out: list[Entry] = []
    inside: dict[int, list[LinePart]] = {}
    seen: dict[tuple[str, str], int] = {}
    hints = list_hints(text, *span)
    for index, entry in enumerate(entries):
        out.append(entry)
        if entry.kind == CATEGORY:
            seen = {}
        if entry.kind != ITEM:
            continue
        parts: list[LinePart] = []
        if may_hold_list(text, entry.start, entry.end, entry.marker, hints):
            following = entries[index + 1] if index + 1 < len(entries) else None
            # A category on a single line has lost its line ends.
            unbroken = (not index or entries[index - 1].kind == CATEGORY) and (
                not following or following.kind == CATEGORY
            )
            next_marker = following.marker if following else None
            parts = split_line(text, entry.start, entry.end, entry.marker, next_marker, unbroken, seen)
        places: list[Entry | LinePart] = [entry, *parts]
        for place in places:
            if place.marker:
                for system, number in place.marker.ordinals:
                    seen[place.marker.style, system] = number
        if not parts:
            continue
        entry.end = parts[0].end
        up = 0
        if entry.start == entry.end and entry.marker and entry.marker.is_bullet and parts[1].marker:
            # `* 1. Adults 2. Consent`: the bullet holds only the list.
            entry.end = parts[1].end
            take_marker(text, entry, parts[1].marker)
            del parts[1]
            up = 1
        for part in parts[1:]:
            if part.depth - up <= 0:
                out.append(Entry(part.start, part.end, entry.indent, entry.inner, False, part.marker))
            else:
                inside.setdefault(id(out[-1]), []).append(replace(part, depth=part.depth - up))
    return out, inside


def _pieces(text: str, entries: Sequence[Entry], inside: dict[int, list[LinePart]]) -> list[OutlineToken]:
    """The tokens of the grammar: lists open only below items and headings, and all are closed at the end."""
    pieces: list[OutlineToken] = []
    depth = 0
    can_open = False
    groups: list[int] = []  # The ranks of the headings that are open.
    for entry in entries:
        if entry.kind in (ITEM, NOTE):
            wanted = len(groups) + entry.depth
        elif entry.kind == HEADING:
            rank = 0 if entry.repeated else heading_rank(text[entry.start : entry.end])
            while groups and groups[-1] >= max(rank, 1):
                groups.pop()
            wanted = len(groups)
            groups.append(rank)
        else:
            groups.clear()
            wanted = 0
        terminal = NOTE if entry.kind == APPENDIX else entry.kind
        places: list[tuple[str, int, Entry | LinePart]] = [(terminal, wanted, entry)]
        if inside and id(entry) in inside:
            places += [(ITEM, wanted + part.depth, part) for part in inside[id(entry)]]
        for terminal, deep, place in places:
            target = deep if deep <= depth else min(depth + can_open, DEEPEST)
            if target == depth and pieces and pieces[-1].terminal == terminal != CATEGORY:
                pieces[-1].places.append(place)
            else:
                pieces += [_INDENT] * (target - depth) + [_DEDENT] * (depth - target)
                pieces.append(OutlineToken(terminal, [place]))
            depth, can_open = target, terminal in (ITEM, HEADING)
    return pieces + [_DEDENT] * depth


def _nodes(block: Node[OutlineToken]) -> tuple[TreeNode, ...]:
    """The nodes of a block, each with the category of the heading it is under."""
    nodes: list[TreeNode] = []
    category = UNKNOWN
    for child in block.children:
        if not isinstance(child, Node):
            continue
        entries = child
        if child.rule == "section":
            title, *rest = child.children
            assert isinstance(title, OutlineToken) and isinstance(title.places[0], Entry), (
                "a section begins with its heading"
            )
            category = title.places[0].category or UNKNOWN
            if not rest:
                continue
            assert isinstance(rest[0], Node)
            entries = rest[0]
        nodes += _entries(entries, category)
    return tuple(nodes)


_KINDS: dict[str, CriterionKind] = {ITEM: "criterion", HEADING: "heading", NOTE: "note"}


def _entries(entries: Node[OutlineToken], category: Category) -> list[TreeNode]:
    """The nodes of a list: the last of each token's entries has the list below it, which the grammar puts after it."""
    nodes: list[TreeNode] = []
    below: tuple[TreeNode, ...] = ()
    for child in reversed(entries.children):
        if isinstance(child, Node):
            below = tuple(
                [node for part in child.children if isinstance(part, Node) for node in _entries(part, category)]
            )
            continue
        kind = _KINDS[child.terminal]
        for place in reversed(child.places):
            marker = place.marker
            printed, begin = (marker.text, marker.start) if marker else (None, None)
            nodes.append(TreeNode(kind, category, printed, begin, place.start, place.end, below))
            below = ()
    return nodes[::-1]
