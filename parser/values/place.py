"""Places: city, state and country of a site.

Paris, , France                 no state
Seoul, , Korea, Republic of     a country that holds a comma
London, London, City Of, United Kingdom
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

# Countries in the registry's spelling that hold a comma themselves.
COMMA_COUNTRIES = frozenset(
    {
        "Bolivia, Plurinational State of",
        "Bonaire, Sint Eustatius and Saba",
        "Congo, The Democratic Republic of the",
        "Iran, Islamic Republic of",
        "Korea, Democratic People's Republic of",
        "Korea, Republic of",
        "Macedonia, The Former Yugoslav Republic of",
        "Micronesia, Federated States of",
        "Moldova, Republic of",
        "Palestinian Territories, Occupied",
        "Palestinian Territory, occupied",
        "Saint Helena, Ascension and Tristan da Cunha",
        "Taiwan, Province of China",
        "Tanzania, United Republic of",
        "Venezuela, Bolivarian Republic of",
    }
)

_SEPARATOR = re.compile(r",\s+|,\Z")

# The end of a state that is written the other way round, as ISO 3166-2 does: `Madrid, Comunidad De`.
_INVERTED = re.compile(
    r"(?:(?:city|comunidad|principado|province|regi[oó]n|r[ée]gion|state) (?:of|del?)|comunitat|hlavn[íi] m\S+)\Z",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """A part of a place: offsets into the place's text."""

    start: int
    end: int


class Place(NamedTuple):
    """What a place's text was cut into; `ambiguous` when it has more commas than parts."""

    city: Part | None
    state: Part | None
    country: Part | None
    ambiguous: bool


def split_place(text: str, countries: Collection[str] = ()) -> Place:
    """Cut `City, State, Country`. `countries` are those known to occur, in the registry's spelling."""
    parts = _parts(text)
    taken = _country_parts(text, parts, countries)
    country = Part(parts[-taken].start, parts[-1].end)
    rest = parts[:-taken]
    if not rest:
        return Place(None, None, country, False)
    if len(rest) == 1:
        return Place(_filled(rest[0]), None, country, False)
    of_state = 2 if len(rest) > 2 and _INVERTED.match(text, *rest[-1]) else 1
    city = Part(rest[0].start, rest[-of_state - 1].end)
    state = Part(rest[-of_state].start, rest[-1].end)
    return Place(_filled(city), _filled(state), country, len(rest) > 2 and _filled(state) is not None)


def _parts(text: str) -> list[Part]:
    bounds = [match.span() for match in _SEPARATOR.finditer(text)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(text)]
    return [Part(start, end) for start, end in zip(starts, ends, strict=True)]


def _country_parts(text: str, parts: list[Part], countries: Collection[str]) -> int:
    """How many of the last parts make the country: the most that are a known one together, else one."""
    for count in (3, 2):
        if count <= len(parts):
            name = text[parts[-count].start :]
            if name in COMMA_COUNTRIES or name in countries:
                return count
    return 1


def _filled(part: Part) -> Part | None:
    return part if part.end > part.start else None
