"""Whether a list of bullets inside a list of the same bullets has ended, where indentation is lost.

* Patients who have any of:

* heart failure                 inside
* recent stroke                 inside
* Patients who are pregnant     outside: it begins like the items of the outer list

Nothing marks the end, so it is inferred from how the items are written. The weights are those of a logistic regression
over the places in the registry's records where indentation gives the answer. tests/evaluation/train_list_end.py
collects the places, fits the weights and prints its figures: of 712 places in 89 of 1,409 records, 160 are after the
end of the inner list; 79 % of the lists that are closed have ended, and 59 % of those that have ended are closed (78 %
and 58 % in cross-validation).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

# Both are looked for in the last characters of an item only.
_TAIL = 10
_UNFINISHED = re.compile(r"(?:[,;]|\b(?:and|or))\W{0,4}\Z", re.IGNORECASE)
_CONNECTED = re.compile(r"\b(?:and|or)\W{0,4}\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")

# Words that begin a criterion, but rarely a part of one.
_STARTERS = frozenset(
    """
    patients patient subjects subject participants participant history known any active willing able ability signed
    written informed must have has had received receiving prior previous current currently presence evidence females
    female women males male pregnant pregnancy breastfeeding adequate life age aged no not diagnosis diagnosed
    concomitant concurrent treatment use inability unable unwilling severe significant clinically other recent
    participation
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class ListEndCandidate:
    """An item, the items of the inner list before it, and those of the outer list (the last holds the inner list)."""

    item: str
    inner: Sequence[str]
    outer: Sequence[str]


@lru_cache(maxsize=64)  # Neighbouring items are compared with the same others.
def _first(text: str) -> str:
    match = _WORD.search(text)
    return match.group().lower() if match else ""


def _lower(text: str) -> bool:
    return text[:1].islower()


def _stops(text: str) -> bool:
    return text.endswith(".")


def _difference(item: str, others: Sequence[str]) -> float:
    """How much longer or shorter an item is than others on average; 0.7, the usual value, without others."""
    if not others:
        return 0.7
    mean = sum(map(len, others)) / len(others)
    return abs(log((len(item) + 10) / (mean + 10)))


# The features and their weights: a positive weight is evidence that the inner list has ended.
FEATURES: tuple[tuple[str, float, Callable[[ListEndCandidate], float]], ...] = (
    ("always", -0.8, lambda it: 1),
    ("the item begins with the first word of an outer one", 2.1, lambda it: _first(it.item) in map(_first, it.outer)),
    ("the item begins with the first word of an inner one", -1.8, lambda it: _first(it.item) in map(_first, it.inner)),
    (
        "the item is in lower case, and no outer one is",
        -1.4,
        lambda it: _lower(it.item) and not any(map(_lower, it.outer)),
    ),
    ("the last inner item is unfinished", -1.1, lambda it: _UNFINISHED.search(it.inner[-1][-_TAIL:]) is not None),
    (
        "the inner item before the last ends in a conjunction",
        1.2,
        lambda it: len(it.inner) > 1 and _CONNECTED.search(it.inner[-2][-_TAIL:]) is not None,
    ),
    ("the item ends in a colon", 1.2, lambda it: it.item.endswith(":")),
    (
        "the item has a capital, and all inner ones are in lower case",
        1.0,
        lambda it: not _lower(it.item) and all(map(_lower, it.inner)),
    ),
    ("there is one inner item", -0.8, lambda it: len(it.inner) == 1),
    ("there are two inner items", -0.2, lambda it: len(it.inner) == 2),
    ("the item begins as criteria do", 0.9, lambda it: _first(it.item) in _STARTERS),
    (
        "the last inner item alone ends in a full stop",
        1.1,
        lambda it: len(it.inner) > 1 and _stops(it.inner[-1]) and not any(map(_stops, it.inner[:-1])),
    ),
    ("how much the item's length differs from the inner ones'", 1.0, lambda it: _difference(it.item, it.inner)),
    ("the outer item that holds the inner ones ends in a colon", -1.3, lambda it: it.outer[-1].endswith(":")),
    (
        "how much the item's length differs from the other outer ones'",
        -0.4,
        lambda it: _difference(it.item, it.outer[:-1]),
    ),
)


def score(candidate: ListEndCandidate) -> float:
    """The log-odds that the inner list has ended before an item; it has ended if above 0."""
    return sum([weight * feature(candidate) for _, weight, feature in FEATURES])


def begins_as_outer(candidate: ListEndCandidate) -> bool:
    """Whether an item begins with a capital, or in lower case, as all outer items do and no inner one."""
    cases = {_lower(text) for text in candidate.outer}
    return cases == {_lower(candidate.item)} and {_lower(text) for text in candidate.inner}.isdisjoint(cases)
