"""Small pages for tests of whole conversions, and what is to be read back from a data set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def page_of(
    number: int, *, updated: str | None = "2020-01-02", title: str = "Aspirin for Headache", status: str = "COMPLETED"
) -> str:
    """A page of the trial NCT0…number, as short as a page can be that has something of everything a run counts."""
    lines = [f"{title} {number}", f"NCT ID: NCT{number:08}"]
    if updated:
        lines.append(f"Last Updated: {updated}")
    lines += ["Basic Information", "Recruitment Status", status]
    return "\n\n".join(lines) + "\n"


def write_pages(folder: Path, pages: Mapping[str, str | bytes]) -> Path:
    """A folder with a file for each page; a name may have folders in it."""
    for name, page in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode() if isinstance(page, str) else page)
    return folder


def some_pages(count: int) -> dict[str, str | bytes]:
    """Pages by their file names. Every seventh shows a trial that came before, and every eleventh is not a page."""
    pages: dict[str, str | bytes] = {}
    for number in range(count):
        page = page_of(number % 97 if number % 7 == 0 else number, updated=f"2020-01-{number % 28 + 1:02}")
        pages[f"{number:05}.txt"] = "no page" if number % 11 == 5 else page
    return pages


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ids_of(records: list[dict[str, Any]]) -> list[str | None]:
    return [record["protocolSection"]["identificationModule"].get("nctId") for record in records]


def digest(out: Path) -> str:
    """What shows whether two outputs are the same: hash of a file, or of a folder's names and contents.

    Of a database it is that of its rows in their order: its bytes differ from run to run.
    """
    if out.suffix == ".duckdb":
        return hashlib.sha256(repr(rows_in(out)).encode()).hexdigest()
    if out.is_file():
        return hashlib.sha256(out.read_bytes()).hexdigest()
    parts = [(str(path.relative_to(out)), digest(path)) for path in sorted(out.rglob("*")) if path.is_file()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def rows_in(database: Path) -> dict[str, list[Any]]:
    """All rows of a DuckDB database, by table."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        tables = sorted(name for (name,) in connection.execute("SHOW TABLES").fetchall())
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
