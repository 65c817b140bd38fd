"""JSON lines: into a file, compressed or not, or onto a stream."""

from __future__ import annotations

import gzip
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from parser.ingest.sinks.base import DraftSink, Record, Sink, Staging


class JsonLinesSink(DraftSink):
    """One document a line, in UTF-8, each line ended by a line feed; gzipped if the name ends in `.gz`.

    The same records give the same bytes: gzip's header carries neither a name nor a time.
    """

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        super().__init__(out, overwrite=overwrite, staging=staging)
        # It is open as long as the sink is.
        self._file = open(self._draft.path, "xb")  # noqa: SIM115
        self._packed: gzip.GzipFile | None = None
        if out.name.lower().endswith(".gz"):
            self._packed = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=self._file, mtime=0)

    def write(self, record: Record) -> None:
        (self._packed or self._file).write(record.content + b"\n")

    def _finish(self) -> None:
        if self._packed:
            self._packed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _release(self) -> None:
        # What is still in the buffers may have no room on the disk; it is not wanted any more.
        for stream in (self._packed, self._file):
            with suppress(OSError):
                if stream:
                    stream.close()


class StreamSink(Sink):
    """One document a line onto stdout, or onto a stream of bytes, each sent on at once.

    What was sent cannot be taken back: `abort` does nothing. The stream stays open.
    """

    def __init__(self, stream: IO[bytes] | None = None) -> None:
        self._stream = stream or sys.stdout.buffer

    def write(self, record: Record) -> None:
        self._stream.write(record.content + b"\n")
        self._stream.flush()

    def close(self) -> None:
        self._stream.flush()

    def abort(self) -> None:
        """Nothing can be done about what was sent."""
