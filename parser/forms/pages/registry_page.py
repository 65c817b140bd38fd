"""Pages of registries by their own labels: a label and its value on a line, on two, or in the cells of a row.

Main ID: ISRCTN00000000                 | Main ID | ISRCTN00000000 |
Date of registration:
2020-01-02

A value is what follows a label up to the next label that the registry has, so that none runs into another one's text.
What a registry prints in a language beside English is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parser.forms.eudract import items
from parser.forms.pages.model import READ, Mask, Page, Piece, Record
from parser.lines import Line
from parser.problems import Report
from parser.registries import REGISTRIES, Registry, chictr, find_ids, ictrp, isrctn
from parser.registries.clinicaltrials_gov import REGISTRY as CLINICALTRIALS_GOV
from parser.registries.registry import RegistryPage
from parser.source import ParsedValue, Source, Span, fold
from parser.values.codes import read_code

_ID_OF_PART = re.compile(r"\s*\[\d+\](?:\s*\d+)*\s*\Z|\s+\d{4,6}\s+0\s*\Z")
_NUMBERING = re.compile(r"\A(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)")
_NO_LETTER = re.compile(r"[\W_]+")
# Labels that ISRCTN prints before their values on the same line.
_NUMBER_LABEL = re.compile(
    r"(ISRCTN|DOI|IRAS number|Secondary identifying numbers|ClinicalTrials\.gov number|ClinicalTrials\.gov \(NCT\)|"
    r"EudraCT/CTIS number|EudraCT number|Protocol serial number) (?=\S*\d|https?:)"
)
_COLON = re.compile(r"\s*[:：]")
_WIDE = re.compile(r"\s*\|\s*|\t+|\s{2,}|\xa0+")
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
_RUNNING_NUMBERS = re.compile(r"(?:\s+\d{4,}(?:\s+\d{4,})*\s+\d\s*)+\Z|\s+\d{5,}\s+0\Z")
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?\s*(year|month|week|day|hour|minute)s?(?:\(s\))?(?:\s+old)?\.?\Z", re.IGNORECASE)
_AGES = re.compile(
    r"(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?\s*~\s*(?:(\d{1,3})\s*(year|month|week|day)s?(?:\(s\))?|no limit)\Z",
    re.IGNORECASE,
)
_FRAME = re.compile(r"(?P<measure>.+?)\s*\[\s*time ?frame\s*:\s*(?P<frame>.+?)\s*\]\.?\Z", re.IGNORECASE)
_TYPED = re.compile(r"(?P<type>[A-Z][A-Za-z ]{2,30}):\s*(?P<name>\S.*)\Z")
_KIND = re.compile(r"(?P<date>\d{4}-\d\d(?:-\d\d)?)\s*,\s*(?P<kind>actual|anticipated|estimated)\Z", re.IGNORECASE)
_NOTHING = frozenset(
    {"none", "nil", "nil known", "n/a", "na", "not applicable", "not available", "not provided", "nil specified"}
    | {"-", "--", "null", "no entries", "none provided", "not specified", "as above"}
)
_NO_LIMIT = frozenset({"no limit", "none", "not applicable", "no maximum", "no minimum"})
# What pages say of recruitment that is a status of the study too.
_STATUSES = frozenset(
    {"recruiting", "not yet recruiting", "completed", "suspended", "terminated", "withdrawn"}
    | {"active, not recruiting", "active not recruiting", "enrolling by invitation"}
)
_LEAST = 6
_LEAST_TITLE = 3
_LEAST_OWN = 2


class Label(NamedTuple):
    target: str
    below: dict[str, str]
    """The labels that count only after this one, and their targets."""


def _key(text: str) -> str:
    return _NO_LETTER.sub("", _ID_OF_PART.sub("", text)).lower()


def _labels(table: str) -> dict[str, Label]:
    found: dict[str, Label] = {}
    opened: list[Label] = []
    for line in table.split("\n"):
        target, _, texts = line.strip().partition(": ")
        keys = [_key(text) for text in texts.split("|")]
        if line.startswith("  "):
            for label in opened:
                label.below.update(dict.fromkeys(keys, target))
        else:
            opened = [Label(target, {}) for _ in keys]
            found.update(zip(keys, opened, strict=True))
    return found


class RegistryForm(NamedTuple):
    """A registry's page: `signature` are labels that only it has, of which two are enough to know it."""

    name: str
    meaning: str
    registry: Registry | None
    labels: dict[str, Label]
    signature: tuple[str, ...]


def _form(registry: Registry | None, page: RegistryPage) -> RegistryForm:
    return RegistryForm(
        page.form, page.meaning, registry, _labels(page.labels), tuple(page.signature.lower().split("|"))
    )


FORMS = (
    _form(None, ictrp.PAGE),
    *(_form(registry, registry.page) for registry in REGISTRIES if registry.page),
)
"""The forms of registries' own pages: WHO's portal, and those of the registers that have one."""


def likeness_to(form: RegistryForm) -> Callable[[Sequence[Line]], float]:
    """How like the page of a registry some lines are: 1 where they have labels that only its pages have, else 0."""

    def likeness(lines: Sequence[Line]) -> float:
        text = "\n".join(line.text for line in lines).lower()
        if sum(label in text for label in form.signature) < _LEAST_OWN:
            return 0.0
        seen = {key for line in lines for key, _ in _openings(line) if key in form.labels}
        own = seen.intersection(map(_key, form.signature))
        return 1.0 if len(own) >= _LEAST_OWN and len(seen) >= _LEAST else 0.0

    return likeness


def reader_of(form: RegistryForm) -> Callable[[Source, list[Line], Report], Page]:
    """The reader of a registry's page."""

    def read(source: Source, lines: list[Line], report: Report) -> Page:
        return _Reader(source, lines, report, form).page()

    return read


def _openings(line: Line) -> list[tuple[str, int]]:
    """What a line may begin with as its label, as a key, and where the value would begin: at its end if it has none."""
    text = line.text
    begin = len(text) - len(text.lstrip("|*• \t"))
    numbering = _NUMBERING.match(text, begin) if text[begin : begin + 1].isdigit() else None
    starts = [begin, *([numbering.end()] if numbering else [])]
    found: list[tuple[str, int]] = []
    for start in starts:
        bare = text[start:].rstrip("| \t")
        found.append((_key(bare), len(text)))
        if match := _NUMBER_LABEL.match(text, start):
            found.append((_key(match[1]), match.end()))
        for pattern in (_COLON, _WIDE):
            if match := pattern.search(text, start + 1):
                found.append((_key(text[start : match.start()]), match.end()))
    return found


@dataclass
class _Value:
    """A label on a page, and the lines of its value."""

    target: str
    label: Span
    parts: list[Span] = field(default_factory=list)


class _Reader:
    def __init__(self, source: Source, lines: list[Line], report: Report, form: RegistryForm) -> None:
        self.text = source.text
        self.report = report
        self.form = form
        self.result = Page(
            form.name,
            is_known=True,
            registry=form.registry.name if form.registry else None,
            # WHO's portal writes the day first, whatever the register.
            day_first=form.registry is None or form.registry.dates == "DMY",
            own_labels=True,
        )
        self.front: list[Line] = []
        self.signs: list[Span] = []
        """What within a value is none of it: running numbers, a label of its own."""
        self.values = self._values(lines)

    def _values(self, lines: list[Line]) -> list[_Value]:
        values: list[_Value] = []
        above: Label | None = None
        columns: list[str] = []
        for line in lines:
            cells = self._cells(line)
            named = [above.below.get(_key(self.text[slice(*one)]), "") for one in cells] if above else []
            if len(named) > 1 and all(named):
                columns = named
                values.append(_Value("=", line.span))
                continue
            opening = self._opening(line, above)
            if opening is None and columns and len(cells) == len(columns):
                values += [
                    _Value(target, Span(cell.start, cell.start), [cell])
                    for target, cell in zip(columns, cells, strict=True)
                ]
                continue
            columns = columns if opening is None else []
            if opening is None:
                span = _trimmed(self.text, line.start, line.end)
                if not values:
                    self.front.append(line)
                elif span.start < span.end:
                    values[-1].parts.append(span)
                continue
            target, at, label = opening
            above = label or above
            value = _Value(target, Span(line.start, line.start + at))
            rest = _trimmed(self.text, line.start + at, line.end)
            if rest.start < rest.end:
                value.parts.append(rest)
            values.append(value)
        if values:
            self._cut_foot(values[-1], lines)
        return values

    def _cut_foot(self, last: _Value, lines: list[Line]) -> None:
        """Leave what a blank line parts from the value of the last label: no label tells where a page's foot begins."""
        opening = {line.start for line in lines if line.opens}
        for index, part in enumerate(last.parts[1:], 1):
            if part.start in opening:
                self._leave(last.parts[index:])
                del last.parts[index:]
                return

    def _cells(self, line: Line) -> list[Span]:
        """The cells of a row of a table."""
        ends = [match.span() for match in _WIDE.finditer(line.text)]
        bounds = zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(line.text)], strict=True)
        spans = (_trimmed(self.text, line.start + start, line.start + end) for start, end in bounds)
        return [span for span in spans if span.start < span.end]

    def _opening(self, line: Line, above: Label | None) -> tuple[str, int, Label | None] | None:
        """The target of a line's label, where its value begins, and the label itself if it is none of a part."""
        for key, at in _openings(line):
            if above and key in above.below:
                return above.below[key], at, None
            if label := self.form.labels.get(key):
                return label.target, at, label
        if (
            self.form.registry is chictr.REGISTRY
            and line.text.rstrip("| ")[-1:] in (":", "：")
            and _CJK.search(line.text)
        ):
            return "-", len(line.text), Label("-", {})
        return None

    def page(self) -> Page:
        page = self.result
        for value in self.values:
            self._take(value)
        self._criteria()
        self._title()
        if page.registry is None:
            self._foreign_registry()
        self.signs += page.ids
        page.pieces = sorted(self._pieces(), key=lambda piece: piece.span)
        return page

    # --- Values by their targets ---

    def _take(self, value: _Value) -> None:
        spans = [span for span in value.parts if not self._is_nothing(span)]
        self.signs += [span for span in value.parts if span not in spans]
        if value.target == "phases":
            spans = value.parts
        if not spans or value.target in ("=", "inclusion", "exclusion"):
            if value.target == "=":
                self._leave(spans)
            return
        if self.form.registry is chictr.REGISTRY and value.target != "-":
            english = [span for span in spans if not _CJK.search(self.text[slice(*span)])]
            for span in spans:
                self._leave([span] if span not in english else [])
            spans = english
        reader = getattr(self, f"_{value.target}", None) if value.target != "-" else None
        if value.target == "-" or not spans:
            self._leave(spans)
        elif reader:
            reader(spans)
        else:
            self._set(value.target, spans)

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
        prose = name in ("brief_summary", "official_title", "brief_title")
        self.result.fields[name] = whole if prose else spans[0]
        if not prose:
            self._leave(spans[1:])

    def _registry_id(self, spans: Sequence[Span]) -> None:
        found = next(find_ids(self.text, *spans[0]), None)
        if found is None or "registry_id" in self.result.fields:
            self._leave(spans)
            return
        self.result.fields["registry_id"] = Span(found.start, found.end)
        self.result.ids = [Span(found.start, found.end)]
        rest = _trimmed(self.text, found.end, spans[0].end)
        self.signs += [Span(spans[0].start, found.start)] if spans[0].start < found.start else []
        self._leave([*([rest] if rest.start < rest.end else []), *spans[1:]])

    def _sponsor(self, spans: Sequence[Span]) -> None:
        self._set("lead_sponsor", spans)

    def _recruitment(self, spans: Sequence[Span]) -> None:
        """Recruitment that has ended says nothing of the study."""
        self._overall_status(spans)

    def _overall_status(self, spans: Sequence[Span]) -> None:
        text = fold(self.text[slice(*spans[0])]).lower()
        code = read_code("overall_status", text) if text in _STATUSES else None
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
            self.report("unknown-value", f"{text!r} is no age: a number and a unit of time", spans[0])
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
            rest = _trimmed(self.text, at + digits.end(), spans[0].end)
            self.signs += [rest] if rest.start < rest.end else []
            self._leave(spans[1:])

    # --- Lists ---

    def _records(self, name: str) -> list[Record]:
        return self.result.records.setdefault(name, [])

    def _parts(self, spans: Sequence[Span]) -> list[Span]:
        """The entries of a list: a line each, or between semicolons."""
        found: list[Span] = []
        for span in spans:
            for match in re.finditer(r"[^;]+", self.text[slice(*span)]):
                part = _trimmed(self.text, span.start + match.start(), span.start + match.end())
                if part.start < part.end and not self._is_nothing(part):
                    found.append(part)
        return found

    def _conditions(self, spans: Sequence[Span]) -> None:
        parts = []
        for part in self._parts(spans):
            numbers = _RUNNING_NUMBERS.search(self.text[slice(*part)])
            parts.append(Span(part.start, part.start + numbers.start()) if numbers else part)
            if numbers:
                self.signs.append(_trimmed(self.text, part.start + numbers.start(), part.end))
        if "conditions" in self.result.fields:
            self._leave(spans)
        elif parts:
            self.result.fields["conditions"] = Span(parts[0].start, parts[-1].end)
            self.result.records["conditions"] = [Record([part]) for part in parts]

    def _countries(self, spans: Sequence[Span]) -> None:
        known = {fold(self.text[slice(*one.fields["country"])]) for one in self._records("locations")}
        for part in self._parts(spans):
            if fold(self.text[slice(*part)]) not in known:
                known.add(fold(self.text[slice(*part)]))
                self._records("locations").append(Record(fields={"country": part}))

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
            self.signs += [sign] if (sign := _trimmed(self.text, at, part.start)).start < sign.end else []
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
        if self.form.registry is isrctn.REGISTRY:
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

    # --- The criteria, the title, the register ---

    def _criteria(self) -> None:
        """Both sides as one text: what is between them is masked. A side that comes again is left."""
        sides: list[_Value] = []
        for target in ("inclusion", "exclusion"):
            found = [value for value in self.values if value.target == target and value.parts]
            if self.form.registry is chictr.REGISTRY:
                for value in found:
                    value.parts = [part for part in value.parts if not _CJK.search(self.text[slice(*part)])]
                found = [value for value in found if value.parts]
            sides += found[:1]
            for value in found[1:]:
                self._leave(value.parts)
        if not sides:
            return
        sides.sort(key=lambda value: value.label)
        masks: list[Mask] = []
        for at, value in enumerate(sides):
            label = self._heading(value)
            first, last = value.parts[0], value.parts[-1]
            inline = "\n" not in self.text[label.end : first.start]
            masks.append(Mask(Span(label.end, first.start), ":" if inline and label.end < first.start else ""))
            if at + 1 < len(sides):
                masks.append(Mask(Span(last.end, self._heading(sides[at + 1]).start), ""))
        self.result.masks = masks
        whole = Span(self._heading(sides[0]).start, sides[-1].parts[-1].end)
        self.result.fields["eligibility_criteria"] = whole

    def _heading(self, value: _Value) -> Span:
        """The words of a side's label; where they are `Details`, of the heading above it."""
        label = _trimmed(self.text, *value.label)
        if "criteria" in self.text[slice(*label)].lower():
            return label
        before = [one for one in self.values if one.label.start < value.label.start and one.target == "="]
        named = [one for one in before if "criteria" in self.text[slice(*one.label)].lower()]
        return _trimmed(self.text, *named[-1].label) if named else label

    def _title(self) -> None:
        """The title above all labels, where no label has it; an id there is the record's."""
        page = self.result
        above: list[Line] = []
        for line in self.front:
            mine = [found for found in find_ids(self.text, *line.span) if found.id.registry is self.form.registry]
            if mine:
                page.fields.setdefault("registry_id", Span(mine[0].start, mine[0].end))
                page.ids = [page.fields["registry_id"]]
                break
            above.append(line)
        if "brief_title" in page.fields:
            return
        if self.form.registry is isrctn.REGISTRY and above and len(above[-1].text.split()) >= _LEAST_TITLE:
            page.fields["brief_title"] = above[-1].span
        elif "official_title" in page.fields:
            page.fields["brief_title"] = page.fields["official_title"]

    def _foreign_registry(self) -> None:
        """The portal's page of a trial is the record of the register whose id it has."""
        span = self.result.fields.get("registry_id")
        found = next(find_ids(self.text, *span), None) if span else None
        if found and found.id.registry is not CLINICALTRIALS_GOV:
            self.result.registry = found.id.registry.name

    def _pieces(self) -> list[Piece]:
        pieces = [Piece("SENTENCE", line.span, "front") for line in self.front]
        for value in self.values:
            pieces.append(Piece("LABEL", _trimmed(self.text, *value.label), "basic"))
            pieces += [Piece(READ, span, "basic") for span in value.parts]
        pieces += [Piece("LABEL", span, "basic") for span in self.signs]
        # Of two that begin at one place the last one says what is there.
        return list({piece.span.start: piece for piece in pieces}.values())


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks, bars and colons around it."""
    while start < end and (text[start].isspace() or text[start] in "|:：*"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "|:："):
        end -= 1
    return Span(start, end)
