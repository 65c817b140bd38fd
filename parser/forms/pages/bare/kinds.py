"""What kind of value a line without a label is: a code, a count, a date, an age, the number of a paper.

COMPLETED                               overall_status
PHASE1/PHASE2                           phases
120 participants                        enrollment
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parser.enums import ENUMS
from parser.forms.pages.site import PUBMED_LINK

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PHASE = "|".join(sorted(ENUMS["phases"], key=len, reverse=True))


def _pattern(expression: str) -> Callable[[str], bool]:
    match = re.compile(rf"(?:{expression})\Z").match
    return lambda line: match(line) is not None


def _code(field: str) -> Callable[[str], bool]:
    return ENUMS[field].__contains__


is_registry_id = _pattern(r"NCT\d{8}")
is_date = _pattern(rf"\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?|{_MONTH} (?:\d{{1,2}}, )?\d{{4}}")
is_age = _pattern(r"\d+(?:\.\d+)? (?:Year|Month|Week|Day|Hour|Minute)s?|N/?A")
is_yes_or_no = _pattern("Yes|No|True|False")
is_paper = _pattern(rf"\d{{1,9}}(?: ?{re.escape(PUBMED_LINK)})?")
is_sponsor_role = _pattern("lead|collaborator")
is_contact_role = _pattern("|".join(sorted(ENUMS["contact_role"])))
is_facility_role = _pattern("primary|backup|" + "|".join(sorted(ENUMS["contact_role"])))
is_identifier_source = _pattern("org_study_id|secondary_id")
is_identifier_type = _pattern("-|" + "|".join(sorted(ENUMS["org_id_type"] | ENUMS["secondary_id_type"])))


class Kind(NamedTuple):
    """A field, and which lines can be its value."""

    field: str
    fits: Callable[[str], bool]


BASIC = (
    Kind("overall_status", _code("overall_status")),
    Kind("phases", _pattern(rf"(?:{_PHASE})(?:[/,|] ?(?:{_PHASE}))*")),
    Kind("enrollment", _pattern(r"\d[\d,. ]* participants?")),
    Kind("study_type", _code("study_type")),
    Kind("start_date", is_date),
    Kind("completion_date", is_date),
)
"""The values of Basic Information, in the order of pages."""

INTERVENTIONAL = tuple(
    Kind(field, _code(field)) for field in ("allocation", "intervention_model", "primary_purpose", "masking")
)
"""The values of Study Design where something is tried, in the order of pages; who is masked is a line of its own."""

OBSERVATIONAL = tuple(Kind(field, _code(field)) for field in ("observational_model", "time_perspective"))
"""The values of Study Design where something is watched."""


def design_kinds(study_type: str, lines: Sequence[str]) -> tuple[Kind, ...]:
    """Which values Study Design has, by the type of the study; where that is missing, by its lines.

    `OTHER` is a purpose, a model and a time perspective, so it does not decide.
    """
    if study_type == "OBSERVATIONAL":
        return OBSERVATIONAL
    if study_type:
        return INTERVENTIONAL
    watched = sum(line != "OTHER" and kind.fits(line) for line in lines for kind in OBSERVATIONAL)
    tried = sum(line != "OTHER" and kind.fits(line) for line in lines for kind in INTERVENTIONAL)
    return OBSERVATIONAL if watched > tried else INTERVENTIONAL
