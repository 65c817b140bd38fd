"""The JSON Schema (2020-12) of a document, from the structs of the model."""

from __future__ import annotations

from typing import Any

import msgspec

from parser.model.document import SCHEMA_VERSION, Document


def schema() -> dict[str, Any]:
    """The schema as plain dicts: each struct of the model is one definition in `$defs`, by its name.

    It describes what the package writes, so keys that the model lacks are no part of it.
    """
    _, definitions = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["additionalProperties"] = False
        for described in definition["properties"].values():
            # What is omitted from the JSON is not written as its default.
            described.pop("default", None)
    root = definitions.pop(Document.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:registry-text-parser:document:{SCHEMA_VERSION}",
        **root,
        "title": "A parsed record of a clinical trial registry",
        "$defs": dict(sorted(definitions.items())),
    }
