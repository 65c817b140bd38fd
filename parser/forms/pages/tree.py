"""From the trees that grammars/page.lark gives to a `Page`: which field or record each span belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parser.forms.pages.model import Arm, ArmIntervention, Page, Piece, Record, Texts
from parser.grammar import Node
from parser.problems import Report
from parser.source import Span

Tree = Node[Piece | Texts]


def read_section(tree: Tree, page: Page, report: Report) -> None:
    """Add the fields and records of a section's tree to a page."""
    _READERS[tree.rule](tree, page, report)


def _nodes(node: Tree) -> list[Tree]:
    """The rules below a node."""
    return [child for child in node.children if isinstance(child, Node)]


def _texts(node: Tree) -> list[Span]:
    """The paragraphs that are directly in a rule."""
    return [span for child in node.children if isinstance(child, Texts) for span in child.spans]


def _pieces(node: Tree, *terminals: str) -> Iterator[Piece]:
    return (child for child in node.children if isinstance(child, Piece) and child.terminal in terminals)


def _whole(spans: list[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _heading(node: Tree) -> Piece:
    piece = node.children[0]
    assert isinstance(piece, Piece), "grammars/page.lark begins a section with its heading"
    return piece


def _leave(page: Page, report: Report, code: str, message: str, span: Span) -> None:
    page.unparsed.append(span)
    report(code, message, span)


def _front(node: Tree, page: Page, report: Report) -> None:
    texts = _texts(node)
    if texts:
        page.fields["brief_title"] = texts.pop()
    for span in texts:
        _leave(page, report, "text-before-title", "text before the title", span)
    _read_fields("front", node, page, report)


def _prose(node: Tree, page: Page, report: Report) -> None:
    heading = _heading(node)
    texts = _texts(node)
    whole = _whole(texts)
    if heading.section == "unknown":
        span = Span(heading.span.start, whole.end if whole else heading.span.end)
        _leave(page, report, "unknown-heading", "a section under a heading that is not known", span)
    elif whole is None:
        return
    elif heading.section == "related_trials":
        _leave(page, report, "related-trials", "text about other trials", whole)
    elif heading.section == "countries":
        page.records["countries"] = [Record([span]) for span in texts]
    else:
        page.fields[heading.section] = whole


def _fields(node: Tree, page: Page, report: Report) -> None:
    section = _heading(node).section
    texts = _texts(node)
    if section == "eligibility":
        if whole := _whole(texts):
            page.fields["eligibility_criteria"] = whole
    elif section == "responsible_party":
        page.records[section] = [Record(texts)] if texts else []
    else:
        page.loose += [(section, span) for span in texts]
    _read_fields(section, node, page, report)


def _read_fields(section: str, node: Tree, page: Page, report: Report) -> None:
    for part in _nodes(node):
        label = _heading(part)
        below = _texts(part)
        value = label.value or (below.pop(0) if below else None)
        if value and label.field in page.fields:
            _leave(page, report, "duplicate-field", f"a second value for {label.field}", value)
        elif value:
            page.fields[label.field] = value
        page.loose += [(section, span) for span in below]


def _records(node: Tree, page: Page, report: Report) -> None:
    section = _heading(node).section
    records = page.records.setdefault(section, [])
    for part in _nodes(node):
        texts: list[Span] = []
        fields: dict[str, Span] = {}
        for child in part.children:
            if isinstance(child, Texts):
                texts = child.spans
            elif isinstance(child, Piece):
                name = child.field or child.terminal.lower()
                if name in fields:
                    _leave(page, report, "duplicate-field", f"a second {name} in one record", child.span)
                else:
                    fields[name] = child.value or child.span
        records.append(Record(texts, fields))
    for span in _texts(node):
        _leave(page, report, "unparsed-text", "text after the last record of its section", span)


def _groups(node: Tree, page: Page, report: Report) -> None:
    for part in _nodes(node):
        if part.rule == "arm_intervention":
            _leave(page, report, "unparsed-text", "an intervention before the first arm group", _extent(part))
            continue
        label = _heading(part)
        types = [piece.value for piece in _pieces(part, "LABEL")]
        page.arms.append(
            Arm(
                label.span,
                _whole(_texts(part)),
                types[0] if types else None,
                [_arm_intervention(child) for child in _nodes(part)],
            )
        )


def _arm_intervention(node: Tree) -> ArmIntervention:
    name, label = _pieces(node, "INTERVENTION", "LABEL")
    return ArmIntervention(name.span, label.value or label.span, _whole(_texts(node)))


def _extent(node: Tree) -> Span:
    """From the first piece of a rule to its last."""
    pieces = [*_pieces(node, "INTERVENTION", "LABEL")]
    texts = _texts(node)
    return Span(pieces[0].span.start, texts[-1].end if texts else pieces[-1].span.end)


_READERS: dict[str, Callable[[Tree, Page, Report], None]] = {
    "front": _front,
    "prose": _prose,
    "fields": _fields,
    "records": _records,
    "places": _records,
    "contacts": _records,
    "groups": _groups,
}
