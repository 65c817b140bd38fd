"""Which country a site's contact is in, where the page lists contacts and sites apart.

Locations: Boston, Lyon, Paris, Osaka   Facility Contacts: +1 617 ..., 04 72 ..., +81 6 ...
The contacts stand in the order of the sites, each site with one or none, so the second is in Lyon or in Paris: France.

Every way to give the contacts to sites in their order is scored: a calling code or the end of an e-mail address that is
the country's speaks for a site, as does that it is open to patients; another's speak against it. A contact has the
countries of the best ways, which are one in most cases even where the site is not certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import add
from typing import NamedTuple

from parser.values.dialling import calling_code, in_plan
from parser.values.phone import home_digits, international


class SiteContact(NamedTuple):
    """A contact as printed: phone and e-mail, "" where there is none, and whether it is of the same site as the contact
    before it: a backup."""

    phone: str
    email: str
    same_site: bool


class Site(NamedTuple):
    """A site's country, ISO 3166-1 alpha-2 or None, and its recruitment status as API v2 has it."""

    country: str | None
    status: str | None


# The statuses at which the registry asks for a contact and shows it.
_OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE"})

# A calling code is hardly ever another country's; an e-mail address is now and then. A number that is valid in a
# country is valid in many; one that is not is another's, or mistyped. Open sites without a contact are as frequent.
_CODE, _EMAIL, _VALID, _INVALID, _OPEN_SITE = 6, 2, 1, -2, 2

# The time grows with the contacts times the sites that have none; no real page comes near this many.
_MOST_CHOICES = 200_000


def contact_countries(contacts: Sequence[SiteContact], sites: Sequence[Site]) -> list[tuple[str, ...]]:
    """The countries that each contact may be in, those of the most sites first; none where the sites do not tell.

    There is no telling where there are more contacts than sites, backups not counted.
    """
    groups: list[list[SiteContact]] = []
    for contact in contacts:
        if contact.same_site and groups:
            groups[-1].append(contact)
        else:
            groups.append([contact])
    slack = len(sites) - len(groups)
    if slack < 0 or (slack + 1) * len(groups) > _MOST_CHOICES:
        return [()] * len(contacts)
    found = _countries(groups, sites, slack)
    return [countries for group, countries in zip(groups, found, strict=True) for _ in group]


def _countries(groups: list[list[SiteContact]], sites: Sequence[Site], slack: int) -> list[tuple[str, ...]]:
    """The countries of each group in the best ways: the best ways of what is before it and of what is behind, added.

    A group has as many sites before its own as there are groups before it, and up to `slack` more.
    """
    own = _fits(groups, sites, slack)
    before = _best_before(own)
    behind = [row[::-1] for row in _best_before([row[::-1] for row in own[::-1]])[::-1]]
    countries = [site.country for site in sites]
    found = []
    for place, scores in enumerate(own):
        totals = list(map(add, map(add, before[place], scores), behind[place]))
        best = max(totals)
        likely = Counter(compress(countries[place : place + slack + 1], map(best.__eq__, totals)))
        known = [(-count, name) for name, count in likely.items() if name] if None not in likely else []
        found.append(tuple(name for _, name in sorted(known)))
    return found


def _best_before(own: list[list[int]]) -> list[list[int]]:
    """For each group and site, the best score of the groups before it, on sites before that."""
    best = [0] * len(own[0]) if own else []
    found = []
    for scores in own:
        found.append(best)
        highest = best[0] + scores[0]
        # `accumulate(..., max)` says the same in three times the time.
        best = [highest := total if total > highest else highest for total in map(add, best, scores)]
    return found


def _fits(groups: list[list[SiteContact]], sites: Sequence[Site], slack: int) -> list[list[int]]:
    """How much speaks for each of the sites that each group may be of.

    What a contact says of a country, it says of all sites there.
    """
    countries = [site.country for site in sites]
    of_status = [_OPEN_SITE if site.status in _OPEN else 0 for site in sites]
    found = []
    for place, group in enumerate(groups):
        window = slice(place, place + slack + 1)
        signs = [_signs(contact) for contact in group]
        fits = {
            country: sum([_fit(one, country) for one in signs]) if country else 0 for country in set(countries[window])
        }
        found.append(list(map(add, map(fits.__getitem__, countries[window]), of_status[window])))
    return found


class _Signs(NamedTuple):
    """What tells a contact's country: its number with a calling code, or what is dialled at home; and the last label of
    the address, in capitals."""

    e164: str | None
    dialled: tuple[str, ...]
    domain: str


@lru_cache(maxsize=1024)
def _signs(contact: SiteContact) -> _Signs:
    e164 = international(contact.phone)
    domain = contact.email.strip().rpartition(".")[2].upper()
    return _Signs(e164, () if e164 else home_digits(contact.phone), domain if domain != "UK" else "GB")


def _fit(signs: _Signs, country: str) -> int:
    """How much speaks for a site in a country. Only addresses of countries tell; of the United States', few do."""
    fit = 0
    if signs.e164:
        fit = _CODE if signs.e164.startswith(f"+{calling_code(country)}") else -_CODE
    elif signs.dialled:
        fit = _VALID if any(in_plan(number, country) for number in signs.dialled) else _INVALID
    if len(signs.domain) == len(country):
        fit += _EMAIL if signs.domain == country else -_EMAIL
    return fit
