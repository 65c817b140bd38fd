"""References as CSL-JSON, which reference managers import.

{"id": "39706212", "type": "article-journal", "author": [{"family": "Farge", "given": "D"}],
 "container-title": "Lancet Rheumatol", "issued": {"date-parts": [[2025]]}, "volume": "7", "page": "e261-e273"}

The keys are those of the Citation Style Language's schema (csl-data.json, version 1.0.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from parser.source import Value


class Named(Protocol):
    """A person, or a group, which has a family name only."""

    @property
    def family(self) -> Value[str] | None: ...
    @property
    def given(self) -> Value[str] | None: ...
    @property
    def suffix(self) -> Value[str] | None: ...


class Referenced(Protocol):
    """What is read of a reference; each part may be absent."""

    @property
    def authors(self) -> Sequence[Named]: ...
    @property
    def title(self) -> Value[str] | None: ...
    @property
    def journal(self) -> Value[str] | None: ...
    @property
    def year(self) -> Value[int] | None: ...
    @property
    def volume(self) -> Value[str] | None: ...
    @property
    def issue(self) -> Value[str] | None: ...
    @property
    def pages(self) -> Value[str] | None: ...
    @property
    def doi(self) -> Value[str] | None: ...
    @property
    def pmid(self) -> Value[str] | None: ...
    @property
    def epub_date(self) -> Value[str] | None: ...


# CSL's variable for each field that is text in both.
_TEXTS = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "pmid": "PMID",
}


def csl_items(references: Iterable[Referenced]) -> list[dict[str, Any]]:
    """One item for each reference, in their order; a variable without a value is absent.

    The id is the PubMed identifier, else the DOI, else `ref-` and the place in the list from 1. It is given once: a
    reference listed twice has its place behind the id the second time.
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


def _item(reference: Referenced) -> dict[str, Any]:
    # The id stands first when a person looks at the file; it is known last.
    item: dict[str, Any] = {"id": "", "type": "article-journal" if _plain(reference.journal) else "document"}
    if authors := [name for author in reference.authors if (name := _name(author))]:
        item["author"] = authors
    for field, variable in _TEXTS.items():
        if (text := _plain(getattr(reference, field))) is not None:
            item[variable] = text
    if (year := _plain(reference.year)) is not None:
        item["issued"] = {"date-parts": [[year]]}
    if day := _plain(reference.epub_date):
        item["available-date"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    return item


def _name(author: Named) -> dict[str, str]:
    """A name of CSL: in parts for a person, `literal` for a group."""
    parts = {"family": _plain(author.family), "given": _plain(author.given), "suffix": _plain(author.suffix)}
    known = {part: text for part, text in parts.items() if text}
    return {"literal": known["family"]} if known.keys() == {"family"} else known


def _plain(value: Value[Any] | None) -> Any:
    return value.value if value else None
