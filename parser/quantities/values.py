"""From a phrase to values with bounds.

> 18 years and < 70 years      one reading, 18 to 70, both ends exclusive
140/90 mmHg                    two readings with one unit
(2-5) x 10^6 cells/kg          one reading: the power and the unit are both numbers'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from parser.quantities.amounts import may_be_thousands, share_power, times_power, value_of
from parser.quantities.conversion import convert
from parser.quantities.phrase import Bound, Phrase
from parser.quantities.plausible import blood_count
from parser.quantities.powers import Amount
from parser.quantities.unit_parts import Unit
from parser.quantities.units import read_unit

_LIST_LINKS = frozenset({"AND", "OR", "COMMA"})
_LISTING = frozenset({"", "OR", "COMMA", "SLASH"})
# Scores of one digit or two are listed (`0, 1 or 2`); what is larger is not a score.
_LARGEST_SCORE = 10
# Scores are printed with the largest that there is.
_OUT_OF = frozenset({5, 10, 15, 30, 50, 100})
# What has no unit in front of a comparator: the unit of a second value is not its own.
_WITHOUT_UNIT = re.compile(
    r"\b(?:inr|ratio|scores?|ecog|grades?|ph|class|index|scale|meld|apri|fib-4)\b[^,;.]{0,25}\Z", re.I
)


class ValueReading(Struct, frozen=True, gc=False):
    """A value with its bounds and unit, and the stretch that was read for it."""

    start: int
    end: int
    low: Amount | None
    low_inclusive: bool
    high: Amount | None
    high_inclusive: bool
    unit: Unit | None
    compared: bool = False  # A comparator is with it.
    counted: bool = False
    plain: bool = False  # One number, without comparator or range.

    def bounded(self, direction: int, inclusive: bool) -> ValueReading:
        """A plain value as the lower (+1) or the upper (-1) bound of what it is."""
        if direction > 0:
            return replace(self, low_inclusive=inclusive, high=None, high_inclusive=False)
        return replace(self, low=None, low_inclusive=False, high_inclusive=inclusive)


_Group = list[Bound]


def readings_of(phrase: Phrase, context: str, unit: Unit | None = None) -> list[ValueReading]:
    """The values of a phrase.

    `context` are the words in front, for what a number can plausibly be, and `unit` one that is printed there for
    values without one of their own: `Hemoglobin (g/dL) ≥ 9`.
    """
    bounds, birth, between = phrase.bounds, phrase.birth, phrase.between
    if len(bounds) == 1 and not bounds[0].power and birth is None:
        # Most phrases have one value.
        return [_alone(bounds[0], unit, context)]
    bounds = _with_powers(bounds)
    groups = list(_groups(bounds, between))
    readings: list[ValueReading] = []
    for group, shared in zip(groups, _units(groups, context), strict=True):
        readings += _Values(context, shared or unit, between).readings(group)
    if birth is not None and readings[0].plain and readings[0].unit and readings[0].unit.dimension == "time":
        readings[0] = replace(readings[0], start=birth, low=Amount(Decimal(0)), plain=False)
    return readings


# --- what is shared ---


def _with_powers(bounds: Sequence[Bound]) -> list[Bound]:
    """Each value with the power of ten that is printed for it after another: `1, 3 or 10 x 10^6 cells/kg`."""
    found = list(bounds)
    for index in range(len(found) - 1, -1, -1):
        bound = found[index]
        if bound.power:
            found = [
                replace(one, number=times_power(one.number, bound.power)) if one.number.plain and at <= index else one
                for at, one in enumerate(found)
            ]
        elif index and bound.link not in ("SLASH", "BY"):
            before = found[index - 1]
            counted = bound.unit is None or bound.unit.counted == "counted"
            if before.unit is None and (counted or bound.link in ("TO", "PLUS_MINUS")):
                tolerance = bound.link == "PLUS_MINUS"
                found[index - 1] = replace(before, number=share_power(before.number, bound.number, tolerance=tolerance))
    return found


def _units(groups: Sequence[_Group], context: str) -> list[Unit | None]:
    """The unit of each group: its own, or that of the next value where only the last of several has one."""
    units: list[Unit | None] = []
    following: Unit | None = None
    directed = False
    for group in reversed(groups):
        # `PaO 2 < 70 mmHg`: a bare number in front of a comparator is not a value of that unit.
        units.append(_own_unit(group) or (following if group[-1].directed or not directed else None))
        # `ratio > 1.0 or > 500 mg`: what has a comparator and needs no unit has none.
        directed = group[0].directed and group[0].link != "SLASH"
        following = None if directed and _WITHOUT_UNIT.search(context) else units[-1]
    units = units[::-1]
    for index in range(1, len(groups)):
        # `< 18.5 kg/m2 or ≥ 30`
        one, other = groups[index - 1][-1], groups[index][0]
        if units[index] is None and ((one.lower and other.upper) or (one.upper and other.lower)):
            units[index] = units[index - 1]
    return units


def _own_unit(group: _Group) -> Unit | None:
    """The unit of a group's values: the first that is printed, unless the last says more or is smaller."""
    own = [bound.unit for bound in group if bound.unit and not bound.share]
    if len(own) > 1 and (_completes(own[0], own[-1]) or _is_smaller(own[-1], own[0])):
        return own[-1]
    return own[0] if own else next((bound.unit for bound in group if bound.unit), None)


def _completes(one: Unit, other: Unit) -> bool:
    """Whether a unit says what the one before leaves out: `10 mg to 20 mg/day`."""
    return bool(one.ucum and other.ucum) and (other.ucum or "").startswith(f"{one.ucum}/")


def _is_smaller(one: Unit, other: Unit) -> bool:
    size = convert(Decimal(1), other.ucum, one.ucum) if one.ucum and other.ucum else None
    return size is not None and size > 1


# --- which values are one ---


def _groups(bounds: Sequence[Bound], between: int | None) -> Iterator[_Group]:
    """The values that make one range or one list; the others are alone."""
    group: _Group = []
    for bound, measured in zip(bounds, _in_measured_lists(bounds), strict=True):
        if group and _is_of_scale(group[-1], bound):
            group.append(replace(bound, link="OF"))
            continue
        if group and bound.link == "SLASH" and not bound.unit and not group[-1].unit:
            if _is_score(group[-1], bound):
                group.append(replace(bound, link="OF"))
                continue
            if group[-1].number.plain in ("1", "6", "20"):
                # Visual acuity (`20/70`, `6/12`) and titres (`1/40`) are not two values.
                group[-1] = replace(bound, link="RATIO")
                continue
        if group and bound.link in ("SLASH", "BY") and bound.directed != group[-1].directed:
            # `> 140/90` and `140/90 or more` are about both.
            shared = bound.comparator if bound.directed else group[-1].comparator
            group[-1] = replace(group[-1], comparator=shared)
            bound = replace(bound, comparator=shared)
        if group:
            bound = _negated_too(group[-1], bound)
        if group and _belongs(group, bound, between, measured):
            group.append(bound)
            continue
        if group:
            yield group
        group = [bound]
    yield group


def _in_measured_lists(bounds: Sequence[Bound]) -> list[bool]:
    """Whether each value has a unit, its own or that at the end of its list: `1, 3 and 6 months` are not scores."""
    measured = [bound.unit is not None for bound in bounds]
    for index in range(len(bounds) - 1, 0, -1):
        after = bounds[index]
        if measured[index] and after.link in _LIST_LINKS and not after.directed:
            measured[index - 1] = True
    return measured


def _negated_too(first: Bound, bound: Bound) -> Bound:
    """`must not be younger than 18 or older than 75`: what is negated once is negated for both."""
    one, other = first.comparator, bound.comparator
    if bound.link != "OR" or not one or not other or not one.is_negated or other.is_negated:
        return bound
    if one.direction != other.direction or other.inclusive == one.inclusive:
        return bound
    return replace(bound, link="AND", comparator=other.negated())


def _is_score(first: Bound, second: Bound) -> bool:
    """`4/10` is a score of 4: the second number is the largest that there is."""
    one, other = first.number.plain, second.number.plain
    return one.isdigit() and other.isdigit() and int(one) <= int(other) and int(other) in _OUT_OF


def _is_of_scale(first: Bound, second: Bound) -> bool:
    """`40/100 mm`: on a visual analogue scale of 100 mm."""
    long = second.unit is not None and second.unit.dimension == "length" and first.unit is None
    return long and second.link == "SLASH" and second.number.plain in ("10", "100")


def _belongs(group: _Group, bound: Bound, between: int | None, measured: bool) -> bool:
    first, link = group[-1], bound.link
    if link in ("OR", "COMMA", "SLASH") and not bound.directed:
        # A list of scores; with units they are values of their own.
        listed = all(before.link in _LISTING for before in group)
        return listed and not first.unit and not measured and not first.directed
    if len(group) > 1 or group[0].link in ("SLASH", "BY") or link == "BY" or _of_two_kinds(first.unit, bound.unit):
        return False
    if link == "PLUS_MINUS":
        return not bound.directed
    if link == "TO":
        # `from < 20 to > 20` is about two values.
        return not (bound.lower or (first.upper and bound.upper))
    if link == "AND" and between is not None:
        return True
    return link in ("AND", "COMMA", "SIDE") and ((first.lower and bound.upper) or (first.upper and bound.lower))


def _of_two_kinds(one: Unit | None, other: Unit | None) -> bool:
    """Whether two values have no common unit: `< 110 mm and older than 6 months`, `> 2 x LLN and < 5 x ULN`."""
    if not one or not other:
        return False
    if (
        _completes(one, other)
        or (one.ucum or one.written) == (other.ucum or other.written)
        or other.dimension == "fraction"
    ):
        return False
    return not (one.ucum and other.ucum) or convert(Decimal(1), other.ucum, one.ucum) is None


class _Values:
    """The values of one group; they have one unit."""

    def __init__(self, context: str, unit: Unit | None, between: int | None) -> None:
        self._context = context
        self._unit = unit
        self._between = between

    def readings(self, group: _Group) -> Iterator[ValueReading]:
        first = group[0]
        link = group[1].link if len(group) > 1 else ""
        if first.link == "RATIO":
            return
        if link == "OF":
            comparator = first.comparator or group[1].comparator
            yield self._alone(replace(first, comparator=comparator, end=group[1].end))
        elif link in ("TO", "AND", "COMMA", "SIDE") and not all(
            one.link in _LISTING and not one.directed for one in group
        ):
            yield from self._range(group)
        elif link == "PLUS_MINUS":
            yield self._tolerance(group)
        elif len(group) > 1:
            yield from self._list(group)
        else:
            yield self._alone(first)

    def _range(self, group: _Group) -> Iterator[ValueReading]:
        first, second = group[:2]
        one, other = self._amount(first), self._amount(second)
        swapped = first.upper or second.lower
        low, high = (second, first) if swapped else (first, second)
        below, above = (other, one) if swapped else (one, other)
        if below.value > above.value and above.value < 0:
            # `RASS between 0 and -4`
            below, above, low, high = above, below, high, low
        if swapped and below.value > above.value and second.link == "TO" and not second.directed:
            # `a maximum of 4 to 6 weeks`
            below, above, low, high = one, other, replace(first, comparator=None), second
        if below.value > above.value:
            # `< 18 and > 65` are two; so is `10-5`, which is not a range.
            yield from map(self._alone, group)
            return
        if may_be_thousands(first.number, second.number):
            below = replace(below, alternatives=(below.value * 1000,), undecided=True)
        compared = bool(first.comparator or second.comparator) or self._between is not None
        start = first.start if self._between is None else min(first.start, self._between)
        yield self._reading(group, below, low.inclusive, above, high.inclusive, compared, start)

    def _tolerance(self, group: _Group) -> ValueReading:
        """`5 ± 1`, and `100 ± 10%`."""
        middle, spread = self._amount(group[0]), self._amount(group[1])
        distance = middle.value * spread.value / 100 if group[1].share else spread.value
        below = replace(middle, value=middle.value - distance)
        return self._reading(group, below, True, replace(middle, value=middle.value + distance), True)

    def _list(self, group: _Group) -> Iterator[ValueReading]:
        amounts = sorted((self._amount(bound) for bound in group), key=lambda amount: amount.value)
        if amounts[-1].value <= _LARGEST_SCORE and all(one.value == int(one.value) for one in amounts):
            yield self._reading(group, amounts[0], True, amounts[-1], True)
        else:
            yield from map(self._alone, group)

    def _alone(self, bound: Bound) -> ValueReading:
        return _alone(bound, self._unit, self._context)

    def _reading(
        self,
        group: _Group,
        low: Amount,
        low_in: bool,
        high: Amount,
        high_in: bool,
        compared: bool = False,
        start: int | None = None,
    ) -> ValueReading:
        counted = any([bound.counted for bound in group])
        unit = _meant(self._unit, self._context)
        start = group[0].start if start is None else start
        return ValueReading(start, group[-1].end, low, low_in, high, high_in, unit, compared, counted)

    def _amount(self, bound: Bound) -> Amount:
        """The number of a bound, in the unit of the group where the two are of one kind."""
        amount, own = _amount_of(bound, self._unit, self._context)
        if not own or not self._unit or not own.ucum or not self._unit.ucum or own.ucum == self._unit.ucum:
            return amount
        converted = convert(amount.value, own.ucum, self._unit.ucum)
        return amount if converted is None else replace(amount, value=converted, coefficient=None, exponent=None)


def _alone(bound: Bound, unit: Unit | None, context: str) -> ValueReading:
    """A value that is alone, with a unit where it has none of its own."""
    amount, own = _amount_of(bound, unit, context)
    if bound.share:
        own = _meant(bound.unit or unit, context)
    start, end, counted, comparator = bound.start, bound.end, bound.counted, bound.comparator
    if bound.spread:
        # `body weight ± 1.5 kg`
        return ValueReading(start, end, replace(amount, value=-amount.value), True, amount, True, own, False, counted)
    if not comparator:
        return ValueReading(start, end, amount, True, amount, True, own, False, counted, True)
    inside = comparator.inclusive
    if comparator.direction > 0:
        return ValueReading(start, end, amount, inside, None, False, own, True, counted)
    if comparator.direction < 0:
        return ValueReading(start, end, None, False, amount, inside, own, True, counted)
    return ValueReading(start, end, amount, inside, amount, inside, own, True, counted)


def _amount_of(bound: Bound, unit: Unit | None, context: str) -> tuple[Amount, Unit | None]:
    """What the number of a bound is worth in its own unit, or in one for those without, and that unit."""
    own = _meant(bound.unit if bound.unit and not bound.share else unit, context)
    amount = value_of(bound.number, None if bound.share else own, context)
    if own and own.exponent:
        # `150 K/µL`
        amount = replace(amount, value=amount.value.scaleb(own.exponent))
    return amount, own


def _meant(unit: Unit | None, context: str) -> Unit | None:
    """A letter is a power of ten of a count of cells only: haemoglobin in `G/L` is grams."""
    if not unit or not unit.exponent:
        return unit
    letter = unit.written[:1] in "MGT" and not unit.written[1:2].isalpha()
    return read_unit(unit.written[0].lower() + unit.written[1:]) if letter and not blood_count(context) else unit
