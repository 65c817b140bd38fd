"""Tables of labels and values, as Markdown writes them, or as a saved page's tables become text (GFM, section 4.10).

| Recruitment Status | COMPLETED |        two cells: a label and a value become a line each
| --- | --- |                             RULE, the row between a table's head and its body
| Measure | Time Frame |                  a row of several labels stays a row: the head of a list's table
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages.unwrapped import unwrapped
from parser.forms.pages.vocabulary import BOUND, any_label, find_word, is_heading, key
from parser.lines import Line

NAME = "table-page"

RULE = re.compile(r"\|(?=[:| \t]*-)[-:| \t]*\Z")

# A bar inside a cell has a backslash before it. The one at the end of the row may be missing.
_CELL = re.compile(r"((?:[^|\\]|\\.)*)(?:\||\\?\Z)")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)


_BOUND = frozenset(label for labels in BOUND.values() for label in labels)


def likeness(lines: Sequence[Line]) -> float:
    """How like a table of labels and values some lines are, from 0 to 1: by the rows that begin with a label.

    Prose and lists may be between such tables.
    """
    rows = [[part for cell in cells(line) for part in cell] for line in lines if line.text[0] == "|"]
    return min(1.0, 0.2 * sum(_is_named(row[0].text) for row in rows if row))


def _is_named(text: str) -> bool:
    return any_label(text) is not None or is_heading(text) or find_word(text) is not None


def as_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with rows of a label and a value split."""
    out: list[Line] = []
    columns = 0
    rows = list(unwrapped(lines))
    open_rows = sum(line.text.startswith("|") for line in rows) > 1
    done = 0
    for at, line in enumerate(rows):
        if at < done:
            continue
        if _is_over_one_row(rows, at):
            # Labels over their values.
            done = at + 3
            columns = 0
            pairs = zip(cells(line), cells(rows[at + 2]), strict=True)
            out += [part for label, value in pairs for part in (*label, *value)]
        elif not line.text.startswith("|") or (line.text.count("|") == 1 < len(line.text) and not open_rows):
            # The only bar of a page, before a text, is the text's.
            columns = 0
            out.append(line)
        elif not RULE.match(line.text):
            found = cells(line)
            columns = max(columns, len(found)) if columns > 2 or _is_head(found) else 0
            out += [line] if columns > 1 and len(found) == columns else [part for cell in found for part in cell]
    return out


def _is_over_one_row(rows: Sequence[Line], at: int) -> bool:
    """Whether a row has labels alone, and below it a rule and one row of as many cells."""
    if not rows[at].text.startswith("|") or at + 2 >= len(rows) or not RULE.match(rows[at + 1].text):
        return False
    heads, values = cells(rows[at]), cells(rows[at + 2]) if rows[at + 2].text.startswith("|") else []
    is_last = at + 3 == len(rows) or not rows[at + 3].text.startswith("|")
    is_named = len(heads) > 1 and all(len(cell) == 1 and _is_named(cell[0].text) for cell in heads)
    return is_last and is_named and len(values) == len(heads)


def _is_head(found: Sequence[list[Line]]) -> bool:
    """Whether a row is the head of a table of records: nothing but labels."""
    return len(found) > 1 and all(cell and key(cell[0].text) in _BOUND and len(cell) == 1 for cell in found)


def cells(line: Line) -> list[list[Line]]:
    """The cells of a row, each as its lines; a blank cell has none."""
    found = _CELL.finditer(line.text, line.text.index("|") + 1)
    return [_parts(line, *match.span(1)) for match in found if match.start() < len(line.text)]


def _parts(line: Line, start: int, end: int) -> list[Line]:
    """The content of a cell, split at its line breaks."""
    breaks = [*((match.start(), match.end()) for match in _BREAK.finditer(line.text, start, end)), (end, end)]
    parts: list[Line] = []
    for stop, after in breaks:
        text = line.text[start:stop]
        content = text.strip()
        if content:
            first = line.start + start + len(text) - len(text.lstrip())
            # The first part begins a paragraph, what follows a line break is in the same one.
            parts.append(Line(first, first + len(content), content, not parts))
        start = after
    return parts
