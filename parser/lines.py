"""Lines and paragraphs of a source, as places in it.

Sponsors                      a line, and a paragraph
                              a blank line
Assistance Publique           a line that begins a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.source import Span

# A byte order mark is blank, but only before what a line says.
_LEADING = re.compile(r"\A[\s\ufeff]+")


@dataclass(slots=True)
class Line:
    """A line that is not blank, from its first to its last character that is not white space.

    `text` is that stretch of the source; `opens` says that a blank line, or the start of the page, stands before it.
    """

    start: int
    end: int
    text: str
    opens: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def read_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a text, or of a stretch of it, that are not blank."""
    # Old Macintosh files end lines with CR alone; in all others each line end holds one LF.
    end_of_line = "\n" if "\n" in text else "\r"
    lines: list[Line] = []
    at, opens = start, True
    for row in text[start:end].split(end_of_line):
        if not row:
            opens = True
            at += 1
            continue
        is_blank = True
        # A CR is part of the line end, or ends a line itself in a file that has line ends of several kinds.
        for part in row.split("\r") if "\r" in row else (row,):
            content = part.strip()
            if content[:1] == "\ufeff":
                content = _LEADING.sub("", content)
            if content:
                begin = at + part.find(content)
                lines.append(Line(begin, begin + len(content), content, opens))
                opens = is_blank = False
            at += len(part) + 1
        opens = is_blank
    return lines


def closes(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends its paragraph."""
    return index + 1 == len(lines) or lines[index + 1].opens
