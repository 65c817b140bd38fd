"""German Clinical Trials Register.

DRKS00099999
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="German Clinical Trials Register",
    id_pattern=id_pattern(r"DRKS\d{8}"),
)
