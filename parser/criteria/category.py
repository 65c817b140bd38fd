"""The words of category headings, in one place for all modules that look for them.

Inclusion Criteria                                   at the start of a line or paragraph: `headings`, `paragraphs`
... informed consent. Exclusion Criteria: 1. ...     inside a line: `inline_headings`
Critères de non-inclusion, Ausschlusskriterien, 排除标准, Exlusion Critera

Only words are matched here; whether they are a heading is decided by the modules above, from the context.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Category = Literal["INCLUSION", "EXCLUSION"]

# The words, with the misspellings that sponsors make: Exlusion, Inlcusion, Critera, Critieria, Criterias.
INCLUSION_WORD = r"(?:in(?!sulin)(?=[cis]{0,4}[lu])[clusi]{3,8}[ou]{0,2}n(?:ary)?s?|inclusive|including|included)"
EXCLUSION_WORD = (
    r"(?:non[-\s]?in[clus]{3,6}ions?|ex?(?=[cis]{0,4}[lu])[clusi]{3,8}[ou]{0,2}n(?:ary)?s?|exclusive|excluding|excluded"
    r"|(?:in|non[-\s]?)eligib(?:ility|le))"
)
CRITERIA_WORD = r"cr[ieth]{1,5}r[iaeou]{0,4}[nmrs]?s?"
_EITHER = r"(?:elig\w{3,8}|entry|enrol?lment|selection|participation)"
_BARE = r"(?:inclusions?|non[-\s]?inclusions?|exclusions?|(?:in|non[-\s]?)?eligibility)"

# "Inclusion criteria", "Criteria of inclusion", "Critères de non-inclusion", "Einschlusskriterien", "Exclusions". White
# space may be a line end with the next line's indentation. A capital may follow a word whose line end was lost, and
# the words themselves: `Key inclusion criteriaMen`. The first letters rule out most places of a text.
_WORDS = re.compile(
    rf"""
    (?=[aceinps纳入选選組排除])
    (?:(?<![^\W\d_]) (?<![/\-]) | (?=(?-i:Inclusion|Exclusion)[ ][Cc]) (?<=[a-z])) (?:
        (?P<first>{EXCLUSION_WORD}|{INCLUSION_WORD}|{_EITHER}|(?:in|ex)clude)
        (?:[\s*_:-]{{0,3}}|\s{{1,40}}) {CRITERIA_WORD} (?:(?![^\W\d_]) | (?<=a)(?=(?-i:[A-Z])))
      | crit(?:eri(?:a|on)|[eè]res?|[eé]rios?|eri)\s(?:of\s|for\s|de\s|di\s|d[’'])\s?
        (?P<second>(?:non[-\s]?)?in[ck]lus[aioóãõ]{{1,4}}n?e?s?|es?x?clus[aioóãõ]{{1,4}}n?e?s?
          |[ieé]?n?[eé]l[ei]gib\w{{4,6}})
        (?![^\W\d_])
      | (?P<german>(?:einschlu(?:ss|ß)|ausschlu(?:ss|ß)|in[ck]lusie|exclusie)-?[ck]riteri(?:en|um|a))(?![^\W\d_])
      | (?P<chinese>(?:纳入|入选|选择|選択|組入れ?|排除|除外)(?:标准|標準|基準))
      | (?P<bare>{_BARE})(?![^\W\d_])(?!\s*/)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The letters that all spellings share, in lower case: to look for them rules out nearly every line.
_STEMS = (b"clus", b"slus", b"culs", b"clsu", b"cusi", b"lusi", b"crit", b"kriter", b"cret", b"crt", b"elig")
_CHINESE_STEMS = ("标准", "標準", "基準")
_BEFORE_STEM = 20
_EXCLUDES = re.compile(r"e(?!l[ei]g)[xcls]|non|(?:in|non[-\s]?)[eé]l|ausschl|排除|除外", re.IGNORECASE)
_INCLUDES = re.compile(r"in|einschl|纳入|入选|选择|選択|組入", re.IGNORECASE)
BOTH_CATEGORIES = re.compile(
    rf"(?=[ein])\b(?:{INCLUSION_WORD}|{EXCLUSION_WORD})(?:\s+{CRITERIA_WORD})?(?:\s*(?:/|\\?&|and/or|and|or|,)\s*|\s+)"
    rf"(?:{EXCLUSION_WORD}|{INCLUSION_WORD})(?:\s+{CRITERIA_WORD})?(?![^\W\d_])",
    re.IGNORECASE,
)
"""The words for both categories together: `inclusion and exclusion criteria`."""


class CategoryWords(NamedTuple):
    """Words that name a category: their span, and the category (None for "eligibility criteria").

    `is_bare` is set if there is no word for criteria (`Exclusions`), `is_chinese` if they are Chinese or Japanese.
    """

    start: int
    end: int
    category: Category | None
    is_bare: bool
    is_chinese: bool


def stem_places(text: str, start: int, end: int) -> list[int]:
    """Where the stems in a part of a text begin, in order: there are words for a category only around one."""
    part = text[start:end]
    # A byte for each character keeps the offsets, and is put in lower case at once.
    lower = part.encode("ascii", "replace").lower()
    places: list[int] = []
    for stem in _STEMS:
        at = lower.find(stem)
        while at >= 0:
            places.append(start + at)
            at = lower.find(stem, at + 1)
    if not part.isascii():
        chinese = [stem for stem in _CHINESE_STEMS if stem in part]
        places += [start + match.start() for stem in chinese for match in re.finditer(stem, part)]
    return sorted(places)


def find_category(text: str, start: int, end: int) -> CategoryWords | None:
    """The first words for a category in a part of a text."""
    stems = stem_places(text, start, end)
    return category_from(text, stems[0], start, end) if stems else None


def category_from(text: str, stem: int, start: int, end: int) -> CategoryWords | None:
    """The same, where the first stem in that part is known."""
    match = _WORDS.search(text, max(start, stem - _BEFORE_STEM), end)
    if match is None:
        return None
    words = next(group for group in match.groups() if group)
    excludes = _EXCLUDES.match(words)
    category: Category | None = "EXCLUSION" if excludes else "INCLUSION" if _INCLUDES.match(words) else None
    return CategoryWords(match.start(), match.end(), category, match["bare"] is not None, match["chinese"] is not None)
