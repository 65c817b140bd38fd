"""The examples that stand beside the rules of the grammars: `// ok: ...` is in the language, `// bad: ...` is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from parser.grammar import GrammarMismatch, Node, grammar_path, match_pieces


@dataclass(frozen=True)
class Named:
    terminal: str


def examples(grammar: Path, kind: str) -> list[str]:
    marker = f"// {kind}:"
    return [line[len(marker) :].strip() for line in grammar.read_text("utf-8").splitlines() if line.startswith(marker)]


PAGE = grammar_path("page")


def leaves(node: Node[Named]) -> list[Named]:
    return [leaf for child in node.children for leaf in (leaves(child) if isinstance(child, Node) else [child])]


@pytest.mark.parametrize("example", examples(PAGE, "ok"))
def test_a_page_that_is_in_the_language_keeps_every_piece(example: str) -> None:
    pieces = [Named(terminal) for terminal in example.split()]
    assert leaves(match_pieces("page", "page", pieces)) == pieces


@pytest.mark.parametrize("example", examples(PAGE, "bad"))
def test_a_page_that_is_not_in_the_language_names_the_first_wrong_piece(example: str) -> None:
    pieces = [Named(terminal) for terminal in example.split()]
    with pytest.raises(GrammarMismatch) as caught:
        match_pieces("page", "page", pieces)
    assert caught.value.index == len(pieces) - 1


def test_there_are_examples_of_both_kinds() -> None:
    assert len(examples(PAGE, "ok")) >= 5
    assert len(examples(PAGE, "bad")) >= 3
