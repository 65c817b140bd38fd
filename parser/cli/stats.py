"""`stats`: statistics of a data set."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from parser.cli.shared import Command, UnreadableFileError, say
from parser.problems import CODES

if TYPE_CHECKING:
    from parser.ingest.statistics import Statistics

STATS_EXAMPLES = """\
examples:
  registry-parser stats trials.jsonl.gz
  registry-parser stats trials.parquet              also a .duckdb, or a folder of JSON files
  registry-parser stats --json trials.duckdb | jq '.problems.codes[0]'
  registry-parser convert dumps/ -o - | registry-parser stats -

`filled` counts the records with something in a column of the table `studies`. The statistics do not
depend on the data set's form. The exit status is 1 if it could not be read to its end."""


def _stats_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="OUT", help="a data set that `convert` wrote; - is JSON lines from stdin")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _stats(options: argparse.Namespace) -> int:
    # Imported here, because only this command needs it.
    from parser.ingest.datasets import DataSetError, read_data_set
    from parser.ingest.statistics import COLUMNS, summarize_rows

    try:
        found = summarize_rows(read_data_set(options.file, COLUMNS))
    except DataSetError as error:
        raise UnreadableFileError(str(error)) from error
    except OSError as error:
        raise UnreadableFileError(f"the data set cannot be read: {error.strerror or error}") from error
    if options.json:
        print(json.dumps(found.to_dict(), indent=2))
    else:
        _print(found)
    return 0


def _print(found: Statistics) -> None:
    data = found.to_dict()
    _row("records", found.records)
    _counts("form", data["forms"], found.records)
    _counts("registry", data["registries"], found.records)
    _counts("filled, of records", data["filled"], found.records)
    _head("table", "rows")
    for name, counts in data["tables"].items():
        _row(f"  {name}", counts["rows"], f"in {counts['records']:,} records")
    _head("problems", f"{data['problems']['count']:,}")
    for problem in data["problems"]["codes"]:
        code = problem["code"]
        _row(f"  {code}", problem["count"], CODES[code].severity if code in CODES else "")
        for path, count in problem["fields"].items():
            _row(f"    {path}", count)
    quantities = data["quantities"]
    _head("quantities", f"{found.rows['quantities']:,}")
    for kind, count in quantities["kinds"].items():
        _row(f"  {kind}", count)
    for reason, count in quantities["repaired"].items():
        _row(f"  repaired: {reason}", count)
    _row("  with a unit that is not known", quantities["unitsUnknown"])
    _row("  without bounds", quantities["withoutBounds"])


def _counts(title: str, counts: Mapping[str, int], whole: int) -> None:
    _head(title, "records")
    for name, count in counts.items():
        _row(f"  {name}", count, f"{count / whole:>6.1%}" if whole else "")


def _head(title: str, right: str) -> None:
    say()
    say(f"{title:<70}{right:>12}")


def _row(name: str, count: int, remark: str = "") -> None:
    say(f"{name:<70}{count:>12,}  {remark}".rstrip())


STATS = Command("stats", "count what a data set holds", _stats, _stats_options, STATS_EXAMPLES)
