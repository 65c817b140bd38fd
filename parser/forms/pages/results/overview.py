"""The beginning of a results page: its title, which contains the trial's, and the overview.

Recruitment status      a label, and below it the value
COMPLETED
COMPLETED               without labels the values only, in the same order, each recognised by its kind
PHASE2
484 participants
Week 24
2020-05-13
"""

from __future__ import annotations

from collections.abc import Sequence

from parser.forms.pages.model import Page
from parser.forms.pages.results.sheet import Sheet
from parser.forms.pages.results.words import DATE, OVERVIEW_LABELS, PARTICIPANTS, PHASES, STATUS, TITLE
from parser.forms.pages.vocabulary import find_label
from parser.lines import Line
from parser.source import Span, fold


def read_front(lines: Sequence[Line], page: Page, sheet: Sheet) -> None:
    """The title, the id and the date of the last update. Text before the title is left over."""
    known = False
    label = None
    for line in lines:
        match = TITLE.match(line.text)
        if match and not known:
            known = True
            sheet.piece("LABEL", line.span)
            page.fields["brief_title"] = Span(line.start + match.start("title"), line.start + match.end("title"))
            if match["id"]:
                page.fields["registry_id"] = Span(line.start + match.start("id"), line.start + match.end("id"))
            continue
        if label:
            sheet.piece("TEXT", line.span)
            page.fields[label] = line.span
            label = None
            continue
        found = find_label("front", line.text)
        if found is None:
            code = "unparsed-text" if known else "text-before-title"
            sheet.leave(code, "text next to the title", [line])
            continue
        field, offset = found[0].field, found[1]
        value = Span(line.start + offset, line.end) if offset < len(line.text) else None
        sheet.piece("LABEL", line.span, field, value)
        if value:
            page.fields[field] = value
        else:
            label = field


def read_overview(lines: Sequence[Line], page: Page, sheet: Sheet) -> None:
    """The description of the primary outcome, and the values below it, with labels or without."""
    labels = [index for index, line in enumerate(lines) if fold(line.text) in OVERVIEW_LABELS]
    if labels:
        _labelled(lines, labels, page, sheet)
    else:
        _bare(lines, page, sheet)


def _labelled(lines: Sequence[Line], labels: Sequence[int], page: Page, sheet: Sheet) -> None:
    _take("primary_description", lines[: labels[0]], page, sheet)
    for index, end in zip(labels, [*labels[1:], len(lines)], strict=True):
        field = OVERVIEW_LABELS[fold(lines[index].text)]
        sheet.piece("LABEL", lines[index].span, field)
        _take(field, lines[index + 1 : end], page, sheet)


def _bare(lines: Sequence[Line], page: Page, sheet: Sheet) -> None:
    """Values by their kind, in their order: status, phases, participants are together, a date is last.

    What comes before them describes the primary outcome, and what is between them and the date is its time frame.
    Where none of them is there, nothing shows these two apart.
    """
    last = len(lines)
    if lines and DATE.match(lines[-1].text):
        last -= 1
        _take("results_posted", lines[last:], page, sheet)
    runs: list[list[tuple[int, str]]] = []
    for index in range(last):
        kind = _kind(lines[index].text)
        if kind and runs and runs[-1][-1][0] == index - 1 and _ORDER[runs[-1][-1][1]] < _ORDER[kind]:
            runs[-1].append((index, kind))
        elif kind:
            runs.append([(index, kind)])
    # A description or a time frame may hold such a line too: most of the values are together.
    run = max(reversed(runs), key=len, default=[])
    if not run:
        _take("primary_description", lines[: min(1, last)], page, sheet)
        sheet.leave("unparsed-text", "values of the overview that cannot be distinguished", lines[1:last])
        return
    _take("primary_description", lines[: run[0][0]], page, sheet)
    for index, kind in run:
        _take(kind, lines[index : index + 1], page, sheet)
    _take("primary_time_frame", lines[run[-1][0] + 1 : last], page, sheet)


_ORDER = {"overall_status": 0, "phases": 1, "enrollment": 2}


def _kind(text: str) -> str | None:
    """The field whose value a line is by its looks."""
    if text in STATUS:
        return "overall_status"
    if PHASES.match(text):
        return "phases"
    return "enrollment" if PARTICIPANTS.match(text) else None


def _take(field: str, lines: Sequence[Line], page: Page, sheet: Sheet) -> None:
    if field == "results_posted":
        # The site prints the date of the record's last update there, whenever the results were first posted.
        sheet.leave("unparsed-text", "this is not the date on which results were first posted", lines)
        return
    if lines and field in page.fields:
        sheet.leave("duplicate-field", f"{field.replace('_', ' ')} comes again", lines)
    elif lines:
        sheet.texts(lines)
        page.fields[field] = sheet.whole(lines)
