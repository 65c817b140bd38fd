"""Whether a list of bullets inside a list of the same bullets has ended, where indentation is lost.

* Patients who have any of:

* heart failure                 inside
* recent stroke                 inside
* Patients who are pregnant     outside: it begins as the items of the outer list do

Nothing marks the end, so it is judged by how the items are written. The weights come from a logistic regression over
the 905 places in 1,409 records of the registry where indentation tells the answer (four of five lists that it closes
have ended, and it closes more than half of those that have).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

_UNFINISHED = re.compile(r"(?:[,;]|\b(?:and|or))\W{0,4}\Z", re.IGNORECASE)
_CONNECTED = re.compile(r"\b(?:and|or)\W{0,4}\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")

# Words that begin a criterion, and seldom a part of one.
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
class Candidate:
    """An item, the items of the inner list before it, and those of the outer list (the last holds the inner list)."""

    item: str
    inner: Sequence[str]
    outer: Sequence[str]


def _first(text: str) -> str:
    match = _WORD.search(text)
    return match.group().lower() if match else ""


def _lower(text: str) -> bool:
    return text[:1].islower()


def _stops(text: str) -> bool:
    return text.endswith(".")


def _difference(item: str, others: Sequence[str]) -> float:
    """How much longer or shorter an item is than others are on average; 0.7 where there are none, which is usual."""
    if not others:
        return 0.7
    mean = sum(map(len, others)) / len(others)
    return abs(log((len(item) + 10) / (mean + 10)))


_WEIGHTS: tuple[tuple[float, Callable[[Candidate], float]], ...] = (
    (-0.8, lambda it: 1),
    (2.1, lambda it: _first(it.item) in map(_first, it.outer)),
    (-1.8, lambda it: _first(it.item) in map(_first, it.inner)),
    (-1.4, lambda it: _lower(it.item) and not any(map(_lower, it.outer))),
    (-1.1, lambda it: _UNFINISHED.search(it.inner[-1]) is not None),
    (1.2, lambda it: len(it.inner) > 1 and _CONNECTED.search(it.inner[-2]) is not None),
    (1.2, lambda it: it.item.endswith(":")),
    (1.0, lambda it: not _lower(it.item) and all(map(_lower, it.inner))),
    (-0.8, lambda it: len(it.inner) == 1),
    (-0.2, lambda it: len(it.inner) == 2),
    (0.9, lambda it: _first(it.item) in _STARTERS),
    (1.1, lambda it: len(it.inner) > 1 and _stops(it.inner[-1]) and not any(map(_stops, it.inner[:-1]))),
    (1.0, lambda it: _difference(it.item, it.inner)),
    (-1.3, lambda it: it.outer[-1].endswith(":")),
    (-0.4, lambda it: _difference(it.item, it.outer[:-1])),
)


def score(candidate: Candidate) -> float:
    """How much speaks for the inner list having ended before an item: it has above 0."""
    return sum(weight * feature(candidate) for weight, feature in _WEIGHTS)


def begins_as_outer(candidate: Candidate) -> bool:
    """Whether an item begins with a capital, or in lower case, as all outer items do and no inner one."""
    cases = {_lower(text) for text in candidate.outer}
    return cases == {_lower(candidate.item)} and {_lower(text) for text in candidate.inner}.isdisjoint(cases)
