"""A tree's text, in the form that dumps of pages have: blocks with a blank line between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from parser.html.blocks import NEXT_BLOCK, NEXT_LINE, Blocks
from parser.html.chrome import Chrome
from parser.html.elements import BLOCKS, LISTS
from parser.html.markers import Numbering
from parser.html.tables import read_head, read_rows

# 10<sup>9</sup> and m<sup>2</sup> are powers; 1<sup>st</sup>, CD4<sup>+</sup> and a sign for a trade mark are none.
_POWER = re.compile(r"(?:[-+−–]?\d[\d.,/]*(?:[-–]\d+)?|[A-Za-z])\Z")
_LONGEST_POWER = 50
"""With this many elements and texts in it, it is not a power, but an unclosed tag."""

_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_AS_IS = re.compile(r"white-?space(?:\s*:\s*|-)(pre-line|pre-wrap|pre|break-spaces)\b", re.IGNORECASE)

# Text with list markers at the beginnings of its lines, or with a blank line, is meant to be shown line by line: the
# style sheet that says so is not part of the page.
_MADE_OF_LINES = re.compile(r"\S[ \t]*\r?\n(?:[ \t]*\r?\n\s*\S|[ \t]*(?:[*•-]|\d{1,2}[.)])[ \t]+\S)")


def text_of(roots: Iterable[Tag], chrome: Chrome) -> str:
    """The text of some elements."""
    blocks = Blocks()
    for root in roots:
        _Writer(blocks, chrome).write(root)
        blocks.part(NEXT_BLOCK)
    return blocks.text()


class _Writer:
    """Writes an element with its content. Without recursion, so that any depth works."""

    def __init__(self, blocks: Blocks, chrome: Chrome) -> None:
        self._blocks = blocks
        self._chrome = chrome
        self._below_heads: set[int] = set()
        """Rows that were written with the heads above them."""
        self._lists: list[Numbering] = []
        self._spacing: list[str] = [""]

    def write(self, root: Tag) -> None:
        self._enter(root)
        inside: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
        while inside:
            tag, children = inside[-1]
            child = next(children, None)
            if child is None:
                inside.pop()
                self._leave(tag)
            elif not isinstance(child, Tag):
                if _is_text(child):
                    self._add(str(child))
            elif not self._chrome.hides(child) and not self._write_whole(child):
                self._enter(child)
                inside.append((child, iter(child.contents)))

    def _write_whole(self, tag: Tag) -> bool:
        """Write an element that is a unit: a line break, a power, a table of data. False for all others."""
        name = tag.name
        if name == "br":
            self._blocks.end_line()
        elif name == "sup":
            parts = list(islice(tag.descendants, _LONGEST_POWER))
            power = " ".join("".join(str(part) for part in parts if _is_text(part)).split())
            if len(parts) == _LONGEST_POWER or not _POWER.match(power):
                return False
            self._blocks.add(power if self._blocks.follows("^") else f"^{power}")
        elif name == "table":
            found = read_rows(tag, lambda cell: text_of([cell], self._chrome), self._chrome.hides)
            if found is None:
                return False
            caption, lines = found
            for text in (caption, "\n".join(lines)):
                self._blocks.part(NEXT_BLOCK)
                self._blocks.add_as_is(text)
                self._blocks.part(NEXT_BLOCK)
        elif name == "tr":
            if id(tag) in self._below_heads:
                return True
            head = read_head(tag, lambda cell: text_of([cell], self._chrome), self._chrome.hides)
            if head is None:
                return False
            self._below_heads.add(id(head[0]))
            self._blocks.part(NEXT_BLOCK)
            self._blocks.add_as_is("\n".join(head[1]))
            self._blocks.part(NEXT_BLOCK)
        else:
            return False
        return True

    def _add(self, text: str) -> None:
        spacing = self._spacing[-1]
        if spacing in ("pre", "pre-wrap", "break-spaces"):
            self._blocks.add_as_is(text)
        elif spacing == "pre-line" or ("\n" in text and _MADE_OF_LINES.search(text)):
            self._blocks.add_lines(text)
        else:
            self._blocks.add(text)

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name in LISTS:
            # A list inside an item is part of it, without a blank line after it (CommonMark).
            self._blocks.part(NEXT_BLOCK)
            is_right_in_list = bool(self._lists) and tag.parent is not None and tag.parent.name in LISTS
            self._lists.append(Numbering(tag, self._lists[-1].inside if is_right_in_list else self._blocks.indent))
        elif name == "li":
            self._blocks.part(NEXT_LINE)
            numbering = self._lists[-1] if self._lists else Numbering(None, "")
            marker = numbering.marker(tag)
            self._blocks.open_item(numbering.indent + marker, numbering.inside)
        elif _is_block(tag):
            self._blocks.part(NEXT_BLOCK)
        self._spacing.append(_spacing_of(tag) or self._spacing[-1])

    def _leave(self, tag: Tag) -> None:
        self._spacing.pop()
        if tag.name in LISTS:
            self._lists.pop()
            self._blocks.part(NEXT_LINE if self._lists else NEXT_BLOCK)
        elif tag.name == "li":
            self._blocks.part(NEXT_LINE)
            self._blocks.close_item()
        elif _is_block(tag):
            self._blocks.part(NEXT_BLOCK)


def _is_text(element: PageElement) -> bool:
    """Whether an element is text of the page, rather than a tag, a comment or a declaration."""
    return isinstance(element, NavigableString) and not isinstance(element, PreformattedString)


def _is_block(tag: Tag) -> bool:
    return tag.name in BLOCKS or ("style" in tag.attrs and _AS_BLOCK.search(str(tag.attrs["style"])) is not None)


def _spacing_of(tag: Tag) -> str:
    """The `white-space` of an element, if it is known from its name, its style or its class."""
    if tag.name == "pre":
        return "pre"
    if tag.name == "textarea":
        return "pre-line"
    for name in ("style", "class") if tag.attrs else ():
        found = _AS_IS.search(str(tag.attrs[name])) if name in tag.attrs else None
        if found:
            return found[1].lower()
    return ""
