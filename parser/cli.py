"""The command `registry-parser`: data to stdout, problems to stderr, exit status 0, 1 or 2.

A subcommand is a function and a row of `COMMANDS`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from parser import ParserError, __version__, parse, render
from parser.coverage import PARTS, Coverage, per_mille, read_coverage
from parser.explain import NoSuchPointerError, explain
from parser.problems import InvalidDocumentError, Severity, TooLargeError
from parser.source import DEFAULT_MAX_SIZE, read_source
from parser.writers.schema import schema

PROGRAM = "registry-parser"

# What a shell reports for a program that an interrupt (2) or a closed pipe (13) ended: 128 and the signal's number.
INTERRUPTED = 130
PIPE_CLOSED = 141

# How wide lines are made where no terminal says it.
PIPE_WIDTH = 100

# A read reserves what it asks for, so a file is read by the piece and not by the limit.
CHUNK = 1 << 20


class UnreadableFileError(Exception):
    """The operating system does not give the file's bytes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (that of the process unless one is given), and give the exit status.

    Wrong usage, `--help` and `--version` end in `SystemExit`, as argparse has it.
    """
    options = _arguments().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 whatever the locale says, and a page keeps its own line ends on every platform.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        sys.stdout.flush()
    except (ParserError, UnreadableFileError) as error:
        print(f"{_name(options.file)}: error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        # What could not be read was reported where it was read; this is the output (a full disk) or the installation.
        print(f"{PROGRAM}: error: {error}", file=sys.stderr)
        _drop_output()
        return 1
    return status


def _drop_output() -> None:
    """Let the interpreter throw away at exit what stdout does not take, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# --- parse ----------------------------------------------------------------------------------------------------------

PARSE_EXAMPLES = """\
examples:
  registry-parser parse page.txt                      one page, as JSON
  registry-parser parse --compact pages/*.txt         a line of JSON for each page
  registry-parser parse --spans page.txt              with the place of each value on the page
  curl -s URL | registry-parser parse - | jq .protocolSection.conditionsModule

Problems go to stderr as `file:line:column: severity: message [code]`. The exit status is 1 if a file could not be
read as a record; the others are converted all the same."""


def _parse_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a dumped page; - is stdin")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--compact", action="store_true", help="one line a document (the default, except on a terminal)")
    form.add_argument("--pretty", action="store_true", help="indented (the default on a terminal)")
    parser.add_argument(
        "--problems",
        choices=["none", *(severity.value for severity in Severity)],
        default=Severity.INFO.value,
        help="the least severe problems to show (default: %(default)s)",
    )
    parser.add_argument("--spans", action="store_true", help="add sourceSection.spans: where each value was read")
    _size_option(parser)


def _size_option(parser: argparse.ArgumentParser, default: int = DEFAULT_MAX_SIZE) -> None:
    parser.add_argument(
        "--max-size",
        type=_size,
        default=default,
        metavar="BYTES",
        help=f"refuse larger files; K, M and G may follow the number (default: {default >> 20}M)",
    )


def _parse(options: argparse.Namespace) -> int:
    pretty = options.pretty or (sys.stdout.isatty() and not options.compact)
    severities = list(Severity)
    shown = severities[severities.index(Severity(options.problems)) :] if options.problems != "none" else []
    failed = False
    for file in options.files:
        name = _name(file)
        try:
            document = parse(_read(file, options.max_size), max_size=options.max_size, spans=options.spans)
        except (ParserError, UnreadableFileError) as error:
            print(f"{name}: error: {error}", file=sys.stderr)
            failed = True
            continue
        for problem in document.problems:
            if problem.severity in shown:
                print(f"{name}:{problem}", file=sys.stderr)
        print(document.to_json(indent=2 if pretty else None))
    return int(failed)


def _name(file: str) -> str:
    """What a file is called in what is told of it."""
    return "<stdin>" if file == "-" else file


def _read(file: str, max_size: int) -> bytes:
    """The bytes of a file or of stdin; not much more than the limit is held, however much there is."""
    data = bytearray()
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
            while len(data) <= max_size and (chunk := stream.read(CHUNK)):
                data += chunk
    except OSError as error:
        raise UnreadableFileError(f"the file cannot be read: {error.strerror}") from error
    if len(data) > max_size:
        raise TooLargeError(
            f"the input has more than the limit of {max_size:,} bytes; "
            "raise the limit with --max-size if it really is one record"
        )
    return bytes(data)


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in ("K", "M", "G") else (text, "")
    if not (number.isascii() and number.isdigit() and int(number)):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: give a number of bytes, such as 500000, 64K or 32M")
    return int(number) << {"": 0, "K": 10, "M": 20, "G": 30}[unit]


# --- explain --------------------------------------------------------------------------------------------------------

EXPLAIN_EXAMPLES = """\
examples:
  registry-parser explain page.txt /protocolSection/identificationModule/nctId
  registry-parser explain page.txt /normalizedSection/eligibilityModule/criteria/0/quantities/0/low
  registry-parser explain page.txt /protocolSection/designModule      all values of a module, each with its place
  registry-parser explain page.txt nctId                              tells which pointers end so

The exit status is 1 if the file could not be read as a record, and 2 if the document has nothing at the pointer."""


def _explain_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a dumped page; - is stdin")
    parser.add_argument("pointer", metavar="POINTER", help="a JSON Pointer (RFC 6901) into the page's document")
    _size_option(parser)


def _explain(options: argparse.Namespace) -> int:
    name = _name(options.file)
    data = _read(options.file, options.max_size)
    document = parse(data, max_size=options.max_size)
    source = read_source(data, options.max_size)
    width = shutil.get_terminal_size((PIPE_WIDTH, 0)).columns
    try:
        for line in explain(document, source, options.pointer, name, width):
            print(line)
    except NoSuchPointerError as error:
        print(f"{name}: error: {error}", file=sys.stderr)
        return 2
    return 0


# --- coverage -------------------------------------------------------------------------------------------------------

COVERAGE_EXAMPLES = "\n".join(
    [
        "examples:",
        "  registry-parser coverage page.txt",
        "  registry-parser coverage --json page.txt | jq .unparsed",
        "",
        "Characters are code points of the decoded text. Beside the fields, by section of the page, they go to",
        *(f"  {name:<12} {meaning}" for name, meaning in PARTS.items()),
    ]
)


def _coverage_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a dumped page; - is stdin")
    parser.add_argument("--json", action="store_true", help="as JSON: the number of characters of each")
    _size_option(parser)


def _coverage(options: argparse.Namespace) -> int:
    found = read_coverage(_read(options.file, options.max_size), max_size=options.max_size)
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
    print(f"{name:<24}{count:>12,}{share / 10:>8.1f} %")


# --- render ---------------------------------------------------------------------------------------------------------

# JSON spells every value with its key, and criteria and quantities a second time.
RENDER_MAX_SIZE = 16 * DEFAULT_MAX_SIZE

RENDER_EXAMPLES = """\
examples:
  registry-parser render document.json                             the page that the document was read from
  registry-parser parse page.txt | registry-parser render - | cmp - page.txt
  registry-parser render -o page.txt study.json                    any study of API v2 as a page"""


def _render_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a document, or a study of API v2, as JSON; - is stdin")
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help="the file to write (default: stdout)")
    _size_option(parser, RENDER_MAX_SIZE)


def _render(options: argparse.Namespace) -> int:
    data = _read(options.file, options.max_size)
    try:
        study = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError(f"this is no JSON, as `registry-parser parse` writes it: {error}") from error
    page = render(study)
    try:
        encoded = page.encode()
    except UnicodeEncodeError as error:
        raise InvalidDocumentError("a text has half a character (a lone surrogate); no file can hold that") from error
    if options.output == "-":
        sys.stdout.write(page)
        return 0
    try:
        Path(options.output).write_bytes(encoded)
    except OSError as error:
        print(f"{options.output}: error: the file cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return 0


# --- schema ---------------------------------------------------------------------------------------------------------

SCHEMA_EXAMPLES = """\
example:
  registry-parser schema > document.schema.json"""


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


# --- The table of commands, and what argparse makes of it -----------------------------------------------------------


def _no_options(parser: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: `run` takes what was parsed with `options`, writes to stdout, and gives the exit status."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace], int]
    options: Callable[[argparse.ArgumentParser], None] = _no_options
    examples: str = ""


COMMANDS = (
    Command("parse", "turn dumped pages into JSON documents", _parse, _parse_options, PARSE_EXAMPLES),
    Command("explain", "show where on a page a value was read", _explain, _explain_options, EXPLAIN_EXAMPLES),
    Command("coverage", "count where the characters of a page went", _coverage, _coverage_options, COVERAGE_EXAMPLES),
    Command("render", "turn a document back into a page", _render, _render_options, RENDER_EXAMPLES),
    Command("schema", "print the JSON Schema of a document", _schema, examples=SCHEMA_EXAMPLES),
)


def _arguments() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Read the dumped text of clinical trial registry pages.",
        epilog="`registry-parser COMMAND --help` tells more about a command, with examples.\n"
        "exit status: 0 done, 1 something could not be read, 2 wrong usage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        parser = commands.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=command.examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.options(parser)
        parser.set_defaults(run=command.run)
    return top
