"""A stretch of a source as the reader of quantities sees it, and the way back to places in the source.

\\>18 years      `>18 years`, and the place of the backslash
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from parser.source import Span

# CommonMark section 2.4, a backslash before ASCII punctuation is an escape, and 2.5, entities: those of signs that
# quantities are written with.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|&(?:lt|gt|le|ge|nbsp|plusmn|times|amp);")
_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&le;": "≤",
    "&ge;": "≥",
    "&plusmn;": "±",
    "&times;": "×",
    "&amp;": "&",
    "&nbsp;": " ",
}

# The line end of wrapped text, with the indentation of the next line.
_BLANKS = re.compile(r"\s{2,}")

# An underlined sign that lost its line: `>_3500` was ≥ 3500.
_UNDERLINED = re.compile(r"(?<=[<>])_")

# One character for each, so that offsets stay: kinds of blanks, of dashes, and full-width and look-alike signs.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("⩾≧≥", "≥"),
        **dict.fromkeys("⩽≦≤", "≤"),
        **dict.fromkeys("✕✖⨯", "×"),
        **dict.fromkeys("∙⋅•", "·"),
        "＞": ">",
        "＜": "<",
        "＝": "=",
        "～": "~",
        "∼": "~",
        "／": "/",
        "⁄": "/",
        "∕": "/",
        "％": "%",
        "＋": "+",
        "，": ",",
        "．": ".",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        "μ": "µ",
        "’": "'",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)


class View(NamedTuple):
    """`text` is the stretch without CommonMark's backslashes, with one sign for those that look alike.

    Where it was wrapped, the line end and the next line's indentation are one blank.
    """

    text: str
    start: int
    # For each character of the source that was taken out, the offset in `text` of the next one that was not.
    removed: tuple[int, ...] = ()

    @classmethod
    def of(cls, source: str, start: int, end: int) -> View:
        raw = source[start:end]
        removed: list[int] = []
        shorter: list[tuple[int, int]] = []
        if "\\" in raw or "&" in raw:
            # An entity's last character stays, as what the entity stands for.
            for match in _ESCAPE.finditer(raw):
                shorter.append((match.start(), len(match.group()) - len(_ENTITIES.get(match.group(), ""))))
        if "\n" in raw or "\r" in raw:
            shorter += [(match.start(), len(match.group()) - 1) for match in _BLANKS.finditer(raw)]
            shorter.sort()
            raw = _BLANKS.sub(" ", raw)
        for start_of, count in shorter:
            removed += [start_of - len(removed)] * count
        if "\\" in raw or "&" in raw:
            raw = _ESCAPE.sub(lambda match: _ENTITIES.get(match.group(), ""), raw)
        if "_" in raw:
            raw = _UNDERLINED.sub("=", raw)
        return cls(raw if raw.isascii() and raw.isprintable() else raw.translate(_ALIKE), start, tuple(removed))

    def span(self, start: int, end: int) -> Span:
        """The place in the source of text[start:end], with the backslash of an escape that it begins with."""
        first = start + bisect_left(self.removed, start)
        return Span(self.start + first, self.start + end + bisect_right(self.removed, end - 1))
