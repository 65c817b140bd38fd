"""How long a page takes. `pytest tests/benchmarks --benchmark-enable` measures; without the flag each runs once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from parser import parse
from tests.conftest import ROOT

FIRST_PARSE = "import sys; from parser import parse; parse(open(sys.argv[1], 'rb').read())"


@pytest.mark.benchmark(group="page")
def test_parse_one_page(benchmark: BenchmarkFixture, sample: Path) -> None:
    document = benchmark(parse, sample.read_bytes())
    assert document.nct_id == "NCT03562065"


@pytest.mark.benchmark(group="page")
def test_write_one_document(benchmark: BenchmarkFixture, sample: Path) -> None:
    document = parse(sample.read_bytes())
    assert '"nctId":"NCT03562065"' in benchmark(document.to_json)


@pytest.mark.benchmark(group="process")
def test_import_and_first_parse_in_a_new_process(benchmark: BenchmarkFixture, sample: Path) -> None:
    def run() -> int:
        return subprocess.run([sys.executable, "-c", FIRST_PARSE, str(sample)], cwd=ROOT, check=True).returncode

    assert benchmark(run) == 0
