"""`render` gives the page back, to the character, and prints any study in the layout of the labelled page."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser import Document, InvalidDocumentError, page_source, parse, render
from parser.document import Departure, SourceSection
from parser.values.codes import read_who_masked
from parser.writers.departures import apply_departures, find_departures, line_end_of
from parser.writers.page import page_text
from tests.conftest import HTML_SAMPLES, LABELLED_SAMPLES, ROOT, TEXT_SAMPLES, name_of, needs_records
from tests.evaluation.measure_render import FIGURES, measure
from tests.evaluation.records import load_records
from tests.linear import assert_linear
from tests.pages import SENTENCES, page, section

PAGES = [*TEXT_SAMPLES, *HTML_SAMPLES]
EVERY_PAGE = pytest.mark.parametrize("path", PAGES, ids=map(name_of, PAGES))

NOT_ON_EVERY_STUDY = {"study", "in layout", "bare document"}


def source_of(document: Document) -> SourceSection:
    assert document.source_section
    return document.source_section


def edits(text: str) -> list[tuple[str, str]]:
    """What a page has instead of what would be written, after it has been seen to come back."""
    document = parse(text)
    assert render(document) == text
    assert render(json.loads(document.to_json())) == text
    section = source_of(document)
    written = page_text(document).replace("\n", section.line_end or "\n")
    return [(written[edit.start : edit.end], edit.text) for edit in section.departures]


@pytest.fixture(scope="module")
def text() -> str:
    """A real page in the layout."""
    return (ROOT / "samples" / "NCT03562065.txt").read_bytes().decode("utf-8")


# --- pages in the layout ---


@pytest.mark.parametrize("path", LABELLED_SAMPLES, ids=map(name_of, LABELLED_SAMPLES))
def test_a_sample_in_the_layout_comes_back_without_help(path: Path) -> None:
    page = path.read_bytes().decode("utf-8")
    assert edits(page) == []
    assert source_of(parse(page)).line_end is None


@EVERY_PAGE
def test_the_text_of_a_sample_in_any_layout_comes_back(path: Path) -> None:
    page = path.read_bytes()
    document = parse(page)
    assert render(document) == render(json.loads(document.to_json())) == page_source(page).text


@needs_records
def test_records_come_back() -> None:
    """Every 35th record, printed: `python -m tests.evaluation.measure_render` gives the figures for all."""
    found = [measure(study) for study in islice(load_records(), 0, None, 35)]
    for name in FIGURES:
        share = sum(figures[name] for figures in found) / len(found)
        assert share >= (0 if name == "study" else 0.97 if name in NOT_ON_EVERY_STUDY else 1), name


@EVERY_PAGE
def test_what_is_written_needs_nothing_that_json_does_not_have(path: Path) -> None:
    document = parse(path.read_bytes())
    assert page_text(document) == page_text(Document.from_dict(json.loads(document.to_json())))


# --- pages that depart from it ---


def test_line_ends_are_one_field(text: str) -> None:
    for end in ("\r\n", "\r"):
        document = parse(text.replace("\n", end))
        assert (source_of(document).line_end, source_of(document).departures) == (end, ())
        assert render(json.loads(document.to_json())) == text.replace("\n", end)


def test_one_strange_line_end_is_an_edit(text: str) -> None:
    assert line_end_of(text.replace("\n", "\r\n", 1)) is None
    assert edits(text.replace("\n", "\r\n", 1)) == [("", "\r")]
    assert edits(text.replace("\n", "\r\n").replace("\r\n", "\n", 1)) == [("\r", "")]


def test_a_byte_order_mark_and_a_last_line_end(text: str) -> None:
    assert edits("\ufeff" + text + "\n") == [("", "\ufeff"), ("", "\n")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_bytes_come_back_decoded(text: str, encoding: str) -> None:
    assert render(parse(text.encode(encoding))) == text


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("10 participants", "1,200 participants", [("", ",")]),
        ("2019-09-11", "March 2019", [("2019-03", "March 2019")]),
        ("2019-09-11", "2019-09-11 (Actual)", [("", " (Actual)")]),
        ("Study Start Date\n\n2019", "Study Start Date: 2019", [("\n\n", ": ")]),
        ("SINGLE_GROUP", "Single Group", [("INGLE_GROUP", "ingle Group")]),
        ("UNKNOWN\n\nClinical", "UNKNOWN\n\n\n\nClinical", [("", "\n\n")]),
        ("Paris, , France", "Paris, France", [(", ", "")]),
        ("142499742 ext. +33", "142499742  ext.  +33", [("ext. ", " ext.  ")]),
        ("* Poor patient compliance.\n", "* Poor patient compliance. \t\n", [("", " \t")]),
        ("NCT ID: NCT03562065", "NCT ID:\n\nNCT03562065", [(" ", "\n\n")]),
    ],
)
def test_a_value_printed_otherwise_is_a_small_edit(
    text: str, before: str, after: str, wanted: list[tuple[str, str]]
) -> None:
    assert text.count(before) == 1
    assert edits(text.replace(before, after)) == wanted


def test_a_section_that_is_missing_or_unknown_is_one_edit(text: str) -> None:
    sentence = SENTENCES["Detailed Description"]
    missing = f"Detailed Description\n\n{sentence}\n\n"
    assert edits(text.replace(missing, "")) == [(missing, "")]
    strange = "Funding Sources\n\nLearn who pays for the study and how much.\n\nNobody knows."
    assert edits(f"{text}\n\n{strange}") == [("", f"\n\n{strange}")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("\n\n", "\n\n\n"), ("\n", "  \n"), ("\n", "\n   "), ("\n\n", "\n \n"), (".\n\n", ".\n")],
)
def test_a_page_of_other_white_space_has_edits_of_white_space(text: str, before: str, after: str) -> None:
    found = edits(text.replace(before, after))
    assert 0 < len(found) <= text.count(before)
    assert all(len(there) < 12 and not (here + there).strip() for here, there in found)


@pytest.mark.parametrize(
    "strange", ["NCT03562065", "\n\nNCT03562065\r\r", "Brief Summary\n\nA summary.", "x " * 50 + "NCT00000001"]
)
def test_a_text_that_is_hardly_a_page_comes_back(strange: str) -> None:
    assert len(edits(strange)) <= 3


def test_a_changed_document_renders_without_what_no_longer_fits(text: str) -> None:
    changed = parse(text.replace("10 participants", "1,200 participants")).to_dict()
    changed["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = 34567
    assert render(changed) == text.replace("10 participants", "34567 participants")


def test_a_change_that_the_page_does_not_show_leaves_it_as_it_is(text: str) -> None:
    page = text.replace("10 participants", "1,200 participants")
    changed = parse(page).to_dict()
    changed["normalizedSection"]["contactsLocationsModule"]["facilityContacts"][0]["phone"] = "+33142499769"
    assert render(changed) == page


@pytest.mark.parametrize(
    "departures",
    [[(5, 3, "")], [(-2, 1, "")], [(0, 10**9, "")], [(5, 9, "a"), (8, 12, "b")], [(3, 4, "anything")]],
)
def test_departures_that_lead_nowhere_are_passed_over(departures: list[tuple[int, int, str]]) -> None:
    wanted = tuple(Departure(*edit) for edit in departures)
    section = SourceSection("ClinicalTrials.gov", "labelled-page", "0" * 64, 20, departures=wanted)
    assert apply_departures("A page of some length", section) == "A page of some length"


@settings(max_examples=150, deadline=None)
@given(*[st.text(alphabet="ab \n\r\ufeff.", max_size=60)] * 2)
def test_edits_make_one_text_of_any_other(written: str, text: str) -> None:
    made, kept = "", 0
    for edit in find_departures(written, text):
        assert kept <= edit.start <= edit.end
        assert edit.start < edit.end or edit.text, "an edit that changes nothing"
        made += written[kept : edit.start] + edit.text
        kept = edit.end
    assert made + written[kept:] == text


LINES = [f"line {number}" for number in range(10_000)]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("\n".join, lambda lines: "\n".join(reversed(lines))),
        ("\n".join, " \n".join),
        ("\n".join, lambda lines: "\n".join(lines[::2] + lines[1::2])),
        (lambda lines: "a\nb\n" * len(lines), lambda lines: "b\na\n" * len(lines)),
        (lambda lines: "a " * len(lines), lambda lines: " a" * len(lines)),
        (lambda lines: "\n" * len(lines), lambda lines: "\r" * len(lines)),
    ],
    ids=["reversed", "trailing blanks", "shuffled", "nothing unique", "words", "line ends"],
)
def test_what_differs_is_found_in_linear_time(written: Any, text: Any) -> None:
    assert_linear(lambda size: find_departures(written(LINES[:size]), text(LINES[:size])), len(LINES))


# --- documents and studies ---


@pytest.mark.parametrize(
    "nothing", [{}, {"schemaVersion": "1.0"}, [], None, "a page", 3, {"protocolSection": {"statusModule": []}}]
)
def test_what_is_no_document_is_refused(nothing: Any) -> None:
    with pytest.raises(InvalidDocumentError):
        render(nothing)


def rendered(has_results: bool | None = None, **modules: Any) -> str:
    results = {} if has_results is None else {"hasResults": has_results}
    return render({"protocolSection": {"identificationModule": {"briefTitle": "A Title"}, **modules}, **results})


def test_an_empty_study_has_the_sections_that_every_page_has() -> None:
    kept = ["Basic Information", "Brief Summary", "Detailed Description", "Conditions", "Study Design"]
    kept += ["Eligibility Criteria", "Sponsors", "Responsible Party", "Other Identifiers", "More Related Trials"]
    assert rendered() == page(*map(section, kept), front=("A Title",))


def test_results() -> None:
    assert "\n\nStudy Results\n\nResults pending\n\nThe study team has not " in rendered(has_results=False)
    assert "\n\nStudy Results\n\nResults available\n\n" in rendered(has_results=True)
    assert "\n\nView full results\n\nBasic Information\n\n" in rendered(has_results=True)


def test_a_value_is_printed_as_it_is_held() -> None:
    status = {"startDateStruct": {"date": "2004-02", "type": "ACTUAL"}}
    design = {"phases": ["PHASE1", "PHASE2"], "enrollmentInfo": {"count": 0}}
    text = rendered(statusModule=status, designModule=design)
    assert "\n\nClinical Phase\n\nPHASE1/PHASE2\n\nTotal Enrollment\n\n0 participants\n\n" in text
    assert "\n\nStudy Start Date\n\n2004-02\n\nBrief Summary\n\n" in text


def test_who_is_masked_has_names_that_are_read_again() -> None:
    roles = ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"]
    design = {"designInfo": {"maskingInfo": {"masking": "QUADRUPLE", "whoMasked": roles}, "timePerspective": "OTHER"}}
    line = "Participants Caregivers Investigators Outcome Assessors"
    assert read_who_masked(line) == roles
    assert f"\n\nQUADRUPLE\n\n{line}\n\nStudy Time Perspective\n\nOTHER\n\n" in rendered(designModule=design)


def test_eligibility_labels_stand_right_below_the_text() -> None:
    text = {"eligibilityCriteria": "\r\n* One\r\n  * Two\n", "sex": "ALL", "healthyVolunteers": False}
    assert "\n\n* One\n  * Two\nEligible Sex\n\nALL\n\nAccepts Healthy Volunteers\n\nNo\n\n" in rendered(
        eligibilityModule=text
    )
    assert ".\n\nEligible Sex\n\nALL\n\nSponsors\n\n" in rendered(eligibilityModule={"sex": "ALL"})


def test_arm_groups_and_their_interventions() -> None:
    arms = [
        {
            "label": "High",
            "type": "EXPERIMENTAL",
            "interventionNames": ["Drug: X", "Dietary Supplement: Nobody: knows"],
        },
        {"label": "Low", "description": "Less.", "interventionNames": ["Drug: X"]},
        {"label": "Both", "interventionNames": ["Drug: X", "Drug: X"]},
    ]
    doses = [
        {"type": "DRUG", "name": "X", "description": "1 mg", "armGroupLabels": ["Both", "Low"]},
        {"type": "DRUG", "name": "X", "description": "9 mg", "armGroupLabels": ["Both", "High"]},
    ]
    low, high = "X\n\nIntervention Type DRUG\n\n1 mg", "X\n\nIntervention Type DRUG\n\n9 mg"
    unknown = "Nobody: knows\n\nIntervention Type DIETARY_SUPPLEMENT"
    text = rendered(armsInterventionsModule={"armGroups": arms, "interventions": doses})
    assert f"\n\nHigh\n\nGroup Type EXPERIMENTAL\n\n{high}\n\n{unknown}\n\nLow\n\nLess.\n\n{low}\n\n" in text
    assert f"\n\nBoth\n\n{low}\n\n{high}\n\nInterventions\n\n" in text
    assert "\n\nX\n\n1 mg\n\nIntervention Type DRUG\n\nX\n\n9 mg\n\nIntervention Type DRUG\n\nEligibility" in text


def test_sponsors_and_who_is_responsible() -> None:
    sponsors = {
        "leadSponsor": {"name": "A", "class": "INDUSTRY"},
        "collaborators": [{"name": "B"}],
        "responsibleParty": {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "C", "investigatorTitle": "D"},
    }
    text = rendered(sponsorCollaboratorsModule=sponsors)
    assert "\n\nA\n\nINDUSTRY\n\nSponsor Role lead\n\nB\n\nSponsor Role collaborator\n\nResponsible Party\n\n" in text
    assert "\n\nC\n\nD\n\nResponsibility Role PRINCIPAL_INVESTIGATOR\n\nOther Identifiers\n\n" in text
    old = {"responsibleParty": {"oldNameTitle": "E", "oldOrganization": "F"}}
    assert "\n\nE\n\nF\n\nOther Identifiers\n\n" in rendered(sponsorCollaboratorsModule=old)


CONTACTS = [
    {"role": "CONTACT", "name": "Ann", "phone": "1", "phoneExt": "2", "email": "a@example.org"},
    {"role": "PRINCIPAL_INVESTIGATOR", "name": "Bea"},
    {"role": "CONTACT", "phone": "3", "phoneExt": "4"},
]
SITE = {"facility": "Hospital", "city": "Paris", "country": "France", "status": "RECRUITING", "contacts": CONTACTS}


def test_a_site_and_its_people() -> None:
    text = rendered(contactsLocationsModule={"locations": [SITE], "centralContacts": CONTACTS[:1]})
    assert "\n\nHospital\n\nParis, , France\n\nSite Status RECRUITING\n\nCountries\n\n" in text
    assert "\n\nFrance\n\nCentral Contacts\n\n" in text
    assert "\n\nAnn\n\nRole: CONTACT\n\n1 ext. 2\n\na@example.org\n\nFacility Contacts\n\n" in text
    first = "Ann\n\nRole: primary\n\n1 ext. 2\n\na@example.org"
    assert f"\n\n{first}\n\nBea\n\nRole: PRINCIPAL_INVESTIGATOR\n\nRole: backup\n\n3 ext. 4\n\nOther" in text


def test_of_several_sites_only_the_contacts_are_printed() -> None:
    text = rendered(contactsLocationsModule={"locations": [SITE, {**SITE, "country": "Austria", "state": "Tirol"}]})
    assert "\n\nParis, Tirol, Austria\n\nSite Status RECRUITING\n\nCountries\n\n" in text
    assert "\n\nAustria\n\nFrance\n\nFacility Contacts\n\n" in text
    assert "Bea" not in text
    assert text.count("Role: primary") == text.count("Role: backup") == 2


def test_references_and_identifiers() -> None:
    references = [{"citation": "A paper.", "type": "DERIVED", "pmid": "1"}, {"pmid": "2"}, {"citation": "A book."}]
    text = rendered(referencesModule={"references": references})
    assert (
        "\n\nA paper.\n\nReference Type DERIVED\nPMID: 1 (View on PubMed)\n\nPMID: 2 (View on PubMed)\n\nA book.\n\n"
        in text
    )
    identifiers = {
        "orgStudyIdInfo": {"id": "P1"},
        "secondaryIdInfos": [{"id": "R01", "type": "NIH"}, {"id": "X", "domain": "A University"}],
    }
    org, second, third = (
        "P1\n\nIdentifier Type: -\n\nIdentifier Source: org_study_id",
        "R01\n\nIdentifier Type: NIH\n\nIdentifier Source: secondary_id",
        "X\n\nIdentifier Type: -\n\nIdentifier Source: A University",
    )
    assert f"\n\n{org}\n\n{second}\n\n{third}\n\nMore Related Trials\n\n" in rendered(identificationModule=identifiers)
