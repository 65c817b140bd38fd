"""What every sink is, what it is given, and how a finished output gets its name."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, TypeVar

from parser import Document
from parser.escape import printable_json
from parser.ingest.sinks.swap import exchange

S = TypeVar("S", bound="Sink")

_OLD = ".tmp.old"


class MissingDependencyError(ImportError):
    """A form of output needs a library that is not installed; the message says what to install."""


class Record(NamedTuple):
    """One record on its way into a sink. It pickles, and holds nothing but text."""

    name: str
    """Where the page was found, as `Dump.name` has it."""
    content: bytes
    """The document as JSON on one line, in UTF-8, without a line end."""

    @classmethod
    def of(cls, name: str, document: Document | Mapping[str, Any]) -> Record:
        """A record from a document or from its dict.

        A half of a surrogate pair, which UTF-8 cannot hold, becomes JSON's escape for it.
        """
        if isinstance(document, Document):
            return cls(name, document.to_json().encode())
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return cls(name, printable_json(text.encode("utf-8", "backslashreplace")))

    def document(self) -> dict[str, Any]:
        """The document as plain dicts, in the shape of `Document.to_dict`."""
        data: dict[str, Any] = json.loads(self.content)
        return data


class Sink(ABC):
    """Where records go, one after the other. `write` each, then `close`; or `abort`, and there is no output.

    As a context manager it closes itself at the end of the block, and aborts where an exception leaves it:

        with sink_for("trials.parquet") as sink:
            for name, page in pages:
                sink.write(Record.of(name, parse(page)))

    A sink of your own needs the same three methods, and works wherever one of these does:

        class PrintSink(Sink):
            def write(self, record: Record) -> None:
                print(record.document()["protocolSection"]["identificationModule"]["nctId"])

            def close(self) -> None: ...

            def abort(self) -> None: ...

    Errors of the operating system, a full disk among them, come out of `write` and `close` as the `OSError` they are;
    what had the output's name before is then still there. A sink holds open files and does not pickle: give another
    process the name, and call `sink_for` there.
    """

    @abstractmethod
    def write(self, record: Record) -> None:
        """Take one record. The order of the calls is the order of the output."""

    @abstractmethod
    def close(self) -> None:
        """Complete the output and give it its name."""

    @abstractmethod
    def abort(self) -> None:
        """Give up: remove what was written so far. After `close` or another `abort` this does nothing."""

    def __enter__(self: S) -> S:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()


class Staging(Protocol):
    """Where an output is made before it has its name; a conversion's journal is one."""

    folder: Path
    """It must be on the file system of the output."""

    def claim(self, path: Path) -> None:
        """Is called with the file or folder that gets the output's name, right before that."""


class DraftSink(Sink):
    """A sink whose output has its name only when it is complete. Subclasses say what is to be done before that."""

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        """What is being made is in the folder of `staging`; without one, next to `out`.

        Raises `FileExistsError` where `out` exists and may not be overwritten.
        """
        self._draft = Draft(out, overwrite, staging)

    def close(self) -> None:
        try:
            self._finish()
            self._publish()
        except BaseException:
            self.abort()
            raise

    def abort(self) -> None:
        try:
            self._release()
        finally:
            self._draft.discard()

    @abstractmethod
    def _finish(self) -> None:
        """Write what is left, and close the files."""

    @abstractmethod
    def _release(self) -> None:
        """Close what is open, whether or not it can be written to; also after `_finish`, and more than once."""

    def _publish(self) -> None:
        self._draft.publish()


class Draft:
    """An output in the making: a path that nobody looks at, until `publish` gives it the output's name."""

    def __init__(self, out: Path, overwrite: bool, staging: Staging | None) -> None:
        check_free(out, overwrite)
        self.out = out
        self._staging = staging
        folder = staging.folder if staging else out.parent
        self.path = folder / f".{out.name}.{secrets.token_hex(4)}.tmp"

    def publish(self, to: Path | None = None) -> None:
        """Move the draft, a file or a folder, to the output's name, or to what that is a link to.

        What was there before is there until that moment, and goes after it.
        """
        out = to or self.out
        self.claim(self.path)
        # A rename replaces a file by a file, and nothing else.
        if not (os.path.lexists(out) and (self.path.is_dir() or out.is_dir())):
            os.replace(self.path, out)
        elif exchange(self.path, out):
            remove(self.path)
        else:
            self._publish_in_two_steps(out)

    def _publish_in_two_steps(self, out: Path) -> None:
        """Between them there is nothing under the output's name; after a kill, the next run moves it back."""
        old = self.path.with_suffix(_OLD)
        try:
            os.rename(out, old)
            os.rename(self.path, out)
        except BaseException:
            # An interrupt may come after either of them.
            if os.path.lexists(old) and not os.path.lexists(out):
                os.rename(old, out)
            raise
        remove(old)

    def claim(self, path: Path) -> None:
        """Let it be noted what gets the output's name, so that it is known as this run's own after a crash."""
        if self._staging:
            self._staging.claim(path)

    def discard(self) -> None:
        """Remove the draft, if there is one."""
        remove(self.path)


def old_outputs(out: Path, folder: Path) -> list[Path]:
    """What had the name of an output and was moved to the folder of drafts, for a new one to take its place."""
    return sorted(path for path in folder.glob(f".*{_OLD}") if path.name.startswith(f".{out.name}."))


def check_free(out: Path, overwrite: bool) -> None:
    """Raise `FileExistsError` for what may not be replaced, `ValueError` for what never may: a device, a pipe."""
    if _is_descriptor(out) or (out.exists() and not (out.is_file() or out.is_dir())):
        raise ValueError(f"{out} is a device or a pipe, and is not replaced by a file: - is stdout")
    if not overwrite and os.path.lexists(out):
        raise FileExistsError(errno.EEXIST, "exists already, and was not said to be overwritten", str(out))


def _is_descriptor(path: Path) -> bool:
    """Whether a path stands for an open file, as `/dev/stdout` does, which a rename would replace for all programs."""
    link = os.readlink(path) if path.is_symlink() else ""
    return any(place.startswith("/proc/") for place in (link, os.path.realpath(path.parent)))


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it; nothing if there is nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
