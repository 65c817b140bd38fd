"""What a data set holds: the same statistics whatever form it has, and counts that are those of its rows."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from parser import parse
from parser.cli import main
from parser.ingest import convert
from parser.ingest.datasets import read_data_set
from parser.ingest.sinks import FORMATS
from parser.ingest.statistics import COLUMNS, NONE, OTHERS, Statistics, summarize_rows
from parser.tables.columns import TABLES
from parser.tables.rows import rows_of
from tests.conftest import LABELLED_SAMPLES, ROOT
from tests.pages import page, section

Captured = pytest.CaptureFixture[str]

INPUTS = [*LABELLED_SAMPLES[:6], ROOT / "samples" / "exports" / "ctgov-xml" / "studies.xml"]
OUTPUTS = ["out.jsonl", "out.ndjson", "out.jsonl.gz", "out.ndjson.gz", "out.parquet", "out.duckdb", "out"]


def statistics(out: Path, capsys: Captured) -> Any:
    assert main(["stats", "--json", str(out)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def test_every_form_of_output_is_tried_here() -> None:
    assert {form.ending for form in FORMATS} - {"-"} == {name.removeprefix("out") for name in OUTPUTS}


def test_all_forms_of_a_data_set_have_the_same_statistics(tmp_path: Path, capsys: Captured) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    found = []
    for name in OUTPUTS:
        convert(INPUTS, tmp_path / name)
        found.append(statistics(tmp_path / name, capsys))
    assert found[0]["records"] == 8
    for other in found[1:]:
        assert other == found[0]
        # The order is the same, too.
        assert json.dumps(other) == json.dumps(found[0])


def test_the_counts_are_those_of_the_rows(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out.jsonl"
    convert(INPUTS, out)
    documents = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    rows = [rows_of(document, number, "a name") for number, document in enumerate(documents, 1)]
    found = statistics(out, capsys)
    assert sum(found["forms"].values()) == sum(found["registries"].values()) == found["records"] == len(documents)
    for table in TABLES:
        counted = found["tables"][table.name]
        assert counted["rows"] == sum(len(one[table.name]) for one in rows)
        assert counted["records"] == sum(bool(one[table.name]) for one in rows)
    for name, count in found["filled"].items():
        assert count == sum(one["studies"][0][name] not in (None, []) for one in rows), name
    problems = [row for one in rows for row in one["problems"]]
    assert found["problems"]["count"] == len(problems)
    for problem in found["problems"]["codes"]:
        own = [row for row in problems if row["code"] == problem["code"]]
        assert problem["count"] == len(own) == sum(problem["fields"].values())
    quantities = [row for one in rows for row in one["quantities"]]
    repaired = [row["repair_reason"] for row in quantities if row["repair_reason"]]
    assert sum(found["quantities"]["kinds"].values()) == len(quantities)
    assert repaired
    assert found["quantities"]["repaired"] == {reason: repaired.count(reason) for reason in sorted(set(repaired))}


def test_problems_are_counted_by_field_with_indices_left_out(tmp_path: Path, capsys: Captured) -> None:
    document = parse(page(section("Basic Information", "Recruitment Status", "ON A BREAK"))).to_dict()
    document["sourceSection"]["problems"] = [
        {"code": "unknown-value", "severity": "warning", "message": "", "path": f"/a/{index}/b2/{index}"}
        for index in range(12)
    ]
    document["sourceSection"]["problems"].append({"code": "unknown-value", "severity": "warning", "message": ""})
    out = tmp_path / "out.jsonl"
    out.write_text(json.dumps(document) + "\n")
    (problem,) = statistics(out, capsys)["problems"]["codes"]
    assert problem == {"code": "unknown-value", "count": 13, "fields": {"/a/*/b2/*": 12, NONE: 1}}


def test_a_person_reads_a_table(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out.jsonl"
    convert(INPUTS, out)
    found = statistics(out, capsys)
    assert main(["stats", str(out)]) == 0
    text = capsys.readouterr().out
    assert re.search(rf"^records +{found['records']}$", text, re.MULTILINE)
    assert re.search(r"^  labelled-page +6 +75\.0%$", text, re.MULTILINE)
    assert re.search(r"^  title +8 +100\.0%$", text, re.MULTILINE)
    for problem in found["problems"]["codes"]:
        assert re.search(rf"^  {problem['code']} +{problem['count']}  (info|warning|error)$", text, re.MULTILINE)
    for reason, count in found["quantities"]["repaired"].items():
        assert re.search(rf"^  repaired: {reason} +{count}$", text, re.MULTILINE)


def test_json_lines_come_through_a_pipe(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.jsonl"
    convert(INPUTS, out)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(out.read_bytes())))
    assert main(["stats", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == statistics(out, capsys)


def test_rows_come_a_few_at_a_time(tmp_path: Path) -> None:
    """However large a data set is, what is in memory at a time is not."""
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    study = json.dumps({"protocolSection": {"identificationModule": {"briefTitle": "A Trial"}}})
    studies = tmp_path / "studies.jsonl"
    studies.write_text("".join(f"{study}\n" for _ in range(2500)))
    for name in ("out.jsonl", "out.parquet", "out.duckdb"):
        convert(studies, tmp_path / name, keep="all")
        groups = [len(rows) for table, rows in read_data_set(str(tmp_path / name), COLUMNS) if table == "studies"]
        assert sum(groups) == 2500
        assert max(groups) <= 1000


def test_what_is_counted_by_itself_is_limited() -> None:
    def rows() -> Any:
        for number in range(12_000):
            yield "problems", [{"record": number, "code": f"code-{number}", "path": "/a"}]

    problems = summarize_rows(rows()).problems
    assert len(problems) == 10_001
    assert problems[OTHERS]["/a"] == 2_000


def test_an_empty_data_set_of_tables_has_no_records(tmp_path: Path, capsys: Captured) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "prose.txt").write_text("It was a dark and stormy night.")
    convert(tmp_path / "prose.txt", tmp_path / "out.parquet")
    assert statistics(tmp_path / "out.parquet", capsys) == Statistics().to_dict()
    assert main(["stats", str(tmp_path / "out.parquet")]) == 0
    assert re.search(r"^records +0$", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize(("library", "name"), [("pyarrow", "out.parquet"), ("duckdb", "out.duckdb")])
def test_a_library_that_is_missing_is_named_with_its_extra(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, library: str, name: str
) -> None:
    pytest.importorskip(library)
    convert(INPUTS[0], tmp_path / name)
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["stats", str(tmp_path / name)]) == 1
    extra = name.removeprefix("out.")
    assert f"this form needs {library}: pip install 'registry-text-parser[{extra}]'" in capsys.readouterr().err
