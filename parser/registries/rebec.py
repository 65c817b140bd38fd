"""ReBec.

RBR-7t5g2s
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ReBec",
    id_pattern=id_pattern(r"RBR-?[0-9A-Z]{6,8}"),
)
