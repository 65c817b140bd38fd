"""ClinicalTrials.gov.

NCT03562065
"""

from __future__ import annotations

from parser.registries.registry import Registry, id_pattern

REGISTRY = Registry(
    name="ClinicalTrials.gov",
    id_pattern=id_pattern(r"NCT\d{8}"),
)
