"""Results pages: both forms of their tables, and what must never happen to a number: to be another group's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from parser import Document, parse
from parser.coverage import read_coverage
from tests.conftest import needs_records
from tests.evaluation.measure_results import baseline_cells, compare, flow_cells, score, styles, thinned
from tests.evaluation.records import load_records
from tests.evaluation.results_printer import DASH, LEFT_OUT, Style, print_results
from tests.linear import assert_linear

POSTED = "this is not the date on which results were first posted"
BOTH_FORMS = pytest.mark.parametrize("bars", [False, True], ids=["lines", "bars"])


def study(**changes: Any) -> dict[str, Any]:
    """A small study with results: two groups, two periods, a mean, a range, categories."""
    groups = [{"title": "5 mg", "description": "Five.\n\nDrug: five"}, {"title": "10 mg", "description": "Ten"}]
    named = [{"id": f"FG00{number}", **group} for number, group in enumerate(groups)]
    counted = [{"id": f"BG00{number}", **group} for number, group in enumerate([*groups, {"title": "Total"}])]
    flow = {"recruitmentDetails": "At two sites.", "preAssignmentDetails": "Two were excluded.", "groups": named}
    flow["periods"] = [
        period("Overall Study", ["74", "39"], ["4", "0"]),
        period("Open Label", ["70", "39"], ["1", "2"]),
    ]
    measures = [
        measure("Age, Continuous", "Years", [[None, None, ["61.1", "60.2", "60.8"]]], "STANDARD_DEVIATION"),
        measure("Time since 1 dose", "months", [[None, None, ["1", "NA", "3"]]], "FULL_RANGE"),
        measure("Sex: Female, Male", "Participants", [[None, sex, ["1", "2", "3"]] for sex in ("Female", "Male")]),
        measure("Region of Enrollment", "participants", [["France", None, ["74", "39", "113"]]]),
    ]
    counts = [{"groupId": f"BG00{number}", "value": value} for number, value in enumerate(["74", "39", "113"])]
    baseline = {"groups": counted, "denoms": [{"units": "Participants", "counts": counts}], "measures": measures}
    primary = {"type": "PRIMARY", "title": "Pain", "description": "How much.", "timeFrame": "8 weeks"}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT01234567", "briefTitle": "Five or Ten (A & B)"},
            "statusModule": {
                "overallStatus": "COMPLETED",
                "lastUpdatePostDateStruct": {"date": "2020-05-13"},
                "resultsFirstPostDateStruct": {"date": "2019-04-02"},  # printed, and not what it says
            },
            "designModule": {"phases": ["PHASE1", "PHASE2"], "enrollmentInfo": {"count": 113}},
        },
        "resultsSection": {
            "participantFlowModule": {**flow, **changes},
            "baselineCharacteristicsModule": baseline,
            "outcomeMeasuresModule": {"outcomeMeasures": [primary]},
        },
    }


def period(title: str, started: list[str], left: list[str]) -> dict[str, Any]:
    def stats(values: list[str]) -> list[dict[str, str]]:
        return [{"groupId": f"FG00{number}", "numSubjects": value} for number, value in enumerate(values)]

    done = [str(int(all_) - int(some)) for all_, some in zip(started, left, strict=True)]
    rows = [("STARTED", started), ("Week 2", done), ("COMPLETED", done), ("NOT COMPLETED", left)]
    return {
        "title": title,
        "milestones": [{"type": name, "achievements": stats(values)} for name, values in rows],
        "dropWithdraws": [{"type": "Adverse Event", "reasons": stats(left)}],
    }


def measure(title: str, unit: str, rows: list[list[Any]], dispersion: str | None = None) -> dict[str, Any]:
    classes = []
    for name, category, values in rows:
        cells = [{"groupId": f"BG00{number}", "value": value} for number, value in enumerate(values)]
        for cell in cells if dispersion else ():
            spread = (
                {"spread": "1.5"} if dispersion == "STANDARD_DEVIATION" else {"lowerLimit": "1", "upperLimit": "9.5"}
            )
            cell.update(spread)
        titled = {"title": category, "measurements": cells} if category else {"measurements": cells}
        classes.append({"title": name, "categories": [titled]} if name else {"categories": [titled]})
    return {"title": title, "unitOfMeasure": unit, "dispersionType": dispersion, "classes": classes}


def results_of(text: str) -> Any:
    return parse(text).to_dict()["resultsSection"]


def codes_of(document: Document) -> list[str]:
    """The problems, but for the one of each page: the date under "Results posted on" has no field."""
    codes = [problem.code for problem in document.problems if not problem.message.startswith(POSTED)]
    assert len(document.problems) - len(codes) == 1
    return codes


# --- what is read ---


@BOTH_FORMS
def test_the_overview_goes_to_its_modules(bars: bool) -> None:
    read = parse(print_results(study(), Style(bars)))
    document = read.to_dict()
    assert document["sourceSection"]["form"] == ("bare-results-page" if bars else "results-page")
    assert document["hasResults"] is True
    said = study()["protocolSection"]
    assert said["statusModule"].pop("resultsFirstPostDateStruct")
    assert document["protocolSection"] == said
    assert document["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"] == [
        {"type": "PRIMARY", "description": "How much.", "timeFrame": "8 weeks"}
    ]
    assert codes_of(read) == []
    assert [one["text"] for one in document["sourceSection"]["unparsed"]] == ["2019-04-02"]


@BOTH_FORMS
def test_the_participant_flow_is_the_records(bars: bool) -> None:
    found = results_of(print_results(study(), Style(bars)))["participantFlowModule"]
    wanted = study()["resultsSection"]["participantFlowModule"]
    described = "Five.\nDrug: five" if bars else "Five. Drug: five"
    assert found["groups"] == [{**wanted["groups"][0], "description": described}, wanted["groups"][1]]
    assert {key: value for key, value in found.items() if key != "groups"} == {
        key: value for key, value in wanted.items() if key != "groups"
    }


@BOTH_FORMS
def test_the_baseline_is_the_records(bars: bool) -> None:
    found = results_of(print_results(study(), Style(bars)))["baselineCharacteristicsModule"]
    age, time, sex, region = found["measures"]
    assert [group["title"] for group in found["groups"]] == ["5 mg", "10 mg", "Total"]
    assert [count["value"] for count in found["denoms"][0]["counts"]] == ["74", "39", "113"]
    assert (age["dispersionType"], age["unitOfMeasure"]) == ("STANDARD_DEVIATION", "Years")
    assert age["classes"][0]["categories"][0]["measurements"][1] == {
        "groupId": "BG001",
        "value": "60.2",
        "spread": "1.5",
    }
    assert "paramType" not in time, "neither a mean nor a median is printed"
    assert time["classes"][0]["categories"][0]["measurements"][1] == {
        "groupId": "BG001",
        "value": "NA",
        "lowerLimit": "1",
        "upperLimit": "9.5",
    }
    assert "paramType" not in sex, "the page does not say so, and some are COUNT_OF_UNITS or NUMBER"
    assert [one["title"] for one in sex["classes"][0]["categories"]] == ["Female", "Male"]
    assert region["classes"][0]["title"] == "France"


@BOTH_FORMS
def test_every_character_is_accounted_for_and_every_value_has_its_place(bars: bool) -> None:
    text = print_results(study(), Style(bars))
    assert read_coverage(text).others["unaccounted"] == 0
    assert read_coverage(text).others["unparsed"] == len("2019-04-02")
    spans = parse(text).spans
    place = "/resultsSection/participantFlowModule/periods/1/milestones/1/achievements/1/numSubjects"
    assert text[slice(*spans[place])] == "37"


@BOTH_FORMS
def test_groups_need_no_description(bars: bool) -> None:
    text = print_results(study(), Style(bars, descriptions=False))
    groups = results_of(text)["participantFlowModule"]["groups"]
    assert groups == [{"id": "FG000", "title": "5 mg"}, {"id": "FG001", "title": "10 mg"}]


def test_one_group_of_two_needs_no_description() -> None:
    plain = study(groups=[{"id": "FG000", "title": "5 mg"}, {"id": "FG001", "title": "10 mg", "description": "Ten"}])
    groups = results_of(print_results(plain))["participantFlowModule"]["groups"]
    assert groups == plain["resultsSection"]["participantFlowModule"]["groups"]


@pytest.mark.parametrize("limits", ["[{}, {}]", "{} to {}", "{} - {}", "({} – {})"])
def test_two_limits_in_any_form(limits: str) -> None:
    time = results_of(print_results(study(), Style(limits=limits)))["baselineCharacteristicsModule"]["measures"][1]
    cell = time["classes"][0]["categories"][0]["measurements"][0]
    assert (cell["lowerLimit"], cell["upperLimit"]) == ("1", "9.5")


@pytest.mark.parametrize("kept", ["recruitmentDetails", "preAssignmentDetails"])
def test_a_lone_detail_is_recognised_by_its_words(kept: str) -> None:
    alone = study()
    flow = alone["resultsSection"]["participantFlowModule"]
    for key in {"recruitmentDetails", "preAssignmentDetails"} - {kept}:
        del flow[key]
    document = parse(print_results(alone))
    assert document.to_dict()["resultsSection"]["participantFlowModule"][kept] == flow[kept]
    assert codes_of(document) == ["field-guessed"]


def test_values_of_a_bare_overview_may_be_missing() -> None:
    text = print_results(study(), Style(bars=True)).replace("\nPHASE1/PHASE2", "").replace("\n2019-04-02", "")
    document = parse(text).to_dict()
    assert document["protocolSection"]["designModule"] == {"enrollmentInfo": {"count": 113}}
    assert document["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"][0]["timeFrame"] == "8 weeks"
    assert "resultsFirstPostDateStruct" not in document["protocolSection"]["statusModule"]


@BOTH_FORMS
def test_line_ends_make_no_difference(bars: bool) -> None:
    text = print_results(study(), Style(bars))
    assert results_of(text.replace("\n", "\r\n")) == results_of(text)


def test_the_bare_form_may_have_kept_its_labels() -> None:
    bare, labelled = (print_results(study(), Style(bars)) for bars in (True, False))
    overview = labelled[labelled.index("Results Overview") : labelled.index("Participant Flow")]
    kept = overview.replace("\n\n", "\n")
    text = bare[: bare.index("Results Overview")] + kept + bare[bare.index("Participant Flow") :]
    found, wanted = parse(text).to_dict(), parse(bare).to_dict()
    assert found["sourceSection"]["form"] == "bare-results-page"
    for section in ("protocolSection", "resultsSection"):
        assert found[section] == wanted[section]


@BOTH_FORMS
def test_what_the_tables_of_the_flow_count_is_no_detail(bars: bool) -> None:
    end = "\n" if bars else "\n\n"
    text = print_results(study(), Style(bars)).replace(
        f"Two were excluded.{end}", f"Two were excluded.{end}Unit of analysis: Eyes{end}"
    )
    flow = results_of(text)["participantFlowModule"]
    assert flow["typeUnitsAnalyzed"] == "Eyes"
    assert (flow["recruitmentDetails"], flow["preAssignmentDetails"]) == ("At two sites.", "Two were excluded.")


@BOTH_FORMS
def test_a_note_below_baseline_characteristics_is_on_the_population(bars: bool) -> None:
    title = study()["protocolSection"]["identificationModule"]["briefTitle"]
    text = print_results(study(), Style(bars))
    assert text.count(title) == 2
    noted = "1 value is missing in Gender.".join(text.rsplit(title, 1))
    baseline = results_of(noted)["baselineCharacteristicsModule"]
    assert baseline.pop("populationDescription") == "1 value is missing in Gender."
    assert baseline == results_of(text)["baselineCharacteristicsModule"]


@BOTH_FORMS
def test_an_empty_table_of_withdrawals_is_a_sentence(bars: bool) -> None:
    text = print_results(study(), Style(bars))
    start, end = text.index("Reasons for withdrawal"), text.index("Baseline Characteristics")
    blank = "\n" if bars else "\n\n"
    document = parse(text[:start] + f"Reasons for withdrawal{blank}Withdrawal data not reported{blank}" + text[end:])
    flow, whole = (results_of(one)["participantFlowModule"] for one in (text[:start] + text[end:], text))
    assert document.to_dict()["resultsSection"]["participantFlowModule"] == flow
    assert all("dropWithdraws" in period for period in whole["periods"])
    assert codes_of(document) == []


@BOTH_FORMS
def test_rows_before_the_end_of_a_text_that_is_cut_count(bars: bool) -> None:
    text = print_results(study(), Style(bars))
    whole = results_of(text)["participantFlowModule"]["periods"][0]["milestones"]
    at = text.index("NOT COMPLETED")
    milestones = results_of(text[: at + 5])["participantFlowModule"]["periods"][0]["milestones"]
    assert milestones == whole[:3]


def test_running_numbers_below_values_are_no_counts() -> None:
    text = print_results(study())
    assert "n=5 Participants" in text and "n=7 Participants" in text
    assert '"5"' not in str(results_of(text)["baselineCharacteristicsModule"]["denoms"]).replace("'", '"')


# --- rows that do not fit ---


def without(text: str, place: int, line: str = "39") -> str:
    """A page without one of the lines that say `line`, counted from 0, and the bar after it."""
    lines = text.split("\n")
    at = [index for index, one in enumerate(lines) if one == line][place]
    return "\n".join(lines[:at] + lines[at + (2 if lines[at + 1] == "|" else 1) :])


@BOTH_FORMS
def test_a_row_that_lacks_a_value_is_left_as_it_is(bars: bool) -> None:
    text = print_results(study(), Style(bars))
    whole, document = results_of(text), parse(without(text, 0))
    found = document.to_dict()
    milestones = found["resultsSection"]["participantFlowModule"]["periods"][0]["milestones"]
    assert milestones == whole["participantFlowModule"]["periods"][0]["milestones"][1:]
    assert found["resultsSection"]["baselineCharacteristicsModule"] == whole["baselineCharacteristicsModule"]
    assert codes_of(document) == ["row-mismatch"]
    assert found["sourceSection"]["unparsed"][1]["text"].startswith("Overall Study\nSTARTED")


@BOTH_FORMS
@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_is_an_empty_cell(bars: bool, dash: str) -> None:
    text = print_results(study(), Style(bars)).replace("\n39\n", f"\n{dash}\n", 1)
    document = parse(text)
    started = document.to_dict()["resultsSection"]["participantFlowModule"]["periods"][0]["milestones"][0]
    assert started["achievements"] == [{"groupId": "FG000", "numSubjects": "74"}]
    assert codes_of(document) == []


def test_a_row_of_two_units_is_no_row() -> None:
    document = parse(print_results(study()).replace("60.2 Years", "60.2 Participants"))
    assert codes_of(document) == ["row-mismatch"]


def test_a_table_whose_rows_all_lack_a_value_is_left_as_it_is() -> None:
    lines = print_results(study(), Style(descriptions=False)).split("\n")
    numbers = [index for index, line in enumerate(lines) if line.isdigit() and lines[index - 1].isdigit()]
    document = parse("\n".join(line for index, line in enumerate(lines) if index not in numbers))
    assert "periods" not in document.to_dict()["resultsSection"]["participantFlowModule"]
    assert set(codes_of(document)) == {"row-mismatch"}


# --- all records ---


@needs_records
def test_model_keeps_all_results_of_every_record() -> None:
    for record in load_records():
        kept = Document.from_dict(record).to_dict()
        assert kept.get("resultsSection") == record.get("resultsSection")


@needs_records
@pytest.mark.slow
@pytest.mark.parametrize(("style", "share"), [pytest.param(*case[1:], id=case[0]) for case in styles()])
def test_numbers_are_the_records_and_never_another_groups(style: Style, share: float) -> None:
    records = [thinned(record, share) for record in load_records() if "resultsSection" in record]
    for part in score(records, style).values():
        assert part.wrong == 0
        assert style.missing == LEFT_OUT or part.share >= 0.98


@needs_records
@BOTH_FORMS
def test_some_records_come_back_whole(bars: bool) -> None:
    for record in some_records():
        found = results_of(print_results(record, Style(bars, DASH, more=True)))
        for read in (flow_cells, baseline_cells):
            counts = compare(read(record["resultsSection"]), read(found))
            assert counts["right"] == counts["cells"]


def some_records() -> Iterator[dict[str, Any]]:
    found = (record for record in load_records() if "resultsSection" in record)
    yield from (record for number, record in enumerate(found) if number % 9 == 0)


# --- much ---


@pytest.mark.linear
@pytest.mark.parametrize(
    "nasty",
    ["Overall Study\nSTARTED\n5\n", "Overall Study\nSTARTED\n", "5\n", "Adverse Events\n", "n=5 Participants\n", "x\n"],
)
@pytest.mark.parametrize("head", ["Participant milestones", "Baseline characteristics by cohort"])
@pytest.mark.parametrize("bars", [False, True])
def test_reading_takes_time_in_proportion(nasty: str, head: str, bars: bool) -> None:
    front = "Trial Outcomes & Findings for X (NCT NCT01234567)\n\nResults Overview\n\nParticipant Flow\n\n"
    rows = nasty.replace("\n", "\n|\n") if bars else nasty
    opening = f"| Measure |\nA\n|\n|---|---|\n|\n{rows}" if bars else f"{head}\nMeasure\n{rows}"

    def work(length: int) -> None:
        parse(f"{front}{head}\n\n{opening}{rows * (length // len(rows))}")

    assert_linear(work, 60_000)


def test_a_results_page_cut_off_before_its_first_heading_is_read() -> None:
    text = "Trial Outcomes & Findings for A Study (NCT NCT01234567)\n\nNCT ID: NCT01234567\n\nLast Updated: 2020-05-13"
    document = parse(text)
    assert document.nct_id == "NCT01234567"
    assert document.source_section and document.source_section.form == "results-page"
