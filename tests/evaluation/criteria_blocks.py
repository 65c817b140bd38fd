"""The outlines of damaged blocks: `python -m tests.evaluation.criteria_blocks [open|held-out] [--show]`.

The files of criteria_blocks/ hold eligibility texts of ClinicalTrials.gov as people wrote them, each with its outline
as a reader drew it before the parser saw the text. A line of the outline is the beginning of an item, with its marker,
indented by two blanks for each level; an item's text ends where the next line's begins.

= Inclusion Criteria:         a category heading, which is not an item
1. Pathologically documented  an item, and two inside it
  1. Is unresectable
  2. Has progressed
# Cohort B:                   a heading of a group, and an item of the group
  1. Adults
@ Part 2:                     a heading above category headings: below each of these it comes again,
^ Part 2:                     as words whose place is not looked for
~ Other criteria may apply    a note

What is compared are edges, an item's text with its parent's; nested ones are those with a parent. While the parser was
made better nobody looked at the blocks of held-out.txt.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from parser import parse_criteria
from tests.evaluation.criteria_answers import Edge

FOLDER = Path(__file__).parent / "criteria_blocks"
PARTS = ("open", "held-out")

# Line ends of other kinds, and comments: they are no text.
BLANK = r"(?:\s|<br>|<!--\s*-->|~)"
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
MARKER = re.compile(
    r"(?:[*•·\-–]\s*)?(?:(?:\d{1,2}(?:\.\d{1,2})+(?=\s)|[(\[]?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})(?:[.)\]]{1,2}|-(?=\s)))\s*"
    r"|[*•·\-–]\s*)"
)


class Block(NamedTuple):
    """A text with the edges of its outline; `name` is the record that it is from."""

    name: str
    text: str
    edges: list[Edge]


def read_blocks(part: str) -> Iterator[Block]:
    """The blocks of one file."""
    for written in ("\n" + (FOLDER / f"{part}.txt").read_text(encoding="utf-8")).split("\n## ")[1:]:
        title, _, rest = written.partition("\n")
        text, _, outline = rest.partition("\n->\n")
        yield Block(title.split(":")[0], text, outline_edges(title, text, outline.rstrip().split("\n")))


def outline_edges(name: str, text: str, outline: Sequence[str]) -> list[Edge]:
    """The edges of an outline. Raises ValueError where the beginning of an item is not found in the text."""
    starts: list[int] = []
    at = 0
    for line in outline:
        if kind_of(line) == "^":
            continue
        words = line.strip().removeprefix(f"{kind_of(line)} ") if kind_of(line) else line.strip()
        found = re.compile(f"{BLANK}+".join(map(re.escape, words.split()))).search(text, at)
        if found is None:
            raise ValueError(f"{name}: {line!r} is not in the rest of the text")
        starts.append(found.start())
        at = found.end()
    ends = iter([*starts[1:], len(text)])
    begins = iter(starts)
    edges: list[Edge] = []
    above: list[str] = []
    for line in outline:
        kind = kind_of(line)
        own = line.strip().removeprefix("^ ") if kind == "^" else text[next(begins) : next(ends)]
        if kind in ("=", "@"):
            continue
        level = (len(line) - len(line.lstrip())) // 2
        own = plain(own)
        edges.append(Edge(own, above[level - 1] if level else None))
        above[level:] = [own]
    return edges


def kind_of(line: str) -> str:
    """The sign that a line of an outline begins with; nothing for an item."""
    found = re.match(r"\s*([=#@^~]) ", line)
    return found[1] if found else ""


def plain(text: str) -> str:
    """A text for comparison: without line ends, escapes, its marker, and signs at its ends."""
    folded = " ".join(re.sub(f"{BLANK}+", " ", ESCAPE.sub(r"\1", text)).split())
    return MARKER.sub("", folded, count=1).strip(" .,;:-*•–") if MARKER.match(folded) else folded.strip(" .,;:-*•–")


def found_edges(nodes: Sequence[dict[str, Any]], parent: str | None = None) -> Iterator[Edge]:
    """The edges of a tree as `parse_criteria` gives it; a node without a letter or a digit is none."""
    for node in nodes:
        own = plain(node["text"])
        if any(map(str.isalnum, own)):
            yield Edge(own, parent)
            yield from found_edges(node.get("children", ()), own)


class Score(NamedTuple):
    """How many edges are in the answers, were found, and are in both."""

    expected: int = 0
    found: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.expected + self.found) if self.expected + self.found else 0.0

    def plus(self, expected: Sequence[Edge], found: Sequence[Edge]) -> Score:
        both = (Counter(expected) & Counter(found)).total()
        return Score(self.expected + len(expected), self.found + len(found), self.right + both)


def score(part: str, show: bool = False) -> tuple[Score, Score, int]:
    """The scores of all edges and of nested ones over a file, and the number of its blocks."""
    every, nested, count = Score(), Score(), 0
    for block in read_blocks(part):
        found = list(found_edges(parse_criteria(block.text).to_dict()["criteria"]))
        every = every.plus(block.edges, found)
        nested = nested.plus(*([edge for edge in edges if edge.parent is not None] for edges in (block.edges, found)))
        count += 1
        if show:
            for sign, edges in (
                ("-", Counter(block.edges) - Counter(found)),
                ("+", Counter(found) - Counter(block.edges)),
            ):
                for edge in edges:
                    print(f"{block.name} {sign} {edge.text[:70]!r} in {edge.parent and edge.parent[:50]!r}")
    return every, nested, count


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("part", nargs="*", default=PARTS, help="open, held-out")
    arguments.add_argument("--show", action="store_true", help="each edge that is missing (-) or wrong (+)")
    given = arguments.parse_args()
    for part in given.part:
        every, nested, count = score(part, given.show)
        print(f"{part}: {count} blocks, {every.expected} edges, {nested.expected} of them nested")
        print(f"  F1 {every.f1:.4f}, of nested ones {nested.f1:.4f}")


if __name__ == "__main__":
    main()
