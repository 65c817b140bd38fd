"""How many PubMed-style citations are read right: `python -m tests.evaluation.measure_citations`.

Every reference of the records that has a PubMed identifier is read twice: by the package, and by the plain string
splitting of this file, which shares no code with it and knows PubMed's form only. Where the two differ one is wrong;
each difference is printed, so that a person can say which. References that share an identifier must be read alike.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from parser.values.citation import Citation, read_citation
from tests.evaluation.records import Study, chosen_records, records_parser

DATED = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Winter|Spring|Summer|Fall|Autumn")


class Plain(NamedTuple):
    """A citation as split by its punctuation; what it does not have is None."""

    author: str | None
    journal: str | None
    year: int | None
    volume: str | None
    issue: str | None
    pages: str | None
    doi: str | None


def references(studies: Iterable[Study]) -> list[tuple[str, str]]:
    """Identifier and text of every reference that was fetched from PubMed."""
    modules = (study["protocolSection"].get("referencesModule", {}) for study in studies)
    found = [reference for module in modules for reference in module.get("references", [])]
    return [(entry["pmid"], entry["citation"]) for entry in found if entry.get("pmid") and entry.get("citation")]


def split_plainly(text: str) -> Plain:
    """The parts of a citation, cut at PubMed's full stops, semicolons and colons."""
    words = text.split(" ")
    at = next((place for place in range(2, len(words)) if _is_year(words, place)), None)
    first = re.split(r"[,;]|\.+ ", text)[0]
    name = first.removesuffix(" Jr").split(" ")
    author = " ".join(name[:-1]) if len(name) > 1 and len(name[-1]) <= 4 and name[-1].isupper() else first
    identifiers = [word.rstrip(".") for before, word in pairwise(words) if before == "doi:"]
    doi = identifiers[0] if identifiers else None
    if at is None:
        return Plain(author, None, None, None, None, None, doi)
    journal = re.split(r"[.?!]\"? |\.\] |\]\. ", " ".join(words[:at]))[-1].removesuffix(".")
    rest = " ".join(words[at:])
    date, _, place = rest.partition(";")
    if len(date) > 25:
        return Plain(author, journal, int(rest[:4]), None, None, None, doi)
    numbers, _, pages = place.partition(":")
    volume, _, issue = numbers.partition("(")
    pages = re.split(r"\. |\.$|;|: ", pages)[0]
    return Plain(
        author, journal, int(date[:4]), volume or None, issue.removesuffix(")").strip() or None, pages or None, doi
    )


def _is_year(words: list[str], place: int) -> bool:
    """Whether a word is the year of an issue: after a full stop, and followed by a month or a semicolon."""
    word = words[place]
    if not re.match(r"(19|20)\d\d(\b|$)", word) or not words[place - 1].endswith("."):
        return False
    follows = words[place + 1] if place + 1 < len(words) else ""
    return ";" in word or DATED.match(follows) is not None


FIELDS: dict[str, tuple[Callable[[Citation], object], Callable[[Plain], object]]] = {
    "first author": (lambda c: c.authors[0].family.value if c.authors else None, lambda p: p.author),
    "year": (lambda c: c.year and c.year.value, lambda p: p.year),
    "doi": (lambda c: c.doi and c.doi.value, lambda p: p.doi),
    "journal": (lambda c: c.journal and c.journal.value, lambda p: p.journal),
    "volume": (lambda c: c.volume and c.volume.value.strip(), lambda p: p.volume and p.volume.strip()),
    "issue": (lambda c: c.issue and c.issue.value, lambda p: p.issue),
    "pages": (lambda c: c.pages and c.pages.value, lambda p: p.pages),
    "title": (lambda c: bool(c.title), lambda p: True),
}


def main(argv: list[str] | None = None) -> None:
    options = records_parser("tests.evaluation.measure_citations", __doc__)
    cited = references(chosen_records(options, options.parse_args(argv)))
    start = time.perf_counter()
    citations = [read_citation(text) for _, text in cited]
    seconds = time.perf_counter() - start
    alike: Counter[str] = Counter()
    readings: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for (pmid, text), citation in zip(cited, citations, strict=True):
        plain = split_plainly(text)
        for field, (ours, theirs) in FIELDS.items():
            if ours(citation) == theirs(plain):
                alike[field] += 1
            else:
                print(f"{field}: {ours(citation)!r} / {theirs(plain)!r}\n    {text[:60]} … {text[-160:]}")
        readings[pmid].add(tuple(FIELDS[field][0](citation) for field in ("first author", "year", "journal", "volume")))
        if citation.pmid and citation.pmid.value != pmid:
            print(f"pmid: {citation.pmid.value} / {pmid}")
    print(f"{len(cited)} citations, {seconds / len(cited) * 1e6:.0f} µs each; read alike:")
    for field in FIELDS:
        print(f"  {field:13}{alike[field]:6}  {alike[field] / len(cited):.2%}")
    apart = {pmid: read for pmid, read in readings.items() if len(read) > 1}
    print(f"{len(readings)} identifiers, {len(apart)} with readings that differ: {apart}")


if __name__ == "__main__":
    main()
