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

from parser.criteria.deferred import Deferred
from parser.criteria.groups import LEADING, PERSON, is_group, names_persons
from parser.criteria.notes import is_note

Category = Literal["INCLUSION", "EXCLUSION"]

_LONGEST = 320
"""A title is found within so many characters of its paragraph; this also bounds the work on hostile text."""

_SHORT = 40
"""Most titles are no longer than this."""


class Title(NamedTuple):
    """A title: what it is of, the offsets of the title itself, and where text that follows it in one line begins.

    `category` is None for groups and notes, and for a category heading that names neither or both ("Eligibility
    criteria:"). `names_group` says that a category heading is also the heading of a group. A note is its whole text.
    """

    kind: Literal["category", "group", "note"]
    category: Category | None
    names_group: bool
    start: int
    end: int
    rest: int | None


# The words, with the misspellings that sponsors make: Exlusion, Inlcusion, Critera, Critieria, Criterias.
_IN = r"(?:in(?!sulin)(?=[cis]{0,4}[lu])[clusi]{3,8}[ou]{0,2}n(?:ary)?s?|inclusive|including|included)"
_EX = (
    r"(?:non[-\s]?in[clus]{3,6}ions?|ex?(?=[cis]{0,4}[lu])[clusi]{3,8}[ou]{0,2}n(?:ary)?s?|exclusive|excluding|excluded"
    r"|(?:in|non[-\s]?)eligib(?:ility|le))"
)
_EITHER = r"(?:elig\w{3,8}|entry|enrol?lment|selection|participation)"
_CRIT = r"cr[ieth]{1,5}r[iaeou]{0,4}[nmrs]?s?"
_BARE = r"(?:inclusions?|non[-\s]?inclusions?|exclusions?|(?:in|non[-\s]?)?eligibility)"

# "Inclusion criteria", "Criteria of inclusion", "Critères de non-inclusion", "Einschlusskriterien", "Exclusions".
_ANCHOR = Deferred(
    rf"""
    (?<![^\W\d_]) (?<![/\-]) (?:
        (?P<first>{_EX}|{_IN}|{_EITHER}) [\s*_:-]{{0,3}} {_CRIT} (?![^\W\d_])
      | crit(?:eri(?:a|on)|[eè]res?|[eé]rios?|eri)\s(?:of\s|for\s|de\s|di\s|d[’'])\s?
        (?P<second>(?:non[-\s]?)?in[ck]lus[aioóãõ]{{1,4}}n?e?s?|es?x?clus[aioóãõ]{{1,4}}n?e?s?|[ieé]?n?[eé]l[ei]gib\w{{4,6}})
        (?![^\W\d_])
      | (?P<german>(?:einschlu(?:ss|ß)|ausschlu(?:ss|ß)|in[ck]lusie|exclusie)-?[ck]riteri(?:en|um|a))(?![^\W\d_])
      | (?P<chinese>(?:纳入|入选|选择|選択|組入れ?|排除|除外)(?:标准|標準|基準))
      | (?P<bare>{_BARE})(?![^\W\d_])(?!\s*/)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STEM = re.compile(
    "[cs]lus|culs|clsu|cusi|lusi|[cC]rit|CRIT|kriter|[cC]ret|[cC]rt|elig|Elig|ELIG|[CS]LUS|CULS|标准|標準|基準"
)
_EXCLUDES = Deferred(r"e(?!l[ei]g)[xcls]|non|(?:in|non[-\s]?)[eé]l|ausschl|排除|除外", re.IGNORECASE)
_INCLUDES = Deferred(r"in|einschl|纳入|入选|选择|選択|組入", re.IGNORECASE)
_BOTH = Deferred(
    rf"\b(?:{_IN}|{_EX})(?:\s+{_CRIT})?(?:\s*(?:/|\\?&|and/or|and|or|,)\s*|\s+)(?:{_EX}|{_IN})(?:\s+{_CRIT})?(?![^\W\d_])",
    re.IGNORECASE,
)


# Words of a category heading that do not tell whom it is for.
_PLAIN_WORDS = """
additional and basic brief clinical common core defined detailed following full further general
important key list main major medical minimum most of other our overall participant participants
patient patient's patients primary principal protocol protocol-defined required selected specific
standard study subject subjects summary the these trial your
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
# With one of these before the words, somebody meets or misses the criteria: that is a criterion, or prose.
_NOT_BEFORE = Deferred(
    r"\b(?:meet\w*|met|not|no|none|any|do|does|doesn't|who|whom|which|that|fulfil\w*|satisf\w+|match\w*|unmatching|per"
    r"|mentioned|note|fail\w*|among|above|each|is|are|was|were|be|has|have|had|a|an|if|to|by|from|history|period|than"
    r"|one|those|refer|see|(?<!list )of)\b|[,;?!≥≤<>=%:]|[a-z]\.\s",
    re.IGNORECASE,
)
# What ends a title: nothing, or a colon, a point or a dash, with the markup that closes.
_CLOSE = Deferred(
    r"[\s\])]{0,9}(?:\*\*|__)?\s{0,9}(?:\Z|(?<=\n)(?=[^a-z\s])|(?:[:：.;]|[-–—](?=\s|[A-Z]|\Z))(?:\s{0,9}(?:\*\*|__))?(?:\s{0,9}[-–—]?\s{0,9}\Z)?)"
)
_COLON_LATER = Deferred(r"[^:：]{0,200}[:：](?:\s*(?:\*\*|__))?")
_PARENTHESIS = Deferred(r"\s*\((?P<inner>[^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40})?)\)")
_ALL_OF = Deferred(
    r"(?:all|any|each|one|either|must|yes|no|s)\b(?!\s+(?:cohort|part|group|arm|phase|participant))", re.I
)
_QUALIFIES = Deferred(
    r"\s{0,9}(?:[-–—]\s{0,9})?(?:for|of|to|in|from|at|on|prior|before|after|during|specific|related|relating|based|only|solely"
    r"|determined|applicable|regarding|concerning|applying|within|by|used|common)\b",
    re.IGNORECASE,
)
_FOLLOWING = Deferred(
    r"\b(?:meets?|fulfil\w*|satisfy|have) (?:\w+ ){0,3}following(?: \w+)? criteria\b(?!\W*\w.{80})", re.I
)
_BARE_QUALIFIES = Deferred(r"\s{0,9}(?:for|related to|based on|specific to|only for)\s", re.IGNORECASE)
_VERB = Deferred(
    r"\b(?:were|was|is|are|will|would|may|might|could|can|should|must|shall|includes?|included|including|consists?"
    r"|comprises?|appl(?:y|ies|ied))\b",
    re.IGNORECASE,
)
# "Inclusion criteria of the controls were as follows:" is a title all the same.
_COPULA = Deferred(
    r"\s*\b(?:(?:were|was|is|are|will be)(?: as follows| the following)?|includes?|included|include the following)"
    r"\W*\Z",
    re.IGNORECASE,
)
_INCLUDED = Deferred(r"\s{1,9}include[sd]?\b(?:\s+the following)?", re.IGNORECASE)
_WHOLE_STUDY = Deferred(
    r"\W*(?:for|of|to|in)\s+(?:(?:the|this|our|entry|inclusion|enrol?lment|participation|into|in|to|study|trial)\W*)+\Z",
    re.IGNORECASE,
)

# Sentences that only say on which side the list below them stands.
_ELIGIBLE = r"eligible\b(?! for (?!the|this|stud|inclu|enrol|partic|entry|trial))"
_OUT = Deferred(
    rf"\bexclud(?:e|ed|es)\b|\bin{_ELIGIBLE}|\bdisqualif"
    rf"|(?:\b(?:not|cannot|never)|n['’]t)\s+(?:\w+\s+){{0,3}}?(?:{_ELIGIBLE}"
    r"|enrol\w*|included|enter\b|join\b|participate\b|take part|qualify\b|randomi[sz]ed|recruited)"
    r"|\bprecluded? from\b|\bexclusion criteri|\bcriteria for exclusion\b",
    re.IGNORECASE,
)
_INTO = Deferred(
    rf"\b{_ELIGIBLE}|\b(?:be|are) (?:included|enrolled|recruited|randomi[sz]ed|selected)\b"
    r"|\b(?:to|can|may) (?:join|enter|enrol\w*|participate|take part)\b|\bstudy (?:entry|enrol\w*)"
    r"|\bfor (?:inclusion|enrol\w*)|\binclusion criteri",
    re.IGNORECASE,
)
_POINTS_ON = Deferred(
    r"\b(?:following|criteri(?:a|on))\b|\b(?:if|must|have to|should|need to|when)(?: (?:they|you))?"
    r"(?: (?:have|are|be))?\W*\Z",
    re.I,
)
_SOME = Deferred(r"\bwith\b(?! (?:any|the|one|all|at least)\b)", re.IGNORECASE)
_ASIDE = Deferred(r"\b(?:unless|except)\b", re.IGNORECASE)
_MUST = Deferred(
    rf"\W*(?:(?:all|study|eligible|potential|adult|trial|enrolled)\s+)*{PERSON}\s+(?:must|should|shall|need to|have to)"
    r"(?P<no>\s+not)?(?:\s+(?:have|be|meet|fulfil))?(?:\s+all(?: of)? the following(?: criteria)?)?\s*[:：]?\s*\Z",
    re.IGNORECASE,
)
_NAMED = Deferred(
    r"\b(?:sub-?study|(?:part|cohort|group|arm|phase) (?:[A-Z]?\d?|I{1,3}V?)\b|healthy|donors?|controls?"
    r"|caregivers?|analysis)\b",
    re.I,
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


def read_title(text: str, marked: bool, followed_by_list: bool) -> Title | None:
    """The title that a paragraph of an eligibility block is or begins with, or None for a criterion.

    `text` is the paragraph without its marker; `marked` says that it had one, `followed_by_list` that a list or
    further items come next. A marked paragraph is a title only where nothing else is possible: a criterion that is
    taken for a heading is lost, and an item that announces a list owns that list.
    """
    start = len(text) - len(text.lstrip())
    lower = text[start : start + _LONGEST].lower()
    hinted = _has_one(_HINTS, lower)
    if marked and not hinted:
        return None
    total = len(text.rstrip())
    title = None
    if hinted or _has_one(_HINTS_UNMARKED, lower):
        read = _noun_title if len(text) > _SHORT else _short_noun_title
        title = read(text, start, total, marked, followed_by_list)
        if title is None and not marked:
            title = _sentence_title(text, start, total, followed_by_list)
        if title is None and is_note(text[start:total], marked):
            title = Title("note", None, False, start, total, None)
    if title is None and not marked and is_group(text[start:total], followed_by_list):
        title = Title("group", None, False, start, total, None)
    return title


def _has_one(hints: Sequence[str], text: str) -> bool:
    for hint in hints:  # noqa: SIM110 - every item of every page is asked, and `any` takes three times as long.
        if hint in text:
            return True
    return False


# --- "Inclusion criteria" and its kin ---


def _noun_title(text: str, start: int, total: int, marked: bool, followed_by_list: bool) -> Title | None:
    limit = min(total, start + _LONGEST)
    # The words begin a little before the letters that all their spellings share.
    stem = _STEM.search(text, start, limit)
    if stem is None:
        return None
    first = max(start, stem.start() - 20)
    anchor = _ANCHOR.search(text, first, limit)
    both = _BOTH.search(text, first, limit)
    if both is not None and (anchor is None or both.start() <= anchor.start()):
        # Prose about both lists is no title of either, so nothing may stand around the words.
        closed = _CLOSE.match(text, both.end(), total)
        if closed and closed.end() == total and _specific(text, start, both.start(), marked) is False:
            return Title("category", None, False, start, total, None)
        return None
    if anchor is None:
        return None
    bare = anchor["bare"] is not None
    specific = _specific(text, start, anchor.start(), marked or bare)
    # An item such as "General medical exclusions" may as well be a criterion.
    if specific is None or (marked and bare and len(text[start : anchor.start()].split()) > 1):
        return None
    after = _After(text, total, bare, marked, specific, followed_by_list)
    found = after.read(anchor.end())
    if found is None:
        return None
    end, names_group = found
    words = next(group for group in (*anchor.groups(),) if group)
    category: Category | None = (
        "EXCLUSION" if _EXCLUDES.match(words) else "INCLUSION" if _INCLUDES.match(words) else None
    )
    rest = total - len(text[end:total].lstrip())
    return Title("category", category, names_group, start, end, rest if rest < total else None)


def _specific(text: str, start: int, anchor: int, strict: bool) -> bool | None:
    """Whether the words before a title name a group; None when they are no part of a title."""
    leading = LEADING.match(text, start, anchor)
    before = text[leading.end() if leading else start : anchor]
    # "Part A1: Monotherapy Inclusion Criteria": what stands before the colon is a heading by itself.
    label, _, words = before.rpartition(": ")
    if _NOT_BEFORE.search(words) or (label and (strict or _NOT_BEFORE.search(label) or not is_group(label, True))):
        return None
    named = [word for word in words.lower().split() if word.strip("*_:()") not in _PLAIN]
    if len(named) > (4 if strict else 10):
        return None
    return bool(named or label)


class _After(NamedTuple):
    """Reads what follows "inclusion criteria"; gives where the title ends and whether it names a group."""

    text: str
    total: int
    bare: bool
    marked: bool
    specific: bool
    followed_by_list: bool

    def read(self, place: int) -> tuple[int, bool] | None:
        names_group = self.specific
        parenthesis = _PARENTHESIS.match(self.text, place, self.total)
        if parenthesis is not None:
            names_group = names_group or not _ALL_OF.match(parenthesis["inner"])
            place = parenthesis.end()
        closed = _CLOSE.match(self.text, place, self.total)
        if closed is not None:
            return self._closed(closed, names_group)
        if self.marked and self.specific:
            return None
        if (_BARE_QUALIFIES if self.bare else _QUALIFIES).match(self.text, place, self.total):
            return self._qualified(place)
        colon = _COLON_LATER.match(self.text, place, self.total)
        if colon is not None and _COPULA.match(colon.group()):
            return colon.end(), names_group
        return None if self.bare or self.marked else self._glued(place)

    def _closed(self, closed: re.Match[str], names_group: bool) -> tuple[int, bool] | None:
        """`Exclusion Criteria: contra-indication`, or nothing behind the colon."""
        end = closed.end()
        following = self.text[end : self.total].strip()
        if not following:
            # An item such as "Own a smartphone Exclusion" is a criterion with a title that got into its line.
            colon = self.text[closed.start() : end].strip(" *_")
            return None if self.marked and self.specific and not colon else (self.total, names_group)
        mark = closed.group().strip(" *_)]")
        if (self.specific and (self.marked or self.bare)) or (self.bare and mark not in (":", "：", "-", "–", "—")):
            return None
        if self.marked or not self.followed_by_list or len(following) > _LONGEST:
            return end, names_group
        if following[0] == "(" and following[-1] == ")":
            return self.total, names_group
        if mark[:1] in "-–—" and (
            _QUALIFIES.match(following) or (names_persons(following) and is_group(following.capitalize(), True))
        ):
            return self.total, True
        if following[-1] in ":：" and is_group(following, True):
            return self.total, True
        says_nothing = _FOLLOWING.search(following) or _sentence_title(following, 0, len(following), True)
        return (self.total if says_nothing else end), names_group

    def _qualified(self, place: int) -> tuple[int, bool] | None:
        """`Inclusion Criteria for Part B:`, up to the colon or to the end of the paragraph."""
        colon = _COLON_LATER.match(self.text, place, self.total)
        end = colon.end() if colon else self.total
        if (colon is None and (self.marked or (self.bare and not self.followed_by_list))) or (
            end < self.total and self.marked
        ):
            return None
        if end - place > _LONGEST:
            return None
        qualifier = self.text[place:end]
        said = _COPULA.compiled.sub("", qualifier)
        if len(said.split()) > 20 or _VERB.search(said):
            return None
        return end, self.specific or not _WHOLE_STUDY.match(said)

    def _glued(self, place: int) -> tuple[int, bool] | None:
        """`Exclusion Criteria Outside age-range and ...`: a capital or a number begins the content."""
        includes = _INCLUDED.match(self.text, place, self.total)
        if includes is not None:
            return includes.end(), self.specific
        following = self.text[place : self.total]
        first = following.lstrip()[:1]
        if not following[:1].isspace() or first.islower() or first in "/,&":
            return None
        if len(following.split()) <= 4 and first.isalpha() and self.followed_by_list and following[-1] != ".":
            return self.total, True
        return place, self.specific


# Nearly every block has the same two titles, `Inclusion Criteria:` and `Exclusion Criteria:`.
_short_noun_title = lru_cache(maxsize=1024)(_noun_title)


# --- sentences ---


def _sentence_title(text: str, start: int, total: int, followed_by_list: bool) -> Title | None:
    """`Patients are excluded if:`, when a list follows or a colon says so."""
    sentence = text[start:total]
    announces = sentence[-1:] in (":", "：") or sentence.rstrip(" .…_*")[-3:].lower() == " if"
    points_on = announces or (followed_by_list and "following" in sentence)
    if not points_on or len(sentence) > _LONGEST:
        return None
    must = _MUST.match(sentence)
    if must is not None:
        category: Category | None = "EXCLUSION" if must["no"] else "INCLUSION"
    elif _ASIDE.search(sentence) or _BOTH.search(sentence):
        return None
    else:
        sides = (_side(part) for part in re.split(r"[.;]\s", sentence))
        category = next((side for side in sides if side), None)
    if category is None:
        return None
    return Title("category", category, bool(_NAMED.search(sentence)), start, total, None)


def _side(sentence: str) -> Category | None:
    """On which side of the study a sentence sets those who fit what follows; None when it does not say."""
    if not _POINTS_ON.search(sentence):
        return None
    out = _OUT.search(sentence)
    side = out or _INTO.search(sentence)
    # "Participants with a resolved infection are eligible if they are:" is about some of them.
    if side is None or _SOME.search(sentence, 0, side.start()):
        return None
    return "EXCLUSION" if out else "INCLUSION"
