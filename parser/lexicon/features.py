"""What is seen in a joined list of terms: the features by which its words are grouped.

Lupus Erythematosus Stem Cell Transplant            conditions, every word with a capital
type 2 diabetes metformin Insulin resistance        keywords, capitals without a rule
Intervertebral disc herniation (IDH)                a bracket belongs to the term before it
Carcinoma, Non-Small-Cell Lung                      a comma inside a term, words the other way round

A feature is a short string; its weight is learnt by `parser.lexicon.build`. Those of a gap (between two words) speak
for or against ending a term there, those of a stretch for or against its being one term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST = 12
"""The most words of a term that is looked at as one; longer ones are judged by the gaps at their ends alone."""

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_INNER = re.compile(r"[\W_]+")
_SMALL = frozenset("a an and as at by de due for from in into of on or per than the to versus via vs with without".split())

# Looking words up in a page's texts costs words times characters: the product is bounded, so that no page is slow.
_CONTEXT_BUDGET = 4_000_000
_MOST_CONTEXT = 40_000


class Context(NamedTuple):
    """What else a page says: its title, its other list (keywords for conditions, and the reverse), its texts."""

    title: str = ""
    other: str = ""
    prose: str = ""


@dataclass(slots=True)
class Statistics:
    """How often terms and words were seen, in numbers of records. Keys are folded by `fold_word`."""

    conditions: Mapping[str, int] = field(default_factory=Counter)
    keywords: Mapping[str, int] = field(default_factory=Counter)
    headings: Mapping[str, int] = field(default_factory=Counter)  # MeSH
    first: Mapping[str, int] = field(default_factory=Counter)  # Words that begin a term of several.
    last: Mapping[str, int] = field(default_factory=Counter)
    inner: Mapping[str, int] = field(default_factory=Counter)
    alone: Mapping[str, int] = field(default_factory=Counter)
    within: Mapping[str, int] = field(default_factory=Counter)  # Neighbours inside a term, `left right`.
    across: Mapping[str, int] = field(default_factory=Counter)  # Neighbours in different terms.
    prose: Mapping[str, int] = field(default_factory=Counter)  # Neighbours in running text.


def fold_word(word: str) -> str:
    """A word as it is counted: lower case, without punctuation, singular."""
    core = _INNER.sub("", word).lower()
    if len(core) > 3 and core[-1] == "s" and core[-2] not in "sui":
        return core[:-3] + "y" if core.endswith("ies") and len(core) > 4 else core[:-1]
    return core


def fold_term(term: str) -> str:
    """A term as it is counted: its folded words, run together, so that hyphens and spaces do not matter."""
    return "".join(map(fold_word, term.split()))


def turned(term: str) -> str | None:
    """The comma form of a term the plain way round, folded: `Carcinoma, Non-Small-Cell Lung` by its last part."""
    if ", " not in term:
        return None
    return "".join(fold_term(part) for part in reversed(term.split(", ")))


def _shape(word: str) -> str:
    core = word.strip("([{\"'“‘*")
    if not core:
        return "p"
    opened = "(" if word[0] in "([{" else ""
    head = core[0]
    if head.isdigit():
        return opened + "d"
    if not head.isalpha():
        return opened + "p"
    if head.islower() or head == head.lower():
        if core.rstrip(".,;:)") in _SMALL:
            return opened + "s"
        return opened + ("m" if core != core.lower() else "l")
    if len(core) == 1:
        return opened + "C"
    letters = core.rstrip(".,;:)")
    if letters == letters.upper():
        return opened + ("A" if len(letters) > 1 else "C")
    if letters.lower() in _SMALL:
        return opened + "S"
    return opened + ("M" if any(c.isupper() for c in letters[1:4]) else "T")


def _bucket(count: int) -> str:
    return "0" if count <= 0 else "1" if count == 1 else "2" if count == 2 else "3" if count < 6 else "4"


def _share(part: int, whole: int) -> str:
    """How sure it is that a word does something, from how often it did: none, or five steps with two of surety."""
    if whole <= 0:
        return "-"
    step = str(int((part + 0.3) / (whole + 0.6) * 4.99))
    return step + ("a" if whole < 3 else "b" if whole < 12 else "c")


class View:
    """A joined list, with what its words show."""

    def __init__(self, text: str, context: Context, statistics: Statistics) -> None:
        self.text = text
        self.statistics = statistics
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = words = [text[start:end] for start, end in spans]
        self.size = len(words)
        self.lower = [word.lower() for word in words]
        self.folded = [fold_word(word) for word in words]
        self.shapes = [_shape(word) for word in words]
        self.tails = [word[-1] if word[-1] in ",;:.)|/-" else "" for word in words]
        self.counts = Counter(self.folded)
        self.pairs = Counter(zip(self.folded, self.folded[1:]))
        self.style = self._style()
        self._read_context(context)
        self.depth = self._depth()

    def _style(self) -> str:
        """How the list uses capitals (share of words with one) and commas."""
        rest = [shape[-1] for shape in self.shapes[1:] if shape[-1] in "lmTMAC"]
        capitals = sum(1 for shape in rest if shape in "TMAC")
        share = "n" if not rest else "0" if not capitals else "3" if capitals == len(rest) else "12"[capitals * 2 > len(rest)]
        commas = sum(1 for tail in self.tails[:-1] if tail in (",", ";") and tail)
        listed = "" if not commas else "," if commas * 5 < self.size else "L"
        return share + listed

    def _read_context(self, context: Context) -> None:
        budget = min(_MOST_CONTEXT, _CONTEXT_BUDGET // (self.size + 1))
        self.title = context.title[:budget].lower()
        self.other = context.other[:budget].lower()
        self.prose = (self.title + "\n" + context.prose[:budget].lower())
        prose, other, lower = self.prose, self.other, self.lower
        cores = [_EDGES.sub("", word) for word in lower]
        self.known = [core in prose for core in cores]
        # A pair is looked for without the punctuation after it, so that the end of a sentence does not hide it.
        self.together = []
        self.listed = []
        for left, right in zip(lower, cores[1:]):
            pair = left + " " + right
            self.together.append(pair in prose)
            self.listed.append(pair in other)
        self.initials = "".join(core[:1] or "." for core in cores)
        self.cores = cores

    def _depth(self) -> list[int]:
        """Whether a bracket is open behind each word."""
        depths = []
        depth = 0
        for word in self.words:
            if "(" in word or ")" in word or "[" in word or "]" in word:
                depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
                depth = max(0, depth)
            depths.append(depth)
        if depth:  # Never closed: a bracket that says nothing.
            return [0] * len(depths)
        return depths

    def gap(self, at: int) -> list[str]:
        """The features of ending a term before word `at`."""
        numbers, style = self.statistics, self.style
        left, right = self.folded[at - 1], self.folded[at]
        before, after = self.shapes[at - 1], self.shapes[at]
        tail = self.tails[at - 1]
        pair = left + " " + right
        size = self.size
        begins, ends = numbers.first.get(right, 0), numbers.last.get(left, 0)
        lone_l, lone_r = numbers.alone.get(left, 0), numbers.alone.get(right, 0)
        inner_l, inner_r = numbers.inner.get(left, 0), numbers.inner.get(right, 0)
        starts = _share(begins + lone_r, begins + lone_r + inner_r + numbers.last.get(right, 0))
        stops = _share(ends + lone_l, ends + lone_l + inner_l + numbers.first.get(left, 0))
        inside, outside = _bucket(numbers.within.get(pair, 0)), _bucket(numbers.across.get(pair, 0))
        prose = _bucket(numbers.prose.get(pair, 0))
        seen = f"{self.known[at - 1]:d}{self.known[at]:d}{self.together[at - 1]:d}{self.listed[at - 1]:d}"
        again = f"{min(self.counts[left], 3)}{min(self.counts[right], 3)}{min(self.pairs[left, right], 2)}"
        more = self.shapes[at - 2] if at > 1 else "^"
        next_ = self.shapes[at + 1] if at + 1 < size else "$"
        features = [
            "b" + style + str(min(size, 8)),
            f"s{before}|{after}|{tail}|{style}",
            f"S{before}|{after}|{tail}",
            f"3{more}{before}|{after}|{style[0]}",
            f"4{before}|{after}{next_}|{style[0]}",
            "l" + left,
            "r" + right,
            "e" + left[-3:],
            "f" + right[-3:],
            "g" + left[-2:] + "|" + right[-2:],
            f"p{starts}|{stops}",
            "P" + starts + style[0] + after,
            "Q" + stops + style[0] + before,
            f"i{inside}{outside}",
            f"j{inside}{outside}{prose}|{style[0]}",
            f"t{prose}{seen}",
            f"c{seen}{style[0]}{after}",
            f"a{again}|{style[0]}",
        ]
        if self.depth[at - 1]:
            features.append("(" + tail)
        if after == "A" and len(right) > 1:
            length = len(right)
            if at >= length and self.initials[at - length : at] == right:
                features.append("abbr")
        return features

    def stretch(self, start: int, end: int, key: str) -> list[str]:
        """The features of words `start` to `end` as one term, whose folded text is `key`."""
        numbers, style = self.statistics, self.style
        length = end - start
        short = length if length < 4 else 4
        condition = _bucket(numbers.conditions.get(key, 0))
        keyword = _bucket(numbers.keywords.get(key, 0))
        heading = _bucket(numbers.headings.get(key, 0))
        whole = "w" if length == self.size else ""
        found = condition + keyword + heading
        features = [
            f"n{length}|{style[0]}{whole}",
            f"N{length}",
            f"x{found}|{short}",
            f"y{'0' if found == '000' else '1'}|{length}{whole}",
        ]
        seen = self._seen(start, end)
        if seen:
            features.append(f"o{seen}|{short}")
            features.append(f"O{seen}|{found == '000':d}{style[0]}{whole}")
        if length > 1:
            features.append(f"q{self.shapes[start]}|{self.shapes[end - 1]}|{style[0]}")
            if "," in self.tails[start : end - 1]:
                inverted = turned(self.text[self.starts[start] : self.ends[end - 1]])
                known = inverted is not None and (inverted in numbers.conditions or inverted in numbers.headings)
                features.append(f"v{known:d}|{self.tails[start : end - 1].count(',')}|{found == '000':d}")
            if end < self.size and self.initials[start:end] == self.folded[end]:
                features.append("init")
        return features

    def _seen(self, start: int, end: int) -> str:
        """Where else the page has these words together: title, other list, texts."""
        if end - start > 1 and not (all(self.together[start : end - 1]) or all(self.listed[start : end - 1])):
            return ""
        words = self.lower[start : end - 1]
        words.append(self.cores[end - 1])
        term = " ".join(words)
        if not term:
            return ""
        return ("t" if term in self.title else "") + ("o" if term in self.other else "") + ("p" if term in self.prose else "")
