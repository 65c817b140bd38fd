"""WHO ICTRP's export, as XML and as a table: values that each register writes in its own way."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import pytest

from parser import parse, parse_records
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "exports"


def trial(**fields: str) -> dict[str, Any]:
    """The document of a trial with these fields."""
    elements = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return parse(f"<Trials_downloaded_from_ICTRP><Trial>{elements}</Trial></Trials_downloaded_from_ICTRP>").to_dict()


def protocol(**fields: str) -> Any:
    return trial(**{"TrialID": "ISRCTN00000001", **fields})["protocolSection"]


def left(document: dict[str, Any]) -> dict[str, str]:
    return {one["path"]: one["text"] for one in document["sourceSection"]["unparsed"]}


@pytest.mark.parametrize(
    ("trial_id", "registry"),
    [
        ("NCT00000001", "ClinicalTrials.gov"),
        ("EUCTR2015-002340-14-NL", "EU Clinical Trials Register"),
        ("ChiCTR2000000001", "ChiCTR"),
        ("JPRN-jRCTs031190227", "JPRN"),
        ("DRKS00000001", "German Clinical Trials Register"),
    ],
)
def test_the_register_is_that_of_the_id(trial_id: str, registry: str) -> None:
    document = trial(TrialID=trial_id)
    assert document["sourceSection"]["registry"] == registry
    nct_id = document.get("protocolSection", {}).get("identificationModule", {}).get("nctId")
    assert nct_id == (trial_id if registry == "ClinicalTrials.gov" else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30/01/2020", "2020-01-30"), ("2020-02-16", "2020-02-16"), ("January 28, 2020", "2020-01-28")],
)
def test_dates(text: str, expected: str) -> None:
    assert protocol(Date_enrollement=text)["statusModule"]["startDateStruct"]["date"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("18 Years", "18 Years"), (">= 20age old", "20 Years"), ("1 Month", "1 Month"), ("No limit", None)],
)
def test_ages(text: str, expected: str | None) -> None:
    module = protocol(Inclusion_agemin=text, Inclusion_gender="Both")["eligibilityModule"]
    assert module.get("minimumAge") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Both", "ALL"), ("<br>Female: yes<br>Male: yes<br>", "ALL"), ("<br>Female: yes<br>Male: no<br>", "FEMALE")],
)
def test_sexes(text: str, expected: str) -> None:
    assert protocol(Inclusion_gender=text)["eligibilityModule"]["sex"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("N/A", ["NA"]), ("Phase 2/Phase 3", ["PHASE2", "PHASE3"]), ("1-2", ["PHASE1", "PHASE2"])],
)
def test_phases(text: str, expected: list[str]) -> None:
    assert protocol(Phase=text)["designModule"]["phases"] == expected


@pytest.mark.parametrize(("text", "expected"), [("500", 500), ("a:200;b:200;", 400)])
def test_sizes(text: str, expected: int) -> None:
    assert protocol(Target_size=text)["designModule"]["enrollmentInfo"]["count"] == expected


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Date_enrollement", "32/13/2020"),
        ("Inclusion_agemin", "old"),
        ("Inclusion_agemin", "20"),
        ("Inclusion_gender", "whoever"),
        ("Target_size", "many"),
        ("Phase", "Phase of tests"),
        ("Recruitment_Status", "Not Recruiting"),
        ("Recruitment_Status", "Authorised"),
    ],
)
def test_what_is_not_understood_is_kept_with_its_path(field: str, text: str) -> None:
    document = trial(TrialID="ISRCTN00000001", **{field: text})
    assert left(document) == {f"/Trial/{field}": text}
    assert "protocolSection" not in document
    (problem,) = document["sourceSection"]["problems"]
    assert problem["code"] in ("unknown-value", "impossible-date", "not-understood")


def test_ages_from_0_to_0_are_none() -> None:
    """ChiCTR's form has them where it was not filled in; a newborn has an age from 0 to more than that."""
    empty = trial(TrialID="ChiCTR2000000001", Inclusion_agemin="0", Inclusion_agemax="0")
    assert "protocolSection" not in empty
    assert left(empty) == {"/Trial/Inclusion_agemin": "0", "/Trial/Inclusion_agemax": "0"}
    child = protocol(TrialID="ChiCTR2000000001", Inclusion_agemin="0", Inclusion_agemax="12")["eligibilityModule"]
    assert (child["minimumAge"], child["maximumAge"]) == ("0 Years", "12 Years")
    nobody = trial(TrialID="ChiCTR2000000001", Inclusion_agemin="18", Inclusion_agemax="0")
    assert nobody["protocolSection"]["eligibilityModule"]["minimumAge"] == "18 Years"
    assert left(nobody) == {"/Trial/Inclusion_agemax": "0"}


def test_answers_that_follow_the_criteria_are_none() -> None:
    inclusion = "1. Insomnia<br>Are the trial subjects under 18? no<br>F.1.2 Adults (18-64 years) yes<br>"
    inclusion += "F.1.3 Elderly (>=65 years) no<br>"
    module = protocol(Inclusion_Criteria=inclusion, Exclusion_Criteria="1. Shift work")["eligibilityModule"]
    assert module["eligibilityCriteria"] == "Inclusion Criteria:\n\n1. Insomnia\n\nExclusion Criteria:\n\n1. Shift work"
    assert module["stdAges"] == ["ADULT"]


def test_a_trial_is_the_same_in_both_forms() -> None:
    documents = [
        next(parse_records(SAMPLES / sample)).to_dict() for sample in ("ictrp-xml/trials.xml", "ictrp-csv/trials.csv")
    ]
    first, second = ({key: part for key, part in one.items() if key != "sourceSection"} for one in documents)
    assert first == second
