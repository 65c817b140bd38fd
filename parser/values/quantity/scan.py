"""Where quantities may be, and the pieces that grammars/quantity.lark reads.

for at least 90 days after surgery      FOR GE AMOUNT UNIT AFTER

A number, a number word or a word of frequency makes a candidate; what stands in front of it and belongs to it is looked
for backwards within a bound, what stands behind it forwards. So a text costs one scan for candidates, and a candidate
costs what it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from parser.grammar import terminals
from parser.values.amount import NUMBER_WORDS
from parser.values.amount_pattern import AMOUNT_BEGINS, AMOUNT_PATTERN, PLAIN_AMOUNT_PATTERN, WORD_AMOUNT_PATTERN
from parser.values.quantity.names import refused
from parser.values.unit_pattern import unit_pattern, unit_words

GRAMMAR = "quantity"

# What a unit that is printed twice is in: `kilograms (kg)`.
_UNIT_REACH = 48
# What makes a unit of any word: a denominator, cells of a kind.
_COMPOSED = re.compile(r"/| (?:per|an?|each) |[cC]ell|[lL]imit|[nN]ormal")
# Blanks, and the word or the sign behind them; nothing where a clause or the text ends.
_NEXT = re.compile(r" *(?=-?([A-Za-z]+)|([^\s.;:)\]?!]))")
# What stands in front of a number, word by word and sign by sign.
_WORD_OR_SIGN = re.compile(r"[^\W_]+|[^ ]")
# The first letters of all words of frequency, which make a text without any cheap.
_FREQUENT = "[oO][nNdD.]|[tT][wWhHrRiIdD. ]|[eE][vVaA]|[dD][aAoO]|[bB][iIdD. ]|[qQnNwWfFmMyYaAhHsS]|\\d"
# Half of all units are one of these in front of what no unit goes on with.
_COMMON_UNIT = re.compile(
    r"(?:-| *)((?:[Yy]ear|[Mm]onth|[Ww]eek|[Dd]ay|[Hh]our|[Mm]inute)s?|%)"
    r"(?=[);]|[.,](?:\s|\Z)|\Z| (?:of|or|and|old|prior|before|after|in|to|from|for|with)\b)"
)
_OPENED = re.compile(r" ?[(\[] ?")

# How far in front of a number its comparators and words of a window are looked for, and how many pieces one phrase may
# have: both are several times what anyone writes.
_REACH = 80
_ARTICLES = ("the", "a", "an", "their")
# No piece in front of a number has more words.
_MOST_WORDS = 9
_MOST_PIECES = 40

_OPENING = (
    "GE",
    "LE",
    "GT",
    "LT",
    "EQ",
    "ABOUT",
    "BETWEEN",
    "WITHIN",
    "DURING",
    "FOR",
    "UNTIL",
    "LAST",
    "SCALE",
    "PLUS_MINUS",
)
_COMPARATORS = frozenset(_OPENING[:6])
_BEHIND_LINK = _COMPARATORS | {"BETWEEN"}
_LINKS = ("PLUS_MINUS", "AND", "OR", "TO", "COMMA", "SLASH")
_BEHIND_AMOUNT = ("PLUS", "MULTIPLE", "TIMES")
_BEHIND = ("OLD", "OF_AGE", "POST_GE", "POST_LE", "INCLUSIVE")
# The signs that these can begin with, and that what leads up to a number can hold.
_OPENING_SIGNS = frozenset("<>≥≤=~≈≃＜＞≦≧±+")
_OPENING_INSIDE = frozenset(",.:/-()[]")
_AMOUNT_SIGNS = frozenset("+×*,&-")
_BEHIND_SIGNS = frozenset(",&(-")
_LINK_SIGNS = frozenset("±+,&-~/<>≥≤")
_TAIL_SIGNS = frozenset(",(/-0123456789")
# The words that a phrase can begin with, numbers apart.
_FIRST = ("COUNT", "EVERY", "ABBREVIATION", "ADVERB", "SINCE_EVENT")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
# The words of a text, `q6h` and all others in q by that letter alone; and what abbreviations begin with.
_WORDS = re.compile("q|[a-z]+")
_ABBREVIATIONS = frozenset({"q", "b", "bi", "bid", "od", "t", "ti", "tid"})
_TAIL = ("EVERY", "PERIOD", "ABBREVIATION", "AGO", "TOTAL", "BEFORE", "AFTER", "SINCE", "OF")


class Piece(NamedTuple):
    """A terminal of grammars/quantity.lark, and the offsets of what it matched."""

    terminal: str
    start: int
    end: int


def words_of(pattern: str) -> frozenset[str]:
    """The words that a terminal of the grammar can hold, and some more; it spells them out, `equals?` for two.

    A word in the text that is none of them is not tried against the terminals, which is most of the time saved.
    """
    plain = re.sub(r"\\[a-zA-Z]|\(\?[a-zA-Z-]*:|\(\?[=!<]+|\[[^\]]*\]", " ", pattern).lower()
    words = set(re.findall(r"[a-z]+\??", plain))
    return frozenset({word.rstrip("?") for word in words} | {word[:-2] for word in words if word.endswith("?")})


class Scanner:
    """The compiled patterns; one is made on first use."""

    def __init__(self) -> None:
        self._patterns = terminals(GRAMMAR, "phrase")
        self._opening = self._any(*_OPENING)
        self._opening_starts = self._words(*_OPENING) | _OPENING_SIGNS
        self._behind_starts = self._words(*_BEHIND) | _BEHIND_SIGNS
        self._link_starts = self._words(*_LINKS) | _LINK_SIGNS
        self._tail_starts = self._words(*_TAIL) | _TAIL_SIGNS
        self._amount_starts = self._words(*_BEHIND_AMOUNT, "POST_GE", "POST_LE") | _AMOUNT_SIGNS
        self._link = self._any(*_LINKS)
        self._behind_amount = self._any(*_BEHIND_AMOUNT)
        self._behind = self._any(*_BEHIND)
        self._tail = self._any(*_TAIL)
        self._repeated = self._any("OTHER", "PERIOD_NOUN")
        self._plain = re.compile(PLAIN_AMOUNT_PATTERN)
        self._any_amount = re.compile(f"{AMOUNT_PATTERN}|(?<![A-Za-z]){WORD_AMOUNT_PATTERN}")
        self._count = self._any("COUNT", "ADVERB", "SINCE_EVENT")
        self._unit = re.compile(unit_pattern())
        # Most words behind a number begin no unit; the pattern of all units is slow to find that out.
        self._unit_words = unit_words()
        self._post = self._any("POST_GE", "POST_LE")
        self._limit = re.compile(
            r" (?:that of )?(?P<UNIT>(?:the )?(?:institutional |laboratory )?(?:upper|ULN|normal))", re.I
        )
        # What a number can begin with is enough here: whether it is one, `forwards` says.
        self._figures = re.compile(AMOUNT_BEGINS)
        words = "|".join(self._patterns[name] for name in _FIRST)
        self._figures_and_words = re.compile(
            rf"{AMOUNT_BEGINS}|(?<![A-Za-z])(?:{WORD_AMOUNT_PATTERN}|(?={_FREQUENT})(?:{words}))"
        )
        self._first_words = NUMBER_WORDS | self._words("COUNT", "EVERY", "ADVERB") | {"since"} | _ABBREVIATIONS

    def _any(self, *names: str) -> re.Pattern[str]:
        """One of some terminals; one that begins with a letter begins a word."""
        inner = "|".join(f"(?P<{name}>{self._patterns[name]})" for name in names)
        return re.compile(f"(?:(?<![A-Za-z])|(?![A-Za-z]))(?:{inner})")

    def _words(self, *names: str) -> frozenset[str]:
        return frozenset().union(*(words_of(self._patterns[name]) for name in names))

    def candidates(self, text: str) -> Iterator[re.Match[str]]:
        """The places where a phrase may begin. Few texts have a word for that, and to search for one is slow."""
        figures_only = self._first_words.isdisjoint(_WORDS.findall(text.lower()))
        return (self._figures if figures_only else self._figures_and_words).finditer(text)

    def openings(self, text: str, floor: int, start: int) -> list[Piece]:
        """The pieces in front of a number that lead up to it without a gap."""
        floor = max(floor, start - _REACH)
        front = text[floor:start].split()
        if not front or (front[-1].isalnum() and front[-1].lower() not in self._opening_starts):
            return []
        words = list(_WORD_OR_SIGN.finditer(text, floor, start))
        chain: list[Piece] = []
        while words and (piece := self._last_opening(text, words)):
            chain.append(piece)
            while words and words[-1].start() >= piece.start:
                words.pop()
        chain.reverse()
        while chain and chain[0].terminal == "SCALE":
            # `grade 2` is a value of its own; only behind a comparator is the word part of one.
            del chain[0]
        return chain

    def _last_opening(self, text: str, words: list[re.Match[str]]) -> Piece | None:
        """The longest piece in front of a number that ends with the last of some words."""
        found = None
        end = words[-1].end()
        for word in reversed(words[-_MOST_WORDS:]):
            start = word[0].lower()
            if start in self._opening_starts:
                match = self._opening.match(text, word.start())
                # `over the` in front of `the last 6 months`: the article may be part of either.
                if match and (match.end() == end or text[end : match.end()].strip() in _ARTICLES):
                    found = Piece(match.lastgroup or "", match.start(), end)
            elif start not in _OPENING_INSIDE:
                break
        return found

    def forwards(self, text: str, at: int) -> list[Piece]:
        """The pieces from the place of a number, of a count or of `every` on."""
        pieces: list[Piece] = []
        if not self._value(text, at, pieces):
            return pieces
        while len(pieces) < _MOST_PIECES:
            at = self._behind_unit(text, pieces)
            start, place = _next(text, at)
            if not start:
                break
            if start in self._behind_starts and (match := self._behind.match(text, place)):
                pieces.append(_piece(match))
            elif not (
                (start in self._link_starts and self._linked(text, place, pieces))
                or (start in self._tail_starts and self._tailed(text, place, pieces))
            ):
                break
        return pieces

    def _value(self, text: str, at: int, pieces: list[Piece]) -> bool:
        """An amount with its unit, a count, or a word of frequency."""
        if self._measure(text, at, pieces):
            return True
        if match := self._count.match(text, at):
            pieces.append(_piece(match))
            if match.lastgroup == "COUNT" and (limit := self._limit.match(text, match.end())):
                # `twice the upper limit of normal`
                unit = self._unit_behind(text, limit.start("UNIT"))
                pieces += [unit] if unit else []
            return True
        return self._tailed(text, at, pieces)

    def _measure(self, text: str, at: int, pieces: list[Piece]) -> bool:
        """An amount with its unit."""
        amount = self._amount(text, at)
        if not amount:
            return False
        pieces.append(amount)
        at = amount.end
        if common := _COMMON_UNIT.match(text, at):
            pieces.append(Piece("UNIT", *common.span(1)))
            return True
        start, place = _next(text, at)
        # Two blanks may be the end of a paragraph.
        if start in self._amount_starts and place - at < 2:
            at = self._behind_number(text, at, pieces)
            start, place = _next(text, at)
        if pieces[-1].terminal != "TIMES" and (unit := self._unit_at(text, at, start, place)):
            pieces.append(unit)
        elif pieces[-1].terminal == "MULTIPLE":
            pieces.pop()
        return True

    def _amount(self, text: str, at: int) -> Piece | None:
        match = self._plain.match(text, at) or self._any_amount.match(text, at)
        return Piece("AMOUNT", at, match.end()) if match else None

    def _behind_number(self, text: str, at: int, pieces: list[Piece]) -> int:
        """What stands between a number and its unit; where the unit may begin."""
        while match := self._behind_amount.match(text, _skip(text, at)):
            pieces.append(_piece(match))
            at = match.end()
        if (post := self._post.match(text, at)) and self._unit_behind(text, post.end()):
            # `6 or more weeks`
            pieces.append(Piece("PLUS" if post.lastgroup == "POST_GE" else "FEWER", *post.span()))
            at = post.end()
        return at

    def _unit_behind(self, text: str, at: int) -> Piece | None:
        if common := _COMMON_UNIT.match(text, at):
            return Piece("UNIT", *common.span(1))
        return self._unit_at(text, at, *_next(text, at))

    def _unit_at(self, text: str, at: int, start: str, place: int) -> Piece | None:
        """A unit behind a number that ends at an offset, by what is next."""
        if not start:
            return None
        unknown = start[0] in _LETTERS and start not in self._unit_words
        if unknown and not _COMPOSED.search(text, place, place + _UNIT_REACH):
            return None
        hyphen = place == at and text.startswith("-", at)
        match = self._unit.match(text, place + hyphen)
        return Piece("UNIT", *match.span()) if match else None

    def _behind_unit(self, text: str, pieces: list[Piece]) -> int:
        """Where what follows a value begins; a unit that is printed twice is passed over."""
        terminal, _, at = pieces[-1]
        if terminal != "UNIT" or not (opened := _OPENED.match(text, at)):
            return at
        closed = self._unit.match(text, opened.end())
        return closed.end() + 1 if closed and text[closed.end() : closed.end() + 1] in (")", "]") else at

    def _linked(self, text: str, at: int, pieces: list[Piece]) -> bool:
        """A link with the value that it leads to; nothing when no value follows."""
        match = self._link.match(text, at)
        if not match and text[at] not in "<>≥≤":
            return False
        # `≥ 18 ≤ 65`: two comparators link without a word.
        link = _piece(match) if match else Piece("COMMA", at, at)
        found = [link]
        place = _skip(text, link.end)
        while (match := self._opening.match(text, place)) and match.lastgroup in _BEHIND_LINK:
            found.append(_piece(match))
            place = _skip(text, match.end())
        if link.terminal == "COMMA" and found[-1] is link:
            if pieces[-1].terminal == "UNIT":
                return False
            if match := self._link.match(text, place):
                # `0, 1, or 2`
                found[-1] = _piece(match)
                place = _skip(text, match.end())
        before = len(found)
        if not self._measure(text, place, found):
            return False
        if len(found) == before + 1 and refused(text, found[-1].start, found[-1].end):
            # `ratio > 1.0 or 24-hour urine`
            return False
        pieces += found
        return True

    def _tailed(self, text: str, at: int, pieces: list[Piece]) -> bool:
        """What follows a value."""
        match = self._tail.match(text, at)
        if not match:
            return False
        piece = _piece(match)
        if piece.terminal != "EVERY":
            pieces.append(piece)
            return True
        found = [piece]
        place = _skip(text, piece.end)
        while match := self._repeated.match(text, place):
            found.append(_piece(match))
            place = _skip(text, match.end())
        if len(found) == 1:
            self._period(text, place, found)
        if found[-1].terminal not in ("PERIOD_NOUN", "UNIT"):
            return False
        pieces += found
        return True

    def _period(self, text: str, at: int, found: list[Piece]) -> None:
        """`3 weeks`, `3-4 weeks` behind `every`."""
        for _ in range(2):
            amount = self._amount(text, at)
            if not amount:
                return
            found.append(amount)
            if unit := self._unit_behind(text, amount.end):
                found.append(unit)
                return
            link = self._link.match(text, _skip(text, amount.end))
            if not link or link.lastgroup not in ("TO", "OR"):
                return
            found.append(Piece("TO", *link.span()))
            at = _skip(text, link.end())


@cache
def scanner() -> Scanner:
    return Scanner()


def _piece(match: re.Match[str]) -> Piece:
    assert match.lastgroup, "each terminal is a named group"
    return Piece(match.lastgroup, *match.span())


def _next(text: str, at: int) -> tuple[str, int]:
    """The first word behind the blanks at an offset, in lower case, or the sign that is there, and where.

    Nothing where a clause or the text ends.
    """
    match = _NEXT.match(text, at)
    if not match:
        return "", at
    word = match[1]
    return word.lower() if word else match[2], match.end()


def _skip(text: str, at: int) -> int:
    while text.startswith(" ", at):
        at += 1
    return at
