"""What a run of tokens is: what leads up to its values, the values with their links, and what follows.

for at least 90 days after surgery      FOR, the value `at least 90 days`, AFTER
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Node, match_pieces
from parser.quantities.comparators import Comparator
from parser.quantities.lexer import GRAMMAR, Token
from parser.quantities.numbers import Number, plain_number
from parser.quantities.units import Unit

_LINKS = frozenset({"TO", "AND", "OR", "COMMA", "SLASH", "PLUS_MINUS", "BY", "SIDE"})
_NO_LEAD = frozenset({"ABBREVIATION", "ADVERB", "SINCE_EVENT"})
_COUNTS = {"once": "1", "twice": "2", "thrice": "3", "double": "2", "triple": "3"}
_EQUAL = Comparator(0, True)


class Bound(NamedTuple):
    """A value as printed: where it stands with its comparators, and what it is made of."""

    link: str  # What joins it to the value before, empty for the first.
    start: int
    end: int
    number: Number
    unit: Unit | None
    comparator: Comparator | None
    counted: bool  # `3 times`, `twice`: a frequency, if a period follows.
    spread: bool  # `± 1.5`, without a value in front.
    share: bool  # `± 20%`: the number is a share of the value in front.
    power: Number | None  # A power of ten that stands apart from its number.

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


class Phrase(NamedTuple):
    """A phrase: what leads up to it, its values, and what follows.

    What follows are single tokens, and the several of `every 3 weeks` together. `subject` is what stands between a value
    and its comparator, or between two signs.
    """

    lead: list[Token]
    bounds: list[Bound]
    tail: list[list[Token]]
    subject: tuple[int, int] | None


class _Place(NamedTuple):
    """A token that is only known by its place."""

    terminal: str
    at: int


# The places of what leads up to the values, of each value with the link in front of it, and of what follows.
_Shape = tuple[list[int], list[list[int]], list[list[int]]]


def phrase_of(text: str, tokens: Sequence[Token]) -> Phrase:
    """The phrase that a sequence of tokens begins with; what does not fit is left for what comes next."""
    lead, bounds, tail = _shape(tuple(token.terminal for token in tokens))
    own = [[tokens[at] for at in run] for run in bounds]
    leading = [tokens[at] for at in lead]
    following = [[tokens[at] for at in run] for run in tail]
    before = any(run[0].terminal == "BEFORE" for run in following)
    found = [_bound(text, run, [] if index else leading, before) for index, run in enumerate(own)]
    aside = next((token for token in tokens if token.terminal in ("NOUN", "SIDE")), None)
    return Phrase(leading, found, following, (aside.start, aside.end) if aside and found else None)


@lru_cache(maxsize=4096)
def _shape(terminals: tuple[str, ...]) -> _Shape:
    """The shape of a phrase. There are few kinds of phrases, so that the grammar reads each kind once."""
    lead: list[int] = []
    bounds: list[list[int]] = []
    tail: list[list[int]] = []
    link: list[int] = []
    for child in _children([_Place(terminal, at) for at, terminal in enumerate(terminals)]):
        if isinstance(child, Node):
            own = [place.at for place in child.children if isinstance(place, _Place)]
            if child.rule == "every":
                tail.append(own)
            else:
                bounds.append(link + own)
                link = []
        elif bounds and child.terminal in _LINKS:
            link = [child.at]
        elif not bounds and child.terminal not in _NO_LEAD:
            lead.append(child.at)
        else:
            tail.append([child.at])
    return lead, bounds, tail


def _children(places: list[_Place]) -> Sequence[Node[_Place] | _Place]:
    while places:
        try:
            return match_pieces(GRAMMAR, "phrase", places).children
        except GrammarMismatch as mismatch:
            places = places[: min(mismatch.index, len(places) - 1)]
    return ()


def _bound(text: str, run: list[Token], lead: list[Token], before: bool) -> Bound:
    """A value from its tokens; `before` says that an event follows which it is counted back from."""
    link = run[0].terminal if run[0].terminal in _LINKS else ""
    own = run[1:] if link else run
    terminals = {token.terminal for token in own}
    amount = next(token for token in own if token.terminal in ("AMOUNT", "COUNT"))
    number = amount.value
    if not isinstance(number, Number):
        number = plain_number(_COUNTS[text[amount.start : amount.end].lower()])
    comparators = [token for token in lead if token.terminal in ("COMPARATOR", "EQ", "PLUS_MINUS", "NOUN")]
    # `of age` is part of a value only where something follows it: `18 years of age or older`.
    post = not terminals.isdisjoint(("POST", "INCLUSIVE"))
    trailing = own if post else [token for token in own if token.terminal != "OF_AGE"]
    unit = next((token.value for token in reversed(own) if isinstance(token.value, Unit)), None)
    return Bound(
        link,
        start=(comparators or own)[0].start,
        end=trailing[-1].end,
        number=number,
        unit=unit,
        comparator=_comparator([*lead, *own], before),
        counted="TIMES" in terminals or (amount.terminal == "COUNT" and unit is None),
        spread=any(token.terminal == "PLUS_MINUS" for token in lead),
        share="PERCENT" in terminals,
        power=next((token.value for token in own if token.terminal == "POWER" and isinstance(token.value, Number)), None),
    )


def _comparator(tokens: Sequence[Token], before: bool) -> Comparator | None:
    """What all comparators of a value say together."""
    found: Comparator | None = None
    for token in tokens:
        value = _EQUAL if token.terminal == "EQ" else token.value
        if isinstance(value, Comparator):
            if value.by_anchor and before:
                value = value.turned()
            if found is _EQUAL and value.direction:
                # `equal to or > 20`
                value = value._replace(inclusive=True)
            found = found.joined(value) if found and found.direction else value
    return found
