"""Where the texts of a page in any words end: at what no text of a record has within it, known heading or not.

Summary
Adults with insomnia walk each evening.
What could go wrong                     a heading that nobody knows ends the summary
Do you sleep badly?                     and so does a question

Inclusion Criteria
* Age 18 or more
Apply now                               what follows the last item of a list is not an item

Of the registry's own 1,409 summaries one in a hundred has a line that reads like a heading without a colon, of 974
detailed descriptions one in twenty; none has a question on a line of its own. After the last item of criteria with
bullets one block in a hundred goes on, and none with a heading or a sentence to the reader; of 1,409 blocks none has a
question without a bullet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages.candidates import is_sure
from parser.forms.pages.checks import is_role
from parser.forms.pages.endings import asks_who_cannot, is_bulleted, tells_whom_to_ask
from parser.forms.pages.fields import LIST
from parser.forms.pages.furniture import is_site_line
from parser.forms.pages.ids import id_alone
from parser.forms.pages.vocabulary import find_word
from parser.lines import Line
from parser.source import Span

_MOST_WORDS_OF_A_HEADING, _MOST_WORDS_IN_A_SUMMARY = 8, 12
_LEAST_ITEMS = 2
# Headings within criteria: whom those below are for, and what they are about.
_GROUP = re.compile(
    r"(?:[\w/.-]+ ){0,4}(?:participants?|patients?|subjects?|volunteers?|controls?|persons?|groups?|cohorts?|women|men"
    r"|females?|males?|children|adults?|infants?|parents?|caregivers?|staff|conditions?|therap(?:y|ies)|medications?"
    r"|requirements?|characteristics|history|status|assessments?|labs|values?|users?|parts?|criteria|eligibility)"
    r"(?: with .{2,60})?\s?:?\Z|(?:part|cohort|group|arm|stage|phase|age) .{1,40}\Z|(?:and|or)\s?:?\Z",
    re.IGNORECASE,
)
_LEAST_LABELS = 2
_ENDS_A_SENTENCE = re.compile(r"[.!?:;,)\]\"”’…]\Z")
# What goes on below: `Participants will be asked to`.
_OPEN_END = re.compile(
    r"\b(?:to|the|an?|and|or|of|with|will|are|is|be|includes?|by|for|in|on|at|from|following|who|that|must)\Z",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(?:in|ex)clusion\b|\A(?:in|ex)clude", re.IGNORECASE)
# Headings within a text: `Primary Objectives`, `Arm 1`, `Part A`; and those of one in the parts of an abstract.
_SUBJECT = (
    r"(?:background|rationale|introduction|hypothes[ie]s|objectives?|aims?|purpose|goals?|methods?|design|outline"
    r"|procedures?|population|results?|conclusions?|abstract|significance|analys[ie]s|setting|end ?points?|methodology)"
)
_INNER = re.compile(
    rf"(?:specific|primary|secondary|exploratory|main|statistical|data)(?: {_SUBJECT}(?: and {_SUBJECT})?)?\s?:?\Z"
    r"|(?:arm|group|part|cohort|phase|stage|step|period|aim|visit|day|week|module|sub-?study) "
    r"(?:\d{1,3}|[a-z]|[ivx]{1,4})\s?:?\Z|sample size(?: calculation)?\s?:?\Z",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?:study |research |trial |general )?{_SUBJECT}(?: (?:and|&) {_SUBJECT})?\s?:?\Z", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\b(?:please|click|sign up|contact us|call us|learn more|read more|find out more|apply now|our (?:website|site)"
    r"|terms of use|log ?in|newsletter)\b",
    re.IGNORECASE,
)
_OF_THE_SITE = re.compile(r"\bon this (?:web ?)?site\b|\bderived from clinicaltrials\.gov\b", re.IGNORECASE)
_TO_THE_READER = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
# `Primary disease category: Lungs`, and no limit such as `Age: 18 or more`.
_PLAIN_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){1,4}: [^\d<>=≥≤]{2,80}(?<![.;,])\Z")
_LABEL_AND_VALUE = re.compile(r"(?:[*•·–-]\s+)([A-Z][\w ()?/’'-]{2,40}):\s+\S")
_MOST_WORDS_OF_A_CALL = 40
_LONGEST_WRAPPED = 120
# What is left of a table whose rows are not known.
_SIGNS = frozenset({"|", "-", "–"})
# CommonMark: a heading (section 4.2).
_MARKED = re.compile(r"#{1,6}\s+\S")
# A number with CommonMark's backslash, which begins no list there, and a Roman one.
_NUMBER = re.compile(r"(?:\d{1,3}\\|[ivx]{1,4})[.)]\s")
_MOST_WORDS_OF_A_TITLE, _FEWEST_WORDS = 5, 3
# A value of another field, alone on its line: a phase, an address, a phone.
_VALUE = re.compile(r"phase [\dIV/ ]{1,7}\Z|\S+@\S+\Z|https?://\S+\Z|[+(]?\d[\d ().-]{8,20}\Z", re.IGNORECASE)


def end_of_text(field: str, lines: Sequence[Line], is_last: bool, label: str = "") -> int:
    """How many of the lines of a summary or description belong to it; none if it is a list of labels.

    `is_last` says that nothing follows on the page: a last line that is cut off is no heading. One that is written as
    the `label` of the text is, in capitals and with a colon, is another label.
    """
    if sum(map(_is_label_and_value, lines)) >= _LEAST_LABELS:
        return 0
    in_parts = _PART.match(lines[0].text) is not None
    least = 1 if len(lines[0].text.split()) <= _FEWEST_WORDS else 2
    if len(lines) >= least and not in_parts and (_is_a_title(lines[0].text) or lines[0].text[-1] == "?"):
        # The label has no value: this is the heading of the next part of the page.
        return 0
    is_summary = field == "brief_summary" and not in_parts
    whole = is_summary and _are_whole(lines)
    for index in range(1, len(lines)):
        text = lines[index].text
        if _INNER.match(text) or (in_parts and _PART.match(text)):
            continue
        if _VALUE.match(text) or id_alone(text, Span(0, len(text))):
            return _without_label(lines, index)
        if text in _SIGNS or (_is_in_capitals(label) and _is_in_capitals(text)):
            return index
        cut_off = is_last and index == len(lines) - 1
        if (_is_heading(lines, index, is_summary, whole) or _is_alone(lines, index)) and not cut_off:
            return index
        if _is_other_field(lines, index) or _speaks_to_the_reader(lines[index]) or is_site_line(text, surely=True):
            return index
    return len(lines)


def is_inner_heading(text: str) -> bool:
    """Whether a line is a heading within a text: `Primary Objectives`, `Part A`, `Background`."""
    return bool(_INNER.match(text) or _PART.match(text))


def _is_in_capitals(text: str) -> bool:
    """Whether a line is a label in capitals: `PATIENT MUST:`."""
    return text.endswith(":") and text.isupper()


def end_of_criteria(lines: Sequence[Line]) -> int:
    """How many of the lines of criteria belong to them: those up to a question, or the last item with a marker."""
    own = [line.text for line in lines]
    sides = [at for at, text in enumerate(own) if not is_bulleted(text) and is_within_criteria(text)]
    if len(lines) > 1 and 0 not in sides and (_is_a_title(own[0]) or own[0][-1] == "?"):
        # The label has no value: this is the heading of the next part of the page.
        return 0
    return min(_other_field(lines), _end_of_items(lines, sides), _end_without_items(lines, sides))


def is_within_criteria(text: str) -> bool:
    """Whether a line is a heading within criteria: of a side, or of whom those below are for."""
    return bool(_SIDE.search(text) or (_GROUP.match(text) and find_word(text.rstrip(": ")) is None))


def _other_field(lines: Sequence[Line]) -> int:
    """The line of criteria at which another field begins, or a question that no criterion is."""
    for index in range(1, len(lines)):
        text = lines[index].text
        if _VALUE.match(text) or id_alone(text, Span(0, len(text))):
            return _without_label(lines, index)
        if _is_other_field(lines, index):
            return index
        if text[-1] == "?" and not is_bulleted(text) and not asks_who_cannot(text):
            return index
    return len(lines)


def _end_of_items(lines: Sequence[Line], sides: Sequence[int]) -> int:
    """The line at which a list with markers ends; `sides` are the headings within it.

    After its last item nothing belongs to it but the rest of a line that was too long. Between items a line that is no
    item is the heading of another list, unless lines are wrapped.
    """
    items = [at for at, line in enumerate(lines) if _is_item(line.text)]
    if len(items) < _LEAST_ITEMS:
        return len(lines)
    wrapped, whole = False, _are_whole(lines)
    for index in range(max([items[0], *sides]) + 1, len(lines)):
        text = lines[index].text
        if _is_item(text):
            continue
        ended = (not wrapped and _is_item(lines[index - 1].text)) or _has_ended(lines, index, whole)
        goes_on = text[0].islower() and not lines[index].opens and lines[index - 1].text[-1] not in ".!?"
        if not goes_on and (ended or index > items[-1]):
            short = len(text.split()) <= _MOST_WORDS_IN_A_SUMMARY
            if _is_label(text) or (index > items[-1] and (_speaks(text) or (short and (ended or _is_a_title(text))))):
                return index
            if _is_a_title(text) or (text[0].islower() and short and not _ENDS_A_SENTENCE.search(text)):
                return index
        wrapped = wrapped or not lines[index].opens
    return len(lines)


def _end_without_items(lines: Sequence[Line], sides: Sequence[int]) -> int:
    """The line at which criteria without items end.

    In paragraphs without sides it is a heading between them; below lines without blank ones between them it is a label
    with its value that has blank lines about it.
    """
    if any(_is_item(line.text) for line in lines):
        return len(lines)
    in_lines = any(not line.opens and at - 1 not in sides for at, line in enumerate(lines[1:], 1))
    for at in range(1, len(lines)):
        if not lines[at].opens or not (at + 1 == len(lines) or lines[at + 1].opens):
            continue
        if (not sides and at + 1 < len(lines) and _is_heading(lines, at)) or (
            in_lines and at - 1 not in sides and _PLAIN_LABEL.match(lines[at].text)
        ):
            return at
    return len(lines)


def _is_item(text: str) -> bool:
    return is_bulleted(text) or _NUMBER.match(text) is not None


def _is_label(text: str) -> bool:
    """Whether a line is a label of the vocabulary, alone or with a value, or says who someone is."""
    label = text.partition(":")[0].strip()
    return find_word(label) is not None or is_role(label)


def _speaks(text: str) -> bool:
    """Whether what follows the last item of criteria is for the reader."""
    return bool(_SPEAKS.search(text) or _TO_THE_READER.search(text) or tells_whom_to_ask(text))


def _is_other_field(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the label of a code, date or number, and the next one its value; or of a list."""
    found = find_word(lines[index].text.rstrip(": "))
    if found is None or index + 1 >= len(lines):
        return False
    lists = found.word.form == LIST or found.word.field in ("conditions", "keywords")
    if lists and is_bulleted(lines[index + 1].text) and not _PART.match(lines[index].text):
        return True
    return is_sure(lines[index].text, found.word.field, found.word.form, lines[index + 1].text)


def _is_label_and_value(line: Line) -> bool:
    """Whether a line is an item that says a field of the record: `• Sponsor: Mercy Research`."""
    label = _LABEL_AND_VALUE.match(line.text)
    return label is not None and find_word(label[1]) is not None


def _without_label(lines: Sequence[Line], index: int) -> int:
    """Where another field begins whose value is on a line: at the label above it, if that is one."""
    return index - 1 if index > 1 and _is_heading(lines, index - 1) else index


def _is_heading(lines: Sequence[Line], index: int, is_summary: bool = False, whole: bool = False) -> bool:
    """Whether a line within a text reads like a heading: short, with a capital, no end of a sentence, no item.

    A question is one whatever its length. The line above has to have ended what it says. Of the vocabulary's own words
    it is known already that here they are none.
    """
    text = lines[index].text
    if _MARKED.match(text):
        return True
    if not text[0].isupper() or is_bulleted(text) or find_word(text) or not _has_ended(lines, index, whole):
        return False
    if text[-1] == "?":
        return True
    if index + 1 < len(lines) and is_bulleted(lines[index + 1].text):
        # What a list begins with: `Participants will`. In a summary so few words are none.
        return is_summary and len(text.split()) <= _MOST_WORDS_OF_A_HEADING - 2 and _is_a_title(text)
    return _is_a_title(text, _MOST_WORDS_IN_A_SUMMARY if is_summary else _MOST_WORDS_OF_A_HEADING)


def _is_a_title(text: str, most: int = _MOST_WORDS_OF_A_HEADING) -> bool:
    """Whether a line has the marks of a heading, or its words: few, with a capital, no end of a sentence; no item."""
    if _MARKED.match(text):
        return True
    if is_bulleted(text) or find_word(text) or not text[0].isupper():
        return False
    return len(text.split()) <= most and not (_ENDS_A_SENTENCE.search(text) or _OPEN_END.search(text))


def _is_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a few words in small letters are a paragraph of their own."""
    text = lines[index].text
    after = index + 1 >= len(lines) or lines[index + 1].opens
    alone = (lines[index].opens and after) or lines[index - 1].text[-1] in ".!?"
    if not alone or not text[0].islower() or is_bulleted(text) or find_word(text):
        return False
    return len(text.split()) <= _MOST_WORDS_OF_A_TITLE and not _ENDS_A_SENTENCE.search(text)


def _are_whole(lines: Sequence[Line]) -> bool:
    """Whether the lines of a text are paragraphs: one is longer than any that is wrapped."""
    return max(len(line.text) for line in lines) > _LONGEST_WRAPPED


def _has_ended(lines: Sequence[Line], index: int, each: bool) -> bool:
    """Whether the line above one ended what it says; `each` line has where lines are not wrapped."""
    if lines[index].opens or _ENDS_A_SENTENCE.search(lines[index - 1].text):
        return True
    return each


def _speaks_to_the_reader(line: Line) -> bool:
    """Whether a line within a text is a site's call to its readers, which no record has."""
    if len(line.text.split()) > _MOST_WORDS_OF_A_CALL:
        return False
    speaks = _SPEAKS.search(line.text) is not None and _TO_THE_READER.search(line.text) is not None
    return speaks or _OF_THE_SITE.search(line.text) is not None or tells_whom_to_ask(line.text)
