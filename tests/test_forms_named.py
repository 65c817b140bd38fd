"""A form that the caller names: read in that form, or refused; never values that the input does not have."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parser import Document, NotARecordError, ParserError, parse, parse_file, parse_records
from parser.cli import main
from parser.forms import EXPORTS, AskedPage, find_form
from parser.forms.pages.page_forms import PAGE_FORMS
from parser.ingest import Refusal, convert, parse_many, read
from parser.ingest.journal import CannotStartError
from tests.conftest import ROOT

LABELLED = ROOT / "samples" / "NCT03562065.txt"
PAGES = [
    LABELLED,
    ROOT / "samples" / "bare" / "NCT05584293.txt",
    ROOT / "samples" / "family" / "NCT00329836.txt",
    ROOT / "samples" / "html" / "NCT00184587.html",
    ROOT / "samples" / "results" / "lines" / "NCT04264208.txt",
    *sorted((ROOT / "samples" / "registries").glob("*.txt")),
]
NAMES = [form.name for form in (*PAGE_FORMS, *EXPORTS)]

# Its words are as similar to those of two forms.
MIXED = """A Study

NCT ID: NCT01234567

Overall Status: Completed

Enrollment: 12

Recruitment Status

COMPLETED"""


def values(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from values(one)
    else:
        yield str(data)


def protocol(document: Document) -> Any:
    return document.to_dict().get("protocolSection", {})


@pytest.mark.parametrize("name", NAMES)
def test_every_name_that_is_listed_is_known(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    form = find_form(name)
    if isinstance(form, AskedPage):
        assert (form.form.name, form.is_html) == (name, False)
        assert find_form(f"html/{name}") == AskedPage(form.form, True)
    else:
        assert form.name == name
    assert main(["forms"]) == 0
    assert name in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("labeled-page", "did you mean labelled-page"),
        ("html/labeled-page", "did you mean html/labelled-page"),
        ("ictrp-cvs", "did you mean ictrp-csv"),
        ("?", "`registry-parser forms` lists them"),
    ],
)
def test_an_unknown_name_is_answered_with_the_most_similar(
    name: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for call in (parse, parse_records):
        with pytest.raises(ValueError, match=hint) as raised:
            call("A page", form=name)
        assert not isinstance(raised.value, ParserError)
    for command in (["parse", "-"], ["convert", "-", "-o", "-"]):
        with pytest.raises(SystemExit) as ended:
            main([*command, "--form", name])
        assert ended.value.code == 2
        assert hint in capsys.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_in_the_form_that_is_named_is_read_as_ever(page: Path) -> None:
    expected = parse_file(page)
    form = expected.source_section.form
    assert parse_file(page, form=form) == expected
    assert list(parse_records(page, form=form)) == [expected]
    assert main(["parse", str(page), "--form", str(form)]) == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_in_another_form_is_refused_or_has_no_value_but_its_own(page: Path) -> None:
    data = page.read_bytes()
    own = set(values(protocol(parse(data))))
    for name in NAMES:
        try:
            found = set(values(protocol(parse(data, form=name))))
        except NotARecordError:
            continue
        # The same answers may come under other headings.
        assert {one for one in found - own if "Criteria:" not in one} == set(), name


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.name)
def test_an_export_in_another_form_is_refused(form: Any) -> None:
    sample = next(one for one in (ROOT / "samples/exports" / form.name).iterdir() if one.suffix != ".golden")
    for name in NAMES:
        if name == form.name:
            continue
        refused: list[str] = []
        read_anyway = list(
            parse_records(sample, form=name, on_error=lambda _, error, kept=refused: kept.append(str(error)))
        )
        assert not read_anyway
        assert form.name in refused[0]


def test_a_named_form_counts_where_the_content_leaves_a_doubt() -> None:
    for name in ("labelled-page", "table-page", "other-words-page"):
        document = parse(MIXED, form=name)
        assert document.source_section.form == name
        assert protocol(document) == protocol(parse(MIXED))


def test_nothing_that_is_not_a_record_becomes_one() -> None:
    for name in NAMES:
        for text in ("Minutes of the meeting.\n\nNobody came.", "[1] a note", '{"a": {"b": "c"}}', "x,y\n1,2\n"):
            with pytest.raises(NotARecordError):
                parse(text, form=name)


def test_a_dict_is_a_study_of_api_v2_and_nothing_else() -> None:
    study = {"protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}}
    assert parse(study, form="api-v2-json").nct_id == "NCT01234567"
    with pytest.raises(NotARecordError, match="not ctis-json"):
        parse(study, form="ctis-json")


def test_an_input_of_one_record_and_a_broken_one_holds_two() -> None:
    with pytest.raises(ParserError, match="2 records"):
        parse('{"protocolSection": {}}\n{"protocolSection": {"a": "')


# --- On the way through convert ---


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.processes)])
def test_convert_reads_pages_and_texts_in_the_form_that_is_named(here: Path, jobs: int) -> None:
    page = LABELLED.read_text(encoding="utf-8")
    Path("in").mkdir()
    for number in range(70):
        Path(f"in/{number:02}.txt").write_text(page, encoding="utf-8")
    report = convert("in", "out.jsonl", jobs=jobs, keep="all", form="labelled-page")
    assert (report.records, report.refused) == (70, {})
    assert convert("in", "bare.jsonl", jobs=jobs, form="bare-page").refused == {"not-a-record": 70}
    Path("texts.jsonl").write_text(json.dumps({"text": page}) + "\n", encoding="utf-8")
    assert convert("texts.jsonl", "texts", text_field="text", form="labelled-page").records == 1
    assert convert("texts.jsonl", "none", text_field="text", form="ctgov-xml").refused == {"not-a-record": 1}


def test_an_export_among_pages_is_refused_where_a_page_is_named(here: Path) -> None:
    Path("a.json").write_text('{"protocolSection": {}}')
    (item,) = read("a.json", form="labelled-page")
    assert isinstance(item, Refusal)
    assert item.code == "not-a-record" and "api-v2-json" in item.message
    with pytest.raises(ValueError, match="did you mean"):
        list(read("a.json", form="labeled-page"))


def test_parse_many_reads_in_the_form_that_is_named(here: Path) -> None:
    Path("a.txt").write_bytes(LABELLED.read_bytes())
    (good,) = parse_many(read("a.txt"), form="labelled-page")
    (bad,) = parse_many(read("a.txt"), form="bare-page")
    assert good.value and good.value.nct_id == "NCT03562065"
    assert bad.refusal and bad.refusal.code == "not-a-record"
    with pytest.raises(ValueError, match="did you mean"):
        parse_many(read("a.txt"), form="labeled-page")


def test_a_run_does_not_go_on_in_another_form(here: Path) -> None:
    Path("a.txt").write_bytes(LABELLED.read_bytes())

    class Stop(Exception):
        """Somebody pressed Ctrl-C."""

    def stop(step: str) -> None:
        if step == "write":
            raise Stop

    with pytest.raises(Stop):
        convert("a.txt", "out.jsonl", form="labelled-page", progress=stop)
    with pytest.raises(CannotStartError, match="form was 'labelled-page' and is None"):
        convert("a.txt", "out.jsonl", resume=True)
    assert convert("a.txt", "out.jsonl", form="labelled-page", resume=True).resumed == 1


def test_a_binary_file_is_read_in_the_form_that_is_named() -> None:
    (document,) = parse_records(io.BytesIO(LABELLED.read_bytes()), form="labelled-page")
    assert document.source_section.form == "labelled-page"
