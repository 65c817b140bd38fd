"""A tree on a terminal: in colours with rich, and as plain text without it, in pipes, and with NO_COLOR."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from parser.cli.shared import say, width
from parser.escape import printable
from parser.explain import columns

if TYPE_CHECKING:
    from rich.tree import Tree

Style = Literal["", "title", "label", "marker", "quantity", "repaired", "info", "warning", "error"]
"""The style of a piece of text. Plain text shows everything except the colour."""

_STYLES: dict[Style, str] = {
    "": "",
    "title": "bold",
    "label": "cyan",
    "marker": "dim",
    "quantity": "green",
    "repaired": "magenta",
    "info": "blue",
    "warning": "yellow",
    "error": "bold red",
}

# The least width of text, however deep it is in the tree and however narrow the terminal.
_NARROWEST = 20


class Branch(NamedTuple):
    """A piece of text, by parts that each have a style, and what is below it."""

    parts: tuple[tuple[str, Style], ...]
    children: tuple[Branch, ...] = ()

    @property
    def text(self) -> str:
        return printable("".join(text for text, _ in self.parts))


def print_tree(top: Branch) -> None:
    """Write a tree to stdout."""
    if not (_is_coloured() and _print_coloured(top)):
        for line in plain_lines(top, width()):
            say(line)


def _is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print_coloured(top: Branch) -> bool:
    """Write it in colours; False if rich is not installed."""
    try:
        from rich.console import Console
    except ModuleNotFoundError:
        return False
    Console(width=width(), highlight=False, markup=False, emoji=False).print(_rich_tree(top))
    return True


def _rich_tree(branch: Branch) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text.assemble(*((printable(text), _STYLES[style]) for text, style in branch.parts)), guide_style="dim")
    tree.children = [_rich_tree(child) for child in branch.children]
    return tree


def plain_lines(branch: Branch, room: int, first: str = "", further: str = "") -> Iterator[str]:
    """The lines of a tree in at most `room` columns; `first` is before its first line, `further` before all below."""
    hanging = further + ("│ " if branch.children else "  ")
    for number, line in enumerate(_wrapped(branch.text, room - max(len(first), len(hanging)))):
        yield (hanging if number else first) + line
    for child in branch.children[:-1]:
        yield from plain_lines(child, room, f"{further}├── ", f"{further}│   ")
    for child in branch.children[-1:]:
        yield from plain_lines(child, room, f"{further}└── ", f"{further}    ")


def _wrapped(text: str, room: int) -> Iterator[str]:
    """A text in lines of at most so many columns, broken at blanks, or within a longer word."""
    room = max(room, _NARROWEST)
    line, used = "", 0
    for piece in (piece for word in text.split(" ") for piece in _pieces(word, room)):
        size = columns(piece)
        if line and used + 1 + size > room:
            yield line
            line, used = piece, size
        elif line:
            line, used = f"{line} {piece}", used + 1 + size
        else:
            line, used = piece, size
    yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word in pieces of at most so many columns; all but the last fill a line."""
    start = used = 0
    for index, char in enumerate(word):
        size = columns(char)
        if used + size > room:
            yield word[start:index]
            start, used = index, 0
        used += size
    yield word[start:]
