"""How many pages a second become JSON, at one job and at two, and how that compares with other parsers in Python.

    python -m tests.benchmarks.throughput --records studies.jsonl.gz               # printed as pages
    python -m tests.benchmarks.throughput --records studies.jsonl.gz --every 14    # every 14th of them

Markdown-it-py parses the same pages and the same eligibility criteria in the same run, and quantulum3 the lines of the
criteria that have a number. Their output is another, so only the order of magnitude compares; but they are parsers in
pure Python that many know, and their time says how fast this machine is just now. They take turns, page by page and
hundred lines by hundred lines, and what counts is the CPU time of this process, because a machine that does other
things as well gives no clock to go by. Line by line, each would find the other's code in the caches of the processor.
The pages are new to the process, their criteria are then read again.
What is not installed is left out. Their versions are printed, because they become faster, too: markdown-it-py 4.3 takes
two thirds of the time of 3.0. Without the records, the pages in samples/ are taken.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import NamedTuple

from parser import Document, parse, parse_criteria
from parser.ingest import Dump, parse_many
from parser.quantities import read_quantities
from tests.conftest import TEXT_SAMPLES
from tests.evaluation.printer import print_page
from tests.evaluation.records import MISSING_REASON, Study, chosen_records, records_parser

# quantulum3 takes a millisecond and more for a line.
_MOST_LINES = 3_000
_LINES_IN_A_ROW = 100


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
    """A number of texts, of bytes, and the seconds they took."""

    texts: int
    size: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.texts / self.seconds:>8.1f} /s {self.size / self.seconds / 1e6:>8.3f} MB/s"


Work = Callable[[str], object]


def cpu_times(works: Sequence[Work], texts: Sequence[str], turn: int) -> list[float]:
    """The seconds of CPU time that each of several works takes over some texts; they take turns after `turn` texts."""
    spent = [0.0] * len(works)
    # What is made once is not what a text costs.
    for work in works:
        work(texts[0])
    gc.collect()
    for first in range(0, len(texts), turn):
        for index, work in enumerate(works):
            begun = time.process_time()
            for text in texts[first : first + turn]:
                work(text)
            spent[index] += time.process_time() - begun
    return spent


def compare(name: str, ours: Work, other: str, theirs: Work | None, texts: Sequence[str], turn: int = 1) -> None:
    """Print how long some texts take, and the ratio to what the other parser takes if it is installed."""
    times = cpu_times([ours, *([theirs] if theirs else [])], texts, turn)
    print(f"  {name:<35} {Speed(len(texts), size_of(texts), times[0])}")
    for seconds in times[1:]:
        print(f"  {other:<35} {Speed(len(texts), size_of(texts), seconds)}")
        print(f"  {'ratio':<35} {times[0] / seconds:>8.3f}")


def markdown_it() -> Work | None:
    if not find_spec("markdown_it"):
        return None
    work: Work = import_module("markdown_it").MarkdownIt("commonmark").parse
    return work


def quantulum() -> Work | None:
    if not find_spec("quantulum3"):
        return None
    # It says with each start that it would tell units apart by a classifier, which is not measured.
    warnings.simplefilter("ignore")
    work: Work = import_module("quantulum3.parser").parse
    return work


def blocks_of(pages: Sequence[str]) -> list[str]:
    """The eligibility criteria of pages."""
    modules = (parse(page).protocol_section.eligibility_module for page in pages)
    return [module.eligibility_criteria for module in modules if module.eligibility_criteria]


def lines_of(blocks: Sequence[str]) -> list[str]:
    """Lines with a number."""
    return [line for block in blocks for line in block.split("\n") if any(map(str.isdigit, line))][:_MOST_LINES]


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

    print("\nCPU time of one process, ours and others")
    tokens, found = markdown_it(), quantulum()
    name = f"markdown-it-py {version('markdown-it-py')}" if tokens else ""
    compare("pages to JSON", lambda page: to_json(parse(page)), f"{name}, pages", tokens, pages)
    blocks = blocks_of(pages)
    compare("criteria to a tree with quantities", parse_criteria, f"{name}, criteria", tokens, blocks)
    if lines := lines_of(blocks):
        name = f"quantulum3 {version('quantulum3')}, lines" if found else ""
        compare("quantities of lines of criteria", read_quantities, name, found, lines, _LINES_IN_A_ROW)

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
