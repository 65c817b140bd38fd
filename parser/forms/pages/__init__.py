"""Where the text of a page is: lines, pieces, sections, fields. What a field means is for `parser.values`."""

from __future__ import annotations

from parser.forms.pages.layouts import choose_layout
from parser.forms.pages.model import STRAY, Page, Piece
from parser.lines import read_lines
from parser.problems import NotARecordError, Report
from parser.registries import clinicaltrials_gov
from parser.source import Source, Span

MOST_LINES = 50_000
"""So many lines of a page that are not blank are read. 2,000 sites and their contacts have 14,000."""

HTML = "html"
"""What the name of a layout begins with where the page was saved as HTML: `html/labelled-page`."""


def read_page(source: Source, report: Report) -> Page:
    """Where each field of a page is, in whatever layout it has.

    Reports what is odd. Raises `NotARecordError` for a text that is no page of a registry.
    """
    lines = read_lines(source.text)
    rest = lines[MOST_LINES:]
    del lines[MOST_LINES:]
    page = choose_layout(lines, report).read(source, lines, report)
    if not page.is_known and not clinicaltrials_gov.REGISTRY.id_pattern.search(source.text):
        raise NotARecordError(
            "the text is no registry record: it shows neither a registry id (NCT and eight digits) nor a heading of a "
            "registry page, such as 'Brief Summary' or 'Eligibility Criteria'"
        )
    if rest:
        span = Span(rest[0].start, rest[-1].end)
        report("too-long", f"the page has more than {MOST_LINES:,} lines: the rest is not read", span)
        page.unparsed.append(span)
        page.pieces = [*page.pieces, Piece(STRAY, span)]
    page.length = len(source.text)
    if source.from_html:
        page.layout = f"{HTML}/{page.layout}"
    return page
