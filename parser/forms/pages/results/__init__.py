"""The results page of a trial: an overview, the participant flow, the characteristics at baseline, and what follows.

Trial Outcomes & Findings for Stellate Ganglion Block ... (NCT NCT03077919)
NCT ID: NCT03077919
Results Overview
Participant Flow
Participant milestones          a table, in lines or with bars between its cells

In lines there are blank lines between blocks and labels in the overview; with bars there are neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from parser.forms.pages.model import Page
from parser.forms.pages.results.lines import EVENT_LABEL, MEASURE_LABEL, read_flow, read_measured
from parser.forms.pages.results.overview import read_front, read_overview
from parser.forms.pages.results.pipes import RULE, read_piped
from parser.forms.pages.results.sheet import Known, Sheet, TableParts
from parser.forms.pages.results.words import (
    FLOWS,
    HEADINGS,
    MORE_LABELS,
    NO_WITHDRAWALS,
    OUTCOME_HEADING,
    TABLES,
    TITLE,
    TOTAL,
    UNITS,
)
from parser.forms.pages.results_model import BASELINE, OTHER, OUTCOME, SERIOUS, Outcome, Results, Table
from parser.forms.pages.site import SEED_REGISTRY
from parser.forms.pages.vocabulary import HEADING_BY_TEXT
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span, fold

NAME, BARE_NAME = "results-page", "bare-results-page"

_RANK = {heading: rank for rank, heading in enumerate(HEADINGS)}

# Sections that may come again: each outcome has its own.
_AGAIN = frozenset({"outcome", OUTCOME})


class Section(NamedTuple):
    """A section: its name, the lines of its heading (a table's title is printed twice), and what is below them."""

    name: str
    heading: tuple[Line, ...]
    body: Sequence[Line]
    blanks: Sequence[int]


def likeness(lines: Sequence[Line]) -> float:
    """How like a results page in lines some lines are, from 0 to 1."""
    likeness = _results_likeness(lines)
    return 0.0 if likeness and _has_bars(lines) else likeness


def bare_likeness(lines: Sequence[Line]) -> float:
    """How like a results page with bars between cells some lines are, from 0 to 1."""
    likeness = _results_likeness(lines)
    return likeness if likeness and _has_bars(lines) else 0.4 * likeness


def _has_bars(lines: Sequence[Line]) -> bool:
    return any(RULE.match(line.text) for line in lines)


def _results_likeness(lines: Sequence[Line]) -> float:
    headings = {text for line in lines if len(line.text) < 40 and (text := fold(line.text)) in HEADINGS}
    # Below a heading of the protocol page such a line is a text's.
    front = takewhile(lambda line: line.text not in HEADING_BY_TEXT, lines[:10])
    titled = any(TITLE.match(line.text) for line in front)
    return min(1.0, 0.6 * titled + 0.2 * len(headings))


def read_results(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each part of a results page in lines is. Reports what is odd; never raises."""
    return _read(source, lines, report, NAME)


def read_bare_results(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each part of a results page with bars between the cells of its tables is. Never raises."""
    return _read(source, lines, report, BARE_NAME)


def _read(source: Source, lines: list[Line], report: Report, form: str) -> Page:
    page = Page(form, registry=SEED_REGISTRY)
    sheet = Sheet(report)
    front, sections = _cut(source.text, lines)
    read_front(front, page, sheet)
    opening = sections[0].heading[0].span if sections else Span(0, 0)
    page.is_known = bool(sections)
    page.results = Results(opening)
    reader = _Reader(source.text, page, page.results, sheet, _known(sections))
    for section in sections:
        sheet.section = section.name
        sheet.piece("RESULTS_HEADING", sheet.whole(section.heading))
        reader.read(section)
    page.unparsed += sheet.unparsed
    page.pieces = sorted(sheet.pieces, key=lambda piece: piece.span)
    return page


# --- sections ---


def _cut(text: str, lines: Sequence[Line]) -> tuple[Sequence[Line], list[Section]]:
    """The lines before the first heading, and the sections."""
    found = list(_headings(lines))
    blanks = _blanks(text, lines)
    sections: list[Section] = []
    for index, (first, after, name) in enumerate(found):
        end = found[index + 1][0] if index + 1 < len(found) else len(lines)
        # The blank lines after the last line of a section are the last number; one of them parts it from the next.
        below = [*blanks[after:end], max(0, blanks[end] - 1)]
        sections.append(Section(name, tuple(lines[first:after]), lines[after:end], below))
    return lines[: found[0][0]] if found else lines, sections


def _blanks(text: str, lines: Sequence[Line]) -> list[int]:
    """How many blank lines are before each line, 0 after the last; none if most lines are paragraphs."""
    if 2 * sum(line.opens for line in lines) > len(lines):
        return [0] * (len(lines) + 1)
    line_end = "\n" if "\n" in text else "\r"
    found = [0]
    for line, following in pairwise(lines):
        found.append(text.count(line_end, line.end, following.start) - 1 if following.opens else 0)
    return [*found[: len(lines)], 0]


def _headings(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Where sections begin: the indices of the heading and of the first line below it, and the section's name.

    A heading comes once and in its place. In a table of lines it is after a blank line, and in one with bars after
    the bar that ends a row; a reason for withdrawal may have the same words.
    """
    last = -1
    outcomes = False
    collapsed = not any(line.opens for line in lines[1:])
    index = 0
    table = ""
    while index < len(lines):
        text = fold(lines[index].text) if len(lines[index].text) < 60 else ""
        rank = _RANK.get(text)
        name = HEADINGS.get(text, "")
        if rank is None and (outcomes or last >= _RANK["Baseline Characteristics"]) and OUTCOME_HEADING.match(text):
            rank, name, outcomes = _RANK["Outcome Measures"], "outcome", True
        if (
            rank is None
            or (rank <= last and name not in _AGAIN)
            or (table and not _may_end(lines, index, table, collapsed))
        ):
            index += 1
            continue
        after = index + 1
        if name in TABLES:
            while after < min(len(lines), index + 2) and fold(lines[after].text) == text:
                after += 1
        table = ""
        if name in TABLES and after < len(lines):
            if fold(lines[after].text) == "Measure":
                table = "lines"
                after += 1
            elif lines[after].text.startswith("|"):
                table = "bars"
        yield index, after, name
        outcomes = outcomes or name == "outcomes"
        last = max(last, rank) if name not in _AGAIN else last
        index = after


def _may_end(lines: Sequence[Line], index: int, table: str, collapsed: bool) -> bool:
    """Whether a heading may be here that follows a table; `collapsed` says that the page has no blank lines."""
    if table == "bars":
        # A label is after a bar as well, but it is soon followed by the bar that ends its cell.
        below = next((line.text for line in lines[index + 1 : index + 4] if line.text.startswith("|")), "")
        return lines[index - 1].text.endswith("|") and below != "|"
    return lines[index].opens or collapsed


def _known(sections: Sequence[Section]) -> Known:
    """Group data from the baseline table, where the groups' titles are marked by their numbers."""
    known = Known()
    for section in sections:
        if section.name == BASELINE and section.body and not section.body[0].text.startswith("|"):
            quiet = Sheet(lambda code, message, span: None)
            parts = read_measured(section.body, section.blanks, known, quiet)
            texts = {line.start: fold(line.text) for line in section.body}
            titles = [texts[one.title.start] for one in parts.columns] if parts else []
            known.titles = titles[:-1] if titles[-1:] == [TOTAL] else titles
    return known


# --- what is in them ---


class _Reader:
    """Reads sections in order."""

    def __init__(self, text: str, page: Page, results: Results, sheet: Sheet, known: Known) -> None:
        self._text, self._page, self._results, self._sheet, self._known = text, page, results, sheet, known
        self._readers: dict[str, Callable[[Section], None]] = {
            "overview": self._overview,
            "flow": self._flow,
            "characteristics": self._characteristics,
            "outcomes": self._leave,
            "outcome": self._outcome,
            "events": self._events,
            "more": self._leave,
        }

    def read(self, section: Section) -> None:
        self._readers.get(section.name, self._table)(section)

    def _overview(self, section: Section) -> None:
        read_overview(section.body, self._page, self._sheet)

    def _flow(self, section: Section) -> None:
        """Each block is a detail, and each line where there are no blank lines; but for what the tables count."""
        body = list(section.body)
        if body and (match := UNITS.match(body[-1].text)):
            line = body.pop()
            self._results.units = Span(line.start + match.start("units"), line.end)
            self._sheet.piece("LABEL", line.span, "units", self._results.units)
        starts = [index for index, line in enumerate(body) if line.opens]
        if len(starts) < 2:
            starts = list(range(len(body)))
        ends = [*starts[1:], len(body)]
        blocks = [body[start:end] for start, end in zip([0, *starts[1:]], ends, strict=True)] if starts else []
        self._results.details = [self._sheet.whole(block) for block in blocks]
        self._sheet.texts(body)

    def _characteristics(self, section: Section) -> None:
        """The title of the trial once more, and perhaps who was analysed."""
        title = self._page.fields.get("brief_title")
        said = fold(self._text[title.start : title.end]) if title else None
        rest = [line for line in section.body if fold(line.text) != said]
        self._sheet.texts(section.body)
        if rest:
            self._page.fields["baseline_population"] = self._sheet.whole(rest)

    def _outcome(self, section: Section) -> None:
        self._results.outcomes.append(Outcome(section.heading[0].span))
        outcome = self._results.outcomes[-1]
        rest = self._labelled(section.body, outcome.fields)
        self._sheet.texts(rest)
        if rest:
            outcome.fields["description"] = self._sheet.whole(rest)

    def _events(self, section: Section) -> None:
        """The groups of the adverse events: each a name, and how many had serious and other events."""
        names: list[Line] = []
        fields: dict[str, Span] = {}
        for line in section.body:
            before = len(fields)
            left = self._labelled([line], fields)
            if left:
                if fields:
                    names, fields = [], {}
                names += left
            elif before == 0 and names:
                self._sheet.texts(names[-1:])
                self._sheet.leave("unparsed-text", "text before the name of a group", names[:-1])
                self._results.events.append((names[-1].span, fields))
                names = []
        self._sheet.leave("unparsed-text", "text in Adverse Events that no label claims", names)

    def _labelled(self, lines: Sequence[Line], fields: dict[str, Span]) -> list[Line]:
        """Take what has a label on its line; what is left."""
        left = []
        for line in lines:
            label, colon, value = line.text.partition(":")
            name = MORE_LABELS.get(label.strip())
            content = value.strip()
            if colon and name and content and name not in fields:
                start = line.start + len(label) + 1 + len(value) - len(value.lstrip())
                fields[name] = Span(start, line.end)
                self._sheet.piece("LABEL", line.span, name, fields[name])
            else:
                left.append(line)
        return left

    def _table(self, section: Section) -> None:
        name, body = section.name, section.body
        if body and fold(body[0].text) == NO_WITHDRAWALS:
            self._sheet.texts(body[:1])
            body = body[1:]
        if not body:
            return
        parts: TableParts | None
        if any(RULE.match(line.text) for line in body) or body[0].text.startswith("|"):
            parts = read_piped(body, name in FLOWS, self._sheet)
        elif name in FLOWS:
            parts = read_flow(body, section.blanks, self._known, self._sheet)
        else:
            most = EVENT_LABEL if name in (SERIOUS, OTHER) else MEASURE_LABEL
            parts = read_measured(body, section.blanks, self._known, self._sheet, most)
        if parts is None:
            return
        self._sheet.columns(parts.columns, self._text)
        table = Table(parts.columns, tuple(parts.rows))
        if name != OUTCOME:
            self._results.tables[name] = table
        elif self._results.outcomes and self._results.outcomes[-1].table is None:
            self._results.outcomes[-1].table = table
        else:
            self._results.outcomes.append(Outcome(None, table=table))

    def _leave(self, section: Section) -> None:
        title = section.heading[0].text
        self._sheet.leave("unparsed-text", f"text in {title} that belongs to no field", list(section.body))
