"""Finds the end of running text and lists before a heading that is not in the vocabulary.

Participating Mayo Clinic locations         what pages have headings for
Awards & highlights
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.lines import Line

# The last word of a heading, or one that it has, of a part of a page that holds no text of the record.
_ENDS = re.compile(
    r"(?:.*\b)?(?:locations?|sites?|contacts?|publications?|investigators?|documents?|highlights|faqs?|resources"
    r"|timeline"
    r"|sponsors?|centers?|centres?|trials near you|team|partners?|recommendations|comments?|share"
    r"|links?)(?: \(\d{1,4}\))?\Z"
    r"|(?:more|additional|further|contact|study|trial|sponsor|location|site|treatment|research|general"
    r"|other) (?:information|details|data)\Z"
    r"|(?:side effects?|safety) (?:data|information)\Z|(?:similar|related|other|more|recommended"
    r"|nearby) (?:clinical )?(?:trials|studies).{0,20}\Z"
    r"|(?:find out|learn|read|see) more.{0,20}\Z|how (?:to|do i) (?:join|participate|apply|take part|enrol?l).{0,20}\Z"
    r"|(?:study|trial) is for people with\Z|there are \d+ locations.{0,30}\Z|trial design\Z|.{3,30} summary\Z",
    re.IGNORECASE,
)
_LONGEST_QUESTION = 110
_MOST_WORDS = 7
_LONGEST = 60
_MOST_WORDS_OF_A_LABEL = 10
_SIDE = re.compile(r"\b(?:in|ex)clu", re.IGNORECASE)
_MARKED = re.compile(r"(?:[*•·–-]|\d{1,3}[.)]|[a-zA-Z][.)]|\(\w{1,3}\))\s")


def is_another_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of a text is the heading of another part of the page: short, a title's words, no sentence."""
    text = lines[index].text.rstrip(": ")
    if not text:
        return False
    if text.endswith("?") and text[0].isupper() and len(text) <= _LONGEST_QUESTION:
        return True
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not text[0].isupper() or text[-1] in ".,;":
        return False
    return _ENDS.match(text) is not None and not _MARKED.match(text)


_TELLS = re.compile(
    r"(?:for (?:more|further|additional) information|to (?:learn|find out) more|if you (?:are interested|would like)"
    r"|please (?:call|contact|email)|contact (?:us|the study)|qualified participants may)\b",
    re.IGNORECASE,
)
# A site's sentences to its readers.
_SPEAKS = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;,)\"”’]\Z")
_MOST_WORDS_OF_A_VALUE = 5
_MOST_WORDS_OF_A_HEADING = 8


# `Who can't take part?` is the heading of the other side of criteria.
_ASKS_WHO_CANNOT = re.compile(r"who\b.*\b(?:can['’]?no?t|can['’]t|may not|should not|is not|are not)\b", re.IGNORECASE)


def asks_who_cannot(text: str) -> bool:
    """Whether a question is the heading of exclusion criteria."""
    return _ASKS_WHO_CANNOT.match(text) is not None


def tells_whom_to_ask(text: str) -> bool:
    """Whether a line of criteria is the site's sentence below them: `For more information, please contact ...`."""
    return _TELLS.match(text) is not None


def stands_over_values(lines: Sequence[Line], index: int, known: bool = False) -> bool:
    """Whether a line between blank lines is a heading over what is not a running text: `Trial Health` over `87`.

    Running text has headings, too, but sentences below them. Below a heading that is `known` one value is enough.
    """
    line = lines[index]
    least = 1 if known else 2
    if index == 0 or index + least >= len(lines) or not line.opens or not lines[index + 1].opens:
        return False
    if not _is_short(line.text) or not line.text[0].isupper() or _MARKED.match(line.text):
        return False
    below = lines[index + 1 : index + 1 + least]
    return all(_is_short(one.text) and (known or not _MARKED.match(one.text)) for one in below)


def ends_bullets(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the heading of what follows a list with bullets: neither it nor the next line has one.

    A line that an item runs over begins in small letters, or within a sentence, and has no blank lines about it; a
    heading within criteria has items below it.
    """
    text = lines[index].text
    if not 0 < index < len(lines) - 1 or _MARKED.match(text) or not text[0].isupper():
        return False
    above, below = lines[index - 1].text, lines[index + 1].text
    alone = lines[index].opens and lines[index + 1].opens and _MARKED.match(above) and _SPEAKS.search(below)
    if not (alone or _SENTENCE_END.search(above)) or above[-1] in ":," or _MARKED.match(below) or below[0].islower():
        return False
    if _SENTENCE_END.search(text) or only_headings([text]):
        return False
    return len(text.split()) <= _MOST_WORDS_OF_A_HEADING


def is_bulleted(text: str) -> bool:
    """Whether a line is an item of a list with a marker."""
    return _MARKED.match(text) is not None


def _is_short(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS_OF_A_VALUE and not _SENTENCE_END.search(text)


def only_headings(texts: Sequence[str]) -> bool:
    """Whether lines of criteria are no more than the headings above them, or labels glued to an age or a sex."""
    return all(_CATEGORY.match(text) for text in texts)


def is_left_below_a_text(field: str, lines: Sequence[Line]) -> bool:
    """Whether the last line of a description is a label that lost its value: short, in a title's letters, no sentence.

    The text above it has ended: its last sentence, or another such label, is the line before.
    """
    if field not in ("brief_summary", "detailed_description") or len(lines) < 2:
        return False
    last, texts = lines[-1].text, [line.text for line in lines]
    if not _is_short_label(last) or not any(_SENTENCE_END.search(text) for text in texts[:-1]):
        return False
    above = texts[-2]
    return above[-1] in ".!?" or _is_short_label(above)


def _is_short_label(text: str) -> bool:
    words = text.rstrip(":").split()
    return (
        0 < len(words) <= _MOST_WORDS_OF_A_VALUE - 2
        and all(word[0].isupper() for word in words)
        and text[-1] not in ".,;)!?"
        and not _MARKED.match(text)
    )


# `Age ≥ 18 years`, `Patients aged 18 or more`: what a menu does not say.
_LIMIT = re.compile(r"[<>≤≥] ?\d|\baged \d", re.IGNORECASE)


def says_no_criteria(texts: Sequence[str]) -> bool:
    """Whether lines below a heading of criteria are a menu or labels: no item, limit or sentence, and no side named."""
    return (
        not any(
            _MARKED.match(text)
            or _SIDE.search(text)
            or _LIMIT.search(text)
            or (text[-1:] in ".;" and len(text.split()) > _MOST_WORDS)
            for text in texts
        )
        and max(len(text.split()) for text in texts) <= _MOST_WORDS_OF_A_LABEL
    )


_CATEGORY = re.compile(
    r"(?:key |main |major |general )?(?:(?:inclusion|exclusion)(?: (?:and|&|/) (?:inclusion"
    r"|exclusion))?(?: criteria)?|criteria"
    r"|eligibility(?: criteria)?|must have|must not have)\s*:?\Z"
    r"|(?:age(?:s| range)?\s?\d{1,3} (?:years|months)(?:\W+(?:to )?\d{1,3} (?:years|months)| and (?:over|older))?"
    r"|(?:sex|gender)\s?(?:all|both|male|female))\Z",
    re.IGNORECASE,
)
