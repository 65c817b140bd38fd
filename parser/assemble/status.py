"""statusModule: the study's status, and the dates of the study and of its record."""

from __future__ import annotations

from parser.assemble.outcomes import yes_or_no
from parser.assemble.reading import Reading
from parser.model import Text
from parser.protocol import DateStruct, ExpandedAccessInfo, StatusModule
from parser.values.date import is_before, is_last_of_month

# What pages print for a value that is not there; a dash is nothing anywhere.
NOTHING = frozenset({"n/a", "not provided", "not available", "not applicable", "none"})


def status_module(reading: Reading) -> StatusModule:
    start, completion = _date(reading, "start_date"), _date(reading, "completion_date")
    for field, struct in (("start", start), ("completion", completion)):
        if struct and struct.date and struct.date.span and is_last_of_month(struct.date.value or ""):
            message = f"the {field} date is the last day of its month: the registry may hold the month only"
            reading.problems("last-of-month", message, struct.date.span)
    _check_order(reading, start, completion)
    accessible = yes_or_no(reading, "expanded_access")
    return StatusModule(
        status_verified_date=_plain_date(reading, "verified"),
        overall_status=reading.code("overall_status"),
        last_known_status=reading.code("last_known_status"),
        why_stopped=reading.line("why_stopped"),
        expanded_access_info=ExpandedAccessInfo(accessible) if accessible else None,
        start_date_struct=start,
        primary_completion_date_struct=_date(reading, "primary_completion_date"),
        completion_date_struct=completion,
        study_first_submit_date=_plain_date(reading, "first_submitted"),
        study_first_submit_qc_date=_plain_date(reading, "first_submitted_qc"),
        study_first_post_date_struct=_date(reading, "first_posted"),
        results_first_submit_date=_plain_date(reading, "results_submitted"),
        results_first_submit_qc_date=_plain_date(reading, "results_submitted_qc"),
        results_first_post_date_struct=_date(reading, "results_posted"),
        last_update_submit_date=_plain_date(reading, "last_submitted"),
        last_update_post_date_struct=_date(reading, "last_updated"),
    )


def _date(reading: Reading, field: str) -> DateStruct | None:
    """A date, and its type where that stands beside the label or has a label of its own."""
    span = reading.page.fields.get(field)
    if span is None or reading.folded(span).lower() in NOTHING:
        return None
    struct = reading.date_at(span)
    if struct is None or struct.type is not None:
        return struct
    kind = kind_of(reading, field)
    return DateStruct(struct.date, kind) if kind else struct


def kind_of(reading: Reading, field: str) -> Text | None:
    """ACTUAL or ESTIMATED, from a label such as `Study Start (Actual)` or `Enrollment Type`."""
    own, labelled = reading.page.fields.get(f"{field}_kind"), reading.span(f"{field}_type")
    span = own or labelled
    return reading.code_at("date_type", span) if span else None


def _plain_date(reading: Reading, field: str) -> Text | None:
    """A date that has no type in API v2."""
    struct = _date(reading, field)
    return struct.date if struct else None


def _check_order(reading: Reading, start: DateStruct | None, completion: DateStruct | None) -> None:
    first, last = (struct.date if struct else None for struct in (start, completion))
    if first and last and first.value and last.value and last.span and is_before(last.value, first.value):
        message = f"the study is completed ({last.value}) before it starts ({first.value})"
        reading.problems("dates-out-of-order", message, last.span)
