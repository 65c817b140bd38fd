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


class Numbering:
    """Counts the items of one list."""

    def __init__(self, tag: Tag | None) -> None:
        self._is_ordered = tag is not None and tag.name == "ol"
        self._kind = _attribute(tag, "type")
        self._next = _integer(_attribute(tag, "start"), 1)

    def marker(self, item: Tag) -> str:
        """The next item's marker, with the blank behind it."""
        if not self._is_ordered:
            return "* "
        number = _integer(_attribute(item, "value"), self._next)
        self._next = number + 1
        return f"{_spelled(number, _attribute(item, 'type') or self._kind)}. "


def _attribute(tag: Tag | None, name: str) -> str:
    return str(tag.attrs.get(name, "")) if tag else ""


def _integer(text: str, default: int) -> int:
    number = _INTEGER.match(text)
    return int(number[1]) if number else default


def _spelled(number: int, kind: str) -> str:
    """A number as a list of some `type` shows it; what has no letters, such as 0, is shown in digits."""
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
