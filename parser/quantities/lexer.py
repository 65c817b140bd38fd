"""Where quantities may be, and the tokens that grammars/quantity.lark reads.

for at least 90 days after surgery      FOR, COMPARATOR at least, AMOUNT 90, UNIT days, AFTER

A number, a number word or a word of frequency makes a candidate; what is in front of it and belongs to it is looked
for backwards within a bound, what is after it forwards. Tokens carry what was read: a number is a `Number`, a unit
a `Unit`, a comparator a `Comparator`. So a text costs one scan for candidates, and a candidate costs what it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec.structs import replace

from parser.grammar import terminals
from parser.quantities.comparators import comparator_at, comparator_behind
from parser.quantities.measures import ASIDES, behind_value, measure_at, skip
from parser.quantities.names import refused
from parser.quantities.numbers import NUMBER_WORDS, number_at
from parser.quantities.openings import Openings, any_of, next_word, token_of
from parser.quantities.tokens import QuantityToken
from parser.quantities.units import unit_at
from parser.quantities.view import PlainText
from parser.quantities.words import WORDS

GRAMMAR = "quantity"

# Several times what anyone writes.
_MOST_TOKENS = 48

# What the first number of a phrase can begin with. In front of it is no letter or digit of a name, no separator and
# no currency; `x5 days` is times.
_FIGURES = re.compile(
    r"[0-9½¼¾⅓⅔⅛⅜⅝⅞xX×.-](?:(?<![a-zA-Z0-9_./'^$€£\w-].)|(?<=[ (][xX×][0-9])(?=[0-9]{0,2} ?(?:day|week|wk|month|hour))"
    r"|(?<=[:;] -[0-9])|(?<=[a-z]{4}/[0-9]))"
    r"(?<![0-9][:,].)(?:(?<=[0-9½¼¾⅓⅔⅛⅜⅝⅞])[0-9]*|(?<=[.-])(?=[0-9])|(?<=[xX×])(?= ?10))"
)
# Letters, of bytes: a table of bytes is looked up many times faster than a pattern.
_LETTERS = bytes(code if code in range(ord("a"), ord("z") + 1) else ord(" ") for code in range(256))
# The words, in lower case, that a phrase can begin with besides number words; what abbreviations begin with.
_FIRST_WORDS = NUMBER_WORDS | WORDS["first"] | WORDS["in_q"]
_BEHIND_WORDS = WORDS["behind_values"]
_LINK_WORDS = WORDS["value_links"]
_TAIL_WORDS = WORDS["tails"] | WORDS["in_q"]

_LINKS = ("PLUS_MINUS", "TO", "AND", "OR", "COMMA", "SLASH", "BY")
_BEHIND = ("OLD", "OF_AGE", "EXCLUDED", "INCLUSIVE")
_INCLUSION = frozenset({"EXCLUDED", "INCLUSIVE"})
_FIRST = ("COUNT", "EVERY", "ABBREVIATION", "ADVERB", "SINCE_EVENT")
_TAIL = ("EVERY", "PERIOD", "ABBREVIATION", "AGO", "TOTAL", "BEFORE", "AFTER", "SINCE", "OF")

_LINK_SIGNS = frozenset("±+,&-~/<>≥≤×*(")
_BEHIND_SIGNS = frozenset(",(-/&")
_TAIL_SIGNS = frozenset(",(/-0123456789")
_POWER_SIGNS = frozenset("(x×*·")
# What a value can go on with, a word or a sign; in front of all others it ends.
_FOLLOWING = _BEHIND_WORDS.union(_LINK_WORDS, _TAIL_WORDS, _BEHIND_SIGNS, _LINK_SIGNS, _TAIL_SIGNS, _POWER_SIGNS)

_LIMIT_BEHIND = re.compile(r" (?:that of )?")
# `TDS`, `O.D`: all other words of frequency are longer.
_LONGEST_LATIN = 3
# `18 ≤ age ≤ 65 years`: a sign, what is measured, and a sign of the same direction.
_SIDE = re.compile(r" ?([<>≤≥] ?=?) ?((?![<>≤≥=])[A-Za-z](?:[^<>≤≥=;.\d]|(?<=[A-Za-z])\d){0,60}?) ?(?=[<>≤≥] ?=?)")
_CLOSING = (")", " )")
_POWER_BEHIND = re.compile(r" ?[()]? ?(?=[x×*·] ?10)", re.I)
# A body has three dimensions; no more are looked for, because each begins the same search again.
_BY_MORE = re.compile(r"(?: ?(?:[x×*]|by) ?\d[\d.,]*){1,4}")
_BODY_SURFACE = re.compile(r"1[.,·]73 ?m")
_DAY_BEFORE = re.compile(r" -\d")
_PLUS = re.compile(r"\+(?=\d)")


class Lexer:
    """The compiled terminals; one is made on first use."""

    def __init__(self) -> None:
        self._patterns = terminals(GRAMMAR, "phrase")
        self.openings = Openings(self._patterns)
        self._link = any_of(self._patterns, *_LINKS)
        self._behind = any_of(self._patterns, *_BEHIND)
        self._tail = any_of(self._patterns, *_TAIL)
        self._repeated = any_of(self._patterns, "OTHER", "PERIOD_NOUN")
        self._count = any_of(self._patterns, "COUNT", "ADVERB", "SINCE_EVENT")
        words = "|".join(
            [
                *(rf"(?:{word})" for word in sorted(NUMBER_WORDS, key=len, reverse=True)),
                r"an?(?= (?:half|dozen|hundred|thousand|million))",
            ]
        )
        first = "|".join(self._patterns[name] for name in _FIRST)
        self._first_words = re.compile(f"{words}|{first}")

    def candidates(self, view: PlainText, words: Iterable[str]) -> list[int]:
        """The places where a phrase may begin; `words` are those of the text.

        Few texts have a word for that, and to search for all of them is slow.
        """
        figures = [match.start() for match in _FIGURES.finditer(view.text)]
        present = _FIRST_WORDS.intersection(words)
        if not present:
            return figures
        beginnings = {match.start() for word in present for match in _beginnings(word).finditer(view.low)}
        return sorted([*figures, *[at for at in beginnings if self._first_words.match(view.low, at)]])

    # --- from a number on ---

    def forwards(self, view: PlainText, at: int) -> list[QuantityToken]:
        """The tokens from the place of a number, of a count or of `every` on."""
        text, low = view.text, view.low
        tokens: list[QuantityToken] = []
        if not self._value(view, at, tokens):
            return tokens
        while len(tokens) < _MOST_TOKENS:
            at = tokens[-1].end
            if text.startswith(ASIDES, at):
                at = behind_value(text, tokens[-1])
            start, place = next_word(low, at)
            if start not in _FOLLOWING and not text.startswith(_CLOSING, at):
                break
            if (start in _POWER_SIGNS or not start) and (power := self._power(text, at)):
                tokens += power
                continue
            if not start:
                break
            if (start in _BEHIND_WORDS or start in _BEHIND_SIGNS) and (token := self._behind_at(view, place)):
                tokens.append(token)
                if (
                    tokens[-2].terminal == "AMOUNT"
                    and token.terminal in _INCLUSION
                    and (unit := unit_at(text, token.end))
                ):
                    # `18 (inclusive) to 75 (inclusive) years`
                    tokens.append(unit)
            elif not (
                (start in "<>≤≥" and self._sided(view, at, tokens))
                or ((start in _LINK_WORDS or start in _LINK_SIGNS) and self._linked(view, place, tokens))
                or ((start in _TAIL_WORDS or start in _TAIL_SIGNS) and self._tailed(view, place, tokens))
            ):
                break
        return tokens

    def _behind_at(self, view: PlainText, place: int) -> QuantityToken | None:
        if post := comparator_behind(view.text, place):
            return post
        match = self._behind.match(view.low, place)
        return token_of(match) if match else None

    def _value(self, view: PlainText, at: int, tokens: list[QuantityToken]) -> bool:
        """An amount with its unit, a count, or a word of frequency."""
        text = view.text
        if measure_at(text, at, tokens):
            return True
        match = self._count.match(view.low, at)
        if match and (match.end() - at > _LONGEST_LATIN or text[at : match.end()].isupper()):
            tokens.append(token_of(match))
            if match.lastgroup == "COUNT" and (space := _LIMIT_BEHIND.match(view.low, match.end())):
                # `twice the upper limit of normal`
                unit = unit_at(text, space.end(), times=True)
                if unit and unit.unit and unit.unit.dimension == "limit":
                    tokens.append(unit)
            return True
        return self._tailed(view, at, tokens)

    def _power(self, text: str, at: int) -> list[QuantityToken]:
        """A power of ten apart from its numbers: `(2-5) x 10^6`, `200 or greater x 10^9/L`."""
        behind = _POWER_BEHIND.match(text, at)
        found = number_at(text, behind.end()) if behind else None
        if not behind or not found or found.number.rule != "power":
            return []
        token = QuantityToken("POWER", found.start, found.end, found.number)
        # `10 to 20 (x10^6) cells/kg`
        behind_bracket = found.end + 1 if "(" in behind[0] and text.startswith(")", found.end) else 0
        unit = unit_at(text, behind_bracket, power=True) if behind_bracket else found.unit
        return [token, unit] if unit else [token]

    def _sided(self, view: PlainText, at: int, tokens: list[QuantityToken]) -> bool:
        """`18 ≤ age ≤ 65 years`: the sign after the first number, what is measured, and the second number."""
        text, low = view.text, view.low
        match = _SIDE.match(text, at) if len(tokens) <= 3 else None
        if not match or not (first := comparator_at(low, skip(text, at))):
            return False
        second = comparator_at(low, match.end())
        one, other = first.comparator, second.comparator if second else None
        if not second or not one or not other or one.direction != other.direction:
            return False
        post = QuantityToken("POST", first.start, match.end(1), comparator=one.turned())
        side = [post, QuantityToken("SIDE", *match.span(2)), second]
        if not measure_at(text, skip(text, second.end), side):
            return False
        tokens += side
        return True

    def _linked(self, view: PlainText, at: int, tokens: list[QuantityToken]) -> bool:
        """A link with the value that it leads to; nothing when no value follows."""
        low = view.low
        match = self._link.match(low, at)
        if not match and low[at] not in "<>≥≤":
            return False
        # `≥ 18 ≤ 65`: two comparators link without a word.
        link = token_of(match) if match else QuantityToken("COMMA", at, at)
        found = [link]
        place = skip(low, link.end)
        while token := self._comparator_or_between(low, place):
            found.append(token)
            place = skip(low, token.end)
        if link.terminal == "COMMA" and found[-1] is link:
            if tokens[-1].terminal == "UNIT":
                return False
            if match := self._link.match(low, place):
                # `0, 1, or 2`
                found[-1] = token_of(match)
                place = skip(low, match.end())
        if not self._linked_value(view, place, tokens, found):
            return False
        tokens += found
        return True

    def _comparator_or_between(self, low: str, place: int) -> QuantityToken | None:
        word, _ = next_word(low, place)
        token = self.openings.token_at(low, place, word) if word else None
        return token if token and token.terminal in ("COMPARATOR", "EQ", "BETWEEN") else None

    def _linked_value(
        self, view: PlainText, place: int, tokens: list[QuantityToken], found: list[QuantityToken]
    ) -> bool:
        """The value that a link leads to, if it is one that the link can lead to."""
        text, before, link = view.text, len(found), found[0]
        if sign := _PLUS.match(text, place):
            # `-5 to +5`
            place = sign.end()
        if not measure_at(text, place, found):
            # `once or twice daily`
            count = self._count.match(view.low, place) if tokens[-1].terminal == "COUNT" else None
            if not count or count.lastgroup != "COUNT":
                return False
            found[:] = [replace(link, terminal="OR"), token_of(count)]
            return True
        amount, unit = found[before], found[-1].unit
        if link.terminal != "BY" and len(found) == before + 1 and refused(view, amount.start, amount.end):
            # `ratio > 1.0 or 24-hour urine`
            return False
        if found[-1] is amount and tokens[-1].terminal == "UNIT" and _DAY_BEFORE.match(text, link.start - 1):
            # `3.2 mg/kg -7 to -5`: days before a transplant
            return False
        if link.terminal == "SLASH" and _BODY_SURFACE.match(text, place):
            return False
        if link.terminal == "BY":
            # `2 x 3 x 1 cm`, but `2 x 100 mg` is twice.
            rest = _BY_MORE.match(text, found[-1].end)
            last = unit_at(text, rest.end()) if rest and unit is None else None
            unit = last.unit if last else unit
            return unit is not None and unit.dimension == "length" and tokens[-1].terminal in ("AMOUNT", "UNIT")
        if link.terminal == "PLUS_MINUS":
            if unit and unit.dimension == "fraction":
                self._as_share(text, tokens, found)
            self._close(text, link, tokens, found)
        return True

    def _close(self, text: str, link: QuantityToken, tokens: list[QuantityToken], found: list[QuantityToken]) -> None:
        """`5 (± 1) days`: the bracket around a tolerance, and the unit after it."""
        end = found[-1].end
        if "(" not in text[link.start : link.end] or not text.startswith(")", end):
            return
        found[-1] = replace(found[-1], end=end + 1)
        if (
            tokens[-1].terminal != "UNIT"
            and found[-1].terminal != "UNIT"
            and (unit := unit_at(text, end + 1, power=True))
        ):
            found.append(unit)

    def _as_share(self, text: str, tokens: list[QuantityToken], found: list[QuantityToken]) -> None:
        """`1 x 10^6 ± 20% cells/kg`: a tolerance that is a share of the value."""
        own = tokens[-1].unit
        if own and own.dimension == "fraction":
            return
        found[-1] = replace(found[-1], terminal="PERCENT", unit=None)
        if own is None and (unit := unit_at(text, found[-1].end, power=True)):
            found.append(unit)

    def _tailed(self, view: PlainText, at: int, tokens: list[QuantityToken]) -> bool:
        """What follows a value."""
        text, low = view.text, view.low
        match = self._tail.match(low, at)
        if not match:
            return False
        token = token_of(match)
        if token.terminal != "EVERY":
            tokens.append(token)
            return True
        found = [token]
        place = skip(text, token.end)
        while match := self._repeated.match(low, place):
            found.append(token_of(match))
            place = skip(text, match.end())
        if len(found) == 1:
            self._period(view, place, found)
        if found[-1].terminal not in ("PERIOD_NOUN", "UNIT"):
            return False
        tokens += found
        return True

    def _period(self, view: PlainText, at: int, found: list[QuantityToken]) -> None:
        """`3 weeks`, `3-4 weeks` after `every`."""
        text = view.text
        for _ in range(2):
            number = number_at(text, at)
            if not number:
                return
            found.append(QuantityToken("AMOUNT", at, number.end, number.number))
            if number.unit:
                found.append(number.unit)
                return
            link = self._link.match(view.low, skip(text, number.end))
            if not link or link.lastgroup not in ("TO", "OR"):
                return
            found.append(QuantityToken("TO", *link.span()))
            at = skip(text, link.end())


def words_of(low: str) -> list[str]:
    """The words of a text in lower case, without what is no letter of ASCII: `q6h` is q and h."""
    return low.encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()


@cache
def _beginnings(word: str) -> re.Pattern[str]:
    """A word that a phrase can begin with, and an article in front of it."""
    return re.compile(rf"a(?<![a-z].)n? (?={word})|{word[0]}(?<![a-z].){word[1:]}")


@cache
def lexer() -> Lexer:
    return Lexer()
