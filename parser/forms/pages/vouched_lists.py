"""What is kept of the lists of a page in any words: records of one shape, and entries that can be some of their list.

Conditions                      a list is kept if each of its lines can be an entry, else its bounds were misread
Insomnia
Mercy Hospital                  sites all have a place, or none has one
Bergen, Norway
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from parser.forms.pages.endings import is_bulleted
from parser.forms.pages.model import Record
from parser.forms.pages.names import is_alone, is_document_name, is_organisation, is_person
from parser.forms.pages.regular import are_alike, are_sentences, is_heading_of_a_side
from parser.forms.pages.sites import is_named_as_one
from parser.forms.pages.subject import words_of
from parser.forms.pages.surroundings import Surroundings
from parser.forms.pages.terms import are_terms
from parser.forms.pages.vocabulary import says_something
from parser.source import Span
from parser.values.country import country_code
from parser.values.known_terms import is_known_term, is_one_term
from parser.values.site_line import ORGANISATION

_TIME_ALONE = re.compile(
    r"(?:(?:\d{1,4}(?!\d)|and|to|up|from|baseline|at|,|-|–)\s*){1,12}(?:hours?|days?|weeks?|months?|years?)\Z", re.I
)
_PLACES = frozenset({"city", "state", "country", "zip"})
_TERMS = ("conditions", "keywords")
# Several outcomes in one, or the value of another label.
_SEVERAL = re.compile(r"; |\A(?:[A-Z][\w ]{1,30}: ?(?:https?:|www\.)|[A-Z]\w{1,20}: )")
_SIGNS_OF_RECORDS: Mapping[str, frozenset[str]] = {
    "primary_outcomes": frozenset({"time_frame"}),
    "secondary_outcomes": frozenset({"time_frame"}),
    "other_outcomes": frozenset({"time_frame"}),
    "locations": _PLACES,
    "interventions": frozenset({"intervention_type"}),
}
"""The field that each record of a list has, or none has."""


class Lists(Surroundings):
    """The lists of a page."""

    def take_lists(self) -> None:
        """Leave the lists for which nothing but their place vouches."""
        self._terms()
        self._interventions()
        self._outcomes()
        self._lists()
        self._people()
        self._sites()
        self._documents()
        self._sponsors()

    def _terms(self) -> None:
        for field in _TERMS:
            span = self.page.fields.get(field)
            if span is None or (self.is_print and not self._is_below(span)):
                continue
            records = self.page.records.get(field, [])
            terms = [one.texts[0] for one in records if one.texts] or [line.span for line in self._lines_in(span)]
            said = [self._said(term) for term in terms]
            commas = field == "keywords" and any(one.count(", ") > 1 for one in said)
            within = is_heading_of_a_side(self._above(span))
            unsure = not self.is_print and (within or commas or (len(said) == 1 and not is_one_term(said[0])))
            if not are_terms(said) or unsure or (self._is_below(span) and not self._are_entries(span, terms)):
                self._leave(f"these are no {field}", span)
                del self.page.fields[field]
                self.page.records.pop(field, None)

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
            if not self.is_print and (any(map(self._says_several, records)) or _are_mixed(measures)):
                self._leave_records(name, "nothing says which of these are outcomes")
                continue
            if len(measures) < len(records) or any(said.endswith(":") or _TIME_ALONE.match(said) for said in measures):
                self._leave_records(name, "nothing says which of these are outcomes and which are times")

    def _says_several(self, record: Record) -> bool:
        """Whether an outcome may be several, or another label's value; one of a sentence names what it compares."""
        span = record.fields.get("measure")
        said = self._said(span) if span else ""
        listed = span and not self._is_below(span) and said.count(", ") > 1 and not said.endswith(".")
        return bool(listed or _SEVERAL.search(said))

    def _lists(self) -> None:
        """Lists: where a line within one is left over, or its records are of different shapes, it was misread."""
        if self.is_print:
            return
        for name, sign in _SIGNS_OF_RECORDS.items():
            records = self.page.records.get(name, [])
            if records and not self._is_regular(records, sign):
                self._leave_records(name, f"these {name.replace('_', ' ')} are of different shapes")
        if all(arm.type is None for arm in self.page.arms):
            for arm in self.page.arms:
                given = [span for one in arm.interventions for span in (one.name, one.description)]
                self._leave("nothing says that this is an arm", *filter(None, (arm.label, arm.description, *given)))
            self.page.arms = []

    def _is_regular(self, records: Sequence[Record], sign: frozenset[str]) -> bool:
        """Whether all records have the sign of their kind, or none has and each is a line of its own."""
        spans = [span for one in records for span in (*one.texts, *one.fields.values())]
        extent = Span(min(span.start for span in spans), max(span.end for span in spans))
        left = any(extent.start <= span.start < extent.end for span in self.page.unparsed)
        if left or any(map(self._runs_on, spans)) or any(map(self._ends_in_a_country, records)):
            return False
        signed = [bool(sign & one.fields.keys()) for one in records]
        lines = [self._line_of(line).text for line in self._lines_in(extent)]
        alone = len(lines) == len(records) and are_alike(lines) and self._is_bounded(extent)
        return all(signed) or (alone and not any(signed))

    def _ends_in_a_country(self, record: Record) -> bool:
        """Whether the name of a site is a whole site itself: `Zomba Clinic, Zomba, Malawi`."""
        names = [self._said(span).rpartition(", ") for span in _named(record, "facility")]
        return any(comma and country_code(last) is not None for _, comma, last in names)

    def _runs_on(self, span: Span) -> bool:
        """Whether a value has more lines than one, and one of them is a label or no sentence."""
        lines = self._lines_in(span)
        return any(says_something(line.text) for line in lines[1:]) or not are_sentences(lines)

    def _leave_records(self, name: str, message: str) -> None:
        for record in self.page.records.pop(name):
            self._leave(message, *dict.fromkeys((*record.texts, *record.fields.values())))

    def _people(self) -> None:
        def is_official(record: Record) -> bool:
            # A role or an affiliation has a label of its own.
            return len(record.fields) > 1 or _is_any(record, "name", self._said, is_person)

        def can_be_reached(record: Record) -> bool:
            if self.is_print:
                return True
            # Of a person and what the person is, the person is the contact.
            name = next(iter(_named(record, "name")), None)
            said = self._said(name) if name else ""
            if name and not is_person(said) and is_person(self._above(name)):
                return False
            named = is_alone(said) and (is_person(said) or is_organisation(said))
            return named and bool({"phone", "email"} & record.fields.keys())

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


def _are_mixed(measures: Sequence[str]) -> bool:
    """Whether some outcomes end with brackets and some do not: those are what is said of the others."""
    return len({said.endswith((")", "]")) for said in measures}) > 1


def _named(record: Record, field: str) -> list[Span]:
    """The places of a record's name: its first text, and the field that has it."""
    return [*record.texts[:1], *([record.fields[field]] if field in record.fields else [])]


def _is_any(record: Record, field: str, said: Callable[[Span], str], is_one: Callable[[str], bool]) -> bool:
    return any(is_one(said(span)) for span in _named(record, field))
