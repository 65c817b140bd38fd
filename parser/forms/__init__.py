"""WHERE things are in the forms of input, and the table that tells them apart.

A form of export is a file here and a row in `EXPORTS`. What is none of these is a page (`parser.forms.pages`), unless
it is of a kind that no page is.
"""

from __future__ import annotations

from parser.forms import api_v2_json, ctgov_csv, ctgov_xml
from parser.forms.export import Export, ExportForm, Payload, Refused

__all__ = ["EXPORTS", "Export", "ExportForm", "Payload", "Refused", "export_form", "form_named"]

EXPORTS: tuple[ExportForm, ...] = (api_v2_json.FORM, ctgov_xml.FORM, ctgov_csv.FORM)
"""All forms of export. The first that matches reads an input."""


def export_form(head: bytes) -> ExportForm | None:
    """The form of an export by its first bytes, in UTF-8; None for what is none."""
    return next((form for form in EXPORTS if form.matches(head)), None)


def form_named(name: str) -> ExportForm | None:
    return next((form for form in EXPORTS if form.name == name), None)
