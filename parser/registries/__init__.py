"""The registers of trials: one file each, and a table of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

__all__ = ["REGISTRIES", "FoundId", "Registry", "RegistryId", "find_ids", "find_registry", "identify"]

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


class FoundId(NamedTuple):
    """An id in a text, and its offsets there."""

    id: RegistryId
    start: int
    end: int


_ANY_ID = re.compile(
    r"(?<![\w/-])(?:" + "|".join(f"(?:{registry.id_pattern.pattern})" for registry in REGISTRIES) + r")(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


def find_ids(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundId]:
    """The ids in a text, or in a stretch of it, in its order. Ids that are part of a longer word do not count."""
    for match in _ANY_ID.finditer(text, start, len(text) if end is None else end):
        if identified := identify(match.group()):
            yield FoundId(identified, *match.span())
