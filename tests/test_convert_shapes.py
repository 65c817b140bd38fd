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
from parser.ingest.progress import MISSING, count_pages, progress_bar
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
    with progress_bar([str(dumps)], terminal) as watch:
        convert(dumps, tmp_path / "trials.jsonl", watch=watch)
    assert "converting:" in terminal.getvalue()
    assert "| 0/5 [" in terminal.getvalue()
    assert "writing:" in terminal.getvalue()


def test_a_log_shows_nothing(tmp_path: Path) -> None:
    log = io.StringIO()
    with progress_bar([str(tmp_path)], log) as watch:
        assert watch is None
    assert log.getvalue() == ""


def test_without_tqdm_a_terminal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    terminal = Terminal()
    with progress_bar([], terminal) as watch:
        assert watch is None
    assert terminal.getvalue() == MISSING + "\n"
    assert "pip install 'registry-text-parser[progress]'" in MISSING


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
