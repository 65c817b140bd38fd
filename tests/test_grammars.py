"""The examples that stand beside the rules of the grammars: `// ok: ...` is in the language, `// bad: ...` is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from parser.grammar import GrammarMismatch, Leaf, Node, grammar_path, match_pieces, match_text
from parser.quantities.lexer import lexer
from parser.quantities.measures import Token


@dataclass(frozen=True)
class Named:
    terminal: str


def examples(grammar: Path, kind: str) -> list[str]:
    marker = f"// {kind}:"
    return [line[len(marker) :].strip() for line in grammar.read_text("utf-8").splitlines() if line.startswith(marker)]


# Grammars over pieces, each with the rule to start from.
OVER_PIECES = {"page": "page", "outline": "block"}
OVER_TEXT = ("citation",)


def piece_examples(kind: str) -> list[tuple[str, str]]:
    return [(name, example) for name in OVER_PIECES for example in examples(grammar_path(name), kind)]


def leaves(node: Node[Named]) -> list[Named]:
    return [leaf for child in node.children for leaf in (leaves(child) if isinstance(child, Node) else [child])]


@pytest.mark.parametrize(("grammar", "example"), piece_examples("ok"))
def test_pieces_in_the_language_are_all_kept(grammar: str, example: str) -> None:
    pieces = [Named(terminal) for terminal in example.split()]
    assert leaves(match_pieces(grammar, OVER_PIECES[grammar], pieces)) == pieces


@pytest.mark.parametrize(("grammar", "example"), piece_examples("bad"))
def test_pieces_outside_the_language_name_the_first_wrong_one(grammar: str, example: str) -> None:
    pieces = [Named(terminal) for terminal in example.split()]
    with pytest.raises(GrammarMismatch) as caught:
        match_pieces(grammar, OVER_PIECES[grammar], pieces)
    assert caught.value.index == len(pieces) - 1


@pytest.mark.parametrize("text", examples(grammar_path("quantity"), "ok"))
def test_a_phrase_of_the_language_is_read_as_a_whole(text: str) -> None:
    pieces = phrase_pieces(text)
    assert leaves(match_pieces("quantity", "phrase", pieces)) == pieces
    assert pieces[0].start == 0 and pieces[-1].end == len(text)


@pytest.mark.parametrize("text", examples(grammar_path("quantity"), "bad"))
def test_what_is_no_phrase_is_not_read_as_a_whole(text: str) -> None:
    pieces = phrase_pieces(text)
    assert not pieces or pieces[0].start > 0 or pieces[-1].end < len(text)


def phrase_pieces(text: str) -> list[Token]:
    """The first phrase of a text, in pieces; none if nothing in it can begin one."""
    first = next(lexer().candidates(text), None)
    if first is None:
        return []
    return lexer().openings(text, 0, first.start()) + lexer().forwards(text, first.start())


def named_examples(grammar: Path, kind: str) -> list[tuple[str, str]]:
    """The examples of a grammar over text: `// ok rule: text`, each with the rule that it starts from."""
    lines = [
        line.removeprefix(f"// {kind} ") for line in grammar.read_text("utf-8").splitlines() if f"// {kind} " in line
    ]
    return [(rule, text) for rule, _, text in (line.partition(": ") for line in lines)]


def text_examples(kind: str) -> list[tuple[str, str, str]]:
    return [(name, *example) for name in OVER_TEXT for example in named_examples(grammar_path(name), kind)]


@pytest.mark.parametrize("grammar, rule, text", text_examples("ok"))
def test_a_text_in_the_language_is_matched_wherever_it_stands(grammar: str, rule: str, text: str) -> None:
    def ends(node: Node[Leaf]) -> list[int]:
        return [end for child in node.children for end in (ends(child) if isinstance(child, Node) else [child.end])]

    matched = ends(match_text(grammar, rule, text, 0, len(text)))
    moved = ends(match_text(grammar, rule, f"<{text}>", 1, 1 + len(text)))
    assert moved == [end + 1 for end in matched]
    assert all(end <= len(text) for end in matched)


@pytest.mark.parametrize("grammar, rule, text", text_examples("bad"))
def test_a_text_outside_the_language_says_where_it_leaves_it(grammar: str, rule: str, text: str) -> None:
    with pytest.raises(GrammarMismatch) as caught:
        match_text(grammar, rule, text, 0, len(text))
    assert 0 <= caught.value.index <= len(text)


def test_there_are_examples_of_both_kinds() -> None:
    assert len(piece_examples("ok")) >= 10
    assert len(piece_examples("bad")) >= 6
    assert len(text_examples("ok")) >= 15
    assert len(text_examples("bad")) >= 5
