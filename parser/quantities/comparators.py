"""Comparators as values: a direction, whether the bound itself is in, and a negation that turns both round.

at least, ≥, equal to or greater than          +1, in
exceeding, > (>)                               +1, not in
must not be greater than, cannot exceed        -1, in: the opposite of +1, not in
not later than 28 days before                  later is less before an event, and more after it

Those in front of a value are read in the text in lower case.
"""

from __future__ import annotations

import re
from functools import cache

from parser.quantities.tokens import Comparator, QuantityToken
from parser.quantities.words import WORDS

ABOUT = Comparator(0, True)

_MORE = (
    "greater|more|higher|older|longer|larger|bigger|heavier|taller|thicker|deeper|wider|farther|superior|above|over|beyond"
    r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|in excess of|upwards of"
)
_LESS = (
    "less|lesser|lower|fewer|younger|shorter|smaller|lighter|thinner|shallower|narrower|inferior|below|under|underneath"
    "|short of"
)
_QUALITY = "better|worse"
_LATER, _EARLIER = "later", "earlier|sooner"
# These say with which number they compare by themselves; an adjective needs `than`, an `or equal`, or a figure at once.
_ALONE = WORDS["comparators_alone"]
_VERBS = ("exceed", "surpass", "in excess", "upwards", "short of")

_SIGN = r"(?:[≥≤≮≯≰≱](?: ?\/? ?=)?(?: to)?|[<>] ?\/? ?=|= ?\/? ?[<>]|[<>] ?or ?=(?: to)?|= ?or ?[<>]|[<>]+(?: than)?)"
_EQUAL = r"(?:equals?|equal(?:ing|ling)|same|identical)(?: (?:to|than|as))?"
_SAME_BEFORE = rf"(?:{_EQUAL}|at|on|meets?|meeting|reach(?:es|ing)?|reached)(?: or |\/| and\/or |, or )"
_SAME_AFTER = rf"(?:,? ?(?:or|and|and\/or)|\/) ?(?:is |are |at )?(?:the )?{_EQUAL},?| {_EQUAL}"
_LEAST = (
    r"at (?:the )?(?:very )?least|at (?:a|the) minimum(?: of)?|(?:an? )?minimum(?: (?:of|is))?|min\.|as (?:little"
    r"|few|low) as"
)
_MOST = (
    r"at (?:the )?(?:very )?most|at (?:a|the) maximum(?: of)?|(?:an? )?(?:maximum|maximal)(?: (?:of|is|dose of))?"
    r"|max\.|up ?to"
    r"(?: and including| a (?:maximum|total)(?: of)?)?|up until|as (?:much|many|high) as|not to exceed"
)
_BRIDGE = rf"(?:{'|'.join(sorted(WORDS['bridges'], key=len, reverse=True))})"
_NEGATION = (
    rf"(?P<no>(?:cannot|can not|not|never|nor|neither|without|[a-z]{{2,6}}n't)(?: {_BRIDGE}){{0,4}} |no (?:any )?)"
)
_AGE = r"(?: (?:the )?ages?(?: of)?(?![a-z]))?"
_RESTATED = r"(?: ?[(\[] ?(?:[<>≤≥] ?=?|= ?[<>]) ?[)\]])?"

_COMPARATOR = re.compile(
    rf"{_NEGATION}?(?:(?P<sign>{_SIGN})(?P<equal_sign> ?(?:or )?{_EQUAL})?"
    rf"|(?P<same>{_SAME_BEFORE})?(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<later>{_LATER})"
    rf"|(?P<earlier>{_EARLIER})|(?P<good>{_QUALITY}))"
    rf"(?P<than> (?:than|then)|(?<=ior) to|(?(same) to"
    rf"|(?!)))?(?: ?\((?P<inner>[<>≥≤]=?)\))?(?P<equal>{_SAME_AFTER})?(?![a-z])"
    rf"|(?P<least>{_LEAST})(?: or {_EQUAL})?(?![a-z])|(?P<most>{_MOST})(?: or {_EQUAL})?(?![a-z]))"
    rf"{_AGE}{_RESTATED}"
)
_OVER_TIME = re.compile(r"over (?:an?|the(?! age)|\d+ of) ")
_FIGURE = re.compile(r" ?[\d>≥<≤(]")

# After the value: `18 years or older`, `5 minimum`.
_NOUN_NEXT = (
    r" (?!(?:and|or|of|at|for|in|on|to|with|who|are|is|years?|will|must|can|prior|before|after|as|by)\b)(?-i:[a-z])"
)
_POST = re.compile(
    rf",? ?(?:(?:or|and|and/or|&|/) ?(?:is )?(?:(?P<up>more|older|above|greater|higher|longer|larger|bigger|heavier"
    rf"|taller|thicker|up(?! to\b)|upwards?|over(?!{_NOUN_NEXT})"
    rf"|beyond|onwards?)|(?P<down>less|younger|below|lower|fewer|under(?!{_NOUN_NEXT})|shorter|smaller|lighter)"
    rf"|(?P<good>better|worse))"
    r"(?! ?(?:(?:than|then|equal|severe|frequent)\b|\d|(?:the )?age))"
    r"|(?:(?P<least>minimum|min\.?|at (?:a )?minimum|at (?:the )?least)|(?P<most>maximum|max\.?|at (?:the )?most))"
    r"(?! ?(?:of |age|required|period|scores? |values? |total |\d|[<>≤≥=]"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|half|a |an |once"
    r"|twice)))(?![a-z0-9])",
    re.I,
)
_LESS_IS_BETTER = re.compile(
    r"\b(?:ecog|who|zubrod|nyha|asa|ccs|mrs|rankin|edss|grades?|class|performance status|ps)\b", re.I
)
_MORE_IS_BETTER = re.compile(
    r"\b(?:lvef|ejection|[tz][- ]?scores?|e?gfr|karnofsky|kps|lansky|fev1?|acuity|spo2|saturation|clearance"
    r"|deviation)\b",
    re.I,
)


# `does not have an ANC <`: what somebody does not have, in a few words. What a history has not is not turned round.
_NOT_HAD = re.compile(
    r"(?:\bnot|\bnever|n't) have (?:an? |any )?(?:(?!(?:histor(?:y|ies)|evidence|prior|known|previous|had|and|or|but"
    r"|who|whose|with|if|unless|for|in|within|to|at|plus|since|after|before) )[a-z0-9-]+ ){1,4}\Z"
)

# `no patient older than`, `no dose may exceed`, `at no time may it exceed`.
_NONE_OF_IT = re.compile(
    r"\b(?:without(?: any)?|(?:not|nor|never) (?:have|has|had|have had) an?) [a-z-]+ \Z"
    r"|\bno (?!evidence|history|prior|known|change|sign)(?:(?!for |of |in |with |at |on |to |by )[a-z-]+ ){1,2}"
    r"(?:(?:may|should|can|must|shall|will|to|allowed to) ?(?:be )?|that )?\Z"
    r"|\bat no (?:time|point) [a-z ]{0,30}\Z"
)



def comparator_at(low: str, at: int) -> QuantityToken | None:
    """The comparator that begins at an offset of a text in lower case."""
    match = _COMPARATOR.match(low, at)
    if not match or (low.startswith("-", at - 1) and low[max(0, at - 2) : at - 1].isalpha()):
        # `cross-over`
        return None
    sign = match["sign"]
    value = _of_sign(sign + "=" if match["equal_sign"] else sign) if sign else _of_words(low, match)
    if value and (match["no"] or _is_negated(match, low[max(0, at - 70) : at])):
        value = value.negated()
    return QuantityToken("COMPARATOR", at, match.end(), comparator=value) if value else None


def _is_negated(match: re.Match[str], front: str) -> bool:
    """Whether a comparator is of what somebody does not have, or of nothing: `no dose may exceed`."""
    if "no" not in front and "n't" not in front and "never" not in front and "without" not in front:
        return False
    word = match["more"] or match["less"] or ""
    plain = match["than"] or word.startswith(("exceed", "above", "below"))
    return bool(_NOT_HAD.search(front) or (plain and _NONE_OF_IT.search(front)))


def _of_words(low: str, match: re.Match[str]) -> Comparator | None:
    """The comparator of a match without its negation."""
    if match["least"] or match["most"]:
        return Comparator(1 if match["least"] else -1, True)
    word = match["more"] or match["less"] or match["later"] or match["earlier"] or match["good"]
    equal = bool(match["same"] or match["equal"] or not {"≥", "≤", "="}.isdisjoint(match["inner"] or ""))
    direct = word in _ALONE or word.startswith(_VERBS)
    if not (direct or match["than"] or match["equal"]) and not _FIGURE.match(low, match.end()):
        return None
    if word == "over" and _OVER_TIME.match(low, match.start("more")):
        return None
    by_anchor = bool(match["later"] or match["earlier"])
    if by_anchor and not match["than"] and not match["equal"]:
        return None
    if match["good"]:
        near = low[max(0, match.start() - 60) : match.end() + 20]
        return Comparator(_of_quality(word, near), equal) if match["than"] else None
    return Comparator(1 if match["more"] or match["later"] else -1, equal, by_anchor)


def _of_quality(word: str, near: str) -> int:
    """Whether better or worse is more: that depends on the scale in front; without one, worse is more."""
    if word.lower() == "better":
        return -1 if _LESS_IS_BETTER.search(near) else 1
    return -1 if _MORE_IS_BETTER.search(near) else 1


@cache
def _of_sign(sign: str) -> Comparator:
    if sign[0] in "≮≯≰≱":
        return Comparator(1 if sign[0] in "≮≰" else -1, sign[0] in "≮≯")
    more = ">" in sign or "≥" in sign
    return Comparator(1 if more else -1, not set(sign).isdisjoint("=≥≤") or "or" in sign)


def comparator_behind(text: str, at: int) -> QuantityToken | None:
    """The comparator right after a value: `18 years or older`."""
    match = _POST.match(text, at)
    if not match:
        return None
    direction = 1 if match["up"] or match["least"] else -1
    if match["good"]:
        near = text[max(0, at - 60) : at + 40]
        direction = _of_quality(match["good"], near)
    return QuantityToken("POST", at, match.end(), comparator=Comparator(direction, True))


STARTS = WORDS["comparators"]
"""The words that a comparator can begin with; those of a negation in `n't` aside."""
