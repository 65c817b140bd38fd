"""How long a batch of pages takes through `parse_many`, and that the comparison with markdown-it-py runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from parser.ingest import Dump, parse_many
from tests.benchmarks import throughput


@pytest.mark.benchmark(group="batch")
def test_a_batch_of_pages(benchmark: BenchmarkFixture, sample: Path) -> None:
    dumps = [Dump(str(index), sample.read_bytes()) for index in range(8)]

    def run() -> int:
        return sum(result.value is not None for result in parse_many(iter(dumps), make=throughput.to_json))

    assert benchmark(run) == len(dumps)


def test_the_comparison_prints_every_figure(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(throughput, "load_pages", lambda studies: [sample.read_text(encoding="utf-8")] * 2)
    assert throughput.main(["--limit", "1"]) == 0
    printed = capsys.readouterr().out
    # Libraries that are not installed are left out.
    others = 2 * (throughput.markdown_it() is not None) + (throughput.quantulum() is not None)
    assert printed.count("ratio") == others
    assert printed.count(" /s ") == printed.count(" MB/s") == 5 + others
    assert "gain" in printed
