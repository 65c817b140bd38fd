"""API v2 records through the four shapes of JSON: sections leaf for leaf, criteria as `parse_criteria` has them.

python -m tests.evaluation.exports_json          # the records that REGISTRY_RECORDS names
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from parser import Document, parse, parse_criteria, parse_records
from tests.evaluation.records import load_records

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


def main() -> None:
    studies = list(load_records())
    texts = [json.dumps(study, ensure_ascii=False) for study in studies]
    for name, shape in SHAPES.items():
        found = [list(differences(*pair)) for pair in zip(studies, shape(texts), strict=True)]
        wrong = sum(map(bool, found))
        print(f"{name:<20}{len(found):>7,} records, {wrong} differ {sorted({one for some in found for one in some})}")


if __name__ == "__main__":
    main()
