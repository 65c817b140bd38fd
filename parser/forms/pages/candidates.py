"""How a line may be a label: alone, or with its value on the same line.

Overall Status                      alone, perhaps with a colon, a number before it, or a count after it
Overall Status : Recruiting         a colon or a tab between label and value
NCT number NCT00000001              nothing between them: only where the value is certainly one of the label's
First Posted Date  ICMJE May 2, 2019    a footnote's mark between them
Age range4 Years                    glued
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from parser.forms.pages.checks import may_hold, vouches
from parser.forms.pages.fields import AGE, CODE, COUNT, DATE, LINE, YES_NO
from parser.forms.pages.ids import id_alone
from parser.forms.pages.vocabulary import Match, find_word, key
from parser.lines import Line
from parser.source import Span
from parser.values.age_line import read_ages
from parser.values.codes import read_code
from parser.values.number import read_enrollment

# No label is longer.
_LONGEST = 90
# A label alone on a line: `Additional publications automatically indexed to this study by ...`.
_LONGEST_ALONE = 110
# A label and its value on one line: a colon or a tab between them.
_INLINE = re.compile(r"([^:\t]{2,90}?)\s*[:\t]\s*(?=\S)")
# An item of a list is not a label, whatever is before its colon.
_BULLET = re.compile(r"[*•·-]\s")
# Text around a label: a heading's marks or number, a footnote's mark, the number of a list's entries.
_BEFORE = re.compile(r"[#*_\s]*(?:\d{1,2}\.\s+(?=[A-Z]))?")
_AFTER = re.compile(r"(?:ICMJE|\(\d{1,4}\)|[:\s#*_])*\Z")
_ENDS_OF_AFTER = frozenset("E):#*_")
_FOOTNOTE = r"(?:\s*ICMJE\s+)"
FOOTNOTE = "ICMJE"
"""The mark of a footnote after labels of ClinicalTrials.gov's tabular view."""

_FOOTNOTE_MARK = re.compile(rf"{FOOTNOTE}\s+(?=\S)")
# Where a label ends and its value begins, if nothing is between them.
_SEAM = re.compile(rf"{_FOOTNOTE}|\s+|(?<=[a-z?)])(?=[A-Z0-9])")
_REMARK = re.compile(r"\((?!actual|estimate|anticipated)[^()]*\)\s*\Z", re.IGNORECASE)
_MOST_WORDS = 9
# Lists that begin on their label's line.
_LISTS = frozenset({"conditions", "interventions"})
_BLANK = re.compile(rf"{_FOOTNOTE}|\s+")
_LONGEST_VALUE = 80
_LONGEST_NAMED = 300
_TYPED = frozenset({CODE, DATE, COUNT, AGE, YES_NO})


class Candidate(Struct, frozen=True, gc=False):
    """A label's text, where it is, and where the value is that shares its line; `joined` if nothing is between them.

    `key` and `found` are what the vocabulary has for the text. Offsets are in the source; `value_start` is -1 for none.
    """

    text: str
    key: str
    found: Match | None
    start: int
    end: int
    value_start: int
    value_end: int
    joined: bool

    @property
    def label(self) -> Span:
        return Span(self.start, self.end)

    @property
    def value(self) -> Span | None:
        return Span(self.value_start, self.value_end) if self.value_start >= 0 else None


class _Parts(NamedTuple):
    start: int
    end: int
    value: int = -1
    stop: int = -1
    joined: bool = False


def candidates(line: Line) -> tuple[Candidate, ...]:
    """How a line may be a label, the most likely first."""
    if line.candidates is None:
        line.candidates = tuple([_placed(parts, line) for parts in _parts_of(line.text)])
    return line.candidates


def _placed(parts: _Parts, line: Line) -> Candidate:
    text, at = line.text[parts.start : parts.end], line.start
    if parts.value >= 0 and (mark := _FOOTNOTE_MARK.match(line.text, parts.value)):
        parts = parts._replace(value=mark.end())
    value = (at + parts.value, at + parts.stop) if parts.value >= 0 else (-1, -1)
    return Candidate(text, key(text), find_word(text), at + parts.start, at + parts.end, *value, parts.joined)


@lru_cache(maxsize=8192)
def _parts_of(text: str) -> tuple[_Parts, ...]:
    found: list[_Parts] = []
    if len(text) <= _LONGEST_ALONE and (alone := _alone(text)):
        found.append(alone)
    if inline := _inline(text):
        found.append(inline)
    elif joined := _joined(text):
        found.append(joined)
    return tuple(found)


def _alone(text: str) -> _Parts | None:
    before = _BEFORE.match(text)
    after = _AFTER.search(text) if text[-1] in _ENDS_OF_AFTER or text[-1].isspace() else None
    start, end = before.end() if before else 0, after.start() if after else len(text)
    return _Parts(start, end) if start < end else None


def _inline(text: str) -> _Parts | None:
    match = _INLINE.match(text) if (":" in text or "\t" in text) and not _BULLET.match(text) else None
    if match is None:
        return None
    label = _alone(match[1])
    if label is None:
        return None
    bold = text.startswith("**")
    value = text[match.end() :].strip("*_ ") if bold else text[match.end() :]
    at = text.index(value, match.end()) if value else -1
    # A label may have a colon of its own: `Study Type:  Interventional`.
    return label._replace(value=at, stop=at + len(value)) if value else None


def _joined(text: str) -> _Parts | None:
    """A label and a value with nothing between them: the longest label whose value is certainly one."""
    if not text[0].isalpha() or text[-1] in ".;:,":
        return None
    seams = []
    for seam in _SEAM.finditer(text, 0, _LONGEST):
        seams.append(seam)
        if len(seams) == _MOST_WORDS:
            break
    for seam in reversed(seams):
        label, value = text[: seam.start()], text[seam.end() :]
        found = find_word(label)
        if found and found.word.field == "registry_id":
            # Other numbers follow a comma.
            value = value.split(",")[0]
        if value and found and is_sure(label, found.word.field, found.word.form, value):
            return _Parts(0, seam.start(), seam.end(), seam.end() + len(value), joined=True)
    return None


def is_sure(label: str, field: str, form: str, value: str) -> bool:
    """Whether a text is nothing but a value of a typed field."""
    if len(value) > _LONGEST_VALUE or (value.casefold() in ("yes", "no") and form != YES_NO):
        return False
    if field == "registry_id":
        return id_alone(value, Span(0, len(value))) is not None
    if field == "lead_sponsor":
        return label.endswith("by") and value[0].isupper() and may_hold(field, value)
    if form == COUNT:
        return read_enrollment(value)[0] is not None
    if form == AGE:
        return read_ages(value) is not None
    if field == "phases":
        return all(read_code("phases", part.strip()) for part in re.split("[/|]", value))
    if form == DATE:
        value = _REMARK.sub("", value).rstrip()
    return form in _TYPED and field not in ("std_ages", "results") and vouches(field, value)


def named(line: Line) -> Candidate | None:
    """`Source University of Nevada`: a label of a single line and its value, where a page's labels are like that.

    Running text begins so, too: only what is around the line can tell.
    """
    text = line.text
    if not text[0].isupper() or len(text) > _LONGEST_NAMED or text[-1] in ".:;":
        return None
    for seam in reversed(list(_BLANK.finditer(text, 0, _LONGEST))[:_MOST_WORDS]):
        found = find_word(text[: seam.start()])
        value = text[seam.end() :]
        if found is None or not value:
            continue
        named_so = found.word.form == LINE and not value[0].islower()
        if found.word.field == "interventions" or (
            (named_so or found.word.field in _LISTS) and may_hold(found.word.field, value)
        ):
            return _placed(_Parts(0, seam.start(), seam.end(), len(text), joined=True), line)
    return None
