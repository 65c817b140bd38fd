"""EudraCT's form as the EU Clinical Trials Register prints it: which answer is where, and what it means.

A.3 Full title of the trial: A study of ...              a row of the text download
A.3 Full title of the trial (es): Un estudio ...         a translation, which is not the value
| F.2.1 | Female | Yes |                                 the same in a table of the page, or a cell a line

The text download and the page share this table of codes. Codes and labels part the text wherever they are, so that it
can be read without its line ends too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from parser.forms.eudract_rows import ROWS, SUMMARY
from parser.source import ParsedValue, Span, fold
from parser.values.country import country_code

# Dumps of the page may lose what was between the cells of a row.
_GAP = r"[\s|]*"
_LANGUAGE = r"(?:[ \t]*\((?P<language>[a-z]{2})\))?"
_END = r"(?:[ \t]*:|(?=[\s|])|\Z|(?-i:(?=[A-Z\d•*-])))"
NOTHING = frozenset({"", "information not present in eudract", "not applicable", "not available", "n/a", "na", "none"})
# A row that is not in the table. It counts at the start of a line, and only after the row before it in the form.
_OTHER_ROW = re.compile(
    r"^(?:[^\S\n]|\|)*(?P<code>[A-P]\.(?:\d+\.)*\d+)"
    r"(?:[ \t|]+(?P<label>[A-Z][^:|\n]{2,150})(?:[:|])|[ \t]*$)",
    re.MULTILINE,
)
_CODE = re.compile(r"[A-P]\.(?:\d+(?:\.\d+)*|Sponsor|IMP)?(?:\s+(?:and|to)\s+[A-P]\.\d+(?:\.\d+)*)?")
_FOOT = re.compile(r"EU Clinical Trials Register Service Desk|European Medicines Agency ©|For support, [Cc]ontact us")
_COUNTER = re.compile(r":?\s*\d+\Z")


class FormRow(NamedTuple):
    """A row of the form in a text: its code and label, and the places of the row and of its value."""

    code: str
    label: str
    language: str | None
    start: int
    after: int
    """Where the label ends."""
    value: Span


def _label_pattern(label: str) -> str:
    words = r"\s+".join(map(re.escape, _COUNTER.sub("", label).split()))
    return words + (r"\s*:?\s*\d+" if _COUNTER.search(label) else "")


class _Label(NamedTuple):
    pattern: re.Pattern[str]
    text: str
    has_value: bool


@cache
def _table() -> dict[str, list[_Label]]:
    """The labels of each code, the longest first."""
    found: dict[str, list[_Label]] = {}
    for line in ROWS.split("\n"):
        heading = line.startswith("(")
        whole = line[1:-1] if heading else line
        match = _CODE.match(whole)
        assert match, "each row begins with its code"
        label = whole[match.end() :].strip()
        gap = r"[\s|]*" if label[:1] == ":" else _GAP
        end = r"[ \t]*:?" if heading else _LANGUAGE + _END
        pattern = re.compile(gap + _label_pattern(label) + end, re.IGNORECASE)
        found.setdefault(match[0], []).append(_Label(pattern, label, not heading))
    for labels in found.values():
        labels.sort(key=lambda one: -len(one.text))
    return found


@cache
def _summary() -> re.Pattern[str]:
    """The labels of a summary."""
    labels = "|".join(_label_pattern(label) for label in SUMMARY.split("\n"))
    alone = r"(?<=results)(?=[ \t]*(?:View results[ \t]*)?[\r\n])"
    return re.compile(rf"(?P<label>{labels})(?:\s*(?::|\|)|{alone})", re.IGNORECASE)


_INDEX = re.compile(r"\n[ \t|]*Index(?=[ \t|]*[\r\n])")
# Headings without codes.
_HEADING = re.compile(r"MedDRA Classification(?=[\s|]|E\.|\Z)|The IMP is a\s*:|(?<!\w)Sponsor[ \t]+\d+(?=[\s|]*B\.)")


def _shape(code: str) -> tuple[str, tuple[int, ...]]:
    return code[0], tuple(int(part) for part in re.findall(r"\d+", code.split(" ")[0]))


_Found = tuple[int, int, str, str, "str | None", bool]
"""The start of a row, the end of its label, its code, label and language, and whether it has a value."""


def find_rows(text: str) -> list[FormRow]:
    """The rows of the form in a text, in its order, each with the place of its value."""
    found = _with_other_rows(text, sorted(_known_rows(text)))
    rows: list[FormRow] = []
    for at, (start, end, code, label, language, has_value) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else _end(text, end)
        value = _trimmed(text, end, following) if has_value else Span(end, end)
        rows.append(FormRow(code, label, language, start, end, value))
    return rows


def _with_other_rows(text: str, known: Sequence[_Found]) -> list[_Found]:
    """The rows in their order, with those that the table lacks where they follow the one before in the form."""
    found: list[_Found] = []
    at = 0
    # Some rows have no code: those before section A, and labels between the sections.
    code = ""
    for match in _OTHER_ROW.finditer(text):
        start = match.start("code")
        while at < len(known) and known[at][0] < start:
            found.append(known[at])
            code = known[at][2] or code
            at += 1
        is_known = at < len(known) and known[at][0] == start
        if not is_known and code and _shape(code) < _shape(match["code"]):
            code = match["code"]
            found.append((start, match.end(), code, (match["label"] or "").strip(), None, True))
    return [*found, *known[at:]]


def _end(text: str, start: int) -> int:
    """Where the record ends: at the end, or where the page has its foot."""
    foot = _FOOT.search(text, start)
    return foot.start() if foot else len(text)


def _known_rows(text: str) -> Iterator[_Found]:
    at = next((match.start() for match in _CODE.finditer(text) if _known(text, match)), len(text))
    for match in _summary().finditer(text, 0, at):
        yield match.start(), match.end(), "", fold(match["label"]), None, True
    for match in _INDEX.finditer(text, 0, at):
        yield match.start(), match.end(), "", "Index", None, False
    for match in _HEADING.finditer(text, at):
        yield match.start(), match.end(), "", match[0], None, False
    for match in _CODE.finditer(text, at):
        label = _known(text, match)
        if label:
            one, found = label
            language = found.groupdict().get("language")
            yield match.start(), found.end(), match[0], one.text, language, one.has_value


def _known(text: str, code: re.Match[str]) -> tuple[_Label, re.Match[str]] | None:
    for label in _table().get(" ".join(code[0].split()), ()):
        if match := label.pattern.match(text, code.end()):
            return label, match
    # `D.3.8 to D.3.10` could be the code of a row that is not a range.
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and bars around it."""
    while start < end and (text[start].isspace() or text[start] in "|:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    return Span(start, end)


class EndPoint(NamedTuple):
    """The end points of a kind, and when they are measured."""

    measures: tuple[Span, ...]
    time: Span | None


@dataclass
class Answers:
    """The rows of one record by meaning; `rest` are the rows that are not used."""

    fields: dict[str, Span] = field(default_factory=dict)
    """Values as printed, by the names of the fields of pages."""
    stated: dict[str, tuple[ParsedValue[str], ...]] = field(default_factory=dict)
    """Codes of API v2 that answers of Yes and No state together, by field."""
    sponsors: list[Span] = field(default_factory=list)
    conditions: list[Span] = field(default_factory=list)
    outcomes: dict[str, EndPoint] = field(default_factory=dict)
    contacts: list[dict[str, Span]] = field(default_factory=list)
    ids: list[tuple[Span, str]] = field(default_factory=list)
    """Ids that other registers gave the trial, and the names of these."""
    country: Span | None = None
    criteria: dict[str, FormRow] = field(default_factory=dict)
    """The rows E.3 and E.4."""
    interventions: list[dict[str, FormRow]] = field(default_factory=list)
    """The names of each product."""
    rest: list[FormRow] = field(default_factory=list)


_SINGLE = {
    "A.2": "registry_id",
    "A.3": "official_title",
    "A.3.1": "brief_title",
    "A.4.1": "org_study_id",
    "E.2.1": "brief_summary",
    "E.2.2": "detailed_description",
    "E.8.7": "has_dmc",
    "F.3.1": "healthy_volunteers",
    "F.4.2.2": "enrollment",
    "Trial Status": "overall_status",
    "Date on which this record was first entered in the EudraCT database": "first_posted",
}
# Of a section whose rows have its letter alone.
_BY_LABEL = {"date of the global end of the trial": "completion_date"}
_OTHER_REGISTERS = {"A.5.1": "ISRCTN", "A.5.2": "ClinicalTrials.gov", "A.5.3": "WHO Universal Trial Number"}
_CONTACT = {"B.5.2": "name", "B.5.4": "phone", "B.5.6": "email"}
_OUTCOMES = {"E.5.1": "primary_outcomes", "E.5.2": "secondary_outcomes"}
_TIMES = {"E.5.1.1": "E.5.1", "E.5.2.1": "E.5.2"}
_PRODUCT = {"D.3.1": "product", "D.2.1.1.1": "trade", "D.3.8": "substance"}
_PHASES = {"E.7.1": "PHASE1", "E.7.2": "PHASE2", "E.7.3": "PHASE3", "E.7.4": "PHASE4"}
_AGES = {"F.1.1": "CHILD", "F.1.2": "ADULT", "F.1.3": "OLDER_ADULT"}
_SEXES = {"F.2.1": "FEMALE", "F.2.2": "MALE"}
# Of what is not an answer of Yes the form says nothing: a trial that is not parallel may have one group or be crossed
# over.
_DESIGN = {
    "allocation": {"E.8.1.1": "RANDOMIZED"},
    "intervention_model": {"E.8.1.5": "PARALLEL", "E.8.1.6": "CROSSOVER"},
    "masking": {"E.8.1.2": "NONE", "E.8.1.3": "SINGLE", "E.8.1.4": "DOUBLE"},
}
_GROUPS = ((_PHASES, "phases"), (_AGES, "std_ages"), (_SEXES, "sex"), *((codes, key) for key, codes in _DESIGN.items()))
_YES_NO = frozenset(code for codes, _ in _GROUPS for code in codes)
# The register holds trials of medicines that need an authorisation: Directive 2001/20/EC leaves out all others.
_TRIAL_TYPES = frozenset({"eea cta", "outside eu/eea"})
# Rows of the summary that say again what a row of the form says.
_REPEATED = {"eudract number": "registry_id", "sponsor's protocol code number": "org_study_id",
             "end of trial status": "overall_status"}  # fmt: skip

# The labels of rows whose code other rows have too.
_NOT_THESE = frozenset({"number of subjects for this age range"})
_ITEM = re.compile(r"^[ \t]*(?:[•·*–-]|\(?\d{1,2}[.)])[ \t]*(?=\S)", re.MULTILINE)


def read_answers(text: str) -> Answers:
    """The data of the form in the text of one record. Translations and text in no field are in `rest`."""
    answers = Answers()
    yes_or_no: dict[str, FormRow] = {}
    times: dict[str, Span] = {}
    for row in find_rows(text):
        if row.code == "D.IMP":
            answers.interventions.append({})
        said = fold(text[row.value.start : row.value.end])
        if said.lower() in NOTHING and row.code not in ("E.3", "E.4"):
            continue
        key = row.code or next((one for one in _SINGLE if one.lower() == row.label.lower()), "")
        if not said or row.language or row.label.lower() in _NOT_THESE:
            _rest(answers, row, said)
        elif (name := _SINGLE.get(key) or _BY_LABEL.get(row.label.lower())) and name not in answers.fields:
            answers.fields[name] = row.value
        elif key in _YES_NO and key not in yes_or_no and said.lower() in ("yes", "no"):
            yes_or_no[key] = row
        elif row.label.lower() == "clinical trial type" and said.lower() in _TRIAL_TYPES:
            answers.stated["study_type"] = (ParsedValue("INTERVENTIONAL", row.value),)
        elif key in _TIMES and _TIMES[key] not in times:
            times[_TIMES[key]] = row.value
        elif not _listed(text, answers, row, said):
            _rest(answers, row, said)
    _state(answers, yes_or_no)
    for code, name in _OUTCOMES.items():
        if name in answers.outcomes:
            answers.outcomes[name] = answers.outcomes[name]._replace(time=times.get(code))
    if "official_title" in answers.fields:
        answers.fields.setdefault("brief_title", answers.fields["official_title"])
    answers.rest += [row for names in answers.interventions for row in names.values() if row is not _name_of(names)]
    answers.rest = [row for row in answers.rest if not _is_said(text, answers, row)]
    answers.rest = [row for row in answers.rest if not _takes_summary(answers, row, fold(text[slice(*row.value)]))]
    return answers


def _takes_summary(answers: Answers, row: FormRow, said: str) -> bool:
    """Whether a row of the summary says what the form, of which a text may have no more, does not."""
    name = _REPEATED.get(row.label.lower())
    if name and name not in answers.fields and not row.code:
        answers.fields[name] = row.value
        return True
    country = said.split(" - ")[0]
    if row.label.lower() == "national competent authority" and answers.country is None and country_code(country):
        answers.country = Span(row.value.start, row.value.start + len(country))
        return True
    return False


def _is_said(text: str, answers: Answers, row: FormRow) -> bool:
    """Whether a row says again what another one did."""
    said = fold(text[row.value.start : row.value.end])
    span = answers.fields.get(_REPEATED.get(row.label.lower(), ""))
    if row.label.lower() == "national competent authority":
        return answers.country is not None and said.startswith(text[answers.country.start : answers.country.end])
    return span is not None and fold(text[span.start : span.end]) == said


def _rest(answers: Answers, row: FormRow, said: str) -> None:
    if said:
        answers.rest.append(row)


def _listed(text: str, answers: Answers, row: FormRow, said: str) -> bool:
    """Take a row of something that a record may have several of."""
    code = row.code
    if code == "A.1" and answers.country is None:
        name = said.split(" - ")[0]
        answers.country = Span(row.value.start, row.value.start + len(name)) if country_code(name) else None
        return answers.country is not None
    if code == "B.1.1":
        answers.sponsors.append(row.value)
    elif code in _OTHER_REGISTERS:
        answers.ids.append((row.value, _OTHER_REGISTERS[code]))
    elif code in _CONTACT:
        if not answers.contacts or _CONTACT[code] in answers.contacts[-1]:
            answers.contacts.append({})
        answers.contacts[-1][_CONTACT[code]] = row.value
    elif code in _PRODUCT and (not answers.interventions or _PRODUCT[code] not in answers.interventions[-1]):
        if not answers.interventions:
            answers.interventions.append({})
        answers.interventions[-1][_PRODUCT[code]] = row
    elif code == "E.1.1" and not answers.conditions:
        answers.conditions = items(text, row.value)
    elif code in ("E.3", "E.4") and code not in answers.criteria:
        answers.criteria[code] = row
    elif code in _OUTCOMES and _OUTCOMES[code] not in answers.outcomes:
        answers.outcomes[_OUTCOMES[code]] = EndPoint(tuple(items(text, row.value)), None)
    else:
        return False
    return True


def items(text: str, span: Span) -> list[Span]:
    """The items of a list in a value, if all its lines are items with markers; else the value as one."""
    starts = [match.end() + span.start for match in _ITEM.finditer(text[span.start : span.end])]
    lines = [line for line in text[span.start : span.end].split("\n") if line.strip()]
    if len(starts) < 2 or len(starts) != len(lines):
        return [span]
    begins = [match.start() + span.start for match in _ITEM.finditer(text[span.start : span.end])]
    return [_trimmed(text, start, end) for start, end in zip(starts, [*begins[1:], span.end], strict=True)]


def _state(answers: Answers, rows: dict[str, FormRow]) -> None:
    """What answers of Yes and No say together. Where one of ages or sexes is not answered, they say nothing."""
    for codes, name in _GROUPS:
        said = {code: rows[code] for code in codes if code in rows}
        yes = [ParsedValue(codes[code], row.value) for code, row in said.items() if row_says_yes(row)]
        whole = name not in ("std_ages", "sex") or len(said) == len(codes)
        several = name in ("phases", "std_ages")
        if not yes or not whole:
            continue
        if name == "sex" and len(yes) == 2:
            # Rows may come in any order.
            first, last = sorted(row.value for row in said.values())
            answers.stated[name] = (ParsedValue("ALL", Span(first.start, last.end)),)
        elif several or len(yes) == 1:
            answers.stated[name] = tuple(yes)
        else:
            answers.rest += said.values()


def row_says_yes(row: FormRow) -> bool:
    return row.value.end - row.value.start == len("yes")


def _name_of(names: dict[str, FormRow]) -> FormRow | None:
    return names.get("product") or names.get("trade") or names.get("substance")


def products(text: str, answers: Answers) -> list[Span]:
    """The names of the products, each once: that of the product, else the trade name, else that of the substance."""
    found: dict[str, Span] = {}
    for names in answers.interventions:
        row = _name_of(names)
        if row:
            found.setdefault(fold(text[row.value.start : row.value.end]).lower(), row.value)
    return list(found.values())


def titles_of(rows: Iterable[FormRow]) -> Sequence[str]:
    """The codes and labels of rows, as they are shown."""
    return [f"{row.code} {row.label}".strip() for row in rows]
