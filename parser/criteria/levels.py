"""The lists that are open at a point in a block, and counts over its entries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from parser.criteria.inline import LinePart
from parser.criteria.markers import Marker
from parser.criteria.paragraphs import Entry


class OpenList(Struct, gc=False):
    """A list that is open: the style of its markers, the system and number of its last ordinal, its items' texts.

    `bullet` is the style of the bullets before its ordinals, where it has both.
    """

    indent: int
    style: str
    system: str
    number: int
    texts: list[str]
    bullet: str = ""


def first_ordinal(marker: Marker) -> tuple[str, int]:
    """The system and number of a list's first marker, read as the first of a kind if possible."""
    first = next((ordinal for ordinal in marker.ordinals if ordinal.number == 1), None)
    return first or (marker.ordinals[-1] if marker.ordinals else ("", 0))


def begins_again(level: OpenList, marker: Marker) -> bool:
    """Whether a marker can restart a list: `1.` can restart `1.` to `4.`, `a.` or `i.` cannot."""
    if level.style != marker.style:
        return False
    return marker.is_bullet or marker.number_in(level.system) == 1


def is_loose(entries: Sequence[Entry]) -> bool:
    """Whether blank lines separate the items of one list, so that they say nothing about nesting."""
    tight = spread = dashes = 0
    for before, entry in pairwise(entries):
        same = before.marker and entry.marker and before.marker.style == entry.marker.style
        if same and before.indent == entry.indent:
            spread += entry.blank
            tight += not entry.blank
            dashes += entry.blank and entry.marker is not None and entry.marker.style == "-"
    return spread > tight and (spread > 2 or dashes > 0)


def ordinals_by_place(
    entries: Sequence[Entry], inside: Mapping[int, Sequence[LinePart]]
) -> dict[tuple[str, str, int], list[int]]:
    """The entries that have each ordinal, inside or before their line: by style, system and number, in order."""
    places: dict[tuple[str, str, int], list[int]] = {}
    for index, entry in enumerate(entries):
        markers = [entry.marker, *(part.marker for part in inside.get(id(entry), ()))]
        for marker in filter(None, markers):
            for system, number in marker.ordinals:
                places.setdefault((marker.style, system, number), []).append(index)
    return places


def next_after(places: Sequence[int], index: int) -> int | None:
    """The first of some sorted positions that comes after another one."""
    at = bisect_right(places, index)
    return places[at] if at < len(places) else None
