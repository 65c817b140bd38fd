"""`render` writes the labelled page: that page again, to the character, and the same record of any other form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from parser import Document, InvalidDocumentError, parse, render
from parser.values.codes import read_who_masked
from tests.conftest import HTML_SAMPLES, LABELLED_SAMPLES, ROOT, TEXT_SAMPLES, name_of, needs_records
from tests.evaluation.measure_render import FIGURES, measure
from tests.evaluation.records import load_records
from tests.pages import SENTENCES, page, section

OTHERS = [path for path in (*TEXT_SAMPLES, *HTML_SAMPLES) if path not in LABELLED_SAMPLES]

NO_PLACE = {
    "/documentSection",
    "/resultsSection",
    "/sourceSection",
    "/normalizedSection/contactsLocationsModule/facilityContacts",
    *(
        f"/protocolSection/{leaf}"
        for leaf in (
            "identificationModule/officialTitle",
            "identificationModule/acronym",
            "identificationModule/organization",
            "statusModule/statusVerifiedDate",
            "statusModule/whyStopped",
            "statusModule/startDateStruct/type",
            "statusModule/primaryCompletionDateStruct",
            "statusModule/completionDateStruct/type",
            "statusModule/studyFirstSubmitDate",
            "statusModule/studyFirstPostDateStruct",
            "statusModule/lastUpdatePostDateStruct/type",
            "oversightModule",
            "designModule/enrollmentInfo/type",
            "outcomesModule",
            "contactsLocationsModule/overallOfficials",
            "contactsLocationsModule/locations/zip",
            "ipdSharingStatementModule",
        )
    ),
}
"""What the samples say and the labelled page has no place for, numbers of elements left out."""


@pytest.fixture(scope="module")
def text() -> str:
    """A real page in the layout."""
    return (ROOT / "samples" / "NCT03562065.txt").read_bytes().decode("utf-8")


def record(document: Document) -> dict[str, str]:
    """What a document says of the study as far as the labelled page has a place for it, by JSON Pointer."""
    return dict(_leaves(document.to_dict(), "", ""))


def _leaves(data: Any, pointer: str, shape: str) -> Any:
    if shape in NO_PLACE:
        return
    if isinstance(data, dict):
        for key, part in data.items():
            if key not in ("start", "end"):
                yield from _leaves(part, f"{pointer}/{key}", f"{shape}/{key}")
    elif isinstance(data, list):
        for index, part in enumerate(data):
            yield from _leaves(part, f"{pointer}/{index}", shape)
    else:
        yield pointer, data


# --- the layout itself ---


@pytest.mark.parametrize("path", LABELLED_SAMPLES, ids=map(name_of, LABELLED_SAMPLES))
def test_a_page_in_the_layout_comes_back_to_the_character(path: Path) -> None:
    page = path.read_bytes().decode("utf-8")
    document = parse(page)
    assert render(document) == render(document.to_dict()) == render(json.loads(document.to_json())) == page


def test_the_last_line_has_an_end_where_the_source_has_one(text: str) -> None:
    assert render(parse(text + "\n")) == text + "\n"
    assert render(json.loads(parse(text + "\n").to_json())) == text + "\n"
    for other in (text + "\n\n", text + " ", "\ufeff" + text, text + "\r\n", text + "\r"):
        assert render(parse(other)) == text


@needs_records
def test_records_come_back() -> None:
    """Every 35th record, printed: `python -m tests.evaluation.measure_render` gives the figures for all."""
    found = [measure(study) for study in islice(load_records(), 0, None, 35)]
    for name in FIGURES:
        share = sum(figures[name] for figures in found) / len(found)
        assert share >= (0 if name == "study" else 0.97 if name == "bare document" else 1), name


# --- the same record ---


def told_by_nothing(document: Document) -> list[str]:
    """The lists of a document whose entries have no type or role: by these a labelled page tells them apart."""
    module, people = (
        document.protocol_section.arms_interventions_module,
        document.protocol_section.contacts_locations_module,
    )
    told = {
        "armsInterventionsModule": [one.type for one in (*module.arm_groups, *module.interventions)],
        "centralContacts": [contact.role for contact in people.central_contacts],
        "contacts": [contact.role for site in people.locations for contact in site.contacts],
    }
    return [name for name, marks in told.items() if not all(marks)]


@pytest.mark.parametrize("path", OTHERS, ids=map(name_of, OTHERS))
def test_a_page_in_any_other_form_gives_the_same_record(path: Path) -> None:
    document = parse(path.read_bytes())
    again = parse(render(document))
    assert again.source_section.form == "labelled-page"
    left_out = {f"/{name}/" for name in told_by_nothing(document)}
    before, after = (
        {pointer: value for pointer, value in record(one).items() if not any(name in pointer for name in left_out)}
        for one in (document, again)
    )
    assert before == after
    assert len(before) > 5
    assert left_out or render(again) == render(document)


def test_samples_need_all_exceptions() -> None:
    said: set[str] = set()
    for path in OTHERS:
        document = parse(path.read_bytes()).to_dict()
        pointers = {re.sub(r"/\d+", "", pointer) for pointer, _ in _every_leaf(document, "")}
        said |= {place for place in NO_PLACE for pointer in pointers if f"{pointer}/".startswith(f"{place}/")}
    assert said == NO_PLACE


def _every_leaf(data: Any, pointer: str) -> Any:
    if isinstance(data, dict | list):
        for key, part in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _every_leaf(part, f"{pointer}/{key}")
    else:
        yield pointer, data


RESPELLED: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "trailing blanks": lambda text: text.replace("\n", " \t\n"),
    "blank lines with blanks": lambda text: text.replace("\n\n", "\n \n"),
    "labels in lower case": lambda text: text.replace("Total Enrollment", "total enrollment"),
}


@pytest.mark.parametrize("respelled", RESPELLED.values(), ids=RESPELLED)
def test_a_page_spelled_otherwise_gives_the_page_in_the_layout(text: str, respelled: Callable[[str], str]) -> None:
    assert respelled(text) != text
    assert render(parse(respelled(text))) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_bytes_come_back_decoded(text: str, encoding: str) -> None:
    assert render(parse(text.encode(encoding))) == text


@pytest.mark.parametrize(
    ("layout", "printed", "written"),
    [
        ("10 participants", "1,200 participants", "1200 participants"),
        ("2019-09-11", "March 2019", "2019-03"),
        ("2019-09-11", "2019-09-11 (Actual)", "2019-09-11"),
        ("Study Start Date\n\n2019", "Study Start Date: 2019", "Study Start Date\n\n2019"),
        ("SINGLE_GROUP", "Single Group", "SINGLE_GROUP"),
        ("Paris, , France", "Paris, France", "Paris, , France"),
        ("142499742 ext. +33", "142499742  ext.  +33", "142499742 ext. +33"),
        ("NCT ID: NCT03562065", "NCT ID:\n\nNCT03562065", "NCT ID: NCT03562065"),
    ],
)
def test_a_value_printed_otherwise_is_written_as_the_document_holds_it(
    text: str, layout: str, printed: str, written: str
) -> None:
    assert text.count(layout) == 1
    document = parse(text.replace(layout, printed))
    assert render(document) == render(json.loads(document.to_json())) == text.replace(layout, written)


def test_a_section_that_is_missing_has_its_heading_and_a_strange_one_is_left_out(text: str) -> None:
    missing = f"Detailed Description\n\n{SENTENCES['Detailed Description']}\n\n"
    assert missing in text
    assert render(parse(text.replace(missing, ""))) == text
    strange = "Funding Sources\n\nLearn who pays for the study and how much.\n\nNobody knows."
    assert render(parse(f"{text}\n\n{strange}")) == text


SHORT = "NCT03562065\nBrief Summary: A summary.\nConditions: Flu\nOverall Status: Recruiting"


@pytest.mark.parametrize("strange", [SHORT, f"\n\n{SHORT}\n\n", SHORT.replace("\n", "\r\n\r\n")])
def test_a_text_that_is_hardly_a_page_gives_one(strange: str) -> None:
    document = parse(strange)
    assert record(parse(render(document))) == record(document) != {}


def test_a_changed_document_renders_with_the_change(text: str) -> None:
    changed = parse(text).to_dict()
    changed["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = 34567
    assert render(changed) == text.replace("10 participants", "34567 participants")


def test_a_change_that_the_page_does_not_show_leaves_it_as_it_is(text: str) -> None:
    changed = parse(text).to_dict()
    changed["normalizedSection"]["contactsLocationsModule"]["facilityContacts"][0]["phone"] = "+33142499769"
    assert render(changed) == text


# --- documents and studies ---


@pytest.mark.parametrize(
    "nothing", [{}, {"schemaVersion": "0.9"}, [], None, "a page", 3, {"protocolSection": {"statusModule": []}}]
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


def test_eligibility_labels_are_right_below_the_text() -> None:
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
