"""An outcome in one line, as the registry's table downloads print it: measure, description and time frame.

Overall survival, 5 years
Systolic Blood Pressure, Change from baseline to half an hour
Number of Deaths, Deaths of any cause were counted., Up to 24 months

The description may be missing, and any part may hold commas. Only certain divisions are made.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SEPARATOR = ", "

_UNIT = r"(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|cycles?|visits?)\b"
_BEGINS = re.compile(
    rf"(?:approximately |about |the )?(?:up ?to|from|at|day|week|month|year|through|throughout|during|within|until|till"
    rf"|after|before|baseline|pre-?|post-?|every|immediately|assessed|measured|time of|randomi[sz]ation|change from"
    rf"|end of|[^\w]{{0,2}}\d+(?:\s?(?:-|to|–)\s?\d+)?(?:st|nd|rd|th)?[ -]?{_UNIT}"
    rf"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve) {_UNIT})\b",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(rf"{_UNIT}|\bbaseline|\d|treatment|study|surgery|discharge|\bend\b|visit|follow", re.IGNORECASE)
# A part of a list of times: `3`, `and 12 months`, `Day 42`.
_GOES_ON = re.compile(
    r"(?:and |or )?(?:(?:day|week|month|year|cycle|visit)s? )?\d[\w .-]{0,20}|(?:and |or ).{0,60}", re.I
)
_TIME = re.compile(
    rf"\d[ -]?{_UNIT}|\bbaseline\b|\b(?:day|week|month|year|cycle|date)s? |dose\b|randomi|death|operativ|screening",
    re.IGNORECASE,
)
_MOST_WORDS = 14
_FEWEST_WORDS = 3
_FEWEST_OF_DESCRIPTION = 5
_SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[A-Z])")


class OutcomeItem(NamedTuple):
    """The parts of an outcome; text that could not be divided is in `measure`."""

    measure: str
    description: str | None = None
    time_frame: str | None = None


def read_outcome(text: str) -> OutcomeItem:
    """The parts of an outcome's line."""
    parts = text.split(_SEPARATOR)
    begin = _time_frame(parts)
    if not begin:
        return OutcomeItem(text)
    time_frame = _SEPARATOR.join(parts[begin:])
    before = parts[:begin]
    if len(before) == 1:
        return OutcomeItem(before[0], None, time_frame)
    cut = _description(before)
    if not cut:
        return OutcomeItem(text)
    return OutcomeItem(_SEPARATOR.join(before[:cut]), _SEPARATOR.join(before[cut:]), time_frame)


def _time_frame(parts: list[str]) -> int:
    """Where the time frame begins; 0 if that is uncertain."""
    for index in range(len(parts) - 1, 0, -1):
        if _is_time_frame(parts[index]):
            after = parts[index + 1 :]
            if not all(_GOES_ON.fullmatch(part) or _is_time_frame(part) for part in after):
                return 0
            return index if index == 1 or _ends_description(parts[index - 1]) else 0
        if not _GOES_ON.fullmatch(parts[index]):
            return 0
    return 0


def _ends_description(part: str) -> bool:
    """Whether a part is not a beginning of the time frame: the end of a sentence, or some words that tell no time."""
    if part.endswith("."):
        return True
    words = len(part.split())
    return (
        words >= _FEWEST_WORDS and not _is_time_frame(part) and not _GOES_ON.fullmatch(part) and not _TIME.search(part)
    )


def _is_time_frame(part: str) -> bool:
    return bool(len(part.split()) <= _MOST_WORDS and _BEGINS.match(part) and _HAS_TIME.search(part))


def _description(before: list[str]) -> int:
    """Where the description begins: at the only part that begins like a sentence before the first sentence ends."""
    text = _SEPARATOR.join(before)
    end = _SENTENCE_ENDS.search(text)
    limit = end.end() if end else len(text)
    found: list[int] = []
    at = 0
    for index, part in enumerate(before):
        if index and at < limit and part[:1].isupper() and len(part.split()) > 1:
            found.append(index)
        at += len(part) + len(_SEPARATOR)
    words = sum(len(part.split()) for part in before[1:])
    return 1 if found == [1] and words >= _FEWEST_OF_DESCRIPTION else 0
