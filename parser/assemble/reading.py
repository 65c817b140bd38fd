"""Reads the fields of one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from parser.forms.pages.model import Arm, Page, Record
from parser.problems import Problems
from parser.recorder import Recorder
from parser.registries import Registry, identify
from parser.source import ParsedValue, Source, Span, fold
from parser.values import codes
from parser.values.date import read_date
from parser.values.text import is_nothing, read_line, read_prose

MOST_ENTRIES = 10_000
"""The most entries of a list that are read; a study has at most 2,000 sites and a hundred ids."""

_BLANK_LINES = re.compile(r"\n{3,}")


E = TypeVar("E")


def _stretch(record: Record) -> Span:
    spans = [*record.texts, *record.fields.values()]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)


def _arm_stretch(arm: Arm) -> Span:
    return Span(arm.label.start, max(span.end for span in (arm.label, arm.description, arm.type) if span))


class PrintedDate(NamedTuple):
    """A date, and whether it is ACTUAL or ESTIMATED if that is printed with it."""

    date: ParsedValue[str]
    type: ParsedValue[str] | None


class MainId(NamedTuple):
    """The record's main id, as printed without blanks, its register, and where it is."""

    registry: Registry
    id: str
    span: Span


class PageReading:
    """A page being read: its spans, and its left-over text.

    `loose` are the paragraphs without a label, from which modules take what they understand. `unparsed` is text that
    was not understood, and `accounted` text that was understood but is in no field: it repeats one, or says whether a
    sponsor leads.
    """

    def __init__(self, source: Source, page: Page, problems: Problems, masked: Source | None = None) -> None:
        self.source = source
        self._masked = masked or source
        self.page = page
        self.problems = problems
        self.loose = list(page.loose)
        self.unparsed = list(page.unparsed)
        self.accounted: list[Span] = []
        self.recorder = Recorder()
        self.make = self.recorder.make
        self.registry_id = self._main_id()
        self.records = {name: self._at_most(records, _stretch) for name, records in page.records.items()}
        self.arms = self._at_most(page.arms, _arm_stretch)

    def _main_id(self) -> MainId | None:
        span = self.page.fields.get("registry_id")
        found = identify(self.source.slice(span)) if span else None
        return MainId(found.registry, found.id, span) if found and span else None

    def _at_most(self, entries: list[E], stretch: Callable[[E], Span]) -> list[E]:
        """The entries of a list up to the maximum; the rest is kept as one text."""
        if len(entries) > MOST_ENTRIES:
            rest = [stretch(entry) for entry in entries[MOST_ENTRIES:]]
            span = Span(min(one.start for one in rest), max(one.end for one in rest))
            self.leave("too-long", f"more than {MOST_ENTRIES:,} entries of a list: the rest is not read", span)
        return entries[:MOST_ENTRIES]

    def leave(self, code: str, message: str, span: Span) -> None:
        """Keep a text that is not understood: in `unparsed`, with a problem."""
        self.unparsed.append(span)
        self.problems(code, message, span)

    def folded(self, span: Span | None) -> str:
        """The text of a span on one line; nothing for no span."""
        return fold(self.source.slice(span)) if span else ""

    def span(self, field: str) -> Span | None:
        """The span of a field's value; None if it is absent or a dash."""
        span = self.page.fields.get(field)
        return None if span is None or is_nothing(self.source.slice(span).strip()) else span

    def line(self, field: str) -> ParsedValue[str] | None:
        return self.line_at(self.span(field))

    def line_at(self, span: Span | None) -> ParsedValue[str] | None:
        return read_line(self.source, span) if span else None

    def prose(self, field: str) -> ParsedValue[str] | None:
        return self.prose_at(self.span(field))

    def prose_at(self, span: Span | None) -> ParsedValue[str] | None:
        return read_prose(self.source, span) if span else None

    def criteria(self) -> ParsedValue[str] | None:
        """The eligibility text without its masked parts."""
        span = self.span("eligibility_criteria")
        parsed = read_prose(self._masked, span) if span else None
        if parsed is None or self._masked is self.source:
            return parsed
        lines = (line.strip() for line in parsed.value.split("\n"))
        return ParsedValue(_BLANK_LINES.sub("\n\n", "\n".join(lines)), span)

    def stated(self, field: str) -> tuple[ParsedValue[str], ...]:
        """The codes that the form has already read."""
        return self.page.stated.get(field, ())

    def code(self, field: str) -> ParsedValue[str] | None:
        if stated := self.stated(field):
            return stated[0]
        return self.code_at(field, self.page.fields.get(field))

    def code_at(self, field: str, span: Span | None) -> ParsedValue[str] | None:
        """A value of an enumeration; an unknown one goes to `unparsed`."""
        if span is None or is_nothing(text := self.folded(span)):
            return None
        code = codes.read_code(field, text)
        if code is None:
            self.leave("unknown-value", f"{text!r} is not a {field.replace('_', ' ')} of the registry", span)
            return None
        return ParsedValue(code, span)

    def date_at(self, span: Span | None) -> PrintedDate | None:
        if span is None or is_nothing(text := self.folded(span)):
            return None
        reading = read_date(text, day_first=self.page.day_first)
        if reading.date is None:
            self.leave(reading.problem or "not-understood", f"this is not a date: {text!r}", span)
            return None
        if reading.problem:
            self.problems(reading.problem, f"day and month of {text!r} may be swapped", span)
        return PrintedDate(ParsedValue(reading.date, span), ParsedValue(reading.type, span) if reading.type else None)

    def name(self, record: Record) -> ParsedValue[str] | None:
        """The name of a record: its last paragraph. Text before it is left over."""
        if not record.texts:
            return None
        for span in record.texts[:-1]:
            self.leave("unparsed-text", "text before the name of a record", span)
        name = self.folded(record.texts[-1])
        return None if is_nothing(name) else ParsedValue(name, record.texts[-1])

    def split(self, span: Span, separator: str) -> list[Span]:
        """The parts of a span between separator characters, without the blanks around them."""
        text = self.source.slice(span)
        parts = []
        for match in re.finditer(f"[^{re.escape(separator)}]+", text):
            part = match.group()
            start = span.start + match.start() + len(part) - len(part.lstrip())
            if part.strip():
                parts.append(Span(start, start + len(part.strip())))
        return self._at_most(parts, lambda part: part)
