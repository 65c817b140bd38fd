"""Digits that are not quantities: names, versions, identifiers, places in a list, dates.

type 2 diabetes     stage 3     CTCAE 4.03     day 1     January 1, 2020     12-lead ECG
"""

from __future__ import annotations

import re

from parser.quantities.view import PlainText
from parser.quantities.words import BEFORE_SMALL, BEFORE_YEAR, NAMING, SMALL

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_MONTH_NAMES = frozenset(_MONTHS.split("|"))

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\Z")
_REACH = 32

# What after a number makes it a name, an ordinal or a date.
_FOLLOWED = re.compile(
    rf"""-?(?:st|nd|rd|th)\b(?!(?:\s(?:and|to|or)\s[<>≥≤]?\s?\d+[a-z]{{2}})?[ -](?:per)?centile)|
    -?\s?(?=[acdfghilmpsw])(?:
        (?:leads?|fold\sdilution|dimensional|channel|item|point|(?-i:D)\b|way|armed|generation|stage|step|phase|person)\b|
        (?:hours?|hrs?|h|minutes?|mins?|min|m|meters?|metres?|seconds?|sec|s|days?|weeks?)[- ](?:
            urine|urinary|collection|walk|walking|step|
            ambulatory|holter|ecg|ekg|electrocardiogram|
            creatinine|recall|dietary|food\srecall|oral\sglucose|ogtt|plasma\sglucose|post-?load|post-?prandial|protein|
            monitoring|telephone|hotline|bp|blood\spressure)\b|
        (?:hours?|hrs?|h)\stotal\s(?:urine|urinary|protein|creatinine)\b)|
    \s(?:of|out\sof)\s(?:the|these|following|which|whom)\b|
    :\d|
    's\b|
    \s?(?=[adfjmnos][aceopu])(?:{_MONTHS})\b|
    \s?[ap]\.?m\b|
    (?<![.,]\d)(?<![.,]\d\d)([/.-])\d{{1,2}}\1\d{{2,4}}\b|
    (?!x\d)[A-Za-z]*\d*[A-Za-z]\d|
    -(?-i:[A-Z]{{2}})""",
    re.IGNORECASE | re.VERBOSE,
)


# What begins none of these.
_BORDERS = frozenset({"", *",;()[]<>≥≤=%"})
_PLAIN = (" year", " month", " or ", " and ", " to ")

# `from 0600h to 2359h`
_CLOCK = re.compile(r"(?:1\d|2[0-3])[0-5]\dh(?:rs)?\b")

# What is in front of most numbers, and makes none of them a name.
_COMPARED = (*"≥>≤<", "within", " least", " than")

_OF_THESE = re.compile(r" (?:of|out of) (?:the following|these|the below)\b", re.I)
_LEAST = re.compile(r"(?:at least|at most|more than|minimum of|[≥>]) \Z", re.I)


def refused(view: PlainText, start: int, end: int) -> bool:
    """Whether the number between two offsets names or counts places rather than measures."""
    text = view.text
    if (
        text[end : end + 1] not in _BORDERS
        and not text.startswith(_PLAIN, end)
        and _FOLLOWED.match(text, end)
        and not _is_least(text, start, end)
    ):
        return True
    return _is_name(view.low, start)


def _is_least(text: str, start: int, end: int) -> bool:
    """`at least one of the following` is a count."""
    return _OF_THESE.match(text, end) is not None and _LEAST.search(text, max(0, start - _REACH), start) is not None


def _is_name(low: str, start: int) -> bool:
    """Whether the words in front of a number make it a name, a year or a day of a month."""
    if low.startswith("h", start + 4) and _CLOCK.match(low, start):
        return True
    before = low[max(0, start - _REACH) : start].rstrip(" -#.:,")
    if before.endswith(_COMPARED):
        return False
    front, _, last = before.rpartition(" ")
    last = last.rpartition("(")[2]
    if last.rpartition("-")[2] in NAMING and "," not in low[start - 2 : start]:
        return True
    if last in _MONTH_NAMES or (last in BEFORE_YEAR and _YEAR.match(low, start)):
        return True
    if last.endswith("="):
        return before[:-1].rstrip(" ")[-2:].strip(" (") == "n"
    if last not in SMALL and not last[:1].isdigit():
        return False
    second = front.rstrip(" ").rpartition(" ")[2]
    if last in SMALL:
        return second in BEFORE_SMALL
    return second.rstrip(".,") in _MONTH_NAMES and _DAY.match(last) is not None
