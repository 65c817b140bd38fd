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
from parser.values.quantity.phrase import COMPARED, Bound, Phrase
from parser.values.quantity.scan import Piece
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


def readings_of(text: str, phrase: Phrase, context: str) -> list[Reading]:
    """The values of a phrase. `context` are the words in front, for what a number can plausibly be."""
    between = next((piece.start for piece in phrase.lead if piece.terminal == "BETWEEN"), None)
    groups = list(_groups(text, phrase.bounds, between))
    units = _units(text, groups)
    return [
        reading
        for group, unit in zip(groups, units, strict=True)
        for reading in _Meaning(text, context, unit, between).readings(group)
    ]


Group = list[tuple[str, Bound]]


def _groups(text: str, bounds: Iterable[tuple[str, Bound]], between: int | None) -> Iterator[Group]:
    """The values that make one range or one list; the others stand alone."""
    group: Group = []
    for link, bound in bounds:
        if group and link == "SLASH" and not bound.unit and not group[-1][1].unit:
            if _is_score(text, group[-1][1], bound):
                group.append(("OF", bound))
                continue
            if _is_ratio(text, group[-1][1]):
                group[-1] = ("RATIO", bound)
                continue
        if group and link == "SLASH" and bool(bound.signs & COMPARED) != bool(group[-1][1].signs & COMPARED):
            # `> 140/90` and `140/90 or more` are about both.
            signs = (bound.signs | group[-1][1].signs) & COMPARED
            before, last = group[-1]
            group[-1] = (before, last._replace(signs=last.signs | signs))
            bound = bound._replace(signs=bound.signs | signs)
        if group and _belongs(text, group, link, bound, between):
            group.append((link, bound))
            continue
        if group:
            yield group
        group = [(link, bound)]
    yield group


def _is_score(text: str, first: Bound, second: Bound) -> bool:
    """`4/10` is a score of 4: the second number is the largest that there is."""
    printed = [text[bound.amount.start : bound.amount.end] for bound in (first, second)]
    return all(map(str.isdigit, printed)) and int(printed[0]) <= int(printed[1]) and int(printed[1]) in _OUT_OF


def _is_ratio(text: str, first: Bound) -> bool:
    """Visual acuity (`20/70`, `6/12`) and titres (`1/40`) are no two values."""
    return text[first.amount.start : first.amount.end] in ("1", "6", "20")


def _belongs(text: str, group: Group, link: str, bound: Bound, between: int | None) -> bool:
    first = group[-1][1]
    if link in ("OR", "COMMA", "SLASH") and not (bound.lower or bound.upper):
        # A list of scores; with units they are values of their own.
        listed = all(before in _LISTING for before, _ in group)
        return listed and not first.unit and not bound.unit and not (first.lower or first.upper)
    if len(group) > 1 or group[0][0] == "SLASH" or _of_two_kinds(text, first, bound):
        return False
    if link in ("TO", "PLUS_MINUS"):
        # `from < 20 to > 20` is about two values.
        return not (bound.lower or (first.upper and bound.upper))
    if link == "AND" and between is not None:
        return True
    return link in ("AND", "COMMA") and ((first.lower and bound.upper) or (first.upper and bound.lower))


def _of_two_kinds(text: str, first: Bound, second: Bound) -> bool:
    """Whether two values cannot be told in one unit: `< 110 mm and older than 6 months`, `> 2 x LLN and < 5 x ULN`."""
    if not first.unit or not second.unit:
        return False
    one, other = (read_unit(text[unit.start : unit.end]) for unit in (first.unit, second.unit))
    if _completes(one, other) or (one.ucum or one.written) == (other.ucum or other.written):
        return False
    return not (one.ucum and other.ucum) or convert(Decimal(1), other.ucum, one.ucum) is None


def _completes(one: Unit, other: Unit) -> bool:
    """Whether a unit says what the one before leaves out: `10 mg to 20 mg/day`."""
    return bool(one.ucum and other.ucum) and (other.ucum or "").startswith(f"{one.ucum}/")


def _own_unit(text: str, group: Group) -> Piece | None:
    """The unit of a group's values: the first that is printed, unless the last says more."""
    own = [bound.unit for _, bound in group if bound.unit]
    if not own:
        return None
    one, other = (read_unit(text[unit.start : unit.end]) for unit in (own[0], own[-1]))
    return own[-1] if _completes(one, other) else own[0]


def _units(text: str, groups: Sequence[Group]) -> list[Piece | None]:
    """The unit of each group: its own, or that of the next value where only the last of several has one."""
    units: list[Piece | None] = []
    following: Piece | None = None
    for group in reversed(groups):
        units.append(_own_unit(text, group) or following)
        # What has a comparator of its own has its own unit, or none.
        alone = group[0][1].lower or group[0][1].upper
        following = None if alone and group[0][0] != "SLASH" else units[-1]
    return units[::-1]


class _Meaning:
    """The values of one group; they have one unit."""

    def __init__(self, text: str, context: str, unit: Piece | None, between: int | None) -> None:
        self._text = text
        self._context = context
        self._between = between
        self._written = text[unit.start : unit.end] if unit else None

    def readings(self, group: Group) -> Iterator[Reading]:
        first = group[0][1]
        link = group[1][0] if len(group) > 1 else ""
        if group[0][0] == "RATIO":
            return
        if link == "OF":
            signs = first.signs | group[1][1].signs
            yield self._alone(first._replace(signs=signs, end=group[1][1].end))
            return
        if link in ("TO", "AND", "COMMA") and not self._is_list(group):
            second = group[1][1]
            one, other = self._ends(first, second)
            low, high = (second, first) if first.upper or second.lower else (first, second)
            below, above = (other, one) if low is second else (one, other)
            if below.value > above.value and above.value < 0 <= below.value:
                # `RASS between 0 and -4`
                below, above = above, below
            if below.value > above.value:
                # `< 18 and > 65` are two; so is `10-5`, which is no range.
                yield self._alone(first)
                yield self._alone(second)
                return
            yield self._reading(
                group,
                below,
                low.inclusive,
                above,
                high.inclusive,
                first.lower or second.upper or self._between is not None,
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
                    yield self._alone(bound)
        else:
            yield self._alone(first)

    def _is_list(self, group: Group) -> bool:
        return all(link in _LISTING for link, _ in group) and not any(bound.lower or bound.upper for _, bound in group)

    def _alone(self, bound: Bound) -> Reading:
        amount = self._amount(bound)
        if "PLUS_MINUS" in bound.signs:
            # `body weight ± 1.5 kg`
            return self._reading([("", bound)], amount._replace(value=-amount.value), True, amount, True, False)
        lower, upper, inclusive = bound.lower, bound.upper, bound.inclusive
        low = None if upper and not lower else amount
        high = None if lower and not upper else amount
        compared = not bound.signs.isdisjoint(COMPARED)
        return self._reading([("", bound)], low, inclusive, high, inclusive, compared)

    def _reading(
        self, group: Group, low: Amount | None, low_in: bool, high: Amount | None, high_in: bool, compared: bool
    ) -> Reading:
        bounds = [bound for _, bound in group]
        return Reading(
            start=self._start(bounds),
            end=bounds[-1].end,
            low=low,
            low_inclusive=low is not None and low_in,
            high=high,
            high_inclusive=high is not None and high_in,
            unit=self._unit(low or high, bounds[0].unit if len(bounds) == 1 else None),
            compared=compared,
            counted=True in [bound.counted for bound in bounds],
            plain=len(bounds) == 1 and not compared,
        )

    def _start(self, bounds: Sequence[Bound]) -> int:
        start = bounds[0].start
        return min(start, self._between) if len(bounds) > 1 and self._between is not None else start

    def _unit(self, amount: Amount | None, own: Piece | None) -> Unit | None:
        """The unit of a reading: that of its group, unless it is a single value with one of its own."""
        written = self._text[own.start : own.end] if own else self._written
        if written is None:
            return None
        return self._read_unit(written, counted=amount is not None and amount.exponent is not None)

    def _read_unit(self, written: str, counted: bool = False) -> Unit:
        """A unit; a letter is a power of ten of a count of cells only: haemoglobin in `G/L` is grams."""
        unit = read_unit(written, counted=counted)
        if unit.exponent and written[0].isalpha() and counting_prefix(written, self._context) is None:
            return read_unit(written[0].lower() + written[1:])
        return unit

    def _ends(self, first: Bound, second: Bound) -> tuple[Amount, Amount]:
        """The two numbers of a range: `1-5 x 10^8` shares its power."""
        if first.unit and second.unit:
            return self._amount(first), self._amount(second, first)
        low, high = (self._text[bound.amount.start : bound.amount.end] for bound in (first, second))
        one, other = read_range(low, high, self._written, self._context)
        return self._scaled(one, self._written), self._scaled(other, self._written)

    def _scaled(self, amount: Amount, unit: str | None) -> Amount:
        """A number whose unit holds a factor of it: `150 K/µL`."""
        exponent = self._read_unit(unit).exponent if unit else 0
        return amount._replace(value=amount.value.scaleb(exponent)) if exponent else amount

    def _amount(self, bound: Bound, like: Bound | None = None) -> Amount:
        """The number of a bound, in the unit of `like` where the two are written in two units of one kind."""
        printed = self._text[bound.amount.start : bound.amount.end]
        if bound.amount.terminal == "COUNT":
            return Amount(Decimal(_COUNTS[printed.lower()]), None, None, None, (), False)
        own = self._text[bound.unit.start : bound.unit.end] if bound.unit else self._written
        amount = self._scaled(read_amount(printed, own, self._context), own)
        if like and like.unit and bound.unit:
            source = read_unit(self._text[bound.unit.start : bound.unit.end]).ucum
            target = read_unit(self._text[like.unit.start : like.unit.end]).ucum
            if source != target and source and target:
                converted = convert(amount.value, source, target)
                if converted is not None:
                    return amount._replace(value=converted, coefficient=None, exponent=None)
        return amount
