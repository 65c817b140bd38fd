"""statusModule: the study's status, and the dates of the study and of its record."""

from __future__ import annotations

from parser.assemble.outcomes import yes_or_no
from parser.assemble.reading import PageReading, PrintedDate
from parser.model.protocol import DateStruct, ExpandedAccessInfo, StatusModule
from parser.source import ParsedValue
from parser.values.date import is_before, is_last_of_month

# Words that pages print for a missing value; a dash always means none.
NOTHING = frozenset({"n/a", "not provided", "not available", "not applicable", "none", "no limit"})


def status_module(reading: PageReading) -> StatusModule:
    start, completion = _printed(reading, "start_date"), _printed(reading, "completion_date")
    for field, printed in (("start", start), ("completion", completion)):
        if printed and printed.date.span and is_last_of_month(printed.date.value):
            message = f"the {field} date is the last day of its month: the registry may hold only the month"
            reading.problems("last-of-month", message, printed.date.span)
    _check_order(reading, start, completion)
    return reading.make(
        StatusModule,
        status_verified_date=_plain_date(reading, "verified"),
        overall_status=reading.code("overall_status"),
        last_known_status=reading.code("last_known_status"),
        why_stopped=reading.line("why_stopped"),
        expanded_access_info=reading.make(
            ExpandedAccessInfo, has_expanded_access=yes_or_no(reading, "expanded_access")
        ),
        start_date_struct=_struct(reading, start),
        primary_completion_date_struct=_date(reading, "primary_completion_date"),
        completion_date_struct=_struct(reading, completion),
        study_first_submit_date=_plain_date(reading, "first_submitted"),
        study_first_submit_qc_date=_plain_date(reading, "first_submitted_qc"),
        study_first_post_date_struct=_date(reading, "first_posted"),
        results_first_submit_date=_plain_date(reading, "results_submitted"),
        results_first_submit_qc_date=_plain_date(reading, "results_submitted_qc"),
        results_first_post_date_struct=_date(reading, "results_posted"),
        last_update_submit_date=_plain_date(reading, "last_submitted"),
        last_update_post_date_struct=_date(reading, "last_updated"),
    )


def _printed(reading: PageReading, field: str) -> PrintedDate | None:
    """A date, and its type if that is next to the label or has its own label."""
    span = reading.page.fields.get(field)
    if span is None or reading.folded(span).lower() in NOTHING:
        return None
    printed = reading.date_at(span)
    if printed is None or printed.type is not None:
        return printed
    return printed._replace(type=kind_of(reading, field))


def _struct(reading: PageReading, printed: PrintedDate | None) -> DateStruct | None:
    return reading.make(DateStruct, **printed._asdict()) if printed else None


def _date(reading: PageReading, field: str) -> DateStruct | None:
    return _struct(reading, _printed(reading, field))


def _plain_date(reading: PageReading, field: str) -> ParsedValue[str] | None:
    """A date that has no type in API v2."""
    printed = _printed(reading, field)
    return printed.date if printed else None


def kind_of(reading: PageReading, field: str) -> ParsedValue[str] | None:
    """ACTUAL or ESTIMATED, from a label such as `Study Start (Actual)` or `Enrollment Type`."""
    if stated := reading.stated(f"{field}_type"):
        return stated[0]
    own, labelled = reading.page.fields.get(f"{field}_kind"), reading.span(f"{field}_type")
    span = own or labelled
    return reading.code_at("date_type", span) if span else None


def _check_order(reading: PageReading, start: PrintedDate | None, completion: PrintedDate | None) -> None:
    if start and completion and completion.date.span and is_before(completion.date.value, start.date.value):
        message = f"the completion date ({completion.date.value}) is before the start date ({start.date.value})"
        reading.problems("dates-out-of-order", message, completion.date.span)
