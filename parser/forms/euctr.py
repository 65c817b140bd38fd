"""The downloads of the EU Clinical Trials Register: full details, a record for each country, and the summary.

EudraCT Number: 2022-000001-11              full details: rows of EudraCT's form, with codes from section A on
Trial Status: Completed
A. Protocol Information
A.1 Member State Concerned: Spain - AEMPS

EudraCT Number:          2022-000001-11     summary: columns of fixed width, a record for all countries
Trial protocol:          GB(Completed) DE(Completed)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

from parser.forms import modules
from parser.forms.eudract import NOTHING, FormRow, find_rows, items, products, read_answers, titles_of
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import ExportFields, FieldLocation, put, without_empty
from parser.forms.json_objects import too_large
from parser.forms.line_ends import with_line_ends
from parser.forms.streams import Stream, utf8_chunks
from parser.forms.unread import leave_unread
from parser.problems import NotARecordError
from parser.registries import eu_ctr
from parser.source import Source, Span, fold, read_source
from parser.values.country import country_code, country_name
from parser.values.text import read_prose

TEXT, SUMMARY = "euctr-text", "euctr-summary"

# Capitals part the first label of a record from row A.2.
_RECORD = re.compile(rb"(?:Summary\s*)?EudraCT Number:")
_LONGEST_START = 200
_BEFORE = re.compile(
    rb"\s*(?:This file contains [^<|]{1,400}?\s*)?(?:Summary\s*)?EudraCT Number:\s*\d{4}-\d{6}-\d\d\s*"
    rb"(?P<second>Sponsor's Protocol Code Number:|National Competent Authority:|Sponsor Protocol Number:)"
)


_LINES = {
    "official_title": f"{modules.IDENTIFICATION}/officialTitle",
    "brief_title": f"{modules.IDENTIFICATION}/briefTitle",
    "org_study_id": f"{modules.IDENTIFICATION}/orgStudyIdInfo/id",
}
_PROSE = {
    "brief_summary": f"{modules.DESCRIPTION}/briefSummary",
    "detailed_description": f"{modules.DESCRIPTION}/detailedDescription",
}
_STATED = {
    "study_type": f"{modules.DESIGN}/studyType",
    "phases": f"{modules.DESIGN}/phases",
    "std_ages": f"{modules.ELIGIBILITY}/stdAges",
    "sex": f"{modules.ELIGIBILITY}/sex",
    "allocation": f"{modules.DESIGN}/designInfo/allocation",
    "intervention_model": f"{modules.DESIGN}/designInfo/interventionModel",
    "masking": f"{modules.DESIGN}/designInfo/maskingInfo/masking",
}
_LISTS = frozenset({"phases", "std_ages"})


def _second_label(head: bytes) -> bytes | None:
    match = _BEFORE.match(head)
    return match["second"] if match else None


def _split(stream: Stream, limit: int, form: str) -> Iterator[Payload | Refused]:
    """The records of a download, from one `EudraCT Number:` to the next."""
    held, number, dropped, searched, is_begun = b"", 0, 0, 0, False
    for chunk in chain(utf8_chunks(stream), [b""]):
        held += chunk
        # The end of what is held may be a part of a label, but for the end of all.
        end = max(searched, len(held) - _LONGEST_START) if chunk else len(held)
        starts = [match.start() for match in _RECORD.finditer(held, searched, end)]
        for start, following in pairwise([*([0] if is_begun else []), *starts, *([] if chunk else [len(held)])]):
            number += 1
            yield _payload(held[start:following], number, dropped, limit, form)
            dropped = 0
        if starts:
            held, is_begun = held[starts[-1] :], True
        elif len(held) > (limit if is_begun else 0) + 2 * _LONGEST_START:
            # Text before the first record, or of a record that is too large.
            dropped += len(held) - 2 * _LONGEST_START if is_begun else 0
            held = held[-2 * _LONGEST_START :]
        label = _RECORD.match(held) if is_begun and not dropped else None
        searched = max(label.end() if label else 0, len(held) - 2 * _LONGEST_START)


def _payload(content: bytes, number: int, dropped: int, limit: int, form: str) -> Payload | Refused:
    if len(content) + dropped > limit:
        return Refused(number, too_large(len(content) + dropped, limit))
    return Payload(form, number, content)


# --- full details ---


class _Record:
    """A record of the full details that is being read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.fields = ExportFields()
        self.study: dict[str, Any] = {"protocolSection": {}}
        self.answers = read_answers(source.text)

    def text(self, span: Span) -> str:
        return self.source.slice(span)

    def line(self, span: Span) -> str:
        return fold(self.source.slice(span))

    def place(self, row: str, pointer: str | None = None) -> FieldLocation:
        return FieldLocation(lambda: row, f"/{pointer}" if pointer else None)

    def put(self, pointer: str, value: Any) -> None:
        put(self.study, pointer, value)


def _read_text(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    record = _Record(source)
    answers, fields = record.answers, record.fields
    printed = record.line(answers.fields["registry_id"]) if "registry_id" in answers.fields else ""
    registry_id = fields.registry_id(eu_ctr.REGISTRY, printed, record.place("A.2 EudraCT number")) if printed else None
    if registry_id is None and not answers.criteria:
        raise NotARecordError("the record has no EudraCT number in row A.2, and no criteria")
    for name, pointer in _LINES.items():
        if name in answers.fields:
            record.put(pointer, record.line(answers.fields[name]))
    for name, pointer in _PROSE.items():
        if name in answers.fields:
            record.put(pointer, read_prose(source, answers.fields[name]).value)
    for name, pointer in _STATED.items():
        if codes := [one.value for one in answers.stated.get(name, ())]:
            record.put(pointer, codes if name in _LISTS else codes[0])
    _status(record)
    _answers_of_one(record)
    _people(record)
    _outcomes(record)
    record.put(f"{modules.ELIGIBILITY}/eligibilityCriteria", _criteria(record))
    _leave_rest(record)
    leave_unread(fields, (record.study, registry_id), _texts(record), _WORDS)
    state = record.line(answers.country) if answers.country else None
    return Export(
        source,
        {"protocolSection": {}, **without_empty(record.study)},
        eu_ctr.REGISTRY.name,
        registry_id,
        member_state=country_code(state) if state else None,
        problems=fields.problems,
        unparsed=fields.unparsed,
    )


def _status(record: _Record) -> None:
    span = record.answers.fields.get("overall_status")
    if span:
        pointer = f"{modules.STATUS}/overallStatus"
        record.put(pointer, read_status(record.fields, record.line(span), record.place("Trial Status", pointer)))


def read_status(fields: ExportFields, text: str, place: FieldLocation) -> str | None:
    """The status of a trial. What API v2 has no word for, such as `Ongoing`, is left."""
    own = eu_ctr.REGISTRY.codes["overall_status"].get(text.lower())
    if own is None:
        fields.leave("unknown-value", f"{text!r} is not a code of overall status", text, place)
    return own


def _answers_of_one(record: _Record) -> None:
    """Dates, counts and answers of Yes and No."""
    fields, answers = record.fields, record.answers.fields
    if "first_posted" in answers:
        pointer = f"{modules.STATUS}/studyFirstPostDateStruct/date"
        place = record.place("Date on which this record was first entered in the EudraCT database", pointer)
        record.put(pointer, fields.date(record.line(answers["first_posted"]), place))
    if "completion_date" in answers:
        pointer = f"{modules.STATUS}/completionDateStruct/date"
        place = record.place("P. Date of the global end of the trial", pointer)
        record.put(pointer, fields.date(record.line(answers["completion_date"]), place))
    if "enrollment" in answers:
        pointer = f"{modules.DESIGN}/enrollmentInfo/count"
        record.put(pointer, fields.count(record.line(answers["enrollment"]), record.place("F.4.2.2", pointer)))
    for name, code, pointer in (
        ("has_dmc", "E.8.7", "protocolSection/oversightModule/oversightHasDmc"),
        ("healthy_volunteers", "F.3.1", f"{modules.ELIGIBILITY}/healthyVolunteers"),
    ):
        if name in answers:
            record.put(pointer, fields.yes_or_no(record.line(answers[name]), record.place(code, pointer)))


def _people(record: _Record) -> None:
    """Sponsors, contacts, the ids of other registers, conditions and the country."""
    answers = record.answers
    sponsors = [{"name": record.line(span)} for span in answers.sponsors]
    if sponsors:
        record.put(f"{modules.SPONSORS}/leadSponsor", sponsors[0])
        others = [one for one in sponsors[1:] if one != sponsors[0]]
        record.put(f"{modules.SPONSORS}/collaborators", _distinct(others))
    record.put(
        f"{modules.IDENTIFICATION}/secondaryIdInfos",
        [{"id": record.line(span), "type": "REGISTRY", "domain": name} for span, name in answers.ids],
    )
    contacts = [{key: record.line(span) for key, span in contact.items()} for contact in answers.contacts]
    record.put(f"{modules.CONTACTS}/centralContacts", _distinct(contacts))
    interventions = [{"name": record.line(span)} for span in products(record.source.text, answers)]
    record.put(f"{modules.ARMS_INTERVENTIONS}/interventions", interventions)
    record.put(f"{modules.CONDITIONS}/conditions", [record.line(span) for span in answers.conditions])
    if answers.country:
        record.put(f"{modules.CONTACTS}/locations", [{"country": record.line(answers.country)}])


def _distinct(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Objects in their order, without repetitions; they are dicts, which no set can hold."""
    return [one for at, one in enumerate(made) if one not in made[:at]]


def _outcomes(record: _Record) -> None:
    for name, (measures, time) in record.answers.outcomes.items():
        key = {"primary_outcomes": "primaryOutcomes"}.get(name, "secondaryOutcomes")
        made = [{"measure": record.line(one), "timeFrame": record.line(time) if time else None} for one in measures]
        record.put(f"{modules.OUTCOMES}/{key}", made)


def _criteria(record: _Record) -> str | None:
    """Rows E.3 and E.4 as one text under headings."""
    sides = []
    for code, name in (("E.3", "Inclusion"), ("E.4", "Exclusion")):
        row = record.answers.criteria.get(code)
        if row and record.text(row.value).strip():
            sides.append(f"{name} Criteria:\n\n{with_line_ends(read_prose(record.source, row.value).value)}")
    return "\n\n".join(sides) or None


def _leave_rest(record: _Record) -> None:
    for row, title in zip(record.answers.rest, titles_of(record.answers.rest), strict=True):
        record.fields.leave(*why_left(row, title), record.text(row.value).strip(), record.place(title))


_WORDS = f"EEA CTA {' '.join(eu_ctr.REGISTRY.codes['overall_status'])} {'. '.join(NOTHING)}"
"""What rows say that the document has in API v2's words, or that says nothing."""


def _texts(record: _Record) -> Iterator[tuple[str, FieldLocation]]:
    """The values of all rows, and what is after a heading and before the next row."""
    rows = find_rows(record.source.text)
    for row, end in zip(rows, [*(row.start for row in rows[1:]), len(record.source.text)], strict=True):
        title = f"{row.code} {row.label}".strip()
        span = row.value if row.value.start < row.value.end else Span(row.after, max(row.after, end))
        yield record.text(span).strip(), record.place(title)


def why_left(row: FormRow, title: str) -> tuple[str, str]:
    """The code and the message of a problem for a row that goes to `unparsed`."""
    if row.language:
        return "no-field", f"a translation ({row.language}) of {title}"
    return "no-field", f"API v2 has no field for it: {title}"


# --- the summary ---

_COLUMNS = (
    "EudraCT Number",
    "Sponsor Protocol Number",
    "Sponsor Name",
    "Full Title",
    "Start Date",
    "Medical condition",
    "Disease",
    "Population Age",
    "Gender",
    "Trial protocol",
    "Trial results",
    "Link",
)
# Without its line ends a file has a label right after the value before it, and a sponsor's name is often in capitals.
_COLUMN = re.compile(rf"({'|'.join(_COLUMNS)}):(?=\s|\Z)[ \t]*")
_STATE = re.compile(r"(?P<code>[A-Z]{2})\s*\((?P<status>(?:[^()]|\([^()]*\))*)\)|(?P<outside>Outside EU/EEA)")
_AGE_GROUPS = {
    "CHILD": frozenset(
        {"under 18", "in utero", "preterm newborn infants", "newborns", "infants and toddlers", "children"}
        | {"adolescents"}
    ),
    "ADULT": frozenset({"adults"}),
    "OLDER_ADULT": frozenset({"elderly"}),
}


# Of these, each word is a country, a status or a group of ages, or is left.
_STATED_WHOLE = frozenset({"Population Age", "Trial protocol"})


def _read_summary(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    fields = ExportFields()
    study: dict[str, Any] = {"protocolSection": {}}
    pieces = _COLUMN.split(source.text)
    columns: dict[str, list[str]] = {}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if value.strip():
            columns.setdefault(name, []).append(value.strip())
    first = {name: fold(values[0]) for name, values in columns.items()}

    def place(column: str, pointer: str | None = None) -> FieldLocation:
        return FieldLocation(lambda: column, f"/{pointer}" if pointer else None)

    registry_id = fields.registry_id(eu_ctr.REGISTRY, first.get("EudraCT Number", ""), place("EudraCT Number"))
    if registry_id is None:
        raise NotARecordError("the record has no EudraCT number")
    for column, pointer in (
        ("Full Title", f"{modules.IDENTIFICATION}/briefTitle"),
        ("Full Title", f"{modules.IDENTIFICATION}/officialTitle"),
        ("Sponsor Protocol Number", f"{modules.IDENTIFICATION}/orgStudyIdInfo/id"),
        ("Sponsor Name", f"{modules.SPONSORS}/leadSponsor/name"),
    ):
        if column in first:
            put(study, pointer, first[column])
    if "Medical condition" in columns:
        text = columns["Medical condition"][0]
        found = [fold(text[slice(*span)]) for span in items(text, Span(0, len(text)))]
        put(study, f"{modules.CONDITIONS}/conditions", found)
    if "Start Date" in first:
        pointer = f"{modules.STATUS}/startDateStruct/date"
        put(study, pointer, fields.date(first["Start Date"], place("Start Date", pointer)))
    if "Population Age" in first:
        pointer = f"{modules.ELIGIBILITY}/stdAges"
        put(study, pointer, _ages(fields, first["Population Age"], place("Population Age", pointer)))
    if "Gender" in first:
        pointer = f"{modules.ELIGIBILITY}/sex"
        put(study, pointer, fields.code("sex", first["Gender"].replace(", ", " and "), place("Gender", pointer)))
    if "Trial protocol" in first:
        _states(fields, study, first["Trial protocol"], place)
    for name in ("Disease", "Trial results", "Link"):
        for value in columns.get(name, ()):
            fields.leave("no-field", f"API v2 has no field for it: {name}", fold(value), place(name))
    for name, values in columns.items():
        for value in values[1:] if name != "Disease" else ():
            fields.leave("duplicate-field", f"{name!r} comes again", fold(value), place(name))
    if before := pieces[0].strip():
        fields.leave("unparsed-text", "text before the first label", before, place("EudraCT Number"))
    leave_unread(
        fields,
        (study, registry_id),
        ((value, place(name)) for name, value in first.items() if name not in _STATED_WHOLE),
    )
    return Export(
        source,
        {"protocolSection": {}, **without_empty(study)},
        eu_ctr.REGISTRY.name,
        registry_id,
        problems=fields.problems,
        unparsed=fields.unparsed,
    )


def _ages(fields: ExportFields, text: str, place: FieldLocation) -> list[str]:
    parts = [part.strip().lower() for part in text.split(",")]
    unknown = [part for part in parts if not any(part in names for names in _AGE_GROUPS.values())]
    if unknown:
        fields.leave("unknown-value", f"{', '.join(unknown)!r} are not groups of ages", text, place)
        return []
    return [group for group, names in _AGE_GROUPS.items() if not names.isdisjoint(parts)]


def _states(fields: ExportFields, study: dict[str, Any], text: str, place: Any) -> None:
    """The countries, and the status that all of them have: `GB(Completed) DE(Completed)`."""
    found = [match for match in _STATE.finditer(text)]
    left = fold(_STATE.sub(" ", text))
    pointer = f"{modules.CONTACTS}/locations"
    states = [match for match in found if match["code"] and country_name(match["code"])]
    for match in found:
        if match not in states:
            fields.leave("no-field", f"{match[0]!r} is not a country", match[0], place("Trial protocol", pointer))
    if left:
        fields.leave("unknown-value", f"{left!r} is not a country", left, place("Trial protocol", pointer))
    put(study, pointer, [{"country": country_name(match["code"])} for match in states])
    said = {fold(match["status"]) for match in states}
    pointer = f"{modules.STATUS}/overallStatus"
    if len(said) == 1 and len(states) == len(found):
        put(study, pointer, read_status(fields, said.pop(), place("Trial protocol", pointer)))
    elif said:
        message = "the status differs between the countries"
        fields.leave("unknown-value", message, text, place("Trial protocol", pointer))


TEXT_FORM = ExportForm(
    TEXT,
    "The EU Clinical Trials Register's full details, a record for each country; also without its line ends.",
    lambda head: (_second_label(head) or b"Sponsor Protocol Number:") != b"Sponsor Protocol Number:",
    lambda stream, limit: _split(stream, limit, TEXT),
    _read_text,
)
SUMMARY_FORM = ExportForm(
    SUMMARY,
    "The same register's summary, a record for each trial.",
    lambda head: _second_label(head) == b"Sponsor Protocol Number:",
    lambda stream, limit: _split(stream, limit, SUMMARY),
    _read_summary,
)
