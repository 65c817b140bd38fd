"""Lines and paragraphs of a source, as places in it.

Sponsors                      a line, and a paragraph
                              a blank line
Assistance Publique           a line that begins a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parser.source import Span

# The first character of a line that is neither white space nor a byte order mark, and the rest of that line.
_LINE = re.compile(r"[^\s\ufeff][^\r\n]*")


class Line(NamedTuple):
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
    end = len(text) if end is None else end
    # Old Macintosh files end lines with CR alone; in all others each line end holds one LF.
    end_of_line = "\n" if "\n" in text else "\r"
    lines: list[Line] = []
    previous = -1
    for match in _LINE.finditer(text, start, end):
        begin = match.start()
        content = match.group().rstrip()
        # Two line ends are two characters; mostly there is one of each between two lines.
        opens = previous < 0 or (begin - previous > 1 and text.count(end_of_line, previous, begin) > 1)
        previous = begin + len(content)
        lines.append(Line(begin, previous, content, opens))
    return lines


def closes(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends its paragraph."""
    return index + 1 == len(lines) or lines[index + 1].opens
