"""API v2's modules that few pages print: what pages say of them, and records that come back whole."""

from __future__ import annotations

from typing import Any

import pytest

from parser import Document, parse
from parser.coverage import read_coverage
from tests.conftest import needs_records
from tests.evaluation.records import load_records
from tests.pages import page, section
from tests.test_synonyms import HEAD

MODULES = (
    "identificationModule",
    "statusModule",
    "sponsorCollaboratorsModule",
    "oversightModule",
    "descriptionModule",
    "conditionsModule",
    "designModule",
    "outcomesModule",
    "eligibilityModule",
    "referencesModule",
    "ipdSharingStatementModule",
)


def read(text: str) -> Any:
    page = HEAD + "\n" + text
    assert read_coverage(page).others["unaccounted"] == 0
    return parse(page).to_dict()


@needs_records
def test_records_keep_their_modules() -> None:
    for study in load_records():
        written = Document.from_dict(study).to_dict()
        for name in MODULES:
            assert written["protocolSection"].get(name) == (study["protocolSection"].get(name) or None), name
        officials = study["protocolSection"].get("contactsLocationsModule", {}).get("overallOfficials")
        found = written["protocolSection"].get("contactsLocationsModule", {}).get("overallOfficials")
        assert found == officials
        assert written.get("documentSection") == (study.get("documentSection") or None)


TWO = [
    {"measure": "Survival", "description": "Time until death.", "timeFrame": "2 years"},
    {"measure": "Pain", "timeFrame": "12 weeks"},
]


@pytest.mark.parametrize(
    "text",
    [
        "Primary Outcome Measures\n\n1. Survival [Time Frame: 2 years]\nTime until death.\n"
        "2. Pain [ Time Frame: 12 weeks ]",
        "Primary Outcomes:\n\nSurvival [Time Frame: 2 years] [Designated as safety issue: No]\n\n"
        "Time until death.\n\nPain [Time Frame: 12 weeks]",
        "Primary Outcomes\n\nSurvival\n[ Time Frame: 2 years ]\nTime until death.\nPain\n[ Time Frame: 12 weeks ]",
        "Primary Outcome(s)\n\nSurvival\nTime Frame: 2 years\nTime until death.\n\nPain\nTime Frame: 12 weeks",
        "Primary Outcome\n\nMeasure: Survival\nTime Frame: 2 years\n"
        "Description: Time until death.\nMeasure: Pain\nTime Frame: 12 weeks",
        "Primary Outcome Measures\n\nMeasure\n\nSurvival\n\nTime Frame\n\n2 years\n\nDescription\n"
        "\nTime until death.\n\nMeasure\n\nPain"
        "\n\nTime Frame\n\n12 weeks",
        "PRIMARY OUTCOME MEASURES\n\n| Measure | Time Frame | Description |\n|---|---|---|\n"
        "| Survival | 2 years | Time until death. |\n"
        "| Pain | 12 weeks | |",
        "PrimaryOutcomeMeasure: Survival\nPrimaryOutcomeDescription: Time until death.\n"
        "PrimaryOutcomeTimeFrame: 2 years\n"
        "PrimaryOutcomeMeasure: Pain\nPrimaryOutcomeTimeFrame: 12 weeks",
        "Outcome Measures\n\nPrimary Outcome Measures\n\n1. Survival [Time Frame: 2 years]\n"
        "Time until death.\n2. Pain [Time Frame: 12 weeks]",
    ],
)
def test_outcomes(text: str) -> None:
    document = read(text + "\n\nSecondary Outcome Measures\n\nQuality of life\nTime Frame: 1 year\n")
    module = document["protocolSection"]["outcomesModule"]
    assert module["primaryOutcomes"] == TWO
    assert module["secondaryOutcomes"] == [{"measure": "Quality of life", "timeFrame": "1 year"}]
    assert "unparsed" not in document["sourceSection"] or "safety" in text


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        (
            "Oversight\n\nHas Data Monitoring Committee: Yes\nStudies a U.S. FDA-regulated Drug Product: No",
            "oversightModule",
            {"oversightHasDmc": True, "isFdaRegulatedDrug": False},
        ),
        (
            "Overall Officials\n\nPrincipal Investigator: Jane Doe, MD, University of X",
            "contactsLocationsModule",
            {
                "overallOfficials": [
                    {"name": "Jane Doe, MD", "affiliation": "University of X", "role": "PRINCIPAL_INVESTIGATOR"}
                ]
            },
        ),
        (
            "Overall Officials\n\nJane Doe, MD\nUniversity of X\nPrincipal Investigator",
            "contactsLocationsModule",
            {
                "overallOfficials": [
                    {"name": "Jane Doe, MD", "affiliation": "University of X", "role": "PRINCIPAL_INVESTIGATOR"}
                ]
            },
        ),
        (
            "Investigators\n\nName: Jane Doe\nRole: STUDY_CHAIR\n\nName: John Roe\nAffiliation: Y",
            "contactsLocationsModule",
            {
                "overallOfficials": [
                    {"name": "Jane Doe", "role": "STUDY_CHAIR"},
                    {"name": "John Roe", "affiliation": "Y"},
                ]
            },
        ),
        (
            "IPD Sharing Statement\n\nPlan to Share IPD: Yes\n"
            "Supporting Information: Study Protocol, Statistical Analysis Plan (SAP)\n"
            "IPD Sharing Time Frame: One year\nAccess Criteria: On request\nIPD URL: https://example.org",
            "ipdSharingStatementModule",
            {
                "ipdSharing": "YES",
                "infoTypes": ["STUDY_PROTOCOL", "SAP"],
                "timeFrame": "One year",
                "accessCriteria": "On request",
                "url": "https://example.org",
            },
        ),
        ("IPD Sharing Statement\n\nUndecided", "ipdSharingStatementModule", {"ipdSharing": "UNDECIDED"}),
    ],
)
def test_modules(text: str, path: str, value: Any) -> None:
    document = read(text)
    assert document["protocolSection"][path] == value
    assert "unparsed" not in document["sourceSection"]


def test_an_official_has_only_the_roles_of_officials() -> None:
    document = read("Investigators\n\nName: Jane Doe\nRole: CONTACT")
    assert document["protocolSection"]["contactsLocationsModule"] == {"overallOfficials": [{"name": "Jane Doe"}]}
    assert document["sourceSection"]["unparsed"][0]["text"] == "CONTACT"


def test_documents() -> None:
    document = read(
        "Study Documents\n\nDocument: Study Protocol\nDate: June 1, 2020\nHas Protocol: Yes\nSize: 1,024 bytes"
    )
    assert document["documentSection"]["largeDocumentModule"]["largeDocs"] == [
        {"hasProtocol": True, "label": "Study Protocol", "date": "2020-06-01", "size": 1024}
    ]


def test_a_labelled_page_with_further_sections() -> None:
    further = (
        "Primary Outcomes\n\nSee what the study measures first of all.\n\n1. Survival [Time Frame: 2 years]",
        "Overall Officials\n\nMeet the people who are responsible for the study.\n\nJane Doe, MD\n"
        "\nUniversity X\n\nRole: STUDY_CHAIR",
        "Oversight\n\nUnderstand who watches over the safety of the study.\n\nHas DMC\n\nYes",
    )
    known = (
        section("Basic Information", "Recruitment Status", "COMPLETED", "Why Stopped", "Slow accrual"),
        section("Brief Summary", "A summary."),
        section("Conditions", "Asthma"),
        section("Sponsors", "A Hospital", "OTHER", "Sponsor Role lead"),
    )
    text = page(*known, *further)
    document = parse(text).to_dict()
    protocol = document["protocolSection"]
    assert protocol["statusModule"] | {"lastUpdatePostDateStruct": None} == {
        "overallStatus": "COMPLETED",
        "whyStopped": "Slow accrual",
        "lastUpdatePostDateStruct": None,
    }
    assert protocol["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "A Hospital", "class": "OTHER"}}
    assert protocol["outcomesModule"] == {"primaryOutcomes": [{"measure": "Survival", "timeFrame": "2 years"}]}
    assert protocol["contactsLocationsModule"]["overallOfficials"] == [
        {"name": "Jane Doe, MD", "affiliation": "University X", "role": "STUDY_CHAIR"}
    ]
    assert protocol["oversightModule"] == {"oversightHasDmc": True}
    assert "unparsed" not in document["sourceSection"]
    assert read_coverage(text).others["unaccounted"] == 0
