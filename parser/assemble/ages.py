"""The registry's limits of age as quantities, and the criteria that say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parser.assemble.reading import Reading
from parser.normalized import Criterion, Quantity
from parser.quantities import Budget, read_quantities
from parser.quantities.ages import is_age, quantity_years

# A limit of age has one number.
_NUMBERS_OF_AN_AGE = 3


class _Limit(NamedTuple):
    """A limit of age in years, whether it is in itself, and the quantity that says so."""

    years: float
    inclusive: bool
    quantity: Quantity


def read_age(reading: Reading, field: str) -> Quantity | None:
    """A limit of age of the registry; None where it has none (`N/A`)."""
    span = reading.span(field)
    if span is None:
        return None
    budget = Budget(_NUMBERS_OF_AN_AGE)
    return next(iter(read_quantities(reading.source.text, *span, reading.problems, budget)), None)


def report_mismatches(
    reading: Reading, criteria: Iterable[Criterion], minimum: Quantity | None, maximum: Quantity | None
) -> None:
    """Tell of criteria whose outermost limits of age are not the registry's own, which are in themselves."""
    lows: list[_Limit] = []
    highs: list[_Limit] = []
    for category, quantity in _ages(criteria):
        below = _Limit(quantity_years(quantity, quantity.low), quantity.low_inclusive, quantity)
        above = _Limit(quantity_years(quantity, quantity.high), quantity.high_inclusive, quantity)
        if category == "INCLUSION":
            lows += [below] if quantity.low is not None else []
            highs += [above] if quantity.high is not None else []
        elif category == "EXCLUSION" and quantity.low is None:
            # Who is under 18 is excluded: 18 is the lower limit.
            lows.append(above._replace(inclusive=not above.inclusive))
        elif category == "EXCLUSION" and quantity.high is None:
            highs.append(below._replace(inclusive=not below.inclusive))
    if minimum and lows:
        _compare(reading, "minimum", minimum, min(lows, key=lambda limit: limit.years))
    if maximum and highs:
        _compare(reading, "maximum", maximum, max(highs, key=lambda limit: limit.years))


def _ages(criteria: Iterable[Criterion]) -> Iterator[tuple[str, Quantity]]:
    """The ages of people among the quantities of a tree, each with its category."""
    for criterion in criteria:
        yield from ((criterion.category, quantity) for quantity in criterion.quantities if is_age(quantity))
        yield from _ages(criterion.children)


def _compare(reading: Reading, which: str, own: Quantity, limit: _Limit) -> None:
    if limit.inclusive and abs(limit.years - quantity_years(own, own.low)) < 1e-6:
        return
    line, column = reading.source.position(own.start)
    message = f"{limit.quantity.text!r} is not the {which} age of the registry, {own.text!r} at {line}:{column}"
    reading.problems("age-mismatch", message, (limit.quantity.start, limit.quantity.end))
