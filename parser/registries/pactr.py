"""PACTR.

PACTR202001543210987
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="PACTR",
    id_pattern=id_pattern(r"PACTR\d{15,18}"),
)
