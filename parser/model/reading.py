"""A document's JSON, or an API v2 study, as a `Document`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from parser.model.document import SCHEMA_VERSION, Document, attach_spans, merged_spans
from parser.model.source import Spans, Unparsed
from parser.problems import InvalidDocumentError, Problem
from parser.source import Place, Span

_LOCATION = re.compile(r"(?P<reason>.*) - at `\$(?P<path>.*)`\Z", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_DEEPEST = 200


def read_document(data: Mapping[str, Any]) -> Document:
    """A document from its JSON, of schema 2.0 or 1.0, or from an API v2 study, which has no version.

    Keys that the model lacks are dropped. A code that an enumeration of the model lacks is not read: its text is in
    `unparsed` with its path, and a problem says so. Raises `InvalidDocumentError` for anything else that does not fit,
    with its path.
    """
    if not isinstance(data, Mapping):
        raise InvalidDocumentError(f"the document: expected an object, found {type(data).__name__}")
    kept = _without_empty(_upgraded(data), 0)
    kept["schemaVersion"] = SCHEMA_VERSION
    unknown: list[tuple[str, str]] = []
    while True:
        try:
            document = msgspec.convert(kept, Document)
            break
        except msgspec.ValidationError as error:
            path = _drop_code(kept, str(error))
            if path is None:
                raise InvalidDocumentError(_message(str(error))) from None
            unknown.append(path)
        except (RecursionError, ValueError) as error:
            # A number of thousands of digits is a ValueError of Python's own.
            raise InvalidDocumentError(f"the document: {error}") from None
    return _with_unknown(_with_spans_apart(document), unknown)


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


def _without_empty(data: Any, depth: int) -> Any:
    """A copy in which no object holds an empty object: the two are the same, and the writer leaves both out."""
    if depth > _DEEPEST:
        raise InvalidDocumentError(f"the document: it is nested more than {_DEEPEST} levels deep, unlike any record")
    if isinstance(data, Mapping):
        parts = {key: _without_empty(part, depth + 1) for key, part in data.items()}
        return {key: part for key, part in parts.items() if part != {}}
    return [_without_empty(part, depth + 1) for part in data] if isinstance(data, list | tuple) else data


def _drop_code(data: Any, message: str) -> tuple[str, str] | None:
    """Take the code that an enumeration lacks out of the data: its JSON Pointer and itself; None for another error."""
    match = _LOCATION.match(message)
    if match is None or not match["reason"].startswith("Invalid enum value"):
        return None
    steps: list[str | int] = [int(step[2]) if step[2] else step[1] for step in _STEP.finditer(match["path"])]
    *above, last = steps
    if steps[0] not in ("protocolSection", "resultsSection", "documentSection"):
        return None
    for step in above:
        data = data[step]
    return "/" + "/".join(map(str, steps)), str(data.pop(last))


def _message(error: str) -> str:
    match = _LOCATION.match(error)
    return f"{match['path'].removeprefix('.')}: {match['reason']}" if match else f"the document: {error}"


def _with_spans_apart(document: Document) -> Document:
    """Spans are in the JSON if asked for, and beside the fields of a document."""
    section = document.source_section
    spans, *merged = [_read_spans(source.spans) for source in (section, *section.merged_from)]
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


def _with_unknown(document: Document, unknown: list[tuple[str, str]]) -> Document:
    """The document with the codes that were not read in `unparsed`, each with a problem."""
    if not unknown:
        return document
    section = document.source_section
    problems = [
        Problem(code="unknown-value", severity="info", message=f"{code!r} is not a code of API v2", path=pointer)
        for pointer, code in unknown
    ]
    section = msgspec.structs.replace(
        section,
        unparsed=(*section.unparsed, *(Unparsed(text=code, path=pointer) for pointer, code in unknown)),
        problems=(*section.problems, *problems),
    )
    read = msgspec.structs.replace(document, source_section=section)
    return attach_spans(read, document.spans, merged_spans(document))
