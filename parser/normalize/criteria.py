"""The criteria tree in the document's form: ids and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parser.criteria import CategoryTitle, TreeNode, plain, read_tree, with_line_feeds
from parser.model.document import Criteria
from parser.model.normalized import CategoryHeading, Criterion
from parser.normalize.context import Context, SourceText
from parser.problems import Problems
from parser.recorder import Recorder
from parser.source import Source, Span, report_surrogates

_LETTERS = {"INCLUSION": "I", "EXCLUSION": "E", "UNKNOWN": "U"}


def read_criteria(source: Source) -> Criteria:
    """The criteria of a bare eligibility block."""
    problems = Problems(source.position)
    report_surrogates(source, problems)
    context = Context(Recorder(), problems, source.text)
    criteria, headings = read_block(context, SourceText(source.text, 0, len(source.text)))
    return Criteria(criteria=criteria, headings=headings, problems=problems.in_order())


def read_block(context: Context, block: SourceText) -> tuple[tuple[Criterion, ...], tuple[CategoryHeading, ...]]:
    """The criteria of an eligibility text, and its category headings."""
    text = with_line_feeds(block.text, block.span)
    nodes, titles = read_tree(text, block.span, context.reporter(block.path))
    criteria = tuple(_numbered(context, block._replace(text=text), block.text, nodes))
    return criteria, tuple(_heading(text, title) for title in titles)


def _numbered(context: Context, block: SourceText, printed: str, nodes: Iterable[TreeNode]) -> Iterator[Criterion]:
    """The nodes of the top level, numbered within their category across headings.

    `printed` is the source; in the text of `block`, line ends of all kinds are line feeds.
    """
    counts = dict.fromkeys(_LETTERS, 0)
    for node in nodes:
        counts[node.category] += 1
        yield _criterion(context, block, printed, node, f"{_LETTERS[node.category]}{counts[node.category]}")


def _criterion(context: Context, block: SourceText, printed: str, node: TreeNode, identifier: str) -> Criterion:
    stretch = SourceText(block.text, node.start, node.end, block.path)
    criterion = Criterion(
        id=identifier,
        category=node.category,
        kind=node.kind,
        marker=node.marker,
        text=plain(block.text[node.start : node.end]),
        start=node.start,
        end=node.end,
        quantities=context.quantities(stretch, printed=printed),
        children=_children(context, block, printed, node, identifier) if node.children else (),
    )
    if node.marker is not None and node.marker_start is not None:
        # A bullet before an enumerator, `* 1. Adults`, is not part of the marker.
        start = block.text.index(node.marker, node.marker_start, node.start)
        context.recorder.record(criterion, marker=Span(start, start + len(node.marker)))
    return criterion


def _children(
    context: Context, block: SourceText, printed: str, node: TreeNode, identifier: str
) -> tuple[Criterion, ...]:
    below = enumerate(node.children, 1)
    return tuple([_criterion(context, block, printed, child, f"{identifier}.{at}") for at, child in below])


def _heading(text: str, title: CategoryTitle) -> CategoryHeading:
    return CategoryHeading(
        category=title.category, text=plain(text[title.start : title.end]), start=title.start, end=title.end
    )
