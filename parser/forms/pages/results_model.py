"""Where the parts of a results page are: its tables as columns and rows of spans, its outcomes, its loose details."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from parser.source import Span

MILESTONES, WITHDRAWALS, BASELINE = "milestones", "withdrawals", "baseline"
OUTCOME, SERIOUS, OTHER = "outcome_table", "serious", "other"


class Column(NamedTuple):
    """A group of a table: its name, the line `n=42 Participants`, of that the digits and the units, and what it got."""

    title: Span
    counted: Span | None = None
    number: Span | None = None
    units: Span | None = None
    description: Span | None = None


class Cell(NamedTuple):
    """A value of a row: the line that has it, and the line below with dispersion or numerator; None if none is."""

    value: Span | None
    note: Span | None = None


class Row(NamedTuple):
    """A row: the lines that say what it is, and a cell for each column; None if a group has no value."""

    label: tuple[Span, ...]
    cells: tuple[Cell | None, ...]


class Table(NamedTuple):
    """A table whose rows all have as many cells as it has columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Outcome(Struct):
    """An outcome measure: the words of its heading (`PRIMARY outcome`), and what is below it."""

    type: Span | None
    fields: dict[str, Span] = {}
    table: Table | None = None


class Results(Struct):
    """The data of a results page besides `Page.fields`.

    `opening` is the heading that says that there are results. `details` are the texts between the heading of the
    participant flow and its first table: no label tells recruitment from what came before assignment. Where labels
    do, the texts are `recruitment` and `before_assignment`. `units` are what the tables of the flow count where it is
    no participants.
    """

    opening: Span
    units: Span | None = None
    details: list[Span] = []
    recruitment: Span | None = None
    before_assignment: Span | None = None
    tables: dict[str, Table] = {}
    outcomes: list[Outcome] = []
    events: list[tuple[Span, dict[str, Span]]] = []
