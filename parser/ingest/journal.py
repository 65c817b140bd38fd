"""What a conversion has done so far, on disk, so that a run which was killed goes on where it was.

While a run is not complete, a folder stands beside OUT:

    OUT.partial/records.jsonl   the documents, a line of JSON each, in the order in which they were parsed
    OUT.partial/journal.jsonl   what the run was asked for, then a line for each page, written after its document
    OUT.partial/lock            held while a run is at work; the system lets go of it however that run ends
    OUT.partial/outputs         by what OUT is known again, should the run be stopped when it is just there

Both files only ever grow, and a page's line in the journal says where its document is and what it adds up to. So
whatever stops a run, at most the ends of the files are torn: they are cut off when the run is taken up again. What is
known is looked up by a page's name and the hash of its content, so inputs may have changed in between: a page that has
not is not parsed again, and one that is gone is left out, because the order of the output is that of the input then.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from parser.ingest.model import Refusal, Result
from parser.ingest.sinks.base import CLAIMS, remove

# What is written goes to the system at once, which is enough when a process is killed; it goes to the disk every so
# many seconds, for when the power fails.
SYNC_SECONDS = 30.0

JOURNAL = "journal.jsonl"
"""The file that makes a folder a run which can be resumed."""

FILES = (JOURNAL, "records.jsonl", "lock", CLAIMS)

# Another form of the files makes those that are there unreadable.
FORM = 2


class CannotStartError(ValueError):
    """A conversion that cannot be begun; nothing was touched. The message says what to do instead."""


class Converted(NamedTuple):
    """What a worker gives back for a page: the document's JSON, and what has to be known of it later."""

    json: bytes
    nct_id: str | None
    last_update: str | None
    problems: dict[str, int]
    """How many problems of each code the page has."""
    results: bool
    """Whether it is the page of a trial's results, which another page has the protocol of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is done. There is one in memory for each page of a run, so it is small."""

    name: str
    identity: str
    """The NCT id, or for a page that shows none the hash of its content: pages that share it are the same record."""
    last_update: str
    """The date by which the newest of the same record is found, as printed (ISO 8601); empty where there is none."""
    problems: tuple[tuple[str, int], ...]
    results: bool
    """Whether it is the page of the record's results."""
    offset: int
    length: int
    """Where its line is in records.jsonl, in bytes, without the line end."""


class Journal:
    """The folder of a run that is under way, held by this process until `close` or the end of a `with` block."""

    def __init__(self, folder: Path, asked: Mapping[str, Any], *, resume: bool = False, discard: bool = False) -> None:
        """Make the folder, or take up what is there.

        `asked` is what decides what comes out of a page, as JSON data: a run can only be resumed by one that asks for
        the same. `resume` goes on with an earlier run if there is one; `discard` throws its work away otherwise.
        Raises `CannotStartError` if another run is at work there, or if it holds work that must not be lost.
        """
        self.folder = folder
        self._known: dict[bytes, Entry | Refusal] = {}
        self._counts: dict[tuple[str, int], tuple[str, int]] = {}
        self._synced = time.monotonic()
        self._end = 0
        with ExitStack() as stack:
            folder.mkdir(exist_ok=True)
            stack.enter_context(_lock(folder / "lock"))
            self._journal = stack.enter_context(open(folder / JOURNAL, "a+b"))
            self._records = stack.enter_context(open(folder / "records.jsonl", "a+b"))
            (folder / CLAIMS).touch()
            header = {"form": FORM, **asked}
            if self._has_work() and not discard:
                self._check(header, resume)
                self._remove_drafts()
                self._load()
            else:
                self._remove_drafts()
                self._start(header)
            self._streams = stack.pop_all()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def known(self) -> int:
        """How many pages an earlier run has left."""
        return len(self._known)

    def find(self, name: str, sha256: str) -> Entry | Refusal | None:
        """What an earlier run made of the page of this name with this content."""
        return self._known.get(_key(name, sha256))

    def add(self, result: Result[Converted]) -> Entry | Refusal:
        """Write down what became of a page, so that it survives the process. Raises `OSError` for a full disk."""
        line: dict[str, Any] = {"name": result.name, "sha256": result.sha256}
        if result.value is None:
            assert result.refusal, "a result has a value or a refusal"
            line["refusal"] = {"code": result.refusal.code, "message": result.refusal.message}
        else:
            done = result.value
            self._records.write(done.json + b"\n")
            self._records.flush()
            line |= {"nctId": done.nct_id, "lastUpdate": done.last_update, "problems": done.problems}
            line |= {"results": done.results}
            line |= {"offset": self._end, "length": len(done.json), "crc32": zlib.crc32(done.json)}
            self._end += len(done.json) + 1
        self._write(line)
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self._sync()
        return self._entry(line)

    def read(self, entry: Entry) -> bytes:
        """The document of an entry, as a line of JSON without its end."""
        self._records.seek(entry.offset)
        return self._records.read(entry.length)

    def close(self) -> None:
        """Let go of the folder. What it holds stays for a run that resumes."""
        # Closing tries once more to write what a full disk did not take.
        with suppress(OSError):
            self._streams.close()

    def remove(self) -> None:
        """Let go of the folder and delete it: the run is complete."""
        self.close()
        # First what makes it a run that could be resumed, in case that this is as far as it gets; last what tells that
        # the output is its own.
        (self.folder / JOURNAL).unlink()
        for path in self.folder.iterdir():
            if path.name != CLAIMS:
                with suppress(OSError):
                    remove(path)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _remove_drafts(self) -> None:
        """Remove what a run that was killed at its very end has left of its output.

        `.old` is what had the output's name before, moved here so that the new one can take it. It stays until there is
        a new one.
        """
        for path in self.folder.iterdir():
            if path.name not in FILES and path.suffix != ".old":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    # --- The files --------------------------------------------------------------------------------------------------

    def _has_work(self) -> bool:
        """Whether there is a page behind what the run was asked for. A run that did none may start again."""
        self._journal.seek(0)
        return self._journal.readline().endswith(b"\n") and self._journal.readline().endswith(b"\n")

    def _start(self, header: Mapping[str, Any]) -> None:
        # The journal goes first: without it the records are nobody's.
        self._journal.truncate(0)
        self._records.truncate(0)
        self._write(header)

    def _check(self, header: Mapping[str, Any], resume: bool) -> None:
        self._journal.seek(0)
        found = _read_line(self._journal.readline()) or {}
        if not resume:
            raise CannotStartError(
                f"{self.folder} holds the work of a run that did not end: "
                "--resume goes on with it, --overwrite throws it away and starts again"
            )
        if differing := [key for key in {**header, **found} if header.get(key) != found.get(key)]:
            told = ", ".join(f"{key} was {found.get(key)!r} and is {header.get(key)!r}" for key in differing)
            raise CannotStartError(
                f"the run in {self.folder} cannot be resumed, because it was asked for something else: {told}; "
                "ask for the same again, or start again with --overwrite"
            )

    def _load(self) -> None:
        """Read what is whole, and cut off what is torn."""
        end_of_journal = self._journal.tell()
        for line, end in self._whole_lines():
            if "length" in line:
                self._end = line["offset"] + line["length"] + 1
            end_of_journal = end
            # A page on which a worker died is tried again: there may have been too little memory that time.
            if line.get("refusal", {}).get("code") != "worker-crash":
                self._known[_key(line["name"], line["sha256"])] = self._entry(line)
        self._journal.truncate(end_of_journal)
        self._records.truncate(self._end)

    def _whole_lines(self) -> Iterator[tuple[dict[str, Any], int]]:
        """The lines of the journal whose document is all there, each with its end, up to the first that is not so."""
        end = self._journal.tell()
        offset = 0
        self._records.seek(0)
        for raw in self._journal:
            line = _read_line(raw)
            if line is None:
                return
            if "length" in line:
                document = self._records.read(line["length"] + 1)
                if line["offset"] != offset or zlib.crc32(document[:-1]) != line["crc32"] or document[-1:] != b"\n":
                    return
                offset += len(document)
            end += len(raw)
            yield line, end

    def _entry(self, line: Mapping[str, Any]) -> Entry | Refusal:
        name: str = line["name"]
        if refusal := line.get("refusal"):
            return Refusal(name, sys.intern(refusal["code"]), sys.intern(refusal["message"]))
        # Many pages have the same date, and as many problems of a kind: each is held once.
        counts = ((sys.intern(code), count) for code, count in line["problems"].items())
        return Entry(
            name=name,
            identity=line["nctId"] or line["sha256"],
            last_update=sys.intern(line["lastUpdate"] or ""),
            problems=tuple(self._counts.setdefault(count, count) for count in counts),
            results=line["results"],
            offset=line["offset"],
            length=line["length"],
        )

    def _write(self, line: Mapping[str, Any]) -> None:
        # In ASCII, because a file's name may hold bytes that are no text, which Python has as lone surrogates.
        self._journal.write(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")
        self._journal.flush()

    def _sync(self) -> None:
        # Documents before the lines that speak of them.
        os.fsync(self._records.fileno())
        os.fsync(self._journal.fileno())
        self._synced = time.monotonic()


def _read_line(raw: bytes) -> dict[str, Any] | None:
    """A line of the journal; None if it was torn."""
    if not raw.endswith(b"\n"):
        return None
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _key(name: str, sha256: str) -> bytes:
    """What a page is looked up by: short, because there is one in memory for each."""
    return blake2b(f"{sha256}\n{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold a file against other runs. The system lets go of it when the process ends, in whatever way."""
    with open(path, "ab") as stream:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A run that has just ended may have removed the folder since the file was opened.
            if not os.path.samestat(os.fstat(stream.fileno()), os.stat(path)):
                raise FileNotFoundError(path)
        except OSError:
            raise CannotStartError(f"another run is at work on {path.parent}: wait for it, or stop it") from None
        yield
