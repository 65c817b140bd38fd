"""The command `registry-parser`: data to stdout, problems to stderr, exit status 0, 1 or 2.

A subcommand is a function and a row of `COMMANDS`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from parser import ParserError, __version__, parse
from parser.problems import Severity, TooLargeError
from parser.source import DEFAULT_MAX_SIZE
from parser.writers.schema import schema

PROGRAM = "registry-parser"

# What a shell reports for a program that an interrupt (2) or a closed pipe (13) ended: 128 and the signal's number.
INTERRUPTED = 130
PIPE_CLOSED = 141

# A read reserves what it asks for, so a file is read by the piece and not by the limit.
CHUNK = 1 << 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (that of the process unless one is given), and give the exit status.

    Wrong usage, `--help` and `--version` end in `SystemExit`, as argparse has it.
    """
    options = _arguments().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 whatever the locale says.
        sys.stdout.reconfigure(encoding="utf-8")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        sys.stdout.flush()
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
  curl -s URL | registry-parser parse - | jq .protocolSection.conditionsModule

Problems go to stderr as `file:line:column: severity: message [code]`. The exit status is 1 if a file could not be
read as a record; the others are converted all the same."""


class UnreadableFileError(Exception):
    """The operating system does not give the file's bytes."""


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
    parser.add_argument(
        "--max-size",
        type=_size,
        default=DEFAULT_MAX_SIZE,
        metavar="BYTES",
        help=f"refuse larger files; K, M and G may follow the number (default: {DEFAULT_MAX_SIZE >> 20}M)",
    )


def _parse(options: argparse.Namespace) -> int:
    pretty = options.pretty or (sys.stdout.isatty() and not options.compact)
    severities = list(Severity)
    shown = severities[severities.index(Severity(options.problems)) :] if options.problems != "none" else []
    failed = False
    for file in options.files:
        name = "<stdin>" if file == "-" else file
        try:
            document = parse(_read(file, options.max_size), max_size=options.max_size)
        except (ParserError, UnreadableFileError) as error:
            print(f"{name}: error: {error}", file=sys.stderr)
            failed = True
            continue
        for problem in document.problems:
            if problem.severity in shown:
                print(f"{name}:{problem}", file=sys.stderr)
        print(document.to_json(indent=2 if pretty else None))
    return int(failed)


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
