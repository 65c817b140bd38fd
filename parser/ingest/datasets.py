"""A data set that `convert` wrote, read back as rows of its tables, in batches, whatever its form is.

Each form of output is a row of `READERS` here and of `FORMATS` among the sinks.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, NamedTuple

from parser.forms.streams import Stream
from parser.ingest.json_lines import lines
from parser.ingest.limits import Fault, Limits
from parser.ingest.names import form_of
from parser.ingest.unpack import Unpacked
from parser.model.view import fitting
from parser.source import DEFAULT_MAX_SIZE
from parser.tables.columns import TABLES, TYPES, Table
from parser.tables.rows import Row, rows_of

STDIN = "-"

# A document is larger than its page: it has keys, and repeats criteria and quantities.
_MOST_BYTES = 16 * DEFAULT_MAX_SIZE

_BATCH = 1000

_TABLES = {table.name: table for table in TABLES}
_KINDS: dict[str, type | tuple[type, ...]] = dict(zip(TYPES, (int, (int, float), bool, date, str, list), strict=True))

Rows = Iterator[tuple[str, list[Row]]]
"""Names of tables, each with a batch of its rows. A record's rows are consecutive within a table."""

Columns = Mapping[str, tuple[str, ...]]
"""The requested columns of each table."""


class DataSetError(Exception):
    """The input is not a data set that `convert` wrote, or it is damaged; the message says where."""


class Reader(NamedTuple):
    """How a form of data set is read; `fits` recognises it by its path."""

    fits: Callable[[str], bool]
    read: Callable[[str, Columns], Rows]


def read_data_set(out: str, columns: Columns) -> Rows:
    """The rows of a data set with the requested columns; from JSON, with all columns. `-` is JSON lines from stdin.

    Raises `DataSetError`, and `OSError` for what cannot be read.
    """
    # Not a damaged data set.
    if out != STDIN:
        os.stat(out)
    reader = next((reader for reader in READERS if reader.fits(out)), None)
    if reader is None:
        raise DataSetError("this is not a data set that `registry-parser convert` writes, by its name: see its --help")
    for name, rows in reader.read(out, columns):
        kinds = {column.name: _KINDS[column.type] for column in _TABLES[name].columns if column.name in columns[name]}
        for row in rows:
            for column, kind in kinds.items():
                if row[column] is not None and not isinstance(row[column], kind):
                    found = f"{row[column]!r:.80}"
                    raise DataSetError(f"{name}.{column} is {found} in a record, which no data set has there")
        yield name, rows


# --- Documents --------------------------------------------------------------------------------------------------------


def _read_lines(out: str, _: Columns) -> Rows:
    if out == STDIN:
        yield from _rows_of_lines(sys.stdin.buffer)
        return
    packing = form_of(out).packing
    with open(out, "rb") as file:
        if not packing:
            yield from _rows_of_lines(file)
            return
        try:
            with closing(Unpacked(file, packing, Limits(page=_MOST_BYTES))) as stream:
                yield from _rows_of_lines(stream)
        except Fault as fault:
            raise DataSetError(fault.message) from None


def _rows_of_lines(stream: Stream) -> Rows:
    number = 0
    for number, line in enumerate(lines(stream, _MOST_BYTES), 1):
        if line is None:
            raise DataSetError(f"line {number:,} has more than {_MOST_BYTES:,} bytes")
        yield from _rows_of(line, number, f"line {number:,}")
    if not number:
        raise DataSetError("it is empty")


def _read_folder(out: str, _: Columns) -> Rows:
    number = 0
    with os.scandir(out) as entries:
        for entry in entries:
            if entry.name.endswith(".json") and entry.is_file():
                number += 1
                with open(entry.path, "rb") as file:
                    yield from _rows_of(file.read(_MOST_BYTES), number, entry.name)
    if not number:
        raise DataSetError("the folder has no JSON files in it")


def _rows_of(content: bytes, number: int, place: str) -> Rows:
    """The rows of one document. Data of another shape raises different errors, depending on how it differs."""
    try:
        document: Any = json.loads(content)
        if "schemaVersion" not in document:
            raise DataSetError(f"{place} is not a document of `registry-parser convert`: it has no schemaVersion")
        found = rows_of(fitting(document), number, document.get("sourceSection", {}).get("name"))
    except (ValueError, RecursionError) as error:
        raise DataSetError(f"{place} is not JSON: {error}") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise DataSetError(f"{place} is not a document of `registry-parser convert`: {error!r}") from None
    yield from found.items()


# --- Tables -----------------------------------------------------------------------------------------------------------


def _read_parquet(out: str, columns: Columns) -> Rows:
    with _library("pyarrow", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    for table in TABLES:
        try:
            with pq.ParquetFile(os.path.join(out, f"{table.name}.parquet")) as file:
                _check(table, file.schema_arrow.names)
                for batch in file.iter_batches(_BATCH, columns=list(columns[table.name])):
                    yield table.name, batch.to_pylist()
        except (pa.ArrowException, FileNotFoundError) as error:
            raise DataSetError(f"{table.name}.parquet cannot be read: {error}") from None


def _read_duckdb(out: str, columns: Columns) -> Rows:
    with _library("duckdb", "duckdb"):
        import duckdb
    try:
        with duckdb.connect(out, read_only=True, config={"memory_limit": "128MB", "threads": 1}) as database:
            for table in TABLES:
                described = database.execute(
                    "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table.name]
                )
                _check(table, [name for (name,) in described.fetchall()])
                names = columns[table.name]
                found = database.execute(f'SELECT {", ".join(names)} FROM "{table.name}"')
                while rows := found.fetchmany(_BATCH):
                    yield table.name, [dict(zip(names, row, strict=True)) for row in rows]
    except duckdb.Error as error:
        raise DataSetError(f"it cannot be read as a DuckDB database: {error}") from None


def _check(table: Table, names: list[str]) -> None:
    """Raise `DataSetError` unless a table has its columns."""
    if missing := [column.name for column in table.columns if column.name not in names]:
        raise DataSetError(
            f"the table {table.name} lacks {', '.join(missing)}: it is of another version, or not a table of `convert`"
        )


@contextmanager
def _library(name: str, extra: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError:
        raise DataSetError(f"this form needs {name}: pip install 'registry-text-parser[{extra}]'") from None


READERS = (
    Reader(lambda out: os.path.isfile(os.path.join(out, f"{TABLES[0].name}.parquet")), _read_parquet),
    Reader(os.path.isdir, _read_folder),
    Reader(lambda out: out.lower().endswith(".duckdb"), _read_duckdb),
    Reader(lambda out: out == STDIN or form_of(out).kind == "lines", _read_lines),
)
"""All forms of data sets; the first that fits is used."""
