"""The single values of a page in other words, and its running text: the stretch below one mark each."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence

from parser.enums import ENUMS
from parser.forms.pages.candidates import FOOTNOTE
from parser.forms.pages.checks import GLUED, is_no_term, is_typed, may_hold, vouches
from parser.forms.pages.endings import is_left_below_a_text, only_headings, says_no_criteria
from parser.forms.pages.entries import entries
from parser.forms.pages.fields import CODE, DATE, YES_NO
from parser.forms.pages.furniture import is_furniture
from parser.forms.pages.headings import Opening
from parser.forms.pages.marks import Mark
from parser.forms.pages.model import READ, Arm, Piece, Record
from parser.forms.pages.site import RESULTS_NOTICES, SEED_FORM, is_site_text
from parser.forms.pages.vocabulary import FORM_OF, says_something
from parser.lines import Line, paragraphs_of
from parser.problems import Report
from parser.source import Source, Span, fold, trimmed
from parser.values.age_line import read_ages
from parser.values.codes import read_code
from parser.values.date import read_date

# Fields with several values on such pages: each line below the label is one.
_SEVERAL = frozenset({"collaborators", "secondary_ids", "who_masked", "std_ages", "ipd_info_types", "phases"})

# Those of them whose lines can be checked.
_LISTED = frozenset({"collaborators", "secondary_ids"})

# What pages print where they have no value.
_NOTHING = frozenset(
    {"n/a", "na", "no limit", "not provided", "not available", "none provided", "no data", "none", "(none)", "null"}
    | {"not specified", "unspecified", "not reported", "no description provided", "no data available", "not stopped"}
    | {"not applicable", "-", "–", "—", "undefined", "unknown", "not listed", "none listed", "not yet available"}
    | {
        "nil",
        "nil known",
        "no secondary id",
        "no trial acronym",
        "no acronym",
        "not yet",
        "tba",
        "tbc",
        "tbd",
        "pending",
    }
    | {"to be announced", "to be confirmed", "to be determined", "see above", "see below", "see website", "see title"}
)
# Where the same words are values: `Not Applicable` is a phase, `Unknown` a status.
_CODES = frozenset({"not applicable", "n/a", "unknown", "none", "na"})
_WORDS_AS_CODES = frozenset({CODE, YES_NO})
# Text around a value: a bullet before it, a remark in brackets after a date.
_BULLETS = re.compile(r"(?:[-*•·]\s+)+")
_REMARK = re.compile(r"\((?!actual|estimate|anticipated)[^()]*\)\s*\Z", re.IGNORECASE)
# Terms between commas, brackets aside; what is after a comma in the name of a condition.
_TERM = re.compile(r"(?:\([^()]*\)|[^,(]|\()+")
_INVERTED = re.compile(
    r"(?:type \w+|acute|chronic|adult|childhood|pediatric|juvenile|rheumatoid|primary|secondary|malignant|benign|male"
    r"|female"
    r"|recurrent|refractory|stage .*|grade .*|non.*|b-cell|t-cell|viral|bacterial|\w+-cell|not otherwise .*|and .*"
    r"|or .*)\Z",
    re.IGNORECASE,
)
_LEAST_TERMS, _LEAST_OF_A_LINE = 3, 3
_LEAST_OF_A_CHOICE = 2
# With so few lines, or such a share of them, at the beginning of paragraphs, there is no evidence of lists.
_FEW, _MOST = 3, 0.8
# `Pfizer (Industry)`, `Sanofi · Industry`: a sponsor and its class.
# `Institute - Test University`: a label of its own within a value.
_INNER_LABEL = re.compile(r"(?:institute|institution|organi[sz]ation|name|company)\s+[-–]\s+(?=\S)", re.IGNORECASE)
_ROLE_AFTER = re.compile(r"(?<!\s)\s*\((?:responsible party|sponsor)\)\s*\Z", re.IGNORECASE)
_CLASS = re.compile(r"(?:\(([^()]+)\)|[·|]\s*([^·|\s](?:[^·|]*[^·|\s])?))\s*\Z")


class Values(ABC):
    """What was read of a page so far, and how values and running text are read."""

    def __init__(self, source: Source, report: Report, form: str) -> None:
        self.text = source.text
        self.source = source
        self.report = report
        self.form = form
        self.is_known = False
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.fields: dict[str, Span] = {}
        self.loose: list[tuple[str, Span]] = []
        self.unparsed: list[Span] = []
        self.records: dict[str, list[Record]] = {}
        self.openings: list[Opening] = []
        self.sections: list[list[Piece]] = [[]]
        self.listed: set[str] = set()
        self.records_in = 1
        self.table_interventions: list[Record] = []
        self.arm_interventions: list[Record] = []
        self.table_arms: list[Arm] = []
        self.times: Counter[str] = Counter()
        self.ids: list[Span] = []
        """The values under labels for an id."""
        self.front: list[Span] = []
        """The lines of the head that hold an id."""

    def _heading(self, mark: Mark, shape: str) -> None:
        line = self.lines[mark.at]
        span = Span(line.start, mark.value.start if mark.value else line.end)
        self.pieces.append(Piece(f"{shape}_HEADING", self._trimmed(span), mark.word.section))

    def _trimmed(self, span: Span) -> Span:
        cut = self.text[span.start : span.end]
        return Span(span.start, span.start + len(cut.rstrip()))

    def _without_sentence(self, mark: Mark, body: list[Line]) -> list[Line]:
        """The lines below a heading, without the site's own sentence."""
        while body and mark.value is None and (is_furniture(body[0].text) or is_site_text(body[0].text)):
            self.pieces.append(Piece("SENTENCE", body[0].span, mark.word.section))
            body = body[1:]
        return body

    def _prose(self, mark: Mark, body: list[Line]) -> None:
        body = self._without_sentence(mark, body)
        if mark.label.start < mark.label.end:
            self._heading(mark, "PROSE")
        field = mark.word.field
        if field in ("conditions", "keywords"):
            self._terms(mark, body)
            return
        if self._says_nothing(mark, body):
            return
        if len(body) > 1 and body[-1].end == len(self.text.rstrip()) and len(body[-1].text) < _LEAST_OF_A_LINE:
            # It is cut off by the end of the text, so it may be the beginning of anything.
            self._rest(mark.word.section, [body[-1]])
            body = body[:-1]
        while body and (self._is_no_text(field, body[-1].text) or is_left_below_a_text(field, body)):
            # The heading of the next part, which has nothing of its own below it.
            self._rest(mark.word.section, [body[-1]])
            body = body[:-1]
        if not mark.value and not body:
            return
        first = mark.value.start if mark.value else body[0].start
        said = [*([self.text[mark.value.start : mark.value.end]] if mark.value else []), *(line.text for line in body)]
        if field == "eligibility_criteria" and (only_headings(said) or says_no_criteria(said)):
            self._rest(mark.word.section, body)
            return
        span = Span(first, body[-1].end if body else mark.value.end if mark.value else first)
        self.pieces.append(Piece(READ, span, mark.word.section))
        if field == "eligibility_criteria" or may_hold(field, said[0]):
            self._set(field, span)
        else:
            self._leave("not-understood", f"this is no {field.replace('_', ' ')}", span)

    def _is_no_text(self, field: str, line: str) -> bool:
        """Whether the last line of a text is the heading of something else, or of criteria that are not there."""
        if field == "eligibility_criteria" and only_headings([line]):
            return True
        return says_something(line.removesuffix(FOOTNOTE)) or is_furniture(line)

    def _says_nothing(self, mark: Mark, body: Sequence[Line]) -> bool:
        """Whether a site says that a text is not there: `Not available`. What follows that is no part of it."""
        said = self.text[mark.value.start : mark.value.end] if mark.value else body[0].text if body else ""
        if said.casefold().strip(". ") not in _NOTHING:
            return False
        at = mark.value or body[0].span
        self.pieces.append(Piece("SENTENCE", at, mark.word.section))
        self._rest(mark.word.section, body if mark.value else body[1:])
        return True

    def _terms(self, mark: Mark, body: list[Line]) -> None:
        """Conditions or keywords: one a line or between semicolons, up to the first line that can be none."""
        field, section = mark.word.field, mark.word.section
        spans = [mark.value] if mark.value else []
        kept = self._plausible(field, self._bulleted(body))
        if mark.value and len(kept) < len(body):
            # Terms on the label's line: what follows is the next label, in any wording.
            kept = []
        elif kept and (len(kept) < len(body) or self._has_paragraphs()):
            # Unknown text may follow the list; only its first paragraph is certain.
            bulleted = _BULLETS.match(kept[0].text) is not None
            end = next((at for at, line in enumerate(kept) if at and line.opens and not bulleted), len(kept))
            kept = kept[:end]
        spans += [line.span for line in kept]
        if len(spans) == 1 and self.text[spans[0].start : spans[0].end].casefold().strip(". ") in _NOTHING:
            self.pieces.append(Piece("SENTENCE", spans[0], section))
        elif spans and (len(kept) == len(body) or kept or mark.value):
            span = Span(spans[0].start, spans[-1].end)
            self.pieces.append(Piece(READ, span, section))
            terms = [part for one in spans for part in entries(self.text, one)]
            if len(terms) == 1 and "," in self.text[terms[0].start : terms[0].end]:
                terms = self._between_commas(field, terms[0])
                self.records[field] = [Record([term]) for term in terms] if field not in self.fields else []
            known = field in self.fields
            if len(terms) == 1 and self.form != SEED_FORM and not known:
                # Only the seed's site joins terms by blanks.
                self.records[field] = [Record(terms)]
            said = [self.text[term.start : term.end] for term in terms]
            alone = len(said) == 1 and not GLUED.search(said[0]) and not is_no_term(said[0])
            if alone or all(may_hold(field, one) for one in said):
                self._set(field, span)
                if len(terms) > 1 and not known:
                    self.records[field] = [Record([term]) for term in terms]
            else:
                self._leave("not-understood", f"these are no {field}", span)
        self._rest(section, body[len(kept) :])

    def _has_paragraphs(self) -> bool:
        """Whether some lines of the page are parted by blank lines and some are not."""
        return _FEW < sum(line.opens for line in self.lines) < _MOST * len(self.lines)

    def _bulleted(self, body: Sequence[Line]) -> Sequence[Line]:
        """The lines of a list, which ends where its bullets do."""
        if not body or not _BULLETS.match(body[0].text):
            return body
        end = next(
            (at for at, line in enumerate(body) if not _BULLETS.match(line.text) and line.text[0].isupper()), len(body)
        )
        return body[:end]

    def _between_commas(self, field: str, span: Span) -> list[Span]:
        """The terms of a line with commas; where they may be parts of one (`Arthritis, Rheumatoid`) it stays whole."""
        parts = [trimmed(self.text, *match.span()) for match in _TERM.finditer(self.text, *span)]
        said = [self.text[part.start : part.end] for part in parts]
        least = _LEAST_TERMS if field == "conditions" else 2
        if len(parts) < least or (field == "conditions" and any(_INVERTED.match(part) for part in said)):
            return [span]
        return [part for part in parts if part.start < part.end]

    def _plausible(self, field: str, lines: Sequence[Line]) -> list[Line]:
        """The lines of a list up to the first that can be not an entry of it: what follows that is another thing."""
        for at, line in enumerate(lines):
            parts = [line.span] if field in ("measure", "references") else entries(self.text, line.span)
            if not all(may_hold(field, self.text[part.start : part.end]) for part in parts):
                return list(lines[:at])
        return list(lines)

    def _value(self, mark: Mark, body: list[Line]) -> None:
        line = self.lines[mark.at]
        field = mark.word.field
        if field == "results":
            body = self._results(mark, body)
        several = field in _SEVERAL
        if mark.value is None and not several and self._chooses(field, body):
            self._rest(mark.word.section, body)
            return
        if mark.value is None and self._explains(field, body):
            self.pieces.append(Piece("SENTENCE", body[0].span, mark.word.section))
            body = body[1:]
        value, rest = mark.value, body
        groups = self._age_groups(body) if field in ("ages", "std_ages") and value is None else 0
        listed = groups or len(self._plausible(field, body)) if groups or field in _LISTED else len(body)
        if value is None and body:
            count = listed if several or groups else self._paragraph(body, mark)
            if self.form.startswith("ctgov-") and not (several and listed):
                # All labels of the registry's own pages are known: a text goes on to the next.
                count = len(body) if field == "study_population" else count or self._paragraph(body, mark)
            if count:
                value, rest = Span(body[0].start, body[count - 1].end), body[count:]
        elif value is not None and several and listed and not rest[0].opens:
            value, rest = Span(value.start, rest[listed - 1].end), rest[listed:]
        end = line.end if mark.value is None or value == mark.value else mark.value.start
        self.pieces.append(Piece("LABEL", self._trimmed(Span(line.start, end)), mark.word.section, field, value))
        if value is not None:
            self._read_value(field, value)
            if value != mark.value:
                self.pieces.append(Piece(READ, value, mark.word.section, field))
            if mark.kind:
                self.fields.setdefault(f"{field}_kind", mark.kind)
        self._rest(mark.word.section, rest)

    def _chooses(self, field: str, body: Sequence[Line]) -> bool:
        """Whether the lines below a label are several codes of its field, which has one: what one may choose."""
        if field not in ENUMS or len(body) < _LEAST_OF_A_CHOICE:
            return False
        said = [self._bare(line.span) for line in body[:_LEAST_OF_A_CHOICE]]
        first, second = (read_code(field, self.text[span.start : span.end]) for span in said)
        return first is not None and second is not None and first != second

    def _explains(self, field: str, body: Sequence[Line]) -> bool:
        """Whether a line without figures is between a date's label and its date: `First participant enrolled`."""
        if len(body) < 2 or FORM_OF.get(field) != DATE or any(map(str.isdigit, body[0].text)):
            return False
        return not vouches(field, body[0].text) and vouches(field, body[1].text)

    def _age_groups(self, body: Sequence[Line]) -> int:
        """How many lines below a label are standard groups of ages, one each: `Adult`, `Older Adult`."""
        count = 0
        while count < len(body):
            span = self._bare(body[count].span)
            said = read_ages(self.text[span.start : span.end])
            if said is None or not said.groups or said.minimum or said.maximum:
                break
            count += 1
        return count

    def _results(self, mark: Mark, body: list[Line]) -> list[Line]:
        """The site's text about results next to their value: a sentence, and a button."""
        kept = body[:1] if mark.value is None else []
        notice = bool(kept) and kept[0].text in RESULTS_NOTICES
        for at, line in enumerate(body[len(kept) :]):
            # The sentence that explains a notice is worded in many ways.
            if is_site_text(line.text, explains=notice and at == 0):
                self.pieces.append(Piece("SENTENCE", line.span, "results"))
            else:
                kept.append(line)
        return kept

    def _paragraph(self, body: Sequence[Line], mark: Mark) -> int:
        """How many lines the value below a label has: those of its paragraph, one where nothing shows."""
        if not body[0].opens:
            return 1
        count = 1
        while count < len(body) and not body[count].opens:
            count += 1
        return count if mark.word.form == "LINE" else 1

    def _read_value(self, field: str, value: Span) -> bool:
        """Note where a value is; False if all or some of it says nothing that the document has."""
        value = self._bare(value)
        if field in ("ages", "std_ages"):
            return self._ages(field, value)
        form = FORM_OF.get(field)
        printed = fold(self.text[value.start : value.end])
        if not printed or (printed.casefold() in _NOTHING - (_CODES if form in _WORDS_AS_CODES else frozenset())):
            return False
        if form == DATE and (remark := _REMARK.search(printed)) and not vouches(field, printed):
            cut = self.text.rindex("(", value.start, value.end) if remark else value.end
            value = self._trimmed(Span(value.start, cut))
            printed = fold(self.text[value.start : value.end])
        if field == "collaborators" and self._sponsors_with_classes(value):
            return True
        if field == "organization" and (role := _ROLE_AFTER.search(self.text, *value)):
            value = Span(value.start, role.start())
        if field == "lead_sponsor":
            value = self._without_class(value)
            if inner := _INNER_LABEL.match(self.text, *value):
                value = Span(inner.end(), value.end)
            printed = fold(self.text[value.start : value.end])
        if field == "secondary_ids" and self.form.startswith("ctgov-") and not may_hold(field, printed):
            # The first of the registry's own list is the organisation's, which may be a name.
            field = "org_study_id"
        if not is_typed(field) and not vouches(field, printed):
            self._leave("unknown-value", f"{printed[:200]!r} is no {field.replace('_', ' ')}", value)
            return True
        self._set(field, value)
        return True

    @abstractmethod
    def _sponsors_with_classes(self, value: Span) -> bool:
        """Take sponsors that a line names with their classes; whether it does."""

    def _bare(self, value: Span) -> Span:
        """A value without the bullet before it."""
        bullet = _BULLETS.match(self.text, *value)
        return Span(bullet.end(), value.end) if bullet and bullet.end() < value.end else value

    def _without_class(self, value: Span) -> Span:
        """A sponsor's name without its class, which goes to its own field."""
        match = _CLASS.search(self.text, *value)
        group = 0 if match is None else 1 if match[1] else 2
        if match is None or read_code("sponsor_class", match[group].split(" / ")[-1]) is None:
            return value
        start = match.end(group) - len(match[group].split(" / ")[-1])
        self._set("lead_sponsor_class", Span(start, match.end(group)))
        return trimmed(self.text, value.start, match.start())

    def _ages(self, field: str, value: Span) -> bool:
        """Ages in one line: `18 Years to 65 Years (Adult, Older Adult)`; False if the line says none."""
        if read_ages(self.text[value.start : value.end]) is None:
            return False
        self._set(field, value)
        return True

    def _set(self, field: str, span: Span) -> None:
        if field == "registry_id":
            self.ids.append(span)
            return
        known = self.fields.get(field)
        if known and is_typed(field) and not vouches(field, fold(self.text[known.start : known.end])):
            # A value that can be read is better than one that came before and cannot.
            self._leave("not-understood", f"this is no {field.replace('_', ' ')}", known)
            known = None
        if known and self._is_more_precise(field, span, known):
            self._leave("duplicate-field", f"a second value for {field}", known)
            known = None
        if known is None:
            self.fields[field] = span
        elif field == "eligibility_criteria" and self._says_criteria(span) and not self._says_criteria(known):
            self.fields[field] = span
            self._leave("not-understood", "these are no criteria", known)
        elif self._vouches_better(field, span, known):
            self.fields[field] = span
            self._leave("unknown-value", f"this is no {field.replace('_', ' ')}", known)
        elif fold(self.text[known.start : known.end]) != fold(self.text[span.start : span.end]):
            self._leave("duplicate-field", f"a second value for {field}", span)

    def _is_more_precise(self, field: str, span: Span, known: Span) -> bool:
        """Whether of two dates the second is the first one with its day."""
        if FORM_OF.get(field) != DATE:
            return False
        first, second = (read_date(self.text[one.start : one.end]).date for one in (known, span))
        return bool(first and second) and str(second).startswith(f"{first}-")

    def _says_criteria(self, span: Span) -> bool:
        return re.search(r"\b(?:in|ex)clu", self.text[span.start : span.end], re.IGNORECASE) is not None

    def _vouches_better(self, field: str, span: Span, known: Span) -> bool:
        """Whether of two values of a typed field only the second passes its check."""
        first, second = (fold(self.text[one.start : one.end]) for one in (known, span))
        return is_typed(field) and not vouches(field, first) and vouches(field, second)

    def _rest(self, section: str, lines: Sequence[Line]) -> None:
        """Paragraphs that no label claims."""
        for span in paragraphs_of(lines):
            self.pieces.append(Piece(READ, span, section))
            self.loose.append((section, span))

    def _leave(self, code: str, message: str, span: Span) -> None:
        self.unparsed.append(span)
        self.report(code, message, span)
