"""The registry's age limits as quantities, and criteria that differ from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parser.model.normalized import Criterion, Quantity
from parser.model.protocol import EligibilityModule
from parser.normalize.context import Context
from parser.problems import Report
from parser.quantities import NumberBudget
from parser.quantities.ages import is_age, quantity_years

# An age limit has one number.
_NUMBERS_OF_AN_AGE = 3


class _Limit(NamedTuple):
    """An age limit in years, whether it is inclusive, and its quantity."""

    years: float
    inclusive: bool
    quantity: Quantity


def read_age(context: Context, module: EligibilityModule, field: str) -> Quantity | None:
    """An age limit of the registry; None for `N/A`."""
    limit = context.stretch(module, field)
    found = context.quantities_with_path(limit, NumberBudget(_NUMBERS_OF_AN_AGE)) if limit else ()
    return found[0] if found else None


def report_mismatches(
    report: Report, criteria: Iterable[Criterion], minimum: Quantity | None, maximum: Quantity | None
) -> None:
    """Report criteria whose outermost age limits differ from the registry's, which are inclusive."""
    lows: list[_Limit] = []
    highs: list[_Limit] = []
    for category, quantity in _ages(criteria):
        below = _Limit(quantity_years(quantity, quantity.low), quantity.low_inclusive, quantity)
        above = _Limit(quantity_years(quantity, quantity.high), quantity.high_inclusive, quantity)
        if category == "INCLUSION":
            lows += [below] if quantity.low is not None else []
            highs += [above] if quantity.high is not None else []
        elif category == "EXCLUSION" and quantity.low is None:
            # "Under 18" is excluded: 18 is the lower limit.
            lows.append(above._replace(inclusive=not above.inclusive))
        elif category == "EXCLUSION" and quantity.high is None:
            highs.append(below._replace(inclusive=not below.inclusive))
    if minimum and lows:
        _compare(report, "minimum", minimum, min(lows, key=lambda limit: limit.years))
    if maximum and highs:
        _compare(report, "maximum", maximum, max(highs, key=lambda limit: limit.years))


def _ages(criteria: Iterable[Criterion]) -> Iterator[tuple[str, Quantity]]:
    """The persons' ages among the quantities of a tree, each with its category."""
    for criterion in criteria:
        yield from ((criterion.category, quantity) for quantity in criterion.quantities if is_age(quantity))
        yield from _ages(criterion.children)


def _compare(report: Report, which: str, own: Quantity, limit: _Limit) -> None:
    if limit.inclusive and abs(limit.years - quantity_years(own, own.low)) < 1e-6:
        return
    message = f"{limit.quantity.text!r} is not the {which} age of the registry, {own.text!r}"
    report("age-mismatch", message, (limit.quantity.start, limit.quantity.end))
