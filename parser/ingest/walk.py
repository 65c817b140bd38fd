"""The files of a folder, and what a pattern stands for, in a fixed order: by name, whatever the file system's is."""

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
    """A refusal of what the operating system does not give."""
    if error.errno == errno.ELOOP:
        return Refusal(plain(path), "symlink-loop", "a symbolic link that leads back to itself")
    return Refusal(plain(path), "unreadable", f"it cannot be read: {error.strerror or error}")


def walk(top: str) -> Iterator[str | Refusal]:
    """The paths of what is in a folder and in its folders, symbolic links followed, hidden names left out.

    A folder that can be reached on two ways is read once, and one that holds itself is refused where it comes again.
    """
    seen: set[tuple[int, int]] = set()
    # The folders that are being read, from `top` down, and what is still to come of each.
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
    """Whether a path that does not exist may be meant as a pattern."""
    return any(sign in path for sign in _MAGIC)


def expand(pattern: str) -> Iterator[str | Refusal]:
    """The paths that fit a pattern of `*`, `?`, `[...]` and `**`, which stands for any number of folders.

    Hidden names are left out unless the pattern spells the dot. With `**` only files are given, because the folders
    that fit are above them.
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
