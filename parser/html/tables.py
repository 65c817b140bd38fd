"""Tables of data as lines: `| Recruitment Status | COMPLETED |`, in the form of Markdown's pipe tables.

A layout table, with headings, lists or paragraphs in its cells, is not a table of data: its cells are consecutive
blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bs4 import Tag

from parser.html.elements import HEADINGS, LISTS, names

_LAYOUT = HEADINGS | LISTS | names("table dl section article blockquote form pre")
_CELLS = ("td", "th")
_PARTS = ("tr", "thead", "tbody", "tfoot", "colgroup")
_INSIDE = frozenset((*_PARTS, *_CELLS, "caption", "colgroup", "col", "template"))
_PARENTS = {"tr": ("table", *_PARTS[1:]), "td": ("tr",), "th": ("tr",), "caption": ("table",)}

# The most columns or rows that a cell may span; with the standard's 1,000 and 65,534 a few characters could become a
# text of any length.
_PADDING_PER_CELL = 4
_LEAST_HEADS = 2


class TableCell(NamedTuple):
    """A cell's lines, and how many columns and rows it spans."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1


def read_rows(table: Tag, text_of: Callable[[Tag], str], hides: Callable[[Tag], bool]) -> tuple[str, list[str]] | None:
    """The caption of a table of data and its rows, as lines; None for a layout table.

    `text_of` returns the text of a cell, `hides` whether an element is not shown.
    """
    if not _is_data(table):
        return None
    rows = [row for row in table.find_all("tr") if not hides(row)]
    cells = [[_cell(tag, text_of) for tag in _cells_of(row) if not hides(tag)] for row in rows]
    head = [bool(row) and _is_head(tag) for tag, row in zip(rows, cells, strict=True)]
    is_wide = max(map(len, cells), default=0) > 2 or any(head)
    if not is_wide and any(len(cell.lines) > 1 for row in cells for cell in row):
        return None
    captions = [text_of(caption) for caption in table.find_all("caption") if not hides(caption)]
    lines: list[str] = []
    for place, row in enumerate(_padded(cells)):
        if any(row):
            lines.append(_line(row))
            if head[place] and not any(head[place + 1 :]) and len(lines) == sum(map(any, cells[: place + 1])):
                lines.append("|" + "---|" * len(row))
    return "\n\n".join(filter(None, captions)), lines


def read_head(row: Tag, text_of: Callable[[Tag], str], hides: Callable[[Tag], bool]) -> tuple[Tag, list[str]] | None:
    """The row below a row of heads in a layout table, and the lines of both; None for other rows.

    As consecutive blocks, two heads and two values would be a head without a value and one with two.
    """
    heads = _cells_of(row)
    if len(heads) < _LEAST_HEADS or any(cell.name != "th" for cell in heads):
        return None
    below = row.find_next("tr")
    if below is None or below.find_parent("table") is not row.find_parent("table") or hides(below):
        return None
    values = _cells_of(below)
    if len(values) != len(heads) or any(cell.name != "td" or cell.find(list(_LAYOUT)) for cell in [*values]):
        return None
    rows = [[_cell(cell, text_of) for cell in cells] for cells in (heads, values)]
    if any(len(cell.lines) > 1 for cells in rows for cell in cells):
        return None
    first, second = ([cell.lines for cell in cells] for cells in rows)
    return below, [_line(first), "|" + "---|" * len(heads), _line(second)]


def _is_data(table: Tag) -> bool:
    """Whether a table has several columns and only lines in its cells, and nothing outside of them."""
    if table.attrs.get("role") in ("presentation", "none"):
        return False
    columns = paragraphs = 0
    # The walk ends at the first table inside of this one, so that tables in tables are not walked again and again.
    for tag in table.descendants:
        if not isinstance(tag, Tag):
            continue
        if tag.name in _PARENTS and (tag.parent is None or tag.parent.name not in _PARENTS[tag.name]):
            return False
        if tag.name in _CELLS:
            paragraphs = 0
        paragraphs += tag.name == "p"
        if tag.name in _LAYOUT or paragraphs > 1:
            return False
        if tag.name in _PARTS and _has_own_text(tag):
            return False
        if tag.name == "tr":
            columns = max(columns, len(_cells_of(tag)))
    return columns > 1 and not _has_own_text(table)


def _has_own_text(tag: Tag) -> bool:
    """Whether a part of a table directly contains something other than rows, cells or a caption."""
    return any(child.name not in _INSIDE if isinstance(child, Tag) else str(child).strip() for child in tag.children)


def _cells_of(row: Tag) -> list[Tag]:
    return [child for child in row.children if isinstance(child, Tag) and child.name in _CELLS]


def _is_head(row: Tag) -> bool:
    return (row.parent is not None and row.parent.name == "thead") or all(cell.name == "th" for cell in _cells_of(row))


def _cell(tag: Tag, text_of: Callable[[Tag], str]) -> TableCell:
    text = text_of(tag).replace("|", "\\|")
    return TableCell(tuple(filter(None, text.split("\n"))), _span(tag, "colspan"), _span(tag, "rowspan"))


def _span(tag: Tag, name: str) -> int:
    value = str(tag.attrs.get(name, "1"))
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 4 else 1


def _padded(rows: Sequence[Sequence[TableCell]]) -> Iterator[list[tuple[str, ...]]]:
    """The rows, with empty cells for spanned positions, so that columns are aligned."""
    budget = _PADDING_PER_CELL * sum(map(len, rows))
    widest = max(map(len, rows), default=0)
    spanned: dict[int, int] = {}
    for row in rows:
        padded: list[tuple[str, ...]] = []
        below: dict[int, int] = {}
        for cell in [*row, None]:
            while spanned.get(len(padded), 0) and budget > 0:
                budget -= 1
                below[len(padded)] = spanned[len(padded)] - 1
                padded.append(())
            if cell:
                columns = min(cell.columns, widest, budget + 1)
                budget -= columns - 1
                below.update((len(padded) + column, cell.rows - 1) for column in range(columns) if cell.rows > 1)
                padded += [cell.lines, *[()] * (columns - 1)]
        spanned = below
        yield padded


def _line(row: Sequence[tuple[str, ...]]) -> str:
    """A row. Each line of a cell is on its own line, as in the output of text extractors."""
    return "|" + "".join("\n{}\n|".format("\n".join(cell)) if len(cell) > 1 else f" {' '.join(cell)} |" for cell in row)
