"""Options and fixtures that several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluation.records import MISSING_REASON, RECORDS

ROOT = Path(__file__).parents[1]

TEXT_SAMPLES = sorted(
    path for path in (ROOT / "samples").rglob("*.txt") if not {"exports", "registries"} & set(path.parts)
)
HTML_SAMPLES = sorted((ROOT / "samples").rglob("*.html"))
LABELLED_SAMPLES = [ROOT / "samples" / "NCT03562065.txt", *sorted((ROOT / "samples" / "labelled").glob("*.txt"))]

needs_records = pytest.mark.skipif(RECORDS is None, reason=MISSING_REASON)


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
