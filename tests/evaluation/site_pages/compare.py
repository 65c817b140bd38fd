"""How much of real pages of the seed's site is read right: values that were read by eye next to what the parser makes.

    python -m tests.evaluation.site_pages.compare TEXTS [--page 003] [--each]

TEXTS is a folder with the pages' texts, `*.txt`. They are not in this repository: facts.jsonl has of each its address
and the SHA-256 of the text, by which the texts are found, and the facts:

* `facts`: values by JSON Pointer. `first words … last words` is a long one, `first words … *` one that the end of the
  text cuts short. A list of records is recognised by a line for each: `PRIMARY | description | time frame`.
* `unlabelled`: values that are right if they are read and not missed if they are not: the end of the text cuts them.

What the output has and the facts have not is wrong too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from parser import parse
from tests.evaluation.leaves import leaves

FACTS = Path(__file__).with_name("facts.jsonl")
BETWEEN = " | "

_ARMS = "/protocolSection/armsInterventionsModule"
_FLOW = "/resultsSection/participantFlowModule"
_BASELINE = "/resultsSection/baselineCharacteristicsModule"

# How a record of a list is reported in one line.
_RECORDS: Mapping[str, tuple[str, ...]] = {
    f"{_ARMS}/armGroups": ("type", "label", "description"),
    f"{_ARMS}/interventions": ("type", "name", "description"),
    f"{_FLOW}/groups": ("title", "description"),
    "/resultsSection/outcomeMeasuresModule/outcomeMeasures": ("type", "description", "timeFrame"),
}
# What a flow calls its rows, and what it calls their cells.
_CELLS = {"milestones": "achievements", "dropWithdraws": "reasons"}


def main() -> None:
    """Print each wrong and each absent value, and the figures of all pages whose text is there."""
    options = _options()
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in options.texts.glob("*.txt")}
    total: Counter[str] = Counter()
    rows = [json.loads(line) for line in FACTS.read_text().splitlines()]
    rows = [row for row in rows if row["sha256"] in texts and (not options.page or row["page"] in options.page)]
    for row in rows:
        here: Counter[str] = Counter()
        for field, verdict, message in judge(row, texts[row["sha256"]].read_text()):
            here[verdict] += 1
            if verdict != "right":
                print(f"{row['page']} {verdict:6} {field}: {message}")
        if options.each:
            print(row["page"], _line(here), row["address"])
        total += here
    print(f"{len(rows)} pages: {_line(total)}")


def _line(tally: Counter[str]) -> str:
    return ", ".join(f"{tally[verdict]} {verdict}" for verdict in ("right", "absent", "wrong"))


def judge(row: Mapping[str, Any], text: str) -> Iterator[tuple[str, str, str]]:
    """Each value of a page: its field, `right`, `absent` or `wrong`, and what was read."""
    facts, maybe = row["facts"], row.get("unlabelled", {})
    read = dict(_values(parse(text).to_dict()))
    for field in {**facts, **read}:
        told, others, found = (_listed(one.get(field)) for one in (facts, maybe, read))
        for value in found:
            known = next((one for one in told if agrees(one, value)), None)
            if known is not None:
                told.remove(known)
            right = known is not None or any(agrees(one, value) for one in others)
            yield field, "right" if right else "wrong", f"{value!r} is not among {[*told, *others]!r}"
        yield from ((field, "absent", repr(one)) for one in told)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def agrees(told: Any, value: Any) -> bool:
    """Whether a value is what was told."""
    if not isinstance(told, str) or not isinstance(value, str):
        return bool(told == value)
    parts, found = told.split(BETWEEN), value.split(BETWEEN)
    return len(parts) == len(found) and all(map(_agrees, parts, found))


def _agrees(told: str, value: str) -> bool:
    begin, dots, end = told.partition(" … ")
    if not dots:
        return told == value
    return value.startswith(begin) and (end == "*" or value.endswith(end))


def _values(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a document says, by pointer: single values, and lists with a line for each record."""
    yield "/hasResults", document.get("hasResults")
    yield from leaves(document["protocolSection"], "/protocolSection", _RECORDS, _fields)
    results = document.get("resultsSection", {})
    flow, baseline = results.pop("participantFlowModule", {}), results.pop("baselineCharacteristicsModule", {})
    yield from leaves(results, "/resultsSection", _RECORDS, _fields)
    periods = flow.pop("periods", [])
    yield from leaves(flow, _FLOW, _RECORDS, _fields)
    for name, cells in _CELLS.items():
        yield (
            f"{_FLOW}/{name}",
            [
                _record([period.get("title"), row["type"], *(cell.get("numSubjects") for cell in row[cells])])
                for period in periods
                for row in period.get(name, [])
            ],
        )
    counts = baseline.get("denoms", [{"counts": []}])[0]["counts"]
    number = {one["groupId"]: one["value"] for one in counts}
    yield (
        f"{_BASELINE}/groups",
        [
            _record([group["title"], number.get(group["id"]), group.get("description")])
            for group in baseline.get("groups", [])
        ],
    )
    yield f"{_BASELINE}/measures", list(_measures(baseline))
    if "populationDescription" in baseline:
        yield f"{_BASELINE}/populationDescription", baseline["populationDescription"]


def _measures(baseline: Mapping[str, Any]) -> Iterator[str]:
    """A line for each row of the table: measure, class, category, unit, and the values, a dispersion after each."""
    for measure in baseline.get("measures", []):
        for one in measure["classes"]:
            for category in one["categories"]:
                titles = [title for title in (one.get("title"), category.get("title")) if title]
                cells = [
                    " ".join(cell[key] for key in ("value", "spread", "lowerLimit", "upperLimit") if key in cell)
                    for cell in category["measurements"]
                ]
                yield _record([measure["title"], *titles, measure.get("unitOfMeasure"), *cells])


def _record(values: list[Any]) -> str:
    return BETWEEN.join(" ".join(str(value or "").split()) for value in values)


def _fields(names: tuple[str, ...], record: Mapping[str, Any]) -> str:
    return _record([record.get(name) for name in names])


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--page", action="append")
    arguments.add_argument("--each", action="store_true", help="a line for each page")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
