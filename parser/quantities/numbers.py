"""Numbers: where one ends, and what it is worth: separators, fractions, words, and powers of ten in every spelling.

100,000      1,5      2½      twenty-four      ten (10)      1.5 x 10^9      20*10⁹      10E6      1.5 x 109

grammars/amount.lark has what a number looks like; the number at a place is the longest that the grammar accepts there,
if what stands around it leaves it one. What a doubtful number is worth is decided in parser/quantities/powers.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Leaf, Node, match_text
from parser.quantities import powers
from parser.quantities.plausible import blood_count, measure
from parser.quantities.powers import Reading, Readings
from parser.quantities.units import FoundUnit, Unit, unit_at
from parser.quantities.words import WORDS


class Amount(NamedTuple):
    """What a number is worth.

    `value` is in full; `coefficient` and `exponent` are as printed where a power of ten was, else None. `reason` says
    why it was not taken literally, and `alternatives` are then what it was chosen over, the literal value first. If
    nothing decided, `undecided` is true, the value is the literal one, and the alternatives are what else it may be.
    """

    value: Decimal
    coefficient: Decimal | None = None
    exponent: int | None = None
    reason: str | None = None
    alternatives: tuple[Decimal, ...] = ()
    undecided: bool = False


class Number(NamedTuple):
    """A number as printed: the rule of the grammar that it is of, its terminals with their texts, and its length."""

    rule: str
    parts: tuple[tuple[str, str], ...]
    length: int

    @property
    def negative(self) -> bool:
        return self.parts[0][0] == "SIGN"

    @property
    def has_power(self) -> bool:
        return self.rule in ("scaled", "dotted", "spaced", "product", "power", "notation", "multiplied")

    @property
    def plain(self) -> str:
        """The digits of a number that has nothing else."""
        return self.parts[0][1] if self.rule == "coefficient" else ""


def plain_number(digits: str) -> Number:
    """A number that is printed in digits alone."""
    return Number("coefficient", (("NUMBER", digits),), len(digits))


# --- where a number ends ---

# Most numbers are figures in front of what makes nothing else of them. The grammar finds the same, and slowly.
_PLAIN = re.compile(
    r"(?!00|0\d\d)\d{1,12}(?:\.\d{1,2})?"
    r"(?= ?(?!(?i:[ex]|t[hior]|m(?:il|io|ln|ul)|bil|la[ck]|cror|k(?![g(])|st|nd|rd|and (?:a|one)|times))[A-Za-z%]|[);]|,\s|\.?\Z"
    r"|-(?!(?i:to))[A-Za-z]|(?<!10)-\d)"
)
# What a number can be made of: it ends within the stretch of such characters and words.
NUMBER_WORDS = WORDS["numbers"]
"""Every number that is written in words holds one of these, in lower case."""

_PARTS_OF = "half|halves|thirds?|quarters?|fourths?|fifths?|eighths?|tenths?"
_OTHER_WORDS = (
    r"a|an|one|and|thousands|millions|billions|trillions?|mio\.?|mln|lakhs?|lacs?|crores?|k|e|x|х|times|multiplied by|exp|to|the|of"
    rf"|power|st|nd|rd|th|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|{_PARTS_OF}"
)
_STRETCH = re.compile(
    r"(?:[\d.,·'()\[\]{}^*+/½¼¾⅓⅔⅛⅜⅝⅞⁰-⁹¹²³⁺⁻ ×Ã—-]|(?<![A-Za-z])(?:"
    rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|{_OTHER_WORDS})(?![A-Za-z])"
    r"|(?i:[ex])(?=[\d+-]| )))+",
    re.I,
)
_LONGEST = 64
_MOST_TRIES = 12

# Where no number ends: in front of a digit, of an ordinal's end, and of what looks like a power but is none that is known.
_GOES_ON = re.compile(
    r"\d|[.,·']\d| ?\^|(?i:(?:st|nd|rd|th)(?![a-z]))"
    r"| ?[xX×] ?(?:10 ?[^\w\s.,;:()\[\]/%°+-]|10[ˆ＾]|[lI]0\d|\d{1,2} ?/ ?[lL](?![a-zA-Z]))"
)
# Behind the ends of words that name by a number, `Day 1 500 mg`, a blank parts two numbers.
_NAMING = re.compile(r"(?:ay|rm|ose|art|eek|ase|ype|tep|ade|age|roup|isit|ycle|evel|hort) \Z")
# `1,5 and 10 mg` may be a list, and is then none; behind a comparator there is no list.
_DECIMAL_COMMA = re.compile(r"[1-9]\d{0,11},\d{1,12}\Z")
_AND_ANOTHER = re.compile(r",? ?(?:(?:and|or|&) ?|, ?)\d{1,12}(?![\d.,])", re.I)
# A list that is printed without blanks, `ECOG 0,1 or 2`.
_LISTED = re.compile(r"(?:0(?=,1)|1(?=,2)|2(?=,3)|3(?=,4))(?=(?:,\d){1,5},? ?(?:,|(?i:or|and)|&) ?\d(?!\d|[.,]\d))")
_BRACKETED = re.compile(r"[\d.,]+ ?\( ?(?:[x×*] ?)?10")
_PARTED = re.compile(r"[ /,-]|(?<=\d)e", re.I)
_ANOTHER_K = re.compile(r" ?(?:±|\+ ?/ ?-|-|to) ?\d+K\b")
_TO_K = re.compile(r"\dK ?(?:±|\+ ?/ ?-|-|to) ?\Z")
_LIVES = re.compile(r"-|[ -]li[fv]e")
_IN_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+\Z")
_COMPARED = re.compile(r"[<>≤≥=] ?\Z")
_FRACTION = re.compile(r"1/[2-8]\Z|[23]/[345]\Z")
_OF_A_THING = re.compile(
    r" (?:to \d|tab|cap|tea|table|(?:of|an?|the|hours?|days?|weeks?|months?|years?|doses?|pills?|packs?|cups?)\b)"
)
# `10-4` is a range, but for what is rare.
_RARE = re.compile(
    r"[<>≤≥=] ?\Z|of \Z|\b(?:mrd|residual|frequency|sensitivity|rate|vaf|allele|level|p|detection|negativ\w+)\b[^.;]{0,30}\Z",
    re.I,
)
_SURE_MINUS = re.compile(r"(?:[<>≤≥=(\[]|[<>≤≥=] | (?:than|of|to|and|are|below) )\Z", re.I)
_MAYBE_MINUS = re.compile(
    r"(?:\b(?:scores?|index|excess|between|from|above|below|least|most|exceed\w*|over|under|is|was|be|rass|logmar|up to|or|[tz])|±|[:,]) ?\Z",
    re.I,
)
# What is often negative, and what never is.
_BELOW_ZERO = frozenset({"temperature", "refraction", "level", "deviation"})
_CALENDAR = frozenset({"time", "mass", "count", "volume", "area"})


class FoundNumber(NamedTuple):
    """A number in a text, and the unit right behind it."""

    number: Number
    start: int
    end: int
    unit: FoundUnit | None


def number_at(text: str, at: int) -> FoundNumber | None:
    """The longest number at an offset with the unit behind it, or None where there is none."""
    if plain := _PLAIN.match(text, at):
        end = plain.end()
        return FoundNumber(plain_number(plain[0]), at, end, unit_at(text, end))
    if listed := _LISTED.match(text, at):
        return FoundNumber(plain_number(listed[0]), at, listed.end(), None)
    if text.startswith("00", at) or re.compile(r"0\d\d").match(text, at):
        return None
    number = _longest(text, at, _LONGEST)
    while number:
        end = at + number.length
        unit = unit_at(text, end, power=number.has_power)
        if not _GOES_ON.match(text, end) and _fits(text, at, number, unit):
            return FoundNumber(number, at, end, unit)
        number = _shorter(text, at, number)
    return None


def _longest(text: str, at: int, most: int) -> Number | None:
    """The longest prefix that the grammar accepts."""
    stretch = _STRETCH.match(text, at, at + most)
    return _prefix(stretch[0]) if stretch else None


@lru_cache(maxsize=4096)
def _prefix(stretch: str) -> Number | None:
    end = len(stretch)
    for _ in range(_MOST_TRIES):
        while end and stretch[end - 1] in " .,(/-+×'":
            end -= 1
        if not end:
            break
        try:
            return _parsed(stretch[:end])
        except GrammarMismatch as mismatch:
            end = mismatch.index if mismatch.index < end else end - 1
    return None


@lru_cache(maxsize=1024)
def _parsed(printed: str) -> Number:
    if _IN_GROUPS.match(printed):
        return plain_number(printed)
    tree = match_text("amount", "amount", printed, 0, len(printed))
    (child,) = (child for child in tree.children if isinstance(child, Node))
    parts = tuple((leaf.terminal, printed[leaf.start : leaf.end]) for leaf in _leaves(child))
    if printed.startswith("-"):
        parts = (("SIGN", "-"), *parts)
    return Number(child.rule, parts, len(printed))


def _leaves(node: Node[Leaf]) -> Iterator[Leaf]:
    for child in node.children:
        if isinstance(child, Node):
            yield from _leaves(child)
        else:
            yield child


def _shorter(text: str, at: int, number: Number) -> Number | None:
    """The number without its power, or without what a blank or a solidus parts from it."""
    first = number.parts[1][1] if number.negative else number.parts[0][1]
    first = first.rstrip(" .·")
    if number.negative:
        return None
    cut = first if len(first) < number.length and number.rule != "words" else _PARTED.split(first)[0]
    if not cut or len(cut) >= number.length:
        return None
    return _prefix(cut)


def _fits(text: str, at: int, number: Number, found: FoundUnit | None) -> bool:
    """Whether what stands around a number leaves it one: what it is the number of, and what is in front."""
    unit = found.unit if found else None
    rule, last, front = number.rule, number.parts[-1][0], text[max(0, at - 60) : at]
    if number.negative:
        return _is_minus(text, at, unit)
    if rule == "coefficient":
        return _coefficient_fits(text, at, number, front)
    if rule == "fraction":
        return " " in number.parts[0][1].strip() or _fraction_fits(text, at, number, unit)
    if rule == "words":
        after = text[at + number.length : at + number.length + 6]
        return not after[:1].isalpha() and not (last in ("HALF", "PART") and _LIVES.match(after))
    counted = unit is not None and unit.counted in ("counted", "activity")
    if rule == "multiplied":
        return (
            last != "MULTIPLIER"
            or number.parts[-1][1].strip() not in "kK"
            or counted
            or _is_thousands(text, at, number)
        )
    if rule == "power" and last in ("FLAT", "NEGATIVE", "TEN_AND_BLANK", "STARS", "GAPPED", "BRACKETS"):
        return (
            counted
            or (last == "NEGATIVE" and unit is None and _RARE.search(front) is not None)
            or (last == "FLAT" and len(number.parts) == 1 and unit is None)
        )
    if rule == "scaled" and _BRACKETED.match(text, at):
        # `≥ 100 (10^9/L)`: the unit stands in brackets, with its power.
        return found is not None and text.startswith(")", found.end) and _COMPARED.search(front) is not None
    if last == "FLAT" and rule == "scaled":
        return unit is None or unit.ucum is None or unit.counted != "measured" or blood_count(front)
    if (last in ("FLAT", "GAPPED", "LOST", "ROUND", "STARS") and rule != "scaled") or last in (
        "GAPPED",
        "LOST",
        "BRACKETS",
    ):
        return counted
    if rule == "notation" and re.search(r"\d e\d", number.parts[0][1], re.I):
        return counted
    return True


def _coefficient_fits(text: str, at: int, number: Number, front: str) -> bool:
    digits = number.plain
    if " " in digits:
        return not _NAMING.search(front)
    if digits.startswith("."):
        return not re.compile(r"[)\]%]\Z|\d \Z").search(front)
    if _DECIMAL_COMMA.match(digits) and not re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}", digits):
        return _COMPARED.search(front) is not None or not _AND_ANOTHER.match(text, at + number.length)
    return True


def _fraction_fits(text: str, at: int, number: Number, unit: Unit | None) -> bool:
    """`1/2 mg`, `2/3 of the dose`; but `1/2` behind a name, and `3/5 patients`, are two numbers."""
    printed = number.parts[0][1]
    if "/" not in printed:
        return True
    known = unit is not None and unit.ucum is not None and not unit.written.startswith("/")
    after = at + number.length
    return _FRACTION.match(printed) is not None and (known or _OF_A_THING.match(text, after) is not None)


def _is_thousands(text: str, at: int, number: Number) -> bool:
    """`platelets > 50K`: the letter is glued to its number, and neither kelvin nor a name."""
    glued = number.parts[-1][1] == "K" and number.parts[0][1].isdigit()
    front = text[max(0, at - 60) : at]
    return glued and (blood_count(front) or bool(_ANOTHER_K.match(text, at + number.length) or _TO_K.search(front)))


def _is_minus(text: str, at: int, unit: Unit | None) -> bool:
    """Whether a hyphen in front of a number is its sign: `T-score above -1.0`, but not `10 -16 years`."""
    front = text[max(0, at - 20) : at]
    if _SURE_MINUS.search(front):
        return True
    if unit is not None and unit.dimension in _BELOW_ZERO:
        return re.search(r"[A-Za-z:,(] ?\Z", front) is not None
    if not _MAYBE_MINUS.search(front):
        return False
    return unit is None or unit.dimension not in _CALENDAR


# --- what a number is worth ---

# Numbers that can only be what they say, before a unit that is no count. Three decimals may be thousands, and three or
# four digits that begin with 10 may be a power.
_LITERAL = re.compile(r"(?!10(?:[3-9]|1\d)\Z)\d{1,12}(?:\.(?:\d{1,2}|\d{4,12}))?\Z")
_UNCOUNTED = frozenset({"none", "plain", "activity"})


def read_number(printed: str) -> Number:
    """A number that is the whole of a text. Raises `ValueError` for what is no number."""
    try:
        return _parsed(printed)
    except GrammarMismatch as mismatch:
        raise ValueError(f"no number: {printed!r}") from mismatch


def value_of(number: Number, unit: Unit | None = None, subject: str = "") -> Amount:
    """What a number is worth.

    `unit` is the unit behind it and `subject` the words in front: they decide whether `x 109` is a power and `14.000`
    in thousands.
    """
    if number.plain and _LITERAL.match(number.plain) and measure(unit).kind in _UNCOUNTED:
        return Amount(Decimal(number.plain))
    if number.negative:
        amount = value_of(number._replace(parts=number.parts[1:]), unit, subject)
        return amount._replace(value=-amount.value, alternatives=tuple(-other for other in amount.alternatives))
    taken, alternatives, undecided = powers.decide(_readings(number, unit, subject), unit, subject)
    return Amount(taken.value, taken.coefficient, taken.exponent, taken.reason, alternatives, undecided)


_SHARED = frozenset({"scaled", "dotted", "product", "multiplied"})
_HUNDREDS, _THOUSANDS = re.compile(r"\d{1,3}\Z"), re.compile(r"(\d{1,3})[,. ]000\Z")


def share_power(first: Number, last: Number, *, tolerance: bool = False) -> Number:
    """A number in front of one with a power, `0.2` of `0.2 to 1 x 10^7`, with that power; itself where it has its own.

    The power behind the second number is not the first one's where that would be the larger, but for a tolerance.
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
        return Readings([Reading(Decimal(text) + Decimal(last[1]) / 7)])
    if rule == "words":
        return Readings([Reading(_in_words(parts))])
    if rule == "fraction":
        return Readings([Reading(_fraction(text))])
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
    return Readings([Reading(value * product, reason=reason) for value, reason in zip(values, reasons, strict=False)])


def _in_words(parts: tuple[tuple[str, str], ...]) -> Decimal:
    """`two hundred and fifty thousand`, `one and a half`, `two-thirds`, `half a dozen`."""
    total = part = Decimal(0)
    for terminal, text in parts:
        word = text.strip(" -").lower().removeprefix("a ")
        if terminal == "HUNDRED":
            part = (part or Decimal(1)) * 100
        elif terminal == "SCALE":
            # `two hundred thousand` behind a million is added to it.
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
    """`ten (10)`; where the two differ, nothing tells which is meant."""
    index = next(index for index, (terminal, _) in enumerate(parts) if terminal == "NUMBER")
    figures = powers.as_printed(parts[index][1])
    words = _in_words(parts[:index] or parts[index + 1 :])
    first, second = (words, figures) if index else (figures, words)
    if first == second:
        return Readings([Reading(first)])
    return Readings([Reading(first), Reading(second, reason=powers.RESTATED)], "neither")
