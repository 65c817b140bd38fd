"""A table of labels and values, as Markdown writes one, or as a saved page's table becomes text:

| Recruitment Status | COMPLETED |
| --- | --- |
| Clinical Phase | PHASE2 |

Each cell becomes a line of its own, and the lines are read as those of a labelled page are: what a row's first cell
says is a label, or a heading, and what follows is its value.
"""

from __future__ import annotations

from collections.abc import Sequence

from parser.forms.pages.cells import RULE, cells
from parser.forms.pages.family import is_family, read_blocks, read_family
from parser.forms.pages.family.synonyms import find_word
from parser.forms.pages.model import Page
from parser.forms.pages.vocabulary import any_label, is_heading
from parser.lines import Line
from parser.problems import Report
from parser.source import Source

NAME = "table-page"


def likeness(lines: Sequence[Line]) -> float:
    """How like a table of labels and values some lines are, from 0 to 1: by the rows that begin with a label.

    Prose and lists may stand between such tables.
    """
    rows = [_cells(line) for line in lines if line.text[0] == "|"]
    return min(1.0, 0.2 * sum(_is_named(row[0].text) for row in rows if row))


def read_table(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each field of a table of labels and values is."""
    if is_family(lines):
        return read_family(source, lines, report, NAME)
    return read_blocks(source, [cell for line in lines for cell in _cells(line)], report, NAME)


def _is_named(text: str) -> bool:
    return any_label(text) is not None or is_heading(text) or find_word(text) is not None


def _cells(line: Line) -> list[Line]:
    """The cells of a row that are not blank, each as a line; a line that is no row as it is, and none of a rule."""
    if not line.text.startswith("|"):
        return [line]
    return [] if RULE.match(line.text) else [part for cell in cells(line) for part in cell]
