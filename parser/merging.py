"""Two documents of one trial become one: its protocol page and its results page, two dumps, or a dump and JSON.

What one of the two has and the other lacks is taken from it. Where they differ, the value of the record that was
updated last is kept (`lastUpdatePostDateStruct`); if neither is newer, that of the protocol page, and of two of them
that of the one with labels, else of the first: a bare page lacks paragraphs. The other value is in the message of a
`merge-conflict`, whole. A list is one value.

The merged `sourceSection` is that of the protocol page (or of the first document), and all offsets of the document are
in its text but for what another source `contributed`: those are in the text of that source, as are the offsets of its
own `unparsed` and `problems`. Of two pointers that lead to a value the longer one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from parser.merging_countries import are_of_countries, unite_countries
from parser.model.base import Model, is_empty
from parser.model.document import (
    SCHEMA_VERSION,
    Document,
    attach_sections,
    attach_spans,
    given_sections,
    merged_spans,
)
from parser.model.normalized import NormalizedSection
from parser.model.source import MergedSource, SourceSection, Spans
from parser.problems import CODES, DifferentTrialsError, Problem
from parser.registries import identify

_CODE = "merge-conflict"
# Merged in a way of their own, or not at all; all other parts of a document are merged field by field.
_APART = frozenset({"schema_version", "normalized_section", "source_section"})
_OWN = frozenset({"schemaVersion", "normalizedSection", "sourceSection"})


class _Conflict(NamedTuple):
    """Two values for one place of the document."""

    pointer: str
    kept: str
    left: str


class _Merger:
    """Merges the values of two documents, `base` and `other`; `newer` says that the other one is right."""

    def __init__(self, newer: bool) -> None:
        self.newer = newer
        self.contributed: list[str] = []
        self.conflicts: list[_Conflict] = []

    def value(self, base: Any, other: Any, pointer: str) -> Any:
        """One value of two, at a place of the document."""
        if _is_nothing(other) or base == other:
            return base
        if _is_nothing(base):
            self.contributed.append(pointer)
            return other
        if isinstance(base, Model) and isinstance(other, Model):
            return base.__class__(**self.fields(base, other, pointer))
        kept, left = (other, base) if self.newer else (base, other)
        self.conflicts.append(_Conflict(pointer, _shown(kept), _shown(left)))
        if self.newer:
            self.contributed.append(pointer)
        return kept

    def fields(self, base: Model, other: Model, pointer: str, without: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The fields of one object of two."""
        return {
            name: self.value(getattr(base, name), getattr(other, name), f"{pointer}/{key}")
            for name, key in _fields(base)
            if name not in without
        }

    def normalized(self, base: NormalizedSection, other: NormalizedSection) -> NormalizedSection:
        """What was made of texts goes with the texts: each module is the one document's or the other's."""
        merged: dict[str, Any] = {}
        for name, key in _fields(base):
            ours, theirs = getattr(base, name), getattr(other, name)
            differs = any(_is_within_any(one.pointer, [f"/protocolSection/{key}"]) for one in self.conflicts)
            taken = (theirs if self.newer else ours) if differs else theirs if is_empty(ours) else ours
            merged[name] = taken
            if not is_empty(taken) and taken is not ours:
                self.contributed.append(f"/normalizedSection/{key}")
        return NormalizedSection(**merged)


def merge(a: Document, b: Document) -> Document:
    """One document of two that are of the same trial.

    Of records by country of the EU Clinical Trials Register the first one in English is the base, and the locations
    are those of both. Raises `DifferentTrialsError` if their ids in one registry differ; a document without an id is
    taken at the caller's word.
    """
    _check_ids(a, b)
    of_countries = are_of_countries(a, b)
    if of_countries:
        base, other, contributed = unite_countries(a, b)
    else:
        base, other = (b, a) if _rank(b) > _rank(a) else (a, b)
        contributed = []
    merger = _Merger(not of_countries and _is_newer(other, base))
    merger.contributed += contributed
    sections = merger.fields(base, other, "", without=_APART)
    normalized = merger.normalized(base.normalized_section, other.normalized_section)
    source, merged = _sources(base, other, merger)
    if of_countries:
        source = replace(source, member_state=None)
    document = Document(schema_version=SCHEMA_VERSION, **sections, normalized_section=normalized, source_section=source)
    attach_spans(document, _outside(base.spans, merger.contributed), merged)
    return attach_sections(document, _given_sections(base, other, merger.contributed))


def _check_ids(a: Document, b: Document) -> None:
    ids = [identify(one.source_section.registry_id or one.nct_id or "") for one in (a, b)]
    if ids[0] and ids[1] and ids[0].registry is ids[1].registry and ids[0].trial_key != ids[1].trial_key:
        raise DifferentTrialsError(
            f"the documents are of different trials, {ids[0].id} and {ids[1].id}: nothing to merge"
        )


def _given_sections(base: Document, other: Document, contributed: Sequence[str]) -> dict[str, Any] | None:
    """The sections of a merged document of which one has those of API v2 input, with keys that the model lacks."""
    if given_sections(base) is None and given_sections(other) is None:
        return None
    ours, theirs = (
        {key: one for key, one in document.to_dict().items() if key not in _OWN} for document in (base, other)
    )
    for pointer in contributed:
        *above, last = pointer.split("/")[1:]
        if above[:1] == ["normalizedSection"]:
            continue
        into, taken = ours, theirs
        for key in above:
            into, taken = into.setdefault(key, {}), taken[key]
        if last in taken:
            into[last] = taken[last]
    return _filled(ours, theirs)


def _filled(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """An object with what it lacks of another."""
    for key, value in theirs.items():
        if isinstance(value, dict) and isinstance(ours.get(key), dict):
            _filled(ours[key], value)
        else:
            ours.setdefault(key, value)
    return ours


def _rank(document: Document) -> int:
    """Whose offsets a merged document has: a protocol page's before a results page's, and a page's before JSON's."""
    if document.source_section.sha256 is None:
        return 0
    if document.is_results_page:
        return 1
    return 2 if document.is_bare_page else 3


def _is_newer(one: Document, other: Document) -> bool:
    """Whether a record was surely updated after another: dates are compared as far as both are known."""
    first, second = (_updated(document) for document in (one, other))
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]


def _updated(document: Document) -> str:
    struct = document.protocol_section.status_module.last_update_post_date_struct
    return (struct.date if struct else None) or ""


def _fields(struct: Model) -> zip[tuple[str, str]]:
    """The fields of a struct by name and JSON key."""
    return zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)


def _is_nothing(value: Any) -> bool:
    return value is None or value == () or (isinstance(value, Model) and is_empty(value))


def _shown(value: Any) -> str:
    """A value, whole: what is not kept must not be lost."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return msgspec.json.encode(value).decode() if isinstance(value, Model) else repr(value)


# --- where it came from ---


def _sources(base: Document, other: Document, merger: _Merger) -> tuple[SourceSection, tuple[Spans, ...]]:
    """The sourceSection of the merged document, and the places of the values of each of `mergedFrom`."""
    section, second = base.source_section, other.source_section
    contributed = tuple(merger.contributed)
    sources = [(_without(one, contributed), spans) for one, spans in _merged(base)]
    if second.sha256 is not None:
        sources.append((_merged_source(second, contributed), other.spans))
        # What the other document had from elsewhere comes along as far as it was taken.
        sources += [(_narrowed(one, contributed), spans) for one, spans in _merged(other)]
    merged = replace(
        section,
        problems=(*_problems(merger), *section.problems),
        merged_from=tuple(source for source, _ in sources),
    )
    return merged, tuple(_within(spans, source.contributed) for source, spans in sources)


def _merged(document: Document) -> list[tuple[MergedSource, Spans]]:
    return list(zip(document.source_section.merged_from, merged_spans(document), strict=True))


def _merged_source(section: SourceSection, contributed: tuple[str, ...]) -> MergedSource:
    shared = set(MergedSource.__struct_fields__) & set(SourceSection.__struct_fields__)
    return MergedSource(**{name: getattr(section, name) for name in shared}, contributed=contributed)


def _narrowed(source: MergedSource, contributed: Sequence[str]) -> MergedSource:
    """A source of the other document, with what the merged one has from it: the longer of two pointers counts."""
    own = [one for one in source.contributed if _is_within_any(one, contributed)]
    own += [pointer for pointer in contributed if _is_within_any(pointer, source.contributed) and pointer not in own]
    return replace(source, contributed=tuple(own))


def _without(source: MergedSource, contributed: Sequence[str]) -> MergedSource:
    """A source of the base, without what the other document contributed instead."""
    return replace(source, contributed=tuple(one for one in source.contributed if not _is_within_any(one, contributed)))


def _problems(merger: _Merger) -> list[Problem]:
    """A problem for each conflict. Its values are of two texts, so it has a path and no offsets."""
    return [
        Problem(
            code=_CODE,
            severity=CODES[_CODE].severity,
            message=f"{one.pointer}: kept {one.kept}, not {one.left}",
            path=one.pointer,
        )
        for one in merger.conflicts
    ]


def _within(spans: Spans, pointers: Sequence[str]) -> Spans:
    return {pointer: place for pointer, place in spans.items() if _is_within_any(pointer, pointers)}


def _outside(spans: Spans, pointers: Sequence[str]) -> Spans:
    return {pointer: place for pointer, place in spans.items() if not _is_within_any(pointer, pointers)}


def _is_within_any(pointer: str, places: Sequence[str]) -> bool:
    return any(f"{pointer}/".startswith(f"{place}/") for place in places)
