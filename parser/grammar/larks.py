"""The only place that knows Lark: it makes the tables of grammars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from lark import Lark
from lark.grammar import Terminal
from lark.lexer import Lexer, TerminalDef
from lark.parsers.lalr_analysis import Shift


class _NoLexer(Lexer):
    """In the place of a lexer: Lark reads nothing here."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raise NotImplementedError("what a grammar matches is read with its tables, not by Lark")


_Made = tuple[int, int, list[dict[str, int]], list[tuple[str, list[str]]], dict[str, str], list[str]]


def make_tables(text: str, start: str, over: Literal["pieces", "text"]) -> _Made:
    """The tables of a grammar from its text: start, end, states (see `parser.grammar.lalr`), the rules with the symbols
    they are made of, the terminals that the grammar spells, and those that it ignores.

    Raises `ValueError` for what the loops that read with the tables do not know: aliases, `?rules`, terminals without a
    name and, in a grammar over pieces, terminals left out.
    """
    made = Lark(text, parser="lalr", start=start, lexer=_NoLexer, maybe_placeholders=False)
    for rule in made.rules:
        left_out = any(_is_left_out(symbol, over) for symbol in rule.expansion)
        if rule.alias or rule.options.expand1 or left_out:
            raise ValueError(f"the grammar of {start} has in {rule} what a grammar over {over} must not have")
    table = made.parser.parser._parse_table
    numbers = {rule: number for number, rule in enumerate(made.rules)}
    states: list[dict[str, int]] = [{} for _ in table.states]
    for state, actions in table.states.items():
        for symbol, (action, argument) in actions.items():
            states[state][symbol] = argument if action is Shift else -1 - numbers[argument]
    rules = [(str(rule.origin.name), [str(symbol.name) for symbol in rule.expansion]) for rule in made.rules]
    terminals = {one.name: one.pattern.to_regexp() for one in sorted(made.terminals, key=_rank)}
    return table.start_states[start], table.end_states[start], states, rules, terminals, list(made.ignore_tokens)


def _is_left_out(symbol: object, over: Literal["pieces", "text"]) -> bool:
    """Whether a symbol is a terminal that has no place in the tree though its name does not say so."""
    return isinstance(symbol, Terminal) and symbol.filter_out and (over == "pieces" or symbol.name[0] != "_")


def _rank(terminal: TerminalDef) -> tuple[int, int, int, str]:
    """The order in which Lark's own lexer tries terminals."""
    pattern = terminal.pattern
    return -terminal.priority, -pattern.max_width, -len(pattern.value), terminal.name
