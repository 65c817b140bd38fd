"""How well joined lists are split.

    python -m tests.evaluation.measure_conditions --records studies.jsonl.gz --terms terms.tsv

Five folds over the records: each fifth is read with a lexicon and weights made from the other four and from the file of
further trials' terms. Printed are, for conditions and for keywords, the lists that are exactly right, those right by
best or runner-up, the F1 of single terms, how well the confidence tells, and the time of a list.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from parser.lexicon import KINDS, Kind, Lexicon
from parser.values.conditions import Segmentation, Term, read_terms
from tests.evaluation.build_lexicon import TermList, add_terms, learn_lexicon, read_terms_file, term_lists
from tests.evaluation.records import Study, chosen_records, records_parser

FOLDS = 5


class Reading(NamedTuple):
    """A list as it was read, what it should have been, and the seconds that it took."""

    given: TermList
    found: Segmentation
    seconds: float

    @property
    def right(self) -> bool:
        return self.words(self.found.terms) == self.given.terms

    def words(self, terms: Sequence[Term]) -> list[str]:
        return [self.given.text[start:end] for start, end in terms]


def read_fold(lexicon: Lexicon, studies: Sequence[Study]) -> Iterator[Reading]:
    """Read the lists of studies that the lexicon does not know."""
    for study in studies:
        for given in term_lists(study):
            began = time.perf_counter()
            found = read_terms(given.text, given.kind, given.context, lexicon)
            yield Reading(given, found, time.perf_counter() - began)


def cross_validate(
    studies: Sequence[Study], terms: Path | None, folds: int = FOLDS, only: int | None = None
) -> Iterator[Reading]:
    """Read every study's lists, or those of one fold, with what the studies of other folds teach."""
    for fold in range(folds) if only is None else (only,):
        others = [study for number, study in enumerate(studies) if number % folds != fold]
        yield from read_fold(learn_lexicon(others, read_terms_file(terms)), studies[fold::folds])


def share_right(readings: Sequence[Reading]) -> float:
    return sum(reading.right for reading in readings) / max(1, len(readings))


def f1(readings: Sequence[Reading]) -> float:
    """Of single terms, each at its place."""
    common = total = 0
    for reading in readings:
        found, given = set(reading.found.terms), _places(reading.given.terms)
        common += len(found & given)
        total += len(found) + len(given)
    return 2 * common / max(1, total)


def _places(terms: Sequence[str]) -> set[Term]:
    places = set()
    at = 0
    for term in terms:
        places.add((at, at + len(term)))
        at += len(term) + 1
    return places


def report(kind: Kind, readings: Sequence[Reading]) -> str:
    second = sum(r.right or r.words(r.found.runner_up) == r.given.terms for r in readings) / max(1, len(readings))
    lines = [
        f"{kind}: {len(readings)} lists, {share_right(readings):.1%} exactly right "
        f"({second:.1%} best or runner-up), F1 of terms {f1(readings):.1%}, "
        f"median {median(r.seconds for r in readings) * 1000:.2f} ms"
    ]
    for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.1)):
        part = [reading for reading in readings if low <= reading.found.confidence < high]
        if part:
            sure = sum(reading.found.confidence for reading in part) / len(part)
            lines.append(f"  confidence about {sure:.2f}: {len(part):4} lists, {share_right(part):.1%} right")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    options = records_parser("tests.evaluation.measure_conditions", __doc__)
    add_terms(options)
    chosen = options.parse_args(argv)
    readings = list(cross_validate(chosen_records(options, chosen), chosen.terms))
    for kind in KINDS:
        print(report(kind, [reading for reading in readings if reading.given.kind == kind]))


if __name__ == "__main__":
    main()
