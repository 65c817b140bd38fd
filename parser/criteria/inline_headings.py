"""Category headings inside a line, where line ends were lost.

... informed consent. Exclusion Criteria: 1. Pregnancy       after a sentence
* Written informed consent Exclusion Criteria:               glued to the end of an item
... meets none of the Exclusion Criteria: see protocol       part of a sentence, not a heading
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parser.criteria.category import CategoryWords, category_from, stem_places
from parser.criteria.groups import LEADING, is_group
from parser.criteria.paragraphs import Entry
from parser.source import trimmed

# What may precede the words, as part of the heading.
_PREFIX = re.compile(
    r"(?P<open>\*\*|__)?(?:(?:Key|Main|Major|General|Other|Primary|Additional|KEY|MAIN|MAJOR|GENERAL|OTHER|PRIMARY"
    r"|ADDITIONAL)\s{1,40})?\Z"
)
# What follows the words of a heading: a colon, the words for a group and a colon, markup that closes, or a list.
_SUFFIX = re.compile(
    r"""
    (?: (?:\*\*|__|\s){0,3} (?P<colon>[:：])
      | \s{1,3}(?:for|of)\s[^:：.;\n]{1,60}(?P<later>[:：])
      | \s{0,3}\([^():\n]{1,60}\)\s{0,3}(?P<apart>[:：])
      | (?P<last>\s{1,3}(?:for|of)\s[^:：.;\n]{1,60}\Z)
      | (?P<closed>\*\*|__)
      | (?P<listed>\s{1,3}(?=[(\[（]?(?:1|[aAiI])[.)\]）、])|\s{0,3}(?=①)|\s{1,3}(?=[-•*·]\s)|\s{0,9}\Z)
    )
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.;!?。；！？][)\]\"”’*_]{0,3}\s{0,40}\Z")
# After one of these the words belong to the sentence: `any of the Exclusion Criteria:`, `see Inclusion Criteria:`.
_GOES_ON = re.compile(
    r"(?:[,(\[:/&–—-]|\b(?:the|of|all|any|no|none|not|each|every|one|these|this|those|that|see|per|and|or|to|in|by|with"
    r"|from|for|as|under|following|meets?|met|meeting|both|above|below|other|only|study|trial|protocol|specific|if|are"
    r"|is|key|main|major|general|primary|additional|summary|list|criteri(?:a|on)|our|its|than|on|at|a|an))\s{0,40}\Z",
    re.IGNORECASE,
)
_BACK = 60
# A prefix no longer than this belongs to the heading: a bullet, a number, markup.
_NOTHING = 24
_LONGEST_GROUP = 100


def split_at_headings(text: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of a block, those with a heading inside cut before it."""
    stems = stem_places(text, entries[0].start, entries[-1].end) if entries else []
    at = 0
    for entry in entries:
        while at < len(stems) and stems[at] < entry.start:
            at += 1
        if at == len(stems) or stems[at] >= entry.end or entry.end - entry.start < _NOTHING:
            yield entry
            continue
        places = [*_places(text, entry, stems), entry.end]
        for start, stop in pairwise(places):
            entry.end = trimmed(text, entry.start, start).end
            yield entry
            entry = Entry(start, stop, 0, 0, True)
        yield entry


def _places(text: str, entry: Entry, stems: Sequence[int]) -> Iterator[int]:
    """Where the headings inside an entry begin; `stems` are the places of the stems of category words."""
    # Items that were run together are not the name of a group: what precedes the heading is text of the last one.
    glued = entry.marker is not None
    begin = place = entry.start
    while (stem := _next(stems, place, entry.end)) is not None:
        words = category_from(text, stem, place, entry.end)
        if words is None:
            return
        place = words.end
        prefix = _PREFIX.search(text, max(begin, words.start - _BACK), words.start)
        at = prefix.start() if prefix else words.start
        if at - begin < _NOTHING and not text[begin:at].strip(" *_#\\"):
            glued = True
        elif _is_heading(text, begin, at, words, entry.end, glued):
            yield at
            begin, glued = at, True


def _next(stems: Sequence[int], start: int, end: int) -> int | None:
    """The first stem in a part of the text."""
    at = bisect_left(stems, start)
    return stems[at] if at < len(stems) and stems[at] < end else None


def _is_heading(text: str, begin: int, at: int, words: CategoryWords, end: int, glued: bool) -> bool:
    before, first = text[at - 1], text[at : words.end].lstrip("*_")[:1]
    suffix = _SUFFIX.match(text, words.end, end)
    if suffix is None or not (before.isspace() or before in "。；;：:.*_)" or (before.islower() and first.isupper())):
        return False
    low = max(begin, at - _BACK)
    ends = _SENTENCE_END.search(text, low, at) is not None
    # In the middle of a line only a capital distinguishes a heading from words of a sentence that has not ended.
    if not (first.isupper() or words.is_chinese or (ends and suffix["colon"])):
        return False
    announced = suffix["colon"] or suffix["later"] or suffix["apart"] or (suffix["closed"] and text[at] in "*_")
    if words.is_bare and not (ends and suffix["colon"]):
        return False
    if not ends:
        if words.is_chinese or not (announced or (glued and suffix["listed"])) or _GOES_ON.search(text, low, at):
            return False
        # "2. Healthy Volunteers Exclusion Criteria:" says whose criteria they are.
        return glued and (at - begin > _LONGEST_GROUP or not is_group(text[begin:at].strip(), True))
    # "III. Exclusion Criteria:" is one heading, with its number.
    leading = LEADING.match(text, begin, at)
    apart = announced or suffix["last"] or suffix["listed"] is not None
    return bool(apart) and (leading is None or leading.end() < at)
