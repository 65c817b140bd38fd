"""The rows of a results table: lines, or the cells of a table, that are checked to be one value for each group.

A row whose values do not fit its groups is never shifted to fit: it is left unparsed, and `row-mismatch` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from parser.forms.pages.results.cells import is_count, is_dash, is_note, is_value, unit_of
from parser.forms.pages.results_model import Cell, Row
from parser.lines import Line

LABEL, CELL, MAYBE, GAP = "label", "cell", "maybe", "gap"


Pair = tuple[str, str]


class Token(NamedTuple):
    """Lines of a table with one role: a line of a label, a cell, what may be either, or a blank line."""

    kind: str
    lines: tuple[Line, ...] = ()


class Printed(NamedTuple):
    """A row as printed: the lines of its label, and for each cell its lines; a cell without lines is empty."""

    label: tuple[Line, ...]
    cells: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> list[Line]:
        return [*self.label, *(line for cell in self.cells for line in cell)]


def tokens(lines: Sequence[Line], blanks: Sequence[int], flow: bool) -> list[Token]:
    """The roles of a table's lines. `blanks` says how many blank lines are before each, and after the last one.

    In a `flow` cells are counts of participants. Elsewhere a cell is a value with a note below it; a table without
    any note has values that may also be labels (`18 Years`).
    """
    noted = any(is_note(line.text) for line in lines)
    found: list[Token] = []
    index = 0
    while index < len(lines):
        found += [Token(GAP)] * blanks[index] if index else []
        line = lines[index]
        below = lines[index + 1] if index + 1 < len(lines) and not blanks[index + 1] else None
        has_note = not flow and below is not None and is_note(below.text)
        if is_dash(line.text) or (has_note and is_value(line.text)):
            pair = (line, below) if has_note and below else (line,)
            found.append(Token(CELL, pair))
            index += len(pair)
            continue
        if flow:
            kind = CELL if is_count(line.text) else LABEL
        elif is_note(line.text):
            kind = CELL
        else:
            kind = MAYBE if is_value(line.text) and not (noted and has_note) else LABEL
        found.append(Token(kind, (line,)))
        index += 1
    return found + [Token(GAP)] * blanks[len(lines)]


def runs(found: Iterable[Token]) -> list[tuple[list[Token], list[Token]]]:
    """Tokens as rows: labels, and what follows them up to the next label."""
    rows: list[tuple[list[Token], list[Token]]] = []
    for token in found:
        if not rows or (token.kind == LABEL and rows[-1][1]):
            rows.append(([], []))
        rows[-1][0 if token.kind == LABEL else 1].append(token)
    return rows


def widths(rows: Iterable[tuple[list[Token], list[Token]]], labels: int) -> list[int]:
    """How many values the rows have whose labels have at least so many lines: each number once, the largest first."""
    found: set[int] = set()
    for words, tail in rows:
        cells = sum(token.kind == CELL for token in tail) or sum(token.kind == MAYBE for token in tail)
        if cells and len(words) >= labels:
            found.add(cells)
    return sorted(found, reverse=True)


def split_rows(
    rows: Sequence[tuple[list[Token], list[Token]]], width: int, most: int, openers: Collection[str], flow: bool
) -> list[tuple[Printed, bool]]:
    """Rows as printed, each with whether it has `width` cells.

    `most` is how many lines a label may have; `openers` are the texts that begin one, so that a row which has lost
    all of its cells is not taken for a part of the next one's label.
    """
    found: list[tuple[Printed, bool]] = []
    pairs = Counter(pair for labels, _ in rows for pair in pairwise(token.lines[0].text for token in labels))
    for labels, tail in rows:
        words = [token.lines[0] for token in labels]
        words, cells = _fit(words, tail, width, flow)
        start = max(0, len(words) - most) if flow else _last_opening(words, most, openers, pairs)
        if start:
            found.append((Printed(tuple(words[:start]), ()), False))
        label = tuple(words[start:])
        row = Printed(label, tuple(token.lines for token in cells))
        found.append((row, len(cells) == width and is_label(label, most, openers, flow)))
    return found


def is_label(label: Sequence[Line], most: int, openers: Collection[str], flow: bool) -> bool:
    """Whether lines are the label of a row: in a flow, a period that is known and what happened in it."""
    if flow:
        return len(label) == most and (not openers or label[0].text in openers)
    return 0 < len(label) <= most


def _fit(words: list[Line], tail: list[Token], width: int, flow: bool) -> tuple[list[Line], list[Token]]:
    """The label and the cells of a row, where lines that may be values turn out to be the end of its label."""
    printed = [token for token in tail if token.kind != GAP]
    cells = [token for token in printed if token.kind == CELL]
    extra = len(printed) - width
    if flow and len(words) == 1 and extra == 1:
        # A milestone whose name is a number.
        return [*words, printed[0].lines[0]], printed[1:]
    if not flow and cells:
        # A table whose values have notes below them has no value without one.
        named = list(takewhile(lambda token: token.kind == MAYBE, tail))
        words, tail = [*words, *(token.lines[0] for token in named)], tail[len(named) :]
        printed = printed[len(named) :]
        return words, printed if len(printed) == width else tail
    if not flow and 0 < extra <= 2:
        units = {unit_of(token.lines[0].text) for token in printed[-width:]}
        if len(units) == 1 and not units & {unit_of(token.lines[0].text) for token in printed[:-width]}:
            return [*words, *(token.lines[0] for token in printed[:-width])], printed[-width:]
    return words, printed if not extra else tail


def _last_opening(words: Sequence[Line], most: int, openers: Collection[str], pairs: Mapping[Pair, int]) -> int:
    """Where the label begins that the last of these lines belongs to: what is before it has lost its cells.

    Two lines that follow each other in several rows are of one label, whatever the second one says.
    """
    for index in range(len(words) - 1, max(0, len(words) - 1 - most), -1):
        text = words[index].text
        if text in openers and pairs[words[index - 1].text, text] < 2:
            return index
    return max(0, len(words) - most)


def checked(printed: Printed, flow: bool) -> Row | None:
    """A row whose cells are what cells of its table are; None if one is not, or if their units differ."""
    cells = []
    for lines in printed.cells:
        cell = _flow_cell(lines) if flow else _measured_cell(lines)
        if cell is None:
            return None
        cells.append(cell)
    said = (lines[0].text for lines, cell in zip(printed.cells, cells, strict=True) if cell.value)
    # A value that is not available may have no unit.
    if not flow and len({unit_of(text) for text in said if not text.startswith("NA")}) > 1:
        return None
    return Row(tuple(line.span for line in printed.label), tuple(None if cell == _EMPTY else cell for cell in cells))


_EMPTY = Cell(None)


def _flow_cell(lines: tuple[Line, ...]) -> Cell | None:
    """A count, or an empty cell; None for anything else."""
    if not lines or (len(lines) == 1 and is_dash(lines[0].text)):
        return _EMPTY
    return Cell(lines[0].span) if len(lines) == 1 and is_count(lines[0].text) else None


def _measured_cell(lines: tuple[Line, ...]) -> Cell | None:
    """A value and the note below it, or an empty cell, with or without a note; None for anything else."""
    said = [line for line in lines if not is_dash(line.text)]
    note = said[-1].span if said and is_note(said[-1].text) else None
    values = said[:-1] if note else said
    if not values:
        return Cell(None, note)
    return Cell(values[0].span, note) if len(values) == 1 and is_value(values[0].text) else None
