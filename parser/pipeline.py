"""The stages from a dump to a document, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parser.assemble import assemble, read_criteria
from parser.document import Criteria, Document
from parser.html import html_text, is_html
from parser.page import read_page
from parser.problems import Problems, TooLargeError
from parser.provenance import read_spans
from parser.source import DEFAULT_MAX_SIZE, Source, read_source, text_source
from parser.writers.departures import LINE_ENDS, apply_departures, find_departures, line_end_of
from parser.writers.page import page_text


def parse_criteria(text: str, *, max_size: int = DEFAULT_MAX_SIZE) -> Criteria:
    """Parse the text of an eligibility block: from a dump, API v2's `eligibilityCriteria`, or the older indented form.

    The forms are told apart by themselves. Odd text never raises; an empty block has no criteria. Raises
    `TooLargeError` for a text over `max_size` characters.
    """
    if len(text) > max_size:
        raise TooLargeError(f"the block has {len(text):,} characters, more than the limit of {max_size:,}")
    return read_criteria(text_source(text))


def parse(data: str | bytes, *, max_size: int = DEFAULT_MAX_SIZE, spans: bool = False) -> Document:
    """Parse one dumped registry page.

    `data` is the text of the page, or its bytes (UTF-8, UTF-16 with a byte order mark, or Windows-1252), or the page
    saved as HTML: all places are then in the text that it shows, which `page_source` gives. `max_size` is the most
    bytes or characters it may have. `spans` asks for the place of each value, in `Document.spans` and in the JSON.
    Whatever is odd about the page is kept and told in `Document.problems`. Raises a `ParserError` only for what cannot
    be a record: empty or binary input, bytes in no known encoding, input over the limit, text with neither a registry
    id nor a known heading.
    """
    return parse_source(page_source(data, max_size), spans=spans)


def parse_source(source: Source, *, spans: bool = False) -> Document:
    """`parse` for a page whose text is at hand, as `page_source` gives it."""
    problems = Problems(source.position)
    page = read_page(source, problems)
    document = _with_departures(assemble(source, page, problems), source.text)
    return _with_spans(document, source.text) if spans else document


def page_source(data: str | bytes, max_size: int = DEFAULT_MAX_SIZE) -> Source:
    """The text of one dumped page, decoded and, of a page saved as HTML, what it shows: all offsets count in that text.

    Raises what `parse` raises for what has no text.
    """
    return html_text(data, max_size) if is_html(data) else read_source(data, max_size)


def _with_departures(document: Document, text: str) -> Document:
    """A document that says what `render` needs besides its fields to give the text it was read from."""
    assert document.source_section, "a document that was read from a page says where it came from"
    line_end = line_end_of(text)
    departures = find_departures(_written(document, line_end), text)
    if line_end is None and not departures:
        return document
    section = replace(document.source_section, line_end=line_end, departures=departures)
    return replace(document, source_section=section)


def _with_spans(document: Document, text: str) -> Document:
    """A document that says of each value where on the page it was read."""
    assert document.source_section, "a document that was read from a page says where it came from"
    section = replace(document.source_section, spans=read_spans(document, text))
    return replace(document, source_section=section)


def render(document: Document | Mapping[str, Any]) -> str:
    """The labelled page of a document, of its JSON as plain dicts, or of any API v2 study.

    A document that `parse` gave renders to the text it was read from, character for character: where the page departs
    from the layout, `sourceSection.departures` says how. That holds for the document as it was read: one that was
    changed since, or that came from no page, renders in the layout of the labelled page, each value as the document
    holds it, with no line end after the last line. Raises `InvalidDocumentError` for what is no document.
    """
    if not isinstance(document, Document):
        document = Document.from_dict(document)
    section = document.source_section
    written = _written(document, section.line_end if section else None)
    return apply_departures(written, section) if section else written


def _written(document: Document, line_end: str | None) -> str:
    page = page_text(document)
    return page.replace("\n", line_end) if line_end in LINE_ENDS else page
