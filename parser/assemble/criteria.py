"""The criteria tree as the document has it: ids and texts."""

from __future__ import annotations

from collections.abc import Iterable

from parser.criteria import CategoryTitle, Found, plain, read_tree
from parser.document import Criteria
from parser.normalized import CategoryHeading, Criterion, NormalizedEligibility
from parser.problems import Problems
from parser.source import Source, Span

_LETTERS = {"INCLUSION": "I", "EXCLUSION": "E", "UNKNOWN": "U"}


def read_criteria(source: Source) -> Criteria:
    """The criteria of a bare eligibility block."""
    problems = Problems(source.position)
    found = normalized_eligibility(source, Span(0, len(source.text)), problems)
    return Criteria(found.criteria, found.headings, problems.in_order())


def normalized_eligibility(source: Source, span: Span, problems: Problems) -> NormalizedEligibility:
    """The criteria of the eligibility text in a span."""
    nodes, titles = read_tree(source.text, span, problems)
    return NormalizedEligibility(tuple(_numbered(source, nodes)), tuple(_heading(source, title) for title in titles))


def _numbered(source: Source, nodes: Iterable[Found]) -> Iterable[Criterion]:
    """The nodes of the top level, counted within their category, whatever headings part them."""
    counts = dict.fromkeys(_LETTERS, 0)
    for node in nodes:
        counts[node.category] += 1
        yield _criterion(source, node, f"{_LETTERS[node.category]}{counts[node.category]}")


def _criterion(source: Source, node: Found, identifier: str) -> Criterion:
    below = (_criterion(source, child, f"{identifier}.{at}") for at, child in enumerate(node.children, 1))
    return Criterion(
        id=identifier,
        category=node.category,
        kind=node.kind,
        marker=node.marker,
        text=plain(source.text[node.start : node.end]),
        start=node.start,
        end=node.end,
        children=tuple(below),
    )


def _heading(source: Source, title: CategoryTitle) -> CategoryHeading:
    return CategoryHeading(title.category, plain(source.text[title.start : title.end]), title.start, title.end)
