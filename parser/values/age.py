"""Age limits of the registry, and the standard age groups that follow from them.

18 Years            6 Months            N/A
"""

from __future__ import annotations

import re

from parser.model.normalized import Quantity

_YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25, "hour": 0.0, "minute": 0.0}
_AGE = re.compile(r"(\d{1,4}(?:\.\d+)?)\s+(year|month|week|day|hour|minute)s?\Z", re.IGNORECASE)

_CODES = {"a": 1.0, "mo": 1 / 12, "wk": 7 / 365.25, "d": 1 / 365.25, "h": 1 / 8766, "min": 1 / 525960}
# Words of a subject that is the age of a participant, and those that make it the age of something else.
_AGE_WORDS = frozenset({"age", "ages", "aged"})
_OTHER_AGES = re.compile(r"gestation|post-?(?:natal|menstrual)|concepti|onset|diagnos|bone|correct|partner|donor", re.I)
_OLD = re.compile(r"\b(?:old|older|younger|of age)\b", re.I)

ADULT_FROM, OLDER_ADULT_FROM = 18, 65


def years(text: str) -> float | None:
    """An age limit in years, or None when the text is none."""
    match = _AGE.match(text)
    return float(match[1]) * _YEARS[match[2].lower()] if match else None


def standard_ages(minimum: float | None, maximum: float | None) -> list[str]:
    """API v2's `stdAges` for limits in years (None: no limit): CHILD, ADULT and OLDER_ADULT that the range touches."""
    low = minimum if minimum is not None else 0.0
    high = maximum if maximum is not None else float("inf")
    touched = {
        "CHILD": low < ADULT_FROM,
        "ADULT": low < OLDER_ADULT_FROM and high >= ADULT_FROM,
        "OLDER_ADULT": high >= OLDER_ADULT_FROM,
    }
    return [group for group, holds in touched.items() if holds]


def is_age(quantity: Quantity) -> bool:
    """Whether a quantity is the age of a participant: by the words that it was read with."""
    if quantity.kind != "time" or quantity.window or quantity.ucum not in _CODES:
        return False
    if quantity.subject is None:
        return bool(_OLD.search(quantity.text))
    words = quantity.subject.lower().split()
    return not _AGE_WORDS.isdisjoint(words) and not _OTHER_AGES.search(quantity.subject)


def quantity_years(quantity: Quantity, bound: float | None) -> float:
    """A bound of a length of time in years; a year has 365.25 days. 0.0 for a bound that is open."""
    return (bound or 0.0) * _CODES.get(quantity.ucum or "", 0.0)
