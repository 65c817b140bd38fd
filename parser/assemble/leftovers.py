"""What nothing else accounts for: each word of a page that no field, label, or sentence of the site has is left over.

18 Years to 65 Years at the time of consent     two ages have no place for the rest of the line: all of it is left
Age Groups: patients of the ward                what stands after a label and is no value of it
Sponsors: A; B                                  an entry that was dropped because another one came before
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from parser.assemble.reading import Reading
from parser.enums import ENUMS
from parser.forms.pages.bare import RELATED
from parser.forms.pages.furniture import is_menu_entry, is_site_line
from parser.forms.pages.head import TABLE_HEAD
from parser.forms.pages.model import Piece
from parser.forms.pages.results.words import HEADINGS as RESULTS_HEADINGS
from parser.forms.pages.results.words import NO_WITHDRAWALS
from parser.forms.pages.site import NO_INTERVENTIONS, PUBMED_LINK, SITE_LINES, speaks_to_the_reader
from parser.forms.pages.vocabulary import HEADINGS, key, named_in
from parser.lines import Line, read_lines
from parser.source import Place, Span, fold, stretches
from parser.values.codes import synonyms
from parser.values.text import says_nothing

# A value that is none of the words that were printed: a code, a date, an age.
_NORMALIZED = re.compile(r"[A-Z][A-Z0-9_]*\Z|\d{4}(?:-\d\d){0,2}\Z|\d+(?:\.\d+)? (?:Year|Month|Week|Day|Hour|Minute)s?\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_REST = re.compile(rb"\x00+")

# What stands beside codes, dates, ages and counts and says no more than they do.
_BESIDE = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun st nd rd th year years month months week weeks day days hour hours minute minutes old age ages aged older"
    " over above up younger under below and or to from between until through at least of no limit undefined maximum"
    " minimum child children adult adults senior seniors participant participants patient patients subject subjects"
    " actual estimate estimated anticipated planned target yes no true false accepts accepted not does healthy"
    " volunteers results available pending posted has na primary backup lead collaborator assignment ext sexes gender genders only bytes months phase pmid".split()
)
_BETWEEN = frozenset({"to", "and", "or", "from", "through", "until", "up", "of", "age", "old", "ext"})
_SENTENCES = frozenset(heading.sentence for heading in (*HEADINGS, RELATED) if heading.sentence)
_SITE = frozenset((*SITE_LINES, *_SENTENCES, *RESULTS_HEADINGS, NO_INTERVENTIONS, NO_WITHDRAWALS, PUBMED_LINK))
_SPEAKING = 3
# What begins like a sentence of the site's own and is too short for one, or goes on after it.
_SHORT_SENTENCE = re.compile(r"(?:\W*\w+){1,7}\W*\Z|.*[^.:!?)]\Z", re.DOTALL)
# The site's own count of a group, which it repeats in every cell.
_COUNT = re.compile(r"[\]•\s]*n=\d[\d,]* Participants(?: at risk)?\Z|(?:serious|other) events\Z")


@cache
def _words_beside() -> frozenset[str]:
    """The words of all codes, in API v2's spelling and in others', and those beside them."""
    spelled = " ".join((*(code for codes in ENUMS.values() for code in codes), *synonyms()))
    return _BESIDE | frozenset(word.lower() for word in re.findall(r"[A-Za-z]{2,}", spelled))


def leave_rest(reading: Reading, spans: Mapping[str, Place], said: Sequence[Any]) -> None:
    """Leave what no field has. `spans` are the places of the document's values, `said` these values."""
    text, pieces = reading.source.text, reading.page.pieces
    if not pieces:
        # A form that does not say what its labels are.
        return
    # Where several sections begin with a sentence to the reader, the site has one in each.
    speaks = sum(one.terminal == "SENTENCE" and speaks_to_the_reader(one.cut(text)) for one in pieces) >= _SPEAKING
    canvas = bytearray(len(text))

    def paint(span: Span) -> None:
        canvas[span.start : span.end] = b"\x01" * (span.end - span.start)

    for place in spans.values():
        for span in stretches(place):
            paint(span)
    for span in _more_than_values(reading, spans, said):
        reading.leave("unparsed-text", f"more than a value: {reading.folded(span)[:200]!r}", span)
    for span in (*reading.unparsed, *reading.accounted, *(span for one in pieces for span in _own(one, text, speaks))):
        paint(span)
    told: set[str] | None = None
    for match in _REST.finditer(canvas):
        rest = text[match.start() : match.end()]
        if not any(map(str.isalnum, rest)):
            continue
        lines = [line for line in read_lines(text, *match.span()) if not _says_no_more(line.text)]
        if lines and told is None:
            told = _told(text, spans.values())
        for span in _paragraphs(line for line in lines if fold(line.text).casefold() not in (told or ())):
            reading.leave("unparsed-text", "text that belongs to no field", span)


def _own(piece: Piece, text: str, speaks: bool) -> Iterator[Span]:
    """What a piece has besides values: a heading, a label without the value that shares its line, a site's sentence."""
    if piece.terminal == "LABEL":
        start, end = piece.span
        inside = piece.value and start <= piece.value.start < end
        yield Span(start, piece.value.start if inside and piece.value else end)
    elif piece.terminal.endswith("_HEADING"):
        named = named_in(piece.cut(text))
        yield Span(piece.span.start, piece.span.start + named[0]) if named else piece.span
    elif piece.terminal == "SENTENCE" and (cut := fold(piece.cut(text))):
        if (speaks and speaks_to_the_reader(cut)) or any(sentence.startswith(cut) for sentence in _SENTENCES):
            yield piece.span


def _more_than_values(reading: Reading, spans: Mapping[str, Place], said: Sequence[Any]) -> list[Span]:
    """The places of codes, dates, ages, numbers and answers that say more than the value does."""
    found: set[Span] = set()
    exact = {value.span for values in reading.page.stated.values() for value in values}
    known = _words_beside()
    for (pointer, place), value in zip(spans.items(), said, strict=True):
        if pointer.startswith("/normalizedSection") or (isinstance(value, str) and not _NORMALIZED.match(value)):
            continue
        for span in set(stretches(place)).difference(exact):
            words = reading.source.slice(span)
            if words != value and fold(words) not in _SITE and not known.issuperset(_WORD.findall(words.lower())):
                found.add(span)
    return sorted(found.difference(reading.unparsed))


def _told(text: str, places: Iterable[Place]) -> set[str]:
    """The lines of all values, which a page may say again."""
    cuts = (text[span.start : span.end] for place in places for span in stretches(place))
    return {fold(line).casefold() for cut in cuts for line in cut.split("\n")}


def _is_the_sites(line: str) -> bool:
    """Whether a line is a menu's entry, or a sentence of the site's own; `Last updated on` may have a value."""
    if not is_site_line(line):
        return False
    return not _SHORT_SENTENCE.match(line) or is_menu_entry(line)


def _says_no_more(line: str) -> bool:
    """Whether a line has no words, is the site's own, says that nothing is there, or is between two values."""
    if not any(map(str.isalnum, line)) or line in _SITE or _is_the_sites(line) or says_nothing(line):
        return True
    if set(map(key, line.strip("|").split("|"))) <= TABLE_HEAD | {"value"}:
        return True
    return _COUNT.match(line) is not None or _BETWEEN.issuperset(re.findall(r"\w+", line.lower()))


def _paragraphs(lines: Iterable[Line]) -> Iterator[Span]:
    start = end = -1
    for line in lines:
        if start >= 0 and line.opens:
            yield Span(start, end)
            start = -1
        start = line.start if start < 0 else start
        end = line.end
    if start >= 0:
        yield Span(start, end)
