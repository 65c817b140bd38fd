"""normalizedSection: people, places and papers of protocolSection, made typed."""

from __future__ import annotations

from typing import TypeVar

from parser.assemble.reading import Reading
from parser.model import Text
from parser.normalized import (
    Author,
    NormalizedContact,
    NormalizedContactsLocations,
    NormalizedLocation,
    NormalizedReference,
    NormalizedReferences,
)
from parser.page.model import Record
from parser.protocol import ContactsLocationsModule, Location, Reference, ReferencesModule
from parser.source import Span, Value
from parser.values.citation import read_citation
from parser.values.citation_parts import Part
from parser.values.country import country_code, state_code
from parser.values.name import LONGEST, split_degrees
from parser.values.phone import read_phones
from parser.values.sites import contact_countries
from parser.values.text import read_line

T = TypeVar("T")


# --- people and places ---


def normalized_contacts_locations(
    reading: Reading, module: ContactsLocationsModule | None
) -> NormalizedContactsLocations:
    locations = tuple(_location(reading, location) for location in module.locations) if module else ()
    regions = _regions(locations)
    return NormalizedContactsLocations(
        central_contacts=tuple(
            _contact(reading, record, regions) for record in reading.page.records.get("central_contacts", ())
        ),
        locations=locations,
        facility_contacts=_facility_contacts(reading, locations, regions),
    )


def _location(reading: Reading, location: Location) -> NormalizedLocation:
    country, state = location.country, location.state
    code = country_code(country.value) if country and country.value else None
    if country and country.span and code is None:
        reading.problems("unknown-country", f"{country.value!r} is no country of ISO 3166-1", country.span)
    subdivision = state_code(code, state.value) if code and state and state.value else None
    return NormalizedLocation(
        facility=location.facility,
        city=location.city,
        state=state,
        country=country,
        country_code=Value(code, country.span) if code and country else None,
        state_code=Value(subdivision, state.span) if subdivision and state else None,
    )


def _regions(locations: tuple[NormalizedLocation, ...]) -> tuple[str, ...]:
    """The page's countries, the one with the most sites first: where a phone without a prefix may be."""
    codes = [location.country_code.value for location in locations if location.country_code]
    known = [code for code in codes if code]
    return tuple(sorted(set(known), key=lambda code: (-known.count(code), code)))


def _facility_contacts(
    reading: Reading, locations: tuple[NormalizedLocation, ...], regions: tuple[str, ...]
) -> tuple[NormalizedContact, ...]:
    """The sites' contacts; on a page of several countries each with those that its place in the list allows."""
    records = reading.page.records.get("facility_contacts", ())
    roles = [record.fields.get("contact_role") for record in records]
    own: list[tuple[str, ...]] = [()] * len(records)
    if len(regions) > 1:
        phones = [reading.folded(record.fields.get("phone")) for record in records]
        backups = [reading.folded(role).lower() == "backup" for role in roles]
        sites = [location.country_code.value if location.country_code else None for location in locations]
        own = contact_countries(list(zip(phones, backups, strict=True)), sites)
    return tuple(
        _contact(reading, record, countries or regions, role)
        for record, countries, role in zip(records, own, roles, strict=True)
    )


def _contact(reading: Reading, record: Record, regions: tuple[str, ...], role: Span | None = None) -> NormalizedContact:
    """A contact; only that of a site has a role of its own to print: primary or backup."""
    printed = record.texts[-1] if record.texts else None
    name, raw_name, degrees = _name(reading, printed) if printed else (None, None, None)
    raw = record.fields.get("phone")
    phone, extension, others = _phone(reading, raw, regions) if raw else (None, None, ())
    return NormalizedContact(
        name=name,
        raw_name=raw_name,
        degrees=degrees,
        role=reading.line_at(role),
        phone=phone,
        phone_ext=extension,
        other_phones=others,
        raw_phone=reading.line_at(raw),
        email=reading.line_at(record.fields.get("email")),
    )


def _name(reading: Reading, span: Span) -> tuple[Text, Text | None, Text | None]:
    """A name without its degrees, the name as printed where that is more, and the degrees."""
    if span.end - span.start > LONGEST:
        reading.problems("too-long", f"a name of more than {LONGEST:,} characters is not taken apart", span)
        return read_line(reading.source, span), None, None
    found = split_degrees(reading.blanks(span))
    name = Value(found.name, Span(span.start + found.name_start, span.start + found.name_end))
    printed = read_line(reading.source, span)
    return name, printed if printed != name else None, Value(found.degrees, span) if found.degrees else None


def _phone(reading: Reading, span: Span, regions: tuple[str, ...]) -> tuple[Text | None, Text | None, tuple[Text, ...]]:
    """The first number of a phone field that can be dialled, its extension, and the further numbers."""
    text = reading.blanks(span)
    found = read_phones(text, regions)
    valid = [(phone, Span(span.start + phone.start, span.start + phone.end)) for phone in found if phone.e164]
    if not valid:
        reading.problems("invalid-phone", f"{text!r} is no phone that can be dialled", span)
        return None, None, ()
    for phone, where in valid:
        if phone.guessed:
            reading.problems("phone-region-guessed", f"{phone.e164} may belong to another country", where)
    (first, where), *others = valid
    return (
        Value(first.e164, where),
        Value(first.extension, where) if first.extension else None,
        tuple(Value(phone.e164, there) for phone, there in others),
    )


# --- papers ---


def normalized_references(reading: Reading, module: ReferencesModule | None) -> NormalizedReferences:
    return NormalizedReferences(tuple(_reference(reading, one) for one in module.references) if module else ())


def _reference(reading: Reading, reference: Reference) -> NormalizedReference:
    printed = reference.citation
    if printed is None or printed.span is None:
        return NormalizedReference(pmid=reference.pmid)
    citation = read_citation(reading.blanks(printed.span))
    offset = printed.span.start

    def at(part: Part[T] | None) -> Value[T] | None:
        return Value(part.value, Span(offset + part.start, offset + part.end)) if part else None

    return NormalizedReference(
        authors=tuple([Author(at(one.family), at(one.given), at(one.suffix)) for one in citation.authors]),
        title=at(citation.title),
        journal=at(citation.journal),
        year=at(citation.year),
        volume=at(citation.volume),
        issue=at(citation.issue),
        pages=at(citation.pages),
        doi=at(citation.doi),
        pmid=reference.pmid or at(citation.pmid),
        epub_date=at(citation.epub),
    )
