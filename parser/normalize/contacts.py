"""normalizedSection.contactsLocationsModule: people and places as typed values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from parser.model.normalized import NormalizedContact, NormalizedContactsLocations, NormalizedLocation
from parser.model.protocol import Contact, ContactsLocationsModule, Location
from parser.normalize.context import Context
from parser.source import ParsedValue, Span, fold
from parser.values.country import country_code, state_code
from parser.values.name import LONGEST, split_degrees
from parser.values.phone import read_phones
from parser.values.sites import contact_countries


class SiteContact(NamedTuple):
    """A contact as a source prints it; `phone` is the whole field, with its extension.

    `path` is the JSON Pointer of the contact if offsets count in its values.
    """

    name: ParsedValue[str] | None
    role: ParsedValue[str] | None
    phone: ParsedValue[str] | None
    email: ParsedValue[str] | None
    path: str | None = None

    def path_of(self, key: str) -> str | None:
        return None if self.path is None else f"{self.path}/{key}"


def normalize_contacts_locations(
    context: Context, module: ContactsLocationsModule, listed: Sequence[SiteContact] | None
) -> NormalizedContactsLocations:
    locations = tuple(_location(context, location) for location in module.locations)
    regions = _regions(locations)
    if listed is None:
        listed = [_printed(context, contact) for site in module.locations for contact in site.contacts]
    return context.recorder.make(
        NormalizedContactsLocations,
        # Only a site's contact has a role that is printed: primary or backup.
        central_contacts=tuple(
            _contact(context, _printed(context, contact)._replace(role=None), regions)
            for contact in module.central_contacts
        ),
        locations=locations,
        facility_contacts=_facility_contacts(context, listed, locations, regions),
    )


def _location(context: Context, location: Location) -> NormalizedLocation:
    parsed = context.parsed
    country, state = parsed(location, "country"), parsed(location, "state")
    code = country_code(country.value) if country else None
    if country and code is None:
        span = country.span or Span(0, len(country.value))
        report = context.reporter(context.path(location, "country"))
        report("unknown-country", f"{country.value!r} is not a country of ISO 3166-1", span)
    subdivision = state_code(code, state.value) if code and state else None
    return context.recorder.make(
        NormalizedLocation,
        facility=parsed(location, "facility"),
        city=parsed(location, "city"),
        state=state,
        country=country,
        country_code=ParsedValue(code, country.span) if code and country else None,
        state_code=ParsedValue(subdivision, state.span) if subdivision and state else None,
    )


def _regions(locations: Sequence[NormalizedLocation]) -> tuple[str, ...]:
    """The countries of the sites, the most frequent first: the candidates for phones without a prefix."""
    counts = Counter([location.country_code for location in locations if location.country_code])
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _printed(context: Context, contact: Contact) -> SiteContact:
    """A contact of protocolSection with its phone and extension joined again."""
    parsed = context.parsed
    phone = parsed(contact, "phone")
    if phone and contact.phone_ext and (phone.span is None or context.text is None):
        phone = replace(phone, value=f"{phone.value} ext. {contact.phone_ext}")
    name, role, email = parsed(contact, "name"), parsed(contact, "role"), parsed(contact, "email")
    return SiteContact(name, role, phone, email, context.pointers.get(id(contact)))


def _facility_contacts(
    context: Context,
    listed: Sequence[SiteContact],
    locations: Sequence[NormalizedLocation],
    regions: tuple[str, ...],
) -> tuple[NormalizedContact, ...]:
    """The sites' contacts; with sites in several countries, each with the countries that its position allows."""
    own: list[tuple[str, ...]] = [()] * len(listed)
    if listed and len(regions) > 1:
        contacts = [(_folded(context, one.phone), _is_backup(one)) for one in listed]
        own = contact_countries(contacts, [location.country_code for location in locations])
    return tuple(_contact(context, one, countries or regions) for one, countries in zip(listed, own, strict=True))


def _is_backup(contact: SiteContact) -> bool:
    return contact.role is not None and contact.role.value.lower() == "backup"


def _folded(context: Context, value: ParsedValue[str] | None) -> str:
    if value is None:
        return ""
    stretch = context.stretch_of(value)
    return fold(stretch.text[stretch.start : stretch.end])


def _contact(context: Context, contact: SiteContact, regions: tuple[str, ...]) -> NormalizedContact:
    name, raw_name, degrees = _name(context, contact) or (None, None, None)
    phone, extension, others = _phone(context, contact, regions) or (None, None, ())
    raw_phone = _folded(context, contact.phone)
    return context.recorder.make(
        NormalizedContact,
        name=name,
        raw_name=raw_name,
        degrees=degrees,
        role=contact.role,
        phone=phone,
        phone_ext=extension,
        other_phones=others,
        raw_phone=ParsedValue(raw_phone, contact.phone.span) if contact.phone and raw_phone else None,
        email=contact.email,
    )


def _name(
    context: Context, contact: SiteContact
) -> tuple[ParsedValue[str], ParsedValue[str] | None, ParsedValue[str] | None] | None:
    """A name without its degrees, the name as printed if that is longer, and the degrees."""
    if (printed := contact.name) is None:
        return None
    stretch = context.stretch_of(printed, contact.path_of("name"))
    if stretch.end - stretch.start > LONGEST:
        message = f"a name of more than {LONGEST:,} characters is not parsed"
        context.reporter(stretch.path)("too-long", message, stretch.span)
        return printed, None, None
    found = split_degrees(stretch.blanks())
    if not found.name:
        # Nothing but commas.
        return printed, None, None
    name = ParsedValue(found.name, Span(stretch.start + found.name_start, stretch.start + found.name_end))
    raw = printed if printed.value != name.value else None
    return name, raw, ParsedValue(found.degrees, stretch.span) if found.degrees else None


def _phone(
    context: Context, contact: SiteContact, regions: tuple[str, ...]
) -> tuple[ParsedValue[str] | None, ParsedValue[str] | None, tuple[ParsedValue[str], ...]] | None:
    """The first number of a phone field that can be dialled, its extension, and the further numbers."""
    if contact.phone is None:
        return None
    stretch = context.stretch_of(contact.phone, contact.path_of("phone"))
    report = context.reporter(stretch.path)
    # Without the extension, which has its own field.
    whole = contact.phone.span or stretch.span
    text = stretch.blanks()
    valid = [
        (phone, Span(*(min(stretch.start + offset, whole.end) for offset in (phone.start, phone.end))))
        for phone in read_phones(text, regions)
        if phone.e164
    ]
    if not valid:
        report("invalid-phone", f"{text!r} is not a phone number that can be dialled", whole)
        return None, None, ()
    for phone, where in valid:
        if phone.guessed:
            report("phone-region-guessed", f"{phone.e164} may belong to another country", where)
    (first, where), *others = valid
    return (
        ParsedValue(first.e164, where) if first.e164 else None,
        ParsedValue(first.extension, where) if first.extension else None,
        tuple(ParsedValue(phone.e164, there) for phone, there in others if phone.e164),
    )
