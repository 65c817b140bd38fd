"""Pages in a column of a table: CSV or TSV with a header, or Parquet.

Rows without text are refused, the rest is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parser.forms.export import Refused
from parser.forms.rows import DELIMITERS, cells_of, header_of, split_rows
from parser.forms.streams import Stream, utf8_head
from parser.ingest.json_lines import Fields, no_text, page_of
from parser.ingest.limits import Fault, Limits
from parser.ingest.model import Dump, Refusal
from parser.problems import ParserError, TooLargeError
from parser.source import read_source

PARQUET = b"PAR1"
"""The first bytes of a Parquet file."""

MISSING_PYARROW = "Parquet needs a library that is not installed: pip install 'registry-text-parser[parquet]'"

# How many rows are in memory at a time; each may be as large as a page.
_ROWS = 64


def delimiter_of(head: bytes, fields: Fields) -> str | None:
    """The delimiter of a table that has the text column; None for anything else."""
    head = utf8_head(head)
    return next((sign for sign in DELIMITERS if fields.text in header_of(head, sign)), None)


def read_table(name: str, stream: Stream, delimiter: str, fields: Fields, limits: Limits) -> Iterator[Dump | Refusal]:
    """The pages of a table in text, read lazily."""
    columns: tuple[str, ...] = ()
    for row in split_rows(stream, limits.line, delimiter):
        if isinstance(row, Refused):
            code = "too-large" if isinstance(row.error, TooLargeError) else "not-a-record"
            yield Refusal(f"{name}:{row.number}", code, str(row.error))
        elif row[0] == 0:
            columns = header_of(row[1], delimiter)
        else:
            number, data = row
            try:
                text = read_source(data, len(data)).text
                cells = cells_of(text, delimiter, len(columns))
                yield page_of(f"{name}:{number}", dict(zip(columns, cells, strict=True)), fields)
            except ParserError as error:
                yield Refusal(f"{name}:{number}", "not-a-record", str(error))
            except Fault as fault:
                yield Refusal(f"{name}:{number}", fault.code, fault.message)


def read_parquet(name: str, path: str, fields: Fields) -> Iterator[Dump | Refusal]:
    """The pages of a Parquet file, read in batches of rows. Raises `Fault` for a file that cannot be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise Fault("missing-dependency", MISSING_PYARROW) from None
    try:
        with pq.ParquetFile(path) as file:
            columns = _columns(file.schema_arrow.names, fields)
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield from _page(f"{name}:{number}", row, fields)
    except (pa.ArrowException, OSError) as error:
        raise Fault("damaged-archive", f"it is not a Parquet file that can be read: {error}") from None


def _columns(names: list[str], fields: Fields) -> list[str]:
    """The columns that are read: a name may be a column's, or a path of names that begins with one."""
    wanted = {field for path in (fields.text, fields.id) if path for field in (path, path.split(".")[0])}
    columns = [name for name in names if name in wanted]
    if not any(name in columns for name in (fields.text, fields.text.split(".")[0])):
        raise Fault("bad-json", no_text(fields, "is missing", names))
    return columns


def _page(place: str, row: dict[str, Any], fields: Fields) -> Iterator[Dump | Refusal]:
    try:
        yield page_of(place, row, fields)
    except Fault as fault:
        yield Refusal(place, fault.code, fault.message)
