"""Lines of text, put together as a browser lays out a page: white space folded, blocks apart, lists indented."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
_SEVERAL_BLANKS = re.compile(r"  +")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_SEVERAL_BLANK_LINES = re.compile(r"\n{3,}")

# A blank that is not folded. The page has no such characters any more when its text comes here.
_KEPT_BLANK = "\x00"

NEXT_LINE, NEXT_BLOCK = 1, 2
"""How far apart two stretches of text are: on lines of their own, or with a blank line between them."""


class Blocks:
    """Takes up text, piece by piece, and gives it out as blocks with a blank line between them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._gap = 0
        self._indents = [""]
        self._marker = ""

    def add(self, text: str) -> None:
        """Go on in the line, white space folded."""
        self._line.append(_BLANKS.sub(" ", text))

    def add_as_is(self, text: str) -> None:
        """Go on in the line, with the blanks and the line ends that the text has."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs()
        self._line.append(text.replace(" ", _KEPT_BLANK).replace("\xa0", _KEPT_BLANK))

    def add_lines(self, text: str) -> None:
        """Go on in the line, with the line ends that the text has, but blanks folded."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line.append("\n".join(_BLANKS.sub(" ", line) for line in lines))

    def end_line(self) -> None:
        self._line.append("\n")

    def follows(self, character: str) -> bool:
        """Whether the line goes on after a character."""
        return bool(self._line) and self._line[-1].endswith(character)

    def part(self, gap: int) -> None:
        """End what is before this place, and keep what follows as far from it, at least, as `gap` says."""
        text = _SEVERAL_BLANKS.sub(" ", "".join(self._line))
        self._line = []
        text = _AROUND_LINE_END.sub("\n", text).strip(" \n")
        text = _SEVERAL_BLANK_LINES.sub("\n\n", text)
        if text.strip("\n" + _KEPT_BLANK):
            self._finish(text)
        self._gap = max(self._gap, gap)

    @property
    def indent(self) -> str:
        """What lines begin with at this place."""
        return self._indents[-1]

    def open_item(self, marker: str, indent: str) -> None:
        """Begin an item of a list: what its first line begins with, and what its other lines do."""
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
        first = self._marker or self._indents[-1]
        indented = text.replace("\n", "\n" + self._indents[-1]).replace("\n" + self._indents[-1] + "\n", "\n\n")
        self._done.append((first + indented).replace(_KEPT_BLANK, " "))
        self._gap, self._marker = 0, ""
