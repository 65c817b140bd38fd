"""Whether a text or a list of a page in any words has the shape that records have, so that its bounds are sure.

* Age 18 or more              criteria are items with markers, or lines below the headings of both sides
1. - Age 18 - Cough           an item that holds others shows that the page's lists have lost their lines
Allocation is how ...         what begins with its own label explains the label
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages.bounds import is_inner_heading, is_within_criteria
from parser.forms.pages.endings import is_bulleted, only_headings
from parser.forms.pages.vocabulary import find_word, says_something
from parser.lines import Line

_SIDE = re.compile(r"\b(?:in|ex)clusion\b|\b(?:in|ex)cluded?\b|\bcan(?:['’]t|not)? join\b", re.IGNORECASE)
_MARKER_WITHIN = re.compile(r"(?<=\S) (?:[-–•*]|\d{1,2}[.)]) (?=[A-Z<>≥≤])")
_SENTENCE_END = re.compile(r"[.!?…:;)\"”’]\Z")
_HEADING = re.compile(
    r"\W*(?:key |main )?(?:in|ex)clusion(?: criteria)?\W*\Z|.{0,30}\bcan(?:['’]t|not)? join\b", re.IGNORECASE
)
# What a page has below its criteria, under a heading of few words.
_PART_OF_A_PAGE = re.compile(
    r"(?:[\w-]+ ){0,2}(?:outcomes?|end ?points?|contacts?|locations?|sites?|sponsors?|design|duration|visits?|status"
    r"|compensation|investigators?|information|details|interventions?|arms?|purpose|timeline|follow-?up)\s?:?\Z",
    re.IGNORECASE,
)
_HEADING_OF_A_SIDE = re.compile(r"\W*(?:key |main )?(in|ex)clusion criteria\W*\Z", re.IGNORECASE)
_LEAST_ITEMS, _MOST_WITHIN = 2, 1
_SIDE_AND_TEXT = re.compile(r"\W*(?:key |main )?(?:in|ex)clusion(?: criteria)?\s?:\s*\w", re.IGNORECASE)
# Fields of the record in a list with the criteria, and a label with its value that has no limit.
_FIELD = re.compile(r"\W*(?:gender|sex|conditions?)\s?:", re.IGNORECASE)
_PLAIN_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){2,4}: [^\d<>=≥≤]{2,80}(?<![.;,])\Z")
_MOST_WORDS_OF_A_LABEL = 4
# What a sentence says that is about who can take part.
_ELIGIBLE = re.compile(
    r"\b(?:must|eligible|required|excluded|cannot|can['’]t|ages?|aged|older|years? (?:old|of age)|take part|join"
    r"|adults?|who (?:have|has|had))\b|[<>≤≥]",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"[<>≤≥] ?\d|\bage[sd]? .{0,12}\d|\d years", re.IGNORECASE)
_MOST_WORDS_OF_A_TAIL = 5
_NOTE = re.compile(r"\W*(?:notes?\b|other (?:protocol|criteria|in|ex)|(?:in|ex)clusion\b)", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were) (?:to|as)\b")
_LEAST_WRAPPED, _MOST_WORDS_OF_A_HEADING = 60, 3
_TO_THE_READER = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)


def are_alike(texts: Sequence[str]) -> bool:
    """Whether the lines of a list all have markers or none has, and none is the heading of a side of criteria."""
    return len({is_bulleted(text) for text in texts}) == 1 and not any(map(_HEADING.match, texts))


def explains(said: str, label: str) -> bool:
    """Whether a text explains the label above it: `Allocation is how people are put into groups`."""
    name = label.rstrip(": ").casefold()
    return bool(name) and said.casefold().startswith((f"{name} is ", f"{name} are ", f"{name} of a "))


def is_a_text(said: str, bounded: bool) -> bool:
    """Whether a text ends where a text may: with a sentence, or at the next label."""
    return bounded or _SENTENCE_END.search(said.rstrip(" |\t\r\n")) is not None


def goes_on(line: Line) -> bool:
    """Whether a line that ended a text says that it does not end there: `The aims are to find out`."""
    return _VERB.search(line.text) is not None and line.text[-1] not in "?!" and not is_bulleted(line.text)


def without_a_tail(lines: Sequence[Line]) -> int:
    """How many lines of a text there are before a last one of few words below sentences: `Register interest`."""
    if len(lines) < _LEAST_ITEMS or is_bulleted(lines[-1].text) or len(lines[-1].text.split()) > _MOST_WORDS_OF_A_TAIL:
        return len(lines)
    ended = not _SENTENCE_END.search(lines[-1].text) and _SENTENCE_END.search(lines[-2].text)
    return len(lines) - 1 if ended else len(lines)


def end_of_items(lines: Sequence[Line]) -> int:
    """How many lines there are up to the last item with a marker, and the rest of a line that was too long."""
    last = max((at for at, line in enumerate(lines) if is_bulleted(line.text)), default=-1)
    if last < 0:
        return len(lines)
    for at in range(last + 1, len(lines)):
        apart = lines[at].opens or lines[at - 1].text[-1] == "."
        if apart and not lines[at].text[0].islower() and not _NOTE.match(lines[at].text):
            return at
    return len(lines)


def are_sentences(lines: Sequence[Line]) -> bool:
    """Whether the lines of a text are sentences, items and what is above them, headings of an abstract, or wrapped.

    Any other line is a heading or the value of another label. Labels are told apart before.
    """
    for at, line in enumerate(lines[:-1]):
        text, below = line.text.rstrip(" |"), lines[at + 1]
        wraps = not below.opens and (len(text) >= _LEAST_WRAPPED or below.text[0].islower())
        known = is_inner_heading(text) or says_something(text)
        leads_on = wraps or known or is_bulleted(below.text)
        if text[-1:] == ":" and len(text.split()) <= _MOST_WORDS_OF_A_HEADING and not known:
            return False
        if not (leads_on or _SENTENCE_END.search(text) or is_bulleted(text)):
            return False
    return True


def are_regular_criteria(lines: Sequence[Line], above: Sequence[Line], below: Sequence[Line], closed: bool) -> bool:
    """Whether criteria are items with markers, or lines below headings of sides that a label closes.

    They do not go on `below`, and no other side is `above` them.
    """
    texts = [line.text for line in lines]
    if not texts or only_headings(texts[-1:]):
        return False
    sides = {side for text in texts if (side := _side_of(text))}
    if any(_HEADING.match(line.text) for line in below):
        return False
    if sides and any((side := _side_of(line.text)) and side not in sides for line in above):
        return False
    if any(len(_MARKER_WITHIN.findall(text)) > _MOST_WITHIN for text in texts) or any(
        _FIELD.match(text) or _has_label(text) for text in texts
    ):
        return False
    own = [text for text in texts if not _HEADING.match(text)]
    if sum(map(is_bulleted, own)) >= _LEAST_ITEMS or (own and all(map(is_bulleted, own))):
        return True
    if len(set(texts)) < len(texts) or any(
        _TO_THE_READER.search(text) or _PLAIN_LABEL.match(text) or _is_part_of_a_page(text) for text in texts[1:]
    ):
        # What a site puts between its lines, and what it says to those who read them.
        return False
    if any(map(_SIDE_AND_TEXT.match, texts)):
        # Each side is a line, so a line without its label is another label's.
        return closed and all(map(_SIDE_AND_TEXT.match, texts))
    if len(texts) == 1:
        ends = _SENTENCE_END.search(texts[0]) or (closed and _LIMIT.search(texts[0]))
        return bool(_ELIGIBLE.search(texts[0]) and ends)
    return closed and _HEADING.match(texts[0]) is not None


def _is_part_of_a_page(text: str) -> bool:
    """Whether a line is the heading of another part of the page: by its words, or as a few words with a colon."""
    few = text.endswith(":") and len(text.split()) <= _MOST_WORDS_OF_A_LABEL and not is_within_criteria(text)
    return _PART_OF_A_PAGE.match(text) is not None or few


def is_heading_of_a_side(text: str) -> bool:
    """Whether a line is the heading of a side of criteria."""
    return _HEADING.match(text) is not None


def _side_of(text: str) -> str:
    """The side whose heading a line is, `in` or `ex`; also below the name of both: `Criteria: Inclusion criteria`."""
    heading = _HEADING_OF_A_SIDE.match(text.rpartition(": ")[2])
    return heading[1].casefold() if heading else ""


def _has_label(text: str) -> bool:
    """Whether a line is a label of the record with its value: `Study Design: Phase II`."""
    label, colon, value = text.partition(": ")
    if not colon or not value or is_bulleted(text) or len(label.split()) > _MOST_WORDS_OF_A_LABEL:
        return False
    found = find_word(label)
    return found is not None and found.word.section != "eligibility" and found.word.field != "conditions"
