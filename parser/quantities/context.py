"""Whether a candidate is a value, and its kind, by the text around it.

ECOG 0-1, a score of 6      values without unit or comparator
PT > 15 seconds             a measurement, not a length of time
"""

from __future__ import annotations

import re

from parser.model.normalized import Quantity
from parser.quantities.unit_parts import Unit
from parser.quantities.unit_table import atoms_by_code
from parser.quantities.units import read_unit
from parser.quantities.values import ValueReading
from parser.quantities.words import LABORATORY, SCALES

# How far in front of a number its bracket opens.
_REACH = 200
_TEN = re.compile(r"(?:[x×*] ?)?10(?!0)\d{0,2}(?![\d.,])")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")

# `0 = never` names an answer.
_LABEL = re.compile(r" ?= ?[\"'“A-Za-z]")

_SPLIT = re.compile(r"[^a-z0-9]+")


def is_value(text: str, reading: ValueReading) -> bool | None:
    """Whether a number is a value: it has a unit or a comparator. None if that depends on its subject."""
    amount = reading.low or reading.high
    if amount is None:
        return False
    if reading.unit:
        if amount.exponent is None or not reading.plain:
            return True
        # A power of ten alone in brackets is how a unit is printed: `leukocytes (10^9/L)`.
        opened, closed = text.endswith(("(", "["), 0, reading.start), text.startswith((")", "]"), reading.end)
        return not (opened and closed and _TEN.match(text, reading.start))
    following = text[reading.end : reading.end + 1]
    if following.isalpha() or following == "+":
        # `grade 3B`, `Gleason 3+4`, `2+ on the dipstick`
        return False
    if reading.compared or amount.exponent is not None:
        return True
    if reading.plain and _LABEL.match(text, reading.end):
        return False
    before = max(0, reading.start - _REACH), reading.start
    bracketed = text.endswith(("(", "["), 0, reading.start)
    if reading.plain and following == ")" and (bracketed or text.rfind("(", *before) <= text.rfind(")", *before)):
        # `(2)` and `6)` count what follows.
        return False
    return False if _YEAR.match(str(amount.value)) else None


def is_of_scale(subject: str) -> bool:
    """Whether a subject has values without a unit: `ECOG performance status`."""
    return not SCALES.isdisjoint(_words(subject))


def is_dose(quantity: Quantity) -> bool:
    """Whether a quantity is something that is given: a mass, a volume, cells, perhaps for each kilogram or day."""
    if quantity.kind != "quantity" or quantity.unit is None:
        return False
    return read_unit(quantity.unit, power=quantity.scale is not None).dose


def is_laboratory(subject: str | None, unit: Unit | None) -> bool:
    """Whether a time is measured in a laboratory: `PT > 15 seconds`, `QTc interval > 450 ms`."""
    if subject is None or unit is None:
        return False
    words = _words(subject)
    if "interval" in words and (atom := atoms_by_code().get(unit.ucum or "")) and (atom.size or 2) <= 1:
        return True
    return not LABORATORY.isdisjoint(words)


def _words(text: str) -> list[str]:
    low = text.lower()
    return [low] if low.isalpha() and low.isascii() else _SPLIT.split(low)
