"""Word accounting: texts with a word in every value that is nowhere else, and whether the document has each of them.

A record is printed in every form and vocabulary, a sample of each form has words put into its values, and labels,
headings and values are mixed in any order. Each word has to be in a field, in `unparsed`, or in a problem's message.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from parser import Document, ManyRecordsError, ParserError, parse, parse_records
from tests.conftest import HTML_SAMPLES, ROOT, TEXT_SAMPLES
from tests.evaluation.bare_printer import print_bare
from tests.evaluation.family_printer import MANNERS, SETS, print_family
from tests.evaluation.html_printer import SHELLS, print_html
from tests.evaluation.printer import print_page
from tests.evaluation.results_printer import Style, print_results
from tests.fuzz import mix

WORD = re.compile(r"(?:(?:[bdfgjkvwz][aiou]){5})zz", re.IGNORECASE)
"""A made-up word: five syllables and an ending that no language has."""

_CONSONANTS, _VOWELS = "bdfgjkvwz", "aiou"

# What a value of a study may be besides text: a code, a date, an age, an id, a number, an address.
_TYPED = re.compile(r"[A-Z0-9_]+\Z|[\d./ -]+\Z|\d+ (?:Year|Month|Week|Day|Hour|Minute)s?\Z|\S+@\S+\Z|https?://|NCT\d")
_NO_TEXT = frozenset(
    {"country", "phone", "date", "type", "status", "interventionNames", "armGroupLabels", "pmid", "nctId"}
)
_BROWSED = ("derivedSection", "annotationSection", "normalizedSection", "sourceSection", "schemaVersion")

EXPORTS = sorted(path for path in (ROOT / "samples" / "exports").rglob("*") if path.is_file())
REGISTRY_PAGES = sorted((ROOT / "samples" / "registries").glob("*.txt"))


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


def read_all(data: str | bytes) -> list[Document]:
    """The documents of an input. Raises a `ParserError` if it, or one of its records, is refused."""
    try:
        return [parse(data)]
    except ManyRecordsError:
        refused: list[ParserError] = []
        documents = list(parse_records(data, on_error=lambda place, error: refused.append(error)))
        if refused:
            raise refused[0] from None
        return documents


def lost_words(data: str | bytes, documents: Sequence[Document]) -> list[str]:
    """The words of an input that are nowhere in its documents."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    words = dict.fromkeys(WORD.findall(text))
    if not words:
        return []
    said = "\n".join(says for document in documents for says in _leaves(document.to_dict())).casefold()
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


# --- Samples of every form, with words put into them ---


def worded_page(words: Words, text: str) -> str:
    """A page some of whose lines have a word more, are another value, or have another one below."""
    chance = words.chance
    share = chance.choice((0.02, 0.1, 0.3))
    lines = []
    for line in text.split("\n"):
        if chance.random() > share:
            lines.append(line)
            continue
        lines.append(
            chance.choice((f"{line} {words()}", f"{line}\n{value(words)}", value(words), f"{line}; {words()}"))
        )
    return "\n".join(lines)


def worded_export(words: Words, path: Path) -> str:
    """An export's sample, with a word in its values, each by chance."""
    text = path.read_text(encoding="utf-8-sig")
    chance = words.chance
    share = chance.choice((0.05, 0.3, 1.0))

    def worded(value: str) -> str:
        if chance.random() > share:
            return value
        return f"{value} {words()}" if chance.random() < 0.8 else words()

    kind = path.parent.name
    if kind.endswith("json"):
        return json.dumps(_changed(json.loads(text), worded)) if path.suffix == ".json" else text
    if kind.endswith("xml"):
        return re.sub(r"(?<=>)[^<>]*\w[^<>]*(?=</)", lambda match: worded(match[0]), text)
    if kind.endswith("csv"):
        dialect = csv.excel_tab if path.suffix == ".tsv" else csv.excel
        rows = list(csv.reader(io.StringIO(text), dialect))
        out = io.StringIO()
        csv.writer(out, dialect).writerows([rows[0], [worded(cell) for cell in rows[1]]])
        return out.getvalue()
    return re.sub(r"(?<=: )[^\n]+$", lambda match: worded(match[0]), text, flags=re.MULTILINE)


def _changed(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, dict):
        return {name: _changed(part, change) for name, part in data.items()}
    if isinstance(data, list):
        return [_changed(part, change) for part in data]
    return change(data) if isinstance(data, str) else data


@cache
def _texts(paths: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in paths)


def one_text(chance: random.Random) -> str:
    """A text with words in it."""
    words = Words(chance)
    drawn = chance.random()
    if drawn < 0.5:
        return mixture(words)
    if drawn < 0.7:
        return printed(words)
    if drawn < 0.8:
        return worded_export(words, chance.choice(EXPORTS))
    pages = _texts(tuple(REGISTRY_PAGES)) if drawn < 0.9 else _texts(tuple(TEXT_SAMPLES))
    return worded_page(words, chance.choice(pages))
