"""Notes: prose in an eligibility block that is not a condition to meet.

Note: Other protocol-defined inclusion/exclusion criteria may apply.
Further criteria apply.
The above information is not intended to contain all considerations relevant to a potential participation in a trial.
"""

from __future__ import annotations

import re

_LONGEST = 320
"""Only this many characters of a note are examined: its beginning shows what it is."""

# A word that announces a note, as the first of its paragraph.
_ANNOUNCED = re.compile(r"[\s*_\\]*(?:please\s+)?(?:notes?\b[\s*_]*(?:[:.,-]|that\b|for\b|$)|n\.\s?b\.|nb\s?:)", re.I)

# More criteria exist somewhere else. What is between the words is bounded, so that matching stays linear.
_ELSEWHERE = re.compile(
    r"[\s*_\\]*(?:there\s+(?:are|may\s+be)\s+)?(?:the\s+)?(?:both|all|and|with|other|further|additional|more|certain|general)\b"
    r"[^.:;]{0,80}?\b(?:criteria|inclusion/exclusion)\b[^.:;]{0,40}?"
    r"\b(?:appl(?:y|ies|ied|icable)|(?:as\s+)?(?:specified|defined|described|listed)\s+(?:in|by|per)\b|exist)",
    re.I,
)

# Text about the list, the protocol or the registry page and not about a person.
_ABOUT = re.compile(
    r"[\s*_\\]*(?:"
    r"(?:the|this)\s+(?:above|following|preceding|foregoing)?\s*(?:information|list|criteria\s+list|summary)\b"
    r"[^.:;]{0,40}?\b(?:not|only|partial)\b"
    r"|there\s+(?:are|is)\s+no\s+(?:specific\s+)?(?:eligibility|inclusion|exclusion)\s+criteri"
    r"|(?:please\s+)?(?:refer\s+to|see|contact)\b[^.:;]{0,60}?\b(?:protocol|stud(?:y|ies)|section|site|investigator|sponsor)\b"
    r"(?:[^.:;]{0,60}?\b(?:eligib|criteri|information|details)|\W*$)"
    r"|for\s+(?:more|further|additional|full|complete)\s+(?:information|details)\b"
    r"|if\s+you\s+are\s+interested\b"
    r"|all\s+answers\s+must\s+be\s+(?:yes|no)\b"
    r"|https?://\S+\s*$"
    r")",
    re.I,
)

# "Inclusion criteria were ..." is about the list. Lead-ins with a colon have been handled before.
_TOLD = re.compile(
    r"(?:^|:|\bthe\b|\bcommon\b|\bmain\b|\bprimary\b|\bour\b)\s*(?:\w+\s+)?"
    r"(?:in|ex)clusion(?:\s*(?:/|and|or|&)\s*(?:in|ex)clusion)?\s+criteri(?:a|on)\b(?:\s+for\s[^.:;]{1,40}?)?"
    r"\s+(?:were|was|are|is|will\s+be|have\s+been|(?:also\s+)?(?:(?:may|might|could|also)\s*)?appl(?:y|ies|ied))\b",
    re.I,
)


def is_note(text: str, marked: bool) -> bool:
    """Whether a paragraph is prose that is not a criterion.

    An item that ends in a colon keeps the list below it, so it is a criterion even when it begins with "Note".
    """
    head = text[:_LONGEST]
    if marked and text.rstrip().endswith(":"):
        return False
    found = _ANNOUNCED.match(head) or _ELSEWHERE.match(head) or _ABOUT.match(head)
    return found is not None or (not marked and _TOLD.search(head) is not None)
