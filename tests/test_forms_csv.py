"""The registry's table downloads: any choice of columns, both generations, and rows that cannot be trusted."""

from __future__ import annotations

from typing import Any

import pytest

from parser import NotARecordError, parse, parse_records
from parser.values.outcome_item import OutcomeItem, read_outcome
from parser.values.site_line import SiteLine, read_site
from tests.evaluation.openapi import violations
from tests.linear import assert_linear
from tests.pages import value_at as at


def row(column: str, value: str, delimiter: str = ",") -> str:
    quoted = '"' + value.replace('"', '""') + '"'
    return f"NCT Number{delimiter}{column}\nNCT00000001{delimiter}{quoted}\n"


DESIGN = "protocolSection/designModule"
STATUS = "protocolSection/statusModule"
ELIGIBILITY = "protocolSection/eligibilityModule"


@pytest.mark.parametrize(
    ("column", "value", "path", "expected"),
    [
        ("Study Status", "ACTIVE_NOT_RECRUITING", f"{STATUS}/overallStatus", "ACTIVE_NOT_RECRUITING"),
        ("Status", "Active, not recruiting", f"{STATUS}/overallStatus", "ACTIVE_NOT_RECRUITING"),
        ("Recruitment", "Unknown †", f"{STATUS}/overallStatus", "UNKNOWN"),
        ("Study Results", "Has Results", "hasResults", True),
        ("Study Results", "NO", "hasResults", False),
        ("Phases", "Phase 1|Phase 2", f"{DESIGN}/phases", ["PHASE1", "PHASE2"]),
        ("Phases", "NA", f"{DESIGN}/phases", ["NA"]),
        ("Phases", "Phase 1|Phase X", f"{DESIGN}/phases", None),
        ("Gender", "Both", f"{ELIGIBILITY}/sex", "ALL"),
        ("Age", "CHILD, ADULT", f"{ELIGIBILITY}/stdAges", ["CHILD", "ADULT"]),
        ("Age", "Child, Adult, Older Adult", f"{ELIGIBILITY}/stdAges", ["CHILD", "ADULT", "OLDER_ADULT"]),
        ("Age", "18 Years and older   (Adult, Older Adult)", f"{ELIGIBILITY}/minimumAge", "18 Years"),
        ("Age", "6 Months to 20 Years (Child, Adult)", f"{ELIGIBILITY}/maximumAge", "20 Years"),
        ("Age", "up to 17 Years (Child)", f"{ELIGIBILITY}/maximumAge", "17 Years"),
        ("Age", "up to 17 Years", f"{ELIGIBILITY}/stdAges", ["CHILD"]),
        ("Age", "grown up", f"{ELIGIBILITY}/stdAges", None),
        ("Enrollment", "1200", f"{DESIGN}/enrollmentInfo/count", 1200),
        ("Enrollment", "many", f"{DESIGN}/enrollmentInfo/count", None),
        ("Start Date", "October 2014", f"{STATUS}/startDateStruct/date", "2014-10"),
        ("Start Date", "2014-10-07", f"{STATUS}/startDateStruct/date", "2014-10-07"),
        ("Start Date", "2014-13", f"{STATUS}/startDateStruct/date", None),
        ("Last Verified", "March 2012", f"{STATUS}/statusVerifiedDate", "2012-03"),
        ("Study Type", "Observational [Patient Registry]", f"{DESIGN}/patientRegistry", True),
        (
            "Study Designs",
            "Masking: Double (Participant, Investigator)",
            f"{DESIGN}/designInfo/maskingInfo/masking",
            "DOUBLE",
        ),
        ("Study Design", "Allocation: NA | Masking: ", f"{DESIGN}/designInfo", {"allocation": "NA"}),
        (
            "Interventions",
            "DRUG: A|B: C|Device: D",
            "protocolSection/armsInterventionsModule/interventions/0/name",
            "A|B: C",
        ),
        ("Interventions", "just words", "protocolSection/armsInterventionsModule", None),
        ("Study URL", "https://clinicaltrials.gov/study/NCT00000001", "sourceSection/unparsed", None),
        ("Study URL", "https://example.org/x", "sourceSection/unparsed/0/path", "row 1/Study URL"),
        (
            "Other IDs",
            "A-1|2012-001234-56",
            "protocolSection/identificationModule/secondaryIdInfos",
            [{"id": "2012-001234-56"}],
        ),
        (
            "Sponsor/Collaborators",
            "A|B",
            "protocolSection/sponsorCollaboratorsModule",
            {"leadSponsor": {"name": "A"}, "collaborators": [{"name": "B"}]},
        ),
    ],
)
def test_a_cell_means_what_it_says(column: str, value: str, path: str, expected: Any) -> None:
    document = parse(row(column, value))
    assert at(document, path) == expected
    assert violations(document.to_dict()) == []
    if expected is None and "NCT" not in value:
        assert [one.text for one in document.source_section.unparsed] == [value]
        assert document.problems[0].path
    for delimiter in "\t;":
        assert at(parse(row(column, value, delimiter)), path) == expected


@pytest.mark.parametrize("nothing", ["", "null", " ", "|", " | | "])
def test_null_and_empty_are_nothing(nothing: str) -> None:
    document = parse(row("Phases", nothing))
    assert document.to_dict()["protocolSection"] == {"identificationModule": {"nctId": "NCT00000001"}}
    assert document.problems == ()


def test_columns_that_the_download_does_not_have_are_left() -> None:
    document = parse("NCT Number,My Notes,Study Title\nNCT00000001,call them,T\n")
    assert [(one.path, one.text) for one in document.source_section.unparsed] == [("row 1/My Notes", "call them")]
    assert [problem.code for problem in document.problems] == ["no-field"]


def test_the_id_may_come_from_the_address_alone() -> None:
    document = parse("Study Title,Study URL\nT,https://clinicaltrials.gov/study/NCT00000007\n")
    assert (document.nct_id, document.source_section.registry_id) == ("NCT00000007", "NCT00000007")


HEAD = "NCT Number,Study Title,Study Status\n"
GOOD = 'NCT00000001,"A ""good"" one,\nof two lines",COMPLETED\n'


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("NCT00000002,a,b,c,d\n", "5 cells"),
        ("NCT00000002,a\n", "2 cells"),
        (f'NCT00000002,"{"x" * 5000}",COMPLETED\n', "limit"),
        ("NCT00000002,\x00\x01\x02,COMPLETED\n", "binary"),
    ],
    ids=["too many", "too few", "too large", "binary"],
)
def test_a_row_that_cannot_be_trusted_is_refused_and_the_rest_is_read(bad: str, message: str) -> None:
    refused: list[str] = []
    data = HEAD + GOOD + bad + GOOD + 'NCT00000003,"cut off'
    documents = list(parse_records(data, on_error=lambda name, error: refused.append(f"{name} {error}"), max_size=1000))
    titles = [document.protocol_section.identification_module.brief_title for document in documents]
    assert titles == ['A "good" one, of two lines'] * 2
    assert message in refused[0]
    assert [one.split(" ")[0] for one in refused] == ["#2", "#4"]


def test_a_quotation_mark_between_tabs_is_a_sign_like_any_other() -> None:
    data = 'NCT Number\tTitle\tStatus\nNCT00000001\tA 5" tube\tCompleted\nNCT00000002\t"Quoted, ""whole"""\tCompleted\n'
    titles = [document.protocol_section.identification_module.brief_title for document in parse_records(data)]
    assert titles == ['A 5" tube', 'Quoted, "whole"']


@pytest.mark.parametrize(
    "data", ["id,title,phase\n1,a,b\n", "a;b;c\r\n1;2;3\r\n4;5;6\r\n", 'url,text\nu,"A page\n\nNCT ID: NCT00000001"\n']
)
def test_other_tables_are_refused_by_their_columns(data: str) -> None:
    with pytest.raises(NotARecordError, match="table of no known form, with the columns"):
        parse(data)


@pytest.mark.parametrize(
    ("text", "with_zip", "expected"),
    [
        (
            "Elite Studies, LLC, Phoenix, Arizona, 85018, United States",
            True,
            SiteLine("Elite Studies, LLC", "Phoenix", "Arizona", "85018", "United States"),
        ),
        ("Hopital X, Lyon, 69417, France", True, SiteLine("Hopital X", "Lyon", None, "69417", "France")),
        ("Hospital A, Kaohsiung, Taiwan", False, SiteLine("Hospital A", "Kaohsiung", None, None, "Taiwan")),
        (
            "Charité, Campus Mitte Clinic, Berlin, 10117, Germany",
            True,
            SiteLine("Charité, Campus Mitte Clinic", "Berlin", None, "10117", "Germany"),
        ),
        (
            "Hospital A, Seoul, Korea, Republic of",
            False,
            SiteLine("Hospital A", "Seoul", None, None, "Korea, Republic of"),
        ),
        # Whether Saint Denis is the city, or part of the facility's name, is not sure.
        (
            "Maison, Saint Denis, Ailleurs, France",
            False,
            SiteLine(None, None, None, None, "France", "Maison, Saint Denis, Ailleurs"),
        ),
        ("Nowhere", True, SiteLine(rest="Nowhere")),
    ],
)
def test_a_site_is_taken_apart_only_where_that_is_sure(text: str, with_zip: bool, expected: SiteLine) -> None:
    assert read_site(text, with_zip=with_zip) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overall survival, 5 years", OutcomeItem("Overall survival", None, "5 years")),
        ("Overall survival", OutcomeItem("Overall survival")),
        (
            "Number of Deaths, Deaths of any cause, in both arms, were counted., Up to 24 months",
            OutcomeItem("Number of Deaths", "Deaths of any cause, in both arms, were counted.", "Up to 24 months"),
        ),
        ("Weight, Baseline, Week 4, Week 8", OutcomeItem("Weight, Baseline, Week 4, Week 8")),
        ("Pain, stiffness and function", OutcomeItem("Pain, stiffness and function")),
        (
            "Change in A, B, and C, The sum of all is taken, 3 weeks",
            OutcomeItem("Change in A, B, and C, The sum of all is taken, 3 weeks"),
        ),
    ],
)
def test_an_outcome_is_taken_apart_only_where_that_is_sure(text: str, expected: OutcomeItem) -> None:
    assert read_outcome(text) == expected


@pytest.mark.linear
@pytest.mark.parametrize("read", [read_outcome, lambda text: read_site(text, with_zip=True)])
def test_taking_a_line_apart_takes_linear_time(read: Any) -> None:
    assert_linear(lambda size: read("Hospital, 3 weeks, " * size + "France"), 2_000)
