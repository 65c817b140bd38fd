"""Dates: ISO 8601 with the parts that were printed, and no others.

2019-09-11          2019-09-11
2019-09             2019-09
"""

from __future__ import annotations

import calendar
import re

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def read_date(text: str) -> str | None:
    """A date as yyyy, yyyy-MM or yyyy-MM-dd, or None when it is none."""
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:
        return None
    if year and month and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return text if year else None
