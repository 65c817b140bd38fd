"""Arm groups and interventions, and which arm receives which intervention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from parser.assemble.reading import PageReading
from parser.forms.pages.model import Arm, ArmIntervention, Record
from parser.model.protocol import ArmGroup, ArmsInterventionsModule, Intervention
from parser.source import ParsedValue, Span
from parser.values import codes
from parser.values.text import read_line

Key = tuple["str | None", "str | None", "str | None"]
"""The identity of an intervention: name, type and description."""


class _Described(NamedTuple):
    """An intervention as the page describes it, before its arm groups are known."""

    type: ParsedValue[str] | None
    name: ParsedValue[str] | None
    description: ParsedValue[str] | None
    other_names: tuple[ParsedValue[str], ...] = ()

    @property
    def key(self) -> Key:
        name, kind, description = (part.value if part else None for part in (self.name, self.type, self.description))
        return name, kind, description


def arms_interventions_module(reading: PageReading) -> ArmsInterventionsModule:
    described = [_described(reading, record) for record in reading.records.get("interventions", ())]
    if not described:
        described = _as_arms_have_them(reading)
    receivers = _receivers(reading, [one.key for one in described])
    return reading.make(
        ArmsInterventionsModule,
        arm_groups=tuple(_arm_group(reading, arm) for arm in reading.arms),
        interventions=tuple(
            # API v2 lists the labels in code-point order, whatever the order of the arms.
            reading.make(Intervention, **one._asdict(), arm_group_labels=tuple(map(ParsedValue, sorted(labels))))
            for one, labels in zip(described, receivers, strict=True)
        ),
    )


def _described(reading: PageReading, record: Record) -> _Described:
    """The name is the first paragraph, the description the rest."""
    texts = record.texts
    return _Described(
        type=reading.code_at("intervention_type", record.fields.get("intervention_type")),
        name=read_line(reading.source, texts[0]) if texts else None,
        description=reading.prose_at(Span(texts[1].start, texts[-1].end) if len(texts) > 1 else None),
        other_names=_other_names(reading, record),
    )


def _other_names(reading: PageReading, record: Record) -> tuple[ParsedValue[str], ...]:
    """Other names of an intervention, if the page prints them: `Aspirin; ASA`."""
    span = record.fields.get("other_names")
    parts = reading.split(span, ";|\r\n") if span else []
    return tuple(read_line(reading.source, part) for part in parts)


def _as_arms_have_them(reading: PageReading) -> list[_Described]:
    """The interventions of a page that has no section for them: those of its arms, each once."""
    found: dict[Key, _Described] = {}
    for arm in reading.arms:
        for given in arm.interventions:
            one = _Described(
                type=reading.code_at("intervention_type", given.type),
                name=read_line(reading.source, given.name),
                description=reading.prose_at(given.description),
            )
            found.setdefault(one.key, one)
    return list(found.values())


def _receivers(reading: PageReading, keys: Sequence[Key]) -> list[set[str]]:
    """The labels of the arms that receive each of some interventions.

    An arm refers to an intervention by name and type, and by its description if several have them. Of several
    that are the same in all, the arms mean in order.
    """
    places: dict[Key, list[int]] = {}
    named: dict[Key, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
        named.setdefault((*key[:2], None), []).append(index)
    receivers: list[set[str]] = [set() for _ in keys]
    turns: Counter[Key] = Counter()
    for arm in reading.arms:
        label = reading.folded(arm.label)
        for given in arm.interventions:
            key = _given_key(reading, given)
            if given.description and key in places:
                reading.accounted.append(given.description)
            elif given.description:
                message = f"Interventions does not describe {reading.folded(given.name)!r} in these words"
                reading.leave("unparsed-text", message, given.description)
            if meant := places.get(key) or named.get((*key[:2], None)):
                receivers[meant[turns[key] % len(meant)]].add(label)
                turns[key] += 1
    return receivers


def _given_key(reading: PageReading, given: ArmIntervention) -> Key:
    code = codes.read_code("intervention_type", reading.folded(given.type)) if given.type else None
    if given.type and code:
        # The document has it before the name, in `interventionNames`.
        reading.accounted.append(given.type)
    description = reading.prose_at(given.description)
    return reading.folded(given.name), code, description.value if description else None


def _arm_group(reading: PageReading, arm: Arm) -> ArmGroup:
    return reading.make(
        ArmGroup,
        label=read_line(reading.source, arm.label),
        type=reading.code_at("arm_type", arm.type),
        description=reading.prose_at(arm.description),
        intervention_names=tuple(_display_name(reading, given) for given in arm.interventions),
    )


def _display_name(reading: PageReading, given: ArmIntervention) -> ParsedValue[str]:
    """An entry of API v2's `interventionNames`: `Dietary Supplement: Vitamin D`; without a type the name alone."""
    name = reading.folded(given.name)
    code = codes.read_code("intervention_type", reading.folded(given.type)) if given.type else None
    return ParsedValue(f"{codes.display_type(code)}: {name}" if code else name, given.name)
