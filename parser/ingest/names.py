"""Properties of an input by its name: its form, whether it is hidden, and whether it stays inside its archive."""

from __future__ import annotations

import os
import re
from typing import Literal, NamedTuple

from parser.ingest.model import Refusal

PARTS = re.compile("[!#:]")
"""What may follow a file's name in a record's name: a member of an archive, a position in an export, a line."""

_SEPARATOR = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[A-Za-z]:")


class InputForm(NamedTuple):
    """How an input is packed, and its form when unpacked, unless its content says otherwise.

    A "page" is one record; a "table", or XML, may be any number.
    """

    packing: Literal["", "gzip", "zstd"]
    kind: Literal["page", "lines", "json", "table", "tar", "zip"]


_PACKINGS: dict[str, Literal["gzip", "zstd"]] = {".gz": "gzip", ".zst": "zstd"}
_KINDS: dict[str, InputForm] = {
    ".jsonl": InputForm("", "lines"),
    ".ndjson": InputForm("", "lines"),
    ".json": InputForm("", "json"),
    ".xml": InputForm("", "table"),
    ".csv": InputForm("", "table"),
    ".tsv": InputForm("", "table"),
    ".parquet": InputForm("", "table"),
    ".tar": InputForm("", "tar"),
    ".tgz": InputForm("gzip", "tar"),
    ".tzst": InputForm("zstd", "tar"),
    ".zip": InputForm("", "zip"),
}


_PAGE = InputForm("", "page")


def form_of(name: str) -> InputForm:
    """The form of an input by the end of its name, in any case of letters; anything unknown is a page."""
    stem, end = os.path.splitext(name.lower())
    packing = _PACKINGS.get(end)
    form = _KINDS.get(os.path.splitext(stem)[1] if packing else end, _PAGE)
    if not packing:
        return form
    # Of a file that is packed twice, only the outer packing is removed; its content is then refused as a page.
    return InputForm(packing, form.kind if form.kind != "zip" and not form.packing else "page")


def leads_to(name: str, wanted: str) -> bool:
    """Whether a named input is, or contains, the wanted one."""
    return wanted == name or (wanted.startswith(name) and bool(PARTS.match(wanted, len(name))))


def is_hidden(name: str) -> bool:
    """Whether a path has a part that begins with a dot: other programs' files, such as `.git` or `._page.txt`."""
    return any(part.startswith(".") and part not in (".", "..") for part in _SEPARATOR.split(name))


def points_outside(name: str) -> bool:
    """Whether the name of an archive's member leads out of the folder that it would be unpacked into."""
    parts = _SEPARATOR.split(name)
    return ".." in parts or not parts[0] or bool(_DRIVE.match(name))


def refused_by_name(name: str, place: str) -> Refusal | None:
    """A refusal of an archive's member whose name leads out of the archive."""
    if not points_outside(name):
        return None
    return Refusal(place, "outside-archive", "the name leads out of the archive; no valid archive has such a member")
