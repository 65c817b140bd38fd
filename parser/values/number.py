"""Counts of people: `10 participants`, `1,200 participants`."""

from __future__ import annotations

import re

_COUNT = re.compile(r"(\d{1,3}(?:[, \u00a0]\d{3})+|\d{1,12})(?: (?:participant|patient|subject)s?)?\Z", re.I)


def read_count(text: str) -> int | None:
    """A count of participants, or None when the text is none."""
    match = _COUNT.match(text)
    return int(re.sub(r"\D", "", match[1])) if match else None
