"""A document's JSON, or an API v2 study, as a `Document`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, TypeGuard

import msgspec
from msgspec.structs import replace

from parser.model.base import Model
from parser.model.document import SCHEMA_VERSION, Document, attach_spans, merged_spans
from parser.model.source import Spans, Unparsed, WrittenSpans
from parser.problems import CODES, InvalidDocumentError, Problem
from parser.source import Place, Span

_LOCATION = re.compile(r"(?P<reason>.*) - at `\$\.?(?P<path>.*)`\Z", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = "lone-surrogate"

# Criteria are nested up to 60 levels deep, in sections and modules.
_DEEPEST = 100
_LARGEST = sys.float_info.max

# The parts whose codes are those of API v2, which may get new ones.
_OF_API_V2 = ("/protocolSection/", "/resultsSection/", "/documentSection/")


def read_document(data: Mapping[str, Any]) -> Document:
    """A document from its JSON, of schema 2.0 or 1.0, or from an API v2 study, which has no version.

    Keys that the model lacks are dropped; null and an empty object are the same as no key. A code that an enumeration
    of API v2 lacks is not read: its text is in `unparsed` with its path, and a problem says so. Raises
    `InvalidDocumentError` for anything else that does not fit, with its path.
    """
    if not isinstance(data, Mapping):
        raise InvalidDocumentError(f"the document: expected an object, found {type(data).__name__}")
    selector = _Selector()
    try:
        kept = selector.object(_upgraded(data), Document, "", 0)
        document = msgspec.convert({**kept, "schemaVersion": SCHEMA_VERSION}, Document)
    except msgspec.ValidationError as error:
        raise InvalidDocumentError(_message(str(error))) from None
    except RecursionError as error:
        raise InvalidDocumentError(f"the document: {error}") from None
    return _with_leftovers(_with_spans_apart(document), selector)


def _upgraded(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in schema 2.0. What 1.0 had and 2.0 has not is dropped later, as any key that the model lacks."""
    version = data.get("schemaVersion")
    if version is None and "protocolSection" not in data:
        raise InvalidDocumentError(
            "the document: it has neither schemaVersion nor protocolSection, as documents and studies of API v2 have"
        )
    if version in (None, SCHEMA_VERSION):
        return data
    if version != "1.0":
        raise InvalidDocumentError(
            f"schemaVersion: {version!r} is not 1.0 or {SCHEMA_VERSION}; a newer version of this package may read it"
        )
    section = data.get("sourceSection")
    if not isinstance(section, Mapping):
        return data
    merged = section.get("mergedFrom")
    upgraded = _source_of_1_0(section)
    if isinstance(merged, list):
        upgraded["mergedFrom"] = [_source_of_1_0(one) if isinstance(one, Mapping) else one for one in merged]
    return {**data, "sourceSection": upgraded}


_RENAMED = {"layout": "form", "gave": "contributed"}


def _source_of_1_0(section: Mapping[str, Any]) -> dict[str, Any]:
    form = section.get("layout")
    offsets = "page-text" if isinstance(form, str) and form.startswith("html/") else "source"
    return {"offsets": offsets, **{_RENAMED.get(key, key): value for key, value in section.items()}}


# --- What the model knows of the data ---------------------------------------------------------------------------------


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
    """Selects what the model has of plain data, and keeps the pointers of what was not read as it is.

    `unknown` are codes that API v2 has and the model lacks, `surrogates` the texts that had lone surrogates.
    """

    def __init__(self) -> None:
        self.unknown: list[tuple[str, str]] = []
        self.surrogates: list[str] = []

    def object(self, data: Mapping[str, Any], cls: type[Model], pointer: str, depth: int) -> dict[str, Any]:
        """The values of an object by the keys that the model has."""
        if depth > _DEEPEST:
            raise InvalidDocumentError(
                f"the document: it is nested more than {_DEEPEST} levels deep, unlike any record"
            )
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
        if isinstance(data, int | float) and not -_LARGEST <= data <= _LARGEST:
            raise InvalidDocumentError(f"{_path(pointer)}: it is not a number that JSON can hold")
        return data

    def _is_unknown(self, data: Any, content: _Content, pointer: str) -> bool:
        if not isinstance(content, frozenset) or not isinstance(data, str) or data in content:
            return False
        if not pointer.startswith(_OF_API_V2):
            return False
        self.unknown.append((pointer, self._text(data, pointer)))
        return True

    def _text(self, text: str, pointer: str) -> str:
        if text.isascii() or not _SURROGATE.search(text):
            return text
        self.surrogates.append(pointer)
        return _SURROGATE.sub("\ufffd", text)


def _path(pointer: str) -> str:
    """A pointer as msgspec spells paths: `protocolSection.conditionsModule.conditions[1]`."""
    return re.sub(r"/(\d+)(?=/|\Z)", r"[\1]", pointer).replace("/", ".").removeprefix(".")


def _message(error: str) -> str:
    match = _LOCATION.match(error)
    return f"{match['path']}: {match['reason']}" if match else f"the document: {error}"


# --- What is no field -------------------------------------------------------------------------------------------------


def _with_spans_apart(document: Document) -> Document:
    """In the JSON, spans are a part of sourceSection; in Python they are no field."""
    section = document.source_section
    spans = _read_spans(section.spans)
    merged = tuple(_read_spans(source.spans) for source in section.merged_from)
    if not spans and not any(merged):
        return document
    bare = tuple(replace(source, spans=None) for source in section.merged_from)
    section = replace(section, spans=None, merged_from=bare)
    return attach_spans(replace(document, source_section=section), spans, merged)


def _read_spans(written: WrittenSpans | None) -> Spans:
    return {pointer: _read_place(pointer, place) for pointer, place in (written or {}).items()}


def _read_place(pointer: str, written: tuple[int | tuple[int, int], ...]) -> Place:
    """`[start, end]`, or a list of such of a value that was joined from several stretches."""
    joined = bool(written) and isinstance(written[0], tuple)
    pairs = written if joined else (written,)
    spans = tuple(Span(*pair) for pair in pairs if _is_pair(pair))
    if len(spans) != len(pairs):
        raise InvalidDocumentError(f"sourceSection.spans[{pointer}]: expected a start and an end after it")
    return spans if joined else spans[0]


def _is_pair(pair: object) -> TypeGuard[tuple[int, int]]:
    match pair:
        case (int(start), int(end)):
            return 0 <= start <= end <= sys.maxsize
    return False


def _with_leftovers(document: Document, selector: _Selector) -> Document:
    """The document with the codes that were not read in `unparsed`, and a problem for each thing that was odd."""
    if not selector.unknown and not selector.surrogates:
        return document
    problems = [
        Problem(code="unknown-value", severity="info", message=f"{code!r} is not a code of API v2", path=pointer)
        for pointer, code in selector.unknown
    ]
    problems += [
        Problem(
            code=_SURROGATES, severity=CODES[_SURROGATES].severity, message=CODES[_SURROGATES].meaning, path=pointer
        )
        for pointer in selector.surrogates
    ]
    section = document.source_section
    section = replace(
        section,
        unparsed=(*section.unparsed, *(Unparsed(text=code, path=pointer) for pointer, code in selector.unknown)),
        problems=(*section.problems, *problems),
    )
    return attach_spans(replace(document, source_section=section), document.spans, merged_spans(document))
