"""Marks: the lines of a page that are headings and labels, and which of them are a menu's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from parser.forms.pages.fields import GROUP, LIST, PROSE
from parser.forms.pages.furniture import is_site_line
from parser.forms.pages.vocabulary import Word
from parser.lines import Line
from parser.source import Span

UNKNOWN = Word("unknown", PROSE, "unknown")
"""An unknown heading above a site's sentence."""

FURNITURE = Word("furniture", GROUP, "front")
"""A line of the site's own, such as a menu's entry: it ends the open field."""


class Mark(NamedTuple):
    """A line that is a heading or a label.

    `bound` is the field it means in the list that it is in, else "". `value` is what shares its line, and `kind`
    the word for a date's or number's kind that the label has.
    """

    at: int
    word: Word
    label: Span
    value: Span | None = None
    kind: Span | None = None
    bound: str = ""


# From this many consecutive headings without content on, they are a menu, if the page repeats them.
_MENU = 3
# So many short lines with bullets, of which so many are a site's, are a menu.
_BULLETED_MENU, _LEAST_OF_THE_SITE = 4, 2
_LONGEST_ENTRY = 60


def without_menus(marks: list[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The marks, with those of menus as furniture.

    A menu is headings in a row, each of which is on the page elsewhere too, or lines with bullets, some a site's own.
    """
    bulleted = _in_bulleted_menus(lines)
    marks = [mark._replace(word=FURNITURE, bound="") if mark.at in bulleted else mark for mark in marks]
    runs: list[list[int]] = []
    for number, mark in enumerate(marks):
        empty = mark.value is None and mark.word.form in (PROSE, LIST, GROUP) and not mark.bound
        # A menu's entries have no colon.
        empty = empty and not lines[mark.at].text.endswith(":")
        if empty and number and runs and runs[-1][-1] == number - 1 and marks[number - 1].at == mark.at - 1:
            runs[-1].append(number)
        elif empty:
            runs.append([number])
    in_menus = {number for run in runs if len(run) >= _MENU for number in run}
    elsewhere = {_says(mark) for number, mark in enumerate(marks) if number not in in_menus}
    found = [
        mark._replace(word=FURNITURE) if number in in_menus and _says(mark) in elsewhere else mark
        for number, mark in enumerate(marks)
    ]
    # The text before the record's first heading or label is the head of the page, which contains the title.
    return list(dropwhile(lambda mark: mark.word is FURNITURE, found))


def _in_bulleted_menus(lines: Sequence[Line]) -> set[int]:
    found: set[int] = set()
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _may_be_entry(lines[at].text):
            continue
        run = range(start, at)
        if len(run) >= _BULLETED_MENU and sum(is_site_line(lines[one].text) for one in run) >= _LEAST_OF_THE_SITE:
            found.update(run)
        start = at + 1
    return found


def _may_be_entry(text: str) -> bool:
    return text[:2] in ("* ", "• ") and len(text) <= _LONGEST_ENTRY and ":" not in text


def _says(mark: Mark) -> tuple[str, str]:
    return mark.word.field, mark.word.section


def without_leading_groups(marks: list[Mark]) -> list[Mark]:
    """The marks of a page, without the headings above its title, such as `Overview`, which hold no labels."""
    first = next((at for at, mark in enumerate(marks) if mark.word.form != GROUP), len(marks))
    heads = [mark.at for mark in marks[: first + 1]]
    gaps = [after - before for before, after in pairwise(heads)]
    return marks[first:] if first < len(marks) and not marks[0].at and any(gap > 1 for gap in gaps) else marks


def opens_list(marks: Sequence[Mark], at: int) -> bool:
    """Whether a label of a list's records begins the list, which has no heading."""
    return not at or marks[at - 1].word.field != marks[at].word.field
