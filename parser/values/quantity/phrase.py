"""What a run of pieces is: what leads up to its values, the values with their links, and what follows.

for at least 90 days after surgery      FOR, the value `at least 90 days`, AFTER
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Node, match_pieces
from parser.values.quantity.scan import GRAMMAR, Piece

LOWER, UPPER = frozenset({"GE", "GT", "POST_GE", "PLUS"}), frozenset({"LE", "LT", "POST_LE", "FEWER"})
COMPARED = LOWER | UPPER | {"EQ", "ABOUT"}
_INCLUSIVE = frozenset({"GE", "LE", "EQ", "POST_GE", "POST_LE", "PLUS", "FEWER"})
_IN_FRONT = COMPARED | {"PLUS_MINUS"}
_LINKS = frozenset({"TO", "AND", "OR", "COMMA", "SLASH", "PLUS_MINUS"})
_NO_LEAD = frozenset({"ABBREVIATION", "ADVERB", "SINCE_EVENT"})


class Signs(NamedTuple):
    """The terminals that stand with a value, and what they say of it."""

    all: frozenset[str]
    compared: bool
    lower: bool
    upper: bool
    inclusive: bool


class Bound(NamedTuple):
    """A value as printed: where it stands with its comparators, and what it is made of."""

    start: int
    end: int
    signs: Signs
    amount: str
    unit: str | None
    counted: bool  # `3 times`, `twice`: a frequency, if a period follows.


class Phrase(NamedTuple):
    """A phrase: what leads up to it, its values each with the link in front of it, and what follows.

    What follows are single pieces, and the several of `every 3 weeks` together.
    """

    lead: list[Piece]
    bounds: list[tuple[str, Bound]]
    tail: list[list[Piece]]


class _Place(NamedTuple):
    """A piece that is only known by its place."""

    terminal: str
    at: int


class _BoundShape(NamedTuple):
    """Which of the pieces make a bound: the first, the last, its number and its unit; the rest is as in `Bound`."""

    link: str
    first: int
    last: int
    signs: Signs
    amount: int
    unit: int | None
    counted: bool


class _Shape(NamedTuple):
    """Which of its pieces make what of a phrase."""

    lead: list[int]
    bounds: list[_BoundShape]
    tail: list[list[int]]


def phrase_of(text: str, pieces: Sequence[Piece]) -> Phrase:
    """The phrase that a sequence of pieces begins with; what does not fit is left for what comes next."""
    shape = _shape(tuple([piece.terminal for piece in pieces]))
    bounds = []
    for link, first, last, signs, amount, unit, counted in shape.bounds:
        _, start, end = pieces[amount]
        own = None if unit is None else text[pieces[unit].start : pieces[unit].end]
        bound = Bound(pieces[first].start, pieces[last].end, signs, text[start:end], own, counted)
        bounds.append((link, bound))
    lead = [pieces[index] for index in shape.lead]
    return Phrase(lead, bounds, [[pieces[index] for index in run] for run in shape.tail])


def signs_of(terminals: frozenset[str]) -> Signs:
    """What the terminals that stand with a value say of it."""
    lower, upper = not terminals.isdisjoint(LOWER), not terminals.isdisjoint(UPPER)
    inclusive = not terminals.isdisjoint(_INCLUSIVE) or not (lower or upper)
    return Signs(terminals, not terminals.isdisjoint(COMPARED), lower, upper, inclusive)


@lru_cache(maxsize=4096)
def _shape(terminals: tuple[str, ...]) -> _Shape:
    """The shape of a phrase. There are few kinds of phrases, so that the grammar reads each kind once."""
    places = [_Place(terminal, at) for at, terminal in enumerate(terminals)]
    lead: list[int] = []
    bounds: list[_BoundShape] = []
    tail: list[list[int]] = []
    link = ""
    for child in _children(places):
        if isinstance(child, Node):
            own = [place for place in child.children if isinstance(place, _Place)]
            if child.rule == "every":
                tail.append([place.at for place in own])
            else:
                bounds.append(_bound_shape(link, [] if bounds else [places[index] for index in lead], own))
        elif bounds and child.terminal in _LINKS:
            link = child.terminal
        elif not bounds and child.terminal not in _NO_LEAD:
            lead.append(child.at)
        else:
            tail.append([child.at])
    return _Shape(lead, bounds, tail)


def _children(places: list[_Place]) -> Sequence[Node[_Place] | _Place]:
    while places:
        try:
            return match_pieces(GRAMMAR, "phrase", places).children
        except GrammarMismatch as mismatch:
            places = places[: min(mismatch.index, len(places) - 1)]
    return ()


def _bound_shape(link: str, lead: Sequence[_Place], own: Sequence[_Place]) -> _BoundShape:
    signs = frozenset(place.terminal for place in (*lead, *own))
    amount = next(place for place in own if place.terminal in ("AMOUNT", "COUNT"))
    comparators = [place for place in lead if place.terminal in _IN_FRONT]
    # `of age` is part of a value only where something follows it: `18 years of age or older`.
    post = any(place.terminal in ("POST_GE", "POST_LE", "INCLUSIVE") for place in own)
    trailing = own if post else [place for place in own if place.terminal != "OF_AGE"]
    return _BoundShape(
        link,
        first=(comparators or own)[0].at,
        last=trailing[-1].at,
        signs=signs_of(signs),
        amount=amount.at,
        unit=next((place.at for place in own if place.terminal == "UNIT"), None),
        counted="TIMES" in signs or (amount.terminal == "COUNT" and "UNIT" not in signs),
    )
