"""Citations: authors, title, and where the work appeared.

Farge D, Biard L, Tarte K. Umbilical cord-derived cells: a phase 1 study. Lancet Rheumatol. 2025 Apr;7(4):e261
START Trialists' Group; Bentzen SM, Agrawal RK. The UK START Trial A. Lancet Oncol. 2008 Apr;9(4):331-41.
Kennedy, H. (2021). Models of care in forensic psychiatry. BJPsych Advances, 1-14. doi:10.1192/bja.2021.34

The registry fetches citations from PubMed, whose form is that of the National Library of Medicine's "Citing Medicine".
Sponsors may write their own, in any form: then what is certain is read, and the rest is left out.
"""

from __future__ import annotations

import re

from parser.values.citation_authors import read_authors
from parser.values.citation_parts import Author, Citation, CitationPart, part_of
from parser.values.citation_source import FoundIssue, find_source, without_issue

__all__ = ["Author", "Citation", "CitationPart", "read_citation"]

_NUMBER = re.compile(r"\s*(?:\[\d{1,3}\]|\d{1,3}\.(?=\s))?\s*")
_NO_AUTHORS = re.compile(r"\s*\[?No authors? (?:are )?listed[\].]{0,2}\s+", re.IGNORECASE)
_YEAR_AFTER_AUTHORS = re.compile(r"[\s,]*[( ]?((?:1[89]|20)\d\d)[a-z]?(?:,[^()]{1,30})?(?:\)[.:,]?|[.:])\s+")
_TITLE_END = re.compile(r"[.?!][\"'”’)\]]*\s+(?=[^\sa-z])|\.\s*\Z")
_IMPRINT = re.compile(r"; ?(?:1[89]|20)\d\d\b")
_ET_AL = re.compile(r"\bet al\b")
_MARK = "[abstract]"


def read_citation(text: str) -> Citation:
    """Parse a citation to parts with their offsets in `text`. Nothing is guessed; odd text yields few parts."""
    found = find_source(text)
    title_end = len(text) if found.title_end is None else found.title_end
    numbered = _NUMBER.match(text)
    authors, behind = read_authors(text, numbered.end() if numbered else 0, title_end, found.issue.journal)
    if not authors:
        # A number before a title may belong to it; only before authors it is a list number.
        nobody = _NO_AUTHORS.match(text)
        behind = nobody.end() if nobody else 0
    year = _YEAR_AFTER_AUTHORS.match(text, behind) if behind is not None else None
    if found.yearless and year is None:
        found = without_issue(text)
    issue = found.issue
    return Citation(
        authors=authors,
        title=_title(text, bool(authors), year.end() if year else behind, found),
        journal=issue.journal,
        year=issue.year or (CitationPart(int(year[1]), *year.span(1)) if year else None),
        volume=issue.volume,
        issue=issue.issue,
        pages=issue.pages,
        doi=issue.doi,
        pmid=issue.pmid,
        epub=issue.epub,
    )


def _title(text: str, authored: bool, start: int | None, found: FoundIssue) -> CitationPart[str] | None:
    """The title, between the authors and what follows it: the journal, or the end of the sentence.

    `start` is None if the end of the authors is not known. A text without authors may have some that were not
    recognised, unless it is in PubMed's form.
    """
    if start is None or not (authored or found.exact):
        return None
    end = found.title_end
    if end is None:
        match = _TITLE_END.search(text, start)
        end = match.end() if match else start
    title = _trimmed(text, start, end)
    if title is None or (found.title_end is None and _IMPRINT.search(title.value)):
        return None
    return None if not authored and _ET_AL.search(title.value) else title


def _trimmed(text: str, start: int, end: int) -> CitationPart[str] | None:
    """A title without the full stop at its end, and without a note there that the work is an abstract."""
    end = _without_stop(text, start, end)
    if text[max(start, end - len(_MARK)) : end].lower() == _MARK:
        end = _without_stop(text, start, end - len(_MARK))
    return part_of(text, start, end)


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    return end
