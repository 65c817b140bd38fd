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
