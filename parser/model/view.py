"""The typed view of plain data: values that fit the model, and those that do not."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec

from parser.model.base import Model
from parser.model.document import SCHEMA_VERSION, Document
from parser.problems import InvalidDocumentError

_LOCATION = re.compile(r"(?P<reason>.*) - at `\$\.?(?P<path>[^`]*)`\Z", re.DOTALL)
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_SURROGATE = re.compile("[\ud800-\udfff]")

# Criteria are nested up to 60 levels deep, in sections and modules.
_DEEPEST = 100
_TOO_DEEP = f"the document: it is nested more than {_DEEPEST} levels deep, unlike any record"
_LARGEST = sys.float_info.max
_NESTED = (dict, list, tuple, Mapping)

# The parts with codes of API v2, which may get new ones.
_OF_API_V2 = ("/protocolSection/", "/resultsSection/", "/documentSection/")
_GIVEN = ("protocolSection", "resultsSection", "documentSection", "derivedSection", "annotationSection", "hasResults")

# How many values of a record are left out singly, each at the cost of a conversion; after that, their modules are.
_MOST_UNFIT = 50


class Unfit(NamedTuple):
    """A value that does not fit the model: its JSON Pointer, the value, and the reason (none for a code)."""

    path: str
    value: Any
    reason: str | None = None


class TypedView(NamedTuple):
    """Plain data as a document."""

    document: Document
    unfit: list[Unfit]
    """The values left out: unknown codes of API v2, and others that do not fit."""
    surrogates: list[str]
    """The pointers of texts that had lone surrogates."""


def view_of(data: Mapping[str, Any], *, lenient: bool = False) -> TypedView:
    """Plain data as a document. Null and an empty object equal a missing key; unknown keys are dropped.

    With `lenient`, anything in the sections of API v2 that does not fit is left out. Raises `InvalidDocumentError` for
    anything else, with its path.
    """
    if lenient and (document := _whole(data)):
        return TypedView(document, [], [])
    selector = _Selector()
    try:
        kept = {**selector.object(data, Document, "", 0), "schemaVersion": SCHEMA_VERSION}
        while True:
            try:
                return TypedView(msgspec.convert(kept, Document), selector.unfit, selector.surrogates)
            except msgspec.ValidationError as error:
                if not lenient:
                    raise
                selector.unfit.append(_take(kept, error, len(selector.unfit) >= _MOST_UNFIT))
    except msgspec.ValidationError as error:
        match = _LOCATION.match(str(error))
        message = f"{match['path']}: {match['reason']}" if match else f"the document: {error}"
        raise InvalidDocumentError(message) from None
    except RecursionError as error:
        raise InvalidDocumentError(f"the document: {error}") from None


def _whole(data: Mapping[str, Any]) -> Document | None:
    """The document of plain data in which everything fits, as in nearly all records; else None.

    What has to be looked at value by value shows when it is written: an empty object, null, a number or a character
    that JSON cannot hold.
    """
    try:
        document = msgspec.convert({**data, "schemaVersion": SCHEMA_VERSION}, Document)
        written = msgspec.json.encode(document)
    except (ValueError, OverflowError, RecursionError):
        return None
    return None if b"{}" in written or b"null" in written else document


def fitting(data: dict[str, Any]) -> dict[str, Any]:
    """A document's JSON without what does not fit the model in its protocolSection, which is API v2's as it came.

    Codes that the model lacks stay, unless something else does not fit.
    """
    given = {"schemaVersion": SCHEMA_VERSION, "protocolSection": data.get("protocolSection") or {}}
    try:
        msgspec.convert(given, Document)
    except msgspec.ValidationError:
        view = view_of(given, lenient=True)
        if any(one.reason for one in view.unfit):
            return {**data, "protocolSection": view.document.to_dict().get("protocolSection", {})}
    return data


def check_depth(data: Any, depth: int = 0) -> None:
    """Raise `InvalidDocumentError` for plain data that is nested deeper than any record."""
    if depth > _DEEPEST:
        raise InvalidDocumentError(_TOO_DEEP)
    for part in data.values() if isinstance(data, Mapping) else data:
        # Nearly all are texts, and to ask whether one is a Mapping takes long.
        if not isinstance(part, str) and isinstance(part, _NESTED):
            check_depth(part, depth + 1)


def _check_numbers(data: Any) -> None:
    for part in data.values() if isinstance(data, Mapping) else data:
        if isinstance(part, _NESTED):
            _check_numbers(part)
        elif isinstance(part, int | float) and not -_LARGEST <= part <= _LARGEST:
            raise InvalidDocumentError("the document: it has a number that JSON cannot hold")


def encoded(data: Mapping[str, Any]) -> bytes:
    """Plain data as JSON. Raises `InvalidDocumentError` for values that are not JSON."""
    check_depth(data)
    _check_numbers(data)
    try:
        return msgspec.json.encode(data)
    except (TypeError, ValueError) as error:
        raise InvalidDocumentError(f"the document: it holds a value that JSON cannot represent: {error}") from None


def _take(data: Any, error: msgspec.ValidationError, whole_module: bool) -> Unfit:
    """Remove from the data the value that an error is about, or its module."""
    match = _LOCATION.match(str(error))
    path = match["path"] if match else ""
    steps: list[Any] = [int(number) if number else name for name, number in _STEP.findall(path)]
    if match is None or not steps or steps[0] not in _GIVEN:
        raise error
    if whole_module:
        del steps[2:]
    for step in steps[:-1]:
        data = data[step]
    return Unfit("/" + "/".join(map(str, steps)), data.pop(steps[-1]), match["reason"])


# --- The model's keys -----------------------------------------------------------------------------------------------


_Content = type[Model] | frozenset[str] | None
"""What a field or the items of its list hold: structs, codes of an enumeration, or anything else (None)."""


class _Field(NamedTuple):
    content: _Content
    required: bool


@cache
def _fields(cls: type[Model]) -> dict[str, _Field]:
    """The fields of a struct by their JSON keys."""
    info = msgspec.inspect.type_info(cls)
    assert isinstance(info, msgspec.inspect.StructType)
    return {field.encode_name: _Field(_content(field.type), field.required) for field in info.fields}


def _content(kind: msgspec.inspect.Type) -> _Content:
    match kind:
        case msgspec.inspect.Metadata(type=inner) | msgspec.inspect.VarTupleType(item_type=inner):
            return _content(inner)
        case msgspec.inspect.UnionType(types=kinds):
            contents: list[_Content] = [_content(one) for one in kinds]
            return next((content for content in contents if content), None)
        case msgspec.inspect.StructType(cls=cls) if issubclass(cls, Model):
            return cls
        case msgspec.inspect.LiteralType(values=values):
            return frozenset(map(str, values))
    return None


class _Selector:
    """Selects the parts of plain data that are in the model, and keeps the pointers of values that were changed."""

    def __init__(self) -> None:
        self.unfit: list[Unfit] = []
        self.surrogates: list[str] = []

    def object(self, data: Mapping[str, Any], cls: type[Model], pointer: str, depth: int) -> dict[str, Any]:
        """The values of an object under the model's keys."""
        if depth > _DEEPEST:
            raise InvalidDocumentError(_TOO_DEEP)
        kept: dict[str, Any] = {}
        for key, field in _fields(cls).items():
            if key in data:
                value = self._value(data[key], field.content, f"{pointer}/{key}", depth)
                if value != {} and (value is not None or field.required):
                    kept[key] = value
        return kept

    def _value(self, data: Any, content: _Content, pointer: str, depth: int) -> Any:
        if not isinstance(data, list | tuple):
            return None if self._is_unknown(data, content, pointer) else self._item(data, content, pointer, depth)
        numbered = ((f"{pointer}/{index}", item) for index, item in enumerate(data))
        return [
            self._item(item, content, at, depth) for at, item in numbered if not self._is_unknown(item, content, at)
        ]

    def _item(self, data: Any, content: _Content, pointer: str, depth: int) -> Any:
        if isinstance(data, str):
            return self._text(data, pointer)
        if isinstance(data, Mapping) and isinstance(content, type):
            return self.object(data, content, pointer, depth + 1)
        if isinstance(data, Mapping):
            check_depth(data)
        if isinstance(data, int | float) and not -_LARGEST <= data <= _LARGEST:
            raise InvalidDocumentError(f"{_path(pointer)}: it is not a number that JSON can hold")
        return data

    def _is_unknown(self, data: Any, content: _Content, pointer: str) -> bool:
        if not isinstance(content, frozenset) or not isinstance(data, str) or data in content:
            return False
        if not pointer.startswith(_OF_API_V2):
            return False
        self.unfit.append(Unfit(pointer, self._text(data, pointer)))
        return True

    def _text(self, text: str, pointer: str) -> str:
        if text.isascii() or not _SURROGATE.search(text):
            return text
        self.surrogates.append(pointer)
        return _SURROGATE.sub("\ufffd", text)


def _path(pointer: str) -> str:
    """A pointer as msgspec spells paths: `protocolSection.conditionsModule.conditions[1]`."""
    return re.sub(r"/(\d+)(?=/|\Z)", r"[\1]", pointer).replace("/", ".").removeprefix(".")
