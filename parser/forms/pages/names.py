"""How names are written: of organisations, people, studies and documents.

Mercy Research              longer words have capitals
Jane Doe, MD                two words or more, degrees aside
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from parser.forms.pages.vocabulary import says_something
from parser.values.country import country_code, is_state
from parser.values.name import split_degrees

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LONGEST_SMALL_WORD = 5
_MOST_WORDS_OF_A_NAME = 14
_MOST_WORDS_OF_A_PERSON = 6
_COMPANY = re.compile(r", (?:inc|ltd|llc|co|corp|gmbh|s\.?a|l\.?p|plc|limited)\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:dr|prof|mrs?|ms)\b\.? ", re.IGNORECASE)
# Small words within names of people.
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "la", "del", "della", "di", "da", "dos", "das", "du", "el", "al", "bin", "ibn"}
    | {"ter", "ten", "zu", "zur", "le", "y", "e"}
)
_LABEL = re.compile(r"\b(?:identifier|number|id|status|date|type)\Z", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:protocol|statistical|analysis plan|consent|sap|icf|csr|report|leaflet|brochure|summary|manual)\b",
    re.IGNORECASE,
)


def is_organisation(text: str) -> bool:
    """Whether a text is written as names are: its longer words begin with capitals."""
    words = _WORD.findall(text)
    if not words or len(words) > _MOST_WORDS_OF_A_NAME or text.endswith(("(s)", "?", "!", ":")):
        return False
    if ": " in text or " / " in text or _LABEL.search(text) or _PERSON.match(text):
        return False
    if is_state("US", text) or country_code(text):
        return False
    return not words[0].islower() and not any(word.islower() and len(word) > _LONGEST_SMALL_WORD for word in words)


def says_several(text: str) -> bool:
    """Whether a text may be the names of several organisations: a comma is between them, and not before `Inc.`."""
    return ", " in _COMPANY.sub("", text)


def is_person(text: str) -> bool:
    """Whether a text is a name of a person: two words or more with capitals, its degrees aside."""
    name = split_degrees(text).name.split(",")[0]
    words = _WORD.findall(name)
    if any(word.islower() and word not in _PARTICLES for word in words) or says_something(name):
        return False
    return 2 <= len(words) <= _MOST_WORDS_OF_A_PERSON and is_organisation(_PERSON.sub("", name))


def is_alone(text: str) -> bool:
    """Whether a name has nothing after it but degrees: no organisation, no place."""
    return not re.search("[,:]", split_degrees(text).name)


def is_short_name(text: str) -> bool:
    """Whether a text is written as a study's acronym is."""
    return len(text.split()) <= 4 and any(map(str.isupper, text)) and not text.endswith((".", ":", "?"))


def is_document_name(text: str) -> bool:
    """Whether a text names one of the documents of a study."""
    return _DOCUMENT.search(text) is not None


NAMES: Mapping[str, Callable[[str], bool]] = {
    "lead_sponsor": is_organisation,
    "collaborators": is_organisation,
    "organization": is_organisation,
    "old_organization": is_organisation,
    "investigator_affiliation": is_organisation,
    "investigator_name": is_person,
    "acronym": is_short_name,
}
"""What the values of a field are, where they are below its label."""
