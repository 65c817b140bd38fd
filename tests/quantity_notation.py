"""The cases of tests/quantity_cases/*.txt: texts, each with the quantities that must come out of it.

    ANC ≥ 1.5 x 109/L for at least 7 days
        [1500000000, -) /L | subject: ANC | scale: 1.5 9 | repair: flattened-superscript
        [7, -) d | time | window: for

A text stands at the margin as it does on a page; what is indented below it are its quantities in order, none if it
has none. Brackets say whether a bound is in, `-` is an open end. Then come the UCUM code (`null` if it is unknown) and,
each after ` | `, the kind unless it is `quantity`, `subject:`, `window: relation, anchor`, `scale: coefficient
exponent`, `repair: reason`; what is not given must be absent. `unit:`, `text:` and `routes:` are compared only where
they are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from parser.model.normalized import Quantity

FOLDER = Path(__file__).parent / "quantity_cases"
COMPARED_IF_GIVEN = ("unit", "text")


class Case(NamedTuple):
    """A text, what must come out of it, and where it is."""

    text: str
    wanted: list[str]
    routes: list[str] | None
    place: str


def read_cases(name: str) -> list[Case]:
    return list(_cases(FOLDER / f"{name}.txt"))


def _cases(path: Path) -> Iterator[Case]:
    case: Case | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("    ") and case:
            if line.strip().startswith("routes:"):
                case = case._replace(routes=[one.strip() for one in line.split(":", 1)[1].split(",") if one.strip()])
            else:
                case.wanted.append(line.strip())
        elif not line.startswith(" "):
            if case:
                yield case
            case = Case(line, [], None, f"{path.name}:{number}") if line and not line.startswith("#") else None
    if case:
        yield case


def notation(quantity: Quantity, like: str = "") -> str:
    """A quantity in the notation of the cases, with those of the optional parts that `like` has."""
    parts = [
        f"{'[' if quantity.low_inclusive else '('}{_bound(quantity.low)}, "
        f"{_bound(quantity.high)}{']' if quantity.high_inclusive else ')'} {quantity.ucum or 'null'}"
    ]
    if quantity.kind != "quantity":
        parts.append(quantity.kind)
    given = {part.split(":")[0]: part for part in like.split(" | ")[1:]}
    found = {"subject": quantity.subject, "unit": quantity.unit, "text": quantity.text}
    if quantity.window:
        found["window"] = ", ".join(filter(None, (quantity.window.relation, quantity.window.anchor)))
    if quantity.scale:
        found["scale"] = f"{_bound(quantity.scale.coefficient)} {quantity.scale.exponent}"
    if quantity.repair:
        found["repair"] = quantity.repair.reason
    wanted = [key for key in given if key in found or key in COMPARED_IF_GIVEN]
    keys = wanted + [key for key in found if key not in wanted and key not in COMPARED_IF_GIVEN]
    parts += [f"{key}: {'-' if found[key] is None else found[key]}" for key in keys if found[key] or key in given]
    return " | ".join(parts)


def in_order(wanted: str) -> str:
    """A line of a case with its parts in the order in which `notation` gives them."""
    first, *rest = wanted.split(" | ")
    kinds = [part for part in rest if part in ("time", "frequency")]
    return " | ".join([first, *kinds, *(part for part in rest if part not in kinds)])


def _bound(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.12g}"
