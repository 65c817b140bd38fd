"""The documents that the package makes: a parsed record, and the criteria of a bare eligibility block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import msgspec

from parser import csl
from parser.escape import printable_json
from parser.model.base import Model, Section, doc
from parser.model.document_section import DocumentSection
from parser.model.normalized import CategoryHeading, Criterion, NormalizedSection
from parser.model.protocol import ProtocolSection
from parser.model.results import ResultsSection
from parser.model.source import SourceSection, Spans
from parser.problems import Problem
from parser.tables.table import TableRows, table_of

SCHEMA_VERSION: Literal["2.0"] = "2.0"


class Criteria(Model, frozen=True):
    """What `parse_criteria` returns for a bare eligibility block."""

    criteria: Annotated[tuple[Criterion, ...], doc("The criteria as a tree, in the block's order.")]
    headings: Annotated[tuple[CategoryHeading, ...], doc("The category headings, in the block's order.")]
    problems: Annotated[tuple[Problem, ...], doc("What was odd, in the block's order.")]

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts: `criteria`, `headings` and `problems`, each a list, empty ones too."""
        data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return data


class Document(Section, frozen=True, dict=True, gc=True):
    """A parsed record. `to_dict` and `to_json` return the JSON of the contract, `from_dict` reads it.

    The sections of API v2 input are kept and written unchanged, including keys and codes that are not in the model; the
    fields are a view of them.
    """

    schema_version: Annotated[Literal["2.0"], doc("Version of the document's shape.")]
    protocol_section: Annotated[ProtocolSection, doc("The record, in the shape of ClinicalTrials.gov API v2.")] = (
        ProtocolSection()
    )
    results_section: Annotated[ResultsSection, doc("The posted results, in the shape of API v2.")] = ResultsSection()
    document_section: Annotated[
        DocumentSection, doc("Documents that the sponsor uploaded, in the shape of API v2.")
    ] = DocumentSection()
    derived_section: Annotated[
        dict[str, Any] | None, doc("What the registry derives, such as MeSH terms, in the shape of API v2.")
    ] = None
    annotation_section: Annotated[
        dict[str, Any] | None, doc("The registry's notes on the record, in the shape of API v2.")
    ] = None
    has_results: Annotated[bool | None, doc("Whether the registry has results of the study.")] = None
    normalized_section: Annotated[NormalizedSection, doc("Values that API v2 has as text, as typed values.")] = (
        NormalizedSection()
    )
    source_section: Annotated[SourceSection, doc("Where the document came from.")] = SourceSection()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the source, in its order."""
        return self.source_section.problems

    @property
    def spans(self) -> Spans:
        """Where each value was read, by its JSON Pointer; empty for a document that was not read from a text."""
        spans: Spans | Callable[[], Spans] = self.__dict__.get("spans", {})
        if callable(spans):
            self.__dict__["spans"] = spans = spans()
        return spans

    @property
    def is_results_page(self) -> bool:
        """Whether it was read from a trial's results page, whose protocol is on another page."""
        return (self.source_section.form or "").endswith("results-page")

    @property
    def is_bare_page(self) -> bool:
        """Whether it was read from a protocol page without labels, which lacks paragraphs."""
        return (self.source_section.form or "").endswith("bare-page")

    @property
    def nct_id(self) -> str | None:
        """The registry's identifier, such as `NCT03562065`."""
        return self.protocol_section.identification_module.nct_id

    def to_dict(self, *, spans: bool = False) -> dict[str, Any]:
        """The document as plain dicts, lists and scalars, keys as in API v2; `spans` adds the spans of its values."""
        data: dict[str, Any] = msgspec.json.decode(self._encoded(spans))
        return data

    def to_json(self, indent: int | None = None, *, spans: bool = False) -> str:
        """The document as JSON text; characters outside ASCII are not escaped, except controls."""
        encoded = self._encoded(spans)
        return (encoded if indent is None else msgspec.json.format(encoded, indent=indent)).decode("utf-8")

    def _encoded(self, spans: bool) -> bytes:
        written = _with_spans_written(self) if spans else self
        sections = given_sections(self)
        if sections is None:
            return printable_json(msgspec.json.encode(written))
        own = {"normalizedSection": written.normalized_section, "sourceSection": written.source_section}
        return printable_json(msgspec.json.encode({"schemaVersion": self.schema_version, **sections, **own}))

    def table(self, name: str) -> TableRows:
        """The document's rows in a table of a data set: `studies`, `criteria`, `quantities`, ...

        They are the rows that `convert` writes, with record number 1. Raises `LookupError` for any other name.
        """
        from parser.model.view import fitting

        return table_of(fitting(self.to_dict()), name)

    def references_csl(self) -> list[dict[str, Any]]:
        """The references as CSL-JSON items, which reference managers and citation processors read."""
        return csl.csl_items(self.normalized_section.references_module.references)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """A document from its JSON (also schema 1.0), or from any API v2 study. Unknown keys are dropped.

        Raises `InvalidDocumentError`, which names the path of the value that has the wrong shape.
        """
        from parser.model.reading import read_document

        return read_document(data)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return _fields(self) == _fields(other) and given_sections(self) == given_sections(other)

    # Parts of a document are plain dicts.
    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        # msgspec pickles only the fields, which do not include the spans and the given sections.
        return _restored, (_fields(self), self.spans, merged_spans(self), given_sections(self))

    def __copy__(self) -> Document:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Document:
        return self

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        name = self.source_section.registry_id or self.nct_id
        title = self.protocol_section.identification_module.brief_title
        return [("id", name), ("title", title), ("problems", len(self.problems))]

    def __repr__(self) -> str:
        title = self.protocol_section.identification_module.brief_title or ""
        shown = title if len(title) <= 60 else title[:59] + "…"
        count = len(self.problems)
        name = self.source_section.registry_id or self.nct_id or "without id"
        return f"<Document {name} {shown!r}, {count} problem{'' if count == 1 else 's'}>"

    def _repr_html_(self) -> str:
        """The HTML for a notebook: the record's sections, folded. `view(document, text)` has the text next to them."""
        from parser.writers.view_notebook import notebook_html

        return notebook_html(self.to_dict())


def attach_spans(document: Document, spans: Spans | Callable[[], Spans], merged: tuple[Spans, ...] = ()) -> Document:
    """Attach the spans of the document's values and, for a merged one, those of each other source.

    They are not fields, so that they do not affect equality. A function is called when somebody asks for the spans.
    """
    document.__dict__.update(spans=spans, merged_spans=merged)
    return document


def merged_spans(document: Document) -> tuple[Spans, ...]:
    """For a merged document: the spans of the values of each of `merged_from`, in its text."""
    spans: tuple[Spans, ...] = document.__dict__.get("merged_spans", ())
    return spans or ({},) * len(document.source_section.merged_from)


def attach_sections(document: Document, sections: dict[str, Any] | None) -> Document:
    """Attach the sections of API v2 input, which are written instead of the fields.

    `sections` are plain data by the keys of the study; the caller must not change them afterwards.
    """
    document.__dict__["given_sections"] = sections
    return document


def given_sections(document: Document) -> dict[str, Any] | None:
    """The sections of API v2 input, unchanged; None for an assembled document."""
    sections: dict[str, Any] | None = document.__dict__.get("given_sections")
    return sections


def _fields(document: Document) -> tuple[Any, ...]:
    return tuple(getattr(document, name) for name in document.__struct_fields__)


def _restored(
    fields: tuple[Any, ...], spans: Spans, merged: tuple[Spans, ...], sections: dict[str, Any] | None
) -> Document:
    return attach_sections(attach_spans(Document(*fields), spans, merged), sections)


def _with_spans_written(document: Document) -> Document:
    section = document.source_section
    merged = zip(section.merged_from, merged_spans(document), strict=True)
    written = msgspec.structs.replace(
        section,
        spans=document.spans or None,
        merged_from=tuple(msgspec.structs.replace(source, spans=spans or None) for source, spans in merged),
    )
    return msgspec.structs.replace(document, source_section=written)
