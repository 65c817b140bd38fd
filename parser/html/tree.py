"""The tree of a page, as Beautiful Soup and lxml build it."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from parser.html.markup import prepared, without_open_quotes

_END = "<img data-end>"


def build_tree(page: str) -> BeautifulSoup:
    """The tree of a page. Reads only the given text, and raises `TooLargeError` for too many elements, nothing else."""
    markup = prepared(page)
    tree, is_whole = _parsed(markup)
    if is_whole:
        return tree
    # An unclosed quotation mark makes the rest of the page a part of its tag.
    mended, is_whole = _parsed(without_open_quotes(markup))
    return mended if is_whole else tree


def _parsed(markup: str) -> tuple[BeautifulSoup, bool]:
    """A tree, and whether what is after the markup is an element, not the content of a tag, a comment or a script."""
    # The line end before it keeps Beautiful Soup from warning that the text looks like XML, or like a file's name.
    tree = BeautifulSoup(f"\n{markup}{_END}", "lxml", multi_valued_attributes=None)
    last: PageElement = tree
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    if not isinstance(last, Tag) or "data-end" not in last.attrs:
        return tree, False
    last.extract()
    return tree, True
