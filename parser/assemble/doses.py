"""normalizedSection.armsInterventionsModule: doses, times and routes, from names and descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parser.assemble.reading import Reading
from parser.lines import read_lines
from parser.model import Text
from parser.normalized import NormalizedArmGroup, NormalizedArmsInterventions, NormalizedIntervention, Quantity
from parser.protocol import ArmsInterventionsModule
from parser.quantities import is_dose, read_quantities
from parser.source import Span, Value
from parser.values.route import read_routes


class _Given(NamedTuple):
    """What a text says of how something is given."""

    doses: tuple[Quantity, ...]
    times: tuple[Quantity, ...]
    routes: tuple[Text, ...]


def normalized_arms_interventions(
    reading: Reading, module: ArmsInterventionsModule | None
) -> NormalizedArmsInterventions:
    if module is None:
        return NormalizedArmsInterventions()
    return NormalizedArmsInterventions(
        arm_groups=tuple(
            NormalizedArmGroup(one.label, *_given(reading, one.label, one.description)) for one in module.arm_groups
        ),
        interventions=tuple(
            NormalizedIntervention(one.name, *_given(reading, one.name, one.description))
            for one in module.interventions
        ),
    )


def _given(reading: Reading, *texts: Text | None) -> _Given:
    """Doses, times and routes of a name and a description, in the order of the page."""
    quantities: list[Quantity] = []
    routes: dict[str, Text] = {}
    for span in _paragraphs(reading, texts):
        quantities += read_quantities(reading.source.text, *span, reading.problems, reading.budget)
        for route in read_routes(reading.source.text, *span):
            routes.setdefault(route.name, Value(route.name, Span(route.start, route.end)))
    return _Given(
        doses=tuple(quantity for quantity in quantities if is_dose(quantity)),
        times=tuple(quantity for quantity in quantities if quantity.kind != "quantity"),
        routes=tuple(routes.values()),
    )


def _paragraphs(reading: Reading, texts: tuple[Text | None, ...]) -> Iterator[Span]:
    """The lines of some texts: a quantity never runs from one into the next."""
    for text in texts:
        if text and text.span:
            yield from (line.span for line in read_lines(reading.source.text, *text.span))
