"""SLCTR.

SLCTR/2020/011
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="SLCTR",
    id_pattern=id_pattern(r"SLCTR/\d{4}/\d{3}"),
)
