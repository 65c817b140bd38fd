"""The one vocabulary of pages: which lines are headings and labels, in any wording.

A `Heading` and a `Label` are as the seed's site prints them. `WORDS` has the same fields in the words of all sites.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from parser.forms.pages.fields import (
    BELOW,
    CONTACTS,
    COUNT,
    DATE,
    FIELDS,
    FLAG,
    GROUP,
    GROUPS,
    OUTCOMES,
    PLACES,
    PROSE,
    RECORDS,
    SITE,
    Row,
)
from parser.forms.pages.words import ROWS
from parser.source import fold

__all__ = ["CONTACTS", "FIELDS", "GROUPS", "PLACES", "PROSE", "RECORDS"]

_NO_LETTER = bytes(code for code in range(128) if not chr(code).isalnum())


def key(text: str) -> str:
    """A text as it is looked up: its letters and digits, all small. `NCTId` and `NCT ID` are `nctid`."""
    return text.casefold().encode("ascii", "ignore").translate(None, _NO_LETTER).decode("ascii")


def _spellings(row: Row) -> list[str]:
    return row.spellings.split("|")


# --- The words of all sites ---


class Word(NamedTuple):
    """What a heading or label says: the field or list it opens, what its values look like, the section of the page."""

    field: str
    form: str
    section: str


WORDS: dict[str, Word] = {
    key(text): Word(row.field, row.form, row.section)
    for row in ROWS
    if row.form != SITE and not row.lists
    for text in _spellings(row)
}
"""What opens a value, a list or a group of them anywhere on a page, by its key."""


FORM_OF: dict[str, str] = {word.field: word.form for word in WORDS.values()}
"""What the values of each field look like."""


def _bound() -> dict[str, dict[str, str]]:
    """An outcome's label may have its kind in front: `Primary Outcome Time Frame`."""
    found: dict[str, dict[str, str]] = {}
    for row in ROWS:
        for name in row.lists:
            fronts = ("", kind := name.split("_")[0], f"{kind} outcome") if name in OUTCOMES else ("",)
            found.setdefault(name, {}).update(
                {key(f"{front} {text}"): row.field for front in fronts for text in _spellings(row)}
            )
    return found


BOUND: dict[str, dict[str, str]] = _bound()
"""What the labels of a list's records mean, by the list and the key of a label: it means this only there."""

LIST_OF_LABEL: dict[str, str] = {
    "primaryoutcomemeasure": "primary_outcomes",
    "secondaryoutcomemeasure": "secondary_outcomes",
    "otheroutcomemeasure": "other_outcomes",
    "overallofficialname": "officials",
    "largedoctypeabbrev": "documents",
    "interventiontype": "interventions",
    "interventionname": "interventions",
    "armgrouplabel": "groups",
    "armgrouptype": "groups",
    "locationfacility": "locations",
    "centralcontactname": "central_contacts",
    "referencepmid": "references",
    "referencecitation": "references",
}
"""The keys of labels that say whose they are, so that a list may begin with one and have no heading."""

_TYPE = re.compile(r"\b(?:actual|estimated?|anticipated|est)\b\.?", re.IGNORECASE)


class Match(NamedTuple):
    """A word of the vocabulary, and where in its text the type of a date or number is: `Study Start (Actual)`."""

    word: Word
    kind: tuple[int, int] | None = None


# Labels that end in the name of who provided what is below.
_VARIABLE = (
    (re.compile(r"keywords provided by (?P<rest>[^:\t]{2,120})\Z", re.IGNORECASE), "Keywords"),
    (re.compile(r"further study details as provided by (?P<rest>[^:\t]{2,120})\Z", re.IGNORECASE), "Resource Links"),
    (re.compile(r"resource links provided by (?P<rest>[^:\t]{2,60})\Z", re.IGNORECASE), "Resource Links"),
    (
        re.compile(
            r"(?:additional )?publications automatically indexed to this study"
            r"(?: by clinicaltrials\.gov identifier(?: \(nct number\))?)?"
            r"(?P<rest>[^:\t]{0,80})\Z",
            re.IGNORECASE,
        ),
        "Publications",
    ),
    (re.compile(r"(?:additional )?publications (?:of|from) (?P<rest>[^:\t]{2,60})\Z", re.IGNORECASE), "Publications"),
    (re.compile(r"(?:there are )?\d{1,4} (?:study )?locations?(?: for this study)?\Z", re.IGNORECASE), "Locations"),
    (re.compile(r"information provided by \(responsible party\)\Z", re.IGNORECASE), "Resource Links"),
)
# How the keys of these begin, but for a number of locations.
_KEYS_OF_VARIABLE = ("keywords", "further", "resource", "publications", "additional", "there", "information")


@lru_cache(maxsize=4096)
def find_word(text: str) -> Match | None:
    """What a heading or label says, wherever it is; None for any other text."""
    letters = key(text)
    word = WORDS.get(letters)
    if word:
        return Match(word)
    if letters.startswith(_KEYS_OF_VARIABLE) or text[:1].isdigit():
        for pattern, label in _VARIABLE:
            if pattern.match(text):
                return Match(WORDS[key(label)])
    may_have_type = "est" in letters or "actual" in letters or "anticipated" in letters
    kind = _TYPE.search(text) if may_have_type else None
    word = WORDS.get(key(_TYPE.sub(" ", text))) if kind else None
    return Match(word, kind.span()) if word and kind and word.form in (DATE, COUNT) else None


def named_in(text: str) -> tuple[int, int] | None:
    """Where a heading names something, such as who provided what is below it; None for one of fixed words."""
    for pattern, _ in _VARIABLE:
        if (match := pattern.match(text.rstrip(": "))) and "rest" in pattern.groupindex:
            return match.span("rest")
    return None


def says_something(text: str) -> bool:
    """Whether a text is a heading or a label, its colon aside, in any wording."""
    return find_word(text.rstrip(": ")) is not None


# --- The headings of the seed's site ---


class Heading(NamedTuple):
    """A heading line, its section's name, the shape of the section, and the site's fixed sentence below it."""

    text: str
    section: str
    shape: str
    sentence: str = ""

    @property
    def terminal(self) -> str:
        return f"{self.shape}_HEADING"


# The order of the page: where a line only looks like a heading, its place in this order speaks for or against it.
_SECTIONS = (
    *("results", "basic", "brief_summary", "detailed_description", "conditions", "keywords", "design", "groups"),
    *("interventions", "eligibility", "sponsors", "responsible_party", "locations", "countries", "central_contacts"),
    *("facility_contacts", "references", "identifiers", "related_trials"),
)


def _section(row: Row) -> str:
    if row.form == GROUP:
        return row.section
    return "eligibility" if row.field == "eligibility_criteria" else row.field


_HEADED = {_section(row): row for row in ROWS if row.shape}
HEADINGS = tuple(
    Heading(_spellings(row)[0], section, row.shape or "", row.sentence)
    for section in _SECTIONS
    for row in (_HEADED[section],)
)
HEADING_BY_TEXT = {heading.text: heading for heading in HEADINGS}
SITE_SENTENCES = frozenset(heading.sentence for heading in HEADINGS if heading.sentence)
"""The sentences of the seed's site below its headings."""
HEADING_ORDER = {heading.text: rank for rank, heading in enumerate(HEADINGS)}


def is_heading(line: str) -> bool:
    """Whether a line reads like a heading."""
    return line in HEADING_BY_TEXT


# --- The labels of the seed's site ---


class Label(NamedTuple):
    """A label line: the section it belongs to, the field it carries, and what may follow it on its line."""

    text: str
    section: str
    field: str
    inline: str


# The title and what is next to it may share a line with their labels or not.
_EITHER_WAY = frozenset({"front"})

# Of several texts for one field the first is the one that is printed.
LABELS = tuple(
    Label(text, row.section, row.field, row.site)
    for row in ROWS
    if row.site
    for text in _spellings(row)[: None if row.form == SITE else row.own]
)

# The letters by which a line that may be a label is told: not more than any label's first word has.
OPENING = min(3, *(len(label.text.split()[0]) for label in LABELS))


def _spaced(text: str) -> str:
    """An expression for a label whatever white space is between its words."""
    return r"\s+".join(re.escape(word) for word in text.split())


class SectionLabels(NamedTuple):
    """The labels of a section: those that are a line of their own, and one expression for those that share a line.

    A group of that expression is one of `sharing`. `openings` are the first letters of all, `OPENING` of each: most
    lines are not labels, and these show it soonest.
    """

    openings: frozenset[str]
    alone: dict[str, Label]
    shared: re.Pattern[str] | None
    sharing: list[Label]

    def find(self, line: str) -> tuple[Label, int] | None:
        """The label that a line with one of the openings is, and where its value begins in the line.

        `Group Type EXPERIMENTAL` in Study Groups gives the label of the arm's type and 11. For a label whose value
        is below it, and for a line that is itself the value, the value begins at the line's end or start. A colon
        may follow a label: `Clinical Phase:`, `Clinical Phase: PHASE2`.
        """
        label = self.alone.get(fold(line.removesuffix(":"))) if self.alone else None
        if label is not None:
            return label, 0 if label.inline == FLAG else len(line)
        match = self.shared.match(line) if self.shared else None
        if match is None or match.lastindex is None:
            return None
        return self.sharing[match.lastindex - 1], match.end()


def _sharing(label: Label) -> str:
    """Where the value has a line of its own, only a colon tells one on the label's line from a sentence."""
    if label.inline == BELOW:
        return rf"({_spaced(label.text)})\s*:\s*(?=\S)"
    return rf"({_spaced(label.text)})(?:\s*:\s*|\s+)(?=(?:{label.inline})\Z)"


def _section_labels() -> dict[str, SectionLabels]:
    found: dict[str, SectionLabels] = {}
    # In the order of the rows: that of a set would differ from run to run, and with it which of two labels is found.
    for section in dict.fromkeys(label.section for label in LABELS):
        here = [label for label in LABELS if label.section == section]
        alone = {label.text: label for label in here if label.inline in (BELOW, FLAG) or section in _EITHER_WAY}
        sharing = [label for label in here if label.inline != FLAG]
        shared = re.compile("|".join(map(_sharing, sharing))) if sharing else None
        openings = frozenset(label.text[:OPENING] for label in here)
        found[section] = SectionLabels(openings, alone, shared, sharing)
    return found


SECTION_LABELS = _section_labels()
"""The labels of each section that has any; running text has none."""

# A line with a label is mostly shorter, and the same on many pages: `Clinical Phase`, `Site Status COMPLETED`.
_REPEATED = 60


def find_label(section: str, line: str) -> tuple[Label, int] | None:
    """The label that a line of a section is, and where its value begins; see `SectionLabels.find`."""
    labels = SECTION_LABELS.get(section)
    if labels is None or line[:OPENING] not in labels.openings:
        return None
    return _find_repeated(section, line) if len(line) <= _REPEATED else labels.find(line)


@lru_cache(maxsize=1024)
def _find_repeated(section: str, line: str) -> tuple[Label, int] | None:
    return SECTION_LABELS[section].find(line)


def _sections_by_opening() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section, labels in SECTION_LABELS.items():
        for opening in labels.openings:
            found.setdefault(opening, []).append(section)
    return found


_SECTIONS_BY_OPENING = _sections_by_opening()


def any_label(line: str, sections: Container[str] = SECTION_LABELS) -> Label | None:
    """The label that a line is in one of some sections: `Clinical Phase`, `Group Type EXPERIMENTAL`."""
    for section in _SECTIONS_BY_OPENING.get(line[:OPENING], ()):
        if section in sections and (found := find_label(section, line)):
            return found[0]
    return None
