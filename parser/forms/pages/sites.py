"""Sites of a page in other words, by the lines that say where they are.

Duke University                             a facility, above its place
Durham, North Carolina, United States, 27710

Southport, Queensland, Australia, 4215      or below it
    QML Pathology

Mayo Clinic, Rochester, Minnesota, United States, 55905     or in its line
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parser.forms.pages.checks import may_hold
from parser.forms.pages.entries import first_entry
from parser.forms.pages.model import Record
from parser.lines import Line
from parser.source import Span, trimmed
from parser.values.codes import read_code
from parser.values.country import country_code, is_state
from parser.values.site_line import ORGANISATION

_PART = re.compile(r"[^,]*")
_POSTCODE = re.compile(r"(?=[\w ./-]*\d)[A-Z0-9][\w ./-]{0,14}\Z", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:contact|principal investigator|sub-?investigator|phone|tel|e-?mail)\b|\S+@\S+|[+(]?\d[\d ().-]{6,}\Z",
    re.IGNORECASE,
)
_STATUS_AFTER = re.compile(
    r"(?<![\s(–—-])[\s(–—-]{1,20}(recruiting|not yet recruiting|completed|terminated|withdrawn|suspended"
    r"|active, not recruiting|enrolling by invitation|no longer recruiting|not yet accepting patients"
    r"|(?:in progress, not )?accepting new patients)\)?\Z",
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
_MOST_BEFORE_COUNTRY = 3
_CITY_AND_STATE = 2
_LONGEST_PLACE = 140


# Where a state is always printed, a city may be called as organisations are: `College Station, Texas`.
_STATE_COUNTRIES = frozenset({"US", "CA", "AU"})


class Place(NamedTuple):
    """The parts of a line such as `Durham, North Carolina, United States, 27710`."""

    city: Span | None
    state: Span | None
    country: Span
    zip: Span | None
    facility: Span | None = None


class _Parts(NamedTuple):
    """What is between the commas of a line that ends in a country: the country apart, and the postal code."""

    front: list[Span]
    country: Span
    zip: Span | None

    def has_state(self, text: str) -> bool:
        """Whether a state stands before one of the countries that always print it."""
        code = country_code(text[slice(*self.country)]) or ""
        return code in _STATE_COUNTRIES and is_state(code, text[slice(*self.front[-1])])


def find_place(text: str, span: Span) -> Place | None:
    """The place that a line is: it ends in a country, perhaps with a postal code before or after it."""
    parts = _parts(text, span)
    if parts is None or len(parts.front) > _MOST_BEFORE_COUNTRY:
        return None
    city, *between = parts.front
    above = country_code(text[slice(*city)])
    if above and above != country_code(text[slice(*parts.country)]) and is_state(above, text[slice(*parts.country)]):
        # `United States, Georgia` is over the sites there.
        return None
    if between and _is_organisation(text, city) and not parts.has_state(text):
        # A facility with its city.
        return None
    between = [part for part in between if part.start < part.end]
    if len(between) > 1:
        return None
    return Place(city if city.start < city.end else None, between[0] if between else None, parts.country, parts.zip)


def find_site(text: str, span: Span) -> Place | None:
    """The facility with its place that a line is, if it is sure which part is which."""
    parts = _parts(text, span)
    if parts is None:
        return None
    front = [part for part in parts.front if part.start < part.end]
    organisations = [at for at, part in enumerate(front) if _is_organisation(text, part)]
    if not organisations:
        return None
    known = len(front) > 1 and parts.has_state(text)
    last = len(front) - _CITY_AND_STATE - 1 if known else organisations[-1]
    after = front[last + 1 :]
    if last < 0 or not after or len(after) > (_CITY_AND_STATE if known else 1):
        return None
    facility = Span(front[0].start, front[last].end)
    return Place(after[0], after[1] if known else None, parts.country, parts.zip, facility)


def _is_organisation(text: str, part: Span) -> bool:
    return ORGANISATION.search(text, *part) is not None


def _parts(text: str, span: Span) -> _Parts | None:
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
    if len(rest) > 2:
        # `Korea, Republic of` is one country.
        two = Span(rest[-2].start, rest[-1].end)
        apart = [country_code(text[slice(*part)]) for part in rest[-2:]]
        if country_code(text[slice(*two)]) and not all(apart):
            rest = [*rest[:-2], two]
    if len(rest) < 2 or country_code(text[slice(*rest[-1])]) is None:
        return None
    return _Parts(rest[:-1], rest[-1], code)


def read_sites(text: str, lines: Sequence[Line]) -> tuple[list[Record], list[Span]]:
    """The sites of a list, and the lines that belong to none."""
    spans = [first_entry(text, line.span) if text.count(";", *line.span) == 0 else line.span for line in lines]
    spans, signs = (
        [span for span in spans if _LETTER.search(text, *span)],
        [span for span in spans if not _LETTER.search(text, *span)],
    )
    places = [find_place(text, span) for span in spans]
    if not any(places):
        return _read_whole_sites(text, spans, signs)
    first = next(at for at, place in enumerate(places) if place)
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
        record = _record(place)
        if 0 <= beside < len(spans) and places[beside] is None and beside not in taken and facilities[beside]:
            facility = spans[beside]
            record.fields["facility"], status = _without_status(text, facility)
            if status:
                record.fields["site_status"] = status
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


def _read_whole_sites(text: str, spans: Sequence[Span], signs: Sequence[Span]) -> tuple[list[Record], list[Span]]:
    """The sites of a list of which each is one line, and the lines that belong to none."""
    records: list[Record] = []
    left: list[Span] = []
    for span in spans:
        said, status = _without_status(text, span)
        if site := find_site(text, said):
            records.append(_record(site))
            if status:
                records[-1].fields["site_status"] = status
        elif records and "site_status" not in records[-1].fields and read_code("site_status", text[slice(*span)]):
            records[-1].fields["site_status"] = span
        else:
            left.append(span)
    return records, [*left, *signs]


def _record(place: Place) -> Record:
    parts = place._asdict().items()
    return Record([], {name: part for name, part in parts if part})


def _without_status(text: str, span: Span) -> tuple[Span, Span | None]:
    """A line without the status at its end, and the status."""
    status = _STATUS_AFTER.search(text, *span)
    return (Span(span.start, status.start()), Span(*status.span(1))) if status else (span, None)


def facility(text: str, span: Span) -> Record:
    """A site of which a line says no more than the name, and perhaps the status."""
    name, status = _without_status(text, span)
    return Record([], {"facility": name, "site_status": status} if status else {"facility": name})


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
