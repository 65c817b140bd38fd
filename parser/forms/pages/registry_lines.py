"""The lines of registries' own pages: where several labels are on one, one on several, and the cells of a row.

Trial no.: PACTR…   Date of Approval: 06/10/2023
| City: | Fuzhou | Country: | China |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from parser.forms.pages.registry_forms import WIDE, Label, RegistryForm, key_of, openings
from parser.forms.pages.registry_lists import trimmed_value
from parser.forms.pages.registry_values import RegistryValues
from parser.lines import Line
from parser.source import Span

_TWO = re.compile(r"\s{0,20}([^:\n]{3,40}): [A-Z]+[\d/-]+ (?=\S)([^:\n]{3,40}): \S")
_CELL = re.compile(r"(?:\A|\|)\s*(?=[^\s|])")
_END_OF_LABEL = re.compile(r"[:：]\s*(?:\||\Z)|\|")
_PAIR = 2
_LONGEST_HEADING = 120
# So long a heading is one without a sign after it, too.
_LEAST_JOINED = 20


class RegistryLines(RegistryValues):
    """Reads a page's lines: each that comes out has one label at most, or is a row of cells."""

    form: RegistryForm
    loose: bool
    """Whether the page has its values on the lines of their labels."""

    def _parted(self, lines: list[Line]) -> Iterator[Line]:
        """The lines, with one that has two labels, `Trial no.: PACTR… Date of Approval: 06/10/2023`, as two.

        A label on two lines, `Study leader's` and `telephone:`, is one.
        """
        headings = [key for key, label in self.form.labels.items() if label.target.startswith("=")]
        for line in self._with_whole_labels(lines):
            opening = key_of(line.text[:_LONGEST_HEADING])
            if any(key in opening for key in headings) and (at := self._after_heading(line)):
                yield replace(line, text=line.text[:at].rstrip("|: \t"), end=line.start + at)
                yield replace(line, text=line.text[at:], start=line.start + at)
                continue
            if len(labels := self._labelled_cells(line)) > 1:
                is_first = not line.text[: labels[0]].strip("| \t")
                for start, end in pairwise([0, *labels[is_first:], len(line.text)]):
                    yield replace(line, text=line.text[start:end], start=line.start + start, end=line.start + end)
                continue
            two = _TWO.match(line.text)
            if two and all(key_of(name) in self.form.labels for name in (two[1], two[2])):
                at = line.start + two.start(2)
                yield replace(line, text=line.text[: two.start(2)].rstrip(), end=at)
                yield replace(line, text=line.text[two.start(2) :], start=at)
            else:
                yield line

    def _labelled_cells(self, line: Line) -> list[int]:
        """Where labels begin in a row that has several with their signs: `| City: | Fuzhou | Country: | China |`."""
        starts_of_cells = [match.end() for match in _CELL.finditer(line.text)] if line.text.count("|") > 1 else []
        keys = [key_of(cell) for cell in line.text.strip("| \t").split("|")]
        in_pairs = len(starts_of_cells) > _PAIR and len(keys) == len(starts_of_cells) and len(keys) % 2 == 0
        if in_pairs and all(key in self.form.labels for key in keys[::2]):
            # In a table of labels beside their values the labels need no sign.
            return starts_of_cells[::2]
        return [
            at
            for at in starts_of_cells
            if (end := _END_OF_LABEL.search(line.text, at))
            and end[0][0] in ":："
            and key_of(line.text[at : end.start()]) in self.form.labels
        ]

    def _after_heading(self, line: Line) -> int:
        """Where the label begins that is on the line of the heading above it; 0 if there is none."""
        for key, at in openings(line, self.form.joined, loose=self.loose):
            label = self.form.labels.get(key)
            if label and label.target.startswith("=") and (rest := line.text[at:].lstrip("|: \t")):
                between = line.text[at - 1 : len(line.text) - len(rest)]
                if len(key) < _LEAST_JOINED and not set(between) & set("|:\t"):
                    continue
                inner = replace(line, text=rest, start=line.end - len(rest))
                known = (one in self.form.labels for one, _ in openings(inner, self.form.joined, loose=self.loose))
                return len(line.text) - len(rest) if any(known) else 0
        return 0

    def _with_whole_labels(self, lines: list[Line]) -> Iterator[Line]:
        held: Line | None = None
        for line in lines:
            if held and key_of(held.text) not in self.form.labels and key_of(held.text + line.text) in self.form.labels:
                yield replace(held, text=self.text[held.start : line.end], end=line.end)
                held = None
                continue
            if held:
                yield held
            held = line
        if held:
            yield held

    def _cells(self, line: Line) -> list[Span]:
        """The cells of a row of a table."""
        ends = [match.span() for match in WIDE.finditer(line.text)]
        bounds = zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(line.text)], strict=True)
        spans = (trimmed_value(self.text, line.start + start, line.start + end) for start, end in bounds)
        return [span for span in spans if span.start < span.end]

    def _row(self, line: Line, cells: list[Span]) -> list[Span]:
        """The cells of a row between bars, those without text too; else `cells`."""
        text = line.text.rstrip()
        if not text.startswith("|") or not text.endswith("|"):
            return cells
        bars = [line.start + at for at, char in enumerate(text) if char == "|"]
        return [trimmed_value(self.text, start, end) for start, end in pairwise(bars)]

    def _columns(self, line: Line, opening: tuple[str, int, Label | None]) -> list[str]:
        """The targets of heads of columns on the line of their heading: `Primary Outcome | Outcome | Timepoints`."""
        _, at, label = opening
        heads = line.text[at:].strip("| \t").split("|")
        named = [label.below.get(key_of(head), "") for head in heads] if label and len(heads) > 1 else []
        return named if all(named) else []
