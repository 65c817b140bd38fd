"""The grammars: what a run of pieces, or a stretch of text, looks like.

A grammar is loaded from grammars/*.lark on first use and kept for the life of the process. To make the LALR tables of
all of them takes 150 ms, to read them back 20 ms, so they are kept in the user's cache folder (parser/cache.py) for the
next process: as JSON, never as a pickle, which could run code.
"""

from __future__ import annotations

from parser.grammar.lalr import match_pieces, terminals
from parser.grammar.model import GrammarMismatch, Leaf, Node, Piece, grammar_path
from parser.grammar.texts import match_text

__all__ = [
    "GrammarMismatch",
    "Leaf",
    "Node",
    "Piece",
    "grammar_path",
    "match_pieces",
    "match_text",
    "terminals",
]
