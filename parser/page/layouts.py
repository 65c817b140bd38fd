"""The layouts that a page may have. A new one is a file with a likeness and a reader, and a row in `LAYOUTS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from parser.lines import Line
from parser.page import labelled, table
from parser.page.model import Page
from parser.problems import Report
from parser.source import Source, Span


class Layout(NamedTuple):
    """One way in which pages print a record.

    `likeness` says from the first lines of a page, from 0 to 1, how like this layout it is. `read` finds where each
    field is; it gets the source, its lines that are not blank, and whom to report to.
    """

    name: str
    meaning: str
    likeness: Callable[[Sequence[Line]], float]
    read: Callable[[Source, list[Line], Report], Page]


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        labelled.NAME, "Headings, labels and values on lines of their own.", labelled.likeness, labelled.read_labelled
    ),
    Layout(table.NAME, "A table of labels and values: `| Label | Value |`.", table.likeness, table.read_table),
)
"""All layouts. Of two that are equally like a page the first one reads it."""

# A page says what it is early on, and a likeness should cost next to nothing.
_MOST_LINES = 300

# Two layouts that are closer than this could both be meant.
_MARGIN = 0.15


def choose_layout(lines: Sequence[Line], report: Report) -> Layout:
    """The layout that a page is likest; `layout-guessed` is reported where another one is nearly as like."""
    first = lines[:_MOST_LINES]
    ranked = sorted(((layout.likeness(first), layout) for layout in LAYOUTS), key=lambda pair: -pair[0])
    (best, chosen), (second, other) = ranked[:2]
    if second > 0 and best - second < _MARGIN:
        span = Span(lines[0].start, lines[0].end)
        report("layout-guessed", f"the page could be a {other.name} as well: read as a {chosen.name}", span)
    return chosen
