"""Bad input for every command: a sentence on stderr that says what is wrong, and the exit status, never a traceback."""

from __future__ import annotations

import builtins
import errno
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parser import parse
from parser.cli import COMMANDS, main
from parser.ingest import convert
from tests.conftest import ROOT
from tests.pages import page, section

Captured = pytest.CaptureFixture[str]

RECORDS = ROOT / "samples" / "exports" / "api-v2-json" / "studies.jsonl"
PAGE = page(section("Brief Summary", "What it is about."))


_open = builtins.open


def _open_unlocked(file: Any, *rest: Any, **named: Any) -> Any:
    """What root, who may read everything, sees of a file that is locked to others."""
    if file == "locked":
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
    return _open(file, *rest, **named)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bad inputs are, which is where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "binary").write_bytes(bytes(range(32)) * 40)
    (tmp_path / "prose").write_text("It was a dark and stormy night; the rain fell in torrents.\n" * 20)
    (tmp_path / "locked").write_text(PAGE)
    monkeypatch.setattr(builtins, "open", _open_unlocked)
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "document.json").write_text(parse(PAGE).to_json())
    (tmp_path / "many.jsonl").write_bytes(RECORDS.read_bytes())
    (tmp_path / "cut.gz").write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03cut")
    with zipfile.ZipFile("pages.zip", "w") as archive:
        archive.writestr("page.txt", PAGE)
    return tmp_path


BAD = {
    "missing": "No such file or directory",
    "a-folder": "it is a folder; `registry-parser convert a-folder -o OUT` reads all files in it",
    "empty": "the input is empty",
    "binary": "the input is binary",
    "prose": "the text is no registry record",
    "locked": "Permission denied",
    "many.jsonl": "the input holds 3 records, where one is expected",
    "many.jsonl#4": "many.jsonl has no such member or record",
    "cut.gz": "it is damaged or cut off",
    "pages.zip": "it is an archive: name one of its members",
    "pages.zip!other.txt": "pages.zip has no such member or record",
}

# What commands say that take something else: documents, or pages only.
DOCUMENTS = {"empty": "this is not JSON", "binary": "this is not JSON", "prose": "this is not JSON"}
MANY = {"many.jsonl": "this is not a page but an export, api-v2-json"}
SAID: dict[str, dict[str, str]] = {
    "parse": BAD,
    "show": BAD,
    "explain": BAD,
    "coverage": {**BAD, **MANY},
    # Any text is one.
    "text": {name: said for name, said in {**BAD, **MANY}.items() if name != "prose"},
    # An export of many is shown.
    "view": {name: said for name, said in BAD.items() if name != "many.jsonl"},
    "render": {**BAD, **DOCUMENTS, "many.jsonl": "this is not JSON"},
}


@pytest.mark.parametrize(("command", "name"), [(command, name) for command in SAID for name in SAID[command]])
def test_a_file_that_is_no_record_is_reported_in_a_line(
    folder: Path, capsys: Captured, command: str, name: str
) -> None:
    assert main([command, name]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith(f"{name}: error: ")
    assert SAID[command][name] in line


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        (["merge", "page.txt", "missing"], 1, "missing: error: the file cannot be read: No such file or directory"),
        (["merge", "page.txt", "a-folder"], 1, "a-folder: error: it is a folder; "),
        (["merge", "page.txt", "empty"], 1, "empty: error: the input is empty"),
        (["merge", "page.txt", "binary"], 1, "binary: error: the input is binary"),
        (["merge", "page.txt", "prose"], 1, "prose: error: "),
        (["merge", "page.txt"], 1, "merge: error: there is one record, and nothing to merge it with"),
        (["explain", "page.txt", "/nothing/here"], 2, "page.txt: error: the document has nothing at '/nothing/here'"),
        (["render", "-o", "a-folder", "document.json"], 1, "a-folder: error: the file cannot be written"),
        (["render", "-o", "missing/page.txt", "document.json"], 1, "error: the file cannot be written"),
        (["convert", "page.txt", "-o", "out.xyz"], 2, "registry-parser convert: out.xyz: outputs end in "),
        (["convert", "page.txt", "-o", "missing/out.jsonl"], 2, "there is no folder missing to write it to"),
        (["convert", "page.txt", "-o", "document.json"], 2, "registry-parser convert: document.json: outputs end in"),
        (["convert", "a-folder", "page.txt", "-o", "a-folder"], 2, "would be read as a page: choose a place outside"),
        (["stats", "missing"], 1, "missing: error: the data set cannot be read: No such file or directory"),
        (["stats", "missing.jsonl"], 1, "missing.jsonl: error: the data set cannot be read: No such file"),
        (["stats", "page.txt"], 1, "page.txt: error: this is not a data set that `registry-parser convert` writes"),
        (["stats", "a-folder"], 1, "a-folder: error: the folder has no JSON files in it"),
        (["stats", "many.jsonl"], 1, "many.jsonl: error: line 1 is not a document of `registry-parser convert`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_else_cannot_be_done_is_reported(
    folder: Path, capsys: Captured, arguments: list[str], status: int, expected: str
) -> None:
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert expected in captured.err.splitlines()[0]


@pytest.mark.parametrize("name", ["missing", "empty", "binary", "prose", "locked", "cut.gz"])
def test_convert_refuses_them_one_by_one(folder: Path, capsys: Captured, name: str) -> None:
    assert main(["convert", name, "page.txt", "-o", "-", "--quiet"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"{name}: error: ")
    assert len(captured.err.splitlines()) == 1
    assert json.loads(captured.out)["sourceSection"]["name"] == "page.txt"


def damaged_data_sets(folder: Path) -> dict[str, str]:
    """Data sets that are broken, and what is said of each."""
    document = parse(PAGE).to_dict()

    def lines(name: str, *documents: Any) -> None:
        Path(name).write_text("".join(json.dumps(one) + "\n" for one in documents))

    lines("shape.jsonl", document, {**document, "sourceSection": [1]})
    lines("form.jsonl", {**document, "sourceSection": {"form": ["x"]}})
    lines("scalar.jsonl", document, 3)
    Path("cut.jsonl").write_text(json.dumps(document)[:200])
    Path("empty.jsonl").write_bytes(b"")
    Path("cut.jsonl.gz").write_bytes(Path("cut.gz").read_bytes())
    Path("text.duckdb").write_text("no database")
    Path("json").mkdir()
    Path("json/one.json").write_text("{}")
    convert("page.txt", "less.parquet")
    Path("less.parquet/problems.parquet").unlink()
    convert("page.txt", "text.parquet")
    Path("text.parquet/criteria.parquet").write_text("no table")
    convert("page.txt", "other.parquet")
    Path("other.parquet/arms.parquet").write_bytes(Path("other.parquet/contacts.parquet").read_bytes())
    return {
        "shape.jsonl": "line 2 is not a document of `registry-parser convert`",
        "form.jsonl": "studies.form is ['x'] in a record",
        "scalar.jsonl": "line 2 is not a document",
        "cut.jsonl": "line 1 is not JSON",
        "empty.jsonl": "it is empty",
        "cut.jsonl.gz": "it is damaged or cut off",
        "text.duckdb": "it cannot be read as a DuckDB database",
        "json": "one.json is not a document",
        "less.parquet": "problems.parquet cannot be read",
        "text.parquet": "criteria.parquet cannot be read",
        "other.parquet": "the table arms lacks label, ",
    }


def test_a_data_set_that_is_broken_is_reported_in_a_line(folder: Path, capsys: Captured) -> None:
    pytest.importorskip("pyarrow")
    for name, expected in damaged_data_sets(folder).items():
        assert main(["stats", name]) == 1, name
        captured = capsys.readouterr()
        assert captured.out == "", name
        (line,) = captured.err.splitlines()
        assert line.startswith(f"{name}: error: ")
        assert expected in line


def test_every_command_that_takes_input_is_asked_here() -> None:
    assert {command.name for command in COMMANDS} - {"convert", "merge", "stats", "forms", "schema"} == set(SAID)


# --- What is mistyped -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["pares", "page.txt"], "there is no command 'pares'; did you mean parse?"),
        (["stat", "out"], "there is no command 'stat'; did you mean stats?"),
        (["xyzzy"], "there is no command 'xyzzy': parse, show, convert, "),
        (["parse", "--preti", "page.txt"], "unrecognized arguments: --preti; did you mean --pretty?"),
        (["convert", "a", "-o", "b", "--job=3"], None),
        (
            ["convert", "a", "-o", "b", "--overwright"],
            "unrecognized arguments: --overwright; did you mean --overwrite?",
        ),
        (["convert", "a", "-o", "b", "--kep=all"], "unrecognized arguments: --kep=all; did you mean --keep?"),
        (["stats", "--xyzzy", "a"], "unrecognized arguments: --xyzzy"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_mistyped_is_reported_with_what_is_near(
    folder: Path, capsys: Captured, arguments: list[str], hint: str | None
) -> None:
    if hint is None:
        # The beginning of an option is enough, as argparse has it.
        assert main(arguments) != 2
        return
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    *usage, last = capsys.readouterr().err.splitlines()
    assert usage[0].startswith("usage: registry-parser")
    assert hint in last
    assert last.endswith(hint) or hint.endswith(", ")
