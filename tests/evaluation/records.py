"""Real records to measure with: a file of API v2 studies, as `--records` or the environment variable REGISTRY_RECORDS
names it. There is none next to the code; README.md in this folder says how to get one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Study = dict[str, Any]

RECORDS = Path(os.environ["REGISTRY_RECORDS"]) if os.environ.get("REGISTRY_RECORDS") else None
MISSING_REASON = "REGISTRY_RECORDS names no file of API v2 studies: tests/evaluation/README.md says how to get one"


def load_records(path: Path | None = RECORDS) -> Iterator[Study]:
    """The studies of a file in any form that the registry gives, gzipped or not.

    That is one study on each line (JSON lines), an array of studies, an object whose `studies` is such an array, or a
    single study. Raises `FileNotFoundError` where there is no file, and `ValueError` where it holds no studies.
    """
    if path is None:
        raise FileNotFoundError(MISSING_REASON)
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8") as lines:
        first = next(lines, "")
        if not _is_whole(first):
            yield from _studies(json.loads(first + lines.read()))
            return
        yield from _studies(json.loads(first))
        for line in lines:
            if line.strip():
                yield from _studies(json.loads(line))


def _is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def _studies(found: Any) -> Iterator[Study]:
    listed = found.get("studies", [found]) if isinstance(found, dict) else found
    for study in listed if isinstance(listed, list) else [listed]:
        if not isinstance(study, dict) or "protocolSection" not in study:
            raise ValueError("the file of records holds something that is no API v2 study: it has no protocolSection")
        yield study


def nct_id(study: Study) -> str:
    """The id of a study, empty if it has none."""
    return str(study["protocolSection"].get("identificationModule", {}).get("nctId", ""))


def records_parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """The options that all measuring scripts have; `name` is the script's module, and `description` its docstring."""
    options = argparse.ArgumentParser(prog=f"python -m {name}", description=(description or "").split("\n\n")[0])
    options.add_argument(
        "--records", type=Path, default=RECORDS, help="a file of API v2 studies (default: what REGISTRY_RECORDS names)"
    )
    options.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth record")
    options.add_argument("--limit", type=int, metavar="N", help="only so many of them")
    return options


def chosen_records(options: argparse.ArgumentParser, chosen: argparse.Namespace) -> list[Study]:
    """The records that the options name; ends the script with a sentence where there are none."""
    if chosen.records is None:
        options.error(MISSING_REASON)
    try:
        studies = list(islice(islice(load_records(chosen.records), 0, None, chosen.every), chosen.limit))
    except (OSError, ValueError) as error:
        options.error(f"{chosen.records}: {error}")
    if not studies:
        options.error(f"{chosen.records} has no records")
    return studies
