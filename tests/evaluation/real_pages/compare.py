"""How much of real pages of many sites is read right: values that were read by eye next to what the parser makes.

    python -m tests.evaluation.real_pages.compare TEXTS [--half read|unlooked] [--page 001] [--wrong] [--absent]

TEXTS is a folder with the pages' texts (`*.txt`), pages as HTML, and exports. They are third parties' and not in this
repository: facts.jsonl has of each its address and the SHA-256 of the file, by which it is found, and the facts:

* `facts`: values by JSON Pointer, as the page says them under a label. A prose value is `first words … last words`, a
  value that begins with `*` may begin anywhere; `a || b` is either. A list of records is recognised by a line for each,
  as `DRUG: Aspirin` (see `_RECORDS`); of criteria the number at the top level of a category is told.
* `unlabelled`: values that the page says only in prose or in a place without a label: right if they are read, not
  missed if they are not.
* `refused`: the text is not a record. `refusable`: too little of one to be sure.

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
from parser.problems import ParserError
from tests.evaluation.leaves import leaves

FACTS = Path(__file__).with_name("facts.jsonl")

_AGES = "/protocolSection/eligibilityModule/"
_CRITERIA = "/normalizedSection/eligibilityModule/criteria/"

# How a record of a list is reported in one line: the fields, and what is between them.
_RECORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "/protocolSection/sponsorCollaboratorsModule/collaborators": (" | ", ("name", "class")),
    "/protocolSection/armsInterventionsModule/interventions": (": ", ("type", "name")),
    "/protocolSection/armsInterventionsModule/armGroups": (": ", ("type", "label")),
    "/protocolSection/outcomesModule/primaryOutcomes": (" | ", ("measure", "timeFrame")),
    "/protocolSection/outcomesModule/secondaryOutcomes": (" | ", ("measure", "timeFrame")),
    "/protocolSection/outcomesModule/otherOutcomes": (" | ", ("measure", "timeFrame")),
    "/protocolSection/contactsLocationsModule/locations": (" | ", ("facility", "city", "state", "country")),
    "/protocolSection/contactsLocationsModule/centralContacts": (" | ", ("name", "phone")),
    "/protocolSection/contactsLocationsModule/overallOfficials": (" | ", ("name",)),
    "/protocolSection/identificationModule/secondaryIdInfos": (" | ", ("id",)),
    "/protocolSection/referencesModule/references": (" | ", ("citation",)),
    "/protocolSection/referencesModule/seeAlsoLinks": (" | ", ("url",)),
}


class Tally(Counter[str]):
    """Counts of right, absent, wrong."""

    def line(self) -> str:
        """`120 right, 14 absent, 2 wrong (1.6 % of what is read)`."""
        read = self["right"] + self["wrong"]
        share = 100 * self["wrong"] / read if read else 0.0
        return f"{self['right']} right, {self['absent']} absent, {self['wrong']} wrong ({share:.1f} % of what is read)"


def main() -> None:
    """Print the figures of all pages whose text is there."""
    options = _options()
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for path in options.texts.iterdir()
        if path.suffix in (".txt", ".html", ".xml", ".json", ".csv")
    }
    by_field: dict[str, Tally] = {}
    total = Tally()
    pages = missing = 0
    for line in FACTS.read_text().splitlines():
        row = json.loads(line)
        if (options.half and row["half"] != options.half) or (options.page and row["page"] not in options.page):
            continue
        path = texts.get(row["sha256"])
        if path is None:
            missing += 1
            continue
        pages += 1
        here = Tally()
        data = path.read_text() if path.suffix == ".txt" else path.read_bytes()
        for field, verdict, message in judge(row, data):
            here[verdict] += 1
            by_field.setdefault(field, Tally())[verdict] += 1
            if (options.wrong and verdict == "wrong") or (options.absent and verdict == "absent"):
                print(f"{row['page']} {verdict:6} {field}: {message}")
        total += here
        if options.pages:
            print(f"{row['page']} {here.line()}  {row['address'][:80]}")
    for field, tally in sorted(by_field.items(), key=lambda pair: (-pair[1]["wrong"], -pair[1]["absent"])):
        print(f"{field:70} {tally.line()}")
    print(f"{pages} pages, {missing} without a text: {Tally(total).line()}")


def judge(row: dict[str, Any], text: str | bytes) -> Iterator[tuple[str, str, str]]:
    """Each value of a page: its field, `right`, `absent` or `wrong`, and what was read."""
    try:
        document = parse(text).to_dict()
    except ParserError as error:
        if row.get("refused"):
            yield "refusal", "right", str(error)
        elif not row.get("refusable"):
            for field, told in row["facts"].items():
                for _ in told if isinstance(told, list) else [told]:
                    yield field, "absent", f"refused: {error}"
        return
    if row.get("refused"):
        yield "refusal", "wrong", "read as a record"
    facts, unlabelled = row.get("facts", {}), row.get("unlabelled", {})
    read = dict(values(document))
    for field in {**facts, **unlabelled, **read}:
        yield from _judge_field(field, facts.get(field), unlabelled.get(field), read.get(field), facts)


def _judge_field(
    field: str, told: Any, unlabelled: Any, value: Any, facts: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    if field.startswith(_CRITERIA) and told is None:
        return
    if (
        field == f"{_AGES}stdAges"
        and told is None
        and unlabelled is None
        and facts.keys() & {f"{_AGES}minimumAge", f"{_AGES}maximumAge"}
    ):
        # They follow from the ages.
        return
    if isinstance(told, list) or isinstance(unlabelled, list) or isinstance(value, list):
        yield from _judge_list(field, told or [], unlabelled or [], value or [])
    elif value is None:
        if told is not None:
            yield field, "absent", repr(told)
    else:
        right = any(one is not None and agrees(one, value) for one in (told, unlabelled))
        yield field, "right" if right else "wrong", f"{value!r} is not {told if told is not None else unlabelled!r}"


def _judge_list(
    field: str, told: list[str], unlabelled: list[str], values: list[str]
) -> Iterator[tuple[str, str, str]]:
    left = list(told)
    for value in values:
        found = next((one for one in left if agrees(one, value)), None)
        if found is not None:
            left.remove(found)
        right = (
            found is not None
            or any(agrees(one, value) for one in unlabelled)
            or any(agrees(one, value) for one in told if "interventions" in field)
        )
        yield field, "right" if right else "wrong", f"{value!r} is not among {[*left, *unlabelled]!r}"
    for one in left:
        yield field, "absent", repr(one)


def agrees(told: Any, value: Any) -> bool:
    """Whether a value is what was told."""
    if not isinstance(told, str) or not isinstance(value, str):
        return bool(told == value)
    return any(_agrees(_folded(one), _folded(value)) for one in told.split(" || "))


def _agrees(told: str, value: str) -> bool:
    begin, dots, end = told.partition(" … ")
    if not dots:
        return value == told or (told.startswith("* …") and bool(value))
    return (begin == "*" or value.startswith(begin)) and value.endswith(end)


def _folded(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def values(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a document says, by pointer: single values, and lists with a line for each record."""
    for section in ("protocolSection", "resultsSection", "documentSection"):
        yield from leaves(document.get(section, {}), f"/{section}", _RECORDS, _line)
    for name in ("registry", "registryId"):
        value = document["sourceSection"].get(name)
        if value and document["protocolSection"].get("identificationModule", {}).get("nctId") is None:
            yield f"/sourceSection/{name}", value
    criteria = document.get("normalizedSection", {}).get("eligibilityModule", {}).get("criteria", [])
    counts = Counter(one["category"] for one in criteria if one["kind"] == "criterion")
    for category in ("INCLUSION", "EXCLUSION"):
        if counts[category]:
            yield f"{_CRITERIA}{category}", counts[category]


def _line(fields: tuple[str, tuple[str, ...]], record: Mapping[str, Any]) -> str:
    between, names = fields
    return between.join(str(record.get(name) or "") for name in names)


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--half", choices=("read", "unlooked"))
    arguments.add_argument("--page", action="append")
    arguments.add_argument("--pages", action="store_true", help="a line for each page")
    arguments.add_argument("--wrong", action="store_true", help="print each wrong value")
    arguments.add_argument("--absent", action="store_true", help="print each absent value")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
