"""What is around a value of a page: its label, the lines above and below it, and the words of the rest of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from parser.forms.pages.model import Page
from parser.forms.pages.subject import words_of
from parser.forms.pages.vocabulary import says_something
from parser.lines import Line
from parser.problems import Report
from parser.source import Span

# So much of a page around a value says what it is about.
_NEAR = 40_000
_FIELDS_OF_A_PRINT = 30
"""Pages with so many fields print a whole record: their lists have labels around them."""


class Surroundings:
    """A page in any words, with its lines, and how what is not kept of it is left."""

    def __init__(self, text: str, lines: Sequence[Line], page: Page, report: Report) -> None:
        self.text = text
        self.page = page
        self.report = report
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.ends = [line.end for line in lines]
        self.times = Counter(line.text for line in lines)
        lists = sum(map(bool, page.records.values()))
        self.is_print = len(page.fields) + lists >= _FIELDS_OF_A_PRINT

    def _leave(self, message: str, *spans: Span) -> None:
        for span in spans:
            self.page.unparsed.append(span)
            self.report("not-understood", message, span)

    def _said(self, span: Span) -> str:
        return " ".join(self.text[span.start : span.end].split())

    def _before(self, span: Span) -> str:
        """What is on the line before a value."""
        start = max(self.text.rfind("\n", 0, span.start), self.text.rfind("\r", 0, span.start)) + 1
        return self.text[start : span.start]

    def _is_below(self, span: Span) -> bool:
        """Whether a value is on a line without its label."""
        return not self._before(span).strip(" \t*•-")

    def _is_plain_line(self, span: Span) -> bool:
        """Whether a value is on a line without its label, and without a bullet."""
        return not self._before(span).strip()

    def _is_bounded(self, span: Span) -> bool:
        """Whether what follows a line is known: a heading or label, or the end of the page."""
        after = bisect_left(self.starts, span.end)
        return after == len(self.lines) or says_something(self.lines[after].text.partition(":")[0])

    def _elsewhere(self, span: Span) -> frozenset[str]:
        """The words of the page around a value."""
        before, after = self.text[max(0, span.start - _NEAR) : span.start], self.text[span.end : span.end + _NEAR]
        return words_of(before) | words_of(after)

    def _above(self, span: Span) -> str:
        """The line above a value."""
        above = bisect_right(self.ends, span.start) - 1
        return self.lines[above].text if above >= 0 else ""

    def _lines_in(self, span: Span) -> list[Line]:
        """The lines of a span; the first one begins where the span does."""
        inside = self.lines[bisect_right(self.ends, span.start) : bisect_left(self.starts, span.end)]
        cut = []
        for line in inside:
            start, end = max(line.start, span.start), min(line.end, span.end)
            cut.append(Line(start, end, self.text[start:end], line.opens))
        return [line for line in cut if line.text.strip()]

    def _line_of(self, part: Line) -> Line:
        """The line that a part is of."""
        return self.lines[bisect_right(self.starts, part.start) - 1]
