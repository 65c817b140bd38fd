"""Headings of groups: a few words that name persons, a part of the study, or a kind of criteria.

Cohort B:
PATIENT CHARACTERISTICS:
Part 1 and Part 2 (Cohorts A to C)
Patients with adjacent degenerative disc (AAD):

What introduces a list of its own ("Diagnosis of:", "AML with at least one of the following:") is a criterion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from parser.criteria.paragraphs import CATEGORY, HEADING, Entry

# Meaningless prefixes of a title: markup, a bullet, an enumerator ("1)", "III.6", "5Inclusion Criteria").
LEADING = re.compile(
    r"[\s*_#>\\•·–\-\[(]*"
    r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}(?:\.\d{1,2})*(?=[.):\s])|[A-Za-z](?=[.)]))[.):\-\\]{0,2}\s*)?[\s*_#]*"
)
PERSON = (
    r"(?:patients?|subjects?|participants?|individuals?|volunteers?|candidates?|people|persons?|child(?:ren)?|adults?"
    r"|you)"
)

# Groups are named in a few words; with one of these a line is a criterion, or introduces a list of its own.
_GROUP_LONGEST = 90
_NO_GROUP = re.compile(
    r"\b(?:following|at least|any|one of|must|should|shall|who|whom|whose|which|is|are|was|were|be|been|has|have|had"
    r"|having|will|can|cannot|may|able|ability|willing\w*|defined|diagnos(?:is|ed)|confirmed|documented|presence|evidence|known"
    r"|receiv\w+|failed|failure|inability|unable|no|not|none|lack|intoleran\w+|contraindicat\w+|requir\w+|unless|except"
    r"|included?|includes|including|such as|active|severe|uncontrolled|signed|consent|adequate|normal|positive|negative"
    r"|e\.g|i\.e|judge\w*|examples?|definition|detail|short|particular)\b|[≥≤<>=%;?!]|\b[a-z]{2,}\.\s",
    re.IGNORECASE,
)
_NO_GROUP_START = re.compile(
    r"(?:and|or|but|also|plus|with|without|these|this|those|that|it|they|if|when|either|per|meets?|history|meeting|use"
    r"|taking|yes|n/a|na|in|at|on|after|before|within|prior to|during|additionally|furthermore)\b(?![/-])|other than\b",
    re.IGNORECASE,
)
_NO_GROUP_END = re.compile(
    r"\b(?:of|with|without|in|for|by|to|and|or|if|than|on|from|as|at|either|both|between|an?|the|that|AND|OR)\W*\Z"
)
_PEOPLE = re.compile(
    rf"\b(?:{PERSON}|women|men|adults?|children|adolescents?|youth|controls?|caregivers?|famil\w+|parents?|infants?|staff"
    r"|(?:non-?)?smokers?|donors?|users?|officials|clinicians|asthmatics|diabetics|groups?)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"\b(?:criteria|characteristics|conditions|status|age|sex|gender|assessments?|therapy|values|parts?|cohorts?|arms?"
    r"|related|specific|only|demographics)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?i:part|cohort|group|arm|phase|study|sub-?study|aim|step|stage|strat(?:um|a)|population|module|track|segment|tier)s?"
    r"\s+(?:[A-Z]?\d{1,2}[A-Za-z]?|[A-Z]\d{0,2}|[IVX]+)\b.{0,50})\Z"
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9/&-]+(?:\s+[A-Z][A-Z0-9/&-]+){0,4}\Z")


def is_group(text: str, followed_by_list: bool) -> bool:
    """Whether an unmarked paragraph names a group of persons, or of criteria, and nothing else."""
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
    labelled = _LABEL.match(title) or _CAPITALS.match(title)
    if labelled and (followed_by_list or colon):
        return True
    if core.isupper() and core.isalpha() and names_persons(core):
        return True
    if not followed_by_list or _NO_GROUP_START.match(title) or (title[0].islower() and not title.startswith("for ")):
        return False
    words = len(re.sub(r"\([^()]*\)", "", title).split())
    if words > (9 if colon else 6) or not any(letter.isalpha() for letter in title):
        return False
    # Without a colon only some words distinguish "Performance status" from a disease that has a list of its own.
    if not (colon or _KINDS.search(title) or names_persons(title) or labelled):
        return False
    # "Anaemia with one of" introduces a list, "Patients with symptomatic disease" may name one half of a study.
    before_with = re.split(r"\bwith\b", title, maxsplit=1, flags=re.IGNORECASE)
    return len(before_with) == 1 or names_persons(before_with[0])


def is_labelled(text: str) -> bool:
    """Whether a text is a label of a part of the study: `Cohort B`, `Stratum 1`, `Part 2 (Cohorts A to C)`."""
    title = text.strip(" *_").rstrip(":：-–— *_")
    return len(text) <= _GROUP_LONGEST and _LABEL.match(title) is not None and not _NO_GROUP.search(title)


def is_of_persons(text: str) -> bool:
    """Whether a heading is of persons or of a part of the study, not of a kind of criteria (`Hepatic:`)."""
    return is_labelled(text) or names_persons(text)


def names_group(text: str) -> bool:
    """Whether a text is no longer than the name of a group: enough only where a heading is known to be."""
    title = text.strip(" *_").rstrip(":：-–— *_")
    return 0 < len(title.split()) <= 8 and title[-1] not in ".,;" and not _NO_GROUP.search(title)


def names_persons(text: str) -> bool:
    """Whether some words of a title are persons."""
    return _PEOPLE.search(text) is not None


_MAJOR = re.compile(r"(?:study|sub-?study|phase|part|aim|stage|step|module|track|segment)s?\b", re.IGNORECASE)


def heading_rank(text: str) -> int:
    """The rank of a group's heading: a heading ends the groups of its own rank and of higher numbers.

    Parts of the study (1) hold cohorts and kinds of persons (2), these hold what is in capitals (3), then what is
    numbered (4), then all others (5).
    """
    leading = LEADING.match(text)
    core = text[leading.end() if leading else 0 :].rstrip(" *_:：-–—")
    if _LABEL.match(core):
        return 1 if _MAJOR.match(core) else 2
    if len(core) > 1 and core.isupper():
        return 3
    if names_persons(core):
        return 2
    return 4 if leading and any(map(str.isalnum, leading.group())) else 5


# At most this many headings right above a category heading are repeated: each is copied for each category.
_MOST_ABOVE = 4


def repeat_group_headings(text: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a block with group headings above category headings repeated below each of these.

    It counts for all categories until the next such heading: "Cohort B" / "Inclusion Criteria" / "Exclusion Criteria".
    """
    out: list[Entry] = []
    above: list[Entry] = []
    waiting: list[Entry] = []  # Headings that only headings have followed yet.
    category: Entry | None = None
    for entry in entries:
        if entry.kind == HEADING and (category is None or entry.start >= category.end):
            waiting.append(entry)
            continue
        if entry.kind == CATEGORY:
            if waiting:
                rank = _rank(text, waiting[0])
                outer = [heading for heading in above if _rank(text, heading) == 1 < rank]
                out += waiting[:-_MOST_ABOVE]
                above = outer[-1:] + waiting[-_MOST_ABOVE:]
            # "Inclusion Criteria for Part B:" / "Patients are eligible if:" are one heading: nothing is between them.
            follows = category is not None and category.category == entry.category and not waiting
            groups = _trailing_groups(out, category) if category and follows else []
            out.append(entry)
            out += [replace(heading, repeated=True) for heading in above]
            out += [heading for heading in groups if not heading.repeated]
            category = entry
        elif entry.kind == HEADING and _same_words(text, out[-1], entry):
            continue
        else:
            out += waiting
            out.append(entry)
        waiting = []
    return out + waiting


def _trailing_groups(out: list[Entry], category: Entry) -> list[Entry]:
    """Remove and return the headings at the end of a list, if nothing else follows the last category."""
    at = len(out)
    while out[at - 1].kind == HEADING:
        at -= 1
    if out[at - 1] is not category:
        return []
    groups = out[at:]
    del out[at:]
    return groups


def _same_words(text: str, one: Entry, other: Entry) -> bool:
    return one.kind == HEADING and text[one.start : one.end].casefold() == text[other.start : other.end].casefold()


def _rank(text: str, heading: Entry) -> int:
    return heading_rank(text[heading.start : heading.end])
