"""Sites of a page in other words, by the lines that say where they are.

Duke University                             a facility, above its place
Durham, North Carolina, United States, 27710

Southport, Queensland, Australia, 4215      or below it
    QML Pathology
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parser.forms.pages.checks import may_hold
from parser.forms.pages.entries import entries
from parser.forms.pages.model import Record
from parser.lines import Line
from parser.source import Span, trimmed
from parser.values.codes import read_code
from parser.values.country import country_code

_PART = re.compile(r"[^,]*")
_POSTCODE = re.compile(r"(?=[\w /-]*\d)[A-Z0-9][\w /-]{1,14}\Z", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:contact|principal investigator|sub-?investigator|phone|tel|e-?mail)\b|\S+@\S+|[+(]?\d[\d ().-]{6,}\Z",
    re.IGNORECASE,
)
_STATUS_AFTER = re.compile(
    r"\s+(recruiting|not yet recruiting|completed|terminated|withdrawn|suspended|active, not recruiting"
    r"|enrolling by invitation|no longer recruiting)\Z",
    re.IGNORECASE,
)
# What a facility is called: without a city or a country beside it, only such a name tells that it is one.
_FACILITY = re.compile(
    r"hospital|h[oô]pit|ospedal|klini|clinic|universit|centr|center|institut|medic|health|research|school|college|trust"
    r"|foundation|laborator|pharm|practice|physicians|associates|oncolog|investigat|\bsite\b|\binc\b|\bllc\b|\bltd\b"
    r"|group|network|department|division|gmbh|sanat|cancer|va\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_MOST_PARTS = 6
_LONGEST_PLACE = 140


class Place(NamedTuple):
    """The parts of a line such as `Durham, North Carolina, United States, 27710`."""

    city: Span | None
    state: Span | None
    country: Span
    zip: Span | None


def find_place(text: str, span: Span) -> Place | None:
    """The place that a line is: it ends in a country, perhaps with a postal code before or after it."""
    if span.end - span.start > _LONGEST_PLACE or "," not in text[span.start : span.end]:
        return None
    parts = [
        trimmed(text, *match.span())
        for match in _PART.finditer(text, *span)
        if match.end() > match.start() or text[match.start() - 1] == ","
    ]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    code = next(
        (
            part
            for part in (parts[-1], *parts[1:-1])
            if _POSTCODE.match(text, *part) and not country_code(text[part.start : part.end])
        ),
        None,
    )
    rest = [part for part in parts if part != code]
    if len(rest) < 2 or country_code(text[rest[-1].start : rest[-1].end]) is None:
        return None
    # `Korea, Republic of` is one country.
    two = Span(rest[-2].start, rest[-1].end)
    if (
        len(rest) > 2
        and country_code(text[two.start : two.end])
        and not country_code(text[rest[-2].start : rest[-2].end])
    ):
        rest = [*rest[:-2], two]
    city, between = rest[0], [part for part in rest[1:-1] if part.start < part.end]
    if len(between) > 1:
        return None
    return Place(city if city.start < city.end else None, between[0] if between else None, rest[-1], code)


def read_sites(text: str, lines: Sequence[Line]) -> tuple[list[Record], list[Span]]:
    """The sites of a list, and the lines that belong to none."""
    spans = [
        (entries(text, line.span) or [line.span])[0] if text.count(";", *line.span) == 0 else line.span
        for line in lines
    ]
    spans, signs = (
        [span for span in spans if _LETTER.search(text, *span)],
        [span for span in spans if not _LETTER.search(text, *span)],
    )
    places = [find_place(text, span) for span in spans]
    first = next((at for at, place in enumerate(places) if place), None)
    if first is None:
        return [], spans
    regions = {
        text[part.start : part.end].casefold()
        for place in places
        if place
        for part in (place.state, place.country)
        if part
    }
    facilities = [
        may_be_facility(text, span) and text[span.start : span.end].casefold() not in regions for span in spans
    ]
    below = not any(facilities[:first])
    records: list[Record] = []
    left: list[Span] = []
    taken: set[int] = set()
    for at, place in enumerate(places):
        if place is None:
            continue
        beside = at + 1 if below else at - 1
        record = Record([], {"country": place.country})
        for name, part in (("city", place.city), ("state", place.state), ("zip", place.zip)):
            if part:
                record.fields[name] = part
        if 0 <= beside < len(spans) and places[beside] is None and beside not in taken and facilities[beside]:
            facility = spans[beside]
            if status := _STATUS_AFTER.search(text, *facility):
                record.fields["site_status"] = Span(*status.span(1))
                facility = Span(facility.start, status.start())
            record.fields["facility"] = facility
            taken.add(beside)
        records.append(record)
        taken.add(at)
        after = at + 1 if not below else at + 2
        if (
            after < len(spans)
            and "site_status" not in record.fields
            and read_code("site_status", text[spans[after].start : spans[after].end])
        ):
            record.fields["site_status"] = spans[after]
            taken.add(after)
    left = [span for at, span in enumerate(spans) if at not in taken]
    return records, [*left, *signs]


def is_named_as_one(text: str, span: Span) -> bool:
    """Whether a facility's name alone says that it is one: `Mercy Hospital`, and not `Details`."""
    return _FACILITY.search(text, *span) is not None


def may_be_facility(text: str, span: Span) -> bool:
    """Whether a line may name a site: no status, no person, no country or state above its sites."""
    said = text[span.start : span.end]
    if not any(map(str.isalpha, said)) or read_code("site_status", said) or _PERSON.match(said):
        return False
    head, comma, _ = said.partition(",")
    if country_code(said) or (comma and country_code(head)):
        return False
    return may_hold("facility", said)
