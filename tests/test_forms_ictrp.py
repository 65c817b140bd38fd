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


# What a register gives to ICTRP: the same data in elements of its own.
GIVEN = """<?xml version="1.0" encoding="UTF-8"?>
<trials><trial><main><trial_id>RBR-2abcd3</trial_id><utrn>U1111-0000-0001</utrn><reg_name>REBEC</reg_name>
<date_registration>02/03/2011</date_registration><primary_sponsor>Hospital of Example</primary_sponsor>
<public_title> Testomab for sleep </public_title><acronym/><scientific_title>A trial of testomab</scientific_title>
<date_enrolment>01/02/2011</date_enrolment><type_enrolment>anticipated</type_enrolment>
<target_size>a:20;b:22;</target_size><recruitment_status>Complete</recruitment_status>
<url>http://registry.example.org/1</url><study_type>interventional</study_type>
<study_design>Randomization: randomized.   Blinding: Double blind.
Assignment: Parallel.   Purpose: Treatment.</study_design>
<phase>2-3</phase><hc_freetext>Condition 1: Insomnia.   Condition 2: Jet lag .   </hc_freetext>
<i_freetext>Drug: Testomab once daily
Device: Sleeping mask</i_freetext></main>
<contacts><contact><type>public</type><firstname>Ana</firstname><middlename>B.</middlename><lastname>Souza</lastname>
<telephone>51 1234567; 51 1234568</telephone><email>ana@example.org</email></contact>
<contact><type>scientific</type><firstname>Rui</firstname><lastname>Lima</lastname></contact></contacts>
<countries><country2>Brazil</country2><country2>Chile</country2></countries>
<criteria><inclusion_criteria>Insomnia</inclusion_criteria><agemin>40Y</agemin><agemax>70Y</agemax>
<gender>-</gender><exclusion_criteria>Shift work</exclusion_criteria></criteria>
<health_condition_keyword><hc_keyword>Sleep</hc_keyword><hc_keyword>G47</hc_keyword></health_condition_keyword>
<primary_outcome><prim_outcome>As follows:
Sleep efficiency</prim_outcome></primary_outcome>
<secondary_outcome><sec_outcome>Mood</sec_outcome><sec_outcome>Appetite</sec_outcome></secondary_outcome>
<secondary_sponsor><sponsor_name>Example Society</sponsor_name></secondary_sponsor>
<secondary_ids><secondary_id><sec_id>NCT00000001</sec_id><issuing_authority>ClinicalTrials.gov</issuing_authority>
</secondary_id></secondary_ids></trial></trials>"""


def test_what_a_register_gives_to_ictrp() -> None:
    document = parse(GIVEN).to_dict()
    found = document["protocolSection"]
    source = document["sourceSection"]
    assert (source["form"], source["registry"], source["registryId"]) == ("ictrp-xml", "ReBec", "RBR-2abcd3")
    assert found["identificationModule"] == {
        "briefTitle": "Testomab for sleep",
        "officialTitle": "A trial of testomab",
        "secondaryIdInfos": [{"id": "U1111-0000-0001"}, {"id": "NCT00000001"}],
    }
    assert found["statusModule"] == {
        "overallStatus": "COMPLETED",
        "startDateStruct": {"date": "2011-02-01", "type": "ESTIMATED"},
        "studyFirstPostDateStruct": {"date": "2011-03-02"},
    }
    assert found["conditionsModule"] == {"conditions": ["Insomnia", "Jet lag"], "keywords": ["Sleep"]}
    assert found["designModule"] == {
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE2", "PHASE3"],
        "designInfo": {
            "allocation": "RANDOMIZED",
            "interventionModel": "PARALLEL",
            "primaryPurpose": "TREATMENT",
            "maskingInfo": {"masking": "DOUBLE"},
        },
        "enrollmentInfo": {"count": 42},
    }
    assert found["armsInterventionsModule"]["interventions"] == [
        {"type": "DRUG", "name": "Testomab once daily"},
        {"type": "DEVICE", "name": "Sleeping mask"},
    ]
    assert found["outcomesModule"] == {
        "primaryOutcomes": [{"measure": "Sleep efficiency"}],
        "secondaryOutcomes": [{"measure": "Mood"}, {"measure": "Appetite"}],
    }
    assert found["eligibilityModule"] == {
        "eligibilityCriteria": "Inclusion Criteria:\n\nInsomnia\n\nExclusion Criteria:\n\nShift work",
        "minimumAge": "40 Years",
        "maximumAge": "70 Years",
        "stdAges": ["ADULT", "OLDER_ADULT"],
    }
    assert found["contactsLocationsModule"] == {
        "centralContacts": [
            {"name": "Ana B. Souza", "phone": "51 1234567, 51 1234568", "email": "ana@example.org"},
            {"name": "Rui Lima"},
        ],
        "locations": [{"country": "Brazil"}, {"country": "Chile"}],
    }
    assert found["sponsorCollaboratorsModule"]["collaborators"] == [{"name": "Example Society"}]
    kept = left(document)
    assert kept["/trial/main/url"] == "http://registry.example.org/1"
    assert kept["/trial/contacts/contact[2]/type"] == "scientific"
    assert kept["/trial/health_condition_keyword/hc_keyword[1]"] == "G47"
    assert kept["/trial/primary_outcome/prim_outcome"] == "As follows:"


def test_other_names_of_elements_that_registers_give() -> None:
    text = """<trials><Triall>
    <main><reg_name>ISRCTN</reg_name><last_updated>31 August 2009</last_updated><trial_id>ISRCTN00000001</trial_id>
    <Public_Title>Testomab</Public_Title>
    <Date_enrolement>Apr  1 2007</Date_enrolement><Type_enrolment>later</Type_enrolment>
    <Recruitment_Status>Ongoing/Recruiting</Recruitment_Status></main><Countries><Country>France</Country></Countries>
    <Contacts><Firstname>Ana</Firstname><Lastname>Souza</Lastname><Telephone>123</Telephone></Contacts>
    <Eligibility_criteria><Inclusion_sex>Female</Inclusion_sex></Eligibility_criteria>
    <Health_condition><Condition_FreeText>Insomnia</Condition_FreeText></Health_condition>
    <Primary_outcome><Outcome_Name>Sleep</Outcome_Name></Primary_outcome>
    <Secondary_IDs><SecondaryID>A 1; B 2</SecondaryID></Secondary_IDs></Triall></trials>"""
    document = parse(text).to_dict()
    found = document["protocolSection"]
    assert found["statusModule"] == {
        "overallStatus": "RECRUITING",
        "startDateStruct": {"date": "2007-04-01"},
        "lastUpdatePostDateStruct": {"date": "2009-08-31"},
    }
    assert found["contactsLocationsModule"]["centralContacts"] == [{"name": "Ana Souza", "phone": "123"}]
    assert found["eligibilityModule"]["sex"] == "FEMALE"
    assert found["outcomesModule"]["primaryOutcomes"] == [{"measure": "Sleep"}]
    assert [one["id"] for one in found["identificationModule"]["secondaryIdInfos"]] == ["A 1", "B 2"]
    assert left(document)["/Triall/main/Type_enrolment"] == "later"


def test_several_trials_that_a_register_gives() -> None:
    several = GIVEN.replace("</trials>", GIVEN[GIVEN.index("<trial>") :].replace("RBR-2abcd3", "RBR-3abcd4"))
    assert [one.source_section.registry_id for one in parse_records(several)] == ["RBR-2abcd3", "RBR-3abcd4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As follows:\nSleep\nMood", ["Sleep", "Mood"]),
        ("1. Sleep, by the criteria of 2010:", ["1. Sleep, by the criteria of 2010:"]),
        ("Sleep, by the criteria of 2010:", ["Sleep, by the criteria of 2010:"]),
    ],
)
def test_a_heading_over_outcomes_is_none(text: str, expected: list[str]) -> None:
    found = protocol(Primary_outcome=text)["outcomesModule"]["primaryOutcomes"]
    assert [one["measure"] for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-Insomnia (IN)<br>-Jet lag", ["Insomnia (IN)", "Jet lag"]),
        ("-Thalassaemia", ["-Thalassaemia"]),
        ("Insomnia<br>MedDRA version: 20.0Level: PTClassification code: 10022437Term: Insomnia", ["Insomnia"]),
    ],
)
def test_bullets_and_codes_are_no_conditions(text: str, expected: list[str]) -> None:
    assert protocol(Condition=text)["conditionsModule"]["conditions"] == expected


def test_the_end_points_of_eudracts_form_are_outcomes_on_both_sides() -> None:
    text = "Secondary Objective: Rest;Secondary end point(s):Mood;Timepoint(s) of evaluation of this end point: Day 2"
    assert protocol(Secondary_outcome=text)["outcomesModule"]["secondaryOutcomes"] == [
        {"measure": "Mood", "timeFrame": "Day 2"}
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<br>Trade Name: A<br>Product Name: B<br>INN: c<br>Trade Name: D<br>Product Name: N/A", ["B", "D"]),
        (
            "Product Name: A-1,Product Code: PRD1,Strength: x;Product Name: B, in water,Product Code: PRD2",
            ["A-1", "B, in water"],
        ),
    ],
)
def test_products_of_eudracts_form_are_interventions(text: str, names: list[str]) -> None:
    found = protocol(Intervention=text)["armsInterventionsModule"]["interventions"]
    assert found == [{"name": name} for name in names]


@pytest.mark.parametrize(("text", "expected"), [("18", "18 Years"), ("0", None), ("2", None)])
def test_bounds_of_the_groups_of_adults_in_ctis(text: str, expected: str | None) -> None:
    found = protocol(TrialID="CTIS2023-500000-11-00", Inclusion_agemin=text, Inclusion_gender="Both")
    assert found["eligibilityModule"].get("minimumAge") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Purpose: Treatment; Allocation: Randomised controlled trial; Masking: Open (masking not used);",
            {"allocation": "RANDOMIZED", "primaryPurpose": "TREATMENT", "maskingInfo": {"masking": "NONE"}},
        ),
        (
            "non-randomized controlled trial, open(masking not used), parallel assignment, treatment purpose",
            {
                "allocation": "NON_RANDOMIZED",
                "interventionModel": "PARALLEL",
                "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "NONE"},
            },
        ),
        ("Randomized, Parallel Group Trial", {"allocation": "RANDOMIZED", "interventionModel": "PARALLEL"}),
        ("Multicentre randomised placebo controlled trial", {"allocation": "RANDOMIZED"}),
        ("Non-randomised open-label study", None),
        ("Randomization: N/A, Blinding: unknown", None),
        ("Sequential", None),
    ],
)
def test_designs_in_the_words_of_registers(text: str, expected: dict[str, Any] | None) -> None:
    found = protocol(Study_design=text, Phase="2")["designModule"].get("designInfo")
    assert found == expected


def test_a_size_may_be_explained() -> None:
    assert protocol(Target_size="20,000 (of a part: 1,000)")["designModule"]["enrollmentInfo"]["count"] == 20000


def test_a_sum_among_the_arms_is_not_added_to_them() -> None:
    assert protocol(Target_size="A:30;B:30;total:60;")["designModule"]["enrollmentInfo"]["count"] == 60


def test_a_numbered_health_condition_is_without_its_label() -> None:
    module = protocol(TrialID="CTRI/2020/01/000001", Condition="Health Condition 1: Insomnia")["conditionsModule"]
    assert module["conditions"] == ["Insomnia"]


def test_groups_of_ages_are_not_known_with_a_limit_that_is_not_understood() -> None:
    module = protocol(Inclusion_agemin="3 Months", Inclusion_agemax="five or six")["eligibilityModule"]
    assert module["minimumAge"] == "3 Months"
    assert "stdAges" not in module
    assert protocol(Inclusion_agemin="3 Months", Inclusion_agemax="5.00 Year(s)")["eligibilityModule"] == {
        "minimumAge": "3 Months",
        "maximumAge": "5 Years",
        "stdAges": ["CHILD"],
    }


def test_nobody_is_999_years_old() -> None:
    module = protocol(Inclusion_agemin="18 Years", Inclusion_agemax="999 Years")["eligibilityModule"]
    assert "maximumAge" not in module
