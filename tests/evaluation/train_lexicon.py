"""Learns the weights: a log-linear model over all covers of a list (a semi-Markov conditional random field).

The score of a cover is the sum of the weights of its gaps and its terms; its probability is its share of what all
covers have. Training is AdaGrad on the likelihood of the records' own lists (Sarawagi and Cohen, Semi-Markov
Conditional Random Fields for Information Extraction, 2004), in plain Python: the records are few.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp, log, log1p, sqrt
from typing import NamedTuple

from parser.lexicon import KINDS, STEP, Kind
from parser.lexicon.features import LONGEST, JoinedList

EPOCHS = 5
RATE = 0.15
SHRINK = 0.04
"""Pull of each weight to zero, each time it is touched."""
LONG = "long"
"""The feature of a term of more than LONGEST words."""

_NEVER = -1e308


class Lattice(NamedTuple):
    """A list as numbers of features: `gaps[i]` before word i (none before the first), `stretches[i][k]` of words i to
    i + k + 1, `long` of a long term, and `ends`, the words after which the record's own terms end."""

    gaps: list[list[int]]
    stretches: list[list[list[int]]]
    long: list[int]
    ends: Sequence[int]


class Trainer:
    """Weights in the making. Each feature has one that both kinds of list share, and one for each kind."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.weights: list[float] = []
        self.squares: list[float] = []

    def encode(self, view: JoinedList, kind: Kind, ends: Sequence[int]) -> Lattice:
        """A list of which it is known where its terms end, ready to learn from."""
        gaps: list[list[int]] = [[]]
        gaps += (self._number(view.gap(at), kind) for at in range(1, view.size))
        stretches = []
        for start in range(view.size):
            row = []
            key = ""
            for end in range(start + 1, min(view.size, start + LONGEST) + 1):
                key += view.folded[end - 1]
                row.append(self._number(view.stretch(start, end, key), kind))
            stretches.append(row)
        return Lattice(gaps, stretches, self._number([LONG], kind), ends)

    def _number(self, features: list[str], kind: Kind) -> list[int]:
        numbers = []
        for name in [*features, *(f"{kind} {feature}" for feature in features)]:
            number = self.numbers.setdefault(name, len(self.weights))
            if number == len(self.weights):
                self.weights.append(0.0)
                self.squares.append(1e-6)
            numbers.append(number)
        return numbers

    def train(self, lattices: list[Lattice]) -> None:
        """Learn from lists, in an order that is shuffled but the same each time."""
        order = list(lattices)
        shuffler = random.Random(1)
        for epoch in range(EPOCHS):
            shuffler.shuffle(order)
            for lattice in order:
                self._learn(lattice, RATE * (1 - 0.9 * epoch / EPOCHS))

    def _learn(self, lattice: Lattice, rate: float) -> None:
        gradient: dict[int, float] = {}
        for features, surplus in _surpluses(lattice, self.weights):
            if abs(surplus) > 1e-4:
                for number in features:
                    gradient[number] = gradient.get(number, 0.0) + surplus
        weights, squares = self.weights, self.squares
        for number, slope in gradient.items():
            slope += SHRINK * weights[number]
            squares[number] += slope * slope
            weights[number] -= rate * slope / sqrt(squares[number])

    def result(self) -> dict[Kind, dict[str, int]]:
        """The weights for each kind, in steps: the shared and the own one together; those of nearly nothing are out."""
        tables: dict[Kind, dict[str, int]] = {}
        shared = {name: number for name, number in self.numbers.items() if not name.startswith(tuple(_PREFIXES))}
        for kind in KINDS:
            table = tables[kind] = {}
            for name, number in shared.items():
                own = self.numbers.get(f"{kind} {name}")
                weight = self.weights[number] + (self.weights[own] if own is not None else 0.0)
                rounded = round(weight / STEP)
                if rounded:
                    table[name] = rounded
        return tables


_PREFIXES = [f"{kind} " for kind in KINDS]


def _add_logs(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers that are given as logarithms."""
    high, low = max(one, other), min(one, other)
    return high + log1p(exp(low - high)) if low > _NEVER else high


def _sum_logs(terms: list[float]) -> float:
    high = max(terms)
    return high + log(sum([exp(term - high) for term in terms]))


class _Scores(NamedTuple):
    """A lattice's scores: `gaps` has an end too, at 0; `stretches` and `long` as in the lattice."""

    gaps: list[float]
    stretches: list[list[float]]
    long: float


def _score(lattice: Lattice, weights: list[float]) -> _Scores:
    gaps = [sum([weights[number] for number in features]) for features in lattice.gaps]
    stretches = [[sum([weights[number] for number in features]) for features in row] for row in lattice.stretches]
    return _Scores([*gaps, 0.0], stretches, sum(weights[number] for number in lattice.long))


def _forward(scores: _Scores) -> list[float]:
    """For each number of words from the first, the logarithm of the sum over the covers of them."""
    size = len(scores.stretches)
    sums = [0.0]
    long = _NEVER
    for end in range(1, size + 1):
        terms = [sums[start] + scores.stretches[start][end - start - 1] for start in range(max(0, end - LONGEST), end)]
        if end > LONGEST:
            long = _add_logs(long, sums[end - LONGEST - 1] + scores.long)
            terms.append(long)
        sums.append(_sum_logs(terms) + scores.gaps[end])
    return sums


def _backward(scores: _Scores) -> tuple[list[float], list[float]]:
    """For each start, the sum over the covers of the words from it on; and over those that begin with a long term."""
    size = len(scores.stretches)
    sums = [_NEVER] * size + [0.0]
    long_sums = [_NEVER] * size
    long = _NEVER
    for start in range(size - 1, -1, -1):
        row = scores.stretches[start]
        terms = [score + scores.gaps[start + k + 1] + sums[start + k + 1] for k, score in enumerate(row)]
        end = start + LONGEST + 1
        if end <= size:
            long = _add_logs(long, scores.gaps[end] + sums[end])
            long_sums[start] = long + scores.long
            terms.append(long_sums[start])
        sums[start] = _sum_logs(terms)
    return sums, long_sums


def _surpluses(lattice: Lattice, weights: list[float]) -> list[tuple[list[int], float]]:
    """For each gap and stretch, its probability under the weights less that of the record's own list (1 or 0)."""
    scores = _score(lattice, weights)
    size = len(lattice.stretches)
    forward = _forward(scores)
    backward, long_sums = _backward(scores)
    total = forward[size]
    starts = [0, *lattice.ends[:-1]]
    own = set(zip(starts, lattice.ends, strict=True))
    ends = set(lattice.ends)
    surpluses = [
        (lattice.gaps[at], exp(min(0.0, forward[at] + backward[at] - total)) - (at in ends)) for at in range(1, size)
    ]
    for start in range(size):
        # Where hardly any cover begins a term, none of the stretches from here matters.
        if forward[start] + backward[start] - total < -9 and start not in starts:
            continue
        for k, score in enumerate(scores.stretches[start]):
            end = start + k + 1
            chance = exp(min(0.0, forward[start] + score + scores.gaps[end] + backward[end] - total))
            surpluses.append((lattice.stretches[start][k], chance - ((start, end) in own)))
    long = sum(
        exp(min(0.0, forward[start] + long_sums[start] - total)) for start in range(size) if start + LONGEST < size
    )
    surpluses.append((lattice.long, long - sum(1 for start, end in own if end - start > LONGEST)))
    return surpluses
