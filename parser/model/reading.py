"""A document's JSON, or an API v2 study, as a `Document`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from parser.model.document import SCHEMA_VERSION, Document, attach_sections, attach_spans, merged_spans
from parser.model.source import Spans, Unparsed
from parser.model.view import Unfit, view_of
from parser.problems import InvalidDocumentError, Problem
from parser.source import Place, Span

AS_GIVEN = "api-v2-json"
"""The form whose sections are written as they came."""

_OWN = frozenset({"schemaVersion", "normalizedSection", "sourceSection"})


def read_document(data: Mapping[str, Any]) -> Document:
    """A document from its JSON, of schema 2.0 or 1.0, or from an API v2 study, which has no version.

    Keys that the model lacks are dropped, but for those of a document that was read from API v2 JSON. A code that an
    enumeration of the model lacks is not read: its text is in `unparsed` with its path, and a problem says so. Raises
    `InvalidDocumentError` for anything else that does not fit, with its path.
    """
    if not isinstance(data, Mapping):
        raise InvalidDocumentError(f"the document: expected an object, found {type(data).__name__}")
    upgraded = _upgraded(data)
    given = _is_as_given(upgraded)
    document, unfit = view_of(dict(upgraded), lenient=given)
    if not given:
        return _with_unknown(_with_spans_apart(document), unfit)
    sections = {key: part for key, part in upgraded.items() if key not in _OWN}
    # A copy, because the caller may change what is handed in.
    return attach_sections(_with_spans_apart(document), msgspec.json.decode(msgspec.json.encode(sections)))


def _is_as_given(data: Mapping[str, Any]) -> bool:
    """Whether a document has the sections of API v2 input, its own or those of one it was merged from."""
    section = data.get("sourceSection")
    if not isinstance(section, Mapping):
        return False
    merged = section.get("mergedFrom")
    sources = [section, *(merged if isinstance(merged, list) else [])]
    return any(isinstance(source, Mapping) and source.get("form") == AS_GIVEN for source in sources)


def _upgraded(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in schema 2.0; what 1.0 had and 2.0 has not is dropped."""
    version = data.get("schemaVersion")
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


def _with_spans_apart(document: Document) -> Document:
    """Spans are in the JSON if asked for, and beside the fields of a document."""
    section = document.source_section
    spans, merged = _read_spans(section.spans), [_read_spans(source.spans) for source in section.merged_from]
    if not spans and not any(merged):
        return document
    bare = tuple(msgspec.structs.replace(source, spans={}) for source in section.merged_from)
    section = msgspec.structs.replace(section, spans={}, merged_from=bare)
    return attach_spans(msgspec.structs.replace(document, source_section=section), spans, tuple(merged))


def _read_spans(written: Mapping[str, Sequence[int | tuple[int, int]]]) -> Spans:
    return {pointer: _read_place(pointer, place) for pointer, place in written.items()}


def _read_place(pointer: str, written: Sequence[int | tuple[int, int]]) -> Place:
    pairs = [pair for pair in written if isinstance(pair, tuple)]
    if pairs and len(pairs) == len(written):
        return tuple(Span(*pair) for pair in pairs)
    numbers = [number for number in written if isinstance(number, int)]
    if len(numbers) != 2 or pairs:
        raise InvalidDocumentError(f"sourceSection.spans[{pointer}]: expected a start and an end, found {written!r}")
    return Span(*numbers)


def _with_unknown(document: Document, unknown: list[Unfit]) -> Document:
    """The document with the codes that were not read in `unparsed`, each with a problem."""
    if not unknown:
        return document
    section = document.source_section
    section = msgspec.structs.replace(
        section,
        unparsed=(*section.unparsed, *(Unparsed(text=str(code.value), path=code.path) for code in unknown)),
        problems=(*section.problems, *map(unfit_problem, unknown)),
    )
    read = msgspec.structs.replace(document, source_section=section)
    return attach_spans(read, document.spans, merged_spans(document))


def unfit_problem(unfit: Unfit) -> Problem:
    """The problem of a value of API v2 input that the typed view does not have."""
    if unfit.is_code:
        message = f"{unfit.value!r} is not a code of API v2"
        return Problem(code="unknown-value", severity="info", message=message, path=unfit.path)
    shown = repr(unfit.value)
    message = f"{shown if len(shown) <= 80 else shown[:79] + '…'} does not fit API v2: {unfit.reason}"
    return Problem(code="not-understood", severity="info", message=message, path=unfit.path)
