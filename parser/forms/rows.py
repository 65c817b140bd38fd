"""The rows of a table in text, one at a time: comma-separated values (RFC 4180), or with tabs or semicolons.

NCT Number,Study Title
NCT07189871,"177Lu-BetaBart in Patients With Relapsed/Refractory, Locally Advanced Inoperable Tumors"
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from parser.forms.export import Payload, Refused
from parser.forms.json_objects import too_large
from parser.forms.streams import HEAD, Peeked, Stream, utf8_chunks, utf8_head
from parser.problems import NotARecordError, ParserError

DELIMITERS = ",\t;"


def header_of(head: bytes, delimiter: str) -> tuple[str, ...]:
    """The names of the columns, blanks around them aside, in the head of a table."""
    line = head.lstrip(b"\r\n").split(b"\n", 1)[0].decode("utf-8", "replace")
    try:
        return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


def headers_of(head: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The delimiters that the first line of a table's head has, and the names of the columns between each."""
    line = head.lstrip(b"\r\n").partition(b"\n")[0]
    for delimiter in DELIMITERS:
        if delimiter.encode() in line:
            yield delimiter, header_of(line, delimiter)


def split_table(
    stream: Stream, limit: int, form: str, find_delimiter: Callable[[bytes], str | None], meaning: str
) -> Iterator[Payload | Refused]:
    """The records of a table, a row each; their header is the delimiter and the names of the columns.

    Raises `NotARecordError` if the head has no delimiter of the form, whose `meaning` the message names.
    """
    peeked = Peeked(stream)
    delimiter = find_delimiter(utf8_head(peeked.peek(HEAD)))
    if delimiter is None:
        raise NotARecordError(f"the first line does not name columns of {meaning}")
    header: tuple[str, ...] = ()
    for row in split_rows(peeked, limit, delimiter):
        if isinstance(row, Refused):
            yield row
        elif row[0] == 0:
            header = (delimiter, *header_of(row[1], delimiter))
        else:
            yield Payload(form, *row, header)


def split_rows(stream: Stream, limit: int, delimiter: str) -> Iterator[tuple[int, bytes] | Refused]:
    """The rows of a table with their numbers, the header's 0, without blank ones. One over the limit is refused.

    A line end between quotation marks belongs to its cell; in a table with tabs only where the row lacks cells, because
    these are written without quotation marks around cells that hold one.
    """
    number = -1
    for row in _rows(stream, limit, delimiter.encode()):
        if isinstance(row, bytes) and not row.strip():
            continue
        number += 1
        yield (number, row) if isinstance(row, bytes) else Refused(number, row)


def _rows(stream: Stream, limit: int, delimiter: bytes) -> Iterator[bytes | ParserError]:
    pieces: list[bytes] = []
    size = quotes = tabs = 0
    columns = 0
    for line, ended in _lines(stream):
        size += len(line)
        if size <= limit:
            pieces.append(line)
        else:
            pieces.clear()
        quotes += line.count(b'"')
        tabs += line.count(delimiter)
        if not ended:
            continue
        is_whole = quotes % 2 == 0 or (delimiter == b"\t" and tabs >= columns)
        if not is_whole:
            continue
        # The header says how many there are.
        columns = columns or tabs
        yield too_large(size, limit) if size > limit else b"".join(pieces).rstrip(b"\r\n")
        pieces, size, quotes, tabs = [], 0, 0, 0
    if size > limit:
        yield too_large(size, limit)
    elif size:
        if quotes % 2 and not (delimiter == b"\t" and tabs >= columns):
            yield NotARecordError("the row is cut off: a quotation mark that opens a cell has no end")
        else:
            yield b"".join(pieces).rstrip(b"\r\n")


def _lines(stream: Stream) -> Iterator[tuple[bytes, bool]]:
    """The pieces of lines, and whether each ends its line."""
    for chunk in utf8_chunks(stream):
        *whole, last = chunk.split(b"\n")
        for line in whole:
            yield line + b"\n", True
        if last:
            yield last, False


def cells_of(row: str, delimiter: str, count: int) -> list[str]:
    """The cells of a row. Raises `NotARecordError` where they are not as many as there are columns."""
    cells = row.split("\t") if delimiter == "\t" else []
    if len(cells) == count:
        return [_unquoted(cell) for cell in cells]
    csv.field_size_limit(max(csv.field_size_limit(), len(row)))
    try:
        cells = next(csv.reader([row], delimiter=delimiter), [])
    except csv.Error as error:
        raise NotARecordError(f"the row cannot be read: {error}") from None
    if len(cells) != count:
        raise NotARecordError(
            f"the row has {len(cells):,} cells, and the table {count:,} columns: what belongs where is not sure"
        )
    return cells


def _unquoted(cell: str) -> str:
    """A cell between tabs, which is quoted as a whole or not at all: `"Study Protocol", https://...` is not."""
    inner = cell[1:-1].replace('""', "")
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner else cell
