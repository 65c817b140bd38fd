"""IRCT.

IRCT20190618043922N5
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="IRCT",
    id_pattern=id_pattern(r"IRCT\d{8,20}N\d{1,3}"),
)
