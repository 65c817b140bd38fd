"""The stages from a dump to a document, in their order."""

from __future__ import annotations

from parser.assemble import assemble
from parser.document import Document
from parser.page import read_page
from parser.problems import Problems
from parser.source import DEFAULT_MAX_SIZE, read_source


def parse(data: str | bytes, *, max_size: int = DEFAULT_MAX_SIZE) -> Document:
    """Parse one dumped registry page.

    `data` is the text of the page, or its bytes (UTF-8, UTF-16 with a byte order mark, or Windows-1252). `max_size`
    is the most bytes or characters it may have. Whatever is odd about the page is kept and told in
    `Document.problems`. Raises a `ParserError` only for what cannot be a record: empty or binary input, bytes in no
    known encoding, input over the limit, text with neither a registry id nor a known heading.
    """
    source = read_source(data, max_size)
    problems = Problems(source.position)
    page = read_page(source, problems)
    return assemble(source, page, problems)
