"""Which country a site's contact is in, by its place among the sites."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from parser import parse
from parser.values.country import country_code
from parser.values.phone import read_phones
from parser.values.sites import contact_countries
from tests.conftest import needs_records
from tests.evaluation.measure_people import can_be_dialled
from tests.evaluation.printer import page_phone, print_page
from tests.evaluation.records import Study, load_records


def countries(phones: str, sites: str) -> str:
    """The countries of contacts, with `;` between their phones, and `>` before a backup's."""
    contacts = [(phone.strip("> "), phone.strip().startswith(">")) for phone in phones.split(";")]
    return " ".join("/".join(of) for of in contact_countries(contacts, sites.split()))


@pytest.mark.parametrize(
    ("phones", "sites", "expected"),
    [
        ("+1 615 322 0000; 13866173932; +33 1 42 49 97 68", "US CN FR", "US CN FR"),
        ("+81 3-3542-2511; 11-697-0001; +81 45-787-2800", "US CN JP JP JP KR", "JP JP JP"),
        ("+1 615 322 0000; 13866173932", "US US US CN CN CN", "US CN/US"),
        ("+49 30 45050; > 30 45051; 01 42 49 97 68", "DE FR", "DE DE FR"),
        ("+33 142499768; 142499768 ext. +33; +49 30 45050", "FR FR DE DE", "FR FR DE"),
        ("x; y", "CN US", "CN US"),
        ("x", "CN US", "CN/US"),
        ("x", "US CN CN", "CN/US"),
        ("x; y; z", "CN US", "  "),
    ],
)
def test_contacts_are_in_the_order_of_the_sites(phones: str, sites: str, expected: str) -> None:
    assert countries(phones, sites) == expected


def test_a_site_without_a_country_speaks_neither_for_itself_nor_against() -> None:
    assert contact_countries([("615-322-0000", False)], [None, "US"]) == [("US",)]
    assert contact_countries([("x", False)], [None, "US"]) == [()]


def test_odd_lists_are_read_without_complaint() -> None:
    assert contact_countries([], ["US"]) == []
    assert contact_countries([("", True)], []) == [()]
    assert contact_countries([("1", False)], [None]) == [()]
    assert contact_countries([("", False)] * 1000, ["US"] * 9000) == [()] * 1000


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
        if any(expected):
            module = parse(print_page(study)).normalized_section.contacts_locations_module
            if len({site.country_code for site in module.locations if site.country_code}) > 1:
                read = [contact.phone for contact in module.facility_contacts]
                results += [one == other for one, other in zip(read, expected, strict=True) if other != ""]
    assert sum(results) >= 0.985 * len(results) > 0


FIELDS = {"phone": "rawPhone", "phoneExt": "rawPhone", "otherPhones": "rawPhone", "name": "rawName"} | {
    "countryCode": "country",
    "stateCode": "state",
}
"""The fields whose words others were read from, next to them in normalizedSection."""


@needs_records
def test_what_is_read_is_in_its_field() -> None:
    tried: Counter[str] = Counter()
    for study in list(load_records())[::40]:
        text = print_page(study)
        spans = parse(text).spans
        for pointer, place in spans.items():
            match = re.match(r"(/normalizedSection/contactsLocationsModule/\w+/\d+)/(\w+)", pointer)
            whole = spans.get(f"{match[1]}/{FIELDS[match[2]]}") if match and match[2] in FIELDS else None
            if match is None or whole is None:
                continue
            tried[match[2]] += 1
            assert whole[0] <= place[0] < place[1] <= whole[1], pointer
            assert text[slice(*place)].strip() == text[slice(*place)], pointer
    assert tried.keys() >= {"phone", "name", "countryCode", "stateCode"}
