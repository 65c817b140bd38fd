"""Rows as Arrow data; the only importer of pyarrow here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from parser.tables.columns import TYPES, Column, Table
from parser.tables.rows import Row

_TYPES = dict(
    zip(TYPES, (pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.string(), pa.list_(pa.string())), strict=True)
)


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table; its meaning and those of its columns are in the metadata."""
    return pa.schema([field_of(column) for column in table.columns], metadata={"description": table.meaning})


def field_of(column: Column) -> pa.Field:
    """A column with its type and its meaning."""
    return pa.field(column.name, _TYPES[column.type], not column.key, {"description": column.meaning})


def batch_of(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of a table as columns, by its schema."""
    columns = [_array([row[field.name] for row in rows], field.type) for field in schema]
    return pa.record_batch(columns, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        # Halves of surrogate pairs, from a page or from a file's name that is not UTF-8: Arrow's text has none.
        return pa.array([_whole(value) for value in values], kind)


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value
