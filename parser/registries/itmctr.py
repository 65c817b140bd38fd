"""ITMCTR.

ITMCTR2100004567
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ITMCTR",
    id_pattern=id_pattern(r"ITMCTR\d{10}"),
)
