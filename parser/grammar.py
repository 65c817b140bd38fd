"""The grammars: the only place that knows Lark.

A grammar is loaded from grammars/*.lark on first use and kept for the life of the process. To make the LALR tables of
all of them takes 150 ms, to read them back 20 ms, so they are kept in the user's cache folder (parser/cache.py) for the
next process: as JSON, never as a pickle, which could run code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from lark import Lark, TextSlice, Token, Tree
from lark import __version__ as lark_version
from lark.exceptions import LarkError, UnexpectedInput
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

from parser.cache import load, store


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


# What Lark raises, and what it and the code below raise for tables of another shape. Lark promises neither
# `memo_serialize` nor the form of what it gives: with a version that has another one, grammars are made each time.
_NO_TABLES = (LarkError, LookupError, TypeError, ValueError, AttributeError, AssertionError, RecursionError)


def _grammar(name: str, start: str, lexer: type[Lexer] | str, **options: Any) -> Lark:
    """A grammar from its tables or, where they are not in the cache, from its text."""
    text = grammar_path(name).read_text(encoding="utf-8")
    kept, made_from = f"{name}-{start}", f"{lark_version}\n{options}\n{text}"
    if tables := load(kept, made_from):
        with suppress(*_NO_TABLES):
            return _from_tables(tables, lexer)
    made = Lark(text, parser="lalr", start=start, lexer=lexer, **options)
    with suppress(*_NO_TABLES):
        store(kept, made_from, _tables(made))
    return made


def _tables(made: Lark) -> dict[str, Any]:
    """What `python -m lark.tools.serialize` writes of a grammar: the tables, and the rules and terminals in them."""
    data, memo = made.memo_serialize([TerminalDef, Rule])
    # A class is no JSON; who loads the grammar says which lexer it has. The options given are those in use, so a copy.
    data["options"] = {**data["options"], "lexer": None}
    data["parser"]["lexer_conf"]["lexer_type"] = None
    return {"data": data, "memo": memo}


def _from_tables(tables: dict[str, Any], lexer: type[Lexer] | str) -> Lark:
    """`_tables` read back: the keys that JSON made strings of are numbers again."""
    data, memo = tables["data"], tables["memo"]
    parser = data["parser"]["parser"]
    parser["tokens"] = _numbered(parser["tokens"])
    parser["states"] = {int(state): _numbered(actions) for state, actions in parser["states"].items()}
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = lexer
    # Given a dict, `load` reads no pickle. The parsers that `python -m lark.tools.standalone` writes start so, too.
    return Lark.load({"data": data, "memo": _numbered(memo)})


def _numbered(found: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in found.items()}


@cache
def _piece_grammar(name: str, start: str) -> Lark:
    return _grammar(name, start, _GivenTokens)


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
    return _grammar(name, start, "contextual", maybe_placeholders=False)


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
