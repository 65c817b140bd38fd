"""Merges documents of one trial: its protocol page and its results page, two dumps, or a dump and JSON.

A value that only one of the two has is taken over. Where they differ, the value of the record that was updated last is
kept (`lastUpdatePostDateStruct`); if neither is newer, the protocol page's; of two protocol pages that of the one with
labels, because a bare page lacks paragraphs, else the first one's. The other value is in the message of a
`merge-conflict` problem, in full. A list is one value.

The merged `sourceSection` is that of the protocol page (or of the first document). All offsets count in its text,
except those of values that another source `contributed`: they count in that source's text, as do the offsets of its own
`unparsed` and `problems`. If two pointers lead to a value, the longer one counts.

Records of several registers are merged only on request. The base is then the record of the register that comes first in
`REGISTRIES`, with ClinicalTrials.gov first of all. Its values are kept whatever the dates are; a date with its type, a
sponsor with its class, and the ages are one value each. Ids in other registers are united.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from parser.merging_countries import are_of_countries, unite_countries
from parser.merging_registers import Trial, join_trials, named_trials, own_ages, trial_of, unite_ids
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
# Merged separately, or not at all; all other parts of a document are merged field by field.
_APART = frozenset({"schema_version", "normalized_section", "source_section"})
_OWN = frozenset({"schemaVersion", "normalizedSection", "sourceSection"})


class _Conflict(NamedTuple):
    """Two values for one field of the document."""

    pointer: str
    kept: str
    left: str


# The texts that the fields of normalizedSection are made of, where their names differ.
_MADE_OF = {"criteria": "eligibilityCriteria", "headings": "eligibilityCriteria", "facilityContacts": "locations"}
# The number of slashes in a pointer to a field of a module.
_FIELD = 3


class _Merger:
    """Merges the values of two documents, `base` and `other`; with `newer`, the other one's values win.

    With `whole` an object in a module is one value, as a list is: objects that differ are not combined. Fields at
    `fixed` keep the base's value, even if it is empty.
    """

    def __init__(self, newer: bool, whole: bool = False, fixed: frozenset[str] = frozenset()) -> None:
        self.newer = newer
        self.whole = whole
        self.fixed = fixed
        self.contributed: list[str] = []
        self.conflicts: list[_Conflict] = []

    def value(self, base: Any, other: Any, pointer: str) -> Any:
        """Merge two values of one field of the document."""
        if _is_nothing(other) or base == other:
            return base
        if _is_nothing(base) and pointer not in self.fixed:
            self.contributed.append(pointer)
            return other
        if isinstance(base, Model) and isinstance(other, Model):
            inner = _Merger(self.newer, self.whole, self.fixed)
            fields = inner.fields(base, other, pointer)
            if not (inner.conflicts and self.whole and pointer.count("/") >= _FIELD):
                self.contributed += inner.contributed
                self.conflicts += inner.conflicts
                return base.__class__(**fields)
        kept, left = (other, base) if self.newer else (base, other)
        self.conflicts.append(_Conflict(pointer, _shown(kept), _shown(left)))
        if self.newer:
            self.contributed.append(pointer)
        return kept

    def fields(self, base: Model, other: Model, pointer: str, without: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Merge the fields of two objects."""
        return {
            name: self.value(getattr(base, name), getattr(other, name), f"{pointer}/{key}")
            for name, key in _fields(base)
            if name not in without
        }

    def normalized(self, base: NormalizedSection, other: NormalizedSection) -> NormalizedSection:
        """Values derived from texts come from the same document as the texts."""
        modules: dict[str, Any] = {}
        for name, key in _fields(base):
            ours, theirs = getattr(base, name), getattr(other, name)
            modules[name] = ours.__class__(**self._made(ours, theirs, key))
        return NormalizedSection(**modules)

    def _made(self, ours: Model, theirs: Model, module: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, key in _fields(ours):
            base, other = getattr(ours, name), getattr(theirs, name)
            text = f"/protocolSection/{module}/{_MADE_OF.get(key, key)}"
            # Only labelled pages have facility contacts.
            is_taken = _is_within_any(text, self.contributed) or (key == "facilityContacts" and _is_nothing(base))
            made[name] = other if is_taken else base
            if is_taken and not _is_nothing(other):
                self.contributed.append(f"/normalizedSection/{module}/{key}")
        return made


def merge(a: Document, b: Document, *further: Document, registers: bool = False) -> Document:
    """Merge two or more documents of the same trial.

    For records by country of the EU Clinical Trials Register, the first one in English is the base, and the locations
    of all are united. With `registers` the records may be of several registers, if the ids that they state for the
    trial join them: the base is the record of the register that comes first in `parser.registries.REGISTRIES`.

    Raises `DifferentTrialsError` if their ids in one registry differ, if they are of several registers without
    `registers`, and with it, if no id joins them or one joins several trials of a register. For a document without an
    id the caller must know that it is of the same trial.
    """
    documents = (a, b, *further)
    if not registers:
        return reduce(_merge_records, documents)
    by_trial = _by_trial(documents)
    _check_joined(by_trial)
    return _merge_joined(by_trial)


def merge_joined(documents: Sequence[Document]) -> Document:
    """`merge` with `registers` for documents that are known to be joined by ids."""
    return _merge_joined(_by_trial(documents))


def _by_trial(documents: Sequence[Document]) -> dict[Trial | None, list[Document]]:
    found: dict[Trial | None, list[Document]] = {}
    for document in documents:
        found.setdefault(trial_of(document), []).append(document)
    return found


def _merge_joined(by_trial: Mapping[Trial | None, Sequence[Document]]) -> Document:
    ranked = sorted(by_trial, key=lambda trial: -1 if trial is None else trial.rank)
    merged = [reduce(_merge_records, by_trial[trial]) for trial in ranked]
    # A document without an id is merged with the first that has one.
    start = 2 if ranked[0] is None else 1
    return reduce(_merge_registers, merged[start:], reduce(_merge_records, merged[:start]))


def _merge_records(a: Document, b: Document) -> Document:
    """Merge two documents of the same record, or of a trial's records by country."""
    _check_ids(a, b)
    if are_of_countries(a, b):
        base, other, contributed = unite_countries(a, b)
        merger = _Merger(newer=False)
        merger.contributed += contributed
        merged = _merged_document(base, other, merger)
        section = replace(merged.source_section, member_state=None)
        return _carried(replace(merged, source_section=section), merged)
    base, other = (b, a) if _rank(b) > _rank(a) else (a, b)
    return _merged_document(base, other, _Merger(_is_newer(other, base)))


def _merge_registers(base: Document, other: Document) -> Document:
    """Merge two documents of one trial from different registers."""
    base, other, contributed = unite_ids(base, other)
    merger = _Merger(newer=False, whole=True, fixed=own_ages(base))
    merger.contributed += contributed
    return _merged_document(base, other, merger)


def _merged_document(base: Document, other: Document, merger: _Merger) -> Document:
    sections = merger.fields(base, other, "", without=_APART)
    normalized = merger.normalized(base.normalized_section, other.normalized_section)
    source, merged = _sources(base, other, merger)
    document = Document(schema_version=SCHEMA_VERSION, **sections, normalized_section=normalized, source_section=source)
    attach_spans(document, _outside(base.spans, merger.contributed), merged)
    return attach_sections(document, _given_sections(base, other, merger.contributed))


def _carried(made: Document, document: Document) -> Document:
    return attach_sections(attach_spans(made, document.spans, merged_spans(document)), given_sections(document))


def _check_joined(by_trial: Mapping[Trial | None, Sequence[Document]]) -> None:
    trials = [trial for trial in by_trial if trial]
    named = {trial: frozenset().union(*map(named_trials, documents)) for trial, documents in by_trial.items() if trial}
    groups = join_trials(named).groups
    for other in trials[1:]:
        if groups.get(trials[0], trials[0]) != groups.get(other, other):
            raise DifferentTrialsError(
                f"{trials[0].key} ({trials[0].registry}) and {other.key} ({other.registry}) are not joined by an id "
                "that only one trial of each register has: nothing to merge"
            )


def _check_ids(a: Document, b: Document) -> None:
    ids = [identify(one.source_section.registry_id or one.nct_id or "") for one in (a, b)]
    if ids[0] and ids[1] and ids[0].registry is ids[1].registry and ids[0].trial_key != ids[1].trial_key:
        raise DifferentTrialsError(
            f"the documents are of different trials, {ids[0].id} and {ids[1].id}: nothing to merge"
        )
    if ids[0] and ids[1] and ids[0].registry is not ids[1].registry:
        raise DifferentTrialsError(
            f"the documents are of two registers, {ids[0].id} and {ids[1].id}: on request they are merged if their ids "
            "join them (registers=True, --merge-registers)"
        )


def _given_sections(base: Document, other: Document, contributed: Sequence[str]) -> dict[str, Any] | None:
    """The sections of a merged document if one of the two is API v2 input, whose keys may be unknown to the model."""
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
    """An object, completed from another."""
    for key, value in theirs.items():
        if isinstance(value, dict) and isinstance(ours.get(key), dict):
            _filled(ours[key], value)
        else:
            ours.setdefault(key, value)
    return ours


def _rank(document: Document) -> int:
    """The document whose offsets are kept: a protocol page before a results page, and a page before JSON."""
    if document.source_section.sha256 is None:
        return 0
    if document.is_results_page:
        return 1
    return 2 if document.is_bare_page else 3


def _is_newer(one: Document, other: Document) -> bool:
    """Whether a record was certainly updated after another: dates are compared in the parts that both have."""
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
    """A value in full, because it is in no field."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return msgspec.json.encode(value).decode() if isinstance(value, Model) else repr(value)


# --- sources ---


def _sources(base: Document, other: Document, merger: _Merger) -> tuple[SourceSection, tuple[Spans, ...]]:
    """The sourceSection of the merged document, and the places of the values of each of `mergedFrom`."""
    section, second = base.source_section, other.source_section
    contributed = tuple(merger.contributed)
    sources = [(_without(one, contributed), spans) for one, spans in _merged(base)]
    if second.sha256 is not None:
        sources.append((_merged_source(second, contributed), other.spans))
        # Values that the other document had from further sources keep these sources.
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
    """A source of the other document, with its values in the merged one: the longer of two pointers counts."""
    own = [one for one in source.contributed if _is_within_any(one, contributed)]
    own += [pointer for pointer in contributed if _is_within_any(pointer, source.contributed) and pointer not in own]
    return replace(source, contributed=tuple(own))


def _without(source: MergedSource, contributed: Sequence[str]) -> MergedSource:
    """A source of the base, without the values that the other document contributed instead."""
    return replace(source, contributed=tuple(one for one in source.contributed if not _is_within_any(one, contributed)))


def _problems(merger: _Merger) -> list[Problem]:
    """A problem for each conflict. Its values are from two texts, so it has a path and no offsets."""
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
