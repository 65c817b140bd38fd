"""The JSON Schema (2020-12) of a document, from the structs of the model."""

from __future__ import annotations

from typing import Any

import msgspec

from parser.model.document import SCHEMA_VERSION, Document


def schema() -> dict[str, Any]:
    """The schema as plain dicts: each struct of the model is one definition in `$defs`, by its name.

    It describes what the package writes: an optional key is omitted if it is null or an empty list, and keys that the
    model lacks are not described.
    """
    _, definitions = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["additionalProperties"] = False
        for key, described in definition["properties"].items():
            if key not in definition["required"]:
                _describe_optional(described)
    root = definitions.pop(Document.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:registry-text-parser:document:{SCHEMA_VERSION}",
        **root,
        "title": "A parsed record of a clinical trial registry",
        "description": "A study in the shape of ClinicalTrials.gov API v2, with two sections added.",
        "$defs": dict(sorted(definitions.items())),
    }


def _describe_optional(described: dict[str, Any]) -> None:
    described.pop("default", None)
    if "anyOf" in described:
        kinds = [kind for kind in described.pop("anyOf") if kind != {"type": "null"}]
        described.update(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})
    if described.get("type") == "array":
        described["minItems"] = 1
