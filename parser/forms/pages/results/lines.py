"""A results table in lines: the groups, each with its description, then the rows, a line for each part of a cell.

Measure
Sham Treatment                      a group; its description may be missing
1-2 mL saline, injected under ...
Overall Study                       a row: the period, the milestone, a number for each group
STARTED
39
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import takewhile

from parser.forms.pages.results.cells import COLUMN_COUNT, is_dash, is_note, is_value
from parser.forms.pages.results.rows import CELL, MAYBE, Token, checked, runs, split_rows, tokens, widths
from parser.forms.pages.results.sheet import Known, Sheet, TableParts, column
from parser.forms.pages.results.words import STANDARD_MEASURES, STARTED, TOTAL, TOTAL_DESCRIPTION
from parser.forms.pages.results_model import Column, Row
from parser.lines import Line
from parser.source import fold

# How many lines a label has: a period and a milestone; at most a measure, a class and a category; at most an organ
# system and an event.
_FLOW_LABEL = 2
MEASURE_LABEL, EVENT_LABEL = 3, 2


def read_flow(lines: Sequence[Line], blanks: Sequence[int], known: Known, sheet: Sheet) -> TableParts | None:
    """A table of the participant flow, which has counts only.

    None, and a problem, where its groups cannot be determined.
    """
    first = _flow_start(lines, known)
    header, body = lines[:first], lines[first:]
    rows = runs(tokens(body, blanks[first:], flow=True))
    columns = _flow_columns(header, widths(rows, _FLOW_LABEL), known, sheet)
    if columns is None:
        sheet.reject(lines, "the number of groups of the table is unclear")
        return None
    periods = _periods(body) or known.periods
    known.periods = known.periods or periods
    printed = split_rows(rows, len(columns), _FLOW_LABEL, periods, flow=True)
    good = [sheet.row(one, checked(one, flow=True) if fits else None, len(columns)) for one, fits in printed]
    return TableParts(columns, [row for row in good if row])


def _flow_start(lines: Sequence[Line], known: Known) -> int:
    """Where the rows begin: a header that came before ends where it ended, else before the first `STARTED`."""
    texts = [fold(line.text) for line in lines]
    if known.header and texts[: len(known.header)] == known.header:
        return len(known.header)
    if STARTED in texts:
        start = max(0, texts.index(STARTED) - 1)
        known.header = texts[:start]
        return start
    counted = next(
        (index for index, token in enumerate(tokens(lines, [0] * (len(lines) + 1), True)) if token.kind == CELL), 0
    )
    return max(0, counted - _FLOW_LABEL)


def _periods(body: Sequence[Line]) -> set[str]:
    """The titles of the periods: what is above each `STARTED`, which every period has (API v2's definition)."""
    return {body[index - 1].text for index in range(1, len(body)) if body[index].text == STARTED}


def _flow_columns(
    header: Sequence[Line], numbers: Sequence[int], known: Known, sheet: Sheet
) -> tuple[Column, ...] | None:
    """The groups of a header: as many as the fullest rows have values, for a row may lack some but never has more.

    A group has a title and at most one line of description. The titles that another table of the page tells go before
    that; if neither fits, nothing is certain.
    """
    texts = [fold(line.text) for line in header]
    starts = _known_starts(texts, known.titles)
    if starts and len(starts) >= max(numbers, default=0):
        return _columns(header, starts)
    for width in numbers:
        if width <= len(header) <= 2 * width:
            found, certain = _guess_starts(texts, width)
            if not certain and header:
                span = sheet.whole(header)
                sheet.report("group-boundary", "titles and descriptions of groups were inferred", span)
            return _columns(header, found)
    return _columns(header, [0]) if header and max(numbers, default=0) == 1 else None


def _known_starts(texts: Sequence[str], titles: Sequence[str]) -> list[int]:
    """Where the groups begin whose titles are known, if all of them are there, in their order, from the first line."""
    found: list[int] = []
    for title in titles:
        after = found[-1] + 1 if found else 0
        at = next((index for index in range(after, len(texts)) if texts[index] == title), None)
        if at is None:
            return []
        found.append(at)
    return found if found and found[0] == 0 else []


def _guess_starts(texts: Sequence[str], width: int) -> tuple[list[int], bool]:
    """Where groups begin of which each has at most one line of description, and whether that is certain.

    Where some have none, the longest lines are taken for the descriptions, no two of them next to each other.
    """
    count = len(texts)
    if count == width:
        return list(range(count)), True
    if count == 2 * width:
        return list(range(0, count, 2)), True
    described: set[int] = set()
    for index in sorted(range(1, count), key=lambda index: -len(texts[index])):
        if len(described) < count - width and not {index - 1, index + 1} & described:
            described.add(index)
    starts = [index for index in range(count) if index not in described]
    return starts[:width], False


def _columns(header: Sequence[Line], starts: Sequence[int]) -> tuple[Column, ...]:
    ends = [*starts[1:], len(header)]
    return tuple(column(header[start], None, header[start + 1 : end]) for start, end in zip(starts, ends, strict=True))


def read_measured(
    lines: Sequence[Line], blanks: Sequence[int], known: Known, sheet: Sheet, most: int = MEASURE_LABEL
) -> TableParts | None:
    """A table of values with units, whose groups have `n=42 Participants` below their names.

    `most` is how many lines a row's label may have.
    """
    counts = [index for index, line in enumerate(lines) if COLUMN_COUNT.match(line.text)]
    if not counts or counts[0] != 1:
        sheet.reject(lines, "the number of groups of the table is unclear")
        return None
    body = runs(tokens(lines[2:], blanks[2:], flow=False))
    width = _width(lines, counts, body)
    if width is None:
        sheet.reject(lines, "the number of groups of the table is unclear")
        return None
    names = [index - 1 for index in counts[:width]]
    last = counts[width - 1] + 1
    first = last + _described(lines[last:], blanks[last:], known, most)
    ends = [*names[1:], first]
    columns = tuple(
        column(lines[name], lines[name + 1], lines[name + 2 : end]) for name, end in zip(names, ends, strict=True)
    )
    known.descriptions |= {
        fold(line.text) for name, end in zip(names, ends, strict=True) for line in lines[name + 2 : end]
    }
    rows = runs(tokens(lines[first:], blanks[first:], flow=False))
    printed = split_rows(rows, width, most, _openers(rows), flow=False)
    good: list[Row | None] = []
    for one, fits in printed:
        good.append(sheet.row(one, checked(one, flow=False) if fits else None, width))
    return TableParts(columns, [row for row in good if row])


def _width(lines: Sequence[Line], counts: Sequence[int], rows: Sequence[tuple[list[Token], list[Token]]]) -> int | None:
    """How many groups there are: up to the total, which comes last, else as many as the fullest rows have values.

    There are no fewer than names above a number: what looks like a value may be a name (`5 mg`), a label is none.
    """
    named = 0
    for number, index in enumerate(counts, 1):
        described = index + 1 < len(lines) and fold(lines[index + 1].text) == TOTAL_DESCRIPTION
        if described or (number > 1 and fold(lines[index - 1].text) == TOTAL):
            return number
        name = lines[index - 1].text
        if named == number - 1 and not is_value(name) and not is_dash(name) and not is_note(name):
            named = number
    valued = [(labels, [token for token in tail if len(token.lines) > 1]) for labels, tail in rows]
    likely = [width for width in widths(valued, 1) or widths(rows, 1) if width <= len(counts)]
    return max(named, *likely, 0) or None


def _described(lines: Sequence[Line], blanks: Sequence[int], known: Known, most: int) -> int:
    """How many lines after the last group's number are its description; what follows is the first row's label."""
    found = tokens(lines, blanks, flow=False)
    cell = CELL if any(token.kind == CELL for token in found) else MAYBE
    texts = [fold(token.lines[0].text) for token in takewhile(lambda token: token.kind != cell, found) if token.lines]
    if not texts or len(texts) == len(lines):
        # Without rows all of the lines describe the group.
        return len(texts)
    if texts[0] == TOTAL_DESCRIPTION or texts[0] in known.header or texts[0] in known.descriptions:
        return 1
    if len(texts) == 1:
        return 0
    again = {fold(row[0].lines[0].text) for row, _ in runs(found)[1:] if row} | STANDARD_MEASURES
    at = next((index for index, text in enumerate(texts) if text in again), None)
    if at is not None:
        return at
    # A label has no more lines than it may have; what reads like a sentence is not one of them.
    return 1 if len(texts) > most or len(texts[0]) > len(texts[1]) + 20 or texts[0].endswith(".") else 0


def _openers(rows: Sequence[tuple[list[Token], list[Token]]]) -> Collection[str]:
    """Texts that begin a label: the registry's own measures, and what begins the labels of several rows."""
    first = Counter(labels[0].lines[0].text for labels, _ in rows if labels)
    return STANDARD_MEASURES | {text for text, count in first.items() if count > 1}
