"""Counts how many characters of a page are in fields, in text that the site prints on every page, or nowhere.

Every character counts once, so the numbers add up to the length of the page. Fields come first:
text that is also in `unparsed` (a line with a number and other words) counts for the field.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parser.forms.pages import read_page
from parser.forms.pages.model import Piece
from parser.forms.pages.pieces import paragraphs
from parser.forms.pages.site import PUBMED_LINK, is_site_text
from parser.lines import read_lines
from parser.pipeline import page_source, parse_source
from parser.problems import Problems
from parser.recorder import UNPARSED
from parser.source import DEFAULT_MAX_SIZE, Span, fold, stretches
from parser.values.codes import read_code
from parser.values.text import says_nothing

PARTS = {
    "headings": "the lines that open sections",
    "labels": "labels, and values that are keys in the document (`Sponsor Role lead`)",
    "site": "what the site prints on every page: sentences under headings, buttons, links",
    "repeated": "text that repeats a field: its sites' countries, interventions in their arms",
    "separators": "separators of the values of a line: `Paris, , France`, `PHASE1/PHASE2`",
    "blank": "white space outside of all that",
    "unparsed": "what `sourceSection.unparsed` has",
    "unaccounted": "text that is missing in the document although nothing was odd about it: a fault of the parser",
}
"""The parts of a page besides fields, and what each means."""

# The values of a byte of the canvas: 0 is not painted, and values from `_FIELDS` on are fields, one for
# each section.
_HEADINGS, _LABELS, _SITE, _REPEATED, _SEPARATORS, _BLANK, _UNPARSED, _FIELDS = range(1, len(PARTS) + 1)
_UNACCOUNTED = 0

# Labels whose values decide which part of the document a record is.
_KEYS = frozenset({"sponsor_role", "identifier_source"})

_REST = re.compile(rb"\x00+")
_WORD = re.compile(r"[^\s\ufeff]+")
_LINK = re.compile(r"\s+".join(map(re.escape, PUBMED_LINK.split())))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many characters (code points) of a page are in which part.

    `fields` has the counts by section of the page, `others` by the names in `PARTS`, including zeros; they add up to
    `length`.
    """

    length: int
    fields: dict[str, int]
    others: dict[str, int]


def read_coverage(data: str | bytes, *, max_size: int = DEFAULT_MAX_SIZE) -> Coverage:
    """Count the characters of one dumped page by part. Takes and raises what `parse` does."""
    source = page_source(data, max_size)
    text = source.text
    document = parse_source(source)
    page = read_page(source, Problems(source.position))
    sections = list(dict.fromkeys(piece.section for piece in page.pieces))
    painter = _Painter(text)
    painter.pieces(page.pieces, in_cells=page.results is not None)
    fields: list[Span] = []
    for pointer, place in document.spans.items():
        if pointer.startswith(UNPARSED):
            painter.paint(stretches(place)[0], _UNPARSED)
        else:
            fields += stretches(place)
    starts = [piece.span.start for piece in page.pieces]
    for span in fields:
        section = page.pieces[bisect_right(starts, span.start) - 1].section
        painter.paint(span, _FIELDS + sections.index(section))
    painter.repeated(page.pieces, fields)
    painter.rest()
    count = painter.canvas.count
    by_section = {section: count(_FIELDS + index) for index, section in enumerate(sections)}
    others = {name: count(code) for name, code in zip(PARTS, [*range(1, _FIELDS), _UNACCOUNTED], strict=True)}
    return Coverage(len(text), {section: number for section, number in by_section.items() if number}, others)


class _Painter:
    """A byte for each character of a page, painted over until it identifies the character's part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.canvas = bytearray(len(text))

    def paint(self, span: Span, code: int) -> None:
        self.canvas[span.start : span.end] = bytes([code]) * (span.end - span.start)

    def pieces(self, pieces: Sequence[Piece], in_cells: bool) -> None:
        """Paint what is not a value: headings, labels, the site's own text.

        A label's value is painted over it later.
        """
        for piece in pieces:
            if piece.terminal.endswith("_HEADING"):
                self.paint(piece.span, _HEADINGS)
            elif piece.terminal == "SENTENCE":
                self.paint(piece.span, _SITE)
            elif piece.terminal == "LABEL":
                self._label(piece, in_cells)
        # The site's own lines are not among the pieces, so they are between two of them.
        for gap in _gaps(pieces, len(self.text)):
            for piece in paragraphs(read_lines(self.text, *gap), ""):
                if is_site_text(piece.cut(self.text)):
                    self.paint(piece.span, _SITE)

    def _label(self, piece: Piece, in_cells: bool) -> None:
        """Paint a label; also its line's value if that is null, a key of the document, or a cell of results.

        A cell's number is printed with its noun, `2 serious events`.
        """
        start, end = piece.span
        value = piece.value if piece.value and start <= piece.value.start < end else None
        if value and not (
            in_cells or piece.field in _KEYS or says_nothing(piece.cut(self.text)[value.start - start :])
        ):
            end = value.start
        self.paint(Span(start, end), _LABELS)
        if link := _LINK.search(self.text, *piece.span):
            self.paint(Span(*link.span()), _SITE)

    def repeated(self, pieces: Sequence[Piece], fields: Iterable[Span]) -> None:
        """Paint the paragraphs that repeat a field but were not its source."""
        said = {fold(self.text[start:end]) for start, end in set(fields)}
        left = []
        for piece in pieces:
            if self.canvas.count(0, *piece.span) == piece.span.end - piece.span.start:
                left.append(piece)
            else:
                # A field may have several paragraphs, which are repeated separately.
                said.add(fold(piece.cut(self.text)))
        for piece in left:
            if fold(piece.cut(self.text)) in said:
                self.paint(piece.span, _REPEATED)

    def rest(self) -> None:
        """Paint the rest: white space, and text with neither letters nor digits."""
        for match in _REST.finditer(self.canvas):
            span = Span(*match.span())
            said = self.text[span.start : span.end]
            says_something = any(map(str.isalnum, said))
            is_null = says_something and says_nothing(said.strip("| \r\n\t"))
            if is_null or read_code("intervention_type", said.strip(";: \n")):
                # In a list of names, `Drug: Aspirin; Device: Pump`, as after a label; or `N/A` below one.
                self.paint(span, _LABELS)
                continue
            self.paint(span, _BLANK)
            for word in _WORD.finditer(self.text, *span):
                self.paint(Span(*word.span()), _UNACCOUNTED if says_something else _SEPARATORS)


def _gaps(pieces: Sequence[Piece], length: int) -> Iterator[Span]:
    """The parts of a page that are in no piece, including the white space between pieces."""
    edges = [0, *(offset for piece in pieces for offset in piece.span), length]
    return (Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)


def per_mille(counts: Sequence[int]) -> list[int]:
    """Counts as thousandths of their sum, rounded so that they add up to 1000 exactly; all 0 when the sum is 0.

    Each is rounded down; then those that lost most get one more (the largest remainder method).
    """
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    shares = [count * 1000 // whole for count in counts]
    most_lost = sorted(range(len(counts)), key=lambda index: counts[index] * 1000 % whole, reverse=True)
    for index in most_lost[: 1000 - sum(shares)]:
        shares[index] += 1
    return shares
