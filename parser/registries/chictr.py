"""ChiCTR.

ChiCTR2000034346, ChiCTR-TRC-10001234
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ChiCTR",
    id_pattern=id_pattern(r"ChiCTR(?:-[A-Z]{2,5}-\d{8}|\d{10})"),
)
