"""How much of the nesting of criteria is found.

    python -m tests.evaluation.measure_criteria --form b --show 10

Every record with properly nested CommonMark is its own answer, in three forms: (a) as it is, (b) with every line's
indentation taken away, as in a page dump, (c) with the items inside an item joined into its line after enumerators.
What is compared are edges, an item's text with its parent's. In (b) the text does not always show the parent: the
strict figure asks for the true one, the lenient one for any that the text allows.

Answers hold list items only, so nodes without a marker at the outermost level, and headings and notes without a marker
anywhere, are not edges; but they are the parents of what is in them. Any node with a marker counts.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from parser import parse_criteria
from tests.evaluation.criteria_answers import (
    Edge,
    NoAnswer,
    Outline,
    choices,
    clean,
    edges_of,
    in_one_line,
    read_outline,
    with_headings,
    without_indentation,
)
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser

FORMS = "abc"
RULES = ("strict", "lenient")
# Of a text in the list of errors, this much is shown.
SHOWN = 70


class Case(NamedTuple):
    """A block in one form, the edges that it holds, and for each of them all that its text allows."""

    record: str
    text: str
    expected: list[Edge]
    allowed: list[frozenset[Edge]]


@dataclass
class Tally:
    """Edges found and expected, and how many of either are matched; a nested one can match one that is not."""

    found: int = 0
    expected: int = 0
    right: int = 0
    recalled: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.recalled / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.4f}  R {self.recall:.4f}  F1 {self.f1:.4f}"


@dataclass
class Score:
    """The figures of one form, by rule: over all edges, and over those that have a parent."""

    every: dict[str, Tally] = field(default_factory=lambda: {rule: Tally() for rule in RULES})
    nested: dict[str, Tally] = field(default_factory=lambda: {rule: Tally() for rule in RULES})
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    records: int = 0
    untold: int = 0

    def add(self, case: Case, found: Sequence[Edge]) -> None:
        self.records += 1
        self.untold += sum(len(allowed) > 1 for allowed in case.allowed)
        pairs: list[tuple[int, Edge]] = []
        for rule in RULES:
            allowed = case.allowed if rule == "lenient" else [frozenset((edge,)) for edge in case.expected]
            pairs = match(found, case.expected, allowed)
            recalled = [case.expected[index] for index, _ in pairs]
            _count(self.every[rule], found, case.expected, [edge for _, edge in pairs], recalled)
            _count(self.nested[rule], *map(_inner, (found, case.expected, [edge for _, edge in pairs], recalled)))
        for kind, error in _errors(case, found, pairs):
            self.errors[kind].append(f"{case.record}  {error}")


def _count(
    tally: Tally, found: Sequence[Edge], expected: Sequence[Edge], right: Sequence[Edge], recalled: Sequence[Edge]
) -> None:
    tally.found += len(found)
    tally.expected += len(expected)
    tally.right += len(right)
    tally.recalled += len(recalled)


def _inner(edges: Sequence[Edge]) -> list[Edge]:
    return [edge for edge in edges if edge.parent is not None]


def cases(form: str, studies: Iterable[Study]) -> Iterator[Case]:
    """The answers in one form, among some records."""
    for study in studies:
        text = study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
        try:
            outline = read_outline(text)
            written = write(form, text, outline)
        except NoAnswer:
            continue
        expected = edges_of(outline)
        allowed = choices(outline) if form == "b" else with_headings(outline, expected)
        yield Case(nct_id(study), written, expected, allowed)


def write(form: str, text: str, outline: Outline) -> str:
    """A block in one of the three forms. Raises `NoAnswer` where it cannot be written so."""
    if form == "a":
        return text
    return without_indentation(text) if form == "b" else in_one_line(outline)


def found_edges(tree: dict[str, Any]) -> list[Edge]:
    """The edges of a tree as `parse_criteria` gives it; a group in a category heading has that heading's text."""
    edges = []
    waiting: list[tuple[dict[str, Any], str | None, bool]]
    waiting = [(node, None, False) for node in reversed(tree["criteria"])]
    while waiting:
        node, parent, in_item = waiting.pop()
        within = [title["text"] for title in tree["headings"] if title["start"] <= node["start"] < title["end"]]
        name = clean(within[0] if within else node["text"])
        if node["marker"] is not None or (node["kind"] == "criterion" and in_item):
            edges.append(Edge(name, parent))
            in_item = True
        waiting += [(child, name, in_item) for child in reversed(node.get("children", ()))]
    return edges


def match(
    found: Sequence[Edge], expected: Sequence[Edge], allowed: Sequence[frozenset[Edge]]
) -> list[tuple[int, Edge]]:
    """Pairs of an index into what is expected and a found edge: equal ones first, then ones that are allowed."""
    free = Counter(found)
    pairs: list[tuple[int, Edge]] = []
    unmatched: list[int] = []
    for index, edge in enumerate(expected):
        if free[edge]:
            free[edge] -= 1
            pairs.append((index, edge))
        else:
            unmatched.append(index)
    for index in unmatched:
        other = next((edge for edge in sorted(allowed[index], key=str) if free[edge]), None)
        if other is not None:
            free[other] -= 1
            pairs.append((index, other))
    return pairs


def _errors(case: Case, found: Sequence[Edge], pairs: list[tuple[int, Edge]]) -> Iterator[tuple[str, str]]:
    """What went wrong in a case, item by item, each with its class."""
    extra = Counter(found) - Counter(edge for _, edge in pairs)
    by_text: dict[str, list[Edge]] = defaultdict(list)
    for edge in extra.elements():
        by_text[edge.text].append(edge)
    matched = {index for index, _ in pairs}
    for index, edge in enumerate(case.expected):
        if index in matched:
            continue
        if by_text[edge.text]:
            other = by_text[edge.text].pop()
            extra[other] -= 1
            yield (
                _parent_class(edge, other),
                f"{_show(edge.text)}: expected in {_show(edge.parent)}, found in {_show(other.parent)}",
            )
        else:
            yield _text_class(edge, found), f"{_show(edge.text)}: expected in {_show(edge.parent)}, not found"
    for edge in extra.elements():
        yield "found where there is no item", f"{_show(edge.text)}: found in {_show(edge.parent)}"


def _parent_class(expected: Edge, found: Edge) -> str:
    if found.parent is None:
        return "not nested"
    return "nested, but is outermost" if expected.parent is None else "nested in another item"


def _text_class(edge: Edge, found: Sequence[Edge]) -> str:
    if any(other.text and edge.text.startswith(other.text) for other in found):
        return "cut into several"
    return "part of another item" if any(edge.text in other.text for other in found) else "no item at all"


def _show(text: str | None) -> str:
    return "none" if text is None else repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def score(form: str, studies: Iterable[Study]) -> Score:
    """Measure one form."""
    total = Score()
    for case in cases(form, studies):
        total.add(case, found_edges(parse_criteria(case.text).to_dict()))
    return total


def show(form: str, total: Score, examples: int) -> None:
    every, nested = total.every["strict"], total.nested["strict"]
    print(
        f"({form}) {total.records} records, {every.expected} edges, {nested.expected} nested, {total.untold} not told"
    )
    for rule in RULES:
        print(f"  {rule:8} all     {total.every[rule]}\n  {rule:8} nested  {total.nested[rule]}")
    for kind, errors in sorted(total.errors.items(), key=lambda entry: -len(entry[1])):
        print(f"  {len(errors):5}  {kind}, in {len({error.split()[0] for error in errors})} records")
        for error in errors[:examples]:
            print(f"           {error}")


def why_not(studies: Iterable[Study]) -> Counter[str]:
    """How many records are not answers, by reason."""
    reasons: Counter[str] = Counter()
    for study in studies:
        try:
            read_outline(study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", ""))
        except NoAnswer as reason:
            reasons[str(reason)] += 1
    return reasons


def main(argv: list[str] | None = None) -> None:
    options = records_parser("tests.evaluation.measure_criteria", __doc__)
    options.add_argument("--form", choices=FORMS, help="only this form")
    options.add_argument("--show", type=int, default=3, metavar="N", help="examples of each class of error")
    chosen = options.parse_args(argv)
    studies = chosen_records(options, chosen)
    for form in chosen.form or FORMS:
        start = time.perf_counter()
        show(form, score(form, studies), chosen.show)
        print(f"  {time.perf_counter() - start:.1f} s")
    for reason, count in why_not(studies).most_common():
        print(f"no answer: {count:4}  {reason}")


if __name__ == "__main__":
    main()
