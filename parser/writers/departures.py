"""Where a page departs from the layout: what has to be changed in the page that `parser.writers.page` writes.

The two texts are held against each other by the pieces that each has once: first by lines, with what stands between
lines apart, so that one more blank line is one character; then, where lines differ, by words; last by the characters
at both ends of what differs. Whatever the texts are, that takes time in proportion to them, but for a sort.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from parser.document import Departure, SourceSection
from parser.source import Source

LINE_ENDS = ("\r\n", "\r")
"""The line ends a page may have instead of the usual `\\n`."""

_LINE = re.compile(r"\S[^\r\n]*")
_WORD = re.compile(r"\s+|\S+")

# Between two pieces that stand once in each text there may be others that stand once there. So often they are sought.
_ROUNDS = 8

# As JSON an edit takes about as many characters, so that between two edits in a line less is not worth keeping.
_LEAST_KEPT = 32


class _Stretch(NamedTuple):
    """A stretch of one text and what stands in its place in another."""

    start: int
    end: int
    new_start: int
    new_end: int

    def moved(self, by: int, new_by: int) -> _Stretch:
        return _Stretch(self.start + by, self.end + by, self.new_start + new_by, self.new_end + new_by)


def line_end_of(text: str) -> str | None:
    """The line end that most lines of a page have; None for the usual `\\n`."""
    if "\r" not in text:
        return None
    both = text.count("\r\n")
    ends = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    commonest = max(ends, key=lambda end: ends[end])
    return None if commonest == "\n" else commonest


def find_departures(written: str, text: str) -> tuple[Departure, ...]:
    """The edits that make a page of what was written, in order and apart; none where both are the same."""
    if written == text:
        return ()
    return tuple(
        Departure(edit.start, edit.end, text[edit.new_start : edit.new_end])
        for lines in _differing(written, text, _cut_lines)
        for edit in _edits(written, text, lines)
    )


def apply_departures(written: str, section: SourceSection) -> str:
    """What was written with the departures of its document: the page that the document was read from.

    Departures fit the document they were found for. When it has been changed since, they do not lead to the page whose
    hash it has, and what was written is given without them.
    """
    text = _edited(written, section.departures) if section.departures else None
    return text if text is not None and Source(text).sha256 == section.sha256 else written


def _edited(written: str, departures: Iterable[Departure]) -> str | None:
    """The text after some edits; None if they are not in order, apart, and in the text."""
    parts: list[str] = []
    kept = 0
    for departure in departures:
        if not kept <= departure.start <= departure.end <= len(written):
            return None
        parts += [written[kept : departure.start], departure.text]
        kept = departure.end
    return "".join([*parts, written[kept:]])


def _edits(old: str, new: str, lines: _Stretch) -> list[_Stretch]:
    """The edits within lines that differ, as small as they are worth."""
    here, there = old[lines.start : lines.end], new[lines.new_start : lines.new_end]
    if not here.strip() or not there.strip():
        return [_trimmed(old, new, lines)]
    edits: list[_Stretch] = []
    for words in _differing(here, there, _WORD.findall):
        edit = _trimmed(here, there, words)
        if edits and edit.start - edits[-1].end < _LEAST_KEPT:
            edit = _Stretch(edits[-1].start, edit.end, edits[-1].new_start, edit.new_end)
            edits.pop()
        edits.append(edit)
    return [edit.moved(lines.start, lines.new_start) for edit in edits]


def _cut_lines(text: str) -> list[str]:
    """The lines without the white space at their ends, and between them what parts them."""
    pieces: list[str] = []
    end = 0
    for match in _LINE.finditer(text):
        line = match.group().rstrip()
        pieces += [text[end : match.start()], line]
        end = match.start() + len(line)
    return [*pieces, text[end:]]


def _differing(old: str, new: str, cut: Callable[[str], list[str]]) -> Iterator[_Stretch]:
    """The stretches in which two texts differ, made of whole pieces."""
    pieces, new_pieces = cut(old), cut(new)
    starts, new_starts = ([0, *accumulate(map(len, cut_up))] for cut_up in (pieces, new_pieces))
    for found in _differing_pieces(pieces, new_pieces, _ROUNDS):
        yield _Stretch(starts[found.start], starts[found.end], new_starts[found.new_start], new_starts[found.new_end])


def _differing_pieces(old: Sequence[str], new: Sequence[str], rounds: int) -> Iterator[_Stretch]:
    """Which pieces differ, by their numbers."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    # Without the ends that are the same, two sequences that are not longer than one have nothing in common.
    common = _common(old, new) if rounds and len(old) + len(new) > 2 else []
    if not common:
        yield _Stretch(head, head + len(old), head, head + len(new))
        return
    start = new_start = 0
    for at, new_at in [*common, (len(old), len(new))]:
        here, there = old[start:at], new[new_start:new_at]
        if here != there:
            for found in _differing_pieces(here, there, rounds - 1):
                yield found.moved(head + start, head + new_start)
        start, new_start = at + 1, new_at + 1


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The most pieces that two sequences have once each and in the same order, by their numbers in both.

    That is the longest rising run of the numbers in the second, taken in the order of the first. For each length,
    `ends` has the pair that ends a run so long at the `lowest` number; `before` has what each pair follows.
    """
    here, there = _once(old), _once(new)
    pairs = [(at, there[piece]) for piece, at in here.items() if piece in there]
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, new_at) in enumerate(pairs):
        length = bisect_left(lowest, new_at)
        if length == len(ends):
            lowest.append(new_at)
            ends.append(index)
        else:
            lowest[length], ends[length] = new_at, index
        before.append(ends[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _once(pieces: Sequence[str]) -> dict[str, int]:
    """The pieces that a sequence has once, in its order, and their numbers. White space is none: it says nothing."""
    found: dict[str, int] = {}
    again: set[str] = set()
    for at, piece in enumerate(pieces):
        if found.setdefault(piece, at) != at:
            again.add(piece)
    return {piece: at for piece, at in found.items() if piece not in again and piece and not piece.isspace()}


def _trimmed(old: str, new: str, stretch: _Stretch) -> _Stretch:
    """A stretch without the characters that both texts have at its ends."""
    here, there = old[stretch.start : stretch.end], new[stretch.new_start : stretch.new_end]
    shorter = min(len(here), len(there))
    head = _most(shorter, lambda size: here.startswith(there[:size]))
    tail = _most(shorter - head, lambda size: here.endswith(there[len(there) - size :]))
    return _Stretch(stretch.start + head, stretch.end - tail, stretch.new_start + head, stretch.new_end - tail)


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to a limit for which something holds that holds for all lower ones; by halving."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
