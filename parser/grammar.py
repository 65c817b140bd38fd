"""Parses sequences of tokens, or parts of a text, with the grammars in grammars/*.lark by means of Lark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from lark import Lark, TextSlice, Token, Transformer, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer
from msgspec import Struct


class GrammarToken(Protocol):
    """A token that a grammar reads: anything that names its terminal."""

    @property
    def terminal(self) -> str: ...


P = TypeVar("P", bound=GrammarToken)

# Grammars over text, each with the rules to start from. One parser has them all: they share most of its tables.
_TEXT_GRAMMARS = {"amount": ("amount",), "citation": ("source", "year_last", "in_volume", "in_pages", "notes")}

_SHORT = 64
"""The most tokens of a sequence whose tree is kept, for others with the same terminals."""


class Node(Struct, Generic[P], gc=False):
    """A matched rule of a grammar: its name, and its child nodes and tokens."""

    rule: str
    children: tuple[Node[P] | P, ...]


class Leaf(NamedTuple):
    """A matched terminal of a grammar over text: its name and offsets."""

    terminal: str
    start: int
    end: int


class GrammarMismatch(Exception):
    """The input does not match the grammar; `index` is the token, or the offset in a text, that does not fit."""

    def __init__(self, grammar: str, index: int) -> None:
        super().__init__(f"{grammar}.lark does not allow the input at {index}")
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
    """Match a sequence of tokens with a grammar whose terminals are declared, and return the tree.

    Raises `GrammarMismatch` for a sequence that does not match; `index` is the number of tokens if the input ends too
    early.
    """
    if len(pieces) > _SHORT:
        return _parsed(grammar, start, pieces)
    return _filled(_shape(grammar, start, tuple([piece.terminal for piece in pieces])), pieces)


class _Place(NamedTuple):
    """A token that stands for any of its terminal at its place in a sequence."""

    terminal: str
    at: int


@lru_cache(maxsize=1024)
def _shape(grammar: str, start: str, terminals: tuple[str, ...]) -> Node[_Place]:
    """The tree of all sequences with these terminals, because a grammar sees nothing else of a token."""
    return _parsed(grammar, start, [*map(_Place, terminals, count())])


def _filled(shape: Node[_Place], pieces: Sequence[P]) -> Node[P]:
    children = [_filled(one, pieces) if isinstance(one, Node) else pieces[one.at] for one in shape.children]
    return Node(shape.rule, tuple(children))


def _parsed(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    try:
        return cast("Node[P]", _over_pieces(grammar, start).parse(cast(Any, pieces)))
    except UnexpectedInput as error:
        raise GrammarMismatch(grammar, _place(error, len(pieces))) from error


def match_text(grammar: str, rule: str, text: str, start: int, end: int) -> Node[Leaf]:
    """Match text[start:end] with a rule of a grammar, and return the tree; its offsets are those of the whole text.

    Raises `GrammarMismatch` for a text that does not match; `index` is `end` if the text ends too early.
    """
    try:
        return cast("Node[Leaf]", _over_text(grammar).parse(TextSlice(text, start, end), start=rule))
    except UnexpectedInput as error:
        raise GrammarMismatch(grammar, _place(error, end)) from error


def terminals(grammar: str, start: str) -> Mapping[str, str]:
    """The terminals with a pattern in the grammar itself, each as a regular expression."""
    return {terminal.name: terminal.pattern.to_regexp() for terminal in _over_pieces(grammar, start).terminals}


def _place(error: UnexpectedInput, end: int) -> int:
    """Where an input does not match. Lark's end token has the position of the last token."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return end
    assert error.pos_in_stream is not None, "all tokens here have a place"
    return error.pos_in_stream


class _PieceToken(Token):
    """A Lark token that stands for a piece: its value is the piece, its position the piece's index, its text empty."""

    __slots__ = ()
    line = column = end_line = end_column = end_pos = None

    def __new__(cls, piece: GrammarToken, index: int) -> _PieceToken:
        token = str.__new__(cls)
        token.type, token.start_pos, token.value = piece.terminal, index, piece
        return token


class _TokenLexer(Lexer):
    """Passes tokens to Lark."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    # Lark calls a custom lexer only with the argument of `parse`.
    def lex(self, pieces: Sequence[GrammarToken]) -> Iterator[Token]:  # type: ignore[override]
        return map(_PieceToken, pieces, count())


class _Part(Struct):
    """A match that is no node: Lark replaces it by its children, and repeated rules append to this list."""

    children: list[Any]


class _NodeBuilder:
    """Builds nodes as their rules match, so that deep trees need no recursion. It is a transformer to Lark."""

    def __init__(self, leaf: Callable[[Any], Any]) -> None:
        self._leaf = leaf

    def __getattr__(self, rule: str) -> Callable[[list[Any]], Any]:
        if rule.isupper():
            raise AttributeError("terminals stay tokens until they are in a node")
        return _Part if rule.startswith("_") else partial(self._node, str(rule))

    def _node(self, rule: str, children: list[Any]) -> Node[Any]:
        leaf = self._leaf
        return Node(rule, tuple([leaf(child) if isinstance(child, Token) else child for child in children]))


@cache
def _over_pieces(grammar: str, start: str) -> Lark:
    return _load(grammar, (start,), _TokenLexer, attrgetter("value"))


@cache
def _over_text(grammar: str) -> Lark:
    return _load(
        grammar,
        _TEXT_GRAMMARS[grammar],
        "contextual",
        lambda token: Leaf(token.type, token.start_pos, token.end_pos),
    )


def _load(grammar: str, starts: Sequence[str], lexer: type[Lexer] | str, leaf: Callable[[Any], Any]) -> Lark:
    text = grammar_path(grammar).read_text(encoding="utf-8")
    builder = cast("Transformer[Any, Any]", _NodeBuilder(leaf))
    return Lark(text, parser="lalr", lexer=lexer, start=[*starts], maybe_placeholders=False, transformer=builder)
