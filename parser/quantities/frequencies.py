"""How often: times per period.

twice a day     2, /d          every 3 weeks     1, /(3.wk)          q12h     1, /(12.h)
"""

from __future__ import annotations

import re

from msgspec import Struct

from parser.quantities.amounts import value_of
from parser.quantities.tokens import QuantityToken
from parser.quantities.unit_table import periods

# Abbreviations: how many times in which period.
_LATIN = {"bid": (2, "day"), "tid": (3, "day"), "qid": (4, "day"), "qd": (1, "day"), "qhs": (1, "day")}
_CAPITALS = {
    "od": (1, "day"),
    "bd": (2, "day"),
    "tds": (3, "day"),
    "qds": (4, "day"),
    "biw": (2, "week"),
    "tiw": (3, "week"),
}
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month"}
_INTERVAL = re.compile(r"q? ?(\d*)[ -]?([a-z]+)\.?\Z")
_ARTICLE = re.compile(r"[ -]*(?:(?:an?|per|each|every|in|/|one|any|single) ?)*", re.I)


class Period(Struct, frozen=True, gc=False):
    """How many times in a period; `unit` is the period as written, `ucum` None if it is not a fixed one."""

    times: int
    unit: str
    ucum: str | None


def period_of(text: str, token: QuantityToken) -> Period:
    """`a week`, `daily`, `/day`, `TDS`."""
    printed = text[token.start : token.end]
    if capitals := _CAPITALS.get(printed.replace(".", "").lower()):
        return Period(capitals[0], printed, _every(1, capitals[1]))
    unit = _ARTICLE.sub("", printed, count=1)
    return Period(1, unit, _every(1, unit.lower()))


def abbreviated(text: str, token: QuantityToken) -> Period:
    """`b.i.d.`, `q3w`, `QOD`."""
    printed = text[token.start : token.end]
    letters = re.sub(r"[. ]", "", printed.lower())
    if letters == "qod":
        return Period(1, printed, _every(2, "day"))
    if latin := _LATIN.get(letters):
        return Period(latin[0], printed, _every(1, latin[1]))
    match = _INTERVAL.match(printed.lower())
    assert match, "grammars/quantity.lark has no other abbreviation"
    return Period(1, printed, _every(int(match[1] or 1), _LETTERS[match[2][0]]))


def repeated(text: str, tokens: list[QuantityToken]) -> Period:
    """`every 3 weeks`, `every other day`, `each morning and evening`; an interval that varies has no code."""
    unit = text[tokens[1].start : tokens[-1].end]
    last = tokens[-1]
    if last.terminal == "PERIOD_NOUN":
        words = text[last.start : last.end].lower().split()
        other = any(token.terminal == "OTHER" for token in tokens)
        return Period(2 if "and" in words else 1, unit, _every(2 if other else 1, words[0]))
    amounts = [token.number for token in tokens if token.number]
    if len(amounts) != 1 or not last.unit or last.unit.dimension != "time" or not last.unit.ucum:
        return Period(1, unit, None)
    value = value_of(amounts[0]).value
    return Period(1, unit, _interval(int(value), last.unit.ucum) if value == int(value) and value > 0 else None)


def _every(count: int, word: str) -> str | None:
    code = periods().get(word)
    return _interval(count, code) if code else None


def _interval(count: int, code: str) -> str:
    return f"/{code}" if count == 1 else f"/({count}.{code})"
