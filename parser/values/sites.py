"""Which country a site's contact is in, where a page lists contacts and sites apart.

Locations: Boston, Lyon, Paris, Osaka   Facility Contacts: +1 617 ..., 04 72 ..., +81 6 ...
The contacts are in the order of the sites, each site with one or none, so the second is in Lyon or in Paris: France.

Of all ways to give the contacts to sites in their order, the best are those with the most phones whose calling code is
that of their site's country, and of these those with the most phones that are valid there. A contact has the countries
of the best ways: mostly one, even where the site is not certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import compress
from operator import add, sub

from parser.values.phone import calling_code, certain_number

# The time grows with the contacts times the sites that have none; a page with more than 600 contacts may have as many.
_MOST_CHOICES = 200_000
# Contacts times the countries that each may be in by the calling codes: several times what real pages have.
_MOST_DOUBTS = 5_000


def contact_countries(contacts: Sequence[tuple[str, bool]], sites: Sequence[str | None]) -> list[tuple[str, ...]]:
    """The countries that each contact may be in, those of the most sites first; none if the sites do not say.

    A contact is its phone as printed, and whether it is of the same site as the contact before it: a backup. A site is
    its country, ISO 3166-1 alpha-2 or None. Nothing shows where there are more contacts than sites, backups aside.
    """
    groups: list[list[str]] = []
    for phone, same_site in contacts:
        if not (same_site and groups):
            groups.append([])
        groups[-1].append(phone)
    slack = len(sites) - len(groups)
    if slack < 0 or (slack + 1) * len(groups) > _MOST_CHOICES:
        return [()] * len(contacts)
    # A group has as many sites before its own as there are groups before it, and up to `slack` more.
    windows = [sites[place : place + slack + 1] for place in range(len(groups))]
    # One calling code weighs more than all phones that are valid somewhere.
    weight = len(contacts) + 1
    scores = [_of_code(group, set(window), weight) for group, window in zip(groups, windows, strict=True)]
    likely = _likely(windows, scores)
    # Where a phone without a calling code is valid is asked only where that is in doubt, because it takes long.
    distinct = list(map(set, likely))
    if len(groups) < sum(map(len, distinct)) <= _MOST_DOUBTS:
        for group, score, countries in zip(groups, scores, distinct, strict=True):
            for country in filter(None, countries if len(countries) > 1 else ()):
                score[country] += sum(certain_number(phone, (country,)).startswith(_code(country)) for phone in group)
        likely = _likely(windows, scores)
    found = [
        () if None in countries else tuple(country for country, _ in Counter(countries).most_common() if country)
        for countries in likely
    ]
    return [countries for group, countries in zip(groups, found, strict=True) for _ in group]


def _of_code(phones: Sequence[str], countries: Set[str | None], weight: int) -> dict[str | None, int]:
    """How many of the phones have the calling code of each country; of one country alone that decides nothing."""
    numbers = [number for phone in phones if (number := certain_number(phone, ()))] if len(countries) > 1 else []
    if not numbers:
        return dict.fromkeys(countries, 0)
    return {country: weight * sum(number.startswith(_code(country)) for number in numbers) for country in countries}


@cache
def _code(country: str | None) -> str:
    return f"+{calling_code(country or '') or '-'}"


def _likely(
    windows: Sequence[Sequence[str | None]], scores: Sequence[Mapping[str | None, int]]
) -> list[list[str | None]]:
    """The countries that each group has in the ways of the highest score in all, one for each of the sites there."""
    # Empty for a group for which all countries score 0: most have no calling code.
    rows = [
        list(map(score.__getitem__, window)) if any(score.values()) else []
        for window, score in zip(windows, scores, strict=True)
    ]
    width = len(windows[0]) if windows else 0
    before = _best_until(rows, width)
    after = _best_until([row[::-1] for row in rows[::-1]], width)[::-1]
    found = []
    differs = True
    for window, own, until, since in zip(windows, rows, before, after, strict=True):
        # One after another, groups without a score have the same choices, each from the next site on.
        if own or differs:
            totals = list(map(add, until, since[::-1]))
            if own:
                # Both have the score of the group itself.
                totals = list(map(sub, totals, own))
            best = list(map(max(totals).__eq__, totals))
        differs = bool(own)
        found.append(list(compress(window, best)))
    return found


def _best_until(rows: Sequence[Sequence[int]], width: int) -> list[list[int]]:
    """For each group and site, the best score of the groups up to it, with that site for it."""
    best = [0] * width
    found = []
    for row in rows:
        totals = best
        if row:
            totals = list(map(add, best, row))
            highest = totals[0]
            # A plain loop, because `accumulate(..., max)` is slow here.
            best = [highest := total if total > highest else highest for total in totals]
        found.append(totals)
    return found
