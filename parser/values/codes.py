"""Enumerated values of ClinicalTrials.gov API v2 (its `/studies/enums`), and how pages print them.

NOT_YET_RECRUITING                      as API v2 has it
Participants Outcome Assessors          who is masked
PHASE1/PHASE2                           phases
"""

from __future__ import annotations

import re

_STATUS = """ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED TERMINATED
    WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE APPROVED_FOR_MARKETING WITHHELD UNKNOWN"""

ENUMS: dict[str, frozenset[str]] = {
    field: frozenset(codes.split())
    for field, codes in {
        "overall_status": _STATUS,
        "site_status": _STATUS,
        "study_type": "EXPANDED_ACCESS INTERVENTIONAL OBSERVATIONAL",
        "phases": "NA EARLY_PHASE1 PHASE1 PHASE2 PHASE3 PHASE4",
        "allocation": "RANDOMIZED NON_RANDOMIZED NA",
        "intervention_model": "SINGLE_GROUP PARALLEL CROSSOVER FACTORIAL SEQUENTIAL",
        "primary_purpose": """TREATMENT PREVENTION DIAGNOSTIC ECT SUPPORTIVE_CARE SCREENING HEALTH_SERVICES_RESEARCH
            BASIC_SCIENCE DEVICE_FEASIBILITY OTHER""",
        "observational_model": """COHORT CASE_CONTROL CASE_ONLY CASE_CROSSOVER ECOLOGIC_OR_COMMUNITY FAMILY_BASED
            DEFINED_POPULATION NATURAL_HISTORY OTHER""",
        "time_perspective": "RETROSPECTIVE PROSPECTIVE CROSS_SECTIONAL OTHER",
        "masking": "NONE SINGLE DOUBLE TRIPLE QUADRUPLE",
        "arm_type": "EXPERIMENTAL ACTIVE_COMPARATOR PLACEBO_COMPARATOR SHAM_COMPARATOR NO_INTERVENTION OTHER",
        "intervention_type": """BEHAVIORAL BIOLOGICAL COMBINATION_PRODUCT DEVICE DIAGNOSTIC_TEST DIETARY_SUPPLEMENT DRUG
            GENETIC PROCEDURE RADIATION OTHER""",
        "sex": "ALL FEMALE MALE",
        "sponsor_class": "NIH FED OTHER_GOV INDIV INDUSTRY NETWORK AMBIG OTHER UNKNOWN",
        "responsible_party_type": "SPONSOR PRINCIPAL_INVESTIGATOR SPONSOR_INVESTIGATOR",
        "contact_role": "STUDY_CHAIR STUDY_DIRECTOR PRINCIPAL_INVESTIGATOR SUB_INVESTIGATOR CONTACT",
        "reference_type": "BACKGROUND RESULT DERIVED",
        "org_id_type": "NIH FDA VA CDC AHRQ SAMHSA",
        "secondary_id_type": """NIH FDA VA CDC AHRQ SAMHSA OTHER_GRANT EUDRACT_NUMBER CTIS REGISTRY OTHER""",
    }.items()
}
"""The codes API v2 knows, by the field that holds them."""

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


def read_code(field: str, text: str) -> tuple[str, bool]:
    """The code that a text stands for, and whether API v2 knows it: `Active, not recruiting` is known.

    An unknown one is given as printed.
    """
    code = re.sub(r"[\s_,-]+", "_", text.strip().upper()).replace("PHASE_", "PHASE")
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
