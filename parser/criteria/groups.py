"""Headings of groups: a few words that name persons, a part of the study, or a kind of criteria.

Cohort B:
PATIENT CHARACTERISTICS:
Part 1 and Part 2 (Cohorts A to C)
Patients with adjacent degenerative disc (AAD):

What leads in to a list of its own ("Diagnosis of:", "AML with at least one of the following:") is a criterion.
"""

from __future__ import annotations

import re

from parser.criteria.deferred import Deferred

# What may precede a title and says nothing: markup, a bullet, an enumerator ("1)", "III.6", "5Inclusion Criteria").
LEADING = Deferred(
    r"[\s*_#>\\•·–\-\[(]*"
    r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}(?:\.\d{1,2})*(?=[.):\s])|[A-Za-z](?=[.)]))[.):\-\\]{0,2}\s*)?[\s*_#]*"
)
PERSON = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|candidates?|people|persons?|you)"

# Groups are named in a few words; with one of these a line is a criterion, or leads in to a list of its own.
_GROUP_LONGEST = 90
_NO_GROUP = Deferred(
    r"\b(?:following|at least|any|one of|must|should|shall|who|whom|whose|which|is|are|was|were|be|been|has|have|had"
    r"|having|will|can|cannot|may|able|ability|willing\w*|defined|diagnos(?:is|ed)|confirmed|documented|presence|evidence|known"
    r"|receiv\w+|failed|failure|inability|unable|no|not|none|lack|intoleran\w+|contraindicat\w+|requir\w+|unless|except"
    r"|included?|includes|including|such as|active|severe|uncontrolled|signed|consent|adequate|normal|positive|negative"
    r"|e\.g|i\.e|judge\w*|examples?|definition|detail|short|particular)\b|[≥≤<>=%;?!]|\b[a-z]{2,}\.\s",
    re.IGNORECASE,
)
_NO_GROUP_START = Deferred(
    r"(?:and|or|but|also|plus|with|without|these|this|those|that|it|they|if|when|either|per|meets?|history|meeting|use"
    r"|taking|yes|n/a|na|in|at|on|after|before|within|prior to|during|additionally|furthermore)\b(?![/-])|other than\b",
    re.IGNORECASE,
)
_NO_GROUP_END = Deferred(
    r"\b(?:of|with|without|in|for|by|to|and|or|if|than|on|from|as|at|either|both|between|an?|the|that|AND|OR)\W*\Z"
)
_PEOPLE = Deferred(
    rf"\b(?:{PERSON}|women|men|adults?|children|adolescents?|youth|controls?|caregivers?|famil\w+|parents?|infants?|staff"
    r"|(?:non-?)?smokers?|donors?|users?|officials|clinicians|asthmatics|diabetics|groups?)\b",
    re.IGNORECASE,
)
_KINDS = Deferred(
    r"\b(?:criteria|characteristics|conditions|status|age|sex|gender|assessments?|therapy|values|parts?|cohorts?|arms?"
    r"|related|specific|only|demographics)\b",
    re.IGNORECASE,
)
_LABELLED = Deferred(
    r"(?:(?i:part|cohort|group|arm|phase|study|sub-?study|aim|step|stage|stratum)s?\s+(?:[A-Z]?\d{0,2}[a-z]?|[IVX]+)\b"
    r".{0,50}|[A-Z][A-Z0-9/&-]+(?:\s+[A-Z][A-Z0-9/&-]+){0,4})\Z",
)


def is_group(text: str, followed_by_list: bool) -> bool:
    """Whether an unmarked paragraph names a group of persons, or of criteria, and nothing more."""
    if len(text) > _GROUP_LONGEST or text.count(" ") > 12:
        return False
    leading = LEADING.match(text)
    core = text[leading.end() if leading else 0 :].rstrip(" *_")
    title = core.rstrip(":：-–— ")
    colon = core != title
    if leading and re.search(r"[a-z]", leading.group()):
        return False
    if not title or title[-1] in ".,;" or _NO_GROUP.search(title) or _NO_GROUP_END.search(title):
        return False
    if _LABELLED.match(title) and (followed_by_list or colon):
        return True
    if not followed_by_list or _NO_GROUP_START.match(title) or (title[0].islower() and not title.startswith("for ")):
        return False
    words = len(re.sub(r"\([^()]*\)", "", title).split())
    if words > (9 if colon else 6) or not any(letter.isalpha() for letter in title):
        return False
    # Without a colon only some words tell "Performance status" from a disease that has a list of its own.
    if not (colon or _KINDS.search(title) or names_persons(title) or _LABELLED.match(title)):
        return False
    # "Anaemia with one of" leads in to a list, "Patients with symptomatic disease" may name one half of a study.
    before_with = re.split(r"\bwith\b", title, maxsplit=1, flags=re.IGNORECASE)
    return len(before_with) == 1 or names_persons(before_with[0])


def names_persons(text: str) -> bool:
    """Whether some words of a title are persons."""
    return _PEOPLE.search(text) is not None
