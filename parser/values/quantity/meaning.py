"""From the pieces of a phrase to values with bounds.

> 18 years and < 70 years      one reading, 18 to 70, both ends exclusive
140/90 mmHg                    two readings with one unit
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parser.values.amount import Amount, read_amount, read_range
from parser.values.analytes import counting_prefix
from parser.values.quantity.phrase import COMPARED, Bound, Phrase, signs_of
from parser.values.units import Unit, convert, read_unit

_LISTING = frozenset({"", "OR", "COMMA", "SLASH"})
_COUNTS = {"once": 1, "twice": 2, "thrice": 3, "double": 2, "triple": 3}

# Scores of one digit or two are listed (`0, 1 or 2`); what is larger is no score.
_LARGEST_SCORE = 10
# Scores are printed with the largest that there is.
_OUT_OF = frozenset({5, 10, 15, 30, 100})


class Reading(NamedTuple):
    """A value with its bounds and unit, and the stretch that was read for it."""

    start: int
    end: int
    low: Amount | None
    low_inclusive: bool
    high: Amount | None
    high_inclusive: bool
    unit: Unit | None
    compared: bool  # A comparator stands with it.
    counted: bool
    plain: bool  # One number, without comparator or range.


# --- which values are one ---


def readings_of(phrase: Phrase, context: str) -> list[Reading]:
    """The values of a phrase. `context` are the words in front, for what a number can plausibly be."""
    if len(phrase.bounds) == 1:
        _, bound = phrase.bounds[0]
        return [_Meaning(context, bound.unit).alone(bound)]
    between = next((piece.start for piece in phrase.lead if piece.terminal == "BETWEEN"), None)
    groups = list(_groups(phrase.bounds, between))
    readings: list[Reading] = []
    for group, unit in zip(groups, _units(groups), strict=True):
        readings += _Meaning(context, unit, between).readings(group)
    return readings


Group = list[tuple[str, Bound]]


def _groups(bounds: Iterable[tuple[str, Bound]], between: int | None) -> Iterator[Group]:
    """The values that make one range or one list; the others stand alone."""
    group: Group = []
    for link, bound in bounds:
        if group and link == "SLASH" and not bound.unit and not group[-1][1].unit:
            if _is_score(group[-1][1], bound):
                group.append(("OF", bound))
                continue
            if _is_ratio(group[-1][1]):
                group[-1] = ("RATIO", bound)
                continue
        if group and link == "SLASH" and bound.signs.compared != group[-1][1].signs.compared:
            # `> 140/90` and `140/90 or more` are about both.
            before, last = group[-1]
            signs = (bound.signs.all | last.signs.all) & COMPARED
            group[-1] = (before, last._replace(signs=signs_of(last.signs.all | signs)))
            bound = bound._replace(signs=signs_of(bound.signs.all | signs))
        if group and _belongs(group, link, bound, between):
            group.append((link, bound))
            continue
        if group:
            yield group
        group = [(link, bound)]
    yield group


def _is_score(first: Bound, second: Bound) -> bool:
    """`4/10` is a score of 4: the second number is the largest that there is."""
    if not (first.amount.isdigit() and second.amount.isdigit()):
        return False
    return int(first.amount) <= int(second.amount) and int(second.amount) in _OUT_OF


def _is_ratio(first: Bound) -> bool:
    """Visual acuity (`20/70`, `6/12`) and titres (`1/40`) are no two values."""
    return first.amount in ("1", "6", "20")


def _belongs(group: Group, link: str, bound: Bound, between: int | None) -> bool:
    first = group[-1][1]
    one, other = first.signs, bound.signs
    if link in ("OR", "COMMA", "SLASH") and not (other.lower or other.upper):
        # A list of scores; with units they are values of their own.
        listed = all(before in _LISTING for before, _ in group)
        return listed and not first.unit and not bound.unit and not (one.lower or one.upper)
    if len(group) > 1 or group[0][0] == "SLASH" or _of_two_kinds(first.unit, bound.unit):
        return False
    if link in ("TO", "PLUS_MINUS"):
        # `from < 20 to > 20` is about two values.
        return not (other.lower or (one.upper and other.upper))
    if link == "AND" and between is not None:
        return True
    return link in ("AND", "COMMA") and ((one.lower and other.upper) or (one.upper and other.lower))


def _of_two_kinds(first: str | None, second: str | None) -> bool:
    """Whether two values cannot be told in one unit: `< 110 mm and older than 6 months`, `> 2 x LLN and < 5 x ULN`."""
    if not first or not second:
        return False
    one, other = read_unit(first), read_unit(second)
    if _completes(one, other) or (one.ucum or one.written) == (other.ucum or other.written):
        return False
    return not (one.ucum and other.ucum) or convert(Decimal(1), other.ucum, one.ucum) is None


def _completes(one: Unit, other: Unit) -> bool:
    """Whether a unit says what the one before leaves out: `10 mg to 20 mg/day`."""
    return bool(one.ucum and other.ucum) and (other.ucum or "").startswith(f"{one.ucum}/")


def _own_unit(group: Group) -> str | None:
    """The unit of a group's values: the first that is printed, unless the last says more."""
    own = [bound.unit for _, bound in group if bound.unit]
    if len(own) > 1 and _completes(read_unit(own[0]), read_unit(own[-1])):
        return own[-1]
    return own[0] if own else None


def _units(groups: Sequence[Group]) -> list[str | None]:
    """The unit of each group: its own, or that of the next value where only the last of several has one."""
    units: list[str | None] = []
    following: str | None = None
    for group in reversed(groups):
        units.append(_own_unit(group) or following)
        # What has a comparator of its own has its own unit, or none.
        link, first = group[0]
        following = None if (first.signs.lower or first.signs.upper) and link != "SLASH" else units[-1]
    return units[::-1]


class _Meaning:
    """The values of one group; they have one unit."""

    def __init__(self, context: str, unit: str | None, between: int | None = None) -> None:
        self._context = context
        self._written = unit
        self._between = between

    def readings(self, group: Group) -> Iterator[Reading]:
        first = group[0][1]
        link = group[1][0] if len(group) > 1 else ""
        if group[0][0] == "RATIO":
            return
        if link == "OF":
            signs = signs_of(first.signs.all | group[1][1].signs.all)
            yield self.alone(first._replace(signs=signs, end=group[1][1].end))
            return
        if link in ("TO", "AND", "COMMA") and not self._is_list(group):
            second = group[1][1]
            one, other = self._ends(first, second)
            swapped = first.signs.upper or second.signs.lower
            low, high = (second, first) if swapped else (first, second)
            below, above = (other, one) if low is second else (one, other)
            if below.value > above.value and above.value < 0 <= below.value:
                # `RASS between 0 and -4`
                below, above = above, below
            if below.value > above.value:
                # `< 18 and > 65` are two; so is `10-5`, which is no range.
                yield self.alone(first)
                yield self.alone(second)
                return
            yield self._reading(
                group,
                below,
                low.signs.inclusive,
                above,
                high.signs.inclusive,
                first.signs.lower or second.signs.upper or self._between is not None,
            )
        elif link == "PLUS_MINUS":
            middle, spread = self._amount(first), self._amount(group[1][1])
            below = middle._replace(value=middle.value - spread.value)
            yield self._reading(group, below, True, middle._replace(value=middle.value + spread.value), True, False)
        elif len(group) > 1:
            amounts = sorted((self._amount(bound) for _, bound in group), key=lambda amount: amount.value)
            if amounts[-1].value <= _LARGEST_SCORE and all(one.value == int(one.value) for one in amounts):
                yield self._reading(group, amounts[0], True, amounts[-1], True, False)
            else:
                for _, bound in group:
                    yield self.alone(bound)
        else:
            yield self.alone(first)

    def _is_list(self, group: Group) -> bool:
        return all(link in _LISTING and not (one.signs.lower or one.signs.upper) for link, one in group)

    def alone(self, bound: Bound) -> Reading:
        amount, signs = self._amount(bound), bound.signs
        if "PLUS_MINUS" in signs.all:
            # `body weight ± 1.5 kg`
            return self._reading([("", bound)], amount._replace(value=-amount.value), True, amount, True, False)
        low = None if signs.upper and not signs.lower else amount
        high = None if signs.lower and not signs.upper else amount
        return self._reading([("", bound)], low, signs.inclusive, high, signs.inclusive, signs.compared)

    def _reading(
        self, group: Group, low: Amount | None, low_in: bool, high: Amount | None, high_in: bool, compared: bool
    ) -> Reading:
        first, last = group[0][1], group[-1][1]
        single = len(group) == 1
        amount = low or high
        # The unit is that of the group, unless this is a single value with one of its own.
        unit = (first.unit if single else None) or self._written
        counted = amount is not None and amount.exponent is not None
        return Reading(
            first.start if single or self._between is None else min(first.start, self._between),
            last.end,
            low,
            low is not None and low_in,
            high,
            high is not None and high_in,
            self._read_unit(unit, counted) if unit else None,
            compared,
            first.counted if single else any(bound.counted for _, bound in group),
            single and not compared,
        )

    def _read_unit(self, written: str, counted: bool = False) -> Unit:
        """A unit; a letter is a power of ten of a count of cells only: haemoglobin in `G/L` is grams."""
        unit = read_unit(written, counted)
        if unit.exponent and written[0].isalpha() and counting_prefix(written, self._context) is None:
            return read_unit(written[0].lower() + written[1:])
        return unit

    def _ends(self, first: Bound, second: Bound) -> tuple[Amount, Amount]:
        """The two numbers of a range: `1-5 x 10^8` shares its power."""
        if first.unit and second.unit:
            return self._amount(first), self._amount(second, first.unit)
        one, other = read_range(first.amount, second.amount, self._written, self._context)
        return self._scaled(one, self._written), self._scaled(other, self._written)

    def _scaled(self, amount: Amount, unit: str | None) -> Amount:
        """A number whose unit holds a factor of it: `150 K/µL`."""
        exponent = self._read_unit(unit).exponent if unit else 0
        return amount._replace(value=amount.value.scaleb(exponent)) if exponent else amount

    def _amount(self, bound: Bound, like: str | None = None) -> Amount:
        """The number of a bound; in the unit `like`, where the two are written in two units of one kind."""
        if "COUNT" in bound.signs.all:
            return Amount(Decimal(_COUNTS[bound.amount.lower()]), None, None, None, (), False)
        own = bound.unit or self._written
        amount = self._scaled(read_amount(bound.amount, own, self._context), own)
        if like and bound.unit:
            source, target = read_unit(bound.unit).ucum, read_unit(like).ucum
            if source != target and source and target:
                converted = convert(amount.value, source, target)
                if converted is not None:
                    return amount._replace(value=converted, coefficient=None, exponent=None)
        return amount
