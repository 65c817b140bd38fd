"""The tree of a page, built with Beautiful Soup from our own tags.

Beautiful Soup's ways to read a page are not used: html.parser takes quadratic time on some pages and leaves out text
such as `AST <ULN`, and the others are no part of it. The tree is never deeper than `DEEPEST`, so nothing that walks it
costs more than in proportion to the page.
"""

from __future__ import annotations

from collections.abc import Set

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

from parser.html.elements import BLOCKS, CLOSED_BY_BLOCK, CLOSES_P, CONTAINERS, IMPLIED_ENDS, SCOPES, TABLE_PARTS, VOID
from parser.html.scan import Token, scan

DEEPEST = 128
"""So many elements may stand in each other; what is deeper stands beside its parent. Browsers have 512, pages 50."""


def build_tree(page: str) -> BeautifulSoup:
    """The tree of a page. Reads nothing but the text it is given, and raises nothing."""
    # A text without a tag would make Beautiful Soup warn that it might be the name of a file.
    return BeautifulSoup(f"{page}\n", builder=_Builder(multi_valued_attributes={}, string_containers={}))


class _Builder(HTMLTreeBuilder):
    """Feeds the tree with the tags that `scan` finds, and ends the elements whose end tags may be left out."""

    def feed(self, markup: str | bytes) -> None:
        assert isinstance(markup, str) and self.soup is not None
        self._open: list[str] = []
        for token in scan(markup):
            if not token.name:
                self.soup.handle_data(token.text)
            elif token.name.startswith("/"):
                self._end(token.name[1:])
            else:
                self._start(token)

    def _start(self, token: Token) -> None:
        assert self.soup is not None
        name = token.name
        if "p" in self._open and name in CLOSES_P:
            self._close(CLOSED_BY_BLOCK, SCOPES)
        for names, bounds in IMPLIED_ENDS.get(name, ()):
            self._close(names, bounds)
        if name in ("td", "th") and self._open and self._open[-1] in ("table", "thead", "tbody", "tfoot"):
            self._start(Token("tr"))
        if len(self._open) >= DEEPEST:
            self.soup.handle_endtag(self._open.pop())
        self.soup.handle_starttag(name, None, None, dict(token.attributes))
        if name in VOID:
            self.soup.handle_endtag(name)
        else:
            self._open.append(name)

    def _end(self, name: str) -> None:
        assert self.soup is not None
        if name in VOID:
            if name == "br":
                # Browsers read `</br>` as `<br>`.
                self._start(Token("br"))
        elif name not in CONTAINERS:
            # `<b><p>text</b>` does not end the paragraph.
            self._close({name}, BLOCKS)
        else:
            self._close({name}, {"table"} if name in TABLE_PARTS | {"table"} else SCOPES)

    def _close(self, names: Set[str], bounds: Set[str]) -> None:
        """End the innermost open element of some names, unless one of the bounds stands around us first."""
        assert self.soup is not None
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place]
            if name in names:
                self.soup.handle_endtag(name)
                del self._open[place:]
                return
            if name in bounds:
                return
