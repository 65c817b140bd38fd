"""What a number is worth: separators, fractions, words, and powers of ten in every spelling.

1.5 x 10^9      1.5 x 109      two-thirds      ten (10)      24+6 (weeks and days of a pregnancy)

What a doubtful number is worth is decided in parser/quantities/powers.py.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from msgspec.structs import replace

from parser.quantities import powers
from parser.quantities.powers import Amount, NumberReading, Readings
from parser.quantities.tokens import Number
from parser.quantities.unit_parts import Unit

# Numbers that can only be what they say, before a unit that is not a count. Three decimals may be thousands, and three
# or four digits that begin with 10 may be a power.
_LITERAL = re.compile(r"(?!10(?:[3-9]|1\d)\Z)\d{1,12}(?:\.(?:\d{1,2}|\d{4,12}))?\Z")


def value_of(number: Number, unit: Unit | None = None, subject: str = "") -> Amount:
    """What a number is worth.

    `unit` is the unit after it and `subject` the words in front: they decide whether `x 109` is a power and `14.000`
    in thousands.
    """
    plain = number.plain
    uncounted = unit is None or unit.counted != "counted"
    if plain and uncounted and ((len(plain) < 3 and plain.isdecimal()) or _LITERAL.match(plain)):
        return Amount(Decimal(plain))
    if number.negative:
        parts = number.parts[1:]
        amount = value_of(replace(number, parts=parts, plain=parts[0][1] if plain else ""), unit, subject)
        return replace(amount, value=-amount.value, alternatives=tuple(-other for other in amount.alternatives))
    return powers.decide(_readings(number, unit, subject), unit, subject)


_SHARED = frozenset({"scaled", "dotted", "product", "multiplied"})
_HUNDREDS, _THOUSANDS = re.compile(r"\d{1,3}\Z"), re.compile(r"(\d{1,3})[,. ]000\Z")


def share_power(first: Number, last: Number, *, tolerance: bool = False) -> Number:
    """A number in front of one with a power, `0.2` of `0.2 to 1 x 10^7`, with that power; itself where it has its own.

    The power after the second number is not the first one's where that would be the larger, but for a tolerance.
    """
    if not first.plain or last.rule not in _SHARED:
        return first
    if not tolerance and powers.as_printed(first.plain) > powers.as_printed(last.parts[0][1].rstrip(" .·")):
        return first
    return times_power(first, last)


def times_power(first: Number, power: Number) -> Number:
    """A plain number with the power that is printed apart from it: `(2-5) x 10^6`, `200 or greater x 10^9/L`."""
    parts = power.parts[1:] if power.rule in _SHARED else power.parts
    if power.rule == "product" or power.rule == "multiplied":
        return Number(power.rule, (("NUMBER", first.plain), *parts), first.length)
    return Number("scaled", (("NUMBER", first.plain), parts[-1]), first.length)


def may_be_thousands(first: Number, last: Number) -> bool:
    """`100-150,000`: the first may be in thousands, too."""
    thousands = _THOUSANDS.match(last.plain)
    return bool(thousands and _HUNDREDS.match(first.plain) and int(first.plain) < int(thousands[1]))


def _readings(number: Number, unit: Unit | None, subject: str) -> Readings:
    rule, parts = number.rule, number.parts
    text, last = parts[0][1], parts[-1]
    if rule == "coefficient":
        return powers.alone(text, unit, subject)
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
    if rule == "pregnancy":
        return Readings([NumberReading(Decimal(text) + Decimal(last[1]) / 7)])
    if rule == "words":
        return Readings([NumberReading(_in_words(parts))])
    if rule == "fraction":
        return Readings([NumberReading(_fraction(text))])
    coefficient, _, exponent = text.lower().replace(",", ".").partition("e")
    return Readings([powers.power(Decimal(coefficient.rstrip(" x×")), int(exponent))])


# --- powers ---

_DIGITS_OF = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_BEHIND_TEN = re.compile(r"([+-]? ?\d+)\D*\Z")
_ORDINALS = (
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
)


def _exponent(mark: str) -> int:
    """The exponent of a power that is marked as one, in whatever spelling."""
    digits = mark[2:].translate(_DIGITS_OF).lower().replace("the-", "the ")
    if match := _BEHIND_TEN.search(digits):
        return int(match[1].replace(" ", ""))
    return 3 + next(index for index, ordinal in enumerate(_ORDINALS) if ordinal in digits)


def _power(last: tuple[str, str], unit: Unit | None, subject: str) -> Readings:
    terminal, mark = last
    if terminal in ("FLAT", "NEGATIVE"):
        return powers.flattened([Decimal(1)], mark, unit, subject)
    if terminal in ("GAPPED", "TEN_AND_BLANK"):
        return powers.gapped(Decimal(1), mark)
    if terminal == "LETTER":
        return powers.ten_as_base(_exponent(mark))
    return Readings([powers.power(Decimal(1), _exponent(mark))])


def _scaled(number: str, last: tuple[str, str], unit: Unit | None, subject: str) -> Readings:
    terminal, mark = last
    coefficients = powers.coefficients(number)
    if terminal == "FLAT":
        return powers.flattened(coefficients, mark, unit, subject)
    if terminal == "GAPPED":
        return powers.gapped(coefficients[0], mark)
    if terminal == "LOST":
        return powers.lost(coefficients[0], unit, subject)
    return powers.scaled(coefficients, _exponent(mark))


def _joined(number: str, last: tuple[str, str]) -> Readings:
    """A power with a dot or a blank in front of it; a dot in the middle of the line is a sign of multiplication."""
    terminal, mark = last
    sign, number = number.strip()[-1], number.rstrip(" .·")
    coefficients = powers.coefficients(number)
    if terminal == "FLAT":
        return powers.dotted_flat(coefficients[0], number, mark)
    if sign == "·":
        return powers.scaled(coefficients, _exponent(mark))
    if sign == ".":
        return powers.dotted(coefficients[0], number, mark[:2], _exponent(mark))
    return powers.spaced(coefficients[0], _exponent(mark))


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
_ONES = "zero|one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = {
    **{word: number for number, word in enumerate(f"{_ONES}|{_TEENS}".split("|"))},
    **{word: 20 + 10 * index for index, word in enumerate(_TENS.split("|"))},
    "fourty": 40,
}
_PARTS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "eig": 8, "ten": 10}


def _multiplied(number: str, factors: list[str]) -> Readings:
    values = powers.coefficients(number)
    product = Decimal(1)
    for factor in factors:
        word = factor.strip(" .").lower()
        product *= _FACTORS.get(word) or _FACTORS.get(word.removesuffix("s")) or Decimal(re.sub(r"\D", "", word))
    reasons = [None, powers.EUROPEAN]
    return Readings(
        [NumberReading(value * product, reason=reason) for value, reason in zip(values, reasons, strict=False)]
    )


def _in_words(parts: tuple[tuple[str, str], ...]) -> Decimal:
    """`two hundred and fifty thousand`, `one and a half`, `two-thirds`, `half a dozen`."""
    total = part = Decimal(0)
    for terminal, text in parts:
        word = text.strip(" -").lower().removeprefix("a ")
        if terminal == "HUNDRED":
            part = (part or Decimal(1)) * 100
        elif terminal == "SCALE":
            # `two hundred thousand` after a million is added to it.
            scale = _FACTORS[word]
            total, part = (total if scale < total else Decimal(0)) + (part or Decimal(1)) * scale, Decimal(0)
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
    """`ten (10)`; where the two differ, nothing shows which is meant."""
    index = next(index for index, (terminal, _) in enumerate(parts) if terminal == "NUMBER")
    figures = powers.as_printed(parts[index][1])
    words = _in_words(parts[:index] or parts[index + 1 :])
    first, second = (words, figures) if index else (figures, words)
    if first == second:
        return Readings([NumberReading(first)])
    return Readings([NumberReading(first), NumberReading(second, reason=powers.RESTATED)], "neither")
