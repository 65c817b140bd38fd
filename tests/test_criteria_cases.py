"""Small blocks of real text, each with the tree that a reader would draw: the files of tests/criteria_cases.

## NCT00684879: upper case, paragraphs without markers      the records that the text is from, and the matter
EXCLUSION CRITERIA:                                         the text, cut short

Individuals younger than 18.
->
exclusion: EXCLUSION CRITERIA:                              a category heading, where it is
E1 [] Individuals younger than 18.                          id, marker (nothing if there is none) and text

Nodes that are not criterias have their kind instead of a marker: `I1 heading: Cohort B:`, `E3 note: Other criteria may
apply.` A title over a group that is a category heading too is in both places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from parser import parse_criteria
from parser.criteria import tree as tree_module
from tests.test_criteria_score import faults_of

# Line ends of other kinds, as the cases have them: they are white space.
LINE_ENDS = re.compile(r"<br ?/?>|~(?!\d\d)|¶|\\n")
FOLDER = Path(__file__).parent / "criteria_cases"


class Case(NamedTuple):
    """A block and the lines of its tree."""

    name: str
    text: str
    tree: list[str]


def read_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        for written in ("\n" + path.read_text(encoding="utf-8")).split("\n## ")[1:]:
            title, _, rest = written.partition("\n")
            text, _, tree = rest.partition("\n->\n")
            yield Case(f"{path.stem}: {title}", text, tree.strip().split("\n"))


CASES = list(read_cases())


def drawn(tree: dict[str, Any]) -> list[str]:
    """A tree in the notation of the cases, category headings before the nodes that are after or at them."""
    lines = [(heading["start"], 0, f"{heading['category'].lower()}: {heading['text']}") for heading in tree["headings"]]
    lines += [(node["start"], 1, _line(node)) for node in _nodes(tree["criteria"])]
    return [line for _, _, line in sorted(lines)]


def _nodes(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("children", ())


def _line(node: dict[str, Any]) -> str:
    marker = node["marker"] or ""
    if node["kind"] == "criterion":
        return f"{node['id']} [{marker}] {node['text']}"
    return f"{node['id']} {node['kind']}: {node['text']}" + (f" [{marker}]" if marker else "")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_block_gives_its_tree(case: Case) -> None:
    tree = parse_criteria(case.text).to_dict()
    assert drawn(tree) == case.tree
    assert faults_of(LINE_ENDS.sub(_blank, case.text), tree) == []
    categories = {"I": "INCLUSION", "E": "EXCLUSION", "U": "UNKNOWN"}
    assert all(node["category"] == categories[node["id"][0]] for node in _nodes(tree["criteria"]))
    assert parse_criteria(case.text).to_dict() == tree


def test_there_are_enough_cases_and_none_twice() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_list_is_looked_for_in_every_item_that_has_one(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    found = parse_criteria(case.text)
    monkeypatch.setattr(tree_module, "may_hold_list", lambda *item: True)
    assert parse_criteria(case.text) == found
