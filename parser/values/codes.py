"""Enumerated values of ClinicalTrials.gov API v2 (its `/studies/enums`), and how pages print them.

NOT_YET_RECRUITING                      as API v2 has it
Participants Outcome Assessors          who is masked
PHASE1/PHASE2                           phases
"""

from __future__ import annotations

import re
from functools import lru_cache

from parser.enums import ENUMS as ENUMS

# Pages print who is masked in title case, in the plural; API v2's own names are read as well.
_WHO_MASKED = {
    "participant": "PARTICIPANT",
    "subject": "PARTICIPANT",
    "care provider": "CARE_PROVIDER",
    "caregiver": "CARE_PROVIDER",
    "investigator": "INVESTIGATOR",
    "outcome assessor": "OUTCOMES_ASSESSOR",
    "outcomes assessor": "OUTCOMES_ASSESSOR",
}
_ROLE = re.compile(
    "(" + "|".join(re.sub(" ", "[ _]", role) for role in _WHO_MASKED) + r")s?(?:,? (?:and )?|\Z)", re.IGNORECASE
)
_BETWEEN_WORDS = re.compile(r"[\s_,-]+")


@lru_cache(maxsize=1024)
def read_code(field: str, text: str) -> tuple[str, bool]:
    """The code that a text stands for, and whether API v2 knows it: `Active, not recruiting` is known.

    An unknown one is given as printed.
    """
    code = _BETWEEN_WORDS.sub("_", text.strip().upper()).replace("PHASE_", "PHASE")
    return (code, True) if code in ENUMS[field] else (text, False)


def read_who_masked(text: str) -> list[str] | None:
    """The roles that a line names, in its order; None when it holds anything else."""
    roles: list[str] = []
    position = 0
    while position < len(text):
        match = _ROLE.match(text, position)
        if match is None:
            return None
        roles.append(_WHO_MASKED[match[1].lower().replace("_", " ")])
        position = match.end()
    return roles or None


def display_type(code: str) -> str:
    """An intervention's type as API v2 displays it before the name: DIETARY_SUPPLEMENT is `Dietary Supplement`."""
    return code.replace("_", " ").title()
