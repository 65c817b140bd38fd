"""Where fields are in each form of input, and the table of forms.

A form of export is a file here and a row in `EXPORTS`. Anything else is a page (`parser.forms.pages`), unless
it is of a kind that no page is.
"""

from __future__ import annotations

import difflib
from typing import NamedTuple

from parser.forms import api_v2_json, ctgov_csv, ctgov_xml, ctis, drks, euctr, ictrp, isrctn
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.pages import HTML, page_forms
from parser.forms.pages.page_forms import PageForm
from parser.forms.streams import Peeked, utf8_head
from parser.problems import NotARecordError

__all__ = [
    "EXPORTS",
    "AskedPage",
    "Export",
    "ExportForm",
    "Payload",
    "Refused",
    "agreed",
    "export_form",
    "find_form",
    "form_named",
    "form_names",
    "recognise",
]

EXPORTS: tuple[ExportForm, ...] = (
    api_v2_json.FORM,
    ctgov_xml.FORM,
    ctgov_csv.FORM,
    ictrp.XML_FORM,
    ictrp.CSV_FORM,
    euctr.TEXT_FORM,
    euctr.SUMMARY_FORM,
    ctis.FORM,
    isrctn.FORM,
    drks.FORM,
)
"""All forms of export. The first that matches reads an input."""


def export_form(head: bytes) -> ExportForm | None:
    """The form of an export by its first bytes, in UTF-8; None for other input."""
    return next((form for form in EXPORTS if form.matches(head)), None)


def recognise(stream: Peeked) -> ExportForm | None:
    """The form of an export in a stream.

    Reads no more than necessary, because the stream may still be being written.
    """
    for head in stream.heads():
        text = utf8_head(head)
        if form := export_form(text):
            return form
        line, ended, _ = text.lstrip().partition(b"\n")
        if ended and (not line.startswith((b"{", b"[", b"<")) or line.rstrip().endswith(b"}")):
            # Text, a table of another kind, or a line of other JSON.
            return None
    return None


def form_named(name: str) -> ExportForm | None:
    return next((form for form in EXPORTS if form.name == name), None)


def agreed(asked: ExportForm | AskedPage | None, recognised: ExportForm | None) -> ExportForm | AskedPage | None:
    """The form of an input, which the caller may name; None for a page of any form.

    Raises `NotARecordError` for an export that is certainly of another form than the one that is named.
    """
    if asked and recognised and asked is not recognised:
        name = asked.form.name if isinstance(asked, AskedPage) else asked.name
        raise NotARecordError(f"the input is not a {name} but an export, {recognised.name}: name that form, or none")
    return asked or recognised


class AskedPage(NamedTuple):
    """A form of page that the caller names, and whether the page was saved as HTML for certain."""

    form: PageForm
    is_html: bool


def form_names() -> list[str]:
    """The names that `find_form` knows."""
    pages = [form.name for form in page_forms.PAGE_FORMS]
    return [*(form.name for form in EXPORTS), *pages, *(f"{HTML}/{page}" for page in pages)]


def find_form(name: str) -> ExportForm | AskedPage:
    """The form of a name that `registry-parser forms` lists, with `html/` before it for a saved page of that form.

    Raises `ValueError` for any other name, with those that are most similar.
    """
    if export := form_named(name):
        return export
    is_html = name.startswith(f"{HTML}/")
    if page := page_forms.page_form_named(name.removeprefix(f"{HTML}/")):
        return AskedPage(page, is_html)
    similar = difflib.get_close_matches(name, form_names())
    hint = f"did you mean {' or '.join(similar)}?" if similar else "`registry-parser forms` lists them"
    raise ValueError(f"{name!r} is not the name of a form; {hint}")
