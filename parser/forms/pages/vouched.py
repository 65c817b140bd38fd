"""What is kept of a page in any words: a value for which two signs vouch, its label and what it says.

Sponsor: Mercy Research         a value on its label's line, which has no other bounds
Sponsor                         one below its label is kept if it is a name, and the next label follows it
Mercy Research
Conditions                      a list is kept if each of its lines can be an entry, else its bounds were misread
Insomnia
Summary                         a text ends where no text of a record goes on (see `bounds`)

A label whose value a site left empty is followed by anything. What is not kept goes to `unparsed`, with a problem.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from parser.forms.pages.bounds import end_of_criteria, end_of_text, is_inner_heading
from parser.forms.pages.checks import is_role
from parser.forms.pages.endings import is_bulleted
from parser.forms.pages.entries import entries, without_bars
from parser.forms.pages.model import Page, Record
from parser.forms.pages.names import NAMES, is_alone, is_document_name, is_organisation, is_person, says_several
from parser.forms.pages.regular import are_regular_criteria, are_sentences, explains, goes_on, is_a_text
from parser.forms.pages.sites import is_named_as_one
from parser.forms.pages.subject import LEAST_OF_A_BODY, is_about_the_same, words_of
from parser.forms.pages.terms import are_terms
from parser.forms.pages.vocabulary import says_something
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span
from parser.values.known_terms import is_known_term, is_one_term
from parser.values.site_line import ORGANISATION

_TIME_ALONE = re.compile(
    r"(?:(?:\d{1,4}(?!\d)|and|to|up|from|baseline|at|,|-|–)\s*){1,12}(?:hours?|days?|weeks?|months?|years?)\Z", re.I
)
_BAR = re.compile(r"^[ \t]*\|[ \t]*$", re.MULTILINE)
_PLACES = frozenset({"city", "state", "country", "zip"})
_TEXTS = ("brief_summary", "detailed_description")
_TERMS = ("conditions", "keywords")
# So much of a page around a value says what it is about.
_NEAR = 40_000
_LABEL = re.compile(r"[A-Z][\w ()/'’-]{2,50}:")
_VALUE_OF_A_LABEL = re.compile(r"[A-Z][\w ]{1,30}: ?(?:https?:|www\.)|[A-Z]\w{1,20}: ")
_LINES = frozenset(
    {"why_stopped", "target_duration", "masking_description", "intervention_model_description", "biospecimen"}
    | {"study_population", "gender_description", "ipd_description", "ipd_time_frame", "ipd_access"}
)
_FIELDS_OF_A_PRINT = 30
"""Pages with so many fields print a whole record: their lists have labels around them."""

_SIGNS_OF_RECORDS: Mapping[str, frozenset[str]] = {
    "primary_outcomes": frozenset({"time_frame"}),
    "secondary_outcomes": frozenset({"time_frame"}),
    "other_outcomes": frozenset({"time_frame"}),
    "locations": _PLACES,
    "interventions": frozenset({"intervention_type"}),
}
"""The field that each record of a list has, or none has."""


def vouch(source: Source, lines: Sequence[Line], page: Page, report: Report) -> None:
    """Leave what nothing but its place vouches for. Reports each."""
    _Voucher(source.text, lines, page, report).run()


class _Voucher:
    def __init__(self, text: str, lines: Sequence[Line], page: Page, report: Report) -> None:
        self.text = text
        self.page = page
        self.report = report
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.ends = [line.end for line in lines]
        lists = sum(map(bool, page.records.values()))
        self.times = Counter(line.text for line in lines)
        self.is_print = len(page.fields) + lists >= _FIELDS_OF_A_PRINT

    def run(self) -> None:
        self._names()
        self._ids()
        self._lines()
        self._titles()
        self._texts()
        self._terms()
        self._interventions()
        self._outcomes()
        self._lists()
        self._people()
        self._sites()
        self._documents()
        self._sponsors()

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

    def _names(self) -> None:
        for field, is_one in NAMES.items():
            span = self.page.fields.get(field)
            if span is None:
                continue
            said = [self._said(entry) for line in self._lines_in(span) for entry in entries(self.text, line.span)]
            several = field == "collaborators" and not self.is_print and any(map(says_several, said))
            if not self._is_below(span) and not several:
                continue
            sure = all(ORGANISATION.search(one) for one in said) or self._is_bounded(span)
            if several or not sure or not all(map(is_one, said)):
                self._leave(f"nothing but its place says that this is {field.replace('_', ' ')}", span)
                del self.page.fields[field]

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
            end = inside[kept - 1].span if kept else span
            rest = self.lines[bisect_left(self.starts, end.end) :]
            if not self.is_print and not are_regular_criteria(inside[:kept], rest, self._is_closed(end)):
                kept = 0
            self._cut("eligibility_criteria", inside, kept)

    def _end_in_any_words(self, span: Span, inside: Sequence[Line], cell: Sequence[Line], kept: int) -> int:
        """How many lines of a text belong to it on a page that is no print: none if it is none, or goes on."""
        if not is_inner_heading(cell[0].text):
            kept = next((at for at in range(1, kept) if self._is_label(cell[at].text)), kept)
        if not kept or explains(cell[0].text, self._above(span)) or not are_sentences(cell[:kept]):
            return 0
        bounded = kept == len(inside) or self._is_closed(inside[kept - 1].span)
        cut = kept < len(cell) and goes_on(cell[kept])
        return kept if is_a_text(cell[kept - 1].text, bounded) and not cut else 0

    def _is_label(self, text: str) -> bool:
        """Whether a line is a label, and the only such line of the page: of two the one within a text is none."""
        return says_something(text) and self.times[text] == 1

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

    def _terms(self) -> None:
        for field in _TERMS:
            span = self.page.fields.get(field)
            if span is None or (self.is_print and not self._is_below(span)):
                continue
            records = self.page.records.get(field, [])
            terms = [one.texts[0] for one in records if one.texts] or [line.span for line in self._lines_in(span)]
            said = [self._said(term) for term in terms]
            unsure = not self.is_print and len(said) == 1 and not is_one_term(said[0])
            if not are_terms(said) or unsure or (self._is_below(span) and not self._are_entries(span, terms)):
                self._leave(f"these are no {field}", span)
                del self.page.fields[field]
                self.page.records.pop(field, None)

    def _interventions(self) -> None:
        """Interventions without types: nothing but their names says what they are."""
        records = self.page.records.get("interventions", [])
        if any(not one.texts or not self._said(one.texts[0]) for one in records):
            # A type without a name: what is next to it is another field's.
            self._leave_records("interventions", "nothing says that these are interventions")
            return
        names = [one.texts[0] for one in records if one.texts and "untyped" in one.fields]
        if not self.is_print and any(", " in self._said(name) for name in names):
            self._leave_records("interventions", "nothing says whether these are several interventions")
            return
        names = [name for name in names if self._is_below(name)]
        if names and not self._are_entries(Span(names[0].start, names[-1].end), names):
            self._leave("nothing says that these are interventions", *names)
            left = set(names)
            self.page.records["interventions"] = [one for one in records if not left.intersection(one.texts)]

    def _outcomes(self) -> None:
        """Outcomes: if the measure of one is a label or a time, its time frame was not known as such."""
        for name in ("primary_outcomes", "secondary_outcomes", "other_outcomes"):
            records = self.page.records.get(name, ())
            measures = [self._said(one.fields["measure"]) for one in records if "measure" in one.fields]
            if not self.is_print and any("; " in said or _VALUE_OF_A_LABEL.match(said) for said in measures):
                self._leave_records(name, "nothing says which of these are outcomes")
                continue
            if len(measures) < len(records) or any(said.endswith(":") or _TIME_ALONE.match(said) for said in measures):
                self._leave_records(name, "nothing says which of these are outcomes and which are times")

    def _lists(self) -> None:
        """Lists: where a line within one is left over, or its records are of different shapes, it was misread."""
        if self.is_print:
            return
        for name, sign in _SIGNS_OF_RECORDS.items():
            records = self.page.records.get(name, [])
            if not records:
                continue
            spans = [span for one in records for span in (*one.texts, *one.fields.values())]
            extent = Span(min(span.start for span in spans), max(span.end for span in spans))
            left = any(extent.start <= span.start < extent.end for span in self.page.unparsed)
            signed = [bool(sign & one.fields.keys()) for one in records]
            alone = len(self._lines_in(extent)) == len(records) and self._is_bounded(extent)
            if left or any(map(self._runs_on, spans)) or not (all(signed) or (alone and not any(signed))):
                self._leave_records(name, f"these {name.replace('_', ' ')} are of different shapes")
        if all(arm.type is None for arm in self.page.arms):
            self._leave("nothing says that these are arms", *(arm.label for arm in self.page.arms))
            self.page.arms = []

    def _runs_on(self, span: Span) -> bool:
        """Whether a value has more lines than one, and one of them is a label or no sentence."""
        lines = self._lines_in(span)
        return any(says_something(line.text) for line in lines[1:]) or not are_sentences(lines)

    def _leave_records(self, name: str, message: str) -> None:
        for record in self.page.records.pop(name):
            self._leave(message, *record.texts, *record.fields.values())

    def _are_entries(self, span: Span, entries_in: Sequence[Span]) -> bool:
        """Whether the lines below a label are its list: all with bullets, or all known from elsewhere."""
        lines = self._lines_in(span)
        bulleted = [is_bulleted(self._line_of(line).text) for line in lines]
        if any(bulleted):
            return all(bulleted)
        elsewhere = self._elsewhere(span)
        bounded = self._is_bounded(span)
        said = [self._said(entry) for entry in entries_in]
        if len(lines) > 1 and not (bounded and (self.is_print or all(map(is_known_term, said)))):
            return False
        return all(bool(words_of(one) & elsewhere) or (bounded and is_known_term(one)) for one in said)

    def _line_of(self, part: Line) -> Line:
        """The line that a part is of."""
        return self.lines[bisect_right(self.starts, part.start) - 1]

    def _people(self) -> None:
        def is_official(record: Record) -> bool:
            # A role or an affiliation has a label of its own.
            return len(record.fields) > 1 or _is_any(record, "name", self._said, is_person)

        def can_be_reached(record: Record) -> bool:
            named = _is_any(record, "name", self._said, is_organisation) and _is_any(
                record, "name", self._said, is_alone
            )
            return self.is_print or (named and bool({"phone", "email"} & record.fields.keys()))

        self._sift("central_contacts", can_be_reached, "nothing says that this is a contact")
        self._sift("officials", is_official, "nothing says that this is a person")

    def _sites(self) -> None:
        def is_site(record: Record) -> bool:
            names = _named(record, "facility")
            if any("\t" in self.text[slice(*name)] for name in names):
                # Two cells of a table, the first a label.
                return False
            return (
                bool(_PLACES & record.fields.keys())
                or not names
                or any(is_named_as_one(self.text, name) for name in names)
            )

        self._sift("locations", is_site, "nothing says that this is a site")

    def _documents(self) -> None:
        def is_document(record: Record) -> bool:
            return "date" in record.fields or _is_any(record, "label", self._said, is_document_name)

        self._sift("documents", is_document, "nothing says that this is a document")

    def _sponsors(self) -> None:
        """A list of sponsors: each of its lines is an organisation, or none is.

        Of several lines without bullets, one may be the value of another label.
        """
        records = self.page.records.get("sponsors", [])
        names = [span for one in records for span in one.texts]
        plain = sum(map(self._is_plain_line, names)) > 1
        if not all(
            is_organisation(said) and not (plain and ORGANISATION.search(said) is None)
            for said in map(self._said, names)
        ):
            self._leave("nothing but its place says that these are sponsors", *names)
            del self.page.records["sponsors"]

    def _sift(self, name: str, is_one: Callable[[Record], bool], message: str) -> None:
        if name not in self.page.records:
            return
        kept: list[Record] = []
        for record in self.page.records[name]:
            if is_one(record):
                kept.append(record)
            else:
                self._leave(message, *record.texts, *record.fields.values())
        self.page.records[name] = kept


def _named(record: Record, field: str) -> list[Span]:
    """The places of a record's name: its first text, and the field that has it."""
    return [*record.texts[:1], *([record.fields[field]] if field in record.fields else [])]


def _is_any(record: Record, field: str, said: Callable[[Span], str], is_one: Callable[[str], bool]) -> bool:
    return any(is_one(said(span)) for span in _named(record, field))
