"""ClinicalTrials.gov's pages before 2024, a text node a line and with bars: what each part of a page gives."""

from __future__ import annotations

from typing import Any

import pytest

from parser import parse

HEAD = """\
Working...
ClinicalTrials.gov Menu
Evening Walks and Sleep
The safety and scientific validity of this study is the responsibility of the study sponsor and investigators.
ClinicalTrials.gov Identifier: NCT00000001
Recruitment Status : Completed
First Posted : November 19, 2004
Last Update Posted : March 24, 2014
Sponsor:
Example University
Information provided by (Responsible Party):
Example University
"""

TABULAR = """\
Tracking Information
First Submitted Date  ICMJE
December 10, 2007
Last Update Posted Date
July 27, 2010
Descriptive Information
Brief Title  ICMJE
Evening Walks and Sleep
Brief Summary
Walks are compared with usual care.
Detailed Description
Walks of thirty minutes.
"""


def _said(text: str) -> dict[str, Any]:
    section: dict[str, Any] = parse(HEAD + text).to_dict()["protocolSection"]
    return section


@pytest.mark.parametrize(
    "table",
    [
        "Condition or disease\nIntervention/treatment\nPhase\nInsomnia\nFatigue\nBehavioral: Walks\nOther: Diary\n"
        "Phase 2\n",
        "Condition or disease\n\nIntervention/treatment\n\nPhase\n\nInsomnia\n\nFatigue\n\nBehavioral: Walks\n\n"
        "Other: Diary\n\nPhase 2\n",
        "Condition or disease | Intervention/treatment | Phase |\nInsomnia\nFatigue | Behavioral: Walks\nOther: Diary |"
        " Phase 2 |\n",
    ],
)
def test_the_table_of_conditions(table: str) -> None:
    section = _said(f"Study Description\nGo to\nBrief Summary:\nWalks are compared.\n{table}Study Design\nGo to\n")
    assert section["descriptionModule"] == {"briefSummary": "Walks are compared."}
    assert section["conditionsModule"]["conditions"] == ["Insomnia", "Fatigue"]
    found = [(one["type"], one["name"]) for one in section["armsInterventionsModule"]["interventions"]]
    assert found == [("BEHAVIORAL", "Walks"), ("OTHER", "Diary")]
    assert section["designModule"]["phases"] == ["PHASE2"]


def test_the_table_of_arms() -> None:
    section = _said(
        "Arms and Interventions\nGo to\nArm\nIntervention/treatment\nExperimental: Walks\nThirty minutes each evening\n"
        "Behavioral: Walks\nWith a guide\nNo Intervention: Usual care\nNo walks\nOutcome Measures\nGo to\n"
    )
    arms = section["armsInterventionsModule"]["armGroups"]
    assert [(one["type"], one["label"], one["description"]) for one in arms] == [
        ("EXPERIMENTAL", "Walks", "Thirty minutes each evening"),
        ("NO_INTERVENTION", "Usual care", "No walks"),
    ]


def test_a_state_over_its_sites_is_no_site() -> None:
    section = _said(
        "Contacts and Locations\nGo to\nLocations\nUnited States, Georgia\nExample Clinic\n"
        "Savannah, Georgia, United States, 31401\nKorea, Republic of\nExample Hospital\n"
        "Busan, Korea, Republic of, 49241\nSponsors and Collaborators\nExample University\n"
    )
    sites = section["contactsLocationsModule"]["locations"]
    assert [(one["facility"], one["city"], one.get("state"), one["country"]) for one in sites] == [
        ("Example Clinic", "Savannah", "Georgia", "United States"),
        ("Example Hospital", "Busan", None, "Korea, Republic of"),
    ]


@pytest.mark.parametrize(
    "people",
    [
        "Principal Investigator:\nJane Doe, MD, PhD\nExample University\nStudy Chair:\nJohn Roe\nExample Hospital\n",
        "Principal Investigator: | Jane Doe, MD, PhD | Example University |\n"
        "Study Chair: | John Roe | Example Hospital |\n",
        "Jane Doe, MD, PhD\nExample University\nPrincipal Investigator\nJohn Roe\nExample Hospital\nStudy Chair\n",
    ],
)
def test_the_role_is_above_a_name_beside_it_or_below(people: str) -> None:
    section = _said(f"Investigators\n{people}More Information\nGo to\n")
    found = section["contactsLocationsModule"]["overallOfficials"]
    assert [(one["name"], one["affiliation"], one["role"]) for one in found] == [
        ("Jane Doe, MD, PhD", "Example University", "PRINCIPAL_INVESTIGATOR"),
        ("John Roe", "Example Hospital", "STUDY_CHAIR"),
    ]


def test_a_citation_is_whole() -> None:
    first = "Doe J, Roe R; Example Group. Walks in the evening. Sleep Walk. 2002 Jun 15;27(12):1361-72."
    second = "Roe R. Sleep after walks. Sleep Walk. 2003;28(1):1-9."
    section = _said(
        f"More Information\nGo to\nPublications:\n{first}\n{second}\nResponsible Party:\nExample University\n"
    )
    assert [one["citation"] for one in section["referencesModule"]["references"]] == [first, second]


def test_both_sides_of_the_criteria_whoever_they_are_for() -> None:
    document = parse(
        f"{HEAD}Eligibility Criteria\nGo to\nAges Eligible for Study:\n18 Years and older   (Adult)\nCriteria\n"
        "Subject Inclusion Criteria\n\n1. Insomnia\n\nSubject Exclusion Criteria\n\n1. Sleep apnoea\n\n2. Shift work\n"
        "Contacts and Locations\nGo to\n"
    )
    criteria = document.normalized_section.eligibility_module.criteria
    assert [(one.category, one.text) for one in criteria] == [
        ("INCLUSION", "Insomnia"),
        ("EXCLUSION", "Sleep apnoea"),
        ("EXCLUSION", "Shift work"),
    ]


def test_the_tabular_view() -> None:
    document = parse(
        f"{TABULAR}Intervention  ICMJE\n• Other: Diary\nKept each morning\n• Behavioral: Walks\n"
        "Recruitment Information\nRecruitment Status  ICMJE\nCompleted\n"
        "Administrative Information\nNCT Number  ICMJE\nNCT00000001\n"
        "Study Sponsor  ICMJE\nExample University\nCollaborators  ICMJE\nNot Provided\n"
        "PRS Account\nExample University\nVerification Date\nJuly 2010\n"
    ).to_dict()
    section = document["protocolSection"]
    assert document["sourceSection"]["form"] == "ctgov-tabular-page"
    assert section["statusModule"]["lastUpdatePostDateStruct"] == {"date": "2010-07-27"}
    assert section["descriptionModule"] == {
        "briefSummary": "Walks are compared with usual care.",
        "detailedDescription": "Walks of thirty minutes.",
    }
    assert section["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "Example University"}}
    module = section["armsInterventionsModule"]
    assert [(one["type"], one["name"]) for one in module["interventions"]] == [
        ("OTHER", "Diary"),
        ("BEHAVIORAL", "Walks"),
    ]
    assert "armGroups" not in module


FLOW = {
    "a cell a line": (
        "Participant Flow\nGo to\nRecruitment Details\nPeople were asked in two clinics.\nPre-assignment Details\n"
        "Of 104 people 4 left before.\nArm/Group Title\nWalks\nUsual care\nHide Arm/Group Description\n"
        "Thirty minutes\nDiary only\nPeriod Title: Overall Study\nStarted\n50\n50\nTook a diary\n49\n48\nCompleted\n"
        "45\n48\nNot Completed\n5\n2\nReason Not Completed\nWithdrawal by Subject\n5\n2\nBaseline Characteristics\n"
        "Go to\nArm/Group Title\nWalks\nUsual care\nTotal\n"
    ),
    "bars": (
        "| Participant Flow |\n| Recruitment Details | People were asked in two clinics. |\n"
        "| Pre-assignment Details | Of 104 people 4 left before. |\n| Arm/Group Title | Walks | Usual care |\n"
        "| Hide Arm/Group Description | Thirty minutes | Diary only |\n| Period Title: Overall Study |\n"
        "| Started | 50 | 50 |\n| Took a diary | 49 | 48 |\n| Completed | 45 | 48 |\n| Not Completed | 5 | 2 |\n"
        "| Reason Not Completed |\n| Withdrawal by Subject | 5 | 2 |\n| Baseline Characteristics |\n"
        "| Arm/Group Title | Walks | Usual care | Total |\n"
    ),
    "before 2017": (
        "  Participant Flow\n  Hide Participant Flow\n\nRecruitment Details\nKey information relevant to the "
        "recruitment process for the overall study, such as dates of the recruitment period and locations\n"
        "People were asked in two clinics.\n\nPre-Assignment Details\nSignificant events and approaches for the "
        "overall study following participant enrollment, but prior to group assignment\n"
        "Of 104 people 4 left before.\n\n"
        "Reporting Groups\n  Description\nWalks Thirty minutes\nUsual care Diary only\n\n"
        "Participant Flow:   Overall Study\n    Walks   Usual care\nSTARTED   50   50\nTook a diary   49   48\n"
        "COMPLETED   45   48\nNOT COMPLETED   5   2\nWithdrawal by Subject   5   2\n\n  Baseline Characteristics\n"
        "  Hide Baseline Characteristics\n"
    ),
}


def _numbers(rows: list[dict[str, Any]], of: str) -> list[tuple[str, list[str]]]:
    return [(row["type"], [one["numSubjects"] for one in row[of]]) for row in rows]


@pytest.mark.parametrize("layout", FLOW)
def test_the_participant_flow(layout: str) -> None:
    design = "Study Type\nInterventional\nStudy Design\nAllocation: Randomized;   Masking: None (Open Label);\n"
    document = parse(f"{HEAD}{design}Interventions\nBehavioral: Walks\nOther: Diary\n{FLOW[layout]}").to_dict()
    assert document["sourceSection"]["form"] == "ctgov-classic-results-page"
    assert document["hasResults"] is True
    flow = document["resultsSection"]["participantFlowModule"]
    assert flow["recruitmentDetails"] == "People were asked in two clinics."
    assert flow["preAssignmentDetails"] == "Of 104 people 4 left before."
    assert [one["title"] for one in flow["groups"]] == ["Walks", "Usual care"]
    if layout != "before 2017":
        assert [one["description"] for one in flow["groups"]] == ["Thirty minutes", "Diary only"]
    (period,) = flow["periods"]
    assert period["title"] == "Overall Study"
    assert _numbers(period["milestones"], "achievements") == [
        ("STARTED", ["50", "50"]),
        ("Took a diary", ["49", "48"]),
        ("COMPLETED", ["45", "48"]),
        ("NOT COMPLETED", ["5", "2"]),
    ]
    assert _numbers(period["dropWithdraws"], "reasons") == [("Withdrawal by Subject", ["5", "2"])]
    interventions = document["protocolSection"]["armsInterventionsModule"]["interventions"]
    assert [(one["type"], one["name"]) for one in interventions] == [("BEHAVIORAL", "Walks"), ("OTHER", "Diary")]
    assert document["protocolSection"]["designModule"]["designInfo"]["allocation"] == "RANDOMIZED"


def test_a_row_with_too_few_numbers_is_left() -> None:
    text = FLOW["a cell a line"].replace("Took a diary\n49\n48\n", "Took a diary\n49\n")
    document = parse(f"{HEAD}Interventions\nBehavioral: Walks\n{text}").to_dict()
    (period,) = document["resultsSection"]["participantFlowModule"]["periods"]
    assert [one["type"] for one in period["milestones"]] == ["STARTED", "COMPLETED", "NOT COMPLETED"]
    assert any("Took a diary" in one["text"] for one in document["sourceSection"]["unparsed"])


def test_arms_in_columns() -> None:
    head = "Evening Walks and Sleep\nAbout this trial\nBrief Summary: Walks are compared.\nNCT Number: NCT00000001\n"
    columns = "Arms of the Study\nArm 1\nArm 2\nExperimental\nNo Intervention\nWalks\nUsual care\n"
    for below, told in (
        ("Thirty minutes\nNo walks\n", ["Thirty minutes", "No walks"]),
        ("Thirty minutes\n", [None] * 2),
    ):
        document = parse(f"{head}{columns}{below}Outcomes\nPrimary Outcome Measures\nSleep efficiency\n").to_dict()
        arms = document["protocolSection"]["armsInterventionsModule"]["armGroups"]
        assert [(one["type"], one["label"]) for one in arms] == [
            ("EXPERIMENTAL", "Walks"),
            ("NO_INTERVENTION", "Usual care"),
        ]
        assert [one.get("description") for one in arms] == told
        left = " ".join(one["text"] for one in document["sourceSection"]["unparsed"])
        assert ("Thirty minutes" in left) is (told == [None] * 2)
