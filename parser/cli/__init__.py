"""The command `registry-parser`: data to stdout, problems to stderr, exit status 0, 1 or 2.

A subcommand is a function and a row of `COMMANDS`.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from parser import ParserError, __version__
from parser.cli.convert import CONVERT
from parser.cli.explain import COVERAGE, EXPLAIN
from parser.cli.merge import MERGE
from parser.cli.parse import PARSE, SCHEMA
from parser.cli.render import RENDER
from parser.cli.shared import UnreadableFileError, tell, tell_error
from parser.cli.show import SHOW
from parser.cli.stats import STATS
from parser.cli.text import FORMS, TEXT
from parser.cli.view import VIEW
from parser.escape import printable

PROGRAM = "registry-parser"

# What a shell reports for a program that an interrupt (2) or a closed pipe (13) ended: 128 and the signal's number.
INTERRUPTED = 130
PIPE_CLOSED = 141

COMMANDS = (PARSE, SHOW, CONVERT, STATS, MERGE, EXPLAIN, COVERAGE, VIEW, RENDER, TEXT, FORMS, SCHEMA)

_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (by default the process's), and return the exit status.

    Wrong usage, `--help` and `--version` raise `SystemExit`, as argparse does.
    """
    _open_closed_streams()
    try:
        options = _options(sys.argv[1:] if argv is None else list(argv))
    except SystemExit:
        # Help went to stdout.
        try:
            sys.stdout.flush()
        except OSError:
            _drop_output()
        raise
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 whatever the locale says, and a page keeps its own line ends on every platform.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        sys.stdout.flush()
    except (ParserError, UnreadableFileError) as error:
        tell_error(options.file, error)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except MemoryError:
        tell(f"{PROGRAM}: error: out of memory: the input is larger than this machine can take; see --max-size")
        return 1
    except OSError as error:
        # What could not be read was reported where it was read; this is the output (a full disk) or the installation.
        tell(f"{PROGRAM}: error: {error}")
        _drop_output()
        return 1
    return status


def _open_closed_streams() -> None:
    """Open the streams that the caller closed (`<&-`), because the next file that is opened would take their place.

    Stdin is empty, a write to stdout is an error, and messages go nowhere: `print` would write them to stdout.
    """
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, flags)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8"))


def _drop_output() -> None:
    """Let the interpreter discard unwritten output at exit, instead of failing again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _ArgumentParser(argparse.ArgumentParser):
    """An argument parser whose messages quote the command line in a displayable form."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    top = arguments()
    if "_ARGCOMPLETE" in os.environ:
        _complete(top)
    names = [command.name for command in COMMANDS]
    if argv and not argv[0].startswith("-") and argv[0] not in names:
        top.error(f"there is no command {argv[0]!r}{_did_you_mean(argv[0], names) or ': ' + ', '.join(names)}")
    options, unknown = top.parse_known_args(argv)
    if unknown:
        command: argparse.ArgumentParser = options.command
        hint = _did_you_mean(unknown[0].partition("=")[0], _OPTION.findall(command.format_help()))
        command.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
    return options


def _complete(top: argparse.ArgumentParser) -> None:
    """Print completions for a shell's command line, and end the process."""
    try:
        import argcomplete
    except ModuleNotFoundError:
        top.exit(1, "completion needs argcomplete: pip install 'registry-text-parser[completion]'\n")
    argcomplete.autocomplete(top)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, sorted(set(known)), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def arguments() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = _ArgumentParser(
        prog=PROGRAM,
        description="Read the dumped text of clinical trial registry pages.",
        epilog="`registry-parser COMMAND --help` describes a command, with examples.\n"
        "exit status: 0 done, 1 something could not be read, 2 wrong usage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("-V", "--version", action="version", version=f"%(prog)s {__version__}")
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
        parser.set_defaults(run=command.run, command=parser)
    return top
