"""Where the text of a page is: lines, pieces, sections, fields. What a field means is for `parser.values`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages.evidence import says_a_record
from parser.forms.pages.model import STRAY, Page, Piece
from parser.forms.pages.page_forms import FLOOR, PageForm, ask_form, choose_form
from parser.forms.pages.reader import NAME, OTHER_WORDS, likely_words
from parser.forms.pages.tables import NAME as TABLE
from parser.lines import Line, read_lines
from parser.problems import NotARecordError, Report
from parser.registries import find_ids, identify
from parser.source import Source, Span

MOST_LINES = 50_000
"""The most non-blank lines of a page that are read. 2,000 sites and their contacts have 14,000."""

HTML = "html"
"""The prefix of a form's name if the page was saved as HTML: `html/labelled-page`."""


_LOOKED_AT = 200_000

# A page may mix the first site's words with others; each alone is then too little.
_LEAST_WORDS, _MOST_LOOKED_AT = 3, 300

_ANY_WORDS = frozenset({NAME, OTHER_WORDS, TABLE})
"""Forms that a text may have by its words alone."""

_LABEL_OF_AN_ID = re.compile(r"[\w. ]{0,40}?\b(?:ID|Identifier|Number|No\.?)(?=[\s:A-Z])[\s:]*")
_MOST_NAMED = 3
"""A page with so many different ids after labels, in any wording, is a list of records."""

_MOST_IDS, _MOST_REPEATED, _MOST_IDS_IN_ANY_WORDS = 4, 4, 2
"""A page with so many different ids under labels, or so often a label that a record has once, is a list of records."""


def read_page(source: Source, report: Report, asked: PageForm | None = None) -> Page:
    """Find the fields of a page, in any form or in the given one.

    Reports what is odd. Raises `NotARecordError` for a text that is not a page of a registry, or a list of trials.
    """
    lines = read_lines(source.text)
    rest = lines[MOST_LINES:]
    del lines[MOST_LINES:]
    form, likeness = ask_form(lines, asked) if asked else choose_form(lines, report)
    page = form.read(source, lines, report)
    if likeness < FLOOR:
        identified = "registry_id" in page.fields and identify(source.slice(page.fields["registry_id"]))
        words = likely_words(lines[:_MOST_LOOKED_AT])
        if not (page.is_known and (identified or words >= _LEAST_WORDS)):
            raise NotARecordError(_not_a_record(source.text, words))
    if page.form in _ANY_WORDS and page.registry is None and not says_a_record(source, page):
        raise NotARecordError(_not_a_record(source.text, 0))
    ids = {found.id.trial_key for span in page.ids for found in find_ids(source.text, *span)}
    any_words = page.form in _ANY_WORDS and page.registry is None
    most = _MOST_IDS_IN_ANY_WORDS if any_words else _MOST_IDS
    repeated = page.most_repeated + (any_words and len(_mentioned(source.text)) > 1)
    if (
        len(ids) >= most
        or repeated >= _MOST_REPEATED
        or page.records_in > 1
        or (any_words and len(_named(lines)) >= _MOST_NAMED)
    ):
        raise NotARecordError(
            "the text is a list of trials, not a record: it has the labels of a record again and again"
            f"{f', and {len(ids)} ids' if ids else ''}; get the page of each trial"
        )
    if rest:
        span = Span(rest[0].start, rest[-1].end)
        report("too-long", f"the page has more than {MOST_LINES:,} lines: the rest is not read", span)
        page.unparsed.append(span)
        page.pieces = [*page.pieces, Piece(STRAY, span)]
    page.length = len(source.text)
    if source.from_html:
        page.form = f"{HTML}/{page.form}"
    return page


def _named(lines: Sequence[Line]) -> set[str]:
    """The trials whose ids end lines that begin as labels of ids do: `ANZCTR Trial IDACTRN12699000990651`."""
    values = [line.text[label.end() :] for line in lines if (label := _LABEL_OF_AN_ID.match(line.text))]
    found = [(value, found) for value in values for found in find_ids(value)]
    return {one.id.trial_key for value, one in found if (one.start, one.end) == (0, len(value))}


def _mentioned(text: str) -> set[str]:
    """The trials that the beginning of a text mentions by an id."""
    return {found.id.trial_key for found in find_ids(text[:_LOOKED_AT])}


def _not_a_record(text: str, words: int) -> str:
    ids = _mentioned(text)
    seen = f"it mentions {min(ids)}, but" if ids else "it shows no registry id, and"
    few = "too few headings or labels" if words else "no heading or label with a value"
    return (
        f"the text is no registry record: {seen} {few} of a record, such as 'Brief Summary' or 'Overall Status: "
        "Recruiting'; give the text or HTML of one trial's page, or an export in a form of `registry-parser forms`"
    )
