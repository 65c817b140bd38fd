"""ANZCTR.

ACTRN12605000020639
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ANZCTR",
    id_pattern=id_pattern(r"ACTRN\d{14}"),
    dates="DMY",
)
