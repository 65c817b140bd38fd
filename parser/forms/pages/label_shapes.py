"""The shapes of labels in other words and of their values, independent of the lines around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from parser.forms.pages.candidates import Candidate, candidates
from parser.forms.pages.fields import AGE, CODE, COUNT, DATE, GROUP, LINE, LIST, YES_NO
from parser.forms.pages.site import speaks_to_the_reader
from parser.forms.pages.vocabulary import BOUND, LIST_OF_LABEL, Word, key
from parser.lines import Line
from parser.source import Span

FORMS = {
    CODE: re.compile(r"[^\s;]+(?:\s{1,3}[^\s;]+){0,8}(?<![.,])\Z"),
    DATE: re.compile(r"(?=[^\r\n]{1,48}\Z)(?:.*\d{4}|n/?a\b|not (?:provided|available))", re.I),
    COUNT: re.compile(r"(?=[^\r\n]{1,60}\Z)(?:.*\d|n/?a\b)", re.I),
    AGE: re.compile(
        r"(?=[^\r\n]{1,80}\Z)(?:.*\d+ ?(?:years?|months?|weeks?|days?|hours?|minutes?|y\b)|n/?a\b|no(?:ne| limit)|all\b"
        r"|child|adult|older)",
        re.I,
    ),
    YES_NO: re.compile(
        r"(?:yes|no|true|false|accepts|unknown|n/?a|results|not|undecided|available|-)\b[^\r\n]{0,60}\Z", re.I
    ),
    LINE: re.compile(r"[^\r\n]{1,500}\Z"),
}

# Words that running text has at the head of a line as well.
_COMMON_TEXTS = (
    "age|ages|arms|assignment|blinding|collaborator|condition|conditions|contact|contacts|country|criteria|dates"
    "|description|design|dmc|enrollment|eligibility|gender|groups|interventions|intervention|investigators|keywords"
    "|location|locations|masking|outcomes|overview|participants|phase|publications|purpose|reference|references"
    "|results|retention|treatment|sex|sites|source|sponsor|status|summary|title|treatments|timeline|sample size"
    "|study design"
    "|study population|study groups|study arms|primary endpoint"
)
COMMON = frozenset(key(text) for text in _COMMON_TEXTS.split("|"))


def is_joined_or_known(candidate: Candidate) -> bool:
    return candidate.joined or candidate.found is not None


def name_of(word: Word, words: str) -> str:
    """Entries that a page has once: a field, or the key of a heading's own words."""
    return word.field if word.form != GROUP else words


def names_its_list(candidate: Candidate) -> bool:
    """Whether a label in one word, as API v2 has them, says whose it is: `PrimaryOutcomeMeasure`."""
    text = candidate.text
    return candidate.key in LIST_OF_LABEL and text.isalpha() and not (text.islower() or text.istitle())


def opens_another(lines: Sequence[Line], index: int, candidate: Candidate, home: Word) -> bool:
    """Whether a label of a list is the heading of another one: `Interventions` above `Name: Aspirin`."""
    found = candidate.found
    if found is None or candidate.value is not None or found.word.form != LIST or found.word.field == home.field:
        return False
    if index + 1 < len(lines) and speaks_to_the_reader(lines[index + 1].text):
        return True
    below = candidates(lines[index + 1]) if index + 1 < len(lines) else ()
    return any(one.key in BOUND.get(found.word.field, {}) for one in below)


def has_structure(lines: Sequence[Line], index: int, word: Word) -> bool:
    """Whether what stands below a heading is what the page has there: a sentence, or labels of that list."""
    below = lines[index + 1 : index + 6]
    if below and speaks_to_the_reader(below[0].text):
        return True
    bound = BOUND.get(word.field, {}) if word.form == LIST else {}
    return any(candidate.key in bound for line in below for candidate in candidates(line))


def text_at(lines: Sequence[Line], span: Span) -> str:
    """The text of a span that is within one of some lines."""
    line = lines[bisect_left(lines, span.end, key=lambda one: one.end)]
    return line.text[span.start - line.start : span.end - line.start]
