"""The documents that the package gives: a parsed record, and the criteria of a bare eligibility block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parser import codec, csl
from parser.documents import DocumentSection
from parser.model import Model, many, must, one
from parser.normalized import CategoryHeading, Criterion, NormalizedSection
from parser.problems import Problem
from parser.protocol import ProtocolSection
from parser.results import ResultsSection
from parser.source import Span, Value

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Criteria(Model):
    """What `parse_criteria` gives for a bare eligibility block."""

    criteria: tuple[Criterion, ...] = many("The criteria as a tree, in the block's order.")
    headings: tuple[CategoryHeading, ...] = many("The category headings, in the block's order.")
    problems: tuple[Problem, ...] = many("What was odd, in the block's order.")

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts: `criteria`, `headings` and `problems`, each a list, empty ones too."""
        return {"criteria": [], "headings": [], "problems": [], **codec.encode(self)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unparsed(Model):
    """Text that belongs to no field."""

    text: str = must("The source between start and end.")
    start: int = must("Offset in code points.")
    end: int = must("Offset in code points, exclusive.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Departure(Model):
    """An edit of the page that `render` would write: what is between start and end becomes the text."""

    start: int = must("Offset in code points into the page as it would be written, with the line ends of `lineEnd`.")
    end: int = must("Offset in code points, exclusive.")
    text: str = must("What the page has there instead.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MergedSource(Model):
    """A further source of a merged document. Its offsets are in its own text."""

    registry: str = must("The registry whose record it is.")
    layout: str = must("The layout of the page.")
    sha256: str = must("Hash of the decoded text as UTF-8.")
    length: int = must("Length of the decoded text in code points.")
    unparsed: tuple[Unparsed, ...] = many("Text that belongs to no field, in the page's order.")
    problems: tuple[Problem, ...] = many("What was odd, in the page's order.")
    gave: tuple[str, ...] = many("JSON Pointers to what the document has from this source, offsets in it included.")
    spans: codec.Spans = many("Where each value of this source was read, by its JSON Pointer in its own document.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SourceSection(Model):
    """Where the document came from, and what was odd there."""

    registry: str = must("The registry whose record it is.")
    layout: str = must("The layout of the page, as `registry-parser layouts` names it.")
    sha256: str = must("Hash of the decoded text as UTF-8.")
    length: int = must("Length of the decoded text in code points.")
    line_end: str | None = one("What most lines of the page end with, where that is not a line feed.")
    unparsed: tuple[Unparsed, ...] = many("Text that belongs to no field, in the page's order.")
    problems: tuple[Problem, ...] = many("What was odd, in the page's order.")
    departures: tuple[Departure, ...] = many("Where the page is not as `render` would write it, in order.")
    spans: codec.Spans = many("Where each value was read, by its JSON Pointer; only if `parse` was asked.")
    merged_from: tuple[MergedSource, ...] = many("Of a merged document: its other sources.")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Document(Model):
    """A parsed record. `to_dict` and `to_json` give the JSON of the contract, `from_dict` reads it back."""

    schema_version: str = field(default=SCHEMA_VERSION, metadata={"meaning": "Version of the document's shape."})
    protocol_section: ProtocolSection = must("The record, in the shape of ClinicalTrials.gov API v2.")
    results_section: ResultsSection | None = one("The posted results, in the shape of API v2.")
    document_section: DocumentSection | None = one("Documents that the sponsor uploaded, in the shape of API v2.")
    has_results: Value[bool] | None = one("Whether the registry has results of the study.")
    normalized_section: NormalizedSection | None = one("What API v2 leaves as text, made typed.")
    source_section: SourceSection | None = one("Where the document came from.")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was odd about the page, in the order of the page."""
        return self.source_section.problems if self.source_section else ()

    @property
    def is_results_page(self) -> bool:
        """Whether it was read from the page of a trial's results, which another page has the protocol of."""
        return self.source_section is not None and self.source_section.layout.endswith("results-page")

    @property
    def spans(self) -> dict[str, Span]:
        """Where each value was read on the page, by its JSON Pointer; empty unless `parse` was asked for spans."""
        return dict(self.source_section.spans) if self.source_section else {}

    @property
    def nct_id(self) -> str | None:
        """The registry's identifier, such as `NCT03562065`."""
        module = self.protocol_section.identification_module
        return module.nct_id.value if module and module.nct_id else None

    def to_dict(self) -> dict[str, Any]:
        """The document as plain dicts, lists and scalars, keys as in API v2."""
        return codec.encode(self)

    def to_json(self, indent: int | None = None) -> str:
        """The document as JSON text; characters outside ASCII stand as themselves."""
        return codec.dumps(self, indent)

    def references_csl(self) -> list[dict[str, Any]]:
        """The references as CSL-JSON items, which reference managers and citation processors read."""
        section = self.normalized_section
        module = section.references_module if section else None
        return csl.csl_items(module.references if module else ())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """A document from its JSON, or from any API v2 study (keys the model does not have are passed over).

        Raises `InvalidDocumentError`, which names the path of the value that has the wrong shape.
        """
        return codec.decode(cls, data)

    def __repr__(self) -> str:
        module = self.protocol_section.identification_module
        title = (module.brief_title.value if module and module.brief_title else None) or ""
        shown = title if len(title) <= 60 else title[:59] + "…"
        count = len(self.problems)
        return f"<Document {self.nct_id or 'without id'} {shown!r}, {count} problem{'' if count == 1 else 's'}>"
