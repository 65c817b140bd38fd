"""Places: city, state and country of a site.

Paris, , France                         no state
Seoul, , Korea, Republic of             a country that holds a comma
London, London, City Of, United Kingdom a state that is written the other way round
Salvador, Bahia, Bahia, Brazil          a city that holds a comma: the last of the rest is a state of Brazil
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from parser.values.country import country_code, is_state

_SEPARATOR = re.compile(r",\s+|,\Z")
# What parts a place in whose text no comma is followed by a blank: `Boston,Massachusetts,United States`.
_TIGHT_SEPARATOR = re.compile(",")

# The most commas in the name of a country: `Congo, The Democratic Republic of the` has one.
_MOST_COUNTRY_PARTS = 3
_MOST_STATE_PARTS = 3

# The longest place that is kept for other sites and pages: three of four sites are in a place that was there before.
_LONGEST_KEPT = 200

# The end of a state that is written the other way round, as ISO 3166-2 does: `Madrid, Comunidad De`.
_INVERTED = re.compile(
    r"(?:(?:city|comunidad|principado|province|regi[oó]n|r[ée]gion|state) (?:of|del?)|comunitat|hlavn[íi] m\S+)\Z",
    re.IGNORECASE,
)

# Where a state alone is before its country. Elsewhere states are named after cities, as these are.
_STATE_COUNTRIES = frozenset({"US", "CA", "AU"})
_CITY_STATES = frozenset({"new york", "washington", "quebec", "québec", "district of columbia"})


Part = tuple[int, int]
"""A part of a place: offsets into the place's text, end exclusive. No class, because a page may have a thousand."""


class PlaceParts(NamedTuple):
    """What a place's text was cut into; `ambiguous` when its commas allow several cuts and no known name decides."""

    city: Part | None
    state: Part | None
    country: Part | None
    ambiguous: bool


def split_place(text: str, countries: Collection[str] = ()) -> PlaceParts:
    """Cut `City, State, Country`, where parts may be missing or hold commas.

    `countries` are those known to occur, in the registry's spelling. Which names are countries and states is ISO's
    word; what it does not know is taken in the order of the page.
    """
    parts_of, cut = (_kept_parts, _kept_cut) if len(text) <= _LONGEST_KEPT else (_parts, _cut)
    parts = parts_of(text)
    return cut(text, parts, _country_parts(text, parts, frozenset(countries)))


def _cut(text: str, parts: tuple[Part, ...], taken: int) -> PlaceParts:
    """City, state and country of the parts of a text, of which the last `taken` make the country."""
    country = (parts[-taken][0], parts[-1][1]) if taken else None
    code = country_code(text[country[0] : country[1]]) if country else None
    rest = parts[: len(parts) - taken]
    if not rest:
        return PlaceParts(None, None, _filled(country), False)
    of_state, ambiguous = _state_parts(text, rest, code)
    city = (rest[0][0], rest[-of_state - 1][1]) if of_state < len(rest) else None
    state = (rest[-of_state][0], rest[-1][1]) if of_state else None
    return PlaceParts(_filled(city), _filled(state), _filled(country), ambiguous)


def _parts(text: str) -> tuple[Part, ...]:
    """The parts between separators, without the blanks around them; an empty one is where a blank part ends."""
    cuts = [match.span() for match in _SEPARATOR.finditer(text)]
    if ", " not in text and all(following - end == 1 for end, following in cuts):
        # No comma has a blank after it.
        cuts = [match.span() for match in _TIGHT_SEPARATOR.finditer(text)]
    parts = []
    start = 0
    for end, following in (*cuts, (len(text), 0)):
        part = text[start:end]
        if part != part.strip():
            part = part.lstrip()
            start = end - len(part)
            end = start + len(part.rstrip())
        parts.append((start, end))
        start = following
    return tuple(parts)


_kept_parts, _kept_cut = lru_cache(maxsize=4096)(_parts), lru_cache(maxsize=4096)(_cut)


def _country_parts(text: str, parts: tuple[Part, ...], countries: frozenset[str]) -> int:
    """How many of the last parts make the country: the most that are one together; none if the last is a state.

    The last of several parts is the country even if nobody knows it, but where a page names its countries and the
    part is a state of one, or names none and the part can only be a state, the country is missing: `Boston,
    Massachusetts`. A single unknown part is a city.
    """
    for count in range(min(_MOST_COUNTRY_PARTS, len(parts)), 0, -1):
        if text[parts[-count][0] :] in countries:
            return count
    last = text[parts[-1][0] :]
    if len(parts) < _MOST_COUNTRY_PARTS and any(is_state(code, last) for code in _codes(countries)):
        return 0
    if len(parts) == 2 and not countries and not country_code(text[parts[0][0] :]) and _is_state_alone(last):
        return 0
    for count in range(min(_MOST_COUNTRY_PARTS, len(parts)), 0, -1):
        if country_code(text[parts[-count][0] :]):
            return count
    return 1 if len(parts) > 1 else 0


@lru_cache(maxsize=16)
def _codes(countries: frozenset[str]) -> frozenset[str]:
    """The codes of a page's countries, once for all its sites: a page may list as many as it likes of both."""
    return frozenset(code for name in countries if (code := country_code(name)))


def _is_state_alone(name: str) -> bool:
    """Whether a name that ends a place without a country can only be a state: `Boston, Massachusetts`."""
    return not country_code(name) and any(is_state(code, name) for code in _STATE_COUNTRIES)


def _state_parts(text: str, rest: tuple[Part, ...], code: str | None) -> tuple[int, bool]:
    """How many of the parts before the country make the state, and whether that is a guess."""
    last = text[slice(*rest[-1])]
    if len(rest) == 1:
        alone = code in _STATE_COUNTRIES and last.lower() not in _CITY_STATES
        return int(alone and code is not None and is_state(code, last)), False
    if _INVERTED.match(text, *rest[-1]):
        return 2, False
    if len(rest) == 2 or not last:
        return 1, False
    end = rest[-1][1]
    for count in range(1, min(len(rest), _MOST_STATE_PARTS + 1)):
        if code and is_state(code, text[rest[-count][0] : end]):
            return count, False
    # Nobody knows the state. It is all but the first part where that is known, or where the last can be not a state:
    # the rest of an address, with its numbers.
    first = text[slice(*rest[0])]
    is_city = (code is not None and is_state(code, first)) or (_has_digit(last) and not _has_digit(first))
    return len(rest) - 1 if is_city else 1, True


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _filled(part: Part | None) -> Part | None:
    return part if part and part[0] < part[1] else None
