"""Where quantities may be, and the tokens that grammars/quantity.lark reads.

for at least 90 days after surgery      FOR, COMPARATOR at least, AMOUNT 90, UNIT days, AFTER

A number, a number word or a word of frequency makes a candidate; what stands in front of it and belongs to it is looked
for backwards within a bound, what stands behind it forwards. Tokens carry what was read: a number is a `Number`, a unit
a `Unit`, a comparator a `Comparator`. So a text costs one scan for candidates, and a candidate costs what it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from parser.grammar import terminals
from parser.quantities.comparators import ABOUT, STARTS, Comparator, comparator_at, comparator_behind
from parser.quantities.conversion import convert
from parser.quantities.names import refused
from parser.quantities.numbers import NUMBER_WORDS, FoundNumber, Number, number_at, plain_number
from parser.quantities.unit_table import periods
from parser.quantities.units import FoundUnit, Unit, is_measure, read_unit, unit_at
from parser.quantities.words import WORDS

GRAMMAR = "quantity"

# How far in front of a number what leads up to it is looked for, and how many tokens one phrase may have: both are
# several times what anyone writes.
_REACH = 80
_MOST_WORDS = 10
_MOST_TOKENS = 48

_ARTICLES = ("the", "a", "an", "their")
# What stands in front of a number, word by word and sign by sign.
_WORD_OR_SIGN = re.compile(r"[^\W_]+|[^ ]")
# Blanks, and the word or the sign behind them; nothing where a clause or the text ends.
_NEXT = re.compile(r" *(?=-?([A-Za-z]+)|([^\s.;:)\]?!]))")
# What the first number of a phrase can begin with. In front of it stands no letter or digit of a name, no separator and
# no currency; `x5 days` is times.
_FIGURES = (
    r"[\d½¼¾⅓⅔⅛⅜⅝⅞xX×.-](?:(?<![\w./'^$€£-].)|(?<=[ (][xX×]\d)(?=\d{0,2} ?(?:day|week|wk|month|hour))|(?<=[:;] -\d)|(?<=[a-z]{4}/\d))"
    r"(?<!\d[:,].)(?:(?<=[\d½¼¾⅓⅔⅛⅜⅝⅞])|(?<=[.-])(?=\d)|(?<=[xX×])(?= ?10))"
)
_WORDS = re.compile("q|[a-z]+")
# The words, in lower case, that a phrase can begin with besides number words; what abbreviations begin with.
_FIRST_WORDS = NUMBER_WORDS | WORDS["first"]
# The words that what leads up to a number can begin with; all others are not tried.
_LEADING_WORDS = STARTS | WORDS["leading"]
_ENDING_WORDS = _LEADING_WORDS | frozenset({"time", "course", "duration", "current"})
_BEHIND_WORDS = WORDS["behind_values"]
_LINK_WORDS = WORDS["value_links"]
_TAIL_WORDS = WORDS["tails"]

_OPENING = ("EQ", "BETWEEN", "BIRTH", "WITHIN", "DURING", "FOR", "UNTIL", "LAST", "SCALE", "PLUS_MINUS")
_LINKS = ("PLUS_MINUS", "AND", "OR", "TO", "COMMA", "SLASH", "BY")
_BEHIND = ("OLD", "OF_AGE", "INCLUSIVE")
_FIRST = ("COUNT", "EVERY", "ABBREVIATION", "ADVERB", "SINCE_EVENT")
_TAIL = ("EVERY", "PERIOD", "ABBREVIATION", "AGO", "TOTAL", "BEFORE", "AFTER", "SINCE", "OF")

# The signs that a comparator and words of a window can begin with, and that what leads up to a number can hold.
_OPENING_SIGNS = frozenset("<>≥≤=~≈≃±+≮≯≰≱")
_OPENING_INSIDE = frozenset(",.:/-()[]'<>≥≤=")
_LINK_SIGNS = frozenset("±+,&-~/<>≥≤×*(")
_BEHIND_SIGNS = frozenset(",(-/&")
_TAIL_SIGNS = frozenset(",(/-0123456789")

_ABOUT = re.compile(
    r"~|≈|≃|(?:approximately|approx\.?|about|around|ca\.|circa|roughly|nearly|almost|estimated)(?![a-z])", re.I
)
_MULTIPLE = re.compile(
    r"[ -]?(?:×|(?:x|\*|times|folds?)(?![a-wyz0-9]))(?: (?:more than|above|over|higher than|greater than|that of))? ?|[ -]?[x×*](?=(?-i:[A-Z]))"
    r"|[ -]?fold (?:above |over |higher than |greater than )?",
    re.I,
)
_LIMIT_BEHIND = re.compile(r" (?:that of )?", re.I)
_TIMES = re.compile(
    r" ?(?:times|occasions|x|×)(?=[ -]*(?:(?:an?|per|each|every|in|over|/) ?|dai|week|month|year|annual|[dw](?:[^a-z]|$)))",
    re.I,
)
_OLDER = re.compile(
    r"\+(?=(?: ?|-)(?:years?|yrs?|months?|weeks?)(?![a-z]))|(?<=\d)\+(?= ?(?:\Z|[;,.)]|of age|y\b))", re.I
)
_AGED = re.compile(r"\b(?:age|ages|aged|adults?)\b[^.;]{0,20}\Z", re.I)
_OPENED = re.compile(r" ?[(\[] ?")
_IN_BRACKETS = re.compile(r" ?[(\[] ?([^()\[\]]{1,40}) ?[)\]]")
_LETTERS = re.compile(r" ([A-Z]{2,4} ?/? ?[Ll]|[a-z]{1,4}/[a-z]{1,4})(?=[;,.)]|\Z)")
_TEN = re.compile(r"10(?!0)")
_NO_UNIT = re.compile(r"\A[^\W_]\Z|[A-Za-z]-\d\Z")
# `18 ≤ age ≤ 65 years`: a sign, what is measured, and a sign of the same direction.
_SIDE = re.compile(r" ?([<>≤≥] ?=?) ?((?![<>≤≥=])[A-Za-z](?:[^<>≤≥=;.\d]|(?<=[A-Za-z])\d){0,60}?) ?(?=[<>≤≥] ?=?)")
_POWER_SIGNS = frozenset(")xX×*·")
_POWER_BEHIND = re.compile(r"\)? ?(?=[x×*·] ?10)", re.I)
# A comparator and its number with words between them.
_NOUN = re.compile(
    r"(?:an? |the )?(?P<sign>minimum|minimal|maximum|maximal) (?P<noun>(?:[a-z][a-z-]+ ){0,2}[a-z][a-z-]+) (?:of|is|was|:) ?\Z"
    r"|(?P<words>(?:no|not) (?:more|greater|less|fewer|higher) than) (?P<thing>[a-z][a-z-]{3,30}(?: [a-z][a-z-]{3,20})?) \Z",
    re.I,
)
_MAY_BE_NOUN = re.compile(r"m[ai][xn]im|\bno[t]? ", re.I)
_NO_NOUN = WORDS["no_noun"]
_BY_MORE = re.compile(r"(?: ?(?:[x×*]|by) ?\d[\d.,]*)+")
_BODY_SURFACE = re.compile(r"1[.,·]73 ?m")
_PLUS = re.compile(r"\+(?=\d)")
_WEEKS_AND_DAYS = re.compile(r"(\d{1,2}) ?\+ ?([0-6])(?![\d+.,/])")
_OF_PREGNANCY = re.compile(r"gestation|pregnan|\bGA\b|\d\+[0-6] ?(?:weeks|wks?)\b", re.I)
_MORE_OF_IT = re.compile(r"(?: and|,? \+)? (?=\d)|(?<=[a-z]) ?(?=\d{1,2} ?[a-z])")
# What a common unit is behind a plain number; half of all units are one of these.
_COMMON = re.compile(
    r"(?:-| *)((?:[Yy]ear|[Mm]onth|[Ww]eek|[Dd]ay|[Hh]our|[Mm]inute)s?|%)"
    r"(?=[);]|[.,](?:\s|\Z)|\Z| (?:of|or|old|prior|before|after|in|to|from|for|with)\b)"
)


class Token(NamedTuple):
    """A terminal of grammars/quantity.lark, the offsets of what it matched, and what was read there."""

    terminal: str
    start: int
    end: int
    value: Number | Unit | Comparator | None = None


class Lexer:
    """The compiled terminals; one is made on first use."""

    def __init__(self) -> None:
        self._patterns = terminals(GRAMMAR, "phrase")
        self._opening = self._any(*_OPENING)
        self._link = self._any(*_LINKS)
        self._behind = self._any(*_BEHIND)
        self._tail = self._any(*_TAIL)
        self._repeated = self._any("OTHER", "PERIOD_NOUN")
        self._count = self._any("COUNT", "ADVERB", "SINCE_EVENT")
        words = "|".join(
            [
                *(rf"(?:{word})" for word in sorted(NUMBER_WORDS, key=len, reverse=True)),
                r"an?(?= (?:half|dozen|hundred|thousand|million))",
            ]
        )
        first = "|".join(self._patterns[name] for name in _FIRST)
        self._candidates = re.compile(rf"{_FIGURES}|(?<![A-Za-z])(?:(?i:{words})|{first})")
        self._figures = re.compile(_FIGURES)

    def _any(self, *names: str) -> re.Pattern[str]:
        """One of some terminals; one that begins with a letter begins a word."""
        inner = "|".join(f"(?P<{name}>{self._patterns[name]})" for name in names)
        return re.compile(f"(?:(?<![A-Za-z])|(?![A-Za-z]))(?:{inner})")

    def candidates(self, text: str) -> Iterator[re.Match[str]]:
        """The places where a phrase may begin. Few texts have a word for that, and to search for one is slow."""
        figures_only = _FIRST_WORDS.isdisjoint(_WORDS.findall(text.lower()))
        return (self._figures if figures_only else self._candidates).finditer(text)

    # --- in front of a number ---

    def openings(self, text: str, floor: int, start: int) -> list[Token]:
        """The tokens in front of a number that lead up to it without a gap."""
        floor = max(floor, start - _REACH)
        last = text[floor:start].rsplit(None, 1)
        if not last or (last[-1].isalpha() and last[-1].lower() not in _ENDING_WORDS):
            return self._with_noun(text, floor, start)
        words = list(_WORD_OR_SIGN.finditer(text, floor, start))
        chain: list[Token] = []
        while words and (token := self._last_opening(text, floor, words)):
            chain.append(token)
            while words and words[-1].start() >= token.start:
                words.pop()
        chain.reverse()
        while chain and chain[0].terminal == "SCALE":
            # `grade 2` is a value of its own; only behind a comparator is the word part of one.
            del chain[0]
        return chain or self._with_noun(text, floor, start)

    def _last_opening(self, text: str, floor: int, words: list[re.Match[str]]) -> Token | None:
        """The longest token in front of a number that ends with the last of some words."""
        found = None
        end = words[-1].end()
        for word in reversed(words[-_MOST_WORDS:]):
            at, low = word.start(), word[0].lower()
            if (
                low in _LEADING_WORDS
                or low in _OPENING_SIGNS
                or (low.isalpha() and text.startswith("n't", word.end() - 1))
            ):
                token = self._opening_at(text, at)
                # `over the` in front of `the last 6 months`: the article may be part of either.
                if token and (token.end == end or text[end : token.end].strip() in _ARTICLES):
                    found = token._replace(end=end)
            elif low not in _OPENING_INSIDE and not low.isalpha():
                break
        return found

    def _opening_at(self, text: str, at: int) -> Token | None:
        found: list[Token] = []
        if comparator := comparator_at(text, at):
            found.append(Token("COMPARATOR", at, comparator.end, comparator.value))
        if match := _ABOUT.match(text, at):
            found.append(Token("COMPARATOR", at, match.end(), ABOUT))
        # `over` alone is more than; `over a period of` is a length.
        if (match := self._opening.match(text, at)) and match[0].lower() != "over":
            found.append(_token(match))
        return max(found, key=lambda token: token.end, default=None)

    def _with_noun(self, text: str, floor: int, start: int) -> list[Token]:
        """`a minimum interval of 21 days`, `no more than dexamethasone 4 mg`."""
        match = _NOUN.search(text, floor, start) if _MAY_BE_NOUN.search(text, floor, start) else None
        if not match:
            return []
        group = "noun" if match["noun"] else "thing"
        if not _NO_NOUN.isdisjoint(match[group].lower().split()):
            return []
        if match["noun"]:
            value, end = Comparator(1 if match["sign"][:3].lower() == "min" else -1, True), match.end("sign")
        else:
            found = comparator_at(text, match.start("words"))
            if not found:
                return []
            value, end = found.value, match.end("words")
        return [Token("COMPARATOR", match.start(), end, value), Token("NOUN", *match.span(group))]

    # --- from a number on ---

    def forwards(self, text: str, at: int) -> list[Token]:
        """The tokens from the place of a number, of a count or of `every` on."""
        tokens: list[Token] = []
        if not self._value(text, at, tokens):
            return tokens
        while len(tokens) < _MOST_TOKENS:
            at = self._behind_unit(text, tokens)
            start, place = _next(text, at)
            if power := self._power(text, at):
                tokens += power
                continue
            if not start:
                break
            if (start in _BEHIND_WORDS or start in _BEHIND_SIGNS) and (token := self._behind_at(text, place)):
                tokens.append(token)
            elif not (
                (start in "<>≤≥" and self._sided(text, at, tokens))
                or ((start in _LINK_WORDS or start in _LINK_SIGNS) and self._linked(text, place, tokens))
                or (_begins_tail(start) and self._tailed(text, place, tokens))
            ):
                break
        return tokens

    def _behind_at(self, text: str, place: int) -> Token | None:
        if post := comparator_behind(text, place):
            return Token("POST", post.start, post.end, post.value)
        match = self._behind.match(text, place)
        return _token(match) if match else None

    def _value(self, text: str, at: int, tokens: list[Token]) -> bool:
        """An amount with its unit, a count, or a word of frequency."""
        if self._measure(text, at, tokens):
            return True
        if match := self._count.match(text, at):
            tokens.append(_token(match))
            if match.lastgroup == "COUNT" and (space := _LIMIT_BEHIND.match(text, match.end())):
                # `twice the upper limit of normal`
                unit = unit_at(text, space.end(), times=True)
                if unit and unit.unit.dimension == "limit":
                    tokens.append(Token("UNIT", unit.start, unit.end, unit.unit))
            return True
        return self._tailed(text, at, tokens)

    def _measure(self, text: str, at: int, tokens: list[Token]) -> bool:
        """An amount with its unit."""
        if weeks := self._weeks_and_days(text, at):
            tokens += weeks
            return True
        found = number_at(text, at)
        if not found:
            return False
        tokens.append(Token("AMOUNT", at, found.end, found.number))
        end = found.end
        if (multiple := _MULTIPLE.match(text, end)) and (unit := unit_at(text, multiple.end(), times=True)):
            if unit.unit.dimension == "limit":
                tokens += [Token("MULTIPLE", *multiple.span()), _unit_token(unit)]
                return True
        if found.unit:
            tokens.append(_unit_token(found.unit))
            self._add_smaller(text, tokens)
            return True
        if post := comparator_behind(text, _skip(text, end)):
            if not self._after_post(text, post.end, found, tokens, Token("POST", post.start, post.end, post.value)):
                return True
            return True
        if (older := _OLDER.match(text, _skip(text, end))) and (older[0] and self._is_older(text, at, older)):
            tokens.append(Token("POST", *older.span(), Comparator(1, True)))
            end = older.end()
            if unit := unit_at(text, end):
                tokens.append(_unit_token(unit))
            return True
        if (times := _TIMES.match(text, end)) and not (found.number.has_power):
            tokens.append(Token("TIMES", *times.span()))
            return True
        tokens += _in_brackets(text, end, found.number) or _unknown_unit(text, end, found.number)
        return True

    def _after_post(self, text: str, end: int, found: FoundNumber, tokens: list[Token], post: Token) -> bool:
        """`6 or more weeks`, `38.0 or higher C`: what stands between a number and its unit."""
        number = text[found.start : found.end]
        # A letter may be a unit only right behind its number.
        shifted = unit_at(f"{number} {text[_skip(text, end) :]}", len(number))
        if not shifted:
            return False
        moved = _skip(text, end) - len(number) - 1
        tokens += [post, Token("UNIT", shifted.start + moved, shifted.end + moved, shifted.unit)]
        return True

    def _is_older(self, text: str, at: int, older: re.Match[str]) -> bool:
        """`18+ years`, and `Age 18+`; but not `2+ proteinuria`."""
        return unit_at(text, older.end()) is not None or _AGED.search(text, max(0, at - 40), at) is not None

    def _weeks_and_days(self, text: str, at: int) -> list[Token]:
        """`24+0 to 36+6 weeks` of a pregnancy."""
        match = _WEEKS_AND_DAYS.match(text, at)
        if not match:
            return []
        unit = unit_at(text, match.end())
        around = text[max(0, at - 60) : match.end() + 30]
        if not (unit and self._is_week(unit.unit)) and not _OF_PREGNANCY.search(around):
            return []
        number = Number("pregnancy", (("WEEKS", match[1]), ("DAYS", match[2])), len(match[0]))
        tokens = [Token("AMOUNT", at, match.end(), number)]
        return [*tokens, _unit_token(unit)] if unit else tokens

    def _is_week(self, unit: Unit) -> bool:
        return unit.ucum is not None and convert(Decimal(1), unit.ucum, periods()["day"]) == 7

    def _add_smaller(self, text: str, tokens: list[Token]) -> None:
        """`2 years and 6 months`, `5 feet 10 inches`: lengths that are one add up, in the smaller unit."""
        amount, unit = tokens[-2], tokens[-1]
        link = _MORE_OF_IT.match(text, unit.end)
        if not link or not isinstance(unit.value, Unit) or unit.value.dimension not in ("time", "length", "mass"):
            return
        found = number_at(text, link.end())
        if not found or not found.unit or not found.number.plain or not found.unit.unit.ucum or not unit.value.ucum:
            return
        if not isinstance(amount.value, Number) or not amount.value.plain.isdigit():
            return
        ratio = convert(Decimal(1), unit.value.ucum, found.unit.unit.ucum)
        if ratio is None or not found.number.plain.isdigit() or not 0 < int(found.number.plain) < round(ratio):
            return
        total = Decimal(amount.value.plain) * ratio + int(found.number.plain)
        tokens[-2:] = [
            Token(
                "AMOUNT",
                amount.start,
                found.end,
                plain_number(str(total.normalize().to_integral_value() if total == int(total) else total)),
            ),
            _unit_token(found.unit),
        ]

    def _power(self, text: str, at: int) -> list[Token]:
        """A power of ten apart from its numbers: `(2-5) x 10^6`, `200 or greater x 10^9/L`."""
        behind = _POWER_BEHIND.match(text, at) if text[at : at + 2].strip()[:1] in _POWER_SIGNS else None
        found = number_at(text, behind.end()) if behind else None
        if not found or found.number.rule != "power":
            return []
        token = Token("POWER", found.start, found.end, found.number)
        return [token, _unit_token(found.unit)] if found.unit else [token]

    def _behind_unit(self, text: str, tokens: list[Token]) -> int:
        """Where what follows a value begins; a unit that is printed twice is passed over."""
        terminal, _, at, _ = tokens[-1]
        if terminal != "UNIT" or not (opened := _OPENED.match(text, at)):
            return at
        inside = _IN_BRACKETS.match(text, at)
        return inside.end() if inside and not inside[1][0].isdigit() and read_unit(inside[1].strip()).ucum else at

    def _sided(self, text: str, at: int, tokens: list[Token]) -> bool:
        """`18 ≤ age ≤ 65 years`: the sign behind the first number, what is measured, and the second number."""
        match = _SIDE.match(text, at) if len(tokens) <= 2 else None
        if not match or not (first := comparator_at(text, _skip(text, at))):
            return False
        second = comparator_at(text, match.end())
        if not second or first.value.direction != second.value.direction:
            return False
        side = [Token("POST", first.start, match.end(1), first.value.turned()), Token("SIDE", *match.span(2))]
        side.append(Token("COMPARATOR", second.start, second.end, second.value))
        if not self._measure(text, _skip(text, second.end), side):
            return False
        tokens += side
        return True

    def _linked(self, text: str, at: int, tokens: list[Token]) -> bool:
        """A link with the value that it leads to; nothing when no value follows."""
        match = self._link.match(text, at)
        if not match and text[at] not in "<>≥≤":
            return False
        # `≥ 18 ≤ 65`: two comparators link without a word.
        link = _token(match) if match else Token("COMMA", at, at)
        found = [link]
        place = _skip(text, link.end)
        while token := self._comparator_or_between(text, place):
            found.append(token)
            place = _skip(text, token.end)
        if link.terminal == "COMMA" and found[-1] is link:
            if tokens[-1].terminal == "UNIT":
                return False
            if match := self._link.match(text, place):
                # `0, 1, or 2`
                found[-1] = _token(match)
                place = _skip(text, match.end())
        if not self._linked_value(text, place, tokens, found):
            return False
        tokens += found
        return True

    def _comparator_or_between(self, text: str, place: int) -> Token | None:
        token = self._opening_at(text, place) if place < len(text) else None
        return token if token and token.terminal in ("COMPARATOR", "EQ", "BETWEEN") else None

    def _linked_value(self, text: str, place: int, tokens: list[Token], found: list[Token]) -> bool:
        """The value that a link leads to, if it is one that the link can lead to."""
        before, link = len(found), found[0]
        if sign := _PLUS.match(text, place):
            # `-5 to +5`
            place = sign.end()
        if not self._measure(text, place, found):
            return False
        amount, unit = found[before], found[-1].value if found[-1].terminal == "UNIT" else None
        if len(found) == before + 1 and refused(text, amount.start, amount.end):
            # `ratio > 1.0 or 24-hour urine`
            return False
        if link.terminal == "SLASH" and _BODY_SURFACE.match(text, place):
            return False
        if link.terminal == "BY":
            # `2 x 3 x 1 cm`, but `2 x 100 mg` is twice.
            rest = _BY_MORE.match(text, found[-1].end)
            last = unit_at(text, rest.end()) if rest and unit is None else None
            unit = last.unit if last else unit
            return isinstance(unit, Unit) and unit.dimension == "length" and tokens[-1].terminal in ("AMOUNT", "UNIT")
        if link.terminal == "PLUS_MINUS":
            if isinstance(unit, Unit) and unit.dimension == "fraction":
                self._as_share(text, tokens, found)
            self._close(text, link, tokens, found)
        return True

    def _close(self, text: str, link: Token, tokens: list[Token], found: list[Token]) -> None:
        """`5 (± 1) days`: the bracket around a tolerance, and the unit behind it."""
        end = found[-1].end
        if "(" not in text[link.start : link.end] or not text.startswith(")", end):
            return
        found[-1] = found[-1]._replace(end=end + 1)
        if (
            tokens[-1].terminal != "UNIT"
            and found[-1].terminal != "UNIT"
            and (unit := unit_at(text, end + 1, power=True))
        ):
            found.append(_unit_token(unit))

    def _as_share(self, text: str, tokens: list[Token], found: list[Token]) -> None:
        """`1 x 10^6 ± 20% cells/kg`: a tolerance that is a share of the value."""
        own = tokens[-1].value if tokens[-1].terminal == "UNIT" else None
        if isinstance(own, Unit) and own.dimension == "fraction":
            return
        found[-1] = found[-1]._replace(terminal="PERCENT", value=None)
        if own is None and (unit := unit_at(text, found[-1].end, power=True)):
            found.append(_unit_token(unit))

    def _tailed(self, text: str, at: int, tokens: list[Token]) -> bool:
        """What follows a value."""
        match = self._tail.match(text, at)
        if not match:
            return False
        token = _token(match)
        if token.terminal != "EVERY":
            tokens.append(token)
            return True
        found = [token]
        place = _skip(text, token.end)
        while match := self._repeated.match(text, place):
            found.append(_token(match))
            place = _skip(text, match.end())
        if len(found) == 1:
            self._period(text, place, found)
        if found[-1].terminal not in ("PERIOD_NOUN", "UNIT"):
            return False
        tokens += found
        return True

    def _period(self, text: str, at: int, found: list[Token]) -> None:
        """`3 weeks`, `3-4 weeks` behind `every`."""
        for _ in range(2):
            number = number_at(text, at)
            if not number:
                return
            found.append(Token("AMOUNT", at, number.end, number.number))
            if number.unit:
                found.append(_unit_token(number.unit))
                return
            link = self._link.match(text, _skip(text, number.end))
            if not link or link.lastgroup not in ("TO", "OR"):
                return
            found.append(Token("TO", *link.span()))
            at = _skip(text, link.end())


def _begins_tail(start: str) -> bool:
    """Whether what follows a value can begin with a word or a sign; abbreviations in q hold their number."""
    return start in _TAIL_WORDS or start in _TAIL_SIGNS or start[0] == "q"


def _in_brackets(text: str, at: int, number: Number) -> list[Token]:
    """`1.5 (mg/dL)`, `≥ 9 [g/dL]`, `75 (x10^9/L)`: the unit of a number in brackets behind it, perhaps with its power."""
    match = _IN_BRACKETS.match(text, at)
    if not match or _NO_UNIT.search(match[1].strip()):
        return []
    if power := power_and_unit(match[1].strip()) if number.plain else None:
        return [Token("POWER", at, match.end(1), power[0]), Token("UNIT", at, match.end(), power[1])]
    unit = read_unit(match[1].strip()) if not match[1][0].isdigit() else None
    return [Token("UNIT", at, match.end(), unit)] if unit and is_measure(unit) else []


def _unknown_unit(text: str, at: int, number: Number) -> list[Token]:
    """`100 x 10^9 PG L`: letters behind a power of ten that are no unit of the table are one that is not known."""
    match = _LETTERS.match(text, at) if number.has_power else None
    return [Token("UNIT", *match.span(1), read_unit(match[1]))] if match and read_unit(match[1]).ucum is None else []


def power_and_unit(printed: str) -> tuple[Number, Unit] | None:
    """`10^9/L`, `x109/L`: a power of ten and the unit behind it, as they are printed apart from a number."""
    digits = printed.lstrip("x×* ")
    for form in (printed, f"x {digits}") if _TEN.match(digits) else ():
        found = number_at(form, 0)
        if found and found.number.rule == "power" and found.unit and found.unit.end == len(form):
            return found.number, found.unit.unit
    return None


def _unit_token(found: FoundUnit) -> Token:
    return Token("UNIT", found.start, found.end, found.unit)


@cache
def lexer() -> Lexer:
    return Lexer()


def _token(match: re.Match[str]) -> Token:
    assert match.lastgroup, "each terminal is a named group"
    return Token(match.lastgroup, *match.span())


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
