"""Lists of an export whose line ends were lost.

... criteria: • Age • Sex                      bullets
1. Age2. Sex3. Weight < 704.\tConsent          numbers that follow each other
at screening:- Infarction- Stroke              dashes after a colon
the last visit:Female patients ... contraception.They are ...     a sentence that begins where another ends
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

# `o` before a tab is a bullet of a word processor.
_BULLET = re.compile(r"[ \t]{0,20}([•●▪]|(?<!\bN)o(?=\t))[ \t]*")
_LEAST_BULLETS = 2

_LEAST_NUMBERED = 3
# Lists skip numbers where items were taken out.
_MOST_SKIPPED = 6
# A marker, or what may be the end of a number and a marker: `25` and `3.` in `253. Consent`.
_NUMBER = re.compile(r"(?P<digits>\d{1,6})[.)](?P<tab>\t)?(?=[ \t]*\S)")
# `7.5`, and the code of a row: `E.3`.
_WITHIN = re.compile(r"(?:\d[.,]|(?<![^\W\d_])[^\W\d_]\.)\Z")
_CAPITAL = re.compile(r"\s{1,9}[A-Z]")
_LEAST_TABBED = 3

_DASH_LIST = re.compile(r"[:;.][ \t]?-[ \t]+\S")
_DASH = re.compile(r"(?:(?<=[^\s-])|(?<![ \t])[ \t]+)-[ \t]+(?=[A-Z])")

_JOINED_SENTENCES = re.compile(r"(?<=[a-z]{3}[.:;])(?=[A-Z][a-z]+ )")


def with_line_ends(text: str) -> str:
    """A list whose line ends were lost, with an item a line; a text that has line ends as it is.

    Its words stay as they are.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        return text
    text = "\n".join(_with_dashes(part) for part in _numbered(text))
    if len(_BULLET.findall(text)) >= _LEAST_BULLETS:
        text = _BULLET.sub("\n\\1 ", text)
    text = _JOINED_SENTENCES.sub("\n", text)
    return "\n".join(filter(str.strip, text.split("\n")))


def _numbered(text: str) -> list[str]:
    """A text cut before the numbers of its items; whole, where too few follow each other."""
    places = _MarkerCandidates(text)
    starts: list[int] = []
    number = at = 0
    while found := places.next_of(number + 1, at, _MOST_SKIPPED if starts else 0):
        number, start = found
        starts.append(start)
        at = start + 1
    if len(starts) < _LEAST_NUMBERED:
        return [text]
    return [text[start:end].rstrip() for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


class _MarkerCandidates:
    """Where each number may be a marker in a text: for certain, and where digits are right before it."""

    def __init__(self, text: str) -> None:
        self._certain: dict[int, list[int]] = defaultdict(list)
        self._possible: dict[int, list[int]] = defaultdict(list)
        found = list(_NUMBER.finditer(text))
        # Where markers have tabs, a number before a tab is one whatever is before it.
        tabbed = sum(match["tab"] is not None for match in found) >= _LEAST_TABBED
        for match in found:
            start, end = match.span("digits")
            follows = text[end + 1]
            for at in range(start, end):
                if text[at] == "0" or (tabbed and not match["tab"]):
                    continue
                number = int(text[at:end])
                if tabbed or (at == start and not _is_within_number(text, at) and not follows.isdigit()):
                    self._certain[number].append(at)
                elif at > start and follows.isspace() and _CAPITAL.match(text, end + 1):
                    self._possible[number].append(at)

    def next_of(self, number: int, at: int, most_skipped: int) -> tuple[int, int] | None:
        """The next number of a list and its place, or the one after it where that is missing."""
        for wanted in range(number, number + most_skipped + 1):
            for places in (self._certain.get(wanted, []), self._possible.get(wanted, [])):
                index = bisect_left(places, at)
                if index < len(places):
                    return wanted, places[index]
        return None


def _is_within_number(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isdigit() or _WITHIN.search(text, max(0, at - 2), at) is not None)


def _with_dashes(item: str) -> str:
    return _DASH.sub("\n- ", item) if _DASH_LIST.search(item) else item
