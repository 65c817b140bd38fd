"""A record on a terminal: what is shown, in how many columns, and when in colours."""

from __future__ import annotations

import builtins
import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parser import parse
from parser.cli import main
from parser.cli.record_tree import record_tree
from parser.cli.tree import Branch, plain_lines
from parser.explain import columns
from parser.model.source import Unparsed
from tests.conftest import ROOT
from tests.pages import page, section

Captured = pytest.CaptureFixture[str]

CRITERIA = """\
Inclusion Criteria:

* Age \\>= 18 years
* One of:

  * Aspirin 5 mg daily within 4 weeks before baseline
  * Platelets \\> 0.5.109/L

Exclusion Criteria:

* Pregnancy"""

PAGE = page(
    section("Basic Information", "Recruitment Status", "ON A BREAK"),
    section("Study Groups", "Placebo Comparator: Sugar\n\nSugar 5 mg twice a day"),
    section("Eligibility Criteria", CRITERIA),
)


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as a pipe's lines, whatever starts the tests."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def shown(file: Path | str, capsys: Captured, *options: str) -> list[str]:
    assert main(["show", *options, str(file)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_criteria_are_a_tree_with_their_quantities(file: Path, capsys: Captured) -> None:
    lines = shown(file, capsys)
    start = lines.index("├── inclusion criteria")
    assert lines[start : start + 11] == [
        "├── inclusion criteria",
        "│   ├── I1 * Age >= 18 years",
        "│   │   └── = Age ≥ 18 a",
        "│   └── I2 * One of:",
        "│       ├── I2.1 * Aspirin 5 mg daily within 4 weeks before baseline",
        "│       │   ├── = Aspirin 5 mg/d",
        "│       │   └── = ≤ 4 wk before baseline",
        "│       └── I2.2 * Platelets > 0.5.109/L",
        "│           └── = Platelets > 500000000 /L (repaired: flattened-superscript; printed \\> 0.5.109/L)",
        "├── exclusion criteria",
        "│   └── E1 * Pregnancy",
    ]


def test_what_it_is_comes_first_and_what_was_odd_last(
    file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = shown(file, capsys)
    assert lines[:3] == [
        "NCT00000001  A Trial",
        "├── registry: ClinicalTrials.gov",
        "├── form: labelled-page",
    ]
    problems = parse(PAGE).problems
    assert problems
    assert f"└── problems ({len(problems)})" in lines
    codes = [line.rsplit("[", 1)[1].rstrip("]") for line in lines[lines.index(f"└── problems ({len(problems)})") + 1 :]]
    assert codes == [problem.code for problem in problems]
    assert any("ON A BREAK" in line for line in lines)


def test_a_document_is_shown_as_its_page_is(file: Path, tmp_path: Path, capsys: Captured) -> None:
    document = tmp_path / "document.json"
    document.write_text(parse(PAGE).to_json(), encoding="utf-8")
    assert shown(document, capsys) == shown(file, capsys)


@pytest.mark.parametrize("width", [30, 50, 100])
def test_no_line_is_wider_than_the_terminal(
    file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    file.write_text(PAGE.replace("Pregnancy", "漢字" * 200 + " word" * 50), encoding="utf-8")
    assert max(map(columns, shown(file, capsys))) <= max(width, 40)


def test_lines_are_broken_at_blanks_and_are_below_their_branch() -> None:
    tree = Branch((("one two three four five six", ""),), (Branch((("seven eight nine ten eleven", ""),)),))
    assert list(plain_lines(tree, 26)) == [
        "one two three four five",
        "│ six",
        "└── seven eight nine ten",
        "      eleven",
    ]


def test_a_deep_tree_keeps_room_for_its_text() -> None:
    tree = Branch((("leaf of the tree", ""),))
    for _ in range(60):
        tree = Branch((("x", ""),), (tree,))
    *_, last = plain_lines(tree, 40)
    assert last.endswith("leaf of the tree")


def test_a_long_text_is_wrapped_in_one_go() -> None:
    assert len(list(plain_lines(Branch((("x" * 1_000_000, ""),)), 102))) == 10_000


def test_an_unparsed_text_is_shown_on_one_line_and_many_are_counted() -> None:
    document = parse(PAGE)
    odd = (Unparsed(text="odd\ntext " * 90),) * 12
    section = msgspec.structs.replace(document.source_section, unparsed=odd)
    document = msgspec.structs.replace(document, source_section=section)
    lines = list(plain_lines(record_tree(document), 400))
    start = next(index for index, line in enumerate(lines) if "in no field" in line)
    assert lines[start + 11].endswith("... 2 more")
    assert "odd text odd" in lines[start + 1]
    assert lines[start + 1].endswith("...")


def test_results_are_named_and_counted(capsys: Captured) -> None:
    sample = sorted((ROOT / "samples" / "results" / "lines").glob("*.txt"))[1]
    results = parse(sample.read_bytes()).results_section
    measures = results.outcome_measures_module.outcome_measures
    lines = shown(sample, capsys)
    start = lines.index(f"├── outcome measures with results ({len(measures)})")
    assert measures[0].title
    assert measures[0].title[:40] in lines[start + 1]
    events = results.adverse_events_module
    assert f"├── adverse events: {len(events.serious_events)} serious, {len(events.other_events)} other" in lines


# --- Colours ----------------------------------------------------------------------------------------------------------


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a test, because stdout is another one before it begins."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


def uncoloured(lines: list[str]) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in lines]


def test_a_terminal_has_colours(file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    lines = shown(file, capsys)
    assert any("\x1b[32m≥ 18 a\x1b[0m" in line for line in lines)
    assert "├── registry: ClinicalTrials.gov" in uncoloured(lines)
    assert "│   │   └── = Age ≥ 18 a" in uncoloured(lines)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_has_none_where_they_are_not_wanted(
    file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    on_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    assert not [line for line in shown(file, capsys) if "\x1b" in line]


def test_without_rich_it_is_plain_text(file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    coloured = shown(file, capsys)
    found = builtins.__import__

    def no_rich(name: str, *rest: Any) -> Any:
        if name.startswith("rich"):
            raise ModuleNotFoundError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", no_rich)
    plain = shown(file, capsys)
    assert "\x1b" not in "".join(plain)
    assert "├── registry: ClinicalTrials.gov" in plain
    assert len(plain) <= len(coloured)


def test_markup_of_a_page_is_text_on_a_terminal_too(
    file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_terminal(monkeypatch)
    file.write_text(PAGE.replace("Pregnancy", "[red]:smile: [/nothing] pregnancy"), encoding="utf-8")
    assert any("[red]:smile: [/nothing] pregnancy" in line for line in uncoloured(shown(file, capsys)))
