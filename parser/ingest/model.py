"""What goes from one step of a conversion to the next: dumps come in, results go out, refusals next to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from parser.forms.export import Payload

T = TypeVar("T")


class Dump(NamedTuple):
    """One dumped page that was found in the input, not parsed yet."""

    name: str
    """Where it was: `folder/page.txt`, `crawl.zip!page.txt`, `crawl.jsonl.gz:17`, or what the id field says."""
    content: bytes | str | Payload
    """A page, or one record of an export."""


class Refusal(NamedTuple):
    """What of the input yields no record, and why. Data, never an exception, so that the rest goes on."""

    name: str
    code: str
    """One of `REFUSALS`."""
    message: str
    """What happened and what to do about it, for a person."""


REFUSALS: dict[str, str] = {
    "unreadable": "The operating system does not give the file's or the folder's content, or it is encrypted.",
    "not-a-file": "Neither a regular file nor a folder: a FIFO, a socket, a device.",
    "symlink-loop": "A folder that holds itself by a symbolic link, or a link that leads to itself.",
    "damaged-archive": "An archive or a compressed file that ends too soon or is not what its name says.",
    "outside-archive": "A name inside an archive that points out of it.",
    "too-large": "Over a limit: of one page, of an archive unpacked, or of how much it may swell.",
    "missing-dependency": "A form that needs a library which is not installed.",
    "bad-json": "A line that is no JSON object, or a line or a row that has no text where the text should be.",
    "not-a-record": "A page that `parse` refuses: empty, binary, undecodable, or no registry record.",
    "skipped": "A file beside the pages that is not meant as one: JSON of no known form. It is no fault.",
    "too-slow": "A page that took more than the time that a page may take (--page-seconds).",
    "worker-crash": "Two processes died on the page, the second with no other page, or the program has a fault.",
}
"""Every code a refusal may have."""


class LeftOut(NamedTuple):
    """A page that is not in the output, because another shows the same record and stays."""

    name: str
    id: str | None
    """The record's id in its registry, as this page has it."""
    kept_name: str
    kept_id: str | None

    def to_dict(self) -> dict[str, Any]:
        """As JSON data, in the keys of a refusal, so that one list has both."""
        message = f"shows the same record as {self.kept_name}, which is newer, or came first where neither is"
        return {
            "name": self.name,
            "code": DUPLICATE,
            "message": message,
            "id": self.id,
            "kept": {"name": self.kept_name, "id": self.kept_id},
        }


DUPLICATE = "duplicate"
"""The code of a page that was left out, in the list of rejects. It is not a refusal and no fault."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What became of one dump: a value, or a refusal."""

    name: str
    sha256: str
    """Hash of the dump's content (a text's as UTF-8, lone surrogates passed), by which a resumed run knows it again;
    of what could not be read at all, of nothing."""
    value: T | None = None
    refusal: Refusal | None = None
