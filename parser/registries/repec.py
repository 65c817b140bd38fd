"""REPEC.

PER-010-20
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="REPEC",
    id_pattern=id_pattern(r"PER-\d{3}-\d{2}"),
)
