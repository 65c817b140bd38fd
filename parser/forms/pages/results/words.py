"""The words of results pages: headings, labels, and the names that the registry itself gives to rows.

The order of the headings is the page's. `Participant milestones` is printed twice in lines: as a heading and as the
title of its table.
"""

from __future__ import annotations

import re

from parser.forms.pages.results_model import BASELINE, MILESTONES, OTHER, OUTCOME, SERIOUS, WITHDRAWALS

HEADINGS = {
    "Results Overview": "overview",
    "Participant Flow": "flow",
    "Participant milestones": MILESTONES,
    "Reasons for withdrawal": WITHDRAWALS,
    "Baseline Characteristics": "characteristics",
    "Baseline characteristics by cohort": BASELINE,
    "Outcome Measures": "outcomes",
    "Outcome measures": OUTCOME,
    "Adverse Events": "events",
    "Serious adverse events": SERIOUS,
    "Other adverse events": OTHER,
    "Additional Information": "more",
}
"""The headings, in the page's order, each with its section. A section of a table has nothing next to the table."""

FLOWS = (MILESTONES, WITHDRAWALS)
TABLES = (*FLOWS, BASELINE, OUTCOME, SERIOUS, OTHER)

OUTCOME_HEADING = re.compile(
    r"(?P<type>PRIMARY|SECONDARY|OTHER[_-]PRE[_-]SPECIFIED|POST[_-]HOC) outcome\Z", re.IGNORECASE
)

TITLE = re.compile(
    r"(?P<lead>Trial Outcomes (?:&|&amp;|and) Findings for )(?P<title>\S.*?)(?: \(NCT (?P<id>NCT\d{8})\))?\Z"
)

OVERVIEW_LABELS = {
    "Recruitment status": "overall_status",
    "Study phase": "phases",
    "Target enrollment": "enrollment",
    "Primary outcome timeframe": "primary_time_frame",
    "Results posted on": "results_posted",
}
"""The labels of the overview, in the page's order; their values are the next blocks."""

STATUS = frozenset(
    """ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED TERMINATED
    WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE APPROVED_FOR_MARKETING WITHHELD
    UNKNOWN""".split()  # noqa: SIM905
)
PHASES = re.compile(r"(?:NA|(?:EARLY_)?PHASE ?[1-4])(?:\s*[/,|]\s*PHASE ?[1-4])*\Z")
PARTICIPANTS = re.compile(r"\d[\d,]* participants?\Z")
DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?\Z")

UNITS = re.compile(r"Unit of analysis:\s*(?P<units>\S.*)\Z")
"""A line below the details of the participant flow: what its tables count."""

NO_WITHDRAWALS = "Withdrawal data not reported"
"""The site's text in place of an empty table."""

STARTED = "STARTED"
TOTAL, TOTAL_DESCRIPTION = "Total", "Total of all reporting groups"

STANDARD_MEASURES = frozenset(
    {
        "Age, Categorical",
        "Age, Continuous",
        "Age, Customized",
        "Sex: Female, Male",
        "Sex/Gender, Customized",
        "Race (NIH/OMB)",
        "Ethnicity (NIH/OMB)",
        "Race/Ethnicity, Customized",
        "Race and Ethnicity Not Collected",
        "Region of Enrollment",
    }
)
"""The measures at baseline that the registry names itself (ClinicalTrials.gov's data elements for results)."""

MORE_LABELS = {
    "Timeframe": "time_frame",
    "Time frame": "time_frame",
    "Time Frame": "time_frame",
    "Population": "population",
    "Serious events": "serious",
    "Other events": "other",
    "Deaths": "deaths",
}
"""Labels that share a line with their value, under an outcome or a group of adverse events: `Timeframe: 8 weeks`."""
