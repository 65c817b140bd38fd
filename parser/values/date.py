"""Dates: ISO 8601 with the parts that were printed, and no others.

2019-09-11                  2019-09-11
September 2019              2019-09
Sept. 11, 2019 (Actual)     2019-09-11, ACTUAL
13/09/2019                  2019-09-13
11.09.2019                  2019-09-11
09/11/2019                  2019, and a problem: September or November
11. 9. 2019                 2019-09-11: dots never mean the American order
09/11/2019 (mm/dd/yyyy)     2019-09-11
Friday, September 2019      2019-09: a weekday is not a day of the month
"""

from __future__ import annotations

import calendar
import re
from datetime import datetime
from typing import NamedTuple

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)

# API v2's type of a date, in the words of its site, before and after 2017.
_TYPE = re.compile(r"(?:(?<!\s)\s{0,9}[(\[]|(?<=\d)(?:,\s?|\s))(actual|estimated?|anticipated)[)\]]?\Z", re.IGNORECASE)
_TYPES = {"actual": "ACTUAL", "estimate": "ESTIMATED", "estimated": "ESTIMATED", "anticipated": "ESTIMATED"}

_ORDER = re.compile(r"\s{0,9}\((dd|mm)[/.-](?:dd|mm)[/.-]y{2,4}\)\Z", re.IGNORECASE)

# The longest date; longer text is prose, in which dateutil would find anything similar to a date.
_LONGEST = 40
_FOUR_DIGIT_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})\Z", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ?([/. -]) ?(\d{1,2})\.?(?: ?\2 ?| )(\d{4})\Z", re.ASCII)
# A weekday is not part of a date, and dateutil would infer a day from it.
_WEEKDAY = re.compile(
    r"(?:(?<=\A)|(?<=[\s,(]))(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*|,?\s{0,9}\((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\)",
    re.IGNORECASE,
)

# Two days that share no part: what dateutil fills in from its default differs between them, printed parts agree.
# Both years are leap years and both months have 31 days, so that any printed part can be completed.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 3, 2))


class DateReading(NamedTuple):
    """What a date's text says: `date` as ISO 8601 (None if nothing can be read), `type` as API v2 has it.

    `problem` is the code of its problem, if there is one.
    """

    date: str | None
    type: str | None = None
    problem: str | None = None


def read_date(text: str, *, day_first: bool = False) -> DateReading:
    """Read a date in any form a page may print: ISO, month names, numbers with the year last, a type in brackets.

    Only printed parts are returned. If day and month may be swapped, only the year is, with
    the problem `ambiguous-date`; a date that does not exist has the problem
    `impossible-date`, other unreadable text `not-understood`. `day_first`: the source writes the day before the month.
    """
    if order := _ORDER.search(text[-_LONGEST:]):
        # The page says in which order it prints figures.
        text, day_first = text[: len(text) - len(order[0])], order[1].lower() == "dd"
        numeric = _NUMERIC.match(text)
        if numeric and not day_first:
            text = f"{numeric[3]}/{numeric[1]}/{numeric[4]}"
            day_first = True
    numeric = _NUMERIC.match(text) if day_first else None
    if numeric and _exists(int(numeric[4]), int(numeric[3]), int(numeric[1])):
        return DateReading(f"{int(numeric[4]):04}-{int(numeric[3]):02}-{int(numeric[1]):02}")
    match = _TYPE.search(text[-_LONGEST:])
    if match:
        reading = _read(text[: len(text) - len(match.group())])
        return reading._replace(type=_TYPES[match[1].lower()]) if reading.date else reading
    return _read(text)


def _read(text: str) -> DateReading:
    iso = _ISO.match(text)
    if iso:
        year, month, day = (int(part) if part else None for part in iso.groups())
        return DateReading(text) if _exists(year, month, day) else DateReading(None, problem="impossible-date")
    numeric = _NUMERIC.match(text)
    if numeric:
        return _read_numeric(int(numeric[1]), int(numeric[3]), int(numeric[4]), dotted="." in text)
    month_first = _MONTH_FIRST.match(text)
    if month_first and not 1 <= int(month_first[1]) <= 12:
        return DateReading(None, problem="impossible-date")
    if len(text) > _LONGEST or not _FOUR_DIGIT_YEAR.search(text):
        return DateReading(None, problem="not-understood")
    without = _WEEKDAY.sub("", text).strip()
    return _read_words(text) if without == text else _read(without)


def _read_numeric(first: int, second: int, year: int, dotted: bool) -> DateReading:
    """Numbers with the year last: the day comes first in most of the world, the month in the United States.

    Dots between them never mean the American order.
    """
    day_first = _exists(year, second, first)
    month_first = not dotted and _exists(year, first, second)
    if day_first and month_first and first != second:
        return DateReading(f"{year:04}", problem="ambiguous-date")
    if not day_first and not month_first:
        return DateReading(None, problem="impossible-date")
    day, month = (first, second) if day_first else (second, first)
    return DateReading(f"{year:04}-{month:02}-{day:02}")


def _read_words(text: str) -> DateReading:
    """Everything else is dateutil's: month names and their abbreviations, ordinals, weekdays, times of day."""
    from dateutil.parser import ParserError, parse  # Most pages print ISO dates, and it loads slowly.

    try:
        found = [parse(text, default=default, ignoretz=True) for default in _DEFAULTS]
    except (ParserError, OverflowError) as error:
        impossible = "day is out of range" in str(error) or "must be in range" in str(error)
        return DateReading(None, problem="impossible-date" if impossible else "not-understood")
    first, second = found
    if first.year != second.year:
        return DateReading(None, problem="not-understood")
    parts = [f"{first.year:04}"]
    if first.month == second.month:
        parts.append(f"{first.month:02}")
        if first.day == second.day:
            parts.append(f"{first.day:02}")
    return DateReading("-".join(parts))


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or (month is not None and 1 <= day <= calendar.monthrange(year, month)[1])


def is_last_of_month(date: str) -> bool:
    """Whether an ISO date is the last day of its month, which some pages print for a month without a day."""
    if len(date) != len("yyyy-MM-dd"):
        return False
    year, month, day = map(int, date.split("-"))
    return day == calendar.monthrange(year, month)[1]


def is_before(date: str, other: str) -> bool:
    """Whether an ISO date is certainly before another, by the parts that both have."""
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]
