"""WHERE things are in the forms of input, and the table that tells them apart.

A form of export is a file here and a row in `EXPORTS`. Anything else is a page (`parser.forms.pages`), unless
it is of a kind that no page is.
"""

from __future__ import annotations

from parser.forms import api_v2_json, ctgov_csv, ctgov_xml, ctis, euctr, ictrp
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.streams import Peeked, utf8_head

__all__ = ["EXPORTS", "Export", "ExportForm", "Payload", "Refused", "export_form", "form_named", "recognise"]

EXPORTS: tuple[ExportForm, ...] = (
    api_v2_json.FORM,
    ctgov_xml.FORM,
    ctgov_csv.FORM,
    ictrp.XML_FORM,
    ictrp.CSV_FORM,
    euctr.TEXT_FORM,
    euctr.SUMMARY_FORM,
    ctis.FORM,
)
"""All forms of export. The first that matches reads an input."""


def export_form(head: bytes) -> ExportForm | None:
    """The form of an export by its first bytes, in UTF-8; None for what is none."""
    return next((form for form in EXPORTS if form.matches(head)), None)


def recognise(stream: Peeked) -> ExportForm | None:
    """The form of an export in a stream, of which no more is read than it takes: others may still be writing to it."""
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
