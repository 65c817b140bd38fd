"""The lines of a results table: counts, values with units, dispersions, numerators.

74                                          a count of participants
61.1 Years                                  a value and its unit
STANDARD_DEVIATION 14.20 • n=5 Participants  a dispersion, and the site's own count, which no record has
n=42 Participants                           how many a group has, under its name
1/74 • Number of events 1 • 8 weeks         an adverse event: affected of those at risk, how often, in what time
"""

from __future__ import annotations

import re

NUMBER = r"[-+−]?(?:\d+(?:,\d{3}){0,6}(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
"""A number as records have it: `1,234.5`, `-.5`, `1.2E-3`."""

COUNT = re.compile(r"\d{1,3}(?:,\d{3})+\Z|\d+\Z")
DASHES = frozenset("-–—")

# A unit has at most 40 characters in the registry; a description that begins with a number has more.
VALUE = re.compile(rf"(?P<value>(?:[<>≤≥=~]+ ?)?(?:{NUMBER}|NA|NaN))(?:(?P<unit>%)|\s+(?P<unit_>\S.{{0,79}}))?\Z")

# API v2's dispersions, as it spells them at baseline and as it displays them of outcomes.
_KIND = (
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:Geometric )?Standard (?:Deviation|Error)|Inter-?[Qq]uartile Range|Full Range"
    r"|Geometric Coefficient of Variation|(?:\d+(?:\.\d+)?% )?Confidence Interval|Interval"
)
_LIMIT = rf"(?:{NUMBER}|NA|NaN)"
_PARTICIPANTS = r"n\s?=\s?(?P<count>\d[\d,]*)(?:\s+(?P<units>\S.*))?"

NOTE = re.compile(
    rf"(?P<kind>{_KIND})\s+[\[(]?(?P<first>{_LIMIT})(?:(?:,\s*|\s+to\s+|\s*[-–]\s+)(?P<second>{_LIMIT}))?[\])]?"
    rf"(?:\s*•\s*(?P<site>{_PARTICIPANTS}))?\Z"
)
"""A dispersion: one number or two limits (`[12.0, 45.0]`, `12.0 to 45.0`, `12.0 - 45.0`), and the site's count."""

COLUMN_COUNT = re.compile(rf"(?:•\s*)?{_PARTICIPANTS}\Z")
EVENTS = re.compile(
    r"(?P<affected>\d+)/(?P<at_risk>\d+)(?:\s*•\s*Number of events (?P<events>\d+))?(?:\s*•\s*(?P<time>\S.*))?\Z"
)


def is_dash(text: str) -> bool:
    """Whether a line is a dash, which stands for no value."""
    return text in DASHES


def is_value(text: str) -> bool:
    """Whether a line may be a value with its unit. `18 Years` may, and so may a category of that name."""
    return VALUE.match(text) is not None


def is_note(text: str) -> bool:
    """Whether a line can only be below a value."""
    return COLUMN_COUNT.match(text) is not None or NOTE.match(text) is not None or EVENTS.match(text) is not None


def is_count(text: str) -> bool:
    """Whether a line is a bare number of participants."""
    return COUNT.match(text) is not None


def unit_of(text: str) -> str:
    """The unit that a value's line ends in; nothing for none."""
    match = VALUE.match(text)
    return (match["unit"] or match["unit_"] or "") if match else ""
