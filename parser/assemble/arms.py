"""Arm groups and interventions, and which arm receives which intervention."""

from __future__ import annotations

from parser.assemble.reading import Reading
from parser.model import Text
from parser.page.model import Arm, ArmIntervention, Record
from parser.protocol import ArmGroup, ArmsInterventionsModule, Intervention
from parser.source import Span, Value
from parser.values import codes
from parser.values.text import read_line, read_prose


def arms_interventions_module(reading: Reading) -> ArmsInterventionsModule:
    interventions = [_intervention(reading, record) for record in reading.page.records.get("interventions", ())]
    receivers: list[set[str]] = [set() for _ in interventions]
    for arm in reading.page.arms:
        label = reading.folded(arm.label)
        for given in arm.interventions:
            for index in _same(reading, given, interventions):
                receivers[index].add(label)
    return ArmsInterventionsModule(
        arm_groups=tuple(_arm_group(reading, arm) for arm in reading.page.arms),
        interventions=tuple(
            # API v2 lists the labels in code-point order, whatever the order of the arms.
            Intervention(one.type, one.name, one.description, tuple(Value(label) for label in sorted(labels)))
            for one, labels in zip(interventions, receivers, strict=True)
        ),
    )


def _intervention(reading: Reading, record: Record) -> Intervention:
    """The name is the first paragraph, the description what follows it."""
    texts = record.texts
    return Intervention(
        type=reading.code_at("intervention_type", record.fields["intervention_type"]),
        name=read_line(reading.source, texts[0]) if texts else None,
        description=read_prose(reading.source, Span(texts[1].start, texts[-1].end)) if len(texts) > 1 else None,
    )


def _same(reading: Reading, given: ArmIntervention, interventions: list[Intervention]) -> list[int]:
    """Which interventions an arm means: those of the name and type, and of the description where several are."""
    name, (code, _) = reading.folded(given.name), codes.read_code("intervention_type", reading.folded(given.type))
    named = [i for i, one in enumerate(interventions) if _is(one.name, name) and _is(one.type, code)]
    description = read_prose(reading.source, given.description).value if given.description else None
    described = [i for i in named if _is(interventions[i].description, description)]
    return described or named


def _is(text: Text | None, value: str | None) -> bool:
    return (text.value if text else None) == value


def _arm_group(reading: Reading, arm: Arm) -> ArmGroup:
    return ArmGroup(
        label=read_line(reading.source, arm.label),
        type=reading.code_at("arm_type", arm.type),
        description=read_prose(reading.source, arm.description) if arm.description else None,
        intervention_names=tuple(_display_name(reading, given) for given in arm.interventions),
    )


def _display_name(reading: Reading, given: ArmIntervention) -> Text:
    """As API v2 has it in `interventionNames`: `Dietary Supplement: Vitamin D`."""
    code, _ = codes.read_code("intervention_type", reading.folded(given.type))
    return Value(f"{codes.display_type(code)}: {reading.folded(given.name)}", given.name)
