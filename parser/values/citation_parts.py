"""The parts of a citation, with their offsets in the text."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from parser.source import trimmed

T_co = TypeVar("T_co", covariant=True)


class CitationPart(Struct, Generic[T_co]):
    """A value and the offsets of what it was read from, in code points, `end` exclusive."""

    value: T_co
    start: int
    end: int


class Author(Struct):
    """A person, or a group of people under one name: that has no given names."""

    family: CitationPart[str]
    given: CitationPart[str] | None = None
    """Initials, or names, as printed."""
    suffix: CitationPart[str] | None = None
    """`Jr`, `3rd`, ..."""


class Issue(Struct):
    """Where and when a work appeared; filled in while parsing."""

    journal: CitationPart[str] | None = None
    year: CitationPart[int] | None = None
    volume: CitationPart[str] | None = None
    issue: CitationPart[str] | None = None
    pages: CitationPart[str] | None = None
    doi: CitationPart[str] | None = None
    pmid: CitationPart[str] | None = None
    epub: CitationPart[str] | None = None


class Citation(Struct):
    """The parts of a citation that were read with certainty; others are absent."""

    authors: tuple[Author, ...] = ()
    title: CitationPart[str] | None = None
    journal: CitationPart[str] | None = None
    year: CitationPart[int] | None = None
    volume: CitationPart[str] | None = None
    issue: CitationPart[str] | None = None
    """The number of the issue, or the supplement: what PubMed prints in parentheses."""
    pages: CitationPart[str] | None = None
    """The pages of the work itself, without those of a discussion; or the number of an article."""
    doi: CitationPart[str] | None = None
    pmid: CitationPart[str] | None = None
    """A PubMed identifier printed in the citation."""
    epub: CitationPart[str] | None = None
    """The day of electronic publication: yyyy, yyyy-MM or yyyy-MM-dd."""


def part_of(text: str, start: int, end: int) -> CitationPart[str] | None:
    """The text between two offsets without the blanks around it, or None if nothing is left."""
    start, end = trimmed(text, start, end)
    return CitationPart(text[start:end], start, end) if end > start else None
