"""From a reading to the model: numbers in full, what was repaired, and the kind of a quantity."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parser.normalized import Alternative, Quantity, Repair, Scale, Window
from parser.source import fold
from parser.values.amount import Amount
from parser.values.quantity.meaning import Reading
from parser.values.quantity.view import View
from parser.values.quantity.window import Place


def build(
    source: str,
    view: View,
    reading: Reading,
    kind: str,
    *,
    unit: str | None,
    ucum: str | None,
    subject: tuple[int, int] | None = None,
    window: Place | None = None,
) -> Quantity:
    """The quantity of a reading; `source` is the whole text, `view` the stretch of it that was read."""
    place = view.span(reading.start, reading.end)
    low = _bound(reading.low)
    return Quantity(
        kind=kind,
        text=source[place.start : place.end],
        start=place.start,
        end=place.end,
        subject=fold(view.text[slice(*subject)]) if subject else None,
        low=low,
        low_inclusive=reading.low_inclusive,
        high=low if reading.high is reading.low else _bound(reading.high),
        high_inclusive=reading.high_inclusive,
        unit=unit,
        ucum=ucum,
        scale=_scale(reading.low) or _scale(reading.high),
        window=_window(view.text, window) if window else None,
        repair=_repair(reading),
    )


def plain_number(value: Decimal) -> int | float:
    """A number as JSON has it: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def doubts(reading: Reading) -> Iterator[str]:
    """What the numbers of a reading may also be, where nothing decides."""
    for amount in (reading.low, None if reading.high == reading.low else reading.high):
        if amount and amount.undecided:
            others = " or ".join(str(plain_number(other)) for other in amount.alternatives)
            yield f"{plain_number(amount.value)} may also be {others}"


def _bound(amount: Amount | None) -> int | float | None:
    return None if amount is None else plain_number(amount.value)


def _scale(amount: Amount | None) -> Scale | None:
    if amount is None or amount.exponent is None or amount.coefficient is None:
        return None
    return Scale(plain_number(amount.coefficient), amount.exponent)


def _window(text: str, place: Place) -> Window:
    return Window(place.relation, fold(text[slice(*place.anchor)]) if place.anchor else None)


def _repair(reading: Reading) -> Repair | None:
    sides = [side for side in (reading.low, reading.high) if side]
    reasons = [side.reason for side in sides if side.reason]
    if not reasons:
        return None
    count = max(len(side.alternatives) for side in sides)
    return Repair(
        reasons[0],
        tuple(Alternative(_other(reading.low, index), _other(reading.high, index)) for index in range(count)),
    )


def _other(side: Amount | None, index: int) -> int | float | None:
    """A side as another reading has it; one that has no other stays as it is."""
    if side is None:
        return None
    return plain_number(side.alternatives[index] if index < len(side.alternatives) else side.value)
