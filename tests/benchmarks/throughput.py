"""How many pages a second become JSON, at one job and at two, and how that compares with markdown-it-py.

    python -m tests.benchmarks.throughput --records studies.jsonl.gz               # printed as pages
    python -m tests.benchmarks.throughput --records studies.jsonl.gz --every 14    # every 14th of them

Markdown-it-py parses the same pages in the same run. Its output is another, so only the order of magnitude compares;
but it is a parser in pure Python that many know, and its time says how fast this machine is just now. The two take
turns, page by page, and what counts is the CPU time of this process, because a machine that does other things as well
gives no clock to go by. Without the records, the pages in samples/ are taken.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt

from parser import Document, parse
from parser.ingest import Dump, parse_many
from tests.conftest import TEXT_SAMPLES
from tests.evaluation.printer import print_page
from tests.evaluation.records import MISSING_REASON, Study, chosen_records, records_parser


def to_json(document: Document) -> bytes:
    """What a worker gives back: one string, which is quick to pickle."""
    return document.to_json().encode("utf-8", "backslashreplace")


def load_pages(studies: Sequence[Study]) -> list[str]:
    """Records printed as pages; the samples where there are no records."""
    if studies:
        return [print_page(study) for study in studies]
    print(f"{MISSING_REASON}; the samples are parsed instead", file=sys.stderr)
    return [path.read_bytes().decode("utf-8") for path in TEXT_SAMPLES]


class Speed(NamedTuple):
    """A number of pages, of bytes, and the seconds they took."""

    pages: int
    size: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.pages / self.seconds:>8.1f} pages/s {self.size / self.seconds / 1e6:>8.3f} MB/s"


def compare(pages: Sequence[str]) -> tuple[Speed, Speed]:
    """The speed of this package, parse to JSON, and that of markdown-it-py, in CPU time."""
    markdown = MarkdownIt("commonmark")
    works: list[Callable[[str], object]] = [lambda page: to_json(parse(page)), markdown.parse]
    spent = [0.0, 0.0]
    # What is made once is not what a page costs.
    for work in works:
        work(pages[0])
    gc.collect()
    for page in pages:
        for index, work in enumerate(works):
            begun = time.process_time()
            work(page)
            spent[index] += time.process_time() - begun
    return Speed(len(pages), size_of(pages), spent[0]), Speed(len(pages), size_of(pages), spent[1])


class Run(NamedTuple):
    """A run of `parse_many`: its speed by the clock, and the CPU seconds of this process and of its workers."""

    speed: Speed
    here: float
    workers: float

    def __str__(self) -> str:
        return f"{self.speed}   CPU: {self.here:.1f} s here, {self.workers:.1f} s in workers"


def parse_all(pages: Sequence[str], jobs: int) -> Run:
    """Parse all pages, with what it takes to start workers."""
    before, begun = os.times(), time.perf_counter()
    results = parse_many((Dump(str(index), page) for index, page in enumerate(pages)), jobs=jobs, make=to_json)
    assert sum(result.value is not None for result in results) == len(pages)
    seconds, after = time.perf_counter() - begun, os.times()
    user, system, workers_user, workers_system = (
        late - early for early, late in zip(before[:4], after[:4], strict=True)
    )
    return Run(Speed(len(pages), size_of(pages), seconds), user + system, workers_user + workers_system)


def size_of(pages: Sequence[str]) -> int:
    return sum(len(page.encode()) for page in pages)


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.benchmarks.throughput", __doc__)
    chosen = options.parse_args(argv)
    pages = load_pages(chosen_records(options, chosen) if chosen.records else [])
    print(f"{len(pages):,} pages, {size_of(pages) / 1e6:.1f} MB")

    ours, theirs = compare(pages)
    print("\nCPU time of one process")
    print(f"  parse to JSON         {ours}")
    print(f"  markdown-it-py parse  {theirs}")
    print(f"  ratio                 {ours.seconds / theirs.seconds:>8.2f}  (parse to JSON / markdown-it-py)")

    print(f"\nparse_many by the clock ({os.cpu_count()} cores)")
    one, two = parse_all(pages, 1), parse_all(pages, 2)
    busiest = max(two.here, two.workers / 2)
    print(f"  1 job                 {one}")
    print(f"  2 jobs                {two}")
    print(
        f"  gain                  {one.speed.seconds / two.speed.seconds:>8.2f}  (by the clock: wants two idle cores)"
    )
    print(f"  gain in CPU time      {(one.here + one.workers) / busiest:>8.2f}  (1 job / the busiest of 2 processes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
