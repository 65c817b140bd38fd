"""Values of a record's XML that are made of several elements, or of one in its own way."""

from __future__ import annotations

import re
from typing import Any

from parser.forms.export_fields import DesignPart, FieldLocation, design_info, name_interventions, standard_age_groups
from parser.forms.xml_record import Made, XmlRecord, XmlText
from parser.forms.xml_tree import Element
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import fold
from parser.values.codes import read_code

# The design in one string: `Allocation:  Randomized, Masking:  Double Blind (Subject, Investigator)`.
_DESIGN_LABEL = re.compile(r"(?:\A|,\s*)([A-Z][a-z]+(?: [A-Z][a-z]+){0,3}):\s*")
_UNLABELLED = (
    ("Allocation", "allocation"),
    ("Masking", "masking"),
    ("Intervention Model", "intervention_model"),
    ("Primary Purpose", "primary_purpose"),
    ("Observational Model", "observational_model"),
    ("Time Perspective", "time_perspective"),
)


def nct_id(found: XmlText) -> str | None:
    return found.fields.registry_id(REGISTRY, found.text, found.place)


def phases(found: XmlText) -> list[str]:
    return found.fields.phases(found.text, found.place)


def study_type(found: XmlText) -> dict[str, Any]:
    return found.fields.study_type(found.text, found.place)


def masking(found: XmlText) -> dict[str, Any]:
    return found.fields.masking(found.text, found.place)


def old_design(found: XmlText) -> dict[str, Any]:
    """designInfo of a design in one string, with labels or without."""
    text = fold(found.text)
    parts = _DESIGN_LABEL.split(text)
    labelled = zip(parts[1::2], parts[2::2], strict=True)
    design = [DesignPart(label, value, f"{label}: {value}") for label, value in labelled]
    for word in re.split(r", ?(?![^()]{0,200}\))", parts[0]) if parts[0] else ():
        design.append(DesignPart(_label_of(word), word, word))
    return design_info(found.fields, design, found.place)


def _label_of(word: str) -> str:
    """The label of a design's word that has none; nothing where no enumeration has it."""
    return next((label for label, field in _UNLABELLED if read_code(field, word)), "")


def person_name(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    """The name of a person, in one element or in its parts: `Jane Q. Public, MD`."""
    parts = []
    for tag in ("first_name", "middle_name", "last_name", "degrees"):
        one = element.find(tag)
        parts.append(fold(record.take(one)) if one is not None else "")
    *names, degrees = parts
    if name := ", ".join(filter(None, (" ".join(filter(None, names)), degrees))):
        made["name"] = name


def always(key: str, value: str) -> Made:
    """A value that follows from the name of the element."""

    def make(_: XmlRecord, __: Element, made: dict[str, Any], ___: str) -> None:
        if made:
            made[key] = value

    return Made(make)


def std_ages(_: XmlRecord, __: Element, made: dict[str, Any], ___: str) -> None:
    if ages := standard_age_groups(made.get("minimumAge"), made.get("maximumAge")):
        made["stdAges"] = ages


def intervention_names(_: XmlRecord, __: Element, made: dict[str, Any], ___: str) -> None:
    name_interventions(made)


def countries(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """The list of countries: those of the sites once more, or a problem."""
    at_sites = {site.get("country") for site in made.get("locations", ())}
    for one in element.iterfind("location_countries/country"):
        if (country := fold(record.take(one))) and country not in at_sites:
            place = FieldLocation(lambda one=one: record.path(one), f"{pointer}/locations")  # type: ignore[misc]
            record.fields.leave("country-mismatch", f"no site is in the listed country {country!r}", country, place)


def document_file(found: XmlText) -> dict[str, Any]:
    return found.fields.document_file(found.text, found.place)
