"""Which paragraphs of Locations are places.

Saint-Louis Hospital                    TEXT, a facility
Paris, , France                         PLACE: city, state and country
Site Status RECRUITING                  LABEL
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parser.forms.pages.model import Piece
from parser.source import fold

# The most commas inside a country's own name: `Saint Helena, Ascension and Tristan da Cunha` has one.
_MOST_COMMAS = 2


def mark_places(pieces: Sequence[Piece], text: str, countries: frozenset[str]) -> None:
    """Make a PLACE of each TEXT that names one. `countries` are those the page itself lists.

    A site is a facility and a place. A facility may end in a country as well ("Institut Curie, Paris, France"): of two
    such paragraphs with no facility before them the second is the place. In any other row of them each is a place, as
    sites without a facility are. A paragraph just before a status is a place in any case.
    """
    commas = [_commas(text, *piece.span, countries) if piece.terminal == "TEXT" else 0 for piece in pieces]
    # Pages print all three parts, even empty ones; only where no place has them, two are enough.
    least = 2 if max(commas, default=0) >= 2 else 1
    for piece, following in pairwise(pieces):
        if following.terminal == "LABEL" and piece.terminal == "TEXT":
            piece.terminal = "PLACE"
    end = 0
    for start, count in enumerate(commas):
        if start < end or count < least:
            continue
        end = start + 1
        while end < len(pieces) and commas[end] >= least:
            end += 1
        has_facility = start > 0 and pieces[start - 1].terminal == "TEXT"
        facility_first = end - start == 2 and not has_facility and _may_be_facility(pieces[start:end], text)
        for piece in pieces[start + facility_first : end]:
            piece.terminal = "PLACE"


def _may_be_facility(pair: Sequence[Piece], text: str) -> bool:
    """Whether the first of two texts that end in a country may be the facility at the second: no mere place again."""
    first, second = (fold(piece.cut(text)) for piece in pair)
    return first != second and ", ," not in first


def _commas(text: str, start: int, end: int, countries: frozenset[str]) -> int:
    """How many commas are before the country that ends a stretch of the text; 0 when none of `countries` ends it.

    Without a list of countries any last part is taken for one.
    """
    commas = text.count(",", start, end)
    if not commas or not countries:
        return commas
    comma = end
    for within in range(min(commas, _MOST_COMMAS + 1)):
        comma = text.rfind(",", start, comma)
        if fold(text[comma + 1 : end]) in countries:
            return commas - within
    return 0
