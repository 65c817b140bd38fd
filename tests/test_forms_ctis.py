"""CTIS as JSON: both forms of its portal, and what becomes of what they lack."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parser import NotARecordError, parse, parse_records
from tests.conftest import ROOT

OLD, NEW, EMPTY = (ROOT / "samples" / "exports" / "ctis-json" / "trials.jsonl").read_text("utf-8").splitlines()


def protocol(text: str) -> Any:
    return parse(text).to_dict()["protocolSection"]


@pytest.mark.parametrize("text", [OLD, NEW])
def test_both_forms_hold_the_same(text: str) -> None:
    found = protocol(text)
    assert found["identificationModule"]["briefTitle"] == "Testomab for sleep"
    assert [one["id"] for one in found["identificationModule"]["secondaryIdInfos"]] == ["2020-000001-11", "NCT00000001"]
    assert found["eligibilityModule"]["sex"] == "FEMALE"
    assert found["contactsLocationsModule"]["centralContacts"][0]["email"] == "desk@example.org"
    assert found["outcomesModule"] == {"primaryOutcomes": [{"measure": "Sleep efficiency"}]}


def test_criteria_are_in_the_order_of_their_numbers() -> None:
    assert protocol(OLD)["eligibilityModule"]["eligibilityCriteria"] == (
        "Inclusion Criteria:\n\n1. Age of 18 years or more\n2. Insomnia for at least 3 months\n\n"
        "Exclusion Criteria:\n\nShift work"
    )


def test_participants_outside_the_union_are_not_counted_by_the_portal() -> None:
    assert protocol(OLD)["designModule"]["enrollmentInfo"] == {"count": 60}
    assert "enrollmentInfo" not in protocol(NEW).get("designModule", {})


def test_what_is_not_taken_is_kept_with_its_pointer() -> None:
    left = {one["path"]: one["text"] for one in parse(NEW).to_dict()["sourceSection"]["unparsed"]}
    assert left["/trialPhase"] == "Phase of tests"
    assert any("Schlafeffizienz" in text for text in left.values())


def test_a_trial_without_its_first_part_is_refused() -> None:
    with pytest.raises(NotARecordError):
        parse(EMPTY)
    with pytest.raises(NotARecordError):
        parse(json.dumps({"ctNumber": "2023-500003-33-00", "authorizedPartI": None}))


def test_what_the_search_says_of_a_trial() -> None:
    row = {
        "ctNumber": "2025-500001-11-00",
        "ctStatus": 2,
        "ctTitle": "Testomab for sleep",
        "shortTitle": "TS-1",
        "conditions": "Insomnia",
        "trialCountries": ["France:2", "Spain:1"],
        "sponsor": "Hospital of Example",
        "trialPhase": "Therapeutic exploratory (Phase II)",
        "primaryEndPoint": "Sleep efficiency",
        "product": "Testomab",
        "ageGroup": "18-64 years, 65+ years",
        "gender": "Female, Male",
        "totalNumberEnrolled": "30",
        "lastUpdated": "13/06/2026",
    }
    answer = {"showWarning": False, "pagination": {"totalRecords": 2, "nextPage": False}, "data": [row]}
    document = parse(json.dumps(answer, indent=2)).to_dict()
    assert document["sourceSection"]["registryId"] == "2025-500001-11-00"
    assert document["protocolSection"] == {
        "identificationModule": {
            "briefTitle": "Testomab for sleep",
            "officialTitle": "Testomab for sleep",
            "orgStudyIdInfo": {"id": "TS-1"},
        },
        "statusModule": {"lastUpdatePostDateStruct": {"date": "2026-06-13"}},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Hospital of Example"}},
        "conditionsModule": {"conditions": ["Insomnia"]},
        "designModule": {"phases": ["PHASE2"], "enrollmentInfo": {"count": 30}},
        "armsInterventionsModule": {"interventions": [{"name": "Testomab"}]},
        "outcomesModule": {"primaryOutcomes": [{"measure": "Sleep efficiency"}]},
        "eligibilityModule": {"sex": "ALL", "stdAges": ["ADULT", "OLDER_ADULT"]},
        "contactsLocationsModule": {"locations": [{"country": "France"}, {"country": "Spain"}]},
    }
    second = {**row, "ctNumber": "2025-500002-11-00"}
    assert len(list(parse_records(json.dumps({**answer, "data": [row, second]})))) == 2
