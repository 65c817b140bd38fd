"""Sections in the manner of the seed's site, whose pieces grammars/page.lark puts together.

Study Design

Understand how the trial is structured, ...

Allocation Method

NA
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parser.forms.pages.fields import PROSE
from parser.forms.pages.groups import Known, mark_groups
from parser.forms.pages.headings import Opening
from parser.forms.pages.model import READ, STRAY, Page, Piece, Texts
from parser.forms.pages.places import mark_places
from parser.forms.pages.tree import read_section
from parser.grammar import match_pieces
from parser.problems import Report
from parser.source import Source, Span, fold

# Pieces outside the grammar.
_UNREAD = frozenset({STRAY, READ, "SENTENCE"})
# What an entry of a list begins with, by the list's heading.
_BEGINS = {"RECORDS_HEADING": "TEXT", "PLACES_HEADING": "TEXT", "CONTACTS_HEADING": "TEXT", "GROUPS_HEADING": "ARM"}


def read_sections(
    source: Source, openings: Sequence[Opening], sections: list[list[Piece]], report: Report, form: str
) -> Page:
    """The page whose sections are cut into pieces: what is before the first heading, then a section an opening."""
    _join_sections(source.text, openings, sections, report)
    page = Page(form)
    for section in sections:
        for run in _runs(section):
            read_section(match_pieces("page", "section", run), page, report)
    pieces = [piece for section in sections for piece in section]
    page.is_known = any(opening.heading.section != "unknown" for opening in openings)
    for piece in pieces:
        if piece.terminal == STRAY:
            report("unparsed-text", "text that belongs to no field of its section", piece.span)
            page.unparsed.append(piece.span)
    page.pieces = pieces
    return page


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece | Texts]]:
    """The inputs of the grammar: the pieces with consecutive paragraphs joined, without those that it does not read.

    Most of a page is paragraphs, and the grammar says nothing of their number. A list is read an entry at a time, each
    below the heading: its trees are then the same on most pages.
    """
    begins = _BEGINS.get(pieces[0].terminal) if pieces else None
    run: list[Piece | Texts] = []
    texts: list[Span] | None = None
    for piece in pieces:
        terminal = piece.terminal
        if terminal == "TEXT" and texts is not None:
            texts.append(piece.span)
        elif terminal not in _UNREAD:
            if terminal == begins and len(run) > 1:
                yield run
                run = run[:1]
            texts = [piece.span] if terminal == "TEXT" else None
            run.append(piece if texts is None else Texts(texts))
    if run:
        yield run


def _join_sections(text: str, openings: Sequence[Opening], sections: list[list[Piece]], report: Report) -> None:
    """Information from other sections: repetition, which texts are places, and where arm groups begin."""
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
            mark_groups(section, text, known, report, cut=section is sections[-1])


def _texts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.terminal == "TEXT")


def _lines(text: str, piece: Piece) -> list[str]:
    return piece.cut(text).split("\n")


def known_interventions(text: str, interventions: Iterable[Piece]) -> Known:
    """The Interventions section: the descriptions under a name and type, by their number of paragraphs."""
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
