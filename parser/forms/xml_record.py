"""Rows that say where the elements of a record go, and what becomes of those that no row takes.

One("brief_title", "identificationModule/briefTitle", line)  one element, one value
Items("location", "locations", rows)                         an object for each element of that name
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct

from parser.forms.export_fields import ExportFields, FieldLocation, paragraphs, put
from parser.forms.xml_paths import ElementPaths
from parser.model.source import Unparsed
from parser.source import fold

if TYPE_CHECKING:
    from parser.forms.xml_tree import Element

_MOST_NAMED = 5


class XmlRecord:
    """One record: its elements, and which of them are read."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.fields = ExportFields()
        self._taken: set[Element | tuple[Element, str]] = set()
        self.path = ElementPaths()

    def take(self, element: Element) -> str:
        """The text of an element and of all in it, which are read with that."""
        self._taken.update(element.iter())
        return text_of(element)

    def attribute(self, element: Element, name: str) -> str:
        self._taken.add((element, name))
        return element.get(name, "")

    def build(self, element: Element, rows: Sequence[ElementRule], pointer: str) -> dict[str, Any]:
        """The object that rows make of an element; `pointer` is the object's."""
        made: dict[str, Any] = {}
        for row in rows:
            row.fill(self, element, made, pointer)
        return made

    def leave_rest(self, without_field: frozenset[str]) -> None:
        """Keep the texts and attributes that no row took. `without_field` are tags and attributes of the schema for
        which API v2 has no field.
        """
        known: list[str] = []
        unknown: list[str] = []
        for element, text, path in self._rest():
            names = {str(one.tag) for one in element.iterancestors()} | {str(element.tag), path.rpartition("/")[2]}
            (unknown if without_field.isdisjoint(names) else known).append(path)
            self.fields.unparsed.append(Unparsed(text=text, path=path))
        for code, paths, what in (
            ("no-field", known, "API v2 has no field for"),
            ("unparsed-text", unknown, "these elements are not known here, or not in this place:"),
        ):
            if paths:
                more = f" and {len(paths) - _MOST_NAMED:,} more" if len(paths) > _MOST_NAMED else ""
                self.fields.problems(code, f"{what} {', '.join(paths[:_MOST_NAMED])}{more}", (None, None))

    def texts(self) -> Iterator[tuple[str, FieldLocation]]:
        """The texts of all elements, and of the attributes that were read, each with its place."""
        for element in self.root.iter():
            if element.text and not element.text.isspace():
                yield element.text, FieldLocation(lambda element=element: self.path(element))  # type: ignore[misc]
            for name, text in element.attrib.items():
                if (element, name) in self._taken:
                    yield str(text), FieldLocation(lambda element=element, name=name: f"{self.path(element)}/@{name}")  # type: ignore[misc]

    def _rest(self) -> Iterator[tuple[Element, str, str]]:
        for element in self.root.iter():
            if element not in self._taken and (text := fold(element.text or "")):
                yield element, text, self.path(element)
            for name in map(str, element.attrib):
                if (element, name) not in self._taken and (text := fold(element.get(name, ""))):
                    yield element, text, f"{self.path(element)}/@{name!s}"
            parent = element.getparent()
            if parent is not None and parent not in self._taken and (text := fold(element.tail or "")):
                yield parent, text, self.path(parent)


def text_of(element: Element) -> str:
    """The text of an element and of all in it."""
    return "".join(map(str, element.itertext()))


class XmlText(NamedTuple):
    """The text of an element or an attribute that a row takes."""

    record: XmlRecord
    element: Element
    text: str
    place: FieldLocation

    @property
    def fields(self) -> ExportFields:
        return self.record.fields


Read = Callable[[XmlText], Any]


class ElementRule(Protocol):
    """Where elements go."""

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        """Put what the row's elements in `element` hold into the object that is made."""


def _find(record: XmlRecord, element: Element, where: str, pointer: str) -> Iterator[XmlText]:
    """The elements at a path, or the attribute after an `@`, that hold something."""
    path, _, name = where.partition("@")
    for one in element.iterfind(path) if path else [element]:
        text = record.attribute(one, name) if name else record.take(one)
        if text.strip():
            at = f"/@{name}" if name else ""
            yield XmlText(record, one, text, FieldLocation(lambda one=one, at=at: record.path(one) + at, pointer))  # type: ignore[misc]


class One(Struct, frozen=True):
    """One element, one value. Only the first element of several is read, and only if nothing else gave the value.

    Without a key the value is an object, whose keys go into the object that is made; those that it has stay.
    """

    where: str
    key: str
    read: Read

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        if self.key in made:
            return
        found = next(_find(record, element, self.where, f"{pointer}/{self.key}" if self.key else pointer), None)
        value = self.read(found) if found else None
        if value is not None and not self.key:
            made.update({key: one for key, one in value.items() if key not in made})
        elif value is not None:
            put(made, self.key, value)


class ListOfValues(Struct, frozen=True):
    """A list of values, one for each element."""

    where: str
    key: str
    read: Read

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        values: list[Any] = []
        for found in _find(record, element, self.where, f"{pointer}/{self.key}"):
            value = self.read(found)
            values += value if isinstance(value, list) else [] if value is None else [value]
        if values:
            put(made, self.key, values)


class Items(Struct, frozen=True):
    """A list of objects, one for each element."""

    where: str
    key: str
    rows: tuple[ElementRule, ...]

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        items: list[Any] = made.setdefault(self.key, [])
        for one in element.iterfind(self.where):
            if item := record.build(one, self.rows, f"{pointer}/{self.key}/{len(items)}"):
                items.append(item)


class Inner(Struct, frozen=True):
    """One object, from an element or the current element."""

    where: str
    key: str
    rows: tuple[ElementRule, ...]

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        one = element.find(self.where) if self.where else element
        if one is not None and (inner := record.build(one, self.rows, f"{pointer}/{self.key}")):
            put(made, self.key, inner)


class Made(Struct, frozen=True):
    """A value that a function makes from the current element and the results of the rows before."""

    make: Callable[[XmlRecord, Element, dict[str, Any], str], None]

    def fill(self, record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        self.make(record, element, made, pointer)


# --- what a text is read as ---


def line(found: XmlText) -> str:
    return fold(found.text)


def prose(found: XmlText) -> str:
    """A text of paragraphs that was hard-wrapped."""
    return paragraphs(found.text)


def verbatim(found: XmlText) -> str:
    """A text with its lines and its indentation."""
    return found.text.strip()


def date(found: XmlText) -> str | None:
    return found.fields.date(found.text, found.place)


def date_struct(found: XmlText) -> dict[str, Any]:
    """A date with its type, which is an attribute."""
    return found.fields.date_struct(found.text, found.place, found.record.attribute(found.element, "type"))


def count(found: XmlText) -> int | None:
    return found.fields.count(found.text, found.place)


def yes_or_no(found: XmlText) -> bool | None:
    return found.fields.yes_or_no(found.text, found.place)


def age(found: XmlText) -> str | None:
    return found.fields.age(found.text, found.place)


def code(field: str) -> Read:
    def read(found: XmlText) -> str | None:
        return found.fields.code(field, fold(found.text), found.place)

    return read
