"""Which country a site's contact is in, by its place among the sites."""

from __future__ import annotations

import pytest

from parser import parse
from parser.source import Value
from parser.values.country import country_code
from parser.values.phone import read_phones
from parser.values.sites import Site, SiteContact, contact_countries
from tests.conftest import needs_records
from tests.evaluation.measure_people import can_be_dialled
from tests.evaluation.printer import page_phone, print_page
from tests.evaluation.records import Study, load_records


def countries(phones: str, sites: str) -> str:
    """The countries of contacts, `;` between their phones (`>` before a backup's) and `-` for a closed site."""
    contacts = [SiteContact(phone.strip("> "), "", phone.strip().startswith(">")) for phone in phones.split(";")]
    places = [Site(name.strip("-"), None if name.endswith("-") else "RECRUITING") for name in sites.split()]
    return " ".join("/".join(of) for of in contact_countries(contacts, places))


@pytest.mark.parametrize(
    ("phones", "sites", "expected"),
    [
        ("+1 615 322 0000; 13866173932; +33 1 42 49 97 68", "US CN FR", "US CN FR"),
        ("+81 3-3542-2511; 11-697-0001; +81 45-787-2800", "US CN JP JP JP KR", "JP JP JP"),
        ("+1 615 322 0000; 13866173932", "US US US CN CN DE", "US CN/US"),
        ("+49 30 45050; > 30 45051; 01 42 49 97 68", "DE FR", "DE DE FR"),
        ("13866173932; 13804314566", "CN US- CN", "CN CN"),
        ("x; y", "CN US", "CN US"),
        ("x", "CN US", "CN/US"),
        ("x; y; z", "CN US", "  "),
    ],
)
def test_contacts_stand_in_the_order_of_the_sites(phones: str, sites: str, expected: str) -> None:
    assert countries(phones, sites) == expected


def test_an_address_of_a_country_tells() -> None:
    contacts = [SiteContact("", "a@nhs.uk", False), SiteContact("", "b@med.jp", False)]
    sites = [Site(name, None) for name in ("US", "GB", "IT", "JP")]
    assert contact_countries(contacts, sites) == [("GB",), ("JP",)]


def test_odd_lists_are_read_without_complaint() -> None:
    assert contact_countries([], [Site("US", None)]) == []
    assert contact_countries([SiteContact("", "", True)], []) == [()]
    assert contact_countries([SiteContact("1", "@", False)], [Site(None, None)]) == [()]
    many = contact_countries([SiteContact("", "", False)] * 1000, [Site("US", None)] * 9000)
    assert many == [()] * 1000


def phones_at_home(study: Study) -> list[str | None]:
    """What a study's facility contacts have as phones, each read in its own site's country."""
    phones = []
    for site in study["protocolSection"].get("contactsLocationsModule", {}).get("locations", []):
        code = country_code(site.get("country", ""))
        for contact in site.get("contacts", []):
            if contact.get("role") == "CONTACT":
                read = read_phones(page_phone(contact), [code] if code else [])
                phones.append(read[0].e164 if read and can_be_dialled(page_phone(contact)) else "")
    return phones


@needs_records
def test_phones_of_sites_on_pages_of_several_countries() -> None:
    results = []
    for study in list(load_records())[::10]:
        expected = phones_at_home(study)
        section = parse(print_page(study)).normalized_section if any(expected) else None
        module = section.contacts_locations_module if section else None
        if module and len({site.country_code.value for site in module.locations if site.country_code}) > 1:
            read = [contact.phone.value if contact.phone else None for contact in module.facility_contacts]
            results += [one == other for one, other in zip(read, expected, strict=True) if other != ""]
    assert sum(results) >= 0.985 * len(results) > 0


def stands_in(part: Value[str] | None, whole: Value[str] | None, text: str) -> bool:
    """Whether a value's place lies in that of the field it was read from, and shows something."""
    if part is None:
        return True
    if part.span is None or whole is None or whole.span is None:
        return False
    within = whole.span.start <= part.span.start < part.span.end <= whole.span.end
    return within and text[part.span.start : part.span.end].strip() == text[part.span.start : part.span.end]


@needs_records
def test_what_is_read_stands_in_its_field() -> None:
    for study in list(load_records())[::40]:
        text = print_page(study)
        document = parse(text)
        section = document.normalized_section
        printed = document.protocol_section.references_module
        people = section.contacts_locations_module if section else None
        for contact in (*people.central_contacts, *people.facility_contacts) if people else ():
            for part in (contact.phone, contact.phone_ext, *contact.other_phones):
                assert stands_in(part, contact.raw_phone, text), part
            assert stands_in(contact.name, contact.raw_name or contact.name, text), contact.name
        for site in people.locations if people else ():
            assert stands_in(site.country_code, site.country, text) and stands_in(site.state_code, site.state, text)
        papers = section.references_module if section else None
        for paper, reference in zip(papers.references, printed.references, strict=True) if papers and printed else ():
            names = [name for author in paper.authors for name in (author.family, author.given, author.suffix)]
            for part in (*names, paper.title, paper.journal, paper.volume, paper.issue, paper.pages, paper.doi):
                assert stands_in(part, reference.citation, text), part


def test_a_site_without_a_country_speaks_neither_for_itself_nor_against() -> None:
    contact = SiteContact("615-322-0000", "", same_site=False)
    assert contact_countries([contact], [Site(None, None), Site("US", None)]) == [("US",)]
