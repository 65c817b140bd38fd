"""Pages in record batches: a row for each page with the rows of each table in it, whatever the page is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from parser import parse_file
from parser.ingest import frames
from parser.ingest.frames import PARSED_SCHEMA, TABLE_SCHEMAS, parse_batches, table_batches
from parser.tables.columns import TABLES
from parser.tables.rows import rows_of
from tests.conftest import LABELLED_SAMPLES
from tests.dumps import page_of


def batch(**columns: Any) -> pa.RecordBatch:
    return pa.record_batch({name: pa.array(values) for name, values in columns.items()})


def rows(parsed: list[pa.RecordBatch], table: str) -> list[dict[str, Any]]:
    return [row for found in table_batches(parsed, table) for row in found.to_pylist()]


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.processes)])
def test_each_table_has_the_rows_of_the_documents(jobs: int) -> None:
    texts = [sample.read_bytes().decode("utf-8") for sample in LABELLED_SAMPLES]
    names = [sample.name for sample in LABELLED_SAMPLES]
    parsed = list(
        parse_batches(
            [batch(text=texts[:2], name=names[:2]), batch(text=texts[2:], name=names[2:])], name="name", jobs=jobs
        )
    )
    for found in parsed:
        found.validate(full=True)
        assert found.schema.equals(PARSED_SCHEMA)
    records = [
        rows_of(parse_file(sample).to_dict(), number, sample.name) for number, sample in enumerate(LABELLED_SAMPLES, 1)
    ]
    for table in TABLES:
        assert rows(parsed, table.name) == [row for record in records for row in record[table.name]], table.name
    assert rows(parsed, "quantities"), "there is something to compare"


def test_what_gives_no_record_is_refused_in_its_place() -> None:
    pages = batch(page=[page_of(1), None, "no page", "", page_of(2)], url=["a", "b", "c", None, None])
    (parsed,) = parse_batches([pages], text="page", name="url")
    assert parsed.column("record").to_pylist() == [1, 2, 3, 4, 5]
    assert parsed.column("source").to_pylist() == ["a", "b", "c", "#4", "#5"]
    assert [(row["record"], row["source"]) for row in rows([parsed], "studies")] == [(1, "a"), (5, "#5")]
    refusals = rows([parsed], "refusals")
    assert [(row["record"], row["source"], row["code"]) for row in refusals] == [
        (2, "b", "bad-json"),
        (3, "c", "not-a-record"),
        (4, "#4", "not-a-record"),
    ]
    assert refusals[0]["message"] == "the column 'page' is null here, or holds neither text nor bytes"


@pytest.mark.parametrize(
    "column",
    [
        pa.array([page_of(1)], pa.large_string()),
        pa.array([page_of(1)], pa.string_view()),
        pa.array([page_of(1).encode()], pa.binary()),
        pa.array([page_of(1)]).dictionary_encode(),
    ],
    ids=lambda column: str(column.type),
)
def test_a_page_may_come_as_any_type_of_text_or_bytes(column: pa.Array) -> None:
    (parsed,) = parse_batches([pa.record_batch({"text": column})])
    assert [row["nct_id"] for row in rows([parsed], "studies")] == ["NCT00000001"]


@pytest.mark.parametrize(
    "column", [pa.array([None]), pa.array([7]), pa.array([[page_of(1)]])], ids=["null", "int", "list"]
)
def test_what_is_no_text_is_refused(column: pa.Array) -> None:
    (parsed,) = parse_batches([pa.record_batch({"text": column})])
    assert [row["code"] for row in rows([parsed], "refusals")] == ["bad-json"]


def test_a_column_may_be_in_a_struct() -> None:
    pages = batch(page=[{"text": page_of(1), "url": "a"}])
    (parsed,) = parse_batches([pages], text="page.text", name="page.url")
    assert parsed.column("source").to_pylist() == ["a"]


def test_records_have_the_numbers_they_are_given() -> None:
    pages = batch(text=[page_of(1), "no page", page_of(2)], number=[40, 7, 9])
    (parsed,) = parse_batches([pages], record="number")
    assert parsed.column("record").to_pylist() == [40, 7, 9]
    assert [row["record"] for row in rows([parsed], "studies")] == [40, 9]


def test_pages_over_the_limit_are_refused() -> None:
    (parsed,) = parse_batches([batch(text=[page_of(1)])], max_size=10)
    assert [row["code"] for row in rows([parsed], "refusals")] == ["too-large"]


def test_pages_are_held_in_bounded_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is asked for before those of the batch before it were handed on."""
    monkeypatch.setattr(frames, "_JSON_BYTES", 1)
    asked: list[int] = []

    def pages() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            asked.append(number)
            yield batch(text=[page_of(number)])

    for place, parsed in enumerate(parse_batches(pages())):
        assert len(parsed) == 1
        assert asked == list(range(place + 1))
    assert asked == [0, 1, 2]


def test_no_pages_are_no_batches() -> None:
    assert list(parse_batches([])) == []
    assert list(parse_batches([batch(text=pa.array([], pa.string()))])) == []


def test_a_wrong_use_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^there is no column 'text': there are body$"):
        list(parse_batches([batch(body=["a"])]))
    with pytest.raises(ValueError, match=r"^a page has no number: the column 'record' must have no nulls$"):
        list(parse_batches([batch(text=["a"], record=pa.array([None], pa.int64()))], record="record"))
    with pytest.raises(ValueError, match=r"^there is no table 'study': there are studies, .*, refusals$"):
        list(table_batches([], "study"))


def test_every_table_has_a_schema_and_a_column() -> None:
    names = [table.name for table in TABLES]
    assert list(TABLE_SCHEMAS) == [*names, "refusals"]
    assert PARSED_SCHEMA.names == ["record", "source", *TABLE_SCHEMAS]
