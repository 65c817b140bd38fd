"""The same pages in every shape of input, and on a terminal: the data set is one and the same."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parser.ingest import convert
from parser.ingest.progress import count_pages, progress_bar
from tests.dumps import page_of, some_pages, write_pages

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGES = {name: page if isinstance(page, bytes) else page.encode() for name, page in some_pages(30).items()}


def tar_of(pages: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, page in pages.items():
            member = tarfile.TarInfo(name)
            member.size = len(page)
            archive.addfile(member, io.BytesIO(page))
    return packed.getvalue()


def zip_of(pages: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in pages.items():
            archive.writestr(name, page)
    return packed.getvalue()


def lines_of(pages: dict[str, bytes]) -> bytes:
    return b"".join(json.dumps({"text": page.decode()}).encode() + b"\n" for page in pages.values())


SHAPES: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "packed pages": lambda pages: {f"{name}.gz": gzip.compress(page) for name, page in pages.items()},
    "pages by Zstandard": lambda pages: {f"{name}.zst": zstd.compress(page) for name, page in pages.items()},
    "folders": lambda pages: {f"{index:05}/page": page for index, page in enumerate(pages.values())},
    "zip": lambda pages: {"crawl.zip": zip_of(pages)},
    "tar": lambda pages: {"crawl.tar": tar_of(pages)},
    "tar.gz": lambda pages: {"crawl.tar.gz": gzip.compress(tar_of(pages))},
    "tar.zst": lambda pages: {"crawl.tar.zst": zstd.compress(tar_of(pages))},
    "JSON lines": lambda pages: {"crawl.jsonl": lines_of(pages)},
    "JSON lines by gzip": lambda pages: {"crawl.ndjson.gz": gzip.compress(lines_of(pages))},
    "JSON lines by Zstandard": lambda pages: {"crawl.jsonl.zst": zstd.compress(lines_of(pages))},
    "JSON lines in a zip": lambda pages: {"crawl.zip": zip_of({"crawl.jsonl": lines_of(pages)})},
}


Converted = tuple[list[Any], dict[str, int]]
"""The records of an output, and how many inputs were refused for which reason."""


def records_in(out: Path) -> list[Any]:
    """The records of an output, without what each was called in the input."""
    documents = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for document in documents:
        del document["sourceSection"]["name"]
    return documents


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """What the pages come to as plain files in a folder."""
    folder = tmp_path_factory.mktemp("plain")
    report = convert(write_pages(folder / "dumps", PAGES), folder / "trials.jsonl")
    return records_in(folder / "trials.jsonl"), report.refused


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_records(tmp_path: Path, expected: Converted, shape: str) -> None:
    dumps = write_pages(tmp_path / "dumps", SHAPES[shape](PAGES))
    report = convert(dumps, tmp_path / "trials.jsonl")
    assert (records_in(tmp_path / "trials.jsonl"), report.refused) == expected


def test_a_pattern_gives_the_same_records(tmp_path: Path, expected: Converted) -> None:
    dumps = write_pages(tmp_path / "dumps", PAGES)
    report = convert(f"{dumps}/*.txt", tmp_path / "trials.jsonl")
    assert (records_in(tmp_path / "trials.jsonl"), report.refused) == expected


# --- Progress ---------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_how_long_it_takes(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", {f"{number}.txt": page_of(number) for number in range(5)})
    terminal = Terminal()
    with progress_bar([str(dumps)], terminal) as progress:
        convert(dumps, tmp_path / "trials.jsonl", progress=progress)
    assert "converting:" in terminal.getvalue()
    assert "| 0/5 [" in terminal.getvalue()
    assert "writing:" in terminal.getvalue()


class Clock:
    """A time that goes on by so many seconds whenever it is asked for."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.now = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def progress_shown(tmp_path: Path, stream: io.StringIO, step: float, pages: int = 5) -> str:
    """What a conversion shows where each page takes so many seconds."""
    dumps = write_pages(tmp_path / "dumps", {f"{number}.txt": page_of(number) for number in range(pages)})
    with progress_bar([str(dumps)], stream, clock=Clock(step)) as progress:
        convert(dumps, tmp_path / "trials.jsonl", progress=progress)
    return stream.getvalue()


def test_a_log_has_a_line_a_minute(tmp_path: Path) -> None:
    assert progress_shown(tmp_path, io.StringIO(), 30).splitlines() == [
        "converting: 1 of 5 pages, 0.0 pages/s, 0:02:00 left",
        "converting: 3 of 5 pages, 0.0 pages/s, 0:01:00 left",
        "converting: 5 of 5 pages, 0.0 pages/s, 0:00:00 left",
        "writing: 1 of 5 records, 0.0 records/s, 0:02:00 left",
        "writing: 3 of 5 records, 0.0 records/s, 0:01:00 left",
        "writing: 5 of 5 records, 0.0 records/s, 0:00:00 left",
    ]


def test_a_log_of_a_short_run_has_none(tmp_path: Path) -> None:
    assert progress_shown(tmp_path, io.StringIO(), 1) == ""


def test_the_line_of_a_log_says_no_more_than_is_known() -> None:
    log = io.StringIO()
    with progress_bar(["-"], log, clock=Clock(60)) as progress:
        progress("read")
    assert log.getvalue() == "converting: 1 pages, 0.0 pages/s\n"


def test_without_tqdm_a_terminal_has_a_line_that_is_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    shown = progress_shown(tmp_path, Terminal(), 0.25, pages=3)
    assert "\n" not in shown
    lines = [line.rstrip() for line in shown.split("\r")][1:]
    assert lines[0] == "converting: 1 of 3 pages, 4.0 pages/s, 0:00:00 left"
    last = "writing: 3 of 3 records, 4.0 records/s, 0:00:00 left"
    assert lines[-3:] == [last, "", ""]
    assert shown.endswith(f"\r{' ' * len(last)}\r"), "nothing of the line is left"


def test_pages_are_counted_where_names_tell(tmp_path: Path) -> None:
    dumps = str(write_pages(tmp_path, {"a.txt": "", "b/c.txt.gz": b"", "b/.hidden": "", ".git/d": ""}))
    assert count_pages([dumps]) == 2
    assert count_pages([dumps, os.path.join(dumps, "a.txt")]) == 3
    assert count_pages([dumps, "-"]) is None
    write_pages(tmp_path / "dumps", {"a.json": "{}"})
    assert count_pages([dumps]) == 2
    assert count_pages([dumps], json_lines=True) is None
    assert count_pages([os.path.join(dumps, "*")]) is None
    write_pages(tmp_path, {"b/e.jsonl": ""})
    assert count_pages([dumps]) is None
