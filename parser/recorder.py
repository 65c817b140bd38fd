"""Records where each value of a document was read, while the document's structs are made.

    /protocolSection/identificationModule/nctId                         the value's own span
    /normalizedSection/eligibilityModule/criteria/3/text                the criterion's own text
    /normalizedSection/eligibilityModule/criteria/3/marker              the marker before it
    /normalizedSection/eligibilityModule/criteria/3/quantities/0/low    the quantity

Structs hold plain values. The spans of the parsed values that a struct is made from are kept until the document is
complete and its JSON Pointers (RFC 6901) are known. Quantities, criteria and category headings have their span in
`start` and `end`: it is the span of all their fields except those recorded separately, such as a marker or a subject.
Derived values (`stdAges`, ids of criteria) have no span.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from msgspec.structs import astuple

from parser.model.base import Model, is_empty
from parser.source import ParsedValue, Place, Span

M = TypeVar("M", bound=Model)

UNPARSED = "/sourceSection/unparsed"
"""The pointer to the texts that belong to no field."""

# The keys for an object's span, and its number: neither is in the source.
_NOT_READ = frozenset({"id", "start", "end"})
# Fields outside the span of a quantity or criterion. They have a span only if one was recorded.
_OUTSIDE = frozenset({"marker", "subject", "anchor"})

_Places = dict[str, "Span | list[Span | None] | None"]

PlacedValue = tuple[str, Span, Any]
"""The JSON Pointer of a value, its span, and the value."""


class Recorder:
    """Makes structs of parsed values and records the values' spans."""

    def __init__(self) -> None:
        # By the identity of the struct, which is kept alive here: equal structs may occur several times.
        self._recorded: dict[int, tuple[Model, _Places]] = {}

    def make(self, cls: type[M], /, **fields: Any) -> M:
        """A struct of `cls` whose fields are parsed values, tuples of such, structs, tuples of such, or None.

        An empty struct is left out of the struct that holds it, but stays in a list.
        """
        values: dict[str, Any] = {}
        places: _Places = {}
        for name, value in fields.items():
            if value.__class__ is ParsedValue:
                values[name] = value.value
                places[name] = value.span
            elif value.__class__ is tuple and value and value[0].__class__ is ParsedValue:
                values[name] = tuple([item.value for item in value])
                places[name] = [item.span for item in value]
            elif not (isinstance(value, Model) and is_empty(value)):
                values[name] = value
        made = cls(**values)
        self._recorded[id(made)] = (made, places)
        return made

    def record(self, struct: Model, **places: Span | None) -> None:
        """Record the spans of values in a struct that was made elsewhere, by field name."""
        self._recorded[id(struct)] = (struct, dict(places))

    def parsed(self, struct: Model, field: str) -> ParsedValue[Any] | None:
        """The value of a field with its recorded span; None if the field is empty."""
        value = getattr(struct, field)
        if value is None:
            return None
        _, places = self._recorded.get(id(struct), (None, {}))
        place = places.get(field)
        return ParsedValue(value, None if isinstance(place, list) else place)

    def spans(self, struct: Model, pointer: str = "") -> dict[str, Place]:
        """The spans in the struct at `pointer` and in all that it holds, in the order of the JSON."""
        found: list[PlacedValue] = []
        self._walk(struct, pointer, None, found, whole=True)
        return {pointer: span for pointer, span, _ in found}

    def placed(self, struct: Model) -> list[PlacedValue]:
        """The values in a struct and in all that it holds; an object with a span of its own is one, not its fields."""
        found: list[PlacedValue] = []
        self._walk(struct, "", None, found, whole=False)
        return found

    def _walk(self, struct: Model, pointer: str, around: Span | None, found: list[PlacedValue], *, whole: bool) -> None:
        _, places = self._recorded.get(id(struct), _NOTHING)
        located, fields = _fields(struct.__class__)
        own = Span(struct.start, struct.end) if located else around  # type: ignore[attr-defined]
        if own and not whole:
            found.append((pointer, own, struct))
            own = None
        for value, field in zip(astuple(struct), fields, strict=True):
            if value is None or field is None:
                continue
            name, key = field
            place = places.get(name)
            if place is None and name not in _OUTSIDE:
                place = own
            if value.__class__ is tuple:
                for index, item in enumerate(value):
                    if isinstance(item, Model):
                        self._walk(item, f"{pointer}/{key}/{index}", own, found, whole=whole)
                    elif span := place[index] if isinstance(place, list) else place:
                        found.append((f"{pointer}/{key}/{index}", span, item))
            elif isinstance(value, Model):
                self._walk(value, f"{pointer}/{key}", own, found, whole=whole)
            elif isinstance(place, Span):
                found.append((f"{pointer}/{key}", place, value))


_NOTHING: tuple[None, _Places] = (None, {})


@cache
def _fields(cls: type[Model]) -> tuple[bool, tuple[tuple[str, str] | None, ...]]:
    """Whether objects of a class have their own `start` and `end`, and the name and JSON key of each field.

    None for a field that has no span.
    """
    names = cls.__struct_fields__
    located = {"text", "start", "end"} <= set(names)
    fields = zip(names, cls.__struct_encode_fields__, strict=True)
    return located, tuple(None if located and field[0] in _NOT_READ else field for field in fields)
