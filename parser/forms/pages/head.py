"""The head of a page: what is before its first heading or label, and which line of it is the title.

# Evening walks against insomnia         a heading's mark before it, or the id's line next to it, tells a title
Evening walks in adults with insomnia   else the first line that reads like one; a line that only may be one is left
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parser.enums import ENUMS
from parser.forms.pages.candidates import candidates
from parser.forms.pages.furniture import is_furniture
from parser.forms.pages.ids import id_alone, ids_in
from parser.forms.pages.status_lines import status_in
from parser.forms.pages.subject import is_about_the_same, words_of
from parser.forms.pages.vocabulary import find_word, key
from parser.lines import Line
from parser.registries import FoundId, find_ids
from parser.source import Span, trimmed

# `| Field | Value |`, the head of a table of labels and values.
TABLE_HEAD = frozenset({"field", "label", "item", "name", "attribute", "property"})

_STATUSES = frozenset(map(key, ENUMS["overall_status"])) | {"unknownstatus", "activenotrecruiting", "closed", "open"}
_PHASE = re.compile(r"(?:early )?phase ?(?:[0-4iv]+|n/?a)(?: ?[/-] ?(?:phase ?)?[0-4iv]+)?\Z|n/?a\Z", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"this (?:study|trial) (?:is|has)\b|(?:last )?(?:updated?|posted|verified|received)\b.{0,12}\d|\d+ of \d+\b"
    r"|(?:https?://|www\.)\S+\Z|\S+@\S+\Z|[\d\s./:,-]+\Z|verified\b.{0,60}\Z|sponsors?\b.{0,3}\Z"
    r"|.{0,80}\blogo\Z|(?:clinical )?trials? details\b|(?:launched|led|sponsored|conducted|provided) by\b"
    r"|(?:viewing|now viewing|showing|details for)\b.{0,40}\Z|.{3,30}\b\d{4} updated by\b"
    r"|\w{2,12} \d{1,2}, \d{4}\b.{0,60}\Z"
    r"|[\w ]{1,30} [/>›»→] |[←<] ?\w|[\w-]+\.(?:com|org|net|gov|io|co)\Z|error\b|page not found|access denied"
    r"|(?:interventional|observational)\b.{0,40}\Z|\d[\d,]* (?:participants|patients|subjects|people)\b"
    r"|(?:for|between|from|ages?|adults?)\b.{0,60}\b(?:years?|months?)\b.{0,40}\Z"
    r"|\d{1,2}\.? \w{3,9}\.?,? \d{4}\Z|(?:news|press release|blog|events?) ?[:|]|(?:dr|prof)\b\.? [a-z]"
    r"|(?:[\w ]{0,30} )?date (?:of\b.{0,40})?\Z|(?:current|valid|data) as of\b"
    r"|(?:and|or|with|in|of|at|to|by|for) (?-i:[a-z])"
    r"|(?-i:and|or|with|in|of|at|to|by|for|from|on) "
    r"|(?:pi|(?:principal |lead |chief )?investigators?|institut(?:e|ion)|contact|drug|device|biological|procedure"
    r"|behavioral|dietary supplement|radiation|other)(?:\s?:| -)\s"
    r"|(?:not )?(?:yet |currently |now )?(?:recruiting|enrolling|accepting)\b.{0,60}\Z"
    r"|.{3,80} \((?:other|industry|nih)\)\Z|.*\b\d{3}[- .]\d{4}\b|(?:department|division|faculty) of\b"
    r"|</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>|\W*[\[{]\s*[\"{\[]"
    r"|\d\S*\Z|[a-z]{1,8}-?\d{4}\S*\Z|[^[]*\[ ?(?:time frame|designated as)\b",
    re.IGNORECASE,
)
# What separates a title from the site's name in the title of an HTML page.
_SITE_NAME = re.compile(r"\s[|–—-]\s+(?:(?:full text view|tabular view|study results|no study results posted)\s+["
                        r"|–-]\s+)?"
                        r"(?:clinicaltrials\.gov|ichgcp|ich gcp|clinical trials? registry|[\w.]{3,20}\.(?:com|org|net"
                        r"|gov))\b.{0,300}\Z",
                        re.IGNORECASE)  # fmt: skip
# A sentence of running text, which is never a title.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|will|contains?|can|may|has|have|had|provides?|includes?|did|does|been)\b.{3,}[.!?]\Z"
)
# A label and a code: `NCI ID NCI-2031-00412`.
_LABEL_AND_CODE = re.compile(
    r"(?:[\w.&/-]+ ){0,4}(?:ids?|no\.?|nos\.?|numbers?|code|identifiers?|#)(?: ?[:#])? ?(?=\S*\d)\S+\Z", re.IGNORECASE
)
_LABEL_AND_TEXT = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,4} ?: \S")
# The kind of thing that a page is, or a part of a site, in the place of a title.
_KIND = re.compile(
    r".{0,60}\b(?:clinical trials?|clinical stud(?:y|ies)|module|research study|trial finder"
    r"|(?:study|trial|record) details)\Z",
    re.IGNORECASE,
)
# A sentence that its line cuts, and words that a site has run together.
_CUT_OR_GLUED = re.compile(r"\b(?:[Ii]s|[Aa]re) (?:to|being|designed|intended)\b|(?:[a-z]{6}[A-Z][a-z]{5}.*){2}")
# What no sentence to a reader begins with: `A Study to Learn How Well We Sleep`.
_A_STUDY = re.compile(r"an? (?:[\w-]+ ){0,4}(?:study|trial)\b(?! (?:is|are|was|were)\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-z)]{2}[.!]\s+[A-Z]")
_CUT_SHORT = re.compile(r"(?:…|\.\.\.)")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LEAST_OF_A_LINE = 60
# Words of a page's names for its parts, which titles do not have.
_PARTS = re.compile(
    r"\b(?:search|menu|help|log ?in|navigation|web ?site|browser|home ?page|title|numbers?|definitions|glossary)\b"
    r"|\b(?:protocol|study|trial|record|general|registration) (?:summary|information|details|record|overview)\Z",
    re.IGNORECASE,
)
# What a site says to its readers, or of another site, and no title does.
_TALKS = re.compile(
    r"\b(?:please|our|we|your?|click|(?:uses?|accept) cookies|javascript|subscribe|newsletter|templates?|request"
    r"|polic(?:y|ies)|read more|learn more|skip to|sign up|registers?(?!.?(?:stud|based|data)))\b"
    r"|\w\.(?:gov|com|org|net)\b",
    re.IGNORECASE,
)
# The beginnings of titles, and the name of a site's owner.
_BEGINS = re.compile(r"(?!\* )[\w\"'“‘«(\[#*]")
_ORGANISATION = re.compile(
    r"(?!.* (?:Study|Cohort|Registry)\Z)(?:[A-Z][\w'’&.-]* (?:(?:of|and|for|the|&) )*){0,5}"
    r"(?:Hospitals?|University|Office|Clinics?|Cent(?:er|re)s?|Institutes?|Foundation|Health|Healthcare|Medicine|Network)"
    r"(?: (?:(?:of|and|for|the|at|&) )*[A-Z][\w'’&.-]*){0,4}"
)
# The registry's own page has its title right above this sentence, or above the one that says the status.
_DISCLAIMER = re.compile(r"\W*the safety and scientific validity of this study", re.IGNORECASE)
_RELATES = re.compile(
    r"\b(?:of|for|in|with|on|versus|vs|among|after|during|by|using|against|between|to|from|at|and|study|trial|phase"
    r"|registry|cohort|therapy|treatment|prevention|programme?|project|evaluation|efficacy|safety|effects?)\b",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_SENTENCE = 20
_OPENS_A_TITLE = re.compile(
    r"(?:an?|the|study|phase|safety|efficacy|evaluation|assessment|effects?|comparison|randomi[sz]ed|open)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,3} +(?=\S)")
# A mark that opens a quotation which the title does not end.
_OPEN_QUOTE = re.compile(r"(?:\"{3}|'{3}|[\"“])(?=[^\"”\r\n]+\Z)")
_OPEN_END = re.compile(
    r"(?:[,/–-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|versus|vs\.?|with|who))\Z", re.IGNORECASE
)
_LONGEST = 600
_FEW = 3
_LEAST_SUBJECT = 2


class Head(NamedTuple):
    """The head of a page: `ids` are the lines with an id, `left` the lines other than these and the title."""

    title: Span | None
    ids: list[Span]
    left: list[Span]
    units: list[Span]
    table_head: list[Line]


def read_head(
    text: str,
    lines: Sequence[Line],
    sponsor: str = "",
    id_below: bool = False,
    body: frozenset[str] = frozenset(),
    has_id: bool = True,
) -> Head:
    """The title and the ids in the lines before the first heading or label.

    `sponsor` is known, and is not a title; `id_below` says that the label of the record's id follows the lines. `body`
    is the words of the page below the lines, if there are enough to tell the title by them, and `has_id` whether the
    page has an id under a label.
    """
    lines = [line for line in lines if line.text != "|"]
    names = [key(line.text) for line in lines[:2]]
    table_head = list(lines[:2]) if len(names) == 2 and names[0] in TABLE_HEAD and names[1] == "value" else []
    units = list(_units(lines[len(table_head) :]))
    chosen = _choose(text, units, sponsor, id_below, body, has_id)
    ids: list[Span] = []
    left: list[Span] = []
    title: Span | None = None
    for unit in units:
        if id_alone(text, unit):
            ids.append(unit)
        elif unit is chosen:
            title = _without_names(text, unit)
            if next(ids_in(text, unit), None):
                ids.append(unit)
        else:
            left.append(unit)
            if _is_cut_title(text, unit, chosen) and next(ids_in(text, unit), None):
                ids.append(unit)
    return Head(title, ids, left, units, table_head)


def _choose(
    text: str, units: Sequence[Span], sponsor: str, id_below: bool, body: frozenset[str], has_id: bool
) -> Span | None:
    """The title: the first line that may be one, but for a line that is sure to be one where that is weak."""
    fits = [unit for unit in units if may_be_title(text[unit.start : unit.end], sponsor=sponsor)]
    fits = [unit for unit in fits if not id_alone(text, unit) and not _PARTS.search(text, *unit)]
    fits = [unit for unit in fits if _A_STUDY.match(text, *unit) or not _talks(text, unit)]
    fits = [unit for unit in fits if not (_is_long_sentence(text, unit) or _OPEN_END.search(text, *unit))]
    labelled = {unit for unit in units if _LABEL_AND_TEXT.match(text, *unit)}
    if len(labelled) > 1:
        # The page has labels with their values, so a line like one of them is none.
        fits = [unit for unit in fits if unit not in labelled]
    fits = _without_cut_titles(text, fits)
    if body:
        fits = _about(text, units, fits, id_below, body, has_id)
    below = next((unit.start for unit in units if _DISCLAIMER.match(text, *unit) or status_in(text, unit)), 0)
    if above := [unit for unit in fits if unit.start < below]:
        return above[-1]
    marked = [unit for unit in fits if _HEADING.match(text, *unit)]
    if len(marked) == 1:
        return marked[0]
    sure = [unit for unit in fits if _is_sure(text[unit.start : unit.end]) and _reads_like_one(text, unit)]
    # `Clinical Trials of Interest`: words that any page on trials has say nothing of a study.
    sure = [unit for unit in sure if words_of(text[unit.start : unit.end])]
    # Of several lines the first that says more than a menu does.
    sure = [unit for unit in sure if len(words_of(text[unit.start : unit.end])) >= _LEAST_SUBJECT] or sure
    # Two words may be a class of drugs above the title, and what ends in a point a sentence.
    surest = [unit for unit in sure if _is_surest(text[unit.start : unit.end])]
    if sure:
        return (surest or sure)[0]
    above_id = [unit for unit in fits if _is_above_id(text, units, unit, id_below)]
    if len(above_id) == 1:
        return above_id[0]
    return None


def _about(
    text: str, units: Sequence[Span], fits: list[Span], id_below: bool, body: frozenset[str], has_id: bool
) -> list[Span]:
    """Those of the lines that are about what the page is, by its words below them.

    An id says that the page is a record: then the only line may be its title, or the one above the id. Without one
    nothing but its subject tells a title from a heading.
    """
    about = [unit for unit in fits if is_about_the_same(text[unit.start : unit.end], body)]
    if about or not has_id or len(fits) == 1:
        return about if about or not has_id else fits
    return [unit for unit in fits if _is_above_id(text, units, unit, id_below)]


def _talks(text: str, unit: Span) -> bool:
    """Whether a line is what a site says to its readers, a sentence that is cut, or words run together."""
    said = _without_names(text, unit)
    return _TALKS.search(text, *said) is not None or _CUT_OR_GLUED.search(text, *said) is not None


def is_id_label(line: Line) -> bool:
    """Whether a line is a label of the record's id."""
    return any(one.found is not None and one.found.word.field == "registry_id" for one in candidates(line))


def _reads_like_one(text: str, unit: Span) -> bool:
    """Whether a line states the subject or the participants of a study."""
    return _RELATES.search(text, *unit) is not None


def _is_long_sentence(text: str, unit: Span) -> bool:
    """Whether a line is a sentence of running text, such as a news item's first."""
    said = text[unit.start : unit.end]
    return said.endswith(".") and len(said.split()) > _MOST_WORDS_OF_A_SENTENCE and _OPENS_A_TITLE.match(said) is None


def _is_above_id(text: str, units: Sequence[Span], unit: Span, id_below: bool) -> bool:
    """Whether the line below is the record's id, or its label."""
    after = bisect_right(units, unit)
    return id_below if after == len(units) else id_alone(text, units[after]) is not None


def _is_sure(printed: str) -> bool:
    folded = " ".join(printed.split())
    return ((len(folded.split()) > 2 and len(folded) >= 15) or len(folded) >= 25) and not _KIND.match(folded)


def _is_surest(printed: str) -> bool:
    return len(printed.split()) > 2 and not printed.rstrip().endswith(".")


def _stem(text: str, unit: Span) -> str:
    """What a line that is cut short has of the whole: `Evaluation of the Asthma Manage… | A Site`. Else empty."""
    cut = _CUT_SHORT.search(text, *unit)
    return text[unit.start : cut.start()].strip() if cut else ""


def _is_cut_title(text: str, unit: Span, whole: Span | None) -> bool:
    """Whether a line is another one cut short."""
    stem = _stem(text, unit) if whole and unit != whole else ""
    return bool(whole and stem and text.startswith(stem, *whole))


def _without_cut_titles(text: str, units: Sequence[Span]) -> list[Span]:
    """The lines, without those that are another of them cut short."""
    said = sorted(text[unit.start : unit.end] for unit in units)

    def is_cut(unit: Span) -> bool:
        stem = _stem(text, unit)
        # A line is one of those that begin with its own stem, which are next to each other.
        at = bisect_left(said, stem)
        return bool(stem) and sum(one.startswith(stem) for one in said[at : at + 2]) > 1

    return [unit for unit in units if not is_cut(unit)]


def may_be_title(printed: str, strict: bool = False, sponsor: str = "") -> bool:
    """Whether a line can be a record's title: no menu, disclaimer, status, label, sentence, date or address."""
    folded = " ".join(re.split(r"[^\S\t]+", printed.strip()))
    if not folded or len(folded) > _LONGEST or folded[-1] in ":!" or not _BEGINS.match(folded):
        return False
    if _ORGANISATION.fullmatch(folded) or not any(map(str.isalpha, folded)):
        return False
    before, colon, _ = folded.replace("\t", ":").partition(":")
    if colon and find_word(before):
        return False
    if is_furniture(folded) or find_word(folded) or _LABEL_AND_CODE.match(folded):
        return False
    if _NO_TITLE.match(folded) or _PHASE.match(folded):
        return False
    if key(folded) in _STATUSES or key(folded) == key(sponsor) or (_SAYS.search(folded) and len(folded.split()) > _FEW):
        return False
    if len(_SENTENCE.findall(folded)) > 1 or " * " in folded or (folded.endswith(".") and _SENTENCE.search(folded)):
        return False
    if " | " in folded and not (_is_sure(folded.partition(" | ")[0]) or next(find_ids(folded), None)):
        return False
    letters = sum(map(str.isalpha, folded))
    if len(_LATIN.findall(folded)) * 2 < letters:
        return False
    return not strict or _is_sure(folded)


def _units(lines: Sequence[Line]) -> Iterator[Span]:
    """The paragraphs of the head; where they have many lines, each line."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].opens:
            paragraph = lines[start:at]
            wraps = len(paragraph) == 2 and _goes_on(paragraph[0].text, paragraph[1].text)
            if not (wraps or len(paragraph) == 1) or any(may_be_apart(line) for line in paragraph):
                yield from (line.span for line in paragraph)
            elif paragraph:
                yield Span(paragraph[0].start, paragraph[-1].end)
            start = at


def _goes_on(first: str, second: str) -> bool:
    """Whether a title that was too long for a line goes on in the next one."""
    return len(first) >= _LEAST_OF_A_LINE and (second[0].islower() or _OPEN_END.search(first) is not None)


def may_be_apart(line: Line) -> bool:
    """Whether a line of a paragraph certainly is alone: furniture, or an id."""
    return (
        is_furniture(line.text)
        or not may_be_title(line.text)
        or id_alone(line.text, Span(0, len(line.text))) is not None
    )


def _without_names(text: str, span: Span) -> Span:
    """A title without the site's name and the id that are with it: `A Study (NCT00000001) - ClinicalTrials.gov`."""
    if mark := _HEADING.match(text, *span):
        span = Span(mark.end(), span.end)
    bar = text.find(" | ", *span)
    if bar > span.start and _is_sure(text[span.start : bar]):
        # The names of the site and of its parts.
        span = trimmed(text, span.start, bar)
    if quote := _OPEN_QUOTE.match(text, *span):
        span = Span(quote.end(), span.end)
    bar = text.rfind(" | ", *span)
    if bar > span.start and next(find_ids(text, span.start, bar), None):
        span = trimmed(text, span.start, bar)
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
