"""The shapes of labels in other words and of their values, independent of the lines around them."""

from __future__ import annotations

import re

from parser.forms.pages.candidates import Candidate
from parser.forms.pages.fields import AGE, CODE, COUNT, DATE, GROUP, LINE, YES_NO
from parser.forms.pages.vocabulary import LIST_OF_LABEL, Word, find_word, key

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
    return candidate.joined or find_word(candidate.text) is not None


def name_of(word: Word, candidate: Candidate) -> str:
    """Entries that a page has once: a field, or a heading's own words."""
    return word.field if word.form != GROUP else key(candidate.text)


def names_its_list(candidate: Candidate) -> bool:
    """Whether a label in one word, as API v2 has them, says whose it is: `PrimaryOutcomeMeasure`."""
    text = candidate.text
    return key(text) in LIST_OF_LABEL and text.isalpha() and not (text.islower() or text.istitle())
