"""Options and fixtures that several tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from parser.ingest import Result, parse_many
from parser.ingest.pool import Page
from tests.evaluation.records import MISSING_REASON, RECORDS

ROOT = Path(__file__).parents[1]

TEXT_SAMPLES = sorted(
    path
    for path in (ROOT / "samples").rglob("*.txt")
    if not {"exports", "registries"} & set(path.relative_to(ROOT).parts)
)
HTML_SAMPLES = sorted((ROOT / "samples").rglob("*.html"))
LABELLED_SAMPLES = [ROOT / "samples" / "NCT03562065.txt", *sorted((ROOT / "samples" / "labelled").glob("*.txt"))]

needs_records = pytest.mark.skipif(RECORDS is None, reason=MISSING_REASON)


# Documents and pages take long to make up and to parse, the more so on a busy machine. An ordinary run makes up the
# same few each time; `--hypothesis-profile many` makes up others, and keeps those that fail in .hypothesis.
settings.register_profile(
    "few", deadline=None, max_examples=20, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("many", settings.get_profile("few"), max_examples=300, derandomize=False, print_blob=True)
settings.load_profile("few")


def name_of(sample: Path) -> str:
    """What a sample is called among all: several layouts have a page of one trial."""
    return str(sample.relative_to(ROOT / "samples").with_suffix(""))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the JSON beside the samples with what comes out now; such a run always fails",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def sample() -> Path:
    """A real page, with something in nearly every section."""
    return ROOT / "samples" / "NCT03562065.txt"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working folder, so that names are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def conversions_parse_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only in tests marked `processes` does `convert` parse in other processes, which take half a second to start."""
    if "processes" not in request.keywords:
        # By the table of modules: in its package, the function has the module's name.
        monkeypatch.setattr(sys.modules["parser.ingest.convert"], "parse_apart", parse_here)


def parse_here(pages: Iterable[Page], *, jobs: int, prompt: bool, **options: Any) -> Iterator[Result[Any]]:
    return parse_many(pages, **options)
