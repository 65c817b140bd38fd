"""List markers, which precede an item's text.

* Adults                    a bullet
* 1. Adults                 a bullet before an ordinal
1. Adults                   1) (1) 1- #1 1.1 ① are ordered, too
iv. Adults                  the fourth in Roman numbers; `i.` may be the first, or the ninth letter
I1. Adults                  a sponsor's own code for a criterion
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from msgspec import Struct

# A marker at the start of an item. CommonMark (section 2.4) escapes accidental ones: `1\.`, `\-`; pages
# print such accidents where the author meant a marker. `6.Association` is an item, `1.5 mg` and `1-year` are not.
_MARKER = re.compile(
    r"""
    (?: (?P<bullet>\\?[*•·∙●▪■□○◦‣►▶➢➤✓✔⁃§\uf000-\uf0ff](?=[\s(\[<>≥≤]|[^\W_])
        | \\?[+–—-](?:-{1,2}(?=\s))?(?=\s|[^\W\d_]|\()
        | [o?](?=\s))
    | (?P<circled>[\u2460-\u249b])
    | (?P<code>(?:INC?|EXC?|IC|EC|I|E)[\s.\#-]?)(?P<coded>[0-9]{1,2})(?:\\?[.):]|\s?[-–](?=\s)|(?=\s+[A-Z]))
    | (?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?:\\?[.)]|(?=\s+["(]?[A-Z]))
    | \#\s?(?P<hash>[0-9]{1,3})\\?[.):]?(?=\s)
    | (?P<open>[(\[（]?)\s?(?P<ordinal>[0-9]{1,3}|[ivxl]{1,6}|[IVXL]{1,6}|[A-Za-z])
        (?P<close>\\?[.)\]）:、．-])(?P<more>\\?[.):])?
    )
    """,
    re.VERBOSE,
)  # fmt: skip

# The two letters that a marker may begin with: a Roman numeral or a code. Most words are ruled out by theirs.
_LETTERS = {one + two for letters in ("ivxl", "IVXL") for one in letters for two in letters} | {"IN", "IC", "EX", "EC"}
# Nearly all bullets, which need no pattern.
_COMMON = ("* ", "- ", "• ")

# What may follow an ordinal: white space, or directly the beginning of a text. After a dash or a colon a blank or
# a capital is needed: `1-Pregnancy` is an item, `1-year` and `a:b` are not.
_AFTER_POINT = re.compile(r"\s|[^\W\d_]|[(\[\"“'‘≥≤<>\\*]|\Z")
_AFTER_DASH = re.compile(r"\s|[A-Z][a-z]|\Z")

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")


class Ordinal(NamedTuple):
    """One way to read an ordinal: its system (digit, letter, roman, in capitals LETTER and ROMAN), and its number."""

    system: str
    number: int


class Marker(Struct, frozen=True, gc=False):
    """A marker: as printed, its style, the ways to read its ordinal (none for a bullet), and its place.

    Two markers belong to one list when they have the same style and an ordinal in the same system. `bullet` is the
    style of the bullet before an ordinal (`* 1. Adults`), which is part of the marker's place but not of its text.
    """

    text: str
    style: str
    ordinals: tuple[Ordinal, ...]
    start: int
    end: int
    bullet: str = ""

    @property
    def is_bullet(self) -> bool:
        return not self.ordinals

    @property
    def is_commonmark(self) -> bool:
        """Whether it is a CommonMark marker (section 5.2): `*`, `-`, `+`, `1.` and `1)`."""
        if self.is_bullet or self.bullet:
            return (self.bullet or self.text) in ("*", "-", "+")
        return self.style in (".", ")") and self.ordinals[0].system == "digit"

    @property
    def may_begin(self) -> bool:
        """Whether a list can begin here: a bullet, or the first of its kind."""
        return not self.ordinals or 1 in [number for _, number in self.ordinals]

    def number_in(self, system: str) -> int | None:
        """The ordinal read in a system; None if it cannot be."""
        for name, number in self.ordinals:
            if name == system:
                return number
        return None


def same_ordinals(style: str, other: str, system: str) -> bool:
    """Whether one list may have ordinals of two styles: authors continue `2.` with `3)`, but not with letters."""
    return style == other or (system == "digit" and {style, other} <= {".", ")"})


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """The marker at an offset of a text; None if unmarked text begins there."""
    begun = text[start : start + 2]
    if begun in _COMMON and start + 1 < end:
        return Marker(begun[0], begun[0], (), start, start + 1)
    if begun.isalpha() and begun not in _LETTERS:
        return None
    match = _MARKER.match(text, start, end)
    if match is None or match.end() == end:
        return None
    group = match.lastgroup
    printed = match.group().rstrip()
    after = start + len(printed)
    if group == "bullet":
        return Marker(printed, printed.lstrip("\\"), (), start, after)
    if group == "dotted":
        # `2.1.3` continues `2.1.2`: the part before the last point belongs to the style.
        before, _, last = match["dotted"].rpartition(".")
        return Marker(printed, f"{before}.", (Ordinal("digit", int(last)),), start, after)
    if group == "circled":
        style, number = "circled", int(unicodedata.numeric(match["circled"]))
    elif group == "coded":
        style, number = f"code {match['code'].strip()}", int(match["coded"])
    elif group == "hash":
        style, number = "#", int(match["hash"])
    else:
        return _ordinal(text, match, printed, start)
    return Marker(printed, style, (Ordinal("digit", number),), start, after)


def _ordinal(text: str, match: re.Match[str], printed: str, start: int) -> Marker | None:
    opened, ordinal, closed = match.group("open", "ordinal", "close")
    closed = closed.lstrip("\\")
    if opened and closed not in (")", "]", "）"):
        return None
    after = start + len(printed)
    if not (_AFTER_DASH if closed in "-:" and not match["more"] else _AFTER_POINT).match(text[after : after + 2]):
        return None
    ordinals = _ordinals(ordinal)
    style = f"{opened}{closed}" if closed != "、" else "."
    return Marker(printed, style, ordinals, start, after) if ordinals else None


def _ordinals(ordinal: str) -> tuple[Ordinal, ...]:
    if ordinal.isdigit():
        return (Ordinal("digit", int(ordinal)),)
    lower = ordinal.lower()
    capital = ordinal != lower
    ordinals = []
    number = _roman(lower)
    if number:
        ordinals.append(Ordinal("ROMAN" if capital else "roman", number))
    if len(ordinal) == 1:
        ordinals.append(Ordinal("LETTER" if capital else "letter", ord(lower) - ord("a") + 1))
    return tuple(ordinals)


def _roman(numeral: str) -> int:
    """The value of a Roman numeral below 90, 0 if it is not one."""
    if not _ROMAN.match(numeral):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
