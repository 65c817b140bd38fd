"""A stretch of a source as the reader of quantities sees it, and the way back to places in the source.

\\>18 years      `>18 years`, and the place of the backslash
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from parser.source import Span

# CommonMark section 2.4, a backslash before ASCII punctuation is an escape, and 2.5, entities: those of signs that
# quantities are written with. And `<U+2103>`, which R writes for a character that its encoding has not, and signs in
# UTF-8 that were read as Windows-1252, `â‰¥` for ≥.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|&(?:lt|gt|le|ge|nbsp|plusmn|times|amp);|<U\+[0-9A-F]{4}>|â‰[¤¥]|Â[±µ°·²³]")


def _meant(match: re.Match[str]) -> str:
    """The character that an escape stands for; a backslash stands for none."""
    printed = match.group()
    if printed.startswith("<U+"):
        return chr(int(printed[3:-1], 16))
    if printed[0] in "âÂ":
        return printed.encode("windows-1252").decode("utf-8")
    return html.unescape(printed) if printed.startswith("&") else ""


# The line end of wrapped text, with the indentation of the next line.
_BLANKS = re.compile(r"\s{2,}")

# An underlined sign that lost its line: `>_3500` was ≥ 3500.
_UNDERLINED = re.compile(r"(?<=[<>])_")

# What needs none of this: printable ASCII without what could be an escape.
_AS_IT_STANDS = re.compile(r"[ !-%'-\[\]^`-~]*\Z")

# One character for each, so that offsets stay: kinds of blanks, of dashes, and full-width and look-alike signs.
_ALIKE = str.maketrans(
    {
        **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)},
        **dict.fromkeys("\t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("⩾≧≥", "≥"),
        **dict.fromkeys("⩽≦≤", "≤"),
        **dict.fromkeys("✕✖⨯", "×"),
        **dict.fromkeys("∙⋅•", "·"),
        "～": "~",
        "∼": "~",
        "⁄": "/",
        "∕": "/",
        "μ": "µ",
        "’": "'",
    }
)


class PlainText(NamedTuple):
    """A part of a text without CommonMark's backslashes, with lookalike characters replaced by one.

    Where it was wrapped, the line end and the next line's indentation are one blank.
    """

    text: str
    start: int
    # For each character of the source that was taken out, the offset in `text` of the next one that was not.
    removed: tuple[int, ...] = ()

    @classmethod
    def of(cls, source: str, start: int, end: int) -> PlainText:
        raw = source[start:end]
        if "<U+" not in raw and _AS_IT_STANDS.match(raw):
            return cls(raw, start)
        # Where the source is longer than the view, and by how many characters: of what is replaced, the last stays.
        longer: list[tuple[int, int]] = []
        escaped = "\\" in raw or "&" in raw or "<U+" in raw or "â" in raw or "Â" in raw
        wrapped = "\n" in raw or "\r" in raw
        if escaped:
            longer += [(match.start(), len(match.group()) - len(_meant(match))) for match in _ESCAPE.finditer(raw)]
        if wrapped:
            longer += [(match.start(), len(match.group()) - 1) for match in _BLANKS.finditer(raw)]
        removed: list[int] = []
        for first, count in sorted(longer):
            removed += [first - len(removed)] * count
        if wrapped:
            raw = _BLANKS.sub(" ", raw)
        if escaped:
            raw = _ESCAPE.sub(_meant, raw)
        if "_" in raw:
            raw = _UNDERLINED.sub("=", raw)
        return cls(raw if raw.isascii() and raw.isprintable() else raw.translate(_ALIKE), start, tuple(removed))

    def span(self, start: int, end: int) -> Span:
        """The place in the source of text[start:end], with the backslash of an escape that it begins with."""
        first = start + bisect_left(self.removed, start)
        return Span(self.start + first, self.start + end + bisect_right(self.removed, end - 1))
