"""What a grammar gives, whatever it reads: nodes, leaves, mismatches; and where the grammars stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar


class Piece(Protocol):
    """What a grammar over pieces reads: anything that says which terminal it is."""

    @property
    def terminal(self) -> str: ...


P = TypeVar("P", bound=Piece)


@dataclass(slots=True)
class Node(Generic[P]):
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

    def __init__(self, grammar: str, index: int, terminal: str) -> None:
        super().__init__(f"{grammar}.lark does not allow {terminal} at {index}")
        self.index = index


def grammar_path(name: str) -> Path:
    """Where a grammar stands: inside the package when it is installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "grammars", package.parent / "grammars"):
        path = folder / f"{name}.lark"
        if path.is_file():
            return path
    raise FileNotFoundError(f"grammar {name}.lark is neither in {package} nor beside it: the installation is broken")
