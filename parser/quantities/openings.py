"""What leads up to a number: comparators and words of windows in front of it, without a gap.

for at least | 90 days      within the last | 3 months      a minimum interval of | 21 days
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from parser.quantities.comparators import ABOUT, STARTS, comparator_at
from parser.quantities.tokens import Comparator, QuantityToken
from parser.quantities.words import WORDS

# How far in front of a number what leads up to it is looked for: several times what anyone writes.
_REACH = 80
_MOST_WORDS = 14

_ARTICLES = ("the", "a", "an", "their")
# What may be between a comparator and its number, and the words that it ends with.
_ARTICLE = re.compile(r" (?:the|their|an?(?: (?:average|mean|median|total) of)?) \Z")
_BEFORE_ANY = frozenset({*_ARTICLES, "of"})
# What is in front of a number, word by word and sign by sign.
_WORD_OR_SIGN = re.compile(r"[^\W_]+|[^ ]")
# Blanks, and the word or the sign after them; nothing where a clause or the text ends.
_NEXT = re.compile(r" *(?=-?([a-z]+)|([^\s.;:)\]?!]))")
_ENDS = frozenset({"", *".;:)]?!"})
# The words and signs that what leads up to a number can begin with, end with, and hold; all others are not tried.
_OPENERS = WORDS["leading"]
_COMPARING_SIGNS = frozenset("<>≥≤≮≯≰≱")
_LEADING = STARTS.union(_OPENERS, _COMPARING_SIGNS, "=~≈≃±+")
_INSIDE = _LEADING.union(
    *(WORDS[name] for name in ("comparator_ends", "ends_of_windows", "bridges", "inside_comparators")),
    ",.:/-()[]'",
)
# One of these is in what leads up to a number; `'` is in `don't exceed`.
_BEGINNING = _LEADING | {"'"}
_OPENING = ("EQ", "BETWEEN", "BIRTH", "WITHIN", "DURING", "FOR", "UNTIL", "LAST", "SCALE", "PLUS_MINUS")
_ABOUT = re.compile(
    r"~|≈|≃|(?:approximately|approx\.?|about|around|ca\.|circa|roughly|nearly|almost|estimated)(?![a-z])"
)
# A comparator and its number with words between them.
_NOUN = re.compile(
    r"(?:an? |the )?(?P<sign>minimum|minimal|maximum|maximal) (?P<noun>(?:[a-z][a-z-]+ ){0,2}[a-z][a-z-]+) (?:of|is"
    r"|was|:) ?\Z"
    r"|(?P<words>(?:no|not) (?:more|greater|less|fewer|higher) than|up to and including) "
    r"(?P<thing>[a-z][a-z-]{2,30}(?: [a-z][a-z-]{3,20})?)(?: of)? \Z"
)
_NO_NOUN = WORDS["no_noun"]


class Openings:
    """What leads up to numbers, by the terminals of the grammar for it, in texts in lower case."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._opening = any_of(patterns, *_OPENING)

    def before(self, low: str, floor: int, start: int) -> list[QuantityToken]:
        """The tokens in front of a number that lead up to it without a gap."""
        floor = max(floor, start - _REACH)
        front = low[floor:start]
        if not front:
            return []
        words = _words_at_end(front)
        if words and words[-1] in _BEFORE_ANY and (article := _ARTICLE.search(low, floor, start)):
            # `at least a 50% reduction`, `greater than an average of 6500 ms`
            chain = self._chain(low, _words_at_end(low[floor : article.start()]), article.start())
            if chain and chain[-1].terminal == "COMPARATOR":
                return chain
        return self._chain(low, words, start) or self._with_noun(low, floor, start)

    def _chain(self, low: str, words: list[str], start: int) -> list[QuantityToken]:
        """The tokens that end with the last of the words in front of an offset, in the order of the text."""
        chain: list[QuantityToken] = []
        while (
            words
            and words[-1] in _INSIDE
            and not _BEGINNING.isdisjoint(words)
            and (token := self._last_opening(low, words, start))
        ):
            chain.append(token)
            start = token.start
        chain.reverse()
        while chain and chain[0].terminal == "SCALE":
            # `grade 2` is a value of its own; only after a comparator is the word part of one.
            del chain[0]
        return chain

    def _last_opening(self, low: str, words: list[str], start: int) -> QuantityToken | None:
        """The longest token in front of an offset that ends with the last of the words there; it takes its words."""
        found = None
        taken = end = 0
        at = start
        for count, word in enumerate(words[: -_MOST_WORDS - 1 : -1], 1):
            # Only blanks are between two words, so that the last of its kind is the one.
            at = low.rindex(word, 0, at)
            end = end or at + len(word)
            if word not in _LEADING:
                if word in _INSIDE:
                    continue
                if not low.startswith("'t", at + len(word)):
                    break
            token = self.token_at(low, at, word)
            # `over the` in front of `the last 6 months`: the article may be part of either.
            if token and (token.end == end or low[end : token.end].strip() in _ARTICLES):
                found, taken = token if token.end == end else replace(token, end=end), count
        if found:
            del words[-taken:]
        return found

    def token_at(self, low: str, at: int, word: str) -> QuantityToken | None:
        """The longest token that begins at an offset, with that word or sign."""
        if word in _COMPARING_SIGNS:
            return comparator_at(low, at)
        opens = word in _OPENERS or not word.isalpha()
        found = comparator_at(low, at) if word in STARTS or word == "=" or not opens else None
        if not opens:
            return found
        # `over` alone is more than; `over a period of` is a length.
        if (match := self._opening.match(low, at)) and match[0] != "over":
            found = token_of(match) if not found or match.end() > found.end else found
        elif match := _ABOUT.match(low, at):
            found = found or QuantityToken("COMPARATOR", at, match.end(), comparator=ABOUT)
        return found

    def _with_noun(self, low: str, floor: int, start: int) -> list[QuantityToken]:
        """`a minimum interval of 21 days`, `no more than dexamethasone 4 mg`."""
        front = low[floor:start]
        if "imum " not in front and "imal " not in front and " than " not in front and "including " not in front:
            return []
        match = _NOUN.search(low, floor, start)
        if not match:
            return []
        group = "noun" if match["noun"] else "thing"
        if not _NO_NOUN.isdisjoint(match[group].split()):
            return []
        value: Comparator | None
        if match["noun"]:
            value, end = Comparator(1 if match["sign"].startswith("min") else -1, True), match.end("sign")
        else:
            found = comparator_at(low, match.start("words"))
            if not found:
                return []
            value, end = found.comparator, match.end("words")
        return [
            QuantityToken("COMPARATOR", match.start(), end, comparator=value),
            QuantityToken("NOUN", *match.span(group)),
        ]


def _words_at_end(front: str) -> list[str]:
    """The last words and signs of a text: all of those, at least, that may lead up to what is behind it."""
    parts = front.rstrip(" ").split(" ")
    first = len(parts)
    while first and parts[first - 1] in _INSIDE:
        first -= 1
    if first and not parts[first - 1].isalnum():
        return _WORD_OR_SIGN.findall(front)
    return parts[first:]


def any_of(patterns: Mapping[str, str], *names: str) -> re.Pattern[str]:
    """One of some terminals; one that begins with a letter begins a word."""
    inner = "|".join(f"(?P<{name}>{patterns[name]})" for name in names)
    return re.compile(f"(?:(?<![a-z])|(?![a-z]))(?:{inner})")


def token_of(match: re.Match[str]) -> QuantityToken:
    terminal = match.lastgroup
    assert terminal, "each terminal is a named group"
    return QuantityToken(terminal, match.start(), match.end())


def next_word(low: str, at: int) -> tuple[str, int]:
    """The first word after the blanks at an offset of a text in lower case, or the sign that is there, and where.

    Nothing where a clause or the text ends.
    """
    match = None if low[at : at + 1] in _ENDS else _NEXT.match(low, at)
    return (match[1] or match[2], match.end()) if match else ("", at)
