"""LBCTR.

LBCTR2020043495
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="LBCTR",
    id_pattern=id_pattern(r"LBCTR\d{10}"),
)
