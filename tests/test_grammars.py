"""The examples next to the rules of the grammars (`// ok:` is in the language, `// bad:` is not), and the errors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from parser.grammar import GrammarMismatch, Leaf, Node, grammar_path, match_pieces, match_text, terminals
from parser.quantities.lexer import lexer, words_of
from parser.quantities.tokens import QuantityToken
from parser.quantities.view import PlainText


@dataclass(frozen=True)
class Named:
    terminal: str


def examples(grammar: Path, kind: str) -> list[str]:
    marker = f"// {kind}:"
    return [line[len(marker) :].strip() for line in grammar.read_text("utf-8").splitlines() if line.startswith(marker)]


# Grammars over pieces, each with the rule to start from.
OVER_PIECES = {"page": "section", "outline": "block"}
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


@pytest.mark.parametrize(("grammar", "example"), piece_examples("ok"))
def test_what_is_missing_is_missing_at_the_end(grammar: str, example: str) -> None:
    pieces = [Named(terminal) for terminal in example.split()]
    for length in range(len(pieces)):
        try:
            match_pieces(grammar, OVER_PIECES[grammar], pieces[:length])
        except GrammarMismatch as mismatch:
            assert mismatch.index == length


def test_nothing_at_all_is_matched_by_a_rule_that_may_be_empty() -> None:
    assert match_pieces("outline", "block", []) == Node("block", ())
    assert match_text("citation", "notes", "2025", 4, 4) == Node("notes", ())


def test_lists_inside_lists_may_be_deeper_than_python_calls() -> None:
    depth = 20_000
    pieces = [*map(Named, ["ITEM", "INDENT"] * depth + ["NOTE"] + ["DEDENT"] * depth)]
    node = match_pieces("outline", "block", pieces)
    depths = 0
    while inner := [child for child in node.children if isinstance(child, Node)]:
        (node,) = inner
        depths += node.rule == "below"
    assert depths == depth
    assert node == Node("entries", (Named("NOTE"),))


def test_only_the_terminals_that_the_grammar_spells_have_expressions() -> None:
    spelled = terminals("quantity", "phrase")
    assert re.fullmatch(spelled["OLD"], " old")
    assert not re.fullmatch(spelled["OLD"], "older")
    assert "AMOUNT" not in spelled


def test_a_grammar_that_does_not_exist_is_a_broken_installation() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.lark"):
        grammar_path("nothing")


@pytest.mark.parametrize("text", examples(grammar_path("quantity"), "ok"))
def test_a_phrase_of_the_language_is_read_as_a_whole(text: str) -> None:
    pieces = phrase_pieces(text)
    assert leaves(match_pieces("quantity", "phrase", pieces)) == pieces
    assert pieces[0].start == 0 and pieces[-1].end == len(text)


@pytest.mark.parametrize("text", examples(grammar_path("quantity"), "bad"))
def test_what_is_no_phrase_is_not_read_as_a_whole(text: str) -> None:
    pieces = phrase_pieces(text)
    assert not pieces or pieces[0].start > 0 or pieces[-1].end < len(text)


def phrase_pieces(text: str) -> list[QuantityToken]:
    """The first phrase of a text, in pieces; none if nothing in it can begin one."""
    view = PlainText.of(text)
    at = next(iter(lexer().candidates(view, words_of(view.low))), None)
    return [] if at is None else lexer().openings.before(view.low, 0, at) + lexer().forwards(view, at)


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


@pytest.mark.parametrize(
    ("text", "index"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("211:", 4, id="something is missing"),
        pytest.param("211: ", 5, id="something is missing after a blank"),
        pytest.param("211:210-215 <", 12, id="no terminal"),
        pytest.param("211:210-215 (3), 1934", 12, id="a terminal of another place"),
        pytest.param(")211:210-215, 1934", 0, id="a terminal that nothing begins with"),
    ],
)
def test_a_mismatch_says_where_the_text_leaves_the_language(text: str, index: int) -> None:
    for before, after in (("", ""), ("1934\n", ", 1934")):
        with pytest.raises(GrammarMismatch, match=r"citation\.lark") as caught:
            match_text("citation", "year_last", before + text + after, len(before), len(before) + len(text))
        assert caught.value.index == len(before) + index


def test_there_are_examples_of_both_kinds() -> None:
    assert len(piece_examples("ok")) >= 10
    assert len(piece_examples("bad")) >= 6
    assert len(text_examples("ok")) >= 15
    assert len(text_examples("bad")) >= 5
