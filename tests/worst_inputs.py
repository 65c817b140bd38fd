"""Inputs on which a regular expression may take more than its share: what its repeats may match, again and again.

Of `a\\s+b` these are "a" and many blanks, and many of "a ": each ends in a character that nothing matches, so that all
ways to match are tried. They are made from the parse tree of `re`, and the same ones every time.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as sre
    from re import _parser as sre_parser
else:
    import sre_constants as sre
    import sre_parse as sre_parser

_END = "\x00"
_LEAST_REPEATS = 8
_PER_REPEAT = 3
_MOST = 24
_CHARACTERS = "a1 .-x,B;:()[]|\n~"
_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a1",
    sre.CATEGORY_NOT_WORD: " ",
}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)}
_ATOMIC = getattr(sre, "ATOMIC_GROUP", None)


def worst_inputs(pattern: re.Pattern[str]) -> list[Callable[[int], str]]:
    """Functions of a length, each of which gives an input about as long."""
    maker = _Maker(pattern)
    tree = list(sre_parser.parse(pattern.pattern, pattern.flags))
    pumps = sorted(set(maker.pumps(tree, "")) | {("", maker.sample(tree))})
    chosen = maker.random.sample(pumps, min(_MOST, len(pumps)))
    return [make for start, pump in chosen if pump for make in (_pumped(start, pump), _pumped("", start + pump))]


def _pumped(start: str, pump: str) -> Callable[[int], str]:
    return lambda length: start + pump * max(1, (length - len(start)) // len(pump)) + _END


class _Maker:
    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.random = random.Random(ascii(pattern.pattern))

    def sample(self, items: Sequence[Any]) -> str:
        """A text that the items of a parse tree match, lookarounds apart."""
        return "".join(map(self._one, items))

    def _one(self, item: tuple[Any, Any]) -> str:
        kind, value = item
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.NOT_LITERAL:
            return "b" if value == ord("a") else "a"
        if kind is sre.ANY:
            return "a"
        if kind is sre.IN:
            return self._member(value)
        if kind in _REPEATS:
            least, most, body = value
            return "".join(self.sample(body) for _ in range(max(least, min(most, 1))))
        if kind is sre.SUBPATTERN:
            return self.sample(value[3])
        if kind is sre.BRANCH:
            return self.sample(self.random.choice(value[1]))
        return self.sample(value) if kind is _ATOMIC else ""

    def _member(self, members: Sequence[tuple[Any, Any]]) -> str:
        if members[0][0] is sre.NEGATE:
            return next(char for char in _CHARACTERS if not any(_holds(one, char) for one in members[1:]))
        kind, value = self.random.choice(members)
        if kind is sre.CATEGORY:
            return self.random.choice(_OF_CATEGORY[value])
        return chr(value if kind is sre.LITERAL else self.random.choice(value))

    def pumps(self, items: Sequence[Any], start: str) -> Iterator[tuple[str, str]]:
        """For each repeat: what may be before it, and what it repeats."""
        for index, (kind, value) in enumerate(items):
            before = start + self.sample(items[:index])
            if kind in _REPEATS and value[1] >= _LEAST_REPEATS:
                yield from ((before, self.sample(value[2])) for _ in range(_PER_REPEAT))
            for body in _bodies(kind, value):
                yield from self.pumps(body, before)


def _bodies(kind: Any, value: Any) -> Sequence[Sequence[Any]]:
    if kind in _REPEATS:
        return [value[2]]
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is _ATOMIC else []


def _holds(member: tuple[Any, Any], char: str) -> bool:
    kind, value = member
    if kind is sre.LITERAL:
        return ord(char) == value
    if kind is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    name = {
        sre.CATEGORY_DIGIT: r"\d",
        sre.CATEGORY_NOT_DIGIT: r"\D",
        sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_NOT_SPACE: r"\S",
        sre.CATEGORY_WORD: r"\w",
        sre.CATEGORY_NOT_WORD: r"\W",
    }[value]
    return re.match(name, char) is not None
