"""A DuckDB database with all tables."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from parser.ingest.sinks.arrow import TableGroups
from parser.ingest.sinks.base import DraftSink, Record, Staging, remove
from parser.tables.columns import TABLES, Table

# Rows come in groups that are small; more memory and more threads would only hold more of them back.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "128MB", "threads": 1}


class DuckDbSink(DraftSink):
    """One file. The meanings of tables and columns are their comments there (`duckdb_columns()` lists them).

    Keys are documented and not declared: an index over every row would have to fit into memory.
    """

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        super().__init__(out, overwrite=overwrite, staging=staging)
        self._groups = TableGroups(self._insert)
        try:
            with _system_errors():
                self._database = duckdb.connect(str(self._draft.path), config=_SETTINGS)
        except BaseException:
            # It may have begun the file already.
            self._draft.discard()
            raise
        try:
            with _system_errors():
                self._database.begin()
                for statement in (statement for table in TABLES for statement in _definition(table)):
                    self._database.execute(statement)
                self._database.commit()
        except BaseException:
            self.abort()
            raise

    def write(self, record: Record) -> None:
        self._groups.add(record)

    def _finish(self) -> None:
        self._groups.finish()
        with _system_errors():
            self._database.execute("CHECKPOINT")
            self._database.close()

    def _release(self) -> None:
        with suppress(duckdb.Error):
            self._database.close()
        remove(_log_of(self._draft.path))

    def _publish(self) -> None:
        super()._publish()
        # Left by a crash, it has changes to the database that was replaced; DuckDB would look for it.
        remove(_log_of(self._draft.out))

    def _insert(self, name: str, rows: pa.Table) -> None:
        with _system_errors():
            self._database.register("more_rows", rows)
            self._database.execute(f'INSERT INTO "{name}" SELECT * FROM more_rows')
            self._database.unregister("more_rows")


def _log_of(database: Path) -> Path:
    """Where DuckDB keeps changes until they are in the database itself."""
    return database.with_name(f"{database.name}.wal")


def _definition(table: Table) -> Iterator[str]:
    columns = (f"{column.name} {column.type}{' NOT NULL' if column.key else ''}" for column in table.columns)
    yield f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
    yield f'COMMENT ON TABLE "{table.name}" IS {_quoted(table.meaning)}'
    for column in table.columns:
        yield f'COMMENT ON COLUMN "{table.name}".{column.name} IS {_quoted(column.meaning)}'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _system_errors() -> Iterator[None]:
    """DuckDB's errors of the disk as the `OSError` that every other sink raises; a full one has many classes there."""
    try:
        yield
    except duckdb.Error as error:
        full = (number for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if os.strerror(number) in str(error))
        number = next(full, errno.EIO)
        if number != errno.EIO or isinstance(error, duckdb.IOException):
            raise OSError(number, str(error)) from error
        raise
