"""CTIS.

2023-508143-51-01, CTIS2023-508143-51-01
"""

from __future__ import annotations

import re

from parser.registries.registry import Registry, id_pattern

_NUMBER = re.compile(r"\d{4}-\d{6}-\d{2}")


def _number(identifier: str) -> str:
    """The EU CT number without the version of the application that may follow it."""
    match = _NUMBER.search(identifier)
    assert match, "the pattern of ids has the number"
    return match.group()


REGISTRY = Registry(
    name="CTIS",
    id_pattern=id_pattern(r"(?:CTIS|EUCT)?\d{4}-5\d{5}-\d{2}(?:-\d{2})?"),
    key=_number,
)
