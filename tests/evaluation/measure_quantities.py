"""How well quantities are read, by annotated criteria.

    python -m tests.evaluation.measure_quantities --annotations chia.tar.gz --kind time --errors 20

Every line of the corpus is read on its own and set against its annotations: values with their comparators and units,
the subjects of values, and lengths and windows of time with their relations and anchors.
`tests/evaluation/chia_answers.py` says what an annotation means; `--raw` leaves out all of its mending.

A value is right if it overlaps the annotation and has its bounds (to a relative 1e-9), the inclusiveness of both, and
its unit as far as the annotation holds one. Each is matched once. Precision has two figures, because much is not
annotated. The strict one counts whatever is found and matches no value, time or multiplier. The fair one counts only
what overlaps an annotated value, or is in a line with one and in no annotation that explains it: a dose in a drug,
a number in a qualifier or in a stretch that the annotators set aside. Frequencies are not values and do not count.

Subjects are compared by words, where an annotation relates the value to what is measured.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parser.model.normalized import Quantity
from tests.evaluation.chia import CHIA, MISSING_REASON, Entity, Line, load_lines
from tests.evaluation.chia_answers import Answer, Answers, times_of, values_of
from tests.evaluation.quantity_answers import Bounds
from tests.evaluation.quantity_compare import Pair, f1, match, overlaps, same_bounds, same_numbers, same_value, words_of

KINDS = ("value", "subject", "time")
# Annotations in which a number may be that is no value of its own.
_EXPLAINING = """
Temporal Multiplier Qualifier Drug Reference_point Visit Mood Line Non-query-able Parsing_Error Post-eligibility
Undefined_semantics Context_Error Grammar_Error Non-representable Not_a_criteria Competing_trial Informed_consent
Subjective_judgement Pregnancy_considerations Intoxication_considerations
"""
EXPLAINING = frozenset(_EXPLAINING.split())
SEXES = frozenset(("man", "men", "woman", "women", "male", "female"))
# Now and then the length itself is annotated as the point that it is counted from.
_LENGTH = re.compile(r"\b(?:last|next|past|previous)\b.*\b(?:day|week|month|year|hour)", re.IGNORECASE)


Reader = Callable[[str], Sequence[Quantity]]


@dataclass
class Tally:
    """Right ones among those expected, and wrong ones that were found besides."""

    expected: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        shares = f"P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}"
        return f"{shares}  ({self.right} of {self.expected}, {self.wrong} wrong)"


@dataclass
class Score:
    """All figures of a run. `counts` holds how often what was the case, `errors` examples in words by class."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    counts: Counter[str] = field(default_factory=Counter)
    overlaps: list[float] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def share(self, name: str, of: str) -> float:
        return self.counts[name] / self.counts[of] if self.counts[of] else 1.0

    @property
    def subject_overlap(self) -> float:
        """Of the values found that have an annotated subject, how many have a word of it in theirs; null has none."""
        return self.share("subject overlaps", "subject")


def score(read: Reader, lines: Iterable[Line], mend: bool = True) -> Score:
    """Measure a reader over lines."""
    total = Score()
    for line in lines:
        found = list(read(line.text))
        values = values_of(line, mend=mend)
        times = times_of(line)
        measured = [one for one in found if one.kind != "frequency"]
        pairs = match(values.found, measured, same_value)
        _count_answers(total, "value", values)
        _count_answers(total, "time", times)
        _add_values(total, line, values, times, measured, pairs)
        _add_subjects(total, line, values.found, measured, pairs)
        _add_times(total, line, times, measured)
    return total


def _count_answers(total: Score, kind: str, answers: Answers) -> None:
    total.counts.update(f"{kind} rule: {rule}" for answer in answers.found for rule in answer.rules)
    total.counts.update(f"{kind} left out: {reason}" for _, reason in answers.left_out)


def _add_values(
    total: Score, line: Line, values: Answers, times: Answers, found: Sequence[Quantity], pairs: Sequence[Pair]
) -> None:
    matched = [pair.found for pair in pairs if pair.found is not None]
    elsewhere = [
        *match(times.found, found, same_bounds),
        *match(values_of(line, "Multiplier").found, found, same_bounds),
    ]
    matched_elsewhere = [pair.found for pair in elsewhere if pair.found is not None]
    extra = [one for one in found if not _among(one, matched) and not _among(one, matched_elsewhere)]
    left_out = [entity for entity, _ in values.left_out]
    fair = [one for one in extra if values.found and _is_wrong(one, line, values.found, left_out)]
    for name, wrong in (("value, fair", fair), ("value, strict", extra)):
        total.tallies[name].expected += len(pairs)
        total.tallies[name].right += len(matched)
        total.tallies[name].wrong += len(wrong)
    for name, same in (("value without unit", same_bounds), ("numbers only", same_numbers)):
        other = match(values.found, found, same)
        right = [pair.found for pair in other if pair.found is not None]
        total.tallies[name].expected += len(other)
        total.tallies[name].right += len(right)
        total.tallies[name].wrong += sum(not _among(one, right) for one in fair)
    multipliers = match(values_of(line, "Multiplier").found, found, same_bounds)
    total.tallies["multiplier (for information)"].expected += len(multipliers)
    total.tallies["multiplier (for information)"].right += sum(pair.found is not None for pair in multipliers)
    for pair in pairs:
        if pair.found is None:
            near = [one for one in found if overlaps(pair.answer, one)]
            total.errors[_value_class(pair.expected, near)].append(_told(line, pair.answer, pair.expected, near))
    for one in fair:
        if not any(overlaps(answer, one) for answer in values.found):
            total.errors["value: found where nothing is annotated"].append(_told(line, one, None, [one]))
    for one in extra:
        if not _among(one, fair):
            inside = any(overlaps(entity, one) for entity in left_out)
            name = "value: found in an annotation left out" if inside else "value: not judged"
            total.errors[name].append(_told(line, one, None, [one]))


def _among(one: Quantity, others: Iterable[Quantity]) -> bool:
    return any(one is other for other in others)


def _is_wrong(one: Quantity, line: Line, answers: Iterable[Answer], left_out: Collection[Entity]) -> bool:
    if any(overlaps(answer, one) for answer in answers):
        return True
    return not any(overlaps(entity, one) for entity in line.entities if entity.kind in EXPLAINING or entity in left_out)


def _value_class(expected: Bounds, near: Sequence[Quantity]) -> str:
    if not near:
        return "value: not found"
    if any(same_bounds(expected, one) for one in near):
        return "value: other unit"
    return "value: other comparator" if any(same_numbers(expected, one) for one in near) else "value: other numbers"


def _add_subjects(
    total: Score, line: Line, answers: Sequence[Answer], found: Sequence[Quantity], pairs: Sequence[Pair]
) -> None:
    for answer in answers:
        entities = _measured(line, answer)
        matched = [pair.found for pair in pairs if pair.answer is answer and pair.found is not None]
        near = matched or [one for one in found if overlaps(answer, one)]
        if not entities or not near:
            total.counts["subject not annotated" if near else "subject: value not found"] += 1
            continue
        one = near[0]
        given = words_of(one.subject)
        wanted = max((words_of(line.words(entity)) for entity in entities), key=lambda words: f1(words, given))
        verdict = _subject_verdict(line, one, given, wanted, entities)
        total.counts["subject"] += 1
        total.counts[f"subject {verdict}"] += 1
        total.counts["subject contained"] += bool(given) and (given <= wanted or wanted <= given)
        total.overlaps.append(f1(wanted, given))
        if verdict != "overlaps":
            names = " / ".join(line.words(entity) for entity in entities)
            total.errors[f"subject: {verdict}"].append(f"{_shown(line, answer)}: {names!r}, found {one.subject!r}")


def _measured(line: Line, answer: Answer) -> list[Entity]:
    """What an annotated value is related to. Its own words (`18 and older`) and sexes (`women`) are not measured."""
    related = line.related("Has_value", second=answer.entity.name)
    outside = [
        one
        for one in related
        if any(not any(s <= start and end <= e for s, e in answer.stretches) for start, end in one.stretches)
    ]
    return [one for one in outside if words_of(line.words(one)) - SEXES]


def _subject_verdict(
    line: Line, one: Quantity, given: frozenset[str], wanted: frozenset[str], entities: Sequence[Entity]
) -> str:
    if given & wanted:
        return "overlaps"
    if not given:
        # "18 years old": the word for what is measured is read as a part of the value.
        inside = any(one.start <= entity.start and entity.end <= one.end for entity in entities)
        return "null, read as part of the value" if inside else "null"
    others = [entity for entity in line.entities if entity.kind not in ("Value", "Temporal") and entity not in entities]
    return "is a neighbour's" if any(words_of(line.words(entity)) & given for entity in others) else "is another text"


def _add_times(total: Score, line: Line, times: Answers, found: Sequence[Quantity]) -> None:
    timed = [one for one in found if one.kind == "time"]
    pairs = match(times.found, timed, same_value)
    matched = [pair.found for pair in pairs if pair.found is not None]
    marked = [entity for entity in line.entities if entity.kind == "Temporal"]
    wrong = [one for one in timed if not _among(one, matched) and any(overlaps(entity, one) for entity in marked)]
    total.tallies["time"].expected += len(pairs)
    total.tallies["time"].right += len(matched)
    total.tallies["time"].wrong += len(wrong)
    for pair in pairs:
        if pair.found is None:
            near = [one for one in found if overlaps(pair.answer, one)]
            total.errors["time: bounds"].append(_told(line, pair.answer, pair.expected, near))
        else:
            _add_window(total, line, pair.answer, pair.found)
    for one in wrong:
        if not any(overlaps(answer, one) for answer in times.found):
            total.errors["time: found where none is annotated"].append(_told(line, one, None, [one]))


def _add_window(total: Score, line: Line, answer: Answer, one: Quantity) -> None:
    relation = one.window.relation if one.window else None
    anchor = one.window.anchor if one.window else None
    if answer.relations:
        total.counts["relation"] += 1
        total.counts["relation right"] += relation in answer.relations
        if relation not in answer.relations:
            wanted = "/".join(sorted(answer.relations))
            total.errors["time: relation"].append(f"{_shown(line, answer)}: {wanted}, found {relation}")
    points = [one for one in line.related("Has_index", first=answer.entity.name) if not _LENGTH.search(line.words(one))]
    if points:
        wanted_words = frozenset[str]().union(*(words_of(line.words(point)) for point in points))
        total.counts["anchor"] += 1
        total.counts["anchor null"] += anchor is None
        total.counts["anchor overlaps"] += bool(wanted_words & words_of(anchor))
        if not wanted_words & words_of(anchor):
            names = " / ".join(line.words(point) for point in points)
            total.errors["time: anchor"].append(f"{_shown(line, answer)}: {names!r}, found {anchor!r}")


def _shown(line: Line, place: Answer | Quantity) -> str:
    before, behind = line.text[max(place.start - 60, 0) : place.start], line.text[place.end : place.end + 40]
    return f"{line.document} …{before}[{line.text[place.start : place.end]}]{behind}…"


def _told(line: Line, place: Answer | Quantity, expected: Bounds | None, near: Iterable[Quantity]) -> str:
    found = "; ".join(f"{_bounds(one)} {one.unit or ''}".strip() for one in near) or "nothing"
    wanted = f"{_bounds(expected)} {expected.unit}".strip() if expected else "nothing"
    return f"{_shown(line, place)}: {wanted}, found {found}"


def _bounds(one: Bounds | Quantity) -> str:
    low, high = ("-" if number is None else f"{float(number):g}" for number in (one.low, one.high))
    return f"{'[' if one.low_inclusive else '('}{low}, {high}{']' if one.high_inclusive else ')'}"


def report(total: Score, kinds: Collection[str] = KINDS) -> Iterator[str]:
    """The figures in lines."""
    for name, tally in total.tallies.items():
        if ("time" if name == "time" else "value") in kinds:
            yield f"{name:30} {tally}"
    if "subject" in kinds:
        names = [name for name in total.counts if name.startswith("subject ") and name != "subject contained"]
        yield f"subject: {total.subject_overlap:.4f} overlap, of {total.counts['subject']} annotated and found"
        told = total.counts["subject"] - total.counts["subject null, read as part of the value"]
        yield f"  without those read as part of the value: {total.counts['subject overlaps'] / max(told, 1):.4f}"
        yield f"  mean F1 of words {sum(total.overlaps) / max(len(total.overlaps), 1):.4f}"
        yield f"  one holds all words of the other {total.share('subject contained', 'subject'):.4f}"
        yield from (f"  {total.counts[name]:5}  {name}" for name in sorted(names))
    if "time" in kinds:
        yield f"relation right {total.share('relation right', 'relation'):.4f} of {total.counts['relation']}"
        rates = [f"{total.share(f'anchor {name}', 'anchor'):.4f} {name}" for name in ("overlaps", "null")]
        yield f"anchor {', '.join(rates)}, of {total.counts['anchor']}"
    for name, count in sorted(total.counts.items(), key=lambda entry: -entry[1]):
        if ("rule:" in name or "left out:" in name) and name.split()[0] in kinds:
            yield f"  {count:5}  {name}"


def main(argv: list[str] | None = None) -> None:
    # Only a run needs the reader: whoever has another one to measure imports `score` alone.
    from parser.quantities import read_quantities

    arguments = argparse.ArgumentParser(
        prog="python -m tests.evaluation.measure_quantities", description=(__doc__ or "").split("\n\n")[0]
    )
    arguments.add_argument(
        "--annotations", type=Path, default=CHIA, help="a gzipped archive of BRAT files (default: REGISTRY_CHIA)"
    )
    arguments.add_argument("--kind", choices=KINDS, help="only the figures and errors of this kind")
    arguments.add_argument("--errors", type=int, default=0, metavar="N", help="print N disagreements of each class")
    arguments.add_argument("--raw", action="store_true", help="take the annotations as they are, slips included")
    given = arguments.parse_args(argv)
    if given.annotations is None:
        arguments.error(MISSING_REASON)
    start = time.perf_counter()
    total = score(read_quantities, load_lines(given.annotations), mend=not given.raw)
    kinds = [given.kind] if given.kind else KINDS
    print(*report(total, kinds), sep="\n")
    for name, errors in sorted(total.errors.items(), key=lambda entry: -len(entry[1])):
        if name.partition(":")[0] in kinds:
            print(f"{len(errors):5}  {name}")
            for error in errors[: given.errors]:
                print(f"         {error}")
    print(f"{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
