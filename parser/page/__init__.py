"""Where the text of a page is: lines, pieces, sections, fields. What a field means is for `parser.values`."""

from __future__ import annotations

from parser.page.labelled import read_labelled
from parser.page.model import Page
from parser.page.vocabulary import REGISTRY_ID
from parser.problems import NotARecordError, Report
from parser.source import Source


def read_page(source: Source, report: Report) -> Page:
    """Where each field of a page is. Raises `NotARecordError` for a text that is no page of a registry."""
    page = read_labelled(source, report)
    if not page.is_known and not REGISTRY_ID.search(source.text):
        raise NotARecordError(
            "the text is no registry record: it shows neither a registry id (NCT and eight digits) nor a heading of a "
            "registry page, such as 'Brief Summary' or 'Eligibility Criteria'"
        )
    return page
