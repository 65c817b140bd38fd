"""A stretch of a source as the reader of quantities sees it, and the way back to places in the source.

\\>18 years      `>18 years`, and the place of the backslash
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right

from msgspec import Struct

from parser.source import Span

# CommonMark section 2.4, a backslash before ASCII punctuation is an escape, and 2.5, entities: those of signs that
# quantities are written with. And `<U+2103>`, which R writes for a character that its encoding has not, and signs in
# UTF-8 that were read as Windows-1252, `â‰¥` for ≥.
_ESCAPE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|&(?:lt|gt|le|ge|nbsp|plusmn|times|amp|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|<U\+[0-9A-F]{4}>"
    r"|â‰[¤¥]|Â[±µ°·²³]"
)
# Tags in a text that is no HTML otherwise. That of a power stands for `^`, one that ends a line for what ends a clause;
# a raised number behind another one is a footnote's.
_TAG = re.compile(
    r"<(?<!\\<)(?:(?P<power>(?:(?<=10<)|(?<=10 <)|(?<=[^\W\d_]<))sup>(?=[-−+]?\d))|(?P<line>br ?/?>)"
    r"|(?<=\d<)sup>\d{1,2}</sup>|/?(?:b|i|u|em|strong|su[bp]|span|font|small|p|li)(?: [^\s<>]{1,80}){0,4}>)",
    re.IGNORECASE,
)


def _meant_by_tag(match: re.Match[str]) -> str:
    return "^" if match["power"] else ";" if match["line"] else ""


def _meant(match: re.Match[str]) -> str:
    """The character that an escape stands for; a backslash stands for none."""
    printed = match.group()
    if printed == "\\":
        return ""
    if printed.startswith("<U+"):
        return chr(int(printed[3:-1], 16))
    if printed[0] in "âÂ":
        return printed.encode("windows-1252").decode("utf-8")
    return html.unescape(printed)


# The line end of wrapped text, with the indentation of the next line.
_BLANKS = re.compile(r"\s{2,}")

# An underlined sign that lost its line: `>_3500` was ≥ 3500.
_UNDERLINED = re.compile(r"(?<=[<>])_")


# One character for each, so that offsets stay: kinds of blanks, of dashes, and full-width and look-alike signs.
_ALIKE = str.maketrans(
    {
        **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)},
        **dict.fromkeys("\t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        # Decimal digits in Arabic, Persian, Hindi, Bengali and Thai.
        **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)},
        **dict.fromkeys("⩾≧", "≥"),
        **dict.fromkeys("⩽≦", "≤"),
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
# No character that is replaced or could be of an escape.
_AS_IT_STANDS = re.compile(rf"[^{re.escape(''.join(map(chr, sorted(_ALIKE))))}&\\_âÂ]*\Z")


def _stands_as_it_is(raw: str) -> bool:
    """Whether a text without tags needs none of this, as most do."""
    if raw.isascii() and raw.isprintable():
        return "&" not in raw and "\\" not in raw and "_" not in raw
    return _AS_IT_STANDS.match(raw) is not None


def _lowered(text: str) -> str:
    """A text in lower case, character by character: the lower case of İ has two characters."""
    low = text.lower()
    return low if len(low) == len(text) else text.replace("İ", "i").lower()


class PlainText(Struct, frozen=True, gc=False):
    """A part of a text without CommonMark's backslashes, with lookalike characters replaced by one.

    Where it was wrapped, the line end and the next line's indentation are one blank. `low` is the text in lower case,
    in which every character keeps its place.
    """

    text: str
    low: str
    start: int
    # For each character of the source that was taken out, the offset in `text` of the next one that was not; half of
    # one less for those of a tag, which is no part of what begins behind it.
    removed: tuple[float, ...] = ()

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> PlainText:
        """The view of source[start:end]."""
        raw = source[start:end]
        tagged = "<" in raw and _TAG.search(raw) is not None
        if not tagged and _stands_as_it_is(raw) and "<U+" not in raw:
            return cls(raw, _lowered(raw), start)
        # Where the source is longer than the view, by how many characters, and whether all of it is a tag: of what is
        # replaced, the last stays.
        longer: list[tuple[int, int, bool]] = []
        folded: list[int] = []
        if "\n" in raw or "\r" in raw:
            for match in _BLANKS.finditer(raw):
                longer.append((match.start(), len(match.group()) - 1, False))
                folded += [match.start() - len(folded)] * longer[-1][1]
            raw = _BLANKS.sub(" ", raw)
        # What is replaced: its start and end, what it means, and whether it is a tag.
        replaced: list[tuple[int, int, str, bool]] = []
        if tagged:
            replaced += [(*match.span(), _meant_by_tag(match), True) for match in _TAG.finditer(raw)]
        if "\\" in raw or "&" in raw or "<U+" in raw or "â" in raw or "Â" in raw:
            replaced += [(*match.span(), _meant(match), False) for match in _ESCAPE.finditer(raw)]
        parts: list[str] = []
        done = 0
        for first, last, meant, is_tag in sorted(replaced):
            parts += raw[done:first], meant
            done = last
            longer.append((first + bisect_right(folded, first), last - first - len(meant), is_tag and not meant))
        removed: list[float] = []
        for first, count, is_tag in sorted(longer):
            removed += [first - len(removed) - is_tag / 2] * count
        text = "".join(parts) + raw[done:]
        if "_" in text:
            text = _UNDERLINED.sub("=", text)
        if not text.isascii() or not text.isprintable():
            text = text.translate(_ALIKE)
        return cls(text, _lowered(text), start, tuple(removed))

    def span(self, start: int, end: int) -> Span:
        """The place in the source of text[start:end], with the backslash of an escape that it begins with."""
        if not self.removed:
            return Span(self.start + start, self.start + end)
        first = start + bisect_left(self.removed, start)
        return Span(self.start + first, self.start + end + bisect_right(self.removed, end - 1))
