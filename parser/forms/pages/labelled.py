"""The labelled page: headings, labels and values on lines of their own.

Study Design

Understand how the trial is structured, ...

Allocation Method

NA
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parser.forms.pages.groups import Known, mark_groups
from parser.forms.pages.headings import Opening, find_openings
from parser.forms.pages.model import READ, STRAY, Page, Piece, Texts
from parser.forms.pages.pieces import labelled, section_pieces
from parser.forms.pages.places import mark_places
from parser.forms.pages.tree import read_tree
from parser.forms.pages.vocabulary import PROSE, any_label, is_heading
from parser.grammar import match_pieces
from parser.lines import Line
from parser.problems import Report
from parser.source import Source, Span, fold

NAME = "labelled-page"

LEAST_OPEN = 0.04
"""Between blocks a page has blank lines; where fewer of its lines begin a paragraph, somebody took them out."""

# What the grammar does not read.
_UNREAD = frozenset({STRAY, READ})

# In these sections the labels have lines of their own.
_OWN_LINES = ("basic", "design", "eligibility")


def likeness(lines: Sequence[Line]) -> float:
    """How like a labelled page some lines are, from 0 to 1: by how many of them are labels, or headings.

    Headings, and labels that share a line with their value, stand on pages of other layouts too.
    """
    weight, most = 0.0, 0.5
    for line in lines:
        if label := any_label(line.text):
            weight += 0.12
            if label.section in _OWN_LINES:
                most = 1.0
        elif is_heading(line.text):
            weight += 0.08
        if weight >= 1.0 == most:
            break
    return min(most, weight)


def read_labelled(source: Source, lines: list[Line], report: Report) -> Page:
    """Where each field of a labelled page is. Reports what is odd; never raises."""
    if len(lines) > 1 and sum(line.opens for line in lines) < 1 + LEAST_OPEN * len(lines):
        # Nothing tells where paragraphs end, but values of one line are commoner than those of many.
        lines = [Line(line.start, line.end, line.text, opens=True) for line in lines]
    return read_blocks(source, lines, report, NAME)


def read_blocks(source: Source, lines: list[Line], report: Report, layout: str) -> Page:
    """`read_labelled` for a layout that has made lines, each with its place, of something else."""
    openings = find_openings(lines)
    return read_sections(source, openings, _cut_sections(source.text, lines, openings), report, layout)


def read_sections(
    source: Source, openings: Sequence[Opening], sections: list[list[Piece]], report: Report, layout: str
) -> Page:
    """The page whose sections are cut into pieces: what stands before the first heading, then a section an opening."""
    _join_sections(source.text, openings, sections, report)
    pieces = [piece for section in sections for piece in section]
    page = read_tree(match_pieces("page", "page", _runs(pieces)), layout, report)
    page.is_known = any(opening.heading.section != "unknown" for opening in openings)
    for piece in pieces:
        if piece.terminal == STRAY:
            report("unparsed-text", "text that belongs to no field of its section", piece.span)
            page.unparsed.append(piece.span)
    page.pieces = pieces
    return page


def _runs(pieces: Iterable[Piece]) -> list[Piece | Texts]:
    """What the grammar reads: the pieces, those that follow each other as paragraphs together, and none stray or read.

    Most of a page is paragraphs, and the grammar says nothing of their number.
    """
    runs: list[Piece | Texts] = []
    texts: list[Span] | None = None
    for piece in pieces:
        terminal = piece.terminal
        if terminal == "TEXT":
            if texts is None:
                texts = []
                runs.append(Texts(texts))
            texts.append(piece.span)
        elif terminal not in _UNREAD:
            texts = None
            runs.append(piece)
    return runs


def _cut_sections(text: str, lines: list[Line], openings: Sequence[Opening]) -> list[list[Piece]]:
    """The pieces of each section, those before the first heading first."""
    bounds = [opening.index for opening in openings] + [len(lines)]
    sections = [labelled(lines[: bounds[0]], "front")]
    for opening, end in zip(openings, bounds[1:], strict=True):
        sections.append(section_pieces(text, lines[opening.index : end], opening))
    return sections


def _join_sections(text: str, openings: Sequence[Opening], sections: list[list[Piece]], report: Report) -> None:
    """What one section says of another: that it came before, which texts are places, and where arm groups begin."""
    seen: set[str] = set()
    for opening, section in zip(openings, sections[1:], strict=True):
        name = section[0].section
        if opening.repeated or (name in seen and opening.heading.shape != PROSE):
            span = Span(section[0].span.start, section[-1].span.end)
            report("duplicate-section", f"the section {opening.heading.text!r} comes again", span)
            for piece in section:
                piece.terminal = STRAY
        seen.add(name)
    by_name = {section[0].section: section for section in sections[1:] if section[0].terminal != STRAY}
    countries = frozenset(fold(line) for piece in _texts(by_name.get("countries", ())) for line in _lines(text, piece))
    for name, section in by_name.items():
        if name == "locations":
            mark_places(section, text, countries)
        elif name == "groups":
            known = known_interventions(text, by_name.get("interventions", ()))
            mark_groups(section, text, known, report)


def _texts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.terminal == "TEXT")


def _lines(text: str, piece: Piece) -> list[str]:
    return piece.cut(text).split("\n")


def known_interventions(text: str, interventions: Iterable[Piece]) -> Known:
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
