"""Units to compare by: a UCUM code as a factor and a canonical unit, so that 75 000/uL is 75e9 /L.

UCUM (https://ucum.org/ucum, section 3) compares units by taking each down to base units. So it is done here, with three
exceptions that keep what comes out readable to a clinician: volumes are in litres, because laboratories report per
litre; amounts of substance stay moles, which UCUM counts out; and units of pressure, energy and radiation stay the
units of SI that have names. Arbitrary units have no factor to any other, in UCUM neither.

Annotations equal one in UCUM (section 6). One that says what is counted is left out where that is all that is above
something. Others distinguish units that must not be compared, and are kept.

No factor, and so no canonical unit: temperatures and levels, which UCUM calls special, logarithms, and whatever is not
in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from parser.quantities.unit_table import atoms_by_code


class Canonical(NamedTuple):
    """What a unit is in its canonical unit: `numerator / denominator` of it."""

    ucum: str
    numerator: Decimal
    denominator: Decimal

    def of(self, value: float | None) -> float | None:
        """A value in the canonical unit, rounded once; None stays None, as does what no double can hold."""
        if value is None:
            return None
        converted = float(Decimal(str(value)) * self.numerator / self.denominator)
        return converted if abs(converted) < float("inf") else None


_TOKEN = re.compile(
    r"(?P<sign>[./()])|10\*(?P<power>-?\d{1,2})(?!\d)|(?P<number>\d{1,12})(?![\d*])|(?P<annotation>\{[^{}]*\})"
    r"|(?P<atom>(?:[A-Za-z%']|\[[^][]*\])+)(?P<exponent>-?\d{1,2}(?!\d))?(?P<suffix>\{[^{}]*\})?"
)
# Longer than any unit that is printed: a code is as long as the page had it.
_LONGEST = 200


@lru_cache(maxsize=4096)
def canonical(ucum: str) -> Canonical | None:
    """The canonical unit of a UCUM code and the factor to it, or None if there is none."""
    tokens = list(_TOKEN.finditer(ucum[:_LONGEST]))
    if not tokens or "".join(match[0] for match in tokens) != ucum:
        return None
    try:
        factor, powers = _product(iter(tokens))
    except (KeyError, ZeroDivisionError):
        return None
    code = _code(powers)
    return Canonical(code, Decimal(factor.numerator), Decimal(factor.denominator)) if code else None


def _product(tokens: Iterator[re.Match[str]]) -> tuple[Fraction, dict[str, int]]:
    """Factor and powers of the bases, up to the end or to the bracket that closes. UCUM reads from left to right."""
    whole, powers, sign = Fraction(1), dict[str, int](), 1
    for token in tokens:
        if token[0] == ")":
            break
        if token["sign"] in (".", "/"):
            sign = 1 if token[0] == "." else -1
            continue
        factor, bases = _product(tokens) if token[0] == "(" else _component(token)
        whole *= factor**sign
        for base, power in bases.items():
            powers[base] = powers.get(base, 0) + sign * power
    return whole, {base: power for base, power in powers.items() if power}


def _component(token: re.Match[str]) -> tuple[Fraction, dict[str, int]]:
    if token["power"] is not None:
        return Fraction(10) ** int(token["power"]), {}
    if token["number"]:
        return Fraction(token["number"]), {}
    if token["annotation"]:
        return Fraction(1), {token["annotation"]: 1}
    atom = atoms_by_code()[token["atom"]]
    factor, exponent = Fraction(atom.size or 1), int(token["exponent"] or 1)
    if atom.dimension == "length" and abs(exponent) == 3:
        # A litre is a thousandth of a cubic metre.
        return (factor**3 * 1000) ** (exponent // 3), {"L": exponent // 3}
    return factor**exponent, {atom.base + (token["suffix"] or ""): exponent} if atom.base else {}


def _code(powers: dict[str, int]) -> str:
    """The code of a product, empty if its numbers cannot be compared."""
    annotations = {base for base in powers if base[0] == "{"}
    if any(base.startswith("{log") for base in annotations) and len(powers) > 1:
        return ""
    above = sorted(base for base, power in powers.items() if power > 0)
    below = sorted((base for base, power in powers.items() if power < 0), key=lambda base: (base[0] == "{", base))
    if len(above) == 1 and above[0] in annotations and set(below) - annotations:
        above = []
    over = ".".join(_raised(base, powers[base]) for base in above)
    return over + "".join(f"/{_raised(base, -powers[base])}" for base in below) or "1"


def _raised(base: str, power: int) -> str:
    return base if power == 1 else f"{base}{power}"


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """A value in another unit, both given by their UCUM codes, or None if they do not measure the same.

    What is above a common denominator is converted: `g/d` to `mg/d`. A year is 365.25 days and a month a twelfth of it
    (UCUM's `a_j` and `mo_j`, which `a` and `mo` are).
    """
    if source == target:
        return value
    (above, _, below), (other, _, other_below) = source.partition("/"), target.partition("/")
    first, second = canonical(above), canonical(other)
    if below != other_below or not first or not second or first.ucum != second.ucum or "{" in first.ucum:
        return None
    return value * first.numerator * second.denominator / (first.denominator * second.numerator)
