"""Values of an export: what a text means, and what becomes of one that means nothing.

What is not understood goes to `unparsed` with its path in the export, and a problem has the JSON Pointer of the field
that it was for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from parser.model.source import Unparsed
from parser.problems import Problems
from parser.quantities.ages import standard_ages, years
from parser.registries import Registry
from parser.source import fold
from parser.values.codes import bracketed, display_type, read_code, read_who_masked, read_yes_or_no
from parser.values.date import read_date
from parser.values.number import read_count

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_BETWEEN_PHASES = re.compile(" ?[/|] ?")
_PATIENT_REGISTRY = re.compile(r"(.*?) ?\[ ?Patient Registry ?\]", re.IGNORECASE)
_EXPANDED_ACCESS = re.compile(r"(Expanded Access)\s*[:[]\s*(.*?)\]?", re.IGNORECASE)
_ACCESS_TYPES = {
    "individual patients": "individual",
    "intermediate-size population": "intermediate",
    "treatment ind/protocol": "treatment",
}
_DOCUMENT = re.compile(
    r"https?://(?:\w+\.)?clinicaltrials\.gov/(?:ProvidedDocs|large-docs)/\d\d/NCT\d{8}/"
    r"(((?:Prot|SAP|ICF)(?:_(?:SAP|ICF))*)_\d+\.\w+)",
    re.IGNORECASE,
)
# Dates that API v2 has as days only.
_WITH_DAY = frozenset(
    {
        "studyFirstSubmitDate",
        "studyFirstSubmitQcDate",
        "studyFirstPostDateStruct",
        "resultsFirstSubmitDate",
        "resultsFirstSubmitQcDate",
        "resultsFirstPostDateStruct",
        "dispFirstSubmitDate",
        "dispFirstSubmitQcDate",
        "dispFirstPostDateStruct",
        "lastUpdateSubmitDate",
        "lastUpdatePostDateStruct",
        "anticipatedPostingDate",
        "largeDocs",
    }
)
_AGE = re.compile(r"(\d{1,4}) ((?:year|month|week|day|hour|minute)s?)", re.IGNORECASE | re.ASCII)
_NO_LIMIT = frozenset({"n/a", "no limit", "none"})


class FieldLocation(NamedTuple):
    """The path of a text in an export, computed only for a report, and the pointer of its field."""

    path: Callable[[], str]
    pointer: str | None = None


class ExportFields:
    """The values of one record, and what is left over of it."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.unparsed: list[Unparsed] = []
        self.has_unread_age = False

    def leave(self, code: str, message: str, text: str, place: FieldLocation) -> None:
        """Keep a text that is not understood: in `unparsed`, with a problem."""
        self.unparsed.append(Unparsed(text=text, path=place.path()))
        self.problems(code, message, (None, None), place.pointer)

    def code(self, field: str, text: str, place: FieldLocation) -> str | None:
        """A code of the registry; `field` is a key of `ENUMS`."""
        code = read_code(field, text)
        if code is None:
            self.leave("unknown-value", f"{text!r} is not a code of {field.replace('_', ' ')}", text, place)
        return code

    def phases(self, text: str, place: FieldLocation) -> list[str]:
        whole = read_code("phases", fold(text))
        codes = [whole] if whole else [read_code("phases", part) for part in _BETWEEN_PHASES.split(fold(text))]
        known = [code for code in codes if code]
        if len(known) < len(codes):
            self.leave("unknown-value", f"{text!r} is not a phase, or several", text, place)
            return []
        return known

    def date_struct(self, text: str, place: FieldLocation, kind: str | None = None) -> dict[str, Any]:
        """A date, with the parts that are printed, and whether it is ACTUAL or ESTIMATED."""
        reading = read_date(fold(text))
        if reading.date is None:
            self.leave(reading.problem or "not-understood", f"{text!r} is not a date", text, place)
            return {}
        if len(reading.date) < len("yyyy-MM-dd") and not _WITH_DAY.isdisjoint((place.pointer or "").split("/")):
            self.leave("not-understood", f"{text!r} lacks the day, without which API v2 has no such date", text, place)
            return {}
        if reading.problem:
            message = f"day and month of {text!r} may be swapped"
            self.problems(reading.problem, message, (None, None), place.pointer)
        return {"date": reading.date, "type": reading.type or (self.code("date_type", kind, place) if kind else None)}

    def date(self, text: str, place: FieldLocation) -> str | None:
        date: str | None = self.date_struct(text, place).get("date")
        return date

    def count(self, text: str, place: FieldLocation) -> int | None:
        count = read_count(fold(text))
        if count is None:
            self.leave("not-understood", f"{text!r} is not a count", text, place)
        return count

    def yes_or_no(self, text: str, place: FieldLocation) -> bool | None:
        answer = read_yes_or_no(fold(text))
        if answer is None:
            self.leave("unknown-value", f"{text!r} is neither yes nor no", text, place)
        return answer

    def age(self, text: str, place: FieldLocation) -> str | None:
        """An age limit as API v2 spells it, `18 Years`; None if there is no limit."""
        age = fold(text)
        if age.lower() in _NO_LIMIT:
            return None
        match = _AGE.fullmatch(age)
        if match is None:
            self.has_unread_age = True
            self.leave("unknown-value", f"{text!r} is not an age: a whole number and a unit of time", text, place)
            return None
        return f"{match[1]} {match[2].capitalize()}"

    def age_groups(self, minimum: str | None, maximum: str | None) -> list[str]:
        """stdAges of the limits, unless one of them was not understood."""
        return [] if self.has_unread_age else standard_age_groups(minimum, maximum)

    def registry_id(self, registry: Registry, text: str, place: FieldLocation) -> str | None:
        if registry.trial_key(text) is None:
            self.leave("unknown-value", f"{text!r} is not an id of {registry.name}", text, place)
            return None
        return "".join(text.split())

    def study_type(self, text: str, place: FieldLocation) -> dict[str, Any]:
        """studyType, and what else a type says: `Observational [Patient Registry]`, `Expanded Access:Treatment`."""
        made: dict[str, Any] = {}
        text = fold(text)
        if registry := _PATIENT_REGISTRY.fullmatch(text):
            text = registry[1]
            made["patientRegistry"] = True
        elif access := _EXPANDED_ACCESS.fullmatch(text):
            text = access[1]
            for kind in re.split(" ?[|,] ?", access[2]):
                if key := _ACCESS_TYPES.get(kind.lower()):
                    made.setdefault("expandedAccessTypes", {})[key] = True
                else:
                    self.leave("unknown-value", f"{kind!r} is not a kind of expanded access", kind, place)
        return {"studyType": self.code("study_type", text, place), **made}

    def document_file(self, text: str, place: FieldLocation) -> dict[str, Any]:
        """The file of an uploaded document, whose name says what it is: `Prot_SAP_000.pdf`."""
        match = _DOCUMENT.fullmatch(fold(text))
        if match is None:
            self.leave("unknown-value", f"{text!r} is not the address of a document", text, place)
            return {}
        kinds = match[2].split("_")
        flags = {key: kind in kinds for key, kind in (("hasProtocol", "Prot"), ("hasSap", "SAP"), ("hasIcf", "ICF"))}
        return {"filename": match[1], "typeAbbrev": match[2], **flags}

    def masking(self, text: str, place: FieldLocation) -> dict[str, Any]:
        """maskingInfo of `Double Blind (Subject, Investigator)`, `None (Open Label)`, `DOUBLE (PARTICIPANT)`."""
        text = fold(text)
        code, where = read_code("masking", text), bracketed(text)
        inner = text[slice(*where)] if where else "" if code else text
        who = read_who_masked(inner) if inner and code != "NONE" else None
        if code is None and who is None:
            self.leave("unknown-value", f"{text!r} is not a code of masking", text, place)
        elif inner and who is None and code != "NONE":
            self.leave("unknown-value", f"{inner!r} are not those who can be masked", inner, place)
        return {"masking": code, "whoMasked": who}


DESIGN_LABELS: dict[str, tuple[str, str]] = {
    "allocation": ("allocation", "allocation"),
    "intervention model": ("intervention_model", "interventionModel"),
    "observational model": ("observational_model", "observationalModel"),
    "observational study model": ("observational_model", "observationalModel"),
    "primary purpose": ("primary_purpose", "primaryPurpose"),
    "time perspective": ("time_perspective", "timePerspective"),
    "masking": ("masking", "maskingInfo"),
}
"""The labels of a study's design, with the field of its codes and the key of designInfo."""


class DesignPart(NamedTuple):
    """A part of a study's design, as it is printed: `Masking: Double`, or `Double-Blind` without its label."""

    label: str
    value: str
    printed: str


def design_info(fields: ExportFields, parts: Iterable[DesignPart], place: FieldLocation) -> dict[str, Any]:
    """designInfo of labels and their values. A part whose label is not known is left whole."""
    info: dict[str, Any] = {}
    for label, value, printed in parts:
        field, key = DESIGN_LABELS.get(label.lower(), ("", ""))
        at = place._replace(pointer=f"{place.pointer}/{key}") if place.pointer and key else place
        if not field:
            fields.leave("no-field", f"API v2 has no field for {printed!r}", printed, at)
        elif key in info:
            fields.leave("duplicate-field", f"{label!r} comes again: {printed!r}", printed, at)
        elif field == "masking":
            info[key] = fields.masking(value, at)
        else:
            info[key] = fields.code(field, value, at)
    return info


def standard_age_groups(minimum: str | None, maximum: str | None) -> list[str]:
    """stdAges, where at least one limit of age was read."""
    limits = [years(age) if age else None for age in (minimum, maximum)]
    return standard_ages(*limits) if any(limit is not None for limit in limits) else []


def name_interventions(arms_module: dict[str, Any]) -> None:
    """Give each arm group the names of its interventions, `Drug: Metformin`, which say what groups they belong to."""
    for arm in arms_module.get("armGroups", ()):
        arm["interventionNames"] = [
            f"{display_type(one['type'])}: {one['name']}"
            for one in arms_module.get("interventions", ())
            if one.get("type") and one.get("name") and arm.get("label") in one.get("armGroupLabels", ())
        ]


def paragraphs(text: str) -> str:
    """A hard-wrapped text with its paragraphs on a line each, and a blank line between them."""
    return "\n\n".join(filter(None, map(fold, _PARAGRAPH_END.split(text.strip()))))


def without_empty(data: Any) -> Any:
    """Plain data without keys that have no value, and without objects that hold nothing."""
    if isinstance(data, dict):
        parts = ((key, without_empty(part)) for key, part in data.items())
        return {key: part for key, part in parts if part not in (None, "", [], {})}
    if isinstance(data, list):
        return [without_empty(part) for part in data]
    return data


def put(data: dict[str, Any], key: str, value: Any) -> None:
    """Set a value at keys joined by slashes, and create missing objects."""
    *above, last = key.split("/")
    for one in above:
        data = data.setdefault(one, {})
    if isinstance(value, Mapping) and isinstance(data.get(last), dict):
        data[last].update(value)
    else:
        data[last] = value
