"""Where the elements of posted results go. Ids of groups stay as the record has them: P1, B1, O1, E1.

<measurement group_id="O1" value="51.3" spread="5.2"/>
"""

from __future__ import annotations

from typing import Any

from parser.forms.xml_record import (
    ElementRule,
    Inner,
    Items,
    ListOfValues,
    Made,
    One,
    XmlRecord,
    XmlText,
    code,
    count,
    date,
    line,
    prose,
    text_of,
)
from parser.forms.xml_tree import Element
from parser.source import fold

_TOTAL = "total"

FIXED = """\
All Principal Investigators ARE employed by the organization sponsoring the study.
Principal Investigators are NOT employed by the organization sponsoring the study.
There IS an agreement between Principal Investigators and the Sponsor (or its agents) that restricts the PI's rights to
discuss or publish trial results after the trial is completed.
There is NOT an agreement between Principal Investigators and the Sponsor (or its agents) that restricts the PI's rights
to discuss or publish trial results after the trial is completed.
The only disclosure restriction on the PI is that the sponsor can review results communications prior to public release
and can embargo communications regarding trial results for a period that is less than or equal to 60 days from the time
submitted to the sponsor for review. The sponsor cannot require changes to the communication and cannot extend the
embargo. ... a period that is more than 60 days but less than or equal to 180 days ...
Overall Number of Baseline Participants; Measure; Class; Total, serious adverse events; Total, other adverse events
"""
"""The registry's own sentences and titles, whose content is in the document."""


# --- measures ---


def _expect(where: str, values: frozenset[str]) -> Made:
    """An element that says what its place says."""

    def make(record: XmlRecord, element: Element, _: dict[str, Any], __: str) -> None:
        one = element.find(where)
        if one is not None and fold(one.text or "").lower() in values:
            record.take(one)

    return Made(make)


def _same(where: str, key: str) -> Made:
    """An element that repeats a value."""

    def make(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
        one = element.find(where)
        if one is not None and fold(text_of(one)) == fold(made.get(key, "")):
            record.take(one)

    return Made(make)


def _only_category(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """The older form of a row: its measurements, which are one category."""
    category = record.build(element, (_MEASUREMENTS,), f"{pointer}/categories/0")
    if any(category.values()):
        made["categories"] = [category]


def _status(_: XmlRecord, __: Element, made: dict[str, Any], ___: str) -> None:
    made["reportingStatus"] = "POSTED" if made.get("classes") or made.get("denoms") else "NOT_POSTED"


_GROUP = (One("@group_id", "id", line), One("title", "title", line), One("description", "description", prose))
_GROUPS = Items("group_list/group", "groups", _GROUP)
_DENOM = (
    One("units", "units", line),
    _expect("scope", frozenset({"overall", "measure", "class"})),
    Items("count_list/count", "counts", (One("@group_id", "groupId", line), One("@value", "value", line))),
)
_DENOMS = Items("analyzed_list/analyzed", "denoms", _DENOM)
_MEASUREMENTS = Items(
    "measurement_list/measurement",
    "measurements",
    (
        One("@group_id", "groupId", line),
        One("@value", "value", line),
        One("@spread", "spread", line),
        One("@lower_limit", "lowerLimit", line),
        One("@upper_limit", "upperLimit", line),
        One("", "comment", prose),
    ),
)
_CLASSES = (
    Items(
        "class_list/class",
        "classes",
        (
            One("title", "title", line),
            _DENOMS,
            Items("category_list/category", "categories", (One("title", "title", line), _MEASUREMENTS)),
        ),
    ),
    Items("category_list/category", "classes", (One("sub_title", "title", line), Made(_only_category))),
)
_ANALYSIS = (
    ListOfValues("group_id_list/group_id", "groupIds", line),
    One("groups_desc", "groupDescription", prose),
    One("non_inferiority_type", "nonInferiorityType", code("non_inferiority_type")),
    One("non_inferiority_desc", "nonInferiorityComment", prose),
    One("p_value", "pValue", line),
    One("p_value_desc", "pValueComment", prose),
    One("method", "statisticalMethod", line),
    One("method_desc", "statisticalComment", prose),
    One("param_type", "paramType", line),
    One("param_value", "paramValue", line),
    One("dispersion_type", "dispersionType", code("analysis_dispersion_type")),
    One("dispersion_value", "dispersionValue", line),
    One("ci_percent", "ciPctValue", line),
    One("ci_n_sides", "ciNumSides", code("ci_num_sides")),
    One("ci_lower_limit", "ciLowerLimit", line),
    One("ci_upper_limit", "ciUpperLimit", line),
    One("ci_lower_limit_na_comment", "ciLowerLimitComment", prose),
    One("ci_upper_limit_na_comment", "ciUpperLimitComment", prose),
    One("estimate_desc", "estimateComment", prose),
    One("other_analysis_desc", "otherAnalysisDescription", prose),
)


class _OfMeasure(Inner, frozen=True):
    """Rows of the measure in an outcome, which API v2 has in the outcome itself."""

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        one = element.find(self.where)
        if one is not None:
            made.update({key: value for key, value in record.build(one, self.rows, pointer).items() if value})


_OUTCOME: tuple[ElementRule, ...] = (
    One("type", "type", code("outcome_type")),
    One("title", "title", line),
    One("description", "description", prose),
    One("population", "populationDescription", prose),
    One("posting_date", "anticipatedPostingDate", date),
    One("time_frame", "timeFrame", line),
    _GROUPS,
    _same("measure/title", "title"),
    _same("measure/description", "description"),
    _same("measure/population", "populationDescription"),
    _OfMeasure(
        "measure",
        "",
        (
            One("units", "unitOfMeasure", line),
            One("param", "paramType", code("param_type")),
            One("dispersion", "dispersionType", line),
            One("units_analyzed", "denomUnitsSelected", line),
            _DENOMS,
            *_CLASSES,
        ),
    ),
    Items("analysis_list/analysis", "analyses", _ANALYSIS),
    Made(_status),
)


# --- participant flow ---

_PARTICIPANTS = (
    One("@group_id", "groupId", line),
    One("@count", "numSubjects", line),
    One("", "comment", prose),
)
_FLOW: tuple[ElementRule, ...] = (
    One("recruitment_details", "recruitmentDetails", prose),
    One("pre_assignment_details", "preAssignmentDetails", prose),
    _GROUPS,
    Items(
        "period_list/period",
        "periods",
        (
            One("title", "title", line),
            Items(
                "milestone_list/milestone",
                "milestones",
                (One("title", "type", line), Items("participants_list/participants", "achievements", _PARTICIPANTS)),
            ),
            Items(
                "drop_withdraw_reason_list/drop_withdraw_reason",
                "dropWithdraws",
                (One("title", "type", line), Items("participants_list/participants", "reasons", _PARTICIPANTS)),
            ),
        ),
    ),
)


# --- adverse events ---

_COUNTS = (
    One("@group_id", "groupId", line),
    One("@events", "numEvents", count),
    One("@subjects_affected", "numAffected", count),
    One("@subjects_at_risk", "numAtRisk", count),
)


def _events(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """The events of both kinds; the totals of each kind, which are printed as an event, belong to the groups."""
    for tag, key, prefix in (("serious_events", "seriousEvents", "serious"), ("other_events", "otherEvents", "other")):
        section = element.find(tag)
        if section is None:
            continue
        events: list[dict[str, Any]] = []
        for category in section.iterfind("category_list/category"):
            title = category.find("title")
            organ = fold(record.take(title)) if title is not None else ""
            for event in category.iterfind("event_list/event"):
                if organ.lower() == _TOTAL and _add_total(record, event, made, prefix, pointer):
                    continue
                events.append(_event(record, section, event, organ, f"{pointer}/{key}/{len(events)}"))
        made[key] = events


def _add_total(record: XmlRecord, event: Element, made: dict[str, Any], prefix: str, pointer: str) -> bool:
    """Move an event that is a total to the groups; False for other events."""
    named = event.find("sub_title")
    if named is None or not fold(text_of(named)).lower().startswith(f"{_TOTAL},"):
        return False
    record.take(named)
    groups = {group.get("id"): group for group in made.get("eventGroups", ())}
    for counts in event.iterfind("counts"):
        if (group := groups.get(counts.get("group_id"))) is None:
            continue
        stats = record.build(counts, _COUNTS, f"{pointer}/eventGroups")
        group[f"{prefix}NumAffected"] = stats.get("numAffected")
        group[f"{prefix}NumAtRisk"] = stats.get("numAtRisk")
    return True


def _event(record: XmlRecord, section: Element, event: Element, organ: str, pointer: str) -> dict[str, Any]:
    rows = (
        One("sub_title", "term", line),
        One("sub_title@vocab", "sourceVocabulary", line),
        One("assessment", "assessmentType", code("assessment_type")),
        One("description", "notes", prose),
        Items("counts", "stats", _COUNTS),
    )
    defaults = (
        One("default_vocab", "sourceVocabulary", line),
        One("default_assessment", "assessmentType", code("assessment_type")),
    )
    made = record.build(event, rows, pointer)
    return {**record.build(section, defaults, pointer), **made, "organSystem": organ}


_EVENTS: tuple[ElementRule, ...] = (
    One("other_events/frequency_threshold", "frequencyThreshold", line),
    _expect("serious_events/frequency_threshold", frozenset({"0"})),
    One("time_frame", "timeFrame", line),
    One("desc", "description", prose),
    Items("group_list/group", "eventGroups", _GROUP),
    Made(_events),
)


# --- more ---


def _is_employee(found: XmlText) -> bool | None:
    """`All Principal Investigators ARE employed by the organization sponsoring the study.`"""
    text = fold(found.text)
    if " ARE employed by " in text:
        return True
    if " NOT employed by " in text:
        return False
    found.fields.leave("unknown-value", f"{text!r} does not say who employs the investigators", text, found.place)
    return None


def _agreement(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    """An agreement in the registry's own sentences, or in others, which are kept."""
    one = element.find("restrictive_agreement")
    if one is None or not (text := record.take(one).strip()):
        return
    sentence = fold(text)
    made["restrictiveAgreement"] = not sentence.startswith("There is NOT an agreement")
    if not made["restrictiveAgreement"] or sentence.startswith("There IS an agreement"):
        return
    if not sentence.startswith("The only disclosure restriction on the PI is"):
        made["restrictionType"] = "OTHER"
        made["otherDetails"] = sentence
    elif "less than or equal to 60 days" in sentence:
        made["restrictionType"] = "LTE60"
    else:
        made["restrictionType"] = "GT60"


RESULTS: tuple[ElementRule, ...] = (
    Inner("participant_flow", "participantFlowModule", _FLOW),
    Inner(
        "baseline",
        "baselineCharacteristicsModule",
        (
            One("population", "populationDescription", prose),
            _GROUPS,
            _DENOMS,
            Items(
                "measure_list/measure",
                "measures",
                (
                    One("title", "title", line),
                    One("description", "description", prose),
                    One("population", "populationDescription", prose),
                    One("units", "unitOfMeasure", line),
                    One("param", "paramType", code("param_type")),
                    One("dispersion", "dispersionType", code("dispersion_type")),
                    One("units_analyzed", "denomUnitsSelected", line),
                    _DENOMS,
                    *_CLASSES,
                ),
            ),
        ),
    ),
    Inner("", "outcomeMeasuresModule", (Items("outcome_list/outcome", "outcomeMeasures", _OUTCOME),)),
    Inner("reported_events", "adverseEventsModule", _EVENTS),
    Inner(
        "",
        "moreInfoModule",
        (
            One("limitations_and_caveats", "limitationsAndCaveats/description", prose),
            Inner(
                "certain_agreements",
                "certainAgreement",
                (One("pi_employee", "piSponsorEmployee", _is_employee), Made(_agreement)),
            ),
            Inner(
                "point_of_contact",
                "pointOfContact",
                (
                    One("name_or_title", "title", line),
                    One("organization", "organization", line),
                    One("phone", "phone", line),
                    One("phone_ext", "phoneExt", line),
                    One("email", "email", line),
                ),
            ),
        ),
    ),
)
"""resultsSection, of what `clinical_results` holds."""
