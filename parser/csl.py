"""References as CSL-JSON, which reference managers import.

{"id": "39706212", "type": "article-journal", "author": [{"family": "Farge", "given": "D"}],
 "container-title": "Lancet Rheumatol", "issued": {"date-parts": [[2025]]}, "volume": "7", "page": "e261-e273"}

The keys are those of the Citation Style Language's schema (csl-data.json, version 1.0.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from parser.model.normalized import Author, NormalizedReference

# CSL's variable for each text field.
_TEXTS = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "pmid": "PMID",
}


def csl_items(references: Iterable[NormalizedReference]) -> list[dict[str, Any]]:
    """One item per reference, in order; variables without a value are omitted.

    The id is the PubMed identifier, else the DOI, else `ref-` and the place in the list from 1. It is unique: if a
    reference is listed twice, the second one has its position appended to the id.
    """
    items: list[dict[str, Any]] = []
    ids: set[str] = set()
    for place, reference in enumerate(references, start=1):
        item = _item(reference)
        name = item.get("PMID") or item.get("DOI")
        item["id"] = f"{name or 'ref'}-{place}" if name in ids or not name else name
        ids.add(item["id"])
        items.append(item)
    return items


def _item(reference: NormalizedReference) -> dict[str, Any]:
    # The id is the first key for human readers, although it is known last.
    item: dict[str, Any] = {"id": "", "type": "article-journal" if reference.journal else "document"}
    if authors := [name for author in reference.authors if (name := _name(author))]:
        item["author"] = authors
    for field, variable in _TEXTS.items():
        if (text := getattr(reference, field)) is not None:
            item[variable] = text
    if (year := reference.year) is not None:
        item["issued"] = {"date-parts": [[year]]}
    if day := reference.epub_date:
        item["available-date"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    return item


def _name(author: Author) -> dict[str, str]:
    """A name in CSL: in parts for a person, `literal` for a group."""
    parts = {"family": author.family, "given": author.given, "suffix": author.suffix}
    known = {part: text for part, text in parts.items() if text}
    return {"literal": known["family"]} if known.keys() == {"family"} else known
