"""The criteria tree as the document has it: ids and texts."""

from __future__ import annotations

from collections.abc import Iterable

from parser.criteria import CategoryTitle, Found, plain, read_tree
from parser.document import Criteria
from parser.normalized import CategoryHeading, Criterion
from parser.problems import Problems, Report
from parser.source import Source, Span
from parser.values.quantity import read_quantities

_LETTERS = {"INCLUSION": "I", "EXCLUSION": "E", "UNKNOWN": "U"}


def read_criteria(source: Source) -> Criteria:
    """The criteria of a bare eligibility block."""
    problems = Problems(source.position)
    criteria, headings = read_block(source, Span(0, len(source.text)), problems)
    return Criteria(criteria, headings, problems.in_order())


def read_block(source: Source, span: Span, report: Report) -> tuple[tuple[Criterion, ...], tuple[CategoryHeading, ...]]:
    """The criteria of the eligibility text in a span, and its category headings."""
    nodes, titles = read_tree(source.text, span, report)
    return tuple(_numbered(source, nodes, report)), tuple(_heading(source, title) for title in titles)


def _numbered(source: Source, nodes: Iterable[Found], report: Report) -> Iterable[Criterion]:
    """The nodes of the top level, counted within their category, whatever headings part them."""
    counts = dict.fromkeys(_LETTERS, 0)
    for node in nodes:
        counts[node.category] += 1
        yield _criterion(source, node, f"{_LETTERS[node.category]}{counts[node.category]}", report)


def _criterion(source: Source, node: Found, identifier: str, report: Report) -> Criterion:
    below = (_criterion(source, child, f"{identifier}.{at}", report) for at, child in enumerate(node.children, 1))
    return Criterion(
        id=identifier,
        category=node.category,
        kind=node.kind,
        marker=node.marker,
        text=plain(source.text[node.start : node.end]),
        start=node.start,
        end=node.end,
        quantities=tuple(read_quantities(source.text, node.start, node.end, report)),
        children=tuple(below),
    )


def _heading(source: Source, title: CategoryTitle) -> CategoryHeading:
    return CategoryHeading(title.category, plain(source.text[title.start : title.end]), title.start, title.end)
