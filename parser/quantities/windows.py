"""Windows of time: how a length of time lies to an event, and the event.

within 28 days prior to enrollment or after       before, "enrollment"
in the past 3 months                              within, no event
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from parser.model.codes import WindowRelation
from parser.quantities.tokens import QuantityToken

_DIRECTIONS: dict[str, WindowRelation] = {"BEFORE": "before", "AGO": "before", "AFTER": "after", "SINCE": "since"}
_INSIDE = frozenset({"WITHIN", "LAST", "DURING"})
_BEFORE_EVENTS = _INSIDE | {"UNTIL"}
_LEADS = _INSIDE | {"FOR", "UNTIL"}

# Words at which an anchor ends: another clause, another condition, a parenthesis.
_ANCHOR_END = re.compile(
    r"""[\s,;:()\[\].](?:(?<=[,;:()\[\]])|(?<=\.)(?=\s|$)|(?<=\s)(?:-\s|
    (?:or|and)\s(?=(?:is|are|was|were|has|have|had|not|no|who|with|without|must|should|any|will|a|in|at|within|during|for|
        after|before|prior|until|use|used|using|have|having|received|receiving|treated|history|known|current|currently|previous|
        any|those|patients|subjects|participants|women|men|agree|willing|willingness|able|unable|[a-z]+ing|[<>≥≤\d]|at\sleast|
        greater|more|less|up\sto)\b)|
    (?:and/or|but|who|whom|whose|that|which|unless|except|excepting|provided|if|when|while|where|with|without|will|would|should|must|can|
        may|is|are|was|were|has|have|had|be|been|for|as|because|due|until|throughout|regardless|using|whichever|whether|
        defined|confirmed|requiring|including|per|by|within|at)(?=\s|$)))""",
    re.VERBOSE,
)
_JOINED = re.compile(r"\s(?:or|and)\s")
_LONGEST_ANCHOR = 120
_LONGEST_SECOND = 4
_NO_EVENT = re.compile(r"(?:and|or|but|that|this|if|then|as|by|in|at|is|are|was|were|has|have|which|who)\b")


class WindowPlace(Struct, frozen=True, gc=False):
    """The window of a length of time: relation and the event's offsets; `end` is where the phrase ends."""

    relation: WindowRelation
    anchor: tuple[int, int] | None
    start: int
    end: int
    inside: bool  # A length without a comparator is the longest that it may be.


def window_of(
    low: str, lead: Sequence[QuantityToken], tail: Sequence[QuantityToken], start: int, end: int
) -> WindowPlace | None:
    """The window of a length of time between two offsets of a text in lower case, or None if it has none."""
    if not lead and not tail:
        return None
    before = [token for token in lead if token.terminal in _LEADS]
    behind = total = of = None
    for token in reversed(tail):
        if token.terminal in _DIRECTIONS:
            behind = token
        elif token.terminal == "TOTAL":
            total = token
        elif token.terminal == "OF":
            of = token
    if not behind and len(before) == 1 and low[before[0].start : before[0].end] == "in":
        # `three doses in four weeks`, `women in 30 weeks of gestation` are not windows.
        before = []
    if not (before or behind or total):
        return None
    leads = {token.terminal for token in before}
    begin = min([start, *[token.start for token in before]])
    if behind:
        anchor = None if behind.terminal == "AGO" else anchor_at(low, behind.end)
        finish = anchor[1] if anchor else behind.end
        return WindowPlace(_DIRECTIONS[behind.terminal], anchor, begin, finish, not leads.isdisjoint(_BEFORE_EVENTS))
    finish = total.end if total else end
    if "UNTIL" in leads:
        return WindowPlace("until", None, begin, finish, True)
    if "WITHIN" in leads or "LAST" in leads:
        anchor = anchor_at(low, of.end) if of else None
        return WindowPlace("within", anchor, begin, anchor[1] if anchor else finish, True)
    return WindowPlace("for", None, begin, finish, False)


def anchor_at(low: str, at: int) -> tuple[int, int] | None:
    """The event named at an offset of a text in lower case: a noun phrase, up to a mark or a word of another clause."""
    limit = min(len(low), at + _LONGEST_ANCHOR)
    while at < limit and low[at] in " -":
        at += 1
    if _NO_EVENT.match(low, at):
        return None
    match = _ANCHOR_END.search(low, at, limit)
    end = match.start() if match else limit
    words = low[at:end].split()
    joined = _JOINED.search(low, at, end) if "or" in words or "and" in words else None
    if joined and len(low[joined.end() : end].split()) > _LONGEST_SECOND:
        # Of `surgery or baseline` both are the event; more words are another condition.
        end, match = joined.start(), joined
    if not match and limit < len(low):
        # The reach ends inside of a word.
        end = max(low.rfind(" ", at, limit), at)
    while end > at and (low[end - 1].isspace() or low[end - 1] in ".*-"):
        end -= 1
    return (at, end) if any(map(str.isalpha, low[at:end])) else None
