"""A record next to the text that it was read from, as one HTML page: hovering one side shows the other.

The page needs no network and no framework, and can be read without scripts. All text is escaped, and the page's
Content-Security-Policy (level 3) lets nothing load or run except its style sheet and its script, which are named by
their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from parser.model.document import Document
from parser.source import stretches, text_source
from parser.writers.view_html import Markup, join, seen, tag
from parser.writers.view_record import RecordView, ViewEntry, counted, escaped, plain, section
from parser.writers.view_source import PlaceOf, Places, ShownValue, SourceView, ValuePlaces, value_view

_UNPARSED = "/sourceSection/unparsed"
_NO_TEXT = (
    "Values of the record. The offsets of an export count in its values, so each value is shown separately, under its "
    "JSON Pointer; then text in no field."
)
_NOT_GIVEN = "Values of the record. The text that they were read from was not given."


class Viewed(NamedTuple):
    """A record and the text that its offsets count in; None for a record that has no such text."""

    document: Document
    text: str | None


def view(document: Document, text: str | None = None) -> str:
    """A page of HTML that shows a record next to the text that it was read from.

    `text` is the text that the document's offsets count in: the input to `parse`, or `page_source(data).text` for
    bytes and for a page saved as HTML. Without it, and for an export, whose offsets count in its values, the left side
    shows the record's values instead. Raises `ValueError` for a text that is not the document's.
    """
    return page([Viewed(document, text)])


def page(records: Sequence[Viewed]) -> str:
    """A page of some records, with an index of them if there are several."""
    several = len(records) > 1
    articles = (_article(record, number) for number, record in enumerate(records, 1))
    rows = ((record.document, f"#record-{number}") for number, record in enumerate(records, 1))
    index = tag("nav", _index(rows), class_="index", aria_label="Records") if several else None
    title = f"{len(records):,} records" if several else name_of(records[0].document)
    return _html(title, _bar(title, several), index, tag("main", *articles), _help())


def index_page(records: Iterable[tuple[Document, str]]) -> str:
    """The index of records with a file each, with the addresses of their pages."""
    rows = list(records)
    title = f"{len(rows):,} records"
    return _html(title, _bar(title, False), tag("nav", _index(rows), class_="index", aria_label="Records"))


def name_of(document: Document) -> str:
    """The registry's id of a record, else its title, else its source."""
    source = document.source_section
    title = document.protocol_section.identification_module.brief_title
    return source.registry_id or document.nct_id or title or source.name or "Record"


# --- The page ---------------------------------------------------------------------------------------------------------


# Concatenated they are the page's style sheet and its script.
_STYLES = ("view.css", "view_record.css", "view_criteria.css", "view_media.css")
_SCRIPTS = ("view_places.js", "view.js")


def _html(title: str, *content: Markup | None) -> str:
    style, script = _assets(_STYLES), _assets(_SCRIPTS)
    policy = (
        f"default-src 'none'; style-src '{_hash_of(style)}'; script-src '{_hash_of(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        # Before anything that could load something.
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'),
        tag("title", seen(title)),
        tag("style", Markup(style)),
    )
    body = tag("body", *content, tag("script", Markup(script), type="module"))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


@cache
def _assets(names: tuple[str, ...]) -> str:
    """The text of style sheets or scripts of the package."""
    return "\n".join(files("parser.writers").joinpath(name).read_text(encoding="utf-8") for name in names)


def _hash_of(content: str) -> str:
    """A source expression of a Content-Security-Policy: the hash of an element's text (section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _bar(title: str, several: bool) -> Markup:
    """The header of the page. Buttons need the script, which shows them."""
    records = [
        tag("a", "All records", href="#index", class_="button all"),
        _button("previous", "‹", "Previous record ( [ )"),
        _button("next", "›", "Next record ( ] )"),
    ]
    search = Markup(
        '<input type="search" id="search" placeholder="Search" aria-label="Search" '
        'autocomplete="off" spellcheck="false">'
    )
    return tag(
        "header",
        tag("span", title, class_="name"),
        tag("span", *records, class_="records") if several else None,
        tag("span", search, tag("output", "", id="found", for_="search"), class_="search"),
        tag(
            "span",
            _button("problem", "Next problem", "Go to the next problem ( n )"),
            _button("fold", "Collapse all", "Collapse or expand all sections ( c )"),
            _button("help", "?", "Keys ( ? )"),
            class_="buttons",
        ),
        class_="bar",
    )


def _button(action: str, shown: str, title: str) -> Markup:
    label = None if shown.isascii() and shown[0].isalpha() else title
    return tag("button", shown, type="button", data_action=action, title=title, aria_label=label)


_KEYS = (
    ("/", "search both sides; Enter and Shift+Enter go through what is found"),
    ("j k ↓ ↑", "next and previous value, in the order of the side that has the focus"),
    ("Enter", "go to the other side"),
    ("n p", "next and previous problem"),
    ("c", "collapse or expand all sections"),
    ("[ ]", "previous and next record, where there are several"),
    ("Esc", "leave the search, let go of a value"),
)


def _help() -> Markup:
    rows = (tag("div", tag("dt", tag("kbd", keys)), tag("dd", meaning), class_="row") for keys, meaning in _KEYS)
    close = tag("form", tag("button", "Close"), method="dialog")
    return tag("dialog", tag("h2", "Keys"), tag("dl", *rows), close, id="help", aria_label="Keys")


def _index(records: Iterable[tuple[Document, str]]) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in ("Id", "Title", "Status", "Form", "Problems", "From")))
    rows: list[Markup] = []
    for document, address in records:
        source, protocol = document.source_section, document.protocol_section
        link = tag("a", name_of(document), href=address)
        title = protocol.identification_module.brief_title or protocol.identification_module.official_title
        status, problems = protocol.status_module.overall_status, str(len(source.problems))
        cells = (link, title, status, source.form, problems, source.name)
        rows.append(tag("tr", *(tag("td", cell) for cell in cells)))
    return tag("table", tag("thead", head), tag("tbody", *rows))


# --- A record ---------------------------------------------------------------------------------------------------------


def _article(record: Viewed, number: int) -> Markup:
    document = record.document
    data = document.to_dict()
    places, left = _left(record, data)
    view_of = RecordView(data, places)
    right = tag(
        "section",
        _head(document, data),
        *view_of.sections(),
        _unparsed_section(data, places),
        _problems_section(view_of),
        _source_section(view_of, data),
        class_="pane fields",
        tabindex="0",
        aria_label="Record",
    )
    return tag("article", left, right, id=f"record-{number}", data_name=name_of(document))


def _left(record: Viewed, data: Mapping[str, Any]) -> tuple[PlaceOf, Markup]:
    """The left side, and the locations of values on it."""
    document = record.document
    source = document.source_section
    spans = {pointer: stretches(place) for pointer, place in document.spans.items()}
    places: Places
    counted = source.offsets == "field"
    if record.text is None or counted:
        shown, text, whole = value_view(list(_values(data)))
        places = ValuePlaces(text, spans, whole, counted=counted)
        content = join([tag("p", _NO_TEXT if counted else _NOT_GIVEN, class_="about"), shown])
    else:
        text = SourceView(_checked(document, record.text))
        contributed = [pointer for merged in source.merged_from for pointer in merged.contributed]
        places = Places(text, spans, contributed)
        content = text.html(
            (one.start, one.end) for one in source.unparsed if one.start is not None and one.end is not None
        )
    return places, tag("section", content, class_="pane source", tabindex="0", aria_label="Source")


def _checked(document: Document, text: str) -> str:
    """The text that a document was read from."""
    read = text_source(text)
    if document.source_section.sha256 in (None, read.sha256):
        return read.text
    raise ValueError(
        "this is not the text that the document was read from, since its hash differs: pass the input of "
        "parse, or page_source(data).text for bytes and for a page saved as HTML"
    )


def _values(data: Mapping[str, Any]) -> Iterator[ShownValue]:
    """The values of a record, then its text in no field."""
    yield from _leaves(data.get("protocolSection", {}), "/protocolSection")
    for index, one in enumerate(data.get("sourceSection", {}).get("unparsed", ())):
        yield ShownValue(one.get("path") or "in no field", one["text"], f"{_UNPARSED}/{index}/text", unparsed=True)


def _leaves(part: Any, pointer: str) -> Iterator[ShownValue]:
    if isinstance(part, Mapping):
        for key, item in part.items():
            yield from _leaves(item, f"{pointer}/{escaped(key)}")
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from _leaves(item, f"{pointer}/{index}")
    else:
        yield ShownValue(pointer, plain(part), pointer)


def _head(document: Document, data: Mapping[str, Any]) -> Markup:
    """The title, the registry and its id, and what matters most."""
    source, protocol = document.source_section, document.protocol_section
    module = protocol.identification_module
    unparsed, problems = len(source.unparsed), len(source.problems)
    facts = [
        source.registry,
        source.registry_id or document.nct_id,
        protocol.status_module.overall_status,
        " / ".join(map(str, protocol.design_module.phases)),
        source.form,
    ]
    return tag(
        "header",
        tag("p", *(tag("span", str(fact)) for fact in facts if fact), class_="facts"),
        tag("h1", module.brief_title or module.official_title or name_of(document)),
        tag(
            "p",
            tag("span", counted(len(document.spans), "value") + " with a place"),
            tag("span", counted(problems, "problem"), class_="warning" if problems else None),
            tag("span", counted(unparsed, "text") + " in no field", class_="warning" if unparsed else None),
            class_="counts",
        ),
        class_="head",
    )


def _unparsed_section(data: Mapping[str, Any], places: PlaceOf) -> Markup | None:
    found = data.get("sourceSection", {}).get("unparsed", ())
    if not found:
        return None
    items = []
    for index, one in enumerate(found):
        pointer = f"{_UNPARSED}/{index}/text"
        path = tag("code", one["path"], class_="path") if one.get("path") else None
        place = places.stretch(one.get("start"), one.get("end"), pointer)
        items.append(tag("li", path, tag("span", one["text"], class_="value", data_at=place)))
    return section("In no field", _UNPARSED, tag("ol", *items, class_="unparsed"))


def _problems_section(view_of: RecordView) -> Markup | None:
    problems = view_of.problems
    if not problems:
        return None
    items = []
    for problem in problems:
        line = f"{problem['line']}:{problem['column']}" if problem.get("line") else None
        about = [tag("code", part, class_="path") for part in (line, problem.get("path")) if part]
        items.append(tag("li", view_of.note(problem), *about))
    return section("Problems", "/sourceSection/problems", tag("ol", *items, class_="problems"))


def _source_section(view_of: RecordView, data: Mapping[str, Any]) -> Markup:
    source = data.get("sourceSection", {})
    entries = [ViewEntry(key, data[key], f"/{key}") for key in ("hasResults", "schemaVersion") if key in data]
    for key, value in source.items():
        if key not in ("unparsed", "problems", "spans"):
            entries.append(ViewEntry(key, value, f"/sourceSection/{key}"))
    return section("Source", "/sourceSection", view_of.rows(entries))
