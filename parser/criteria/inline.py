"""Enumerators inside a line: lists that were run together.

b. At least one of the following: i- Cyclophosphamide ii- Azathioprine      i- and ii- are children of b.
2. Adequate organs: a) liver b) kidneys; 3. Consent                         3. continues the list of 2.

• Adults • Consent                                                          bullets, where they have no other meaning
- Adults - Consent - ECOG 0-1                                               dashes, unless they mark asides
* 1. Adults 2. Consent                                                      only a list: items of the bullet's list

A run must begin with its first ordinal and continue with the next ones. Lookalikes stay text: `vitamin
b.`, `Visit 1. If`, `criteria (1), (4) and one of (2) or (3)`, `(a) or (b)`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from msgspec import Struct

from parser.criteria.markers import Marker, read_marker, same_ordinals
from parser.source import trimmed

# A number, a letter, a Roman number; and what is behind the bracket that opens around one.
_ORDINAL = r"(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{2,6})"
_BRACKETED = rf"\s?{_ORDINAL}\\?[)\]）]"
# What may precede an enumerator, white space or what ends a clause; and how one begins. Nearly all other words
# are ruled out by their first two letters, which are not those of a Roman number.
_PLACE = re.compile(
    r"[\s;:,.)\]–—；：，。、-](?![a-hjkm-uwyzA-HJKM-UWYZ][A-Za-z])"
    rf"(?=[①-⒛•▪●■►▶➢➤✓✔‣]|[(\[（]{_BRACKETED}|#\s?[0-9]|[IE]\s?[0-9]{{1,2}}[.):]|{_ORDINAL}\\?[.):）、．-])"
)
# Words that take a number or a letter, so that no item begins after them: `grade 3.`, `vitamin b.`, `Visit 1. If`.
_TAKES_ANY = (
    r"grades?|stages?|types?|class|classes|phases?|parts?|cohorts?|groups?|arms?|steps?|tables?|figures?|sections?"
    r"|hepatitis|vitamins?|factors?|categor(?:y|ies)|criteri(?:on|a)|items?|aims?|appendix|proteins?|points?|options?"
    r"|influenza|complement|subtypes?|conditions?|to|through|than|e|i|v|vs"
)
_TAKES_DIGITS = (
    r"visits?|level|score|day|week|month|year|cycle|dose|numbers?|no|nos|line|period|version"
    r"|study|trial|question|least|most|of|age|aged|is|are|about|over|under|by|for|in|at|within|interleukin|chromosome"
    r"|exons?|ps|ecog|nyha|asa|ctcae|bullets?|max|minimum|maximum|equals?|was|be|with|the|a"
)
_BEFORE_LETTER = re.compile(rf"\b(?:{_TAKES_ANY})\.?\s*\Z", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s*\Z", re.IGNORECASE)
_BEFORE_DIGIT = re.compile(rf"\b(?:{_TAKES_ANY}|{_TAKES_DIGITS})\.?\s*\Z", re.IGNORECASE)
_BACK = 16
_LONGEST_ASIDE = 100
# Bullets that have no other meaning inside a line; a dash, an asterisk or a middle dot may have one.
_BULLETS = frozenset("•▪●■►▶➢➤✓✔‣")
# A dash or an asterisk between blanks, not between numbers (`18 - 65`, `2 * 10`), that words follow.
_DASH = re.compile(
    r"(?:(?<=\s)|(?<=[:：.;]))(?:(?<!\d\s)|(?=[-–—*·?]\s{0,3}[^\W\d_]))[-–—*·?]\s{0,3}(?=[^\W_]|[(\[<>≥≤\"“])"
)
# This search rules out most lines.
_DASH_HINT = re.compile(r"[-–—*·?](?<=[\s:：.;].)[\s\w(\[<>≥≤\"“]")
# What every enumerator and dash has that these find, so that a block is searched once, and then few of its items: the
# sign behind a letter, a number or Roman letters, what precedes a dash, a bracket around a few letters, a bullet.
_HINT = re.compile(
    rf"""[-.):）\]、．(\[（\#–—*·?•▪●■►▶➢➤✓✔‣①-⒛](?:
      (?:(?<=[^A-Za-z(][0-9A-Za-z].) | (?<=[0-9EivxlIVXL]{{2}}.) | (?<=\\.)) (?!(?<=-)[0-9]) | (?<=[\s:：.;][-–—*·?])
    | (?<=[(\[（])(?={_BRACKETED}) | (?<=[\#•▪●■►▶➢➤✓✔‣①-⒛])
    )""",
    re.VERBOSE,
)
# From this many dashes on, a line whose parts begin in lower case is a list; fewer may be asides.
_MANY_DASHES = 3

# The fewest items of a run that begins with a later number than the second.
_LATE = 3
# The most lists that are open at once; beyond that the oldest candidate is dropped.
_MOST_OPEN = 8
_WORDS = re.compile(r"[^\W\d_]{2,}")
_CONNECTS = frozenset("and or to of in but not nor the with only both above criteria from one as".split())  # noqa: SIM905
_LEADS = re.compile(r"[:：]\s*\Z")
_SENTENCE_ENDS = re.compile(r"[.;；。][)\]]?\s{1,3}\Z")
_CLAUSE_ENDS = re.compile(r"[;；。]\s{0,3}(?:(?:and|or)\s)?\Z")


class Enumerator(Struct, gc=False):
    """An enumerator inside a text: its marker, where it starts, and the system in which its run reads it.

    `weak`: the text after it does not begin like an item, so that a list needs more than one. `doubtful`: it may belong
    to the word before (`criteria a.`), so that others must follow.
    """

    start: int
    marker: Marker
    system: str = ""
    weak: bool = False
    doubtful: bool = False


class EnumeratorRun(Struct, gc=False):
    """A list inside a line: its style and system, its last number, its enumerators, and the run that it is in.

    `broken`: a number is out of order. `late`: the first number is missing (`Adults; 2. Consent; 3. ECOG 0-1`).
    """

    style: str
    system: str
    number: int
    tokens: list[Enumerator] = []
    parent: EnumeratorRun | None = None
    depth: int = 0
    broken: bool = False
    late: bool = False


class LinePart(Struct, frozen=True, gc=False):
    """A part of a line: its enumerator (None for the text before the first), its span, and its depth.

    A depth of 0 is the line's own level: a part with an enumerator there continues the list that the line is in.
    """

    marker: Marker | None
    system: str
    start: int
    end: int
    depth: int


def list_hints(text: str, start: int, end: int) -> list[int]:
    """The places in a block where an enumerator or a dash may be, in order."""
    return [hint.start() for hint in _HINT.finditer(text, start, end)]


def may_hold_list(text: str, start: int, end: int, marker: Marker | None, hints: Sequence[int]) -> bool:
    """Whether `split_line` may find something in an item; `hints` are those of its block."""
    at = bisect_left(hints, start)
    if at < len(hints) and hints[at] < end:
        return True
    # Only a sponsor's code (`I1 Adults`) may have no such sign, and counts only behind a marker.
    return marker is not None and text.startswith(("I", "E"), start) and read_marker(text, start, end) is not None


def split_line(
    text: str,
    start: int,
    end: int,
    marker: Marker | None,
    following: Marker | None,
    unbroken: bool,
    seen: Mapping[tuple[str, str], int],
) -> list[LinePart]:
    """Cut the text of an item at the enumerators of the lists inside it; the first part is the item itself.

    Returns nothing for a text without enumerators, which most are. The first part is empty if the text
    begins with an enumerator.

    `marker` is the item's own and `following` that of the next item of the block: an ordinal that `following` has
    already taken does not continue the item's list here. `unbroken`: the block has lost its line ends. `seen`
    has the last numbers of the lists before, by style and system: one of these may continue here.
    """
    tokens = _tokens(text, start, end, marker is not None)
    dashes = _dashes(text, start, end, marker, unbroken)
    if not tokens and not dashes:
        return []
    if dashes:
        tokens = sorted([*tokens, *dashes], key=lambda token: token.start)
    own = _own_run(marker)
    if dashes and marker and marker.style == dashes[0].marker.style:
        own.style = "" if _is_announced(text, start, dashes[0].start) and not unbroken else marker.style
    runs = _runs(text, tokens, own, following, seen)
    _drop_weak(runs[0], unbroken)
    depths = _depths(runs, text, start, end)
    return _cut(text, start, end, depths)


def _dashes(text: str, start: int, end: int, marker: Marker | None, unbroken: bool) -> list[Enumerator]:
    """The dashes or asterisks inside a line that begin items, all of one style; none if they may be asides."""
    if _DASH_HINT.search(text, start, end) is None:
        return []
    found: dict[str, list[Enumerator]] = {}
    for match in _DASH.finditer(text, start + 1, end):
        dash = match.group().rstrip()
        # A dash without a blank after it is a hyphen, unless a capital follows.
        if match.end() - match.start() > 1 or text[match.end()].isupper():
            place = (match.start(), match.start() + 1)
            found.setdefault(dash, []).append(Enumerator(match.start(), Marker(dash, dash, (), *place)))
    own = marker.style if marker and marker.is_bullet else ""
    for style, tokens in found.items():
        announced = _is_announced(text, start, tokens[0].start)
        if not (announced or style == own) or (announced and len(tokens) == 1 and not unbroken):
            continue
        strong = [not text[token.marker.end : token.marker.end + 4].lstrip()[:1].islower() for token in tokens]
        ended = all(_SENTENCE_ENDS.search(text, max(start, token.start - 8), token.start) for token in tokens)
        alike = all(strong) and len(tokens) > 1 and not text[start].islower()
        if unbroken or announced or alike or ended or len(tokens) >= _MANY_DASHES:
            return tokens
    return []


def _is_announced(text: str, start: int, at: int) -> bool:
    """Whether a colon is right before a place."""
    return _LEADS.search(text, max(start, at - 3), at) is not None


def _tokens(text: str, start: int, end: int, from_start: bool) -> list[Enumerator]:
    """The enumerators of a part of the text; with `from_start` the first may be at its beginning, after a marker."""
    tokens: list[Enumerator] = []
    places = [place.end() for place in _PLACE.finditer(text, start, end)]
    for at in [start, *places] if from_start else places:
        if tokens and at < tokens[-1].marker.end:
            # The second number of `2.2.`.
            continue
        marker = read_marker(text, at, end)
        if marker and marker.text in _BULLETS:
            tokens.append(Enumerator(at, marker))
        elif marker and marker.ordinals:
            before = _BEFORE_DIGIT if marker.ordinals[0].system == "digit" else _BEFORE_LETTER
            # A bracket takes no word before it (`grades (1) mild`), unless it repeats a number (`two (2) discs`).
            taken = _NUMBER_WORD if marker.text[0] in "([（" else before
            if marker.text[-1] in ")）" and _in_aside(text, start, at):
                continue
            token = Enumerator(at, marker, doubtful=taken.search(text, max(start, at - _BACK), at) is not None)
            if not token.doubtful or (taken is not _NUMBER_WORD and _begins_item(text, token, True)):
                tokens.append(token)
    return tokens


def _in_aside(text: str, start: int, at: int) -> bool:
    """Whether a closing bracket has its opening one before it: `migraine (ICHD-3 diagnosis 1.1) or ...`."""
    low = max(start, at - _LONGEST_ASIDE)
    return text.rfind("(", low, at) > text.rfind(")", low, at) and text[low:at].rstrip()[-1:] not in ",;:("


def _own_run(marker: Marker | None) -> EnumeratorRun:
    """The list that the line itself is an item of: what continues it is on the line's level."""
    if marker is None or marker.is_bullet:
        return EnumeratorRun(marker.style if marker and marker.text in _BULLETS else "", "", 0)
    reading = marker.ordinals[0]
    return EnumeratorRun(marker.style, reading.system, reading.number)


def _runs(
    text: str,
    tokens: list[Enumerator],
    own: EnumeratorRun,
    following: Marker | None,
    seen: Mapping[tuple[str, str], int],
) -> list[EnumeratorRun]:
    """The runs that the tokens make, each inside the member of the run it is in."""
    taken = following.number_in(own.system) if following and following.style == own.style else None
    stack = [own]
    runs = [own]
    for token in tokens:
        found = next((run for run in reversed(stack) if _continues(run, token.marker)), None)
        if found is own and taken == own.number + 1:
            found = None
        if found is own:
            token.weak = token.doubtful or not _begins_item(text, token)
        if found:
            del stack[stack.index(found) + 1 :]
            found.tokens.append(token)
            token.system = found.system
            found.number = token.marker.number_in(found.system) or found.number
        elif token.marker.may_begin:
            system = next((ordinal.system for ordinal in token.marker.ordinals if ordinal.number == 1), "")
            again = next((at for at, run in enumerate(stack) if at and _alike(run, token.marker.style, system)), None)
            # A list that restarts follows the one before and is not inside it.
            del stack[again if again is not None else _MOST_OPEN :]
            token.system = system
            run = EnumeratorRun(token.marker.style, system, 1, [token], stack[-1])
            stack.append(run)
            runs.append(run)
        elif system := _goes_on_from(text, token, seen):
            # The list that the item is in goes on: `6. restlessness D. Attacks last ...` after `C. ... 1. ...`.
            del stack[1:]
            token.system = system
            own.tokens.append(token)
        elif not token.doubtful:
            for run in stack[1:]:
                # A number out of order: the others are references, too.
                run.broken = run.broken or (
                    run.style == token.marker.style and token.marker.number_in(run.system) is not None
                )
            if len(stack) == 1 and not own.system and _begins_item(text, token):
                system, number = token.marker.ordinals[0].system, token.marker.ordinals[0].number
                token.system = system
                stack.append(EnumeratorRun(token.marker.style, system, number, [token], own, late=True))
                runs.append(stack[-1])
    return runs


def _goes_on_from(text: str, token: Enumerator, seen: Mapping[tuple[str, str], int]) -> str:
    """The system of the earlier list that an ordinal continues; empty if it continues none."""
    if token.doubtful or token.marker.is_bullet or not _begins_item(text, token, True):
        return ""
    style = token.marker.style
    return next((system for system, number in token.marker.ordinals if seen.get((style, system)) == number - 1), "")


def _drop_weak(own: EnumeratorRun, unbroken: bool) -> None:
    """Drop what only looks like the items after a line's own: `1. Fever at visit 2. cough`."""
    if unbroken or len(own.tokens) > 1:
        return
    own.tokens = [token for token in own.tokens if not token.weak]


def _alike(run: EnumeratorRun, style: str, system: str) -> bool:
    return run.style == style and run.system == system


def _continues(run: EnumeratorRun, marker: Marker) -> bool:
    if marker.is_bullet:
        return run.style == marker.style
    if not same_ordinals(run.style, marker.style, run.system):
        return False
    # Once a list is certain, it may skip a number.
    steps = (1, 2) if len(run.tokens) > 1 else (1,)
    return (marker.number_in(run.system) or 0) - run.number in steps


def _begins_item(text: str, token: Enumerator, single: bool = False) -> bool:
    """Whether what follows an ordinal begins like an item: `8.Clinically`, not `visit 8. and`."""
    if token.marker.is_bullet:
        return True
    first = text[token.marker.end : token.marker.end + 3].lstrip()[:1]
    if first.isupper() or (not single and token.marker.ordinals[0].system != "digit"):
        return True
    # Chinese and Japanese have no capitals, and `(1) age over 18; (2) consent` needs none.
    ended = not single and _CLAUSE_ENDS.search(text, max(0, token.start - 8), token.start) is not None
    return first.isalpha() and (ended or not first.islower())


def _depths(runs: list[EnumeratorRun], text: str, begin: int, end: int) -> list[tuple[Enumerator, int]]:
    """The enumerators that count, in their order, with their depths."""
    counted = [(token, 0) for token in runs[0].tokens]
    for run in runs[1:]:
        above = run.parent
        assert above is not None, "every run but the line's own is in another"
        if _is_list(run, text, begin, end):
            # The item without a number is the one before the second.
            run.depth = above.depth + (not run.late)
            counted += [(token, run.depth) for token in run.tokens]
        else:
            # Whatever is inside a mention has the mention's depth.
            run.depth = above.depth
    return sorted(counted, key=lambda pair: pair[0].start)


def _is_list(run: EnumeratorRun, text: str, begin: int, end: int) -> bool:
    """Whether a run is a list and not a mention: it has two or more members, each with its own words.

    A single letter counts right after a colon (`defined as: a. at least two attacks`), and where a sentence begins
    after it (`Measurable disease a. Tumor of 2 cm`).
    """
    if run.broken:
        return False
    if run.late and len(run.tokens) < (_LATE if run.number - len(run.tokens) > 1 else 2):
        return False
    if run.tokens[0].doubtful and (
        len(run.tokens) == 1 or not all(_begins_item(text, token, True) for token in run.tokens)
    ):
        return False
    if len(run.tokens) == 1:
        token = run.tokens[0]
        if run.system == "digit" or token.start == begin:
            return False
        announced = _is_announced(text, begin, token.start)
        # Capitals may be initials (`the M. I. N. I. interview`), and `Port- a- Cath` is a word.
        styles = (".", ")", "-") if run.system == "roman" else (".", ")")
        sure = run.system in ("letter", "roman") and token.marker.style in styles
        return announced or (sure and _begins_item(text, token, single=True))
    bounds = [token.start for token in run.tokens[1:]] + [end]
    return all(_has_words(text, token.marker.end, bound) for token, bound in zip(run.tokens, bounds, strict=True))


def _has_words(text: str, start: int, end: int) -> bool:
    words = _WORDS.findall(text, start, min(end, start + 200))
    return any(word.lower() not in _CONNECTS for word in words)


def _cut(text: str, start: int, end: int, enumerators: list[tuple[Enumerator, int]]) -> list[LinePart]:
    parts = []
    marker: Marker | None = None
    system = ""
    begin = start
    depth = 0
    for token, deeper in [*enumerators, (None, 0)]:
        stop = token.start if token else end
        parts.append(LinePart(marker, system, *trimmed(text, begin, stop), depth))
        if token:
            marker, system, begin, depth = token.marker, token.system, token.marker.end, deeper
    return parts
