"""Whether a text may be a condition or keyword by its words: those that terms of the registry's records are made of.

Cluster headache        both words are of terms
Next steps              neither is
"""

from __future__ import annotations

from functools import cache

from parser.lexicon import load
from parser.lexicon.features import fold_term, fold_word

_LEAST_LETTERS = 4
# `Dry Eye Syndromes Keratoconjunctivitis Walnut`: with so many capitals a line is several terms.
_LEAST_JOINED = 5


def is_known_term(text: str) -> bool:
    """Whether a text is a term of the lexicon, or most of its longer words are words of such terms."""
    words = [word for word in map(fold_word, text.split()) if len(word) >= _LEAST_LETTERS]
    known = _words()
    return fold_term(text) in _terms() or 2 * sum(word in known for word in words) > len(words)


def is_one_term(text: str) -> bool:
    """Whether a text is one term: one of the lexicon, or neither terms of it between commas nor many names in a row."""
    if fold_term(text) in _terms():
        return True
    if text.count(" - ") > 1:
        return False
    parts, words = text.split(", "), text.split()
    if len(parts) > 1 and all(fold_term(part) in _terms() for part in parts):
        return False
    return len(words) < _LEAST_JOINED or not all(word[0].isupper() for word in words)


@cache
def _words() -> frozenset[str]:
    counts = load().statistics
    return frozenset().union(counts.alone, counts.first, counts.inner, counts.last)


@cache
def _terms() -> frozenset[str]:
    counts = load().statistics
    return frozenset().union(counts.conditions, counts.keywords, counts.headings)
