"""The labelled page: headings, labels and values on lines of their own.

Study Design

Understand how the trial is structured, ...

Allocation Method

NA
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from parser.grammar import match_pieces
from parser.lines import Line, read_lines
from parser.page.groups import Known, mark_groups
from parser.page.headings import Opening, find_openings
from parser.page.model import STRAY, Page, Piece, Texts
from parser.page.pieces import labelled, section_pieces
from parser.page.places import mark_places
from parser.page.tree import read_tree
from parser.problems import Report
from parser.source import Source, Span, fold

NAME = "labelled-page"

MOST_LINES = 50_000
"""So many lines of a page that are not blank are read. 2,000 sites and their contacts have 14,000."""


def read_labelled(source: Source, report: Report) -> Page:
    """Where each field of a labelled page is. Reports what is odd; never raises."""
    lines = read_lines(source.text)
    rest = lines[MOST_LINES:]
    del lines[MOST_LINES:]
    openings = find_openings(lines)
    sections = _cut_sections(source, lines, openings, report)
    pieces = [piece for section in sections for piece in section]
    tree = match_pieces("page", "page", list(_runs(pieces)))
    page = read_tree(tree, NAME, report)
    page.is_known = any(opening.heading.section != "unknown" for opening in openings)
    for piece in pieces:
        if piece.terminal == STRAY:
            report("unparsed-text", "text that belongs to no field of its section", piece.span)
            page.unparsed.append(piece.span)
    if rest:
        span = Span(rest[0].start, rest[-1].end)
        report("too-long", f"the page has more than {MOST_LINES:,} lines: the rest is not read", span)
        page.unparsed.append(span)
        pieces.append(Piece(STRAY, span))
    page.pieces, page.length = pieces, len(source.text)
    return page


def _runs(pieces: Iterable[Piece]) -> Iterator[Piece | Texts]:
    """What the grammar reads: the pieces, those that follow each other as paragraphs together, and none that is stray.

    Most of a page is paragraphs, and the grammar says nothing of their number.
    """
    known = (piece for piece in pieces if piece.terminal != STRAY)
    for is_text, run in groupby(known, key=lambda piece: piece.terminal == "TEXT"):
        if is_text:
            yield Texts(tuple(piece.span for piece in run))
        else:
            yield from run


def _cut_sections(source: Source, lines: list[Line], openings: Sequence[Opening], report: Report) -> list[list[Piece]]:
    """The pieces of each section, those before the first heading first."""
    text = source.text
    bounds = [opening.index for opening in openings] + [len(lines)]
    sections = [labelled(lines[: bounds[0]], "front")]
    for opening, end in zip(openings, bounds[1:], strict=True):
        pieces = section_pieces(text, lines[opening.index : end], opening)
        if opening.repeated:
            span = Span(pieces[0].span.start, pieces[-1].span.end)
            report("duplicate-section", f"the section {opening.heading.text!r} comes again", span)
            pieces = [piece._replace(terminal=STRAY) for piece in pieces]
        sections.append(pieces)
    by_name = {section[0].section: section for section in sections[1:] if section[0].terminal != STRAY}
    countries = frozenset(fold(line) for piece in _texts(by_name.get("countries", ())) for line in _lines(text, piece))
    for name, section in by_name.items():
        if name == "locations":
            section[:] = mark_places(section, text, countries)
        elif name == "groups":
            section[:] = mark_groups(section, text, _known(text, by_name.get("interventions", ())), report)
    return sections


def _texts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.terminal == "TEXT")


def _lines(text: str, piece: Piece) -> list[str]:
    return piece.cut(text).split("\n")


def _known(text: str, interventions: Iterable[Piece]) -> Known:
    """What the Interventions section says: the descriptions under a name and type, by their number of paragraphs."""
    known: dict[tuple[str, str], dict[int, set[tuple[str, ...]]]] = {}
    words: list[str] = []
    for piece in interventions:
        if piece.terminal == "TEXT":
            words.append(fold(piece.cut(text)))
        elif piece.terminal == "LABEL" and piece.value and words:
            kind = fold(text[piece.value.start : piece.value.end])
            known.setdefault((words[0], kind), {}).setdefault(len(words) - 1, set()).add(tuple(words[1:]))
            words = []
    return known
