"""The values of registries' own pages by the targets of their labels: codes, dates, ages, lists.

`overall_status: Recruitment status` is a row of a registry's labels, and `_overall_status` here takes its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.eudract import items
from parser.forms.pages.model import Page, Record
from parser.problems import Report
from parser.registries import Registry, find_ids, isrctn
from parser.source import ParsedValue, Span, fold
from parser.values.codes import read_code
from parser.values.country import country_code

_WORD = re.compile(r"\S+")
_MOST_WORDS_OF_A_ROW, _MOST_WORDS_OF_A_COUNTRY = 100, 6
_RUNNING_NUMBERS = re.compile(r"(?<!\s)(?:(?:(?:\s+\d{4,})+\s+\d)+\s*|\s+\d{2,}\s+0|\s+0\s+0)\Z")
_LONGEST_NUMBERS = 500
_AGE = re.compile(
    r"(?:[<>]=\s*)?(\d{1,3})(?:\.0+)?\s*(year|age|month|week|day|hour|minute)s?(?:\(s\))?(?:[\s-]+old)?(?:\s*[<>]=)?\.?\Z",
    re.IGNORECASE,
)
# When a registry gave an id, printed after it, and a date that is printed in another calendar as well.
_REGISTERED = re.compile(r"\[registered on:\s*(\d\d/\d\d/\d{4})\]", re.IGNORECASE)
_OTHER_CALENDAR = re.compile(r"(\d{4}-\d\d-\d\d)\s*,\s*1[34]\d\d/\d\d/\d\d\Z")
_AGES = re.compile(
    r"(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?\s*~\s*(?:(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?|no limit)\Z",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?=.*\]\.?\Z)(?P<measure>.*?\S)\s*\[\s*time ?frame\s*:\s*(?P<frame>\S(?:.*\S)?)\s*\]\.?\Z", re.IGNORECASE
)
_TYPED = re.compile(r"(?P<type>[A-Z][A-Za-z ]{2,30}):\s*(?P<name>\S.*)\Z")
_KIND = re.compile(r"(?P<date>\d{4}-\d\d(?:-\d\d)?)\s*,\s*(?P<kind>actual|anticipated|estimated)\Z", re.IGNORECASE)
_NOTHING = frozenset(
    {
        "not provided at time of registration",
        "not provided at time of registration.",
        "none",
        "nil",
        "nil known",
        "n/a",
        "na",
        "not applicable",
        "not available",
        "not provided",
        "nil specified",
    }
    | {"-", "--", "null", "no entries", "none provided", "not specified", "as above"}
)
_NO_LIMIT = frozenset({"no limit", "none", "not applicable", "no maximum", "no minimum"})
# What pages say of recruitment that is a status of the study too.
_STATUSES = frozenset(
    {"recruiting", "not yet recruiting", "completed", "suspended", "terminated", "withdrawn"}
    | {"active, not recruiting", "active not recruiting", "enrolling by invitation"}
)


class RegistryValues:
    """Reads a page's values in order; `result` collects their spans."""

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
        prose = name in ("brief_summary", "official_title", "brief_title", "acronym")
        if other := _OTHER_CALENDAR.match(self.text[slice(*spans[0])]):
            at = spans[0].start + other.end(1)
            self.signs.append(trimmed_value(self.text, at + 1, spans[0].end))
            spans = [Span(spans[0].start, at), *spans[1:]]
        self.result.fields[name] = whole if prose else spans[0]
        if not prose:
            self._leave(spans[1:])

    def _own_code(self, name: str, span: Span) -> str | None:
        """The code that a registry's own word stands for."""
        codes = self.registry.codes.get(name, {}) if self.registry else {}
        return codes.get(fold(self.text[slice(*span)]).lower())

    def _registry_id(self, spans: Sequence[Span]) -> None:
        start, end = spans[0]
        # Of the value alone: nothing may be between it and its label.
        found = next(find_ids(self.text[start:end]), None)
        if found is None or "registry_id" in self.result.fields:
            self._leave(spans)
            return
        place = Span(start + found.start, start + found.end)
        self.result.fields["registry_id"] = place
        self.result.ids = [place]
        rest = trimmed_value(self.text, place.end, end)
        self.signs += [Span(start, place.start)] if start < place.start else []
        if when := _REGISTERED.match(self.text, *rest):
            self._set("first_posted", [Span(*when.span(1))])
            self.signs += [Span(rest.start, when.start(1)), Span(when.end(1), when.end())]
            rest = trimmed_value(self.text, when.end(), rest.end)
        self._leave([*([rest] if rest.start < rest.end else []), *spans[1:]])

    def _dated_title(self, spans: Sequence[Span]) -> None:
        """When a record was registered, and its title below that."""
        self._set("first_posted", spans[:1])
        if spans[1:]:
            self._set("brief_title", spans[1:])

    def _sponsor(self, spans: Sequence[Span]) -> None:
        """A sponsor's name; ISRCTN prints `Sponsor not defined - Record provided by ...`."""
        if fold(self.text[slice(*spans[0])]).lower().startswith("sponsor not defined"):
            self._leave(spans)
        else:
            self._set("lead_sponsor", spans)

    def _recruitment(self, spans: Sequence[Span]) -> None:
        """Recruitment that has ended says nothing of the study."""
        self._overall_status(spans)

    def _overall_status(self, spans: Sequence[Span]) -> None:
        text = fold(self.text[slice(*spans[0])]).lower()
        code = read_code("overall_status", text) if text in _STATUSES else self._own_code("overall_status", spans[0])
        # The study's own status counts more than that of its recruitment.
        if code and (code == "COMPLETED" or "overall_status" not in self.result.stated):
            self.result.stated["overall_status"] = (ParsedValue(code, spans[0]),)
            self._leave(spans[1:])
        elif code is None:
            self.report("unknown-value", f"{text!r} is no status of a study in API v2", spans[0])
            self.result.unparsed += spans

    def _minimum_age(self, spans: Sequence[Span]) -> None:
        self._age("minimum_age", spans)

    def _maximum_age(self, spans: Sequence[Span]) -> None:
        self._age("maximum_age", spans)

    def _age(self, name: str, spans: Sequence[Span]) -> None:
        whole = Span(spans[0].start, spans[-1].end)
        text = fold(self.text[slice(*whole)])
        if match := _AGE.match(text):
            self._state_age(name, match[1], match[2], whole)
        elif text.lower() not in _NO_LIMIT:
            self.report("unknown-value", f"{text!r} is not an age: a number and a unit of time", spans[0])
            self.result.unparsed.append(whole)
        else:
            self.signs.append(whole)

    def _ages(self, spans: Sequence[Span]) -> None:
        match = _AGES.match(fold(self.text[slice(*spans[0])]))
        if match is None:
            self._leave(spans)
            return
        self._state_age("minimum_age", match[1], match[2], spans[0])
        if match[3]:
            self._state_age("maximum_age", match[3], match[4], spans[0])

    def _state_age(self, name: str, number: str, unit: str, span: Span) -> None:
        # NIPH's portal prints `>= 18age old`.
        unit = "year" if unit.lower() == "age" else unit
        spelled = f"{int(number)} {unit.title()}{'' if int(number) == 1 else 's'}"
        self.result.stated.setdefault(name, (ParsedValue(spelled, span),))

    def _start_date(self, spans: Sequence[Span]) -> None:
        self._dated("start_date", spans)

    def _primary_completion_date(self, spans: Sequence[Span]) -> None:
        self._dated("primary_completion_date", spans)

    def _completion_date(self, spans: Sequence[Span]) -> None:
        self._dated("completion_date", spans)

    def _dated(self, name: str, spans: Sequence[Span]) -> None:
        """`2009-05-14 , Actual` is a date and its type."""
        match = _KIND.match(self.text[slice(*spans[0])])
        if match:
            at = spans[0].start
            self.result.fields[f"{name}_kind"] = Span(at + match.start("kind"), at + match.end("kind"))
            spans = [Span(at, at + match.end("date")), *spans[1:]]
        self._set(name, spans)

    def _start_expected(self, spans: Sequence[Span]) -> None:
        if "start_date" not in self.result.fields:
            self._set("start_date", spans)

    def _start_actual(self, spans: Sequence[Span]) -> None:
        if earlier := self.result.fields.pop("start_date", None):
            self._leave([earlier])
        self._set("start_date", spans)

    def _size_expected(self, spans: Sequence[Span]) -> None:
        self._set("enrollment", spans)

    def _size_actual(self, spans: Sequence[Span]) -> None:
        if earlier := self.result.fields.pop("enrollment", None):
            self._leave([earlier])
        self._set("enrollment", spans)

    def _ctri_size(self, spans: Sequence[Span]) -> None:
        """`Total Sample Size="120"`."""
        digits = re.search(r"\d+", self.text[slice(*spans[0])])
        if digits:
            at = spans[0].start
            self._set("enrollment", [Span(at + digits.start(), at + digits.end())])
            self.signs += [Span(at, at + digits.start())] if digits.start() else []
            rest = trimmed_value(self.text, at + digits.end(), spans[0].end)
            says_more = any(map(str.isalnum, self.text[slice(*rest)]))
            self.signs += [rest] if rest.start < rest.end and not says_more else []
            self._leave([*([rest] if says_more else []), *spans[1:]])

    # --- Lists ---

    def _records(self, name: str) -> list[Record]:
        return self.result.records.setdefault(name, [])

    def _parts(self, spans: Sequence[Span]) -> list[Span]:
        """The entries of a list: a line each, or between semicolons."""
        found: list[Span] = []
        for span in spans:
            for match in re.finditer(r"[^;]+", self.text[slice(*span)]):
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

    def _countries(self, spans: Sequence[Span]) -> None:
        known = {fold(self.text[slice(*one.fields["country"])]) for one in self._records("locations")}
        for part in [one for joined in self._parts(spans) for one in self._apart(joined)]:
            if fold(self.text[slice(*part)]) not in known:
                known.add(fold(self.text[slice(*part)]))
                self._records("locations").append(Record(fields={"country": part}))

    def _apart(self, part: Span) -> list[Span]:
        """The countries that blanks join in a row of cells; none where some of the row is a country and some is not."""
        words = [Span(*match.span()) for match in _WORD.finditer(self.text, *part)]
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

    def _collaborators(self, spans: Sequence[Span]) -> None:
        self._set("collaborators", [Span(spans[0].start, spans[-1].end)])

    def _secondary_ids(self, spans: Sequence[Span]) -> None:
        main = self.result.fields.get("registry_id")
        for part in self._parts(spans):
            if main is None or fold(self.text[slice(*part)]) != fold(self.text[slice(*main)]):
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
        whole = Span(spans[0].start, spans[-1].end)
        at = whole.start
        for part in items(self.text, whole):
            # The numbers of a list are before its items.
            self.signs += [sign] if (sign := trimmed_value(self.text, at, part.start)).start < sign.end else []
            at = part.end
            self._records(name).append(Record(fields={"measure": part}))

    def _outcome(self, spans: Sequence[Span]) -> None:
        self._one_outcome("primary_outcomes", spans)

    def _second_outcome(self, spans: Sequence[Span]) -> None:
        self._one_outcome("secondary_outcomes", spans)

    def _one_outcome(self, name: str, spans: Sequence[Span]) -> None:
        self._last = name
        self._records(name).append(Record(fields={"measure": Span(spans[0].start, spans[-1].end)}))

    _last = ""

    def _time(self, spans: Sequence[Span]) -> None:
        records = self.result.records.get(self._last)
        if records and "time_frame" not in records[-1].fields:
            records[-1].fields["time_frame"] = Span(spans[0].start, spans[-1].end)
        else:
            self._leave(spans)

    def _contact(self, spans: Sequence[Span]) -> None:
        """A name right below the label, as ISRCTN has it; else the labels of the part say what is what."""
        if self.registry is isrctn.REGISTRY:
            self._name(spans)
        else:
            self._leave(spans)

    def _name(self, spans: Sequence[Span]) -> None:
        self._records("central_contacts").append(Record([spans[0]]))
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


def trimmed_value(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks, bars and colons around it."""
    while start < end and (text[start].isspace() or text[start] in "|:：*"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "|:："):
        end -= 1
    return Span(start, end)
