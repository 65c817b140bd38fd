"""Shared by the forms of export: the records of a file, and the data read from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from parser.forms.streams import Stream
from parser.model.source import Unparsed
from parser.problems import ParserError, Problems
from parser.source import Source


class Payload(NamedTuple):
    """One record of an export, not read yet. It pickles."""

    form: str
    """The name of its form."""
    number: int
    """Its place in the file, from 1."""
    content: bytes
    """The record's own text."""
    header: tuple[str, ...] = ()
    """For a table: the names of the columns."""


class Refused(NamedTuple):
    """A record of an export that cannot be had, and why."""

    number: int
    error: ParserError


class Export(Struct, frozen=True):
    """A record of an export in the shape of API v2.

    `sections` have the keys of a study. With `as_given` they are API v2 input, and are written as they are. `problems`
    and `unparsed` are what was odd.
    """

    source: Source
    sections: Mapping[str, Any]
    registry: str | None
    registry_id: str | None
    member_state: str | None = None
    as_given: bool = False
    problems: Problems = field(default_factory=Problems)
    unparsed: list[Unparsed] = []


class ExportForm(Struct, frozen=True):
    """A form of export.

    `matches` recognises it by the first bytes of an input, in UTF-8. `split` finds the records of a stream, one at a
    time, each of at most so many bytes; unreadable ones are `Refused`, and the rest is read. `read` reads one record of
    `content`, and raises a `ParserError` for other content.
    """

    name: str
    meaning: str
    matches: Callable[[bytes], bool]
    split: Callable[[Stream, int], Iterator[Payload | Refused]]
    read: Callable[[Payload], Export]
