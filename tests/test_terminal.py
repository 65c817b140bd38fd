"""Nothing but text on a terminal: whatever files are called and pages say, no command writes what moves a cursor."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from parser import parse
from parser.cli import COMMANDS, main
from tests.pages import page, section

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of files are narrower there")

# A title of the terminal, a screen that is cleared, text that is turned round, a line that ends: as seven and eight
# bits, and in Unicode.
HOSTILE = "a\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\u202egnp\u2066\u200f\u2028b"
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
IN_JSON = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

PAGE = page(
    section("Basic Information", "Recruitment Status", f"ON {HOSTILE} BREAK"),
    # Long enough that it is not a binary file.
    section("Brief Summary", HOSTILE, "Words. " * 500),
    section("Study Groups", f"Experimental: {HOSTILE} 5 mg\n\n{HOSTILE}"),
    section("Eligibility Criteria", f"Inclusion Criteria:\n\n* {HOSTILE} \\>= 5 mg{HOSTILE}"),
    section("Locations", f"{HOSTILE}, Paris, , France"),
    front=(f"A {HOSTILE} Trial", "NCT ID: NCT00000001", "Last Updated: 2020-01-02"),
)


class Files(NamedTuple):
    """Files with hostile names, and hostile text in them."""

    folder: Path
    page: str
    document: str
    other: str
    prose: str
    missing: str
    data_set: str
    odd_data_set: str


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / HOSTILE
    folder.mkdir()

    def write(name: str, text: str) -> str:
        path = folder / f"{HOSTILE}{name}"
        path.write_text(text, encoding="utf-8")
        return str(path)

    document = parse(PAGE)
    assert document.source_section.unparsed
    data = document.to_dict()
    data["sourceSection"]["problems"].append(
        {"code": HOSTILE, "severity": "error", "message": HOSTILE, "path": f"/{HOSTILE}"}
    )
    data["sourceSection"]["form"] = HOSTILE
    other = {**data, "protocolSection": {**data["protocolSection"], "conditionsModule": {"conditions": [HOSTILE]}}}
    other["protocolSection"]["descriptionModule"] = {"briefSummary": f"{HOSTILE} and more"}
    return Files(
        folder,
        write(".txt", PAGE),
        write(".json", json.dumps(data)),
        write("2.json", json.dumps(other)),
        write("prose.txt", f"It was a dark {HOSTILE} night; " + "the rain fell in torrents. " * 50),
        str(folder / f"{HOSTILE}.nothing"),
        write(".jsonl", json.dumps(data) + "\n"),
        write("odd.jsonl", json.dumps({"schemaVersion": "2.0", "sourceSection": {"form": [HOSTILE]}}) + "\n"),
    )


# Each command with what it may quote; the names of those whose stdout is for people.
RUNS: list[Callable[[Files], list[str]]] = [
    lambda files: ["parse", files.page, files.prose, files.missing, str(files.folder)],
    lambda files: ["parse", "--form", HOSTILE, files.page],
    lambda files: ["parse", f"--{HOSTILE}", files.page],
    lambda files: ["parse", "--max-size", HOSTILE, files.page],
    lambda files: ["parse", f"{files.page}!{HOSTILE}"],
    lambda files: ["show", files.page],
    lambda files: ["show", files.document],
    lambda files: ["show", files.prose],
    lambda files: ["explain", files.page],
    lambda files: ["explain", files.page, "/protocolSection/identificationModule/briefTitle"],
    lambda files: ["explain", files.page, f"/{HOSTILE}"],
    lambda files: ["coverage", files.page],
    lambda files: ["coverage", files.prose],
    lambda files: ["render", files.page],
    lambda files: ["render", "-o", str(files.folder), files.document],
    lambda files: ["text", files.missing],
    lambda files: ["merge", files.document, files.other],
    lambda files: ["merge", files.document, files.prose],
    lambda files: ["convert", files.prose, files.page, "-o", "-"],
    lambda files: ["convert", files.prose, files.page, "-o", str(files.folder.parent / f"{HOSTILE}.jsonl")],
    lambda files: ["convert", files.page, "-o", files.data_set],
    lambda files: ["convert", files.page, "-o", f"{files.missing}/{HOSTILE}"],
    lambda files: ["view", files.page, files.prose, files.missing, "-o", str(files.folder.parent / f"{HOSTILE}.html")],
    lambda files: ["view", files.page, "-o", f"{files.missing}/{HOSTILE}.html"],
    lambda files: ["stats", files.data_set],
    lambda files: ["stats", "--json", files.data_set],
    lambda files: ["stats", files.odd_data_set],
    lambda files: ["stats", files.missing],
    lambda files: ["forms", HOSTILE],
    lambda files: ["schema", HOSTILE],
    lambda files: [HOSTILE],
]
FOR_PEOPLE = {"show", "explain", "coverage", "stats", "forms"}
JSON_OUT = {"parse", "merge", "convert", "schema"}


@pytest.mark.parametrize("number", range(len(RUNS)))
def test_no_command_writes_what_a_terminal_acts_on(
    files: Files, capfdbinary: pytest.CaptureFixture[bytes], number: int
) -> None:
    arguments = RUNS[number](files)
    try:
        main(arguments)
    except SystemExit as ended:
        assert ended.code == 2
    written, said = (stream.decode("utf-8") for stream in capfdbinary.readouterr())
    assert not UNSEEN.findall(said), said
    if arguments[0] in FOR_PEOPLE:
        assert not UNSEEN.findall(written), written
    if arguments[0] in JSON_OUT:
        assert not IN_JSON.findall(written), written
    assert "owned" in written + said or arguments[0] == "coverage", "the text is shown, its controls spelled out"


def test_every_command_is_run_here(files: Files) -> None:
    run = {build(files)[0] for build in RUNS}
    assert run - {HOSTILE} == {command.name for command in COMMANDS}


@pytest.mark.parametrize("arguments", [["text", "page"], ["render", "document"]])
def test_a_text_is_as_it_is_but_on_a_terminal(
    files: Files, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    command, kind = arguments
    file = files._asdict()[kind]
    assert main([command, file]) == 0
    exact = capfdbinary.readouterr().out.decode()
    assert HOSTILE in exact
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main([command, file]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert not UNSEEN.findall(shown)
    assert shown.count("\n") == exact.count("\n")
