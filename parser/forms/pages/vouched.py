"""What is kept of a page in any words: a value for which two signs vouch, its label and what it says.

Sponsor: Mercy Research         a value on its label's line, which has no other bounds
Sponsor                         one below its label is kept if it is a name, and the next label follows it
Mercy Research
Summary                         a text ends where no text of a record goes on (see `bounds`)

A label whose value a site left empty is followed by anything. What is not kept goes to `unparsed`, with a problem.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from parser.forms.pages.bounds import end_of_criteria, end_of_text, is_inner_heading
from parser.forms.pages.checks import is_role
from parser.forms.pages.entries import entries, without_bars
from parser.forms.pages.model import Page
from parser.forms.pages.names import NAMES, is_organisation, is_short_name, says_several
from parser.forms.pages.regular import (
    are_regular_criteria,
    are_sentences,
    end_of_items,
    explains,
    goes_on,
    is_a_text,
    without_a_tail,
)
from parser.forms.pages.site import speaks_to_the_reader
from parser.forms.pages.subject import LEAST_OF_A_BODY, is_about_the_same
from parser.forms.pages.vocabulary import says_something
from parser.forms.pages.vouched_lists import Lists
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span
from parser.values.site_line import ORGANISATION

_BAR = re.compile(r"^[ \t]*\|[ \t]*$", re.MULTILINE)
_LEAST_WORDS_OF_A_TEXT = 10
# What no name is, wherever it is.
_NO_NAME: Mapping[str, Callable[[str], bool]] = {
    "lead_sponsor": lambda said: not (is_organisation(said) or ORGANISATION.search(said)),
    "collaborators": lambda said: ": " in said or says_several(said),
    "acronym": lambda said: not is_short_name(said),
    "investigator_name": lambda said: ":" in said,
}
_TEXTS = ("brief_summary", "detailed_description")
_LABEL = re.compile(r"[A-Z][\w ()/'’-]{2,50}:")
_LINES = frozenset(
    {"why_stopped", "target_duration", "masking_description", "intervention_model_description", "biospecimen"}
    | {"study_population", "gender_description", "ipd_description", "ipd_time_frame", "ipd_access"}
)


def vouch(source: Source, lines: Sequence[Line], page: Page, report: Report) -> None:
    """Leave what nothing but its place vouches for. Reports each."""
    _Voucher(source.text, lines, page, report).run()


class _Voucher(Lists):
    def run(self) -> None:
        """Leave what is not vouched for, single values first."""
        self._names()
        self._parties()
        self._ids()
        self._lines()
        self._titles()
        self._texts()
        self.take_lists()

    def _names(self) -> None:
        for field, is_one in NAMES.items():
            span = self.page.fields.get(field)
            if span is None:
                continue
            said = [self._said(entry) for line in self._lines_in(span) for entry in entries(self.text, line.span)]
            no_name = field in _NO_NAME and not self.is_print and any(map(_NO_NAME[field], said))
            if not self._is_below(span) and not no_name:
                continue
            sure = all(ORGANISATION.search(one) for one in said) or self._is_bounded(span)
            if no_name or not sure or not all(map(is_one, said)):
                self._leave(f"nothing but its place says that this is {field.replace('_', ' ')}", span)
                del self.page.fields[field]

    def _parties(self) -> None:
        """An organisation from before 2011 is that of a person."""
        if not self.is_print and "old_name_title" not in self.page.fields and "old_organization" in self.page.fields:
            self._leave("nothing says whose organisation this is", self.page.fields.pop("old_organization"))

    def _ids(self) -> None:
        """The organisation's id has a figure, or is on its label's line."""
        span = self.page.fields.get("org_study_id")
        if span and not self.is_print and self._is_below(span) and not re.search(r"\d", self._said(span)):
            self._leave("nothing but its place says that this is an id", span)
            del self.page.fields["org_study_id"]

    def _lines(self) -> None:
        """Texts of one line below their label end as sentences do, or at the next label."""
        for field in _LINES & self.page.fields.keys():
            span = self.page.fields[field]
            if self.is_print or not self._is_below(span):
                continue
            if not is_a_text(self._said(span), self._is_bounded(span)):
                self._leave(f"nothing but its place says that this is {field.replace('_', ' ')}", span)
                del self.page.fields[field]

    def _titles(self) -> None:
        """A title below a label is about what the page is, and no label with a value of its own."""
        for field in ("official_title", "brief_title"):
            span = self.page.fields.get(field)
            if span is None or not self._is_below(span) or span.start <= self.lines[0].start:
                continue
            said = self._said(span)
            label, colon, _ = said.partition(":")
            if (colon and says_something(label)) or is_role(label) or self._is_foreign(said, span):
                if field == "brief_title" and not says_something(self._above(span)):
                    continue
                self._leave(f"nothing but its place says that this is {field.replace('_', ' ')}", span)
                del self.page.fields[field]

    def _is_foreign(self, said: str, span: Span) -> bool:
        """Whether a text has nothing to do with what the page around it is about, which says enough to tell."""
        elsewhere = self._elsewhere(span)
        return len(elsewhere) >= LEAST_OF_A_BODY and not is_about_the_same(said, elsewhere)

    def _end_of_cell(self, inside: Sequence[Line]) -> int:
        """How many lines there are up to a line with nothing but a bar: the end of a table's cell."""
        for at, (above, below) in enumerate(pairwise(inside), 1):
            if _BAR.search(self.text, above.end, below.start):
                return at
        return len(inside)

    def _texts(self) -> None:
        for field in _TEXTS:
            span = self.page.fields.get(field)
            if span is None:
                continue
            inside = self._lines_in(span)
            cell = inside[: self._end_of_cell(inside)]
            is_last = len(cell) == len(inside) and span.end >= self.lines[-1].end
            kept = end_of_text(field, cell, is_last, self._above(span))
            if not self.is_print:
                kept = self._end_in_any_words(span, inside, cell, kept)
            said = self.text[span.start : inside[kept - 1].end] if kept else ""
            if self._is_below(span) and self._is_foreign(said, span):
                kept = 0
            self._cut(field, inside, kept)
        if span := self.page.fields.get("eligibility_criteria"):
            inside = self._lines_in(span)
            kept = end_of_criteria(inside)
            if not self.is_print:
                kept = end_of_items(inside[:kept])
            end = inside[kept - 1].span if kept else span
            above = self.lines[: bisect_left(self.starts, span.start)]
            below = self.lines[bisect_left(self.starts, end.end) :]
            if not self.is_print and not are_regular_criteria(inside[:kept], above, below, self._is_closed(end)):
                kept = 0
            self._cut("eligibility_criteria", inside, kept)

    def _end_in_any_words(self, span: Span, inside: Sequence[Line], cell: Sequence[Line], kept: int) -> int:
        """How many lines of a text belong to it on a page that is no print: none if it is none, or goes on."""
        if not is_inner_heading(cell[0].text):
            kept = next((at for at in range(1, kept) if self._ends_a_text(cell[at].text)), kept)
        kept = without_a_tail(cell[:kept])
        if not kept or explains(cell[0].text, self._above(span)) or not are_sentences(cell[:kept]):
            return 0
        bounded = kept == len(inside) or self._is_closed(inside[kept - 1].span)
        cut = kept < len(cell) and goes_on(cell[kept])
        short = kept == 1 and len(cell[0].text.split()) < _LEAST_WORDS_OF_A_TEXT and cell[0].text[-1] not in ".!?…|"
        return kept if is_a_text(cell[kept - 1].text, bounded) and not (cut or short) else 0

    def _ends_a_text(self, text: str) -> bool:
        """Whether a line is a site's call to its readers, or a label, which of two such lines is not within a text."""
        return (says_something(text) and self.times[text] == 1) or speaks_to_the_reader(text)

    def _is_closed(self, span: Span) -> bool:
        """Whether the page ends below a text, or what follows begins with a label, known or with a value."""
        after = bisect_left(self.starts, span.end)
        return self._is_bounded(span) or _LABEL.match(self.lines[after].text) is not None

    def _cut(self, field: str, inside: Sequence[Line], kept: int) -> None:
        """Keep so many lines of a text."""
        if kept == len(inside):
            return
        left = Span(inside[kept].start, inside[-1].end)
        self._leave(f"nothing says that this is still part of {field.replace('_', ' ')}", left)
        if kept:
            self.page.fields[field] = without_bars(self.text, Span(inside[0].start, inside[kept - 1].end))
        else:
            del self.page.fields[field]
