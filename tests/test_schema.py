"""The JSON Schema: valid itself, true of every golden and of any document, and strict about everything else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from parser.codec import Choice, Items, Leaf, Object, Places, Scalar, Shape, decode, encode, fields_of
from parser.writers.schema import schema

from parser.model.document import SCHEMA_VERSION, Document
from parser.source import Span, Value
from tests.conftest import ROOT

GOLDENS = sorted((ROOT / "samples").rglob("*.json"))
VALIDATOR = Draft202012Validator(schema())


def faults(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_valid_and_names_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == f"urn:registry-text-parser:document:{SCHEMA_VERSION}"
    assert schema()["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION


def test_every_object_is_closed_and_every_field_of_the_model_is_described() -> None:
    for name, definition in {"Document": schema(), **schema()["$defs"]}.items():
        assert definition["additionalProperties"] is False, name
        for key, described in definition["properties"].items():
            # A problem's fields are described by the class.
            assert described.get("description") or name == "Problem", f"{name}.{key} says nothing"


@pytest.mark.parametrize("golden", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_goldens_have_the_shape(golden: Path) -> None:
    assert faults(json.loads(golden.read_text(encoding="utf-8"))) == []


def test_there_are_goldens_to_validate() -> None:
    assert len(GOLDENS) >= 12


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"protocolSection": {}},
        {"schemaVersion": "0.9", "protocolSection": {}},
        {"schemaVersion": SCHEMA_VERSION, "protocolSection": {"statusModule": {"overallStatus": 3}}},
        {"schemaVersion": SCHEMA_VERSION, "protocolSection": {"statusModule": {"status": "COMPLETED"}}},
        {"schemaVersion": SCHEMA_VERSION, "protocolSection": {"conditionsModule": {"conditions": []}}},
        {"schemaVersion": SCHEMA_VERSION, "protocolSection": {}, "hasResults": None},
        {"schemaVersion": SCHEMA_VERSION, "protocolSection": {}, "sourceSection": {"registry": "x"}},
    ],
)
def test_other_shapes_are_refused(data: Any) -> None:
    assert faults(data)


# --- Any document at all ----------------------------------------------------------------------------------------------

CONTENTS = {str: st.text(max_size=20), int: st.integers(), bool: st.booleans(), float: st.floats(allow_nan=False)}


PLACES = st.builds(Span, st.integers(), st.integers())


def values_of(shape: Shape) -> st.SearchStrategy[Any]:
    match shape:
        case Scalar(types):
            return st.one_of(*(CONTENTS[kind] for kind in types))
        case Choice(enum):
            return st.sampled_from(enum)
        case Leaf(content):
            return st.builds(Value, values_of(content))
        case Items(item):
            return st.lists(values_of(item), max_size=2).map(tuple)
        case Object(cls):
            return st.deferred(lambda: instances_of(cls))
        case Places():
            return st.dictionaries(st.text(max_size=20), PLACES, max_size=2).map(lambda places: tuple(places.items()))


@cache
def instances_of(cls: type) -> st.SearchStrategy[Any]:
    """Instances of a class of the model, each optional field there or not."""
    given_fields = {}
    for field in fields_of(cls):
        values = values_of(field.shape)
        if field.blank not in (None, ()):
            # An object without a field is not told from no object at all.
            values = values.filter(lambda value, blank=field.blank: value != blank)
        if not (field.required or field.always):
            values = values | st.just(() if isinstance(field.shape, Items | Places) else None)
        if field.name != "schema_version":
            given_fields[field.name] = values
    return st.builds(cls, **given_fields)


# A document has so many fields that making one up takes longer than hypothesis expects on a busy machine.
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(instances_of(Document))
def test_any_document_has_the_shape_and_reads_back_equal(document: Document) -> None:
    data = encode(document)
    assert faults(data) == []
    assert decode(Document, json.loads(json.dumps(data))) == document
