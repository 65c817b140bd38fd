"""A site in one line, as the registry's table downloads print it: facility, city, state, postal code and country.

Elite Clinical Studies, LLC, Phoenix, Arizona, 85018, United States      a facility that holds a comma
Hopital de la Croix-Rousse, Lyon, 69417, France                          no state
Kaohsiung Veterans General Hospital, Kaohsiung, Taiwan                   no postal code

Any part but the country may be missing, and any may hold commas. Only what is sure is split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parser.values.country import country_code, is_state

_SEPARATOR = ", "
_MOST_COUNTRY_PARTS = 3
# A postal code: one or two words, with a digit in the first: `C1419AHL`, `SW17 0QT`, `90095-1670`; no `Praha 9`.
_ZIP = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9-]{1,10}(?: [A-Za-z0-9-]{1,9})?", re.ASCII)

# The registry asks for the state of a site in these countries.
_STATE_ALWAYS = frozenset({"US", "CA"})

# Words of organisations in the languages of sites; what has one of them is not a city.
ORGANISATION = re.compile(
    r"h[oôó]s?pital|hospices|klini|clini|clín|univer|instit|istitut|intezet|cent(?:re|er|ro|rum|rul)|zentrum|\bsite\b"
    r"|dep(?:artment|artamento|t\b)|school|college|medic|trust|f[ou]ndation|fondazione|academ|akadem|\bag\b"
    r"|ospedal|azienda|policlin|poliklin|polyclin|research|invest|laborator|pharma|\bltd|\binc\b|\bllc\b|gmbh|s\.r\.o"
    r"|\bkft\b|irccs|egyetem|k[oó]rh[aá]z|szpital|nemocnic|fakult|facult|praxis|prakti|praktijk|krankenhaus|kranken"
    r"|sjukhus|sykehus|sairaala|ziekenhuis|health|service|oncolog|cancer|\bch[ru]*\b|unit\b|society|company"
    r"|group|associat|program|office|ministry|private|doctor|\bdr\b|\bnhs\b|sanator|specjalist|zaklad|gabinet",
    re.IGNORECASE,
)
_NOT_OF_CITIES = re.compile(r"[#/:&@]|\d{3}|\A[A-Z.]+\Z|\([^(\n]*\d")
_SMALL = frozenset(
    {
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "des",
        "du",
        "la",
        "las",
        "le",
        "les",
        "los",
        "el",
        "y",
        "e",
        "of",
        "the",
        "sur",
        "am",
        "an",
        "im",
        "upon",
    }
)
_MOST_WORDS_OF_A_CITY = 3


class SiteLine(NamedTuple):
    """The parts of a site; `rest` is what could not be distinguished."""

    facility: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    rest: str | None = None


def read_site(text: str, *, with_zip: bool) -> SiteLine:
    """The parts of a site's line. `with_zip` says whether postal codes are printed."""
    parts = text.split(_SEPARATOR)
    count = _country_parts(parts)
    if not count:
        return SiteLine(rest=text)
    country = _SEPARATOR.join(parts[-count:])
    parts = parts[:-count]
    zip_code = parts.pop() if with_zip and parts and _ZIP.fullmatch(parts[-1]) else None
    known = SiteLine(zip=zip_code, country=country)
    if not parts:
        return known
    ends = _ends(parts, country_code(country) or "")
    if ends is None:
        return known._replace(rest=_SEPARATOR.join(parts))
    *facility, city, state = (*parts[: len(parts) - ends], *parts[-ends:], *([""] if ends == 1 else []))
    return known._replace(facility=_SEPARATOR.join(facility) or None, city=city or None, state=state or None)


def _country_parts(parts: Sequence[str]) -> int:
    """How many of the last parts make the country: `Korea, Republic of` is two."""
    most = min(_MOST_COUNTRY_PARTS, len(parts))
    return next((count for count in range(most, 0, -1) if country_code(_SEPARATOR.join(parts[-count:]))), 0)


def _ends(parts: Sequence[str], code: str) -> int | None:
    """1 if the last part is the city, 2 if the last two are city and state, None if that is not sure."""
    *before, last = parts
    if not before:
        return 1 if _may_be_city(last) else None
    has_state = is_state(code, last)
    if code in _STATE_ALWAYS and has_state and (len(before) > 1 or _may_be_city(before[-1])):
        return 2
    if _is_no_city(before[-1]):
        return 1
    if len(before) == 1:
        # A facility and its city, unless it could be a city and its state.
        return None if has_state and _may_be_city(before[-1]) else 1
    return 2 if has_state and _may_be_city(before[-1]) else None


def _may_be_city(part: str) -> bool:
    words = sum(word.lower() not in _SMALL for word in part.split())
    return words <= _MOST_WORDS_OF_A_CITY and not _is_no_city(part)


def _is_no_city(part: str) -> bool:
    return bool(ORGANISATION.search(part) or _NOT_OF_CITIES.search(part))
