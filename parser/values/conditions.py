"""Conditions and keywords: lists that a page prints on one line, joined by single blanks.

Lupus Erythematosus Stem Cell Transplant            Lupus Erythematosus | Stem Cell Transplant
Carcinoma, Non-Small-Cell Lung                      one term with a comma
type 2 diabetes metformin Insulin resistance        type 2 diabetes | metformin | Insulin resistance
Diabetes, Hypertension, Obesity                     known terms and nothing else: the commas part them

A joined list is cut by the best-scoring cover: every stretch of words may be a term, its score and that of the gap
behind it come from the lexicon's weights (`parser.lexicon`), and dynamic programming finds the best cover, the second
best, and the share of the best in all of them, which is its confidence.
"""

from __future__ import annotations

import itertools
import re
from math import exp, log, log1p
from typing import NamedTuple

from parser.lexicon import Kind, Lexicon, load
from parser.lexicon.features import LONGEST, Context, View, fold_term, turned
from parser.source import Span, trimmed

Term = Span
"""A term: offsets into the text of its list, end exclusive."""

_MOST_WORDS = 3000
"""No list is longer; what is, is no list, and is kept as one term rather than guessed at for seconds."""

_LINE = re.compile(r"[^\r\n]+")
_PIECE = re.compile(r"[^,;]+")
_BULLETS = ("* ", "- ", "• ")
_NEVER = -1e308


class Segmentation(NamedTuple):
    """The terms of a list, and how sure that is.

    `confidence` is the probability of these terms by the model, 1 where the page parts them itself. `runner_up` is the
    second best list, empty where there is no other.
    """

    terms: list[Term]
    confidence: float
    runner_up: list[Term]


_Cover = tuple[float, int, int]
"""A cover of the first words: its score, where its last term starts, and which cover of what is before it that is (0
the best, 1 the second)."""


def read_terms(text: str, kind: Kind, context: Context, lexicon: Lexicon | None = None) -> Segmentation:
    """The terms of a list: its items where it has bullets, its lines where it has several, its pieces between commas
    where all of them are known terms, else as `segment` finds them."""
    lines = [trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    if lines and all(text.startswith(_BULLETS, line.start) for line in lines):
        return Segmentation([trimmed(text, line.start + 1, line.end) for line in lines], 1.0, [])
    if len(lines) > 1:
        return Segmentation(lines, 1.0, [])
    lexicon = lexicon or load()
    pieces = _known_pieces(text, kind, lexicon)
    return Segmentation(pieces, 1.0, []) if pieces else segment(text, kind, context, lexicon)


def segment(text: str, kind: Kind, context: Context, lexicon: Lexicon | None = None) -> Segmentation:
    """Take a list apart whose terms are joined by blanks. `context` is what else its page says.

    The time is linear in the number of words; `lexicon` is the package's unless another is given.
    """
    start, end = trimmed(text, 0, len(text))
    words = len(text.split(None, _MOST_WORDS))
    if words <= 1:
        return Segmentation([Span(start, end)] * words, 1.0, [])
    if words > _MOST_WORDS:
        return Segmentation([Span(start, end)], 0.0, [])
    lexicon = lexicon or load()
    view = View(text, context, lexicon.statistics)
    covers, total = _covers(view, lexicon.weights[kind])
    best, *others = covers[-1]
    return Segmentation(
        _terms(view, covers, 0),
        exp(min(0.0, best[0] - total)),
        _terms(view, covers, 1) if others else [],
    )


def _covers(view: View, weights: dict[str, float]) -> tuple[list[list[_Cover]], float]:
    """The two best covers of each number of words from the first, and the logarithm of the sum over all covers."""
    weigh = weights.get
    size = view.size
    gaps = [0.0, *(sum([weigh(name, 0.0) for name in view.gap(at)]) for at in range(1, size)), 0.0]
    stretches = _stretches(view, weights)
    long_weight = weigh("long", 0.0)
    covers: list[list[_Cover]] = [[(0.0, 0, 0)]]
    sums = [0.0]
    long_covers: list[_Cover] = []
    long_sum = _NEVER
    for end in range(1, size + 1):
        # A long term goes on from what it was one word ago, or begins LONGEST + 1 words ago.
        begin = end - LONGEST - 1
        if begin >= 0:
            longer = [(score + long_weight, begin, rank) for rank, (score, _, _) in enumerate(covers[begin])]
            long_covers = sorted(long_covers + longer, reverse=True)[:2]
            long_sum = _add_logs(long_sum, sums[begin] + long_weight)
        found = long_covers.copy()
        terms = [long_sum]
        for start in range(max(0, begin + 1), end):
            weight = stretches[start][end - start - 1]
            terms.append(sums[start] + weight)
            for rank, (score, _, _) in enumerate(covers[start]):
                found.append((score + weight, start, rank))
        found.sort(reverse=True)
        high, gap = max(terms), gaps[end]
        sums.append(high + log(sum([exp(term - high) for term in terms])) + gap)
        covers.append([(score + gap, start, rank) for score, start, rank in found[:2]])
    return covers, sums[size]


def _stretches(view: View, weights: dict[str, float]) -> list[list[float]]:
    """The scores of the terms that may begin with each word, by their number of words."""
    weigh = weights.get
    usual: dict[tuple[int, str], float] = {}
    rows = []
    for start in range(view.size):
        row = []
        key = ""
        for end in range(start + 1, min(view.size, start + LONGEST) + 1):
            key += view.folded[end - 1]
            found = view.found(key)
            kind = end - start, found
            if kind not in usual:
                usual[kind] = sum([weigh(name, 0.0) for name in view.usual(*kind)])
            score = usual[kind]
            for name in view.own(start, end, found):
                score += weigh(name, 0.0)
            row.append(score)
        rows.append(row)
    return rows


def _terms(view: View, covers: list[list[_Cover]], rank: int) -> list[Term]:
    terms = []
    end = view.size
    while end:
        _, start, rank = covers[end][rank]
        terms.append(Span(view.starts[start], view.ends[end - 1]))
        end = start
    return terms[::-1]


def _known_pieces(text: str, kind: Kind, lexicon: Lexicon) -> list[Term]:
    """The pieces between a list's commas or semicolons, if it has three or more and each is a known term.

    Two pieces that make a known term together, one of the comma forms, are left to the model, as is the rest of their
    list with them.
    """
    pieces = [trimmed(text, *match.span()) for match in _PIECE.finditer(text)]
    if len(pieces) < 3:
        return []
    known = lexicon.statistics.conditions if kind == "conditions" else lexicon.statistics.keywords
    if not all(start < end and fold_term(text[start:end]) in known for start, end in pieces):
        return []
    for (start, _), (_, end) in itertools.pairwise(pieces):
        both = text[start:end]
        if fold_term(both) in known or turned(both) in known:
            return []
    return pieces


def _add_logs(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers that are given as logarithms."""
    high, low = max(one, other), min(one, other)
    return high + log1p(exp(low - high)) if low > _NEVER else high
