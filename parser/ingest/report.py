"""The report of a conversion: counts for the closing summary and for deciding whether it succeeded."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from parser.escape import printable
from parser.ingest.journal import Journal
from parser.ingest.model import LeftOut
from parser.problems import CODES

LISTED = 1000
"""The most duplicates that a report names, because it must fit into memory; the file names all."""

FailOn = Literal["error", "warning", "never"]


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a conversion."""

    out: str
    """The output, as it was named."""
    records: int
    """The number of records in the output."""
    merged: int
    """How many of them were merged from two pages, a trial's protocol and its results."""
    duplicates: int
    """How many pages had a record that another page of the run had, too."""
    duplicates_kept: bool
    """Whether these are kept, instead of only the newest of each."""
    left_out: tuple[LeftOut, ...]
    """The first `LISTED` duplicates that are not among the records, each with the record that was kept.

    `rejects` names all.
    """
    problems: dict[str, int]
    """How many problems of each code the records in the output have, the most frequent first."""
    refused: dict[str, int]
    """How many inputs yielded no record, by the reason's code, the most frequent first."""
    skipped: int
    """How many files were skipped because they are not pages. They do not count as errors."""
    rejects: str | None
    """The file that names what was refused or left out, each with its reason; None if there is nothing to name, or no
    file was written."""
    pages: int
    """The number of inputs: records, dropped duplicates and refused inputs, but not skipped ones."""
    resumed: int
    """How many of these were done by an earlier run."""
    removed: int
    """For an update: how many pages of earlier runs are no longer in the input, and so not in the output."""
    seconds: float

    @property
    def pages_per_second(self) -> float:
        """The speed of this run, without the work of earlier runs."""
        return (self.pages - self.resumed) / self.seconds if self.seconds else 0.0

    def failed(self, fail_on: FailOn = "error") -> bool:
        """Whether it failed: with `error`, if anything was refused; with `warning`, also if there were problems.

        Only problems of severity warning or worse count then.
        """
        if fail_on == "never":
            return False
        if self.refused:
            return True
        return fail_on == "warning" and any(CODES[code].severity != "info" for code in self.problems)

    def to_dict(self) -> dict[str, Any]:
        """As JSON data; what `--report` writes."""
        return {
            "out": self.out,
            "records": self.records,
            "merged": self.merged,
            "duplicates": self.duplicates,
            "duplicatesKept": self.duplicates_kept,
            "leftOut": [one.to_dict() for one in self.left_out],
            "problems": self.problems,
            "refused": self.refused,
            "skipped": self.skipped,
            "rejects": self.rejects,
            "pages": self.pages,
            "resumed": self.resumed,
            "removed": self.removed,
            "seconds": round(self.seconds, 3),
            "pagesPerSecond": round(self.pages_per_second, 1),
        }

    def __str__(self) -> str:
        """The closing summary: a few lines for users."""
        rejects = printable(self.rejects or "")
        lines = [_row("records", self.records, f"in {printable(self.out)}" if self.out != "-" else "")]
        if self.merged:
            lines.append(_row("merged", self.merged, "of a protocol page and a results page, or of countries"))
        if self.duplicates:
            fate = "kept" if self.duplicates_kept else f"older than the newest page of their record: see {rejects}"
            lines.append(_row("duplicates", self.duplicates, fate))
        if self.refused:
            lines.append(_row("refused", sum(self.refused.values()), f"see {rejects}" if rejects else ""))
            lines += [_row(f"  {code}", count) for code, count in self.refused.items()]
        if self.skipped:
            lines.append(_row("skipped", self.skipped, "JSON files among the pages"))
        if self.problems:
            lines.append(_row("problems", sum(self.problems.values())))
            lines += [_row(f"  {code}", count, CODES[code].severity) for code, count in self.problems.items()]
        if self.resumed:
            lines.append(_row("resumed", self.resumed, "pages that an earlier run had done"))
        if self.removed:
            lines.append(_row("removed", self.removed, "pages that are no longer in the input"))
        lines.append(f"{self.seconds:,.1f} seconds, {self.pages_per_second:,.1f} pages/s")
        return "\n".join(lines)


def _row(name: str, count: int, remark: str = "") -> str:
    return f"{name:<24}{count:>10,}  {remark}".rstrip()


def largest_first(counts: Mapping[str, int]) -> dict[str, int]:
    """The same counts in order; equal ones by name, so that two runs agree."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def list_rejects(journal: Journal, *, keep_all: bool) -> tuple[Path, Counter[str], tuple[LeftOut, ...]]:
    """A list of what yielded no record of its own, in the journal's folder; how many were refused, by code; and the
    first of the duplicates that were left out."""
    listed = journal.folder / "rejects.jsonl"
    codes: Counter[str] = Counter()
    with open(listed, "w", encoding="ascii", newline="\n") as stream:
        for refusal in journal.refusals():
            stream.write(json.dumps(refusal._asdict()) + "\n")
            codes[refusal.code] += 1
        first: list[LeftOut] = []
        for left_out in journal.left_out(keep_all=keep_all):
            stream.write(json.dumps(left_out.to_dict()) + "\n")
            if len(first) < LISTED:
                first.append(left_out)
    return listed, codes, tuple(first)


def move_rejects(listed: Path, rejects: Path) -> None:
    """Put the list next to the output; one of an earlier run is removed, even if there is none now."""
    if listed.stat().st_size:
        os.replace(listed, rejects)
    else:
        listed.unlink()
        rejects.unlink(missing_ok=True)
