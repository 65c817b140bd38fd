"""What a value shares with neighbouring values: a unit, a power, a comparator, a window.

Hemoglobin (g/dL) ≥ 9             the unit is printed in front
SBP ≥ 140 or DBP ≥ 90 mmHg        the unit is printed for both
> 102 cm in men or 88 cm in women, within 4 weeks or 5 half-lives        the comparator, the window is for both
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from parser.quantities.comparators import comparator_at, comparator_behind
from parser.quantities.measures import measure_at, power_and_unit, skip
from parser.quantities.phrase import Phrase
from parser.quantities.tokens import Number, QuantityToken
from parser.quantities.unit_parts import Unit
from parser.quantities.units import is_measure, read_unit
from parser.quantities.values import ValueReading
from parser.quantities.view import PlainText
from parser.quantities.windows import WindowPlace

# A unit in front of its value: `Hemoglobin (g/dL) ≥ 9`, `Age in years: 18-65`.
_UNIT_IN_FRONT = re.compile(
    r"(?: ?[(\[] ?(?:in )?(?P<bracket>[^()\[\]]{1,30}) ?[)\]]|(?:(?<=[Aa]ge)|(?<=ght)|(?<=ter)|(?<=ize)|(?<=BMI)"
    r"|(?<=gth)|(?<=ion)) in (?P<words>[A-Za-z/0-9]{2,12})|(?<=[Aa]ge), (?P<listed>[a-z]{3,8})"
    r"|, (?P<ratio>[A-Za-zµ]{1,6}/[A-Za-z0-9./]{1,12})(?= ?[:=]))"
    r"(?: (?:of|is|was|must be|should be|level|count|value|between|from))*(?: ?[:=])? ?\Z"
)
# `serum creatinine (mg/dL) 6 Adequate function`: the number counts the next item.
_NEXT_ITEM = re.compile(r"[.)]? [A-Z][a-z]")
# Groups of persons whose values differ.
_GROUP = r"(?P<group> \(?(?:(?:in|for|if) )?(?:(?:wo)?men|(?:fe)?males?|girls|boys)\)?)?"
_NEXT_VALUE = re.compile(
    rf"{_GROUP},? ?(?:and/or|and|or|,|/) ?(?P<words>(?P<pair>(?:diastolic|dbp|(?:fe)?males?|(?:wo)?men|girls|boys)\b)?"
    r"[a-z ]{0,40}?) ?(?=[<>≥≤]|(?:greater|more|less|lower|higher|below|above|over|under)\b)"
)
_LINK_TO_LAST = re.compile(rf"{_GROUP},? ?(?:or|(?P<and>and|,|;|/)) ", re.I)
# `or 75 g OGTT` begins another condition.
_ABBREVIATION_BEHIND = re.compile(r" (?!AND\b)[A-Z]{3,}\b")
# `126 mg/dL (7.0 mmol/L) or above`, seen from either value.
_BEHIND_BRACKET = re.compile(r"(?: ?\([^()]{2,30})?\) ?(?=or )")
_BRACKETS = ("(", " (", ")")


def unit_in_front(text: str, floor: int, phrase: Phrase, start: int) -> tuple[Number | None, Unit | None, int | None]:
    """The power and the unit that are printed in front of values without one, and where the words in front end."""
    if phrase.bounds[0].counted or any([bound.unit for bound in phrase.bounds]):
        return None, None, None
    floor = max(floor, start - 60)
    front = text[floor:start]
    listed = ", " in front and ("/" in front or "ge, " in front)
    may_be = listed or " in " in front or ")" in front or "]" in front
    match = _UNIT_IN_FRONT.search(text, floor, start) if may_be else None
    if not match or (match["bracket"] and not phrase.lead and _NEXT_ITEM.match(text, phrase.bounds[-1].end)):
        return None, None, None
    printed = next(filter(None, match.groups())).strip()
    if all(bound.number.plain for bound in phrase.bounds) and (power := power_and_unit(printed)):
        return *power, match.start()
    unit = read_unit(printed)
    return (None, unit, match.start()) if is_measure(unit) else (None, None, None)


def unit_of_next(view: PlainText, phrase: Phrase, context: str) -> Unit | None:
    """The unit of the value after the next comparator, where it is printed for both.

    `SBP ≥ 140 or DBP ≥ 90 mmHg`, `≥ 12 for women and ≥ 13 g/dL for men`, `age < 18 or age > 80 years`
    """
    last = phrase.bounds[-1]
    if last.counted or not last.directed or not last.number.plain:
        return None
    match = _NEXT_VALUE.match(view.low, last.end)
    if not match or not (found := comparator_at(view.low, match.end())):
        return None
    value: list[QuantityToken] = []
    measure_at(view.text, skip(view.text, found.end), value)
    unit = value[-1].unit if value else None
    if not unit:
        return None
    words = match["words"]
    named = words and re.search(
        rf"\b{re.escape(words)} ?(?:is |of |was |must be )?(?:[<>≥≤]|[a-z ]*than)* ?\Z", context.lower()
    )
    return unit if match["group"] or match["pair"] or named else None


def with_last(
    text: str,
    reading: ValueReading,
    lead: list[QuantityToken],
    window: WindowPlace | None,
    before: tuple[ValueReading, WindowPlace | None] | None,
) -> tuple[ValueReading, WindowPlace | None]:
    """A plain value with what is said of it and of the value in front of it, and the window that both have.

    `> 102 cm in men or 88 cm in women`, `within 4 weeks or 5 half-lives`, `126 mg/dL (7.0 mmol/L) or above`
    """
    unit = reading.unit
    if reading.low is None or unit is None:
        return reading, window
    aside = _BEHIND_BRACKET.match(text, reading.end) if text.startswith(_BRACKETS, reading.end) else None
    post = comparator_behind(text, aside.end()) if aside else None
    if post and post.comparator:
        return reading.bounded(post.comparator.direction, post.comparator.inclusive), window
    last, last_window = before or (None, None)
    if lead or not last or not last.unit or (last.unit.dimension == "time") != (unit.dimension == "time"):
        return reading, window
    link = _LINK_TO_LAST.fullmatch(text, last.end, reading.start)
    if not link or (link["and"] and not link["group"]) or _ABBREVIATION_BEHIND.match(text, reading.end):
        return reading, window
    if window is None and last_window:
        window = replace(last_window, start=reading.start, end=reading.end)
    if (last.low is None) != (last.high is None):
        upper = last.low is None
        reading = reading.bounded(-1 if upper else 1, last.high_inclusive if upper else last.low_inclusive)
    return reading, window
