"""Adverse events of a results page.

Cardiac disorders                       the organ system
Myocardial infarction                   the event
1.4%                                    the share, which follows from the numbers below
1/74 • Number of events 1 • 8 weeks     affected of those at risk, how often, over what time
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.assemble.reading import PageReading
from parser.forms.pages.results.cells import EVENTS
from parser.forms.pages.results_model import OTHER, SERIOUS, Cell, Column, Results, Row, Table
from parser.model.results import AdverseEvent, AdverseEventsModule, EventGroup, EventStats
from parser.source import ParsedValue, Span

_NUMBERS = re.compile(r"(?P<affected>\d+)(?:\s*(?:/|of)\s*(?P<at_risk>\d+))?\b")


class _Groups:
    """The groups of all tables of adverse events, by their titles."""

    def __init__(self, reading: PageReading) -> None:
        self._reading = reading
        self._ids: dict[str, str] = {}
        self._found: dict[str, dict[str, Span]] = {}

    def add(self, title: Span, spans: dict[str, Span | None]) -> str:
        """The id of a group, with the data of a table or a block; earlier data is kept."""
        name = self._reading.folded(title)
        known = self._found.setdefault(name, {"title": title})
        for field, span in spans.items():
            if span and self._reading.folded(known.setdefault(field, span)) != self._reading.folded(span):
                self._reading.leave("duplicate-field", f"{field} of the group {name!r} differs from before", span)
        return self._ids.setdefault(name, f"EG{len(self._ids):03}")

    def all(self) -> tuple[EventGroup, ...]:
        return tuple(self._group(self._ids[name], spans) for name, spans in self._found.items())

    def _group(self, group: str, spans: dict[str, Span]) -> EventGroup:
        reading = self._reading
        numbers: dict[str, ParsedValue[int] | None] = {}
        for field in ("deaths", "serious", "other"):
            affected, at_risk = self._numbers(spans.get(field))
            if at_risk is None and f"{field}_count" in spans:
                at_risk = _number(reading.folded(spans[f"{field}_count"]), spans[f"{field}_count"])
            numbers[f"{field}_num_affected"], numbers[f"{field}_num_at_risk"] = affected, at_risk
        return self._reading.make(
            EventGroup,
            id=ParsedValue(group),
            title=reading.line_at(spans["title"]),
            description=reading.prose_at(spans.get("description")),
            **numbers,
        )

    def _numbers(self, span: Span | None) -> tuple[ParsedValue[int] | None, ParsedValue[int] | None]:
        """`3 serious events`, `3/74`, `3 of 74`."""
        match = _NUMBERS.match(self._reading.source.slice(span)) if span else None
        if span and match is None:
            self._reading.leave("not-understood", f"no number: {self._reading.folded(span)!r}", span)
        return _group_of(match, "affected", span), _group_of(match, "at_risk", span)


def adverse_events_module(reading: PageReading, results: Results) -> AdverseEventsModule:
    """The adverse events. Groups have the registry's ids, by position: EG000, EG001, ..."""
    groups = _Groups(reading)
    for title, spans in results.events:
        groups.add(title, dict(spans))
    frames: list[ParsedValue[str]] = []
    events = [_events(reading, results.tables.get(name), name, groups, frames) for name in (SERIOUS, OTHER)]
    return reading.make(
        AdverseEventsModule,
        time_frame=frames[0] if frames else None,
        event_groups=groups.all(),
        serious_events=events[0],
        other_events=events[1],
    )


def _events(
    reading: PageReading, table: Table | None, kind: str, groups: _Groups, frames: list[ParsedValue[str]]
) -> tuple[AdverseEvent, ...]:
    if table is None:
        return ()
    ids = [groups.add(column.title, _said(column, kind)) for column in table.columns]
    return tuple(_event(reading, row, ids, frames) for row in table.rows)


def _said(column: Column, kind: str) -> dict[str, Span | None]:
    return {"description": column.description, f"{kind}_count": column.number}


def _event(reading: PageReading, row: Row, ids: Sequence[str], frames: list[ParsedValue[str]]) -> AdverseEvent:
    stats = [_stats(reading, one, cell, frames) for one, cell in zip(ids, row.cells, strict=True) if cell and cell.note]
    return reading.make(
        AdverseEvent,
        term=reading.line_at(row.label[-1]),
        organ_system=reading.line_at(row.label[0]) if len(row.label) > 1 else None,
        stats=tuple(one for one in stats if one),
    )


def _stats(reading: PageReading, group: str, cell: Cell, frames: list[ParsedValue[str]]) -> EventStats | None:
    match = EVENTS.match(reading.source.slice(cell.note)) if cell.note else None
    if match is None or cell.note is None:
        return None
    if match["time"]:
        frames.append(ParsedValue(match["time"], Span(cell.note.start + match.start("time"), cell.note.end)))
    events, affected, at_risk = (_group_of(match, name, cell.note) for name in ("events", "affected", "at_risk"))
    return reading.make(
        EventStats, group_id=ParsedValue(group), num_events=events, num_affected=affected, num_at_risk=at_risk
    )


def _group_of(match: re.Match[str] | None, name: str, around: Span | None) -> ParsedValue[int] | None:
    if match is None or around is None or match[name] is None:
        return None
    return _number(match[name], Span(around.start + match.start(name), around.start + match.end(name)))


def _number(text: str, span: Span) -> ParsedValue[int] | None:
    digits = text.replace(",", "")
    return ParsedValue(int(digits), span) if len(digits) <= 12 else None
