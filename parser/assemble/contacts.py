"""People and places: central contacts, sites, and the sites' contacts."""

from __future__ import annotations

from parser.assemble.outcomes import overall_officials
from parser.assemble.reading import PageReading
from parser.forms.pages.model import Record
from parser.model.protocol import Contact, ContactsLocationsModule, Location
from parser.normalize import SiteContact
from parser.source import ParsedValue, Span, fold
from parser.values.phone import split_extension
from parser.values.place import split_place
from parser.values.text import is_nothing

# The registry's own export calls the contacts of a site primary and backup; API v2 calls both CONTACT.
_FACILITY_ROLES = {"primary": "CONTACT", "backup": "CONTACT"}


def contacts_locations_module(reading: PageReading) -> ContactsLocationsModule:
    listed = (record.texts[0] for record in reading.records.get("countries", ()))
    countries = {span: name for span in listed if not is_nothing(name := reading.folded(span))}
    spellings = frozenset(countries.values())
    sites = reading.records.get("locations", ())
    # Facility Contacts does not say whose contacts they are: only a single site can be meant.
    facility = reading.records.get("facility_contacts", ())
    local = facility if len(sites) == 1 else ()
    # With one site, `_contact` reports text before a name; with several, only this function reads these records.
    for span in (span for record in facility if not local for span in record.texts[:-1]):
        reading.leave("unparsed-text", "text before the name of a record", span)
    contacts = tuple(_contact(reading, record, _site_role(reading, record)) for record in local)
    locations = tuple(_location(reading, site, spellings, contacts) for site in sites)
    seen = {location.country for location in locations}
    for span, name in countries.items():
        if name in seen:
            reading.accounted.append(span)
        else:
            reading.leave("country-mismatch", f"no site is in the listed country {name!r}", span)
    return reading.make(
        ContactsLocationsModule,
        central_contacts=tuple(
            _contact(reading, record, reading.code_at("contact_role", record.fields.get("contact_role")))
            for record in reading.records.get("central_contacts", ())
        ),
        overall_officials=overall_officials(reading),
        locations=locations,
    )


def _location(
    reading: PageReading, record: Record, countries: frozenset[str], contacts: tuple[Contact, ...]
) -> Location:
    facility = reading.line_at(record.fields["facility"]) if "facility" in record.fields else reading.name(record)
    status = reading.code_at("site_status", record.fields.get("site_status"))
    span = record.fields.get("place")
    if span is None:
        # Parts that have labels of their own.
        city, state, country, code = (
            reading.line_at(record.fields.get(part)) for part in ("city", "state", "country", "zip")
        )
        return reading.make(
            Location,
            facility=facility,
            status=status,
            city=city,
            state=state,
            country=country,
            contacts=contacts,
            zip=code,
        )
    text = reading.source.slice(span)
    found = split_place(text, countries)
    if found.ambiguous:
        reading.problems("place-ambiguous", "a place with more commas than parts; the division was inferred", span)
    city, state, country = [
        ParsedValue(fold(text[part[0] : part[1]]), Span(span.start + part[0], span.start + part[1])) if part else None
        for part in (found.city, found.state, found.country)
    ]
    return reading.make(
        Location, facility=facility, status=status, city=city, state=state, country=country, contacts=contacts
    )


def _contact(reading: PageReading, record: Record, role: ParsedValue[str] | None) -> Contact:
    """A person as in API v2: text after `ext.` is a separate field, as in the registry."""
    span = record.fields.get("phone")
    printed = reading.folded(span)
    number, extension = split_extension("" if is_nothing(printed) else printed)
    labelled = reading.line_at(record.fields.get("phone_ext"))
    return reading.make(
        Contact,
        name=reading.name(record),
        role=role,
        phone=ParsedValue(number, span) if number else None,
        phone_ext=ParsedValue(extension, span) if extension else labelled,
        email=reading.line_at(record.fields.get("email")),
    )


def _site_role(reading: PageReading, record: Record) -> ParsedValue[str] | None:
    """A site's contact, with its role in API v2."""
    span = record.fields.get("contact_role")
    if role := _FACILITY_ROLES.get(reading.folded(span).lower()):
        return ParsedValue(role, span)
    return reading.code_at("contact_role", span)


def listed_contacts(reading: PageReading) -> list[SiteContact]:
    """The sites' contacts as the page lists them, separately from its sites."""
    return [
        SiteContact(
            name=reading.line_at(record.texts[-1]) if record.texts else None,
            role=reading.line_at(record.fields.get("contact_role")),
            phone=reading.line_at(record.fields.get("phone")),
            email=reading.line_at(record.fields.get("email")),
        )
        for record in reading.records.get("facility_contacts", ())
    ]
