"""The recipes for data frame engines give what `convert` gives. Not part of an ordinary run, for an engine may take a
minute to start:

python -m pytest tests/test_engines.py -m engines

Spark needs Java besides (`openjdk-17-jre-headless` in Debian).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parser import parse
from parser.ingest import convert
from parser.tables.columns import TABLES, Table
from tests.conftest import ROOT, TEXT_SAMPLES
from tests.dumps import read_lines

pytestmark = pytest.mark.engines

Rows = dict[str, list[dict[str, Any]]]

COUNT = 500


def pages() -> dict[str, str | None]:
    """Samples under ids of their own, so that none shows the same record as another; and what yields no record, which
    comes last, because `convert` numbers records and the recipes number pages."""
    samples = [(text, parse(text).nct_id) for text in (path.read_bytes().decode("utf-8") for path in TEXT_SAMPLES)]
    usable = [(text, nct_id) for text, nct_id in samples if nct_id]
    found: dict[str, str | None] = {}
    for number in range(COUNT):
        text, nct_id = usable[number % len(usable)]
        found[f"{number:05}.txt"] = text.replace(nct_id, f"NCT9{number:07}")
    return found | {"x.txt": None, "y.txt": "no page", "z.txt": ""}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "pages.parquet"
    found = pages()
    # Several row groups, and not in the order of names, as a crawl leaves them.
    names = sorted(found, key=lambda name: name[::-1])
    pq.write_table(pa.table({"name": names, "text": [found[name] for name in names]}), path, row_group_size=50)
    return path


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, dict[str, str]]:
    """What `convert` makes of the same pages in the order of their names, by table; and what it refuses."""
    folder = tmp_path_factory.mktemp("convert")
    pq.write_table(pq.read_table(source).sort_by("name"), folder / "sorted.parquet")
    out = folder / "trials.parquet"
    report = convert(folder / "sorted.parquet", out, jobs=2, text_field="text", id_field="name")
    assert (report.records, report.duplicates) == (COUNT, 0)
    codes = [one["code"] for one in read_lines(Path(f"{out}.rejects.jsonl"))]
    rows = rows_of(out)
    assert not [name for name, found in rows.items() if not found], "every table has rows to compare"
    return rows, dict(zip(["x.txt", "y.txt", "z.txt"], codes, strict=True))


def rows_of(out: Path) -> Rows:
    return {table.name: rows_of_table(out, table) for table in TABLES}


def rows_of_table(out: Path, table: Table) -> list[dict[str, Any]]:
    """The rows of a table in the order of its key; a file, or a folder of some, of which each may have any rows."""
    rows = pq.read_table(out / f"{table.name}.parquet").to_pylist()
    return sorted(rows, key=lambda row: [row[name] for name in table.key])


@pytest.mark.parametrize(
    "recipe, library",
    [("with_duckdb", "duckdb"), ("with_polars", "polars"), ("with_daft", "daft"), ("with_spark", "pyspark")],
)
def test_a_recipe_gives_what_convert_gives(
    source: Path, expected: tuple[Rows, dict[str, str]], tmp_path: Path, recipe: str, library: str
) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    if library == "pyspark" and not (shutil.which("java") or "JAVA_HOME" in os.environ):
        pytest.skip("Spark needs Java, which is not installed")
    out = tmp_path / "trials"
    command = [sys.executable, str(ROOT / "samples" / "recipes" / f"{recipe}.py"), str(source), str(out)]
    # Spark starts Python by itself.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    rows, refused = expected
    found = rows_of(out)
    for table in TABLES:
        assert found[table.name] == rows[table.name], table.name
    refusals = pq.read_table(out / "refusals.parquet").to_pylist()
    assert {row["source"]: row["code"] for row in refusals} == refused
    assert len(refusals) == 3
