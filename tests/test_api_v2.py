"""The sections that a document shares with API v2 fit the registry's own description of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.evaluation.openapi import bare_schema, violations

GOLDENS = sorted((ROOT / "samples").rglob("*.json"))


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: str(path.relative_to(ROOT / "samples")))
def test_a_golden_has_only_keys_types_and_codes_of_the_registry(golden: Path) -> None:
    assert violations(json.loads(golden.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("protocolSection/statusModule/overallStatus", "OPEN"),
        ("protocolSection/statusModule/status", "COMPLETED"),
        ("protocolSection/statusModule/lastUpdatePostDateStruct/date", "2020-02-30"),
        ("protocolSection/designModule/phases", "PHASE1"),
        ("protocolSection/designModule/enrollmentInfo/count", "10"),
        ("protocolSection/eligibilityModule/minimumAge", "18 Years and more"),
        ("protocolSection/eligibilityModule/healthyVolunteers", "No"),
        ("resultsSection/outcomeMeasuresModule/outcomeMeasures", [{"type": "MAIN"}]),
        ("documentSection/largeDocumentModule/largeDocs", [{"size": "1 MB"}]),
    ],
)
def test_what_the_registry_does_not_have_is_seen(path: str, value: Any) -> None:
    document = value
    for key in reversed(path.split("/")):
        document = {key: document}
    ((pointer, _),) = violations(document)
    assert pointer.startswith(f"/{path.rpartition('/')[0]}")


def test_ids_of_ctis_have_a_type() -> None:
    identification = {"secondaryIdInfos": [{"id": "2022-500014-26-00", "type": "CTIS"}]}
    assert violations({"protocolSection": {"identificationModule": identification}}) == []


def test_a_schema_is_made_of_a_description() -> None:
    """Of what the sections lead to; descriptions and the sizes of numbers go, and other keys are shut out."""
    number = {"type": "integer", "format": "int32", "description": "How many."}
    schemas = {
        "ProtocolSection": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Code"}, "a": number}},
        "ResultsSection": {"type": "object", "properties": {"days": {"type": "array", "items": {"format": "date"}}}},
        "DocumentSection": {"type": "object", "properties": {}},
        "Code": {"type": "string", "enum": ["Z", "A"]},
        "Unused": {"type": "string"},
    }
    assert bare_schema({"components": {"schemas": schemas}})["$defs"] == {
        "Code": {"type": "string", "enum": ["A", "Z"]},
        "DocumentSection": {"type": "object", "properties": {}, "additionalProperties": False},
        "ProtocolSection": {
            "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"$ref": "#/$defs/Code"}},
            "additionalProperties": False,
        },
        "ResultsSection": {
            "type": "object",
            "properties": {"days": {"type": "array", "items": {"format": "date"}}},
            "additionalProperties": False,
        },
    }
