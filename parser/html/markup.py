"""A page's markup, made ready for the parser: a `<` that opens no element becomes text.

`<p>AST <ULN</p>` is a paragraph with the text `AST <ULN`, and so is `if a <b and c> d`. A parser of HTML takes both
for tags, and what it takes for a tag is not shown.
"""

from __future__ import annotations

import re
from collections import Counter

from parser.html.elements import (
    BLOCKS,
    HIDDEN_PARTS,
    KNOWN,
    NEVER_NESTED,
    NEWER_VOID,
    PHRASING,
    RAW,
    SCRIPTS,
    VOID,
)

DEEPEST = 128
"""So many elements may be nested; what is deeper is next to its parent. Browsers have 512, pages 50.

lxml compares an end tag that closes nothing with all elements that are open, Beautiful Soup climbs through them for
each text.
"""

_NAME = r"[A-Za-z][\w:.-]*"
_MARKUP = re.compile(rf"<(?:(?P<slash>/?)(?P<name>{_NAME})(?=[\s/>])|!--|[!?][A-Za-z\[])?")
_END_TAG = re.compile(rf"</({_NAME})\s*>")

# `<b and c>` in prose looks like a tag. In a tag, the first attribute has a value, or is one of those that need none.
_PROSE = re.compile(
    r"[\s/]+(?!(?:hidden|download|disabled|inert|autofocus|[A-Za-z_@:*#\[(][\w@:*#\[(.]*[-_][^<\s/>=]*)[\s/>])"
    r"[^\s/>][^\s/>=]*(?![^\s/>=]|\s*=)",
    re.IGNORECASE,
)

# To the parser, what is in a `<noscript>` would be elements.
_SAME_AS = {"noscript": "noembed"}
_NOT_NESTED = VOID | SCRIPTS | RAW | NEVER_NESTED

# So many of the open elements are looked at.
_FARTHEST = 2 * DEEPEST

_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_QUOTED_TAG = re.compile(r"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def prepared(page: str) -> str:
    """A page's markup for the parser, which knows the elements of HTML 4: what it would lose is made text.

    NUL characters and the marks of CDATA sections are left out, as they show nothing.
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
    """Called with each `<` of a page, in their order, and what may be the beginning of a tag."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._last = page.rfind(">")
        self._ends = {match[1].lower(): match.start() for match in _END_TAG.finditer(page)}
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._deepest = ""

    def __call__(self, found: re.Match[str]) -> str:
        markup, name, slash = found[0], (found["name"] or "").lower(), found["slash"]
        if markup == "<!--":
            return markup
        if markup == "<" or found.start() > self._last or (name and not self._is_tag(found, name)):
            return "&lt;" + markup[1:]
        if name:
            markup = self._end(name) if slash else self._start(name, found.start())
        # The parser ignores some tags in wrong places, but words on both sides of a block's tag are never one word.
        return "\n" + markup if name in BLOCKS and self._page[found.start() - 1] not in "> \t\n" else markup

    def _is_tag(self, found: re.Match[str], name: str) -> bool:
        if name in PHRASING:
            return _PROSE.match(self._page, found.end()) is None
        return name in KNOWN or name in self._ends

    def _start(self, name: str, place: int) -> str:
        self._count[name] += 1
        if name in NEWER_VOID:
            # What follows would be its content.
            return "<img"
        if name in RAW and place > self._ends.get(name, -1):
            # All that follows would be its content.
            return "<span"
        if name in _NOT_NESTED:
            return f"<{_SAME_AS.get(name, name)}"
        self._open.append(name)
        if len(self._open) <= DEEPEST:
            return f"<{name}"
        before, self._deepest = self._deepest, name
        return f"</{before}><{name}" if before else f"<{name}"

    def _end(self, name: str) -> str:
        if name == "br":
            # Browsers read `</br>` as `<br>`.
            return "<br"
        if not self._count[name]:
            # What ends nothing becomes a comment.
            return f"<!{name}"
        if name in _NOT_NESTED:
            self._count[name] -= 1
            return f"</{_SAME_AS.get(name, name)}"
        place = self._place_of(name)
        if place is None:
            return f"<!{name}"
        inside = self._open[place + 1 : DEEPEST]
        for last in self._open[place:]:
            self._count[last] -= 1
        del self._open[place:]
        deepest, self._deepest = self._deepest, ""
        if place >= DEEPEST:
            return f"</{deepest or 'img'}"
        # The parser ends no `<div>` for the end tag of what it is in.
        return "</div>" * [*inside, deepest].count("div") + f"</{name}"

    def _place_of(self, name: str) -> int | None:
        """Which of the open elements an end tag ends, if any: not one that a table, or for phrases a block, is in."""
        for place in range(len(self._open) - 1, max(len(self._open) - _FARTHEST, 0) - 1, -1):
            last = self._open[place]
            if last == name:
                return place
            if last == "table" or (last in BLOCKS and name not in BLOCKS | HIDDEN_PARTS):
                return None
        return None
