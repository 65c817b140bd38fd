"""The cells of a Markdown table's row, as lines with their places (GFM, section 4.10).

| Recruitment Status | COMPLETED |       two cells
| --- | --- |                            RULE, the row between a table's head and its body
"""

from __future__ import annotations

import re

from parser.lines import Line

RULE = re.compile(r"\|[-:| \t]*-[-:| \t]*\|?\Z")

# A bar inside a cell has a backslash before it.
_CELL = re.compile(r"\|((?:[^|\\]|\\.)*)(?=\|)")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)


def cells(line: Line) -> list[list[Line]]:
    """The cells of a row, each as its lines; a blank cell has none. The bar at the end of the row may be missing."""
    text = line.text if line.text.endswith("|") else line.text + "|"
    return [_parts(line, *match.span(1)) for match in _CELL.finditer(text)]


def _parts(line: Line, start: int, end: int) -> list[Line]:
    """What a cell holds, by its line breaks."""
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
