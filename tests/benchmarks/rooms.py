"""Where the time of parsing goes, by the package's folders: a sample of the stack at each tick of the CPU clock.

    python -m tests.benchmarks.rooms pages/*.txt            # each file is parsed once, so no page was seen before
    python -m tests.benchmarks.rooms studies.jsonl.gz

A tick counts for the innermost frame of the package: the time of a library is that of the folder which calls it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

import parser
from parser import parse_records

_PACKAGE = f"{Path(parser.__file__).parent}/"
_TICK = 0.001
"""In seconds; most kernels tick less often."""


def room_of(frame: FrameType | None) -> str:
    """The folder or file of the package that a frame is in, or that called it."""
    while frame and not frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return frame.f_code.co_filename.removeprefix(_PACKAGE).partition("/")[0].removesuffix(".py") if frame else "-"


def main(argv: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    documents = (document for path in options.parse_args(argv).files for document in parse_records(path))
    # What is loaded once is not what a record costs.
    next(documents).to_json()
    ticks: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: ticks.update([room_of(frame)]))
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    begun = time.process_time()
    for records, document in enumerate(documents, 1):  # noqa: B007
        document.to_json()
    spent = time.process_time() - begun
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(f"{records:,} records, {spent / records * 1e3:.2f} ms of CPU each, {ticks.total():,} ticks")
    for room, count in ticks.most_common():
        print(f"{count / ticks.total():>7.1%} {spent / records * 1e3 * count / ticks.total():>7.2f} ms  {room}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
