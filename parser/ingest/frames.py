"""Parses pages in Arrow record batches, as data frame engines pass them, to nested rows that the engines unnest.

    parsed = parse_batches(pages, text="text", name="url")
    criteria = pa.Table.from_batches(table_batches(parsed, "criteria"), TABLE_SCHEMAS["criteria"])

The recipes in samples/recipes do the same inside Spark, DuckDB, Daft and Polars. A page is parsed once for all
tables: its row holds each table's rows as a list of structs, which SQL's `inline` or `unnest` expands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import accumulate, chain
from typing import Any

import pyarrow as pa

from parser import Document
from parser.ingest.json_lines import DEFAULT_TEXT_FIELD, Fields, name_of, page_of
from parser.ingest.limits import Fault
from parser.ingest.model import Dump, Refusal, Result
from parser.ingest.pool import parse_many
from parser.ingest.sinks.base import Record
from parser.model.view import fitting
from parser.source import DEFAULT_MAX_SIZE
from parser.tables.arrow import batch_of, field_of, schema_of
from parser.tables.columns import TABLES, Column, Table
from parser.tables.rows import Row, rows_of

# A batch is passed on after this much JSON, so that few pages are held at a time.
_JSON_BYTES = 4 << 20
# How many pages of a batch are Python objects at a time.
_PAGES = 64

_PAGE = (
    Column("record", "BIGINT", "The page, and its record in every table.", True),
    Column("source", "VARCHAR", "What the page is called."),
)
_REFUSALS = Table(
    "refusals",
    "One row for each page without a record.",
    (
        *_PAGE,
        Column("code", "VARCHAR", "The reason, one of REFUSALS."),
        Column("message", "VARCHAR", "The same for a person."),
    ),
)

TABLE_SCHEMAS: dict[str, pa.Schema] = {table.name: schema_of(table) for table in (*TABLES, _REFUSALS)}
"""The Arrow schema of each table, and of `refusals`: a row for each page without a record."""

_NESTED = [
    pa.field(name, pa.list_(pa.struct(list(schema))), False, schema.metadata) for name, schema in TABLE_SCHEMAS.items()
]

PARSED_SCHEMA: pa.Schema = pa.schema([*map(field_of, _PAGE), *_NESTED])
"""The schema of parsed pages: `record`, `source`, and for each table of `TABLE_SCHEMAS` a list of structs."""


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    text: str = DEFAULT_TEXT_FIELD,
    name: str | None = None,
    record: str | None = None,
    jobs: int = 1,
    max_size: int = DEFAULT_MAX_SIZE,
) -> Iterator[pa.RecordBatch]:
    """Parse the pages in batches, to batches of `PARSED_SCHEMA`: a row for each page, in order.

    `text` is the column with the page, text or bytes, and `name` the column with its name; a page without a name is
    named by its number, `#12`. `record` is a column of unique integers, which become the records' keys. Without it
    pages are numbered from 1: pass it if an engine calls this once per partition. `text` and `name` may be paths in
    structs, such as `page.text`. `jobs` processes parse, as in `parse_many`; use one in an engine with its own
    processes. Pages over `max_size` bytes or characters are refused.

    Nothing in a page raises: one without text, or that is not a record, has a row in `refusals` and no others. Pages
    that show the same record all stay. Raises `ValueError` for a column that is missing, and for a null in `record`.
    """
    fields = Fields(text, name)
    numbers: deque[int] = deque()

    def pages() -> Iterator[Dump | Refusal]:
        for number, page in _numbered(batches, fields, record):
            numbers.append(number)
            yield page

    parsed = _Parsed()
    with closing(parse_many(pages(), jobs=jobs, make=_json_of, max_size=max_size)) as results:
        for result in results:
            parsed.add(numbers.popleft(), result)
            if parsed.size >= _JSON_BYTES:
                yield parsed.batch()
                parsed = _Parsed()
    if parsed.numbers:
        yield parsed.batch()


def table_batches(parsed: Iterable[pa.RecordBatch], table: str) -> Iterator[pa.RecordBatch]:
    """The rows of one table, in batches of `TABLE_SCHEMAS[table]`, from batches that `parse_batches` returned.

    Raises `ValueError` for an unknown table.
    """
    if table not in TABLE_SCHEMAS:
        raise ValueError(f"there is no table {table!r}: there are {', '.join(TABLE_SCHEMAS)}")
    for batch in parsed:
        yield pa.record_batch(batch.column(table).flatten().flatten(), schema=TABLE_SCHEMAS[table])


def _numbered(
    batches: Iterable[pa.RecordBatch], fields: Fields, record: str | None
) -> Iterator[tuple[int, Dump | Refusal]]:
    """The pages, each with its number."""
    count = 0
    for batch in batches:
        columns = _columns(batch.schema.names, fields, record)
        for start in range(0, len(batch), _PAGES):
            for row in batch.select(columns).slice(start, _PAGES).to_pylist():
                count += 1
                number = count if record is None else row[record]
                if number is None:
                    raise ValueError(f"a page has no number: the column {record!r} must have no nulls")
                yield number, _page(number, row, fields)


def _columns(names: list[str], fields: Fields, record: str | None) -> list[str]:
    """The columns that are read."""
    found: list[str] = []
    for wanted in filter(None, (fields.text, fields.id, record)):
        column = wanted if wanted in names else wanted.split(".")[0]
        if column not in names:
            raise ValueError(f"there is no column {wanted!r}: there are {', '.join(names)}")
        if column not in found:
            found.append(column)
    return found


def _page(number: int, row: dict[str, Any], fields: Fields) -> Dump | Refusal:
    name = name_of(f"#{number}", row, fields)
    try:
        return page_of(name, row, fields)
    except Fault as fault:
        return Refusal(name, fault.code, f"the column {fields.text!r} is null here, or holds neither text nor bytes")


def _json_of(document: Document) -> bytes:
    return Record.of("", document).content


class _Parsed:
    """Parsed pages, collected as columns."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.size = 0
        """Their size as JSON, in bytes."""
        self._sources: list[str] = []
        self._rows: dict[str, list[list[Row]]] = {name: [] for name in TABLE_SCHEMAS}

    def add(self, number: int, result: Result[bytes]) -> None:
        self.numbers.append(number)
        self._sources.append(result.name)
        rows: dict[str, list[Row]] = {}
        if result.refusal:
            _, code, message = result.refusal
            rows = {_REFUSALS.name: [{"record": number, "source": result.name, "code": code, "message": message}]}
        if result.value:
            self.size += len(result.value)
            rows = rows_of(fitting(Record(result.name, result.value).document()), number, result.name)
        for name, lists in self._rows.items():
            lists.append(rows.get(name, []))

    def batch(self) -> pa.RecordBatch:
        columns = [pa.array(self.numbers, pa.int64()), pa.array(self._sources, pa.string())]
        columns += [_nested(self._rows[field.name], field) for field in _NESTED]
        return pa.record_batch(columns, schema=PARSED_SCHEMA)


def _nested(lists: list[list[Row]], field: pa.Field) -> pa.ListArray:
    """A list of structs for each list of rows."""
    flat = batch_of(list(chain.from_iterable(lists)), TABLE_SCHEMAS[field.name])
    structs = pa.StructArray.from_arrays(flat.columns, fields=list(flat.schema))
    offsets = pa.array(accumulate(map(len, lists), initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, structs, type=field.type)
