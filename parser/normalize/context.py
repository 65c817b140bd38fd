"""The input of every module of normalizedSection: the texts of values and their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from parser.model.base import Model
from parser.model.normalized import Quantity
from parser.problems import Problems, Report
from parser.quantities import NumberBudget, find_quantities
from parser.recorder import Recorder
from parser.source import ParsedValue, Span

_ODD_BLANK = re.compile(r"[^\S ]")


class SourceText(NamedTuple):
    """A value as in its source: text[start:end]. Offsets of parsed values count in `text`.

    `path` is the JSON Pointer of the value if `text` is the value itself.
    """

    text: str
    start: int
    end: int
    path: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def blanks(self) -> str:
        """The value with a blank for each white space character, so that offsets stay valid."""
        return _ODD_BLANK.sub(" ", self.text[self.start : self.end])


class Context(Struct, frozen=True):
    """The spans of protocolSection's values, and the remaining budget of numbers to search for quantities.

    `text` is what the spans count in. Without it, offsets count in each value, and `pointers` has the JSON Pointers
    of protocolSection's structs by their identity.
    """

    recorder: Recorder
    problems: Problems
    text: str | None = None
    pointers: dict[int, str] = {}
    budget: NumberBudget = field(default_factory=NumberBudget)
    criteria_text: str | None = None
    """The text with what is not part of the eligibility criteria blanked out, if there is any such text."""

    def parsed(self, struct: Model, name: str) -> ParsedValue[Any] | None:
        """The value of a text field with its span; None if the field is empty."""
        parsed = self.recorder.parsed(struct, name)
        if parsed is None or self.text is not None:
            return parsed
        return ParsedValue(parsed.value, Span(0, len(parsed.value)))

    def path(self, struct: Model, name: str) -> str | None:
        """The JSON Pointer of a field of protocolSection, if offsets count in it."""
        pointer = self.pointers.get(id(struct))
        return None if pointer is None else f"{pointer}/{_keys(struct.__class__)[name]}"

    def stretch(self, struct: Model, name: str) -> SourceText | None:
        """The value of a field as in its source; None if the field is empty."""
        parsed = self.recorder.parsed(struct, name)
        return self.stretch_of(parsed, self.path(struct, name)) if parsed else None

    def stretch_of(self, parsed: ParsedValue[Any], path: str | None = None) -> SourceText:
        if self.text is not None and parsed.span is not None:
            return SourceText(self.text, *parsed.span)
        return SourceText(parsed.value, 0, len(parsed.value), path)

    def reporter(self, path: str | None) -> Report:
        """A reporter for problems of the value at a path."""
        return self.problems if path is None else partial(self.problems, path=path)

    def quantities(
        self, stretch: SourceText, budget: NumberBudget | None = None, printed: str | None = None
    ) -> tuple[Quantity, ...]:
        """The quantities in a span; the spans of their subjects and anchors are recorded.

        `printed` is the source if the text has other line ends: texts of quantities are as printed.
        """
        return self._quantities(stretch, budget, None, printed)

    def quantities_with_path(self, stretch: SourceText, budget: NumberBudget | None = None) -> tuple[Quantity, ...]:
        """The quantities in a span outside of criteria, with the path of the value that their offsets count in."""
        return self._quantities(stretch, budget, stretch.path)

    def _quantities(
        self, stretch: SourceText, budget: NumberBudget | None, path: str | None, printed: str | None = None
    ) -> tuple[Quantity, ...]:
        text, start, end, own_path = stretch
        found = find_quantities(text, start, end, self.reporter(own_path), budget or self.budget)
        if not found:
            return ()
        quantities: list[Quantity] = []
        for quantity, subject, anchor in found:
            if path is not None:
                quantity = replace(quantity, path=path)
            if printed is not None and (own := printed[quantity.start : quantity.end]) != quantity.text:
                quantity = replace(quantity, text=own)
            if subject:
                self.recorder.record(quantity, subject=subject)
            if anchor and quantity.window:
                self.recorder.record(quantity.window, anchor=anchor)
            quantities.append(quantity)
        return tuple(quantities)


def pointers_of(struct: Model, pointer: str) -> Iterator[tuple[int, str]]:
    """The JSON Pointers of a struct and of all structs in it, by their identity."""
    yield id(struct), pointer
    for name, key in _keys(struct.__class__).items():
        value = getattr(struct, name)
        if isinstance(value, Model):
            yield from pointers_of(value, f"{pointer}/{key}")
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Model):
                    yield from pointers_of(item, f"{pointer}/{key}/{index}")


@cache
def _keys(cls: type[Model]) -> dict[str, str]:
    """The fields of a struct by name, with their JSON keys."""
    return dict(zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True))
