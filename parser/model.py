"""What the classes of the model have in common: how their fields are declared, compared and shown.

Names are API v2's in snake case; `parser.codec` turns them into its camel case and back, and `parser.writers.schema`
builds the JSON Schema from the meanings that stand at the fields. Every leaf read from a page is a `Value`, which keeps
its place in the source. A field that is None, and a list that is empty, are absent from the JSON.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, TypeVar

from parser.source import Value

Text = Value[str]


def one(meaning: str) -> Any:
    """A field that may be absent; `meaning` becomes its description in the JSON Schema."""
    return field(default=None, metadata={"meaning": meaning})


def many(meaning: str) -> Any:
    """A list in the page's order; absent from the JSON when it is empty."""
    return field(default=(), metadata={"meaning": meaning})


def must(meaning: str) -> Any:
    """A field that is always there."""
    return field(metadata={"meaning": meaning})


def nullable(meaning: str) -> Any:
    """A field that is always written, as null where there is nothing."""
    return field(default=None, metadata={"meaning": meaning, "null": True})


M = TypeVar("M", bound="Model")


def filled(module: M) -> M | None:
    """A module, or None for one that holds nothing: as in the JSON, what is empty is absent."""
    return module if any(getattr(module, name) not in (None, ()) for name in module.__slots__) else None


class Model:
    """What the classes here have in common: they are equal, and shown, by their fields.

    `dataclass` would write these methods anew for each class, which takes longer than all else in importing them.
    """

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{self.__class__.__qualname__}({shown})"
