"""What every form of page hands on: where each field of a record is, as spans into the source.

A `Span` is where a value was printed; what it means is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from parser.forms.pages.results_model import Results
from parser.source import ParsedValue, Span

STRAY = "STRAY"
"""The terminal of a piece outside the grammar: a stray label, a repeated section."""

READ = "READ"
"""The terminal of a piece that the form itself has read, so that no grammar needs to."""


class Piece(Struct, gc=False):
    """A paragraph, or a line with a role of its own, as grammars/page.lark reads it.

    `terminal` is the grammar's name for it; `field` and `value` are set on a label: the field it carries, and the
    value that shares its line.
    """

    terminal: str
    span: Span
    section: str = ""
    field: str = ""
    value: Span | None = None

    def cut(self, text: str) -> str:
        """The text of the piece."""
        return text[self.span.start : self.span.end]


class Texts(Struct):
    """Paragraphs that follow each other: to the grammar one TEXT, however many there are."""

    spans: list[Span]
    terminal: str = "TEXT"


class Block(NamedTuple):
    """A stretch of the page with one role; the blocks of a page tile it."""

    role: str
    span: Span


class Record(Struct):
    """The parts of one record of a list: a sponsor, a site, a person, a reference. Field names are the labels'."""

    texts: list[Span] = []
    fields: dict[str, Span] = {}


class Arm(Struct):
    """An arm group: its label, the paragraphs of its description, its type, and its interventions."""

    label: Span
    description: Span | None = None
    type: Span | None = None
    interventions: list[ArmIntervention] = []


class ArmIntervention(Struct):
    """An intervention as an arm group repeats it."""

    name: Span
    type: Span | None = None
    description: Span | None = None


class Mask(NamedTuple):
    """A stretch within a value that is no part of it: it is read as blanks, or as line ends if it has one.

    `sign` is a character to be read at its start instead.
    """

    span: Span
    sign: str


class Page(Struct):
    """Where everything is. `fields` has the values that occur once; `records` the lists, by section.

    `loose` are paragraphs that no label claims, by section; whoever knows what values mean may still claim one.
    """

    form: str
    is_known: bool = False
    """Whether a heading that is known opens a section."""
    fields: dict[str, Span] = {}
    records: dict[str, list[Record]] = {}
    arms: list[Arm] = []
    loose: list[tuple[str, Span]] = []
    unparsed: list[Span] = []
    stated: dict[str, tuple[ParsedValue[str], ...]] = {}
    """Codes that a form states in its own way, such as several answers of Yes and No, by field."""
    masks: list[Mask] = []
    """What within the eligibility text does not belong to it."""
    day_first: bool = False
    """Whether dates in figures have the day before the month."""
    member_state: str | None = None
    """The country whose record it is, of a register that has one for each: ISO 3166-1 alpha-2."""
    registry: str | None = None
    """The register of the record, if the form of the page determines it."""
    ids: list[Span] = []
    """The values under labels for a record's id."""
    most_repeated: int = 0
    """How often the page has a label that a record has once."""
    records_in: int = 1
    """The number of records, from the page's titles and labels."""
    further_ids: list[Span] = []
    """Ids under a label for the record's id that are not it."""
    results: Results | None = None
    """The tables of a results page; None for any other page."""
    pieces: Sequence[Piece] = ()
    """The paragraphs and labels of the page. Of a page without them, nothing shows what no field has."""
    length: int = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The page cut into blocks without a gap: each runs from its piece to where the next begins."""
        starts = [0, *(piece.span.start for piece in self.pieces[1:])]
        ends = [*starts[1:], self.length]
        found = zip(self.pieces, starts, ends, strict=True)
        return tuple(Block(piece.terminal.lower(), Span(start, end)) for piece, start, end in found)
