"""Joins records of one trial from several registers by their ids, and says which record comes first.

EU CTR 2015-002340-14    A.5.2 US NCT number: NCT02601001            names the other register's record
NCT02601001              secondary id 2015-002340-14 (EudraCT)       and is named by it

Records are joined by the ids in other registers that they state as their own, transitively. An id that would join
several trials of one register, such as that of a programme or of a parent study, is not a key unless exactly one of
these trials and the id's own record name each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from parser.model.document import Document, attach_sections, attach_spans, given_sections, merged_spans
from parser.model.protocol import SecondaryIdInfo
from parser.problems import CODES, Problem
from parser.registries import REGISTRIES, find_ids, identify

_AMBIGUOUS = "merge-ambiguous"
_IDS = "/protocolSection/identificationModule/secondaryIdInfos"
_AGES = tuple(f"/protocolSection/eligibilityModule/{key}" for key in ("minimumAge", "maximumAge", "stdAges"))
_WORD = re.compile(r"[^\W\d_]+")
# Words that may be printed next to the trial's own id.
_NAMES = frozenset(
    {"eudract", "eu", "ct", "ctr", "euctr", "ctis", "nct", "isrctn", "drks", "number", "no", "nr", "id", "identifier"}
    | {"clinicaltrials", "gov", "and", "registry", "register"}
)
_RANK = {registry.name: rank for rank, registry in enumerate(REGISTRIES)}


class Trial(NamedTuple):
    """A trial in one register: the register's name, and the key that all its records of the trial share."""

    registry: str
    key: str

    @property
    def rank(self) -> int:
        """The register's position in the table: the record of the first one is the base of a merged record."""
        return _RANK[self.registry]


def trial_of(document: Document) -> Trial | None:
    """The trial of a record; None without a known id."""
    found = identify(document.source_section.registry_id or document.nct_id or "")
    return Trial(found.registry.name, found.trial_key) if found else None


def named_trials(document: Document) -> frozenset[Trial]:
    """The trials of other registers whose ids a record states as its own."""
    module = document.protocol_section.identification_module
    own = module.org_study_id_info
    texts = [info.id for info in module.secondary_id_infos] + [own.id if own else None]
    found = {trial for text in texts if text for trial in _trials_in(text)}
    trial = trial_of(document)
    return frozenset(one for one in found if trial is None or one.registry != trial.registry)


def _trials_in(text: str) -> set[Trial]:
    """The trials of a text of ids and registers' names only; `substudy of NCT01234567` is another trial."""
    ids = list(find_ids(text))
    for one in reversed(ids):
        text = text[: one.start] + " " + text[one.end :]
    words = {word.lower() for word in _WORD.findall(text)}
    return {Trial(one.id.registry.name, one.id.trial_key) for one in ids} if words <= _NAMES else set()


class Joined(NamedTuple):
    """The joined trials, and the ids that would have joined several trials of one register."""

    groups: dict[Trial, Trial]
    """For each joined trial, the one that represents the group."""
    ambiguous: dict[Trial, set[Trial]]
    """For each trial, the trials of other registers that it names without being joined to them."""


def join_trials(named: Mapping[Trial, Collection[Trial]]) -> Joined:
    """Join trials by the trials that they name, independently of their order."""
    links: dict[Trial, set[Trial]] = defaultdict(set)
    for trial, others in named.items():
        for other in others:
            links[trial].add(other)
            links[other].add(trial)
    kept = {
        (trial, other)
        for trial in links
        for other in links[trial]
        if _is_the_one(trial, other, links, named) and _is_the_one(other, trial, links, named)
    }
    groups = _components(links, kept)
    ambiguous: dict[Trial, set[Trial]] = defaultdict(set)
    for trial, others in named.items():
        for other in others:
            if trial not in groups or groups[trial] != groups.get(other):
                ambiguous[trial].add(other)
    return Joined(groups, dict(ambiguous))


def _is_the_one(
    trial: Trial, other: Trial, links: Mapping[Trial, set[Trial]], named: Mapping[Trial, Collection[Trial]]
) -> bool:
    """Whether a trial is linked to no other trial of that register, or only this one names it back."""
    rivals = [one for one in links[trial] if one.registry == other.registry]
    if len(rivals) == 1:
        return True
    mutual = [one for one in rivals if one in named.get(trial, ()) and trial in named.get(one, ())]
    return mutual == [other]


def _components(trials: Iterable[Trial], links: Collection[tuple[Trial, Trial]]) -> dict[Trial, Trial]:
    """The linked trials, each with the first of its group; groups with two trials of one register are left out."""
    parents = {trial: trial for trial in trials}

    def root(trial: Trial) -> Trial:
        while parents[trial] != trial:
            parents[trial] = parents[parents[trial]]
            trial = parents[trial]
        return trial

    for one, other in links:
        parents[root(one)] = root(other)
    members: dict[Trial, list[Trial]] = defaultdict(list)
    for trial in parents:
        members[root(trial)].append(trial)
    groups: dict[Trial, Trial] = {}
    for found in members.values():
        if 1 < len(found) == len({trial.registry for trial in found}):
            groups.update(dict.fromkeys(found, min(found, key=lambda trial: trial.rank)))
    return groups


class Sisters(NamedTuple):
    """Two records of a trial with the ids of both, and the pointers of the ids that the second one adds."""

    base: Document
    other: Document
    contributed: list[str]


def unite_ids(base: Document, other: Document) -> Sisters:
    """The trial's other ids in both records, so that a third record can be joined by them."""
    ours, theirs = (one.protocol_section.identification_module.secondary_id_infos for one in (base, other))
    known = {info.id for info in ours}
    added = tuple(info for info in theirs if info.id not in known)
    both = (*ours, *added)
    contributed = [f"{_IDS}/{len(ours) + at}" for at in range(len(added))]
    return Sisters(_with(base, both), _with(other, both), contributed)


def own_ages(document: Document) -> frozenset[str]:
    """The pointers of a record's ages, if it has any: a limit that it does not state is not taken from elsewhere."""
    module = document.protocol_section.eligibility_module
    has_ages = module.minimum_age or module.maximum_age or module.std_ages
    return frozenset(_AGES) if has_ages else frozenset()


def note_ambiguous(document: Document, others: Collection[Trial]) -> Document:
    """The document with a problem for each trial of another register that it names and was not joined to."""
    if not others:
        return document
    notes = [
        Problem(
            code=_AMBIGUOUS,
            severity=CODES[_AMBIGUOUS].severity,
            message=f"{other.key} ({other.registry}) would join several trials of one register: not joined by it",
            path=_IDS,
        )
        for other in sorted(others)
    ]
    section = replace(document.source_section, problems=(*notes, *document.source_section.problems))
    return _carried(replace(document, source_section=section), document)


def _with(document: Document, infos: tuple[SecondaryIdInfo, ...]) -> Document:
    section = document.protocol_section
    identification = replace(section.identification_module, secondary_id_infos=infos)
    made = replace(document, protocol_section=replace(section, identification_module=identification))
    return attach_sections(_carried(made, document), _given_with(document, infos))


def _given_with(document: Document, infos: tuple[SecondaryIdInfo, ...]) -> dict[str, Any] | None:
    """The sections of API v2 input with further ids; the given ones stay unchanged."""
    given = given_sections(document)
    if given is None:
        return None
    protocol = given["protocolSection"]
    module = protocol.get("identificationModule", {})
    own = module.get("secondaryIdInfos", [])
    further = msgspec.to_builtins(infos[len(own) :])
    module = {**module, "secondaryIdInfos": [*own, *further]}
    return {**given, "protocolSection": {**protocol, "identificationModule": module}}


def _carried(made: Document, document: Document) -> Document:
    return attach_sections(attach_spans(made, document.spans, merged_spans(document)), given_sections(document))
