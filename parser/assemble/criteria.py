"""The criteria tree as the document has it: ids and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from parser.criteria import CategoryTitle, TreeNode, plain, read_tree, with_line_feeds
from parser.document import Criteria
from parser.normalized import CategoryHeading, Criterion, Quantity
from parser.problems import Problems, Report
from parser.source import Source, Span
from parser.values.quantity import Budget, read_quantities

_LETTERS = {"INCLUSION": "I", "EXCLUSION": "E", "UNKNOWN": "U"}


def read_criteria(source: Source) -> Criteria:
    """The criteria of a bare eligibility block."""
    problems = Problems(source.position)
    criteria, headings = read_block(source, Span(0, len(source.text)), problems, Budget())
    return Criteria(criteria, headings, problems.in_order())


def read_block(
    source: Source, span: Span, report: Report, budget: Budget
) -> tuple[tuple[Criterion, ...], tuple[CategoryHeading, ...]]:
    """The criteria of the eligibility text in a span, and its category headings."""
    text = with_line_feeds(source.text, span)
    nodes, titles = read_tree(text, span, report)
    criteria = tuple(_Block(source, text, report, budget).numbered(nodes))
    return criteria, tuple(_heading(text, title) for title in titles)


class _Block(NamedTuple):
    """What every node of a block is read with: `text` is the source's with line feeds for line ends of other kinds."""

    source: Source
    text: str
    report: Report
    budget: Budget

    def numbered(self, nodes: Iterable[TreeNode]) -> Iterator[Criterion]:
        """The nodes of the top level, counted within their category, whatever headings part them."""
        counts = dict.fromkeys(_LETTERS, 0)
        for node in nodes:
            counts[node.category] += 1
            yield self._criterion(node, f"{_LETTERS[node.category]}{counts[node.category]}")

    def _criterion(self, node: TreeNode, identifier: str) -> Criterion:
        below = (self._criterion(child, f"{identifier}.{at}") for at, child in enumerate(node.children, 1))
        return Criterion(
            id=identifier,
            category=node.category,
            kind=node.kind,
            marker=node.marker,
            text=plain(self.text[node.start : node.end]),
            start=node.start,
            end=node.end,
            quantities=tuple(self._quantities(node)),
            children=tuple(below),
        )

    def _quantities(self, node: TreeNode) -> Iterator[Quantity]:
        """The quantities of a node's own text, each with its text as the source prints it."""
        for quantity in read_quantities(self.text, node.start, node.end, self.report, self.budget):
            printed = self.source.text[quantity.start : quantity.end]
            yield quantity if quantity.text == printed else replace(quantity, text=printed)


def _heading(text: str, title: CategoryTitle) -> CategoryHeading:
    return CategoryHeading(title.category, plain(text[title.start : title.end]), title.start, title.end)
