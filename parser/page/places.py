"""Which paragraphs of Locations are places.

Saint-Louis Hospital                    TEXT, a facility
Paris, , France                         PLACE: city, state and country
Site Status RECRUITING                  LABEL
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parser.page.model import Piece
from parser.source import fold

# The most commas inside a country's own name: `Saint Helena, Ascension and Tristan da Cunha` has one.
_MOST_COMMAS = 2


def mark_places(pieces: Sequence[Piece], text: str, countries: frozenset[str]) -> list[Piece]:
    """Make a PLACE of each TEXT that names one. `countries` are those the page itself lists.

    A site is a facility and a place. A facility may end in a country as well ("Institut Curie, Paris, France"): of two
    such paragraphs with no facility before them the second is the place. In any other row of them each is a place, as
    sites without a facility are. A paragraph just before a status is a place in any case.
    """
    commas = [_commas(piece, text, countries) for piece in pieces]
    # Pages print all three parts, even empty ones; only where no place has them, two are enough.
    least = 2 if max(commas, default=0) >= 2 else 1
    out = list(pieces)
    for index, (piece, following) in enumerate(pairwise(pieces)):
        if following.terminal == "LABEL" and piece.terminal == "TEXT":
            out[index] = piece.as_("PLACE")
    end = 0
    for start, count in enumerate(commas):
        if start < end or count < least:
            continue
        end = start + 1
        while end < len(pieces) and commas[end] >= least:
            end += 1
        has_facility = start > 0 and pieces[start - 1].terminal == "TEXT"
        facility_first = end - start == 2 and not has_facility and _may_be_facility(pieces[start:end], text)
        for index in range(start + facility_first, end):
            out[index] = pieces[index].as_("PLACE")
    return out


def _may_be_facility(pair: Sequence[Piece], text: str) -> bool:
    """Whether the first of two texts that end in a country may be the facility at the second: no mere place again."""
    first, second = (fold(piece.cut(text)) for piece in pair)
    return first != second and ", ," not in first


def _commas(piece: Piece, text: str, countries: frozenset[str]) -> int:
    """How many commas stand before the country that ends a TEXT; 0 when none of `countries` ends it.

    Without a list of countries any last part is taken for one.
    """
    commas = text.count(",", *piece.span) if piece.terminal == "TEXT" else 0
    if not commas or not countries:
        return commas
    place = fold(piece.cut(text))
    comma = len(place)
    for within in range(min(commas, _MOST_COMMAS + 1)):
        comma = place.rfind(",", 0, comma)
        if place[comma + 1 :].strip() in countries:
            return commas - within
    return 0
