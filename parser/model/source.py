"""sourceSection: the source of a document, its text in no field, and its problems."""

from __future__ import annotations

from typing import Annotated, Literal

from parser.model.base import Model, doc
from parser.problems import Problem
from parser.source import Place

Spans = dict[str, Place]
"""Where each value was read, by its JSON Pointer (RFC 6901), in the document's order."""

WrittenSpans = dict[str, tuple[int | tuple[int, int], ...]]
"""The same as in the JSON: a start and an end, or several such pairs."""


class Unparsed(Model, frozen=True):
    """Text that belongs to no field: with its offsets in a text, or with its path in an export."""

    text: Annotated[str, doc("The text.")]
    start: Annotated[int | None, doc("Offset in code points.")] = None
    end: Annotated[int | None, doc("Offset in code points, exclusive.")] = None
    path: Annotated[str | None, doc("Of an export: where the text is in it.")] = None


class MergedSource(Model, frozen=True):
    """Another source of a merged document. Its offsets are in its own text."""

    registry: Annotated[str | None, doc("The registry whose record it is.")] = None
    registry_id: Annotated[str | None, doc("The record's main identifier there.")] = None
    name: Annotated[str | None, doc("Where it was read from.")] = None
    form: Annotated[str | None, doc("The form of the input.")] = None
    sha256: Annotated[str | None, doc("Hash of the decoded text as UTF-8.")] = None
    length: Annotated[int | None, doc("Length of the decoded text in code points.")] = None
    contributed: Annotated[tuple[str, ...], doc("JSON Pointers to the values that the document has from it.")] = ()
    unparsed: Annotated[tuple[Unparsed, ...], doc("Text that belongs to no field, in the source's order.")] = ()
    problems: Annotated[tuple[Problem, ...], doc("What was odd, in the source's order.")] = ()
    spans: Annotated[WrittenSpans | None, doc("Where its values were read, by JSON Pointer: [start, end].")] = None


class SourceSection(Model, frozen=True):
    registry: Annotated[str | None, doc("The registry whose record it is.")] = None
    registry_id: Annotated[str | None, doc("The record's main identifier there.")] = None
    member_state: Annotated[str | None, doc("For a record by country: ISO 3166-1 alpha-2.")] = None
    name: Annotated[str | None, doc("Where it was read from.")] = None
    form: Annotated[str | None, doc("The form of the input: `labelled-page`, ...")] = None
    sha256: Annotated[str | None, doc("Hash of the decoded text as UTF-8.")] = None
    length: Annotated[int | None, doc("Length of the decoded text in code points.")] = None
    offsets: Annotated[
        Literal["source", "page-text", "field"] | None,
        doc("The text that offsets count in: the decoded text, the text that an HTML page shows, or the value itself."),
    ] = None
    unparsed: Annotated[tuple[Unparsed, ...], doc("Text that belongs to no field, in the source's order.")] = ()
    merged_from: Annotated[tuple[MergedSource, ...], doc("For a merged document: its other sources.")] = ()
    problems: Annotated[tuple[Problem, ...], doc("What was odd, in the source's order.")] = ()
    spans: Annotated[
        WrittenSpans | None, doc("Where values were read, by JSON Pointer: [start, end]; only if asked for.")
    ] = None
