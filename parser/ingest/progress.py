"""A progress bar on a terminal: how many pages, at which rate, and how long it still takes where that can be known."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from parser.ingest.names import is_hidden
from parser.ingest.read import is_json, is_single_page

Watch = Callable[[str], object]
"""Is told each step of a conversion: `read` when a page is done, and `write` when a record is written to the output."""

STAGES = {"read": "converting", "write": "writing"}

MISSING = "progress is not shown: it needs tqdm (pip install 'registry-text-parser[progress]')"


@contextmanager
def progress_bar(
    paths: Sequence[str], stream: TextIO | None = None, *, json_lines: bool = False
) -> Iterator[Watch | None]:
    """A bar on a terminal for the conversion of `paths`; None where there is none, or tqdm is not installed.

    `json_lines` says that `.json` holds pages. In a file or a pipe, where a bar would leave thousands of lines, nothing
    is written.
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        yield None
        return
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:
        print(MISSING, file=stream)
        yield None
        return

    bar = tqdm(
        desc=STAGES["read"], total=count_pages(paths, json_lines=json_lines), unit=" pages", file=stream, leave=False
    )
    stage = "read"

    def watch(step: str) -> None:
        nonlocal bar, stage
        if step != stage:
            # All pages are known now, if they were not before.
            count = bar.n
            bar.close()
            bar = tqdm(desc=STAGES[step], total=count, unit=" records", file=stream, leave=False)
            stage = step
        bar.update()

    try:
        yield watch
    finally:
        bar.close()


def count_pages(paths: Sequence[str], *, json_lines: bool = False) -> int | None:
    """How many pages there will be, if names alone tell: None as soon as one of them may hold any number of pages."""
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
