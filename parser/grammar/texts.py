"""Grammars over text: Lark makes their tables, and the loop here reads text with them.

As in Lark's contextual lexer, what comes next is looked for among the terminals that may stand there alone. Lark's own
loop takes three times as long, and to import Lark takes as long as to parse three pages: a process that finds the
tables in the cache need not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from parser.grammar.lalr import REFUSED, Tables, complete, finish, tables_of
from parser.grammar.model import GrammarMismatch, Leaf, Node


class _Reader(NamedTuple):
    """The tables of a grammar, and for each of its states the expression that finds what comes next there."""

    tables: Tables
    scanners: dict[int, re.Pattern[str]]


@cache
def _reader(grammar: str, start: str) -> _Reader:
    return _Reader(tables_of(grammar, start, "text"), {})


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """An expression of terminals, made once for all states in which the same may stand."""
    return re.compile(expression)


def _scanner(reader: _Reader, state: int) -> re.Pattern[str]:
    """What finds a terminal that may stand in a state, or one that is ignored: the first in the order of the tables."""
    tables, scanners = reader
    if state not in scanners:
        allowed = tables.states[state].keys() | tables.ignored
        named = (f"(?P<{name}>{expression})" for name, expression in tables.terminals.items() if name in allowed)
        # Where nothing but the end may stand, nothing is found.
        scanners[state] = _compiled("|".join(named) or "(?!)")
    return scanners[state]


def match_text(grammar: str, rule: str, text: str, start: int, end: int) -> Node[Leaf]:
    """Match text[start:end] with a rule of a grammar, and give the tree; its offsets are those of the whole text.

    Raises `GrammarMismatch` when the text is not in the language.
    """
    reader = _reader(grammar, rule)
    tables, scanners = reader
    path = [tables.start]
    starts: list[int] = []
    values: list[Any] = []
    position = start
    while position < end:
        state = path[-1]
        match = (scanners.get(state) or _scanner(reader, state)).match(text, position, end)
        if match is None or match.lastgroup is None:
            raise GrammarMismatch(grammar, position, "a character")
        terminal = match.lastgroup
        behind = match.end()
        if terminal not in tables.ignored:
            state = complete(tables, terminal, path, starts, values)
            if state == REFUSED:
                raise GrammarMismatch(grammar, position, terminal)
            path.append(state)
            starts.append(len(values))
            # As in Lark, a terminal whose name begins with an underscore has no place in the tree.
            if terminal[0] != "_":
                values.append(Leaf(terminal, position, behind))
        position = behind
    return finish(tables, grammar, path, starts, values, end)
