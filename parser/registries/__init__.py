"""The registers of trials: one file each, and a table of them."""

from __future__ import annotations

from typing import NamedTuple

from parser.registries import (
    anzctr,
    chictr,
    clinicaltrials_gov,
    cris,
    ctis,
    ctri,
    drks,
    eu_ctr,
    irct,
    isrctn,
    itmctr,
    jprn,
    lbctr,
    ntr,
    pactr,
    rebec,
    repec,
    rpcec,
    slctr,
    tctr,
)
from parser.registries.registry import Registry

__all__ = ["REGISTRIES", "Registry", "RegistryId", "find_registry", "identify"]

REGISTRIES: tuple[Registry, ...] = (
    clinicaltrials_gov.REGISTRY,
    eu_ctr.REGISTRY,
    ctis.REGISTRY,
    isrctn.REGISTRY,
    anzctr.REGISTRY,
    chictr.REGISTRY,
    itmctr.REGISTRY,
    ctri.REGISTRY,
    drks.REGISTRY,
    jprn.REGISTRY,
    cris.REGISTRY,
    irct.REGISTRY,
    pactr.REGISTRY,
    rebec.REGISTRY,
    ntr.REGISTRY,
    tctr.REGISTRY,
    slctr.REGISTRY,
    repec.REGISTRY,
    rpcec.REGISTRY,
    lbctr.REGISTRY,
)
"""All registers. An id fits one of them."""

_BY_NAME = {registry.name.casefold(): registry for registry in REGISTRIES}


class RegistryId(NamedTuple):
    """An id, the register it is of, and the key that all records of the trial share there."""

    registry: Registry
    id: str
    trial_key: str


def identify(text: str) -> RegistryId | None:
    """The id that a text is, white space aside; None for anything else."""
    compact = "".join(text.split())
    for registry in REGISTRIES:
        if key := registry.trial_key(compact):
            return RegistryId(registry, compact, key)
    return None


def find_registry(name: str) -> Registry | None:
    """The register of a name, as WHO ICTRP's exports write it."""
    return _BY_NAME.get(name.strip().casefold())
