"""A page of headings, labels and values, in the words of the seed's site or in others.

Study Overview
Overall Status: Recruiting              a value on its label's line
Actual Enrollment                       or below it
120
Primary Outcome Measures                a list, whose records have labels of their own, or none
1. Overall survival [Time Frame: 2 years]

Single values are wherever the page has them. A list in the manner of the seed's site is read as that site's are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages import lists, tabled, tables
from parser.forms.pages.entries import PLAIN, arms_of, entries, without_marker
from parser.forms.pages.fields import GROUP, LIST, PROSE
from parser.forms.pages.furniture import ends_record
from parser.forms.pages.head import is_id_label, read_head
from parser.forms.pages.headings import Opening, site_openings
from parser.forms.pages.ids import record_id
from parser.forms.pages.label_counts import other_words, records_in, words_seen
from parser.forms.pages.labels import find_marks
from parser.forms.pages.listed import Listed
from parser.forms.pages.marks import FURNITURE, UNKNOWN, Mark, opens_list, without_leading_groups
from parser.forms.pages.model import READ, Arm, Page, Piece
from parser.forms.pages.outcomes import read_outcomes
from parser.forms.pages.pieces import labelled, section_pieces
from parser.forms.pages.sections import read_sections
from parser.forms.pages.site import SEED_FORM, SEED_REGISTRY, speaks_to_the_reader
from parser.forms.pages.status_lines import status_in
from parser.forms.pages.subject import body_of
from parser.forms.pages.vocabulary import HEADINGS, Heading, any_label, find_label, find_word, is_heading
from parser.forms.pages.vouched import vouch
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span

NAME, OTHER_WORDS = SEED_FORM, "other-words-page"
_ANY_WORDS = frozenset({NAME, OTHER_WORDS, tables.NAME})

# Criteria of both sides say a record as a heading does.
_PARTY = frozenset({"responsible_party", "responsible_party_type", "investigator_name", "investigator_title"})
_SIDE = re.compile(r"(?:in|ex)clusion criteria\b", re.IGNORECASE)

# The first of several identifiers, and what is between it and the next.
_FIRST_ID = re.compile(r"([^\r\n;,|]*?[^\s;,|])\s*(?:[\r\n;,|]\s*|\Z)")

# Pages of other forms have some of these words too, and words of their own that nothing else has.
_MOST = 0.8

# Sections of the seed's site that hold labels and values, and nothing else; and those whose labels have own lines.
_OWN_LABELS = frozenset({"basic", "design"})
_OWN_LINES = ("basic", "design", "eligibility")

# Fields that a record has once: a page that repeats them is a list of records.
_ONCE = frozenset({"registry_id", "brief_title", "overall_status", "phases", "study_type", "enrollment"})

_MAIN = {heading.section: heading for heading in HEADINGS}


def likeness(lines: Sequence[Line]) -> float:
    """How like a page of labels some lines are, from 0 to 1: by how many are headings and labels in any words."""
    own = _likeness_to_the_site(lines)
    return own if own == 1.0 else max(own, min(_MOST, 0.12 * len(set(words_seen(tables.as_lines(lines))))))


def _likeness_to_the_site(lines: Sequence[Line]) -> float:
    """The same for the seed's site. Headings, and labels that share their value's line, are on pages of other forms."""
    weight, most = 0.0, 0.5
    seen: set[str] = set()
    for line in lines:
        if line.text in seen:
            continue
        seen.add(line.text)
        if label := any_label(line.text):
            weight += 0.12
            if label.section in _OWN_LINES:
                most = 1.0
        elif is_heading(line.text):
            weight += 0.08
        if weight >= 1.0 == most:
            break
    return min(most, weight)


def _is_in_own_words(lines: Sequence[Line]) -> bool:
    """Whether more lines are the seed's site's headings and labels than are those of others."""
    own = {line.text for line in lines if any_label(line.text) or is_heading(line.text)}
    return len(own) >= len(set(words_seen(lines)))


def likely_words(lines: Sequence[Line]) -> int:
    """How many headings and labels some lines have, in any wording."""
    blocks = tables.as_lines(lines)
    said = {line.text.rstrip(": ") for line in blocks}
    own = {text for text in said if any_label(text) or is_heading(text)}
    sides = {match[0].casefold() for text in said if (match := _SIDE.match(text))}
    return len(own) + len(set(words_seen(blocks))) + (len(sides) > 1)


def read_labelled(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each field of a page of labels is. Reports what is odd; never raises."""
    return _read(source, lines, report, NAME)


def read_as(source: Source, lines: list[Line], report: Report, form: str) -> Page:
    """The same for a form that is read so, and known by other signs."""
    return _read(source, lines, report, form)


def read_table(source: Source, lines: list[Line], report: Report) -> Page:
    """The same for a page whose labels and values are in tables."""
    return _read(source, lines, report, tables.NAME)


def _read(source: Source, lines: list[Line], report: Report, form: str) -> Page:
    reader = _Reader(source, report, form)
    # On the seed's site's own pages a row between bars may be running text: its sections show which is a table.
    site = site_openings(lines) if form == NAME else None
    site = site or site_openings(blocks := tabled.with_whole_heads(tables.as_lines(lines)))
    if site is None:
        if form == NAME and not _is_in_own_words(blocks):
            reader.form = OTHER_WORDS
        reader.take_page(blocks)
        page = reader.page()
        if reader.form in _ANY_WORDS:
            vouch(source, blocks, page, report)
        return page
    reader.take_sections(*site)
    page = reader.page()
    page.registry = SEED_REGISTRY
    if "brief_title" not in page.fields:
        report("content-missing", "the page has no title", Span(0, 0))
    return page


class _Reader(Listed):
    """Reads the stretches between a page's marks, each by what its mark says."""

    def take_page(self, lines: list[Line]) -> None:
        """Read a whole page: its title, and the stretches of its marks."""
        end = next((at for at, line in enumerate(lines) if ends_record(line.text)), len(lines))
        record = lines[:end]
        self.records_in = records_in(record)
        first = self._take(record, without_leading_groups(find_marks(record)))
        self._front(record[:first], record[first : first + 1])
        if end < len(lines):
            span = Span(lines[end].start, lines[-1].end)
            self.pieces.append(Piece(READ, span, "front"))
            self._leave("unparsed-text", "text after the end of the record", span)

    def take_sections(self, lines: list[Line], openings: Sequence[Opening]) -> None:
        """Read the sections of a labelled page whose words are not its own; the others are that page's."""
        bounds = [*(opening.index for opening in openings), len(lines)]
        self.sections = [labelled(lines[: bounds[0]], "front")]
        for opening, end in zip(openings, bounds[1:], strict=True):
            here = lines[opening.index : end]
            if self._is_other(opening, here):
                cells = tables.as_lines(here)
                self._take(cells, find_marks(cells, opened=True, values=opening.heading.section in _OWN_LABELS))
            else:
                self.openings.append(opening)
                self.sections.append(section_pieces(self.text, here, opening))

    def _is_other(self, opening: Opening, lines: Sequence[Line]) -> bool:
        """Whether a section has another heading than the labelled page's, or other labels."""
        section = opening.heading.section
        if section == "unknown":
            known = find_word(lines[0].text)
            return known is not None
        return section in _OWN_LABELS and not opening.repeated and other_words(lines[1:], values=True) > 0

    def _take(self, lines: list[Line], marks: Sequence[Mark]) -> int:
        """Read the stretches of some lines; where the first of them begins."""
        self.lines = lines
        self.times.update(mark.word.field for mark in marks if mark.word.field in _ONCE and not mark.bound)
        self.is_known = self.is_known or bool(marks)
        heads = [mark for at, mark in enumerate(marks) if not mark.bound or opens_list(marks, at)]
        if not heads:
            return len(lines)
        bound = [mark for mark in marks if mark.bound]
        ends = [*(mark.at for mark in heads[1:]), len(lines)]
        at = 0
        for mark, end in zip(heads, ends, strict=True):
            begin = at
            while at < len(bound) and bound[at].at < end:
                at += 1
            self._stretch(mark, bound[begin:at], end)
        return heads[0].at

    def page(self) -> Page:
        """The page of what was taken."""
        self._own_id_first()
        page = read_sections(self.source, self.openings, self.sections, self.report, self.form)
        page.is_known = page.is_known or self.is_known
        for field, span in page.fields.items():
            self._set(field, span)
        page.fields = self.fields
        if lay := page.fields.pop("lay_title", None):
            # The other title is that of the protocol.
            page.fields.setdefault("official_title", page.fields.pop("brief_title", lay))
            page.fields["brief_title"] = lay
        self._identify(page)
        if "investigator_affiliation" in page.fields and not _PARTY.intersection([*page.fields, *page.records]):
            # For an investigator who is not called the responsible party.
            self._leave("not-understood", "an affiliation without a name", page.fields.pop("investigator_affiliation"))
        page.arms += self.arms()
        page.arms += self.table_arms
        if not self.records.get("interventions"):
            self.records["interventions"] = self._merged_interventions()
        for name, records in self.records.items():
            page.records[name] = [*page.records.get(name, []), *records]
        page.loose += self.loose
        page.unparsed += self.unparsed
        if self.pieces:
            page.pieces = sorted([*page.pieces, *self.pieces], key=lambda piece: piece.span)
        return page

    def _own_id_first(self) -> None:
        """Of the further identifiers on the registry's own pages the first one is the organisation's."""
        span = self.fields.get("secondary_ids")
        if span is None or "org_study_id" in self.fields or not self.form.startswith("ctgov-"):
            return
        first = _FIRST_ID.match(self.text, *span)
        if first is None:
            return
        self.fields["org_study_id"] = Span(*first.span(1))
        if first.end() < span.end:
            self.fields["secondary_ids"] = Span(first.end(), span.end)
        else:
            del self.fields["secondary_ids"]

    def _identify(self, page: Page) -> None:
        """Which id is the record's, and of which register the page is."""
        main, further = record_id(self.text, self.ids, self.front)
        page.ids = self.ids
        page.day_first = main is not None and main.id.registry.dates == "DMY"
        page.most_repeated = max(self.times.values(), default=0)
        page.records_in = self.records_in
        page.further_ids = [Span(found.start, found.end) for found in further]
        if main:
            page.fields["registry_id"] = Span(main.start, main.end)
        elif self.ids:
            page.fields["registry_id"] = self.ids[0]

    def arms(self) -> list[Arm]:
        return arms_of(self.records.pop("groups", []), self.text)

    # --- The stretch below a mark ---

    def _stretch(self, mark: Mark, bound: Sequence[Mark], end: int) -> None:
        form = mark.word.form
        body = self.lines[mark.at + (not mark.bound) : end]
        if mark.word is UNKNOWN:
            span = Span(mark.label.start, body[-1].end if body else mark.label.end)
            self.pieces.append(Piece(READ, span, "unknown"))
            self._leave("unknown-heading", "a section under a heading that is not known", span)
        elif mark.word is FURNITURE:
            self.pieces.append(Piece("SENTENCE", mark.label, "front"))
            self._rest("front", body)
        elif form == GROUP:
            self._heading(mark, "FIELDS")
            self._rest(mark.word.section, self._without_sentence(mark, body))
        elif form == PROSE:
            self._prose(mark, body)
        elif form == LIST:
            self._list(mark, bound, body, end)
        else:
            self._value(mark, body)

    # --- Lists ---

    def _list(self, mark: Mark, bound: Sequence[Mark], body: list[Line], end: int) -> None:
        name = mark.word.field
        if name == "responsible_party" and not bound and not self._has_role(body):
            self._party(mark, body)
            return
        if self._says_arms(name, body, bound):
            self._read_arm_lines(mark, body)
            return
        if name.endswith("_contacts") and bound and all(part.bound == "name" for part in bound):
            self._plain(mark, body)
            return
        if not bound and (self._runs_together(mark, body) or self._own_manner(mark, body)):
            return
        if name.endswith("_outcomes"):
            body = self._opened(mark, body)
            kept = body if bound else self._plausible("measure", body)
            self._keep(name, read_outcomes(self.text, name, self._inline(mark), kept, bound))
            self._rest(name, body[len(kept) :])
        elif name == "related_trials":
            self._heading(mark, "PROSE")
            if body := self._without_sentence(mark, body):
                span = Span(body[0].start, body[-1].end)
                self.pieces.append(Piece(READ, span, name))
                self._leave("related-trials", "text about other trials", span)
        elif (
            bound
            and not (mark.bound or mark.value)
            and name in _MAIN
            and all(find_label(name, self.lines[part.at].text) for part in bound)
        ):
            # The labels are the seed's site's own: so is the manner of the list.
            self._as_labelled(mark, end)
        elif bound or name in ("officials", "documents"):
            body = self._opened(mark, body)
            self._keep(name, lists.read_records(self.text, name, self._inline(mark), body, bound))
        elif name == "countries" or mark.value is not None or not self._is_labelled(name, body):
            self._plain(mark, body)
        else:
            self._as_labelled(mark, end)

    def _has_role(self, body: Sequence[Line]) -> bool:
        return any(find_label("responsible_party", line.text) for line in body)

    def _opened(self, mark: Mark, body: list[Line]) -> list[Line]:
        if not mark.bound:
            self._heading(mark, "RECORDS")
            return self._without_sentence(mark, body)
        return body

    def _inline(self, mark: Mark) -> Span | None:
        return mark.value if not mark.bound else None

    def _keep(self, name: str, found: lists.Found) -> None:
        """Records that a list was read into, with what was left over of it."""
        self.pieces += found.pieces
        for span in found.left:
            self._leave("unparsed-text", f"text in {name.replace('_', ' ')} that belongs to no record", span)
        if name in ("sponsors", "responsible_party"):
            for record in found.records:
                for field, span in record.fields.items():
                    self._set(field, span)
        else:
            self.records.setdefault(name, []).extend(found.records)

    def _is_labelled(self, name: str, body: Sequence[Line]) -> bool:
        """Whether a list has the form of the labelled page: its labels, or that of a name and a description."""
        return name == "responsible_party" or any(find_label(name, line.text) for line in body)

    def _as_labelled(self, mark: Mark, end: int) -> None:
        name = mark.word.field
        main = _MAIN[name]
        lines = self.lines[mark.at : end]
        sentence = len(lines) > 1 and (speaks_to_the_reader(lines[1].text) or lines[1].text == main.sentence)
        seen = name in self.listed
        self.listed.add(name)
        heading = Heading(main.text, main.section, main.shape, main.sentence)
        if not any(line.opens for line in lines[1:]):
            lines = [Line(line.start, line.end, line.text, opens=True) for line in lines]
        opening = Opening(mark.at, heading, sentence, seen)
        self.openings.append(opening)
        self.sections.append(section_pieces(self.text, lines, opening))

    def _plain(self, mark: Mark, body: list[Line]) -> None:
        """A list without labels: an entry a line, or between semicolons."""
        name = mark.word.field
        self._heading(mark, "PROSE")
        body = self._without_sentence(mark, body)
        spans = [mark.value] if mark.value else []
        bulleted = list(self._bulleted(body))
        kept = self._plausible(name, bulleted) if name in ("sponsors", "countries", "references") else bulleted
        self._rest(name, body[len(kept) :])
        spans += [line.span for line in kept]
        # A citation has semicolons within.
        found = [
            part
            for span in spans
            for part in ([without_marker(self.text, span)] if name == "references" else entries(self.text, span))
        ]
        self.pieces += [Piece(READ, span, name) for span in spans]
        maker = PLAIN.get(name)
        if maker is None:
            for span in found:
                self._leave("unparsed-text", f"text in {name.replace('_', ' ')} that belongs to no record", span)
            return
        records, left = maker(self.text, found)
        self.records.setdefault(name, []).extend(records)
        for span in left:
            self._leave("unparsed-text", f"text in {name.replace('_', ' ')} that belongs to no record", span)

    # --- Before the first mark ---

    def _front(self, lines: Sequence[Line], below: Sequence[Line]) -> None:
        end = lines[-1].end if lines else 0
        body = body_of(self.text, end) if self.form in _ANY_WORDS else frozenset()
        id_below = any(map(is_id_label, below))
        head = read_head(self.text, lines, self._said("lead_sponsor"), id_below, body, bool(self.ids))
        self.pieces += [Piece("SENTENCE", line.span, "front") for line in head.table_head]
        if head.title and "brief_title" not in self.fields:
            self.fields["brief_title"] = head.title
        elif head.title:
            head.left.append(head.title)
        self.front = head.ids
        self.pieces += [Piece(READ, span, "front") for span in head.units]
        for span in head.left:
            if (said := status_in(self.text, span)) and "overall_status" not in self.fields:
                self.fields["overall_status"] = said[1]
                continue
            self._leave("text-before-title", "text before the first heading or label", span)

    def _said(self, field: str) -> str:
        span = self.fields.get(field)
        return self.text[span.start : span.end] if span else ""
