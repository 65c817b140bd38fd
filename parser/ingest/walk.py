"""The files of a folder or a pattern in a fixed order: by name, independently of the file system."""

from __future__ import annotations

import errno
import fnmatch
import glob
import os
import stat
from collections.abc import Iterator, Sequence

from parser.escape import printable as plain
from parser.ingest.model import Refusal

_MAGIC = "*?["


def unreadable(path: str, error: OSError) -> Refusal:
    """A refusal of an input that the operating system denies."""
    if error.errno == errno.ELOOP:
        return Refusal(plain(path), "symlink-loop", "a symbolic link that leads back to itself")
    return Refusal(plain(path), "unreadable", f"it cannot be read: {error.strerror or error}")


def walk(top: str) -> Iterator[str | Refusal]:
    """The paths of files in a folder and its sub-folders, following symbolic links, without hidden names.

    A folder that can be reached in two ways is read once, and one that contains itself is refused the second time.
    """
    seen: set[tuple[int, int]] = set()
    # The folders being read, from `top` down, each with its remaining entries.
    within: list[tuple[int, int]] = []
    levels: list[Iterator[str]] = [iter([top])]
    while levels:
        path = next(levels[-1], None)
        if path is None:
            levels.pop()
            if within:
                within.pop()
            continue
        try:
            status = os.stat(path)
            folder = (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None
            names = _names(path) if folder and folder not in seen else []
        except OSError as error:
            yield unreadable(path, error)
            continue
        if folder is None:
            yield path
        elif folder in within:
            yield Refusal(plain(path), "symlink-loop", "a symbolic link to a folder that it is in; it is not entered")
        elif folder not in seen:
            seen.add(folder)
            within.append(folder)
            levels.append(map(os.path.join, [path] * len(names), names))


def _names(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not entry.name.startswith("."))


def is_pattern(path: str) -> bool:
    """Whether a path that does not exist may be a pattern."""
    return any(sign in path for sign in _MAGIC)


def expand(pattern: str) -> Iterator[str | Refusal]:
    """The paths that match a pattern of `*`, `?`, `[...]` and `**`, which stands for any number of folders.

    Hidden names are left out unless the pattern spells the dot. With `**` only files are returned, because the matching
    folders are above them.
    """
    if os.altsep:
        pattern = pattern.replace(os.altsep, os.sep)
    parts = pattern.split(os.sep)
    if "**" not in parts:
        yield from sorted(glob.iglob(pattern))
        return
    at = parts.index("**")
    head = os.sep.join(parts[:at]) or (os.sep if at else "")
    for folder in filter(os.path.isdir, sorted(glob.iglob(head)) if head else [os.curdir]):
        for path in walk(folder):
            if isinstance(path, Refusal):
                yield path
            elif _fits(os.path.relpath(path, folder).split(os.sep), parts[at:]):
                yield path if head else os.path.relpath(path)


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_fits(parts[skipped:], pattern[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])
