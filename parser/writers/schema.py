"""The JSON Schema (2020-12) of a document, built from the dataclasses of the model.

It describes what the project writes: every field by the meaning that stands at it, and no keys beside them.
"""

from __future__ import annotations

import inspect
from typing import Any

from parser.codec import JSON_NAMES, Choice, Field, Items, Leaf, Object, Places, Scalar, Shape, fields_of
from parser.document import SCHEMA_VERSION, Document


def schema() -> dict[str, Any]:
    """The schema as plain dicts. Each class of the model is one definition in `$defs`, by its name."""
    classes: dict[str, type] = {}
    _collect(Document, classes)
    del classes[Document.__name__]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:registry-text-parser:document:{SCHEMA_VERSION}",
        "title": "A parsed record of a clinical trial registry",
        **_object(Document),
        "$defs": {name: _object(cls) for name, cls in sorted(classes.items())},
    }


def _collect(cls: type, classes: dict[str, type]) -> None:
    """Put a class and all that it holds into `classes`; the model's classes have names of their own."""
    if classes.setdefault(cls.__name__, cls) is not cls:
        raise TypeError(f"two classes of the model are called {cls.__name__}")
    for field in fields_of(cls):
        shape = field.shape
        while isinstance(shape, Leaf | Items):
            shape = shape.content if isinstance(shape, Leaf) else shape.item
        if isinstance(shape, Object) and shape.cls.__name__ not in classes:
            _collect(shape.cls, classes)


def _object(cls: type) -> dict[str, Any]:
    fields = fields_of(cls)
    described: dict[str, Any] = {"type": "object"}
    if meaning := _docstring(cls):
        described["description"] = meaning
    described["properties"] = {field.key: _property(field, cls) for field in fields}
    if always := [field.key for field in fields if field.always]:
        described["required"] = always
    return {**described, "additionalProperties": False}


def _property(field: Field, cls: type) -> dict[str, Any]:
    described = _value(field.shape)
    if isinstance(field.shape, Items) and not field.required:
        described["minItems"] = 1  # An empty list is absent.
    if field.nullable:
        described = {"anyOf": [described, {"type": "null"}]}
    if cls is Document and field.name == "schema_version":
        described["const"] = SCHEMA_VERSION
    return {"description": field.meaning, **described} if field.meaning else described


def _value(shape: Shape) -> dict[str, Any]:
    match shape:
        case Scalar(types):
            names = [JSON_NAMES[kind] for kind in types]
            return {"type": names[0] if len(names) == 1 else names}
        case Choice(enum):
            return {"enum": [member.value for member in enum]}
        case Leaf(content):
            return _value(content)
        case Items(item):
            return {"type": "array", "items": _value(item)}
        case Object(cls):
            return {"$ref": f"#/$defs/{cls.__name__}"}
        case Places():
            place = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
            return {"type": "object", "minProperties": 1, "additionalProperties": place}


def _docstring(cls: type) -> str | None:
    """What a class is, in one line; a dataclass without a docstring gets its signature for one, which is no help."""
    text = inspect.getdoc(cls) or ""
    return None if text.startswith(f"{cls.__name__}(") else " ".join(text.split("\n\n")[0].split()) or None
