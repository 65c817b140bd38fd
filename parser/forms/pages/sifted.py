"""What lists of a page in any words keep: a record that nothing but its place in the list vouches for is left.

Mercy Hospital          names a site, though no city or country is with it
Start Date              is the next label, which stood where a site could be
"""

from __future__ import annotations

from parser.forms.pages.model import Page, Record
from parser.forms.pages.sites import is_named_as_one
from parser.problems import Report
from parser.source import Source

_PLACES = frozenset({"city", "state", "country", "zip"})


def sift_sites(source: Source, page: Page, report: Report) -> None:
    """Leave the sites for which neither a place nor their name vouches. Reports each."""
    if "locations" not in page.records:
        return
    kept: list[Record] = []
    for record in page.records["locations"]:
        names = [*record.texts[:1], *([record.fields["facility"]] if "facility" in record.fields else [])]
        if _PLACES & record.fields.keys() or not names or any(is_named_as_one(source.text, name) for name in names):
            kept.append(record)
            continue
        for span in (*record.texts, *record.fields.values()):
            page.unparsed.append(span)
            report("not-understood", "nothing says that this is a site", span)
    page.records["locations"] = kept
