"""Records as Arrow tables, in groups of bounded size, for the sinks that write tables."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from parser.ingest.sinks.base import Record
from parser.model.view import fitting
from parser.tables.arrow import batch_of, schema_of
from parser.tables.columns import TABLES
from parser.tables.rows import Row, rows_of

# Rows are Python objects until so many bytes of JSON have come in, which keeps few of them alive at a time.
_JSON_BYTES = 4 << 20
# A group of rows is handed on when it is this large. Queries skip groups, so they should be neither tiny nor huge.
_GROUP_ROWS = 20_000
_GROUP_BYTES = 16 << 20


class TableGroups:
    """Spreads records over the tables, and hands on rows in their order, in groups of bounded size."""

    def __init__(self, take: Callable[[str, pa.Table], None]) -> None:
        """`take` is called with the name of a table and some more of its rows."""
        self._take = take
        self._records = 0
        self._json = 0
        self._rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._batches: dict[str, list[pa.RecordBatch]] = {table.name: [] for table in TABLES}
        self._schemas = {table.name: schema_of(table) for table in TABLES}

    def add(self, record: Record) -> None:
        """Take in the rows of one record, under the next number."""
        self._records += 1
        for name, rows in rows_of(fitting(record.document()), self._records, record.name).items():
            self._rows[name] += rows
        self._json += len(record.content)
        if self._json >= _JSON_BYTES:
            self._pack()

    def finish(self) -> None:
        """Hand on what is left."""
        self._pack()
        for name, batches in self._batches.items():
            self._hand_on(name, batches)

    def _pack(self) -> None:
        """Make columns of the rows that have come in, and hand on the groups that are large enough."""
        self._json = 0
        for name, rows in self._rows.items():
            batches = self._batches[name]
            if rows:
                batches.append(batch_of(rows, self._schemas[name]))
                rows.clear()
            enough = sum(len(batch) for batch in batches) >= _GROUP_ROWS
            if enough or sum(batch.nbytes for batch in batches) >= _GROUP_BYTES:
                self._hand_on(name, batches)

    def _hand_on(self, name: str, batches: list[pa.RecordBatch]) -> None:
        if batches:
            self._take(name, pa.Table.from_batches(batches).combine_chunks())
            batches.clear()
