"""RPCEC.

RPCEC00000307
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="RPCEC",
    id_pattern=id_pattern(r"RPCEC\d{8}"),
)
