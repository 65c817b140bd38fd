"""What the structs of the document have in common.

Names are API v2's in snake case; the JSON has its camel case. A field that may be absent is None or an empty tuple by
default and is then omitted from the JSON; a field without a default is always written, as null if it is None.
"""

from __future__ import annotations

from msgspec import Meta, Struct
from msgspec.structs import force_setattr


# Values that cannot hold themselves are no work for the collector of cycles.
class Model(Struct, frozen=True, gc=False, omit_defaults=True, repr_omit_defaults=True, rename="camel"):
    """A part of the document."""


class Section(Model, frozen=True):
    """A part whose own parts are always there in Python; empty ones are omitted from the JSON."""

    def __post_init__(self) -> None:
        # msgspec omits a default by its identity, but copies and unpickled documents bring structs of their own.
        defaults = self.__struct_defaults__
        for name, default in zip(self.__struct_fields__[-len(defaults) :], defaults, strict=True):
            value = getattr(self, name)
            if value is not default and isinstance(value, Model) and is_empty(value):
                force_setattr(self, name, default)


def doc(meaning: str) -> Meta:
    """What a field means: its description in the JSON Schema."""
    return Meta(description=meaning)


def is_empty(part: Model) -> bool:
    """Whether no field of a part holds anything. False, 0 and empty text are values."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if not (value is None or value == () or (isinstance(value, Model) and is_empty(value))):
            return False
    return True
