"""The head of a page: what is before its first heading or label. The title is the first line that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parser.enums import ENUMS
from parser.forms.pages.furniture import is_furniture
from parser.forms.pages.ids import id_alone
from parser.forms.pages.vocabulary import find_word, key
from parser.lines import Line
from parser.registries import FoundId, find_ids
from parser.source import Span, trimmed

# `| Field | Value |`, the head of a table of labels and values.
_TABLE_HEAD = frozenset({"field", "label", "item", "name", "attribute", "property"})

_STATUSES = frozenset(map(key, ENUMS["overall_status"])) | {"unknownstatus", "activenotrecruiting", "closed", "open"}
_PHASE = re.compile(r"(?:early )?phase ?(?:[0-4iv]+|n/?a)(?: ?[/-] ?(?:phase ?)?[0-4iv]+)?\Z|n/?a\Z", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"this (?:study|trial) (?:is|has)\b|(?:last )?(?:updated?|posted|verified|received)\b.{0,12}\d|\d+ of \d+\b"
    r"|(?:https?://|www\.)\S+\Z|\S+@\S+\Z|[\d\s./:,-]+\Z|verified\b.{0,60}\Z|sponsors?\b.{0,3}\Z"
    r"|</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>|\W*[\[{]\s*[\"{\[]",
    re.IGNORECASE,
)
# What separates a title from the site's name in the title of an HTML page.
_SITE_NAME = re.compile(r"\s+[|–—-]\s+(?:(?:full text view|tabular view|study results|no study results posted)\s+[|–-]\s+)?"
                        r"(?:clinicaltrials\.gov|ichgcp|ich gcp|clinical trials? registry|[\w.]{3,20}\.(?:com|org|net|gov))\b.*\Z",
                        re.IGNORECASE)  # fmt: skip
_LONGEST = 600
_FEW = 3


class Head(NamedTuple):
    """What the head of a page holds: `ids` are the lines with an id, `left` those that are neither that nor the title."""

    title: Span | None
    ids: list[Span]
    left: list[Span]
    units: list[Span]
    table_head: list[Line]


def read_head(text: str, lines: Sequence[Line], sponsor: str = "") -> Head:
    """The title and the ids in the lines before the first heading or label. `sponsor` is known, and is no title."""
    names = [key(line.text) for line in lines[:2]]
    table_head = list(lines[:2]) if len(names) == 2 and names[0] in _TABLE_HEAD and names[1] == "value" else []
    units = list(_units(lines[len(table_head) :]))
    strict = sum(may_be_title(text[unit.start : unit.end], strict=False) for unit in units) > _FEW
    title: Span | None = None
    ids: list[Span] = []
    left: list[Span] = []
    for unit in units:
        printed = text[unit.start : unit.end]
        if id_alone(text, unit):
            ids.append(unit)
        elif title is None and key(printed) != key(sponsor) and may_be_title(printed, strict):
            title = _without_names(text, unit)
            if next(find_ids(text, *unit), None):
                ids.append(unit)
        else:
            left.append(unit)
    return Head(title, ids, left, units, table_head)


def may_be_title(printed: str, strict: bool = True) -> bool:
    """Whether a line can be a record's title: no menu, disclaimer, status, label, date or address.

    Without `strict` one word is enough, as where a page has nothing else before its first label.
    """
    folded = " ".join(re.split(r"[^\S\t]+", printed.strip()))
    if not folded or len(folded) > _LONGEST or folded.endswith(":") or not any(map(str.isalpha, folded)):
        return False
    before, colon, _ = folded.replace("\t", ":").partition(":")
    if colon and find_word(before):
        return False
    if is_furniture(folded) or find_word(folded) or _NO_TITLE.match(folded) or _PHASE.match(folded):
        return False
    if key(folded) in _STATUSES:
        return False
    return not strict or (len(folded.split()) > 2 and len(folded) >= 15) or len(folded) >= 25


def _units(lines: Sequence[Line]) -> Iterator[Span]:
    """The paragraphs of the head; where they have many lines, each line."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].opens:
            paragraph = lines[start:at]
            if len(paragraph) > 2 or any(may_be_apart(line) for line in paragraph):
                yield from (line.span for line in paragraph)
            elif paragraph:
                yield Span(paragraph[0].start, paragraph[-1].end)
            start = at


def may_be_apart(line: Line) -> bool:
    """Whether a line of a paragraph surely stands alone: furniture, or an id."""
    return is_furniture(line.text) or id_alone(line.text, Span(0, len(line.text))) is not None


def _without_names(text: str, span: Span) -> Span:
    """A title without the site's name and the id that are with it: `A Study (NCT00000001) - ClinicalTrials.gov`."""
    site = _SITE_NAME.search(text, *span)
    span = trimmed(text, span.start, site.start()) if site else span
    found: FoundId | None = next(find_ids(text, *span), None)
    if found is None:
        return span
    before, after = trimmed(text, span.start, found.start), trimmed(text, found.end, span.end)
    if after.start == after.end or text[after.start : after.end] in (")", "]", ")."):
        end = before.end
        while end > before.start and text[end - 1] in "([-–—|:, \n":
            end -= 1
        return Span(before.start, end) if end > before.start else span
    if before.start == before.end:
        start = after.start
        while start < after.end and text[start] in ")]-–—|:, \n":
            start += 1
        return Span(start, after.end) if start < after.end else span
    return span
