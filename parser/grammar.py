"""The grammars: the only place that knows Lark.

A grammar is loaded from grammars/*.lark on first use and kept for the life of the process. Nothing is cached on disk:
the LALR tables take some milliseconds to make, and a cache would be pickled data to trust.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from lark import Lark, TextSlice, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer


class Piece(Protocol):
    """What a grammar over pieces reads: anything that says which terminal it is."""

    @property
    def terminal(self) -> str: ...


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Node(Generic[P]):
    """A rule of a grammar, matched: its name, and the nodes and pieces it is made of."""

    rule: str
    children: tuple[Node[P] | P, ...]


class _Place(NamedTuple):
    """A piece that is only known by its place."""

    terminal: str
    place: int


class Leaf(NamedTuple):
    """A terminal of a grammar over text: which one, and the offsets of what it matched."""

    terminal: str
    start: int
    end: int


class GrammarMismatch(Exception):
    """What is outside the language of a grammar; `index` is the piece, or the offset in a text, that does not fit."""

    def __init__(self, grammar: str, index: int, terminal: str) -> None:
        super().__init__(f"{grammar}.lark does not allow {terminal} at {index}")
        self.index = index


def grammar_path(name: str) -> Path:
    """Where a grammar stands: inside the package when it is installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "grammars", package.parent / "grammars"):
        path = folder / f"{name}.lark"
        if path.is_file():
            return path
    raise FileNotFoundError(f"grammar {name}.lark is neither in {package} nor beside it: the installation is broken")


class _GivenTokens(Lexer):
    """A lexer for tokens that were made before the parse."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, tokens: Any) -> Iterator[Token]:  # type: ignore[override]
        return iter(tokens)


@cache
def _piece_grammar(name: str, start: str) -> Lark:
    text = grammar_path(name).read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_GivenTokens, start=start)


@cache
def terminals(name: str, start: str) -> dict[str, str]:
    """The terminals of a grammar over pieces that the grammar itself spells, each as a regular expression."""
    return {one.name: one.pattern.to_regexp() for one in _piece_grammar(name, start).terminals}


def match_pieces(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    """Match a sequence of pieces with a grammar whose terminals are declared, and give the tree.

    Raises `GrammarMismatch` when the sequence is not in the language.
    """
    tokens = [Token(piece.terminal, "", index) for index, piece in enumerate(pieces)]
    try:
        tree: Tree[Token] = _piece_grammar(grammar, start).parse(tokens)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        index = token.start_pos if token is not None and token.type != "$END" else len(pieces)
        raise GrammarMismatch(grammar, index, str(getattr(token, "type", "$END"))) from error
    return _node(tree, pieces)


@lru_cache(maxsize=4096)
def _shape(grammar: str, start: str, names: tuple[str, ...]) -> Node[_Place]:
    return match_pieces(grammar, start, [_Place(name, index) for index, name in enumerate(names)])


def match_short(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    """`match_pieces` for short sequences, of which there are few kinds: the tree of each kind is made once.

    Raises `GrammarMismatch` when the sequence is not in the language.
    """
    return _filled(_shape(grammar, start, tuple(piece.terminal for piece in pieces)), pieces)


def _filled(shape: Node[_Place], pieces: Sequence[P]) -> Node[P]:
    return Node(
        shape.rule,
        tuple(_filled(child, pieces) if isinstance(child, Node) else pieces[child.place] for child in shape.children),
    )


def _node(tree: Tree[Token], pieces: Sequence[P]) -> Node[P]:
    """Lark's tree as ours. Whoever makes the pieces bounds how deep their lists are."""
    children = [
        _node(child, pieces) if isinstance(child, Tree) else pieces[child.start_pos or 0] for child in tree.children
    ]
    return Node(str(tree.data), tuple(children))


@cache
def _text_grammar(name: str, start: str) -> Lark:
    text = grammar_path(name).read_text(encoding="utf-8")
    return Lark(text, parser="lalr", start=start, maybe_placeholders=False)


def match_text(grammar: str, rule: str, text: str, start: int, end: int) -> Node[Leaf]:
    """Match text[start:end] with a rule of a grammar, and give the tree; its offsets are those of the whole text.

    Raises `GrammarMismatch` when the text is not in the language.
    """
    try:
        tree: Tree[Token] = _text_grammar(grammar, rule).parse(TextSlice(text, start, end))
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        # A character that starts no terminal has its offset in the error itself; the end of the text has none.
        place = error.pos_in_stream if token is None else token.start_pos if token.type != "$END" else end
        raise GrammarMismatch(grammar, place or start, str(getattr(token, "type", "a character"))) from error
    return _text_node(tree)


def _text_node(tree: Tree[Token]) -> Node[Leaf]:
    """Lark's tree as ours; a grammar over text has no rule that holds itself, so the tree is as deep as its rules."""
    return Node(
        str(tree.data),
        tuple(
            _text_node(child) if isinstance(child, Tree) else Leaf(child.type, child.start_pos or 0, child.end_pos or 0)
            for child in tree.children
        ),
    )
