"""JPRN.

JPRN-jRCTs031190227, UMIN000012345, JapicCTI-194567
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern


def _without_prefix(identifier: str) -> str:
    return identifier.removeprefix("JPRN").removeprefix("-")


REGISTRY = Registry(
    name="JPRN",
    id_pattern=id_pattern(r"(?:JPRN-?)?(?:UMIN\d{9}|C\d{9}|jRCTs?\d{9,10}|JapicCTI-?\d{6}|JMA-IIA\d{5})"),
    key=_without_prefix,
)
