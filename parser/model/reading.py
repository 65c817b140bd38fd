"""Makes a `Document` from a document's JSON or an API v2 study."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TypeGuard

import msgspec
from msgspec.structs import replace

from parser.model.document import SCHEMA_VERSION, Document, attach_sections, attach_spans, merged_spans
from parser.model.source import Spans, Unparsed, WrittenSpans
from parser.model.view import Unfit, encoded, view_of
from parser.problems import CODES, InvalidDocumentError, Problem
from parser.source import Place, Span

AS_GIVEN = "api-v2-json"
"""The form whose sections are written unchanged."""

_SURROGATES = "lone-surrogate"

_SHOWN = 40

_OWN = frozenset({"schemaVersion", "normalizedSection", "sourceSection"})


def read_document(data: Mapping[str, Any]) -> Document:
    """A document from its JSON, of schema 2.0 or 1.0, or from an API v2 study, which has no version.

    Keys that are not in the model are dropped, except in a document that was read from API v2 JSON. An unknown code is
    not read: its text is in `unparsed` with its path, and a problem reports it. Raises `InvalidDocumentError` for
    anything else that does not fit, with its path.
    """
    if not isinstance(data, Mapping):
        raise InvalidDocumentError(f"the document: expected an object, found {type(data).__name__}")
    upgraded = _upgraded(data)
    given = _is_as_given(upgraded)
    document, unfit, surrogates = view_of(upgraded, lenient=given)
    if not given:
        return _with_leftovers(_with_spans_apart(document), unfit, surrogates)
    sections = {key: part for key, part in upgraded.items() if key not in _OWN}
    # A copy, because the caller may change what is handed in.
    return attach_sections(_with_spans_apart(document), msgspec.json.decode(encoded(sections)))


def _is_as_given(data: Mapping[str, Any]) -> bool:
    """Whether a document has sections of API v2 input, its own or those of a merged source."""
    section = data.get("sourceSection")
    if not isinstance(section, Mapping):
        return False
    merged = section.get("mergedFrom")
    sources = [section, *(merged if isinstance(merged, list) else [])]
    return any(isinstance(source, Mapping) and source.get("form") == AS_GIVEN for source in sources)


def _upgraded(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in schema 2.0; fields that only 1.0 has are dropped."""
    version = data.get("schemaVersion")
    if version is None and "protocolSection" not in data:
        raise InvalidDocumentError(
            "the document: it has neither schemaVersion nor protocolSection, as documents and studies of API v2 have"
        )
    if version in (None, SCHEMA_VERSION):
        return data
    if version != "1.0":
        is_short = isinstance(version, str | float | bool)
        shown = repr(version)[:_SHOWN] if is_short else f"of type {type(version).__name__}, which"
        raise InvalidDocumentError(
            f"schemaVersion: {shown} is not 1.0 or {SCHEMA_VERSION}; a newer version of this package may read it"
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


def _with_spans_apart(document: Document) -> Document:
    """In the JSON, spans are part of sourceSection; in Python they are not a field."""
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
    """`[start, end]`, or a list of these for a value that was joined from several spans."""
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


def _with_leftovers(document: Document, unknown: list[Unfit], surrogates: list[str]) -> Document:
    """The document with unread codes in `unparsed`, and a problem for each."""
    if not unknown and not surrogates:
        return document
    section = document.source_section
    odd = CODES[_SURROGATES]
    problems = [
        *map(unfit_problem, unknown),
        *(Problem(code=_SURROGATES, severity=odd.severity, message=odd.meaning, path=path) for path in surrogates),
    ]
    section = replace(
        section,
        unparsed=(*section.unparsed, *(Unparsed(text=str(code.value), path=code.path) for code in unknown)),
        problems=(*section.problems, *problems),
    )
    return attach_spans(replace(document, source_section=section), document.spans, merged_spans(document))


def unfit_problem(unfit: Unfit) -> Problem:
    """The problem for a value of API v2 input that is not in the typed view."""
    if unfit.reason is None:
        message = f"{unfit.value!r} is not a code of API v2"
        return Problem(code="unknown-value", severity="info", message=message, path=unfit.path)
    shown = repr(unfit.value)
    message = f"{shown if len(shown) <= 80 else shown[:79] + '…'} does not fit API v2: {unfit.reason}"
    return Problem(code="not-understood", severity="info", message=message, path=unfit.path)
