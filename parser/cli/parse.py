"""`parse`, and `schema`: a dumped page as a JSON document, and the JSON Schema of such documents."""

from __future__ import annotations

import argparse
import json
import sys

from parser import ParserError
from parser.cli.shared import (
    RECORD_HELP,
    Command,
    UnreadableFileError,
    form_option,
    name_of,
    open_record,
    size_option,
    tell,
    tell_error,
)
from parser.model.schema import schema
from parser.problems import SEVERITIES

PARSE_EXAMPLES = """\
examples:
  registry-parser parse page.txt                      one page, as JSON
  registry-parser parse --compact pages/*.txt         a line of JSON for each page
  registry-parser parse --spans page.txt              with the place of each value on the page
  curl -s URL | registry-parser parse - | jq .protocolSection.conditionsModule

Problems go to stderr as `file:line:column: severity: message [code]`. The exit status is 1 if a file could not be
read as a record; the others are still converted."""


def _parse_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help=RECORD_HELP)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--compact", action="store_true", help="one line a document (the default, except on a terminal)")
    form.add_argument("--pretty", action="store_true", help="indented (the default on a terminal)")
    parser.add_argument(
        "--problems",
        choices=["none", *SEVERITIES],
        default="info",
        help="the least severe problems to show (default: %(default)s)",
    )
    parser.add_argument("--spans", action="store_true", help="add sourceSection.spans: where each value was read")
    form_option(parser)
    size_option(parser)


def _parse(options: argparse.Namespace) -> int:
    # Imported here, as in `read_content`.
    from parser.ingest.memory import available_memory, limit_memory

    pretty = options.pretty or (sys.stdout.isatty() and not options.compact)
    shown = SEVERITIES[SEVERITIES.index(options.problems) :] if options.problems != "none" else ()
    failed = False
    if memory := available_memory():
        limit_memory(memory)
    for file in options.files:
        try:
            document = open_record(file, options.max_size, options.form).document
        except (ParserError, UnreadableFileError) as error:
            tell_error(file, error)
            failed = True
            continue
        except MemoryError:
            tell(f"{name_of(file)}: error: out of memory: the record needs more than is available")
            failed = True
            continue
        for problem in document.problems:
            if problem.severity in shown:
                tell(f"{name_of(file)}:{problem}")
        print(document.to_json(indent=2 if pretty else None, spans=options.spans))
    return int(failed)


SCHEMA_EXAMPLES = """\
example:
  registry-parser schema > document.schema.json"""


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


PARSE = Command("parse", "turn dumped pages into JSON documents", _parse, _parse_options, PARSE_EXAMPLES)
SCHEMA = Command("schema", "print the JSON Schema of a document", _schema, examples=SCHEMA_EXAMPLES)
