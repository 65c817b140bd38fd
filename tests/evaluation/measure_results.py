"""How much of the registry's results comes back from results pages printed of them.

    python -m tests.evaluation.measure_results --only bars --show 3

Every record with results is printed in lines and with bars between cells, in each style of what is not known of the
site: an empty cell as a dash, blank, or left out; groups with and without descriptions. Some cells are taken out of the
records first, so that there are empty ones. A cell is right if the record's own number is at its label and group.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from parser import parse
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser
from tests.evaluation.results_printer import BLANK, DASH, LEFT_OUT, Style, print_results

Key = tuple[Any, ...]
Cells = dict[Key, Any]


class Score(NamedTuple):
    """Of the cells of the records: how many came back, how many are missing, and how many are wrong or invented."""

    cells: int
    right: int
    missing: int
    wrong: int
    mismatched_rows: int

    @property
    def share(self) -> float:
        return self.right / self.cells if self.cells else 1.0


def thinned(study: Study, share: float, seed: int = 7) -> Study:
    """A study without some of the cells of its participant flow and baseline, which are chosen by `seed`."""
    chosen = random.Random(f"{seed} {study['protocolSection']['identificationModule']['nctId']}")
    study = copy.deepcopy(study)
    for row in _rows(study["resultsSection"]):
        kept = [one for one in row if chosen.random() >= share]
        row[:] = kept
    return study


def _rows(results: Any) -> Iterator[list[Any]]:
    for period in results["participantFlowModule"]["periods"]:
        yield from (row["achievements"] for row in period["milestones"])
        yield from (row["reasons"] for row in period.get("dropWithdraws", []))
    for _, _, measurements in _measured(results["baselineCharacteristicsModule"]):
        yield measurements


def _measured(module: Any) -> Iterator[tuple[Any, list[str], list[Any]]]:
    for measure in module.get("measures", []):
        for one in measure.get("classes", []):
            for category in one.get("categories", []):
                label = [part["title"] for part in (one, category) if part.get("title")]
                yield measure, label, category.get("measurements", [])


def flow_cells(results: Any) -> Cells:
    """The numbers of a participant flow, by period, row and group."""
    module = results.get("participantFlowModule", {})
    titles = {group["id"]: _line(group["title"]) for group in module.get("groups", [])}
    found: Cells = {}
    for period in module.get("periods", []):
        for key, numbers in (("milestones", "achievements"), ("dropWithdraws", "reasons")):
            for row in period.get(key, []):
                for one in row.get(numbers, []):
                    place = (key, _line(period["title"]), _line(row["type"]), one["groupId"], titles[one["groupId"]])
                    _put(found, place, one["numSubjects"])
    return found


def baseline_cells(results: Any) -> Cells:
    """The values at baseline, by measure, row and group, with unit and dispersion."""
    module = results.get("baselineCharacteristicsModule", {})
    titles = {group["id"]: _line(group["title"]) for group in module.get("groups", [])}
    found: Cells = {}
    for one in module.get("denoms", [])[:1]:
        for count in one["counts"]:
            _put(found, ("n", count["groupId"], titles[count["groupId"]]), count["value"])
    for measure, label, measurements in _measured(module):
        for one in measurements:
            place = (_line(measure["title"]), *map(_line, label), one["groupId"], titles[one["groupId"]])
            dispersion = (one.get("spread"), one.get("lowerLimit"), one.get("upperLimit"))
            said = (one["value"], measure.get("unitOfMeasure"), *dispersion)
            _put(found, place, (*said, measure.get("dispersionType") if any(dispersion) else None))
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def _put(cells: Cells, place: Key, value: Any) -> None:
    """A value at a place, or at the next one of its name: records repeat labels."""
    number = 0
    while (*place, number) in cells:
        number += 1
    cells[(*place, number)] = value


def compare(wanted: Cells, found: Cells) -> Counter[str]:
    """How many cells are right, missing and wrong; a cell that the record does not have is wrong."""
    counts = Counter({"cells": len(wanted)})
    for place in wanted | found:
        if place not in found:
            counts["missing"] += 1
        else:
            counts["right" if wanted.get(place) == found[place] else "wrong"] += 1
    return counts


def score(studies: Iterable[Study], style: Style, show: int = 0) -> dict[str, Score]:
    """The score of the participant flow and of the baseline, over studies printed in a style."""
    totals = {"flow": Counter[str](), "baseline": Counter[str]()}
    for study in studies:
        document = parse(print_results(study, style)).to_dict()
        rows = sum(one["code"] == "row-mismatch" for one in document["sourceSection"].get("problems", []))
        for part, read in (("flow", flow_cells), ("baseline", baseline_cells)):
            wanted, found = read(study["resultsSection"]), read(document.get("resultsSection", {}))
            totals[part] += compare(wanted, found)
            totals[part]["rows"] += rows
            for place in wanted | found:
                if show and wanted.get(place) != found.get(place):
                    show -= 1
                    print(nct_id(study), place)
                    print("   wanted", wanted.get(place), "found", found.get(place))
    return {
        part: Score(one["cells"], one["right"], one["missing"], one["wrong"], one["rows"])
        for part, one in totals.items()
    }


def styles() -> Iterator[tuple[str, Style, float]]:
    """What is measured: a name, how pages are printed, and the share of cells taken out."""
    for bars in (False, True):
        form = "bars" if bars else "lines"
        yield f"{form}, whole", Style(bars), 0
        yield f"{form}, no descriptions", Style(bars, descriptions=False), 0
        for limits in ("{} to {}", "{} - {}"):
            yield f"{form}, limits {limits.format('a', 'b')}", Style(bars, limits=limits), 0
        for missing in (DASH, BLANK, LEFT_OUT):
            yield f"{form}, empty cells {missing}", Style(bars, missing), 0.05
            yield f"{form}, empty cells {missing}, no descriptions", Style(bars, missing, descriptions=False), 0.05


def main(argv: list[str] | None = None) -> None:
    options = records_parser("tests.evaluation.measure_results", __doc__)
    options.add_argument("--show", type=int, default=0, metavar="N", help="print N cells that differ, in each style")
    options.add_argument("--only", default="", metavar="WORD", help="only the styles whose name has this in it")
    chosen = options.parse_args(argv)
    studies = [study for study in chosen_records(options, chosen) if "resultsSection" in study]
    print(f"{len(studies)} records with results")
    for name, style, share in styles():
        if chosen.only in name:
            for part, one in score([thinned(study, share) for study in studies], style, chosen.show).items():
                print(
                    f"{name:45} {part:9} {one.share:7.2%} of {one.cells:,} cells; missing {one.missing}, wrong "
                    f"{one.wrong}; rows that do not fit {one.mismatched_rows}"
                )


if __name__ == "__main__":
    main()
