"""Pages in JSON lines, as crawlers write them: `{"url": "...", "text": "..."}`, one object a line.

They are in UTF-8, or in UTF-16 with a byte order mark, as a Windows shell writes redirected output.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parser.escape import printable as plain
from parser.forms.streams import Stream, utf8_chunks
from parser.ingest.limits import Fault, Limits
from parser.ingest.model import Dump, Refusal

DEFAULT_TEXT_FIELD = "text"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a line that are read: names, or paths of names in nested objects such as `page.text`."""

    text: str = DEFAULT_TEXT_FIELD
    id: str | None = None
    """The page's name; without it, or if a line has none, the file and the line number."""


def read_json_lines(name: str, stream: Stream, fields: Fields, limits: Limits) -> Iterator[Dump | Refusal]:
    """The pages of a stream of JSON lines, read lazily. A bad line is refused, and the rest is read.

    Blank lines are skipped. Raises `Fault` if the stream ends too early: a truncated line is not returned.
    """
    for number, line in enumerate(lines(stream, limits.line), 1):
        place = f"{name}:{number}"
        if line is None:
            yield Refusal(place, "too-large", f"the line has more than the limit of {limits.line:,} bytes")
        elif line.strip():
            try:
                yield page_of(place, _object(line), fields)
            except Fault as fault:
                yield Refusal(place, fault.code, fault.message)


def lines(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream, in UTF-8; None for a line over the limit, which is never held in memory."""
    pieces: list[bytes] = []
    length = 0
    for chunk in utf8_chunks(stream):
        first, *others = chunk.split(b"\n")
        for ended, piece in [(False, first), *((True, other) for other in others)]:
            if ended:
                yield None if length > limit else b"".join(pieces)
                pieces, length = [], 0
            length += len(piece)
            if length <= limit:
                pieces.append(piece)
            else:
                pieces.clear()
    if length:
        yield None if length > limit else b"".join(pieces)


def _object(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"the line is not UTF-8: byte 0x{line[error.start]:02x} at offset {error.start:,}"
        raise Fault("bad-json", message) from None
    except (ValueError, RecursionError) as error:
        raise Fault("bad-json", f"the line is not JSON: {error}") from None
    if not isinstance(record, dict):
        raise Fault("bad-json", "the line is not a JSON object")
    return record


def page_of(place: str, record: dict[str, Any], fields: Fields) -> Dump:
    """The page of a line or a row. Raises `Fault` if it has none."""
    text = _at(record, fields.text)
    if not isinstance(text, str | bytes):
        what = "is missing or null" if text is None else "holds no text"
        raise Fault("bad-json", no_text(fields, what, list(record)))
    return Dump(name_of(place, record, fields), text)


def name_of(place: str, record: dict[str, Any], fields: Fields) -> str:
    """The name of a page, from its field or else its location."""
    called = _at(record, fields.id) if fields.id else None
    named = isinstance(called, (str, int)) and not isinstance(called, bool) and called != ""
    return plain(str(called)) if named else place


def no_text(fields: Fields, what: str, names: list[str]) -> str:
    """The error for a line without text in the text field."""
    there = ", ".join(map(plain, names[:10])) or "none"
    return f"the field {fields.text!r} {what}; name the field that holds the page (text_field, --text-field): {there}"


def _at(record: dict[str, Any], path: str) -> Any:
    """The value of a field, by its exact name or a path of names; None if there is none."""
    if path in record:
        return record[path]
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
