"""Measures of a results page: the characteristics at baseline, and the outcomes.

Sex: Female, Male       the measure
Female                  a category
13 Participants         a value and its unit, one for each group
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parser.assemble.reading import PageReading
from parser.forms.pages.results.cells import NOTE, VALUE
from parser.forms.pages.results_model import BASELINE, Cell, Column, Outcome, Results, Row, Table
from parser.model.results import (
    BaselineCharacteristicsModule,
    BaselineMeasure,
    Denom,
    DenomCount,
    MeasureCategory,
    MeasureClass,
    MeasureGroup,
    Measurement,
    OutcomeMeasure,
    OutcomeMeasuresModule,
)
from parser.source import ParsedValue, Span

# The measures at baseline whose rows the registry holds as classes. Of others they are categories, into which
# participants are counted, unless both are printed.
_OF_CLASSES = frozenset(
    {"Region of Enrollment", "Age, Customized", "Race/Ethnicity, Customized", "Sex/Gender, Customized"}
)
_COUNTED = "Participants"

# The site's word before two limits of an unnamed kind.
_UNNAMED = "Interval"


def baseline_module(reading: PageReading, results: Results) -> BaselineCharacteristicsModule:
    """The characteristics at baseline. Groups have the registry's ids, by position: BG000, BG001, ..."""
    population = reading.prose("baseline_population")
    table = results.tables.get(BASELINE)
    if table is None:
        return reading.make(BaselineCharacteristicsModule, population_description=population)
    ids = ids_of(table, "BG")
    measures = []
    for rows in _by_measure(reading, table.rows):
        title = reading.line_at(rows[0].label[0])
        cells = _Cells(reading, rows, ids)
        counted = cells.unit and cells.unit.value == _COUNTED
        of_classes = not counted or bool(title and title.value in _OF_CLASSES)
        measures.append(
            reading.make(
                BaselineMeasure,
                title=title,
                dispersion_type=_dispersion_code(reading, cells.kind),
                unit_of_measure=cells.unit,
                classes=cells.classes([row.label[1:] for row in rows], of_classes),
            )
        )
    return reading.make(
        BaselineCharacteristicsModule,
        population_description=population,
        groups=groups(reading, table, ids),
        denoms=denoms(reading, table, ids),
        measures=tuple(measures),
    )


def _dispersion_code(reading: PageReading, printed: ParsedValue[str] | None) -> ParsedValue[str] | None:
    return reading.code_at("dispersion_type", printed.span) if printed else None


def outcome_measures_module(reading: PageReading, results: Results) -> OutcomeMeasuresModule:
    """The outcomes. The overview is about the primary outcome, so that is the first."""
    measures = [_outcome(reading, outcome) for outcome in results.outcomes]
    description, frame = reading.prose("primary_description"), reading.line("primary_time_frame")
    first = measures[0] if measures else None
    if (description or frame) and not (first and _same(first, description, frame)):
        measures.insert(
            0, reading.make(OutcomeMeasure, type=ParsedValue("PRIMARY"), description=description, time_frame=frame)
        )
    return reading.make(OutcomeMeasuresModule, outcome_measures=tuple(measures))


def _same(first: OutcomeMeasure, description: ParsedValue[str] | None, frame: ParsedValue[str] | None) -> bool:
    """Whether the overview repeats the first outcome."""
    same_frame = frame is None or first.time_frame == frame.value
    return same_frame and (description is None or first.description == description.value)


def _outcome(reading: PageReading, outcome: Outcome) -> OutcomeMeasure:
    fields = outcome.fields
    table = outcome.table
    ids = ids_of(table, "OG") if table else []
    cells = _Cells(reading, table.rows if table else (), ids)
    title = table.rows[0].label[0] if table and table.rows else None
    labels = [_below(reading, row.label, title) for row in table.rows] if table else []
    kind_printed = cells.kind if cells.kind and cells.kind.value != _UNNAMED else None
    return reading.make(
        OutcomeMeasure,
        type=reading.code_at("outcome_type", outcome.type),
        title=reading.line_at(title),
        description=reading.prose_at(fields.get("description")),
        population_description=reading.line_at(fields.get("population")),
        dispersion_type=kind_printed,
        unit_of_measure=cells.unit,
        time_frame=reading.line_at(fields.get("time_frame")),
        groups=groups(reading, table, ids) if table else (),
        denoms=denoms(reading, table, ids) if table else (),
        classes=cells.classes(labels, of_classes=True),
    )


def _below(reading: PageReading, label: tuple[Span, ...], title: Span | None) -> tuple[Span, ...]:
    """The part of a label after the measure's title; a label without the title is kept whole."""
    return label[1:] if reading.folded(label[0]) == reading.folded(title) else label


# --- groups ---


def ids_of(table: Table, prefix: str) -> list[str]:
    """Ids for the groups of a table, as the registry numbers them."""
    return [f"{prefix}{number:03}" for number in range(len(table.columns))]


def groups(reading: PageReading, table: Table, ids: Sequence[str]) -> tuple[MeasureGroup, ...]:
    """The groups of a table."""
    return tuple(
        reading.make(
            MeasureGroup,
            id=ParsedValue(one),
            title=reading.line_at(column.title),
            description=reading.prose_at(column.description),
        )
        for one, column in zip(ids, table.columns, strict=True)
    )


def denoms(reading: PageReading, table: Table, ids: Sequence[str]) -> tuple[Denom, ...]:
    """The size of each group, if the table says so."""
    counted = [(one, column) for one, column in zip(ids, table.columns, strict=True) if column.number]
    if not counted:
        return ()
    counts = tuple(
        reading.make(DenomCount, group_id=ParsedValue(one), value=_count(reading, column)) for one, column in counted
    )
    return (reading.make(Denom, units=reading.line_at(counted[0][1].units), counts=counts),)


def _count(reading: PageReading, column: Column) -> ParsedValue[str]:
    return ParsedValue(reading.folded(column.number).replace(",", ""), column.number)


# --- rows ---


def _by_measure(reading: PageReading, rows: Iterable[Row]) -> list[list[Row]]:
    """Rows by the measure they are of: those that follow each other under one title, each label once."""
    found: list[list[Row]] = []
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        label = tuple(reading.folded(span) for span in row.label)
        if not found or label in seen or reading.folded(found[-1][0].label[0]) != label[0]:
            found.append([])
            seen = set()
        found[-1].append(row)
        seen.add(label)
    return found


class _Measured(NamedTuple):
    """What a cell holds."""

    measurement: Measurement
    unit: ParsedValue[str] | None
    kind: ParsedValue[str] | None


class _Cells:
    """The cells of some rows, with the unit and the kind of dispersion that they share."""

    def __init__(self, reading: PageReading, rows: Sequence[Row], ids: Sequence[str]) -> None:
        self._read = [
            [_cell(reading, one, cell) for one, cell in zip(ids, row.cells, strict=True) if cell and cell.value]
            for row in rows
        ]
        self._reading = reading
        every = [one for row in self._read for one in row]
        self.unit: ParsedValue[str] | None = next((one.unit for one in every if one.unit), None)
        self.kind: ParsedValue[str] | None = next((one.kind for one in every if one.kind), None)

    def classes(self, labels: Sequence[tuple[Span, ...]], of_classes: bool) -> tuple[MeasureClass, ...]:
        """The rows as classes with their categories. `labels` are the parts after the measure's title."""
        both = any(len(label) > 1 for label in labels)
        found: dict[str, tuple[ParsedValue[str] | None, list[MeasureCategory]]] = {}
        for label, row in zip(labels, self._read, strict=True):
            # All lines but the last are the class's, where there are several.
            above = Span(label[0].start, label[max(0, len(label) - 2)].end) if label else None
            title = above if len(label) > 1 or of_classes or both else None
            category = label[-1] if len(label) > 1 or (label and title is None) else None
            _, categories = found.setdefault(self._reading.folded(title), (self._reading.line_at(title), []))
            measured = tuple(one.measurement for one in row)
            categories.append(
                self._reading.make(MeasureCategory, title=self._reading.line_at(category), measurements=measured)
            )
        return tuple(
            self._reading.make(MeasureClass, title=title, categories=tuple(categories))
            for title, categories in found.values()
        )


def _cell(reading: PageReading, group: str, cell: Cell) -> _Measured:
    """A value with its unit, and its dispersion: one number, or two limits."""
    assert cell.value, "cells without a value are left out"
    match = VALUE.match(reading.source.slice(cell.value))
    assert match, "the page's reader takes nothing else for a value"
    noted = NOTE.match(reading.source.slice(cell.note)) if cell.note else None
    first = _part(noted, "first", cell.note)
    second = _part(noted, "second", cell.note)
    measurement = reading.make(
        Measurement,
        group_id=ParsedValue(group),
        value=_part(match, "value", cell.value),
        spread=None if second else first,
        lower_limit=first if second else None,
        upper_limit=second,
    )
    unit = _part(match, "unit_" if match["unit_"] else "unit", cell.value)
    return _Measured(measurement, unit, _part(noted, "kind", cell.note))


def _part(match: re.Match[str] | None, name: str, around: Span | None) -> ParsedValue[str] | None:
    """A part of a line, with its place on the page."""
    if match is None or around is None or match[name] is None:
        return None
    return ParsedValue(
        " ".join(match[name].split()), Span(around.start + match.start(name), around.start + match.end(name))
    )
