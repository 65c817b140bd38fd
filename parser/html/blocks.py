"""Lays out text as a browser does: white space collapsed, blocks separated, lists indented."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
_SEVERAL_BLANKS = re.compile(r"  +")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_SEVERAL_BLANK_LINES = re.compile(r"\n{3,}")

# A blank that is not collapsed. This character no longer occurs in the text that is passed here.
_KEPT_BLANK = "\x00"

NEXT_LINE, NEXT_BLOCK = 1, 2
"""The distance between two texts: a line end, or a blank line."""


class Blocks:
    """Collects text and returns it as blocks with a blank line between them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._gap = 0
        self._indents = [""]
        self._marker = ""

    def add(self, text: str) -> None:
        """Continue the line, with white space collapsed."""
        self._line.append(_BLANKS.sub(" ", text))

    def add_as_is(self, text: str) -> None:
        """Continue the line, with the text's blanks and line ends."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs()
        self._line.append(text.replace(" ", _KEPT_BLANK).replace("\xa0", _KEPT_BLANK))

    def add_lines(self, text: str) -> None:
        """Continue the line, with the text's line ends, but blanks collapsed."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line.append("\n".join(_BLANKS.sub(" ", line) for line in lines))

    def end_line(self) -> None:
        self._line.append("\n")

    def follows(self, character: str) -> bool:
        """Whether the line continues after a character."""
        return bool(self._line) and self._line[-1].endswith(character)

    def part(self, gap: int) -> None:
        """End the text before, and separate the text after it by at least `gap`."""
        if self._line:
            text = "".join(self._line).strip(" \n")
            self._line.clear()
            if "  " in text:
                text = _SEVERAL_BLANKS.sub(" ", text)
            if "\n" in text:
                text = _SEVERAL_BLANK_LINES.sub("\n\n", _AROUND_LINE_END.sub("\n", text))
            if text.strip("\n" + _KEPT_BLANK):
                self._finish(text)
        if gap > self._gap:
            self._gap = gap

    @property
    def indent(self) -> str:
        """The indentation of lines at this point."""
        return self._indents[-1]

    def open_item(self, marker: str, indent: str) -> None:
        """Begin an item of a list, with the prefixes of its first line and of its other lines."""
        self._marker = marker
        self._indents.append(indent)

    def close_item(self) -> None:
        self._indents.pop()
        self._marker = ""

    def text(self) -> str:
        """All blocks."""
        self.part(0)
        return "".join(self._done)

    def _finish(self, text: str) -> None:
        if self._done:
            self._done.append("\n" * self._gap)
        indent = self._indents[-1]
        if indent:
            text = text.replace("\n", "\n" + indent).replace(f"\n{indent}\n", "\n\n")
        self._done.append(((self._marker or indent) + text).replace(_KEPT_BLANK, " "))
        self._gap, self._marker = 0, ""
