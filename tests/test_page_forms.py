"""Forms of pages: how they are distinguished, tables of labels and values, collapsed pages, and how one is added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from parser import Document, parse
from parser.coverage import read_coverage
from parser.forms.pages import page_forms
from parser.forms.pages.page_forms import PAGE_FORMS, PageForm
from parser.source import stretches
from tests.conftest import ROOT, needs_records
from tests.evaluation.measure_layouts import measure
from tests.evaluation.printer import print_page
from tests.evaluation.records import load_records

PAGE = """A Study of Something

NCT ID: NCT01234567

Last Updated: 2021-07-08

Basic Information

Recruitment Status

COMPLETED

Clinical Phase

PHASE2

Total Enrollment

10 participants"""


def told(document: Document) -> Any:
    """What a document says, without places and without where it comes from."""

    def without(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: without(value) for key, value in data.items() if key not in ("start", "end", "sourceSection")}
        return [without(value) for value in data] if isinstance(data, list) else data

    return without(document.to_dict())


def form_of(text: str) -> str | None:
    return parse(text).source_section.form


# --- Tables ---

TABLE = """| A Study of Something |
| --- |
| NCT ID | NCT01234567 |
| Last Updated | 2021-07-08 |
| Basic Information |
| Recruitment Status | COMPLETED |
| Clinical Phase | PHASE2 |
| Total Enrollment | 10 participants |"""


def test_a_table_of_labels_and_values_says_what_the_labelled_page_says() -> None:
    assert form_of(TABLE) == "table-page"
    assert told(parse(TABLE)) == told(parse(PAGE))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" |\n", "|\n").replace("| ", "|"),
        lambda text: text.replace("|\n", "|\r\n"),
        lambda text: text.replace("| --- |\n", "| :--- | ---: |\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: re.sub(r" \|$", "", text, flags=re.M),
    ],
    ids=["no blanks", "CRLF", "aligned", "blank lines", "open at the right"],
)
def test_tables_may_be_written_in_other_ways(change: Any) -> None:
    assert form_of(change(TABLE)) == "table-page"
    assert told(parse(change(TABLE))) == told(parse(PAGE))


def test_a_bar_and_line_breaks_inside_a_cell() -> None:
    text = f"{TABLE}\n| Brief Summary | One \\| two.<br>Three. |"
    (place,) = stretches(parse(text).spans["/protocolSection/descriptionModule/briefSummary"])
    assert text[place.start : place.end] == "One \\| two.<br>Three."


def test_every_value_of_a_table_has_its_place() -> None:
    document = parse(TABLE)
    assert TABLE[slice(*document.spans["/protocolSection/statusModule/overallStatus"])] == "COMPLETED"
    assert TABLE[slice(*document.spans["/protocolSection/designModule/enrollmentInfo/count"])] == "10 participants"


# --- Pages without blank lines ---


@needs_records
def test_collapsed_blank_lines_change_nothing_but_paragraphs() -> None:
    """Over a part of the records. What several paragraphs say keeps its words; where they part is lost."""
    for study in list(load_records())[::60]:
        page = print_page(study)
        whole, collapsed = told(parse(page)), told(parse(re.sub(r"\n\n+", "\n", page)))
        for module in ("identificationModule", "statusModule", "conditionsModule", "designModule", "referencesModule"):
            assert whole["protocolSection"].get(module) == collapsed["protocolSection"].get(module)
        for module in ("sponsorCollaboratorsModule", "contactsLocationsModule"):
            assert whole["protocolSection"].get(module) == collapsed["protocolSection"].get(module)
        described = (side["protocolSection"].get("descriptionModule", {}) for side in (whole, collapsed))
        one, other = ({key: text.split() for key, text in module.items()} for module in described)
        assert one == other


# --- The table of forms ---


def test_names_are_one_for_each_form() -> None:
    assert len({form.name for form in PAGE_FORMS}) == len(PAGE_FORMS)


def test_readme_lists_every_form() -> None:
    readme = (ROOT / "parser" / "forms" / "README.md").read_text(encoding="utf-8")
    for form in PAGE_FORMS:
        assert f"| `{form.name}` | {form.meaning} |" in readme


def readme_form() -> dict[str, Any]:
    """The form that the README adds: a field a line, `@recruitment = COMPLETED`."""
    readme = (ROOT / "parser" / "forms" / "README.md").read_text(encoding="utf-8")
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "def likeness(" in block)
    found: dict[str, Any] = {}
    exec(code, found)
    return found


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made = readme_form()
    row = PageForm("toy-page", "A field a line.", made["likeness"], made["read"])
    monkeypatch.setattr(page_forms, "PAGE_FORMS", (*PAGE_FORMS, row))
    yield


TOY = "@title = A Study\n@id = NCT01234567\n@recruitment = Completed\n@enrolled = 1,200 participants\n@colour = red"


def test_one_more_form_is_a_likeness_a_reader_and_a_row(toy: None) -> None:
    document = parse(TOY)
    protocol = document.to_dict()["protocolSection"]
    assert form_of(TOY) == "toy-page"
    assert protocol["identificationModule"] == {"nctId": "NCT01234567", "briefTitle": "A Study"}
    assert protocol["statusModule"] == {"overallStatus": "COMPLETED"}
    assert protocol["designModule"] == {"enrollmentInfo": {"count": 1200}}
    assert [problem.code for problem in document.problems] == ["unparsed-text"]
    assert TOY[slice(*document.spans["/protocolSection/statusModule/overallStatus"])] == "Completed"


def test_a_near_thing_is_reported(toy: None) -> None:
    labelled = ("Basic Information", "Recruitment Status", "COMPLETED", "Clinical Phase", "PHASE2", "Study Start Date")
    mixed = "\n\n".join((TOY, *labelled))
    assert "form-guessed" in {problem.code for problem in parse(mixed).problems}
    assert "form-guessed" not in {problem.code for problem in parse(PAGE).problems}


@needs_records
def test_pages_of_all_forms_are_distinguished() -> None:
    """A part of the records: `python -m tests.evaluation.measure_layouts` gives the figures for all."""
    counted, wrong = measure(islice(load_records(), 0, None, 50))
    assert wrong == []
    assert len(counted) == 15


def test_labels_of_a_table_may_be_over_their_values() -> None:
    text = """Study Title

Evening walks in adults with insomnia

ClinicalTrials.gov Identifier

NCT00000001

| First Received | Last Updated | Study Type |
|---|---|---|
| September 15, 2011 | June 19, 2014 | Interventional |

Sponsor

Test University
"""
    document = parse(text)
    status = document.protocol_section.status_module
    assert status.study_first_submit_date == "2011-09-15"
    assert status.last_update_post_date_struct.date == "2014-06-19"  # type: ignore[union-attr]
    assert document.protocol_section.design_module.study_type == "INTERVENTIONAL"
    assert read_coverage(text).others["unaccounted"] == 0
