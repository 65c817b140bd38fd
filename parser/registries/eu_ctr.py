"""EU Clinical Trials Register.

EUCTR2015-002340-14-NL, 2015-002340-14/NL
"""

from __future__ import annotations

import re

from parser.registries.registry import Registry, id_pattern

_NUMBER = re.compile(r"\d{4}-\d{6}-\d{2}")


def _number(identifier: str) -> str:
    """The EudraCT number: all countries' records of a trial share it."""
    match = _NUMBER.search(identifier)
    assert match, "the pattern of ids has the number"
    return match.group()


REGISTRY = Registry(
    name="EU Clinical Trials Register",
    id_pattern=id_pattern(r"(?:EUCTR|EUDRACT)?(?:CT)?\d{4}-[0-4]\d{5}-\d{2}(?:[-/](?:[A-Z]{2}|3rd|Outside-EU/EEA))?"),
    key=_number,
    codes={
        # A trial that "has to be terminated early" (Directive 2001/20/EC, article 10(c)) has ended; what may go on is
        # `Temporarily Halted`. For that, for `Ongoing` and for a country that left the EU API v2 has no code.
        "overall_status": {"completed": "COMPLETED", "prematurely ended": "TERMINATED"},
    },
)
