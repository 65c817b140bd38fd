"""Numbers: where one ends, separators, fractions, words, and powers of ten in every spelling.

100,000      1,5      2½      twenty-four      ten (10)      1.5 x 10^9      20*10⁹      10E6      1.5 x 109

grammars/amount.lark has what a number looks like; the number at a place is the longest that the grammar accepts there,
if what is around it leaves it one. What it is worth is parser/quantities/amounts.py's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from parser.grammar import GrammarMismatch, Leaf, Node, match_text
from parser.quantities.plausible import blood_count
from parser.quantities.tokens import Number, QuantityToken, plain_number
from parser.quantities.unit_parts import Unit
from parser.quantities.units import unit_at
from parser.quantities.words import WORDS

# --- where a number ends ---

# Most numbers are figures in front of what makes nothing else of them. The grammar finds the same, and slowly.
_PLAIN = re.compile(
    r"(?!00|0\d\d)\d{1,12}(?:\.\d{1,2})?"
    r"(?= ?(?!(?i:[ex]|t[hior]|m(?:il|io|ln|ul)|bil|la[ck]|cror|k(?![g(])|st|nd|rd|and (?:a|one)|times))[A-Za-z%]"
    r"|[);]|,\s|\.?\Z|\. [A-Za-z]"
    r"|-(?!(?i:to))[A-Za-z]|(?<!10)-\d|(?<!10) - ?\d| to \d| ?[x×*] ?(?![lI]0)(?i:[a-df-z]))"
)
# And most in words are one word in front of what makes nothing else of it.
_PLAIN_WORD = re.compile(
    r"(?:(?P<ONES>one|two|three|four|five|six|seven|eight|nine)|(?P<TEENS>ten|eleven|twelve|thirteen|fourteen|fifteen))"
    r"(?= (?!and|an?\b|half|halves|t|q|f|e|h|mi|bi|doz|o|s|n)[a-z])",
    re.I,
)
# What a number can be made of: it ends within the stretch of such characters and words.
NUMBER_WORDS = WORDS["numbers"]
"""Every number that is written in words holds one of these, in lower case."""

_PARTS_OF = "half|halves|thirds?|quarters?|fourths?|fifths?|eighths?|tenths?"
_OTHER_WORDS = (
    r"a|an|one|and|thousands|millions|billions|trillions?|mio\.?|mln|lakhs?|lacs?|crores?|k|e|x|х|times"
    r"|multiplied by|exp|to|the|of"
    rf"|power|st|nd|rd|th|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|{_PARTS_OF}"
)
_STRETCH = re.compile(
    r"(?:[\d.,·'()\[\]{}^*+/½¼¾⅓⅔⅛⅜⅝⅞⁰-⁹¹²³⁺⁻ ×Ã—-]|(?<![A-Za-z])(?:"
    rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|{_OTHER_WORDS})(?![A-Za-z])"
    r"|(?i:[ex])(?=[\d+-]| )))+",
    re.I,
)
# `0.5` is a number, `012` is not.
_CODE = re.compile(r"0\d\d")
_LONGEST = 64
_MOST_TRIES = 12

# Where no number ends: in front of a digit, of an ordinal's end, and of what looks like a power but is none that is
# known.
_GOES_ON = re.compile(
    r"\d|[.,·']\d| ?\^|(?i:(?:st|nd|rd|th)(?![a-z])(?!(?: (?:and|to|or) [<>≥≤]? ?\d+[a-z]{2})?[ -](?:per)?centile))"
    r"| ?[xX×] ?(?:10 ?[^\w\s.,;:()\[\]/%°+-]|10[ˆ＾]|[lI]0\d|\d{1,2} ?/ ?[lL](?![a-zA-Z]))"
)
# After the ends of words that name by a number, `Day 1 500 mg`, a blank parts two numbers.
_NAMING = re.compile(r"(?:ay|rm|ose|art|eek|ase|ype|tep|ade|age|roup|isit|ycle|evel|hort) \Z")
# `1,5 and 10 mg` may be a list, and is then none; after a comparator there is no list.
_DECIMAL_COMMA = re.compile(r"[1-9]\d{0,11},\d{1,12}\Z")
_AND_ANOTHER = re.compile(r"-?,? ?(?:(?:and|or|&) ?|, ?)\d{1,12}(?![\d.,])", re.I)
# A list that is printed without blanks, `ECOG 0,1 or 2`.
_LISTED = re.compile(r"(?:0(?=,1)|1(?=,2)|2(?=,3)|3(?=,4))(?=(?:,\d){1,5},? ?(?:,|(?i:or|and)|&) ?\d(?!\d|[.,]\d))")
_BRACKETED = re.compile(r"[\d.,]+ ?\( ?(?:[x×*] ?)?10")
_PARTED = re.compile(r"[ /,-]|(?<=\d)e", re.I)
_ANOTHER_K = re.compile(r" ?(?:±|\+ ?/ ?-|-|to) ?\d+K\b")
_COUNTED_SO = re.compile(r"\b(?:load|counts?|copies|cells|titers?)\b[^.;]{0,25}\Z", re.I)
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
    r"[<>≤≥=] ?\Z|of \Z|\b(?:mrd|residual|frequency|sensitivity|rate|vaf|allele|level|p|detection"
    r"|negativ\w+)\b[^.;]{0,30}\Z",
    re.I,
)
_SURE_MINUS = re.compile(r"(?:[<>≤≥=(\[]|[<>≤≥=] | (?:than|of|to|and|are|below) )\Z", re.I)
_MAYBE_MINUS = re.compile(
    r"(?:\b(?:scores?|index|excess|between|from|above|below|least|most|exceed\w*|over|under|is|was|be|rass|logmar"
    r"|up to|or|[tz])|±|[:,]) ?\Z",
    re.I,
)
# What is often negative, and what never is.
_BELOW_ZERO = frozenset({"temperature", "refraction", "level", "deviation"})
_CALENDAR = frozenset({"time", "mass", "count", "volume", "area"})


class FoundNumber(Struct, frozen=True, gc=False):
    """A number in a text, and the unit right after it."""

    number: Number
    start: int
    end: int
    unit: QuantityToken | None


def number_at(text: str, at: int) -> FoundNumber | None:
    """The longest number at an offset with the unit after it, or None if there is none."""
    if plain := _PLAIN.match(text, at):
        end = plain.end()
        return FoundNumber(plain_number(plain[0]), at, end, unit_at(text, end))
    if word := _PLAIN_WORD.match(text, at):
        parts = ((word.lastgroup or "", word[0]),)
        return FoundNumber(Number("words", parts, len(word[0])), at, word.end(), unit_at(text, word.end()))
    if listed := _LISTED.match(text, at):
        return FoundNumber(plain_number(listed[0]), at, listed.end(), None)
    if text.startswith("00", at) or _CODE.match(text, at):
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
    return Number(child.rule, parts, len(printed), parts[0][1] if child.rule == "coefficient" else "")


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


def _fits(text: str, at: int, number: Number, found: QuantityToken | None) -> bool:
    """Whether what is around a number leaves it one: what it is the number of, and what is in front."""
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
        # `≥ 100 (10^9/L)`: the unit is in brackets, with its power.
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
    """`1/2 mg`, `2/3 of the dose`; but `1/2` after a name, and `3/5 patients`, are two numbers."""
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
    told = blood_count(front) or _COUNTED_SO.search(front) or _TO_K.search(front)
    return glued and bool(told or _ANOTHER_K.match(text, at + number.length))


def _is_minus(text: str, at: int, unit: Unit | None) -> bool:
    """Whether a hyphen in front of a number is its sign: `T-score above -1.0`, but not `10 -16 years`."""
    front = text[max(0, at - 20) : at]
    if _SURE_MINUS.search(front):
        return True
    if unit is not None and unit.dimension in _BELOW_ZERO:
        return re.search(r"(?:[A-Za-z:,(] ?|\A)\Z", front) is not None
    if not _MAYBE_MINUS.search(front):
        return False
    return unit is None or unit.dimension not in _CALENDAR


def read_number(printed: str) -> Number:
    """A number that is the whole of a text. Raises `ValueError` for what is not a number."""
    try:
        return _parsed(printed)
    except GrammarMismatch as mismatch:
        raise ValueError(f"no number: {printed!r}") from mismatch
