"""normalizedSection.armsInterventionsModule: doses, times and routes, from names and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from parser.lines import read_lines
from parser.model.normalized import NormalizedArmGroup, NormalizedArmsInterventions, NormalizedIntervention, Quantity
from parser.model.protocol import ArmGroup, ArmsInterventionsModule, Intervention
from parser.normalize.context import Context, SourceText
from parser.quantities import is_dose
from parser.source import ParsedValue, Span
from parser.values.route import read_routes

# Lengths of time, and counts per length of time. Elsewhere such a `quantity` may be a measurement.
_LENGTH_OR_FREQUENCY = re.compile(r"(?:min|h|(?:\{(?:session|visit|class|classe|time|treatment)s?\}/)?(?:d|wk|mo|a))\Z")


def normalize_arms_interventions(context: Context, module: ArmsInterventionsModule) -> NormalizedArmsInterventions:
    make = context.recorder.make
    return make(
        NormalizedArmsInterventions,
        arm_groups=tuple(make(NormalizedArmGroup, **_given(context, arm, "label")) for arm in module.arm_groups),
        interventions=tuple(
            make(NormalizedIntervention, **_given(context, one, "name")) for one in module.interventions
        ),
    )


def _given(context: Context, struct: ArmGroup | Intervention, name: str) -> dict[str, Any]:
    """The name, and the doses, times and routes of name and description, in the order of the text."""
    quantities: list[Quantity] = []
    routes: dict[str, ParsedValue[str]] = {}
    for stretch in _paragraphs(context, struct, name):
        quantities += context.quantities_with_path(stretch)
        for route in read_routes(stretch.text, *stretch.span):
            routes.setdefault(route.name, ParsedValue(route.name, Span(route.start, route.end)))
    return {
        name: context.parsed(struct, name),
        "doses": tuple(quantity for quantity in quantities if is_dose(quantity)),
        "times": tuple(quantity for quantity in quantities if _is_time(quantity)),
        "routes": tuple(routes.values()),
    }


def _is_time(quantity: Quantity) -> bool:
    """Whether a quantity says how long or how often: `3 sessions per week`; `60 minutes` of PT is a therapy's."""
    return quantity.kind != "quantity" or _LENGTH_OR_FREQUENCY.match(quantity.ucum or "") is not None


def _paragraphs(context: Context, struct: ArmGroup | Intervention, name: str) -> Iterator[SourceText]:
    """The lines of name and description: a quantity never extends over two of them."""
    for field in (name, "description"):
        if value := context.stretch(struct, field):
            text, start, end, path = value
            for line in read_lines(text, start, end):
                yield SourceText(text, line.start, line.end, path)
