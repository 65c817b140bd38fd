"""The block's text as entries: one for each item or paragraph, with the lines that belong to it joined.

          -  Age 18 years or                an item, hard-wrapped: the second line stands under its text
             older

* First                                     items a line each
* Second

A page has lost its indentation; API v2 and the registry's older text still have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parser.criteria.markers import Marker, read_marker
from parser.lines import Line
from parser.source import trimmed

# What an entry is. JOINED is a paragraph that goes on with the entry before it.
ITEM, CATEGORY, HEADING, NOTE, JOINED = "ITEM", "CATEGORY", "HEADING", "NOTE", "JOINED"

# Text that was wrapped by hand or by a program has no longer lines than this, and its longest are no shorter than that.
_WIDEST = 100
_NARROWEST = 60
# Where lines were wrapped, several come so near to the longest; where none were, the longest is by itself.
_RAGGED = 15
# A line that begins like this is a heading, however full the line before it is.
_HEADED = re.compile(
    r"[*_#\s]*(?:(?:[Kk]ey|[Mm]ain|KEY|MAIN)\s+)?(?:(?:Non-?[Ii]n|In|Ex)clusion\s+[Cc]riteria|(?:NON-?IN|IN|EX)CLUSION\b)"
    r"(?:\s+CRITERIA)?[\s*_]*(?:[:：-]|\Z)"
    r"|(?:纳入|入选|选择|選択|組入れ?|排除|除外)(?:标准|標準|基準)"
)
_ENDS = (".", ";", ":", "?", "!", ")")


@dataclass(slots=True)
class Entry:
    """An item or a paragraph: its marker, the place of its text, and how it stands in the block.

    `indent` is the column of its first character, `inner` that of its text; `blank` says that a blank line stands
    before it. `kind` and `depth` are found later.
    """

    start: int
    end: int
    indent: int
    inner: int
    blank: bool
    marker: Marker | None = None
    kind: str = ITEM
    depth: int = 0
    category: str | None = None
    guessed: bool = False


def read_entries(text: str, lines: Sequence[Line]) -> list[Entry]:
    """The entries of a block, in its order."""
    indents = [column(text, line.start) for line in lines]
    width = _wrapped_at([line.end - line.start + indent for line, indent in zip(lines, indents, strict=True)])
    entries: list[Entry] = []
    previous: Line | None = None
    for line, indent in zip(lines, indents, strict=True):
        marker = read_marker(text, line.start, line.end)
        if marker is None and previous and _goes_on(text, entries[-1], previous, line, indent, width):
            entries[-1].end = line.end
        else:
            entries.append(entry_at(text, line.start, line.end, indent, line.opens, marker))
        previous = line
    return entries


def _wrapped_at(widths: Sequence[int]) -> int | None:
    """The width at which lines were wrapped, None where nothing says that they were."""
    width = max(widths, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    return width if len([used for used in widths if used > width - _RAGGED]) > 1 else None


def entry_at(text: str, start: int, end: int, indent: int, blank: bool, marker: Marker | None) -> Entry:
    """The entry of a stretch that begins with a marker, or with its text where there is none."""
    own = trimmed(text, marker.end if marker else start, end)
    return Entry(own.start, end, indent, indent + own.start - start, blank, marker)


def column(text: str, offset: int) -> int:
    """The column of an offset in its line, counted from 0; a tab goes on to the next multiple of 4 (CommonMark 2.2)."""
    if not offset or text[offset - 1] in "\r\n":
        return 0
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return len(text[start:offset].expandtabs(4))


def _goes_on(text: str, entry: Entry, previous: Line, line: Line, indent: int, width: int | None) -> bool:
    """Whether a line without a marker goes on with the entry before it.

    It does when it stands under the entry's text, when it was wrapped (its first word had no room in the line before),
    or when it begins in lower case in the middle of a sentence.
    """
    if line.opens:
        return False
    if entry.marker and indent >= max(entry.inner - 1, 1):
        return True
    if indent and indent != entry.indent:
        return indent > entry.indent
    if _HEADED.match(line.text):
        return False
    word = re.match(r"\S+", line.text)
    used = column(text, previous.start) + previous.end - previous.start
    if width and word and used + 1 + word.end() > width and used > width // 2:
        return True
    return line.text[0].islower() and not previous.text.endswith(_ENDS)
