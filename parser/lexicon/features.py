"""The features of a joined list of terms by which its words are grouped.

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
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LONGEST = 8
"""The most words of a term with its own features; for longer ones only the gaps at their ends count."""

# The values of a feature for no and for yes.
_YES = "01"

NOWHERE = "000"
"""How often a text is found that the lexicon does not have: see `View.found`."""

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


class PageContext(NamedTuple):
    """What else a page says: its title, its other list as printed (keywords for conditions and the reverse), texts."""

    title: str = ""
    other: str = ""
    prose: str = ""


class LexiconCounts(NamedTuple):
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
    core = (word if word.isalnum() else _INNER.sub("", word)).lower()
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
    return opened + ("M" if any(map(str.isupper, core[1:4])) else "T")


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
    """How often a word of the page's texts is next to its neighbour of the list there."""
    if not whole:
        return "-"
    if not part:
        return "0" if whole < 3 else "n"
    return "1" if part * 4 < whole else "2" if part * 2 < whole else "3" if part < whole else "4" if part == 1 else "5"


@lru_cache(maxsize=1)
def _lowered(title: str, prose: str, budget: int) -> str:
    """A page's title and texts in lower case: kept for the page's second list, because lower case takes its time."""
    return f"{title}\n{prose}"[:budget].lower()


@lru_cache(maxsize=4096)
def _usual(length: int, whole: str, capitals: str, found: str) -> tuple[str, ...]:
    """See `View.usual`: the lists of all pages have the same few of them."""
    return (
        f"n{length}|{capitals}{whole}",
        f"N{length}",
        f"x{found}|{min(length, 4)}",
        f"y{found != NOWHERE:d}|{length}{whole}",
    )


class JoinedList:
    """A joined list with what its words show: `spans` are the offsets of its words."""

    def __init__(self, text: str, context: PageContext, statistics: LexiconCounts) -> None:
        self.text = text
        self.statistics = statistics
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.size = len(self.spans)
        self.words = [text[start:end] for start, end in self.spans]
        self.folded = [fold_word(word) for word in self.words]
        self.shapes = [_shape(word) for word in self.words]
        self.tails = [word[-1] if word[-1] in ",;:.)|/-" else "" for word in self.words]
        self.pairs = [left + " " + right for left, right in pairwise(self.folded)]
        self.pair_counts = Counter(self.pairs)
        word_counts = Counter(self.folded)
        self.repeats = [str(min(word_counts[word], 3)) for word in self.folded]
        self.depths = self._depths()
        self.commas = self._commas()
        self.capitals, self.style = self._style()
        self.kind = f"b{self.style}{min(self.size, 8)}"
        self.places = [self._places(word) for word in self.folded]
        self._read_context(context)

    def _style(self) -> tuple[str, str]:
        """How the list uses capitals after its first word (none, few, many, all), and that with its use of commas."""
        rest = [shape[-1] for shape in self.shapes[1:] if shape[-1] in "lmTMAC"]
        count = len([shape for shape in rest if shape in "TMAC"])
        capitals = "n" if not rest else "0" if not count else "3" if count == len(rest) else "12"[count * 2 > len(rest)]
        commas = len([tail for tail in self.tails[:-1] if tail and tail in ",;"])
        return capitals, capitals + ("" if not commas else "," if commas * 5 < self.size else "L")

    def _depths(self) -> list[int]:
        """How many brackets are open after each word; none if one is never closed, for it would hold the rest."""
        depths = []
        depth = 0
        for word in self.words:
            if "(" in word or ")" in word or "[" in word or "]" in word:
                depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
                depth = max(0, depth)
            depths.append(depth)
        return [0] * len(depths) if depth else depths

    def _commas(self) -> list[int]:
        """For each word, how far a stretch from it on has no comma inside: after the first word that ends in one."""
        commas = [self.size] * self.size
        if "," in self.tails:
            comma = self.size
            for at in range(self.size - 1, -1, -1):
                comma = commas[at] = at + 1 if self.tails[at] == "," else comma
        return commas

    def _places(self, word: str) -> tuple[str, str]:
        """In which share of its places in terms a word begins one, and in which it ends one."""
        numbers = self.statistics
        alone, first, last = numbers.alone.get(word, 0), numbers.first.get(word, 0), numbers.last.get(word, 0)
        whole = first + alone + numbers.inner.get(word, 0) + last
        return _share(first + alone, whole), _share(last + alone, whole)

    def _read_context(self, context: PageContext) -> None:
        """Look the words and their neighbours up in the page's texts."""
        budget = min(_MOST_CONTEXT, _CONTEXT_BUDGET // (self.size + 1))
        self.title = context.title[:budget].lower()
        self.other = other = context.other[:budget].lower()
        self.prose = prose = _lowered(context.title, context.prose, budget)
        self.lower = [word.lower() for word in self.words]
        self.cores = [word.strip(_PUNCTUATION) for word in self.lower]
        self.spelled = self._spelled()
        found = {core: prose.count(core) if core else 0 for core in set(self.cores)}
        self.known = [found[core] for core in self.cores]
        # The second word goes without its punctuation, so that the end of a sentence does not hide the pair.
        pairs = [left + " " + right for left, right in zip(self.lower, self.cores[1:], strict=False)]
        both = zip(pairs, self.known, self.known[1:], strict=False)
        self.together = [prose.count(pair) if left and right else 0 for pair, left, right in both]
        self.listed = [pair in other for pair in pairs]
        self.reach = self._reaches()

    def _reaches(self) -> list[int]:
        """For each word, after which one no stretch from it on can occur elsewhere, by the pairs in it."""
        together = listed = self.size
        reaches = [self.size] * self.size
        for at in range(self.size - 2, -1, -1):
            together = together if self.together[at] else at + 1
            listed = listed if self.listed[at] else at + 1
            reaches[at] = max(together, listed)
        return reaches

    def _spelled(self) -> list[int]:
        """For each word, of how many words before it it has the initials: `heart failure HF`; 0 is for the end, too."""
        initials = "".join([core[:1] or "." for core in self.cores])
        return [
            len(word) if 1 < len(word) <= at and initials[at - len(word) : at] == word else 0
            for at, word in enumerate(self.folded)
        ] + [0]

    def gap(self, at: int) -> list[str]:
        """The features of ending a term before word `at`, which is not the first."""
        capitals, style = self.capitals, self.style
        left, right, pair = self.folded[at - 1], self.folded[at], self.pairs[at - 1]
        before, after, tail = self.shapes[at - 1], self.shapes[at], self.tails[at - 1]
        earlier = self.shapes[at - 2] if at > 1 else "^"
        later = self.shapes[at + 1] if at + 1 < self.size else "$"
        counts = self.repeats[at - 1] + self.repeats[at] + ("1" if self.pair_counts[pair] == 1 else "2")
        both = f"{before}|{after}|{tail}"
        features = [
            self.kind,
            f"s{both}|{style}",
            "S" + both,
            f"3{earlier}{before}|{after}|{capitals}",
            f"4{before}|{after}{later}|{capitals}",
            "l" + left,
            "r" + right,
            "e" + left[-3:],
            "f" + right[-3:],
            f"g{left[-2:]}|{right[-2:]}",
            f"a{counts}|{capitals}",
        ]
        if self.depths[at - 1]:
            features.append("(" + tail)
        if after == "A" and self.spelled[at]:
            features.append("A")
        return features + self._counted(at, pair, before, after)

    def _counted(self, at: int, pair: str, before: str, after: str) -> list[str]:
        """The features of a gap that come from what was counted, in the records and in the page's texts."""
        numbers, capitals = self.statistics, self.capitals
        starts, stops = self.places[at][0], self.places[at - 1][1]
        bound = _bucket(numbers.within.get(pair, 0)) + _bucket(numbers.across.get(pair, 0))
        prose = common(numbers.prose.get(pair, 0))
        known, next_known, both = self.known[at - 1], self.known[at], self.together[at - 1]
        seen = _YES[known > 0] + _YES[next_known > 0] + _YES[both > 0] + _YES[self.listed[at - 1]]
        rate = _rate(both, known) + _rate(both, next_known)
        return [
            f"p{starts}|{stops}",
            f"P{starts}{capitals}{after}",
            f"Q{stops}{capitals}{before}",
            "i" + bound,
            f"j{bound}{prose}|{capitals}",
            f"t{prose}{seen}",
            f"c{seen}{capitals}{after}",
            f"R{rate}{capitals}",
            f"T{rate}{bound}",
        ]

    def stretch(self, start: int, end: int, key: str) -> list[str]:
        """The features of words `start` to `end` as one term, whose folded text is `key`."""
        found = self.found(key)
        edges = [self.edges(self.shapes[start], self.shapes[end - 1])] if end - start > 1 else []
        usual, elsewhere = self.usual(end - start, found), self.elsewhere(start, end, found)
        return [*usual, *elsewhere, *edges, *self.forms(start, end, found)]

    def found(self, key: str) -> str:
        """How often a folded text is a condition, a keyword and a heading of the lexicon, a digit each."""
        numbers = self.statistics
        return (
            _bucket(numbers.conditions.get(key, 0))
            + _bucket(numbers.keywords.get(key, 0))
            + _bucket(numbers.headings.get(key, 0))
        )

    def usual(self, length: int, found: str) -> Sequence[str]:
        """The features that every stretch of a number of words has which is so `found` in the lexicon."""
        return _usual(length, "w" if length == self.size else "", self.capitals, found)

    def edges(self, first: str, last: str) -> str:
        """The feature of how the first and the last word of a stretch are written."""
        return f"q{first}|{last}|{self.capitals}"

    def elsewhere(self, start: int, end: int, found: str) -> list[str]:
        """The features of where else the page has words `start` to `end`: none beyond the word's `reach`."""
        seen = self._seen(start, end) if end <= self.reach[start] else ""
        if not seen:
            return []
        length = end - start
        whole = "w" if length == self.size else ""
        return [f"o{seen}|{min(length, 4)}", f"O{seen}|{_YES[found == NOWHERE]}{self.capitals}{whole}"]

    def forms(self, start: int, end: int, found: str) -> list[str]:
        """The features of a comma form, `Carcinoma, Lung`, and of a term whose initials follow it, `heart failure HF`.

        Returns none without a comma inside (see `commas`) or initials after (see `spelled`).
        """
        features = []
        if end > self.commas[start]:
            features.append(self._comma_form(start, end, found == NOWHERE))
        if self.spelled[end] == end - start:
            features.append("I")
        return features

    def _comma_form(self, start: int, end: int, new: bool) -> str:
        inverted = turned(self.text[self.spans[start][0] : self.spans[end - 1][1]])
        known = inverted in self.statistics.conditions or inverted in self.statistics.headings
        return f"v{known:d}|{self.tails[start : end - 1].count(',')}|{new:d}"

    def _seen(self, start: int, end: int) -> str:
        """Where else the page has these words together: t its title, o its other list, p its texts.

        Beyond a word's `reach` the answer is known: nowhere.
        """
        term = " ".join([*self.lower[start : end - 1], self.cores[end - 1]])
        if not term:
            return ""
        prose = self.known[start] if end - start == 1 else term in self.prose
        return ("t" if term in self.title else "") + ("o" if term in self.other else "") + ("p" if prose else "")
