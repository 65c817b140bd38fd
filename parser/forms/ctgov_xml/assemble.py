"""An element `clinical_study` as the sections of API v2."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from parser.forms.ctgov_xml.protocol import DERIVED, DOCUMENTS, PROTOCOL, WITHOUT_FIELD
from parser.forms.ctgov_xml.record import Record
from parser.forms.ctgov_xml.results import RESULTS
from parser.forms.export_fields import ExportFields, without_empty
from parser.problems import NotARecordError
from parser.source import REPLACEMENT

# XML 1.0, section 2.2.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def read_element(text: str) -> tuple[dict[str, Any], ExportFields]:
    """The sections of a record, and what is left of it. Raises `NotARecordError` for XML that is not well-formed.

    No entity is resolved and nothing is fetched; lxml's own limits of depth and of the length of a text hold.
    """
    whole = _ILLEGAL.sub(REPLACEMENT, text)
    try:
        root = etree.fromstring(whole.encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotARecordError(f"the record is not XML that can be read: {error}") from None
    for element in root.iter():
        # A namespace says nothing of a record.
        element.tag = etree.QName(element).localname
    record = Record(root)
    if whole != text:
        message = "control characters, which XML does not have, were read as U+FFFD"
        record.fields.problems("not-understood", message, (None, None))
    results = root.find("clinical_results")
    sections = {
        "protocolSection": record.build(root, PROTOCOL, "/protocolSection"),
        "resultsSection": record.build(results, RESULTS, "/resultsSection") if results is not None else {},
        "documentSection": {
            "largeDocumentModule": record.build(root, DOCUMENTS, "/documentSection/largeDocumentModule")
        },
        "derivedSection": record.build(root, DERIVED, "/derivedSection"),
        "hasResults": results is not None,
    }
    record.leave_rest(WITHOUT_FIELD)
    kept: dict[str, Any] = {"protocolSection": {}, **without_empty(sections)}
    return kept, record.fields
