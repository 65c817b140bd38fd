"""Where and when a citation appeared: the journal, and what grammars/citation.lark reads after it.

Lancet Rheumatol. 2025 Apr;7(4):e261-e273. doi: 10.1016/S2665-9913(24)00298-4. Epub 2024 Dec 17.
J Nurs Care Qual. 2024 May 3. doi: 10.1097/NCQ.0000000000000778. Online ahead of print.
International Urogynecology Journal 2001; 12: pp. S66
Clinical Psychology & Psychotherapy, 9(3), 200-210.
N Engl J Med 211:210-215, 1934.
Washington (DC): National Academies Press (US); 2003.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Leaf, Node, match_text
from parser.values.citation_parts import CitationPart, Issue, part_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:1[89]|20)\d\d(?<![\w(/-]....)(?:[ /–-](?:{_MONTH}|Spring|Summer|Fall|Autumn|Winter|[0-3]?\d)){{0,6}}"

# A year that is followed as the year of an issue is: by a volume, by pages, or by what PubMed prints of an article
# that has none yet.
_ISSUED = re.compile(
    rf"{_DATE}\s?(?:"
    r"(?P<numbered>;\s?(?=[\w(])|:(?=[A-Za-z]{0,8}-?\d)|, ?(?=\d{1,4}(?:\([^()]{1,30}\))?:))"
    r"|\.(?=\s(?:doi|pii|https?:|Online|Epub|PMID|PubMed|In process))|(?P<chapter>\.(?=\sIn:))"
    r")",
)
_IN_VOLUME = re.compile(
    r"(?P<comma>,\s)(?:(?P<volume>\d{1,4}\s?\([^()]{1,30}\)|\d{1,4}(?=[,:]\s?(?:pp?\.\s?)?[A-Za-z]?\d))"
    r"|(?=[A-Za-z]?\d{1,6}[-–][A-Za-z]?\d{1,6}\.))"
)
_YEAR_LAST = re.compile(
    r"\s(?P<volume>\d{1,4}\s?(?:\([^()]{1,30}\))?:\s?)[A-Za-z]{0,3}-?\d[^;:]{0,40}, ?(?:1[89]|20)\d\d(?=\.?\s*\Z)"
)
# What has a volume of its own and is not this publication.
_ELSEWHERE = re.compile(
    r"\.\s(?:Erratum|Corrigendum|Correction|Corrected|Comment|Update|Updated|Retraction|Republished|Reprint"
    r"|Expression of concern|Summary for patients|Original report)[a-z ]{0,30}\b(?:[Ii]n|[Oo]n|[Oo]f|[Ff]rom):"
)
_IDENTIFIER = re.compile(r"\bdoi\b|\b10\.\d{4,9}/|\bPMID\b", re.IGNORECASE)
_PUBLISHER_YEAR = re.compile(r"(?:[;.] (?=\d{4}[.:;])|, (?=\d{4}:)|[;,.] (?=\d{4}\.?\s*\Z))((?:1[89]|20)\d\d)")
_VISITED = re.compile(r"\b(?:accessed|retrieved|cited|visited|available (?:at|from|online)|presented)\b", re.IGNORECASE)

# The end of a sentence: a journal starts after the last one before its year.
_STOP = re.compile(r"[.?!][\"'”’)\]]*\s+|\](?=\s)\s*")

# `Boston, MA: Springer US`
_PUBLISHER = re.compile(r"[^,:]{1,60},[^:]{1,60}: ")
_FULL_STOPS = (".", "?", "!")

_ABBREVIATION = re.compile(
    r"(?:Acad|Am|Ann|Arch|Assoc|Biol|Br|Can|Cell|Chem|Clin|Engl|Epidemiol|Eur|Exp|Gynecol|Int|J|Med|Mol|N|Nat|Natl"
    r"|Neurol|Obstet|Oncol|Pediatr|Pharmacol|Phys|Physiol|Proc|Psychol|Radiat|Res|Rev|Scand|Sci|Soc|Surg|Ther)\. "
)

_LONGEST_SOURCE = 1500
_LONGEST_JOURNAL = 160
_MOST_CANDIDATES = 8
_SMALL_WORD = re.compile("and|et|de|der|des|di|du|e|für|fur|in|la|le|of|on|the|und|y|&")


class FoundIssue(NamedTuple):
    """An issue, and where the title in front of it certainly ends (None if that is not known).

    `exact` says that full stops part the title from the journal and the journal from the year: then nothing is
    before the journal but authors and title. `yearless` says that the year has to be elsewhere.
    """

    issue: Issue
    title_end: int | None = None
    exact: bool = False
    yearless: bool = False


class _IssueCandidate(NamedTuple):
    """A place from which a rule of the grammar may read on, and what is before it."""

    rule: str
    start: int
    end: int
    journal: CitationPart[str] | None
    title_end: int
    exact: bool


def find_source(text: str) -> FoundIssue:
    """The issue that a citation names, as far as it could be read."""
    for place in _places(text):
        tree = _match(place.rule, text, place.start, place.end)
        if tree is not None:
            issue = _issue(text, tree)
            issue.journal = place.journal
            return FoundIssue(issue, place.title_end, place.exact, yearless=place.rule in ("in_volume", "in_pages"))
    return without_issue(text)


def without_issue(text: str) -> FoundIssue:
    """The parts of a text that names no issue: identifiers, and a publisher's year."""
    issue = _identifiers(text)
    issue.year = _publisher_year(text)
    return FoundIssue(issue)


def _places(text: str) -> Iterator[_IssueCandidate]:
    """The places where an issue may be described, the most likely first, and not so many that a text could be slow."""
    stops = [match.end() for match in _STOP.finditer(text)]
    issued = [match for match, _ in zip(_ISSUED.finditer(text), range(_MOST_CANDIDATES), strict=False)]
    cut = len(text)
    if issued and (elsewhere := _ELSEWHERE.search(text, issued[0].end() - 1)):
        cut = elsewhere.start()
    places = [
        _place("source", text, stops, match.start(), match.start(), cut) for match in issued if match.end() <= cut
    ]
    # What is numbered comes before what is not yet.
    ranked = zip(issued, places, strict=False)
    ranked_places = sorted(ranked, key=lambda pair: (not (pair[1] and pair[1].exact), pair[0]["numbered"] is None))
    yield from (_chapter(place, stops) if match["chapter"] else place for match, place in ranked_places if place)
    if match := _YEAR_LAST.search(text):
        place = _place("year_last", text, stops, match.start(), match.start("volume"), len(text))
        yield from [place] if place else []
    if match := _IN_VOLUME.search(text):
        rule = "in_pages" if match["volume"] is None else "in_volume"
        place = _place(rule, text, stops, match.start(), match.end("comma"), len(text))
        yield from [place] if place else []


def _place(rule: str, text: str, stops: list[int], before: int, start: int, cut: int) -> _IssueCandidate | None:
    """What is before an offset, if that can be a journal: the words since the last end of a sentence."""
    end = _rstrip(text, before, " \t\r\n\xa0")
    exact = end > 0 and rule == "source" and text[end - 1] in _FULL_STOPS
    end = end - 1 if exact else _rstrip(text, end, " ,")
    if end <= 0 or (not exact and text[end - 1] in ".;("):
        return None
    journal = part_of(text, _journal_start(text, stops, end), end)
    if journal and not exact:
        journal = _capitalised(text, journal)
    if journal is None or len(journal.value) > _LONGEST_JOURNAL or _PUBLISHER.match(journal.value):
        return None
    if not any(map(str.isalpha, journal.value)) or _VISITED.search(journal.value):
        return None
    return _IssueCandidate(rule, start, _slice_end(text, start, cut), journal, journal.start, exact)


def _journal_start(text: str, stops: list[int], end: int) -> int:
    """The last end of a sentence before `end`; full stops after abbreviations, `N. Engl. J. Med.`, end none."""
    place = bisect_left(stops, end) - 1
    while place > 0 and _ABBREVIATION.fullmatch(text, stops[place - 1], stops[place]):
        place -= 1
    return stops[place] if place >= 0 else 0


def _chapter(place: _IssueCandidate, stops: list[int]) -> _IssueCandidate:
    """A chapter of a book, `Title. 2023 Jul 3. In: ...`: what is before the year is its title."""
    title_end = place.journal.end if place.journal else place.title_end
    return place._replace(journal=None, title_end=title_end)


def _rstrip(text: str, end: int, chars: str) -> int:
    while end > 0 and text[end - 1] in chars:
        end -= 1
    return end


def _slice_end(text: str, start: int, cut: int) -> int:
    """Where to stop reading: at `cut`, or at a blank when that is far away, so that no identifier is cut in two."""
    if cut - start <= _LONGEST_SOURCE:
        return cut
    blank = text.rfind(" ", start, start + _LONGEST_SOURCE)
    return blank if blank > start else start + _LONGEST_SOURCE


def _match(rule: str, text: str, start: int, end: int) -> Node[Leaf] | None:
    """The tree of a rule; if the text stops matching in the middle, of the part before.

    None if it starts with nothing that the rule reads: places are only candidates, so this is not an error.
    """
    for _ in range(2):
        try:
            return match_text("citation", rule, text, start, end)
        except GrammarMismatch as mismatch:
            end = mismatch.index
        if end <= start:
            return None
    return None


def _capitalised(text: str, journal: CitationPart[str]) -> CitationPart[str] | None:
    """A journal whose end is not marked: names of journals are in capitals, so a title that ran into one is not.

    After a comma may be the journal alone: `from the Diabetes Network project, Rehabil Psychol`.
    """
    for start in (journal.start, journal.start + journal.value.rfind(", ") + 1):
        part = part_of(text, start, journal.end)
        words = part.value.split() if part else []
        if part and len(words) <= 16 and all(not word[0].islower() or _SMALL_WORD.fullmatch(word) for word in words):
            return part
    return None


def _issue(text: str, tree: Node[Leaf]) -> Issue:
    """The tree of a rule as values."""
    issue = Issue()
    _fill(issue, text, tree)
    return issue


def _fill(issue: Issue, text: str, tree: Node[Leaf]) -> None:
    for child in tree.children:
        if isinstance(child, Leaf):
            _fill_leaf(issue, text, child)
        elif child.rule == "issued":
            _fill_leaf(issue, text, _leaves(child)[0])
        elif child.rule == "imprint":
            _fill(issue, text, child)
        elif child.rule == "volume":
            issue.volume = _joined(text, _leaves(child))
        elif child.rule == "pages":
            issue.pages = _joined(text, _leaves(child))
        elif child.rule == "part":
            # Two numbers after the volume (`6:2:111-129`): the first is the issue.
            issue.issue, issue.pages = issue.pages, _joined(text, _leaves(child))
        elif child.rule == "epub" and issue.epub is None:
            issue.epub = _day(text, _leaves(child))


def _fill_leaf(issue: Issue, text: str, leaf: Leaf) -> None:
    """One terminal's value. The first DOI is the work's own; further ones are those of other works."""
    _, start, end = leaf
    if leaf.terminal == "YEAR":
        issue.year = CitationPart(int(text[start:end]), start, end)
    elif leaf.terminal == "VOLUME":
        issue.volume = _joined(text, [leaf])
    elif leaf.terminal == "ISSUE":
        issue.issue = part_of(text, start + 1, end - 1)
    elif leaf.terminal == "PAGES":
        issue.pages = _joined(text, [Leaf("PAGES", issue.pages.start, end)] if issue.pages else [leaf])
    elif leaf.terminal == "DOI" and issue.doi is None:
        issue.doi = _doi(text, start, end)
    elif leaf.terminal == "PMID" and issue.pmid is None:
        digits = _rstrip(text, end, "0123456789")
        issue.pmid = part_of(text, digits, end)


def _leaves(tree: Node[Leaf]) -> list[Leaf]:
    return [leaf for child in tree.children for leaf in ([child] if isinstance(child, Leaf) else _leaves(child))]


_VOLUME_WORD = re.compile(r"vol(?:ume)?\.? ?(?=\d)", re.IGNORECASE)
_SPACED_DASH = re.compile(r" ?([-–]) ?")


def _joined(text: str, leaves: list[Leaf]) -> CitationPart[str]:
    """The text of some terminals, without the word `Volume` and blanks around a dash."""
    start, end = leaves[0].start, leaves[-1].end
    if word := _VOLUME_WORD.match(text, start, end):
        start = word.end()
    value = text[start:end]
    return CitationPart(_SPACED_DASH.sub(r"\1", value) if " " in value else value, start, end)


_BRACKET = re.compile(r"[()<>\[\]]")
_CLOSED_BY = {"(": ")", "[": "]", "<": ">"}


def _doi(text: str, start: int, end: int) -> CitationPart[str] | None:
    """The DOI in a word that holds one: without what is printed before it, and the punctuation after it.

    DOIs may hold any printing character (ISO 26324), and old ones do: `(SICI)1097-0258(1998)17:15/16<1661::AID>3.0`. A
    bracket belongs to it when its partner is there too.
    """
    start = text.index("10.", start)
    open_brackets: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text, start, end):
        char = match[0]
        if char in _CLOSED_BY:
            open_brackets.append((_CLOSED_BY[char], match.start()))
        elif open_brackets and open_brackets[-1][0] == char:
            open_brackets.pop()
        else:
            end = match.start()
            break
    if open_brackets:
        end = min(end, open_brackets[0][1])
    while text[end - 1] in ".,;:\"'”’":
        end -= 1
    return CitationPart(text[start:end], start, end)


def _day(text: str, leaves: list[Leaf]) -> CitationPart[str] | None:
    """A date in ISO 8601, with the parts that are certain: of a range of months, the year is."""
    words = {
        name: [text[leaf.start : leaf.end] for leaf in leaves if leaf.terminal == name] for name in ("MONTH", "DAY")
    }
    months = [_MONTHS.index(word[:3].lower()) + 1 for word in words["MONTH"]]
    days = [int(word) for word in words["DAY"]]
    if not months and len(days) == 2:
        months, days = days[:1], days[1:]
    iso = text[leaves[0].start : leaves[0].end]
    if len(months) == 1 and 1 <= months[0] <= 12:
        iso += f"-{months[0]:02}"
        if len(days) == 1 and 1 <= days[0] <= 31:
            iso += f"-{days[0]:02}"
    return CitationPart(iso, leaves[0].start, leaves[-1].end)


def _identifiers(text: str) -> Issue:
    """The DOI, the PubMed identifier and the day of electronic publication of a text that names no issue."""
    match = _IDENTIFIER.search(text)
    if match is None:
        return Issue()
    # The address of a DOI is one word with it.
    start = text.rfind(" ", 0, match.start()) + 1
    tree = _match("notes", text, start, _slice_end(text, start, len(text)))
    return _issue(text, tree) if tree else Issue()


def _publisher_year(text: str) -> CitationPart[int] | None:
    """The year of a book or a report: after its publisher. Several that differ are none, as is a day of visit."""
    years = [
        CitationPart(int(match[1]), *match.span(1))
        for match in _PUBLISHER_YEAR.finditer(text)
        if not _VISITED.search(text, max(0, match.start() - 40), match.start())
    ]
    return years[0] if len({year.value for year in years}) == 1 else None
