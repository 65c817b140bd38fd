"""Finds text that the reader of an export consumed but did not use: a remark after a date, a second value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from parser.forms.export_fields import ExportFields, FieldLocation
from parser.registries import Registry
from parser.source import fold
from parser.values.country import country_code, country_name
from parser.values.text import says_nothing
from parser.values.typed_words import WORD, words_of_values


def leave_unread(
    fields: ExportFields, study: Any, texts: Iterable[tuple[str, FieldLocation]], labels: str = ""
) -> None:
    """Leave the texts of a record that have words which are neither in the study nor left already.

    The words of codes, dates, ages and answers are known: the study has those in a spelling of its own. `labels` has
    the words that the form prints next to its values.
    """
    known: set[str] = set()
    for said in (*_strings(study), *(one.text for one in fields.unparsed)):
        known.update(WORD.findall(said.lower()))
    known |= words_of_values() | set(WORD.findall(labels.lower()))
    for text, place in texts:
        words = WORD.findall(text.lower())
        if not known.issuperset(words) and not says_nothing(fold(text)):
            known.update(words)
            fields.leave("unparsed-text", f"more than a value: {fold(text)[:200]!r}", text, place)


def words_of(registry: Registry) -> str:
    """The words that a register has for codes."""
    return " ".join(text for codes in registry.codes.values() for text in codes)


def countries_of(study: Mapping[str, Any]) -> Iterator[str]:
    """The countries of a study's locations by ISO's names and codes, as some registers write them."""
    module = study["protocolSection"].get("contactsLocationsModule", {})
    for place in module.get("locations", ()):
        if code := country_code(place.get("country") or ""):
            yield from (code, country_name(code) or "")


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for part in data.values():
            yield from _strings(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _strings(part)
