"""What a run of tokens is: what leads up to its values, the values with their links, and what follows.

for at least 90 days after surgery      FOR, the value `at least 90 days`, AFTER
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from parser.grammar import GrammarMismatch, Node, match_pieces
from parser.quantities.lexer import GRAMMAR
from parser.quantities.tokens import Comparator, Number, QuantityToken, plain_number
from parser.quantities.unit_parts import Unit

_LINKS = frozenset({"TO", "AND", "OR", "COMMA", "SLASH", "PLUS_MINUS", "BY", "SIDE"})
_NO_LEAD = frozenset({"ABBREVIATION", "ADVERB", "SINCE_EVENT"})
_COUNTS = {"once": "1", "twice": "2", "thrice": "3", "double": "2", "triple": "3"}
_EQUAL = Comparator(0, True)
_COMPARATORS = {"EQ": _EQUAL, "EXCLUDED": Comparator(0, False)}
_SIGNS = frozenset({"COMPARATOR", "EQ", "POST", "EXCLUDED"})
_IN_FRONT = frozenset({"COMPARATOR", "EQ", "PLUS_MINUS", "NOUN"})


class Bound(Struct, frozen=True, gc=False):
    """A value as printed: where it is with its comparators, and what it is made of."""

    link: str  # What joins it to the value before, empty for the first.
    start: int
    end: int
    number: Number
    unit: Unit | None
    comparator: Comparator | None
    counted: bool  # `3 times`, `twice`: a frequency, if a period follows.
    spread: bool  # `± 1.5`, without a value in front.
    share: bool  # `± 20%`: the number is a share of the value in front.
    power: Number | None  # A power of ten that is apart from its number.

    @property
    def lower(self) -> bool:
        return self.comparator is not None and self.comparator.direction > 0

    @property
    def upper(self) -> bool:
        return self.comparator is not None and self.comparator.direction < 0

    @property
    def directed(self) -> bool:
        return self.lower or self.upper

    @property
    def inclusive(self) -> bool:
        return self.comparator is None or self.comparator.inclusive


class Phrase(Struct, frozen=True, gc=False):
    """A phrase: what leads up to it, its values, and what follows.

    What follows are single tokens, and the several of `every 3 weeks` together. `subject` is what is between a
    value and its comparator, or between two signs; `birth` and `between` are where such a word leads up to the values.
    """

    lead: list[QuantityToken]
    bounds: list[Bound]
    tail: list[list[QuantityToken]]
    subject: tuple[int, int] | None
    birth: int | None
    between: int | None


class _TokenPosition(NamedTuple):
    """A token that is only known by its place."""

    terminal: str
    at: int


class _BoundShape(Struct, frozen=True, gc=False):
    """Which of the tokens make a value; the rest is as in `Bound`."""

    link: str
    first: int
    last: int
    amount: int
    unit: int | None
    power: int | None
    signs: tuple[int, ...]
    counted: bool
    spread: bool
    share: bool


class _Shape(Struct, frozen=True, gc=False):
    """How many tokens lead up to the values, the places of each value and of what follows; whether an event follows."""

    lead: int
    bounds: list[_BoundShape]
    tail: list[list[int]]
    aside: int | None
    before: bool
    birth: int | None
    between: int | None


def phrase_of(text: str, tokens: list[QuantityToken]) -> Phrase:
    """The phrase that a sequence of tokens begins with; what does not fit is left for what comes next."""
    shape = _shape(tuple([token.terminal for token in tokens]))
    bounds = [_bound(text, one, tokens, shape.before) for one in shape.bounds]
    tail = [[tokens[at] for at in run] for run in shape.tail] if shape.tail else []
    aside = None if shape.aside is None else (tokens[shape.aside].start, tokens[shape.aside].end)
    birth = None if shape.birth is None else tokens[shape.birth].start
    between = None if shape.between is None else tokens[shape.between].start
    return Phrase(tokens[: shape.lead], bounds, tail, aside, birth, between)


@lru_cache(maxsize=4096)
def _shape(terminals: tuple[str, ...]) -> _Shape:
    """The shape of a phrase. There are few kinds of phrases, so that the grammar reads each kind once."""
    lead: list[int] = []
    bounds: list[_BoundShape] = []
    tail: list[list[int]] = []
    link = ""
    for child in _children([_TokenPosition(terminal, at) for at, terminal in enumerate(terminals)]):
        if isinstance(child, Node):
            own = [place.at for place in child.children if isinstance(place, _TokenPosition)]
            if child.rule == "every":
                tail.append(own)
            else:
                bounds.append(_bound_shape(terminals, link, [] if bounds else lead, own))
        elif bounds and child.terminal in _LINKS:
            link = child.terminal
        elif not bounds and child.terminal not in _NO_LEAD:
            lead.append(child.at)
        else:
            tail.append([child.at])
    aside = next((at for at, terminal in enumerate(terminals) if terminal in ("NOUN", "SIDE")), None)
    before = any(terminals[run[0]] == "BEFORE" for run in tail)
    leading = {terminals[at]: at for at in reversed(lead)}
    birth, between = leading.get("BIRTH"), leading.get("BETWEEN")
    return _Shape(len(lead), bounds, tail, aside if bounds else None, before, birth, between)


def _children(places: list[_TokenPosition]) -> Sequence[Node[_TokenPosition] | _TokenPosition]:
    while places:
        try:
            return match_pieces(GRAMMAR, "phrase", places).children
        except GrammarMismatch as mismatch:
            places = places[: min(mismatch.index, len(places) - 1)]
    return ()


def _bound_shape(terminals: tuple[str, ...], link: str, lead: list[int], own: list[int]) -> _BoundShape:
    named = {terminals[at]: at for at in own}
    in_front = [at for at in lead if terminals[at] in _IN_FRONT]
    # `of age` is part of a value only where something follows it: `18 years of age or older`.
    post = "POST" in named or "INCLUSIVE" in named
    trailing = own if post else [at for at in own if terminals[at] != "OF_AGE"]
    return _BoundShape(
        link,
        first=(in_front or own)[0],
        last=trailing[-1],
        amount=named["AMOUNT"] if "AMOUNT" in named else named["COUNT"],
        unit=named.get("UNIT"),
        power=named.get("POWER"),
        signs=tuple(at for at in (*lead, *own) if terminals[at] in _SIGNS),
        counted="TIMES" in named or ("COUNT" in named and "UNIT" not in named),
        spread=any(terminals[at] == "PLUS_MINUS" for at in lead),
        share="PERCENT" in named,
    )


def _bound(text: str, shape: _BoundShape, tokens: Sequence[QuantityToken], before: bool) -> Bound:
    """A value from its tokens; `before` says that an event follows which it is counted back from."""
    amount = tokens[shape.amount]
    number = amount.number or plain_number(_COUNTS[text[amount.start : amount.end].lower()])
    return Bound(
        shape.link,
        tokens[shape.first].start,
        tokens[shape.last].end,
        number,
        None if shape.unit is None else tokens[shape.unit].unit,
        _comparator([tokens[at] for at in shape.signs], before) if shape.signs else None,
        shape.counted,
        shape.spread,
        shape.share,
        None if shape.power is None else tokens[shape.power].number,
    )


def _comparator(tokens: Sequence[QuantityToken], before: bool) -> Comparator | None:
    """What all comparators of a value say together."""
    found: Comparator | None = None
    for token in tokens:
        value = token.comparator or _COMPARATORS.get(token.terminal)
        if value:
            if value.by_anchor and before:
                value = value.turned()
            if found is _EQUAL and value.direction:
                # `equal to or > 20`
                value = replace(value, inclusive=True)
            found = found.joined(value) if found and found.direction else value
    return found
