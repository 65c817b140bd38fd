"""Conditions and keywords: lists that a page prints on one line, joined by single blanks.

Lupus Erythematosus Stem Cell Transplant            Lupus Erythematosus | Stem Cell Transplant
Carcinoma, Non-Small-Cell Lung                      one term with a comma
type 2 diabetes metformin Insulin resistance        type 2 diabetes | metformin | Insulin resistance
Diabetes, Hypertension, Obesity                     known terms and nothing else: the commas separate them
Obesity; mobile health; weight loss Diet            a sponsor's semicolons separate some terms

A joined list is cut by the best-scoring cover: every stretch of words may be a term, its score and that of the gap
after it come from the lexicon's weights (`parser.lexicon`), and dynamic programming finds the best cover, the second
best, and the share of the best in all of them, which is its confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise, repeat
from math import exp, log, log1p, prod
from typing import NamedTuple

from parser.lexicon import STEP, Kind, Lexicon, load
from parser.lexicon.features import LONGEST, NOWHERE, JoinedList, PageContext, fold_term, turned
from parser.source import Span, trimmed

Term = Span
"""A term: offsets into the text of its list, end exclusive."""

_MOST_WORDS = 3000
"""The longest list. Longer text is not a list and is kept as one term, because segmenting it would take seconds."""

_LINE = re.compile(r"[^\r\n]+")
_PIECE = re.compile(r"[^,;]+")
# A semicolon that separates terms, or text that may contain another one: a bracket, a character reference.
_SEMICOLON = re.compile(r"&#?\w+;|\([^()]*\)|;")
_BULLETS = ("* ", "- ", "• ")
_NEVER = -1e308


class Segmentation(NamedTuple):
    """The terms of a list, and how sure that is.

    `confidence` is the probability of these terms by the model, 1 if the page separates them. `runner_up` is the
    second best list, empty if there is no other.
    """

    terms: list[Term]
    confidence: float
    runner_up: list[Term]


_Cover = tuple[float, int, int]
"""A cover of the first words: its score in steps, where its last term starts, and which cover of the words before that
(0 the best, 1 the second)."""

_START: _Cover = (0, 0, 0)
_NONE: _Cover = (_NEVER, 0, 0)


def read_terms(text: str, kind: Kind, context: PageContext, lexicon: Lexicon | None = None) -> Segmentation:
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
    if pieces:
        return Segmentation(pieces, 1.0, [])
    pieces = _between_semicolons(text)
    return _segment_pieces(text, pieces, kind, context, lexicon) if pieces else segment(text, kind, context, lexicon)


def _between_semicolons(text: str) -> list[Term]:
    """The pieces of a list between its semicolons; none if it has none, or a piece is not a term."""
    ends = [match.start() for match in _SEMICOLON.finditer(text) if match[0] == ";"]
    starts = [0, *(end + 1 for end in ends)]
    pieces = [trimmed(text, start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]
    pieces = [piece for piece in pieces if piece.start < piece.end]
    return pieces if ends and all(any(map(str.isalnum, text[start:end])) for start, end in pieces) else []


def _segment_pieces(
    text: str, pieces: Sequence[Term], kind: Kind, context: PageContext, lexicon: Lexicon
) -> Segmentation:
    """Terms of which some have semicolons between them: a piece between two is one term.

    The page joins what comes before the first semicolon and after the last one to other terms by blanks.
    """
    parts = [Segmentation([Span(0, piece.end - piece.start)], 1.0, []) for piece in pieces]
    for index in {0, len(pieces) - 1}:
        start, end = pieces[index]
        parts[index] = segment(text[start:end], kind, context, lexicon)
    terms = [_moved(part.terms, piece.start) for part, piece in zip(parts, pieces, strict=True)]
    second = next((index for index, part in enumerate(parts) if part.runner_up), None)
    others = list(terms)
    if second is not None:
        others[second] = _moved(parts[second].runner_up, pieces[second].start)
    return Segmentation(
        [*chain.from_iterable(terms)],
        prod(part.confidence for part in parts),
        [] if second is None else [*chain.from_iterable(others)],
    )


def _moved(terms: Sequence[Term], by: int) -> list[Term]:
    return [Span(start + by, end + by) for start, end in terms]


def segment(text: str, kind: Kind, context: PageContext, lexicon: Lexicon | None = None) -> Segmentation:
    """Segment a list whose terms are joined by blanks. `context` is other text of its page.

    The time is linear in the number of words; `lexicon` defaults to the package's.
    """
    start, end = trimmed(text, 0, len(text))
    words = len(text.split(None, _MOST_WORDS))
    if words <= 1:
        return Segmentation([Span(start, end)] * words, 1.0, [])
    if words > _MOST_WORDS:
        return Segmentation([Span(start, end)], 0.0, [])
    lexicon = lexicon or load()
    view = JoinedList(text, context, lexicon.statistics)
    weights = lexicon.weights[kind]
    gaps = [0, *[_weigh(view.gap(at), weights) for at in range(1, view.size)], 0]
    stretches = _stretches(view, weights)
    long_weight = weights.get("long", 0)
    covers = _best_covers(gaps, stretches, long_weight)
    (score, _, _), _ = covers[-1]
    confidence = exp(min(0.0, score * STEP - _all_covers(gaps, stretches, long_weight)))
    return Segmentation(_terms(view, covers, 0), confidence, _terms(view, covers, 1))


def _best_covers(gaps: list[int], stretches: list[list[int]], long_weight: int) -> list[tuple[_Cover, _Cover]]:
    """The two best covers of each number of words from the first, without the gap after them."""
    covers = [(_START, _NONE)]
    firsts, seconds = [_START[0]], [_NEVER]
    long_covers = _NONE, _NONE
    for end in range(1, len(stretches)):
        weights = stretches[end]
        begin = end - LONGEST - 1
        if begin >= 0:
            # A long term goes on from what it was one word ago, or begins LONGEST + 1 words ago.
            weights = [long_weight, *weights]
        best, second = long_covers
        for start, weight in enumerate(weights, max(0, begin)):
            score = firsts[start] + weight
            if score >= best[0]:
                best, second = (score, start, 0), best
                # The second-best cover can only be used if the best one is.
                score = seconds[start] + weight
                if score >= second[0]:
                    second = score, start, 1
            elif score >= second[0]:
                second = score, start, 0
            if start == begin:
                long_covers = best, second
        covers.append((best, second))
        firsts.append(best[0] + gaps[end])
        seconds.append(second[0] + gaps[end])
    return covers


def _all_covers(gaps: list[int], stretches: list[list[int]], long_weight: int) -> float:
    """The logarithm of the sum over all covers, whose own is their score without its steps."""
    sums = [0.0]
    long_sum = _NEVER
    for end in range(1, len(stretches)):
        begin = end - LONGEST - 1
        if begin >= 0:
            long_sum = _add_logs(long_sum, sums[begin] + long_weight * STEP)
        terms = [before + weight * STEP for before, weight in zip(sums[-LONGEST:], stretches[end], strict=True)]
        terms.append(long_sum)
        high = max(terms)
        sums.append(high + log(sum([exp(term - high) for term in terms])) + gaps[end] * STEP)
    return sums[-1]


def _weigh(features: Sequence[str], weights: dict[str, int]) -> int:
    return sum(map(weights.get, features, repeat(0)))


def _stretches(view: JoinedList, weights: dict[str, int]) -> list[list[int]]:
    """For each number of words from the first, the scores of the terms that may end there, the longest first."""
    conditions, keywords, headings, *_ = view.statistics
    size, folded, shapes, spelled = view.size, view.folded, view.shapes, view.spelled
    edges = {last: {first: weights.get(view.edges(first, last), 0) for first in set(shapes)} for last in set(shapes)}
    unknown = [_weigh(view.usual(length, NOWHERE), weights) for length in range(min(size, LONGEST) + 1)]
    columns: list[list[int]] = [[] for _ in range(size + 1)]
    for start, first in enumerate(shapes):
        reach, comma = view.reach[start], view.commas[start]
        key = ""
        for end in range(start + 1, min(size, start + LONGEST) + 1):
            key += folded[end - 1]
            length = end - start
            found = NOWHERE
            score = unknown[length]
            if key in conditions or key in keywords or key in headings:
                found = view.found(key)
                score = _weigh(view.usual(length, found), weights)
            # Most spans can be skipped: they cannot have such features.
            if end <= reach:
                for feature in view.elsewhere(start, end, found):
                    score += weights.get(feature, 0)
            if length > 1:
                score += edges[shapes[end - 1]][first]
            if end > comma or spelled[end]:
                for feature in view.forms(start, end, found):
                    score += weights.get(feature, 0)
            columns[end].append(score)
    return columns


def _terms(view: JoinedList, covers: list[tuple[_Cover, _Cover]], rank: int) -> list[Term]:
    terms = []
    end = view.size
    while end:
        _, start, rank = covers[end][rank]
        terms.append(Span(view.spans[start][0], view.spans[end - 1][1]))
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
    for (start, _), (_, end) in pairwise(pieces):
        both = text[start:end]
        if fold_term(both) in known or turned(both) in known:
            return []
    return pieces


def _add_logs(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers, from their logarithms."""
    high, low = max(one, other), min(one, other)
    return high + log1p(exp(low - high)) if low > _NEVER else high
