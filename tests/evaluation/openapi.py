"""The registry's OpenAPI description as a bare JSON Schema, and documents held against it.

    python -m tests.evaluation.openapi --describe ctg-oas-v2.yaml             # writes tests/api_v2.schema.json
    python -m tests.evaluation.openapi --validate samples/*.json              # what does not fit in these documents
    python -m tests.evaluation.openapi --records studies.jsonl.gz --every 20  # and in those of printed pages

The description is what https://clinicaltrials.gov/data-api/api offers as `ctg-oas-v2.yaml`; only reading that wants
PyYAML. Of it the schema keeps keys, types, patterns, dates, and the codes of enumerations; a key that it does not have
is an error. The exit code is 1 if anything does not fit.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from parser import parse
from tests.evaluation.family_printer import MANNERS, SETS, print_family
from tests.evaluation.measure_layouts import pages
from tests.evaluation.records import Study, chosen_records, load_records, nct_id, records_parser

SCHEMA = Path(__file__).parents[1] / "api_v2.schema.json"

SECTIONS = {
    "protocolSection": "ProtocolSection",
    "resultsSection": "ResultsSection",
    "documentSection": "DocumentSection",
}
"""The sections that documents take over from API v2, and what the description calls them. derivedSection and
annotationSection are the registry's own: no page shows them, and the document has no model of them."""

KEPT = ("type", "enum", "pattern", "format")
"""What is kept of a value's description; of formats `date` alone, as the others are sizes of numbers."""

ADDED_CODES = {"SecondaryIdType": ("CTIS",)}
"""Codes that the description lacks. The registry's records have `CTIS` as the type of the ids that trials in the
European Union got after EudraCT; the description was written before."""


def bare_schema(description: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an object of the SECTIONS, of an OpenAPI description as read from its YAML."""
    known = description["components"]["schemas"]
    definitions: dict[str, Any] = {}
    waiting = list(SECTIONS.values())
    while waiting:
        name = waiting.pop()
        if name not in definitions:
            definitions[name] = _bare(known[name])
            if name in ADDED_CODES:
                definitions[name]["enum"] = sorted({*definitions[name]["enum"], *ADDED_CODES[name]})
            waiting += sorted(_named(definitions[name]))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {key: {"$ref": f"#/$defs/{name}"} for key, name in SECTIONS.items()},
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _bare(described: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in described:
        return {"$ref": f"#/$defs/{described['$ref'].rpartition('/')[2]}"}
    bare = {key: described[key] for key in KEPT if key in described}
    if "enum" in bare:
        bare["enum"] = sorted(bare["enum"])
    if bare.get("format") not in (None, "date"):
        del bare["format"]
    if "items" in described:
        bare["items"] = _bare(described["items"])
    if "properties" in described:
        bare["properties"] = {key: _bare(value) for key, value in sorted(described["properties"].items())}
        bare["additionalProperties"] = False
    return bare


def _named(bare: Any) -> set[str]:
    """The definitions that a bare schema refers to."""
    if not isinstance(bare, dict):
        return set()
    here = {bare["$ref"].rpartition("/")[2]} if "$ref" in bare else set()
    return here.union(*map(_named, bare.values()))


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker(["date"]))


def violations(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a document or a study does not fit the committed schema: a JSON Pointer, and what is wrong there."""
    found = _validator().iter_errors(document)
    return [("".join(f"/{key}" for key in error.absolute_path), error.message) for error in found]


def printed(studies: Iterable[Study]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is read of each study's pages in every layout, by the study's id and the layout."""
    for study in studies:
        for form, page, _ in pages(study):
            yield f"{nct_id(study)} ({form})", parse(page).to_dict()
        for words in SETS:
            for manner in MANNERS:
                yield f"{nct_id(study)} ({words}, {manner})", parse(print_family(study, words, manner)).to_dict()


def report(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """A line for each kind of violation with its first example, by frequency, and one for the whole."""
    count = wrong = 0
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for name, document in documents:
        found = violations(document)
        count, wrong = count + 1, wrong + bool(found)
        for pointer, message in found:
            kind = re.sub(r"/\d+(?=/|$)", "/*", pointer)
            kinds[kind] += 1
            examples.setdefault(kind, f"{name}: {message}")
    for kind, times in kinds.most_common():
        yield f"{times:7} {kind}, first in {examples[kind]:.200}"
    yield f"{wrong} of {count} documents do not fit"


def write_schema(description: Path, to: Path = SCHEMA) -> None:
    """Write the schema of a file with the registry's OpenAPI description."""
    import yaml

    schema = bare_schema(yaml.safe_load(description.read_text(encoding="utf-8")))
    to.write_text(f"{_laid_out(schema)}\n", encoding="utf-8", newline="\n")


def _laid_out(value: Any, indent: str = "") -> str:
    """JSON with what fits on a line on one line, and of the rest an entry on each."""
    whole = json.dumps(value)
    if len(indent) + len(whole) < 100 or not isinstance(value, dict | list):
        return whole
    inner = indent + " "
    entries = [_laid_out(entry, inner) for entry in (value if isinstance(value, list) else value.values())]
    if isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {entry}" for key, entry in zip(value, entries, strict=True)]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return f"{opened}\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}{closed}"


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.openapi", __doc__)
    options.add_argument("--describe", type=Path, metavar="YAML", help="make the schema of this description")
    options.add_argument("--validate", type=Path, nargs="+", metavar="FILE", help="documents or studies in JSON")
    chosen = options.parse_args(argv)
    if chosen.describe:
        write_schema(chosen.describe)
        return 0
    if chosen.validate:
        named = ((f"{path}#{number}", one) for path in chosen.validate for number, one in enumerate(load_records(path)))
        lines = list(report(named))
    else:
        lines = list(report(printed(chosen_records(options, chosen))))
    print(*lines, sep="\n")
    return int(len(lines) > 1)


if __name__ == "__main__":
    sys.exit(main())
