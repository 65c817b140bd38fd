"""Real records, printed as pages and parsed, must come back as they were."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from parser import parse
from tests.conftest import ROOT, needs_records
from tests.evaluation.parity import FIELDS, JOINED, MIN_FIELDS_RIGHT, MIN_PAGES_RIGHT, Report, compare, compare_all
from tests.evaluation.printer import print_page
from tests.evaluation.records import load_records

SAMPLE = ROOT / "samples" / "NCT03562065.txt"
SAMPLE_SIZE = 200


@pytest.fixture(scope="module")
def report() -> Report:
    """Every seventh record, so that the sample stays the same and spreads over the whole file."""
    return compare_all(islice(load_records(), 0, SAMPLE_SIZE * 7, 7))


@needs_records
def test_the_sample_is_complete(report: Report) -> None:
    assert len({page.nct_id for page in report.pages}) == SAMPLE_SIZE


@needs_records
def test_fields_come_back(report: Report) -> None:
    assert report.fields_right(JOINED) >= MIN_FIELDS_RIGHT, str(report)


@needs_records
def test_pages_come_back_in_every_field(report: Report) -> None:
    assert report.pages_right(JOINED) >= MIN_PAGES_RIGHT, str(report)


@needs_records
def test_no_page_raises(report: Report) -> None:
    assert [(page.nct_id, page.error) for page in report.pages if page.error] == []


@needs_records
def test_every_field_is_compared(report: Report) -> None:
    """A field whose path is misspelt would be absent on both sides everywhere, and agree."""
    assert [name for name in FIELDS if all(page.expected[name] is None for page in report.pages)] == []


@needs_records
def test_a_difference_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that does not say what its page says is wrong in that field, and in no other."""
    study = next(load_records())
    page = print_page(study)
    monkeypatch.setattr(
        "tests.evaluation.parity.print_page",
        lambda _: page.replace(study["protocolSection"]["identificationModule"]["briefTitle"], "Another Title", 1),
    )
    assert compare(study).wrong() == ["identificationModule.briefTitle"]


def test_the_printer_gives_a_real_page_back() -> None:
    """A parsed document has the shape of a study, so printing it must give the page, to the byte."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert print_page(parse(text).to_dict()) == text


def page_of(**modules: Any) -> str:
    return print_page({"protocolSection": {"identificationModule": {"briefTitle": "A Title"}, **modules}})


def test_a_field_without_a_value_goes_with_its_label() -> None:
    page = page_of(designModule={"studyType": "OBSERVATIONAL", "enrollmentInfo": {"count": 0}, "phases": ["NA"]})
    assert "\n\nStudy Classification\n\nOBSERVATIONAL\n\nBrief Summary\n\n" in page
    assert "Total Enrollment" not in page
    assert "Clinical Phase" not in page


def test_a_month_is_printed_as_its_last_day() -> None:
    assert "\n\nStudy Start Date\n\n2004-02-29\n\n" in page_of(statusModule={"startDateStruct": {"date": "2004-02"}})


def test_texts_lose_their_indentation_and_keep_blank_lines() -> None:
    criteria = "Inclusion Criteria:\r\n\r\n* One\r\n  * Two\n\n\n     three"
    page = page_of(eligibilityModule={"eligibilityCriteria": criteria, "sex": "ALL"})
    assert "\n\nInclusion Criteria:\n\n* One\n* Two\n\n\nthree\nEligible Sex\n\nALL\n\n" in page


def test_an_arm_prints_the_intervention_that_names_it() -> None:
    arms = [
        {"label": "High", "type": "EXPERIMENTAL", "interventionNames": ["Drug: X"]},
        {"label": "Low", "interventionNames": ["Drug: X"]},
    ]
    doses = [
        {"type": "DRUG", "name": "X", "description": "1 mg", "armGroupLabels": ["Low"]},
        {"type": "DRUG", "name": "X", "description": "9 mg", "armGroupLabels": ["High"]},
    ]
    page = page_of(armsInterventionsModule={"armGroups": arms, "interventions": doses})
    high, low = "X\n\nIntervention Type DRUG\n\n9 mg", "X\n\nIntervention Type DRUG\n\n1 mg"
    assert f"\n\nHigh\n\nGroup Type EXPERIMENTAL\n\n{high}\n\nLow\n\n{low}\n\nInterventions\n\n" in page


def test_places_and_people() -> None:
    contacts = [
        {"role": "CONTACT", "name": "Ann", "phone": "1", "phoneExt": "2"},
        {"role": "PRINCIPAL_INVESTIGATOR", "name": "Bea"},
        {"role": "CONTACT", "phone": "3", "email": "c@example.org"},
    ]
    sites = [
        {"facility": "Hospital", "city": "Paris", "country": "France", "zip": "75000", "contacts": contacts},
        {"city": "Lyon", "state": "Rhône", "country": "France", "status": "RECRUITING"},
    ]
    page = page_of(contactsLocationsModule={"locations": sites})
    assert "\n\nHospital\n\nParis, , France\n\nLyon, Rhône, France\n\nSite Status RECRUITING\n\nCountries\n\n" in page
    assert "\n\nFrance\n\nFacility Contacts\n\n" in page
    assert "\n\nAnn\n\nRole: primary\n\n1 ext. 2\n\nRole: backup\n\n3\n\nOther Identifiers\n\n" in page
