"""Whether lines may be the terms that a study is about, by how they are written.

Type 2 diabetes mellitus                    a term
The condition(s) this trial relates to.     a sentence, which is not one
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.values.age_line import read_ages

_MOST_WORDS = 12
_SENTENCE = re.compile(
    r"[a-z)]{3}[.!?]\Z|\(s\)|[a-z]{3}[.!?] "
    r"|(?<!\bwho )(?<!\bthat )\b(?:is|are|was|were|will|must|may|can|have|has|does|do|you|your|we|our|this"
    r"|these|those|here|which|please|click|view|read|learn|find|show|see)\b",
    re.IGNORECASE,
)


def are_terms(texts: Sequence[str]) -> bool:
    """Whether each of the texts may be a term: no sentence, no more words than terms have."""
    return bool(texts) and all(_is_term(text) for text in texts)


def _is_term(text: str) -> bool:
    ages = read_ages(text)
    is_limit = ages is not None and (ages.minimum or ages.maximum) is not None
    return len(text.split()) <= _MOST_WORDS and _SENTENCE.search(text) is None and not is_limit
