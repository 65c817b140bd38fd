"""The grammars in grammars/*.lark, read by Lark: what a run of pieces, or a stretch of text, looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from lark import Lark, TextSlice, Token, Tree, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer
from msgspec import Struct


class Piece(Protocol):
    """What a grammar over pieces reads: anything that says which terminal it is."""

    @property
    def terminal(self) -> str: ...


P = TypeVar("P", bound=Piece)


class Node(Struct, Generic[P], gc=False):
    """A rule of a grammar, matched: its name, and the nodes and pieces it is made of."""

    rule: str
    children: tuple[Node[P] | P, ...]


class Leaf(NamedTuple):
    """A terminal of a grammar over text: which one, and the offsets of what it matched."""

    terminal: str
    start: int
    end: int


class GrammarMismatch(Exception):
    """What is outside the language of a grammar; `index` is the piece, or the offset in a text, that does not fit."""

    def __init__(self, grammar: str, index: int) -> None:
        super().__init__(f"{grammar}.lark does not allow what is at {index}")
        self.index = index


def grammar_path(name: str) -> Path:
    """Where a grammar is: inside the package when it is installed from a wheel, next to it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "grammars", package.parent / "grammars"):
        path = folder / f"{name}.lark"
        if path.is_file():
            return path
    raise FileNotFoundError(f"grammar {name}.lark is neither in {package} nor next to it: the installation is broken")


def match_pieces(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    """Match a sequence of pieces with a grammar whose terminals are declared, and return the tree.

    Raises `GrammarMismatch` for a sequence outside the language; `index` is the number of pieces where more is missing.
    """
    try:
        return cast("Node[P]", _over_pieces(grammar, start).parse(cast(Any, pieces)))
    except UnexpectedInput as error:
        raise GrammarMismatch(grammar, _place(error, len(pieces))) from error


def match_text(grammar: str, rule: str, text: str, start: int, end: int) -> Node[Leaf]:
    """Match text[start:end] with a rule of a grammar, and return the tree; its offsets are those of the whole text.

    Raises `GrammarMismatch` for a text outside the language; `index` is `end` where more is missing.
    """
    try:
        return cast("Node[Leaf]", _over_text(grammar, rule).parse(TextSlice(text, start, end)))
    except UnexpectedInput as error:
        raise GrammarMismatch(grammar, _place(error, end)) from error


def terminals(grammar: str, start: str) -> Mapping[str, str]:
    """The terminals of a grammar over pieces that the grammar itself spells, each as a regular expression."""
    return {terminal.name: terminal.pattern.to_regexp() for terminal in _over_pieces(grammar, start).terminals}


def _place(error: UnexpectedInput, end: int) -> int:
    """What an input does not fit at. Lark's token for the end has the place of the last token before it."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return end
    assert error.pos_in_stream is not None, "all tokens here have a place"
    return error.pos_in_stream


class _PieceLexer(Lexer):
    """Passes pieces to Lark, each as a token whose position is its index and whose value is the piece."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    # Lark calls a custom lexer with what `parse` was called with, and nothing else.
    def lex(self, pieces: Sequence[Piece]) -> Iterator[Token]:  # type: ignore[override]
        for index, piece in enumerate(pieces):
            # A token is a string as well, and would be made of the printed piece if it got the value here.
            token = Token(piece.terminal, "", index)
            token.value = piece
            yield token


@cache
def _over_pieces(grammar: str, start: str) -> Lark:
    return _load(grammar, start, _PieceLexer, lambda token: token.value)


@cache
def _over_text(grammar: str, rule: str) -> Lark:
    return _load(grammar, rule, "contextual", lambda token: Leaf(token.type, token.start_pos, token.end_pos))


def _load(grammar: str, start: str, lexer: type[Lexer] | str, leaf: Callable[[Any], Any]) -> Lark:
    """A parser whose trees are nodes from the start, so that no tree is walked, however deep it is."""

    def make_node(rule: str, children: list[Any]) -> Node[Any] | Tree[Any]:
        if rule.startswith("_"):
            # Lark replaces it by its children, and a repeated rule grows by appending to this very list.
            return Tree(rule, children)
        return Node(str(rule), tuple([leaf(child) if isinstance(child, Token) else child for child in children]))

    text = grammar_path(grammar).read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=lexer, start=start, maybe_placeholders=False, tree_class=make_node)
