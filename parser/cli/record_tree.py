"""A record as a tree for a terminal: title, criteria with quantities, arms, and problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest

from parser import Criterion, Document, Problem
from parser.cli.tree import Branch, Style
from parser.model.normalized import NormalizedArmGroup, NormalizedIntervention, Quantity
from parser.model.protocol import DateStruct
from parser.source import fold

_CATEGORIES = {"INCLUSION": "inclusion criteria", "EXCLUSION": "exclusion criteria", "UNKNOWN": "criteria"}

# More entries than these are only counted.
_MOST_LISTED = 10
_MOST_SHOWN = 200


def record_tree(document: Document) -> Branch:
    """The tree of a record. All of its text may come from the page."""
    source = document.source_section
    title = document.protocol_section.identification_module.brief_title or "(without a title)"
    name = source.registry_id or document.nct_id
    sections = (_identification, _status, _design, _conditions, _arms, _outcomes, _eligibility, _places, _results, _odd)
    return Branch(
        ((f"{name}  " if name else "", "label"), (title, "title")),
        tuple(branch for section in sections for branch in section(document)),
    )


def _labelled(label: str, *values: object) -> Iterator[Branch]:
    """A line of a label and its values, unless there are none."""
    shown = ", ".join(str(value) for value in values if value not in (None, ""))
    if shown:
        yield Branch(((f"{label}: ", "label"), (shown, "")))


def _group(label: str, children: Iterable[Branch]) -> Iterator[Branch]:
    """A heading with its children, unless there are none."""
    if below := tuple(children):
        yield Branch(((label, "label"),), below)


def _few(lines: Iterable[Branch], count: int) -> Iterator[Branch]:
    """The first of some lines, and how many more there are."""
    for _, line in zip(range(_MOST_LISTED), lines, strict=False):
        yield line
    if count > _MOST_LISTED:
        yield Branch(((f"... {count - _MOST_LISTED:,} more", "marker"),))


# --- Sections ---------------------------------------------------------------------------------------------------------


def _identification(document: Document) -> Iterator[Branch]:
    source, ids = document.source_section, document.protocol_section.identification_module
    yield from _labelled("registry", source.registry, source.member_state)
    yield from _labelled("form", source.form)
    yield from _labelled("source", source.name)
    organisation = [ids.org_study_id_info.id] if ids.org_study_id_info else []
    yield from _labelled("other ids", *organisation, *(other.id for other in ids.secondary_id_infos))
    sponsors = document.protocol_section.sponsor_collaborators_module
    yield from _labelled("sponsor", sponsors.lead_sponsor and sponsors.lead_sponsor.name)
    yield from _labelled("collaborators", *(sponsor.name for sponsor in sponsors.collaborators))


def _status(document: Document) -> Iterator[Branch]:
    status = document.protocol_section.status_module
    yield from _labelled("status", status.overall_status)
    days = [_date(status.start_date_struct), _date(status.completion_date_struct)]
    if any(days):
        yield from _labelled("start to completion", " to ".join(day or "?" for day in days))
    yield from _labelled("last update", _date(status.last_update_post_date_struct))


def _date(struct: DateStruct | None) -> str | None:
    return struct.date if struct else None


def _design(document: Document) -> Iterator[Branch]:
    design = document.protocol_section.design_module
    yield from _labelled("study", design.study_type, *design.phases)
    if info := design.design_info:
        masking = info.masking_info and info.masking_info.masking
        model = info.intervention_model or info.observational_model
        yield from _labelled("design", info.allocation, model, info.primary_purpose, masking and f"masking {masking}")
    if (enrollment := design.enrollment_info) and enrollment.count is not None:
        yield from _labelled("enrollment", f"{enrollment.count:,}")


def _conditions(document: Document) -> Iterator[Branch]:
    module = document.protocol_section.conditions_module
    yield from _labelled("conditions", *module.conditions)
    yield from _labelled("keywords", *module.keywords)


def _arms(document: Document) -> Iterator[Branch]:
    printed = document.protocol_section.arms_interventions_module
    read = document.normalized_section.arms_interventions_module
    arms = zip_longest(printed.arm_groups, read.arm_groups)
    yield from _group("arm groups", (_given(arm.label, arm.type, own) for arm, own in arms if arm))
    interventions = zip_longest(printed.interventions, read.interventions)
    yield from _group("interventions", (_given(one.name, one.type, own) for one, own in interventions if one))


def _given(name: str | None, code: str | None, own: NormalizedArmGroup | NormalizedIntervention | None) -> Branch:
    """An arm group or an intervention, with its doses and times."""
    parts: tuple[tuple[str, Style], ...] = ((name or "(without a name)", ""), (f" [{code}]" if code else "", "marker"))
    return Branch(parts, _amounts((*own.doses, *own.times)) if own else ())


def _outcomes(document: Document) -> Iterator[Branch]:
    module = document.protocol_section.outcomes_module
    for kind, outcomes in ("primary", module.primary_outcomes), ("secondary", module.secondary_outcomes):
        lines = (_outcome(one.measure, one.time_frame) for one in outcomes)
        yield from _group(f"{kind} outcomes ({len(outcomes):,})", _few(lines, len(outcomes)))


def _results(document: Document) -> Iterator[Branch]:
    section = document.results_section
    measures, events = section.outcome_measures_module.outcome_measures, section.adverse_events_module
    lines = (_outcome(one.title or one.description, one.time_frame) for one in measures)
    yield from _group(f"outcome measures with results ({len(measures):,})", _few(lines, len(measures)))
    if events.event_groups:
        kinds = (("serious", events.serious_events), ("other", events.other_events))
        yield from _labelled("adverse events", *(f"{len(found):,} {kind}" for kind, found in kinds))


def _outcome(measure: str | None, time_frame: str | None) -> Branch:
    return Branch(((fold(measure or ""), ""), (f" [{fold(time_frame)}]" if time_frame else "", "marker")))


def _places(document: Document) -> Iterator[Branch]:
    locations = document.protocol_section.contacts_locations_module.locations
    lines = (
        Branch(((", ".join(filter(None, (one.facility, one.city, one.state, one.country))), ""),)) for one in locations
    )
    yield from _group(f"locations ({len(locations):,})", _few(lines, len(locations)))


# --- Criteria ---------------------------------------------------------------------------------------------------------


def _eligibility(document: Document) -> Iterator[Branch]:
    module = document.protocol_section.eligibility_module
    ages = [module.minimum_age, module.maximum_age]
    yield from _labelled("ages", " to ".join(age or "?" for age in ages) if any(ages) else None)
    yield from _labelled("sex", module.sex)
    if module.healthy_volunteers is not None:
        yield from _labelled("healthy volunteers", "yes" if module.healthy_volunteers else "no")
    criteria = document.normalized_section.eligibility_module.criteria
    for category, found in groupby(criteria, lambda criterion: criterion.category):
        yield from _group(_CATEGORIES[category], map(_criterion, found))


def _criterion(criterion: Criterion) -> Branch:
    marker = f" {criterion.marker}" if criterion.marker else ""
    style: Style = "title" if criterion.kind == "heading" else "marker" if criterion.kind == "note" else ""
    return Branch(
        ((f"{criterion.id}{marker} ", "marker"), (criterion.text, style)),
        (*_amounts(criterion.quantities), *map(_criterion, criterion.children)),
    )


def _amounts(quantities: Iterable[Quantity]) -> tuple[Branch, ...]:
    return tuple(map(_amount, quantities))


def _amount(quantity: Quantity) -> Branch:
    """`= Prednisone ≥ 6 mg/d`, with a time's event, and the reason for a repaired value."""
    window, repair = quantity.window, quantity.repair
    relation, anchor = (window.relation, window.anchor or "") if window else ("", "")
    is_length = relation in ("for", "every")
    return Branch(
        (
            ("= ", "marker"),
            (f"{quantity.subject} " if quantity.subject else "", ""),
            (f"{relation} " if is_length else "", "marker"),
            (quantity.bounds or quantity.text, "quantity"),
            (f" {relation} {anchor}".rstrip() if relation and not is_length else f" {anchor}".rstrip(), "marker"),
            (f" (repaired: {repair.reason}; printed {quantity.text})" if repair else "", "repaired"),
        )
    )


# --- Problems ---------------------------------------------------------------------------------------------------------


def _odd(document: Document) -> Iterator[Branch]:
    unparsed = document.source_section.unparsed
    texts = (fold(piece.text) for piece in unparsed)
    lines = (Branch(((text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "...", ""),)) for text in texts)
    yield from _group(f"in no field ({len(unparsed):,})", _few(lines, len(unparsed)))
    yield from _group(f"problems ({len(document.problems):,})", map(_problem, document.problems))


def _problem(problem: Problem) -> Branch:
    place = f"{problem.line}:{problem.column}" if problem.line is not None else problem.path
    return Branch(
        (
            (f"{place}: " if place else "", "marker"),
            (problem.severity, problem.severity),
            (f": {problem.message} [{problem.code}]", ""),
        )
    )
