"""Documents as JSON and back: keys, what is omitted, other versions and what is refused."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parser import Document, InvalidDocumentError, parse, parse_criteria
from parser.model.document import attach_spans
from parser.model.normalized import (
    NormalizedContact,
    NormalizedContactsLocations,
    NormalizedEligibility,
    NormalizedSection,
    Quantity,
)
from parser.model.protocol import (
    ConditionsModule,
    DesignModule,
    EnrollmentInfo,
    IdentificationModule,
    OrgStudyIdInfo,
    ProtocolSection,
    Reference,
    ReferencesModule,
    SecondaryIdInfo,
    Sponsor,
    SponsorCollaboratorsModule,
    StatusModule,
)
from parser.model.source import SourceSection, Unparsed
from parser.problems import Problem
from parser.source import Span
from tests.linear import assert_linear


def a_document() -> Document:
    return Document(
        schema_version="2.0",
        protocol_section=ProtocolSection(
            identification_module=IdentificationModule(
                nct_id="NCT00000001",
                org_study_id_info=OrgStudyIdInfo(id="A-1"),
                secondary_id_infos=(SecondaryIdInfo(id="R01", type="NIH"),),
                brief_title="Größe ≥ 5",
            ),
            sponsor_collaborators_module=SponsorCollaboratorsModule(lead_sponsor=Sponsor(class_="OTHER")),
            conditions_module=ConditionsModule(conditions=("Lupus", "Asthma")),
            design_module=DesignModule(enrollment_info=EnrollmentInfo(count=0)),
            references_module=ReferencesModule(references=(Reference(pmid="39706212"),)),
        ),
        has_results=False,
        source_section=SourceSection(
            registry="ClinicalTrials.gov",
            form="labelled-page",
            sha256="00",
            length=30,
            unparsed=(Unparsed(text="x", start=4, end=5),),
            problems=(
                Problem(code="unparsed-text", severity="warning", message="what", start=4, end=5, line=1, column=5),
            ),
        ),
    )


WRITTEN = {
    "schemaVersion": "2.0",
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT00000001",
            "orgStudyIdInfo": {"id": "A-1"},
            "secondaryIdInfos": [{"id": "R01", "type": "NIH"}],
            "briefTitle": "Größe ≥ 5",
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"class": "OTHER"}},
        "conditionsModule": {"conditions": ["Lupus", "Asthma"]},
        "designModule": {"enrollmentInfo": {"count": 0}},
        "referencesModule": {"references": [{"pmid": "39706212"}]},
    },
    "hasResults": False,
    "sourceSection": {
        "registry": "ClinicalTrials.gov",
        "form": "labelled-page",
        "sha256": "00",
        "length": 30,
        "unparsed": [{"text": "x", "start": 4, "end": 5}],
        "problems": [
            {
                "code": "unparsed-text",
                "severity": "warning",
                "message": "what",
                "start": 4,
                "end": 5,
                "line": 1,
                "column": 5,
            }
        ],
    },
}


def from_protocol(**modules: Any) -> Document:
    return Document.from_dict({"protocolSection": modules})


# --- Spelling ---------------------------------------------------------------------------------------------------------


def test_a_document_is_spelled_as_the_contract_says() -> None:
    assert json.dumps(a_document().to_dict()) == json.dumps(WRITTEN), "keys stand in the order of the fields, too"


def test_a_document_reads_back_equal() -> None:
    document = a_document()
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_dict(json.loads(document.to_json())) == document


def test_json_text_keeps_characters_as_they_are() -> None:
    assert '"briefTitle":"Größe ≥ 5"' in a_document().to_json()
    assert a_document().to_json(indent=2) == json.dumps(WRITTEN, indent=2, ensure_ascii=False)


def test_sections_and_modules_are_always_there() -> None:
    empty = Document(schema_version="2.0")
    assert empty.to_dict() == {"schemaVersion": "2.0"}
    assert Document.from_dict({"schemaVersion": "2.0"}) == Document.from_dict({"protocolSection": {}}) == empty
    assert empty.nct_id is None
    assert empty.protocol_section.status_module.start_date_struct is None
    assert empty.normalized_section.eligibility_module.criteria == ()
    assert empty.results_section.adverse_events_module.event_groups == ()
    assert empty.problems == ()
    assert empty.spans == {}


def test_a_module_that_holds_nothing_is_omitted_wherever_it_came_from() -> None:
    section = ProtocolSection(status_module=StatusModule(), conditions_module=ConditionsModule(conditions=("Gout",)))
    document = Document(schema_version="2.0", protocol_section=section, normalized_section=NormalizedSection())
    assert document.to_dict()["protocolSection"] == {"conditionsModule": {"conditions": ["Gout"]}}
    nothing = Document(schema_version="2.0", protocol_section=ProtocolSection(design_module=DesignModule()))
    assert nothing.to_dict() == {"schemaVersion": "2.0"}


def test_false_zero_and_empty_text_are_values() -> None:
    study = {"hasResults": False, "protocolSection": {"designModule": {"enrollmentInfo": {"count": 0}}}}
    study["protocolSection"]["identificationModule"] = {"briefTitle": ""}
    assert Document.from_dict(study).to_dict() == {"schemaVersion": "2.0", **study}


def test_elements_of_a_list_keep_their_places() -> None:
    sponsors = {"collaborators": [{}, {"name": "B"}]}
    document = from_protocol(sponsorCollaboratorsModule=sponsors)
    assert document.protocol_section.sponsor_collaborators_module.collaborators == (Sponsor(), Sponsor(name="B"))
    assert document.to_dict()["protocolSection"]["sponsorCollaboratorsModule"] == sponsors


def a_quantity(**fields: Any) -> Quantity:
    given = {"kind": "quantity", "text": "5", "start": 0, "end": 1, "subject": None, "low": None, "low_inclusive": True}
    given |= {"high": None, "high_inclusive": False, "unit": None, "ucum": None}
    return Quantity(**{**given, **fields})


def of_age(quantity: Quantity) -> Document:
    section = NormalizedSection(eligibility_module=NormalizedEligibility(minimum_age=quantity))
    return Document(schema_version="2.0", normalized_section=section)


def test_some_keys_are_written_as_null_when_there_is_nothing() -> None:
    assert of_age(a_quantity()).to_dict()["normalizedSection"]["eligibilityModule"]["minimumAge"] == {
        **{"kind": "quantity", "text": "5", "start": 0, "end": 1, "subject": None, "low": None, "lowInclusive": True},
        **{"high": None, "highInclusive": False, "unit": None, "ucum": None},
    }
    people = NormalizedContactsLocations(central_contacts=(NormalizedContact(phone=None, name="Ann"),))
    document = Document(schema_version="2.0", normalized_section=NormalizedSection(contacts_locations_module=people))
    module = document.to_dict()["normalizedSection"]["contactsLocationsModule"]
    assert module == {"centralContacts": [{"name": "Ann", "phone": None}]}
    assert Document.from_dict(document.to_dict()) == document
    (criterion,) = parse_criteria("Informed consent.").to_dict()["criteria"]
    assert criterion["marker"] is None
    assert not {"children", "quantities"} & criterion.keys()


def test_a_block_without_anything_still_has_its_three_lists() -> None:
    assert parse_criteria("").to_dict() == {"criteria": [], "headings": [], "problems": []}


@pytest.mark.parametrize("number", [18, 0, -3, 18.0, 0.5, 1e22, 10**30, 1e308])
def test_a_number_stays_what_it_is(number: float) -> None:
    document = of_age(a_quantity(low=number))
    for copied in (document.to_dict(), json.loads(document.to_json())):
        low = copied["normalizedSection"]["eligibilityModule"]["minimumAge"]["low"]
        assert (low, type(low)) == (number, type(number))
        read = Document.from_dict(copied).normalized_section.eligibility_module.minimum_age
        assert read and (read.low, type(read.low)) == (number, type(number))


def test_what_python_shows_of_a_document_is_short() -> None:
    assert repr(a_document()) == "<Document NCT00000001 'Größe ≥ 5', 1 problem>"
    assert repr(Document(schema_version="2.0")) == "<Document without id '', 0 problems>"
    assert len(repr(from_protocol(identificationModule={"briefTitle": "word " * 100}))) < 120
    assert repr(StatusModule(overall_status="COMPLETED")) == "StatusModule(overall_status='COMPLETED')"


# --- Studies and documents of others ----------------------------------------------------------------------------------


def test_keys_that_the_model_lacks_are_dropped() -> None:
    deep: Any = {}
    for _ in range(5000):
        deep = {"x": [deep]}
    study = {
        "protocolSection": {"newModule": {"x": 1}, "conditionsModule": {"ancestors": [], "conditions": ["Gout"]}},
        "newSection": deep,
    }
    assert Document.from_dict(study) == from_protocol(conditionsModule={"conditions": ["Gout"]})


def test_null_and_emptiness_are_the_same_as_no_key() -> None:
    data = {
        "protocolSection": {
            "statusModule": None,
            "designModule": {"enrollmentInfo": {}},
            "conditionsModule": {"keywords": [], "conditions": None},
        },
        "hasResults": None,
    }
    assert Document.from_dict(data) == Document(schema_version="2.0")


def test_codes_that_api_v2_does_not_have_are_kept_out_of_their_fields() -> None:
    document = from_protocol(
        designModule={"phases": ["PHASE1", "PHASE9", "PHASE2", "PHASE8"], "enrollmentInfo": {"type": "HOPED"}},
        statusModule={"overallStatus": "ON_HOLD"},
    )
    assert document.to_dict()["protocolSection"] == {"designModule": {"phases": ["PHASE1", "PHASE2"]}}
    design = "/protocolSection/designModule"
    expected = {
        "/protocolSection/statusModule/overallStatus": "ON_HOLD",
        f"{design}/phases/1": "PHASE9",
        f"{design}/phases/3": "PHASE8",
        f"{design}/enrollmentInfo/type": "HOPED",
    }
    assert {one.path: one.text for one in document.source_section.unparsed} == expected
    assert {problem.path: problem.message for problem in document.problems} == {
        pointer: f"{code!r} is not a code of API v2" for pointer, code in expected.items()
    }
    assert {(problem.code, problem.severity) for problem in document.problems} == {("unknown-value", "info")}
    assert Document.from_dict(document.to_dict()) == document


@pytest.mark.linear
def test_many_unknown_codes_are_read_in_linear_time() -> None:
    def read(size: int) -> None:
        from_protocol(designModule={"phases": ["PHASE9"] * size})

    assert_linear(read, 20_000)


def test_a_lone_surrogate_is_no_character() -> None:
    document = from_protocol(
        identificationModule={"briefTitle": "Half \ud83d"}, conditionsModule={"keywords": ["a", "\udc00b"]}
    )
    module = document.protocol_section.identification_module
    assert (module.brief_title, document.protocol_section.conditions_module.keywords) == (
        "Half \ufffd",
        ("a", "\ufffdb"),
    )
    assert [(problem.code, problem.path) for problem in document.problems] == [
        ("lone-surrogate", "/protocolSection/identificationModule/briefTitle"),
        ("lone-surrogate", "/protocolSection/conditionsModule/keywords/1"),
    ]
    document.to_json().encode()


OF_1_0 = {
    "schemaVersion": "1.0",
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A Trial"},
        "statusModule": {"overallStatus": "ON A BREAK"},
    },
    "normalizedSection": {
        "eligibilityModule": {
            "minimumAge": {
                **{"kind": "time", "text": "18 Years", "start": 5, "end": 13, "subject": None, "low": 18},
                **{"lowInclusive": True, "high": 18, "highInclusive": True, "unit": "Years", "ucum": "a"},
            }
        }
    },
    "sourceSection": {
        "registry": "ClinicalTrials.gov",
        "layout": "html/labelled-page",
        "sha256": "ab",
        "length": 99,
        "unparsed": [{"text": "x", "start": 4, "end": 5}],
        "problems": [
            {
                **{"code": "unparsed-text", "severity": "warning", "message": "what"},
                **{"start": 4, "end": 5, "line": 1, "column": 5},
            }
        ],
        "departures": [{"start": 1, "end": 2, "text": "y"}],
        "lineEnd": "\r\n",
        "spans": {"/protocolSection/identificationModule/nctId": [10, 21]},
        "mergedFrom": [
            {
                **{"registry": "ClinicalTrials.gov", "layout": "results-page", "sha256": "cd", "length": 7},
                **{"gave": ["/resultsSection"], "spans": {"/hasResults": [0, 7]}},
            }
        ],
    },
}


def test_a_document_of_schema_1_0_is_read() -> None:
    document = Document.from_dict(OF_1_0)
    assert document.to_dict() == {
        "schemaVersion": "2.0",
        "protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": "A Trial"}},
        "normalizedSection": OF_1_0["normalizedSection"],
        "sourceSection": {
            "registry": "ClinicalTrials.gov",
            "form": "html/labelled-page",
            "sha256": "ab",
            "length": 99,
            "offsets": "page-text",
            "unparsed": [
                {"text": "x", "start": 4, "end": 5},
                {"text": "ON A BREAK", "path": "/protocolSection/statusModule/overallStatus"},
            ],
            "mergedFrom": [
                {
                    **{"registry": "ClinicalTrials.gov", "form": "results-page", "sha256": "cd", "length": 7},
                    "contributed": ["/resultsSection"],
                }
            ],
            "problems": [
                *OF_1_0["sourceSection"]["problems"],  # type: ignore[index]
                {
                    **{"code": "unknown-value", "severity": "info", "message": "'ON A BREAK' is not a code of API v2"},
                    "path": "/protocolSection/statusModule/overallStatus",
                },
            ],
        },
    }
    assert document.spans == {"/protocolSection/identificationModule/nctId": Span(10, 21)}
    written = document.to_dict(spans=True)["sourceSection"]
    assert written["spans"] == {"/protocolSection/identificationModule/nctId": [10, 21]}
    assert written["mergedFrom"][0]["spans"] == {"/hasResults": [0, 7]}


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "the document: expected an object, found list"),
        ("{}", "the document: expected an object, found str"),
        ({}, "the document: it has neither schemaVersion nor protocolSection"),
        ({"studies": [{"protocolSection": {}}]}, "the document: it has neither schemaVersion nor protocolSection"),
        ({"schemaVersion": "0.9", "protocolSection": {}}, "schemaVersion: '0.9' is not 1.0 or 2.0; a newer version"),
        ({"schemaVersion": 2.0}, "schemaVersion: 2.0 is not 1.0 or 2.0"),
        ({"protocolSection": 3}, "protocolSection: Expected `object`, got `int`"),
        ({"protocolSection": {"statusModule": []}}, "protocolSection.statusModule: Expected `object`, got `array`"),
        (
            {"protocolSection": {"statusModule": {"overallStatus": 3}}},
            "protocolSection.statusModule.overallStatus: Expected `str | null`, got `int`",
        ),
        (
            {"protocolSection": {"conditionsModule": {"conditions": ["a", None]}}},
            "protocolSection.conditionsModule.conditions[1]: Expected `str`, got `null`",
        ),
        (
            {"protocolSection": {"conditionsModule": {"conditions": "a"}}},
            "protocolSection.conditionsModule.conditions: Expected `array`, got `str`",
        ),
        (
            {"protocolSection": {"designModule": {"enrollmentInfo": {"count": True}}}},
            "protocolSection.designModule.enrollmentInfo.count: Expected `int | null`, got `bool`",
        ),
        (
            {"protocolSection": {"designModule": {"enrollmentInfo": {"count": 10.5}}}},
            "protocolSection.designModule.enrollmentInfo.count: Expected `int | null`, got `float`",
        ),
        (
            {"protocolSection": {"referencesModule": {"references": [{}, {"pmid": {"x": 1}}]}}},
            "protocolSection.referencesModule.references[1].pmid: Expected `str | null`, got `object`",
        ),
        ({"protocolSection": {}, "hasResults": 0}, "hasResults: Expected `bool | null`, got `int`"),
        (
            {"schemaVersion": "2.0", "sourceSection": {"unparsed": [{"start": 0}]}},
            "sourceSection.unparsed[0]: Object missing required field `text`",
        ),
        (
            {"schemaVersion": "2.0", "normalizedSection": {"eligibilityModule": {"headings": [{"category": "MAYBE"}]}}},
            "normalizedSection.eligibilityModule.headings[0].category: Invalid enum value 'MAYBE'",
        ),
        ({"schemaVersion": "1.0", "sourceSection": []}, "sourceSection: Expected `object`, got `array`"),
        (
            {"schemaVersion": "1.0", "sourceSection": {"mergedFrom": [3]}},
            "sourceSection.mergedFrom[0]: Expected `object`, got `int`",
        ),
    ],
)
def test_wrong_data_is_refused_with_its_path(data: Any, message: str) -> None:
    with pytest.raises(InvalidDocumentError) as refusal:
        Document.from_dict(data)
    assert str(refusal.value).startswith(message)
    assert len(str(refusal.value)) < 160


@pytest.mark.parametrize(
    "number", [10**5000, -(10**400), float("inf"), float("nan")], ids=["digits", "low", "inf", "nan"]
)
def test_a_number_that_json_has_not_is_refused(number: float) -> None:
    with pytest.raises(
        InvalidDocumentError, match=r"protocolSection\.designModule\.enrollmentInfo\.count: it is not a"
    ):
        from_protocol(designModule={"enrollmentInfo": {"count": number}})
    data = of_age(a_quantity()).to_dict()
    data["normalizedSection"]["eligibilityModule"]["minimumAge"]["low"] = number
    with pytest.raises(
        InvalidDocumentError, match=r"normalizedSection\.eligibilityModule\.minimumAge\.low: it is not a"
    ):
        Document.from_dict(data)


def nested(levels: int) -> dict[str, Any]:
    """A document whose criteria are nested so deep."""
    (top,) = parse_criteria("* One").to_dict()["criteria"]
    node = top
    for _ in range(levels - 1):
        node = {**top, "children": [node]}
    return {"schemaVersion": "2.0", "normalizedSection": {"eligibilityModule": {"criteria": [node]}}}


def test_criteria_are_read_as_deep_as_they_are_made() -> None:
    assert Document.from_dict(nested(60)).to_dict() == nested(60)
    deepest = parse_criteria("\n".join("  " * depth + "* One" for depth in range(70))).to_dict()
    data = {"schemaVersion": "2.0", "normalizedSection": {"eligibilityModule": {"criteria": deepest["criteria"]}}}
    assert Document.from_dict(data).to_dict() == data


@pytest.mark.parametrize("levels", [300, 100_000])
def test_a_nesting_that_no_record_has_is_refused(levels: int) -> None:
    with pytest.raises(InvalidDocumentError, match="the document: it is nested more than"):
        Document.from_dict(nested(levels))


def test_a_nesting_that_the_stack_has_no_room_for_is_refused() -> None:
    def read(frames: int) -> Document:
        return read(frames - 1) if frames else Document.from_dict(nested(60))

    room = sys.getrecursionlimit() - len(inspect.stack(0))
    with pytest.raises(InvalidDocumentError, match="the document: maximum recursion depth"):
        read(room - 100)


# --- Copies -----------------------------------------------------------------------------------------------------------

COPIES: dict[str, Callable[[Document], Document]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda document: pickle.loads(pickle.dumps(document)),
    "JSON": lambda document: Document.from_dict(json.loads(document.to_json(spans=True))),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_copy_is_the_same_in_everything(sample: Path, copied: Callable[[Document], Document]) -> None:
    document = parse(sample.read_bytes())
    other = copied(document)
    assert other == document
    assert other.to_json() == document.to_json()
    assert other.spans == document.spans != {}


def test_equality_is_of_what_a_document_says_not_of_places_in_its_text() -> None:
    document, elsewhere = a_document(), attach_spans(a_document(), {"/hasResults": Span(0, 3)})
    assert document == elsewhere
    assert document.to_json() == elsewhere.to_json() != elsewhere.to_json(spans=True)
    assert document != from_protocol(identificationModule={"nctId": "NCT00000002"})


def test_a_document_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        a_document().has_results = True  # type: ignore[misc]
