"""TCTR.

TCTR20200404001
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="TCTR",
    id_pattern=id_pattern(r"TCTR\d{11}"),
)
