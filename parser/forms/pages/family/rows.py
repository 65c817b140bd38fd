"""Rows of a Markdown table among the lines of a page: a label and its value become a line each.

| Overall Status | Recruiting |         two lines
| Measure | Time Frame |                a row of several labels stays a row: the head of a list's table
"""

from __future__ import annotations

from collections.abc import Sequence

from parser.forms.pages.cells import RULE, cells
from parser.forms.pages.family.synonyms import BOUND, key
from parser.lines import Line

_BOUND = frozenset(label for labels in BOUND.values() for label in labels)


def as_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with rows of a label and a value taken apart."""
    out: list[Line] = []
    columns = 0
    for line in lines:
        if not line.text.startswith("|"):
            columns = 0
            out.append(line)
        elif not RULE.match(line.text):
            found = cells(line)
            columns = max(columns, len(found)) if columns > 2 or _is_head(found) else 0
            out += [line] if columns > 1 and len(found) == columns else [part for cell in found for part in cell]
    return out


def _is_head(found: Sequence[list[Line]]) -> bool:
    """Whether a row is the head of a table of records: nothing but labels."""
    return len(found) > 1 and all(cell and key(cell[0].text) in _BOUND and len(cell) == 1 for cell in found)
