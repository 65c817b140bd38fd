"""Converts a reading to the model: numbers in full, repairs, and the kind of a quantity."""

from __future__ import annotations

from decimal import Decimal

from parser.model.codes import QuantityKind
from parser.model.normalized import Alternative, Quantity, Repair, Scale, Window
from parser.quantities.powers import Amount
from parser.quantities.values import ValueReading
from parser.quantities.view import PlainText
from parser.quantities.windows import WindowPlace
from parser.source import fold


def build(
    source: str,
    view: PlainText,
    reading: ValueReading,
    kind: QuantityKind,
    *,
    unit: str | None,
    ucum: str | None,
    subject: tuple[int, int] | None = None,
    window: WindowPlace | None = None,
) -> Quantity:
    """The quantity of a reading; `source` is the whole text, `view` the stretch of it that was read."""
    start, end = view.span(reading.start, reading.end)
    low, high = reading.low, reading.high
    lower = None if low is None else plain_number(low.value)
    upper = None if high is None else lower if high is low else plain_number(high.value)
    return Quantity(
        kind=kind,
        text=source[start:end],
        start=start,
        end=end,
        subject=fold(view.text[slice(*subject)]) if subject else None,
        low=lower,
        low_inclusive=reading.low_inclusive,
        high=upper,
        high_inclusive=reading.high_inclusive,
        unit=unit,
        ucum=ucum,
        scale=_scale(low) or (_scale(high) if high is not low else None),
        window=_window(view.text, window) if window else None,
        repair=_repair(low, high),
    )


def plain_number(value: Decimal) -> int | float:
    """A number as JSON has it: whole numbers without a point."""
    whole = int(value)
    return whole if whole == value else float(value)


def doubts(low: Amount | None, high: Amount | None) -> list[str]:
    """What two bounds may also be, where nothing decides."""
    found = [_doubt(low)] if low and low.undecided else []
    if high and high.undecided and high != low:
        found.append(_doubt(high))
    return found


def _doubt(amount: Amount) -> str:
    others = " or ".join(str(plain_number(other)) for other in amount.alternatives)
    return f"{plain_number(amount.value)} may also be {others}"


def _scale(side: Amount | None) -> Scale | None:
    if side is None or side.exponent is None or side.coefficient is None:
        return None
    return Scale(coefficient=plain_number(side.coefficient), exponent=side.exponent)


def _window(text: str, place: WindowPlace) -> Window:
    return Window(relation=place.relation, anchor=fold(text[slice(*place.anchor)]) if place.anchor else None)


def _repair(low: Amount | None, high: Amount | None) -> Repair | None:
    reason = (low and low.reason) or (high and high.reason)
    if not reason:
        return None
    count = max(len(side.alternatives) for side in (low, high) if side)
    return Repair(reason, tuple(Alternative(_other(low, index), _other(high, index)) for index in range(count)))


def _other(side: Amount | None, index: int) -> int | float | None:
    """A side as another reading has it; one that has no other stays as it is."""
    if side is None:
        return None
    return plain_number(side.alternatives[index] if index < len(side.alternatives) else side.value)
