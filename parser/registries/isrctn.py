"""ISRCTN.

ISRCTN14757012
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ISRCTN",
    id_pattern=id_pattern(r"ISRCTN\d{8}"),
    dates="DMY",
)
