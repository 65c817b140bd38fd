"""How long the quantities of a block take. `pytest tests/benchmarks --benchmark-enable` measures them.

The limit that the project sets itself is 1.5 ms for a block of median size, which has about 1,130 characters
and four quantities; this one has ten. The
second text has no number in it: what that costs is the one scan for candidates.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from parser.model.normalized import Quantity
from parser.quantities import read_quantities
from tests.benchmarks.test_criteria import BLOCK

LINES = [line for line in BLOCK.splitlines() if line.strip()]
WORDS = [line for line in LINES if not any(map(str.isdigit, line))] * 2


def read(lines: list[str]) -> list[Quantity]:
    return [quantity for line in lines for quantity in read_quantities(line)]


@pytest.mark.benchmark(group="quantities")
def test_the_quantities_of_a_median_block(benchmark: BenchmarkFixture) -> None:
    assert len(benchmark(read, LINES)) >= 9


@pytest.mark.benchmark(group="quantities")
def test_text_without_numbers(benchmark: BenchmarkFixture) -> None:
    assert benchmark(read, WORDS) == []
