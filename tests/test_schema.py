"""The JSON Schema: valid itself, true of every golden and of any document, and strict about everything else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from parser.model.base import Model, is_empty
from parser.model.document import SCHEMA_VERSION, Document
from parser.model.schema import schema
from parser.model.source import MergedSource, SourceSection
from tests.conftest import ROOT

GOLDENS = sorted((ROOT / "samples").rglob("*.json"))
VALIDATOR = Draft202012Validator(schema())


def faults(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_valid_and_names_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == f"urn:registry-text-parser:document:{SCHEMA_VERSION}"
    assert schema()["properties"]["schemaVersion"]["enum"] == [SCHEMA_VERSION]
    assert schema()["title"]


def test_every_object_is_closed_and_every_field_of_the_model_is_described() -> None:
    for name, definition in {"Document": schema(), **schema()["$defs"]}.items():
        assert definition["additionalProperties"] is False, name
        for key, described in definition["properties"].items():
            assert described["description"].endswith("."), f"{name}.{key} says nothing"


def test_codes_are_enumerations() -> None:
    definitions = schema()["$defs"]
    assert definitions["EligibilityModule"]["properties"]["sex"]["enum"] == ["ALL", "FEMALE", "MALE"]
    assert "CTIS" in definitions["SecondaryIdInfo"]["properties"]["type"]["enum"]
    assert definitions["DesignModule"]["properties"]["phases"]["items"]["enum"]
    assert definitions["Quantity"]["properties"]["kind"]["enum"] == ["frequency", "quantity", "time"]


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
        {"schemaVersion": "1.0", "protocolSection": {}},
        {"schemaVersion": "2.0", "protocolSection": {"statusModule": {"overallStatus": 3}}},
        {"schemaVersion": "2.0", "protocolSection": {"statusModule": {"overallStatus": "ON A BREAK"}}},
        {"schemaVersion": "2.0", "protocolSection": {"statusModule": {"status": "COMPLETED"}}},
        {"schemaVersion": "2.0", "protocolSection": {"conditionsModule": {"conditions": []}}},
        {"schemaVersion": "2.0", "hasResults": None},
        {"schemaVersion": "2.0", "sourceSection": {"length": "x"}},
        {"schemaVersion": "2.0", "sourceSection": {"layout": "labelled-page"}},
        {"schemaVersion": "2.0", "sourceSection": {"spans": {"/hasResults": ["0", 1]}}},
        {"schemaVersion": "2.0", "sourceSection": {"problems": [{"code": "too-long", "severity": "info"}]}},
        {"schemaVersion": "2.0", "normalizedSection": {"contactsLocationsModule": {"centralContacts": [{}]}}},
    ],
)
def test_other_shapes_are_refused(data: Any) -> None:
    assert faults(data)


# --- Any document at all ----------------------------------------------------------------------------------------------

CONTENTS = {
    msgspec.inspect.StrType: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    msgspec.inspect.IntType: st.integers(),
    msgspec.inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    msgspec.inspect.BoolType: st.booleans(),
    msgspec.inspect.NoneType: st.none(),
    # A section without a model: any object that is not empty.
    msgspec.inspect.DictType: st.dictionaries(st.text("abc", max_size=3), st.booleans(), min_size=1, max_size=2),
}


def values_of(kind: msgspec.inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case msgspec.inspect.Metadata(type=inner):
            return values_of(inner)
        case msgspec.inspect.UnionType(types=kinds):
            return st.one_of(*map(values_of, kinds))
        case msgspec.inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case msgspec.inspect.VarTupleType(item_type=item):
            return st.lists(values_of(item), max_size=2).map(tuple)
        case msgspec.inspect.StructType(cls=cls):
            return st.deferred(lambda: instances_of(cls))
    return CONTENTS[type(kind)]


@cache
def instances_of(cls: type[Model]) -> st.SearchStrategy[Any]:
    """Instances of a class of the model, each optional field there or not."""
    info = msgspec.inspect.type_info(cls)
    assert isinstance(info, msgspec.inspect.StructType)
    given_fields = {}
    for field in info.fields:
        if field.name == "spans" and cls in (SourceSection, MergedSource):
            # In Python, places are not fields.
            continue
        values = values_of(field.type)
        if not field.required:
            # An optional struct that holds nothing is not told from none.
            values = values.map(lambda value, blank=field.default: blank if is_nothing(value) else value)
            values |= st.just(field.default)
        given_fields[field.name] = values
    return st.builds(cls, **given_fields)


def is_nothing(value: Any) -> bool:
    return isinstance(value, Model) and is_empty(value)


@given(instances_of(Document))
def test_any_document_has_the_shape_and_reads_back_equal(document: Document) -> None:
    data = document.to_dict()
    assert faults(data) == []
    assert Document.from_dict(json.loads(json.dumps(data))) == document
    assert json.loads(document.to_json()) == data
