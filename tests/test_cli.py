"""The command line: what goes to stdout and to stderr, exit statuses, and files that are odd or no records at all."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from parser import __version__, parse
from parser.cli import main
from parser.model.schema import schema
from parser.problems import CODES
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]

PAGE = """\
Aspirin for Headache

NCT ID: NCT00000001

Last Updated: 2020-01-02

Basic Information

Get a concise snapshot of the trial, including recruitment status, study phase, enrollment targets, and key timeline \
milestones.

Recruitment Status

ON A BREAK

A Heading Nobody Knows

Text of that heading: 5 µg ≥ 3.
"""


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as a shell would start it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "parser", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, timeout=60, **options)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


# --- What is printed --------------------------------------------------------------------------------------------------


def test_a_page_becomes_json_on_stdout(page: Path) -> None:
    done = run("parse", page)
    assert done.returncode == 0
    assert json.loads(done.stdout) == parse(PAGE).to_dict()


def test_problems_go_to_stderr_with_their_places(page: Path, capsys: Captured) -> None:
    assert main(["parse", str(page)]) == 0
    printed = capsys.readouterr().err.splitlines()
    assert printed
    for line in printed:
        found = re.fullmatch(rf"{re.escape(str(page))}:(\d+):(\d+): (info|warning|error): (.+) \[([a-z-]+)\]", line)
        assert found, line
        assert found[5] in CODES
    start = PAGE.splitlines().index("ON A BREAK") + 1
    assert any(line.startswith(f"{page}:{start}:1: warning: ") for line in printed)


@pytest.mark.parametrize(
    ("least", "shown"),
    [("none", set()), ("error", {"error"}), ("warning", {"warning", "error"}), ("info", {"info", "warning", "error"})],
)
def test_the_least_severity_can_be_chosen(sample: Path, capsys: Captured, least: str, shown: set[str]) -> None:
    severities: set[str] = {problem.severity for problem in parse(sample.read_bytes()).problems}
    assert "info" in severities, "the sample has a problem to hide"
    assert main(["parse", "--problems", least, str(sample)]) == 0
    printed = capsys.readouterr().err
    assert {severity for severity in ("info", "warning", "error") if f": {severity}: " in printed} == severities & shown


def test_several_files_give_a_line_each(page: Path, sample: Path, capsys: Captured) -> None:
    assert main(["parse", "--compact", str(page), str(sample)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["protocolSection"]["identificationModule"]["nctId"] for line in lines] == [
        "NCT00000001",
        "NCT03562065",
    ]


def test_the_form_is_compact_for_programs_and_indented_when_asked(page: Path, capsys: Captured) -> None:
    main(["parse", str(page)])
    assert len(capsys.readouterr().out.splitlines()) == 1
    main(["parse", "--pretty", str(page)])
    assert capsys.readouterr().out == parse(PAGE).to_json(indent=2) + "\n"


def test_the_form_is_indented_on_a_terminal(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["parse", str(page)])
    assert capsys.readouterr().out.startswith('{\n  "schemaVersion"')
    main(["parse", "--compact", str(page)])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_stdin_is_read_as_bytes_and_stdout_is_utf_8_whatever_the_locale() -> None:
    done = run("parse", "-", input=PAGE.encode("utf-16"), env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 0
    assert "5 µg ≥ 3." in done.stdout.decode("utf-8")
    assert done.stderr.startswith(b"<stdin>:")


def test_the_schema_is_printed(capsys: Captured) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def test_help_shows_examples_and_the_version_is_reported(capsys: Captured) -> None:
    for arguments, expected in [
        (["--help"], "exit status: 0 done"),
        (["parse", "--help"], "examples:\n  registry-parser parse page.txt"),
        (["explain", "--help"], "examples:\n  registry-parser explain page.txt /protocolSection"),
        (["coverage", "--help"], "examples:\n  registry-parser coverage page.txt"),
        (["render", "--help"], "examples:\n  registry-parser render document.json"),
        (["show", "--help"], "examples:\n  registry-parser show page.txt"),
        (["stats", "--help"], "examples:\n  registry-parser stats trials.jsonl.gz"),
        (["--version"], f"registry-parser {__version__}\n"),
        (["-V"], f"registry-parser {__version__}\n"),
    ]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("registry-parser st", {"stats"}),
        ("registry-parser parse --pr", {"--problems", "--pretty"}),
        ("registry-parser parse --problems w", {"warning"}),
        ("registry-parser show --form ctgov-x", {"ctgov-xml"}),
    ],
)
def test_a_shell_completes_commands_options_and_values(tmp_path: Path, line: str, expected: set[str]) -> None:
    pytest.importorskip("argcomplete")
    told = tmp_path / "told"
    shell = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(told)}
    done = run("-", env={**shell, "COMP_LINE": line, "COMP_POINT": str(len(line)), "COMP_TYPE": "9"})
    assert done.returncode == 0
    assert {word.strip() for word in told.read_text().splitlines()} == expected


def test_completion_without_its_library_is_reported(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("_ARGCOMPLETE", "1")
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    with pytest.raises(SystemExit) as ended:
        main(["parse", "-"])
    assert ended.value.code == 1
    expected = "completion needs argcomplete: pip install 'registry-text-parser[completion]'\n"
    assert capsys.readouterr() == ("", expected)


# --- Where things were read -------------------------------------------------------------------------------------------


def test_spans_are_added_when_they_are_asked_for(page: Path, capsys: Captured) -> None:
    assert main(["parse", "--spans", "--problems=none", str(page)]) == 0
    assert json.loads(capsys.readouterr().out) == parse(PAGE).to_dict(spans=True)


def test_a_pointer_is_explained(page: Path, capsys: Captured) -> None:
    pointer = "/sourceSection/unparsed/0/text"
    assert main(["explain", str(page), pointer]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        f'{page}:13:1: {pointer} = "ON A BREAK"',
        "13 | ON A BREAK",
        "   | ^^^^^^^^^^",
    ]
    assert captured.err == ""


def test_lines_are_as_wide_as_the_terminal(page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    page.write_text(PAGE.replace("ON A BREAK", "ON A BREAK " * 20), encoding="utf-8")
    assert main(["explain", str(page), "/sourceSection/unparsed/0/text"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines()[1:])) <= 50


def test_a_pointer_that_leads_nowhere_is_wrong_usage(page: Path, capsys: Captured) -> None:
    assert main(["explain", str(page), "nctId"]) == 2
    assert capsys.readouterr() == (
        "",
        f"{page}: error: the document has nothing at 'nctId'; the nearest are:\n"
        "  /protocolSection/identificationModule/nctId\n",
    )


def test_coverage_adds_up(sample: Path, capsys: Captured) -> None:
    assert main(["coverage", "--json", str(sample)]) == 0
    counts = json.loads(capsys.readouterr().out)
    length, fields = counts.pop("length"), counts.pop("fields")
    assert length == len(sample.read_text(encoding="utf-8")) == sum(fields.values()) + sum(counts.values())
    assert counts["unaccounted"] == counts["unparsed"] == 0

    assert main(["coverage", str(sample)]) == 0
    rows = re.findall(r"^( *)(\D+?) +([\d,]+) +([\d.]+) %$", capsys.readouterr().out, re.MULTILINE)
    (_, first, in_fields, _), *middle, (_, last, total, share) = rows
    assert (first, last, int(total.replace(",", "")), share) == ("fields", "total", length, "100.0")
    assert int(in_fields.replace(",", "")) == sum(fields.values())
    parts = {name.replace(" ", "_"): int(count.replace(",", "")) for _, name, count, _ in middle}
    assert parts == {**fields, **counts}
    assert sum(round(float(share) * 10) for *_, share in middle) == 1000


@pytest.mark.parametrize("command", [["explain", "FILE", "/hasResults"], ["coverage", "FILE"], ["render", "FILE"]])
@pytest.mark.parametrize(("data", "word"), [(b"", ""), (b"\x00\x01" * 99, ""), (None, "cannot be read: No such file")])
def test_one_file_that_cannot_be_read_is_reported_in_a_line(
    tmp_path: Path, capsys: Captured, command: list[str], data: bytes | None, word: str
) -> None:
    path = tmp_path / "file"
    if data is not None:
        path.write_bytes(data)
    assert main([str(path) if part == "FILE" else part for part in command]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith(f"{path}: error: ")
    assert word in line


# --- Back to a page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["", "\n"], ids=["no end", "a line end"])
def test_a_page_comes_back_from_its_json(tmp_path: Path, sample: Path, capsys: Captured, end: str) -> None:
    text = sample.read_bytes().decode("utf-8") + end
    document, page = tmp_path / "document.json", tmp_path / "page.txt"
    document.write_text(parse(text).to_json(), encoding="utf-8")
    assert main(["render", str(document)]) == 0
    assert capsys.readouterr() == (text, "")
    assert main(["render", "--output", str(page), str(document)]) == 0
    assert capsys.readouterr() == ("", "")
    assert page.read_bytes() == text.encode()


def test_a_page_goes_through_a_pipe_unchanged(sample: Path) -> None:
    document = run("parse", "--problems=none", sample).stdout
    assert run("render", "-", input=document).stdout == sample.read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A Trial\n\nNCT ID: NCT00000001", "this is not JSON, as `registry-parser parse` writes it: Expecting value"),
        ("{}\n{}", "this is not JSON, as `registry-parser parse` writes it: Extra data: line 2"),
        ("[" * 200_000, "this is not JSON, as `registry-parser parse` writes it: "),
        ("[]", "the document: expected an object, found list"),
        ('{"studies": []}', "the document: it has neither schemaVersion nor protocolSection"),
        ('{"protocolSection": {"hasResults": 1}, "schemaVersion": "3.0"}', "schemaVersion: '3.0' is not 1.0 or 2.0"),
        ('{"protocolSection": {"statusModule": 3}}', "protocolSection.statusModule: Expected `object`, got `int`"),
        ('{"protocolSection": {}, "hasResults": NaN}', "hasResults: it is not a number that JSON can hold"),
    ],
)
def test_what_is_no_document_is_reported_in_a_sentence(
    tmp_path: Path, capsys: Captured, text: str, message: str
) -> None:
    path = tmp_path / "document.json"
    path.write_text(text, encoding="utf-8")
    assert main(["render", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{path}: error: {message}")
    assert len(captured.err.splitlines()) == 1


def test_half_a_character_is_rendered_as_one_that_files_can_hold(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "study.json"
    path.write_text('{"protocolSection": {"identificationModule": {"briefTitle": "Half \\ud800"}}}', encoding="utf-8")
    assert main(["render", str(path)]) == 0
    assert capsys.readouterr().out.startswith("Half \ufffd\n\nBasic Information\n\n")


def test_a_page_that_cannot_be_written_is_reported(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "document.json"
    path.write_text(parse(PAGE).to_json(), encoding="utf-8")
    assert main(["render", "-o", str(tmp_path), str(path)]) == 1
    assert capsys.readouterr() == ("", f"{tmp_path}: error: the file cannot be written: Is a directory\n")


# --- What cannot be read ----------------------------------------------------------------------------------------------

SEVENTEEN_MEBIBYTES = 17 << 20

NO_RECORDS = {
    "empty": (b"", "empty"),
    "blank": (b"\xef\xbb\xbf \r\n\t\n", "empty"),
    "binary": (bytes(range(32)) * 40, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + Random(1).randbytes(4000), "binary"),
    "undecodable": ("Studie zur Gr\u00f6\u00dfe, \u00e9tude \u2265 5".encode() + b" \xff\xfe\x81", "utf-8"),
    "too large": (b"NCT ID: NCT00000001\n" * (SEVENTEEN_MEBIBYTES // 20), "16,777,216"),
    "prose": (b"It was a dark and stormy night; the rain fell in torrents.\n" * 20, "registry"),
}


@pytest.mark.parametrize(("data", "word"), NO_RECORDS.values(), ids=NO_RECORDS)
def test_what_is_no_record_is_reported_in_a_sentence(
    tmp_path: Path, page: Path, data: bytes, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes(data)
    assert main(["parse", "--compact", "--problems", "none", str(odd), str(page)]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out) == parse(PAGE).to_dict(), "the other file is converted all the same"
    (line,) = printed.err.splitlines()
    assert line.startswith(f"{odd}: error: ")
    sentence = line.removeprefix(f"{odd}: error: ").lower()
    assert word in sentence
    assert len(sentence.split()) >= 6
    assert "traceback" not in sentence


def test_files_that_are_not_there_leave_the_others_alone(tmp_path: Path, page: Path, capsys: Captured) -> None:
    missing = tmp_path / "missing.txt"
    assert main(["parse", "--problems=none", str(missing), str(page), str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out) == parse(PAGE).to_dict()
    assert captured.err.splitlines() == [
        f"{missing}: error: the file cannot be read: No such file or directory",
        f"{tmp_path}: error: it is a folder; `registry-parser convert {tmp_path} -o OUT` reads all files in it",
    ]


@pytest.mark.parametrize(("limit", "status"), [("1000", 1), ("1K", 0), ("1m", 0), ("2000000", 0)])
def test_the_size_limit_can_be_set(tmp_path: Path, capsys: Captured, limit: str, status: int) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.ljust(1024), encoding="ascii", errors="replace")
    assert main(["parse", "--max-size", limit, str(path)]) == status
    assert ("raise the limit with --max-size" in capsys.readouterr().err) is bool(status)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["parse"],
        ["pares", "page.txt"],
        ["parse", "--problems", "loud", "page.txt"],
        ["parse", "--max-size", "much", "page.txt"],
        ["parse", "--max-size", "0", "page.txt"],
        ["parse", "--compact", "--pretty", "page.txt"],
        ["schema", "page.txt"],
        ["explain"],
        ["stats"],
        ["show", "page.txt", "another.txt"],
        ["show", "--form", "a-form", "page.txt"],
        ["coverage"],
        ["render"],
        ["render", "--pretty", "document.json"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_the_usage(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: registry-parser")


# --- Ends from outside ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_a_reader_that_leaves_is_no_fault(sample: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "parser", "parse", "--problems=none", str(sample)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to stand for a full disk")
def test_output_that_cannot_be_written_is_reported(sample: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "parser", "parse", "--problems=none", str(sample)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert re.fullmatch(rb"registry-parser: error: .*No space left on device\n", done.stderr)


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    class Interrupted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Interrupted()))
    assert main(["parse", "-"]) == 130
    assert capsys.readouterr() == ("", "")


def test_memory_that_runs_out_is_reported(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("parser.cli.shared.parse", full)
    assert main(["show", str(page)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("registry-parser: error: out of memory: ")


# --- One page in many spellings ---------------------------------------------------------------------------------------

LABELS = re.compile(
    r"^(Study Results|Basic Information|Recruitment Status|Study Start Date|Sponsor Role lead|Role: CONTACT)$",
    re.MULTILINE,
)
NO_BREAK_SPACE = "\u00a0"


def respelled(text: str) -> dict[str, bytes]:
    """A page as other programs save it."""
    return {
        "UTF-8 with BOM": text.encode("utf-8-sig"),
        "UTF-16 little-endian with BOM": b"\xff\xfe" + text.encode("utf-16-le"),
        "UTF-16 big-endian with BOM": b"\xfe\xff" + text.encode("utf-16-be"),
        "CRLF": text.replace("\n", "\r\n").encode(),
        "no-break spaces in labels": LABELS.sub(lambda label: label[0].replace(" ", NO_BREAK_SPACE), text).encode(),
        "trailing blanks": text.replace("\n", f"{NO_BREAK_SPACE} \t\n").encode(),
        "a blank end": (text + "\n\n  \n").encode(),
    }


@pytest.mark.parametrize("spelling", respelled(""))
def test_a_page_is_the_same_however_it_is_spelled(sample: Path, spelling: str) -> None:
    text = sample.read_bytes().decode("utf-8")
    data = respelled(text)[spelling]
    assert data != text.encode()
    assert fields(parse(data).to_dict()) == fields(parse(text).to_dict())


def test_windows_1252_is_read_and_reported(sample: Path) -> None:
    # The one thing on the page that Windows-1252 cannot spell.
    text = sample.read_bytes().decode("utf-8").replace("≥", ">=")
    document = parse(text.encode("cp1252"))
    assert "Hôpitaux" in document.to_json()
    assert fields(document.to_dict()) == fields(parse(text).to_dict())
    assert "encoding-guessed" in {problem.code for problem in document.problems}


def fields(document: Any) -> Any:
    """A document without what depends on the bytes of its page: the source section, and places."""
    if isinstance(document, dict):
        dropped = ("sourceSection", "start", "end")
        return {key: fields(value) for key, value in document.items() if key not in dropped}
    return [fields(value) for value in document] if isinstance(document, list) else document
