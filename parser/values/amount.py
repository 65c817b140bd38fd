"""Numbers: separators, fractions, words, and powers of ten in every spelling, flattened ones included.

100,000      1,5      2½      twenty-four      ten (10)      1.5 x 10^9      20*10⁹      10E6      1.5 x 109

grammars/amount.lark has what a number looks like, and parser/values/amount_pattern.py where one is in a text. What a
doubtful number is worth is decided in parser/values/power.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Leaf, Node, match_text
from parser.values import power
from parser.values.amount_pattern import NUMBER, ONES, ORDINALS
from parser.values.analytes import measure
from parser.values.power import Reading, Readings


class Amount(NamedTuple):
    """What a number is worth.

    `value` is in full; `coefficient` and `exponent` are as printed where a power of ten was, else None. `reason` says
    why it was not taken literally, and `alternatives` are then what it was chosen over, the literal value first. If
    nothing decided, `undecided` is true, the value is the literal one, and the alternatives are what else it may be.
    """

    value: Decimal
    coefficient: Decimal | None
    exponent: int | None
    reason: str | None
    alternatives: tuple[Decimal, ...]
    undecided: bool


# Numbers that can only be what they say, before a unit that is no count. Three decimals may be thousands, and three or
# four digits that begin with 10 may be a power.
_PLAIN = re.compile(r"(?!10(?:[3-9]|1\d)\Z)\d{1,12}(?:\.(?:\d{1,2}|\d{4,12}))?\Z")
_UNCOUNTED = frozenset({"none", "plain", "activity"})


def read_amount(printed: str, unit: str | None = None, subject: str | None = None) -> Amount:
    """What a number as printed is worth.

    `printed` is a match of one of the patterns, `unit` the unit behind it as written and `subject` the words in front:
    they decide whether `x 109` is a power and `14.000` in thousands. Raises `ValueError` for what is no number.
    """
    # Most numbers do without the words in front, which are hardly ever the same twice.
    return _plain_amount(printed, unit) or _amount(printed, unit, subject)


@lru_cache(maxsize=4096)
def _plain_amount(printed: str, unit: str | None) -> Amount | None:
    """A number that is what it says, whatever stands in front of it; None for any other."""
    if _PLAIN.match(printed) and measure(unit).kind in _UNCOUNTED:
        return Amount(Decimal(printed), None, None, None, (), False)
    return None


def _amount(printed: str, unit: str | None, subject: str | None) -> Amount:
    if printed.startswith("-"):
        amount = read_amount(printed[1:], unit, subject)
        return amount._replace(value=-amount.value, alternatives=tuple(-other for other in amount.alternatives))
    taken, alternatives, undecided = power.decide(_readings(printed, unit, subject or ""), unit, subject or "")
    return Amount(taken.value, taken.coefficient, taken.exponent, taken.reason, alternatives, undecided)


def read_range(first: str, last: str, unit: str | None = None, subject: str | None = None) -> tuple[Amount, Amount]:
    """Both ends of a range: `0.2` and `1 x 10^7` share the power, `15` and `20 million` the million.

    The arguments are those of `read_amount`, and so is what is raised.
    """
    upper = read_amount(last, unit, subject)
    if _NUMBER_ALONE.match(first) and not _NUMBER_ALONE.match(last):
        rule, parts = _parsed(last)
        number = parts[0][1].rstrip(" .·")
        if rule in _SHARED and power.as_printed(first) <= power.as_printed(number):
            return read_amount(first + last[len(number) :], unit, subject), upper
    lower = read_amount(first, unit, subject)
    if _HUNDREDS.match(first) and (thousands := _THOUSANDS.match(last)) and int(first) < int(thousands[1]):
        # `100-150,000`: the first may be in thousands, too.
        lower = lower._replace(alternatives=(lower.value * 1000,), undecided=True)
    return lower, upper


_NUMBER_ALONE = re.compile(rf"{NUMBER}\Z")
_HUNDREDS, _THOUSANDS = re.compile(r"\d{1,3}\Z"), re.compile(r"(\d{1,3})[,. ]000\Z")
_SHARED = frozenset({"scaled", "dotted", "product", "multiplied"})


@lru_cache(maxsize=1024)
def _parsed(printed: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The rule of grammars/amount.lark that a number is of, and its terminals with their texts."""
    try:
        tree = match_text("amount", "amount", printed, 0, len(printed))
    except GrammarMismatch as mismatch:
        raise ValueError(f"no number: {printed!r}") from mismatch
    (child,) = (child for child in tree.children if isinstance(child, Node))
    return child.rule, tuple((leaf.terminal, printed[leaf.start : leaf.end]) for leaf in _leaves(child))


def _leaves(node: Node[Leaf]) -> Iterator[Leaf]:
    for child in node.children:
        if isinstance(child, Node):
            yield from _leaves(child)
        else:
            yield child


def _readings(printed: str, unit: str | None, subject: str) -> Readings:
    if _NUMBER_ALONE.match(printed):
        return power.alone(printed, unit, subject)
    rule, parts = _parsed(printed)
    text, last = parts[0][1], parts[-1]
    if rule == "power":
        return _power(last, unit, subject)
    if rule == "scaled":
        return _scaled(text, last, unit, subject)
    if rule in ("dotted", "spaced"):
        return _joined(text, last)
    if rule in ("product", "multiplied"):
        return _multiplied(text, [factor for _, factor in parts[1:]])
    if rule == "restated":
        return _restated(parts)
    if rule == "words":
        return Readings([Reading(_in_words(parts))])
    if rule == "fraction":
        return Readings([Reading(_fraction(text))])
    coefficient, _, exponent = text.lower().replace(",", ".").partition("e")
    return Readings([power.power(Decimal(coefficient.rstrip(" x×")), int(exponent))])


# --- powers ---

_DIGITS_OF = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_BEHIND_TEN = re.compile(r"([+-]? ?\d+)\D*\Z")


def _exponent(mark: str) -> int:
    """The exponent of a power that is marked as one, in whatever spelling."""
    digits = mark[2:].translate(_DIGITS_OF).lower().replace("the-", "the ")
    if match := _BEHIND_TEN.search(digits):
        return int(match[1].replace(" ", ""))
    return 3 + next(index for index, ordinal in enumerate(ORDINALS.split("|")) if ordinal in digits)


def _power(last: tuple[str, str], unit: str | None, subject: str) -> Readings:
    terminal, mark = last
    if terminal in ("FLAT", "NEGATIVE"):
        return power.flattened([Decimal(1)], mark, unit, subject)
    if terminal in ("GAPPED", "TEN_AND_BLANK"):
        return power.gapped(Decimal(1), mark)
    if terminal == "LETTER":
        return power.ten_as_base(_exponent(mark))
    return Readings([power.power(Decimal(1), _exponent(mark))])


def _scaled(number: str, last: tuple[str, str], unit: str | None, subject: str) -> Readings:
    terminal, mark = last
    coefficients = power.coefficients(number)
    if terminal == "FLAT":
        return power.flattened(coefficients, mark, unit, subject)
    if terminal == "GAPPED":
        return power.gapped(coefficients[0], mark)
    if terminal == "LOST":
        return power.lost(coefficients[0], unit, subject)
    return power.scaled(coefficients, _exponent(mark))


def _joined(number: str, last: tuple[str, str]) -> Readings:
    """A power with a dot or a blank in front of it; a dot in the middle of the line is a sign of multiplication."""
    terminal, mark = last
    sign, number = number.strip()[-1], number.rstrip(" .·")
    coefficients = power.coefficients(number)
    if terminal == "FLAT":
        return power.dotted_flat(coefficients[0], number, mark)
    if sign == "·":
        return power.scaled(coefficients, _exponent(mark))
    if sign == ".":
        return power.dotted(coefficients[0], number, mark[:2], _exponent(mark))
    return power.spaced(coefficients[0], _exponent(mark))


# --- words ---

_FACTORS = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mio": 10**6,
    "mln": 10**6,
    "lakh": 10**5,
    "lac": 10**5,
    "crore": 10**7,
    "k": 10**3,
}
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = {
    **{word: number for number, word in enumerate(f"{ONES[3:-1]}|{_TEENS}".split("|"))},
    **{word: 20 + 10 * index for index, word in enumerate(_TENS.split("|"))},
    "fourty": 40,
}
NUMBER_WORDS = frozenset({*_SMALL, "hundred", "thousand", "million", "billion", "dozen", "half"})
"""Every number that is written in words holds one of these, in lower case."""

_PARTS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "eig": 8, "ten": 10}


def _multiplied(number: str, factors: list[str]) -> Readings:
    values = power.coefficients(number)
    product = Decimal(1)
    for factor in factors:
        word = factor.strip(" .").lower()
        product *= _FACTORS.get(word) or _FACTORS.get(word.removesuffix("s")) or Decimal(re.sub(r"\D", "", word))
    reasons = [None, power.EUROPEAN]
    return Readings([Reading(value * product, reason=reason) for value, reason in zip(values, reasons, strict=False)])


def _in_words(parts: tuple[tuple[str, str], ...]) -> Decimal:
    """`two hundred and fifty thousand`, `one and a half`, `two-thirds`, `half a dozen`."""
    total = part = Decimal(0)
    for terminal, text in parts:
        word = text.strip(" -").lower().removeprefix("a ")
        if terminal == "HUNDRED":
            part = (part or Decimal(1)) * 100
        elif terminal == "SCALE":
            total, part = (part or Decimal(1)) * _FACTORS[word], Decimal(0)
        elif terminal == "DOZEN":
            part = (part or Decimal(1)) * 12
        elif terminal == "HALF":
            part = Decimal("0.5")
        elif terminal == "AND_A_HALF":
            part += Decimal("0.5")
        elif terminal == "PART":
            part /= _PARTS[word[:3]]
        else:
            part += _SMALL[word]
    return total + part


def _fraction(text: str) -> Decimal:
    """`2½`, `1 1/2`, `2/3`."""
    whole, _, vulgar = text.rpartition(" ") if "/" in text else (text[:-1], "", text[-1])
    above, below = re.split("[/⁄]", unicodedata.normalize("NFKC", vulgar))
    return Decimal(whole.strip() or 0) + Decimal(above) / Decimal(below)


def _restated(parts: tuple[tuple[str, str], ...]) -> Readings:
    """`ten (10)`; where the two differ, nothing tells which is meant."""
    index = next(index for index, (terminal, _) in enumerate(parts) if terminal == "NUMBER")
    figures = power.as_printed(parts[index][1])
    words = _in_words(parts[:index] or parts[index + 1 :])
    first, second = (words, figures) if index else (figures, words)
    if first == second:
        return Readings([Reading(first)])
    return Readings([Reading(first), Reading(second, reason=power.RESTATED)], "neither")
