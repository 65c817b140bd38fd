"""CRIS.

KCT0001234
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="CRIS",
    id_pattern=id_pattern(r"KCT\d{7}"),
)
