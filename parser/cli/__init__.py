"""The command `registry-parser`: data to stdout, problems to stderr, exit status 0, 1 or 2.

A subcommand is a function and a row of `COMMANDS`.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from parser import ParserError, __version__
from parser.cli.convert import CONVERT
from parser.cli.explain import COVERAGE, EXPLAIN
from parser.cli.merge import MERGE
from parser.cli.parse import PARSE, SCHEMA
from parser.cli.render import RENDER
from parser.cli.shared import UnreadableFileError, name_of
from parser.cli.text import FORMS, TEXT
from parser.cli.view import VIEW

PROGRAM = "registry-parser"

# What a shell reports for a program that an interrupt (2) or a closed pipe (13) ended: 128 and the signal's number.
INTERRUPTED = 130
PIPE_CLOSED = 141

COMMANDS = (PARSE, CONVERT, MERGE, EXPLAIN, COVERAGE, VIEW, RENDER, TEXT, FORMS, SCHEMA)


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
        print(f"{name_of(options.file)}: error: {error}", file=sys.stderr)
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
