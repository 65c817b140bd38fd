"""Assembles `resultsSection`, and the participant flow of a results page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.assemble.reading import PageReading
from parser.assemble.results_events import adverse_events_module
from parser.assemble.results_measures import baseline_module, outcome_measures_module
from parser.forms.pages.results_model import MILESTONES, WITHDRAWALS, Column, Results, Row
from parser.model.results import (
    DropWithdraw,
    FlowGroup,
    FlowPeriod,
    FlowStats,
    Milestone,
    ParticipantFlowModule,
    ResultsSection,
)
from parser.source import ParsedValue, Span

_MILESTONES = frozenset({"STARTED", "COMPLETED", "NOT COMPLETED"})

# Typical words of the texts about recruitment and about the time before assignment.
_RECRUITMENT = re.compile(
    r"\b(?:recruit\w*|clinics?|sites?|hospitals?|cent(?:er|re)s?|locations?|advertis\w*|accru\w*|between"
    r"|from \w+ \d{4})\b",
    re.IGNORECASE,
)
_BEFORE_ASSIGNMENT = re.compile(
    r"\b(?:screen\w*|run-?in|lead-in|wash-?out|exclu\w*|(?:in)?eligib\w*|randomi[sz]\w*|assign\w*|withdr\w*|prior to"
    r"|before)\b",
    re.IGNORECASE,
)


def results_section(reading: PageReading) -> ResultsSection:
    """resultsSection, if the page has results."""
    results = reading.page.results
    if results is None:
        return ResultsSection()
    return reading.make(
        ResultsSection,
        participant_flow_module=_participant_flow(reading, results),
        baseline_characteristics_module=baseline_module(reading, results),
        outcome_measures_module=outcome_measures_module(reading, results),
        adverse_events_module=adverse_events_module(reading, results),
    )


def results_shown(reading: PageReading) -> ParsedValue[bool] | None:
    """A page with results implies `hasResults`."""
    results = reading.page.results
    return ParsedValue(True, results.opening) if results and reading.page.is_known else None


def _participant_flow(reading: PageReading, results: Results) -> ParticipantFlowModule:
    recruitment, before = _details(reading, results.details)
    tables = [results.tables.get(MILESTONES), results.tables.get(WITHDRAWALS)]
    groups = list(next((table.columns for table in tables if table), ()))
    titles = [reading.folded(group.title) for group in groups]
    periods = _Periods(reading)
    for table, kind in zip(tables, (MILESTONES, WITHDRAWALS), strict=True):
        if table:
            ids = _ids(reading, table.columns, groups, titles)
            for row in table.rows:
                periods.add(row, kind, ids)
    return reading.make(
        ParticipantFlowModule,
        pre_assignment_details=reading.prose_at(results.before_assignment) or before,
        recruitment_details=reading.prose_at(results.recruitment) or recruitment,
        type_units_analyzed=reading.line_at(results.units),
        groups=tuple(
            reading.make(
                FlowGroup,
                id=ParsedValue(f"FG{number:03}"),
                title=reading.line_at(group.title),
                description=reading.prose_at(group.description),
            )
            for number, group in enumerate(groups)
        ),
        periods=periods.all(),
    )


def _ids(reading: PageReading, columns: Sequence[Column], groups: list[Column], titles: list[str]) -> list[str]:
    """The groups of a table by the ids of the flow's: the same title in the same place, or anywhere, or a new one."""
    ids = []
    for index, column in enumerate(columns):
        title = reading.folded(column.title)
        if index < len(titles) and titles[index] == title:
            number = index
        elif titles.count(title) == 1:
            number = titles.index(title)
        else:
            number = len(groups)
            groups.append(column)
            titles.append(title)
        ids.append(f"FG{number:03}")
        said, known = column.description, groups[number].description
        if said and reading.folded(said) != reading.folded(known):
            reading.leave("duplicate-field", f"the group {title!r} has a different description than before", said)
    return ids


class _Periods:
    """Periods as their rows come."""

    def __init__(self, reading: PageReading) -> None:
        self._reading = reading
        self._rows: dict[str, tuple[ParsedValue[str] | None, list[Milestone], list[DropWithdraw]]] = {}

    def add(self, row: Row, kind: str, ids: Sequence[str]) -> None:
        """A row of the milestones or of the reasons for withdrawal."""
        period, what = row.label
        title = self._reading.line_at(period)
        _, milestones, reasons = self._rows.setdefault(self._reading.folded(period), (title, [], []))
        stats = tuple(
            self._reading.make(FlowStats, group_id=ParsedValue(group), num_subjects=self._number(cell.value))
            for group, cell in zip(ids, row.cells, strict=True)
            if cell and cell.value
        )
        named = self._reading.line_at(what)
        if named and named.value.upper() in _MILESTONES:
            # The registry's own names, which its pages print in small letters as well.
            named = ParsedValue(named.value.upper(), named.span)
        if kind == MILESTONES:
            milestones.append(self._reading.make(Milestone, type=named, achievements=stats))
        else:
            reasons.append(self._reading.make(DropWithdraw, type=named, reasons=stats))

    def _number(self, span: Span) -> ParsedValue[str]:
        return ParsedValue(self._reading.folded(span).replace(",", ""), span)

    def all(self) -> tuple[FlowPeriod, ...]:
        return tuple(
            self._reading.make(FlowPeriod, title=title, milestones=tuple(milestones), drop_withdraws=tuple(reasons))
            for title, milestones, reasons in self._rows.values()
        )


def _details(reading: PageReading, spans: Sequence[Span]) -> tuple[ParsedValue[str] | None, ParsedValue[str] | None]:
    """The texts about recruitment and about the time before assignment, which pages print in this order, unlabelled.

    Two texts are these two. A single one, or more than two, are recognised by their words.
    """
    if not spans:
        return None, None
    leanings = [_leaning(reading.folded(span)) for span in spans]
    cuts = [1] if len(spans) == 2 else range(len(spans) + 1)
    # The most words for recruitment before the cut and for assignment after it; of equal ones the last.
    cut = max(cuts, key=lambda cut: (sum(leanings[:cut]) - sum(leanings[cut:]), cut))
    if len(spans) != 2:
        message = "the texts about recruitment and about the time before assignment have no labels"
        reading.problems("field-guessed", message, Span(spans[0].start, spans[-1].end))
    first, second = spans[:cut], spans[cut:]
    recruitment = reading.prose_at(Span(first[0].start, first[-1].end)) if first else None
    return recruitment, reading.prose_at(Span(second[0].start, second[-1].end)) if second else None


def _leaning(text: str) -> int:
    """How many more words a text has for recruitment than for the time before assignment."""
    return len(_RECRUITMENT.findall(text)) - len(_BEFORE_ASSIGNMENT.findall(text))
