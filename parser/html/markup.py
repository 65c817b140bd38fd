"""Prepares a page's markup for the parser: a `<` that opens no element becomes text.

`<p>AST <ULN</p>` is a paragraph with the text `AST <ULN`, and so is `if a <b and c> d`. An HTML parser takes both
for tags, which are not shown.
"""

from __future__ import annotations

import re

from parser.html.elements import BLOCKS, KNOWN, NEWER_VOID, PARTS_OF_TABLES, PHRASING, RAW, SCRIPTS, VOID
from parser.problems import TooLargeError

DEEPEST = 128
"""The deepest nesting of elements; deeper ones become siblings of their parent. Browsers allow 512, pages use 50.

lxml compares an end tag that closes nothing with all elements that are open, Beautiful Soup climbs through them for
each text.
"""

MOST_ELEMENTS = 200_000
"""The most elements of a page. Pages have some 25,000 in a MB; each takes a kilobyte of memory while a page is read."""

_NAME = r"[A-Za-z][\w:.-]*"
_MARKUP = re.compile(rf"<(?:(?P<slash>/?)(?P<name>{_NAME})(?=[\s/>])|!--|[!?][A-Za-z\[])?")
_END_TAG = re.compile(rf"</({_NAME})\s*>")

# `<b and c>` in prose looks like a tag. In a tag, the first attribute has a value, or is one of those that need none.
_PROSE = re.compile(
    r"[\s/]+(?!(?:hidden|download|disabled|inert|autofocus|[A-Za-z_@:*#\[(](?:[^\W_]|[@:*#\[(.])*[-_][^<\s/>=]*)[\s/>])"
    r"[^\s/>][^\s/>=]*(?![^\s/>=]|\s*=)",
    re.IGNORECASE,
)

# The parser would read the content of a `<noscript>` as elements.
_SAME_AS = {"noscript": "noembed"}
_NOT_NESTED = VOID | SCRIPTS | RAW | {"p"}
# The parents of parts of a table, in which they end the previous part.
_AROUND_PARTS = ("table", "thead", "tfoot")

_TAG = re.compile(r"</?[A-Za-z][^>]*(?:>|\Z)")
_QUOTED_TAG = re.compile(r"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def prepared(page: str) -> str:
    """A page's markup for the parser, which knows the elements of HTML 4: what it would drop becomes text.

    NUL characters and the marks of CDATA sections are left out, as they show nothing. Raises `TooLargeError` for a page
    of more than `MOST_ELEMENTS`.
    """
    page = page.replace("\x00", "")
    if "<![CDATA[" in page:
        page = page.replace("<![CDATA[", "").replace("]]>", "")
    return _MARKUP.sub(_Preparation(page), page)


def without_open_quotes(markup: str) -> str:
    """Markup in which a tag ends at the next `>`, for a page that has a quotation mark without its counterpart."""
    return _TAG.sub(
        lambda tag: tag[0] if _QUOTED_TAG.fullmatch(tag[0]) else tag[0].replace('"', "").replace("'", ""), markup
    )


class _Preparation:
    """Called with each `<` of a page, in order, and what may be the beginning of a tag."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._last = page.rfind(">")
        self._ends = {match[1].lower(): match.start() for match in _END_TAG.finditer(page)}
        self._elements = 0
        self._open: list[str] = []
        """The open elements, except those that their next sibling ends."""
        self._deepest = ""
        """The element whose content is being flattened because it is nested too deeply."""

    def __call__(self, found: re.Match[str]) -> str:
        markup, name, place = found[0], (found["name"] or "").lower(), found.start()
        if markup == "<!--":
            return markup
        if markup == "<" or place > self._last or (name and not self._is_tag(name, found.end())):
            return "&lt;" + markup[1:]
        if name:
            markup = self._end(name) if found["slash"] else self._start(name, place)
        # The parser ignores some tags in wrong places, but words on both sides of a block's tag are never one word.
        return "\n" + markup if name in BLOCKS and self._page[place - 1] not in "> \t\n" else markup

    def _is_tag(self, name: str, end: int) -> bool:
        if name in PHRASING:
            return _PROSE.match(self._page, end) is None
        return name in KNOWN or name in self._ends

    def _start(self, name: str, place: int) -> str:
        """The beginning of a start tag, with a name that makes the parser read it as browsers do."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooLargeError(f"the page has more than {MOST_ELEMENTS:,} elements, which no record has")
        if name in NEWER_VOID:
            # The rest would be its content.
            return "<img"
        if name in RAW and place > self._ends.get(name, -1):
            # Everything after it would be its content.
            return "<span"
        if name in _NOT_NESTED or (name in PARTS_OF_TABLES and self._open and self._open[-1] in _AROUND_PARTS):
            return f"<{_SAME_AS.get(name, name)}"
        self._open.append(name)
        if len(self._open) <= DEEPEST:
            return f"<{name}"
        before, self._deepest = self._deepest, name
        return f"</{before}><{name}" if before else f"<{name}"

    def _end(self, name: str) -> str:
        """The beginning of an end tag. One that ends nothing, such as `</b>` in a `<div>` in a `<b>`, is a comment."""
        if name == "br":
            # Browsers read `</br>` as `<br>`.
            return "<br"
        ignored = f"</{_SAME_AS.get(name, name)}" if name in _NOT_NESTED | PARTS_OF_TABLES else f"<!{name}"
        inside: list[str] = []
        for last in reversed(self._open[-2 * DEEPEST :]):
            if last == name:
                break
            if last == "table" or (last in BLOCKS and name in PHRASING):
                return ignored
            inside.append(last)
        else:
            return ignored
        del self._open[-len(inside) - 1 :]
        deepest, self._deepest = self._deepest, ""
        if len(self._open) >= DEEPEST:
            return f"</{deepest or 'img'}"
        # The parser does not end a `<div>` at the end tag of its parent.
        parsed = inside[::-1][: DEEPEST - 1 - len(self._open)]
        return "</div>" * [*parsed, deepest].count("div") + f"</{name}"
