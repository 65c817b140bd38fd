"""The READMEs' examples in Python run as they are, their commands have these options, their output is what is shown."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parser import parse
from parser.cli import arguments, main
from parser.problems import CODES
from tests.conftest import ROOT

READMES = ("README.md", "parser/README.md", "parser/forms/README.md", "parser/ingest/README.md")
SAMPLE = ROOT / "samples" / "NCT03562065.txt"

# Needs Airflow.
NOT_RUN = "@task\n"


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has the samples and what the examples read besides; what they write is written there."""
    (tmp_path / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    (tmp_path / "dumps").symlink_to(ROOT / "samples" / "bare", target_is_directory=True)
    with zipfile.ZipFile(tmp_path / "crawl.zip", "w") as archive:
        archive.write(SAMPLE, "page.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("readme", READMES)
def test_the_examples_run(readme: str, folder: Path) -> None:
    results = ROOT / "samples" / "results" / "lines" / "NCT04264208.txt"
    names: dict[str, Any] = {
        "__name__": "__readme__",
        "text": SAMPLE.read_bytes().decode("utf-8"),
        "study": {"protocolSection": {"identificationModule": {"briefTitle": "A Trial"}}},
        "protocol_page": (ROOT / "samples" / "labelled" / "NCT04264208.txt").read_bytes(),
        "results_page": results.read_bytes(),
    }
    for block in blocks(readme, "python"):
        code = compile(block, readme, "exec", dont_inherit=True)
        if not block.startswith(NOT_RUN):
            exec(code, names)
    if readme == "parser/README.md":
        (reference,) = json.loads(Path("references.json").read_text(encoding="utf-8"))
        assert reference["PMID"] == "39706212"


@pytest.mark.parametrize("readme", ["README.md", "parser/README.md"])
def test_what_the_examples_say_in_comments_is_so(readme: str, folder: Path) -> None:
    example = blocks(readme, "python")[0]
    names: dict[str, Any] = {}
    exec(compile(example, readme, "exec", dont_inherit=True), names)
    said = re.findall(r"^(document\.\S+)  # (\"[^\"]+\"|\d+|\([^)]+\))", example, re.MULTILINE)
    assert len(said) == 3
    for expression, value in said:
        assert eval(expression, names) == eval(value), expression


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command of the READMEs, with the words after `registry-parser`, up to a pipe or a redirection."""
    for readme in (*READMES, "tests/README.md"):
        for block in blocks(readme, "sh"):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if "registry-parser" in words:
                    after = words[words.index("registry-parser") + 1 :]
                    stops = [at for at, word in enumerate(after) if word in ("|", "<", ">")]
                    yield line, after[: stops[0]] if stops else after


@pytest.mark.parametrize(("line", "words"), [pytest.param(*command, id=command[0]) for command in commands()])
def test_the_commands_have_these_options(line: str, words: list[str]) -> None:
    options = arguments().parse_args(words)
    assert callable(options.run)


def test_what_show_prints_is_what_the_readme_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page, shown = blocks("README.md", "text")
    assert page in SAMPLE.read_text(encoding="utf-8")
    assert main(["show", str(SAMPLE)]) == 0
    printed = [line.strip("│├└─ ") for line in capsys.readouterr().out.splitlines()]
    lines = [line.strip() for line in shown.splitlines()]
    assert len(lines) == 5
    assert [line for line in printed if line in lines] == lines


def test_every_problem_code_is_listed_as_it_is() -> None:
    text = (ROOT / "parser" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (info|warning|error) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(name, code.severity, code.meaning) for name, code in CODES.items()]


def test_the_document_that_is_shown_is_what_comes_out() -> None:
    text = (ROOT / "parser" / "README.md").read_text(encoding="utf-8")
    ((page, document),) = re.findall(r"```text\n(.*?)```.*?```json\n(.*?)```", text, re.DOTALL)
    assert document == parse(page).to_json(indent=2) + "\n"


def test_every_link_leads_somewhere() -> None:
    for readme in (
        *READMES,
        "grammars/README.md",
        "samples/README.md",
        "tests/README.md",
        "tests/evaluation/README.md",
    ):
        path = ROOT / readme
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{readme}: {target}"
