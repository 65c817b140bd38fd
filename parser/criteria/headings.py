"""Titles of an eligibility block: category headings, headings of groups, and notes.

Key Inclusion Criteria:                              a category
Inclusion Criteria for Part B:                       a category, of a group
Exclusion Criteria: contra-indication                a category, with its first criterion on the same line
Patients are excluded if:                            a category
Cohort B:                                            a group
Other inclusion and exclusion criteria may apply.    a note

The registry has one text field for all of it (API v2 `eligibilityCriteria`), so sponsors write these as they like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from parser.criteria.category import BOTH_CATEGORIES, Category, find_category
from parser.criteria.groups import LEADING, PERSON, is_group, is_labelled, names_persons
from parser.criteria.notes import is_note
from parser.criteria.sentences import read_sentence
from parser.source import Span, trimmed

_LONGEST = 320
"""A title must be within this many characters of its paragraph; this also bounds the work on hostile text."""

_SHORT = 40
"""Most titles are no longer than this."""


class Title(NamedTuple):
    """A title: its kind, its offsets, and where text that follows it on the same line begins.

    `category` is None for groups and notes, and for a category heading that names neither or both ("Eligibility
    criteria:"). `group` is the place of the words of a category heading that name a group, without "for" and the like:
    they are the heading of that group. A note is its whole text. `is_sentence` is true of `Patients are excluded if:`.
    """

    kind: Literal["category", "group", "note"]
    category: Category | None
    start: int
    end: int
    rest: int | None = None
    group: Span | None = None
    is_sentence: bool = False


# Words of a category heading that do not say which group it applies to.
_PLAIN_WORDS = """
additional and basic brief clinical common core defined detailed following full further general
important key list main major medical minimum most of other our overall participant participants
patient patient's patients primary principal protocol protocol-defined required selected specific
standard study subject subjects summary the these trial your
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
# With one of these before the words, someone meets or misses the criteria: that is a criterion, or prose.
_NOT_BEFORE = re.compile(
    r"\b(?:meet\w*|met|not|no|none|any|do|does|doesn't|who|whom|which|that|fulfil\w*|satisf\w+|match\w*|unmatching|per"
    r"|mentioned|note|fail\w*|among|above|each|is|are|was|were|be|has|have|had|a|an|if|to|by|from|history|period|than"
    r"|one|those|refer|see|(?<!list )of)\b|[,;?!≥≤<>=%:]|[a-z]\.\s",
    re.IGNORECASE,
)
# What ends a title: nothing, or a colon, a point or a dash, with the markup that closes.
_CLOSE = re.compile(
    r"[\s\])]{0,9}(?:\*\*|__)?\s{0,9}(?:\Z|(?<=\n)(?=[^a-z\s])|(?:[:：.;]|[-–—](?=\s|[A-Z]|\Z))(?:\s{0,9}(?:\*\*|__))?(?:\s{0,9}[-–—]?\s{0,9}\Z)?)"
)
_COLON_LATER = re.compile(r"[^:：]{0,200}[:：](?:\s*(?:\*\*|__))?")
_PARENTHESIS = re.compile(r"\s*\((?P<inner>[^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40})?)\)")
_ALL_OF = re.compile(
    r"(?:all|any|each|one|either|must|yes|no|s)\b(?!\s+(?:cohort|part|group|arm|phase|participant))", re.I
)
_QUALIFIES = re.compile(
    r"\s{0,9}(?:[-–—]\s{0,9})?(?:for|of|to|in|from|at|on|prior|before|after|during|specific|related|relating|based|only|solely"
    r"|determined|applicable|regarding|concerning|applying|within|by|used|common)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:meets?|fulfil\w*|satisfy|have) (?:\w+ ){0,3}following(?: \w+)? criteria\b(?!\W*\w.{80})", re.I
)
_FOR = re.compile(r"\s{1,9}for\s", re.IGNORECASE)
_BARE_QUALIFIES = re.compile(r"\s{0,9}(?:for|related to|based on|specific to|only for)\s", re.IGNORECASE)
# What comes between "criteria" and the words for a group, and what may follow those words.
_BEFORE_GROUP = re.compile(
    r"(?:[-–—:.(*_\s]+|(?:only|solely|specific(?:ally)?|applicable|applying|relat(?:ed|ing)|regarding|concerning|used|for|of|to|in"
    r"|by|from|at|on)\b)*",
    re.IGNORECASE,
)
_AFTER_GROUP = " \t\n:：.;*_-–—"
_VERB = re.compile(
    r"\b(?:were|was|is|are|will|would|may|might|could|can|should|must|shall|includes?|included|including|consists?"
    r"|comprises?|appl(?:y|ies|ied))\b",
    re.IGNORECASE,
)
# "Inclusion criteria of the controls were as follows:" is still a title.
_COPULA = re.compile(
    r"(?<!\s)\s*\b(?:(?:were|was|is|are|will be)(?: as follows| the following)?|includes?|included"
    r"|include the following)\W*\Z",
    re.IGNORECASE,
)
_INCLUDED = re.compile(r"\s{1,9}include[sd]?\b(?:\s+the following)?", re.IGNORECASE)
_WHOLE_STUDY = re.compile(
    r"\W*(?:for|of|to|in)\s+(?:(?:the|this|our|entry|inclusion|enrol?lment|participation|into|in|to|study|trial)\W*)+\Z",
    re.IGNORECASE,
)

_NO_ONE = re.compile(
    rf"\W*(?:for|of|to|in)\s+(?:these|those|this|all|all the)\s+(?:{PERSON}|stud(?:y|ies)|trial)\W*\Z", re.I
)

_HINTS = (
    "clus",
    "lusi",
    "culs",
    "clsu",
    "elig",
    "crit",
    "krit",
    "note",
    "n.b",
    "refer",
    "see ",
    "contact",
    "http",
    "answers",
)
_HINTS_UNMARKED = (
    "clu",
    "must",
    "should",
    "need",
    "have to",
    "can",
    "enrol",
    "partici",
    "inform",
    "标准",
    "標準",
    "基準",
    "if ",
)


# A word that stands alone between two criteria is none itself.
_CONJUNCTIONS = frozenset({"or", "and", "and/or"})
_LONGEST_CONJUNCTION = 10


def read_title(text: str, marked: bool, followed_by_list: bool) -> Title | None:
    """The title that a paragraph of an eligibility block is or begins with, or None for a criterion.

    `text` is the paragraph without its marker; `marked` says that it had one, `followed_by_list` that a list or
    further items come next. A marked paragraph is a title only if nothing else is possible: a criterion mistaken
    for a heading is lost, and an item that announces a list owns that list.
    """
    begun = text.lstrip()
    lower = begun[:_LONGEST].lower()
    hinted = _has_one(_HINTS, lower)
    if marked and not hinted:
        return None
    start = len(text) - len(begun)
    total = len(text.rstrip())
    if total - start <= _LONGEST_CONJUNCTION and lower.rstrip(" \t.:,") in _CONJUNCTIONS and not marked:
        return Title("note", None, start, total)
    title = None
    if hinted or _has_one(_HINTS_UNMARKED, lower):
        read = _noun_title if len(text) > _SHORT else _short_noun_title
        title = read(text, start, total, marked, followed_by_list)
        if title is None and not marked:
            title = _sentence_title(text, start, total, followed_by_list)
        if title is None and is_note(text[start:total], marked):
            title = Title("note", None, start, total)
    if title is None and not marked and is_group(text[start:total], followed_by_list):
        title = Title("group", None, start, total)
    return title


def _has_one(hints: Sequence[str], text: str) -> bool:
    for hint in hints:  # noqa: SIM110 - this runs for every item of every page, where `any` is too slow.
        if hint in text:
            return True
    return False


# --- "Inclusion criteria" and its variants ---


def _noun_title(text: str, start: int, total: int, marked: bool, followed_by_list: bool) -> Title | None:
    limit = min(total, start + _LONGEST)
    words = find_category(text, start, limit)
    both = BOTH_CATEGORIES.search(text, start, limit) if words is None or words.category else None
    if both is not None and (words is None or both.start() <= words.start):
        # Prose about both lists is not a title of either, so the words must be alone.
        closed = _CLOSE.match(text, both.end(), total)
        if closed and closed.end() == total and _before(text, start, both.start(), marked) == _NOBODY:
            return Title("category", None, start, total)
        return None
    if words is None:
        return None
    before = _before(text, start, words.start, marked or words.is_bare)
    # An item such as "General medical exclusions" may equally be a criterion.
    if before is None or (marked and words.is_bare and len(text[start : words.start].split()) > 1):
        return None
    after = _TitleEnd(
        text,
        total,
        words.is_bare,
        marked,
        before if before != _NOBODY else None,
        words.start == start,
        followed_by_list,
    )
    found = after.read(words.end)
    if found is None:
        return None
    end, group = found
    rest = total - len(text[end:total].lstrip())
    return Title("category", words.category, start, end, rest if rest < total else None, group)


_NOBODY = Span(0, 0)
"""Returned if the words before a title name no group."""


def _before(text: str, start: int, anchor: int, strict: bool) -> Span | None:
    """The words before a title that name a group; `_NOBODY` if none do, None if they are not part of a title."""
    leading = LEADING.match(text, start, anchor)
    first = leading.end() if leading else start
    before = text[first:anchor]
    # "Part A1: Monotherapy Inclusion Criteria": the part before the colon is a separate heading.
    label, _, words = before.rpartition(": ")
    if _NOT_BEFORE.search(words) or (label and (strict or _NOT_BEFORE.search(label) or not is_group(label, True))):
        return None
    named = [word for word in re.finditer(r"\S+", words) if word.group().lower().strip("*_:()") not in _PLAIN]
    if len(named) > (4 if strict else 10):
        return None
    if label:
        return trimmed(text, first, anchor)
    if not named:
        return _NOBODY
    return _group(text, first + named[0].start(), anchor)


def _group(text: str, start: int, end: int) -> Span:
    """The words that name a group, without the words that only join them to a category's."""
    joint = _BEFORE_GROUP.match(text, start, end)
    first = joint.end() if joint else start
    last = first + len(text[first:end].rstrip(_AFTER_GROUP))
    if text[last - 1 : last] == ")" and "(" not in text[first:last]:
        last -= 1
    return Span(first, last) if first < last else trimmed(text, start, end)


class _TitleEnd(NamedTuple):
    """Reads what follows "inclusion criteria"; returns where the title ends and which of its words name a group."""

    text: str
    total: int
    bare: bool
    marked: bool
    before: Span | None
    at_start: bool
    followed_by_list: bool

    def read(self, place: int) -> tuple[int, Span | None] | None:
        group = self.before
        parenthesis = _PARENTHESIS.match(self.text, place, self.total)
        if parenthesis is not None:
            if group is None and not _ALL_OF.match(parenthesis["inner"]):
                group = _group(self.text, *parenthesis.span("inner"))
            place = parenthesis.end()
        closed = _CLOSE.match(self.text, place, self.total)
        if closed is not None:
            return self._closed(closed, group)
        if self.marked and self.before:
            return None
        if (_BARE_QUALIFIES if self.bare else _QUALIFIES).match(self.text, place, self.total):
            return self._qualified(place)
        colon = _COLON_LATER.match(self.text, place, self.total)
        if colon is not None and _COPULA.match(colon.group()):
            return colon.end(), group
        return None if self.bare or self.marked else self._glued(place)

    def _closed(self, closed: re.Match[str], group: Span | None) -> tuple[int, Span | None] | None:
        """`Exclusion Criteria: contra-indication`, or nothing after the colon."""
        end = closed.end()
        following = self.text[end : self.total].strip()
        if not following:
            # An item such as "Own a smartphone Exclusion" is a criterion with a title that was moved into its line.
            colon = self.text[closed.start() : end].strip(" *_")
            return None if self.marked and self.before and not colon else (self.total, group)
        mark = closed.group().strip(" *_)]")
        if (self.before and (self.marked or self.bare)) or (self.bare and mark not in (":", "：", "-", "–", "—")):
            return None
        if self.marked or not self.followed_by_list or len(following) > _LONGEST:
            return end, group
        if following[0] == "(" and following[-1] == ")":
            return self.total, group
        if self._names_group(mark, following):
            return self.total, _group(self.text, end, self.total)
        says_nothing = _FOLLOWING.search(following) or read_sentence(following, True)
        return (self.total if says_nothing else end), group

    def _names_group(self, mark: str, following: str) -> bool:
        """`Inclusion Criteria: Stratum 1` or `Inclusion Criteria - healthy volunteers`, above a list."""
        if mark[:1] in "-–—" and (
            _QUALIFIES.match(following) or (names_persons(following) and is_group(following.capitalize(), True))
        ):
            return True
        return (following[-1] in ":：" and is_group(following, True)) or is_labelled(following)

    def _qualified(self, place: int) -> tuple[int, Span | None] | None:
        """`Inclusion Criteria for Part B:`, up to the colon or to the end of the paragraph."""
        colon = _COLON_LATER.match(self.text, place, self.total)
        end = colon.end() if colon else self.total
        # An item is a heading without a colon only if it begins with the words: `1. Inclusion criteria for children`.
        first = (
            self.at_start
            and not self.bare
            and self.followed_by_list
            and _FOR.match(self.text, place, self.total) is not None
        )
        if (colon is None and ((self.marked and not first) or (self.bare and not self.followed_by_list))) or (
            end < self.total and self.marked
        ):
            return None
        if end - place > _LONGEST:
            return None
        said = _COPULA.sub("", self.text[place:end])
        if len(said.split()) > 20 or _VERB.search(said):
            return None
        if _WHOLE_STUDY.match(said) or _NO_ONE.match(said):
            return end, self.before
        return end, _group(self.text, place, place + len(said))

    def _glued(self, place: int) -> tuple[int, Span | None] | None:
        """`Exclusion Criteria Outside age-range and ...`: a capital or a number begins the content.

        Of a table whose cells were joined nothing is between them: `Key exclusion criteria1. Pregnancy`.
        """
        includes = _INCLUDED.match(self.text, place, self.total)
        if includes is not None:
            return includes.end(), self.before
        following = self.text[place : self.total]
        if following[:1].isupper() or following[:1].isdecimal():
            return place, self.before
        first = following.lstrip()[:1]
        if not following[:1].isspace() or first.islower() or first in "/,&":
            return None
        if len(following.split()) <= 4 and first.isalpha() and self.followed_by_list and following[-1] != ".":
            return self.total, _group(self.text, place, self.total)
        return place, self.before


# Nearly every block has the same two titles, `Inclusion Criteria:` and `Exclusion Criteria:`.
_short_noun_title = lru_cache(maxsize=1024)(_noun_title)


def _sentence_title(text: str, start: int, total: int, followed_by_list: bool) -> Title | None:
    """`Patients are excluded if:`, when a list follows or a colon says so."""
    found = read_sentence(text[start:total], followed_by_list) if total - start <= _LONGEST else None
    if found is None:
        return None
    category, group = found
    place = Span(start + group.start, start + group.end) if group else None
    return Title("category", category, start, total, None, place, is_sentence=True)
