"""A folder with a file for each record."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import Any

from parser.ingest.sinks.base import DraftSink, Record, Staging

_NCT_ID = re.compile(r"NCT\d{8}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(rf"(?:{_NCT_ID.pattern}|{_SHA256.pattern})(?:\.\d+)?\.json", re.ASCII)


class FolderSink(DraftSink):
    """`NCT01234567.json` for each record, one line of JSON in it; without an id, it is named after the page's hash.

    A record whose name is taken already gets a number: `NCT01234567.2.json` is the second one of this id. Names are
    made of ids and hashes that have the form of one, so no page can choose where its file goes.

    The folder appears when it is complete. Where it may be overwritten and exists, its records are replaced, and what
    else is in it stays: the new folder, with links to that, and the old one change places at once. Where that cannot
    be, because the folder is a file system of its own or the one that this process works in, its files are replaced
    in order. An empty folder counts as none.
    """

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        super().__init__(out, overwrite=overwrite or is_empty_folder(out), staging=staging)
        self._draft.path.mkdir()
        # The last number of each name that was taken twice.
        self._numbers: dict[str, int] = {}

    def write(self, record: Record) -> None:
        stem = _stem(record)
        if stem not in self._numbers:
            try:
                self._write(f"{stem}.json", record)
                return
            except FileExistsError:
                self._numbers[stem] = 1
        self._numbers[stem] += 1
        self._write(f"{stem}.{self._numbers[stem]}.json", record)

    def _write(self, name: str, record: Record) -> None:
        with open(self._draft.path / name, "xb") as file:
            file.write(record.content + b"\n")

    def _finish(self) -> None:
        """Every file is closed already."""

    def _release(self) -> None:
        """Nothing stays open between two records."""

    def _publish(self) -> None:
        if not self._draft.out.is_dir():
            self._draft.publish()
            return
        folder = Path(os.path.realpath(self._draft.out))
        if _is_worked_in(folder) or folder.stat().st_dev != self._draft.path.stat().st_dev:
            self._merge()
            return
        _link_others(folder, self._draft.path)
        try:
            self._draft.publish(folder)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EBUSY):
                raise
            self._merge()

    def _merge(self) -> None:
        """Move the files into the folder that is there, then remove the records of it that were not replaced."""
        self._draft.claim(self._draft.out)
        new = sorted(filter(_FILE.fullmatch, os.listdir(self._draft.path)))
        for name in new:
            _move(self._draft.path / name, self._draft.out / name)
        for name in set(filter(_FILE.fullmatch, os.listdir(self._draft.out))) - set(new):
            os.unlink(self._draft.out / name)
        self._draft.discard()


def _is_worked_in(folder: Path) -> bool:
    """Whether it is the working folder, or holds it, which would be another folder from then on."""
    try:
        return Path.cwd().is_relative_to(folder)
    except FileNotFoundError:
        # It is gone.
        return False


def _link_others(old: Path, new: Path) -> None:
    """Let another folder have all that is in one and is not its records, and the folder's mode."""

    def records(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if _is_record(Path(folder, name))] if folder == str(old) else []

    shutil.copytree(old, new, symlinks=True, ignore=records, copy_function=_link, dirs_exist_ok=True)


def _is_record(path: Path) -> bool:
    return bool(_FILE.fullmatch(path.name)) and not path.is_dir()


def _link(file: str, to: str) -> None:
    try:
        os.link(file, to)
    except OSError:
        # Another file system, or one without links.
        shutil.copy2(file, to)


def _move(file: Path, to: Path) -> None:
    try:
        os.replace(file, to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The folder is a file system of its own, such as a volume of a container.
        copy = to.with_name(f".{to.name}.tmp")
        try:
            shutil.copyfile(file, copy)
            os.replace(copy, to)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise


def is_empty_folder(path: Path) -> bool:
    """Whether this is a folder with nothing in it."""
    return path.is_dir() and not os.listdir(path)


def _stem(record: Record) -> str:
    """The name of a record's file, without number and ending."""
    document: dict[str, Any] = record.document()
    identification = document.get("protocolSection", {}).get("identificationModule", {})
    if _NCT_ID.fullmatch(identification.get("nctId", "")):
        return str(identification["nctId"])
    sha256 = str(document.get("sourceSection", {}).get("sha256", ""))
    return sha256 if _SHA256.fullmatch(sha256) else hashlib.sha256(record.content).hexdigest()
