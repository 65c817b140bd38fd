"""People and places: central contacts, sites, and the sites' contacts."""

from __future__ import annotations

from parser.assemble.reading import Reading
from parser.document import Contact, ContactsLocationsModule, Location, NormalizedContact, Text
from parser.page.model import Record
from parser.source import Span, Value
from parser.values.phone import split_extension
from parser.values.place import Part, split_place
from parser.values.text import read_line

# The registry's own export calls the contacts of a site primary and backup; API v2 calls both CONTACT.
_FACILITY_ROLES = {"primary": "CONTACT", "backup": "CONTACT"}


def contacts_locations_module(
    reading: Reading, facility_contacts: tuple[NormalizedContact, ...]
) -> ContactsLocationsModule:
    countries = [record.texts[0] for record in reading.page.records.get("countries", ())]
    spellings = {reading.folded(country) for country in countries}
    sites = reading.page.records.get("locations", ())
    # Facility Contacts does not say whose contacts they are: only a single site can be meant.
    contacts = tuple(map(_site_contact, facility_contacts)) if len(sites) == 1 else ()
    locations = tuple(_location(reading, site, spellings, contacts) for site in sites)
    seen = {location.country.value for location in locations if location.country}
    for span in countries:
        if reading.folded(span) not in seen:
            reading.leave("country-mismatch", f"no site is in {reading.folded(span)!r}, which is listed", span)
    return ContactsLocationsModule(
        central_contacts=tuple(
            _central_contact(reading, record) for record in reading.page.records.get("central_contacts", ())
        ),
        locations=locations,
    )


def _location(reading: Reading, record: Record, countries: set[str], contacts: tuple[Contact, ...]) -> Location:
    facility = reading.name(record)
    status = reading.code_at("site_status", record.fields.get("site_status"))
    span = record.fields.get("place")
    if span is None:
        return Location(facility=facility, status=status, contacts=contacts)
    found = split_place(reading.source.slice(span), countries)
    if found.ambiguous:
        reading.problems("place-ambiguous", "a place with more commas than parts; the last part is the state", span)

    def part(where: Part | None) -> Text | None:
        return read_line(reading.source, Span(span.start + where.start, span.start + where.end)) if where else None

    return Location(facility, status, part(found.city), part(found.state), part(found.country), contacts)


def _central_contact(reading: Reading, record: Record) -> Contact:
    phone, extension = _phone(reading, record)
    return Contact(
        name=reading.name(record),
        role=reading.code_at("contact_role", record.fields.get("contact_role")),
        phone=phone,
        phone_ext=extension,
        email=_line(reading, record, "email"),
    )


def facility_contacts(reading: Reading) -> tuple[NormalizedContact, ...]:
    """The contacts of the sites, as printed."""
    return tuple(
        NormalizedContact(
            name=reading.name(record),
            role=_line(reading, record, "contact_role"),
            raw_phone=_line(reading, record, "phone"),
            email=_line(reading, record, "email"),
        )
        for record in reading.page.records.get("facility_contacts", ())
    )


def _site_contact(contact: NormalizedContact) -> Contact:
    """A site's contact as API v2 has it."""
    phone, extension = _cut_extension(contact.raw_phone)
    printed = contact.role.value if contact.role and contact.role.value else ""
    role = _FACILITY_ROLES.get(printed.lower(), printed)
    return Contact(
        name=contact.name,
        role=Value(role, contact.role.span) if contact.role else None,
        phone=phone,
        phone_ext=extension,
        email=contact.email,
    )


def _line(reading: Reading, record: Record, field: str) -> Text | None:
    span = record.fields.get(field)
    return read_line(reading.source, span) if span else None


def _phone(reading: Reading, record: Record) -> tuple[Text | None, Text | None]:
    return _cut_extension(_line(reading, record, "phone"))


def _cut_extension(phone: Text | None) -> tuple[Text | None, Text | None]:
    """A printed phone as the registry's two fields: `142499768 ext. +33` is 142499768 and +33."""
    if phone is None or phone.value is None:
        return None, None
    number, extension = split_extension(phone.value)
    return Value(number, phone.span), Value(extension, phone.span) if extension else None
