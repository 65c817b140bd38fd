"""Ages as sites print them in one line: both limits, the standard groups of API v2, or both.

18 Years to 65 Years (Adult, Older Adult)       20+ years old       Child, Adult
"""

from __future__ import annotations

import re
from typing import NamedTuple

_AGE = re.compile(r"(\d{1,4}(?:\.\d+)?)\s+(year|month|week|day|hour|minute)s?\Z", re.IGNORECASE)
_UNIT = r"(?:year|month|week|day|hour|minute)s?"
_RANGE = re.compile(
    rf"(?:(?:ages? )?(?P<low>\d{{1,3}}(?:\.\d+)?)(?![\d.]) ?(?P<low_unit>{_UNIT})?(?: old| of age)?"
    r"(?P<open> ?\+| ?(?:and|or|&) (?:older|over|above|up)\b)?)?"
    # Between two ages there is a word or a dash: `12 years 6 months` is one.
    r" ?(?:(?(low)(?:to|-|–|up to|through|until)|(?:up to)?) ?"
    rf"(?P<high>\d{{1,3}}(?:\.\d+)?) ?(?P<high_unit>{_UNIT})(?: old| of age)?"
    rf"(?: (?:and|or) (?:younger|under|below))?)? ?(?P<unit>{_UNIT})?(?: old| of age)?(?: (?:and|or) (?:older|over"
    rf"|above|up))?"
    r" ?(?:(?:to|-|–) (?:undefined|no limit|n/a))? ?(?:\((?P<groups>[^()]*)\))? ?\Z",
    re.IGNORECASE,
)
_LONGEST = 100
_BETWEEN = re.compile(rf"(?:between|from) (?:ages? )?(\d{{1,3}}(?:\.\d+)?(?: {_UNIT})?) and (?=\d)", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:older|over|above|up|undefined|no limit|n/a)\b|\+", re.IGNORECASE)
_GROUPS = {"child": "CHILD", "children": "CHILD", "adult": "ADULT", "adults": "ADULT"} | dict.fromkeys(
    ("older adult", "older adults", "senior", "seniors"), "OLDER_ADULT"
)


class Ages(NamedTuple):
    """The ages in a line: the limits in API v2's form (`18 Years`), and the standard groups that it names."""

    minimum: str | None
    maximum: str | None
    groups: tuple[str, ...]


def read_ages(text: str) -> Ages | None:
    """`18 Years to 65 Years (Adult, Older Adult)`, `20+ years old`, `Child, Adult`; None if there are no ages."""
    folded = " ".join(re.sub(r"[\r\n]+\s*", ", ", text.strip()).split())
    if len(folded) > _LONGEST:
        return None
    groups = _groups(folded)
    if groups:
        return Ages(None, None, groups)
    folded = _BETWEEN.sub(r"\1 to ", folded)
    match = _RANGE.match(folded)
    if match is None or not (match["low"] or match["high"]):
        return None
    if not match["high"] and not (match["open"] or match["groups"] or _OPEN.search(folded)):
        # A single age is neither a lower nor an upper limit.
        return None
    unit = match["low_unit"] or match["unit"] or match["high_unit"]
    if match["low"] and not unit:
        return None
    low = _limit(match["low"], unit) if match["low"] else None
    high = _limit(match["high"], match["high_unit"]) if match["high"] else None
    return Ages(low, high, _groups(match["groups"] or ""))


def canonical(text: str) -> str:
    """An age in API v2's form: `8 years` is `8 Years`."""
    match = _AGE.match(text)
    return _limit(match[1], match[2]) if match else text


def _limit(number: str, unit: str) -> str:
    name = unit.lower().removesuffix("s").capitalize()
    return f"{number} {name}" if number == "1" else f"{number} {name}s"


def _groups(text: str) -> tuple[str, ...]:
    words = [word.strip(" *•-").lower() for word in re.split(r"[,;•]|\s\*\s", text) if word.strip(" *•-")]
    found = tuple(_GROUPS.get(word, "") for word in words)
    return found if found and all(found) else ()
