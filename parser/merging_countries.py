"""Merges the EU Clinical Trials Register's records of one trial, one for each country.

The first record in English is the base, else the first. Each country is a location of the merged record.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from parser.model.document import Document, attach_sections, attach_spans, given_sections, merged_spans
from parser.model.normalized import NormalizedLocation
from parser.model.protocol import Location
from parser.registries import eu_ctr, identify

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({"the", "of", "and", "with", "to", "for", "or", "be", "by"})
_LEAST_ENGLISH = 0.12
"""The share of these words in an English text; the register's other languages share one or two of them."""

_LOCATIONS = "/protocolSection/contactsLocationsModule/locations"
_NORMALIZED = "/normalizedSection/contactsLocationsModule/locations"


class Countries(NamedTuple):
    """Two countries' records with the locations of both, and the pointers of those that the second one adds."""

    base: Document
    other: Document
    contributed: list[str]


def are_of_countries(a: Document, b: Document) -> bool:
    """Whether two records are of one trial in the EU register, of different countries or for all countries."""
    first, second = a.source_section, b.source_section
    if first.registry != eu_ctr.REGISTRY.name or second.registry != eu_ctr.REGISTRY.name:
        return False
    ids = [identify(section.registry_id or "") for section in (first, second)]
    same = ids[0] and ids[1] and ids[0].trial_key == ids[1].trial_key
    return bool(same) and first.member_state != second.member_state


def unite_countries(a: Document, b: Document) -> Countries:
    """The base record and the other one, with the locations of both, and the locations that the other one adds."""
    base, other = (b, a) if is_english(b) and not is_english(a) else (a, b)
    known = {place.country for place in _places(base)}
    added = [at for at, place in enumerate(_places(other)) if place.country not in known]
    count = len(_places(base))
    places = (*_places(base), *(_places(other)[at] for at in added))
    normalized = (*_normalized(base), *(_normalized(other)[at] for at in added if at < len(_normalized(other))))
    contributed = [f"{pointer}/{count + at}" for pointer in (_LOCATIONS, _NORMALIZED) for at in range(len(added))]
    return Countries(_with(base, places, normalized), _with(other, places, normalized), contributed)


def is_english(document: Document) -> bool:
    """Whether the titles and criteria of a record are in English."""
    protocol = document.protocol_section
    texts = (
        protocol.identification_module.official_title,
        protocol.identification_module.brief_title,
        protocol.eligibility_module.eligibility_criteria,
    )
    words = [word.lower() for text in texts if text for word in _WORD.findall(text)]
    return bool(words) and sum(word in _ENGLISH for word in words) >= _LEAST_ENGLISH * len(words)


def _places(document: Document) -> tuple[Location, ...]:
    return document.protocol_section.contacts_locations_module.locations


def _normalized(document: Document) -> tuple[NormalizedLocation, ...]:
    return document.normalized_section.contacts_locations_module.locations


def _with(document: Document, places: tuple[Location, ...], normalized: tuple[NormalizedLocation, ...]) -> Document:
    protocol, section = document.protocol_section, document.normalized_section
    made = replace(
        document,
        protocol_section=replace(
            protocol, contacts_locations_module=replace(protocol.contacts_locations_module, locations=places)
        ),
        normalized_section=replace(
            section, contacts_locations_module=replace(section.contacts_locations_module, locations=normalized)
        ),
    )
    return attach_sections(attach_spans(made, document.spans, merged_spans(document)), given_sections(document))
