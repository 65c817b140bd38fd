"""What every module of normalizedSection is made with: the texts of values and their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from parser.model.base import Model
from parser.model.normalized import Quantity
from parser.problems import Report
from parser.recorder import Recorder
from parser.source import ParsedValue, Span
from parser.values.quantity import Budget, find_quantities

_ODD_BLANK = re.compile(r"[^\S ]")


class Stretch(NamedTuple):
    """A value as its source has it: text[start:end]. Offsets of what is read in it count in `text`."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def blanks(self) -> str:
        """The value with a blank for each character of white space, so that offsets stay as they are."""
        return _ODD_BLANK.sub(" ", self.text[self.start : self.end])


@dataclass(frozen=True)
class Context:
    """The places of protocolSection's values, and how many numbers are still searched for quantities.

    `text` is what the places count in; without one, a value is its own text and offsets count in it.
    """

    recorder: Recorder
    report: Report
    text: str | None = None
    budget: Budget = field(default_factory=Budget)

    def stretch(self, struct: Model, name: str) -> Stretch | None:
        """The value of a field as its source has it; None if the field is empty."""
        parsed = self.recorder.parsed(struct, name)
        return self.stretch_of(parsed) if parsed else None

    def stretch_of(self, parsed: ParsedValue[Any]) -> Stretch:
        if self.text is not None and parsed.span is not None:
            return Stretch(self.text, *parsed.span)
        return Stretch(parsed.value, 0, len(parsed.value))

    def quantities(self, text: str, start: int, end: int, budget: Budget | None = None) -> tuple[Quantity, ...]:
        """The quantities of text[start:end]; the places of their subjects and anchors are recorded."""
        found = find_quantities(text, start, end, self.report, budget or self.budget)
        for quantity, subject, anchor in found:
            if subject:
                self.recorder.record(quantity, subject=subject)
            if anchor and quantity.window:
                self.recorder.record(quantity.window, anchor=anchor)
        return tuple([one.quantity for one in found])
