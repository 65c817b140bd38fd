"""A folder of Parquet files, one for each table."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from parser.ingest.sinks.arrow import TableGroups
from parser.ingest.sinks.base import DraftSink, Record, Staging
from parser.tables.arrow import schema_of
from parser.tables.columns import TABLES


class ParquetSink(DraftSink):
    """`studies.parquet`, `criteria.parquet`, ...: every table has its file, also where it has no rows.

    Row groups are of bounded size and are written as they fill, so memory stays flat. The same records give the same
    bytes under the same version of pyarrow.
    """

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        super().__init__(out, overwrite=overwrite, staging=staging)
        self._files: list[IO[bytes]] = []
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._groups = TableGroups(self._write_group)
        try:
            self._draft.path.mkdir()
            for table in TABLES:
                # Open as long as the sink is; a file of Python's own, so that errors keep their number.
                file = open(self._draft.path / f"{table.name}.parquet", "xb")  # noqa: SIM115
                self._files.append(file)
                self._writers[table.name] = pq.ParquetWriter(file, schema_of(table), compression="zstd")
        except BaseException:
            self.abort()
            raise

    def write(self, record: Record) -> None:
        self._groups.add(record)

    def _finish(self) -> None:
        self._groups.finish()
        for writer in self._writers.values():
            writer.close()
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())
            file.close()

    def _release(self) -> None:
        for writer in self._writers.values():
            # It would write the end of the file, and try that again when it is collected.
            writer.is_open = False
        for file in self._files:
            with suppress(OSError):
                file.close()

    def _write_group(self, name: str, rows: pa.Table) -> None:
        self._writers[name].write_table(rows, row_group_size=len(rows))
