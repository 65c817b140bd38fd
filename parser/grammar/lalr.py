"""Grammars over pieces: Lark makes their tables, and the loop here reads pieces with them (`texts` reads text so).

Lark's own loop makes a token, a tree and several calls of each piece, which was a tenth of the time that a page takes;
and a process that finds the tables in the cache need not import Lark for them at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, Literal, NamedTuple

from parser.cache import load, store
from parser.grammar.model import GrammarMismatch, Node, P, grammar_path

END = "$END"
"""The terminal behind the last piece, as Lark names it."""

# In the place of a state, that a grammar does not go on so; no grammar has so many rules.
REFUSED = -(1 << 62)


class Rule(NamedTuple):
    """One way to write a rule: its name, of how many symbols it is made, and whether it is inlined.

    The tree has the children of an inlined rule in its place: so for `_lead`, and for what Lark makes of a star.
    """

    name: str
    length: int
    inlined: bool


class Tables(NamedTuple):
    """LALR(1) tables.

    `states` has for each state what to do on a terminal, and where to go on a rule that was read: the number of the
    next state, or below zero, -1 - n, that rule n is complete.
    """

    start: int
    end: int
    states: list[dict[str, int]]
    rules: list[Rule]
    terminals: dict[str, str]
    """The terminals that the grammar itself spells, each as a regular expression, the first to try first."""
    ignored: frozenset[str]
    """The terminals that may stand anywhere in a text and mean nothing."""


# What tables of another form raise; then they are made anew.
_NO_TABLES = (LookupError, TypeError, ValueError, AttributeError)


@cache
def tables_of(name: str, start: str, over: Literal["pieces", "text"]) -> Tables:
    """The tables of a grammar, from the cache or, where they are not there, from its text."""
    text = grammar_path(name).read_text(encoding="utf-8")
    kept = f"{name}-{start}-{over}"
    with suppress(*_NO_TABLES):
        return _decoded(load(kept, text))
    # Lark is imported only where there is something to make.
    from parser.grammar.larks import make_tables

    made = make_tables(text, start, over)
    store(kept, text, made)
    return _decoded(made)


def _decoded(data: Any) -> Tables:
    """Tables from what `make_tables` gives, or its JSON; raises one of `_NO_TABLES` where it has another form."""
    start, end, states, rules, terminals, ignored = data
    made = [Rule(name, len(symbols), name.startswith("_")) for name, symbols in rules]
    tables = Tables(start, end, [dict(state) for state in states], made, dict(terminals), frozenset(ignored))
    tables.states[tables.start], tables.states[tables.end]
    return tables


def terminals(name: str, start: str) -> Mapping[str, str]:
    """The terminals of a grammar over pieces that the grammar itself spells, each as a regular expression."""
    return tables_of(name, start, "pieces").terminals


def match_pieces(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    """Match a sequence of pieces with a grammar whose terminals are declared, and give the tree.

    Raises `GrammarMismatch` when the sequence is not in the language. Whoever makes the pieces bounds how deep the
    lists in them are.
    """
    tables = tables_of(grammar, start, "pieces")
    path = [tables.start]
    starts: list[int] = []
    values: list[Any] = []
    for index, piece in enumerate(pieces):
        terminal = piece.terminal
        state = complete(tables, terminal, path, starts, values)
        if state == REFUSED:
            raise GrammarMismatch(grammar, index, terminal)
        path.append(state)
        starts.append(len(values))
        values.append(piece)
    return finish(tables, grammar, path, starts, values, len(pieces))


def complete(tables: Tables, terminal: str, path: list[int], starts: list[int], values: list[Any]) -> int:
    """Make nodes of the rules that end before a terminal; the state behind the terminal, or `REFUSED`.

    `path` has the states passed through, `starts` where in `values` each of the symbols begins that led to them. What
    an inlined rule is made of stays in `values` as it is, so that a star costs nothing however long it is.
    """
    states, rules = tables.states, tables.rules
    while REFUSED < (action := states[path[-1]].get(terminal, REFUSED)) < 0:
        name, length, inlined = rules[-1 - action]
        # The rule takes the place of its first symbol; one without any gets a place of its own.
        if length > 1:
            del path[1 - length :], starts[1 - length :]
        elif not length:
            path.append(REFUSED)
            starts.append(len(values))
        path[-1] = states[path[-2]][name]
        if not inlined:
            start = starts[-1]
            values[start:] = [Node(name, tuple(values[start:]))]
    return action


def finish(
    tables: Tables, grammar: str, path: list[int], starts: list[int], values: list[Any], index: int
) -> Node[Any]:
    """The tree, once everything is read; `index` is the end, for the error where something is missing."""
    complete(tables, END, path, starts, values)
    if path[-1] != tables.end:
        raise GrammarMismatch(grammar, index, END)
    (tree,) = values
    assert isinstance(tree, Node), "the rule that a grammar starts with is not inlined"
    return tree
