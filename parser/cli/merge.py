"""`merge`: the pages of one trial as one document."""

from __future__ import annotations

import argparse
import sys
from functools import reduce

from parser import Document, ParserError, merge, parse
from parser.cli.shared import Command, UnreadableFileError, name_of, read_file, read_json, size_option
from parser.forms import export_form
from parser.forms.streams import HEAD, utf8_head

MERGE_EXAMPLES = """\
examples:
  registry-parser merge NCT03077919.txt NCT03077919-results.txt      a protocol page and its results page
  registry-parser merge protocol.json results.html                   documents and pages, in any mix

Where two differ, the value of the record that was updated last is kept, else the protocol page's; a `merge-conflict`
problem has the other one. The exit status is 1 if a file could not be read, or if the files are of different trials."""


def _merge_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", metavar="FILE", help="a dumped page, or a document as JSON; - is stdin")
    parser.add_argument("further", nargs="+", metavar="FILE", help="another page or document of the same trial")
    parser.add_argument("--pretty", action="store_true", help="indented (the default on a terminal)")
    size_option(parser)


def _merge(options: argparse.Namespace) -> int:
    documents: list[Document] = []
    for file in (options.first, *options.further):
        try:
            documents.append(_read(file, options.max_size))
        except (ParserError, UnreadableFileError) as error:
            print(f"{name_of(file)}: error: {error}", file=sys.stderr)
            return 1
    try:
        merged = reduce(merge, documents)
    except ParserError as error:
        print(f"merge: error: {error}", file=sys.stderr)
        return 1
    for problem in merged.problems:
        if problem.code == "merge-conflict":
            print(f"merge: {problem.severity}: {problem.message} [{problem.code}]", file=sys.stderr)
    print(merged.to_json(indent=2 if options.pretty or sys.stdout.isatty() else None))
    return 0


def _read(file: str, max_size: int) -> Document:
    """A document from its JSON, or from a page or a study."""
    data = read_file(file, max_size)
    if not data.lstrip().startswith(b"{") or export_form(utf8_head(data[:HEAD])):
        return parse(data, max_size=max_size)
    return Document.from_dict(read_json(data, "this is neither a page nor JSON"))


MERGE = Command("merge", "make one document of the pages of one trial", _merge, _merge_options, MERGE_EXAMPLES)
