"""Lines and paragraphs of a source, as spans of it.

Sponsors                      a line, and a paragraph
                              a blank line
Assistance Publique           a line that begins a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from parser.source import Span

# A byte order mark counts as blank, but only at the start of a line.
_LEADING = re.compile(r"\A[\s\ufeff]+")


class Line(Struct, gc=False):
    """A line that is not blank, from its first to its last character that is not white space.

    `text` is that part of the source; `opens`: it follows a blank line or is the first line of the page. `candidates`
    is how it may be a label, once that was asked: all readers of a page ask it of each line.
    """

    start: int
    end: int
    text: str
    opens: bool
    candidates: tuple[Any, ...] | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def read_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a text, or of a part of it, that are not blank."""
    # Old Macintosh files end lines with CR alone; in all others each line end holds one LF.
    end_of_line = "\n" if "\n" in text else "\r"
    stretch = text[start:end]
    has_parts = "\r" in stretch or "\ufeff" in stretch
    lines: list[Line] = []
    at, opens = start, True
    for row in stretch.split(end_of_line):
        content = row.strip()
        if not content:
            opens = True
        elif has_parts and ("\r" in content or content[0] == "\ufeff"):
            parts = _parts(row, at)
            for begin, part in parts:
                lines.append(Line(begin, begin + len(part), part, opens))
                opens = False
            opens = not parts
        else:
            begin = at if content == row else at + row.find(content)
            lines.append(Line(begin, begin + len(content), content, opens))
            opens = False
        at += len(row) + 1
    return lines


def _parts(row: str, at: int) -> list[tuple[int, str]]:
    """The lines of a row that holds a CR or begins with a byte order mark, each with its offsets.

    In a file that has line ends of several kinds a CR may end a line itself.
    """
    found: list[tuple[int, str]] = []
    for part in row.split("\r"):
        if content := _LEADING.sub("", part).rstrip():
            found.append((at + part.find(content), content))
        at += len(part) + 1
    return found


def closes(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends its paragraph."""
    return index + 1 == len(lines) or lines[index + 1].opens


def paragraphs_of(lines: Iterable[Line]) -> Iterator[Span]:
    """The paragraphs of some lines."""
    start = end = -1
    for line in lines:
        if line.opens or start < 0:
            if start >= 0:
                yield Span(start, end)
            start = line.start
        end = line.end
    if start >= 0:
        yield Span(start, end)
