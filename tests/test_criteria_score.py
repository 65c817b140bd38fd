"""How much of the nesting is found in real records, and that no character of any of them is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest

from parser import parse_criteria
from tests.conftest import needs_records
from tests.evaluation.criteria_answers import Edge, NoAnswer, answer, choices, edges_of, in_one_line, read_outline
from tests.evaluation.criteria_blocks import score as damaged_score
from tests.evaluation.measure_criteria import match, score
from tests.evaluation.records import load_records

# F1 over all edges and over those that have a parent. In the flattened form any parent counts that the text allows.
MINIMUM = {"a": (0.995, 0.98), "b": (0.985, 0.93), "c": (0.975, 0.93)}

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# CommonMark 6.2: a run of these opens emphasis before a text and closes it after one, with no blank between.
OPENS = re.compile(r"(?:\*{1,3}|_{1,3})\Z")
CLOSES = re.compile(r"(?:\*{1,3}|_{1,3})(?![*_])")

BULLET = re.compile(r"[*•·∙●▪■□○◦‣►▶➢➤✓✔⁃§+–—?o-]")

NESTED = """Inclusion Criteria:

* Adequate function:

  1. Platelets ≥ 100
  2. Hemoglobin ≥ 9

     * in g/dL
* Signed consent
* Agrees

  to follow-up

  * for a year
* Is able"""


class Piece(NamedTuple):
    """What the tree has of a block: a node's own text, or a category heading, which has no marker."""

    start: int
    end: int
    marker: str


@needs_records
@pytest.mark.parametrize("form", sorted(MINIMUM))
def test_the_nesting_of_real_records_is_found(form: str) -> None:
    total = score(form, load_records())
    every, nested = MINIMUM[form]
    assert total.records > 1000
    assert total.every["lenient"].f1 >= every
    assert total.nested["lenient"].f1 >= nested


@pytest.mark.parametrize("part", ["open", "held-out"])
def test_the_outline_of_damaged_blocks_is_found(part: str) -> None:
    every, nested, blocks = damaged_score(part)
    assert blocks > 30
    assert every.f1 >= 0.93
    assert nested.f1 >= 0.85


@needs_records
def test_no_character_of_real_records_is_lost() -> None:
    faults = {}
    for study in load_records():
        section = study["protocolSection"]
        text = section.get("eligibilityModule", {}).get("eligibilityCriteria", "")
        if found := faults_of(text, parse_criteria(text).to_dict()):
            faults[section["identificationModule"]["nctId"]] = found
    assert not faults


@pytest.mark.parametrize(
    "text", [NESTED, "Text alone", "1. One\n2. Two", "* \\> 5 * 10\\^9/L", "**Exclusion**\n\n* *b*"]
)
def test_no_character_is_lost(text: str) -> None:
    assert faults_of(text, parse_criteria(text).to_dict()) == []


def faults_of(text: str, tree: dict[str, Any]) -> list[str]:
    """Where a tree does not account for its block, in words.

    The nodes' own texts and the category headings, in the order of the block, must not overlap, and between two of
    them nothing may be but the marker of the second, emphasis that touches either of them, and white space. A
    node's text is what is at its place with escapes undone and white space folded. Words for a group that are both
    in a category heading and a node count once, as does the heading of a group on both sides.
    """
    faults = list(_strange_nodes(text, tree["criteria"], ""))
    pieces = sorted({*_pieces(tree), Piece(len(text), len(text), "")}, key=lambda piece: (piece.start, piece.end))
    at = 0
    for piece in pieces:
        if piece.start < at:
            faults.append(f"{text[piece.start : piece.end]!r} begins in the text before it")
        elif fault := _between(_without_lone_bullets(text[at : piece.start], piece.end == len(text)), piece.marker):
            faults.append(f"{fault} before {text[piece.start : piece.end][:60]!r}")
        at = max(at, piece.end)
    return faults


def _pieces(tree: dict[str, Any]) -> Iterator[Piece]:
    headings = [(heading["start"], heading["end"]) for heading in tree["headings"]]
    yield from (Piece(start, end, "") for start, end in headings)
    waiting = list(tree["criteria"])
    while waiting:
        node = waiting.pop()
        waiting += node.get("children", ())
        place = (node["start"], node["end"])
        inside = node["kind"] == "heading" and any(start <= place[0] and place[1] <= end for start, end in headings)
        if not inside:
            yield Piece(*place, node["marker"] or "")


def _without_lone_bullets(gap: str, is_last: bool) -> str:
    """What is between two pieces without bullets that have a line of their own, which begin no item."""
    first, *lines = gap.split("\n")
    inner = lines if is_last else lines[:-1]
    return "\n".join([first, *(line for line in inner if not BULLET.fullmatch(_squeezed(line))), *lines[len(inner) :]])


def _between(gap: str, marker: str) -> str | None:
    """What is wrong with the text between two pieces, None if it is the marker of the second, or white space.

    An ordinal may have bullets before it (`* 1. Adults`) or stand twice (`1. 1. Adults`). Emphasis is looked for
    only where the gap holds more than that, so that no bullet passes for it.
    """
    kept, own = _squeezed(gap), _squeezed(marker)
    if kept in (own, own * 2) or (own and all(map(BULLET.fullmatch, kept.removesuffix(own)))):
        return None
    without = OPENS.sub("", CLOSES.sub("", gap, count=1) if CLOSES.match(gap) else gap)
    if _squeezed(without) == _squeezed(marker):
        return None
    return f"{gap.strip()!r} stands where the marker is {marker!r}" if kept else f"no marker {marker!r}"


def _squeezed(text: str) -> str:
    return "".join(ESCAPE.sub(r"\1", text).replace("\ufeff", "").split())


def _strange_nodes(text: str, nodes: Sequence[dict[str, Any]], above: str) -> Iterator[str]:
    """Nodes whose text is not the one at their place, or whose id is not the next one below the id above."""
    waiting = [(above, list(nodes))]
    seen: set[str] = set()
    while waiting:
        prefix, level = waiting.pop()
        counts: dict[str, int] = {}
        for node in level:
            plain = " ".join(ESCAPE.sub(r"\1", text[node["start"] : node["end"]]).replace("\ufeff", " ").split())
            if node["text"] != plain:
                yield f"{node['text']!r} stands where {plain!r} is printed"
            start = f"{prefix}." if prefix else node["category"][0]
            counts[start] = counts.get(start, 0) + 1
            if node["id"] != f"{start}{counts[start]}" or node["id"] in seen:
                yield f"{node['id']} is no id for number {counts[start]} in {prefix or 'the block'}"
            seen.add(node["id"])
            waiting.append((node["id"], node.get("children", [])))


def test_columns_tell_parents() -> None:
    assert answer(NESTED) == [
        Edge("Adequate function:", None),
        Edge("Platelets ≥ 100", "Adequate function:"),
        Edge("Hemoglobin ≥ 9", "Adequate function:"),
        Edge("in g/dL", "Hemoglobin ≥ 9"),
        Edge("Signed consent", None),
        Edge("Agrees to follow-up", None),
        Edge("for a year", "Agrees to follow-up"),
        Edge("Is able", None),
    ]


def test_items_inside_an_item_are_joined_into_its_line() -> None:
    assert in_one_line(read_outline(NESTED)).splitlines() == [
        "Inclusion Criteria:",
        "",
        "* Adequate function: a. Platelets ≥ 100 b. Hemoglobin ≥ 9 i- in g/dL",
        "* Signed consent",
        "* Agrees to follow-up a. for a year",
        "* Is able",
    ]


def test_without_columns_a_text_allows_several_parents() -> None:
    outline = read_outline(NESTED)
    allowed = dict(zip([edge.text for edge in edges_of(outline)], choices(outline), strict=True))
    assert allowed["Hemoglobin ≥ 9"] == {Edge("Hemoglobin ≥ 9", "Adequate function:")}
    assert {edge.parent for edge in allowed["Signed consent"]} == {"Hemoglobin ≥ 9", None}
    assert allowed["for a year"] >= {Edge("for a year", "Agrees to follow-up"), Edge("for a year", None)}
    assert Edge("Agrees", None) in allowed["Agrees to follow-up"]


@pytest.mark.parametrize(
    "text",
    [
        "* One\n\n   * odd column",
        "* One\n\n  a) first\n\n  b) second",
        "* One of: a) first; b) second",
        "* One\n\n  * inside\n\n  and behind it",
        "*\n* Two",
        "* One\n\n\t* tab",
    ],
)
def test_what_columns_do_not_tell_is_no_answer(text: str) -> None:
    assert answer(text) is None
    with pytest.raises(NoAnswer):
        read_outline(text)


def test_an_edge_is_matched_once() -> None:
    first, second = Edge("x", None), Edge("x", "y")
    both = frozenset((first, second))
    assert match([first], [second, first], [both, both]) == [(1, first)]
    assert match([first, first], [second, first], [both, both]) == [(1, first), (0, first)]
