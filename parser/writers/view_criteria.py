"""The criteria of a viewed record as a tree, with their category headings and quantities.

Inclusion Criteria
I1    *   Age > 18 years and < 70 years.              [Age > 18 to < 70 years]
I4    *   Inefficacy or adverse effects ... including:
   I4.1   a.  Prednisone orally ...                   [Prednisone ≥ 6 mg/d] [≥ 28 days]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from parser.writers.view_html import Markup, tag
from parser.writers.view_quantity import chip
from parser.writers.view_source import PlaceOf

_Data = Mapping[str, Any]


def criteria_tree(
    criteria: Sequence[_Data],
    headings: Sequence[_Data],
    pointer: str,
    places: PlaceOf,
    notes: Callable[[str], list[Markup]],
    most: int | None,
) -> Markup | None:
    """The tree of a normalized eligibility module, which `pointer` leads to; None if it has no criteria."""
    tree = _Tree(headings, pointer, places, notes, most)
    shown = [*tree.items(criteria, f"{pointer}/criteria"), *tree.headings_before(None)]
    return tag("ol", *shown, class_="criteria") if shown else None


class _Tree:
    """Makes the items, and puts each heading before the first item after it."""

    def __init__(
        self,
        headings: Sequence[_Data],
        pointer: str,
        places: PlaceOf,
        notes: Callable[[str], list[Markup]],
        most: int | None,
    ) -> None:
        self.places = places
        self.notes = notes
        self.most = most
        pointers = (f"{pointer}/headings/{index}" for index in range(len(headings)))
        self._ahead = sorted(zip(headings, pointers, strict=True), key=lambda pair: pair[0]["start"], reverse=True)

    def items(self, criteria: Sequence[_Data], pointer: str) -> list[Markup]:
        """Some criteria of one level."""
        shown: list[Markup] = []
        for index, criterion in enumerate(criteria):
            if self.most is not None and index >= self.most:
                return [*shown, tag("li", f"… {len(criteria) - index:,} more", class_="more")]
            shown += self.headings_before(criterion["start"])
            shown.append(self._item(criterion, f"{pointer}/{index}"))
        return shown

    def headings_before(self, offset: int | None) -> list[Markup]:
        """The headings before an offset that were not shown yet; for None, all remaining ones."""
        shown: list[Markup] = []
        while self._ahead and (offset is None or self._ahead[-1][0]["start"] <= offset):
            heading, pointer = self._ahead.pop()
            place = self.places.stretch(heading["start"], heading["end"], f"{pointer}/text")
            words = tag("span", heading["text"], class_="value", data_at=place)
            kind = heading["category"].lower()
            shown.append(tag("li", words, *self.notes(pointer), class_=f"category {kind}"))
        return shown

    def _item(self, criterion: _Data, pointer: str) -> Markup:
        place = self.places.stretch(criterion["start"], criterion["end"], f"{pointer}/text")
        marker = criterion.get("marker")
        line = [
            tag("span", criterion["id"], class_="id", title=f"{criterion['category']} {criterion['kind']}"),
            tag("span", marker, class_="marker", data_at=self.places.of(f"{pointer}/marker")) if marker else None,
            " ",
            tag("span", criterion["text"], class_="value", data_at=place),
        ]
        chips: list[str] = []
        about = self.notes(pointer)
        for index, quantity in enumerate(criterion.get("quantities", ())):
            at = f"{pointer}/quantities/{index}"
            where = self.places.stretch(quantity["start"], quantity["end"], f"{at}/text")
            chips += [chip(quantity, where), " "]
            about += self.notes(at)
        shown = [tag("span", *chips, class_="chips") if chips else None, *about]
        kind = f"criterion {criterion['kind']} {criterion['category'].lower()}"
        children = self.items(criterion.get("children", ()), f"{pointer}/children")
        if not children:
            return tag("li", tag("div", *line), *shown, class_=kind)
        folded = tag("details", tag("summary", *line), *shown, tag("ol", *children), open=True)
        return tag("li", folded, class_=f"{kind} parent")
