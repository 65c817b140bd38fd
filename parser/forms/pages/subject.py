"""Whether a line says what a page is about: words of a title are in the texts below it, those of a menu are not.

Evening walks in adults with insomnia       above `Insomnia`, `Walks of 30 minutes`
In This Section                             above the same
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_][\w'’-]*[^\W_]")
_LEAST_LETTERS = 4
_LEAST_WORDS = 2
LEAST_OF_A_BODY = 12
"""With fewer words that say something a text does not tell what a page is about."""

_LONGEST_TEXT = 40_000
# Words that pages on trials have wherever they are.
_COMMON = (
    "about trial clinical study studies research patient participant people volunteer information details overview"
    " summary medical medicine hospital center centre university institute health care with from this that these those"
    " your what when where which will have been into more most other than their there they current open find search"
    " learn join contact program site page section condition treatment disease eligibility criteria interest available"
)


def _fold(word: str) -> str:
    """A word in small letters, without the ending of a plural."""
    folded = word.casefold()
    return folded.removesuffix("s") if not folded.endswith("ss") else folded


_ANYWHERE = frozenset(map(_fold, _COMMON.split()))


def body_of(text: str, start: int) -> frozenset[str]:
    """The words of a page's text from `start` on, folded; none if they are too few to say what the page is about."""
    said = words_of(text[start : start + _LONGEST_TEXT])
    return said if len(said) >= LEAST_OF_A_BODY else frozenset()


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, folded."""
    words = (_fold(match[0]) for match in _WORD.finditer(text))
    return frozenset(word for word in words if sum(map(str.isalpha, word)) >= _LEAST_LETTERS) - _ANYWHERE


def is_about_the_same(title: str, body: frozenset[str]) -> bool:
    """Whether a line shares words with a body's: at least two."""
    return len(words_of(title) & body) >= _LEAST_WORDS
