"""The base classes of the document's structs.

Names are API v2's in snake case; the JSON has its camel case. A field that may be absent is None or an empty tuple by
default and is then omitted from the JSON; a field without a default is always written, as null if it is None.
"""

from __future__ import annotations

import sys
from typing import Any

from msgspec import Meta, Struct
from msgspec.structs import astuple, force_setattr

# How much of a text the repr of a part shows.
_MOST_SHOWN = 60
_MOST_ITEMS = 3


# Structs cannot refer to themselves, so the garbage collector need not track them.
class Model(Struct, frozen=True, gc=False, omit_defaults=True, rename="camel"):
    """A part of the document. Its repr is for people: without empty fields, long texts cut, lists of parts counted."""

    if sys.version_info < (3, 11):

        def __post_init__(self) -> None:
            # msgspec omits a default by its identity, and before Python 3.11 there is more than one empty tuple.
            for name in self.__struct_fields__:
                if getattr(self, name) == ():
                    force_setattr(self, name, ())

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """The fields that are not empty, by name."""
        fields = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return [(name, value) for name, value in fields if not is_blank(value)]

    def __repr__(self) -> str:
        shown = (f"{name}={_short(value)}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(shown)})"


class Section(Model, frozen=True):
    """A part whose sub-parts always exist in Python; empty ones are omitted from the JSON."""

    def __post_init__(self) -> None:
        if sys.version_info < (3, 11):
            Model.__post_init__(self)
        # msgspec omits a default by its identity, but copies and unpickled documents have other objects.
        defaults = self.__struct_defaults__
        for name, default in zip(self.__struct_fields__[-len(defaults) :], defaults, strict=True):
            value = getattr(self, name)
            if value is not default and isinstance(value, Model) and is_empty(value):
                force_setattr(self, name, default)


def doc(meaning: str) -> Meta:
    """The description of a field in the JSON Schema."""
    return Meta(description=meaning)


def is_empty(part: Model) -> bool:
    """Whether all fields of a part are empty. False, 0 and empty text are values."""
    return all(map(is_blank, astuple(part)))


def is_blank(value: object) -> bool:
    """Whether a field is empty: null, no items, or an empty part."""
    return value is None or value == () or (isinstance(value, Model) and is_empty(value))


def _short(value: object) -> str:
    if isinstance(value, str) and len(value) > _MOST_SHOWN:
        return repr(value[: _MOST_SHOWN - 1] + "…")
    if isinstance(value, dict):
        return f"{{{len(value)} keys}}"
    if isinstance(value, tuple) and isinstance(value[0], Model):
        return f"[{len(value)} {type(value[0]).__name__}]"
    if isinstance(value, tuple):
        shown = ", ".join(map(_short, value[:_MOST_ITEMS]))
        return f"[{shown}, … {len(value)} in all]" if len(value) > _MOST_ITEMS else f"[{shown}]"
    return repr(value)
