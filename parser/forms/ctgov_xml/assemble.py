"""An element `clinical_study` as the sections of API v2."""

from __future__ import annotations

from typing import Any

from parser.forms.ctgov_xml.protocol import DERIVED, DOCUMENTS, PROTOCOL, WITHOUT_FIELD
from parser.forms.ctgov_xml.results import FIXED, RESULTS
from parser.forms.export_fields import DESIGN_LABELS, ExportFields, without_empty
from parser.forms.unread import leave_unread
from parser.forms.xml_record import XmlRecord
from parser.forms.xml_tree import read_xml


def read_element(text: str) -> tuple[dict[str, Any], ExportFields]:
    """The sections of a record, and what is left of it. Raises what `read_xml` raises."""
    root, is_mended = read_xml(text)
    record = XmlRecord(root)
    if is_mended:
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
    leave_unread(record.fields, sections, record.texts(), f"{' '.join(DESIGN_LABELS)} {FIXED}")
    kept: dict[str, Any] = {"protocolSection": {}, **without_empty(sections)}
    return kept, record.fields
