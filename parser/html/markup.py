"""A page's markup, made ready for the parser: a `<` that opens no element becomes text.

`<p>AST <ULN</p>` is a paragraph with the text `AST <ULN`, and so is `if a <b and c> d`. A parser of HTML takes both
for tags, and what it takes for a tag is not shown.
"""

from __future__ import annotations

import re

from parser.html.elements import BLOCKS, HIDDEN_PARTS, KNOWN, NEWER_VOID, PHRASING, RAW, names

END = "data-end"
"""The attribute of an `<img>` that says where something ends: the page, or the element that its value names."""

END_OF_PAGE = f'<img {END}="page">'

_NAME = r"[A-Za-z][\w:.-]*"
_MARKUP = re.compile(rf"<(?:(?P<slash>/?)(?P<name>{_NAME})(?=[\s/>])|!--|[!?][A-Za-z\[])?")
_END_TAG = re.compile(rf"</({_NAME})\s*>")

# `<b and c>` in prose looks like a tag. In a tag, the first attribute has a value, or is one of those that need none.
_PROSE = re.compile(
    r"[\s/]+(?!(?:hidden|download|disabled|inert|autofocus|[A-Za-z_@:*#\[(][\w@:*#\[(.]*[-_][^<\s/>=]*)[\s/>])"
    r"[^\s/>][^\s/>=]*(?![^\s/>=]|\s*=)",
    re.IGNORECASE,
)

ENDED = HIDDEN_PARTS | names("noscript header footer section")
"""Elements with a mark before their end tags. The parser ignores these where a `<div>` is open, and what follows would
be hidden with the element.
"""

_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_QUOTED_TAG = re.compile(r"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def prepared(page: str) -> str:
    """A page's markup for the parser, which knows the elements of HTML 4: what it would lose is made text.

    NUL characters and the marks of CDATA sections are left out, as they show nothing.
    """
    page = page.replace("\x00", "")
    if "<![CDATA[" in page:
        page = page.replace("<![CDATA[", "").replace("]]>", "")
    ends = {match[1].lower(): match.start() for match in _END_TAG.finditer(page)}
    last = page.rfind(">")

    def prepare(match: re.Match[str]) -> str:
        markup, name, start = match[0], (match["name"] or "").lower(), match.start()
        if markup == "<!--":
            return markup
        if start > last or len(markup) == 1 or (name and not _is_tag(name)) or (name in PHRASING and _is_prose(match)):
            return "&lt;" + markup[1:]
        is_end = bool(match["slash"])
        if name == "br":
            # Browsers read `</br>` as `<br>`.
            return "<br"
        if name in NEWER_VOID:
            # What follows would become their content.
            return f"<{match['slash']}img"
        if name in RAW and not is_end and start > ends.get(name, -1):
            # All of the page would become its content.
            return "<span"
        if name in ENDED and is_end:
            markup = f'<img {END}="{name}">{markup}'
        # The parser ignores some tags in wrong places, but words on both sides of a block's tag are never one word.
        return "\n" + markup if name in BLOCKS and page[start - 1 : start] not in "> \t\n" else markup

    def _is_tag(name: str) -> bool:
        return name in KNOWN or name in ends

    def _is_prose(match: re.Match[str]) -> bool:
        return _PROSE.match(page, match.end()) is not None

    return _MARKUP.sub(prepare, page)


def without_open_quotes(markup: str) -> str:
    """Markup in which a tag ends at the next `>`, for a page that has a quotation mark without its counterpart."""
    return _TAG.sub(
        lambda tag: tag[0] if _QUOTED_TAG.fullmatch(tag[0]) else tag[0].replace('"', "").replace("'", ""), markup
    )
