"""The tokens that grammars/quantity.lark reads: what is at a place of a text, and what was read there."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from parser.quantities.unit_parts import Unit


class Comparator(Struct, frozen=True, gc=False):
    """What a comparator says of its value: that it is a lower bound (+1), an upper one (-1), or the value itself (0).

    `by_anchor` marks earlier and later, which count from an event: later than two weeks
    before it is less than two weeks.
    """

    direction: int
    inclusive: bool
    by_anchor: bool = False
    is_negated: bool = False

    def negated(self) -> Comparator:
        return replace(self, direction=-self.direction, inclusive=not self.inclusive, is_negated=not self.is_negated)

    def turned(self) -> Comparator:
        """The same seen from the other side: `18 ≤ age` is age ≥ 18."""
        return replace(self, direction=-self.direction)

    def joined(self, other: Comparator) -> Comparator:
        """Two comparators of one value, `at least (≥)`; if they are opposites, the one next to the value counts."""
        if not other.direction or self.direction == other.direction:
            return replace(self, inclusive=self.inclusive or (other.inclusive and bool(other.direction)))
        return other


class Number(Struct, frozen=True, gc=False):
    """A number as printed: the rule of the grammar that it is of, its terminals with their texts, and its length.

    `plain` are the digits of a number that has nothing else.
    """

    rule: str
    parts: tuple[tuple[str, str], ...]
    length: int
    plain: str = ""

    @property
    def negative(self) -> bool:
        return self.parts[0][0] == "SIGN"

    @property
    def has_power(self) -> bool:
        return self.rule in ("scaled", "dotted", "spaced", "product", "power", "notation", "multiplied")


@lru_cache(maxsize=1024)
def plain_number(digits: str) -> Number:
    """A number that is printed in digits alone."""
    return Number("coefficient", (("NUMBER", digits),), len(digits), digits)


class QuantityToken(Struct, frozen=True, gc=False):
    """A terminal of grammars/quantity.lark, the offsets of what it matched, and what was read there."""

    terminal: str
    start: int
    end: int
    number: Number | None = None
    unit: Unit | None = None
    comparator: Comparator | None = None
