"""The single values of registries' own pages by the targets of their labels: ids, codes, dates, ages, sizes.

`overall_status: Recruitment status` is a row of a registry's labels, and `_overall_status` here takes its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from parser.forms.pages.registry_lists import RegistryLists, trimmed_value
from parser.registries import find_ids
from parser.source import ParsedValue, Span, fold
from parser.values.codes import read_code, read_who_masked

# A number and a unit of time; NIPH's portal prints `>= 18age old`, jRCT `18age old over`, ReBEC `18 Y`.
_AGE = re.compile(
    r"(?:[<>]=\s*)?(\d{1,3})(?:\.0+)?\s*(year|age|month|week|day|hour|minute|[ymwd](?=\Z))s?(?:\(s\))?(?:[\s-]+old)?(?:\s*(?:[<>]=|over|under))?\.?\Z",
    re.IGNORECASE,
)
# When a registry gave an id, printed after it.
_REGISTERED = re.compile(r"\[registered on:\s*(\d\d/\d\d/\d{4})\]", re.IGNORECASE)
_AGES = re.compile(
    r"(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?\s*~\s*(?:(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?|no limit)\Z",
    re.IGNORECASE,
)
_AGES_IN_WORDS = re.compile(
    r"(?:from (\d{1,3}) (year|month|week|day)s? old)?\s*(?:to (\d{1,3}) (year|month|week|day)s? old)?\Z", re.IGNORECASE
)
_LIMITS = re.compile(
    r"minimum\s*:\s*(?:(\d{1,3}) (year|month|week|day)s?\s*|n/a[^:]*?)maximum\s*:\s*"
    r"(?:(\d{1,3}) (year|month|week|day)s?|n/a.*)\Z",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?P<date>\d{4}-\d\d(?:-\d\d)?|\d{1,2} [A-Z][a-z]{2,8} \d{4})\s*(?:,|Indicate Type\s*:)\s*"
    r"(?P<kind>actual|anticipated|estimated)\Z",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bFrom:?\s*(\d{4}-\d\d-\d\d)\b.{0,20}?\bTo:?\s*(\d{4}-\d\d-\d\d)(?: 00:00:00)?\s*\Z", re.DOTALL)
_DESIGNS = (
    ("allocation", "randomized", "", "RANDOMIZED"),
    ("allocation", "cluster randomized", "", "RANDOMIZED"),
    ("allocation", "non-randomized", "", "NON_RANDOMIZED"),
    ("intervention_model", "single arm", "", "SINGLE_GROUP"),
    ("intervention_model", "", "parallel group", "PARALLEL"),
    ("intervention_model", "", "crossover", "CROSSOVER"),
    ("intervention_model", "", "factorial", "FACTORIAL"),
)
_DESIGN_WORDS = frozenset(
    [
        "randomized",
        "non-randomized",
        "cluster",
        "parallel",
        "group",
        "placebo",
        "active",
        "controlled",
        "multiple",
        "arm",
        "single",
        "crossover",
        "factorial",
        "trial",
        "study",
    ]
)
# jRCT has each answer on a line of its own.
_DESIGN_LINES = {
    "randomized controlled trial": ("allocation", "RANDOMIZED"),
    "non-randomized controlled trial": ("allocation", "NON_RANDOMIZED"),
    "single arm study": ("allocation", "NA"),
    "open(masking not used)": ("masking", "NONE"),
    "single blind": ("masking", "SINGLE"),
    "double blind": ("masking", "DOUBLE"),
    "single assignment": ("intervention_model", "SINGLE_GROUP"),
    "parallel assignment": ("intervention_model", "PARALLEL"),
    "crossover assignment": ("intervention_model", "CROSSOVER"),
    "factorial assignment": ("intervention_model", "FACTORIAL"),
    "treatment purpose": ("primary_purpose", "TREATMENT"),
    "prevention purpose": ("primary_purpose", "PREVENTION"),
    "diagnostic purpose": ("primary_purpose", "DIAGNOSTIC"),
    "screening purpose": ("primary_purpose", "SCREENING"),
    "supportive care purpose": ("primary_purpose", "SUPPORTIVE_CARE"),
}
_HAPPENED = re.compile("[1-9]")
_UNITS = {"age": "year", "y": "year", "m": "month", "w": "week", "d": "day"}
_OLDEST = 120
_ARM_DESIGNS = frozenset({"SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL"})
_NO_LIMIT = frozenset(
    {"no minimum age", "no maximum age", "no limit", "none", "not applicable", "no maximum", "no minimum"}
)
# What pages say of recruitment that is a status of the study too.
_STATUSES = frozenset(
    {"recruiting", "not yet recruiting", "completed", "suspended", "terminated", "withdrawn"}
    | {"active, not recruiting", "active not recruiting", "enrolling by invitation"}
)


class RegistryValues(RegistryLists):
    """Reads a page's values in order."""

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

    def _minimum_years(self, spans: Sequence[Span]) -> None:
        self._years("minimum_age", spans)

    def _maximum_years(self, spans: Sequence[Span]) -> None:
        self._years("maximum_age", spans)

    def _years(self, name: str, spans: Sequence[Span]) -> None:
        """A number under a label that counts years."""
        text = self.text[slice(*spans[0])]
        if text.isdecimal() and 0 < int(text) <= _OLDEST:
            self._state_age(name, text, "year", spans[0])
            self._leave(spans[1:])
        else:
            self._age(name, spans)

    def _age(self, name: str, spans: Sequence[Span]) -> None:
        whole = Span(spans[0].start, spans[-1].end)
        text = fold(self.text[slice(*whole)])
        match = _AGE.match(text)
        if match and self._is_age(name, match[1], match[2]):
            self._state_age(name, match[1], match[2], whole)
        elif text.lower() not in _NO_LIMIT:
            if _HAPPENED.search(text):
                # With a limit that nobody understands, which groups of ages there are is not known.
                self.result.stated["std_ages"] = ()
            self.report("unknown-value", f"{text!r} is not an age: a number and a unit of time", spans[0])
            self.result.unparsed.append(whole)
        else:
            self.signs.append(whole)

    def _ages(self, spans: Sequence[Span]) -> None:
        text = fold(self.text[slice(*spans[0])].replace("*", ""))
        match = _AGES.match(text) or _AGES_IN_WORDS.match(text) or _LIMITS.match(text)
        if match is None:
            self._leave(spans)
            return
        if match[1]:
            self._state_age("minimum_age", match[1], match[2], spans[0])
        if match[3] and self._is_age("maximum_age", match[3], match[4]):
            self._state_age("maximum_age", match[3], match[4], spans[0])

    def _is_age(self, name: str, number: str, unit: str) -> bool:
        """Whether somebody may be that old: a maximum of 0, or 999 years, says that there is none."""
        in_years = _UNITS.get(unit.lower(), unit.lower()) == "year"
        return (int(number) > 0 or name == "minimum_age") and not (in_years and int(number) > _OLDEST)

    def _state_age(self, name: str, number: str, unit: str, span: Span) -> None:
        unit = _UNITS.get(unit.lower(), unit)
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
        if match and name not in self.result.fields:
            at = spans[0].start
            self.result.fields[f"{name}_kind"] = Span(at + match.start("kind"), at + match.end("kind"))
            between = Span(at + match.end("date"), at + match.start("kind"))
            self.signs.append(trimmed_value(self.text, *between))
            spans = [Span(at, at + match.end("date")), *spans[1:]]
        self._set(name, spans)

    def _acronym(self, spans: Sequence[Span]) -> None:
        """An acronym; `No` says that there is none."""
        if self.text[slice(*spans[0])].lower() == "no":
            self.signs.append(spans[0])
            self._leave(spans[1:])
        else:
            self._set("acronym", spans)

    def _who_masked(self, spans: Sequence[Span]) -> None:
        """Who is masked, a line each."""
        known = list(takewhile(lambda span: read_who_masked(fold(self.text[slice(*span)])), spans))
        self._set("who_masked", [Span(known[0].start, known[-1].end)] if known else spans[:1])
        self._leave(spans[max(len(known), 1) :])

    def _study_time(self, spans: Sequence[Span]) -> None:
        """`From 2020-03-01 00:00:00 To 2021-03-01 00:00:00`, of the study as a whole."""
        at = spans[0].start
        match = _FROM_TO.search(self.text[slice(*spans[0])])
        if match is None or match[1] >= match[2]:
            self._leave(spans)
            return
        for name, group in (("start_date", 1), ("completion_date", 2)):
            self._set(name, [Span(at + match.start(group), at + match.end(group))])
        between = ((0, match.start(1)), (match.end(1), match.start(2)), (match.end(2), match.end()))
        self.signs += [Span(at + start, at + end) for start, end in between if start < end]
        self._leave(spans[1:])

    def _study_design(self, spans: Sequence[Span]) -> None:
        """`Randomized, Parallel Group, Placebo Controlled Trial`, of CTRI's list of designs."""
        text = fold(self.text[slice(*spans[0])]).lower()
        found = {name: code for name, start, word, code in _DESIGNS if text.startswith(start) and word in text}
        for name, code in found.items():
            self.result.stated[name] = (ParsedValue(code, spans[0]),)
        says_more = not found or not _DESIGN_WORDS.issuperset(re.findall(r"[\w-]+", text))
        self._leave(spans if says_more else spans[1:])

    def _design_list(self, spans: Sequence[Span]) -> None:
        for span in spans:
            known = _DESIGN_LINES.get(fold(self.text[slice(*span)]).lower())
            if known and known[0] not in self.result.stated:
                self.result.stated[known[0]] = (ParsedValue(known[1], span),)
            else:
                self._leave([span])

    def _arm_design(self, spans: Sequence[Span]) -> None:
        """A design that has a code; ChiCTR calls cohorts that follow one another `Sequential`."""
        if read_code("intervention_model", fold(self.text[slice(*spans[0])])) in _ARM_DESIGNS:
            self._set("intervention_model", spans)
        else:
            self._leave(spans)

    def _start_expected(self, spans: Sequence[Span]) -> None:
        self._planned("start_date", spans)

    def _start_actual(self, spans: Sequence[Span]) -> None:
        self._actual("start_date", spans)

    def _completion_expected(self, spans: Sequence[Span]) -> None:
        self._planned("completion_date", spans)

    def _completion_actual(self, spans: Sequence[Span]) -> None:
        self._actual("completion_date", spans)

    def _size_expected(self, spans: Sequence[Span]) -> None:
        self._planned("enrollment", spans)

    def _size_actual(self, spans: Sequence[Span]) -> None:
        self._actual("enrollment", spans)

    def _planned(self, name: str, spans: Sequence[Span]) -> None:
        """A value that a plan gives, and so its type; what happened counts more."""
        if name in self.result.fields:
            self._leave(spans)
            return
        self.result.stated[f"{name}_type"] = (ParsedValue("ESTIMATED", spans[0]),)
        self._set(name, spans)

    def _actual(self, name: str, spans: Sequence[Span]) -> None:
        if not _HAPPENED.search(self.text[slice(*spans[0])]):
            # `0`, `Not yet`
            self._leave(spans)
            return
        if earlier := self.result.fields.pop(name, None):
            self._leave([earlier])
        self.result.stated[f"{name}_type"] = (ParsedValue("ACTUAL", spans[0]),)
        self._set(name, spans)

    def _ctri_size(self, spans: Sequence[Span]) -> None:
        """`Total Sample Size="120"`."""
        digits = re.search(r"[1-9]\d*(?:,\d{2,3})*", self.text[slice(*spans[0])])
        if digits is None:
            self._leave(spans)
            return
        at = spans[0].start
        self._set("enrollment", [Span(at + digits.start(), at + digits.end())])
        self.signs += [Span(at, at + digits.start())] if digits.start() else []
        rest = trimmed_value(self.text, at + digits.end(), spans[0].end)
        says_more = any(map(str.isalnum, self.text[slice(*rest)]))
        self.signs += [rest] if rest.start < rest.end and not says_more else []
        self._leave([*([rest] if says_more else []), *spans[1:]])
