"""The table of units, parser/quantities/units.tsv: what its rows mean, and the longest written form at a place.

    code \t dimension \t size \t counted \t marks \t where \t plausible \t prefixes \t symbols \t words

The columns are described at the head of the table. Terminals, conversion, plausibility and ages follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_PREFIXES = {
    "T": ("tera", 12),
    "G": ("giga", 9),
    "M": ("mega", 6),
    "k": ("kilo", 3),
    "h": ("hecto", 2),
    "d": ("deci", -1),
    "c": ("centi", -2),
    "m": ("milli", -3),
    "u": ("micro", -6),
    "n": ("nano", -9),
    "p": ("pico", -12),
    "f": ("femto", -15),
}
_PREFIX_SYMBOLS = {"u": ("µ", "u", "mc")}


class Atom(NamedTuple):
    """What a written form means; `code` is empty if the form itself is the annotation.

    One of it is `size` of `base`; `size` is None if UCUM has no factor, or where the code is made of other codes.
    """

    code: str
    dimension: str
    size: Decimal | None
    base: str
    counted: str
    marks: frozenset[str]
    where: re.Pattern[str] | None
    plausible: str


class WrittenUnit(NamedTuple):
    """A written form; `exact` says that the case of its letters matters."""

    text: str
    exact: bool
    atom: Atom


class UnitRow(NamedTuple):
    """A row of the table, its cells as they are printed."""

    code: str
    dimension: str
    size: str
    counted: str
    marks: str
    where: str
    plausible: str
    prefixes: str
    symbols: str
    words: str


@cache
def rows() -> tuple[UnitRow, ...]:
    """The rows of the table, in its order."""
    text = files(__package__).joinpath("units.tsv").read_text("utf-8")
    return tuple(UnitRow(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def forms() -> tuple[WrittenUnit, ...]:
    """All written forms. They are made on first use, which costs some milliseconds."""
    return tuple(form for row in rows() for form in _forms(row))


def _forms(row: UnitRow) -> Iterator[WrittenUnit]:
    size, _, base = row.size.partition(" ")
    atom = Atom(
        "" if row.code == "{}" else row.code,
        row.dimension,
        None if size in ("parts", "none") else Decimal(size),
        base,
        row.counted,
        frozenset(row.marks.split()),
        re.compile(row.where) if row.where else None,
        row.plausible,
    )
    if "prefixed" not in atom.marks:
        yield from _spelled(row, atom, ("",), "")
    for prefix in row.prefixes.split():
        word, power = _PREFIXES[prefix]
        scaled = atom._replace(code=prefix + atom.code, size=atom.size.scaleb(power) if atom.size else None)
        yield from _spelled(row, scaled, _PREFIX_SYMBOLS.get(prefix, (prefix,)), word)


def _spelled(row: UnitRow, atom: Atom, symbols: tuple[str, ...], word: str) -> Iterator[WrittenUnit]:
    for cell, begins in ((row.symbols, symbols), (row.words, (word,))):
        for written in filter(None, cell.split(", ")):
            exact = written[0] == "="
            head, star, tail = written[exact:].partition("*")
            for form in [head + tail, head + "s" + tail] if star else [head]:
                yield from (WrittenUnit(begin + form, exact, atom) for begin in begins)


@cache
def _by_text() -> dict[str, list[WrittenUnit]]:
    found: dict[str, list[WrittenUnit]] = {}
    for form in forms():
        found.setdefault(form.text.casefold(), []).append(form)
    return found


@cache
def atoms_by_code() -> dict[str, Atom]:
    """An atom of each code that has a size of its own, and of each base unit."""
    sized = [atom for _, _, atom in reversed(forms()) if atom.size is not None and atom.code]
    bases = {atom.base: atom._replace(code=atom.base, size=Decimal(1)) for atom in sized if atom.base}
    return bases | {atom.code: atom for atom in sized}


def look_up(written: str) -> list[Atom]:
    """What a form may mean, the most likely first.

    Letters may be of another case than in the table where this makes no other unit of it: a printed `MG` is a
    milligram, but `mBq` is not a megabecquerel, and between `mU` and `MU` the case of the prefix decides.
    """
    found = _by_text().get(written.casefold(), [])
    exact = [atom for text, _, atom in found if text == written]
    if exact or not found:
        return exact
    loose = [atom for _, exact, atom in found if not exact and (atom.code[:1] != "M" or written[0] == "M")]
    return [atom for atom in loose if atom.code[:1] == "M"] or loose


_Trie = dict[str, Any]


@cache
def _trie() -> _Trie:
    root: _Trie = {}
    for text in _by_text():
        node = root
        for letter in text:
            node = node.setdefault(letter, {})
        node[""] = True
    return root


def ends(text: str, at: int) -> list[int]:
    """Where the forms that begin at an offset end, the longest first; a blank of a form may be two in the text."""
    node, found = _trie(), []
    for place in range(at, len(text)):
        letter = text[place].casefold()
        if letter == " " and text[place - 1] == " ":
            continue
        below = node.get(letter)
        if below is None:
            break
        node = below
        if "" in node:
            found.append(place + 1)
    return found[::-1]


@cache
def periods() -> dict[str, str]:
    """The words for a stretch of time in which something is done so often, in lower case, each with its code."""
    words = [form for form in forms() if form.atom.dimension == "time" and form.atom.code and not form.atom.where]
    return {form.text.casefold(): form.atom.code for form in words}
