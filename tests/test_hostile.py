"""Inputs made to break something: each is read, or refused with a sentence; none takes far more than its length."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parser import Document, NotARecordError, ParserError, TooLargeError, page_source, parse, read_quantities, render
from parser.assemble.reading import MOST_ENTRIES
from parser.cli import main
from parser.problems import MOST_PROBLEMS, InvalidDocumentError
from tests.conftest import ROOT

HEAD = "NCT ID: NCT00000001\nOverall Status: Recruiting\nPhase: Phase 2\n"


def nested(levels: int) -> dict[str, Any]:
    data: dict[str, Any] = {"end": 1}
    for _ in range(levels):
        data = {"a": data}
    return data


GIVEN = {"schemaVersion": "2.0", "sourceSection": {"form": "api-v2-json"}}
LOOP: dict[str, Any] = {}
LOOP["a"] = LOOP


@pytest.mark.parametrize(
    "text",
    [
        "Overview: a study of x\nTimeline: 2 years\nRecruitment: by mail\nNCT00000001",
        "Study Design\tRCT\nDates\tnone\nDesign\tx",
        "|nPrimaryEndpoint:\ns\n|:",
        "Summary\nText\n\n:\n\n:",
    ],
)
def test_a_text_is_read_or_refused(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            document = parse(whole)
        except NotARecordError:
            continue
        assert Document.from_dict(document.to_dict()) == document


@pytest.mark.parametrize("title", ["<T> cells", "<T>", "<T> <b> cells in flu", '["a", "b"]', '{"a": 1}', "a,b,c"])
@pytest.mark.parametrize("identifier", [None, "NCT00000001"])
def test_a_title_like_structured_data_comes_back(title: str, identifier: str | None) -> None:
    module = {"briefTitle": title, "nctId": identifier}
    page = render({"protocolSection": {"identificationModule": module, "descriptionModule": {"briefSummary": "<i>"}}})
    assert parse(page).protocol_section.identification_module.brief_title == title
    with pytest.raises(NotARecordError, match="<page>"):
        parse(f"<page>\n\n{page.partition(title)[2].lstrip()}\n</page>")


@pytest.mark.parametrize(
    "number", ["9 999", "1,234,567", "1.234.567", "9'999", "9 999,5", "9" * 5000, "9" + " 999" * 1700]
)
@pytest.mark.parametrize("power", [".10\\^6 /kg", ".10^9/L", ". 109 / L", ".109 /L"])
def test_a_number_with_its_thousands_before_a_power_is_read(number: str, power: str) -> None:
    for found in read_quantities(f"a dose of {number}{power}"):
        assert found.low is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize("levels", [150, 300, 5000, 100_000])
@pytest.mark.parametrize("section", ["protocolSection", "resultsSection", "derivedSection"])
def test_a_nesting_that_no_record_has_is_refused_or_dropped(levels: int, section: str) -> None:
    for data in ({"protocolSection": {}} | GIVEN, {"protocolSection": {}, "schemaVersion": "2.0"}):
        try:
            written = Document.from_dict({**data, section: nested(levels)}).to_json()
        except InvalidDocumentError as error:
            assert "nested more than 100 levels" in str(error)
        else:
            assert "end" not in written
    with pytest.raises(ParserError, match="nested more than 100 levels"):
        parse({"protocolSection": {}, section: nested(levels)})


@pytest.mark.parametrize("number", [10**5000, -(10**5000), float("inf"), float("nan")], ids=range(4))
def test_a_number_that_json_cannot_hold_is_refused(number: float) -> None:
    protocol = {"protocolSection": {"designModule": {"enrollmentInfo": {"count": number}}}}
    derived = {"protocolSection": {}, "derivedSection": {"a": [number]}}
    for data in (protocol, protocol | GIVEN, derived | GIVEN):
        with pytest.raises(InvalidDocumentError, match="number"):
            Document.from_dict(data)
    for data in (protocol, derived):
        with pytest.raises(InvalidDocumentError, match="number"):
            parse(data)


@pytest.mark.parametrize("version", ["3.0", "", 2, True, [], nested(300), 10**5000, "2" * 10_000], ids=range(8))
def test_a_version_that_is_not_known_is_refused(version: object) -> None:
    with pytest.raises(InvalidDocumentError) as raised:
        Document.from_dict({"schemaVersion": version, "protocolSection": {}})
    assert str(raised.value).startswith("schemaVersion: ")
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"protocolSection": None},
        {"protocolSection": LOOP},
        {"protocolSection": {}, "derivedSection": LOOP},
        {"protocolSection": {"a": object()}},
        {"protocolSection": {(1, 2): 3}},
        {"protocolSection": {"a": "\ud800"}},
        {"protocolSection": {"a": 1j}},
        {"schemaVersion": "2.0", "protocolSection": {}},
    ],
    ids=range(9),
)
def test_a_dict_that_is_no_study_is_refused(data: dict[Any, Any]) -> None:
    with pytest.raises(ParserError, match=" "):
        parse(data)


def test_the_size_limit_holds_for_a_dict() -> None:
    data = {"protocolSection": {"descriptionModule": {"briefSummary": "a" * 1000}}}
    assert parse(data, max_size=2000).protocol_section.description_module.brief_summary
    with pytest.raises(TooLargeError):
        parse(data, max_size=1000)


# --- in proportion ---


def page_of_lists(lines: int) -> str:
    opened = "<ol start=999999999><li>" * 40
    return f"<!doctype html><html><body><p>NCT ID: NCT00000001</p><h2>Summary</h2>{opened}{'<br>x' * lines}"


def test_lists_in_lists_do_not_multiply_a_page() -> None:
    page = page_of_lists(4000)
    assert len(page_source(page).text) < 7 * len(page)
    assert len(page_source(page).text.splitlines()[-1]) < 32


def test_the_size_limit_holds_for_the_text_that_a_page_shows() -> None:
    page = page_of_lists(1000)
    with pytest.raises(TooLargeError, match="shows"):
        page_source(page, max_size=len(page))
    assert page_source(page, max_size=7 * len(page)).text


@pytest.mark.parametrize("label", ["Keywords", "Collaborators", "Interventions"])
def test_a_list_has_no_more_entries_than_any_record(label: str) -> None:
    name = "Drug: Salt " if label == "Interventions" else "Salt "
    text = HEAD + f"{label}: " + "; ".join(f"{name}{number}" for number in range(MOST_ENTRIES + 500))
    document = parse(text)
    assert "too-long" in {problem.code for problem in document.problems}
    assert len(document.spans) < 4 * MOST_ENTRIES
    assert document.source_section.unparsed[-1].text.endswith(f"Salt {MOST_ENTRIES + 499}")


def test_what_is_left_and_what_is_odd_is_listed_up_to_a_limit() -> None:
    text = HEAD + "Interventions\nDrug: " + "; ".join(f"ID{number}" for number in range(2 * MOST_PROBLEMS))
    document = parse(text)
    assert len(document.problems) <= MOST_PROBLEMS + 1
    assert len(document.source_section.unparsed) <= MOST_ENTRIES
    assert document.problems[-1].code == "too-long"
    last = document.source_section.unparsed[-1]
    assert last.text.endswith(f"ID{2 * MOST_PROBLEMS - 1}")
    assert len(document.to_json()) < 40 * len(text)


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("parse page.txt >&-", 1, "registry-parser: error: [Errno 9]"),
        ("parse - <&-", 1, "<stdin>: error: the input is empty"),
        ("convert - -o - <&-", 1, "<stdin>: error: the input is empty"),
        ("convert page.txt -o - >&-", 1, "the output cannot be written: [Errno 9]"),
        ("convert page.txt -o out.jsonl --quiet <&- >&- 2>&-", 0, ""),
        ("parse page.txt none.txt 2>&-", 1, ""),
        ("--help >&-", 0, ""),
    ],
)
def test_closed_streams_are_no_other_files(tmp_path: Path, arguments: str, status: int, said: str) -> None:
    (tmp_path / "page.txt").write_text(HEAD, encoding="utf-8")
    run = f"{sys.executable} -c 'from parser.cli import main; raise SystemExit(main())' {arguments}"
    done = subprocess.run(
        ["sh", "-c", run],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
    # No message is among the data.
    assert all(line.startswith("{") for line in done.stdout.splitlines())
    out = tmp_path / "out.jsonl"
    assert not out.exists() or out.read_text(encoding="utf-8").count("\n") == 1


def test_a_message_quotes_no_more_than_can_be_read() -> None:
    value = "x " * 50_000
    document = parse(HEAD + f"Allocation: {value}")
    (problem,) = [one for one in document.problems if one.code == "unknown-value"]
    assert len(problem.message) < 1100
    assert problem.message.endswith("[unknown-value]") or " is not " in problem.message[-80:]
    assert value.strip() in [one.text for one in document.source_section.unparsed]


def test_out_of_memory_is_said_in_a_sentence(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*given: object, **named: object) -> Document:
        raise MemoryError

    page = tmp_path / "page.txt"
    page.write_text(HEAD, encoding="utf-8")
    monkeypatch.setattr("parser.cli.parse.open_record", fails)
    assert main(["parse", str(page)]) == 1
    assert capsys.readouterr().err == f"{page}: error: out of memory: the record needs more than is available\n"
