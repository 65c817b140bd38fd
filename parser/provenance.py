"""Where each leaf of a document was read: JSON Pointers (RFC 6901) to places in the page.

    /protocolSection/identificationModule/nctId                         the leaf's own place
    /normalizedSection/eligibilityModule/criteria/3/text                the criterion's own text
    /normalizedSection/eligibilityModule/criteria/3/marker              the marker before it
    /normalizedSection/eligibilityModule/criteria/3/quantities/0/low    the quantity

A `Value` knows its place. A criterion, a category heading and a quantity have theirs as `start` and `end`, which is the
place of all their leaves but two: a criterion's marker stands before its text, and the words for what a quantity
measures stand beside it. What was derived (`stdAges`, the ids of criteria) has no place, and of `sourceSection` only
the texts in `unparsed` are from the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from parser.codec import Field, Items, Leaf, Object, Shape, Spans, fields_of
from parser.document import Document
from parser.source import Span

UNPARSED = "/sourceSection/unparsed"
"""The pointer to the texts that belong to no field."""

Placed = Iterator[tuple[str, Span]]
"""Pointers, each with the place of its leaf."""

# What an object with a place says of that place, and the number that it was given: neither is on the page.
_NOT_READ = frozenset({"id", "start", "end"})

# How far from a quantity the words for what it measures are looked for. They are never read from so far away, and a
# line of a megabyte must not be searched anew for each of its numbers.
_NEAR = 300


def read_spans(document: Document, text: str) -> Spans:
    """The place of each leaf of a document that was read from `text`, by its pointer, in the document's order.

    Places count code points of `text`. Each pointer leads to a leaf of what `encode` makes of the document.
    """
    reader = _Reader(text)
    record = (
        place
        for field in fields_of(Document)
        if field.key != "sourceSection"
        for place in reader.field(document, field, "", None)
    )
    unparsed = document.source_section.unparsed if document.source_section else ()
    left = ((f"{UNPARSED}/{index}/text", Span(one.start, one.end)) for index, one in enumerate(unparsed))
    return (*record, *left)


class _Reader:
    """Walks through a document as the codec does. `around` is always the place of what an object is a part of."""

    def __init__(self, text: str) -> None:
        self._text = text

    def field(self, obj: object, field: Field, pointer: str, around: Span | None) -> Placed:
        """The places in a field of an object that `pointer` leads to."""
        value = getattr(obj, field.name)
        if value is not None:
            yield from self._places(field.shape, value, f"{pointer}/{field.key}", around)

    def _places(self, shape: Shape, value: Any, pointer: str, around: Span | None) -> Placed:
        match shape:
            case Leaf():
                if value.value is not None and value.span is not None:
                    yield pointer, value.span
            case Items(item):
                # A value that was not understood is left out of the list that is written, and does not count.
                written = (one for one in value if not (isinstance(item, Leaf) and one.value is None))
                for index, one in enumerate(written):
                    yield from self._places(item, one, f"{pointer}/{index}", around)
            case Object():
                yield from self._object(value, pointer, around)
            case _:
                if around:
                    yield pointer, around

    def _object(self, obj: Any, pointer: str, around: Span | None) -> Placed:
        cls = obj.__class__
        own = Span(obj.start, obj.end) if _has_place(cls) else None
        for field in fields_of(cls):
            if own is None:
                yield from self.field(obj, field, pointer, around)
            elif field.name in ("marker", "subject"):
                place = self._outside(field.name, getattr(obj, field.name), own, around)
                if place:
                    yield f"{pointer}/{field.key}", place
            elif field.name not in _NOT_READ:
                yield from self.field(obj, field, pointer, own)

    def _outside(self, name: str, words: str | None, own: Span, around: Span | None) -> Span | None:
        """The place of words that are not in the own text of what they belong to."""
        if not words:
            return None
        if name == "marker":
            return self._before(words, own.start)
        # Words that are printed with escapes are not found as they are; they are in the item in any case.
        return self._beside(words, own, around) or around

    def _before(self, marker: str, start: int) -> Span | None:
        """Where the marker is of an item that begins at `start`."""
        while start and self._text[start - 1].isspace():
            start -= 1
        return Span(start - len(marker), start) if self._text.endswith(marker, 0, start) else None

    def _beside(self, subject: str, quantity: Span, around: Span | None) -> Span | None:
        """Where the words for what a quantity measures are: in it, or on its line, before it rather than after it."""
        text, (start, end) = self._text, quantity
        first, last = around or _line(text, quantity)
        for at in (
            text.find(subject, start, end),
            text.rfind(subject, max(first, start - _NEAR), start),
            text.find(subject, end, min(last, end + _NEAR)),
        ):
            if at >= 0:
                return Span(at, at + len(subject))
        return None


def _line(text: str, span: Span) -> Span:
    """The line around a place, as far as it is near."""
    first, last = max(0, span.start - _NEAR), span.end + _NEAR
    before = (text.rfind(line_end, first, span.start) + 1 for line_end in "\n\r")
    after = (text.find(line_end, span.end, last) for line_end in "\n\r")
    return Span(max(first, *before), min((at for at in after if at >= 0), default=last))


@cache
def _has_place(cls: type) -> bool:
    """Whether the objects of a class say themselves where their text is."""
    return {"text", "start", "end"} <= {field.name for field in fields_of(cls)}
