"""A record in a notebook's cell: its sections, folded, without the text that it was read from.

A document does not keep its source, so the other side is missing here; `view(document, text)` makes a page of both.
Long lists are cut, because a notebook stores its output. There is no script, since notebooks remove them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from parser.writers.view_html import Markup, tag
from parser.writers.view_record import RecordView, counted
from parser.writers.view_source import NoPlaces

_MOST_ITEMS = 30


def notebook_html(data: Mapping[str, Any]) -> str:
    """The HTML of a document's plain data: a title, then the sections of the record."""
    source = data.get("sourceSection", {})
    module = data.get("protocolSection", {}).get("identificationModule", {})
    facts = [
        source.get("registry"),
        source.get("registryId") or module.get("nctId"),
        source.get("form"),
        counted(len(source.get("problems", ())), "problem"),
        f"{counted(len(source.get('unparsed', ())), 'text')} in no field",
    ]
    style = files("parser.writers").joinpath("view_notebook.css").read_text(encoding="utf-8")
    return tag(
        "div",
        tag("style", Markup(style)),
        tag("div", " · ".join(str(fact) for fact in facts if fact), class_="facts"),
        tag("div", str(module.get("briefTitle") or module.get("officialTitle") or "Record"), class_="title"),
        *RecordView(data, NoPlaces(), most=_MOST_ITEMS, folded=True).sections(),
        class_="registry-record",
    )
