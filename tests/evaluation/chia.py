"""Annotated eligibility criteria to measure with: BRAT are-off, one criterion a line, in an archive.

An archive holds pairs of files, `NAME.txt` and `NAME.ann`; the environment variable REGISTRY_CHIA names it. The corpus
is Chia (Kury et al., Scientific Data 2020); README.md in this folder says how to get it.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHIA = Path(os.environ["REGISTRY_CHIA"]) if os.environ.get("REGISTRY_CHIA") else None
MISSING_REASON = "REGISTRY_CHIA names no archive of BRAT files: tests/evaluation/README.md says how to get Chia"

Stretch = tuple[int, int]


class Entity(NamedTuple):
    """A marked stretch of a line, or several that belong together. Stretches are sorted and relative to the line."""

    name: str
    kind: str
    stretches: tuple[Stretch, ...]

    @property
    def start(self) -> int:
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        return self.stretches[-1][1]


class Line(NamedTuple):
    """A criterion as annotated; `relations` are triples of a kind and the names of two entities of the document."""

    document: str
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[tuple[str, str, str], ...]

    def words(self, entity: Entity) -> str:
        """The text of an entity, a blank where its stretches part."""
        return " ".join(self.text[start:end] for start, end in entity.stretches)

    def related(self, kind: str, first: str | None = None, second: str | None = None) -> list[Entity]:
        """The entities of this line at the other end of an entity's relations of one kind."""
        names = {
            one if second else other
            for relation, one, other in self.relations
            if relation == kind and (first is None or one == first) and (second is None or other == second)
        }
        return [entity for entity in self.entities if entity.name in names]


def load_lines(path: Path) -> Iterator[Line]:
    """The lines of all documents that are not blank. An entity that runs over several lines is left out."""
    with tarfile.open(path) as archive:
        files = {
            member.name: content.read().decode("utf-8")
            for member in archive
            if member.isfile() and (content := archive.extractfile(member))
        }
    for name in sorted(files):
        stem, dot, kind = name.rpartition(".")
        if dot and kind == "txt" and f"{stem}.ann" in files:
            yield from _lines(stem.rpartition("/")[2], files[name], files[f"{stem}.ann"])


def _lines(document: str, text: str, annotations: str) -> Iterator[Line]:
    entities, relations = _annotations(annotations)
    start = 0
    # Offsets count carriage returns, so lines are cut at the line feed only.
    for line in text.split("\n"):
        end = start + len(line)
        inside = [entity for entity in entities if start <= entity.start and entity.end <= end]
        moved = [
            entity._replace(stretches=tuple((first - start, last - start) for first, last in entity.stretches))
            for entity in inside
        ]
        if line.strip():
            yield Line(document, line.rstrip("\r"), tuple(sorted(moved, key=lambda one: one.start)), relations)
        start = end + 1


def _annotations(text: str) -> tuple[list[Entity], tuple[tuple[str, str, str], ...]]:
    entities, relations = [], []
    for row in text.split("\n"):
        fields = row.split("\t")
        if row.startswith("T"):
            kind, _, places = fields[1].partition(" ")
            stretches = sorted((int(place.split()[0]), int(place.split()[1])) for place in places.split(";"))
            entities.append(Entity(fields[0], kind, tuple(stretches)))
        elif row.startswith("R"):
            kind, one, other = fields[1].split()
            relations.append((kind, one.partition(":")[2], other.partition(":")[2]))
    return entities, tuple(relations)
