"""Whether a number is what it says: flattened powers of ten, and separators that may be points or thousands.

1.5 x 109 /L          1.5e9, `flattened-superscript`
1.10^6 cells/kg       1e6, `dot-as-times`: a French sign of multiplication
14.000 /mm3           14000, `european-separator`
1.000 mg              1, undecided: it may be 1000

Whoever has read a number gives all that it can mean, the literal reading first, and how strongly its form speaks for
another. `decide` weighs that against what the unit and the words in front make plausible. A reading that is not the
literal one has a reason and names what it was chosen over; where nothing decides, the literal one is, undecided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from parser.quantities.plausible import Measure, blood_count, fits, measure
from parser.quantities.unit_parts import Unit

FLATTENED = "flattened-superscript"
DOT_AS_TIMES = "dot-as-times"
TEN_AS_BASE = "ten-as-base"
LOST_EXPONENT = "lost-exponent"
EUROPEAN = "european-separator"
RESTATED = "restated"
LOST_TIMES = "lost-times"
LISTED = "list"

_ONE_POINT = re.compile(r"\d+(?:[.,]\d*)?", re.ASCII)

# What the form of a number speaks for: its literal reading, the second one, or neither.
Lean = Literal["literal", "other", "neither"]


class NumberReading(Struct, frozen=True, gc=False):
    """One meaning of a number; `reason` says why it would be taken although it is not the literal one."""

    value: Decimal
    coefficient: Decimal | None = None
    exponent: int | None = None
    reason: str | None = None


class Readings(Struct, frozen=True, gc=False):
    """All that a number may mean, the literal reading first, and what its form speaks for."""

    all: Sequence[NumberReading]
    lean: Lean = "literal"


class Amount(Struct, frozen=True, gc=False):
    """What a number is worth.

    `value` is in full; `coefficient` and `exponent` are as printed where a power of ten was, else None. `reason` says
    why it was not taken literally, and `alternatives` are then what it was chosen over, the literal value first. If
    nothing decided, `undecided` is true, the value is the literal one, and the alternatives are what else it may be.
    """

    value: Decimal
    coefficient: Decimal | None = None
    exponent: int | None = None
    reason: str | None = None
    alternatives: tuple[Decimal, ...] = ()
    undecided: bool = False


def decide(readings: Readings, unit: Unit | None, subject: str) -> Amount:
    """Choose among the readings of a number, by its form and by what is plausible."""
    literal, others = readings.all[0], readings.all[1:]
    if not others:
        return _alone(literal, unit, subject)
    # The reading that the form speaks for is, unless it is implausible.
    leading = {"literal": literal, "other": others[0], "neither": None}[readings.lean]
    if leading and fits(leading.value, unit, subject) is not False:
        return _take(leading, readings)
    plausible = [reading for reading in readings.all if fits(reading.value, unit, subject)]
    if len(plausible) == 1:
        return _take(plausible[0], readings)
    if leading and not plausible:
        return _alone(literal, unit, subject) if leading is literal else _take(leading, readings)
    return _amount(literal, others, undecided=True)


def _take(reading: NumberReading, readings: Readings) -> Amount:
    if reading.reason is None:
        return _amount(reading)
    return _amount(reading, [one for one in readings.all if one is not reading])


def _amount(reading: NumberReading, others: Sequence[NumberReading] = (), *, undecided: bool = False) -> Amount:
    alternatives = tuple([other.value for other in others])
    return Amount(reading.value, reading.coefficient, reading.exponent, reading.reason, alternatives, undecided)


def _alone(reading: NumberReading, unit: Unit | None, subject: str) -> Amount:
    """A number with one reading; a count that nobody can have may have lost its power, and that is left open."""
    measured = measure(unit, subject)
    if measured.kind == "count" and measured.per and fits(reading.value, unit, subject) is False:
        for shift in (3, -3, 6, -6, 9, -9):
            other = reading.value.scaleb(shift)
            if fits(other, unit, subject):
                return _amount(reading, [NumberReading(other)], undecided=True)
    return _amount(reading)


# --- powers ---


def power(coefficient: Decimal, exponent: int, reason: str | None = None) -> NumberReading:
    return NumberReading(coefficient.scaleb(exponent), coefficient, exponent, reason)


def flattened(coefficients: Sequence[Decimal], digits: str, unit: Unit | None, subject: str) -> Readings:
    """`1.5 x 109`: a coefficient and, after a sign of multiplication, the digits of a power or of a factor."""
    exponent = int(digits[2:])
    if exponent < 0:
        return _negative(coefficients, exponent, unit, subject)
    literal = NumberReading(coefficients[0] * int(digits))
    measured = measure(unit, subject)
    few = exponent < 3 or (exponent == 3 and measured.kind == "none" and not blood_count(subject))
    lean: Lean = "neither" if measured.kind == "plain" or few else "other"
    return Readings([literal, *(power(one, exponent, FLATTENED) for one in coefficients)], lean)


def _negative(coefficients: Sequence[Decimal], exponent: int, unit: Unit | None, subject: str) -> Readings:
    """`1 x 10-4`; of things counted, `3 x 10-7 /kg`, the hyphen stands for the circumflex."""
    literal, small = NumberReading(coefficients[0] * 10), power(coefficients[0], exponent, FLATTENED)
    measured = measure(unit, subject)
    if (measured.kind == "count" and (measured.per or measured.noun != "things")) or blood_count(subject):
        return Readings([literal, power(coefficients[0], -exponent, FLATTENED), small], "other")
    return Readings([literal, small], "other")


def scaled(coefficients: Sequence[Decimal], exponent: int) -> Readings:
    """`1.500 x 10^9`: the power is certain, the separator may not be."""
    reasons = (None, EUROPEAN)
    return Readings([power(one, exponent, reason) for one, reason in zip(coefficients, reasons, strict=False)])


def spaced(coefficient: Decimal, exponent: int) -> Readings:
    """`1.5 10^9`: the sign of multiplication is gone, unless the first number is another's."""
    return Readings([power(Decimal(1), exponent), power(coefficient, exponent, LOST_TIMES)], "other")


def ten_as_base(exponent: int) -> Readings:
    """`10E6`: ten times 1e6 to a computer, and 10^6 to those who write it."""
    return Readings([power(Decimal(10), exponent), power(Decimal(1), exponent, TEN_AS_BASE)], "other")


def gapped(coefficient: Decimal, digits: str) -> Readings:
    """`1.5 x 10 9`, `1.5 x 10.9`: a blank or a dot where the superscript began."""
    literal = NumberReading(coefficient * Decimal(digits.replace(" ", "")))
    return Readings([literal, power(coefficient, int(digits[3:]), FLATTENED)], "other")


def dotted(coefficient: Decimal, printed: str, base: str, exponent: int) -> Readings:
    """`1.10^6`: literally a power of 1.10."""
    literal = NumberReading(_joined(coefficient, printed, base) ** exponent)
    return Readings([literal, power(coefficient, exponent, DOT_AS_TIMES)], "other")


def dotted_flat(coefficient: Decimal, printed: str, digits: str) -> Readings:
    """`0.5.109`, `30. 109`: literally 0.5109 and 30.109."""
    literal = NumberReading(_joined(coefficient, printed, digits))
    return Readings([literal, power(coefficient, int(digits[2:]), FLATTENED)], "other")


def _joined(coefficient: Decimal, printed: str, digits: str) -> Decimal:
    """The number that there is if the dot between the two is read over, or is the point if there is no other."""
    # Thousands may be parted by blanks, or by the same sign more than once.
    plain = printed.replace(",", ".") if _ONE_POINT.fullmatch(printed) else f"{coefficient:f}"
    return Decimal(plain + digits if "." in plain else f"{plain}.{digits}")


# The powers that counts are given in, by what they are in; the second and further ones are rare.
_USUAL = {"1": (9, 12, 6), "1E+3": (6, 3), "1E+6": (3,)}


def lost(coefficient: Decimal, unit: Unit | None, subject: str) -> Readings:
    """`100 x 10 /L`: the exponent is gone."""
    measured = measure(unit, subject)
    exponents = (6, 8, 5) if measured.per == "kg" else _USUAL.get(str(measured.factor.normalize()), (9, 6))
    literal = NumberReading(coefficient * 10)
    return Readings([literal, *(power(coefficient, exponent, LOST_EXPONENT) for exponent in exponents)], "neither")


# `109`, `1.109`, `100 109`.
_BARE = re.compile(r"(?:(?P<coefficient>\d{1,3})[.,· ])?(?P<power>10(?:[3-9]|1[0-8]))\Z")
_DOSING = re.compile(r"dose|inject|infus|receiv|administ|transplant|graft|contain", re.IGNORECASE)


def _bare_lean(exponent: int, measured: Measure, subject: str) -> Lean | None:
    """What a power without coefficient and sign speaks for, `109 /L`; None if it can only be a number."""
    if measured.kind != "count" or (measured.noun == "things" and not measured.per):
        return None
    if measured.per == "kg" or measured.noun == "virus":
        return "other"
    if measured.per == "L" and measured.factor == 1:
        return "other" if exponent >= 5 else "neither"
    if measured.per == "L":
        most = 10 if measured.factor < 1_000_000 else 6 if measured.factor == 1_000_000 else 0
        return "neither" if exponent <= most else None
    return "other" if _DOSING.search(subject) else "neither"


# --- separators ---

_POINT = re.compile(r"([1-9]\d{0,2})\.(\d{3})\Z")
_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}\Z")
_BLANK = re.compile(r"(\d{1,3}) (\d{3})\Z")
# Thousands: `1,500`, `0,000.0`, but not `0,500`; and `1,00,000`.
_ENGLISH = re.compile(r"(?!0\d*,\d{3}\Z)\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z|\d{1,2}(?:,\d\d)+,\d{3}\Z")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+\Z|\d{1,3}(?:\.\d{3}){2,}\Z|\d{1,3}(?:[ ']\d{3})+(?:,\d+)?\Z")
_SCORES = re.compile(r"([0-9]),([0-9])\Z")
_SCALE = re.compile(r"(?<![a-z])(?:ecog|performance|grades?|class|stages?|asa|nyha|who|zubrod|kps)(?![a-z])", re.I)


def as_printed(number: str) -> Decimal:
    """A number without a power as an English reader takes it, unless its separators can only be those of others."""
    if _ENGLISH.match(number):
        return Decimal(number.replace(",", ""))
    if _CONTINENTAL.match(number):
        return Decimal(re.sub(r"[. ']", "", number).replace(",", "."))
    return Decimal(re.sub(r"[ ']", "", number).replace(",", ".").replace("·", "."))


def coefficients(number: str) -> list[Decimal]:
    """What a number can be by its separator, the literal reading first."""
    if _POINT.match(number):
        return [as_printed(number), Decimal(number.replace(".", ""))]
    if _COMMA.match(number):
        return [as_printed(number), Decimal(number.replace(",", "."))]
    return [as_printed(number)]


def alone(number: str, unit: Unit | None, subject: str) -> Readings:
    """The readings of a number that has no sign of a power."""
    literal, *others = coefficients(number)
    readings = [NumberReading(literal), *(NumberReading(other, reason=EUROPEAN) for other in others)]
    measured = measure(unit, subject)
    if match := _BARE.match(number):
        coefficient, digits = Decimal(match["coefficient"] or 1), match["power"]
        if coefficient and (lean := _bare_lean(int(digits[2:]), measured, subject)):
            return Readings([readings[0], power(coefficient, int(digits[2:]), FLATTENED), *readings[1:]], lean)
    if measured.kind == "none" and (match := _SCORES.match(number)) and _SCALE.search(subject):
        # `ECOG 0,1`: no such score has decimals.
        return Readings(
            [*readings, *(NumberReading(Decimal(score), reason=LISTED) for score in match.groups())], "neither"
        )
    if match := _POINT.match(number):
        return Readings(readings, _point_lean(match[2], measured, unit, subject))
    if (match := _BLANK.match(number)) and measured.kind == "plain" and match[2] != "000":
        # `2 500 mg` may be two of 500 mg.
        return Readings([*readings, NumberReading(Decimal(match[2]), reason=EUROPEAN)], "neither")
    return Readings(readings)


def _point_lean(fraction: str, measured: Measure, unit: Unit | None, subject: str) -> Lean:
    """Whether three digits after a point are decimals, which seldom end in a zero."""
    if measured.kind == "count" and measured.factor <= 1_000_000:
        return "neither" if measured.per == "L" and measured.factor == 1 else "other"
    if measured.kind == "none":
        return "other" if blood_count(subject) else "neither" if fraction == "000" else "literal"
    # A ratio of masses is not in thousands.
    often = unit is not None and unit.plausible == "thousands" and unit.per != "mass"
    thousands = measured.kind == "activity" or often
    return "neither" if thousands and fraction.endswith("0") else "literal"
