"""`explain` and `coverage`: where a value was read, and where the characters of a page went."""

from __future__ import annotations

import argparse
import json

from parser.cli.shared import (
    RECORD_HELP,
    Command,
    form_option,
    name_of,
    open_record,
    page_content,
    say,
    size_option,
    tell,
    width,
)
from parser.coverage import PARTS, Coverage, per_mille, read_coverage
from parser.explain import NoSuchPointerError, explain

EXPLAIN_EXAMPLES = """\
examples:
  registry-parser explain page.txt /protocolSection/identificationModule/nctId
  registry-parser explain page.txt /normalizedSection/eligibilityModule/criteria/0/quantities/0/low
  registry-parser explain page.txt /protocolSection/designModule      all values of a module, each with its place
  registry-parser explain page.txt                                    all values of the record, each with its place
  registry-parser explain page.txt nctId                              lists the pointers that end so

The exit status is 1 if the file could not be read as a record, and 2 if the document has nothing at the pointer."""


def _explain_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=RECORD_HELP)
    parser.add_argument(
        "pointer",
        metavar="POINTER",
        nargs="?",
        default="",
        help="a JSON Pointer (RFC 6901) into the record's document (default: all of it)",
    )
    form_option(parser)
    size_option(parser)


def _explain(options: argparse.Namespace) -> int:
    opened = open_record(options.file, options.max_size, options.form)
    try:
        for line in explain(opened.document, opened.source(), options.pointer, name_of(options.file), width()):
            say(line)
    except NoSuchPointerError as error:
        first, *nearest = str(error).split("\n")
        tell(f"{name_of(options.file)}: error: {first}")
        for line in nearest:
            tell(line)
        return 2
    return 0


COVERAGE_EXAMPLES = "\n".join(
    [
        "examples:",
        "  registry-parser coverage page.txt",
        "  registry-parser coverage --json page.txt | jq .unparsed",
        "",
        "Characters are code points of the decoded text. Besides the fields, by section of the page, they go to",
        *(f"  {name:<12} {meaning}" for name, meaning in PARTS.items()),
    ]
)


def _coverage_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a dumped page, as explain takes it; - is stdin")
    parser.add_argument("--json", action="store_true", help="as JSON: the number of characters of each")
    size_option(parser)


def _coverage(options: argparse.Namespace) -> int:
    found = read_coverage(page_content(options.file, options.max_size), max_size=options.max_size)
    if options.json:
        print(json.dumps({"length": found.length, "fields": found.fields, **found.others}))
    else:
        _print_coverage(found)
    return 0


def _print_coverage(coverage: Coverage) -> None:
    rows = [*coverage.fields.items(), *coverage.others.items()]
    shares = per_mille([count for _, count in rows])
    fields = len(coverage.fields)
    _print_row("fields", sum(coverage.fields.values()), sum(shares[:fields]))
    for index, (name, count) in enumerate(rows):
        _print_row("  " + name.replace("_", " ") if index < fields else name, count, shares[index])
    _print_row("total", coverage.length, sum(shares))


def _print_row(name: str, count: int, share: int) -> None:
    say(f"{name:<24}{count:>12,}{share / 10:>8.1f} %")


EXPLAIN = Command("explain", "show where on a page a value was read", _explain, _explain_options, EXPLAIN_EXAMPLES)
COVERAGE = Command(
    "coverage", "count where the characters of a page went", _coverage, _coverage_options, COVERAGE_EXAMPLES
)
