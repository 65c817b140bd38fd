"""The noun phrases next to a value: the words in front of it, or after it.

left ventricular ejection fraction < 40%         left ventricular ejection fraction
Cyclophosphamide, iv bolus ≥ 500 mg / month      Cyclophosphamide
more than 10 mg of prednisone                    prednisone

The words are used unchanged. Distant words are not used: a wrong subject is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from parser.quantities.words import (
    APART,
    ARTICLES,
    ASIDE,
    ASIDES,
    BORDER,
    CHANGES,
    CONNECTING,
    DOSE_LINKS,
    DOSE_STEPS,
    DOSES,
    DURATIONS,
    GIVEN,
    KINDS_OF_DOSE,
    LEADING,
    LEADING_BEHIND,
    LINKS,
    MEASURES,
    MEASURING,
    NOT_BEHIND,
    NOT_OF,
    OCCASIONS,
    PEOPLE,
    PLACED,
    SCALES,
    SIZES,
    TIMES,
    TRAILING_BEHIND,
    UNNAMED,
    WORDS,
)

_REACH = 110
_MOST_WORDS = 14

_WORD = re.compile(r"[^ ()\[\],;:=<>≥≤]+(?:\((?:e?s|ies)\))?|[()\[\],;:=<>≥≤]")
_SENTENCE = re.compile(r"[;?!.*·-](?:(?<=[;?!])|(?<=[a-z)\]]\.)\s|(?<=\s[-*·])(?<![a-z)\]]\.\s.)\s)")
_WORDS = re.compile(r"[a-z]+")
# A verb after a noun, as in `recovery defined as`; and words with the same ending that are not verbs.
_PARTICIPLE = re.compile(
    r"(?!aged|need|speed|bed|blood|seed|feed|weed|bleed|red|unmed|\w+(?:seed|feed|weed)\Z)[A-Za-z][a-z]+ed"
)
_NUMBER = re.compile(r"[a-z]\d|\d[\d.,]*(?:[x×%]|\Z)")
_CUT = re.compile(r"[^/\d]+(?=/\d)")
_DOSE_OF = re.compile(r"(?:\s[\w-]+){0,3}\s(?:dose|doses|dosage)(?=\s+of\s)", re.I)
_OF = re.compile(r"(?:\s?\([^()]{1,40}\)|\))?\s*of\s+(?:the following\s+|these\s+|\d[\d.]*\s?%\s+)?", re.I)
_STOPS = ".,;:()[]"
_PARTS = re.compile(r"\+\Z|[A-Z]?[a-z]{4,}-\Z")
# What ends a noun phrase that is measured by itself.
HEADS = frozenset({"value", "values", "number"})
# Abbreviations of how often belong to the dose before.
LATIN = WORDS["latin"]
_DEFINED = re.compile(
    r"(?:will |to |can |must |shall )?(?:be |is |are |was |were )?(?:defined|considered|described|classified"
    r"|regarded|specified) (?:as|by) ?\Z",
    re.I,
)
_OF_DAYS = re.compile(r"[dD]\d{1,2}(?:-\d{1,2})?,?\Z")
_LIMIT = re.compile(
    r"(?:less|lower|greater|more|higher|below|above|under|over|≤|<|>|≥) ?(?:than |or equal to )*(?:the )?(?:lower"
    r"|upper) limits? of normal(?: range)? ?[(\[] ?\Z",
    re.I,
)
# What `_LIMIT` and `_DEFINED` end with: they are looked for only behind such a text.
_BEHIND_ASIDE = ("as", "by", "as ", "by ", "(", "[", "( ", "[ ")


class _Token(Struct, frozen=True, gc=False):
    """A word or a sign; `low` is how it is looked up."""

    text: str
    start: int
    low: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def subject_before(text: str, low: str, floor: int, start: int, ages: bool = False) -> tuple[int, int] | None:
    """The words in front of text[start] that its value belongs to, not further left than `floor`.

    With `ages`, only words for what is measured in time: an age, a duration, an expectancy of life. `low` is the text
    in lower case.
    """
    floor = max(floor, start - _REACH)
    if ages and not _has_duration(low, floor, start):
        return None
    floor = _sentence_start(text, floor, start)
    if low.endswith(_BEHIND_ASIDE, floor, start):
        start = _aside_start(text, floor, start)
    tokens = _tokens(text, floor, start)
    found = _phrase(text, tokens) if tokens else None
    return found if found and (not ages or _has_duration(low, *found)) else None


def _has_duration(low: str, start: int, end: int) -> bool:
    words = low[start:end].split()
    if not DURATIONS.isdisjoint(words):
        return True
    # `half-life,`
    joined = " ".join([word for word in words if not word.isalpha()])
    return bool(joined) and not DURATIONS.isdisjoint(_WORDS.findall(joined))


def _aside_start(text: str, floor: int, start: int) -> int:
    """Where `less than the lower limit of normal (` or `will be defined as` begins, if one ends at `start`."""
    near = text[max(floor, start - 14) : start]
    aside = _LIMIT if "normal" in near or "range" in near else _DEFINED if "as " in near or "by " in near else None
    match = aside.search(text, floor, start) if aside else None
    return match.start() if match else start


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    """The words and signs of text[start:end]; most words are between blanks."""
    tokens: list[_Token] = []
    for word in text[start:end].split(" "):
        if word.isalnum():
            tokens.append(_Token(word, start, word.lower()))
            start += len(word)
        elif word:
            for part in _WORD.findall(word):
                tokens.append(_Token(part, start, part.lower().rstrip(".")))
                start += len(part)
        start += 1
    return tokens


def links_only(text: str, dose: bool = False) -> bool:
    """Whether only links are between two values, so that both have the same subject.

    With `dose`, the words of a dose (`or a total dose of`) are links, too.
    """
    links = DOSE_LINKS if dose else LINKS
    for match in _WORD.finditer(text):
        token = match.group()
        if token not in ",:;=([/-" and token.lower().rstrip(".") not in links:
            return False
    return True


def _sentence_start(text: str, floor: int, start: int) -> int:
    for match in _SENTENCE.finditer(text, floor, start):
        floor = match.end()
    while 0 < floor < start and text[floor - 1].isalnum() and text[floor].isalnum():
        floor += 1
    return floor


def _drop_between(tokens: list[_Token]) -> list[_Token]:
    """Take off what links a subject to its value; what was taken off, the last first."""
    dropped: list[_Token] = []
    while tokens:
        last = tokens[-1]
        if (
            last.low in CONNECTING
            or last.text in ",:=([<>≥≤-–x×"
            or (last.low[:1] == "d" and _OF_DAYS.match(last.text))
            or last.low.startswith(("once", "twice"))
        ):
            dropped.append(tokens.pop())
        elif last.text in ")]" and (bracket := _bracket(tokens[:-1])) and any(token.low in GIVEN for token in bracket):
            # `infusion (IV, given by vein) at a dose of`
            del tokens[-len(bracket) - 1 :]
        elif (last.text.isdigit() and dropped and dropped[-1].low == "times") or (last.low == "or" and len(tokens) > 1):
            dropped.append(tokens.pop())
        else:
            break
    return dropped


def _phrase(text: str, tokens: list[_Token]) -> tuple[int, int] | None:
    """The noun phrase that ends the tokens, links to a value dropped; the word for a dose where there is no other."""
    dropped = _drop_between(tokens)
    doses = [token for token in dropped if token.low in DOSES] if dropped else dropped
    if tokens and tokens[-1].low in MEASURING:
        return tokens[-1].start, tokens[-1].end
    found = _noun_phrase(text, tokens, doses[-1] if doses else None)
    if found is None and doses:
        first = doses[-1]
        while dropped and dropped[-1] is not first:
            word = dropped.pop()
            if word.low in SIZES:
                return word.start, first.end
        return first.start, first.end
    return found


def _noun_phrase(text: str, tokens: list[_Token], dose: _Token | None) -> tuple[int, int] | None:
    if dose and tokens and tokens[-1].low in KINDS_OF_DOSE and text[tokens[-1].end : dose.start].isspace():
        # `the lowest dose` is one thing, `prednisone dose` is about prednisone.
        tokens.append(dose)
    kept: list[_Token] = []
    while tokens and len(kept) < _MOST_WORDS:
        token = tokens.pop()
        if token.text.isalpha() and token.low not in BORDER and token.text not in LATIN:
            kept.append(token)
        elif token.text in ")]":
            opened = _bracket(tokens)
            if opened is None:
                break
            if not _abbreviates(opened, tokens):
                if kept:
                    break
                continue
            kept += [token, *reversed(opened)]
        elif token.text == "," and _lists(tokens, kept):
            kept.append(token)
        elif token.text in "([,;:=<>≥≤" or (
            kept and (token.text in LATIN or (token.text[-1] in "+-" and _PARTS.match(token.text)))
        ):
            # `Hematological- Hb`, `400 mg BID + pembrolizumab`
            break
        elif token.low in BORDER and not _joins(token, tokens, kept):
            placed = token.low in PLACED and bool(kept) and kept[0].low in ASIDES
            if token.low == "on" and len(kept) == 1 and _is_code(kept[0].text):
                # `DBP on AOBPM` is measured by it; a scale, `pain on VAS`, is part of the name.
                placed = kept[0].low not in SCALES
                if not placed:
                    kept.append(token)
                    continue
            if (placed or token.low in ASIDE) and (aside := _before_aside(text, tokens)):
                return aside
            break
        else:
            kept.append(token)
    kept = _trimmed(kept)
    for token in kept:
        if token.low not in UNNAMED and _named(token):
            start, end = kept[-1].start, kept[0].end
            whole = text[start] == "(" and text.find(")", start, end) == end - 1
            return (start + 1, end - 1) if whole else (start, end)
    return None


def _lists(before: Sequence[_Token], kept: Sequence[_Token]) -> bool:
    """Whether a comma is between abbreviations: `ALT, AST, or GGT`."""
    named = next((token for token in reversed(kept) if token.low not in ("and", "or", "and/or")), None)
    return named is not None and named.text.isupper() and bool(before) and _alike(before[-1], named)


def _trimmed(kept: list[_Token]) -> list[_Token]:
    """A phrase, its last word first, without verbs after it and without what is not measured in front of it."""
    while kept and kept[0].text.endswith("ed") and _PARTICIPLE.fullmatch(kept[0].text):
        del kept[0]
    for index in range(1, len(kept)):
        token = kept[index]
        dose = token.low in DOSES and kept[index - 1].low not in DOSE_STEPS
        if token.low in PEOPLE or dose or token.text in ("a", "an"):
            # `patients aged`, `high dose aspirin`
            del kept[index:]
            break
    while kept and (kept[-1].low in LEADING or kept[-1].text in "-*/&+" or kept[-1].low.isdigit()):
        kept.pop()
    if kept and kept[0].low in TIMES:
        # `> 2 in 6 months or > 3 in 12 months`
        return []
    if len(kept) == 1 and kept[0].low.endswith("ing") and kept[0].text != "Fasting":
        return []
    return kept


def _named(token: _Token) -> bool:
    return token.text.isalpha() or any(map(str.isalpha, token.text))


def _bracket(tokens: list[_Token]) -> list[_Token] | None:
    """Take the inside of a bracket, and what opens it, off the tokens."""
    inside: list[_Token] = []
    while tokens:
        token = tokens.pop()
        inside.insert(0, token)
        if token.text in "([":
            return inside
    return None


def _abbreviates(bracket: Sequence[_Token], before: Sequence[_Token]) -> bool:
    """Whether a bracket holds another name of what is in front of it: a short one, or that of a short one."""
    words = [token for token in bracket if _named(token)]
    if (
        before
        and before[-1].text.isupper()
        and len(before[-1].text) <= 6
        and all(map(str.isalpha, "".join(word.text for word in words)))
    ):
        return 0 < len(words) <= 8
    if any(token.text[0].isdigit() or token.text in "<>≥≤=" for token in bracket):
        return False
    return 0 < len(words) <= 4 and not any(token.low in BORDER and token.low not in ("or", "and") for token in words)


def _joins(token: _Token, before: Sequence[_Token], kept: Sequence[_Token]) -> bool:
    """Whether a small word holds two parts of one name together: `AST and ALT`, `level of haemoglobin`."""
    if not before or not kept:
        return False
    previous = before[-1]
    if token.low == "of":
        # `anemia of absolute neutrophil value`: what measures by itself is not of another thing.
        own = kept[0].low in HEADS or (len(kept) == 1 and _is_code(kept[0].text))
        return previous.low not in NOT_OF and _named(previous) and (not own or previous.low in MEASURES)
    if token.low == "in":
        measured = previous.low in CHANGES or any(word.low in MEASURES for word in before[-5:])
        return measured and kept[-1].low not in ASIDES and previous.low not in OCCASIONS
    if token.low == "to":
        return len(before) > 2 and any(word.low in ("ratio", "response", "time") for word in (*before[-4:], *kept))
    if token.low in ("and", "or", "and/or", "/or"):
        if token.low == "/or" or (previous.low == "and" and kept[-1].low == "/or"):
            return True
        if previous.text == "," and len(before) > 1:
            return _alike(before[-2], kept[-1]) and kept[-1].text.isupper()
        return _alike(previous, kept[-1]) or (previous.text == ")" and kept[0].text == ")")
    return False


def _is_code(word: str) -> bool:
    """Whether a word is a substance's code or an abbreviation: `ABI-007`, `DHI`."""
    return len(word) > 2 and word.isupper() and (word.isalpha() or "-" in word)


def _alike(one: _Token, other: _Token) -> bool:
    """Whether two words are of the same kind, by their form: two abbreviations, or two adjectives."""
    if one.low in PEOPLE or other.low in PEOPLE:
        return False
    if one.text.isupper() and other.text.isupper():
        return True
    ends = ("ent", "ic", "al", "ine", "ase", "ases", "ils", "ets", "in", "ed", "oid", "ive")
    if any(one.low.endswith(end) and other.low.endswith(end) for end in ends):
        return True
    return one.low.endswith(("ing", "ed")) and other.low.endswith(("ing", "ed"))


def _before_aside(text: str, tokens: Sequence[_Token]) -> tuple[int, int] | None:
    """What is before `at screening`, `on room air`, `in men`: only there is what is measured."""
    rest = list(tokens)
    if not rest or rest[-1].low in APART:
        return None
    return _phrase(text, rest)


def subject_behind(text: str, end: int, *, of: bool, dose: bool = False) -> tuple[int, int] | None:
    """The noun phrase after a value: `of prednisone`, or, without `of`, what follows at once.

    With `dose`, the word for it may be between: `1 mg SC weekly dose of semaglutide`.
    """
    if dose and (match := _DOSE_OF.match(text, end)):
        end = match.end()
    match = _OF.match(text, end)
    if (match is not None) != of:
        return None
    kept: list[_Token] = []
    for found in _WORD.finditer(text, match.end() if match else end, end + _REACH):
        word, begin = found[0], found.start()
        low = word.lower().rstrip(".")
        if word == "(" and kept and (closed := text.find(")", found.end(), found.end() + 30)) > 0:
            if re.search(r"(?<![A-Za-z])\d", text[begin:closed]):
                # `dexamethasone (8 mg)`
                break
            kept.append(_Token(text[begin : closed + 1], begin, ""))
            break
        if word == "A" and kept and kept[-1].text[0].isupper():
            kept.append(_Token(word, begin, "A"))
            continue
        # `225 mg/1.5 mL`: what it is dissolved in.
        if word in "()[],;:=<>≥≤" or word[0] == "/" or low in NOT_BEHIND or (low == "of" and not kept):
            break
        if _NUMBER.match(word):
            break
        if not kept and low in LEADING_BEHIND:
            continue
        cut = _CUT.match(word)
        token = _Token(cut[0], begin, cut[0].lower()) if cut else _Token(word, begin, low)
        kept.append(token)
        if len(kept) > 1 and _PARTICIPLE.fullmatch(token.text):
            kept.pop()
            break
        if token.text[-1] in ".," or cut or len(kept) == _MOST_WORDS:
            break
    while kept and (kept[-1].low in TRAILING_BEHIND or kept[-1].text in ARTICLES or kept[-1].text == "/"):
        kept.pop()
    if not any(map(_named, kept)) or all(token.low in UNNAMED for token in kept):
        return None
    last = kept[-1]
    return kept[0].start, last.end if last.text[0] == "(" else last.start + len(last.text.rstrip(_STOPS))
