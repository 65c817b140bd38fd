"""Lists of pages in other words that have no labels: an entry a line, or between semicolons.

Drug: Aspirin; Device: Pump             interventions
France, Germany, Spain                  countries
Jane Doe                                a contact, whose phone and address follow
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from parser.forms.pages.checks import may_hold
from parser.forms.pages.model import Arm, ArmIntervention, Record
from parser.source import Span, trimmed
from parser.values.codes import read_code
from parser.values.text import says_nothing

_BULLET = re.compile(r"(?:[*•-]|\d{1,3}[.)])\s+")
SIGN = re.compile(r"[*•·-]\s+(?=\S)")
"""A bullet before a text."""

_ENTRY = re.compile(r"[^;|\r\n]+")
_BETWEEN_COMMAS = re.compile(r"[^,]+")
_TYPED = re.compile(r"(?:\*\*)?([A-Za-z][A-Za-z/ ]{2,24}):(?:\*\*)?\s*(?=\S)")
_COMMA_BEFORE_TYPE = re.compile(r",\s+([A-Z][A-Za-z/ ]{2,24})(?=: \S)")
_LONGEST_NAME = 120
_LONGEST_PERSON = 100
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_CONTACT = re.compile(r"(?:central |study |main )?contact(?: person)?\s?:\s*", re.IGNORECASE)
_NUMBER = r"[+(]{0,2}\d[\d ().-]{5,24}\d"
_GAP = re.compile(rf"\t\s*|\s{{2,}}|[,;]?\s(?=[^\s@]+@[^\s@]+\.\w)|(?<![\d),;])[,;]?\s(?={_NUMBER})")
_NUMBERED = re.compile(rf"{_NUMBER}|\bext\b|\d{{4}}", re.IGNORECASE)
_PHONE = re.compile(r"[+( ]*\d[\d ().+/-]{5,40}(?:ext\.? ?\d+)?")


def without_bars(text: str, span: Span) -> Span:
    """A stretch without the bars and blanks around it."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] == "|"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    return Span(start, end)


def without_bullet(text: str, span: Span) -> Span:
    """A stretch without the bullet before it."""
    bullet = SIGN.match(text, *span)
    return Span(bullet.end(), span.end) if bullet else span


def without_marker(text: str, span: Span) -> Span:
    """A stretch without the bullet or the number before it."""
    marker = _BULLET.match(text, *span)
    return Span(marker.end(), span.end) if marker and marker.end() < span.end else span


def first_entry(text: str, span: Span) -> Span:
    """The first entry of a line, or the line itself if it has none."""
    return (entries(text, span) or [span])[0]


def entries(text: str, span: Span) -> list[Span]:
    """The entries of a line: what is between semicolons or bars, without bullets."""
    found = []
    for match in _ENTRY.finditer(text, *span):
        # GFM, section 4.10: a bar inside a cell has a backslash before it.
        part = trimmed(text, match.start(), match.end() - text.endswith("\\", match.start(), match.end()))
        part = without_marker(text, part)
        if part.start < part.end:
            found.append(part)
    return found


def _countries(text: str, spans: Sequence[Span]) -> tuple[list[Record], list[Span]]:
    """Commas part the countries of a single line, unless there is one comma: `Korea, Republic of`."""
    if len(spans) == 1 and text.count(",", *spans[0]) > 1:
        spans = [trimmed(text, *match.span()) for match in _BETWEEN_COMMAS.finditer(text, *spans[0])]
    return [Record([span]) for span in spans if span.start < span.end], []


def _contacts(text: str, spans: Sequence[Span]) -> tuple[list[Record], list[Span]]:
    """A name, then a phone and an address: `Contact: Jane Doe`, `555-0100`, `jane@example.org`."""
    records: list[Record] = []
    left: list[Span] = []
    for span in [part for one in spans for part in _apart(text, one)]:
        cut = text[span.start : span.end]
        kind = "email" if _EMAIL.fullmatch(cut) else "phone" if _PHONE.fullmatch(cut) else ""
        if kind and records and kind not in records[-1].fields:
            records[-1].fields[kind] = span
        elif kind or not _may_be_person(cut):
            left.append(span)
        else:
            records.append(Record([span]))
    reached = [bool(record.fields) for record in records]
    if any(reached):
        # An entry without phone or address is a site or a heading, and the text after it belongs to another one.
        first = reached.index(True)
        end = next((at for at in range(first, len(records)) if not reached[at]), len(records))
        left += [
            span for record in [*records[:first], *records[end:]] for span in [*record.texts, *record.fields.values()]
        ]
        return records[first:end], left
    # Nobody can be reached: one name may be whom to ask, several lines are an address or another list.
    if len(records) > 1:
        return [], left + [span for record in records for span in record.texts]
    return records, left


def _may_be_person(text: str) -> bool:
    """Whether a text may be a contact: a name or an office, not an answer, label or sentence."""
    if (
        len(text) > _LONGEST_PERSON
        or ": " in text
        or text[0].isdigit()
        or text.endswith((":", "?", "!"))
        or _NUMBERED.search(text)
    ):
        return False
    return may_hold("lead_sponsor", text)


def _apart(text: str, span: Span) -> list[Span]:
    """`Jane Doe, MD    555-0100    jane@example.org` on one line: what tabs and blanks part, without `Contact:`."""
    label = _CONTACT.match(text, *span)
    start = label.end() if label and label.end() < span.end else span.start
    cuts = [match.span() for match in _GAP.finditer(text, start, span.end)]
    starts, ends = [start, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), span.end]
    return [Span(*pair) for pair in zip(starts, ends, strict=True) if pair[0] < pair[1]]


def _each(text: str, spans: Sequence[Span]) -> tuple[list[Record], list[Span]]:
    """An entry is a record: a citation, or an organisation, the first of which is the lead sponsor."""
    return [Record([span]) for span in spans], []


def _interventions(text: str, spans: Sequence[Span]) -> tuple[list[Record], list[Span]]:
    """`Drug: Aspirin`, a type and a name; also several of them between commas."""
    records: list[Record] = []
    left: list[Span] = []
    for span in (part for whole in spans for part in _typed_apart(text, whole)):
        match = _TYPED.match(text, *span)
        if match and read_code("intervention_type", match[1]) is None and _is_said_again(text, match, span):
            records.append(Record([span], {"untyped": span}))
        elif match and read_code("intervention_type", match[1]):
            records.append(Record([Span(match.end(), span.end)], {"intervention_type": Span(*match.span(1))}))
        else:
            left.append(span)
    if not records:
        # Names without types: if one of the lines can be none, where the list ends was misread.
        if not all(_may_be_name(text, span) for span in left):
            return [], left
        return [Record([span], {"untyped": span}) for span in left], []
    return records, left


def _typed_apart(text: str, span: Span) -> Iterator[Span]:
    """The parts of `Drug: Aspirin, Device: Pump`, each with a type."""
    start = span.start
    for comma in _COMMA_BEFORE_TYPE.finditer(text, *span):
        if read_code("intervention_type", comma[1]):
            yield Span(start, comma.start())
            start = comma.start(1)
    yield Span(start, span.end)


def _is_said_again(text: str, match: re.Match[str], span: Span) -> bool:
    """Whether what is before a colon is the name that is explained after it: `Aspirin SC: aspirin under the skin`."""
    return match[1].split()[0].lower() in text[match.end() : span.end].lower().split()


def _may_be_name(text: str, span: Span) -> bool:
    """Whether an entry may be an intervention's name, though nothing says of what type it is."""
    said = text[span.start : span.end]
    return (
        len(said) <= _LONGEST_NAME
        and not says_nothing(said)
        and any(map(str.isalpha, said))
        and not said.endswith((".", ":"))
        and may_hold("interventions", said)
    )


PLAIN: Mapping[str, Callable[[str, Sequence[Span]], tuple[list[Record], list[Span]]]] = {
    "countries": _countries,
    "central_contacts": _contacts,
    "facility_contacts": _contacts,
    "interventions": _interventions,
    "sponsors": _each,
    "references": _each,
}
"""What reads the entries of a list that has no labels; a list without a reader is not understood."""


def arms_of(records: Sequence[Record], text: str) -> list[Arm]:
    """Arm groups of their records: `Interventions: Drug: Aspirin; Device: Pump` names what each receives."""
    return [
        Arm(
            record.fields["name"],
            record.fields.get("description"),
            record.fields.get("arm_type"),
            list(_given(record.fields.get("intervention_names"), text)),
        )
        for record in records
        if "name" in record.fields
    ]


def _given(span: Span | None, text: str) -> Iterator[ArmIntervention]:
    records, _ = _interventions(text, entries(text, span)) if span else ([], [])
    for record in records:
        yield ArmIntervention(record.texts[0], record.fields.get("intervention_type"))
