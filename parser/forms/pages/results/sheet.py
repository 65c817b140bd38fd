"""The data collected while a results page is read: the pieces of the page, unparsed text, what one table tells
of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parser.forms.pages.model import Piece
from parser.forms.pages.results.cells import COLUMN_COUNT, NOTE
from parser.forms.pages.results.rows import Printed
from parser.forms.pages.results_model import Column, Row
from parser.lines import Line
from parser.problems import Report
from parser.source import Span


@dataclass(slots=True)
class Known:
    """Data that the tables of a page share: the names of groups, their descriptions, the periods."""

    titles: list[str] = field(default_factory=list)
    descriptions: set[str] = field(default_factory=set)
    header: list[str] = field(default_factory=list)
    periods: set[str] = field(default_factory=set)


@dataclass(slots=True)
class TableParts:
    """A table that was read: its columns, and the rows that fit them."""

    columns: tuple[Column, ...]
    rows: list[Row]


class Sheet:
    """The pieces of a page and its unparsed stretches, with the section that is being read."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.section = "front"
        self.pieces: list[Piece] = []
        self.unparsed: list[Span] = []

    def piece(self, terminal: str, span: Span, field: str = "", value: Span | None = None) -> None:
        if span.start < span.end:
            self.pieces.append(Piece(terminal, span, self.section, field, value))

    def texts(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.piece("TEXT", line.span)

    def whole(self, lines: Sequence[Line]) -> Span:
        """The stretch from the first of some lines to the last."""
        return Span(min(line.start for line in lines), max(line.end for line in lines))

    def leave(self, code: str, message: str, lines: Sequence[Line]) -> None:
        """Keep lines that belong to no field, with a problem."""
        if lines:
            span = self.whole(lines)
            self.piece("TEXT", span)
            self.unparsed.append(span)
            self.report(code, message, span)

    def reject(self, lines: Sequence[Line], reason: str) -> None:
        """Keep lines of a table that cannot be distinguished."""
        self.leave("row-mismatch", f"{reason}: it is left as it is", lines)

    def row(self, printed: Printed, row: Row | None, width: int) -> Row | None:
        """A row that was read, if it was; else its lines are kept, and a problem says why."""
        if row is not None:
            self.texts(printed.label)
            for cell in printed.cells:
                for line in cell:
                    self._cell_line(line)
            return row
        name = " / ".join(line.text for line in printed.label)[:80]
        count = len(printed.cells)
        values = f"{count} value{'' if count == 1 else 's'} for {width} group{'' if width == 1 else 's'}"
        reason = values if count != width else "values that differ in kind, or lines that are not labels"
        self.reject(printed.lines, f"the row {name!r} has {reason}")
        return None

    def columns(self, columns: Iterable[Column], text: str) -> None:
        """The pieces of the groups of a table."""
        for one in columns:
            self.piece("TEXT", one.title)
            if one.counted:
                self.piece("LABEL", one.counted)
            if one.description:
                start = one.description.start
                for line in text[one.description.start : one.description.end].split("\n"):
                    self.piece("TEXT", Span(start, start + len(line)))
                    start += len(line) + 1

    def _cell_line(self, line: Line) -> None:
        """A value, or the note below it: the site's own count is the site's text, all else says what a value is."""
        if COLUMN_COUNT.match(line.text):
            self.piece("SENTENCE", line.span)
            return
        match = NOTE.match(line.text)
        if match is None or not match["site"]:
            self.piece("LABEL", line.span)
            return
        site = line.start + match.start("site")
        self.piece("LABEL", Span(line.start, line.start + max(match.end("first"), match.end("second"))))
        self.piece("SENTENCE", Span(site, line.end))


def column(title: Line, count: Line | None, description: Sequence[Line]) -> Column:
    """A group of a table, from the lines that are about it."""
    match = COLUMN_COUNT.match(count.text) if count else None
    at = count.start if count else 0
    return Column(
        title.span,
        count.span if count else None,
        Span(at + match.start("count"), at + match.end("count")) if match else None,
        Span(at + match.start("units"), at + match.end("units")) if match and match["units"] else None,
        Span(description[0].start, description[-1].end) if description else None,
    )
