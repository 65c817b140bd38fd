"""Netherlands Trial Register.

NL8279, NTR1234, NL-OMON54321
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="Netherlands Trial Register",
    id_pattern=id_pattern(r"(?:NTR|NL-OMON|NL)\d{1,6}"),
)
