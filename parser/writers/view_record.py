"""The right side of a viewed record: its modules as sections, from its plain data.

    Design                                       a module of API v2, with the normalized values
        Phases        PHASE1  PHASE2             keys in words, values as they are
        Enrollment    10 · ESTIMATED             a small struct on one line; a list of them as a table or as cards

Every value with a span has `data-at`, its location on the left side. Problems are next to their value, and again in a
list of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from parser.writers.view_criteria import criteria_tree
from parser.writers.view_html import Markup, join, tag
from parser.writers.view_quantity import chip, is_quantity
from parser.writers.view_source import PlaceOf

# The keys that name an item best; the first one that it has is used.
_TITLES = ("title", "label", "name", "measure", "facility", "citation", "term", "type", "id")
# Structs of no more values than these are shown on one line, and items of no more keys in a table.
_MOST_INLINE = 3
_MOST_COLUMNS = 7
_MOST_IN_A_CELL = 80
# Longer texts are paragraphs: they get lines of a length that is read with ease, and are no part of a line.
_LONG = 600
# No text of API v2 is longer, and browsers lay out longer texts slowly; the left side has the full text.
_LONGEST = 32_000

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|\d+|.")
_CAPITALS = frozenset(
    {"nct", "ipd", "fda", "dmc", "pmid", "doi", "id", "ids", "url", "us", "mesh", "sha256", "fdaaa801"}
)
_ENDINGS = ("Struct", "Infos", "Info", "Module", "Section")

_NAMES = {
    "sponsorCollaboratorsModule": "Sponsors and collaborators",
    "armsInterventionsModule": "Arms and interventions",
    "contactsLocationsModule": "Contacts and locations",
    "conditionsModule": "Conditions and keywords",
    "stdAges": "Standard ages",
}
_WIDE = ("<ol", "<div", "<dl")

SECTIONS = ("protocolSection", "resultsSection", "documentSection", "derivedSection", "annotationSection")


class ViewEntry(NamedTuple):
    """A value, its pointer, and its counterpart in normalizedSection."""

    key: str
    value: Any
    pointer: str
    twin: Any = None
    twin_pointer: str = ""
    normalized: bool = False


class RecordView:
    """Makes the sections of one record. `most` is how many items of a list are shown, None for all."""

    def __init__(
        self, data: Mapping[str, Any], places: PlaceOf, *, most: int | None = None, folded: bool = False
    ) -> None:
        self.data = data
        self.places = places
        self.most = most
        self.folded = folded
        self._problems: dict[str, list[Mapping[str, Any]]] = {}
        for problem in self.problems:
            self._problems.setdefault(problem.get("path") or "", []).append(problem)

    @property
    def problems(self) -> list[Mapping[str, Any]]:
        return list(self.data.get("sourceSection", {}).get("problems", ()))

    def sections(self) -> Iterator[Markup]:
        """The modules of the record, each a section, in the order of API v2."""
        normalized = self.data.get("normalizedSection", {})
        for name in SECTIONS:
            section = self.data.get(name)
            if not isinstance(section, Mapping):
                continue
            for key, module in section.items():
                twin = normalized.get(key) if name == "protocolSection" else None
                entry = ViewEntry(key, module, f"/{name}/{key}", twin, f"/normalizedSection/{key}")
                yield self._section(entry, "" if name == "protocolSection" else words(name))
        given = self.data.get("protocolSection") or {}
        for key, module in normalized.items():
            if key not in given:
                yield self._section(
                    ViewEntry(key, {}, f"/protocolSection/{key}", module, f"/normalizedSection/{key}"), ""
                )

    def _section(self, entry: ViewEntry, above: str) -> Markup:
        name = f"{above} · {words(entry.key)}" if above else words(entry.key)
        own = dict(entry.value) if isinstance(entry.value, Mapping) else entry.value
        twin = dict(entry.twin) if isinstance(entry.twin, Mapping) else entry.twin
        tree = None
        if entry.pointer == "/protocolSection/eligibilityModule" and isinstance(twin, dict):
            criteria, headings = twin.pop("criteria", ()), twin.pop("headings", ())
            tree = criteria_tree(criteria, headings, entry.twin_pointer, self.places, self.notes, self.most)
        content = self._value(entry._replace(value=own, twin=twin), 0)
        return section(name, entry.pointer, *self.notes(entry.pointer), content, tree, folded=self.folded)

    # --- values ---

    def _value(self, entry: ViewEntry, depth: int) -> Markup:
        """A value of any kind, with its normalized counterpart."""
        value = entry.value
        if is_quantity(value):
            place = self.places.stretch(value["start"], value["end"], value.get("path") or entry.pointer)
            return join([chip(value, place), *self.notes(entry.pointer)])
        if isinstance(value, Mapping):
            return self._struct(entry, depth)
        if isinstance(value, list | tuple):
            return self._list(entry, depth)
        return self._leaf(entry)

    def _leaf(self, entry: ViewEntry) -> Markup:
        shown = plain(entry.value)
        longest = _LONGEST if self.most is None else _LONG
        if len(shown) > 2 * longest:
            shown = f"{shown[:longest]} … {len(shown) - longest:,} more characters"
        kind = "value normalized" if entry.normalized else "value"
        place = self.places.of(entry.pointer)
        leaf = tag("span", shown, class_=f"{kind} long" if len(shown) > _LONG else kind, data_at=place)
        if entry.pointer.endswith("/eligibilityCriteria"):
            summary = tag("summary", f"as printed, {len(shown):,} characters")
            leaf = tag("details", summary, leaf, class_="printed")
        if is_quantity(entry.twin):
            leaf = join([leaf, " ", self._value(ViewEntry(entry.key, entry.twin, entry.twin_pointer), 0)])
        elif entry.twin is not None and not isinstance(entry.twin, Mapping | list) and entry.twin != entry.value:
            twin = ViewEntry(entry.key, entry.twin, entry.twin_pointer, normalized=True)
            leaf = join([leaf, " ", self._leaf(twin)])
        return join([leaf, *self.notes(entry.pointer)])

    def _struct(self, entry: ViewEntry, depth: int) -> Markup:
        entries = list(self._entries(entry))
        if depth and len(entries) <= _MOST_INLINE and all(_is_short(one) for one in entries):
            return self._inline(entries, depth)
        return tag("dl", *(self._row(one, depth) for one in entries)) if entries else Markup()

    def _inline(self, entries: Iterable[ViewEntry], depth: int) -> Markup:
        parts: list[Markup] = []
        for one in entries:
            shown = tag("span", self._value(one, depth + 1), title=words(one.key))
            parts += [tag("span", " · ", class_="dot"), shown] if parts else [shown]
        return tag("span", *parts, class_="inline")

    def rows(self, entries: Iterable[ViewEntry]) -> Markup:
        """Keys and their values."""
        return tag("dl", *(self._row(one, 0) for one in entries))

    def _row(self, entry: ViewEntry, depth: int) -> Markup:
        value = self._value(entry, depth + 1)
        # Scalars and quantities already have theirs.
        whole = isinstance(entry.value, Mapping | list | tuple) and not is_quantity(entry.value)
        notes = self.notes(entry.pointer) if whole else []
        label = tag("dt", words(entry.key), title=entry.pointer, class_="normalized" if entry.normalized else None)
        # Tables, cards and their content take the full width.
        kind = "row wide" if value.startswith(_WIDE) else "row"
        return tag("div", label, tag("dd", value, *notes), class_=kind)

    def _entries(self, entry: ViewEntry) -> Iterator[ViewEntry]:
        """The fields of a struct, then the further fields of its twin."""
        value = entry.value if isinstance(entry.value, Mapping) else {}
        twin = entry.twin if isinstance(entry.twin, Mapping) else {}
        for key, item in value.items():
            below = f"{entry.pointer}/{escaped(key)}"
            yield ViewEntry(key, item, below, twin.get(key), f"{entry.twin_pointer}/{key}", entry.normalized)
        shown = {plain(item) for item in value.values() if not isinstance(item, Mapping | list)}
        for key, item in twin.items():
            # `rawName` and `rawPhone` repeat the other section.
            if key in value or (key.startswith("raw") and key.removeprefix("raw").lower() in value):
                continue
            if isinstance(item, Mapping | list) or plain(item) not in shown:
                yield ViewEntry(key, item, f"{entry.twin_pointer}/{key}", normalized=True)

    # --- lists ---

    def _list(self, entry: ViewEntry, depth: int) -> Markup:
        items = list(self._items(entry))
        shown = items if self.most is None else items[: self.most]
        more = tag("span", f"… {len(items) - len(shown):,} more", class_="more") if len(shown) < len(items) else None
        if not items:
            return tag("span", plain(None), class_="value")
        if all(isinstance(one.value, Mapping) and "family" in one.value for one in items):
            names = ", ".join(" ".join(map(plain, one.value.values())) for one in shown)
            return join([tag("span", names, class_="value normalized"), more])
        if not any(isinstance(one.value, Mapping | list | tuple) or one.twin for one in items):
            return join([tag("ul", *(tag("li", self._leaf(one)) for one in shown), class_="terms"), more])
        if all(is_quantity(one.value) for one in items):
            chips = (part for one in shown for part in (self._value(one, depth + 1), " "))
            return join([tag("span", *chips, class_="chips"), more])
        rows = [list(self._entries(one)) for one in shown]
        if len(rows) == 1 and _is_line(rows[0]):
            return join([self._inline(rows[0], depth), *self.notes(shown[0].pointer)])
        if len(rows) > 1 and all(_is_row(row) for row in rows):
            return join([self._table(rows, shown, depth), more])
        cards = (self._card(one, row, depth) for one, row in zip(shown, rows, strict=True))
        return join([tag("ol", *cards, class_="cards"), more])

    def _items(self, entry: ViewEntry) -> Iterator[ViewEntry]:
        """The items of a list, each with its twin if the twin of the list has as many."""
        twins = entry.twin if isinstance(entry.twin, list) and len(entry.twin) == len(entry.value) else None
        for index, item in enumerate(entry.value):
            twin = twins[index] if twins else None
            below = f"{entry.pointer}/{index}"
            yield ViewEntry(entry.key, item, below, twin, f"{entry.twin_pointer}/{index}", entry.normalized)

    def _card(self, item: ViewEntry, row: Sequence[ViewEntry], depth: int) -> Markup:
        if not isinstance(item.value, Mapping):
            return tag("li", self._value(item, depth + 1))
        first = next((one for title in _TITLES for one in row if one.key == title and _is_short(one)), None)
        heading = tag("div", self._value(first, depth + 1), class_="title") if first else None
        rest = tag("dl", *(self._row(one, depth) for one in row if one is not first))
        return tag("li", heading, rest, *self.notes(item.pointer))

    def _table(self, rows: Sequence[Sequence[ViewEntry]], items: Sequence[ViewEntry], depth: int) -> Markup:
        keys = list(dict.fromkeys(one.key for row in rows for one in row))
        head = tag("tr", *(tag("th", words(key), scope="col") for key in keys))
        body: list[Markup] = []
        for row, item in zip(rows, items, strict=True):
            cells = {one.key: self._value(one, depth + 1) for one in row}
            notes = self.notes(item.pointer)
            shown = [tag("td", cells.get(key), *(notes if key is keys[-1] else ())) for key in keys]
            body.append(tag("tr", *shown))
        return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="table", tabindex="0")

    # --- problems ---

    def notes(self, pointer: str) -> list[Markup]:
        """The problems at a pointer."""
        return [self.note(problem) for problem in self._problems.get(pointer, ())]

    def note(self, problem: Mapping[str, Any]) -> Markup:
        """A problem: its message, its code, and its location on the left side."""
        place = self.places.stretch(problem.get("start"), problem.get("end"), problem.get("path") or "")
        return tag(
            "span",
            tag("span", problem["severity"], class_="severity"),
            " ",
            problem["message"],
            " ",
            tag("code", problem["code"]),
            class_=f"problem {problem['severity']}",
            data_at=place,
        )


def section(name: str, pointer: str, *content: Markup | None, folded: bool = False) -> Markup:
    """A section that can be folded."""
    return tag(
        "details",
        tag("summary", tag("h2", name), title=pointer),
        tag("div", *content, class_="content"),
        class_="section",
        open=not folded,
    )


def plain(value: Any) -> str:
    """A scalar as it is shown: texts and numbers unchanged, booleans and null as words."""
    if value is True or value is False:
        return "yes" if value else "no"
    return "—" if value is None else str(value)


def counted(number: int, one: str) -> str:
    """A number with its noun: `1 problem`, `2 problems`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def words(key: str) -> str:
    """A key of the JSON in words: `briefTitle` is `Brief title`, `leadSponsor` is `Lead sponsor`."""
    if key in _NAMES:
        return _NAMES[key]
    if not key.isalnum():
        # A key that is not API v2's.
        return key
    for ending in _ENDINGS:
        if key.endswith(ending) and key != ending:
            key = key.removesuffix(ending)
    parts = [part.upper() if part.lower() in _CAPITALS else part.lower() for part in _WORD.findall(key)]
    shown = " ".join(parts)
    return shown[:1].upper() + shown[1:]


def escaped(key: str) -> str:
    """A key as a token of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def _is_short(entry: ViewEntry) -> bool:
    return not isinstance(entry.value, Mapping | list | tuple) and len(plain(entry.value)) <= _LONG


def _is_row(row: Sequence[ViewEntry]) -> bool:
    """Whether a struct fits a row of a table: few short values."""
    return 0 < len(row) <= _MOST_COLUMNS and all(
        not isinstance(one.value, Mapping | list | tuple) and len(plain(one.value)) <= _MOST_IN_A_CELL for one in row
    )


def _is_line(row: Sequence[ViewEntry]) -> bool:
    """Whether a struct fits on one line: a group and its number."""
    return len(row) <= _MOST_INLINE and _is_row(row) and sum(len(plain(one.value)) for one in row) <= _MOST_IN_A_CELL
