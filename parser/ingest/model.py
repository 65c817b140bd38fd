"""The data passed between the steps of a conversion: dumps, results and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from parser.forms.export import Payload

T = TypeVar("T")


class Dump(NamedTuple):
    """One dumped page of the input, not parsed yet."""

    name: str
    """Where it was: `folder/page.txt`, `crawl.zip!page.txt`, `crawl.jsonl.gz:17`, or what the id field says."""
    content: bytes | str | Payload
    """A page, or one record of an export."""


class Refusal(NamedTuple):
    """An input that yields no record, and why. Data instead of an exception, so that the rest is processed."""

    name: str
    code: str
    """One of `REFUSALS`."""
    message: str
    """What happened and what to do about it, for users."""


REFUSALS: dict[str, str] = {
    "unreadable": "The operating system denies access to the file or folder, or it is encrypted.",
    "not-a-file": "Neither a regular file nor a folder: a FIFO, a socket, a device.",
    "symlink-loop": "A folder that contains itself by a symbolic link, or a link to itself.",
    "damaged-archive": "An archive or a compressed file that is truncated or not what its name says.",
    "outside-archive": "A name inside an archive that points out of it.",
    "too-large": "Over a limit: of a page, of the memory for it, of an unpacked archive, or of its compression ratio.",
    "missing-dependency": "A form that needs a library that is not installed.",
    "bad-json": "A line that is not a JSON object, or a line or a row without text in the text field.",
    "not-a-record": "A page that `parse` refuses: empty, binary, undecodable, or no registry record.",
    "skipped": "A file among the pages that is not a page: JSON of no known form. It does not count as an error.",
    "too-slow": "A page that took longer than the time limit (--page-seconds).",
    "worker-crash": "Two processes died on the page, the second with no other page, or the program has a bug.",
}
"""Every code a refusal may have."""


class LeftOut(NamedTuple):
    """A page that is not in the output, because another page with the same record was kept."""

    name: str
    id: str | None
    """The record's id in its registry, as this page has it."""
    kept_name: str
    kept_id: str | None

    def to_dict(self) -> dict[str, Any]:
        """As JSON data with the keys of a refusal, so that one list can hold both."""
        message = f"has the same record as {self.kept_name}, which is newer, or came first if neither is"
        return {
            "name": self.name,
            "code": DUPLICATE,
            "message": message,
            "id": self.id,
            "kept": {"name": self.kept_name, "id": self.kept_id},
        }


DUPLICATE = "duplicate"
"""The code of duplicates in the list of rejects. They are neither refusals nor errors."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """The result of one dump: a value, or a refusal."""

    name: str
    sha256: str
    """Hash of the dump's content (of text as UTF-8 with `surrogatepass`), by which a resumed run recognises it; the
    hash of empty content if it could not be read."""
    value: T | None = None
    refusal: Refusal | None = None
