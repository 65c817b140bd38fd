"""How often: times per period.

twice a day     2, /d          every 3 weeks     1, /(3.wk)          q12h     1, /(12.h)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parser.values.amount import read_amount
from parser.values.quantity.scan import Piece
from parser.values.units import read_unit

_PERIODS = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "d": "d",
    "dai": "d",
    "night": "d",
    "morning": "d",
    "evening": "d",
    "week": "wk",
    "wk": "wk",
    "w": "wk",
    "fortnight": "(2.wk)",
    "month": "mo",
    "quarter": "(3.mo)",
    "year": "a",
    "annum": "a",
    "annual": "a",
}
_LATIN = {"bid": 2, "tid": 3, "qid": 4, "qd": 1, "qhs": 1}
_CAPITALS = {"OD": (1, "d"), "BD": (2, "d"), "TDS": (3, "d"), "QDS": (4, "d"), "BIW": (2, "wk"), "TIW": (3, "wk")}
_STEM = re.compile(r"([a-z]+?)(?:ly)?\Z")
_INTERVAL = re.compile(r"q? ?(\d*)[ -]?([a-z]+)\.?\Z")
_UNITS = {"h": "h", "d": "d", "w": "wk", "m": "mo"}
_ARTICLE = re.compile(r"[ -]*(?:(?:an?|per|each|every|in|/|one|any|single) ?)*", re.I)


class Period(NamedTuple):
    """How many times in a period; `unit` is the period as written, `ucum` None where it is no fixed one."""

    times: int
    unit: str
    ucum: str | None


def period_of(text: str, piece: Piece) -> Period:
    """`a week`, `daily`, `/day`, `TDS`."""
    printed = text[piece.start : piece.end]
    if capitals := _CAPITALS.get(printed.replace(".", "")):
        return Period(capitals[0], printed, f"/{capitals[1]}")
    unit = printed[_ARTICLE.match(printed).end() :] if _ARTICLE.match(printed) else printed  # type: ignore[union-attr]
    stem = _STEM.match(unit.lower())
    code = _PERIODS.get(stem[1]) if stem else None
    return Period(1, unit, f"/{code}" if code else None)


def abbreviated(text: str, piece: Piece) -> Period:
    """`b.i.d.`, `q3w`, `QOD`."""
    printed = text[piece.start : piece.end]
    letters = re.sub(r"[. ]", "", printed.lower())
    if letters == "qod":
        return Period(1, printed, "/(2.d)")
    if count := _LATIN.get(letters):
        return Period(count, printed, "/d")
    match = _INTERVAL.match(printed.lower())
    assert match, "grammars/quantity.lark has no other abbreviation"
    return Period(1, printed, _interval(match[1] or "1", _UNITS[match[2][0]]))


def _interval(count: str, code: str) -> str:
    return f"/{code}" if count == "1" else f"/({count}.{code})"


def repeated(text: str, pieces: list[Piece]) -> Period:
    """`every 3 weeks`, `every other day`, `each night`; an interval that varies has no code."""
    unit = text[pieces[1].start : pieces[-1].end]
    amounts = [piece for piece in pieces if piece.terminal == "AMOUNT"]
    last = pieces[-1]
    printed = text[last.start : last.end]
    if last.terminal == "PERIOD_NOUN":
        code = _PERIODS[printed.lower()]
        other = any(piece.terminal == "OTHER" for piece in pieces)
        return Period(1, unit, f"/(2.{code})" if other else f"/{code}")
    code_of = read_unit(printed)
    if len(amounts) != 1 or code_of.dimension != "time" or code_of.ucum is None:
        return Period(1, unit, None)
    value = read_amount(text[amounts[0].start : amounts[0].end]).value
    if value != int(value) or value <= 0:
        return Period(1, unit, None)
    return Period(1, unit, _interval(str(int(value)), code_of.ucum))
