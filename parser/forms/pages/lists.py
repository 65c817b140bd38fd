"""Lists of records on pages in other words, whose values have labels of their own, or none.

Name: Jane Doe, MD                      a person, under labels
Affiliation: University of Somewhere
Role: PRINCIPAL_INVESTIGATOR

Principal Investigator: Jane Doe, MD, University of Somewhere

| Measure | Time Frame |                a table: a record a row
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from parser.forms.pages.entries import entries, without_bars, without_bullet
from parser.forms.pages.marks import Mark
from parser.forms.pages.model import READ, Piece, Record
from parser.forms.pages.sites import facility
from parser.forms.pages.tables import cells
from parser.forms.pages.vocabulary import BOUND, key
from parser.lines import Line
from parser.source import Span, trimmed

# What names a record of each list; what may have several paragraphs.
_LEADS: Mapping[str, str] = {
    "officials": "name",
    "documents": "label",
    "interventions": "name",
    "groups": "name",
    "sponsors": "lead_sponsor",
    "responsible_party": "investigator_name",
    "locations": "facility",
    "central_contacts": "name",
    "facility_contacts": "name",
    "references": "citation",
    "primary_outcomes": "measure",
    "secondary_outcomes": "measure",
    "other_outcomes": "measure",
}
_LONG = frozenset({"description", "citation", "measure", "time_frame", "other_names", "intervention_names"})

# The fields that are as paragraphs in a record of the labelled page, in their order.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "interventions": ("name", "description"),
    "locations": ("facility",),
    "central_contacts": ("name",),
    "facility_contacts": ("name",),
    "references": ("citation",),
}

_ROLE = re.compile(
    r"(?:study )?(?:principal[ _]investigator|study[ _]chair|study[ _]director|sub[ _-]?investigator)s?", re.IGNORECASE
)
_CELL = re.compile(r"[^|]+")
_DEGREE = re.compile(r"[A-Z][A-Za-z.]{0,6}\.?|(?:Dr|Prof)\b.*|[A-Z]\.? ?[A-Z][A-Za-z]{0,4}\.?")


Draft = dict[str, Span]
"""A record in the making: its values by their fields."""


class Found(NamedTuple):
    """The content of a list: its records, its pieces, and the text in no record."""

    records: list[Record]
    pieces: list[Piece]
    left: list[Span]


class Item(Struct):
    """A paragraph of a list, or a label and its value."""

    span: Span
    field: str = ""
    value: Span | None = None


def items_of(
    name: str, inline: Span | None, lines: Sequence[Line], bound: Sequence[Mark]
) -> tuple[list[Item], list[Piece]]:
    """The paragraphs and labels of a list, a label's value with it, and the pieces they are."""
    items = [Item(inline)] if inline else []
    pieces = [Piece(READ, inline, name)] if inline else []
    marks = iter(sorted(bound, key=lambda mark: mark.label.start))
    following = next(marks, None)
    waiting: Item | None = None
    for line in lines:
        if following and line.start <= following.label.start < line.end:
            value = following.value
            if value and line.text.endswith("]") and not line.text[: value.start - line.start].count("]"):
                value = trimmed_end(line, value)
            item = Item(Span(line.start, line.end), following.bound, value)
            pieces.append(Piece("LABEL", line.span, name, following.bound, value))
            items.append(item)
            waiting = item if value is None or following.bound in _LONG else None
            following = next(marks, None)
            continue
        pieces.append(Piece(READ, line.span, name))
        if waiting is not None and (waiting.value is None or waiting.field in _LONG):
            waiting.value = line.span if waiting.value is None else Span(waiting.value.start, line.end)
            if waiting.field not in _LONG:
                waiting = None
            continue
        items.append(Item(line.span))
    if following and not lines:
        items.append(Item(following.label, following.bound, following.value))
    return items, pieces


def trimmed_end(line: Line, value: Span) -> Span:
    """A value without the bracket that closes it: `[Time Frame: 12 weeks ]`."""
    inner = line.text[value.start - line.start : value.end - line.start].rstrip("] ")
    return Span(value.start, value.start + len(inner)) if inner else value


def read_records(text: str, name: str, inline: Span | None, lines: list[Line], bound: Sequence[Mark]) -> Found:
    """The records of a list by their labels; those of people and documents by their form as well."""
    head = table_head(name, lines)
    if head is not None:
        return _table(name, lines, head)
    if not bound:
        drafts, left = (_people if name == "officials" else _documents)(text, inline, lines)
        spans = [inline] if inline else []
        pieces = [Piece(READ, span, name) for span in (*spans, *(line.span for line in lines))]
        return Found([record_of(name, draft) for draft in drafts], pieces, left)
    items, pieces = items_of(name, inline, lines, bound)
    drafts, left = _by_labels(name, items)
    if name == "locations":
        drafts = [_with_status(text, draft) for draft in drafts]
    return Found([record_of(name, draft) for draft in drafts], pieces, left)


def _with_status(text: str, draft: Draft) -> Draft:
    """A site whose name has a bullet before it or its status behind it."""
    if "facility" not in draft:
        return draft
    return {**draft, **facility(text, without_bullet(text, draft["facility"])).fields}


def _by_labels(name: str, items: Sequence[Item]) -> tuple[list[Draft], list[Span]]:
    """Records that begin where a field would come again, or at a paragraph where no label says the name."""
    lead = _LEADS.get(name, "name")
    titled = any(item.field == lead for item in items)
    if name == "officials" and not titled:
        return _closed_by_role(items)
    drafts: list[Draft] = []
    left: list[Span] = []
    for item in items:
        if not item.field:
            if titled or (drafts and set(drafts[-1]) == {lead}):
                left.append(item.span)
            else:
                drafts.append({lead: item.span})
        elif item.value is not None:
            if not drafts or item.field in drafts[-1]:
                drafts.append({})
            drafts[-1][item.field] = item.value
    return drafts, left


def _closed_by_role(items: Sequence[Item]) -> tuple[list[Draft], list[Span]]:
    """A name, an affiliation, then the label of the role, as the labelled page prints its people."""
    drafts: list[Draft] = []
    left: list[Span] = []
    draft: Draft = {}
    waiting = iter(("name", "affiliation"))
    for item in items:
        place = item.field or next(waiting, "")
        value = item.value if item.field else item.span
        if not place:
            left.append(item.span)
        elif value is not None:
            draft[place] = value
        if place == "role":
            drafts.append(draft)
            draft, waiting = {}, iter(("name", "affiliation"))
    return ([*drafts, draft] if draft else drafts), left


def table_head(name: str, lines: Sequence[Line]) -> list[str] | None:
    """The fields of a table's columns, if a list is one: `| Measure | Time Frame |` above its rows."""
    if not lines or not lines[0].text.startswith("|"):
        return None
    bound = BOUND.get(name, {})
    columns = [bound.get(key(" ".join(part.text for part in cell)), "") for cell in cells(lines[0])]
    return columns if any(columns) else None


def _table(name: str, lines: Sequence[Line], columns: Sequence[str]) -> Found:
    records: list[Record] = []
    pieces = [Piece("LABEL", lines[0].span, name)]
    left: list[Span] = []
    for line in lines[1:]:
        pieces.append(Piece(READ, line.span, name))
        if not line.text.startswith("|"):
            left.append(line.span)
            continue
        draft: Draft = {}
        for number, cell in enumerate(cells(line)):
            if cell:
                span = Span(cell[0].start, cell[-1].end)
                if number < len(columns) and columns[number]:
                    draft[columns[number]] = span
                else:
                    left.append(span)
        records.append(record_of(name, draft))
    return Found(records, pieces, left)


def record_of(name: str, draft: Draft) -> Record:
    """A record as the labelled page has it: what it prints as paragraphs are texts, the rest fields."""
    fields = dict(draft)
    texts = [fields.pop(one) for one in _TEXTS.get(name, ()) if one in fields]
    if name == "interventions" and "intervention_type" not in fields and texts:
        fields["untyped"] = texts[0]
    return Record(texts, fields)


def _people(text: str, inline: Span | None, lines: Sequence[Line]) -> tuple[list[Draft], list[Span]]:
    """`Principal Investigator: Jane Doe, MD, University`, or a name, an affiliation and a role, a line each.

    The role is above the two or below them; with bars it is in a row with them.
    """
    drafts: list[Draft] = []
    waiting: list[Span] = []
    left: list[Span] = []
    below: Iterator[str] = iter(())
    for span in [*([inline] if inline else []), *(line.span for line in lines)]:
        role = _ROLE.match(text, *span)
        rest = trimmed(text, role.end(), span.end) if role else span
        if role and rest.start < rest.end and text[rest.start] in ":\t-–" and not waiting:
            rest = without_bars(text, Span(rest.start + 1, rest.end))
            drafts.append(
                _person(text, rest, Span(*role.span())) if rest.start < rest.end else {"role": Span(*role.span())}
            )
            below = iter(() if "name" in drafts[-1] else ("name", "affiliation"))
        elif not role and (place := next(below, "")):
            drafts[-1][place] = span
        elif role and rest.start >= rest.end and waiting:
            fields = dict(zip(("name", "affiliation"), waiting, strict=False))
            left += waiting[2:]
            drafts.append({**fields, "role": Span(*role.span())})
            waiting = []
        else:
            waiting.append(span)
    nameless = [draft["role"] for draft in drafts if "name" not in draft]
    return [draft for draft in drafts if "name" in draft], [*left, *waiting, *nameless]


def _person(text: str, span: Span, role: Span) -> Draft:
    """A name with degrees up to the first part between commas that is neither, and what follows as affiliation."""
    cells = [trimmed(text, *match.span()) for match in _CELL.finditer(text, *span)]
    if len(cells) > 1:
        return {"name": cells[0], "affiliation": cells[1], "role": role}
    starts = [match.end() for match in re.finditer(r",\s*|\t\s*", text[span.start : span.end])]
    for start in starts:
        part = re.split(r"[,\t]", text[span.start + start : span.end])[0].strip()
        if not _DEGREE.fullmatch(part):
            before = text[span.start : span.start + start].rstrip(", \t")
            return {
                "name": Span(span.start, span.start + len(before)),
                "affiliation": Span(span.start + start, span.end),
                "role": role,
            }
    return {"name": span, "role": role}


_PDF = re.compile(r"\[\s*PDF\s*\]\s*", re.IGNORECASE)


def _documents(text: str, inline: Span | None, lines: Sequence[Line]) -> tuple[list[Draft], list[Span]]:
    """A document a line: `Study Protocol [PDF] June 1, 2020`."""
    drafts = []
    left: list[Span] = []
    for span in [*([inline] if inline else []), *(line.span for line in lines)]:
        for part in entries(text, span):
            pdf = _PDF.search(text, *part)
            draft = {"label": trimmed(text, part.start, pdf.start()) if pdf and pdf.start() > part.start else part}
            if pdf and pdf.end() < part.end and pdf.start() > part.start:
                draft["date"] = Span(pdf.end(), part.end)
            drafts.append(draft)
    return drafts, left
