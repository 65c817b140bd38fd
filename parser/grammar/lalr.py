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
    """One way to write a rule: its name, of how many symbols it is made, and which of them are inlined.

    The tree has the children of an inlined rule in its place: so for `_lead`, and for what Lark makes of a star.
    """

    name: str
    length: int
    inlined: bool
    within: tuple[bool, ...]
    """Of each symbol, whether it is an inlined rule; empty where none is."""


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
    made = [_rule(*rule) for rule in rules]
    tables = Tables(start, end, [dict(state) for state in states], made, dict(terminals), frozenset(ignored))
    tables.states[tables.start], tables.states[tables.end]
    return tables


def _rule(name: str, symbols: list[str]) -> Rule:
    within = tuple(symbol.startswith("_") for symbol in symbols)
    return Rule(name, len(symbols), name.startswith("_"), within if any(within) else ())


def terminals(name: str, start: str) -> Mapping[str, str]:
    """The terminals of a grammar over pieces that the grammar itself spells, each as a regular expression."""
    return tables_of(name, start, "pieces").terminals


def match_pieces(grammar: str, start: str, pieces: Sequence[P]) -> Node[P]:
    """Match a sequence of pieces with a grammar whose terminals are declared, and give the tree.

    Raises `GrammarMismatch` when the sequence is not in the language. Whoever makes the pieces bounds how deep the
    lists in them are.
    """
    tables = tables_of(grammar, start, "pieces")
    states = tables.states
    path = [tables.start]  # The states passed through, and what was read in them: an inlined rule is a list.
    values: list[Any] = []
    for index, piece in enumerate(pieces):
        terminal = piece.terminal
        while (action := states[path[-1]].get(terminal, REFUSED)) < 0:
            if action == REFUSED:
                raise GrammarMismatch(grammar, index, terminal)
            complete(tables.rules[-1 - action], states, path, values)
        path.append(action)
        values.append(piece)
    return finish(tables, grammar, path, values, len(pieces))


def finish(tables: Tables, grammar: str, path: list[int], values: list[Any], index: int) -> Node[Any]:
    """The tree, once everything is read; `index` is the end, for the error where something is missing."""
    while path[-1] != tables.end:
        action = tables.states[path[-1]].get(END, REFUSED)
        if action == REFUSED:
            raise GrammarMismatch(grammar, index, END)
        complete(tables.rules[-1 - action], tables.states, path, values)
    (tree,) = values
    assert isinstance(tree, Node), "the rule that a grammar starts with is not inlined"
    return tree


def complete(rule: Rule, states: list[dict[str, int]], path: list[int], values: list[Any]) -> None:
    """Make one value of those that a rule is made of."""
    name, length, inlined, within = rule
    children: list[Any] = []
    if length:
        children = values[-length:]
        del values[-length:]
        del path[-length:]
        if within:
            children = _inlined(children, within)
    path.append(states[path[-1]][name])
    values.append(children if inlined else Node(name, tuple(children)))


def _inlined(parts: list[Any], within: tuple[bool, ...]) -> list[Any]:
    """The parts of a rule, those of inlined rules in their place."""
    # A star is its own first part: what it has grows, and is not copied for each further piece.
    children: list[Any] = parts[0] if within[0] else [parts[0]]
    for part, is_inlined in zip(parts[1:], within[1:], strict=True):
        if is_inlined:
            children += part
        else:
            children.append(part)
    return children
