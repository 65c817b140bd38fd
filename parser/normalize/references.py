"""normalizedSection.referencesModule: citations in parts."""

from __future__ import annotations

from typing import TypeVar

from parser.model.normalized import Author, NormalizedReference, NormalizedReferences
from parser.model.protocol import Reference, ReferencesModule
from parser.normalize.context import Context
from parser.source import ParsedValue, Span
from parser.values.citation import read_citation
from parser.values.citation_parts import CitationPart

T = TypeVar("T")


def normalize_references(context: Context, module: ReferencesModule) -> NormalizedReferences:
    references = tuple(_reference(context, reference) for reference in module.references)
    return context.recorder.make(NormalizedReferences, references=references)


def _reference(context: Context, reference: Reference) -> NormalizedReference:
    make = context.recorder.make
    pmid = context.parsed(reference, "pmid")
    printed = context.stretch(reference, "citation")
    if printed is None:
        return make(NormalizedReference, pmid=pmid)
    citation = read_citation(printed.blanks())

    def at(part: CitationPart[T] | None) -> ParsedValue[T] | None:
        return ParsedValue(part.value, Span(printed.start + part.start, printed.start + part.end)) if part else None

    return make(
        NormalizedReference,
        authors=tuple(
            [
                make(Author, family=at(one.family), given=at(one.given), suffix=at(one.suffix))
                for one in citation.authors
            ]
        ),
        title=at(citation.title),
        journal=at(citation.journal),
        year=at(citation.year),
        volume=at(citation.volume),
        issue=at(citation.issue),
        pages=at(citation.pages),
        doi=at(citation.doi),
        pmid=pmid or at(citation.pmid),
        epub_date=at(citation.epub),
    )
