"""The stages from an input to documents, in order."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from parser.assemble import assemble
from parser.assemble.export import assemble_export
from parser.forms import AskedPage, ExportForm, Payload, Refused, agreed, export_form, find_form, form_named, recognise
from parser.forms.api_v2_json import NAME as API_V2_JSON
from parser.forms.api_v2_json import export_of
from parser.forms.others import refuse_other
from parser.forms.pages import read_page
from parser.forms.streams import HEAD, Peeked, Stream, utf8_head
from parser.html import html_text, is_html
from parser.model.document import Criteria, Document, attach_sections, attach_spans, given_sections, merged_spans
from parser.normalize import read_criteria
from parser.problems import ManyRecordsError, NotARecordError, ParserError, Problems, TooLargeError
from parser.source import DEFAULT_MAX_SIZE, Source, read_source, text_source

_LONGEST_NAME = 1000


def parse_criteria(text: str, *, max_size: int = DEFAULT_MAX_SIZE) -> Criteria:
    """Parse the text of an eligibility block: from a dump, API v2's `eligibilityCriteria`, or the older indented form.

    The form is recognised automatically. Odd text never raises; an empty block has no criteria. Raises
    `TooLargeError` for a text over `max_size` characters.
    """
    if len(text) > max_size:
        raise TooLargeError(f"the block has {len(text):,} characters, more than the limit of {max_size:,}")
    return read_criteria(text_source(text))


def parse(
    data: str | bytes | Mapping[str, Any], *, max_size: int = DEFAULT_MAX_SIZE, form: str | None = None
) -> Document:
    """Parse one record of a trial registry.

    `data` is the text of a page, or its bytes (UTF-8, UTF-16 with a byte order mark, or Windows-1252), or a page saved
    as HTML: all places are then in the text that it shows, which `page_source` returns. Or it is an export of one
    record (`registry-parser forms` lists the forms), or a study of API v2 as a dict. `max_size` is the most bytes or
    characters it may have. `form` is the name of a form of page or export, `html/` before that of a saved page, if it
    is not to be recognised by the content. Odd text is kept and reported in `Document.problems`.

    Raises a `ParserError` only for input that cannot be a record: empty or binary input, bytes in no known encoding,
    input over the limit, several records (`ManyRecordsError`), or anything else (`NotARecordError`), such as an input
    that is not in `form`; `TypeError` for what is neither text, bytes nor a dict, and `ValueError` for an unknown name
    of a form.
    """
    asked = find_form(form) if form else None
    if isinstance(data, Mapping):
        if form not in (None, API_V2_JSON):
            raise NotARecordError(f"a dict is a study of API v2, {API_V2_JSON}, and not {form}")
        return assemble_export(export_of(dict(data), max_size), API_V2_JSON)
    _check_type(data, "a page or an export as text or bytes, or a study of API v2 as a dict")
    return _parse_text(data, max_size, asked)


def _parse_text(data: str | bytes, max_size: int, asked: ExportForm | AskedPage | None) -> Document:
    known = agreed(asked, export_form(_head_of(data)))
    if known is None or isinstance(known, AskedPage):
        return parse_source(_page_source(data, max_size, known), known)
    return _only_record(known, data, max_size)


def _only_record(form: ExportForm, data: str | bytes, max_size: int) -> Document:
    """The document of an export that holds one record."""
    first: Payload | Refused | None = None
    count = 0
    for found in form.split(io.BytesIO(_encoded(data)), max_size):
        count += 1
        first = found if first is None or isinstance(first, Refused) else first
    if count > 1 and isinstance(first, Payload):
        raise ManyRecordsError(f"the input holds {count:,} records, where one is expected: parse_records reads all")
    if first is None:
        raise NotARecordError(f"the input holds no record of the form {form.name}")
    if isinstance(first, Refused):
        raise first.error
    return read_payload(first)


def parse_file(path: str | os.PathLike[str], *, max_size: int = DEFAULT_MAX_SIZE, form: str | None = None) -> Document:
    """`parse` for a file that holds one record. Its name is kept in `sourceSection.name`.

    Raises `OSError` for a file that cannot be read, and what `parse` raises.
    """
    with open(path, "rb") as file:
        # One byte more than the limit shows that it is exceeded.
        data = file.read(max_size + 1)
    return named(parse(data, max_size=max_size, form=form), os.fspath(path))


def parse_records(
    data: str | bytes | os.PathLike[str] | Stream,
    *,
    on_error: Callable[[str, ParserError], object] | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    form: str | None = None,
) -> Iterator[Document]:
    """Parse all records of an input, one at a time and in its order.

    `data` is text, bytes, an open binary file, or a path (`pathlib.Path`). `max_size` is the most bytes that each
    record may have, and `form` the name of a form if it is not to be recognised by the content. A record that
    cannot be read is passed to `on_error` with its place (`studies.json#12`) and does not stop the rest; without
    `on_error` it is a warning.

    Raises `TypeError` for anything else, `ValueError` for an unknown name of a form, and `OSError` for a file that
    cannot be read.
    """
    asked = find_form(form) if form else None
    if isinstance(data, io.TextIOBase):
        raise TypeError("parse_records takes a file that is open in binary mode: open(path, 'rb')")
    if not isinstance(data, os.PathLike | str | bytes) and not hasattr(data, "read"):
        raise TypeError(f"parse_records takes text, bytes, a binary file or a path, not {type(data).__name__}")
    return _parse_records(data, on_error or _warn, max_size, asked)


def _parse_records(
    data: str | bytes | os.PathLike[str] | Stream,
    on_error: Callable[[str, ParserError], object],
    max_size: int,
    asked: ExportForm | AskedPage | None,
) -> Iterator[Document]:
    name = os.fspath(data) if isinstance(data, os.PathLike) else ""
    with ExitStack() as stack:
        if isinstance(data, str | bytes):
            stream: Stream = io.BytesIO(_encoded(data))
        elif isinstance(data, os.PathLike):
            stream = stack.enter_context(open(data, "rb"))
        else:
            stream = data
        peeked = Peeked(stream)
        try:
            known = agreed(asked, recognise(peeked))
        except ParserError as error:
            on_error(name, error)
            return
        if known is None or isinstance(known, AskedPage):
            yield from _parse_page(data, peeked, name, on_error, max_size, known)
            return
        for place, found in numbered(name, known.split(peeked, max_size)):
            try:
                if isinstance(found, Refused):
                    raise found.error
                yield named(read_payload(found), place if name else None)
            except ParserError as error:
                on_error(place, error)


def _parse_page(
    data: Any,
    stream: Stream,
    name: str,
    on_error: Callable[[str, ParserError], object],
    max_size: int,
    asked: AskedPage | None,
) -> Iterator[Document]:
    try:
        page = data if isinstance(data, str | bytes) else _read_all(stream, max_size)
        yield named(_parse_text(page, max_size, asked), name or None)
    except ParserError as error:
        on_error(name, error)


def _read_all(stream: Stream, max_size: int) -> bytes:
    """The bytes of a stream, at most one more than the limit."""
    data = bytearray()
    while len(data) <= max_size and (chunk := stream.read(HEAD)):
        data += chunk
    return bytes(data)


def numbered(name: str, found: Iterator[Payload | Refused]) -> Iterator[tuple[str, Payload | Refused]]:
    """The records of a file with their names: `studies.json#12`, or the file's own name if it holds only one."""
    first = next(found, None)
    if first is None:
        return
    second = next(found, None)
    yield (name if second is None else f"{name}#{first.number}"), first
    if second is not None:
        yield f"{name}#{second.number}", second
    for one in found:
        yield f"{name}#{one.number}", one


def read_payload(payload: Payload) -> Document:
    """The document of one record of an export."""
    form = form_named(payload.form)
    assert form, "a payload is made by a form of the table"
    return assemble_export(form.read(payload), form.name)


def named(document: Document, name: str | None) -> Document:
    """The document with the name of its source."""
    section = replace(document.source_section, name=name)
    renamed = attach_spans(replace(document, source_section=section), lambda: document.spans, merged_spans(document))
    return attach_sections(renamed, given_sections(document))


def parse_source(source: Source, asked: AskedPage | None = None) -> Document:
    """`parse` for the text of a page, as `page_source` returns it."""
    problems = Problems(source.position)
    return assemble(source, read_page(source, problems, asked.form if asked else None), problems)


def page_source(data: str | bytes, max_size: int = DEFAULT_MAX_SIZE) -> Source:
    """The text of one dumped page: decoded, or what a page saved as HTML shows. All offsets count in that text.

    Raises what `parse` raises for input without text, and `NotARecordError` for structured data that is not a page.
    """
    _check_type(data, "the text or the bytes of a page")
    if form := export_form(_head_of(data)):
        raise NotARecordError(f"this is not a page but an export, {form.name}: parse and parse_records read it")
    return _page_source(data, max_size)


def _page_source(data: str | bytes, max_size: int, asked: AskedPage | None = None) -> Source:
    _refuse_file_name(data)
    if is_html(data) or (asked and asked.is_html):
        return html_text(data, max_size)
    source = read_source(data, max_size)
    refuse_other(source.text[:HEAD])
    return source


def _check_type(data: object, expected: str) -> None:
    if not isinstance(data, str | bytes):
        raise TypeError(f"expected {expected}, not {type(data).__name__}")


def _refuse_file_name(data: str | bytes) -> None:
    if not isinstance(data, str) or len(data) > _LONGEST_NAME or "\n" in data or "\0" in data:
        return
    try:
        is_file = Path(data).is_file()
    except (OSError, ValueError):
        return
    if is_file:
        raise NotARecordError(f"{data!r} is the name of a file, not the text of a record: parse_file(path) reads files")


def _encoded(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def _head_of(data: str | bytes) -> bytes:
    return utf8_head(_encoded(data[:HEAD]))


def _warn(name: str, error: ParserError) -> None:
    warnings.warn(f"{name}: {error}" if name else str(error), stacklevel=3)
