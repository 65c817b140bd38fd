"""Study Groups and Interventions of a labelled page.

Standard Care                           an arm group: label, description, type
As the hospital has it.
Group Type ACTIVE_COMPARATOR
Aspirin                                 then each of its interventions: name, type, description
Intervention Type DRUG
100 mg a day.
"""

from __future__ import annotations

from collections import Counter
from typing import cast

from parser.enums import ENUMS
from parser.model.codes import InterventionType
from parser.model.document import Document
from parser.model.protocol import ArmGroup, Intervention
from parser.writers.blocks import labelled, said

_Named = dict[tuple[str, str], list[Intervention]]
"""Interventions by type and name: arm groups refer to them so."""


def study_groups(document: Document) -> list[str]:
    """The arm groups, each with the interventions that it names."""
    module = document.protocol_section.arms_interventions_module
    named: _Named = {}
    for one in module.interventions:
        named.setdefault((said(one.type), said(one.name)), []).append(one)
    blocks: list[str] = []
    for arm in module.arm_groups:
        blocks += [said(arm.label), said(arm.description), *labelled("groups", "arm_type", said(arm.type))]
        for given in _interventions_of(arm, named):
            kind = labelled("groups", "intervention_type", said(given.type))
            blocks += [said(given.name), *kind, said(given.description)]
    return blocks


def interventions(document: Document) -> list[str]:
    """The interventions, each once."""
    module = document.protocol_section.arms_interventions_module
    blocks: list[str] = []
    for one in module.interventions:
        blocks += [said(one.name), said(one.description)]
        blocks += labelled("interventions", "intervention_type", said(one.type))
    return blocks


def _interventions_of(arm: ArmGroup, named: _Named) -> list[Intervention]:
    """The interventions that an arm group names as API v2 displays them: `Dietary Supplement: Vitamin D`.

    Of several with one type and name, those that name the arm group are meant, one after the other. One that nothing
    describes has its name and type alone.
    """
    found: list[Intervention] = []
    times: Counter[str] = Counter()
    for entry in arm.intervention_names:
        shown = said(entry)
        displayed, _, name = shown.partition(": ")
        kind = displayed.upper().replace(" ", "_")
        if kind not in ENUMS["intervention_type"]:
            kind, name = "", shown
        called_so = named.get((kind, name))
        if called_so:
            meant = [one for one in called_so if arm.label in one.arm_group_labels] if len(called_so) > 1 else []
            choice = meant or called_so
            found.append(choice[times[shown] % len(choice)])
            times[shown] += 1
        elif shown:
            found.append(Intervention(type=cast(InterventionType, kind) if kind else None, name=name))
    return found
