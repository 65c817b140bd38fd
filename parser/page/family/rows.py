"""Rows of a Markdown table among the lines of a page: a label and its value become a line each.

| Overall Status | Recruiting |         two lines
| Measure | Time Frame |                a row of several labels stays a row: the head of a list's table
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.lines import Line
from parser.page.family.synonyms import BOUND, find_word, key

# The row between a table's head and its body: `| --- | :---: |`.
_RULE = re.compile(r"\|[-:| \t]*-[-:| \t]*\|?\Z")
# GFM, section 4.10: a bar inside a cell has a backslash before it.
_CELL = re.compile(r"\|((?:[^|\\]|\\.)*)(?=\|)")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)
_BOUND = frozenset(label for labels in BOUND.values() for label in labels)


def as_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with rows of a label and a value taken apart."""
    out: list[Line] = []
    columns = 0
    for line in lines:
        if not line.text.startswith("|"):
            columns = 0
            out.append(line)
        elif not _RULE.match(line.text):
            found = cells(line)
            columns = max(columns, len(found)) if columns > 2 or _is_head(found) else 0
            out += [line] if columns > 1 and _is_table(found, columns) else [part for cell in found for part in cell]
    return out


def _is_head(found: Sequence[list[Line]]) -> bool:
    """Whether a row is the head of a table of records: nothing but labels."""
    return len(found) > 1 and all(cell and key(cell[0].text) in _BOUND and len(cell) == 1 for cell in found)


def _is_table(found: Sequence[list[Line]], columns: int) -> bool:
    return len(found) == columns


def cells(line: Line) -> list[list[Line]]:
    """The cells of a row, each as its lines; a blank cell has none."""
    text = line.text if line.text.endswith("|") else line.text + "|"
    return [_parts(line, *match.span(1)) for match in _CELL.finditer(text)]


def _parts(line: Line, start: int, end: int) -> list[Line]:
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


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table of records."""
    return line.text.startswith("|") and find_word(line.text) is None
