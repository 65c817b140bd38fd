"""The markers of a list's items, as a browser numbers them (WHATWG, 4.4.5 and 4.4.8): `3.`, `c.`, `iii.`, `*`."""

from __future__ import annotations

import re

from bs4 import Tag

_INTEGER = re.compile(r"\s*([-+]?\d{1,9})")
_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_GREATEST_NUMERAL = 3999
_WIDEST = 20
"""The deepest indentation of lists, so that nested lists do not inflate the text."""
_WIDEST_MARKER = 4
"""An item's lines are indented as for such a marker at most, `99. `: a number of nine digits is not a list's."""


class Numbering:
    """Counts the items of one list, and computes their indentation.

    `indent` is what is before a marker, `inside` before the other lines of an item, as CommonMark has it (5.2).
    """

    def __init__(self, tag: Tag | None, indent: str) -> None:
        self.indent = indent
        self.inside = self._inside("* ")
        self._is_ordered = tag is not None and tag.name == "ol"
        self._kind = _attribute(tag, "type")
        self._next = _integer(_attribute(tag, "start"), 1)

    def marker(self, item: Tag) -> str:
        """The next item's marker, with the blank after it."""
        marker = "* "
        if self._is_ordered:
            number = _integer(_attribute(item, "value"), self._next)
            self._next = number + 1
            marker = f"{_spelled(number, _attribute(item, 'type') or self._kind)}. "
        self.inside = self._inside(marker)
        return marker

    def _inside(self, marker: str) -> str:
        return self.indent + " " * min(len(marker), _WIDEST_MARKER) if len(self.indent) < _WIDEST else self.indent


def _attribute(tag: Tag | None, name: str) -> str:
    return str(tag.attrs.get(name, "")) if tag else ""


def _integer(text: str, default: int) -> int:
    number = _INTEGER.match(text)
    return int(number[1]) if number else default


def _spelled(number: int, kind: str) -> str:
    """A number as a list of some `type` shows it; a number without letters, such as 0, is shown in digits."""
    if number < 1 or kind not in ("a", "A", "i", "I"):
        return str(number)
    if kind in "iI" and number > _GREATEST_NUMERAL:
        return str(number)
    spelled = _letters(number) if kind in "aA" else _numeral(number)
    return spelled.upper() if kind.isupper() else spelled


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _numeral(number: int) -> str:
    numeral = ""
    for value, letters in _NUMERALS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
