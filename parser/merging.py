"""Two documents of one trial become one: its protocol page and its results page, two dumps, or a dump and JSON.

What one of the two has and the other has not is taken from it. Where they differ, the one whose record was updated last
is right (`lastUpdatePostDateStruct`); if neither is newer, the protocol page is, and of two of them the first. What was
not kept stands whole in the message of a `merge-conflict`. A list is one value: it is kept or not as it is.

The merged `sourceSection` is that of the protocol page (or the first document), and all offsets of the document are in
its text but for what `mergedFrom` says that another source `gave`: those are in the text of that source, as are the
offsets of its own `unparsed` and `problems`. Of two pointers that lead to a value the longer one counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from parser import codec
from parser.document import Document, MergedSource, SourceSection
from parser.model import Model
from parser.normalized import NormalizedSection
from parser.problems import CODES, DifferentTrialsError, Problem
from parser.source import Value

_CODE = "merge-conflict"
# Merged in a way of their own, or not at all; all other parts of a document are merged field by field.
_APART = frozenset({"schema_version", "normalized_section", "source_section"})


class _Conflict(NamedTuple):
    """Two values for one place of the document."""

    pointer: str
    kept: str
    left: str


class _Merging:
    """Merges the values of two documents, `base` and `other`; `newer` says that the other one is right."""

    def __init__(self, newer: bool) -> None:
        self.newer = newer
        self.gave: list[str] = []
        self.conflicts: list[_Conflict] = []

    def value(self, base: Any, other: Any, pointer: str) -> Any:
        """One value of two, at a place of the document."""
        if _is_nothing(other) or base == other:
            return base
        if _is_nothing(base):
            self.gave.append(pointer)
            return other
        if isinstance(base, Model) and isinstance(other, Model):
            return self.model(base, other, pointer)
        kept, left = (other, base) if self.newer else (base, other)
        self.conflicts.append(_Conflict(pointer, _shown(kept), _shown(left)))
        if self.newer:
            self.gave.append(pointer)
        return kept

    def model(self, base: Any, other: Any, pointer: str) -> Any:
        """One object of two, field by field."""
        merged = {
            field.name: self.value(getattr(base, field.name), getattr(other, field.name), f"{pointer}/{field.key}")
            for field in codec.fields_of(base.__class__)
        }
        return base.__class__(**merged)

    def normalized(self, base: NormalizedSection | None, other: NormalizedSection | None) -> NormalizedSection | None:
        """What was made of texts goes with the texts: each module is the one document's or the other's."""
        if base is None and other is None:
            return None
        merged: dict[str, Any] = {}
        for field in codec.fields_of(NormalizedSection):
            ours, theirs = (getattr(one, field.name) if one else None for one in (base, other))
            place = f"/protocolSection/{field.key}"
            differs = any(_is_within_any(one.pointer, [place]) for one in self.conflicts)
            taken = (theirs if self.newer else ours) if differs else ours or theirs
            merged[field.name] = taken
            if taken is not None and taken is not ours:
                self.gave.append(f"/normalizedSection/{field.key}")
        return NormalizedSection(**merged)


def merge(a: Document, b: Document) -> Document:
    """One document of two that are of the same trial.

    Raises `DifferentTrialsError` if their registry ids differ; a document without an id is taken at the caller's word.
    """
    if a.nct_id and b.nct_id and a.nct_id != b.nct_id:
        raise DifferentTrialsError(
            f"the documents are of different trials, {a.nct_id} and {b.nct_id}: nothing to merge"
        )
    base, other = (b, a) if _rank(b) > _rank(a) else (a, b)
    merging = _Merging(_is_newer(other, base))
    sections = {
        field.name: merging.value(getattr(base, field.name), getattr(other, field.name), f"/{field.key}")
        for field in codec.fields_of(Document)
        if field.name not in _APART
    }
    normalized = merging.normalized(base.normalized_section, other.normalized_section)
    source = _source_section(base, other, merging)
    return Document(**sections, normalized_section=normalized, source_section=source)


def _rank(document: Document) -> int:
    """Whose offsets a merged document has: a protocol page's before a results page's, and a page's before JSON's."""
    if document.source_section is None:
        return 0
    return 1 if document.is_results_page else 2


def _is_newer(one: Document, other: Document) -> bool:
    """Whether a record was surely updated after another: dates are compared as far as both are told."""
    first, second = (_updated(document) for document in (one, other))
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]


def _updated(document: Document) -> str:
    module = document.protocol_section.status_module
    struct = module.last_update_post_date_struct if module else None
    return (struct.date.value if struct and struct.date else None) or ""


def _is_nothing(value: Any) -> bool:
    return value is None or value == () or (isinstance(value, Value) and value.value is None)


def _shown(value: Any) -> str:
    """A value, whole: what is not kept must not be lost."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return codec.dumps(value) if isinstance(value, Model) else repr(value.value)


# --- where it came from ---


def _source_section(base: Document, other: Document, merging: _Merging) -> SourceSection | None:
    """The section of the merged document: the base's, the other's beside it, and the conflicts.

    What says how the page is written (`departures`, `lineEnd`) is dropped: the document is no page's any more.
    """
    section, second = base.source_section, other.source_section
    if section is None:
        # Neither came from a page, so there is no text that an offset could be in.
        if not merging.conflicts:
            return None
        section = SourceSection("ClinicalTrials.gov", "merged", hashlib.sha256(b"").hexdigest(), 0)
    gave = tuple(merging.gave)
    further: tuple[MergedSource, ...] = ()
    if second is not None:
        # What the other document had from elsewhere comes along as far as it was taken.
        elsewhere = (_narrowed(one, gave) for one in second.merged_from)
        further = (_merged_source(second, gave), *elsewhere)
    return replace(
        section,
        line_end=None,
        departures=(),
        problems=(*_problems(merging), *section.problems),
        spans=tuple(place for place in section.spans if not _is_within_any(place[0], gave)),
        merged_from=(*(_without(one, gave) for one in section.merged_from), *further),
    )


def _merged_source(section: SourceSection, gave: tuple[str, ...]) -> MergedSource:
    shared = {field.name for field in fields(MergedSource)} & {field.name for field in fields(SourceSection)}
    return MergedSource(**{name: getattr(section, name) for name in shared}, gave=gave)


def _narrowed(source: MergedSource, gave: Sequence[str]) -> MergedSource:
    """A source of the other document, with what the merged one has from it: the longer of two pointers counts."""
    own = [one for one in source.gave if _is_within_any(one, gave)]
    own += [pointer for pointer in gave if _is_within_any(pointer, source.gave) and pointer not in own]
    return replace(source, gave=tuple(own))


def _without(source: MergedSource, gave: Sequence[str]) -> MergedSource:
    """A source of the base, without what the other document gave instead."""
    return replace(source, gave=tuple(one for one in source.gave if not _is_within_any(one, gave)))


def _problems(merging: _Merging) -> list[Problem]:
    """A problem for each conflict. Its values are of two texts, so it stands at no place of either: at the start."""
    severity = CODES[_CODE].severity
    messages = (f"{one.pointer}: kept {one.kept}, not {one.left}" for one in merging.conflicts)
    return [Problem(_CODE, severity, message, 0, 0, 1, 1) for message in messages]


def _is_within_any(pointer: str, places: Sequence[str]) -> bool:
    return any(f"{pointer}/".startswith(f"{place}/") for place in places)
