"""Word accounting: texts with a word in every value that is nowhere else, and whether the document has each of them.

A record is printed in every form and vocabulary, a sample of each form has words put into its values, and labels,
headings and values are mixed in any order. Each word has to be in a field, in `unparsed`, or in a problem's message.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from parser import Document, ParserError, page_source, parse
from parser.forms import Refused, export_form
from parser.forms.streams import HEAD, utf8_head
from parser.pipeline import read_payload
from parser.source import DEFAULT_MAX_SIZE
from tests.conftest import HTML_SAMPLES, TEXT_SAMPLES
from tests.evaluation.bare_printer import print_bare
from tests.evaluation.family_printer import MANNERS, SETS, print_family
from tests.evaluation.html_printer import SHELLS, print_html
from tests.evaluation.printer import print_page
from tests.evaluation.results_printer import Style, print_results
from tests.fuzz import mix
from tests.fuzz.worded import Worded, samples

WORD = re.compile(r"(?:(?:[bdfgjkvwz][aiou]){5})zz", re.IGNORECASE)
"""A made-up word: five syllables and an ending that no language has."""

_CONSONANTS, _VOWELS = "bdfgjkvwz", "aiou"

# What a value of a study may be besides text: a code, a date, an age, an id, a number, an address.
_TYPED = re.compile(r"[A-Z0-9_]+\Z|[\d./ -]+\Z|\d+ (?:Year|Month|Week|Day|Hour|Minute)s?\Z|\S+@\S+\Z|https?://|NCT\d")
_NO_TEXT = frozenset(
    {"country", "phone", "date", "type", "status", "interventionNames", "armGroupLabels", "pmid", "nctId"}
)
_BROWSED = ("derivedSection", "annotationSection", "normalizedSection", "sourceSection", "schemaVersion")


class Words:
    """Makes words, each once."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made: set[str] = set()

    def __call__(self) -> str:
        while True:
            word = "".join(self.chance.choice(_CONSONANTS) + self.chance.choice(_VOWELS) for _ in range(5)) + "zz"
            if word not in self.made:
                self.made.add(word)
                return word.capitalize() if self.chance.random() < 0.5 else word


class Read(NamedTuple):
    """A record of an input: its own text, and the document."""

    text: str
    document: Document


def read_all(data: str | bytes) -> list[Read]:
    """The records of an input; of an export, those that are not refused. Raises a `ParserError` if all are."""
    encoded = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    form = export_form(utf8_head(encoded[:HEAD]))
    if form is None:
        # Of a saved page, what is hidden in it is no part of the record.
        return [Read(page_source(data).text, parse(data))]
    read, refused = [], []
    for found in form.split(io.BytesIO(encoded), DEFAULT_MAX_SIZE):
        try:
            if isinstance(found, Refused):
                raise found.error
            text = "\n".join((*found.header, _decoded(found.content)))
            read.append(Read(text, read_payload(found)))
        except ParserError as error:
            refused.append(error)
    if not read and refused:
        raise refused[0]
    if len(read) == 1 and not refused:
        # What is around the only record is accounted for, too.
        return [Read(_decoded(encoded), read[0].document)]
    return read


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def lost_words(read: Read) -> list[str]:
    """The words of a record that are nowhere in its document."""
    words = dict.fromkeys(WORD.findall(read.text))
    if not words:
        return []
    said = "\n".join(_leaves(read.document.to_dict())).casefold()
    return [word for word in words if word.casefold() not in said]


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _leaves(value)
    elif isinstance(data, list):
        for item in data:
            yield from _leaves(item)


# --- Values ---

_SHAPES = (
    "{}", "{}", "{}", "{} {} study", "A trial of {} in {}", "{}; {}", "{}, {}", "{}\n{}", "{}\n\n{}", "* {}\n* {}",
    "- {}", "1. {}\n2. {}", "Drug: {}", "Experimental: {}", "Experimental: {}\n{}", "{} [Time Frame: 8 {}]", "{}: {}",
    "Jane {}, MD, University of {}", "{}, {}, France", "{}, France", "Hospital {}\n{}, Bavaria, Germany, 12345",
    "18 Years {}", "18 Years to 65 Years {}", "18 Years and older ({})", "Adult, {}", "Recruiting {}",
    "Recruiting ({})", "Completed\n{}", "Phase 2 {}", "Phase 2 / {}", "Phase 2\n{}", "120 {}",
    "120 participants ({})", "2020-01-31 {}", "January 2020 ({})", "{} 2020", "Yes {}", "Yes, {}", "No\n{}",
    "NCT00000001 {}", "NCT00000002 {}", "{} (Industry)", "{} | {}", "Randomized {}", "Double ({})",
    "Double (Participant, {})", "INTERVENTIONAL {}", "All {}", "None {}", "N/A ({})", "Not provided {}",
    "Principal Investigator: Jane {}", "Contact: {} +33 142499768", "+33 142499768 ext. {}",
    "Smith J, {} A. {} of salt. Lancet. 2020;1(2):3-4.", "PMID: 12345 {}", "| {} | {} |",
    "| Measure | Time Frame |\n| {} | {} |", "Inclusion Criteria:\n* {}\nExclusion Criteria:\n* {}", "{}.",
    "The {} of the {} is measured at {}.", "{} - {}", "Study Protocol [PDF] {}",
)  # fmt: skip


def value(words: Words) -> str:
    """What may be below a label or a heading, with words in it."""
    return re.sub(r"\{\}", lambda _: words(), words.chance.choice(_SHAPES))


def mixture(words: Words) -> str:
    """Labels, headings and values in any order, as `tests.fuzz.mix` has them, with words in the values."""
    chance = words.chance
    head = chance.choice(_HEADS).format(words())
    separator = chance.choice(("\n", "\n", "\n\n", "\n\n", "\r\n"))
    parts = [head]
    for _ in range(int(12 ** chance.random())):
        drawn = chance.random()
        if drawn < 0.6:
            parts.append(chance.choice(mix.NAMES) + chance.choice((": ", ":", "\n", "\n\n", "\t", "  ")) + value(words))
        elif drawn < 0.8:
            parts.append(mix.heading(chance))
        else:
            parts.append(value(words))
    return separator.join(parts)


_HEADS = (
    "NCT ID: NCT00000001\nOverall Status: Recruiting\nPhase: Phase 2\n",
    "NCT ID: NCT00000001\nOverall Status: Recruiting\nPhase: Phase 2\n",
    "A trial of {}\n\nNCT ID: NCT00000001\n\nOverall Status\n\nRecruiting\n\nStudy Type\n\nInterventional",
    "# {}\n\n| Overall Status | Recruiting |\n| Phase | Phase 2 |\n| NCT ID | NCT00000001 |",
    "{}\n\nNCT ID: NCT00000001\nLast Updated: 2020-01-01\n\nBasic Information\n\nRecruitment Status\n\nCOMPLETED\n",
    "Brief Title: A trial of {}\nEudraCT Number: 2015-002340-14\nStudy Type: Interventional\nStart Date: May 2020\n",
)


# --- Records in every form ---


@cache
def _studies() -> tuple[dict[str, Any], ...]:
    """The samples' documents, which are studies of API v2 with more sections."""
    samples = [path.with_suffix(".json") for path in (*TEXT_SAMPLES, *HTML_SAMPLES)]
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in samples)


def study(words: Words) -> dict[str, Any]:
    """A study with a word in every text."""
    chosen = words.chance.choice(_studies())
    return {key: _with_words(part, words, key) for key, part in chosen.items() if key not in _BROWSED}


def _with_words(data: Any, words: Words, key: str = "") -> Any:
    if isinstance(data, dict):
        return {name: _with_words(part, words, name) for name, part in data.items()}
    if isinstance(data, list):
        return [_with_words(part, words, key) for part in data]
    if not isinstance(data, str) or key in _NO_TEXT or _TYPED.match(data):
        return data
    # A word at the end, which is before the mark that ends the sentence.
    return re.sub(r"([.:]?)\Z", lambda match: f" {words()}{match[1]}", data, count=1)


Printer = Callable[[dict[str, Any]], str]

_bars: Printer = partial(print_results, style=Style(bars=True))

PRINTERS: dict[str, Printer] = {
    "labelled": print_page,
    "bare": print_bare,
    "bare, with labels": lambda study: print_bare(study, "label"),
    "bare, without lines": lambda study: print_bare(study, "gone"),
    "results": lambda study: (print_results if "resultsSection" in study else print_page)(study),
    "bare results": lambda study: _bars(study) if "resultsSection" in study else print_page(study),
    **{
        f"{words}, {manner}": lambda study, words=words, manner=manner: print_family(study, words, manner)
        for words in SETS
        for manner in MANNERS
    },
    **{f"HTML, {shell}": lambda study, shell=shell: print_html(study, shell) for shell in SHELLS},
    "API v2": lambda study: json.dumps(study),
}


def printed(words: Words) -> str:
    """A record in any form, with a word in every value."""
    name = words.chance.choice(list(PRINTERS))
    return PRINTERS[name](study(words))


# --- All of them ---


def one_text(chance: random.Random) -> str:
    """A text with words in it."""
    words = Words(chance)
    drawn = chance.random()
    if drawn < 0.4:
        return mixture(words)
    if drawn < 0.6:
        return printed(words)
    put = samples()[chance.choice(list(samples()))]
    return put(Worded(words, partial(value, words), chance))
