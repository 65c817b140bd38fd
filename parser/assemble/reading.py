"""Reading the spans of one page, field by field."""

from __future__ import annotations

import re

from parser.model import Text
from parser.page.model import Page, Record
from parser.problems import Problems
from parser.protocol import DateStruct
from parser.quantities import Budget
from parser.source import Source, Span, Value, fold
from parser.values import codes
from parser.values.date import read_date
from parser.values.text import is_nothing, read_line, read_prose

_ODD_BLANK = re.compile(r"[^\S ]")


class Reading:
    """A page being read: its spans, and what is left over.

    `loose` are the paragraphs that no label claims; what a module can make sense of, it takes from there. `unparsed`
    is what nobody could read, and `budget` how many numbers are still searched for quantities.
    """

    def __init__(self, source: Source, page: Page, problems: Problems) -> None:
        self.source = source
        self.page = page
        self.problems = problems
        self.loose = list(page.loose)
        self.unparsed = list(page.unparsed)
        self.budget = Budget()

    def leave(self, code: str, message: str, span: Span) -> None:
        """Keep a text that is not understood: in `unparsed`, with a problem."""
        self.unparsed.append(span)
        self.problems(code, message, span)

    def folded(self, span: Span | None) -> str:
        """The text of a span on one line; nothing for no span."""
        return fold(self.source.slice(span)) if span else ""

    def blanks(self, span: Span) -> str:
        """The text of a span with a blank for each character of white space, so that offsets stay as they are."""
        return _ODD_BLANK.sub(" ", self.source.slice(span))

    def span(self, field: str) -> Span | None:
        """Where a field's value is; None when it is absent or a dash."""
        span = self.page.fields.get(field)
        return None if span is None or is_nothing(self.folded(span)) else span

    def line(self, field: str) -> Text | None:
        return self.line_at(self.span(field))

    def line_at(self, span: Span | None) -> Text | None:
        return read_line(self.source, span) if span else None

    def prose(self, field: str) -> Text | None:
        return self.prose_at(self.span(field))

    def prose_at(self, span: Span | None) -> Text | None:
        return read_prose(self.source, span) if span else None

    def code(self, field: str) -> Text | None:
        return self.code_at(field, self.page.fields.get(field))

    def code_at(self, field: str, span: Span | None) -> Text | None:
        """A value of an enumeration; one that API v2 does not have is kept as printed."""
        if span is None or is_nothing(text := self.folded(span)):
            return None
        code, known = codes.read_code(field, text)
        if not known:
            self.problems("unknown-value", f"{text!r} is no {field.replace('_', ' ')} that the registry has", span)
        return Value(code, span)

    def date(self, field: str) -> DateStruct | None:
        return self.date_at(self.page.fields.get(field))

    def date_at(self, span: Span | None) -> DateStruct | None:
        if span is None or is_nothing(text := self.folded(span)):
            return None
        reading = read_date(text)
        if reading.date is None:
            self.leave(reading.problem or "not-understood", f"this is no date: {text!r}", span)
            return None
        if reading.problem:
            self.problems(reading.problem, f"day and month of {text!r} could be each other's", span)
        return DateStruct(Value(reading.date, span), Value(reading.type, span) if reading.type else None)

    def name(self, record: Record) -> Text | None:
        """The name of a record: its last paragraph. What stands before it belongs to nothing."""
        if not record.texts:
            return None
        for span in record.texts[:-1]:
            self.leave("unparsed-text", "text before the name of a record", span)
        name = self.folded(record.texts[-1])
        return None if is_nothing(name) else Value(name, record.texts[-1])

    def split(self, span: Span, separator: str) -> list[Span]:
        """The parts of a span between separators (characters), without the blanks around them."""
        text = self.source.slice(span)
        parts = []
        for match in re.finditer(f"[^{re.escape(separator)}]+", text):
            part = match.group()
            start = span.start + match.start() + len(part) - len(part.lstrip())
            if part.strip():
                parts.append(Span(start, start + len(part.strip())))
        return parts
