"""Real records to test with: API v2 studies, one JSON object a line.

They are too large to keep beside the code. They are looked for in `shared/records` beside the checkout, or wherever the
environment variable REGISTRY_RECORDS points; tests that need them are skipped, with the reason, where there are none.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Study = dict[str, Any]

REPO_ROOT = Path(__file__).resolve().parent.parent
RECORDS = Path(
    os.environ.get("REGISTRY_RECORDS") or REPO_ROOT.parent / "shared" / "records" / "studies.jsonl.gz",
)
MISSING_REASON = f"no records at {RECORDS}: set REGISTRY_RECORDS to a file of API v2 studies, one JSON object a line"


def load_records(path: Path = RECORDS) -> Iterator[Study]:
    """The studies of a file of JSON lines, gzipped if its name ends in .gz."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
