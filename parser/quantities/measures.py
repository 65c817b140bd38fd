"""A number with its unit, and what is between the two or in brackets after: the tokens of one value.

100 mg      6 or more weeks      18+ years      2.5 x ULN      75 (x10^9/L)      2 years and 6 months      24+6 weeks
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from parser.quantities.comparators import comparator_behind
from parser.quantities.conversion import convert
from parser.quantities.numbers import FoundNumber, number_at
from parser.quantities.tokens import Comparator, Number, QuantityToken, plain_number
from parser.quantities.unit_parts import Unit
from parser.quantities.unit_table import periods
from parser.quantities.units import is_measure, read_unit, unit_at

_MULTIPLE = re.compile(
    r"[ -]?(?:×|(?:x|\*|times|folds?)(?![a-wyz0-9]))(?: (?:more than|above|over|higher than|greater than"
    r"|that of))? ?|[ -]?[x×*](?=(?-i:[A-Z]))"
    r"|[ -]?fold (?:above |over |higher than |greater than )?",
    re.I,
)
_OLDER = re.compile(
    r"\+(?=(?: ?|-)(?:years?|yrs?|months?|weeks?)(?![a-z]))|(?<=\d)\+(?= ?(?:\Z|[;,.)]|of age|y\b))", re.I
)
_AGED = re.compile(r"\b(?:age|ages|aged|adults?)\b[^.;]{0,20}\Z", re.I)
_IN_BRACKETS = re.compile(r" ?[(\[] ?([^()\[\]]{1,40}) ?[)\]]")
_LETTERS = re.compile(r" ([A-Z]{2,4} ?/? ?[Ll]|[a-z]{1,4}/[a-z]{1,4})(?=[;,.)]|\Z)")
_TEN = re.compile(r"10(?!0)")
_NO_UNIT = re.compile(r"\A[^\W_]\Z|[A-Za-z]-\d\Z")
# What a sign of multiplication, and a comparator after its number, can begin with.
_MULTIPLYING, _COMPARING = frozenset("xX×*tTfFoO"), frozenset("oOaA&,(mM/")
_UNIT_REACH = 120
_WEEKS_AND_DAYS = re.compile(r"(\d{1,2}) ?\+ ?([0-6])(?![\d+.,/])")
_OF_PREGNANCY = re.compile(r"gestation|pregnan|\bGA\b|\d\+[0-6] ?(?:weeks|wks?)\b", re.I)
_DIGITS = frozenset("0123456789")
# Behind a unit, as far as a smaller one that it is added up with begins.
_SMALLER_REACH = 6
_MORE_OF_IT = re.compile(r"(?: and|,| \+)? (?=\d)|(?<=[a-z]) ?(?=\d{1,2} ?[a-z])")
_LIST_GOES_ON = re.compile(r",? ?(?:and |or )?\d|,")
_OF_A_UNIT = re.compile(r" of (?:an?|one|the) ")
# How many of a smaller unit make a larger one: days of a year; a kilogram and grams are two values.
_MOST_IN_ONE = 400
_TIMES = re.compile(
    r" ?(?:times|occasions|x|×)(?=[ -]*(?:(?:an?|per|each|every|in|over|/) ?|dai|week|month|year|annual"
    r"|[dw](?:[^a-z]|$)))",
    re.I,
)


# `6- and 12-month`, `5th to 95th percentile`, `1 (never) to 5 (always)`, `1 "never" to 5 "always"`
_SUSPENDED = re.compile(
    r"-(?=,? (?:(?:and|or|to) )?\d{1,3}-)|(?:st|nd|rd|th)(?= (?:and|to|or) [<>≥≤]? ?\d)"
    r"| (?:\([A-Za-z][^()\d]{1,50}\)|[\"“][A-Za-z][^()\d\"”]{1,50}[\"”])(?= (?:to|-) \d)"
)
_OPENING = ("(", "[", " (", " [")
ASIDES = (*_OPENING, "-", "st", "nd", "rd", "th", ' "', " “")
"""What begins something after a value that is passed over."""


def measure_at(text: str, at: int, tokens: list[QuantityToken]) -> bool:
    """Add the tokens of the value that begins at an offset; False if there is none."""
    if text.find("+", at, at + 5) > 0 and (weeks := _weeks_and_days(text, at)):
        tokens += weeks
        return True
    found = number_at(text, at)
    if not found:
        return False
    end, unit = found.end, found.unit
    tokens.append(QuantityToken("AMOUNT", at, end, found.number))
    following = text[end : end + 3].lstrip(" -")[:1]
    if following in _MULTIPLYING and (limit := _multiple_of_limit(text, end)):
        tokens += limit
    elif unit:
        tokens.append(unit)
        if not _DIGITS.isdisjoint(text[unit.end : unit.end + _SMALLER_REACH]):
            _add_smaller(text, tokens)
    elif following in _COMPARING and (post := comparator_behind(text, skip(text, end))):
        tokens += _unit_after(text, found, post)
    elif following == "+" and (older := _older(text, at, end)):
        tokens += older
    elif following in _MULTIPLYING and not found.number.has_power and (times := _TIMES.match(text, end)):
        tokens.append(QuantityToken("TIMES", *times.span()))
    elif found.number.rule in ("fraction", "words") and (of := _OF_A_UNIT.match(text, end)):
        # `three quarters of a tablet`
        unit = unit_at(text, of.end())
        tokens += [unit] if unit and unit.unit and unit.unit.dose else []
    elif text.startswith(_OPENING, end):
        tokens += _in_brackets(text, end, found.number)
    elif not found.number.plain:
        tokens += _unknown_unit(text, end, found.number)
    return True


def _multiple_of_limit(text: str, end: int) -> list[QuantityToken]:
    """`2.5 x ULN`, `3 times the upper limit of normal`."""
    multiple = _MULTIPLE.match(text, end)
    limit = unit_at(text, multiple.end(), times=True) if multiple else None
    if not multiple or not limit or not limit.unit or limit.unit.dimension != "limit":
        return []
    return [QuantityToken("MULTIPLE", *multiple.span()), limit]


def _unit_after(text: str, found: FoundNumber, post: QuantityToken) -> list[QuantityToken]:
    """`6 or more weeks`, `38.0 or higher C`: the unit after a comparator; nothing if there is none."""
    number, place = text[found.start : found.end], skip(text, post.end)
    # A letter may be a unit only right after its number.
    unit = unit_at(f"{number} {text[place : place + _UNIT_REACH]}", len(number))
    if not unit:
        return []
    moved = place - len(number) - 1
    own = replace(unit, start=unit.start + moved, end=unit.end + moved)
    return [post, own]


def _older(text: str, at: int, end: int) -> list[QuantityToken]:
    """`18+ years`, and `Age 18+`; but not `2+ proteinuria`."""
    match = _OLDER.match(text, skip(text, end))
    unit = unit_at(text, match.end()) if match else None
    if not match or not (unit or _AGED.search(text, max(0, at - 40), at)):
        return []
    post = QuantityToken("POST", *match.span(), comparator=Comparator(1, True))
    return [post, unit] if unit else [post]


def _weeks_and_days(text: str, at: int) -> list[QuantityToken]:
    """`24+0 to 36+6 weeks` of a pregnancy."""
    match = _WEEKS_AND_DAYS.match(text, at)
    if not match:
        return []
    unit = unit_at(text, match.end())
    around = text[max(0, at - 60) : match.end() + 30]
    if not (unit and unit.unit and _is_week(unit.unit)) and not _OF_PREGNANCY.search(around):
        return []
    number = Number("pregnancy", (("WEEKS", match[1]), ("DAYS", match[2])), len(match[0]))
    tokens = [QuantityToken("AMOUNT", at, match.end(), number)]
    return [*tokens, unit] if unit else tokens


def _is_week(unit: Unit) -> bool:
    return unit.ucum is not None and convert(Decimal(1), unit.ucum, periods()["day"]) == 7


def _add_smaller(text: str, tokens: list[QuantityToken]) -> None:
    """`2 years and 6 months`, `5 feet 10 inches`: lengths that are one add up, in the smaller unit."""
    amount, unit = tokens[-2], tokens[-1].unit
    if not unit or unit.dimension not in ("time", "length", "mass"):
        return
    link = _MORE_OF_IT.match(text, tokens[-1].end)
    if not link:
        return
    found = number_at(text, link.end())
    if not found or not found.unit or not found.unit.unit or not amount.number:
        return
    larger, smaller, part = amount.number.plain, found.number.plain, found.unit.unit
    if not larger.isdigit() or not smaller.isdigit() or not unit.ucum or not part.ucum:
        return
    if "," in link[0] and (unit.dimension != "time" or _LIST_GOES_ON.match(text, found.unit.end)):
        # `at 1 year, 6 months, and 3 months` is a list.
        return
    ratio = convert(Decimal(1), unit.ucum, part.ucum)
    if ratio is None or not int(smaller) < round(ratio) <= _MOST_IN_ONE:
        return
    total = Decimal(larger) * ratio + int(smaller)
    tokens[-2:] = [
        QuantityToken("AMOUNT", amount.start, found.end, plain_number(f"{total.normalize():f}")),
        found.unit,
    ]


def _in_brackets(text: str, at: int, number: Number) -> list[QuantityToken]:
    """`1.5 (mg/dL)`, `75 (x10^9/L)`: the unit of a number in brackets after it, perhaps with its power."""
    match = _IN_BRACKETS.match(text, at)
    if not match or _NO_UNIT.search(match[1].strip()):
        return []
    if power := power_and_unit(match[1].strip()) if number.plain else None:
        return [
            QuantityToken("POWER", at, match.end(1), power[0]),
            QuantityToken("UNIT", at, match.end(), unit=power[1]),
        ]
    unit = read_unit(match[1].strip()) if not match[1][0].isdigit() else None
    return [QuantityToken("UNIT", at, match.end(), unit=unit)] if unit and is_measure(unit) else []


def _unknown_unit(text: str, at: int, number: Number) -> list[QuantityToken]:
    """`100 x 10^9 PG L`: letters after a power of ten that are not units of the table are one that is not known."""
    match = _LETTERS.match(text, at) if number.has_power else None
    return (
        [QuantityToken("UNIT", *match.span(1), unit=read_unit(match[1]))]
        if match and read_unit(match[1]).ucum is None
        else []
    )


def behind_value(text: str, last: QuantityToken) -> int:
    """Where what follows a value begins.

    A unit that is printed twice, `kilograms (kg)`, is passed over; so are what a number on a scale is called, and the
    hyphen of one whose unit is still to come.
    """
    if last.terminal == "AMOUNT":
        aside = _SUSPENDED.match(text, last.end)
        return aside.end() if aside else last.end
    inside = _IN_BRACKETS.match(text, last.end) if last.terminal == "UNIT" else None
    return inside.end() if inside and not inside[1][0].isdigit() and read_unit(inside[1].strip()).ucum else last.end


def power_and_unit(printed: str) -> tuple[Number, Unit] | None:
    """`10^9/L`, `x109/L`: a power of ten and the unit after it, as they are printed apart from a number."""
    digits = printed.lstrip("x×* ")
    for form in (printed, f"x {digits}") if _TEN.match(digits) else ():
        found = number_at(form, 0)
        unit = found.unit if found and found.number.rule == "power" else None
        if found and unit and unit.unit and unit.end == len(form):
            return found.number, unit.unit
    return None


def skip(text: str, at: int) -> int:
    while text.startswith(" ", at):
        at += 1
    return at
