"""Age limits of the registry, and the standard age groups that follow from them.

18 Years            6 Months            N/A
"""

from __future__ import annotations

import re

_YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25, "hour": 0.0, "minute": 0.0}
_AGE = re.compile(r"(\d{1,4}(?:\.\d+)?)\s+(year|month|week|day|hour|minute)s?\Z", re.IGNORECASE)

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
