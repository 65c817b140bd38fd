"""CTRI.

CTRI/2020/01/012345
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="CTRI",
    id_pattern=id_pattern(r"CTRI/\d{4}/\d{2,3}/\d{6}"),
    dates="DMY",
)
