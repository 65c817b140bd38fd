"""Pages of the same family in other words: single values, in every manner, and the traps of running text."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from parser import parse
from parser.coverage import read_coverage
from parser.forms.pages.vocabulary import find_word, key
from parser.source import stretches
from parser.values.codes import read_code
from parser.values.number import read_enrollment
from tests.conftest import needs_records
from tests.evaluation.family_printer import MANNERS, SETS
from tests.evaluation.measure_synonyms import MIN_FIELDS_RIGHT, measure
from tests.evaluation.records import load_records
from tests.linear import assert_linear

HEAD = "A Trial\n\nNCT Number: NCT00000001\n\nOverall Status: Completed\nStudy Type: Interventional\n"


def read(*lines: str) -> dict[str, Any]:
    text = HEAD + "\n".join(lines)
    assert read_coverage(text).others["unaccounted"] == 0
    return parse(text).to_dict()


def at(document: Any, path: str) -> Any:
    for name in path.split("."):
        document = document.get(name) if document else None
    return document


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("Phase: Phase 2/Phase 3", "designModule.phases", ["PHASE2", "PHASE3"]),
        ("Study Phase: Not Applicable", "designModule.phases", ["NA"]),
        ("PHASE: Phase II", "designModule.phases", ["PHASE2"]),
        ("Phase: Early Phase 1", "designModule.phases", ["EARLY_PHASE1"]),
        ("Actual Enrollment: 120 participants", "designModule.enrollmentInfo", {"count": 120, "type": "ACTUAL"}),
        ("Enrollment: 1,200 [Anticipated]", "designModule.enrollmentInfo", {"count": 1200, "type": "ESTIMATED"}),
        ("EnrollmentCount: 12", "designModule.enrollmentInfo", {"count": 12}),
        ("Target sample size: 40", "designModule.enrollmentInfo", {"count": 40}),
        (
            "Study Start (Actual): January 15, 2019",
            "statusModule.startDateStruct",
            {"date": "2019-01-15", "type": "ACTUAL"},
        ),
        ("Start Date: 2019-01", "statusModule.startDateStruct", {"date": "2019-01"}),
        (
            "Estimated Primary Completion Date: March 2025",
            "statusModule.primaryCompletionDateStruct",
            {"date": "2025-03", "type": "ESTIMATED"},
        ),
        ("completion_date: March 3, 2020", "statusModule.completionDateStruct", {"date": "2020-03-03"}),
        ("First Posted: May 1, 2018", "statusModule.studyFirstPostDateStruct", {"date": "2018-05-01"}),
        ("Results First Posted: 2020-01-02", "statusModule.resultsFirstPostDateStruct", {"date": "2020-01-02"}),
        ("Last Update Posted: 2020-01-02", "statusModule.lastUpdatePostDateStruct", {"date": "2020-01-02"}),
        ("Verification Date: August 2015", "statusModule.statusVerifiedDate", "2015-08"),
        (
            "Official Title: A Randomized Trial: Part 2",
            "identificationModule.officialTitle",
            "A Randomized Trial: Part 2",
        ),
        ("ACRONYM: ABC", "identificationModule.acronym", "ABC"),
        ("Org Study ID: X-1", "identificationModule.orgStudyIdInfo", {"id": "X-1"}),
        ("Secondary IDs: A-1, B-2", "identificationModule.secondaryIdInfos", [{"id": "A-1"}, {"id": "B-2"}]),
        ("Sponsor: Hospital, Inc.", "sponsorCollaboratorsModule.leadSponsor", {"name": "Hospital, Inc."}),
        (
            "Collaborators: NIH; Charity",
            "sponsorCollaboratorsModule.collaborators",
            [{"name": "NIH"}, {"name": "Charity"}],
        ),
        (
            "Ages Eligible for Study: 18 Years to 65 Years (Adult, Older Adult)",
            "eligibilityModule.maximumAge",
            "65 Years",
        ),
        ("Ages Eligible for Study: 18 Years and older (Adult)", "eligibilityModule.minimumAge", "18 Years"),
        ("Ages: up to 17 Years", "eligibilityModule.maximumAge", "17 Years"),
        ("Gender: Both", "eligibilityModule.sex", "ALL"),
        ("Sexes Eligible for Study: Female", "eligibilityModule.sex", "FEMALE"),
        ("Healthy Volunteers: True", "eligibilityModule.healthyVolunteers", True),
        (
            "Masking: Double (Participant, Investigator)",
            "designModule.designInfo.maskingInfo",
            {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]},
        ),
        ("Masking: None (Open Label)", "designModule.designInfo.maskingInfo", {"masking": "NONE"}),
        ("Interventional Model: Parallel Assignment", "designModule.designInfo.interventionModel", "PARALLEL"),
        ("DesignAllocation: NON_RANDOMIZED", "designModule.designInfo.allocation", "NON_RANDOMIZED"),
        ("Observational Model: Case-Control", "designModule.designInfo.observationalModel", "CASE_CONTROL"),
        ("Conditions: Asthma; Rare Disease X", "conditionsModule.conditions", ["Asthma", "Rare Disease X"]),
        ("Why Study Stopped: No money.", "statusModule.whyStopped", "No money."),
    ],
)
def test_a_label_in_other_words(line: str, path: str, value: Any) -> None:
    label, _, said = line.partition(": ")
    inline = at(read(line, "Acronym: X" if "cronym" not in line.lower() else "")["protocolSection"], path)
    below = at(read("", label, "", said, "", "Org Class", "", "-")["protocolSection"], path)
    assert (inline, below) == (value, value)


def test_every_value_has_its_place() -> None:
    text = HEAD + "Study Start (Actual): January 15, 2019\nMasking: Double (Participant)\n"
    spans = parse(text).spans
    said = {path.rsplit("/", 1)[-1]: text[slice(*stretches(place)[0])] for path, place in spans.items()}
    assert said["date"] == "January 15, 2019"
    assert said["type"] == "Actual"
    assert said["overallStatus"] == "Completed"


def test_a_label_that_nobody_knows_is_kept() -> None:
    document = read("Funding Round: third", "Phase: Phase 1", "Acronym: X")
    assert document["sourceSection"]["unparsed"][0]["text"] == "Funding Round: third"
    assert document["sourceSection"]["problems"][0]["code"] == "unknown-label"


def test_running_text_that_reads_like_labels_stays_text() -> None:
    summary = "Why.\n\nPrimary Outcome Measures\n\nPain.\n\nGender: any will do, as long as people agree to it."
    document = read(
        "", "Brief Summary", "", summary, "", "Primary Outcome Measures", "", "Survival", "Time Frame: 1 year"
    )
    assert document["protocolSection"]["descriptionModule"]["briefSummary"] == summary
    assert document["protocolSection"]["outcomesModule"]["primaryOutcomes"] == [
        {"measure": "Survival", "timeFrame": "1 year"}
    ]


def test_criteria_with_labels_among_them_stay_whole() -> None:
    criteria = "Inclusion Criteria:\n\nAge: 18 years or more\n* Adult\n\nExclusion Criteria:\n\n* Age: over 80 years"
    document = read("", "Eligibility Criteria", "", criteria, "", "Minimum Age: 18 Years", "Sex: All")
    module = document["protocolSection"]["eligibilityModule"]
    assert module["eligibilityCriteria"] == criteria
    assert (module["minimumAge"], module["sex"]) == ("18 Years", "ALL")


def test_keys() -> None:
    assert key("NCTId") == key("NCT ID") == key("nct_id")
    assert find_word("A sentence that says nothing.") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("120", (120, None)),
        ("Actual 120", (120, "ACTUAL")),
        ("1,200 (Estimated)", (1200, "ESTIMATED")),
        ("many", (None, None)),
    ],
)
def test_enrolments(text: str, found: tuple[int | None, str | None]) -> None:
    assert read_enrollment(text) == found


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("overall_status", "Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("study_type", "Interventional (Clinical Trial)", "INTERVENTIONAL"),
        ("primary_purpose", "Educational/Counseling/Training", "ECT"),
        ("masking", "Double-Blind", "DOUBLE"),
        ("intervention_type", "Biological/Vaccine", "BIOLOGICAL"),
        ("sponsor_class", "U.S. Fed", "FED"),
    ],
)
def test_codes_in_other_words(field: str, text: str, code: str) -> None:
    assert read_code(field, text) == code


@pytest.mark.linear
@pytest.mark.parametrize(
    "repeated",
    [
        "Condition: A\nKeyword: 1\nArm: B\n",
        "Primary Outcome Measures\n1. x [Time Frame: ",
        "Purpose: " + "word" * 9,
        "| Measure | Time Frame |\n",
        "[ Time Frame:   ",
        "Overall Officials\nInvestigators: a, b, ",
        "Inclusion Criteria\nAge: 18 Years\n",
    ],
)
def test_the_work_grows_with_the_page(repeated: str) -> None:
    assert_linear(lambda size: parse(HEAD + repeated * size), 300)


@pytest.mark.linear
@pytest.mark.parametrize(
    "outcome",
    ["Survival\nTime Frame: 2 weeks\nDescription: a\nb\nc\n", "1. Survival [Time Frame: 2 weeks]\nDescribed.\n"],
)
def test_the_work_grows_with_the_outcomes_of_one_list(outcome: str) -> None:
    assert_linear(lambda size: parse(f"{HEAD}\nPrimary Outcome Measures\n{outcome * size}"), 3000)


@needs_records
@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("words", SETS)
def test_records_come_back(words: str, manner: str) -> None:
    result = measure(islice(load_records(), 0, None, 140), words, manner, cover=True)
    assert result.right >= MIN_FIELDS_RIGHT, str(result)
    assert result.unaccounted == 0
