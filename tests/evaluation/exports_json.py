"""API v2 records through the four shapes of JSON: sections leaf for leaf, criteria as `parse_criteria` has them.

Then the time that a record takes from its JSON to the document's, and from its labelled page.

python -m tests.evaluation.exports_json --records studies.json
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from parser import Document, parse, parse_criteria, parse_records
from tests.evaluation.printer import print_page
from tests.evaluation.records import chosen_records, records_parser

Shape = Callable[[list[str]], Iterator[Document]]


def _records(text: str) -> Iterator[Document]:
    return parse_records(io.BytesIO(text.encode()))


SHAPES: dict[str, Shape] = {
    "a study": lambda studies: map(parse, studies),
    "array": lambda studies: _records(f"[{','.join(studies)}]"),
    '{"studies": [...]}': lambda studies: _records(f'{{"nextPageToken": "x", "studies": [{",".join(studies)}]}}'),
    "JSON lines": lambda studies: _records("\n".join(studies)),
}


def differences(study: dict[str, Any], document: Document) -> Iterator[str]:
    """What of a study did not come out as it went in."""
    written = document.to_dict()
    own = ("schemaVersion", "normalizedSection", "sourceSection")
    if json.dumps({key: value for key, value in written.items() if key not in own}) != json.dumps(study):
        yield "sections"
    text = study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
    module = written.get("normalizedSection", {}).get("eligibilityModule", {})
    alone = parse_criteria(text).to_dict()
    if (module.get("criteria", []), module.get("headings", [])) != (alone["criteria"], alone["headings"]):
        yield "criteria"


def milliseconds(inputs: list[str]) -> float:
    started = time.process_time()
    for text in inputs:
        parse(text).to_json()
    return (time.process_time() - started) * 1000 / len(inputs)


def main() -> None:
    options = records_parser("tests.evaluation.exports_json", __doc__)
    studies = chosen_records(options, options.parse_args())
    texts = [json.dumps(study, ensure_ascii=False) for study in studies]
    for name, shape in SHAPES.items():
        found = [list(differences(*pair)) for pair in zip(studies, shape(texts), strict=True)]
        wrong = sum(map(bool, found))
        print(f"{name:<20}{len(found):>7,} records, {wrong} differ {sorted({one for some in found for one in some})}")
    print(
        f"{milliseconds(texts):.1f} ms a record as JSON, {milliseconds([*map(print_page, studies)]):.1f} ms as a page"
    )


if __name__ == "__main__":
    main()
