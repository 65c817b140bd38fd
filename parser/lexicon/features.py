"""What is seen in a joined list of terms: the features by which its words are grouped.

Lupus Erythematosus Stem Cell Transplant            conditions, every word with a capital
type 2 diabetes metformin Insulin resistance        keywords, capitals without a rule
Intervertebral disc herniation (IDH)                a bracket belongs to the term before it
Carcinoma, Non-Small-Cell Lung                      a comma inside a term, words the other way round

A feature is a short string; its weight is learnt by `parser.lexicon.train`. Those of a gap (between two words) speak
for or against ending a term there, those of a stretch for or against its being one term. The first letter of a feature
names its kind, so that no two kinds share a weight.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

LONGEST = 8
"""The most words of a term that is looked at as one; longer ones are judged by the gaps at their ends alone."""

_WORD = re.compile(r"\S+")
_INNER = re.compile(r"[\W_]+")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—‘’“”…·•®™°"
_SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "de",
        "due",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "per",
        "than",
        "the",
        "to",
        "versus",
        "via",
        "vs",
        "with",
    }
)

# Looking words up in a page's texts costs words times characters: the product is bounded, so that no page is slow.
_CONTEXT_BUDGET = 2_000_000
_MOST_CONTEXT = 10_000


class Context(NamedTuple):
    """What else a page says: its title, its other list as printed (keywords for conditions and the reverse), texts."""

    title: str = ""
    other: str = ""
    prose: str = ""


class Statistics(NamedTuple):
    """How often terms, words and neighbours were seen, in numbers of records; all keys are folded."""

    conditions: dict[str, int]
    keywords: dict[str, int]
    headings: dict[str, int]
    """MeSH headings, which name what a record is about but are seldom printed."""
    first: dict[str, int]
    """Words that begin a term of several words; `inner`, `last` and `alone` likewise."""
    inner: dict[str, int]
    last: dict[str, int]
    alone: dict[str, int]
    within: dict[str, int]
    """Neighbours inside a term, as `left right`."""
    across: dict[str, int]
    """Neighbours in different terms, as `left right`."""
    prose: dict[str, int]
    """Neighbours in running text, as `left right`."""


def fold_word(word: str) -> str:
    """A word as it is counted: lower case, without punctuation, singular."""
    core = _INNER.sub("", word).lower()
    if len(core) > 3 and core[-1] == "s" and core[-2] not in "sui":
        return core[:-3] + "y" if core.endswith("ies") and len(core) > 4 else core[:-1]
    return core


def fold_term(term: str) -> str:
    """A term as it is counted: its folded words run together, so that hyphens and spaces do not matter."""
    return "".join(map(fold_word, term.split()))


def turned(term: str) -> str | None:
    """A comma form the plain way round, folded: `Carcinoma, Non-Small-Cell Lung` by its last part; or None."""
    if ", " not in term:
        return None
    return "".join(fold_term(part) for part in reversed(term.split(", ")))


def _shape(word: str) -> str:
    """How a word is written: T capital first, A all capitals, C one capital, M and m mixed, l lower case, s and S small
    words such as "of", d digits, p punctuation; with a bracket before it where one opens."""
    core = word.strip(_PUNCTUATION)
    if not core:
        return "p"
    opened = "(" if word[0] in "([{" else ""
    if core[0].isdigit():
        return opened + "d"
    if core[0] == core[0].lower():
        small = core in _SMALL
        return opened + ("s" if small else "l" if core == core.lower() else "m")
    if len(core) == 1:
        return opened + "C"
    if core == core.upper():
        return opened + "A"
    if core.lower() in _SMALL:
        return opened + "S"
    return opened + ("M" if any(letter.isupper() for letter in core[1:4]) else "T")


def _bucket(count: int) -> str:
    return "0" if count <= 0 else "1" if count == 1 else "2" if count == 2 else "3" if count < 6 else "4"


def common(count: int) -> int:
    """How common neighbours are in running text, in three steps; what is rare there is not worth its place."""
    return 0 if count < 6 else 1 if count < 20 else 2


def _share(part: int, whole: int) -> str:
    """The share of a word's places in terms, in five steps, and how many places it is known from, in three."""
    if whole <= 0:
        return "-"
    step = int((part + 0.3) / (whole + 0.6) * 4.99)
    return f"{step}a" if whole < 3 else f"{step}b" if whole < 12 else f"{step}c"


def _rate(part: int, whole: int) -> str:
    """How often a word of the page's texts stands beside its neighbour of the list there."""
    if not whole:
        return "-"
    if not part:
        return "0" if whole < 3 else "n"
    return "1" if part * 4 < whole else "2" if part * 2 < whole else "3" if part < whole else "4" if part == 1 else "5"


@lru_cache(maxsize=1)
def _lowered(title: str, prose: str, budget: int) -> str:
    """A page's title and texts in lower case: kept for the page's second list, because lower case takes its time."""
    return f"{title}\n{prose}"[:budget].lower()


class View:
    """A joined list with what its words show: `starts` and `ends` are the offsets of its words."""

    def __init__(self, text: str, context: Context, statistics: Statistics) -> None:
        self.text = text
        self.statistics = statistics
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end] for start, end in spans]
        self.size = len(spans)
        self.folded = [fold_word(word) for word in self.words]
        self.shapes = [_shape(word) for word in self.words]
        self.tails = [word[-1] if word[-1] in ",;:.)|/-" else "" for word in self.words]
        self.counts = Counter(self.folded)
        self.pairs = Counter(zip(self.folded, self.folded[1:], strict=False))
        self.depths = self._depths()
        self.commas = any("," in tail for tail in self.tails)
        self.capitals, self.style = self._style()
        self._read_context(context)

    def _style(self) -> tuple[str, str]:
        """How the list uses capitals after its first word (none, few, many, all), and that with its use of commas."""
        rest = [shape[-1] for shape in self.shapes[1:] if shape[-1] in "lmTMAC"]
        count = sum(1 for shape in rest if shape in "TMAC")
        capitals = "n" if not rest else "0" if not count else "3" if count == len(rest) else "12"[count * 2 > len(rest)]
        commas = sum(1 for tail in self.tails[:-1] if tail and tail in ",;")
        return capitals, capitals + ("" if not commas else "," if commas * 5 < self.size else "L")

    def _depths(self) -> list[int]:
        """How many brackets are open behind each word; none where one is never closed, for it would hold the rest."""
        depths = []
        depth = 0
        for word in self.words:
            if "(" in word or ")" in word or "[" in word or "]" in word:
                depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
                depth = max(0, depth)
            depths.append(depth)
        return [0] * len(depths) if depth else depths

    def _read_context(self, context: Context) -> None:
        """Look the words and their neighbours up in the page's texts."""
        budget = min(_MOST_CONTEXT, _CONTEXT_BUDGET // (self.size + 1))
        self.title = context.title[:budget].lower()
        self.other = context.other[:budget].lower()
        self.prose = prose = _lowered(context.title, context.prose, budget)
        self.lower = [word.lower() for word in self.words]
        self.cores = [word.strip(_PUNCTUATION) for word in self.lower]
        self.initials = "".join(core[:1] or "." for core in self.cores)
        found = {core: prose.count(core) if core else 0 for core in set(self.cores)}
        self.known = [found[core] for core in self.cores]
        # The second word goes without its punctuation, so that the end of a sentence does not hide the pair.
        pairs = [left + " " + right for left, right in zip(self.lower, self.cores[1:], strict=False)]
        both = zip(pairs, self.known, self.known[1:], strict=False)
        self.together = [prose.count(pair) if left and right else 0 for pair, left, right in both]
        self.listed = [pair in self.other for pair in pairs]
        self.reach = self._reaches()

    def _reaches(self) -> list[int]:
        """For each word, behind which one no stretch from it on can occur elsewhere, by the pairs in it."""
        together = listed = self.size
        reaches = [0] * self.size
        for at in range(self.size - 1, -1, -1):
            if at + 1 < self.size:
                together = together if self.together[at] else at + 1
                listed = listed if self.listed[at] else at + 1
            reaches[at] = max(together, listed)
        return reaches

    def gap(self, at: int) -> list[str]:
        """The features of ending a term before word `at`, which is not the first."""
        capitals, style = self.capitals, self.style
        left, right = self.folded[at - 1], self.folded[at]
        before, after, tail = self.shapes[at - 1], self.shapes[at], self.tails[at - 1]
        earlier = self.shapes[at - 2] if at > 1 else "^"
        later = self.shapes[at + 1] if at + 1 < self.size else "$"
        features = [
            f"b{style}{min(self.size, 8)}",
            f"s{before}|{after}|{tail}|{style}",
            f"S{before}|{after}|{tail}",
            f"3{earlier}{before}|{after}|{capitals}",
            f"4{before}|{after}{later}|{capitals}",
            "l" + left,
            "r" + right,
            "e" + left[-3:],
            "f" + right[-3:],
            "g" + left[-2:] + "|" + right[-2:],
            f"a{min(self.counts[left], 3)}{min(self.counts[right], 3)}{min(self.pairs[left, right], 2)}|{capitals}",
        ]
        if self.depths[at - 1]:
            features.append("(" + tail)
        if after == "A" and 1 < len(right) <= at and self.initials[at - len(right) : at] == right:
            features.append("A")
        self._add_counts(features, at, left, right)
        return features

    def _add_counts(self, features: list[str], at: int, left: str, right: str) -> None:
        """The features of a gap that come from what was counted, in the records and in the page's texts."""
        numbers, capitals = self.statistics, self.capitals
        before, after = self.shapes[at - 1], self.shapes[at]
        pair = left + " " + right
        begins = numbers.first.get(right, 0) + numbers.alone.get(right, 0)
        ends = numbers.last.get(left, 0) + numbers.alone.get(left, 0)
        starts = _share(begins, begins + numbers.inner.get(right, 0) + numbers.last.get(right, 0))
        stops = _share(ends, ends + numbers.inner.get(left, 0) + numbers.first.get(left, 0))
        bound = _bucket(numbers.within.get(pair, 0)) + _bucket(numbers.across.get(pair, 0))
        prose = common(numbers.prose.get(pair, 0))
        known, next_known, both = self.known[at - 1], self.known[at], self.together[at - 1]
        seen = f"{known > 0:d}{next_known > 0:d}{both > 0:d}{self.listed[at - 1]:d}"
        rate = _rate(both, known) + _rate(both, next_known)
        features += (
            f"p{starts}|{stops}",
            f"P{starts}{capitals}{after}",
            f"Q{stops}{capitals}{before}",
            "i" + bound,
            f"j{bound}{prose}|{capitals}",
            f"t{prose}{seen}",
            f"c{seen}{capitals}{after}",
            f"R{rate}{capitals}",
            f"T{rate}{bound}",
        )

    def stretch(self, start: int, end: int, key: str) -> list[str]:
        """The features of words `start` to `end` as one term, whose folded text is `key`."""
        found = self.found(key)
        return [*self.usual(end - start, found), *self.own(start, end, found)]

    def found(self, key: str) -> str:
        """How often a folded text is a condition, a keyword and a heading of the lexicon, a digit each."""
        numbers = self.statistics
        if not (key in numbers.conditions or key in numbers.keywords or key in numbers.headings):
            return "000"
        return (
            _bucket(numbers.conditions.get(key, 0))
            + _bucket(numbers.keywords.get(key, 0))
            + _bucket(numbers.headings.get(key, 0))
        )

    def usual(self, length: int, found: str) -> list[str]:
        """The features that every stretch of a number of words has which is so `found` in the lexicon."""
        whole = "w" if length == self.size else ""
        return [
            f"n{length}|{self.capitals}{whole}",
            f"N{length}",
            f"x{found}|{min(length, 4)}",
            f"y{found != '000':d}|{length}{whole}",
        ]

    def own(self, start: int, end: int, found: str) -> list[str]:
        """The features of words `start` to `end` as one term that come from these words, besides the usual ones."""
        length = end - start
        features = []
        if end <= self.reach[start] and (seen := self._seen(start, end)):
            whole = "w" if length == self.size else ""
            features.append(f"o{seen}|{min(length, 4)}")
            features.append(f"O{seen}|{found == '000':d}{self.capitals}{whole}")
        if length > 1:
            features.append(f"q{self.shapes[start]}|{self.shapes[end - 1]}|{self.capitals}")
            if self.commas and "," in self.tails[start : end - 1]:
                features.append(self._comma_form(start, end, found == "000"))
            if end < self.size and self.initials[start:end] == self.folded[end]:
                features.append("I")
        return features

    def _comma_form(self, start: int, end: int, new: bool) -> str:
        inverted = turned(self.text[self.starts[start] : self.ends[end - 1]])
        known = inverted in self.statistics.conditions or inverted in self.statistics.headings
        return f"v{known:d}|{self.tails[start : end - 1].count(',')}|{new:d}"

    def _seen(self, start: int, end: int) -> str:
        """Where else the page has these words together: t its title, o its other list, p its texts.

        Beyond a word's `reach` the answer is known: nowhere.
        """
        term = " ".join([*self.lower[start : end - 1], self.cores[end - 1]])
        if not term:
            return ""
        title, other, prose = term in self.title, term in self.other, term in self.prose
        return ("t" if title else "") + ("o" if other else "") + ("p" if prose else "")
