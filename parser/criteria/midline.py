"""Category headings that stand in the middle of a line, where line ends were lost.

... informed consent. Exclusion Criteria: 1. Pregnancy       behind a sentence
* Written informed consent Exclusion Criteria:               glued to the end of an item
... meets none of the Exclusion Criteria: see protocol       part of a sentence, no heading
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parser.criteria.deferred import Deferred
from parser.criteria.groups import LEADING, is_group
from parser.criteria.paragraphs import Entry
from parser.source import trimmed

# One of these is in every heading that is looked for here; most lines have none, and cost no more than this.
_HINTS = ("clusion", "CLUSION", "标准", "標準", "基準")

# A heading begins with a capital: in the middle of a line nothing else tells it from words of a sentence.
_TITLE = Deferred(
    r"""
    (?<![^\s。；;：:.*_]) (?P<open>\*\*|__)?
    (?: (?:Key|Main|Major|General|Other|Primary|Additional|KEY|MAIN|MAJOR|GENERAL|OTHER|PRIMARY|ADDITIONAL)\s{1,3}
        (?i:(?:in|(?:non-?)?ex|non-?in)clusion\s{1,3}criteri(?:a|on))
      | (?:(?:Non-?[Ii]n|In|Ex)clusion\s{1,3}[Cc]riteri(?:a|on)|(?:NON-?IN|IN|EX)CLUSION\s{1,3}CRITERI(?:A|ON))
      | (?P<bare>(?:In|Ex)clusions?|(?:IN|EX)CLUSIONS?)
      | (?P<chinese>(?:纳入|入选|选择|選択|組入れ?|排除|除外)(?:标准|標準|基準))
    )(?![^\W_])
    (?: (?:\*\*|__|\s){0,3} (?P<colon>[:：])
      | \s{1,3}(?:for|of)\s[^:：.;\n]{1,60}(?P<later>[:：])
      | (?P<closed>\*\*|__)
      | (?P<listed>\s{1,3}(?=[(\[（]?(?:1|[aAiI])[.)\]）、])|\s{0,3}(?=①)|\s{0,9}\Z)
    )
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.;!?。；！？][)\]\"”’*_]{0,3}\s{0,9}\Z")
# Behind one of these the words belong to the sentence: `any of the Exclusion Criteria:`, `see Inclusion Criteria:`.
_GOES_ON = re.compile(
    r"(?:[,(\[:/&–—-]|\b(?:the|of|all|any|no|none|not|each|every|one|these|this|those|that|see|per|and|or|to|in|by|with"
    r"|from|for|as|under|following|meets?|met|meeting|both|above|below|other|only|study|trial|protocol|specific|if|are"
    r"|is|key|main|major|general|primary|additional|summary|list|criteri(?:a|on)|our|its|than|on|at|a|an))\s{0,9}\Z",
    re.IGNORECASE,
)
_BACK = 24
_LONGEST_GROUP = 100


def at_titles(text: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of a block, those with a heading in the middle cut before it."""
    hints = [hint for hint in _HINTS if entries and text.find(hint, entries[0].start, entries[-1].end) >= 0]
    for entry in entries:
        if not any([text.find(hint, entry.start, entry.end) >= 0 for hint in hints]):
            yield entry
            continue
        places = [*_places(text, entry), entry.end]
        for start, stop in pairwise(places):
            entry.end = trimmed(text, entry.start, start).end
            yield entry
            entry = Entry(start, stop, 0, 0, True)
        yield entry


def _places(text: str, entry: Entry) -> Iterator[int]:
    """Where the headings in the middle of an entry begin."""
    # Items that were run together are no name of a group: what stands before the heading is text of the last one.
    glued = entry.marker is not None
    begin = place = entry.start
    while match := _TITLE.search(text, place, entry.end):
        at, place = match.start(), match.end()
        if at - begin < _BACK and not text[begin:at].strip(" *_#\\"):
            glued = True
        elif _is_heading(text, begin, match, glued):
            yield at
            begin, glued = at, True


def _is_heading(text: str, begin: int, match: re.Match[str], glued: bool) -> bool:
    at = match.start()
    low = max(begin, at - _BACK)
    ends = _SENTENCE_END.search(text, low, at) is not None
    announced = match["colon"] or match["later"] or (match["closed"] and match["open"])
    if match["bare"] and not (ends and match["colon"]):
        return False
    if not ends:
        if match["chinese"] or not glued or not announced or _GOES_ON.search(text, low, at):
            return False
        # "2. Healthy Volunteers Exclusion Criteria:" says whose they are.
        return at - begin > _LONGEST_GROUP or not is_group(text[begin:at].strip(), True)
    # "III. Exclusion Criteria:" is one heading, with its number.
    leading = LEADING.match(text, begin, at)
    return bool(announced or match["listed"] is not None) and (leading is None or leading.end() < at)
