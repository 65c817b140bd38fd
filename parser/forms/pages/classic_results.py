"""The results of a study on ClinicalTrials.gov's pages before 2024: its participant flow, as tables became text.

Arm/Group Title                     Participant Flow:   Overall Study        before 2017
Walks                                   Walks   Usual care
Usual care                          STARTED   50   50
Hide Arm/Group Description
Thirty minutes each evening         a cell on a line, or with bars, tabs or several blanks between cells
Diary only
Period Title: Overall Study
Started
50
50

A row whose numbers are not as many as the groups is left. The other tables of results are left, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parser.forms.pages import reader
from parser.forms.pages.model import READ, Page, Piece
from parser.forms.pages.results_model import MILESTONES, WITHDRAWALS, Cell, Column, Results, Row, Table
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span, trimmed

_OPENING = re.compile(r"participant flow\Z", re.IGNORECASE)
_CONFIRMING = re.compile(
    r"hide participant flow\Z|go to\Z|recruitment details\b|pre-assignment details\b|arm/group title\b"
    r"|reporting groups\Z",
    re.IGNORECASE,
)
_LOOK_AHEAD = 4
# After the tables the page goes on as the full text does.
_AFTER = re.compile(r"responsible party\s?:", re.IGNORECASE)

_BARS = "| "
_BETWEEN_CELLS = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_NUMBER = re.compile(r"(?P<number>\d[\d,]*)(?:\s*\[\d{1,2}\])?\Z")
_PERIOD = re.compile(r"(?:period title|participant flow)\s?:\s*(?P<title>\S.*)?\Z", re.IGNORECASE)
_ROW = re.compile(r"(?:started|completed|not completed)\Z", re.IGNORECASE)
_END = re.compile(r"(?:baseline characteristics|outcome measures|adverse events)\Z", re.IGNORECASE)
_RECRUITMENT = re.compile(r"recruitment details\Z", re.IGNORECASE)
_BEFORE = re.compile(r"pre-?assignment details\Z", re.IGNORECASE)
_TITLES = re.compile(r"arm/group title\Z", re.IGNORECASE)
_DESCRIPTIONS = re.compile(r"(?:hide )?arm/group description\s?:?\Z", re.IGNORECASE)
_REASONS = re.compile(r"(?:reasons? )?not completed\Z", re.IGNORECASE)
_SITE = re.compile(
    r"go to\Z|hide (?:participant flow|all)|key information relevant to the recruitment"
    r"|significant events and approaches|reporting groups\Z|description\Z|\[?not specified\]?\Z|reason not completed\Z",
    re.IGNORECASE,
)
_MOST_GROUPS = 40


class Node(NamedTuple):
    """A cell of a table, or a line of text."""

    text: str
    span: Span


def read_classic_results(source: Source, lines: list[Line], report: Report, form: str) -> Page:
    """Where each part of a page with results is: what is around them as on the page without them."""
    cut = _opening(lines)
    if cut is None:
        return reader.read_as(source, lines, report, form)
    end = next((at for at in range(cut, len(lines)) if _AFTER.match(lines[at].text.lstrip(_BARS))), len(lines))
    page = reader.read_as(source, [*lines[:cut], *lines[end:]], report, form)
    flow = _Flow(Results(lines[cut].span))
    flow.read(list(_nodes(lines[cut:end])))
    page.results = flow.results
    for span in flow.left:
        report("unparsed-text", "text of the results that belongs to no field", span)
        page.unparsed.append(span)
    pieces = [_piece(line) for line in lines[cut:end]]
    page.pieces = sorted([*page.pieces, *pieces], key=lambda piece: piece.span)
    return page


def _piece(line: Line) -> Piece:
    is_label = _SITE.match(line.text) or _OPENING.match(line.text) or _is_label(line.text)
    return Piece("LABEL", line.span, "results", "results") if is_label else Piece(READ, line.span, "results")


def _is_label(text: str) -> bool:
    return any(label.match(text) for label in (_RECRUITMENT, _BEFORE, _TITLES, _DESCRIPTIONS))


def _opening(lines: Sequence[Line]) -> int | None:
    """The line that the results begin with."""
    for at, line in enumerate(lines):
        if _OPENING.match(line.text.strip(_BARS)) and any(
            _CONFIRMING.match(other.text.lstrip(_BARS)) for other in lines[at + 1 : at + 1 + _LOOK_AHEAD]
        ):
            return at
    return None


def _nodes(lines: Sequence[Line]) -> Iterator[Node]:
    for line in lines:
        start = 0
        for cut in (*_BETWEEN_CELLS.finditer(line.text), None):
            end = cut.start() if cut else len(line.text)
            span = trimmed(line.text, start, end)
            if span.start < span.end:
                yield Node(line.text[slice(*span)], Span(line.start + span.start, line.start + span.end))
            start = cut.end() if cut else end


@dataclass
class _Flow:
    """Reads the nodes of the participant flow, one after the other."""

    results: Results
    left: list[Span] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {MILESTONES: [], WITHDRAWALS: []})
    period: Span | None = None
    reasons: bool = False

    def read(self, nodes: list[Node]) -> None:
        at = 1
        while at < len(nodes) and not _END.match(nodes[at].text):
            at = self._next(nodes, at)
        if at < len(nodes):
            self.left.append(Span(nodes[at].span.start, nodes[-1].span.end))
        for kind, rows in self.rows.items():
            if rows:
                self.results.tables[kind] = Table(tuple(self.columns), tuple(rows))

    def _next(self, nodes: list[Node], at: int) -> int:
        """Read what begins at a node; where the next thing begins."""
        node = nodes[at]
        if _RECRUITMENT.match(node.text):
            self.results.recruitment, at = self._text(nodes, at + 1)
        elif _BEFORE.match(node.text):
            self.results.before_assignment, at = self._text(nodes, at + 1)
        elif _TITLES.match(node.text):
            at = self._titles(nodes, at + 1)
        elif period := _PERIOD.match(node.text):
            at = self._period(nodes, at, period)
        elif self.columns and self.period:
            at = self._row(nodes, at)
        else:
            if not _SITE.match(node.text):
                self.left.append(node.span)
            at += 1
        return at

    def _text(self, nodes: list[Node], at: int) -> tuple[Span | None, int]:
        """The text below a label, after the site's words about it."""
        while at < len(nodes) and _SITE.match(nodes[at].text):
            at += 1
        end = at
        while end < len(nodes) and not _opens(nodes[end].text):
            end += 1
        return (Span(nodes[at].span.start, nodes[end - 1].span.end) if at < end else None), end

    def _titles(self, nodes: list[Node], at: int) -> int:
        """The titles of the groups and, if there are as many, their descriptions."""
        titles, at = self._until_next(nodes, at)
        described: list[Node] = []
        if at < len(nodes) and _DESCRIPTIONS.match(nodes[at].text):
            described, at = self._until_next(nodes, at + 1)
        if len(titles) > _MOST_GROUPS:
            self.left += [node.span for node in [*titles, *described]]
            return at
        whole = len(described) == len(titles)
        self.left += [] if whole else [node.span for node in described]
        self.columns = [
            Column(title.span, description=described[number].span if whole else None)
            for number, title in enumerate(titles)
        ]
        return at

    def _until_next(self, nodes: list[Node], at: int) -> tuple[list[Node], int]:
        end = at
        while end < len(nodes) and not _opens(nodes[end].text):
            end += 1
        return [node for node in nodes[at:end] if not _SITE.match(node.text)], end

    def _period(self, nodes: list[Node], at: int, match: re.Match[str]) -> int:
        """A period's title and, before 2017, the titles of its groups below it."""
        start = nodes[at].span.start
        self.reasons = False
        if match["title"]:
            self.period, at = Span(start + match.start("title"), start + match.end("title")), at + 1
        elif at + 1 < len(nodes):
            self.period, at = nodes[at + 1].span, at + 2
        titles, after = self._until_next(nodes, at)
        if titles and not any(_NUMBER.match(node.text) for node in titles):
            if not self.columns:
                self.columns = [Column(node.span) for node in titles[:_MOST_GROUPS]]
            return after
        return at

    def _row(self, nodes: list[Node], at: int) -> int:
        """A label, and a number for each group."""
        label = nodes[at]
        cells: list[Cell] = []
        at += 1
        while at < len(nodes) and (number := _NUMBER.match(nodes[at].text)):
            start = nodes[at].span.start
            cells.append(Cell(Span(start, start + number.end("number"))))
            at += 1
        is_label = _NUMBER.match(label.text) is None
        if not cells and _SITE.match(label.text):
            self.reasons = self.reasons or _REASONS.match(label.text) is not None
        elif is_label and self.period and len(cells) == len(self.columns):
            kind = WITHDRAWALS if self.reasons else MILESTONES
            self.rows[kind].append(Row((self.period, label.span), tuple(cells)))
            self.reasons = self.reasons or _REASONS.match(label.text) is not None
        else:
            self.left.append(Span(label.span.start, nodes[at - 1].span.end))
        return at


def _opens(text: str) -> bool:
    """Whether a node begins another part of the flow."""
    others = any(part.match(text) for part in (_PERIOD, _ROW, _END))
    return others or _is_label(text) or text.casefold() == "reporting groups"
