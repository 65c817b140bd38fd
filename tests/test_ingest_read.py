"""Where pages are found: files, folders, patterns, JSON lines and stdin, in their order, and what is refused."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import os
import socket
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parser.ingest import REFUSALS, Dump, Limits, Refusal, parse_many, read
from parser.ingest.names import InputForm, form_of, is_hidden, points_outside
from parser.ingest.read import is_single_page

SMALL = Limits(page=1000)


def found(paths: Any, **options: Any) -> list[tuple[str, bytes | str]]:
    """Each page, or the code of a refusal, with its name."""
    items = []
    for item in read(paths, **options):
        if isinstance(item, Refusal):
            assert item.code in REFUSALS
            assert item.message
            items.append((item.name, item.code))
        else:
            items.append((item.name, item.content))
    return items


def names(paths: Any, **options: Any) -> list[str]:
    return [name for name, _ in found(paths, **options)]


def write(files: Iterable[str]) -> None:
    """Files that hold their own names."""
    for name in files:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


# --- Files and folders ----------------------------------------------------------------------------------------------


def test_a_folder_gives_its_files_by_name_with_those_of_its_folders(here: Path) -> None:
    write(["pages/b.txt", "pages/a/z.html", "pages/a/B", "pages/c/d/e.md", "pages/A.txt"])
    assert found(["pages"]) == [
        ("pages/A.txt", b"pages/A.txt"),
        ("pages/a/B", b"pages/a/B"),
        ("pages/a/z.html", b"pages/a/z.html"),
        ("pages/b.txt", b"pages/b.txt"),
        ("pages/c/d/e.md", b"pages/c/d/e.md"),
    ]


def test_hidden_files_are_read_only_if_they_are_named(here: Path) -> None:
    write(["pages/.git/config", "pages/._a.txt", "pages/a.txt"])
    assert names(["pages"]) == ["pages/a.txt"]
    assert names(["pages/._a.txt", "pages/.git"]) == ["pages/._a.txt", "pages/.git/config"]


def test_paths_come_in_the_order_they_are_given(here: Path) -> None:
    write(["b.txt", "a.txt"])
    assert names(["b.txt", Path("a.txt"), "b.txt"]) == ["b.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize("kind", [str, Path])
def test_a_lone_path_needs_no_list(here: Path, kind: type) -> None:
    write(["a.txt"])
    assert names(kind("a.txt")) == ["a.txt"]


def test_what_is_missing_is_refused_and_the_rest_goes_on(here: Path) -> None:
    write(["a.txt"])
    assert found(["none.txt", "a.txt"]) == [("none.txt", "unreadable"), ("a.txt", b"a.txt")]


def test_a_page_over_the_limit_is_refused(here: Path) -> None:
    Path("large.txt").write_bytes(b"x" * 1001)
    Path("just.txt").write_bytes(b"x" * 1000)
    assert found(["just.txt", "large.txt"], limits=SMALL) == [("just.txt", b"x" * 1000), ("large.txt", "too-large")]


def test_an_unreadable_folder_is_refused_and_the_rest_goes_on(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(["pages/a/1.txt", "pages/b/2.txt"])
    scandir = os.scandir

    def deny(path: str) -> Any:
        if path == os.path.join("pages", "a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deny)
    assert found(["pages"]) == [("pages/a", "unreadable"), ("pages/b/2.txt", b"pages/b/2.txt")]


def test_an_unreadable_file_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(["a.txt", "b.txt"])

    opened = open

    def deny(path: str, mode: str) -> Any:
        if path == "a.txt":
            raise PermissionError(13, "Permission denied", path)
        return opened(path, mode)

    monkeypatch.setattr("builtins.open", deny)
    assert found(["a.txt", "b.txt"]) == [("a.txt", "unreadable"), ("b.txt", b"b.txt")]


def test_a_file_that_cannot_be_read_to_its_end_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bad(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(10)

    write(["a.txt"])
    monkeypatch.setattr("builtins.open", lambda path, mode: Bad(b"x" * 100))
    assert found(["a.txt"]) == [("a.txt", "unreadable")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_and_a_socket_are_refused_unopened(here: Path) -> None:
    os.mkdir("pages")
    os.mkfifo("pages/fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("pages/socket")
        assert found(["pages", os.devnull]) == [
            ("pages/fifo", "not-a-file"),
            ("pages/socket", "not-a-file"),
            (os.devnull, "not-a-file"),
        ]


def test_a_folder_that_holds_itself_is_refused_once(here: Path) -> None:
    write(["pages/a/1.txt", "pages/z.txt"])
    os.symlink("..", "pages/a/up")
    os.symlink("self", "pages/self")
    assert found(["pages"]) == [
        ("pages/a/1.txt", b"pages/a/1.txt"),
        ("pages/a/up", "symlink-loop"),
        ("pages/self", "symlink-loop"),
        ("pages/z.txt", b"pages/z.txt"),
    ]


def test_links_are_followed_and_a_folder_on_two_ways_is_read_once(here: Path) -> None:
    write(["elsewhere/1.txt", "pages/a.txt"])
    os.symlink("../elsewhere", "pages/b")
    os.symlink("../elsewhere", "pages/c")
    os.symlink("a.txt", "pages/d.txt")
    os.symlink("gone", "pages/e.txt")
    assert found(["pages"]) == [
        ("pages/a.txt", b"pages/a.txt"),
        ("pages/b/1.txt", b"elsewhere/1.txt"),
        ("pages/d.txt", b"pages/a.txt"),
        ("pages/e.txt", "unreadable"),
    ]


def test_folders_may_be_deeper_than_python_has_frames(here: Path) -> None:
    page = "/".join([*["d"] * 200, "page.txt"])
    write([page])
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert found("d") == [(page, page.encode())]
    finally:
        sys.setrecursionlimit(before)


def test_ten_thousand_empty_files_are_refused_one_by_one(here: Path) -> None:
    os.mkdir("pages")
    for number in range(10_000):
        os.close(os.open(f"pages/{number:05}.txt", os.O_CREAT | os.O_WRONLY))
    count = 0
    for number, result in enumerate(parse_many(read("pages"))):
        assert result.refusal
        assert (result.name, result.refusal.code) == (f"pages/{number:05}.txt", "not-a-record")
        count += 1
    assert count == 10_000


def test_pages_are_read_when_they_are_asked_for(here: Path) -> None:
    write(["a.txt", "b.txt"])
    pages = read(["a.txt", "b.txt"])
    Path("b.txt").write_text("later", encoding="utf-8")
    assert [page.content for page in pages if isinstance(page, Dump)] == [b"a.txt", b"later"]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode there")
def test_a_name_that_is_no_utf_8_is_spelled_so_that_it_can_be_written(here: Path) -> None:
    os.mkdir("pages")
    Path(os.fsdecode(b"pages/\xe9\n\x1b.txt")).write_text("x", encoding="utf-8")
    assert found("pages") == [("pages/\\udce9\\n\\x1b.txt", b"x")]


# --- Patterns -------------------------------------------------------------------------------------------------------

TREE = ["x/1.txt", "x/2.md", "x/y/3.txt", "x/y/z/4.txt", "x/.h/5.txt", "w/6.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("x/*.txt", ["x/1.txt"]),
        ("?/*.txt", ["w/6.txt", "x/1.txt"]),
        ("[xw]/*.txt", ["w/6.txt", "x/1.txt"]),
        ("**/*.txt", ["w/6.txt", "x/1.txt", "x/y/3.txt", "x/y/z/4.txt"]),
        ("x/**/*.txt", ["x/1.txt", "x/y/3.txt", "x/y/z/4.txt"]),
        ("x/**", ["x/1.txt", "x/2.md", "x/y/3.txt", "x/y/z/4.txt"]),
        ("**/y/**/4.*", ["x/y/z/4.txt"]),
        ("?/**/y/*", ["x/y/3.txt"]),
        ("x/*", ["x/1.txt", "x/2.md", "x/y/3.txt", "x/y/z/4.txt"]),
        ("x/.h/*", ["x/.h/5.txt"]),
    ],
)
def test_patterns_are_expanded_in_order(here: Path, pattern: str, expected: list[str]) -> None:
    write(TREE)
    assert names(pattern) == expected
    absolute = os.path.join(here, pattern)
    assert names(absolute) == [os.path.join(here, name) for name in expected]


def test_a_pattern_that_nothing_fits_is_refused(here: Path) -> None:
    assert found(["*.txt", "**/*.txt"]) == [("*.txt", "unreadable"), ("**/*.txt", "unreadable")]


def test_a_file_that_is_named_like_a_pattern_is_read(here: Path) -> None:
    write(["page[1].txt", "page1.txt"])
    assert names("page[1].txt") == ["page[1].txt"]


def test_a_loop_ends_for_patterns_too(here: Path) -> None:
    write(["x/1.txt"])
    os.symlink(".", "x/loop")
    assert found("x/**/*.txt") == [("x/1.txt", b"x/1.txt"), ("x/loop", "symlink-loop")]


# --- Names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("page.txt", InputForm("", "page")),
        ("page", InputForm("", "page")),
        ("page.html.GZ", InputForm("gzip", "page")),
        ("page.zst", InputForm("zstd", "page")),
        ("crawl.jsonl", InputForm("", "lines")),
        ("crawl.NDJSON.zst", InputForm("zstd", "lines")),
        ("NCT00000001.json", InputForm("", "json")),
        ("NCT00000001.json.gz", InputForm("gzip", "json")),
        ("crawl.tar", InputForm("", "tar")),
        ("crawl.tar.gz", InputForm("gzip", "tar")),
        ("crawl.tgz", InputForm("gzip", "tar")),
        ("crawl.tar.zst", InputForm("zstd", "tar")),
        ("crawl.Zip", InputForm("", "zip")),
        ("crawl.zip.gz", InputForm("gzip", "page")),
        ("crawl.tgz.gz", InputForm("gzip", "page")),
        (".tar", InputForm("", "page")),
    ],
)
def test_a_name_determines_the_form(name: str, form: InputForm) -> None:
    assert form_of(name) == form
    assert is_single_page(name) == (form.kind == "page")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "..\\a", "\\\\host\\a", "a/..", "c:a"])
def test_names_that_point_outside(name: str) -> None:
    assert points_outside(name)


@pytest.mark.parametrize("name", ["a", "./a", "a/b..c", "a/...", "NCT01: a", "a..", ".a"])
def test_names_that_stay_inside(name: str) -> None:
    assert not points_outside(name)


def test_hidden_names() -> None:
    assert is_hidden(".a") and is_hidden("a/.b/c") and is_hidden("__MACOSX/._a")
    assert not is_hidden("./a") and not is_hidden("a.b/c")


# --- JSON lines -----------------------------------------------------------------------------------------------------


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_the_page_is_in_a_field_and_its_name_in_another(here: Path) -> None:
    Path("crawl.jsonl").write_bytes(
        lines(
            {"url": "https://a", "page": {"text": "one", "n": 7}},
            {"url": "", "page": {"text": "two"}},
            {"url": ["no", "name"], "page": {"text": "three", "n": 8}},
        )
    )
    assert found("crawl.jsonl", text_field="page.text", id_field="url") == [
        ("https://a", "one"),
        ("crawl.jsonl:2", "two"),
        ("crawl.jsonl:3", "three"),
    ]
    assert names("crawl.jsonl", text_field="page.text", id_field="page.n") == ["7", "crawl.jsonl:2", "8"]


def test_a_field_may_have_a_dot_in_its_name(here: Path) -> None:
    Path("crawl.jsonl").write_bytes(lines({"page.text": "one", "page": {"text": "two"}}))
    assert found("crawl.jsonl", text_field="page.text") == [("crawl.jsonl:1", "one")]


def test_the_field_is_text_unless_it_is_named(here: Path) -> None:
    Path("crawl.ndjson").write_bytes(lines({"text": "one"}))
    assert found("crawl.ndjson") == [("crawl.ndjson:1", "one")]


def test_a_document_is_no_page_but_lines_may_be_named_json(here: Path) -> None:
    write(["pages/NCT00000001.txt"])
    Path("pages/NCT00000001.json").write_bytes(lines({"text": "one"}))
    Path("pages/NCT00000002.json.gz").write_bytes(gzip.compress(lines({"text": "two"}, {"text": "three"})))
    assert [content for _, content in found("pages")] == ["skipped", b"pages/NCT00000001.txt", "skipped"]
    assert [content for _, content in found("pages/*1.*")] == ["skipped", b"pages/NCT00000001.txt"]
    assert found("pages/*1.json") == found("pages/NCT00000001.json") == [("pages/NCT00000001.json", "not-a-record")]
    with zipfile.ZipFile("pages.zip", "w") as archive:
        archive.write("pages/NCT00000001.json")
    assert found("pages.zip") == [("pages.zip!pages/NCT00000001.json", "skipped")]
    assert found("pages", text_field="text") == [
        ("pages/NCT00000001.json:1", "one"),
        ("pages/NCT00000001.txt", b"pages/NCT00000001.txt"),
        ("pages/NCT00000002.json.gz:1", "two"),
        ("pages/NCT00000002.json.gz:2", "three"),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"text": "a', "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"url": "x", "body": "y"}', "url, body"),
        (b'{"text": null}', "missing"),
        (b'{"text": 5}', "no text"),
        (b'{"text": "\xe9"}', "UTF-8: byte 0xe9 at offset 10"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", ""),
        (b"\xff\xfe{\0", "UTF-8"),
    ],
)
def test_a_bad_line_is_refused_and_the_rest_goes_on(here: Path, line: bytes, told: str) -> None:
    Path("crawl.jsonl").write_bytes(lines({"text": "one"}) + line + b"\n" + lines({"text": "two"}))
    first, bad, last = read("crawl.jsonl")
    assert (first, last) == (Dump("crawl.jsonl:1", "one"), Dump("crawl.jsonl:3", "two"))
    assert isinstance(bad, Refusal)
    assert (bad.name, bad.code) == ("crawl.jsonl:2", "bad-json")
    assert told in bad.message
    assert len(bad.message) < 300


def test_a_byte_order_mark_blank_lines_and_line_ends_do_no_harm(here: Path) -> None:
    content = b"\xef\xbb\xbf" + b'{"text": "one"}\r\n\r\n \n{"text": "two\\r\\n"}'
    Path("crawl.jsonl").write_bytes(content)
    assert found("crawl.jsonl") == [("crawl.jsonl:1", "one"), ("crawl.jsonl:4", "two\r\n")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_json_lines_may_begin_with_a_byte_order_mark(here: Path, encoding: str) -> None:
    """Longer than what is read at once, so that a character may be torn in two; cut off in the middle of one."""
    written = "".join(f'{{"text": "≥ {number} 𝛽"}}\n' for number in range(9000))
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    content = (mark + written).encode(encoding)
    Path("crawl.jsonl").write_bytes(content)
    assert found("crawl.jsonl") == [(f"crawl.jsonl:{number + 1}", f"≥ {number} 𝛽") for number in range(9000)]
    Path("crawl.jsonl").write_bytes(content[:-9])
    *whole, torn = read("crawl.jsonl")
    assert (len(whole), torn.name) == (8999, "crawl.jsonl:9000")
    assert isinstance(torn, Refusal) and torn.code == "bad-json"


def test_an_empty_file_of_json_lines_has_no_page(here: Path) -> None:
    Path("crawl.jsonl").write_bytes(b"")
    assert found("crawl.jsonl") == []


def test_half_a_character_in_json_is_passed_on(here: Path) -> None:
    Path("crawl.jsonl").write_bytes(b'{"text": "NCT ID: NCT01234567\\n\\ud800"}')
    (result,) = parse_many(read("crawl.jsonl"))
    assert result.value and result.value.nct_id == "NCT01234567"


def test_a_line_over_the_limit_is_refused_and_never_held(here: Path) -> None:
    with gzip.open("crawl.jsonl.gz", "wb", compresslevel=1) as stream:
        stream.write(lines({"text": "one"}) + b'{"text": "')
        for _ in range(20):
            stream.write(b"0123456789" * 100_000)
        stream.write(b'"}\n' + lines({"text": "two"}))
    limits = Limits(page=1_000_000, ratio=1000)
    tracemalloc.start()
    try:
        content = found("crawl.jsonl.gz", limits=limits)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    assert content == [("crawl.jsonl.gz:1", "one"), ("crawl.jsonl.gz:2", "too-large"), ("crawl.jsonl.gz:3", "two")]


def test_lines_are_cut_right_wherever_reads_end(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = lines({"text": "äöü"}, {"text": ""}, {"text": "x" * 50}) + b"\n\n" + lines({"text": "end"})
    Path("crawl.jsonl").write_bytes(content)
    expected = found("crawl.jsonl")
    assert names("crawl.jsonl") == [f"crawl.jsonl:{number}" for number in (1, 2, 3, 6)]
    for chunk in range(1, 30):
        monkeypatch.setattr("parser.forms.streams.CHUNK", chunk)
        assert found("crawl.jsonl") == expected


# --- stdin ----------------------------------------------------------------------------------------------------------


class Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_stdin_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"a page"))
    assert found("-") == [("<stdin>", b"a page")]
    monkeypatch.setattr(sys, "stdin", Stdin(b"x" * 1001))
    assert found("-", limits=SMALL) == [("<stdin>", "too-large")]


def test_stdin_is_json_lines_where_a_field_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(lines({"text": "one", "id": 5}, {"text": "two"})))
    assert found("-", text_field="text", id_field="id") == [("5", "one"), ("<stdin>:2", "two")]


def test_a_line_on_stdin_is_given_before_the_next_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.pipe()
    with open(ours, "rb") as stream, open(theirs, "wb", buffering=0) as writer:
        stdin = Stdin(b"")
        stdin.buffer = stream  # type: ignore[assignment]
        monkeypatch.setattr(sys, "stdin", stdin)
        pages: Iterator[Dump | Refusal] = read("-", text_field="text")
        for number in range(3):
            writer.write(lines({"text": str(number)}))
            assert next(pages).content == str(number)  # type: ignore[union-attr]
