"""The lists of registries' own pages by the targets of their labels: conditions, countries, arms, outcomes, contacts.

`countries: Countries of recruitment` is a row of a registry's labels, and `_countries` here takes its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.eudract import items
from parser.forms.pages.model import Arm, Page, Record
from parser.problems import Report
from parser.registries import Registry, cris, isrctn
from parser.source import ParsedValue, Span, fold
from parser.values.codes import read_code
from parser.values.country import country_code

# Between countries are blanks, commas, bars and strokes.
_WORD = re.compile(r"[^\s,/|]*\w[^\s,/|]*")
# `Register of Trials: NCTR570`, not `Age: 80 years`.
_ID_AFTER_COLON = re.compile(r": (?=\S*\d)\S{5,}\Z")
_BULLET = re.compile(r"[-–•·]\s+")
_MOST_WORDS_OF_A_ROW, _MOST_WORDS_OF_A_COUNTRY = 100, 6
_BAR = re.compile(r"(?<!\s)\s+\|")
ONE_TEXT = frozenset({"official_title", "brief_title", "acronym"})
"""Fields of one text, which may be on several lines."""
_RUNNING_NUMBERS = re.compile(r"(?<!\s)(?:(?:(?:\s+\d{4,})+\s+\d)+\s*|\s+\d{2,}\s+0|\s+0\s+0|\s+\d{5,})\Z")
_LONGEST_NUMBERS = 500
_LONGEST_OUTCOME = 150
# A date that is printed in another calendar as well.
_OTHER_CALENDAR = re.compile(r"(\d{4}-\d\d-\d\d)\s*,\s*1[34]\d\d/\d\d/\d\d\Z")
_FRAME = re.compile(
    r"(?=.*\]\.?\Z)(?P<measure>.*?\S)\s*\[\s*time ?frame\s*:\s*(?P<frame>\S(?:.*\S)?)\s*\]\.?\Z", re.IGNORECASE
)
_TYPED = re.compile(r"(?P<type>[A-Z][A-Za-z ]{2,30}):\s*(?P<name>\S.*)\Z")
_NOTHING = frozenset(
    {"none", "nil", "nil known", "n/a", "na", "not applicable", "not available", "not provided", "nil specified"}
    | {"no secondary id", "no trial acronym"}
    | {"-", "--", "null", "no entry", "no entries", "none provided", "not specified", "as above"}
    | {"not provided at time of registration", "not provided at time of registration."}
    | {"not stated", "empty", "[---]", "[---]*"}
)


def trimmed_value(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks, bars and colons around it."""
    while start < end and (text[start].isspace() or text[start] in "|:：*"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "|:："):
        end -= 1
    return Span(start, end)


class RegistryLists:
    """Reads the lists of a page; `result` collects their spans."""

    def __init__(self, text: str, report: Report, registry: Registry | None, result: Page) -> None:
        self.text = text
        self.report = report
        self.registry = registry
        self.result = result
        self.signs: list[Span] = []
        """What within a value does not belong to it: running numbers, a label of its own."""

    def _is_nothing(self, span: Span) -> bool:
        return fold(self.text[slice(*span)]).lower() in _NOTHING

    def _leave(self, spans: Sequence[Span]) -> None:
        if spans:
            whole = Span(spans[0].start, spans[-1].end)
            self.report("no-field", "text of a label that API v2 has no field for", whole)
            self.result.unparsed.append(whole)

    def _set(self, name: str, spans: Sequence[Span]) -> None:
        """A single value: the first line, or all of running text."""
        whole = Span(spans[0].start, spans[-1].end)
        if name in self.result.fields or name in self.result.stated:
            if fold(self.text[slice(*whole)]) != fold(self.text[slice(*self.result.fields.get(name, whole))]):
                self.report("duplicate-field", f"{name.replace('_', ' ')} comes again", whole)
                self.result.unparsed.append(whole)
            return
        code = self._own_code(name, whole)
        if code:
            self.result.stated[name] = (ParsedValue(code, whole),)
            return
        prose = name == "brief_summary"
        if name in ONE_TEXT:
            prose, whole = True, self._in_one_cell(spans)
        if other := _OTHER_CALENDAR.match(self.text[slice(*spans[0])]):
            at = spans[0].start + other.end(1)
            self.signs.append(trimmed_value(self.text, at + 1, spans[0].end))
            spans = [Span(spans[0].start, at), *spans[1:]]
        self.result.fields[name] = whole if prose else spans[0]
        if not prose:
            self._leave(spans[1:])

    def _in_one_cell(self, spans: Sequence[Span]) -> Span:
        """The lines before the first bar: what is in other cells and rows belongs to another value."""
        whole = Span(spans[0].start, spans[-1].end)
        bar = _BAR.search(self.text, *whole)
        if bar is None:
            return whole
        self._leave([trimmed_value(self.text, bar.start(), whole.end)])
        return Span(whole.start, bar.start())

    def _own_code(self, name: str, span: Span) -> str | None:
        """The code that a registry's own word stands for."""
        codes = self.registry.codes.get(name, {}) if self.registry else {}
        return codes.get(fold(self.text[slice(*span)]).lower())

    # --- Lists ---

    def _records(self, name: str) -> list[Record]:
        return self.result.records.setdefault(name, [])

    def _parts(self, spans: Sequence[Span], between: str = ";|") -> list[Span]:
        """The entries of a list: a line each, or between semicolons or the bars of cells, or other signs."""
        found: list[Span] = []
        for span in spans:
            for match in re.finditer(f"[^{between}]+", self.text[slice(*span)]):
                part = trimmed_value(self.text, span.start + match.start(), span.start + match.end())
                if part.start < part.end and not self._is_nothing(part):
                    found.append(part)
        return found

    def _conditions(self, spans: Sequence[Span]) -> None:
        parts = []
        for part in self._parts(spans):
            numbers = _RUNNING_NUMBERS.search(self.text, max(part.start, part.end - _LONGEST_NUMBERS), part.end)
            parts.append(Span(part.start, numbers.start()) if numbers else part)
            if numbers:
                self.signs.append(trimmed_value(self.text, numbers.start(), part.end))
        # Running numbers may have lines of their own.
        self.signs += [part for part in parts if not any(map(str.isalpha, self.text[slice(*part)]))]
        parts = [part for part in parts if part not in self.signs]
        if "conditions" in self.result.fields:
            self._leave(spans)
        elif parts:
            self.result.fields["conditions"] = Span(parts[0].start, parts[-1].end)
            self.result.records["conditions"] = [Record([part]) for part in parts]

    def _condition_terms(self, spans: Sequence[Span]) -> None:
        """Terms of a list that was chosen from, with commas between them."""
        self._conditions(self._parts(spans, ",;"))

    def _keywords(self, spans: Sequence[Span]) -> None:
        terms = self._parts(spans, ",;")
        if not terms or "keywords" in self.result.fields:
            self._leave(spans)
            return
        self.result.fields["keywords"] = Span(terms[0].start, terms[-1].end)
        self.result.records["keywords"] = [Record([term]) for term in terms]

    def _countries(self, spans: Sequence[Span]) -> None:
        named = [one.fields["country"] for one in self._records("locations") if "country" in one.fields]
        known = {fold(self.text[slice(*span)]) for span in named}
        parts = [one for joined in self._parts(spans) for one in self._apart(joined)]
        for part in parts:
            if len(parts) > 1 and country_code(self.text[slice(*part)]) is None:
                self._leave([part])
            elif fold(self.text[slice(*part)]) not in known:
                known.add(fold(self.text[slice(*part)]))
                self._records("locations").append(Record(fields={"country": part}))

    def _apart(self, part: Span) -> list[Span]:
        """The countries that blanks join in a row of cells; none where some of the row is a country and some is not."""
        words = [Span(*match.span()) for match in _WORD.finditer(self.text, *part)]
        part = Span(words[0].start, words[-1].end) if words else part
        if country_code(self.text[slice(*part)]) or len(words) > _MOST_WORDS_OF_A_ROW:
            return [part]
        found: list[Span] = []
        while words:
            ends = (words[end] for end in reversed(range(min(len(words), _MOST_WORDS_OF_A_COUNTRY))))
            row = (Span(words[0].start, end.end) for end in ends)
            country = next((one for one in row if country_code(self.text[slice(*one)])), None)
            if country is None:
                if found:
                    self._leave([part])
                return [] if found else [part]
            found.append(country)
            words = [word for word in words if word.start >= country.end]
        return found

    def _country(self, spans: Sequence[Span]) -> None:
        self._countries(spans)

    def _site(self, spans: Sequence[Span]) -> None:
        self._records("locations").append(Record(fields={"facility": spans[0]}))
        self._leave(spans[1:])

    def _site_status(self, spans: Sequence[Span]) -> None:
        records = self._records("locations")
        known = read_code("site_status", fold(self.text[slice(*spans[0])]))
        if records and known and "site_status" not in records[-1].fields:
            records[-1].fields["site_status"] = spans[0]
            spans = spans[1:]
        self._leave(spans)

    def _arm(self, spans: Sequence[Span]) -> None:
        self.result.arms.append(Arm(spans[0]))
        self._leave(spans[1:])

    def _arm_type(self, spans: Sequence[Span]) -> None:
        if self.result.arms and self.result.arms[-1].type is None:
            self.result.arms[-1].type = spans[0]
            spans = spans[1:]
        self._leave(spans)

    def _arm_description(self, spans: Sequence[Span]) -> None:
        if self.result.arms and self.result.arms[-1].description is None:
            self.result.arms[-1].description = Span(spans[0].start, spans[-1].end)
        else:
            self._leave(spans)

    def _collaborators(self, spans: Sequence[Span]) -> None:
        self._set("collaborators", [Span(spans[0].start, spans[-1].end)])

    def _secondary_ids(self, spans: Sequence[Span]) -> None:
        main = self.result.fields.get("registry_id")
        for part in self._parts(spans):
            if bullet := _BULLET.match(self.text, *part):
                self.signs.append(Span(*bullet.span()))
                part = Span(bullet.end(), part.end)
            text = self.text[slice(*part)]
            is_labelled = ": " in text and not _ID_AFTER_COLON.search(text)
            if is_labelled or not (text.isupper() or any(map(str.isdigit, text))):
                # A label that nobody knows and its value, or words: an id has digits, or is in capitals.
                self._leave([part])
            elif main is None or fold(text) != fold(self.text[slice(*main)]):
                self.result.further_ids.append(part)

    def _interventions(self, spans: Sequence[Span]) -> None:
        """`Drug: Metformin`, a line each; running text is left."""
        parts = self._parts(spans)
        matches = [_TYPED.match(self.text[slice(*part)]) for part in parts]
        known = [match and read_code("intervention_type", match["type"]) for match in matches]
        if not parts or not all(known):
            self._leave(spans)
            return
        for part, match in zip(parts, matches, strict=True):
            assert match, "all of them match"
            place = {
                name: Span(part.start + match.start(name), part.start + match.end(name)) for name in ("type", "name")
            }
            self._records("interventions").append(Record([place["name"]], {"intervention_type": place["type"]}))

    def _primary_outcomes(self, spans: Sequence[Span]) -> None:
        self._outcome_list("primary_outcomes", spans)

    def _secondary_outcomes(self, spans: Sequence[Span]) -> None:
        self._outcome_list("secondary_outcomes", spans)

    def _primary_outcome_lines(self, spans: Sequence[Span]) -> None:
        self._outcome_lines("primary_outcomes", spans)

    def _secondary_outcome_lines(self, spans: Sequence[Span]) -> None:
        self._outcome_lines("secondary_outcomes", spans)

    def _each_primary_outcome(self, spans: Sequence[Span]) -> None:
        self._records("primary_outcomes").extend(Record(fields={"measure": span}) for span in spans)

    def _each_secondary_outcome(self, spans: Sequence[Span]) -> None:
        self._records("secondary_outcomes").extend(Record(fields={"measure": span}) for span in spans)

    def _outcome_lines(self, name: str, spans: Sequence[Span]) -> None:
        """An outcome on each line, unless the lines are those of a text."""
        texts = [self.text[slice(*span)] for span in spans]
        if all(text[0].isupper() and len(text) <= _LONGEST_OUTCOME and text[-1] not in ",:;" for text in texts):
            for span in spans:
                self._records(name).append(Record(fields={"measure": span}))
        else:
            self._outcome_list(name, spans)

    def _outcome_list(self, name: str, spans: Sequence[Span]) -> None:
        """`Survival [Time Frame: 2 years]` a line each, numbered items, or one text."""
        matches = [_FRAME.match(self.text[slice(*span)]) for span in spans]
        if all(matches):
            for span, match in zip(spans, matches, strict=True):
                assert match, "all of them match"
                measure, frame = (Span(span.start + match.start(part), span.start + match.end(part))
                                  for part in ("measure", "frame"))  # fmt: skip
                self._records(name).append(Record(fields={"measure": measure, "time_frame": frame}))
            return
        whole = self._in_one_cell(spans)
        at = whole.start
        for part in items(self.text, whole):
            # The numbers of a list are before its items.
            self.signs += [sign] if (sign := trimmed_value(self.text, at, part.start)).start < sign.end else []
            at = part.end
            end = part.end - (self.text[part.end - 1] == ";")
            self._records(name).append(Record(fields={"measure": Span(part.start, end)}))

    def _outcome(self, spans: Sequence[Span]) -> None:
        self._one_outcome("primary_outcomes", spans)

    def _second_outcome(self, spans: Sequence[Span]) -> None:
        self._one_outcome("secondary_outcomes", spans)

    def _one_outcome(self, name: str, spans: Sequence[Span]) -> None:
        self._last = name
        self._records(name).append(Record(fields={"measure": self._in_one_cell(spans)}))

    _last = ""

    def _time(self, spans: Sequence[Span]) -> None:
        records = self.result.records.get(self._last)
        if records and "time_frame" not in records[-1].fields:
            records[-1].fields["time_frame"] = self._in_one_cell(spans)
        else:
            self._leave(spans)

    def _contact(self, spans: Sequence[Span]) -> None:
        """A name right below the label, as ISRCTN has it; else the labels of the part say what is what."""
        if self.registry is isrctn.REGISTRY:
            self._name(spans)
        else:
            self._leave(spans)

    def _name(self, spans: Sequence[Span]) -> None:
        """A contact's name, which CRIS prints on lines of its own for each part of it."""
        last = spans[-1] if self.registry is cris.REGISTRY else spans[0]
        self._records("central_contacts").append(Record([Span(spans[0].start, last.end)]))
        self._leave([] if last is spans[-1] else spans[1:])

    def _official(self, spans: Sequence[Span]) -> None:
        """Who leads the study; CRIS prints each part of a name on a line of its own."""
        last = spans[-1] if self.registry is cris.REGISTRY else spans[0]
        self._records("officials").append(Record(fields={"name": Span(spans[0].start, last.end)}))
        self._leave([] if last is spans[-1] else spans[1:])

    def _official_affiliation(self, spans: Sequence[Span]) -> None:
        records = self.result.records.get("officials")
        if records and "affiliation" not in records[-1].fields:
            records[-1].fields["affiliation"] = spans[0]
            spans = spans[1:]
        self._leave(spans)

    def _intervention(self, spans: Sequence[Span]) -> None:
        """A name in a column of names."""
        self._records("interventions").append(Record([spans[0]]))
        self._leave(spans[1:])

    def _phone(self, spans: Sequence[Span]) -> None:
        self._of_contact("phone", spans)

    def _email(self, spans: Sequence[Span]) -> None:
        self._of_contact("email", spans)

    def _of_contact(self, name: str, spans: Sequence[Span]) -> None:
        records = self.result.records.get("central_contacts")
        if records and name not in records[-1].fields:
            records[-1].fields[name] = spans[0]
            self._leave(spans[1:])
        else:
            self._leave(spans)
