"""Age limits of the registry, the standard age groups that follow from them, and which quantities are ages.

18 Years            6 Months            N/A
"""

from __future__ import annotations

import re

from parser.model.normalized import Quantity
from parser.quantities.unit_table import atoms_by_code, look_up

_AGE = re.compile(r"(\d{1,4}(?:\.\d+)?)\s+([a-z]+)\Z", re.IGNORECASE)
# Words of a subject that is the age of a participant, and those that make it the age of something else.
_AGE_WORDS = frozenset({"age", "ages", "aged"})
_OTHER_AGES = re.compile(r"gestation|post-?(?:natal|menstrual)|concepti|onset|diagnos|bone|correct|partner|donor", re.I)
_OLD = re.compile(r"\b(?:old|older|younger|of age)\b", re.I)

ADULT_FROM, OLDER_ADULT_FROM = 18, 65


def years(text: str) -> float | None:
    """An age limit in years, or None if the text is not one."""
    match = _AGE.match(text)
    atom = next((atom for atom in look_up(match[2]) if atom.dimension == "time"), None) if match else None
    return float(match[1]) * _in_years(atom.code) if match and atom and len(match[2]) > 2 else None


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
    if quantity.kind != "time" or quantity.window or not _in_years(quantity.ucum):
        return False
    if quantity.subject is None:
        return bool(_OLD.search(quantity.text))
    words = quantity.subject.lower().split()
    return not _AGE_WORDS.isdisjoint(words) and not _OTHER_AGES.search(quantity.subject)


def quantity_years(quantity: Quantity, bound: float | None) -> float:
    """A bound of a length of time in years; a year has 365.25 days. 0.0 for a bound that is open."""
    return (bound or 0.0) * _in_years(quantity.ucum)


def _in_years(code: str | None) -> float:
    """How many years one of a unit of time is; 0.0 for what is not a time."""
    atoms, (year, *_) = atoms_by_code(), look_up("year")
    atom = atoms.get(code or "")
    return float(atom.size / year.size) if atom and atom.size and year.size and atom.dimension == "time" else 0.0
