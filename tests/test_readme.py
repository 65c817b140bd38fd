"""README's examples in Python run unchanged, one after the other, in a checkout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SECTIONS = ("From Python", "Back to the page", "Exports", "Forms of pages", "Tables and SQL")


def examples() -> Iterator[str]:
    """The blocks of Python in some sections of the README, those of their subsections left out."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading in SECTIONS:
        match = re.search(rf"^## {heading}\n(.*?)(?=^##)", readme, re.MULTILINE | re.DOTALL)
        assert match, heading
        blocks = re.findall(r"^```python\n(.*?)^```", match[1], re.MULTILINE | re.DOTALL)
        assert blocks, heading
        yield from blocks


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they write files, they do so in a folder that has the samples."""
    (tmp_path / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    samples = ROOT / "samples"
    names: dict[str, Any] = {
        "text": (samples / "NCT03562065.txt").read_bytes().decode("utf-8"),
        "study": {"protocolSection": {"identificationModule": {"briefTitle": "A Trial"}}},
        "protocol_page": (samples / "labelled" / "NCT04264208.txt").read_bytes(),
        "results_page": (samples / "results" / "lines" / "NCT04264208.txt").read_bytes(),
    }
    for example in examples():
        exec(compile(example, "README.md", "exec", dont_inherit=True), names)
    (reference,) = json.loads(Path("references.json").read_text(encoding="utf-8"))
    assert reference["PMID"] == "39706212"
    assert names["document"].source_section.merged_from


def test_what_the_examples_say_in_comments_is_so() -> None:
    (example, *_) = examples()
    names: dict[str, Any] = {}
    exec(compile(example.replace('"samples/', f'"{ROOT}/samples/'), "README.md", "exec", dont_inherit=True), names)
    said = re.findall(r"^(document\.\S+)  # (\"[^\"]+\"|\d+|\([^)]+\))", example, re.MULTILINE)
    assert len(said) == 3
    for expression, value in said:
        assert eval(expression, names) == eval(value), expression
