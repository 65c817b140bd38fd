"""Progress of a conversion: number of pages, rate, and the remaining time if it is known."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from typing import TextIO

from parser.ingest.names import is_hidden
from parser.ingest.read import is_json, is_single_page

ProgressCallback = Callable[[str], object]
"""Called at each step of a conversion: `read` when a page is done, `write` when a record is written to the output."""

STAGES = {"read": ("converting", "pages"), "write": ("writing", "records")}

# How often a line is rewritten, in seconds: often on a terminal, rarely in a log.
_IN_PLACE_EVERY = 0.2
_IN_LOG_EVERY = 60.0


@contextmanager
def progress_bar(
    paths: Sequence[str],
    stream: TextIO | None = None,
    *,
    json_lines: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[ProgressCallback]:
    """Show the progress of a conversion of `paths` on `stream`, by default stderr.

    A terminal gets a bar, or without tqdm a line that is rewritten in place; a file or a pipe gets a line per minute.
    `json_lines`: `.json` files hold pages. `clock` returns the time in seconds.
    """
    stream = stream or sys.stderr
    total = count_pages(paths, json_lines=json_lines)
    with closing(_shown_on(stream, total, clock)) as shown:
        yield shown.update


def _shown_on(stream: TextIO, total: int | None, clock: Callable[[], float]) -> _Bar | _Line:
    if not stream.isatty():
        return _Line(stream, total, clock, _IN_LOG_EVERY, in_place=False)
    try:
        return _Bar(stream, total)
    except ModuleNotFoundError:
        return _Line(stream, total, clock, _IN_PLACE_EVERY, in_place=True)


class _Bar:
    """tqdm's bar, one for each stage. Raises `ModuleNotFoundError` if tqdm is not installed."""

    def __init__(self, stream: TextIO, total: int | None) -> None:
        from tqdm import tqdm

        self._make = partial(tqdm, file=stream, leave=False)
        self._begin("read", total)

    def update(self, step: str) -> None:
        if step != self._stage:
            # Now the number of pages is known.
            count = self._bar.n
            self._bar.close()
            self._begin(step, count)
        self._bar.update()

    def close(self) -> None:
        self._bar.close()

    def _begin(self, stage: str, total: int | None) -> None:
        doing, things = STAGES[stage]
        self._stage = stage
        self._bar = self._make(desc=doing, total=total, unit=f" {things}")


class _Line:
    """A line with the progress, written every so many seconds."""

    def __init__(
        self, stream: TextIO, total: int | None, clock: Callable[[], float], every: float, *, in_place: bool
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._every = every
        self._in_place = in_place
        self._width = 0
        self._next = clock() + every
        self._begin("read", total)

    def update(self, step: str) -> None:
        if step != self._stage:
            self._begin(step, self._count)
        self._count += 1
        now = self._clock()
        if now >= self._next:
            self._next = now + self._every
            self._show(_sentence(self._stage, self._count, self._total, now - self._started))

    def close(self) -> None:
        if self._width:
            self._show("")
            self._stream.write("\r")
            self._stream.flush()

    def _begin(self, stage: str, total: int | None) -> None:
        self._stage, self._total = stage, total
        self._count = 0
        self._started = self._clock()

    def _show(self, text: str) -> None:
        if self._in_place:
            # Blanks, because not every terminal supports the code that clears a line.
            self._stream.write(f"\r{text:<{self._width}}")
            self._width = len(text)
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()


def _sentence(stage: str, count: int, total: int | None, seconds: float) -> str:
    """`converting: 1,200 of 4,000 pages, 55.1 pages/s, 0:00:51 left`, in the parts that are known."""
    doing, things = STAGES[stage]
    said = f"{doing}: {count:,}" + (f" of {total:,}" if total else "") + f" {things}"
    if not seconds:
        return said
    said += f", {count / seconds:,.1f} {things}/s"
    # Files may have come since they were counted.
    left = timedelta(seconds=round(max((total or 0) - count, 0) * seconds / count))
    return said + (f", {left} left" if total else "")


def count_pages(paths: Sequence[str], *, json_lines: bool = False) -> int | None:
    """The number of pages, if it follows from the names; None if one of them may hold several pages."""
    count = 0
    for path in paths:
        if os.path.isdir(path):
            names = [name for name in _names_below(path) if json_lines or not is_json(name)]
        elif os.path.exists(path):
            names = [path]
        else:
            # Stdin, a pattern, or a mistake.
            return None
        for name in names:
            if not is_single_page(name):
                return None
            count += 1
    return count


def _names_below(folder: str) -> Iterator[str]:
    """The names of the files that a folder is read for."""
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not is_hidden(name)]
        yield from (name for name in files if not is_hidden(name))
