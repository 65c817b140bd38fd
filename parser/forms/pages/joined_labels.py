"""Labels of a registry's page with their values on one line, after a single blank or after nothing.

Recruitment status Recruiting
Target sample size270
SexAll
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parser.lines import Line

# After these words of a sentence what is before them is its subject.
_VERBS = "is|are|was|were|has|have|had|will|would|should|shall|must|may|can|could|do|does|did"
_SMALL = "of|and|or|in|for|to|with|without|that|which|who|by|on|at|as|from|than|after|before|during|per"
_LEAST = 3
_ADDRESS = re.compile(r"[\w.+-]{1,64}@\w|https?:|www\.")


class JoinedLabels:
    """The labels of a form as the page prints them; a label in other letters is a word of a sentence."""

    def __init__(self, labels: Iterable[str]) -> None:
        labels = set(labels)
        self.with_colon = frozenset(label.lower() for label in labels if ":" in label)
        longest = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        self._pattern = re.compile(
            rf"({longest})(?:(?P<blank>[ \xa0])(?!(?:{_VERBS}|{_SMALL})\b)(?=[^\s|])|(?=[^\W_a-z]|[(<>=≤≥]))"
        )

    def find(self, text: str, start: int, *, loose: bool, repeats: str = "") -> tuple[str, int] | None:
        """The label at a place, and where its value begins.

        A label of one word counts only if `loose`, where the page is known to join labels and values. A value in
        small letters is more likely the rest of a sentence: it counts after a label of several words if `loose`, and
        after one that `repeats` a heading without text.
        """
        match = self._pattern.match(text, start)
        if match is None:
            return None
        label, end = match[1], match.end()
        several = " " in label
        is_small = text[end].islower() and not _ADDRESS.match(text, end)
        if label == repeats and loose:
            return label, end
        if several:
            return (label, end) if loose or not is_small else None
        # A digit after a word without a blank is that of an id.
        is_value = not is_small and (match["blank"] or text[end].isupper())
        return (label, end) if loose and is_value else None


def joins_labels(labels: JoinedLabels, lines: Iterable[tuple[Line, int]]) -> bool:
    """Whether a page has its values on the lines of their labels: `lines` are those that are no labels as a whole."""
    found: set[str] = set()
    for label in _found(labels, lines):
        found.add(label)
        if len(found) >= _LEAST:
            return True
    return False


def _found(labels: JoinedLabels, lines: Iterable[tuple[Line, int]]) -> Iterator[str]:
    for line, start in lines:
        if match := labels.find(line.text, start, loose=False):
            yield match[0]
