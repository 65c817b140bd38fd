"""Sentences that only say whether persons who match the list below are included or excluded.

Patients are excluded if:
Subjects who meet any of the following criteria will be excluded from the study.
Participants must:
"""

from __future__ import annotations

import re

from parser.criteria.category import BOTH_CATEGORIES, Category
from parser.criteria.groups import PERSON
from parser.source import Span

_ELIGIBLE = r"eligible\b(?! for (?!the|this|stud|inclu|enrol|partic|entry|trial))"
_OUT = re.compile(
    rf"\bexclud(?:e|ed|es)\b|\bin{_ELIGIBLE}|\bdisqualif"
    rf"|(?:\b(?:not|cannot|never)|n['’]t)\s+(?:\w+\s+){{0,3}}?(?:{_ELIGIBLE}"
    r"|enrol\w*|included|enter\b|join\b|participate\b|take part|qualify\b|randomi[sz]ed|recruited)"
    r"|\bprecluded? from\b|\bexclusion criteri|\bcriteria for exclusion\b",
    re.IGNORECASE,
)
_INTO = re.compile(
    rf"\b{_ELIGIBLE}|\b(?:be|are) (?:included|enrolled|recruited|randomi[sz]ed|selected)\b"
    r"|\b(?:to|can|may) (?:join|enter|enrol\w*|participate|take part)\b|\bstudy (?:entry|enrol\w*)"
    r"|\bfor (?:inclusion|enrol\w*)|\binclusion criteri",
    re.IGNORECASE,
)
_POINTS_ON = re.compile(
    r"\b(?:following|criteri(?:a|on)|of these)\b|\b(?:if|must|have to|should|need to|when)(?: (?:they|you))?"
    r"(?: (?:have|are|be))?\W*\Z",
    re.I,
)
_POINTS_BELOW = re.compile(r"\bfollowing\b|\b(?:any|all|one|each|none) of these\b")
_IF = re.compile(r"\sif(?:\s(?:they|you|any))?(?:\s(?:have|are|meet))?[\s.…_*]*\Z", re.IGNORECASE)
_SOME = re.compile(r"\bwith\b(?! (?:any|the|one|all|at least)\b)", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:unless|except)\b", re.IGNORECASE)
_MUST = re.compile(
    r"\W*(?:to (?:be eligible|take part|join|participate),?\s+)?"
    rf"(?:(?:an?|all|each|every|study|eligible|potential|adult|trial|enrolled)\s+)*{PERSON}\s+"
    r"(?:must|should|shall|need to|have to)(?P<no>\s+not)?(?:\s+(?:have|be|meet|fulfil))?"
    r"(?:\s+all(?: of)? (?:the following|these)(?: criteria)?)?\s*(?:[:：.]\s*)?\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:sub-?study|(?:part|cohort|group|arm|phase) (?:[A-Z]?\d?|I{1,3}V?)\b"
    r"|healthy(?: (?:volunteers?|subjects?|participants?|controls?|adults?|individuals?))?|donors?|controls?"
    r"|caregivers?|analysis)\b",
    re.I,
)


def read_sentence(sentence: str, followed_by_list: bool) -> tuple[Category, Span | None] | None:
    """The category that a sentence announces, and the span of its words for a group; None if it announces none.

    Only a sentence that ends in a colon or in "if", or refers to what follows above a list, announces a category.
    """
    announces = sentence[-1:] in (":", "：") or _IF.search(sentence) is not None
    if not announces and not (followed_by_list and _POINTS_BELOW.search(sentence)):
        return None
    must = _MUST.match(sentence)
    if must is not None:
        category: Category | None = "EXCLUSION" if must["no"] else "INCLUSION"
    elif _ASIDE.search(sentence) or BOTH_CATEGORIES.search(sentence):
        return None
    else:
        sides = (_side(part) for part in re.split(r"[.;]\s", sentence))
        category = next((side for side in sides if side), None)
    if category is None:
        return None
    named = _NAMED.search(sentence)
    return category, Span(*named.span()) if named else None


def _side(sentence: str) -> Category | None:
    """Whether a sentence includes or excludes persons who match what follows; None if it does not say."""
    if not _POINTS_ON.search(sentence):
        return None
    out = _OUT.search(sentence)
    side = out or _INTO.search(sentence)
    # "Participants with a resolved infection are eligible if they are:" is about some of them.
    if side is None or _SOME.search(sentence, 0, side.start()):
        return None
    return "EXCLUSION" if out else "INCLUSION"
