"""Dataclasses to plain data and back: spelling of keys, what is absent, and how wrong data is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest
from parser.codec import decode, dumps, encode, fields_of

from parser.model.document import Document, SourceSection, Unparsed
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
)
from parser.problems import InvalidDocumentError, Problem, Severity
from parser.source import Span, Value


class Relation(str, Enum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bound:
    """A part with everything that the document's own classes do not have yet."""

    low: Value[int | float] | None = field(default=None, metadata={"null": True})
    text: str = field(default="", metadata={"meaning": "What was printed."})
    relation: Relation | None = None
    scale: float | None = None
    children: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Strict:
    items: tuple[str, ...]
    bound: Bound
    count: int | None = field(metadata={"null": True})


def a_document() -> Document:
    return Document(
        protocol_section=ProtocolSection(
            identification_module=IdentificationModule(
                nct_id=Value("NCT00000001", Span(10, 21)),
                org_study_id_info=OrgStudyIdInfo(id=Value("A-1", None)),
                secondary_id_infos=(SecondaryIdInfo(id=Value("R01", None), type=Value("NIH", None)),),
                brief_title=Value("Größe ≥ 5", Span(0, 9)),
            ),
            sponsor_collaborators_module=SponsorCollaboratorsModule(lead_sponsor=Sponsor(class_=Value("OTHER"))),
            conditions_module=ConditionsModule(conditions=(Value("Lupus"), Value("Asthma"))),
            design_module=DesignModule(enrollment_info=EnrollmentInfo(count=Value(0))),
            references_module=ReferencesModule(references=(Reference(pmid=Value("39706212")),)),
        ),
        has_results=Value(False),
        source_section=SourceSection(
            registry="ClinicalTrials.gov",
            layout="labelled-page",
            sha256="00",
            length=30,
            unparsed=(Unparsed("x", 4, 5),),
            problems=(Problem("unparsed-text", Severity.WARNING, "what", 4, 5, 1, 5),),
        ),
    )


def test_a_document_is_spelled_as_the_contract_says() -> None:
    assert encode(a_document()) == {
        "schemaVersion": "1.0",
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
            "layout": "labelled-page",
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


def test_a_document_reads_back_equal_but_for_its_places() -> None:
    document = a_document()
    copy = decode(Document, json.loads(dumps(document)))
    assert copy == document
    assert copy.protocol_section.identification_module is not None
    assert copy.protocol_section.identification_module.nct_id is not None
    assert copy.protocol_section.identification_module.nct_id.span is None


def test_keys_stand_in_the_order_of_the_fields() -> None:
    assert list(encode(a_document())) == ["schemaVersion", "protocolSection", "hasResults", "sourceSection"]
    module = encode(a_document())["protocolSection"]["identificationModule"]
    assert list(module) == ["nctId", "orgStudyIdInfo", "secondaryIdInfos", "briefTitle"]


def test_json_text_keeps_characters_as_they_are() -> None:
    assert '"briefTitle": "Größe ≥ 5"' in dumps(a_document())
    assert dumps(a_document(), indent=2).startswith('{\n  "schemaVersion": "1.0",\n')


def test_a_document_without_anything_still_has_its_version_and_its_protocol_section() -> None:
    empty = Document(protocol_section=ProtocolSection())
    assert encode(empty) == {"schemaVersion": "1.0", "protocolSection": {}}
    assert decode(Document, {"protocolSection": {}}) == empty


def test_what_was_not_understood_and_objects_of_nothing_are_absent() -> None:
    module = IdentificationModule(
        nct_id=Value(None, Span(0, 3)),
        org_study_id_info=OrgStudyIdInfo(id=Value(None, Span(4, 5))),
        brief_title=Value("", Span(6, 6)),
    )
    assert encode(module) == {"briefTitle": ""}
    conditions = ConditionsModule(conditions=(Value(None, Span(0, 1)),))
    assert encode(ProtocolSection(identification_module=IdentificationModule(), conditions_module=conditions)) == {}


def test_elements_of_a_list_keep_their_places() -> None:
    sponsors = SponsorCollaboratorsModule(collaborators=(Sponsor(), Sponsor(name=Value("B"))))
    assert encode(sponsors) == {"collaborators": [{}, {"name": "B"}]}
    assert decode(SponsorCollaboratorsModule, encode(sponsors)) == sponsors


def test_a_null_field_is_written_when_it_has_no_value() -> None:
    assert encode(Bound()) == {"low": None, "text": ""}
    assert encode(Bound(low=Value(None, Span(0, 1)))) == {"low": None, "text": ""}
    assert encode(Strict(items=(), bound=Bound(), count=None)) == {
        "items": [],
        "bound": {"low": None, "text": ""},
        "count": None,
    }


def test_numbers_enumerations_and_a_class_within_itself_round_trip() -> None:
    bound = Bound(
        low=Value(0.5),
        text="x",
        relation=Relation.AFTER,
        scale=9,
        children=(Bound(low=Value(5)), Bound(children=(Bound(text="y"),))),
    )
    data = encode(bound)
    assert data["relation"] == "after"
    assert data["children"][1]["children"] == [{"low": None, "text": "y"}]
    assert decode(Bound, json.loads(json.dumps(data))) == bound


def test_keys_of_other_makers_are_passed_over() -> None:
    study = {
        "protocolSection": {"outcomesModule": {"x": 1}, "conditionsModule": {"ancestors": []}},
        "derivedSection": 3,
    }
    assert decode(Document, study) == Document(protocol_section=ProtocolSection())


def test_null_and_emptiness_stand_for_absence() -> None:
    data = {
        "protocolSection": {"statusModule": None, "designModule": {}, "conditionsModule": {"keywords": []}},
        "hasResults": None,
    }
    assert decode(Document, data) == Document(protocol_section=ProtocolSection())


@pytest.mark.parametrize(
    ("cls", "data", "message"),
    [
        (Document, [], "the document: expected an object, found a list"),
        (Document, {}, "protocolSection: it is required, and is missing"),
        (Document, {"protocolSection": None}, "protocolSection: it is required, and is null"),
        (Document, {"protocolSection": 3}, "protocolSection: expected an object, found 3"),
        (Document, {"schemaVersion": 1, "protocolSection": {}}, "schemaVersion: expected a string, found 1"),
        (
            Document,
            {"protocolSection": {"statusModule": {"overallStatus": 3}}},
            "protocolSection.statusModule.overallStatus: expected a string, found 3",
        ),
        (
            Document,
            {"protocolSection": {"conditionsModule": {"conditions": ["a", None]}}},
            "protocolSection.conditionsModule.conditions[1]: expected a string, found null",
        ),
        (
            Document,
            {"protocolSection": {"conditionsModule": {"conditions": "a"}}},
            'protocolSection.conditionsModule.conditions: expected a list, found "a"',
        ),
        (
            Document,
            {"protocolSection": {"designModule": {"enrollmentInfo": {"count": True}}}},
            "protocolSection.designModule.enrollmentInfo.count: expected an integer, found true",
        ),
        (
            Document,
            {"protocolSection": {"referencesModule": {"references": [{}, {"pmid": {}}]}}},
            "protocolSection.referencesModule.references[1].pmid: expected a string, found an object",
        ),
        (Document, {"protocolSection": {}, "hasResults": 0}, "hasResults: expected a boolean, found 0"),
        (
            SourceSection,
            {"registry": "x", "layout": "y", "sha256": "z", "length": 1, "unparsed": [{"text": "t", "start": 0}]},
            "unparsed[0].end: it is required, and is missing",
        ),
        (Bound, {"low": False}, "low: expected an integer or a number, found false"),
        (Bound, {"scale": "9"}, 'scale: expected a number, found "9"'),
        (Bound, {"relation": "since"}, 'relation: expected before or after, found "since"'),
        (Bound, {"relation": ["before"]}, "relation: expected before or after, found a list"),
        (Strict, {"items": [], "bound": {}, "count": "many " * 20}, 'count: expected an integer, found "many many'),
    ],
)
def test_wrong_data_is_refused_with_its_path(cls: type, data: Any, message: str) -> None:
    with pytest.raises(InvalidDocumentError) as refusal:
        decode(cls, data)
    assert str(refusal.value).startswith(message)
    assert len(str(refusal.value)) < 120


def test_a_required_field_that_may_be_null_may_be_left_out() -> None:
    assert decode(Strict, {"items": [], "bound": {}}) == Strict(items=(), bound=Bound(), count=None)


def test_a_type_that_json_has_no_shape_for_is_a_mistake_in_the_model() -> None:
    @dataclass
    class Wrong:
        place: complex

    with pytest.raises(TypeError, match=r"Wrong\.place: no JSON shape is known for .*complex"):
        fields_of(Wrong)


def test_what_is_encoded_shares_nothing_with_later_calls() -> None:
    document = a_document()
    encode(document)["protocolSection"]["conditionsModule"]["conditions"].clear()
    assert encode(document)["protocolSection"]["conditionsModule"]["conditions"] == ["Lupus", "Asthma"]
