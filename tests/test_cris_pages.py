"""A record of Korea's register with all of its parts, as saved HTML, a cell a line, and with bars."""

from __future__ import annotations

from typing import Any

import pytest

from parser import parse

ROWS = """\
=Background
CRIS Registration Number|KCT0000001
Unique Protocol ID|WALK-2020
Public/Brief Title|Evening walks and sleep
Scientific Title|Effect of evening walks on sleep in adults with insomnia
=Institutional Review Board
Board Approval Status|Submitted approval
- Name|Example IRB
Data Monitoring Committee|No
=Contact Details
=Contact Person for Principal Investigator / Scientific Queries
- Name|Ki-hoon Han
- Title|MD
=Contact Person for Public Queries
- Name|Eun-jung Kim
- Telephone|+82-2-3010-0000
- Affiliation|Example Medical Center
=Status
Study Site|Multi-center (Number of center : 2)
Overall Recruitment Status|Recruiting
Date of First Enrollment|2009-05-14 , Actual
Target Number of Participant|2,062
=Recruitment Status by Participating Study Site 1
- Name of Study Site|Example Severance Hospital
- Recruitment Status|Recruiting
- Date of First Enrollment|2009-05-14 , Actual
=Recruitment Status by Participating Study Site 2
- Name of Study Site|Example University Hospital
- Recruitment Status|Not yet recruiting
- Date of First Enrollment|2010-02-15 , Anticipated
=1. Sponsor Organization
- Organization Name|Example Medical Center
- Organization Type|Medical Institute
=Study Design
Study Type|Interventional Study
Study Purpose|Prevention
Phase|Phase3
Intervention Model|Parallel
Blinding/Masking|Open
Allocation|RCT
Number of Arms|2
Arm 1|Arm Label|Walks
Target Number of Participant|1375
Arm Type|Experimental
Arm Description|Thirty minutes each evening
Arm 2|Arm Label|Usual care
Target Number of Participant|687
Arm Type|No intervention
Arm Description|Observation
=Subject Eligibility
Condition(s)/Problem(s)|Insomnia
Inclusion Criteria|Gender|Both
Age|45 Year ~ 79 Year
Description|1. Insomnia for three months~~2. Written consent
Exclusion Criteria|1. Sleep apnoea~~2. Shift work~~3. Pregnancy
Healthy Volunteers|No
=Outcome Measure(s)
Type of Primary Outcome|Efficacy
=Primary Outcome(s) 1
- Outcome|Sleep efficiency
- Timepoint|8 weeks
=Secondary Outcome(s) 1
- Outcome|Fatigue
- Timepoint|8 weeks"""

_MARK = "~~"


def _as_html() -> bytes:
    rows = []
    for line in ROWS.split("\n"):
        if line.startswith("="):
            rows.append(f'<tr><th colspan="3">{line[1:]}</th></tr>')
            continue
        *labels, value = line.split("|")
        cells = "".join(f"<th>{label}</th>" for label in labels)
        rows.append(f"<tr>{cells}<td>{value.replace(_MARK, '<br>')}&nbsp;</td></tr>")
    menu = '<div id="header"><ul><li><a href="#">About CRIS</a></li></ul></div>'
    table = "<table>" + "\n".join(rows) + "</table>"
    return f"<html><head><title>Records View</title></head><body>{menu}{table}</body></html>".encode()


def _as_lines() -> bytes:
    return ROWS.replace("=", "").replace("|", "\n").replace(_MARK, "\n").encode()


def _as_bars() -> bytes:
    lines = (line[1:] if line.startswith("=") else f"| {line.replace('|', ' | ')} |" for line in ROWS.split("\n"))
    return "\n".join(lines).replace(_MARK, "<br>").encode()


@pytest.fixture(params=[_as_html, _as_lines, _as_bars], ids=["html", "lines", "bars"], scope="module")
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return parse(request.param()).to_dict()


def test_the_form_is_known(document: dict[str, Any]) -> None:
    assert document["sourceSection"]["form"].endswith("cris-page")


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("statusModule.overallStatus", "RECRUITING"),
        ("statusModule.startDateStruct", {"date": "2009-05-14", "type": "ACTUAL"}),
        ("sponsorCollaboratorsModule.leadSponsor", {"name": "Example Medical Center"}),
        ("oversightModule.oversightHasDmc", False),
        ("designModule.enrollmentInfo.count", 2062),
        (
            "armsInterventionsModule.armGroups",
            [
                {"label": "Walks", "type": "EXPERIMENTAL", "description": "Thirty minutes each evening"},
                {"label": "Usual care", "type": "NO_INTERVENTION", "description": "Observation"},
            ],
        ),
        ("outcomesModule.primaryOutcomes", [{"measure": "Sleep efficiency", "timeFrame": "8 weeks"}]),
        ("outcomesModule.secondaryOutcomes", [{"measure": "Fatigue", "timeFrame": "8 weeks"}]),
        ("eligibilityModule.minimumAge", "45 Years"),
        ("eligibilityModule.maximumAge", "79 Years"),
        ("contactsLocationsModule.centralContacts", [{"name": "Eun-jung Kim", "phone": "+82-2-3010-0000"}]),
        (
            "contactsLocationsModule.locations",
            [
                {"facility": "Example Severance Hospital", "status": "RECRUITING"},
                {"facility": "Example University Hospital", "status": "NOT_YET_RECRUITING"},
            ],
        ),
    ],
)
def test_a_part_is_read(document: dict[str, Any], module: str, expected: object) -> None:
    value: Any = document["protocolSection"]
    for name in module.split("."):
        value = value[name]
    assert value == expected


def test_the_criteria_are_counted(document: dict[str, Any]) -> None:
    categories = [criterion["category"] for criterion in document["normalizedSection"]["eligibilityModule"]["criteria"]]
    assert (categories.count("INCLUSION"), categories.count("EXCLUSION")) == (2, 3)
