"""From a record of any output back to what it was read from: its source's name, and the field of each problem."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parser import parse, parse_file
from parser.cli import main
from parser.ingest import convert
from parser.tables.columns import TABLES
from tests.conftest import ROOT
from tests.dumps import page_of, read_lines, rows_in, write_pages

Row = dict[str, Any]

EXPORT = ROOT / "samples" / "exports" / "api-v2-json" / "studies.jsonl"


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("more.jsonl", json.dumps({"text": page_of(4)}))
        archive.writestr("page.txt", page_of(3))


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Every kind of source next to each other; each record is of a trial of its own."""
    lines = "".join(json.dumps({"text": page_of(number)}) + "\n" for number in (5, 6))
    folder = write_pages(
        tmp_path / "in",
        {"sub/page.txt": page_of(1), "packed.txt.gz": gzip.compress(page_of(2).encode()), "lines.jsonl": lines},
    )
    zipped(folder / "dumps.zip")
    quoted = page_of(7).replace('"', '""')
    (folder / "table.csv").write_text(f'text\n"{quoted}"\n', encoding="utf-8")
    pq.write_table(pa.table({"text": [page_of(8), page_of(9)]}), folder / "table.parquet")
    (folder / "many.json").write_bytes(EXPORT.read_bytes())
    return folder


NAMES = [
    "dumps.zip!more.jsonl:1",
    "dumps.zip!page.txt",
    "lines.jsonl:1",
    "lines.jsonl:2",
    "many.json#1",
    "many.json#2",
    "packed.txt.gz",
    "sub/page.txt",
    "table.csv:1",
    "table.parquet:1",
    "table.parquet:2",
]


def documents_of(out: Path) -> list[Row]:
    """The documents of JSON lines or of a folder."""
    if out.is_dir():
        return [json.loads(file.read_text(encoding="utf-8")) for file in out.iterdir()]
    return read_lines(out)


def table_of(out: Path, table: str) -> list[Row]:
    """The rows of a table of Parquet or DuckDB."""
    if out.suffix == ".parquet":
        rows: list[Row] = pq.read_table(out / f"{table}.parquet").to_pylist()
        return rows
    columns = [column.name for one in TABLES if one.name == table for column in one.columns]
    return [dict(zip(columns, row, strict=True)) for row in rows_in(out)[table]]


DOCUMENTS = ("trials.jsonl", "trials")
TABULAR = ("trials.parquet", "trials.duckdb")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_names_its_source(inputs: Path, tmp_path: Path, name: str) -> None:
    convert(inputs, tmp_path / name, text_field="text")
    found = [document["sourceSection"]["name"] for document in documents_of(tmp_path / name)]
    assert sorted(found) == [f"{inputs}/{source}" for source in NAMES]


@pytest.mark.parametrize("name", TABULAR)
def test_each_study_in_tables_names_its_source(inputs: Path, tmp_path: Path, name: str) -> None:
    convert(inputs, tmp_path / name, text_field="text")
    assert [row["source"] for row in table_of(tmp_path / name, "studies")] == [f"{inputs}/{source}" for source in NAMES]


def test_each_document_on_stdout_names_its_source(inputs: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["convert", str(inputs), "-o", "-", "--text-field", "text", "--jobs", "1", "--quiet"])
    found = [json.loads(line)["sourceSection"]["name"] for line in capfd.readouterr().out.splitlines()]
    assert found == [f"{inputs}/{source}" for source in NAMES]


def test_a_merged_record_names_both_its_pages(tmp_path: Path) -> None:
    samples = ROOT / "samples"
    pages = [samples / "labelled" / "NCT04264208.txt", samples / "results" / "lines" / "NCT04264208.txt"]
    convert(pages, tmp_path / "trials.jsonl")
    ((source,),) = [[document["sourceSection"]] for document in read_lines(tmp_path / "trials.jsonl")]
    assert [source["name"], *(other["name"] for other in source["mergedFrom"])] == list(map(str, pages))


# --- Problems -----------------------------------------------------------------------------------------------------


PAGE = ROOT / "samples" / "NCT03562065.txt"


@pytest.fixture(scope="module")
def pointers() -> list[tuple[str, str | None]]:
    """The problems of the page, each with its field."""
    found = [(problem.code, problem.path) for problem in parse_file(PAGE).problems]
    assert ("conditions-joined", "/protocolSection/conditionsModule/conditions") in found
    return found


def test_a_place_with_too_many_commas_is_that_of_a_site_of_protocol_section() -> None:
    page = PAGE.read_text("utf-8").replace("Paris, , France", "Glostrup, Copenhagen, Denmark, Denmark")
    found = [problem.path for problem in parse(page).problems if problem.code == "place-ambiguous"]
    assert found == ["/protocolSection/contactsLocationsModule/locations/0"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_problem_of_a_document_has_the_pointer_of_its_field(
    tmp_path: Path, pointers: list[tuple[str, str | None]], name: str
) -> None:
    convert(PAGE, tmp_path / name)
    (problems,) = [document["sourceSection"]["problems"] for document in documents_of(tmp_path / name)]
    assert [(problem["code"], problem.get("path")) for problem in problems] == pointers


@pytest.mark.parametrize("name", TABULAR)
def test_a_problem_in_the_table_has_the_pointer_of_its_field(
    tmp_path: Path, pointers: list[tuple[str, str | None]], name: str
) -> None:
    convert(PAGE, tmp_path / name)
    assert [(row["code"], row["path"]) for row in table_of(tmp_path / name, "problems")] == pointers
