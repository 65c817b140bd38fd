"""`merge`: the pages of one trial as one document."""

from __future__ import annotations

import argparse
import sys

from parser import Document, ParserError, merge, parse, parse_records
from parser.cli.shared import Command, UnreadableFileError, read_file, read_json, size_option, tell, tell_error
from parser.forms import export_form
from parser.forms.streams import HEAD, utf8_head

MERGE_EXAMPLES = """\
examples:
  registry-parser merge NCT03077919.txt NCT03077919-results.txt      a protocol page and its results page
  registry-parser merge protocol.json results.html                   documents and pages, in any mix
  registry-parser merge --merge-countries trial.txt                  a download with a record for each country
  registry-parser merge --merge-registers NCT02601001.json eu.txt    what two registers have of a trial

Where two differ, the value of the record that was updated last is kept, else the protocol page's; a `merge-conflict`
problem has the other one. For records by country (EU Clinical Trials Register) the first in English is the base, and
all countries are kept; with --merge-countries a file may hold several of them. With --merge-registers the
records may be of several registers, if the ids that they state join them: ClinicalTrials.gov's is the base. The exit
status is 1 if a file could not be read, or if the files are of different trials."""


def _merge_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", metavar="FILE", help="a dumped page, or a document as JSON; - is stdin")
    parser.add_argument("further", nargs="*", metavar="FILE", help="another page or document of the same trial")
    parser.add_argument(
        "--merge-countries",
        action="store_true",
        help="files may hold several records: of one trial, by country",
    )
    parser.add_argument(
        "--merge-registers",
        action="store_true",
        help="the records may be of several registers, if the ids that they state join them; files may hold several",
    )
    parser.add_argument("--pretty", action="store_true", help="indented (the default on a terminal)")
    size_option(parser)


def _merge(options: argparse.Namespace) -> int:
    documents: list[Document] = []
    several = options.merge_countries or options.merge_registers
    for file in (options.first, *options.further):
        try:
            documents += _read(file, options.max_size, several)
        except (ParserError, UnreadableFileError) as error:
            tell_error(file, error)
            return 1
    if len(documents) < 2:
        tell("merge: error: there is one record, and nothing to merge it with")
        return 1
    try:
        merged = merge(*documents, registers=options.merge_registers)
    except ParserError as error:
        tell(f"merge: error: {error}")
        return 1
    for problem in merged.problems:
        if problem.code == "merge-conflict":
            tell(f"merge: {problem.severity}: {problem.message} [{problem.code}]")
    print(merged.to_json(indent=2 if options.pretty or sys.stdout.isatty() else None))
    return 0


def _read(file: str, max_size: int, several: bool) -> list[Document]:
    """A document from its JSON, or from a page or a study; or all of an export."""
    data = read_file(file, max_size)
    if data.lstrip().startswith(b"{") and not export_form(utf8_head(data[:HEAD])):
        return [Document.from_dict(read_json(data, "this is neither a page nor JSON"))]
    if not several:
        return [parse(data, max_size=max_size)]
    return list(parse_records(data, on_error=_refuse, max_size=max_size))


def _refuse(_: str, error: ParserError) -> None:
    raise error


MERGE = Command("merge", "make one document of the pages of one trial", _merge, _merge_options, MERGE_EXAMPLES)
