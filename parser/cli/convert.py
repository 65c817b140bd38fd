"""`convert`: files, folders, archives and JSON lines of pages, turned into a data set."""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from parser.cli.shared import Command, form_option, size, size_option, tell

if TYPE_CHECKING:
    from parser.ingest import Refusal
    from parser.ingest.progress import ProgressCallback

CONVERT_EXAMPLES = """\
examples:
  registry-parser convert dumps/ -o trials.jsonl            a folder and all below it, as JSON lines
  registry-parser convert crawl.zip more.tar.gz -o trials   a folder with a JSON file for each record
  registry-parser convert dumps/ -o trials.parquet          a folder with a Parquet file for each table
  registry-parser convert dumps/ -o trials.duckdb           one database with all tables
  registry-parser convert studies.json pages/ -o trials.jsonl      exports and pages, recognised by their content
  registry-parser convert crawl.jsonl.gz --text-field text --id-field url -o trials.jsonl.gz
  registry-parser convert crawl.parquet --text-field text -o trials
  registry-parser convert dumps/ -o trials.jsonl --resume   continues a run that was stopped
  registry-parser convert dumps/ -o trials.jsonl --update   the next time, parses only what is new or changed
  cat page.txt | registry-parser convert - -o - | jq .protocolSection.identificationModule

OUT is made when all is done; until then the work is in OUT.partial. Inputs without a record do not stop the run: they
are named in OUT.rejects.jsonl, with the reason. A summary goes to stderr. The exit status is 0, 1 if something was
refused (see --fail-on) or the output cannot be written, 2 for wrong usage, and 130 after Ctrl-C (143 after SIGTERM).

JSON files of no known form among pages, such as parsed documents, are skipped and counted."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a page, an export of many records, a folder (with all below it), a pattern, an archive (.zip, .tar, "
        ".tar.gz, .tar.zst), a compressed file (.gz, .zst), or texts in JSON lines (.jsonl, .ndjson), CSV or Parquet; "
        "- is stdin",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help="what to make, by its name: .jsonl, .jsonl.gz, .parquet, .duckdb, a folder (no ending), or - for JSON "
        "lines on stdout",
    )
    lines = parser.add_argument_group("JSON lines, CSV, TSV and Parquet")
    lines.add_argument(
        "--text-field", metavar="FIELD", help="the field or column that holds a page's text; a.b is b inside a"
    )
    lines.add_argument("--id-field", metavar="FIELD", help="the field that names the page, where rejects are listed")
    form_option(parser)
    how = parser.add_argument_group("how it runs")
    how.add_argument("--jobs", type=_jobs, default=_cores(), metavar="N", help="processes (default: all cores)")
    how.add_argument("--resume", action="store_true", help="continue a run that did not finish, if there is one")
    how.add_argument("--overwrite", action="store_true", help="replace OUT if it exists, once the new one is complete")
    how.add_argument(
        "--update",
        action="store_true",
        help="keep the parsed pages in OUT.update (about as large as OUT as .jsonl); the next run with "
        "--update parses only new and changed pages, with the same OUT as a fresh run: name all inputs again, because "
        "pages that were removed from them are removed from OUT",
    )
    how.add_argument(
        "--keep",
        choices=["newest", "all"],
        default="newest",
        help="of inputs with the same record, keep the one that was last updated, or all (default: %(default)s)",
    )
    how.add_argument(
        "--merge-countries",
        action="store_true",
        help="one record for each trial of a register with one record per country (EU Clinical Trials Register): the "
        "first in English, with all countries; differences are in merge-conflict problems",
    )
    how.add_argument(
        "--merge-registers",
        action="store_true",
        help="one record for each trial of several registers too, joined by the ids that the records state; the base "
        "is ClinicalTrials.gov's record if there is one",
    )
    size_option(parser)
    how.add_argument(
        "--page-seconds",
        type=_seconds,
        default=60.0,
        metavar="S",
        help="refuse a page that takes longer than this (default: 60)",
    )
    how.add_argument(
        "--page-memory",
        type=size,
        default=4 << 30,
        metavar="BYTES",
        help="refuse a page that takes more memory than this, on Linux (default: 4G)",
    )
    messages = parser.add_argument_group("messages")
    messages.add_argument(
        "--fail-on",
        choices=["error", "warning", "never"],
        default="error",
        help="exit with 1 if an input was refused (error), or a record has a warning, too, or never "
        "for these (default: %(default)s)",
    )
    messages.add_argument("--report", metavar="FILE", help="write the summary as JSON")
    messages.add_argument("--quiet", action="store_true", help="no summary, and no progress")


def _convert(options: argparse.Namespace) -> int:
    # Imported here, because it is slow to import and only this command needs it.
    from parser.ingest.convert import STREAM, convert
    from parser.ingest.journal import CannotStartError
    from parser.ingest.limits import Limits
    from parser.ingest.progress import progress_bar
    from parser.ingest.workers import WorkersLostError, collect_seldom

    try:
        if options.report:
            _check_report(options)
        collect_seldom()
        bar = nullcontext() if options.quiet else progress_bar(options.inputs, json_lines=bool(options.text_field))
        with _stoppable() as heeding, bar as progress:
            report = convert(
                options.inputs,
                options.output,
                jobs=options.jobs,
                keep=options.keep,
                resume=options.resume,
                overwrite=options.overwrite,
                update=options.update,
                text_field=options.text_field,
                id_field=options.id_field,
                form=options.form,
                merge_countries=options.merge_countries,
                merge_registers=options.merge_registers,
                limits=Limits(page=options.max_size, seconds=options.page_seconds, memory=options.page_memory),
                progress=heeding(progress),
                # Stdout has no name that a list of rejects could have.
                refused=_tell if options.output == STREAM else None,
            )
    except CannotStartError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _fail(f"the output cannot be written: {error}{_how_to_resume(options.output)}", 1)
    except WorkersLostError as error:
        return _fail(f"{error}{_how_to_resume(options.output)}", 1)
    except MemoryError:
        return _fail(f"out of memory: try fewer --jobs{_how_to_resume(options.output)}", 1)
    except _Terminated:
        return _fail(f"terminated{_how_to_resume(options.output)}", 143)
    except KeyboardInterrupt:
        return _fail(f"interrupted{_how_to_resume(options.output)}", 130)
    if not options.quiet:
        for line in str(report).split("\n"):
            tell(line)
    if options.report:
        try:
            Path(options.report).write_text(json.dumps(report.to_dict(), indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            return _fail(f"everything is converted, but the report cannot be written: {error}", 1)
    return int(report.failed(options.fail_on))


class _Terminated(KeyboardInterrupt):
    """The process was asked to end, by `kill` or by a supervisor."""


STOPPING = "registry-parser convert: stopping"


@contextmanager
def _stoppable() -> Iterator[Callable[[ProgressCallback | None], ProgressCallback]]:
    """Handle SIGTERM like Ctrl-C, and report both at once. Only the main thread gets signals.

    What is yielded makes a callback of progress end the run as well: Python drops what a handler raises while it is in
    a destructor.
    """
    asked: list[type[KeyboardInterrupt]] = []

    def heeding(progress: ProgressCallback | None) -> ProgressCallback:
        def step(stage: str) -> None:
            if asked:
                raise asked[0]
            if progress:
                progress(stage)

        return step

    if threading.current_thread() is not threading.main_thread():
        yield heeding
        return

    def stop(number: int, frame: object) -> None:
        with suppress(OSError):
            # Not through `sys.stderr`, which may be in the middle of writing. A progress bar has its own line.
            os.write(2, f"{os.linesep if os.isatty(2) else ''}{STOPPING}{os.linesep}".encode())
        asked.append(_Terminated if number == signal.SIGTERM else KeyboardInterrupt)
        raise asked[0]

    # A process started in the background ignores Ctrl-C, and must continue to.
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, *[signal.SIGINT] * heeded)}
    try:
        yield heeding
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check_report(options: argparse.Namespace) -> None:
    """Raise `CannotStartError` for a report that cannot be written, or would replace an input or output of the run."""
    from parser.ingest.convert import rejects_of
    from parser.ingest.journal import CannotStartError

    report = Path(options.report)
    if not report.parent.is_dir():
        raise CannotStartError(f"{report}: there is no folder to write the report to")
    try:
        writable = not report.is_dir() and os.access(report if report.exists() else report.parent, os.W_OK)
    except OSError:
        # The name is too long for a file.
        writable = False
    if not writable:
        raise CannotStartError(f"{report}: the report cannot be written there: it takes a file that may be written")
    for taken in (*options.inputs, options.output, rejects_of(options.output)):
        if os.path.realpath(report) == os.path.realpath(taken):
            raise CannotStartError(f"{report}: the report would replace {taken}: choose another name")


def _fail(message: str, status: int) -> int:
    tell(f"registry-parser convert: {message}")
    return status


def _how_to_resume(out: str) -> str:
    from parser.ingest.convert import STREAM, partial_of, updates_of

    if out == STREAM or not (partial_of(out).exists() or updates_of(out).exists()):
        return ""
    if not partial_of(out).exists():
        return f"; finished work is kept in {updates_of(out)}, and the same command continues it"
    return f"; finished work is kept in {partial_of(out)}, and the same command with --resume continues it"


def _tell(refusal: Refusal) -> None:
    tell(f"{refusal.name}: error: {refusal.message} [{refusal.code}]")


def _cores() -> int:
    """How many processes can really run at once: a container may not have all of the machine's cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: give 1 or more")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time: give a number of seconds over 0")
    return seconds


CONVERT = Command("convert", "turn any number of pages into a data set", _convert, _options, CONVERT_EXAMPLES)
