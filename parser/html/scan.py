"""Tags and text of a page, in one pass whose cost is in proportion to the length, whatever the page has.

`<p class="a">AST <ULN</p>` is the tag `<p>`, the text `AST <ULN`, and the tag `</p>`: a `<` that opens no tag is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from parser.html.elements import KNOWN, PHRASING, SKIPPED, names

_NAME = r"[A-Za-z][\w:.-]*"
_MARKUP = re.compile(rf"<(?:(?P<end>/?)(?P<name>{_NAME})(?=[\s/>])|(?P<comment>!--)|[!?][A-Za-z\[])")
_END_TAG = re.compile(rf"</({_NAME})\s*>")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(?P<close>>)|(?P<name>[^\s/>][^\s/>=]*)"""
    r"""(?P<given>\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)?))?)"""
)
_KEPT = names("class id style hidden aria-hidden role start type value colspan rowspan")
"""The attributes that say something of how a page's text is shown."""

# `<b and c>` in prose looks like a tag. In one, the first attribute has a value, or is of those that need none.
_FLAG = re.compile(
    r"(?:hidden|download|disabled|inert|autofocus|[A-Za-z_@:*#\[(][\w@:*#\[(.]*[-_][^<]*)\Z", re.IGNORECASE
)

# Python refuses to read thousands of digits as a number; no character has a number of more than seven.
_LONG_REFERENCE = re.compile(r"&#(\d{8,});?")


class Token(NamedTuple):
    """A start tag (`name`, with its `attributes`), an end tag (`name` with a slash before it), or text (no name)."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = {}


def scan(page: str) -> Iterator[Token]:
    """The tags and the texts of a page, in its order; entities are decoded, NUL characters left out.

    Comments, declarations, scripts and styles are left out, and what stands behind one of these that has no end: a
    browser takes all of that for its content.
    """
    page = page.replace("\x00", "")
    known = KNOWN | {name.lower() for name in _END_TAG.findall(page)}
    last = page.rfind(">")
    quoting = True
    unended: set[str] = set()
    done = at = 0
    while (markup := _MARKUP.search(page, at)) is not None:
        start, at = markup.span()
        name = (markup["name"] or "").lower()
        attributes: dict[str, str] = {}
        if markup["comment"]:
            # `<!-->` is a whole comment.
            end = page.find("-->", start + 2) + 3
            end = end if end > 2 else len(page)
        elif at > last or (name and name not in known):
            continue
        elif not name:
            end = page.index(">", at) + 1
        elif page[at] == ">":
            end = at + 1
        else:
            found = _read_attributes(page, at, name, quoting)
            if found is None:
                # No quotation mark behind this place can be trusted, or each later tag would be read to the end, too.
                quoting = False
                found = _read_attributes(page, at, name, quoting)
            if not found:
                continue
            attributes, end = found
        if start > done:
            yield Token("", _decoded(page[done:start]))
        if name in SKIPPED and not markup["end"] and name not in unended:
            stop = _end_of_skipped(page, name, end)
            if stop < 0 and name not in ("script", "style"):
                unended.add(name)
            else:
                end = stop if stop >= 0 else len(page)
                name = ""
        if name and name not in SKIPPED:
            yield Token(markup["end"] + name, "", attributes)
        done = at = end
    if done < len(page):
        yield Token("", _decoded(page[done:]))


def _end_of_skipped(page: str, name: str, start: int) -> int:
    """Where the end tag of an element begins whose content is no markup; -1 where there is none."""
    end_tag = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, start)
    return end_tag.start() if end_tag else -1


def _read_attributes(page: str, start: int, name: str, quoting: bool) -> tuple[dict[str, str], int] | tuple[()] | None:
    """The attributes of a tag and where it ends; nothing if it is prose, None if it has no end.

    Without `quoting`, a tag ends at the next `>`, even between quotation marks.
    """
    limit = len(page) if quoting else page.index(">", start) + 1
    attributes: dict[str, str] = {}
    at = start
    is_first = True
    while (match := _ATTRIBUTE.match(page, at, limit)) is not None:
        at = match.end()
        if match["close"]:
            return attributes, at
        key = match["name"]
        if is_first and name in PHRASING and not match["given"] and not _FLAG.match(key):
            return ()
        is_first = False
        key = key.lower()
        if key in _KEPT and key not in attributes:
            attributes[key] = match["double"] or match["single"] or match["bare"] or ""
    return None


def _decoded(text: str) -> str:
    """A text with its character references resolved, in one pass: `&amp;lt;` is `&lt;`."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_REFERENCE.sub(_short_reference, text))


def _short_reference(match: re.Match[str]) -> str:
    digits = match[1].lstrip("0")
    return f"&#{digits};" if 0 < len(digits) < 8 else "\ufffd"
