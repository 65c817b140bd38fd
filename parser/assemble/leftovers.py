"""Finds left-over text: each word of a page that is in no field, label, or sentence of the site.

18 Years to 65 Years at the time of consent     the ages do not cover the rest of the line: all of it is left over
Age Groups: patients of the ward                text after a label that is not its value
Sponsors: A; B                                  an entry that was dropped because another one precedes it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from parser.assemble.reading import PageReading
from parser.forms.pages.bare import RELATED
from parser.forms.pages.furniture import is_menu_entry, is_site_line
from parser.forms.pages.head import TABLE_HEAD
from parser.forms.pages.model import Page
from parser.forms.pages.results.words import HEADINGS as RESULTS_HEADINGS
from parser.forms.pages.results.words import NO_WITHDRAWALS
from parser.forms.pages.site import NO_INTERVENTIONS, PUBMED_LINK, SITE_LINES, speaks_to_the_reader
from parser.forms.pages.vocabulary import SITE_SENTENCES, is_heading, key, named_in
from parser.lines import paragraphs_of, read_lines
from parser.recorder import PlacedValue
from parser.source import Span, fold
from parser.values.text import says_nothing
from parser.values.typed_words import WORD, words_of_values

# A value that is not one of the words that were printed: a code, a date, an age.
_NORMALIZED = re.compile(
    r"[A-Z][A-Z0-9_]*\Z|\d{4}(?:-\d\d){0,2}\Z|\d+(?:\.\d+)? (?:Year|Month|Week|Day|Hour|Minute)s?\Z"
)
_LETTER = re.compile(r"[^\W_]")

_BETWEEN = frozenset({"to", "and", "or", "from", "through", "until", "up", "of", "age", "old", "ext"})
_SENTENCES = SITE_SENTENCES | SITE_LINES | {RELATED.sentence}
_SITE = frozenset((*_SENTENCES, *RESULTS_HEADINGS, "Measure", NO_INTERVENTIONS, NO_WITHDRAWALS, PUBMED_LINK))
_SPEAKING = 3
# What begins like a sentence of the site's own and has a value, is too short for a sentence, or continues after it.
_SHORT_SENTENCE = re.compile(r"(?i:(?:last )?updated\b)|(?:\w+\W+){1,7}\Z|.*[^.:!?)]\Z", re.DOTALL)
# What the site adds to the cells of results: its own count of a group, a share in per cent, words before numbers.
_IN_CELLS = re.compile(
    r"n=(?:\d[\d,]* Participants(?: at risk)?)?\Z|[\d.,]+ ?%\Z"
    r"|(?:Number of events|participants at risk)\Z|(?:serious|other) events\Z"
)
_AROUND = "[]()•;| "


def leave_rest(reading: PageReading, placed: Sequence[PlacedValue]) -> None:
    """Add left-over text to `unparsed`. `placed` are the document's values."""
    text, page = reading.source.text, reading.page
    if not page.pieces:
        # A form without a list of its labels.
        return
    for span in _more_than_values(reading, placed):
        reading.leave("unparsed-text", f"more than a value: {reading.folded(span)[:200]!r}", span)
    stated = {value.span for values in page.stated.values() for value in values}
    values = [span for _, span, _ in placed if not stated or span not in stated]
    values += (part for span in stated if span for part in _words_of_codes(text, span))
    values += [reading.registry_id.span] if reading.registry_id else ()
    in_cells = page.results is not None
    around = _AROUND if in_cells else "| "
    told: set[str] | None = None
    for start, end in _between((*values, *reading.unparsed, *reading.accounted, *_own(page, text)), text):
        lines = [line for line in read_lines(text, start, end) if not _says_no_more(line.text.strip(around), in_cells)]
        if lines and told is None:
            # A page may repeat a value.
            printed = {line for start, end in set(values) for line in text[start:end].split("\n")}
            told = {fold(line).strip(around).casefold() for line in printed}
        for span in paragraphs_of(
            [line for line in lines if fold(line.text).strip(around).casefold() not in (told or ())]
        ):
            reading.leave("unparsed-text", "text that belongs to no field", span)


def _between(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """The stretches of a text between some spans, if a letter or a digit is in them."""
    at = 0
    for start, end in (*sorted(spans, key=itemgetter(0)), Span(len(text), len(text) + 1)):
        if at < end and start < end:
            if at < start and not text[at:start].isspace() and _LETTER.search(text, at, start):
                yield Span(at, start)
            at = end


def _words_of_codes(text: str, span: Span) -> Iterator[Span]:
    """A code that a form states; of one in several rows its words, as what else is between them is no part of it."""
    said = text[span.start : span.end]
    if not re.search(r"[\r\n]", said):
        yield span
        return
    for match in re.finditer(r"\w+", said):
        if match[0].isdigit() or len(match[0]) == 1 or match[0].lower() in words_of_values():
            yield Span(span.start + match.start(), span.start + match.end())


def _own(page: Page, text: str) -> Iterator[Span]:
    """The text of a page other than values: headings, labels without a value on their line, sites' sentences."""
    sentences = [(piece.span, piece.cut(text)) for piece in page.pieces if piece.terminal == "SENTENCE"]
    yield from (span for span, said in sentences if said in _SENTENCES)
    if others := [(span, fold(said)) for span, said in sentences if said not in _SENTENCES]:
        # Where several sections begin with a sentence to the reader, the site has one in each.
        has_one_in_each = sum(speaks_to_the_reader(fold(said)) for _, said in sentences) >= _SPEAKING
        for span, said in others:
            speaks = has_one_in_each and speaks_to_the_reader(said) and not _SHORT_SENTENCE.match(said)
            if speaks or any(sentence.startswith(said) for sentence in _SENTENCES):
                yield span
    for piece in page.pieces:
        if piece.terminal == "LABEL":
            # Cells of results use the same nouns after numbers.
            if page.results is None or piece.field or piece.section == "front":
                start, end = piece.span
                value = piece.value
                yield Span(start, value.start) if value and start <= value.start < end else piece.span
        elif piece.terminal.endswith("_HEADING"):
            said = piece.cut(text)
            named = None if is_heading(said) else named_in(said)
            yield Span(piece.span.start, piece.span.start + named[0]) if named else piece.span


def _more_than_values(reading: PageReading, placed: Sequence[PlacedValue]) -> list[Span]:
    """The spans of codes, dates, ages, numbers and answers with more text than their value."""
    found: set[Span] = set()
    exact = {value.span for values in reading.page.stated.values() for value in values}
    known = words_of_values()
    for pointer, span, value in placed:
        # Most values are words, whose second letter is small.
        if isinstance(value, str) and (value[1:2].islower() or not _NORMALIZED.match(value)):
            continue
        if pointer.startswith("/normalizedSection"):
            # It is made from the other sections, which are before it.
            break
        words = reading.source.slice(span)
        same = words.casefold() == str(value).casefold()
        if not same and fold(words) not in _SITE and not known.issuperset(WORD.findall(words.lower())):
            found.add(span)
    return sorted(found.difference(exact, reading.unparsed))


def _is_the_sites(line: str) -> bool:
    """Whether a line is a menu's entry, or a sentence of the site's own; `Last updated on` may have a value."""
    if not is_site_line(line):
        return False
    return not _SHORT_SENTENCE.match(line) or is_menu_entry(line)


def _says_no_more(line: str, in_cells: bool) -> bool:
    """Whether a line has no words, is the site's own, says that nothing is there, or is between two values."""
    if not _LETTER.search(line) or line in _SITE or _is_the_sites(line) or says_nothing(line):
        return True
    if set(map(key, line.strip("|").split("|"))) <= TABLE_HEAD | {"value"}:
        return True
    words = re.findall(r"\w+", line.lower())
    return _BETWEEN.issuperset(words) or (
        in_cells and (_IN_CELLS.match(line) is not None or words_of_values().issuperset(words))
    )
