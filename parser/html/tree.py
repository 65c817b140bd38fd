"""The tree of a page, as Beautiful Soup and lxml build it, and walks through it that do without recursion.

lxml's parser has no limit to how deep elements may be nested if it builds no tree of its own, and so none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from parser.html.markup import END, END_OF_PAGE, prepared, without_open_quotes


def build_tree(page: str) -> BeautifulSoup:
    """The tree of a page. Reads nothing but the text it is given, and raises nothing."""
    markup = prepared(page)
    tree = _parsed(markup)
    if not _is_whole(tree):
        # A quotation mark that is never closed makes all the rest of the page a part of its tag.
        mended = _parsed(without_open_quotes(markup))
        return mended if _is_whole(mended) else tree
    return tree


def _parsed(markup: str) -> BeautifulSoup:
    # The line end before it keeps Beautiful Soup from warning that the text looks like XML, or like a file's name.
    return BeautifulSoup(f"\n{markup}{END_OF_PAGE}", "lxml", multi_valued_attributes=None)


def _is_whole(tree: BeautifulSoup) -> bool:
    """Whether the mark at the end of the page is an element, and not the content of a tag, a comment or a script."""
    last: PageElement = tree
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return isinstance(last, Tag) and last.attrs.get(END) == "page"


def walk(root: Tag, closed: Set[str] = frozenset()) -> Iterator[PageElement]:
    """All that is inside an element, in the page's order, without the content of elements that are `closed`.

    Beautiful Soup's own `descendants` looks for the end of an element before it begins, which makes it slow where
    elements are nested deeply.
    """
    inside = [iter(root.contents)]
    while inside:
        element = next(inside[-1], None)
        if element is None:
            inside.pop()
            continue
        yield element
        if isinstance(element, Tag) and element.name not in closed:
            inside.append(iter(element.contents))


def is_text(element: PageElement) -> bool:
    """Whether an element is text of the page, rather than a tag, a comment or a declaration."""
    return isinstance(element, NavigableString) and not isinstance(element, PreformattedString)
