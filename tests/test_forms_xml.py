"""The older XML: every element has its place, values mean what they say, and what is broken is refused alone."""

from __future__ import annotations

from typing import Any

import pytest

from parser import Document, NotARecordError, parse, parse_records
from tests.evaluation.openapi import violations
from tests.linear import assert_linear
from tests.pages import value_at as at


def record(inner: str, head: str = "") -> str:
    return f"{head}<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info>{inner}</clinical_study>"


DESIGN = "protocolSection/designModule"
STATUS = "protocolSection/statusModule"
ELIGIBILITY = "protocolSection/eligibilityModule"


@pytest.mark.parametrize(
    ("inner", "path", "expected"),
    [
        ("<phase>N/A</phase>", f"{DESIGN}/phases", ["NA"]),
        ("<phase>Early Phase 1</phase>", f"{DESIGN}/phases", ["EARLY_PHASE1"]),
        ("<phase>Phase 1/Phase 2</phase>", f"{DESIGN}/phases", ["PHASE1", "PHASE2"]),
        ("<study_type>Expanded Access</study_type>", f"{DESIGN}/studyType", "EXPANDED_ACCESS"),
        (
            "<study_type>Expanded Access:Individual Patients|Treatment IND/Protocol</study_type>",
            f"{DESIGN}/expandedAccessTypes",
            {"individual": True, "treatment": True},
        ),
        ("<overall_status>Unknown status</overall_status>", f"{STATUS}/overallStatus", "UNKNOWN"),
        ("<start_date>September 2006</start_date>", f"{STATUS}/startDateStruct", {"date": "2006-09"}),
        (
            '<completion_date type="Actual">March 3, 2010</completion_date>',
            f"{STATUS}/completionDateStruct",
            {"date": "2010-03-03", "type": "ACTUAL"},
        ),
        ("<start_date>February 30, 2006</start_date>", f"{STATUS}/startDateStruct", None),
        (
            "<study_first_posted type='Estimate'>August 30, 2006</study_first_posted>",
            f"{STATUS}/studyFirstPostDateStruct",
            {"date": "2006-08-30", "type": "ESTIMATED"},
        ),
        ("<study_first_posted>August 2006</study_first_posted>", f"{STATUS}/studyFirstPostDateStruct", None),
        ("<eligibility><gender>Both</gender></eligibility>", f"{ELIGIBILITY}/sex", "ALL"),
        ("<eligibility><minimum_age>N/A</minimum_age></eligibility>", f"{ELIGIBILITY}/minimumAge", None),
        ("<eligibility><minimum_age>2 Months</minimum_age></eligibility>", f"{ELIGIBILITY}/minimumAge", "2 Months"),
        ("<eligibility><minimum_age>Old</minimum_age></eligibility>", f"{ELIGIBILITY}/minimumAge", None),
        (
            "<eligibility><healthy_volunteers>Accepts Healthy Volunteers</healthy_volunteers></eligibility>",
            f"{ELIGIBILITY}/healthyVolunteers",
            True,
        ),
        (
            "<study_design_info><masking>None (Open Label)</masking></study_design_info>",
            f"{DESIGN}/designInfo/maskingInfo",
            {"masking": "NONE"},
        ),
        (
            "<study_design_info><masking>Double Blind (Subject, Caregiver)</masking></study_design_info>",
            f"{DESIGN}/designInfo/maskingInfo",
            {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER"]},
        ),
        (
            "<study_design_info><masking>Participant, Investigator</masking></study_design_info>",
            f"{DESIGN}/designInfo/maskingInfo",
            {"whoMasked": ["PARTICIPANT", "INVESTIGATOR"]},
        ),
        (
            "<study_design>Treatment, Randomized, Double-Blind, Placebo Control, Parallel Assignment</study_design>",
            f"{DESIGN}/designInfo",
            {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "DOUBLE"},
            },
        ),
        (
            "<biospec_retention>Samples Without DNA</biospec_retention>",
            f"{DESIGN}/bioSpec/retention",
            "SAMPLES_WITHOUT_DNA",
        ),
        (
            "<pending_results><submitted>June 1, 2012</submitted></pending_results>",
            "sourceSection/unparsed/0",
            {"text": "June 1, 2012", "path": "/clinical_study/pending_results/submitted"},
        ),
        (
            "<provided_document_section><provided_document><document_type>Study Protocol</document_type>"
            "<document_has_protocol>Yes</document_has_protocol><document_date>May 2, 2017</document_date>"
            "<document_url>https://ClinicalTrials.gov/ProvidedDocs/01/NCT00000001/Prot_000.pdf</document_url>"
            "</provided_document></provided_document_section>",
            "documentSection/largeDocumentModule/largeDocs/0/filename",
            "Prot_000.pdf",
        ),
        (
            "<clinical_results><baseline><measure_list><measure><title>Age</title><param>Median</param>"
            "<dispersion>95% Confidence Interval</dispersion><category_list><category><sub_title>all</sub_title>"
            '<measurement_list><measurement group_id="B1" value="5" lower_limit="1"/></measurement_list>'
            "</category></category_list></measure></measure_list></baseline></clinical_results>",
            "resultsSection/baselineCharacteristicsModule/measures/0",
            {
                "title": "Age",
                "paramType": "MEDIAN",
                "dispersionType": "CONFIDENCE_95",
                "classes": [
                    {
                        "title": "all",
                        "categories": [{"measurements": [{"groupId": "B1", "value": "5", "lowerLimit": "1"}]}],
                    }
                ],
            },
        ),
    ],
)
def test_a_value_means_what_it_says(inner: str, path: str, expected: Any) -> None:
    document = parse(record(inner))
    assert at(document, path) == expected
    assert violations(document.to_dict()) == []
    if expected is None and "N/A" not in inner:
        assert document.source_section.unparsed and document.problems


def test_elements_that_are_not_known_are_left_with_their_paths() -> None:
    document = parse(record("<novelty kind='x'>A <b>bold</b> one</novelty><brief_title>T</brief_title>stray"))
    assert {(one.path, one.text) for one in document.source_section.unparsed} == {
        ("/clinical_study/novelty", "A"),
        ("/clinical_study/novelty/@kind", "x"),
        ("/clinical_study/novelty/b", "bold"),
        ("/clinical_study/novelty", "one"),
        ("/clinical_study", "stray"),
    }
    assert [problem.code for problem in document.problems] == ["unparsed-text"]


def test_what_comes_twice_is_not_lost() -> None:
    document = parse(record("<brief_title>One</brief_title><brief_title>Two</brief_title>"))
    assert at(document, "protocolSection/identificationModule/briefTitle") == "One"
    assert [(one.path, one.text) for one in document.source_section.unparsed] == [
        ("/clinical_study/brief_title[2]", "Two")
    ]


def test_a_namespace_and_an_encoding_change_nothing() -> None:
    plain = record("<brief_title>Größe</brief_title>")
    spaced = plain.replace("<clinical_study>", '<clinical_study xmlns="http://example.org">')
    declared = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{plain}'.encode("latin-1")
    for data in (plain, spaced, declared, plain.encode("utf-16"), plain.encode("latin-1")):
        assert at(parse(data), "protocolSection/identificationModule/briefTitle") == "Größe"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<brief_title>&b;</brief_title>", "Entity 'b' not defined"),
        ("<brief_title>&c;</brief_title>", "Entity 'c' not defined"),
        ("<a>" * 1000 + "</a>" * 1000, "depth"),
        ("<brief_title>", "mismatch"),
        ("<brief_title>" + "x" * 11_000_000 + "</brief_title>", "too long|huge"),
    ],
    ids=["bomb", "file", "deep", "open", "long"],
)
def test_what_is_hostile_or_broken_is_refused_and_the_rest_is_read(inner: str, message: str) -> None:
    refused: list[str] = []
    good = record("<brief_title>Good</brief_title>")
    data = f"{BOMB}<studies>{good}{record(inner)}{good}{good[:60]}</studies>"
    documents = list(parse_records(data, on_error=lambda name, error: refused.append(f"{name} {error}")))
    assert [at(document, "protocolSection/identificationModule/briefTitle") for document in documents] == ["Good"] * 2
    assert [name.split(" ")[0] for name in refused] == ["#2", "#4"]
    with pytest.raises(NotARecordError, match=message):
        parse(record(inner, BOMB))


def test_control_characters_are_read_as_the_replacement_character() -> None:
    document = parse(record("<brief_title>" + "A" * 200 + "\x01</brief_title>"))
    assert document.protocol_section.identification_module.brief_title == "A" * 200 + "\ufffd"
    assert [problem.code for problem in document.problems] == ["not-understood"]


@pytest.mark.parametrize("data", ["<PubmedArticleSet><a/></PubmedArticleSet>", "<?xml version='1.0'?><trial id='1'/>"])
def test_other_xml_is_refused_by_its_root(data: str) -> None:
    with pytest.raises(NotARecordError, match=r"XML of no known form: its root is <(PubmedArticleSet|trial)>"):
        parse(data)


@pytest.mark.parametrize("size", ["9" * 5000, "9" + ",999" * 2000, "9" + " 999" * 2000])
def test_a_count_that_no_trial_has_is_left(size: str) -> None:
    document = parse(record(f"<enrollment>{size}</enrollment>"))
    assert document.protocol_section.design_module.enrollment_info is None
    assert [one.text for one in document.source_section.unparsed] == [size]


@pytest.mark.linear
@pytest.mark.parametrize("unit", ["<other>a</other>", "<other><a>a</a></other>", "<keyword>a</keyword>", '<o b="a"/>'])
def test_the_cost_grows_with_the_number_of_elements(unit: str) -> None:
    def read(length: int) -> Document:
        return parse(record(unit * (length // len(unit))))

    assert_linear(read, 20_000)


def test_a_path_has_the_number_of_an_element_among_several() -> None:
    text = "<a>x</a><b>y</b><a><c>z</c></a>"
    document = parse(record(text))
    assert [(one.path, one.text) for one in document.source_section.unparsed] == [
        ("/clinical_study/a[1]", "x"),
        ("/clinical_study/b", "y"),
        ("/clinical_study/a[2]/c", "z"),
    ]
