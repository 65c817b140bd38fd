"""Quantities of a viewed record, as chips: what is measured, its bounds, the unit and its UCUM code.

neutropenia  < 5 × 10⁸  /L  [repaired]
Age  > 18 to < 70  years  a
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parser.writers.view_html import Markup, tag

# From here on, numbers are shown with a power of ten, if that leaves few digits.
_LARGE = 1_000_000
_MOST_DIGITS = 5
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NARROW_BLANK = "\u202f"


def is_quantity(value: object) -> bool:
    """Whether plain data is a Quantity of normalizedSection."""
    return isinstance(value, Mapping) and "ucum" in value and "lowInclusive" in value


def chip(quantity: Mapping[str, Any], place: str | None) -> Markup:
    """A quantity as a chip, with its place on the left side."""
    unit, ucum = quantity["unit"], quantity["ucum"]
    kind = quantity["kind"] or "quantity"
    relation, anchor = _window(quantity.get("window"))
    parts = [
        tag("span", quantity["subject"], class_="subject") if quantity["subject"] else None,
        relation,
        tag("span", bounds(quantity), class_="bounds"),
        tag("span", unit, class_="unit") if unit and unit != ucum else None,
        tag("code", ucum, class_="ucum", title="UCUM") if ucum and ucum != "1" else None,
        tag("span", "unit not known", class_="flag") if ucum is None else None,
        anchor,
        _repair(quantity.get("repair")),
    ]
    printed = " ".join(quantity["text"].split())
    return tag("span", *_spaced(parts), class_=f"chip {kind}", data_at=place, title=f"{kind}: {printed}")


def _spaced(parts: list[Markup | None]) -> list[str]:
    """The non-empty parts with blanks between them, so that they are words for search and screen readers."""
    shown: list[str] = []
    for part in filter(None, parts):
        shown += [" ", part] if shown else [part]
    return shown


def bounds(quantity: Mapping[str, Any]) -> str:
    """The bounds of a quantity: `6`, `≥ 6`, `2.5 to 5`, `> 18 to < 70`."""
    low, high = quantity["low"], quantity["high"]
    with_low, with_high = quantity["lowInclusive"], quantity["highInclusive"]
    if low is not None and low == high:
        return number(low)
    least = "" if low is None else f"{'≥' if with_low else '>'} {number(low)}"
    most = "" if high is None else f"{'≤' if with_high else '<'} {number(high)}"
    if least and most:
        return f"{number(low)} to {number(high)}" if with_low and with_high else f"{least} to {most}"
    return least or most or "no bounds"


def number(value: int | float) -> str:
    """A number: `30 000`, `5 × 10⁸`; as in the JSON if it has too many digits for that."""
    digits, _, exponent = f"{value:.{_MOST_DIGITS - 1}e}".partition("e")
    if abs(value) >= _LARGE and float(f"{digits}e{exponent}") == value:
        factor = digits.rstrip("0").rstrip(".")
        power = f"10{str(int(exponent)).translate(_SUPERSCRIPT)}"
        return power if factor == "1" else f"{factor} × {power}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", _NARROW_BLANK) if abs(value) >= 10_000 else str(value)
    return repr(value)


def _window(window: Mapping[str, Any] | None) -> tuple[Markup | None, Markup | None]:
    """The words before and after a length of time: `for` 28 days, ≤ 3 months `after the end of treatment`."""
    if not window:
        return None, None
    relation, anchor = window.get("relation"), window.get("anchor")
    shown = tag("span", " ".join(filter(None, (relation, anchor))), class_="window")
    return (None, shown) if anchor else (shown, None)


def _repair(repair: Mapping[str, Any] | None) -> Markup | None:
    """A note that a number was not taken literally, with the literal value."""
    if not repair:
        return None
    others: list[str] = []
    for other in repair.get("alternatives", ()):
        ends = [number(other[end]) for end in ("low", "high") if other.get(end) is not None]
        others.append(" to ".join(dict.fromkeys(ends)))
    left = " or ".join(filter(None, others))
    return tag("span", f"repaired: {repair['reason']}" + (f", not {left}" if left else ""), class_="flag")
