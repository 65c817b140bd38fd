"""Assembles a `Document` from a page's fields (`parser.forms.pages`) and their meaning (`parser.values`)."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from parser.assemble.arms import arms_interventions_module
from parser.assemble.contacts import contacts_locations_module, listed_contacts
from parser.assemble.leftovers import leave_rest
from parser.assemble.outcomes import document_section, ipd_sharing_module, outcomes_module, oversight_module
from parser.assemble.protocol import (
    conditions_module,
    description_module,
    design_module,
    eligibility_module,
    has_results,
    identification_module,
    references_module,
)
from parser.assemble.reading import MOST_ENTRIES, PageReading
from parser.assemble.results import results_section, results_shown
from parser.assemble.sponsors import sponsor_collaborators_module
from parser.assemble.status import status_module
from parser.forms.pages.model import Mask, Page
from parser.model.document import SCHEMA_VERSION, Document, attach_spans
from parser.model.protocol import ProtocolSection
from parser.model.source import SourceSection, Unparsed
from parser.normalize import Context, normalize
from parser.problem_paths import with_paths
from parser.problems import Problems
from parser.recorder import PlacedValue
from parser.source import Place, Source, Span, report_surrogates, stretches

__all__ = ["assemble"]

_CRITERIA = "/protocolSection/eligibilityModule/eligibilityCriteria"


def assemble(source: Source, page: Page, problems: Problems) -> Document:
    """The document of a page. Text that is not understood goes to `unparsed`, each with a problem."""
    masked = _masked(source, page.masks)
    reading = PageReading(source, page, problems, masked)
    make = reading.make
    protocol = make(
        ProtocolSection,
        identification_module=identification_module(reading),
        status_module=status_module(reading),
        sponsor_collaborators_module=sponsor_collaborators_module(reading),
        oversight_module=oversight_module(reading),
        description_module=description_module(reading),
        conditions_module=conditions_module(reading),
        design_module=design_module(reading),
        arms_interventions_module=arms_interventions_module(reading),
        outcomes_module=outcomes_module(reading),
        eligibility_module=eligibility_module(reading),
        contacts_locations_module=contacts_locations_module(reading),
        references_module=references_module(reading),
        ipd_sharing_statement_module=ipd_sharing_module(reading),
    )
    context = Context(reading.recorder, problems, source.text, criteria_text=masked.text)
    normalized = normalize(context, protocol, listed_contacts(reading))
    results, has_any = results_section(reading), has_results(reading) or results_shown(reading)
    for section, span in reading.loose:
        code = "unparsed-text" if section == "front" else "unknown-label"
        reading.leave(code, f"text in {section.replace('_', ' ')} without a known label", span)
    document = make(
        Document,
        schema_version=SCHEMA_VERSION,
        protocol_section=protocol,
        results_section=results,
        document_section=document_section(reading),
        has_results=has_any,
        normalized_section=normalized,
    )
    recorder = reading.recorder
    placed = recorder.placed(document)
    cut: dict[str, Place] = {}
    if page.masks:
        masks = sorted(mask.span for mask in page.masks)
        cut = {pointer: _without_masks(source, span, masks) for pointer, span, _ in placed if pointer == _CRITERIA}
        placed = [(at, part, value) for at, span, value in placed for part in stretches(cut.get(at, span))]
    leave_rest(reading, placed)
    origin = _source_section(reading, placed)
    return attach_spans(
        replace(document, source_section=origin),
        lambda: recorder.spans(document) | cut | recorder.spans(origin, "/sourceSection"),
    )


def _masked(source: Source, masks: Sequence[Mask]) -> Source:
    """The source with masked text blanked out, for the criteria; its offsets are unchanged.

    Line ends within masked text are kept, because blanks would indent the text after it.
    """
    if not masks:
        return source
    text = list(source.text)
    for (start, end), sign in masks:
        text[start:end] = ["\n" if "\n" in text[start:end] else " "] * (end - start)
        if sign and start < end:
            text[start] = sign
    return dataclasses.replace(source, text="".join(text))


def _without_masks(source: Source, span: Span, masks: Sequence[Span]) -> Place:
    """The parts of a value outside `masks`, which are in order."""
    start, end = span
    found: list[Span] = []
    for mask in masks[bisect_left(masks, (start,)) : bisect_right(masks, (end,))]:
        if mask.end > end:
            break
        found.append(Span(start, mask.start))
        start = mask.end
    parts = [part for part in (*found, Span(start, end)) if source.slice(part).strip()]
    return span if len(parts) < 2 else tuple(parts)


def _left(reading: PageReading) -> list[Span]:
    """The unparsed texts, in order; after the maximum number, the rest is one text."""
    left = sorted(reading.unparsed)
    if len(left) <= MOST_ENTRIES:
        return left
    rest = left[MOST_ENTRIES - 1 :]
    whole = Span(rest[0].start, max(span.end for span in rest))
    reading.problems("too-long", f"more than {MOST_ENTRIES:,} texts are left: the rest is kept as one", whole)
    return [*left[: MOST_ENTRIES - 1], whole]


def _source_section(reading: PageReading, placed: Sequence[PlacedValue]) -> SourceSection:
    source = reading.source
    report_surrogates(source, reading.problems)
    if source.encoding == "cp1252":
        whole = (0, len(source.text))
        reading.problems("encoding-guessed", "the bytes are not UTF-8; they were read as Windows-1252", whole)
    left = _left(reading)
    main = reading.registry_id
    section = SourceSection(
        registry=main.registry.name if main else reading.page.registry,
        registry_id=main.id if main else None,
        member_state=reading.page.member_state,
        form=reading.page.form,
        sha256=source.sha256,
        length=len(source.text),
        offsets="page-text" if source.from_html else "source",
        unparsed=tuple(Unparsed(text=source.slice(span), start=span.start, end=span.end) for span in left),
        problems=with_paths(reading.problems.in_order(), placed),
    )
    reading.recorder.record(section, registry_id=main.span if main else None)
    return section
