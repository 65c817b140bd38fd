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
from typing import Any, NamedTuple, TypeVar

from msgspec import NODEFAULT
from msgspec.structs import astuple

from parser.model.base import Model, is_empty
from parser.model.normalized import NormalizedLocation, NormalizedReference
from parser.source import ParsedValue, Place, Span

M = TypeVar("M", bound=Model)

UNPARSED = "/sourceSection/unparsed"
"""The pointer to the texts that belong to no field."""

# The keys for an object's span, and its number: neither is in the source.
_NOT_READ = frozenset({"id", "start", "end"})
# Fields outside the span of a quantity or criterion. They have a span only if one was recorded.
_OUTSIDE = frozenset({"marker", "subject", "anchor"})

_REPEATED = frozenset({NormalizedLocation, NormalizedReference})

_Places = dict[str, "Span | list[Span | None] | Model | tuple[Model, ...] | None"]
"""By the name of a field: the span of its value, those of its values, or the structs that it holds."""

PlacedValue = tuple[str, Span, Any]
"""The JSON Pointer of a value, its span, and the value."""


class Recorder:
    """Makes structs of parsed values and records the values' spans."""

    def __init__(self) -> None:
        # By the identity of the struct, because equal structs may occur several times.
        self._places: dict[int, _Places] = {}
        # Those that were made elsewhere: the structs that they hold are not among their places.
        self._others: set[int] = set()
        # An identity is a struct's own as long as the struct is alive.
        self._structs: list[Model] = []

    def make(self, cls: type[M], /, **fields: Any) -> M:
        """A struct of `cls` whose fields are parsed values, tuples of such, structs, tuples of such, or None.

        An empty struct is left out of the struct that holds it, but stays in a list.
        """
        places: _Places = {}
        empty: list[str] = []
        for name, value in fields.items():
            if value is None:
                continue
            kind = value.__class__
            if kind is ParsedValue:
                fields[name], places[name] = value.value, value.span
            elif kind is tuple:
                if value and value[0].__class__ is ParsedValue:
                    fields[name], places[name] = tuple([item.value for item in value]), [item.span for item in value]
                elif value and isinstance(value[0], Model):
                    places[name] = value
            elif isinstance(value, Model):
                if is_empty(value):
                    empty.append(name)
                else:
                    places[name] = value
        for name in empty:
            del fields[name]
        made = cls(**fields)
        self._places[id(made)] = places
        self._structs.append(made)
        return made

    def record(self, struct: Model, **places: Span | None) -> None:
        """Record the spans of values in a struct that was made elsewhere, by field name."""
        self._places[id(struct)] = {**places}
        self._others.add(id(struct))
        self._structs.append(struct)

    def parsed(self, struct: Model, field: str) -> ParsedValue[Any] | None:
        """The value of a field with its recorded span; None if the field is empty."""
        value = getattr(struct, field)
        if value is None:
            return None
        place = self._places.get(id(struct), _NOWHERE).get(field)
        return ParsedValue(value, place if isinstance(place, Span) else None)

    def spans(self, struct: Model, pointer: str = "") -> dict[str, Place]:
        """The spans in the struct at `pointer` and in all that it holds, in the order of the JSON."""
        found: dict[str, Place] = {}
        self._walk(struct, pointer, None, found)
        return found

    def placed(self, struct: Model) -> list[PlacedValue]:
        """The values in a struct and in all that it holds; an object with a span of its own is one, not its fields.

        Typed sites and citations are left out: they say again what protocolSection says in the same places.
        """
        found: list[PlacedValue] = []
        self._place(struct, "", found)
        return found

    def _walk(self, struct: Model, pointer: str, around: Span | None, found: dict[str, Place]) -> None:
        places = self._places.get(id(struct), _NOWHERE)
        located, keys, _ = _shape(struct.__class__)
        own = Span(struct.start, struct.end) if located else around  # type: ignore[attr-defined]
        for value, (name, key) in zip(astuple(struct), keys.items(), strict=True):
            if value is None or (located and name in _NOT_READ):
                continue
            place = places.get(name)
            if place is None and name not in _OUTSIDE:
                place = own
            if value.__class__ is tuple:
                for index, item in enumerate(value):
                    if isinstance(item, Model):
                        self._walk(item, f"{pointer}{key}/{index}", own, found)
                    elif isinstance(span := place[index] if isinstance(place, list) else place, Span):
                        found[f"{pointer}{key}/{index}"] = span
            elif isinstance(value, Model):
                self._walk(value, pointer + key, own, found)
            elif isinstance(place, Span):
                found[pointer + key] = place

    def _place(self, struct: Model, pointer: str, found: list[PlacedValue]) -> None:
        located, keys, _ = _shape(struct.__class__)
        if located:
            found.append((pointer, Span(struct.start, struct.end), struct))  # type: ignore[attr-defined]
        places = self._places.get(id(struct))
        if places is None or id(struct) in self._others:
            places = _held(struct) | (places or _NOWHERE)
        for name, place in places.items():
            at = pointer + keys[name]
            if isinstance(place, Span):
                found.append((at, place, getattr(struct, name)))
            elif isinstance(place, list):
                values = zip(place, getattr(struct, name), strict=True)
                found += [(f"{at}/{index}", span, item) for index, (span, item) in enumerate(values) if span]
            elif isinstance(place, Model):
                self._place(place, at, found)
            elif place and place[0].__class__ not in _REPEATED:
                for index, item in enumerate(place):
                    self._place(item, f"{at}/{index}", found)


_NOWHERE: _Places = {}


def _held(struct: Model) -> _Places:
    """The structs in one that was made elsewhere."""
    found: _Places = {}
    for name in _shape(struct.__class__).optional:
        value = getattr(struct, name)
        if isinstance(value[0] if value and value.__class__ is tuple else value, Model):
            found[name] = value
    return found


class _Shape(NamedTuple):
    """What is the same for all structs of a class."""

    located: bool
    """Whether they have their own `start` and `end`."""
    keys: dict[str, str]
    """By the name of each field, what its key adds to a pointer."""
    optional: tuple[str, ...]
    """The fields that may be absent: no other holds structs."""


@cache
def _shape(cls: type[Model]) -> _Shape:
    names, defaults = cls.__struct_fields__, cls.__struct_defaults__
    keys = [f"/{key}" for key in cls.__struct_encode_fields__]
    last = zip(reversed(names), reversed(defaults), strict=False)
    optional = tuple([name for name, default in last if default is not NODEFAULT])
    return _Shape({"text", "start", "end"} <= set(names), dict(zip(names, keys, strict=True)), optional)
