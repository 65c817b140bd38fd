"""What an input takes at most, whatever it is: so many times what Beautiful Soup takes for a tree of as many bytes.

pytest -m linear tests/test_bound.py        pages of 20 kB
pytest -m slow tests/test_bound.py          a MB of each
python -m tests.test_bound                  the ten slowest units of HTML and of text, of 6 kB of each

Seconds differ from machine to machine and from hour to hour; the ratio of two that are measured in turns does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from bs4 import BeautifulSoup

from parser import ParserError, parse
from parser.forms.pages.words import ROWS
from parser.html.elements import names
from tests.linear import seconds
from tests.test_hostile import HEAD
from tests.test_html import HOSTILE

HTML_HEAD = "<html><p>NCT ID: NCT00000001</p><h2>Brief Summary</h2><p>x</p><p>Overall Status: Recruiting</p>"
CRITERIA = f"{HEAD}Inclusion Criteria\n"
_RUNS = 3
_LENGTH = 20_000
_MB = 1_000_000

MOST = 4.0
"""The most of a page, in trees: a third of it, at most, is Beautiful Soup's own."""
MOST_OF_CRITERIA = 14.0
"""The most of criteria. Each line of a few characters is an object of the document, and perhaps a quantity in it."""
MOST_OF_A_MB = 2.5
"""The most of a MB, of which no more than `MOST_LINES` are read."""

OF_TAGS = [
    "<p>a",
    "<p>|",
    "<li>x",
    "<td>x",
    "<dt>1",
    "<h1>x",
    "<div>x",
    "a<br>",
    "<ol><li>a",
    "<tr><td>x<td>y",
    "<p>A: b",
]
OF_LINES = [
    "a\n",
    "A: b\n",
    "|\n",
    "\r",
    "1\n\n",
    "PMID 1\n",
    "Role: a\n",
    "NCT ID 1\n",
    "Results pending\na\n",
    "a…\n",
]
OF_CRITERIA = ["a\n", "1\n", ">18\n", "≥18 mg\n", "A: b\n", "a.\n", "+33 1 42 49 97 68\n"]


def trees(head: str, unit: str, length: int, runs: int = _RUNS) -> float:
    """How many trees of `<p>a` a text of so many characters takes: the head, and the unit again and again."""

    def text(size: int, unit: str) -> str:
        return unit * (size // len(unit))

    def read(size: int) -> None:
        with suppress(ParserError):
            parse(head + text(size, unit))

    def build(size: int) -> None:
        BeautifulSoup(text(size, "<p>a"), "lxml")

    pairs = [(seconds(read, length), seconds(build, length)) for _ in range(runs)]
    return min(ours for ours, _ in pairs) / min(theirs for _, theirs in pairs)


@pytest.mark.linear
@pytest.mark.parametrize("head", ["<html>x", HTML_HEAD], ids=["no record", "record"])
@pytest.mark.parametrize("unit", OF_TAGS)
def test_a_page_takes_little_more_than_its_tree(head: str, unit: str) -> None:
    assert trees(head, unit, _LENGTH) < MOST


@pytest.mark.linear
@pytest.mark.parametrize("head", ["", HEAD], ids=["no record", "record"])
@pytest.mark.parametrize("unit", OF_LINES)
def test_lines_take_no_more_than_a_page(head: str, unit: str) -> None:
    assert trees(head, unit, _LENGTH) < MOST


@pytest.mark.linear
@pytest.mark.parametrize("unit", OF_CRITERIA)
def test_criteria_of_a_few_characters_are_bounded(unit: str) -> None:
    assert trees(CRITERIA, unit, _LENGTH) < MOST_OF_CRITERIA


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        *((HTML_HEAD, unit) for unit in OF_TAGS),
        *((HEAD, unit) for unit in OF_LINES),
        *((CRITERIA, u) for u in OF_CRITERIA),
    ],
)
def test_a_megabyte_is_bounded(head: str, unit: str) -> None:
    assert trees(head, unit, _MB) < MOST_OF_A_MB


def all_units() -> Iterator[tuple[str, str, str]]:
    """What kind of input, the head, and the unit."""
    elements = names("p li td dt dd div h3 tr span b i a section article blockquote")
    tags = [f"<{name}>{content}" for name in sorted(elements) for content in ("", "a", "1")]
    for unit in dict.fromkeys([*HOSTILE, *OF_TAGS, *tags]):
        yield from (("HTML", head, unit) for head in ("<html>x", HTML_HEAD))
    labels = [row.spellings.split("|")[0] for row in ROWS]
    lines = [line for name in labels for line in (f"{name}\n", f"{name}: a\n", f"{name}\na\n", f"{name} 1\n")]
    for unit in dict.fromkeys([*OF_LINES, *lines]):
        yield from (("text", head, unit) for head in ("", HEAD))
    for unit in dict.fromkeys([*OF_CRITERIA, *OF_LINES]):
        yield "criteria", CRITERIA, unit


def main() -> None:
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    found = sorted(
        ((trees(head, unit, length, runs=1), kind, head[-20:], unit) for kind, head, unit in all_units()), reverse=True
    )
    for kind in ("HTML", "text", "criteria"):
        for ratio, _, head, unit in [one for one in found if one[1] == kind][:10]:
            print(f"{ratio:6.1f} trees  {kind}: {head!r} and many {unit!r}")


if __name__ == "__main__":
    main()
