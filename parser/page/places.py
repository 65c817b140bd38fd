"""Which paragraphs of Locations are places.

Saint-Louis Hospital                    TEXT, a facility
Paris, , France                         PLACE: city, state and country
Site Status RECRUITING                  LABEL
"""

from __future__ import annotations

from collections.abc import Sequence

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
    commas = [
        _commas_before_country(_folded(piece, text), countries) if piece.terminal == "TEXT" else 0 for piece in pieces
    ]
    # Pages print all three parts, even empty ones; only where no place has them, two are enough.
    least = 2 if any(count >= 2 for count in commas) else 1
    ends = [piece.terminal == "TEXT" and count >= least for piece, count in zip(pieces, commas, strict=True)]
    out = list(pieces)
    index = 0
    while index < len(pieces):
        run = index
        while run < len(pieces) and ends[run]:
            run += 1
        has_facility = index > 0 and out[index - 1].terminal == "TEXT"
        facility_first = run - index == 2 and not has_facility and _may_be_facility(pieces[index:run], text)
        for place in range(index + facility_first, run):
            out[place] = pieces[place]._replace(terminal="PLACE")
        if run < len(pieces) and pieces[run].terminal == "LABEL" and run and pieces[run - 1].terminal == "TEXT":
            out[run - 1] = pieces[run - 1]._replace(terminal="PLACE")
        index = run + 1
    return out


def _may_be_facility(pair: Sequence[Piece], text: str) -> bool:
    """Whether the first of two texts that end in a country may be the facility at the second: no mere place again."""
    first, second = (_folded(piece, text) for piece in pair)
    return first != second and ", ," not in first


def _folded(piece: Piece, text: str) -> str:
    return fold(piece.cut(text))


def _commas_before_country(place: str, countries: frozenset[str]) -> int:
    """How many commas stand before the country that ends a text; 0 when none of `countries` ends it.

    Without a list of countries any last part is taken for one.
    """
    commas = place.count(",")
    if not commas or not countries:
        return commas
    parts = place.rsplit(",", _MOST_COMMAS + 1)
    for within in range(min(commas, _MOST_COMMAS + 1)):
        if ",".join(parts[-1 - within :]).strip() in countries:
            return commas - within
    return 0
