"""The modules of API v2 that are rare on pages: outcomes, oversight, officials, sharing of data, documents."""

from __future__ import annotations

from collections.abc import Iterator

from parser.assemble.reading import PageReading
from parser.forms.pages.model import Record
from parser.model.base import is_empty
from parser.model.document_section import DocumentSection, LargeDoc, LargeDocumentModule
from parser.model.protocol import (
    IpdSharingStatementModule,
    Official,
    Outcome,
    OutcomesModule,
    OversightModule,
)
from parser.source import ParsedValue, Span
from parser.values.codes import read_info_types, read_yes_or_no
from parser.values.number import read_size
from parser.values.text import is_nothing


def outcomes_module(reading: PageReading) -> OutcomesModule:
    """What the study measures, in the page's order."""
    return reading.make(
        OutcomesModule,
        primary_outcomes=_outcomes(reading, "primary_outcomes"),
        secondary_outcomes=_outcomes(reading, "secondary_outcomes"),
        other_outcomes=_outcomes(reading, "other_outcomes"),
    )


def _outcomes(reading: PageReading, name: str) -> tuple[Outcome, ...]:
    return tuple(
        reading.make(
            Outcome,
            measure=_line(reading, record, "measure"),
            description=_prose(reading, record, "description"),
            time_frame=_line(reading, record, "time_frame"),
        )
        for record in reading.records.get(name, ())
    )


def _line(reading: PageReading, record: Record, field: str) -> ParsedValue[str] | None:
    span = record.fields.get(field)
    return None if is_nothing(reading.folded(span)) else reading.line_at(span)


def _prose(reading: PageReading, record: Record, field: str) -> ParsedValue[str] | None:
    span = record.fields.get(field)
    return None if is_nothing(reading.folded(span)) else reading.prose_at(span)


def oversight_module(reading: PageReading) -> OversightModule:
    """The study's oversight, from answers of Yes or No."""
    return reading.make(
        OversightModule,
        oversight_has_dmc=yes_or_no(reading, "has_dmc"),
        is_fda_regulated_drug=yes_or_no(reading, "fda_drug"),
        is_fda_regulated_device=yes_or_no(reading, "fda_device"),
        is_unapproved_device=yes_or_no(reading, "unapproved_device"),
        is_ppsd=yes_or_no(reading, "ppsd"),
        is_us_export=yes_or_no(reading, "us_export"),
    )


def yes_or_no(reading: PageReading, field: str) -> ParsedValue[bool] | None:
    """`Yes` or `No`; other text goes to `unparsed`, and words for "unknown" are no value."""
    span = reading.span(field)
    return yes_or_no_at(reading, span) if span else None


def yes_or_no_at(reading: PageReading, span: Span) -> ParsedValue[bool] | None:
    word = reading.folded(span)
    found = read_yes_or_no(word)
    if found is None:
        reading.leave("not-understood", f"neither Yes nor No: {word!r}", span)
        return None
    return ParsedValue(found, span)


def overall_officials(reading: PageReading) -> tuple[Official, ...]:
    """Who is responsible for the study as a whole."""
    return tuple(
        reading.make(
            Official,
            name=_line(reading, record, "name"),
            affiliation=_line(reading, record, "affiliation"),
            role=reading.code_at("official_role", record.fields.get("role")),
        )
        for record in reading.records.get("officials", ())
    )


def ipd_sharing_module(reading: PageReading) -> IpdSharingStatementModule:
    """Whether participants' data are to be shared, and how."""
    return reading.make(
        IpdSharingStatementModule,
        ipd_sharing=reading.code("ipd_sharing"),
        description=reading.prose("ipd_description"),
        info_types=tuple(_info_types(reading)),
        time_frame=reading.prose("ipd_time_frame"),
        access_criteria=reading.prose("ipd_access"),
        url=reading.line("ipd_url"),
    )


def _info_types(reading: PageReading) -> Iterator[ParsedValue[str]]:
    span = reading.span("ipd_info_types")
    if span is None:
        return
    for code, start, end in read_info_types(reading.source.slice(span)):
        if code is None:
            place = Span(span.start + start, span.start + end)
            reading.leave("unknown-value", f"{reading.folded(place)!r} is not a document type of the registry", place)
        else:
            yield ParsedValue(code, Span(span.start + start, span.start + end))


def document_section(reading: PageReading) -> DocumentSection:
    """The protocols and plans that the page lists."""
    docs = tuple(_document(reading, record) for record in reading.records.get("documents", ()))
    kept = docs if not all(map(is_empty, docs)) else ()
    module = reading.make(LargeDocumentModule, large_docs=kept)
    return reading.make(DocumentSection, large_document_module=module)


def _document(reading: PageReading, record: Record) -> LargeDoc:
    fields = record.fields
    flags = {
        name: yes_or_no_at(reading, fields[name]) if name in fields else None
        for name in ("has_protocol", "has_sap", "has_icf")
    }
    size = fields.get("size")
    count = read_size(reading.folded(size)) if size else None
    if size and count is None:
        reading.leave("not-understood", f"no number of bytes: {reading.folded(size)!r}", size)
    return reading.make(
        LargeDoc,
        type_abbrev=_line(reading, record, "type_abbrev"),
        **flags,
        label=_line(reading, record, "label"),
        date=_date(reading, fields.get("date")),
        upload_date=_line(reading, record, "upload_date"),
        filename=_line(reading, record, "filename"),
        size=ParsedValue(count, size) if count is not None else None,
    )


def _date(reading: PageReading, span: Span | None) -> ParsedValue[str] | None:
    """A date that has no type in API v2."""
    printed = reading.date_at(span)
    return printed.date if printed else None
