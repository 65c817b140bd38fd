"""What is assembled of exports, against the registry's OpenAPI description: keys, types, codes, dates.

python -m tests.evaluation.exports_oas ctg-oas-v2.yaml FILE...
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from parser import parse_records

OWN = ("schemaVersion", "normalizedSection", "sourceSection")


def validator(description: Path) -> Draft202012Validator:
    """Of a study; a key that the description lacks is a violation."""
    schemas: dict[str, Any] = yaml.safe_load(description.read_text(encoding="utf-8"))["components"]["schemas"]
    for schema in schemas.values():
        if schema.get("type") == "object" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
    definitions = _rereferenced(schemas)
    return Draft202012Validator(
        {"$ref": "#/$defs/Study", "$defs": definitions}, format_checker=FormatChecker(formats=["date"])
    )


def _rereferenced(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _rereferenced(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_rereferenced(value) for value in data]
    return data.replace("#/components/schemas/", "#/$defs/") if isinstance(data, str) else data


def main(description: str, *files: str) -> None:
    check = validator(Path(description))
    records = 0
    violations: Counter[str] = Counter()
    for file in files:
        for document in parse_records(Path(file)):
            records += 1
            study = {key: value for key, value in document.to_dict().items() if key not in OWN}
            for error in check.iter_errors(study):
                path = "/".join("*" if isinstance(step, int) else step for step in error.absolute_path)
                violations[f"{path}: {error.message[:100]}"] += 1
    print(f"{records:,} records, {violations.total():,} violations")
    for violation, count in violations.most_common(20):
        print(f"{count:>6,}  {violation}")


if __name__ == "__main__":
    main(*sys.argv[1:])
