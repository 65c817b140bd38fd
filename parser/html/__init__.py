"""The text of a page that was saved as HTML, in the form that dumps of pages have.

Headings, paragraphs and cells become blocks with a blank line between them, lists have their markers, `10<sup>9</sup>`
becomes `10^9`, and what is the site's, such as menus and banners, is left out. Nothing is fetched: no other file, no
address, no entity that the page defines.
"""

from __future__ import annotations

import re

from parser.problems import EmptyInputError, TooLargeError
from parser.source import DEFAULT_MAX_SIZE, REPLACEMENT, Source

_HEAD = 4096
"""How many characters are searched for signs of HTML; the text before a page's head is short."""

# Signs of a page, at the start of a line: a document type, or an element that occurs once per page. Saved pages may
# have a comment or an XML declaration before it.
_PAGE = re.compile(
    r"^[ \t\ufeff]*<(?:!doctype\s+html|(?:html|head|body|meta|title|link|base|script|style)[\s/>])", re.I | re.M
)
# A saved part of a page begins with an element that holds blocks, which no text does.
_PART = re.compile(
    r"[\s\ufeff]*(?:<!--[^>]{0,400}-->\s*){0,3}<(?:main|article|section|div|header|nav|table|dl|ul|ol|h1|h2|h3|p)[\s>]",
    re.I,
)


def is_html(data: str | bytes) -> bool:
    """Whether a text, or its bytes, is a page in HTML rather than the text of one, which may hold `<18 years`."""
    head = data[:_HEAD]
    if isinstance(head, bytes):
        wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2], "latin-1")
        head = head.decode(wide, "replace").removeprefix("ï»¿")
    return "<" in head and bool(_PAGE.search(head) or _PART.match(head))


def html_text(data: str | bytes, max_size: int = DEFAULT_MAX_SIZE) -> Source:
    """The text of the record that an HTML page shows, as a separate source.

    Bytes are decoded by their byte order mark, by the page's declaration, or like other dumps. Raises what
    `read_source` raises, `EmptyInputError` for a page that shows no text, and `TooLargeError` for one that shows more
    characters than `max_size` or has more than `MOST_ELEMENTS`.
    """
    # Imported here, because most dumps are text and the HTML libraries load slowly.
    from parser.html.chrome import Chrome, content_of
    from parser.html.decoding import decode_page
    from parser.html.text import text_of
    from parser.html.tree import build_tree

    source = decode_page(data, max_size)
    tree = build_tree(source.text)
    chrome = Chrome(tree)
    text = text_of(content_of(tree, chrome), chrome)
    if not text:
        raise EmptyInputError("the page shows no text: what it has may come from scripts, or be hidden")
    if len(text) > max_size:
        raise TooLargeError(f"the page shows {len(text):,} characters, more than the limit of {max_size:,}")
    # The tree has no offset of the first lone surrogate: the first U+FFFD that is shown is reported instead.
    first = max(text.find(REPLACEMENT), 0)
    return Source(text, source.encoding, True, source.surrogates, first)
