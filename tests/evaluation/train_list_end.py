"""The weights of parser/criteria/list_end.py: `REGISTRY_RECORDS=FILE python -m tests.evaluation.train_list_end`.

A place is an item after the items of an inner list, all with the bullet of the outer list, where the columns of the
registry's own CommonMark tell to which of the two it belongs. A logistic regression (ridge of 1, Newton's method) over
the module's features gives their weights, which are printed next to those of the module, with how often lists that it
closes have ended (precision) and how many of those that have ended it closes (recall), by five-fold cross-validation
over records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from typing import NamedTuple

from parser.criteria.list_end import FEATURES, ListEndCandidate
from tests.evaluation.criteria_answers import Item, NoAnswer, read_outline
from tests.evaluation.records import load_records

RIDGE = 1.0
STEPS = 12
FOLDS = 5
REMEMBERED = 20


class Place(NamedTuple):
    """The features of a place, whether the inner list has ended there, and the number of its record."""

    features: list[float]
    ended: bool
    record: int


def places() -> Iterator[Place]:
    for record, study in enumerate(load_records()):
        text = study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
        try:
            items = read_outline(text).items
        except NoAnswer:
            continue
        for candidate, ended in candidates(items):
            yield Place([float(feature(candidate)) for _, _, feature in FEATURES], ended, record)


def candidates(items: Sequence[Item]) -> Iterator[tuple[ListEndCandidate, bool]]:
    """The places of a block: what `Outline` asks where columns are gone, and the answer."""
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        # A blank line before an item opens a list, so nothing has to be judged there.
        if before is None or before.parent < 0 or item.opens or item.segment != before.segment:
            continue
        holder = items[before.parent]
        if not item.kind == before.kind == holder.kind or item.number >= 0:
            continue
        inner = siblings_before(items, before.parent, index)
        outer = siblings_before(items, holder.parent, index)
        if item.parent in (before.parent, holder.parent):
            yield ListEndCandidate(item.text, inner[-REMEMBERED:], outer[-REMEMBERED:]), item.parent == holder.parent


def siblings_before(items: Sequence[Item], parent: int, end: int) -> list[str]:
    """The texts of a list's items before a place; those of another segment are of another list."""
    segment = items[end].segment
    return [item.text for item in items[:end] if item.parent == parent and item.segment == segment]


def fit(given: Sequence[Place]) -> list[float]:
    """The weights with the greatest likelihood, less a penalty for large ones."""
    size = len(FEATURES)
    weights = [0.0] * size
    for _ in range(STEPS):
        gradient = [-RIDGE * weight for weight in weights]
        curvature = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for place in given:
            expected = probability(weights, place)
            for row, value in enumerate(place.features):
                if value:
                    gradient[row] += (place.ended - expected) * value
                    for column, other in enumerate(place.features):
                        curvature[row][column] += expected * (1 - expected) * value * other
        weights = [weight + step for weight, step in zip(weights, solve(curvature, gradient), strict=True)]
    return weights


def probability(weights: Sequence[float], place: Place) -> float:
    return 1 / (1 + exp(-sum(weight * value for weight, value in zip(weights, place.features, strict=True))))


def solve(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """The solution of a system of linear equations, by Gauss's elimination."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(size):
            if row != at:
                factor = rows[row][at] / rows[at][at]
                rows[row] = [value - factor * above for value, above in zip(rows[row], rows[at], strict=True)]
    return [rows[at][-1] / rows[at][at] for at in range(size)]


def figures(given: Sequence[Place], closes: Sequence[bool]) -> str:
    right = sum(place.ended and closed for place, closed in zip(given, closes, strict=True))
    ended = sum(place.ended for place in given)
    return f"precision {right / max(1, sum(closes)):.3f}, recall {right / max(1, ended):.3f}"


def main() -> None:
    given = list(places())
    print(f"{len(given)} places in {len({place.record for place in given})} records")
    print(f"{sum(place.ended for place in given)} of them after the end of the inner list")
    folds = [fit([place for place in given if place.record % FOLDS != fold]) for fold in range(FOLDS)]
    print(
        "cross-validated:", figures(given, [probability(folds[place.record % FOLDS], place) > 0.5 for place in given])
    )
    module = [weight for _, weight, _ in FEATURES]
    print("the module's weights:", figures(given, [probability(module, place) > 0.5 for place in given]))
    for (name, weight, _), fitted in zip(FEATURES, fit(given), strict=True):
        print(f"{fitted:6.1f}  ({weight:4.1f})  {name}")


if __name__ == "__main__":
    main()
