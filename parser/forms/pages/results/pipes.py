"""A results table with bars between its cells, as Markdown writes one; a cell may hold several lines.

| Measure |
Sham Treatment                      a group, its description on the lines below
1-2 mL saline, injected under ...
|
|---|---|
|
Overall Study                       a row: the period and the milestone, then a number for each group
STARTED
|
39
|
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parser.forms.pages.results.cells import COLUMN_COUNT, is_count, is_note
from parser.forms.pages.results.rows import Printed, checked
from parser.forms.pages.results.sheet import Sheet, TableParts, column
from parser.forms.pages.results_model import Column
from parser.lines import Line

RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+\Z")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")


class Stretch(NamedTuple):
    """The text between two bars: its lines, and whether it contains a line end."""

    lines: tuple[Line, ...]
    broken: bool


def read_piped(lines: Sequence[Line], flow: bool, sheet: Sheet) -> TableParts | None:
    """A table; None, and a problem, if it has no rule between its head and its rows."""
    rule = next((index for index, line in enumerate(lines) if RULE.match(line.text)), None)
    if rule is None or not rule:
        sheet.reject(lines, "the table has no rule below its head")
        return None
    width = lines[rule].text.count("|") - 2
    head = [stretch for stretch in _stretches(lines[:rule]) if stretch.lines]
    if len(head) != width + 1 or width < 1:
        sheet.reject(lines, "the head of the table does not fit its rule")
        return None
    sheet.piece("LABEL", sheet.whole(head[0].lines))
    columns = tuple(_column(stretch.lines) for stretch in head[1:])
    rows = []
    body = list(_stretches(lines[rule + 1 :]))
    for stray in (body[0], body[-1]) if len(body) > 1 else body:
        sheet.leave("unparsed-text", "text between the rows of a table", stray.lines)
    for printed, fits in _rows(body, width):
        most = 2 if flow else 3
        fits = fits and (len(printed.label) == most if flow else 0 < len(printed.label) <= most)
        row = sheet.row(printed, checked(printed, flow) if fits else None, width)
        rows += [row] if row else []
    return TableParts(columns, rows)


def _column(lines: Sequence[Line]) -> Column:
    counted = len(lines) > 1 and COLUMN_COUNT.match(lines[1].text)
    return column(lines[0], lines[1] if counted else None, lines[2:] if counted else lines[1:])


def _stretches(lines: Sequence[Line]) -> Iterator[Stretch]:
    """The texts between the bars of some lines, including the text before the first bar.

    A bar divides where a line begins or ends with one; a line that begins with one is divided at all of its bars. In
    the middle of other lines a bar is text.
    """
    found: list[Line] = []
    broken = False
    for line in lines:
        text = line.text
        bars = [match.start() for match in _BAR.finditer(text)] if text.startswith("|") else []
        if not bars and text.endswith("|") and not text.endswith("\\|"):
            bars = [len(text) - 1]
        at = 0
        for bar in [*bars, len(text)]:
            found += _parts(line, at, bar)
            at = bar + 1
            if bar < len(text):
                yield Stretch(tuple(found), broken)
                found, broken = [], False
        broken = True
    yield Stretch(tuple(found), broken)


def _parts(line: Line, start: int, end: int) -> Iterator[Line]:
    """The stretch of a line by its line breaks, without blanks at their ends."""
    breaks = [match.span() for match in _BREAK.finditer(line.text, start, end)]
    for stop, after in [*breaks, (end, end)]:
        text = line.text[start:stop]
        content = text.strip()
        if content:
            first = line.start + start + len(text) - len(text.lstrip())
            yield Line(first, first + len(content), content, False)
        start = after


def _rows(stretches: list[Stretch], width: int) -> Iterator[tuple[Printed, bool]]:
    """The rows of a table: a label and `width` cells between bars, then a line end, which is blank.

    Where that does not come out, the row ends at the next line end with a label after it, and it does not fit.
    """
    index = 1
    while index < len(stretches) - 1:
        end = index + width + 1
        whole = end < len(stretches) and _is_end(stretches, end) and bool(stretches[index].lines)
        if not whole:
            end = next((at for at in range(index + 1, len(stretches)) if _is_end(stretches, at)), len(stretches))
        label, *cells = (stretch.lines for stretch in stretches[index:end])
        if label or any(cells):
            yield Printed(label, tuple(cells)), whole
        index = end + 1


def _is_end(stretches: Sequence[Stretch], at: int) -> bool:
    """Whether a stretch is the line end between two rows: blank, and what follows is a label or the table's end."""
    if stretches[at].lines or not stretches[at].broken:
        return at + 1 == len(stretches) and not stretches[at].lines
    return at + 1 == len(stretches) or _is_label(stretches[at + 1].lines)


def _is_label(lines: Sequence[Line]) -> bool:
    """Whether lines cannot be a cell: there are some, which neither are a count nor have a note below a value."""
    return bool(lines) and not is_count(lines[0].text) and not any(is_note(line.text) for line in lines)
