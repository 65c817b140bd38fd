"""The finished work of a conversion, in an SQLite database, so that a killed run can be resumed.

Until a run is complete, OUT.partial/journal.sqlite holds its options and each page with its document. Pages are looked
up by name and content, so inputs may have changed in between. The database has a rollback journal, because network
folders lack the shared memory of a write-ahead log (https://sqlite.org/wal.html), and is locked while it is open.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from parser.ingest.model import Dump, LeftOut, Refusal, Result
from parser.ingest.pool import NOTHING, content_hash
from parser.ingest.sinks.base import Record, old_outputs, remove
from parser.merging_registers import Trial, join_trials

JOURNAL = "journal.sqlite"
"""The file that marks a folder as a run that can be resumed."""

# The file of earlier versions, which can no longer be read.
_EARLIER_JOURNAL = "journal.jsonl"

# A commit waits for the disk: this is the share of a run's time that it may take, and the longest time between commits.
# Pages that were not committed when a run was killed are parsed again.
_COMMIT_SHARE = 0.01
_COMMIT_SECONDS = 30.0

# Next time there may be more memory or time for a page.
_TRIED_AGAIN = frozenset({"worker-crash", "too-slow", "too-large"})

_SCHEMA = """
PRAGMA journal_mode = DELETE;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS run (asked TEXT);
CREATE TABLE IF NOT EXISTS outputs (identity TEXT);
CREATE TABLE IF NOT EXISTS pages (
    number INTEGER PRIMARY KEY, name TEXT,
    sha256 TEXT,       -- null where the page has to be looked at again
    refusal TEXT,      -- JSON in ASCII, because TEXT has no lone surrogates; null where there is a document
    identity TEXT,     -- of the record, or the hash of the content: pages that share it show the same record
    results INTEGER,   -- 1 for the results page of a trial, 0 for its protocol page
    last_update TEXT,  -- ISO 8601, empty if there is none
    problems TEXT,     -- JSON: how many of each code
    document BLOB
);
CREATE INDEX IF NOT EXISTS pages_by_content ON pages (sha256, name);
-- The trials of other registers that the trial of a page names.
CREATE TABLE IF NOT EXISTS named (page INTEGER, own_registry TEXT, own_key TEXT, registry TEXT, key TEXT);
CREATE TEMP TABLE input (position INTEGER PRIMARY KEY, page INTEGER);  -- of this run
CREATE TEMP TABLE joined (trial TEXT PRIMARY KEY, whole TEXT);  -- trials of several registers that are one
COMMIT;
"""

_RANKED = """
WITH found AS (
    SELECT position, page, results, last_update, CASE WHEN :keep_all THEN position ELSE identity END AS record
    FROM input JOIN pages ON number = page WHERE refusal IS NULL
), ranked AS (
    SELECT *, row_number() OVER same AS rank, first_value(page) OVER same AS kept FROM found
    WINDOW same AS (PARTITION BY record, results ORDER BY last_update DESC, position)
)
"""

_RECORDS = f"""
{_RANKED}
SELECT max(CASE WHEN NOT results THEN page END), max(CASE WHEN results THEN page END)
FROM ranked WHERE rank = 1 GROUP BY record
ORDER BY coalesce(max(CASE WHEN NOT results THEN position END), max(position))
"""

_LEFT_OUT = f"""
{_RANKED}
SELECT lost.name, lost.document, stays.name, stays.document
FROM ranked JOIN pages AS lost ON lost.number = page JOIN pages AS stays ON stays.number = kept
WHERE rank > 1 ORDER BY position
"""

# An identity ends in the member state, if the record is of one.
_TRIAL = "rtrim({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"
_TRIALS = f"""
{_RANKED}
SELECT group_concat(page) FROM (
    SELECT page, position, coalesce(whole, {_TRIAL.format("record")}) AS trial
    FROM ranked LEFT JOIN joined ON trial = {_TRIAL.format("record")} WHERE rank = 1
    ORDER BY results, position
) GROUP BY trial ORDER BY min(position)
"""

_NAMED = f"""
{_RANKED}
SELECT DISTINCT own_registry, own_key, registry, key FROM named JOIN ranked USING (page) WHERE rank = 1
"""


class CannotStartError(ValueError):
    """A conversion cannot be begun; nothing was changed. The message says what to do instead."""


class Converted(NamedTuple):
    """A worker's result for a page: the document's JSON, and the data that is needed of it later."""

    json: bytes
    identity: str | None
    """The identity of a record: registry, trial key and member state; None without an id."""
    last_update: str | None
    problems: dict[str, int]
    """The page's number of problems of each code."""
    results: bool
    """Whether it is a trial's results page, whose protocol is on another page."""
    trial: Trial | None = None
    named: tuple[Trial, ...] = ()
    """The trials of other registers that the record names as the same trial."""


class Stored(NamedTuple):
    """A page whose document is in the journal."""

    record: Record
    problems: dict[str, int]
    """The page's number of problems of each code."""
    trial: str
    """The identity of its trial in the register."""


class Journal:
    """The folder of a run in progress, held by this process until `close`.

    Its methods raise `OSError` if the database cannot be written, as on a full disk.
    """

    def __init__(self, folder: Path, asked: Mapping[str, Any], *, resume: bool = False, discard: bool = False) -> None:
        """Make the folder, or open an existing one.

        `asked` has the options that affect the result of a page, as JSON data: a run can only be resumed with the same
        options. `resume` continues an earlier run if there is one; otherwise `discard` deletes its work. Raises
        `CannotStartError` if another run is using the folder, or if it holds work that must not be lost.
        """
        if (folder / _EARLIER_JOURNAL).exists() and not discard:
            raise CannotStartError(
                f"{folder} holds the work of an earlier version, which this one cannot resume: "
                "--overwrite without --resume discards it and starts again"
            )
        folder.mkdir(exist_ok=True)
        self.folder = folder
        if discard and (folder / JOURNAL).exists():
            # It cannot be opened while another run uses it.
            _open(folder).close()
            (folder / JOURNAL).unlink()
        self._database = _open(folder)
        try:
            self._start(dict(asked), resume)
        except BaseException:
            self._database.close()
            raise

    def find(self, position: int, dump: Dump) -> Result[Converted] | None:
        """An earlier run's result for a page, which is now at this position of the input.

        Its value stays in the journal.
        """
        if not self._resumed:
            return None
        sha256 = content_hash(dump.content)
        query = "SELECT number, refusal FROM pages WHERE sha256 = ? AND name = ?"
        for number, refusal in self._execute(query, (sha256, dump.name)):
            self._execute("INSERT INTO input VALUES (?, ?)", (position, number))
            return Result(dump.name, sha256, refusal=Refusal(**json.loads(refusal)) if refusal else None)
        return None

    def add(self, position: int, result: Result[Converted]) -> None:
        """Record the result of the page at this position of the input."""
        row: list[Any] = [result.name, result.sha256]
        if result.value:
            done = result.value
            row += [None, done.identity or result.sha256, done.results, done.last_update or ""]
            row += [json.dumps(done.problems), done.json]
        else:
            assert result.refusal, "a result has a value or a refusal"
            # Or the page may be readable.
            if result.sha256 == NOTHING or result.refusal.code in _TRIED_AGAIN:
                row[1] = None
            row += [json.dumps(result.refusal._asdict()), None, None, None, None, None]
        page = self._execute("INSERT INTO pages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
        self._execute("INSERT INTO input VALUES (?, ?)", (position, page))
        if result.value and result.value.trial:
            for other in result.value.named:
                self._execute("INSERT INTO named VALUES (?, ?, ?, ?, ?)", (page, *result.value.trial, *other))
        if time.monotonic() >= self._commit_at:
            self.commit()

    def commit(self) -> None:
        """Commit the added pages to disk, where they survive a killed process or a power failure."""
        started = time.monotonic()
        with _errors_of(self.folder):
            self._database.commit()
        ended = time.monotonic()
        self._commit_at = ended + min((ended - started) / _COMMIT_SHARE, _COMMIT_SECONDS)

    def join_registers(self) -> dict[str, set[Trial]]:
        """Let `records` return the records of a trial from several registers together.

        Returns, for each trial, the trials that it names but that were not joined to it, because each would have joined
        several trials of one register.
        """
        named: dict[Trial, set[Trial]] = defaultdict(set)
        for own_registry, own_key, registry, key in self._execute(_NAMED, {"keep_all": False}):
            named[Trial(own_registry, own_key)].add(Trial(registry, key))
        joined = join_trials(named)
        for trial, whole in joined.groups.items():
            self._execute("INSERT INTO joined VALUES (?, ?)", (trial_identity(trial), trial_identity(whole)))
        return {trial_identity(trial): others for trial, others in joined.ambiguous.items()}

    def records(self, *, keep_all: bool, by_trial: bool = False) -> Iterator[list[Stored]]:
        """The pages of each record with their problems: the protocol and the results of a trial, or one page.

        Of pages with the same record the newest is kept, the first if none is newer. A page without a date is older
        than any other, and a date without a day is older than one with a day. With `keep_all` each page is a record.
        The order is that of the input. With `by_trial` the records of a trial's member states are returned together,
        and after `join_registers` those of its registers.
        """
        page = f"SELECT name, document, problems, {_TRIAL.format('identity')} FROM pages WHERE number = ?"
        for found in self._execute(_TRIALS if by_trial else _RECORDS, {"keep_all": keep_all}):
            numbers = map(int, found[0].split(",")) if by_trial else filter(None, found)
            rows = [self._execute(page, (number,)).fetchone() for number in numbers]
            yield [
                Stored(Record(name, document), json.loads(problems), trial) for name, document, problems, trial in rows
            ]

    def refusals(self) -> Iterator[Refusal]:
        """The refused inputs, in order."""
        query = "SELECT refusal FROM input JOIN pages ON number = page WHERE refusal IS NOT NULL ORDER BY position"
        return (Refusal(**json.loads(refusal)) for (refusal,) in self._execute(query))

    def duplicates(self) -> int:
        """How many pages have a record that another page has, too."""
        query = "SELECT count(identity) - count(DISTINCT identity || results) FROM input JOIN pages ON number = page"
        count: int = self._execute(query).fetchone()[0]
        return count

    def left_out(self, *, keep_all: bool) -> Iterator[LeftOut]:
        """The pages whose record was taken from another page, in the input's order."""
        for name, document, kept, kept_document in self._execute(_LEFT_OUT, {"keep_all": keep_all}):
            yield LeftOut(name, _id_in(document), kept, _id_in(kept_document))

    def claim(self, path: Path) -> None:
        """Record what is about to get the output's name, so that `is_claimed` recognises it after a crash."""
        self._execute("INSERT INTO outputs VALUES (?)", (_identity(path),))
        self.commit()

    def forget_others(self) -> int:
        """Forget the pages that are not in this run's input, and return how many names were removed."""
        others = "FROM pages WHERE number NOT IN (SELECT page FROM input)"
        there = "SELECT name FROM input JOIN pages ON number = page"
        gone: int = self._execute(f"SELECT count(DISTINCT name) {others} AND name NOT IN ({there})").fetchone()[0]
        self._execute(f"DELETE {others}")
        # Page numbers are reused.
        self._execute("DELETE FROM named WHERE page NOT IN (SELECT number FROM pages)")
        self.commit()
        return gone

    def close(self) -> None:
        """Release the folder. Its content is kept for a run that resumes."""
        # On a full disk the last pages may not be committed.
        with suppress(OSError), closing(self._database):
            self.commit()

    def remove(self) -> None:
        """Delete the folder once it is closed: the run is complete."""
        # The journal is deleted last, because it identifies the output as the run's own.
        for path in sorted(self.folder.iterdir(), key=lambda path: path.name == JOURNAL):
            remove(path)
        self.folder.rmdir()

    def _start(self, asked: dict[str, Any], resume: bool) -> None:
        row = self._execute("SELECT asked FROM run WHERE EXISTS (SELECT * FROM pages)").fetchone()
        self._resumed = row is not None
        if row and not resume:
            raise CannotStartError(
                f"{self.folder} holds the work of a run that did not finish: "
                "--resume continues it, --overwrite discards it and starts again"
            )
        earlier = json.loads(row[0]) if row else asked
        if differing := [key for key in {**asked, **earlier} if asked.get(key) != earlier.get(key)]:
            differences = ", ".join(f"{key} was {earlier.get(key)!r} and is {asked.get(key)!r}" for key in differing)
            raise CannotStartError(
                f"the run in {self.folder} cannot be resumed, because it had other options: {differences}; "
                "use the same options, or start again with --overwrite"
            )
        # The leftovers of a run that was killed at its end. `.old` is what had the output's name
        # before, moved here so that the new one can take it; it stays until there is a new one.
        for path in self.folder.iterdir():
            if path.suffix != ".old" and not path.name.startswith(JOURNAL):
                remove(path)
        self._execute("DELETE FROM run")
        self._execute("INSERT INTO run VALUES (?)", (json.dumps(asked),))
        self.commit()

    def _execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        with _errors_of(self.folder):
            return self._database.execute(statement, values)


def trial_identity(trial: Trial) -> str:
    """The identity of a trial in a register."""
    return f"{trial.registry} {trial.key} "


def recover(out: Path, folder: Path) -> None:
    """Restore an output's name, if a run was killed just after it had moved it away for a new one."""
    if os.path.lexists(out) or not old_outputs(out, folder) or not (folder / JOURNAL).exists():
        return
    # No run uses it.
    with closing(_open(folder)):
        os.rename(old_outputs(out, folder)[-1], out)


def is_claimed(out: Path, folder: Path) -> bool:
    """Whether an output was published by the run in this folder, which was stopped right after that."""
    if not out.exists() or not (folder / JOURNAL).exists():
        return False
    with _errors_of(folder), closing(_open(folder)) as database:
        return bool(database.execute("SELECT * FROM outputs WHERE identity = ?", (_identity(out),)).fetchone())


def _id_in(document: bytes) -> str | None:
    """The id of a record in its registry, from the document's JSON."""
    data: dict[str, Any] = json.loads(document)
    found: str | None = data.get("sourceSection", {}).get("registryId")
    return found or data.get("protocolSection", {}).get("identificationModule", {}).get("nctId")


def _identity(path: Path) -> str:
    """An identity of a file or folder that is unique and survives renaming."""
    status = os.stat(path)
    return f"{status.st_dev} {status.st_ino}"


def _open(folder: Path) -> sqlite3.Connection:
    with _errors_of(folder):
        database = sqlite3.connect(folder / JOURNAL, timeout=0)
        try:
            database.executescript(_SCHEMA)
        except BaseException:
            database.close()
            raise
    return database


@contextmanager
def _errors_of(folder: Path) -> Iterator[None]:
    """SQLite's errors as the errors of a conversion: a full disk is an `OSError`, as everywhere else."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CannotStartError(f"another run is using {folder}: wait for it, or stop it") from None
        if "full" in str(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise OSError(errno.EIO, str(error), str(folder / JOURNAL)) from error
    except sqlite3.DatabaseError as error:
        # Its subclasses are errors in this module.
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise CannotStartError(f"{folder / JOURNAL} is damaged ({error}): remove it, and start again") from error
