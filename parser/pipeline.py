"""The stages from a dump to a document, in their order."""

from __future__ import annotations

from parser.assemble import assemble
from parser.forms.pages import read_page
from parser.html import html_text, is_html
from parser.model.document import Criteria, Document
from parser.normalize import read_criteria
from parser.problems import Problems, TooLargeError
from parser.source import DEFAULT_MAX_SIZE, Source, read_source, text_source


def parse_criteria(text: str, *, max_size: int = DEFAULT_MAX_SIZE) -> Criteria:
    """Parse the text of an eligibility block: from a dump, API v2's `eligibilityCriteria`, or the older indented form.

    The forms are told apart by themselves. Odd text never raises; an empty block has no criteria. Raises
    `TooLargeError` for a text over `max_size` characters.
    """
    if len(text) > max_size:
        raise TooLargeError(f"the block has {len(text):,} characters, more than the limit of {max_size:,}")
    return read_criteria(text_source(text))


def parse(data: str | bytes, *, max_size: int = DEFAULT_MAX_SIZE) -> Document:
    """Parse one dumped registry page.

    `data` is the text of the page, or its bytes (UTF-8, UTF-16 with a byte order mark, or Windows-1252), or the page
    saved as HTML: all places are then in the text that it shows, which `page_source` returns. `max_size` is the most
    bytes or characters it may have. Whatever is odd about the page is kept and reported in `Document.problems`. Raises
    a `ParserError` only for what cannot be a record: empty or binary input, bytes in no known encoding, input over the
    limit, text with neither a registry id nor a known heading.
    """
    return parse_source(page_source(data, max_size))


def parse_source(source: Source) -> Document:
    """`parse` for a page whose text is at hand, as `page_source` returns it."""
    problems = Problems(source.position)
    return assemble(source, read_page(source, problems), problems)


def page_source(data: str | bytes, max_size: int = DEFAULT_MAX_SIZE) -> Source:
    """The text of one dumped page, decoded and, of a page saved as HTML, what it shows: all offsets count in that text.

    Raises what `parse` raises for what has no text.
    """
    return html_text(data, max_size) if is_html(data) else read_source(data, max_size)
