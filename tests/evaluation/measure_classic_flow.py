"""How much of the participant flow is read on ClinicalTrials.gov's pages of results before 2024, cell by cell.

    python -m tests.evaluation.measure_classic_flow --records studies.json [--manner bars] [--show]

Records with results are printed as these pages print them; a cell counts with its period, row and group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parser import parse
from tests.evaluation.classic_printer import MANNERS, Row, print_rows, typed
from tests.evaluation.family_printer import one_line
from tests.evaluation.printer import Json
from tests.evaluation.real_pages.compare import Tally
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser

_PRINTED = {"STARTED": "Started", "COMPLETED": "Completed", "NOT COMPLETED": "Not Completed"}


def main() -> None:
    """Print the figures of each manner."""
    parser = records_parser("measure_classic_flow", __doc__)
    parser.add_argument("--manner", choices=MANNERS, action="append")
    parser.add_argument("--show", action="store_true", help="print the records that are not wholly right")
    options = parser.parse_args()
    studies = [study for study in chosen_records(parser, options) if _flow(study).get("groups")]
    for manner in options.manner or MANNERS:
        total = Tally()
        for study in studies:
            here = judge(study, manner)
            total += here
            if options.show and (here["absent"] or here["wrong"]):
                print(nct_id(study), here.line())
        print(f"{manner}: {len(studies)} pages, {Tally(total).line()}")


def judge(study: Study, manner: str) -> Tally:
    """Counts of right, absent and wrong cells and texts of the flow."""
    told = dict(_cells(_flow(study)))
    read = dict(_cells(_flow(parse(print_rows(_rows(study), manner)).to_dict())))
    right = sum(read.get(place) == value for place, value in told.items())
    return Tally(right=right, absent=len(told) - right, wrong=sum(told.get(at) != value for at, value in read.items()))


def _flow(study: Json) -> Json:
    flow: Json = study.get("resultsSection", {}).get("participantFlowModule", {})
    return flow


def _cells(flow: Json) -> Iterator[tuple[tuple[Any, ...], str]]:
    for name in ("recruitmentDetails", "preAssignmentDetails"):
        if flow.get(name):
            yield (name,), one_line(flow[name])
    groups = [group["id"] for group in flow.get("groups", ())]
    for at, group in enumerate(flow.get("groups", ())):
        yield ("group", at), one_line(group["title"])
    for number, period in enumerate(flow.get("periods", ())):
        for rows, cells in (("milestones", "achievements"), ("dropWithdraws", "reasons")):
            for row in period.get(rows, ()):
                for cell in row[cells]:
                    yield (number, rows, one_line(row["type"]), groups.index(cell["groupId"])), cell["numSubjects"]


def _rows(study: Study) -> Iterator[Row]:
    section, flow = study["protocolSection"], _flow(study)
    yield (one_line(section["identificationModule"]["briefTitle"]),)
    yield (f"ClinicalTrials.gov Identifier: {nct_id(study)}",)
    yield ("Recruitment Status : Completed",)
    yield ("First Posted : November 19, 2004",)
    yield ("Last Update Posted : March 24, 2014",)
    yield ("Interventions",)
    for one in section.get("armsInterventionsModule", {}).get("interventions", ()):
        yield (f"{typed(one)}: {one_line(one['name'])}",)
    yield ("Participant Flow",)
    yield ("Go to",)
    for label, name in (
        ("Recruitment Details", "recruitmentDetails"),
        ("Pre-assignment Details", "preAssignmentDetails"),
    ):
        if flow.get(name):
            yield (label, one_line(flow[name]))
    yield ("Arm/Group Title", *(one_line(group["title"]) for group in flow["groups"]))
    yield ("Hide Arm/Group Description", *(one_line(group.get("description")) for group in flow["groups"]))
    for period in flow["periods"]:
        yield (f"Period Title: {one_line(period['title'])}",)
        for row in period.get("milestones", ()):
            cells = [cell["numSubjects"] for cell in row["achievements"]]
            yield (_PRINTED.get(row["type"], one_line(row["type"])), *cells)
        if period.get("dropWithdraws"):
            yield ("Reason Not Completed",)
        for row in period.get("dropWithdraws", ()):
            yield (one_line(row["type"]), *(cell["numSubjects"] for cell in row["reasons"]))
    yield ("Baseline Characteristics",)
    yield ("Go to",)
    yield ("Arm/Group Title", *(one_line(group["title"]) for group in flow["groups"]), "Total")


if __name__ == "__main__":
    main()
