"""What is costly to make, kept from one process to the next: JSON files in a folder of the user's own.

The folder is `registry-text-parser` in `$XDG_CACHE_HOME`, or where the platform has caches. REGISTRY_PARSER_CACHE names
another one, or switches the cache off where it is empty. Nothing depends on it: where a file cannot be read or written,
what it would hold is made anew. A file is data and never code, and it counts only if it is whole.
"""

from __future__ import annotations

import glob
import json
import os
import stat
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

VARIABLE = "REGISTRY_PARSER_CACHE"
_FOLDER = "registry-text-parser"

# The form of the files; another one makes all files that are there old.
_FORMAT = "1"

# A multiple of what any file needs, so that one which somebody put there does not fill the memory.
_MOST_BYTES = 4 * 1024 * 1024


def cache_folder() -> Path | None:
    """The folder that files are kept in, whether or not it exists; None where there is none to use."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    place = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(place):
        # The XDG Base Directory Specification has relative paths ignored.
        place = _usual_place()
    return Path(place, _FOLDER) if os.path.isabs(place) else None


def _usual_place() -> str:
    """Where the platform has caches; no absolute path where the user has no home."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    return os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")


def load(name: str, made_from: str) -> Any:
    """What was stored under a name and made from the same text; None if that is not there, or not whole."""
    folder = cache_folder()
    try:
        if folder is None or not _is_private(folder):
            return None
        with open(folder / _file_name(name, made_from), "rb") as stream:
            digest, _, body = stream.read(_MOST_BYTES).partition(b"\n")
    except OSError:
        # It was never stored, or the folder is not for us to read.
        return None
    if digest != _digest(body):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        # No file of ours: this one is no JSON, or nested without end.
        return None


def store(name: str, made_from: str, data: Any) -> None:
    """Keep what was made from a text, in place of what the name stood for before; no error if that is not possible.

    Raises `TypeError` for what is not JSON.
    """
    body = json.dumps(data, separators=(",", ":")).encode("ascii")
    folder = cache_folder()
    if folder is None:
        return
    # The folder may be read-only, the disk full, or another process quicker: then the next process makes the data, too.
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(folder):
            kept = folder / _file_name(name, made_from)
            _write(kept, _digest(body) + b"\n" + body)
            for old in folder.glob(glob.escape(_stem(name)) + "*"):
                if old != kept:
                    old.unlink(missing_ok=True)


def _stem(name: str) -> str:
    """What the names of all files begin with that take each other's place; versions of Python keep their own."""
    return f"{name}.{sys.implementation.cache_tag}."


def _file_name(name: str, made_from: str) -> str:
    key = sha256(f"{_FORMAT}\n{made_from}".encode()).hexdigest()
    return f"{_stem(name)}{key[:32]}.json"


def _digest(body: bytes) -> bytes:
    return sha256(body).hexdigest().encode("ascii")


def _is_private(folder: Path) -> bool:
    """Whether nobody but the user can put files there: tables of somebody else's would read pages as he likes."""
    if not hasattr(os, "geteuid"):
        # The folders of users are private on Windows.
        return True
    status = folder.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that others see either all of it or what was there before."""
    handle, temporary = tempfile.mkstemp(prefix=f"{path.stem}.", suffix=".tmp", dir=path.parent)
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
