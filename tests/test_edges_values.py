"""Small rules of places, phones, sites and citations that a change could break unseen."""

from __future__ import annotations

import pytest

from parser.values.citation import read_citation
from parser.values.country import is_state
from parser.values.phone import read_phones
from parser.values.place import split_place

# --- places ---


@pytest.mark.parametrize(
    ("text", "countries", "city", "country"),
    [
        ("Springfield, Ruritania, Republic of", ["Ruritania, Republic of"], "Springfield", "Ruritania, Republic of"),
        ("Ruritania", ["Ruritania"], None, "Ruritania"),
        ("Ruritania", [], "Ruritania", None),
        ("Atlanta, Georgia", ["Georgia", "United States"], "Atlanta", "Georgia"),
        ("Atlanta, Georgia", ["United States"], "Atlanta", None),
    ],
)
def test_a_country_that_the_page_names_is_one(
    text: str, countries: list[str], city: str | None, country: str | None
) -> None:
    place = split_place(text, countries)
    found = [part and text[slice(*part)] for part in (place.city, place.country)]
    assert found == [city, country]


@pytest.mark.parametrize(
    ("country", "name"), [("GB", "Wales"), ("GB", "Scotland"), ("MX", "Mexico City"), ("US", "New York State")]
)
def test_a_state_may_be_all_kind_or_named_as_its_country_is(country: str, name: str) -> None:
    assert is_state(country, name)


# --- phones ---


@pytest.mark.parametrize(
    ("printed", "number"),
    [("1-800-555-1NOW", "+18005551669"), ("1-800-NOW-5555", "+18006695555"), ("1-800-555-12AB", None)],
)
def test_a_free_number_is_spelled_with_three_letters_or_more(printed: str, number: str | None) -> None:
    assert [phone.e164 for phone in read_phones(printed, ["US"])] == [number]


@pytest.mark.parametrize(
    ("printed", "regions", "number"),
    [
        ("33142499768", [], "+33142499768"),
        ("33142499768", ["JP"], None),
        ("16153220000", ["JP"], "+16153220000"),
        # Singapore has numbers of ten digits with its calling code, which is too few to see one in them.
        ("6561234567", [], None),
        ("65 61234567", [], "+6561234567"),
    ],
)
def test_many_digits_may_begin_with_a_calling_code(printed: str, regions: list[str], number: str | None) -> None:
    (phone,) = read_phones(printed, regions)
    assert (phone.e164, phone.guessed) == (number, number is not None)


# --- citations ---


@pytest.mark.parametrize("stray", [".", ";"])
def test_a_stray_mark_behind_the_authors_is_no_group(stray: str) -> None:
    citation = read_citation(f"Smith J, Doe A, et al. {stray} Title of it. Lancet. 2020;1(2):3-4.")
    assert [author.family.value for author in citation.authors] == ["Smith", "Doe"]


@pytest.mark.parametrize(
    ("behind", "authors"),
    [
        ("Effects of a drug. A trial", ["Smith", "Doe"]),
        ("ATHERO Study Group. A trial", ["Smith", "Doe", "ATHERO Study Group"]),
        ("ATHERO-AF; Effects of a drug. A trial", ["Smith", "Doe", "ATHERO-AF"]),
    ],
)
def test_only_what_is_named_as_groups_are_is_an_author_behind_a_comma(behind: str, authors: list[str]) -> None:
    citation = read_citation(f"Smith J, Doe A, {behind}. Lancet. 2020;1(2):3-4.")
    assert [author.family.value for author in citation.authors][:3] == authors
