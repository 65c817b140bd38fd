"""Numbers: separators, fractions, words, and powers of ten in every spelling, flattened ones included.

100,000      1,5      2½      twenty-four      ten (10)      1.5 x 10^9      20*10⁹      10E6      1.5 x 109

grammars/amount.lark has what a number looks like. Where it ends, and what must not be one, depends on what stands
around it: that is in the patterns here. What a doubtful number is worth is decided in parser/values/power.py.
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
from parser.values.analytes import measure
from parser.values.power import Reading, Readings

# --- patterns ---

# What is counted in a volume or a body's mass, or is counted at all, right behind a number.
_COUNT = (
    r"(?= ?(?i:(?:/ ?|per )(?:[dmµun]?l|mcl|cc|c?mm(?= ?[\^(]?[3³])|cu\.? ?mm|c[um]mm?|kg|kilo|mi(?:cro|lli)"
    r"|lit(?:er|re))|(?:[\w+-]{1,15} ){0,2}(?:cells?|cels|[cpf]fus?|v[gp]|gc|copies|iu|vector|viral|particles|genomes?"
    r"|tcid ?50|spores|bacteria))(?![a-z]))"
)
_VOLUME = r"(?= ?/ ?(?i:[dmµu]?l|mcl|c?mm ?[\^(]?[3³]|cu\.? ?mm|cumm|cmm|micro)(?![a-z]))"
# What is measured, and has no power of ten bare in front of it: `2 x 105 mg` is 105 mg, twice.
_NO_MEASURE = (
    r"(?! ?(?:%|(?i:m?cg|[mµunkp]?g|gm|grams?|m?l|[cm]?m(?! ?\^?[3³])|mm?ol|mm ?hg|d|days?|w|weeks?|wks?|h|hrs?|hours?"
    r"|min(?:ute)?s?|months?|years?|s|sec(?:ond)?s?|c?gy|mbq|mci|hz|times|rep(?:etition)?s|sets|puffs|tab(?:let)?s"
    r"|cap(?:sule)?s|pills|drops)(?![a-z/])))"
)

# Behind the ends of words that name by a number, `Day 1 500 mg`, `Cohort 2 150 mg`, a blank parts two numbers.
_NAMING = ("ay", "rm", "ose", "art", "eek", "ase", "ype", "tep", "ade", "age", "roup", "isit", "ycle", "evel", "hort")
_NO_NAME = "".join(rf"(?<!{word} )" for word in _NAMING)
# `1,5 and 10 mg` may be a list, and is then none; behind a comparator there is no list.
_NO_LIST = r"(?!,\d{1,12},? ?(?:(?i:and|or)|&) ?\d{1,12}(?![\d.,]))"
_DECIMAL_COMMA = rf"(?:0|(?:(?<=[<>≤≥=])|(?<=[<>≤≥=] ))\d{{1,12}}|\d{{1,12}}{_NO_LIST}),\d{{1,12}}"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?"
    + rf"|{_NO_NAME}"
    + r"\d{1,3}(?: \d{3}){1,4}(?:[.,]\d{1,6})?"
    + r"|\d{1,3}(?:'\d{3}){1,4}|\d{1,2}(?:,\d\d){1,3},\d{3}|\d{1,12}[.·]\d{1,12}"
    + rf"|{_DECIMAL_COMMA}"
    + r"|\d{1,15}|(?<![)\]%])(?<!\d )\.\d{1,12})"
)
# `00,000` is half of a number. A number ends where no digit follows, with or without a separator, no ordinal's end, and
# nothing that looks like a power of ten but is none that is known, such as `x l09` or `x 9 /L`.
_START = r"(?!0\d{2}|00)"
_END = (
    r"(?!\d|[.,·']\d| ?\^|(?i:st|nd|rd|th)(?![a-z])"
    r"| ?[xX×] ?(?:10 ?[^\w\s.,;:()\[\]/%°+-]|10[ˆ＾]|[lI]0\d|\d{1,2} ?/ ?[lL](?![a-zA-Z])))"
)

_EXPONENT = r"(?:[1-9]|1\d)(?!\d)"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ORDINALS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
_SIGNED = r"[+-]?\d{1,2}(?!\d)"
_MARK = (
    rf"(?: ?\^ ?(?:[+-]? ?\d{{1,2}}(?!\d)\^?|[({{\[] ?[+-]?\d{{1,2}} ?[)}}\]])|\*\*{_SIGNED}| ?[⁺⁻]?[{_RAISED}]{{1,2}}"
    rf"|(?i:e| ?exp ?){_SIGNED}"
    rf"|(?i:[ -]to[ -]the[ -](?:power[ -](?:of[ -])?)?(?:-?\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINALS})(?![a-z])"
    r"(?:[ -]power(?![a-z]))?))"
)
_MARKED = f"10{_MARK}"
_STARS = rf"10\*[+-]?\d{{1,2}}\*?(?![\d*(]| ?[\^⁺⁻{_RAISED}]|(?i:e)\d)"
_TIMES = r" ?(?:(?i:x|times|multiplied by|х)|[×*·]|Ã[—-]) ?"
_GAPPED = rf"10(?: ?\( ?[+-]?\d{{1,2}} ?\)|[ .]{_EXPONENT}|\^?){_COUNT}"
_ROUND = rf"(?:1(?:[,. ]?000){{1,3}}|100[,. ]?000)(?!\d){_COUNT}"
_FACTOR = r"(?i: ?(?:thousands?|millions?|billions?|trillions?|mio\.?|mln|lakhs?|lacs?|crores?)(?![a-z]))"
_TAIL = (
    rf"(?:{_TIMES}(?:{_MARKED}|{_STARS}|10-?{_EXPONENT}{_NO_MEASURE}|{_GAPPED}|{_ROUND})"
    rf"| ?[.·] ?(?:{_MARKED}|10{_EXPONENT}{_COUNT})| (?:{_MARKED}|(?:{_STARS}|10{_EXPONENT}){_COUNT})"
    rf"|{_FACTOR}{{1,2}}|(?i: ?k){_VOLUME})"
)
_NOTATION = rf"\d{{1,6}}(?:[.,]\d{{1,6}})?(?:(?: ?[xX×] ?)?(?i:e){_SIGNED}| (?i:e)\d{{1,2}}(?!\d){_COUNT})"
_COMPARED = r"(?:(?<=[<>≤≥=])|(?<=[<>≤≥=] ))"
# `≥ 100 (10^9/L)`: the unit stands in brackets, with its power.
_BRACKETED = rf"{_COMPARED}{_NUMBER} ?\( ?(?:[xX×*] ?)?(?:{_MARKED}|10{_EXPONENT}{_COUNT})(?=[^()]{{1,20}}\))"
_POWER = (
    rf"(?:{_BRACKETED}|(?:[xX×] ?)?{_MARKED}|{_NOTATION}|{_STARS}{_COUNT}|[xX×] ?10{_EXPONENT}{_NO_MEASURE}"
    rf"|10(?: {_EXPONENT}|\({_EXPONENT}\)){_COUNT}"
    rf"|(?:{_COMPARED}|(?<=of ))10-[2-9](?!\d|[,.]\d){_NO_MEASURE})"
)
_FRACTION = (
    r"(?:\d{0,3} ?[½¼¾⅓⅔⅛⅜⅝⅞]|\d{1,3} [0-9]/[2-9](?!\d)|(?:1/[2-8]|[23]/[3-5])(?= (?i:to \d|tab|cap|tea|table"
    r"|(?:of|an?|the|hours?|days?|weeks?|months?|years?|doses?|pills?|packs?|cups?)(?![a-z]))))"
)
# A list that is printed without blanks, `ECOG 0,1 or 2`.
_LISTED = r"(?:0(?=,1)|1(?=,2)|2(?=,3)|3(?=,4))(?=(?:,\d){1,5},? ?(?:,|(?i:or|and)|&) ?\d(?!\d|[.,]\d))"
# A minus stands behind what a range cannot begin with.
_BEFORE_MINUS = (r"[<>≤≥=(\[]", r"[<>≤≥=] ", "an ", "of ", "to ", "nd ", "re ", "low ")
_MINUS = "(?:" + "|".join(f"(?<={place})" for place in _BEFORE_MINUS) + ")-"

_ONES = r"(?:zero|one|two|three|four|five|six|seven|eight|nine)"
_BELOW_HUNDRED = (
    rf"(?:(?:twenty|thirty|f(?:ou?r)ty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONES})?"
    rf"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|{_ONES})"
)
_BELOW_THOUSAND = rf"(?:(?:(?:a|{_ONES})[ -])?hundred(?:(?: and)? {_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
_PART = r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|eighths?|tenths?)(?!-| li[fv]e)"
# The first three letters of all that follow in _WORDS: few other words begin so, which makes a text without any cheap.
_LETTERS = "[otfsenhzdmba](?:[n][ei ]|[w][eo]|[h][iro]|[e][nvr]|[i][fvxgln]|[o][urz]|[l][e]|[a][l]|[u][n]| [dhmbt])"
_BEGINS = re.sub("[a-z]+", lambda letters: letters[0] + letters[0].upper(), _LETTERS)
_WORDS = (
    rf"(?={_BEGINS})(?i:(?:half an? |half |a )?dozen|(?:an? )?half(?![ -]li[fv]e)(?: an?(?= ))?"
    rf"|{_BELOW_HUNDRED}(?: and (?:a|one)[ -]half|[ -]{_PART})"
    rf"|(?:{_BELOW_THOUSAND}|a) (?:thousand|million|billion)(?:(?: and)? {_BELOW_THOUSAND})?|{_BELOW_THOUSAND}"
    r"|thousand|million|billion)(?![A-Za-z])"
)

# Number words alone, with the same in figures that contracts add: `ten (10)`.
WORD_AMOUNT_PATTERN = rf"(?:{_WORDS}(?: ?\( ?\d{{1,5}} ?\))?)"
# The longest number at a place, powers included. It has no groups, and bounded repeats only.
AMOUNT_PATTERN = (
    rf"(?:{_POWER}|{_FRACTION}|{_LISTED}|(?:{_MINUS})?{_START}{_NUMBER}(?:{_TAIL}|(?: ?\( ?{_WORDS} ?\))|{_END}))"
)
# What must stand in front of the first number of a phrase: no letter or digit of a name, no separator, no currency. The
# first characters that a number can have come first, because they make a text without any cheap.
AMOUNT_GUARD = r"(?=[\dxX×½¼¾⅓⅔⅛⅜⅝⅞.-])(?<![\w./'^$€£-])(?<!\d[:,])"

# --- reading ---


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


@lru_cache(maxsize=8192)
def read_amount(printed: str, unit: str | None = None, subject: str | None = None) -> Amount:
    """What a number as printed is worth.

    `printed` is a match of one of the patterns, `unit` the unit behind it as written and `subject` the words in front:
    they decide whether `x 109` is a power and `14.000` in thousands. Raises `ValueError` for what is no number.
    """
    if _PLAIN.match(printed) and measure(unit).kind in _UNCOUNTED:
        return Amount(Decimal(printed), None, None, None, (), False)
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


_NUMBER_ALONE = re.compile(rf"{_NUMBER}\Z")
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
    return 3 + next(index for index, ordinal in enumerate(_ORDINALS.split("|")) if ordinal in digits)


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
    **{word: number for number, word in enumerate(f"{_ONES[3:-1]}|{_TEENS}".split("|"))},
    **{word: 20 + 10 * index for index, word in enumerate(_TENS.split("|"))},
    "fourty": 40,
}
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
