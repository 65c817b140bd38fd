"""Reads the outcomes of a study, in the forms in which pages print them.

1. Overall survival [Time Frame: 2 years]     a title and its time frame, then the description

Overall survival                              a title
Time Frame: 2 years                           and labels below it

Measure: Overall survival                     labels for all
| Measure | Time Frame | Description |         a table
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from parser.forms.pages.entries import SIGN, without_bullet
from parser.forms.pages.lists import (
    Draft,
    Found,
    Item,
    items_of,
    read_records,
    record_of,
    table_head,
    trimmed_end,
)
from parser.forms.pages.marks import Mark
from parser.forms.pages.model import READ, Piece
from parser.lines import Line
from parser.source import Span, trimmed

# The bracket at the end of a title; before 2017 a second one said whether it was a safety issue.
_FRAME = re.compile(
    r"\[\s{0,9}time ?frame\s{0,9}:([^\[\]]{0,3000})\](?:\s{0,9}\[[^\[\]]{0,200}\]?)?\s{0,9}\Z", re.IGNORECASE
)
_BRACKET = re.compile(r"\[([^\[\]]{3,60})\]\s{0,9}\Z")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_TIME = re.compile(
    r"(?:up to|at|from|baseline|day|days|week|weeks|month|months|year|years|within|through|until|pre|post|during"
    r"|before|after"
    r"|every|hour|hours|visit|\d+(?:\.\d+)?[ -]?(?:min|hour|day|week|month|year|h\b))[^\r\n]{0,200}\Z",
    re.IGNORECASE,
)
_LEAST_ALTERNATING = 2
_LONGEST_TITLE = 210
_MOST_WORDS_OF_A_TIME = 6
# The tabular view says when an outcome was first told; what it says of others is not an outcome.
_NO_OUTCOME = re.compile(
    r"\(submitted: [^()]{4,30}\)\Z|same as current\Z|not provided\Z|no(?:ne| text entered)\Z", re.IGNORECASE
)


def read_outcomes(text: str, name: str, inline: Span | None, lines: list[Line], bound: Sequence[Mark]) -> Found:
    """The outcomes of one kind: by labels or a table where there are any, else by titles and brackets."""
    if table_head(name, lines) or any(mark.bound == "measure" for mark in bound):
        return read_records(text, name, inline, lines, bound)
    lines = [line for line in lines if not _NO_OUTCOME.match(line.text)]
    if inline and _NO_OUTCOME.match(text[inline.start : inline.end]):
        inline = None
    framed = {mark.at for mark in bound}
    items: list[Item] = []
    pieces: list[Piece] = []
    if framed:
        items, pieces = _labelled_below(name, inline, lines, bound)
    else:
        items = [*([Item(inline)] if inline else []), *(Item(line.span) for line in lines)]
        pieces = [Piece(READ, item.span, name) for item in items]
    opens = {line.start: line.opens for line in lines}
    drafts, marked = _by_titles(text, items, opens)
    for piece in pieces:
        if piece.span in marked:
            piece.terminal = "LABEL"
    left = [] if drafts else [item.span for item in items]
    return Found([record_of(name, draft) for draft in drafts], pieces, left)


def _labelled_below(
    name: str, inline: Span | None, lines: list[Line], bound: Sequence[Mark]
) -> tuple[list[Item], list[Piece]]:
    """Paragraphs with labels among them; a time frame has one line, a description goes on until the next label."""
    items, pieces = items_of(name, inline, lines, bound)
    out: list[Item] = []
    starts = [line.start for line in lines]
    for item in items:
        out.append(item)
        # The text after a value's first line may be the next title: the reader of titles decides.
        if item.value is not None and item.value.end > item.span.end:
            at = bisect_left(starts, item.span.start)
            inner = lines[bisect_right(starts, item.span.end) : bisect_left(starts, item.value.end)]
            first = item.value.start >= item.span.end
            item.value = inner[0].span if first else Span(item.value.start, item.span.end)
            if not first and lines[at].text.startswith("["):
                item.value = trimmed_end(lines[at], item.value)
            out += [Item(line.span) for line in inner[first:]]
    return out, pieces


def _by_titles(text: str, items: Sequence[Item], opens: dict[int, bool]) -> tuple[list[Draft], set[Span]]:
    """The outcomes, and which titles have a number or a time frame, which are no part of what they say."""
    titles = _title_places(text, items, opens)
    drafts: list[Draft] = []
    marked: set[Span] = set()
    for index, item in enumerate(items):
        if item.field:
            if not drafts:
                drafts.append({})
            if item.value is not None:
                drafts[-1].setdefault(item.field, item.value)
        elif index in titles:
            draft, has_marks = _titled(text, item.span)
            drafts.append(draft)
            marked |= {item.span} if has_marks else set()
        elif drafts and "time_frame" not in drafts[-1] and _is_time(text, item.span):
            drafts[-1]["time_frame"] = without_bullet(text, item.span)
        elif drafts:
            known = drafts[-1].get("description")
            drafts[-1]["description"] = Span(known.start, item.span.end) if known else item.span
    return drafts, marked


def _is_time(text: str, span: Span) -> bool:
    """Whether a line below a title is nothing but its time frame: `Up to day 28`."""
    span = without_bullet(text, span)
    said = text[span.start : span.end]
    return (
        len(said.split()) <= _MOST_WORDS_OF_A_TIME
        and said[-1] != "."
        and bool(_TIME.match(said))
        and any(map(str.isdigit, said))
    )


def _title_places(text: str, items: Sequence[Item], opens: dict[int, bool]) -> set[int]:
    """Which paragraphs are titles: those with a bracket, those with the next number, those above a time frame."""
    numbered = bool(items) and _numbered(text, items[0]) == 1
    titles = _numbered_places(text, items) if numbered else set()
    for index, item in enumerate(items):
        if item.field:
            if item.field == "time_frame" and index and not items[index - 1].field and not numbered:
                titles.add(index - 1)
        elif not numbered and _FRAME.search(text, *item.span):
            begins = text[item.span.start] == "["
            titles.add(index - 1 if begins and index and not items[index - 1].field else index)
    if not titles:
        paragraphs = sum(opens.get(item.span.start, True) for item in items)
        titles = {
            i for i, item in enumerate(items) if not item.field and (paragraphs < 2 or opens.get(item.span.start, True))
        }
        if paragraphs < 2 and _alternate(text, items):
            for item in items[1::2]:
                item.field, item.value = "time_frame", item.span
            titles = set(range(0, len(items), 2))
        elif paragraphs < 2 and len(items) > 1 and not all(map(partial(_is_like_a_title, text), items)):
            # Titles and what is said of them, a line each: nothing tells which is which.
            titles = set()
    elif items and not items[0].field:
        titles.add(0)
    return titles


def _alternate(text: str, items: Sequence[Item]) -> bool:
    """Whether titles and time frames alternate, a line each."""
    if len(items) < _LEAST_ALTERNATING or len(items) % 2:
        return False
    said = [bool(_TIME.match(text, *item.span)) for item in items]
    return all(said[1::2]) and not any(said[::2])


def _is_like_a_title(text: str, item: Item) -> bool:
    """Whether a line is not a sentence, and no longer than titles are."""
    said = text[item.span.start : item.span.end]
    return len(said) <= _LONGEST_TITLE and not said.endswith(".")


def _numbered_places(text: str, items: Sequence[Item]) -> set[int]:
    """The paragraphs numbered 1, 2, 3, ...; a description may have numbers too, but no time frame after them."""
    first: dict[int, int] = {}
    framed: dict[int, list[int]] = {}
    places: dict[int, list[int]] = {}
    for index, item in enumerate(items):
        number = 0 if item.field else _numbered(text, item)
        if number:
            places.setdefault(number, []).append(index)
            if _FRAME.search(text, *item.span):
                framed.setdefault(number, []).append(index)
    previous, number = -1, 1
    while number in places:
        after = [index for index in framed.get(number, ()) if index > previous]
        after = after or ([] if framed else [index for index in places[number] if index > previous])
        if not after:
            break
        first[number] = previous = after[0]
        number += 1
    return set(first.values())


def _numbered(text: str, item: Item) -> int:
    match = _NUMBER.match(text, *item.span)
    return int(match[1]) if match else 0


def _bare_frame(text: str, span: Span) -> re.Match[str] | None:
    """A time frame in brackets that does not say what it is: `Foot comfort [5 months]`."""
    found = _BRACKET.search(text, *span)
    return found if found and _is_time(text, trimmed(text, *found.span(1))) else None


def _titled(text: str, span: Span) -> tuple[Draft, bool]:
    """A title without its number and without its time frame, which goes to its own field; whether it has either."""
    number = _NUMBER.match(text, *span) or SIGN.match(text, *span)
    start = number.end() if number else span.start
    frame = _FRAME.search(text, start, span.end) or _bare_frame(text, Span(start, span.end))
    draft: Draft = {}
    if frame and frame[1].strip():
        draft["time_frame"] = trimmed(text, *frame.span(1))
    title = trimmed(text, start, frame.start() if frame else span.end)
    if title.start < title.end:
        draft["measure"] = title
    return draft, bool(number or frame)
