"""Places and countries: real ones, those with parts missing, and those whose parts hold commas."""

from __future__ import annotations

from collections.abc import Iterator

import pycountry
import pytest

from parser.values.country import country_code, is_state, state_code
from parser.values.place import Part, split_place
from tests.linear import assert_linear

# Text, the countries that the page lists, then city, state and country.
PLACES = [
    ("Paris, , France", "", "Paris", None, "France"),
    ("Paris, France", "", "Paris", None, "France"),
    ("France", "", None, None, "France"),
    ("Paris", "", "Paris", None, None),
    ("", "", None, None, None),
    ("Boston, Massachusetts, United States", "", "Boston", "Massachusetts", "United States"),
    ("Boston,Massachusetts,United States", "", "Boston", "Massachusetts", "United States"),
    ("Boston , Massachusetts , United States", "", "Boston", "Massachusetts", "United States"),
    ("Boston, Massachusetts", "", "Boston", "Massachusetts", None),
    (" , ", "", None, None, None),
    ("Boston, Massachusetts,", "", "Boston", "Massachusetts", None),
    ("Boston, Massachusetts", "United States", "Boston", "Massachusetts", None),
    ("Atlanta, Georgia", "United States", "Atlanta", "Georgia", None),
    ("Tbilisi, Georgia", "Georgia", "Tbilisi", None, "Georgia"),
    ("Tbilisi, , Georgia", "Georgia", "Tbilisi", None, "Georgia"),
    ("California, United States", "", None, "California", "United States"),
    ("New York, United States", "", "New York", None, "United States"),
    (", Ontario, Canada", "", None, "Ontario", "Canada"),
    ("Seoul, , Korea, Republic of", "", "Seoul", None, "Korea, Republic of"),
    ("Seoul, Korea, Republic of", "", "Seoul", None, "Korea, Republic of"),
    ("Korea, Republic of", "", None, None, "Korea, Republic of"),
    ("Seoul, Korea, Korea, Republic of", "", "Seoul", "Korea", "Korea, Republic of"),
    ("Isfahan, , Iran, Islamic Republic of", "", "Isfahan", None, "Iran, Islamic Republic of"),
    ("Ramallah, , Palestinian Territory, occupied", "", "Ramallah", None, "Palestinian Territory, occupied"),
    (
        "Skopje, , Macedonia, The Former Yugoslav Republic of",
        "",
        "Skopje",
        None,
        "Macedonia, The Former Yugoslav Republic of",
    ),
    (
        "Kinshasa, , Congo, The Democratic Republic of the",
        "",
        "Kinshasa",
        None,
        "Congo, The Democratic Republic of the",
    ),
    ("London, London, City Of, United Kingdom", "", "London", "London, City Of", "United Kingdom"),
    ("Bristol, Bristol, City Of, United Kingdom", "", "Bristol", "Bristol, City Of", "United Kingdom"),
    ("Madrid, Madrid, Comunidad De, Spain", "", "Madrid", "Madrid, Comunidad De", "Spain"),
    ("Murcia, Murcia, Región De, Spain", "", "Murcia", "Murcia, Región De", "Spain"),
    ("Alzira, Valenciana, Comunitat, Spain", "", "Alzira", "Valenciana, Comunitat", "Spain"),
    (
        "Anderlecht, Bruxelles-capitale, Région DE, Belgium",
        "",
        "Anderlecht",
        "Bruxelles-capitale, Région DE",
        "Belgium",
    ),
    ("Praha 5, Praha, Hlavní Mešto, Czechia", "", "Praha 5", "Praha, Hlavní Mešto", "Czechia"),
    (
        "Washington D.C., District of Columbia, United States",
        "",
        "Washington D.C.",
        "District of Columbia",
        "United States",
    ),
    (
        "Washington, D.C., District of Columbia, United States",
        "",
        "Washington, D.C.",
        "District of Columbia",
        "United States",
    ),
    ("Bogota, D.C., , Colombia", "", "Bogota, D.C.", None, "Colombia"),
    ("Amagasaki, Hyogo, , Japan", "", "Amagasaki, Hyogo", None, "Japan"),
    ("Barcelona,, , Spain", "", "Barcelona,", None, "Spain"),
    ("Salvador, Bahia, Bahia, Brazil", "", "Salvador, Bahia", "Bahia", "Brazil"),
    ("Petaling Jaya, Selangor, Selangor, Malaysia", "", "Petaling Jaya, Selangor", "Selangor", "Malaysia"),
    ("Glostrup, Copenhagen, Denmark, Denmark", "", "Glostrup, Copenhagen", "Denmark", "Denmark"),
    (
        "Level 6, Ward 19, Newcastle Upon Tyne, United Kingdom",
        "",
        "Level 6, Ward 19",
        "Newcastle Upon Tyne",
        "United Kingdom",
    ),
    (
        "Seoul, Bundang-gu, Seongnam-si, Korea, Republic of",
        "",
        "Seoul",
        "Bundang-gu, Seongnam-si",
        "Korea, Republic of",
    ),
    (
        "Mumbai, OPD-81 Main building, Dr. E Borges Road, Parel 400012, India",
        "",
        "Mumbai",
        "OPD-81 Main building, Dr. E Borges Road, Parel 400012",
        "India",
    ),
    ("Istanbul, , Turkey (Türkiye)", "", "Istanbul", None, "Turkey (Türkiye)"),
    ("Springfield, North, Atlantis", "", "Springfield", "North", "Atlantis"),
]


@pytest.mark.parametrize(("text", "listed", "city", "state", "country"), PLACES, ids=[case[0] for case in PLACES])
def test_places(text: str, listed: str, city: str | None, state: str | None, country: str | None) -> None:
    place = split_place(text, {listed} if listed else ())

    def printed(part: Part | None) -> str | None:
        return text[slice(*part)] if part else None

    assert [printed(part) for part in place[:3]] == [city, state, country]


def test_only_a_cut_that_no_name_decides_is_ambiguous() -> None:
    assert not split_place("Salvador, Bahia, Bahia, Brazil").ambiguous
    assert not split_place("Bogota, D.C., , Colombia").ambiguous
    assert split_place("Glostrup, Copenhagen, Denmark, Denmark").ambiguous


COUNTRIES = {
    "Congo, Republic of": "CG",
    "Republic of Ireland": "IE",
    "Saint Martin, French part": "MF",
    "Sint Maarten": "SX",
    "Taiwan, R.O.C.": "TW",
    "Vatican City State": "VA",
    "Hong Kong, China": "HK",
    "Macao, China": "MO",
    "P.R. China": "CN",
    "Korea South": "KR",
    "Korea North": "KP",
    "KSA": "SA",
    "Österreich": "AT",
    "France": "FR",
    "Korea, Republic of": "KR",
    "South Korea": "KR",
    "Korea, Democratic People's Republic of": "KP",
    "Türkiye": "TR",
    "Turkey": "TR",
    "Turkey (Türkiye)": "TR",
    "Taiwan": "TW",
    "Côte d'Ivoire": "CI",
    "Côte D’Ivoire": "CI",
    "Cote D'Ivoire": "CI",
    "Russia": "RU",
    "Russian Federation": "RU",
    "Former Serbia and Montenegro": "CS",
    "Former Yugoslavia": "YU",
    "Netherlands Antilles": "AN",
    "Macedonia, The Former Yugoslav Republic of": "MK",
    "North Macedonia": "MK",
    "Palestinian Territory, occupied": "PS",
    "Palestinian Territories, Occupied": "PS",
    "Kosovo": "XK",
    "Hong Kong": "HK",
    "Macau": "MO",
    "Vietnam": "VN",
    "Viet Nam": "VN",
    "Iran": "IR",
    "Iran, Islamic Republic of": "IR",
    "Czechia": "CZ",
    "Czech Republic": "CZ",
    "Swaziland": "SZ",
    "Burma": "MM",
    "The Gambia": "GM",
    "Gambia": "GM",
    "Bahamas, The": "BS",
    "Congo": "CG",
    "Congo (Kinshasa)": "CD",
    "Congo, The Democratic Republic of the": "CD",
    "Virgin Islands (U.S.)": "VI",
    "Holy See (Vatican City State)": "VA",
    "Libyan Arab Jamahiriya": "LY",
    "Lao People's Democratic Republic": "LA",
    "Micronesia, Federated States of": "FM",
    "Moldova, Republic of": "MD",
    "Réunion": "RE",
    "East Timor": "TL",
    "Cape Verde": "CV",
    "Saint Helena, Ascension and Tristan da Cunha": "SH",
    "U.K.": "GB",
    "Czech Rep.": "CZ",
    "Lao Peoples Democratic Republic": "LA",
    "Trinidad & Tobago": "TT",
    # A bracket decides.
    "Korea (Democratic People's Republic of)": "KP",
    "Korea (Dem. People's Rep. of)": "KP",
    "Korea (D.P.R.)": "KP",
    "Korea (North)": "KP",
    "Korea (Rep. of)": "KR",
    "Congo (Democratic Republic of)": "CD",
    "Congo (the Democratic Republic of the)": "CD",
    "Congo (D.R.)": "CD",
    "Congo (Brazzaville)": "CG",
    "Iran (Islamic Republic of)": "IR",
    "Macedonia (the former Yugoslav Republic of)": "MK",
    "Virgin Islands (British)": "VG",
    "Virgin Islands (US)": "VI",
    "Saint Martin (Dutch part)": "SX",
    "Guinea (Bissau)": "GW",
    "Guinea (Equatorial)": "GQ",
    "Georgia (South)": "GS",
    "Sudan (South)": "SS",
    "Samoa (American)": "AS",
    "Ireland (Northern)": "GB",
    "China (People's Republic of)": "CN",
    "China (Republic of)": "TW",
    "China (Taiwan)": "TW",
    "Taiwan (China)": "TW",
    "China (Hong Kong)": "HK",
    "Hong Kong (S.A.R.)": "HK",
    "United States (Puerto Rico)": "PR",
    "Puerto Rico (USA)": "PR",
    # Nothing in the brackets is about another country.
    "Spain (mainland)": "ES",
    "Macedonia (FYROM)": "MK",
    "United Kingdom (England)": "GB",
}


@pytest.mark.parametrize(("name", "code"), COUNTRIES.items())
def test_countries(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    "name",
    [
        *("", "Paris", "Guinea, Bissau", "CA", "Georgia, United States", "x" * 10_000, "(", "\ud800", ", France"),
        # Two countries, or one of several.
        *("Georgia (USA)", "Niger (Nigeria)", "Macedonia (Greece)", "Korea (unknown)", "Congo (unknown)", "(Korea)"),
    ],
)
def test_what_is_no_country(name: str) -> None:
    assert country_code(name) is None


def written_otherwise(name: str) -> Iterator[str]:
    """A country's name as registries write it: turned round at its comma or its `of`, and with brackets."""
    yield from (name, name.upper(), f"The {name}", name.replace("'", "’"), name.replace("Republic", "Rep."))
    first, comma, last = name.partition(", ")
    if not comma:
        last, _, first = name.partition(" of ")
        article = " the" if first.startswith("the ") else ""
        first, last = first.removeprefix("the "), f"{last} of{article}"
    if first:
        yield from (f"{first}, {last}", f"{first} ({last})", f"{first} [{last}]", f"{first} (the {last})")
        yield f"{first} ({last.removesuffix(' the').removesuffix(' of')})"


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_2)
def test_every_country_is_read_however_its_name_is_written(country: pycountry.db.Country) -> None:
    fields = ("name", "official_name", "common_name")
    names = [name for field in fields if (name := getattr(country, field, None))]
    spellings = [spelling for name in names for spelling in written_otherwise(name)]
    spellings += [f"{name} ({other})" for name in names for other in names if name != other]
    assert {spelling: country_code(spelling) for spelling in spellings} == dict.fromkeys(spellings, country.alpha_2)


STATES = [
    ("US", "California", "US-CA"),
    ("US", "MA", "US-MA"),
    ("US", "District of Columbia", "US-DC"),
    ("FR", "Île-de-France Region", "FR-IDF"),
    ("FR", "Ile-de-France", "FR-IDF"),
    ("KR", "Gyeonggi-do", "KR-41"),
    ("KR", "Seoul-teukbyeolsi [Seoul]", "KR-11"),
    ("ES", "Madrid, Comunidad De", "ES-MD"),
    ("ES", "Madrid", "ES-M"),
    ("GB", "London, City Of", "GB-LND"),
    ("SE", "Stockholms LÄN [se-01]", "SE-AB"),
    ("SE", "Stockholm County", "SE-AB"),
    ("DE", "Baden-Württemberg", "DE-BW"),
    ("DE", "Bavaria", "DE-BY"),
    ("IT", "Lombardy", "IT-25"),
    ("CN", "Guangdong", "CN-GD"),
    ("IN", "Orissa", "IN-OD"),
    ("PL", "Łódzkie", "PL-10"),
    ("PL", "Slaskie", "PL-24"),
    ("BR", "SAO Paulo", "BR-SP"),
    ("TR", "İ̇stanbul", "TR-34"),
    ("TW", "Chiayi", None),
    ("TW", "Chiayi County", "TW-CYQ"),
    ("FR", "Cedex", None),
    ("IN", "Choose Any State/Province", None),
    ("XX", "California", None),
    ("US", "", None),
    ("US", "x" * 10_000, None),
]


@pytest.mark.parametrize(("country", "state", "code"), STATES)
def test_states(country: str, state: str, code: str | None) -> None:
    assert state_code(country, state) == code


@pytest.mark.linear
def test_many_sites_in_many_countries_take_time_in_proportion() -> None:
    def work(count: int) -> None:
        countries = frozenset(f"Country {number}" for number in range(count))
        for number in range(count):
            split_place(f"Town {number}, Place {number}", countries)

    assert_linear(work, 4000)


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
