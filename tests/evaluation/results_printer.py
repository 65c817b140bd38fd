"""Prints the results of an API v2 study as a results page, so that tests have pages whose right reading is known.

It shares no code with the package. What a page shows of a record follows LAYOUT.md's "Results pages"; what that does
not say (an empty cell, two limits, outcomes, adverse events) is a choice of `Style`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

# The site prints numerators of its own next to the values at baseline, whatever the record says: 5, 7, 5, ...
_SITE_COUNTS = (5, 7, 5, 4, 21)

DASH, BLANK, LEFT_OUT = "dash", "blank", "left-out"


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is printed: in lines, or with bars between cells; how an empty cell and two limits look."""

    bars: bool = False
    missing: str = DASH
    descriptions: bool = True
    limits: str = "[{}, {}]"
    more: bool = False
    """Whether outcomes and adverse events follow the characteristics at baseline."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each group its title, its number and its description, then rows of a label and cells."""

    title: str
    groups: list[tuple[str, str | None, str]]
    rows: list[tuple[list[str], list[list[str] | None]]]


def print_results(study: Json, style: Style = Style()) -> str:
    """A study's results page, in the order of the site."""
    blocks = list(_blocks(study, style))
    return "\n".join(blocks) if style.bars else "\n\n".join(blocks)


def _blocks(study: Json, style: Style) -> Iterator[str]:
    protocol, results = study["protocolSection"], study["resultsSection"]
    identification, status = protocol["identificationModule"], protocol["statusModule"]
    title, nct_id = _line(identification["briefTitle"]), identification["nctId"]
    yield f"Trial Outcomes & Findings for {title} (NCT {nct_id})"
    yield f"NCT ID: {nct_id}"
    yield f"Last Updated: {status['lastUpdatePostDateStruct']['date']}"
    yield "Results Overview"
    yield from _overview(study, style)
    flow = results["participantFlowModule"]
    yield "Participant Flow"
    yield from (_line(flow[key]) for key in ("recruitmentDetails", "preAssignmentDetails") if key in flow)
    yield from _table(flow_grid("Participant milestones", flow, "milestones", "achievements", style), style)
    reasons = flow_grid("Reasons for withdrawal", flow, "dropWithdraws", "reasons", style)
    if reasons.rows:
        yield from _table(reasons, style)
    baseline = results["baselineCharacteristicsModule"]
    yield "Baseline Characteristics"
    yield title
    yield from _table(baseline_grid(baseline, style), style)
    if style.more:
        yield from _outcomes(results["outcomeMeasuresModule"], style)
        yield from _events(results["adverseEventsModule"], style)


def _overview(study: Json, style: Style) -> Iterator[str]:
    protocol = study["protocolSection"]
    outcomes = study["resultsSection"].get("outcomeMeasuresModule", {}).get("outcomeMeasures", [])
    primary = next((one for one in outcomes if one["type"] == "PRIMARY"), {})
    design = protocol["designModule"]
    count = design.get("enrollmentInfo", {}).get("count")
    if "description" in primary:
        yield _line(primary["description"])
    for label, value in (
        ("Recruitment status", protocol["statusModule"].get("overallStatus")),
        ("Study phase", "/".join(design.get("phases", []))),
        ("Target enrollment", f"{count} participants" if count else None),
        ("Primary outcome timeframe", primary.get("timeFrame")),
        ("Results posted on", protocol["statusModule"].get("resultsFirstPostDateStruct", {}).get("date")),
    ):
        if value:
            yield from ([] if style.bars else [label])
            yield _line(value)


# --- tables ---


def flow_grid(title: str, flow: Json, key: str, numbers: str, style: Style) -> Grid:
    rows = [
        ([period["title"], row["type"]], _cells(flow["groups"], row[numbers], lambda one: [one["numSubjects"]]))
        for period in flow["periods"]
        for row in period.get(key, [])
    ]
    return Grid(title, [(group["title"], None, _description(group, style)) for group in flow["groups"]], rows)


def baseline_grid(module: Json, style: Style) -> Grid:
    groups = _counted(module, "Participants", style)
    rows = [row for measure in module["measures"] for row in _measure_rows(measure, module["groups"], style)]
    return Grid("Baseline characteristics by cohort", groups, rows)


def _counted(module: Json, units: str, style: Style) -> list[tuple[str, str | None, str]]:
    counts = {one["groupId"]: one["value"] for one in module.get("denoms", [{"counts": []}])[0]["counts"]}
    return [
        (group["title"], f"n={counts.get(group['id'], 0)} {units}", _description(group, style))
        for group in module["groups"]
    ]


def _measure_rows(measure: Json, groups: Sequence[Json], style: Style) -> Iterator[tuple[list[str], Any]]:
    places = {group["id"]: place for place, group in enumerate(groups)}
    for one in measure.get("classes", []):
        for category in one.get("categories", []):
            if category.get("measurements"):
                label = [measure["title"], *(part["title"] for part in (one, category) if part.get("title"))]
                yield (
                    [_line(part) for part in label],
                    _cells(groups, category["measurements"], lambda cell: _value(measure, cell, places, style)),
                )


def _value(measure: Json, cell: Json, places: Mapping[str, int], style: Style) -> list[str]:
    value = " ".join(filter(None, (cell["value"], measure.get("unitOfMeasure"))))
    site = f"n={_SITE_COUNTS[places[cell['groupId']] % len(_SITE_COUNTS)]} Participants"
    spread = _spread(cell, style)
    kind = measure.get("dispersionType")
    return [_line(value), f"{kind} {spread} • {site}" if kind and spread else site]


def _spread(cell: Json, style: Style) -> str | None:
    if "lowerLimit" in cell and "upperLimit" in cell:
        return style.limits.format(cell["lowerLimit"], cell["upperLimit"])
    spread: str | None = cell.get("spread")
    return spread


def _cells(groups: Sequence[Json], numbers: Sequence[Json], show: Any) -> list[list[str] | None]:
    by_group = {one["groupId"]: one for one in numbers}
    return [show(by_group[group["id"]]) if group["id"] in by_group else None for group in groups]


def _description(group: Json, style: Style) -> str:
    return group.get("description", "") if style.descriptions else ""


def _table(grid: Grid, style: Style) -> Iterator[str]:
    yield grid.title
    yield "\n".join(_bars(grid, style) if style.bars else _lines(grid, style))


def _lines(grid: Grid, style: Style) -> Iterator[str]:
    yield grid.title
    yield "Measure"
    for title, count, description in grid.groups:
        yield from filter(None, (_line(title), count, _line(description)))
    for label, cells in grid.rows:
        yield from label
        for cell in cells:
            yield from cell if cell is not None else _missing(style)


def _missing(style: Style) -> list[str]:
    return {DASH: ["—"], BLANK: [""], LEFT_OUT: []}[style.missing]


def _bars(grid: Grid, style: Style) -> Iterator[str]:
    yield "| Measure |"
    for title, count, description in grid.groups:
        yield from filter(None, (_line(title), count, *map(_line, description.split("\n"))))
        yield "|"
    yield "|" + "---|" * (len(grid.groups) + 1)
    for label, cells in grid.rows:
        yield "|"
        yield from label
        yield "|"
        for cell in cells:
            if cell is not None or style.missing != LEFT_OUT:
                yield from cell if cell is not None else _missing(style)
                yield "|"


# --- what pages are only guessed to print ---


def _outcomes(module: Json, style: Style) -> Iterator[str]:
    yield "Outcome Measures"
    for measure in module["outcomeMeasures"]:
        yield f"{measure['type']} outcome"
        yield f"Timeframe: {_line(measure['timeFrame'])}"
        if "populationDescription" in measure:
            yield f"Population: {_line(measure['populationDescription'])}"
        if "description" in measure:
            yield _line(measure["description"])
        if measure.get("classes"):
            rows = list(_outcome_rows(measure, style))
            yield from _table(Grid("Outcome measures", _counted(measure, "Participants", style), rows), style)


def _outcome_rows(measure: Json, style: Style) -> Iterator[tuple[list[str], Any]]:
    for label, cells in _measure_rows(measure, measure["groups"], style):
        kept = [
            None if cell is None else [cell[0], *(line.split(" • ")[0] for line in cell[1:] if " • " in line)]
            for cell in cells
        ]
        yield label, kept


def _events(module: Json, style: Style) -> Iterator[str]:
    yield "Adverse Events"
    for group in module["eventGroups"]:
        yield _line(group["title"])
        yield f"Serious events: {group['seriousNumAffected']} serious events"
        yield f"Other events: {group['otherNumAffected']} other events"
        if "deathsNumAffected" in group:
            yield f"Deaths: {group['deathsNumAffected']} deaths"
    for title, key in (("Serious adverse events", "serious"), ("Other adverse events", "other")):
        groups = [
            (group["title"], f"n={group[key + 'NumAtRisk']} participants at risk", _description(group, style))
            for group in module["eventGroups"]
        ]
        rows = [
            ([event["organSystem"], event["term"]], _cells(module["eventGroups"], event["stats"], _event_cell))
            for event in module.get(key + "Events", [])
        ]
        if rows:
            yield from _table(Grid(title, groups, rows), style)


def _event_cell(stats: Json) -> list[str]:
    affected, at_risk = stats.get("numAffected", 0), stats["numAtRisk"]
    events = f" • Number of events {stats['numEvents']}" if "numEvents" in stats else ""
    return [f"{affected / at_risk:.1%}" if at_risk else "NA", f"{affected}/{at_risk}{events} • 8 weeks"]


def _line(text: str) -> str:
    return " ".join(text.split())


def pages(studies: Iterable[Json], style: Style) -> Iterator[tuple[Json, str]]:
    """Each study that has results, with its page."""
    return ((study, print_results(study, style)) for study in studies if "resultsSection" in study)
