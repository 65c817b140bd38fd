"""Enumerated values of ClinicalTrials.gov API v2 (its `/studies/enums`), and how pages print them.

NOT_YET_RECRUITING                      as API v2 has it
Participants Outcome Assessors          who is masked
PHASE1/PHASE2                           phases
"""

from __future__ import annotations

import re
from functools import lru_cache

from parser.enums import ENUMS

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


# Other words in which pages print codes: the code by the words, in the spelling of `_spelled`.
_SYNONYMS: dict[str, dict[str, str]] = {
    "overall_status": {
        "UNKNOWN_STATUS": "UNKNOWN",
        "NO_LONGER_RECRUITING": "ACTIVE_NOT_RECRUITING",
        "ENROLLING": "RECRUITING",
        "INVITATION_ONLY": "ENROLLING_BY_INVITATION",
        "ENROLLING_PARTICIPANTS_BY_INVITATION": "ENROLLING_BY_INVITATION",
        **dict.fromkeys(("CURRENTLY_RECRUITING", "CURRENTLY_RECRUITING_PARTICIPANTS", "RECRUITING_PARTICIPANTS",
                         "CURRENTLY_RECRUITING_PATIENTS", "RECRUITING_PATIENTS", "ACCEPTING_NEW_PATIENTS"),
                        "RECRUITING"),
        **dict.fromkeys(("NOT_YET_OPEN", "NOT_YET_ACCEPTING_PATIENTS"), "NOT_YET_RECRUITING"),
        **dict.fromkeys(("ONGOING_BUT_NOT_RECRUITING", "ONGOING_NOT_RECRUITING", "ACTIVE_NO_LONGER_RECRUITING",
                         "ONGOING_BUT_NO_LONGER_RECRUITING", "ONGOING_BUT_IS_NOT_RECRUITING",
                         "IN_PROGRESS_NOT_ACCEPTING_NEW_PATIENTS"), "ACTIVE_NOT_RECRUITING"),
    },
    "study_type": {
        "INTERVENTION": "INTERVENTIONAL",
        "INTERVENTIONAL_CLINICAL_TRIAL": "INTERVENTIONAL",
        "INTERVENTIONAL_STUDY": "INTERVENTIONAL",
        "INTERVENTIONAL_CLINICAL_TRIAL_OF_MEDICINAL_PRODUCT": "INTERVENTIONAL",
        "OBSERVATIONAL_STUDY": "OBSERVATIONAL",
        "OBSERVATIONAL_PATIENT_REGISTRY": "OBSERVATIONAL",
    },
    "phases": {
        "NOT_APPLICABLE": "NA",
        "N_A": "NA",
        "PHASE0": "EARLY_PHASE1",
        "EARLYPHASE1": "EARLY_PHASE1",
        **{f"{prefix}{printed}{part}": f"PHASE{number}" for number, roman in enumerate(("I", "II", "III", "IV"), 1)
           for prefix in ("PHASE", "") for printed in (roman, str(number)) for part in ("", "A", "B")},
    },
    "allocation": {
        "NOT_APPLICABLE": "NA",
        "N_A": "NA",
        "NONRANDOMIZED": "NON_RANDOMIZED",
        "NON_RANDOMISED": "NON_RANDOMIZED",
        "NON_RANDOMIZED_TRIAL": "NON_RANDOMIZED",
        "RANDOMISED": "RANDOMIZED",
        "RANDOMIZED_CONTROLLED_TRIAL": "RANDOMIZED",
        "RANDOMISED_CONTROLLED_TRIAL": "RANDOMIZED",
        "RCT": "RANDOMIZED",
    },
    "intervention_model": {
        "CROSS_OVER": "CROSSOVER",
        "SINGLE_ARM": "SINGLE_GROUP",
        "PARALLEL_GROUP": "PARALLEL",
    },
    "primary_purpose": {"EDUCATIONAL_COUNSELING_TRAINING": "ECT", "SUPPORTIVE": "SUPPORTIVE_CARE"},
    "observational_model": {"ECOLOGIC_COMMUNITY": "ECOLOGIC_OR_COMMUNITY"},
    "masking": {
        "OPEN_LABEL": "NONE",
        "NONE_OPEN_LABEL": "NONE",
        "NO_MASKING": "NONE",
        "OPEN": "NONE",
        "UNBLINDED": "NONE",
        **{f"{number}_{kind}": number for number in ("SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE")
           for kind in ("BLIND", "BLINDED", "MASKED")},
    },
    "intervention_type": {"BIOLOGICAL_VACCINE": "BIOLOGICAL", "BEHAVIOURAL": "BEHAVIORAL"},
    "sex": {"BOTH": "ALL", "MALE_AND_FEMALE": "ALL", "FEMALE_AND_MALE": "ALL", "FEMALE_MALE": "ALL",
            "MALE_FEMALE": "ALL",
            "BOTH_MALE_AND_FEMALE": "ALL",
            "FEMALES_AND_MALES": "ALL", "MALES_AND_FEMALES": "ALL",
            "BOTH_MALES_AND_FEMALES": "ALL", "BOTH_FEMALES_AND_MALES": "ALL", "ANY": "ALL", "ALL_SEXES": "ALL",
            "ALL_GENDERS": "ALL", "ANY_SEX": "ALL", "ANY_GENDER": "ALL", "BOTH_SEXES": "ALL", "MALES": "MALE",
            "FEMALES": "FEMALE", "MEN": "MALE", "WOMEN": "FEMALE", "MEN_AND_WOMEN": "ALL", "WOMEN_AND_MEN": "ALL",
            "FEMALE_ONLY": "FEMALE", "MALE_ONLY": "MALE"},
    "sponsor_class": {"U_S_FED": "FED", "US_FED": "FED", "OTHER_GOVERNMENT": "OTHER_GOV", "INDIVIDUAL": "INDIV",
                      "OTHER_U_S_FEDERAL_AGENCY": "FED", "AMBIGUOUS": "AMBIG"},
    "contact_role": {"PI": "PRINCIPAL_INVESTIGATOR", "STUDY_PRINCIPAL_INVESTIGATOR": "PRINCIPAL_INVESTIGATOR",
                     "SUBINVESTIGATOR": "SUB_INVESTIGATOR"},
    "date_type": {"ESTIMATE": "ESTIMATED", "EST": "ESTIMATED", "ANTICIPATED": "ESTIMATED"},
    "retention": {"NONE": "NONE_RETAINED"},
    "outcome_type": {
        "PRIMARY_OUTCOME": "PRIMARY",
        "SECONDARY_OUTCOME": "SECONDARY",
        "OTHER_PRE_SPECIFIED_OUTCOME": "OTHER_PRE_SPECIFIED",
        "POST_HOC_OUTCOME": "POST_HOC",
    },
    "dispersion_type": {
        "80_CONFIDENCE_INTERVAL": "CONFIDENCE_80",
        "90_CONFIDENCE_INTERVAL": "CONFIDENCE_90",
        "95_CONFIDENCE_INTERVAL": "CONFIDENCE_95",
        "97_5_CONFIDENCE_INTERVAL": "CONFIDENCE_975",
        "99_CONFIDENCE_INTERVAL": "CONFIDENCE_99",
        "OTHER_CONFIDENCE_INTERVAL_LEVEL": "CONFIDENCE_OTHER",
        "GEOMETRIC_COEFFICIENT_OF_VARIATION": "GEOMETRIC_COEFFICIENT",
    },
    "analysis_dispersion_type": {"STANDARD_ERROR_OF_THE_MEAN": "STANDARD_ERROR_OF_MEAN"},
    "ci_num_sides": {"1_SIDED": "ONE_SIDED", "2_SIDED": "TWO_SIDED"},
    "info_type": {
        "STATISTICAL_ANALYSIS_PLAN": "SAP",
        "STATISTICAL_ANALYSIS_PLAN_SAP": "SAP",
        "INFORMED_CONSENT_FORM": "ICF",
        "INFORMED_CONSENT_FORM_ICF": "ICF",
        "CLINICAL_STUDY_REPORT": "CSR",
        "CLINICAL_STUDY_REPORT_CSR": "CSR",
        "PROTOCOL": "STUDY_PROTOCOL",
    },
}  # fmt: skip
_SYNONYMS |= {
    "last_known_status": _SYNONYMS["overall_status"],
    "site_status": _SYNONYMS["overall_status"],
    "organization_class": _SYNONYMS["sponsor_class"],
    "official_role": _SYNONYMS["contact_role"],
}

_BRACKET = re.compile(r"\(([^()]*)\)\s*\Z")
_BETWEEN_PARTS = re.compile(r"[^A-Z0-9]+")
_INFO_TYPE = re.compile(r"[^,;|\r\n]+")


def _spelled(text: str) -> str:
    return _BETWEEN_PARTS.sub("_", text.upper()).strip("_")


@lru_cache(maxsize=1024)
def read_code(field: str, text: str) -> str | None:
    """The code that a text means, as printed (`Active, not recruiting`) or in other words (`None (Open Label)`).

    `field` is a key of `ENUMS`; None for a text that is not a code of it.
    """
    code = _BETWEEN_WORDS.sub("_", text.strip().upper()).replace("PHASE_", "PHASE")
    if code in ENUMS[field]:
        return code
    known = _SYNONYMS.get(field, {})
    for words in (text, _BRACKET.sub("", text)):
        spelled = _spelled(words).replace("PHASE_", "PHASE").removesuffix("_ASSIGNMENT")
        code = known.get(spelled, spelled)
        if code in ENUMS[field]:
            return code
    return None


def synonyms() -> set[str]:
    """The other words in which pages print codes, in the spelling of `_spelled`, also in the plural."""
    return {words for table in (*_SYNONYMS.values(), _WHO_MASKED) for role in table for words in (role, role + "s")}


def bracketed(text: str) -> tuple[int, int] | None:
    """Where the words in brackets are that end a text: `Double (Participant, Investigator)`."""
    match = _BRACKET.search(text)
    return match.span(1) if match else None


_YES = frozenset(
    {"yes", "true", "accepts healthy volunteers", "accepted", "healthy volunteers accepted"}
    | {"results available", "has results", "y", "available"}
)
_NO = frozenset(
    {"no", "false", "no healthy volunteers", "not accepted", "does not accept healthy volunteers"}
    | {"results pending", "no results available", "no results", "n", "no results posted"}
)


def read_yes_or_no(text: str) -> bool | None:
    """The boolean of `Yes`, `True`, `No` and their variants; None for any other text."""
    word = text.strip().rstrip(".").lower()
    return True if word in _YES else False if word in _NO else None


def read_info_types(text: str) -> list[tuple[str | None, int, int]]:
    """The kinds of documents that a list names, each with its span; None for an unknown kind."""
    found: list[tuple[str | None, int, int]] = []
    for match in _INFO_TYPE.finditer(text):
        printed = match.group().strip(" *\t")
        if printed:
            start = match.start() + match.group().index(printed)
            found.append((read_code("info_type", printed), start, start + len(printed)))
    return found


def read_who_masked(text: str) -> list[str] | None:
    """The roles that a line names, in its order; None if it holds anything else."""
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
