"""Dataclasses to plain JSON data and back: the only place that knows how JSON keys are spelled.

`encode` writes what a dataclass says: fields in their order, names in camel case (`org_study_id_info` becomes
`orgStudyIdInfo`, `class_` becomes `class`). What has no value is absent, as in API v2: None, an empty tuple, a `Value`
that was not understood, and an object all of whose fields are absent; a field without a default is always there, and
one whose metadata has `"null": True` is written as null. Elements of a list keep their places: an empty object stays.

`decode` reads that back. Keys that the dataclasses do not have are passed over, so any API v2 study can be read. Places
in a source are written only as `Spans`, apart from the values, so each `Value` comes back without its span, and a value
that was not understood does not come back at all: what was decoded can be encoded and decoded again without change.

A class is read once into `Field`s, each with the `Shape` of its values; encoding and decoding then ask no more types.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from parser.problems import InvalidDocumentError
from parser.source import Span, Value

T = TypeVar("T")

Spans = tuple[tuple[str, Span], ...]
"""Places by name, in an order. A tuple and no dict, so that what holds it can be frozen and hashed."""

JSON_NAMES: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
"""The scalar types a field may have, and what JSON Schema calls each. They are compared exactly: bool is no int."""


def encode(obj: object) -> dict[str, Any]:
    """A dataclass as plain dicts, lists and scalars, which share nothing with it."""
    return _encode_object(obj)


def dumps(obj: object, indent: int | None = None) -> str:
    """A dataclass as JSON text; characters outside ASCII stand as themselves."""
    # What `encode` gives holds nothing twice, so that nothing in it can hold itself.
    return json.dumps(encode(obj), ensure_ascii=False, check_circular=False, indent=indent)


def decode(cls: type[T], data: Mapping[str, Any]) -> T:
    """An instance of the dataclass `cls` from what `encode` gives.

    Raises `InvalidDocumentError`, which names the path of the first value that is missing or has the wrong shape.
    """
    try:
        instance: T = _decode_object(cls, data)
    except _WrongShape as wrong:
        raise InvalidDocumentError(f"{wrong.path or 'the document'}: {wrong.reason}") from None
    except RecursionError:
        raise InvalidDocumentError("the document: it is nested more deeply than any record") from None
    return instance


# --- The shapes a value may have. `encode` gives None for what is absent. ---------------------------------------------


class Scalar(NamedTuple):
    """A string, number or boolean: one of `types`."""

    types: tuple[type, ...]

    def encode(self, value: Any) -> Any:
        return value

    def decode(self, data: Any) -> Any:
        if type(data) in self.types or (type(data) is int and float in self.types):
            return data
        raise _WrongShape(f"expected {' or '.join(map(_indefinite, self.types))}, found {_found(data)}")


class Choice(NamedTuple):
    """A member of an enumeration, written as its value."""

    enum: type[Enum]

    def encode(self, value: Any) -> Any:
        return value.value

    def decode(self, data: Any) -> Any:
        for member in self.enum:
            if member.value == data:
                return member
        raise _WrongShape(f"expected {' or '.join(str(one.value) for one in self.enum)}, found {_found(data)}")


class Leaf(NamedTuple):
    """A `Value`, written as what was understood."""

    content: Shape

    def encode(self, value: Any) -> Any:
        return None if value.value is None else self.content.encode(value.value)

    def decode(self, data: Any) -> Any:
        return Value(self.content.decode(data), None)


class Items(NamedTuple):
    """A tuple of any length, written as a list."""

    item: Shape

    def encode(self, value: Any) -> Any:
        encode = self.item.encode
        return [data for item in value if (data := encode(item)) is not None]

    def decode(self, data: Any) -> Any:
        if not isinstance(data, list | tuple):
            raise _WrongShape(f"expected a list, found {_found(data)}")
        items = []
        for index, item in enumerate(data):
            try:
                items.append(self.item.decode(item))
            except _WrongShape as wrong:
                raise wrong.under(f"[{index}]") from None
        return tuple(items)


class Object(NamedTuple):
    """A dataclass of the model. Its fields are read when they are first needed, so a class may hold itself."""

    cls: type

    def encode(self, value: Any) -> Any:
        return _encode_object(value)

    def decode(self, data: Any) -> Any:
        return _decode_object(self.cls, data)


class Places(NamedTuple):
    """`Spans`, written as an object: each name with its `[start, end]`."""

    def encode(self, value: Any) -> Any:
        return {name: list(span) for name, span in value}

    def decode(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise _WrongShape(f"expected an object, found {_found(data)}")
        return tuple((name, _read_place(name, place)) for name, place in data.items())


def _read_place(name: str, place: Any) -> Span:
    if isinstance(place, list | tuple) and [type(offset) for offset in place] == [int, int]:
        return Span(*place)
    raise _WrongShape(f"expected a start and an end, found {_found(place)}").under(f"[{name}]")


Shape = Scalar | Choice | Leaf | Items | Object | Places


class Field(NamedTuple):
    """A field of a dataclass, as JSON has it."""

    name: str
    key: str
    shape: Shape
    required: bool  # It has no default: it must be there to be read.
    nullable: bool  # None is written as null.
    always: bool  # It is in every object written, even when it is empty.
    blank: Any  # The value that is the same as being absent: an empty tuple or object. None where there is none.
    meaning: str | None
    encode: Callable[[Any], Any] | None  # How a value that is not None is written; None where it is written as it is.


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """How a dataclass is spelled in JSON, in the order of its fields.

    Raises `TypeError` for a field whose type has no spelling here: a mistake in the model, not in the data.
    """
    hints = get_type_hints(cls)
    return tuple(_field(field, hints[field.name], cls) for field in dataclasses.fields(cls))


def _field(field: dataclasses.Field[Any], hint: Any, cls: type) -> Field:
    required = field.default is MISSING and field.default_factory is MISSING
    nullable = bool(field.metadata.get("null"))
    shape = _shape(hint, f"{cls.__name__}.{field.name}")
    return Field(
        name=field.name,
        key=_key(field.name),
        shape=shape,
        required=required,
        nullable=nullable,
        always=required or nullable or not _may_be_absent(field),
        blank=_blank(shape),
        meaning=field.metadata.get("meaning"),
        encode=_encoder(shape),
    )


def _encoder(shape: Shape) -> Callable[[Any], Any] | None:
    """The shape's own `encode`, but for the commonest, a scalar and a `Value` of one, what does the same sooner."""
    if isinstance(shape, Scalar):
        return None
    return attrgetter("value") if isinstance(shape, Leaf) and isinstance(shape.content, Scalar) else shape.encode


def _may_be_absent(field: dataclasses.Field[Any]) -> bool:
    return field.default in (None, ()) and not field.metadata.get("null")


def _blank(shape: Shape) -> Any:
    """Made from the class and not from its `Field`s, because a class that holds itself has none yet."""
    if isinstance(shape, Items | Places):
        return ()
    if isinstance(shape, Object) and all(map(_may_be_absent, dataclasses.fields(shape.cls))):
        return shape.cls()
    return None


def _key(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _shape(hint: Any, place: str) -> Shape:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kinds = [arg for arg in args if arg is not type(None)]
        if len(kinds) == 1:
            return _shape(kinds[0], place)
        if all(kind in JSON_NAMES for kind in kinds):
            return Scalar(tuple(kinds))
    elif hint == Spans:
        return Places()
    elif origin is Value:
        return Leaf(_shape(args[0], place))
    elif origin is tuple and args[1:] == (Ellipsis,):
        return Items(_shape(args[0], place))
    elif hint in JSON_NAMES:
        return Scalar((hint,))
    elif isinstance(hint, type) and issubclass(hint, Enum):
        return Choice(hint)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return Object(hint)
    raise TypeError(f"{place}: no JSON shape is known for {hint}")


# --- Objects --------------------------------------------------------------------------------------------------------


def _encode_object(obj: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, key, encode, always in _written(obj.__class__):
        value = getattr(obj, name)
        if not value and not always and (value is None or value == ()):
            continue
        encoded = value if value is None or encode is None else encode(value)
        # Empty text, 0 and False are values; an empty dict or list is none.
        if encoded or always or (encoded is not None and type(encoded) not in (dict, list)):
            data[key] = encoded
    return data


@cache
def _written(cls: type) -> tuple[tuple[str, str, Callable[[Any], Any] | None, bool], ...]:
    """What it takes to write objects of a class: of each field its name, key and encoder, and whether it is always."""
    return tuple((field.name, field.key, field.encode, field.always) for field in fields_of(cls))


def _decode_object(cls: type, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise _WrongShape(f"expected an object, found {_found(data)}")
    values = {}
    for field in fields_of(cls):
        # Null stands for a value that is absent, wherever one may be absent.
        item = data.get(field.key)
        try:
            if item is not None:
                value = field.shape.decode(item)
                # A class fills in what is left out, so an empty list or object read and one absent are the same.
                if field.required or field.blank is None or value != field.blank:
                    values[field.name] = value
            elif field.required and not field.nullable:
                raise _WrongShape("it is required, and is " + ("null" if field.key in data else "missing"))
            elif field.required:
                values[field.name] = None
        except _WrongShape as wrong:
            raise wrong.under(f".{field.key}") from None
    return cls(**values)


class _WrongShape(Exception):
    """A value that does not fit. Its path is put together on the way out, so that good data costs nothing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self._steps: list[str] = []

    def under(self, step: str) -> _WrongShape:
        self._steps.append(step)
        return self

    @property
    def path(self) -> str:
        return "".join(reversed(self._steps)).removeprefix(".")


def _indefinite(kind: type) -> str:
    name = JSON_NAMES[kind]
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _found(data: Any) -> str:
    if isinstance(data, Mapping):
        return "an object"
    if isinstance(data, list | tuple):
        return "a list"
    try:
        shown = json.dumps(data, ensure_ascii=False, default=repr)
    except ValueError:
        # Python writes no integer of more digits than sys.get_int_max_str_digits().
        return "a number too long to show"
    return shown if len(shown) <= 40 else shown[:39] + "…"
