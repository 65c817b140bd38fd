"""Makes the lexicon from the registry's own records.

    python -m tests.evaluation.build_lexicon --records studies.jsonl.gz --terms terms.tsv -o parser/lexicon/terms.txt.gz

The terms of the records are counted, and their lists, joined by blanks as pages print them, are what the weights are
learnt from. The file of terms, which may be left out, has those of further trials, one a line, with the number of
records that use each:

    kind<TAB>term<TAB>records
    condition<TAB>Duchenne Muscular Dystrophy<TAB>274
    condition-lowercased<TAB>diabetes mellitus, type 2<TAB>125
"""

from __future__ import annotations

import argparse
import gzip
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from parser.lexicon import KINDS, PATH, Kind, Lexicon
from parser.lexicon.features import JoinedList, LexiconCounts, PageContext, common, fold_term, fold_word, turned
from tests.evaluation.records import Study, chosen_records, records_parser
from tests.evaluation.train_lexicon import Trainer

TERMS = Path(os.environ["REGISTRY_TERMS"]) if os.environ.get("REGISTRY_TERMS") else None

TABLES = {
    "condition": "conditions",
    "condition-lowercased": "conditions",
    "keyword": "keywords",
    "mesh": "headings",
}
"""Which count a kind of a file of terms adds to."""

_MOST_COUNTED = 6
"""The number of records from which a term or a pair of words is just frequent."""


class TermList(NamedTuple):
    """A list as a page prints it, and what it was made of."""

    kind: Kind
    text: str
    terms: list[str]
    context: PageContext

    @property
    def ends(self) -> list[int]:
        """The number of words up to the end of each term."""
        return list(accumulate(len(term.split()) for term in self.terms))


def term_lists(study: Study) -> list[TermList]:
    """The conditions and the keywords of a study, each joined by single blanks."""
    protocol = study["protocolSection"]
    module = protocol.get("conditionsModule", {})
    lists: dict[Kind, list[str]] = {
        kind: [" ".join(term.split()) for term in module.get(kind, []) if term.split()] for kind in KINDS
    }
    title, prose = protocol["identificationModule"].get("briefTitle", ""), "\n".join(_texts(protocol))
    joined = {kind: " ".join(terms) for kind, terms in lists.items()}
    return [
        TermList(kind, joined[kind], lists[kind], PageContext(title, joined[other], prose))
        for kind, other in (KINDS, KINDS[::-1])
        if lists[kind]
    ]


def _texts(protocol: Study) -> Iterator[str]:
    """The running texts and the interventions' names of a study, as its page has them."""
    description = protocol.get("descriptionModule", {})
    yield description.get("briefSummary", "")
    yield description.get("detailedDescription", "")
    for intervention in protocol.get("armsInterventionsModule", {}).get("interventions", []):
        yield intervention.get("name", "")
    yield protocol.get("eligibilityModule", {}).get("eligibilityCriteria", "")


def count_study(statistics: LexiconCounts, study: Study, lists: Sequence[TermList], times: int = 1) -> None:
    """Add a study to the counts, or take it out with `times` -1."""
    for found in lists:
        for term in set(found.terms):
            _count_term(statistics, found.kind, term, times)
        for left, right in zip(found.terms, found.terms[1:], strict=False):
            _add(statistics.across, f"{fold_word(left.split()[-1])} {fold_word(right.split()[0])}", times)
    browse = study.get("derivedSection", {}).get("conditionBrowseModule", {})
    for heading in [*browse.get("meshes", []), *browse.get("ancestors", [])]:
        _count_term(statistics, "headings", heading["term"], times)
    if lists:
        for pair in _neighbours(lists[0].context):
            _add(statistics.prose, pair, times)


def _count_term(statistics: LexiconCounts, table: str, term: str, times: int) -> None:
    _add(getattr(statistics, table), fold_term(term), times)
    words = [fold_word(word) for word in term.split()]
    if table == "headings":
        # Headings are not lists that somebody wrote: their words say little of how terms begin and end there.
        inverted = turned(term)
        if inverted:
            _add(statistics.headings, inverted, times)
    elif len(words) == 1:
        _add(statistics.alone, words[0], times)
    elif words:
        _add(statistics.first, words[0], times)
        _add(statistics.last, words[-1], times)
        for word in words[1:-1]:
            _add(statistics.inner, word, times)
        for left, right in pairwise(words):
            _add(statistics.within, f"{left} {right}", times)


def _add(table: dict[str, int], key: str, times: int) -> None:
    table[key] = table.get(key, 0) + times


def _neighbours(context: PageContext) -> set[str]:
    """The pairs of words that are side by side in a page's texts with no punctuation between them."""
    pairs = set()
    for line in f"{context.title}\n{context.prose}".split("\n"):
        words = line.split()
        folded = [fold_word(word) for word in words]
        for at, word in enumerate(words[:-1]):
            if word[-1] not in ",.;:)":
                pairs.add(f"{folded[at]} {folded[at + 1]}")
    return pairs


def learn_lexicon(studies: Iterable[Study], terms: Iterable[tuple[str, str, int]]) -> Lexicon:
    """Count studies and further terms (kind of the file, term, number of records), and learn the weights.

    While a study's lists are learnt from, the study is taken out of the counts: on a page that was never seen its terms
    are not in the lexicon either, unless others have them.
    """
    statistics = LexiconCounts(*({} for _ in LexiconCounts._fields))
    for kind, term, records in terms:
        _count_term(statistics, TABLES[kind], term, records)
    listed = [(study, term_lists(study)) for study in studies]
    for study, lists in listed:
        count_study(statistics, study, lists)
    trainer = Trainer()
    lattices = []
    for study, lists in listed:
        count_study(statistics, study, lists, -1)
        for found in lists:
            view = JoinedList(found.text, found.context, statistics)
            lattices.append(trainer.encode(view, found.kind, found.ends))
        count_study(statistics, study, lists)
    trainer.train(lattices)
    return Lexicon(_trimmed(statistics), trainer.result())


def _trimmed(statistics: LexiconCounts) -> LexiconCounts:
    """The counts as the features need them: none of nothing, high ones as one, rare neighbours of texts left out."""
    steps = (0, 6, 20)
    tables = {}
    for name, table in statistics._asdict().items():
        if name == "prose":
            kept = {key: steps[common(count)] for key, count in table.items()}
        elif name in ("first", "inner", "last", "alone"):
            kept = table
        else:
            kept = {key: min(count, _MOST_COUNTED) for key, count in table.items()}
        tables[name] = {key: count for key, count in kept.items() if count > 0}
    return LexiconCounts(**tables)


def add_terms(options: argparse.ArgumentParser) -> None:
    """The option that names a file of terms."""
    options.add_argument(
        "--terms", type=Path, default=TERMS, help="terms of further trials (default: what REGISTRY_TERMS names, if any)"
    )


def read_terms_file(path: Path | None) -> Iterator[tuple[str, str, int]]:
    """The rows of a file of terms; none without a file."""
    if path is None:
        return
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            kind, term, records = line.rstrip("\n").split("\t")
            yield kind, term, int(records)


def write_lexicon(lexicon: Lexicon) -> str:
    """The text of the lexicon's file."""
    tables: dict[str, Mapping[str, int]] = {**lexicon.statistics._asdict()}
    tables.update({f"weights {kind}": lexicon.weights[kind] for kind in KINDS})
    return "".join(f"[{name}]\n{''.join(_rows(table))}" for name, table in tables.items())


def _rows(table: Mapping[str, int]) -> Iterable[str]:
    groups: dict[int, list[str]] = {}
    for entry, number in table.items():
        groups.setdefault(number, []).append(entry)
    for number in sorted(groups):
        yield "\t".join([str(number), *sorted(groups[number])]) + "\n"


def main(argv: Sequence[str] | None = None) -> None:
    """The command: see the module's docstring."""
    options = records_parser("tests.evaluation.build_lexicon", __doc__)
    add_terms(options)
    options.add_argument("-o", "--output", type=Path, default=PATH, help="the file to write (default: the package's)")
    chosen = options.parse_args(argv)
    lexicon = learn_lexicon(chosen_records(options, chosen), read_terms_file(chosen.terms))
    data = gzip.compress(write_lexicon(lexicon).encode("utf-8"), mtime=0)
    chosen.output.write_bytes(data)
    print(f"{chosen.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
