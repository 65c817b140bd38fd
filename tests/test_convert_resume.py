"""Conversions that do not finish: killed, interrupted, out of disk; and that they go on to the same end."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from parser import Document
from parser.cli import main
from parser.cli.convert import STOPPING
from parser.ingest import journal
from parser.ingest.convert import CannotStartError, convert, partial_of, rejects_of, summarize
from parser.ingest.journal import Converted, Journal
from parser.ingest.sinks import Record
from tests.conftest import ROOT
from tests.dumps import digest, ids_of, page_of, read_lines, some_pages, write_pages

pytestmark = pytest.mark.processes

Captured = pytest.CaptureFixture[str]

PAGES = 150

needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

# The command, which stands still once so many pages are in the journal, so that it can be stopped in the middle. What a
# script starts in the background is not to heed interrupts, and neither is what that starts in turn, so it says that it
# does.
COMMAND_THAT_WAITS = """
import signal, sys, time
from parser.cli import main
from parser.ingest import journal
from parser.ingest.journal import Journal

journal._COMMIT_SECONDS = 0
signal.signal(signal.SIGINT, signal.default_int_handler)

add, limit, count = Journal.add, int(sys.argv[1]), 0

def add_and_wait(self, position, result):
    global count
    count += 1
    if count > limit:
        print("waiting", flush=True)
        time.sleep(60)
    add(self, position, result)

Journal.add = add_and_wait
sys.exit(main(sys.argv[2:]))
"""


# The same, and it does not finish before it is let.
COMMAND_THAT_STOPS_SLOWLY = COMMAND_THAT_WAITS.replace(
    "Journal.add = add_and_wait",
    """Journal.add = add_and_wait
close = Journal.close

def wait_and_close(self):
    sys.stdin.readline()
    close(self)

Journal.close = wait_and_close""",
)


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "dumps", some_pages(PAGES))


@pytest.fixture
def expected(dumps: Path, tmp_path: Path) -> dict[str, str]:
    """What an uninterrupted run gives, by the name of the output; and the list of its rejects."""
    folder = tmp_path / "expected"
    folder.mkdir()
    for name in ("trials.jsonl", "trials"):
        convert([dumps], folder / name)
    return {path.name: digest(path) for path in folder.iterdir()}


@pytest.fixture
def waiting(dumps: Path) -> Iterator[Any]:
    """Starts a conversion in a process of its own that stands still after so many pages."""
    started = []

    def start(out: Path, pages: int, *options: str, script: str = COMMAND_THAT_WAITS) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-c",
            script,
            str(pages),
            "convert",
            str(dumps),
            "-o",
            str(out),
            *options,
        ]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == b"waiting\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def outputs(out: Path) -> dict[str, str]:
    return {path.name: digest(path) for path in (out, Path(f"{out}.rejects.jsonl"))}


# --- Killed -----------------------------------------------------------------------------------------------------------


@needs_signals
@pytest.mark.parametrize("name", ["trials.jsonl", "trials"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_was_killed_goes_on_to_the_same_output(
    dumps: Path, tmp_path: Path, expected: dict[str, str], waiting: Any, name: str, jobs: str
) -> None:
    out = tmp_path / name
    for pages in (40, 30):
        # Killed twice: what the second run adds is as safe as what the first did.
        process = waiting(out, pages, "--jobs", jobs, "--resume")
        workers = children_of(process.pid)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not out.exists()
        assert gone(workers), "workers end with the process that they work for"

    report = convert([dumps], out, resume=True)
    assert (report.resumed, report.pages) == (70, PAGES)
    assert outputs(out) == {key: expected[key] for key in (name, f"{name}.rejects.jsonl")}
    assert not partial_of(out).exists()


def children_of(process: int) -> list[int]:
    """The processes that a process has started, on systems that tell."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    found = [int(child) for child in listed.read_text(encoding="ascii").split()] if listed.exists() else []
    return [*found, *(grandchild for child in found for grandchild in children_of(child))]


def gone(processes: list[int], seconds: float = 20) -> bool:
    """Whether processes end, within a time that is long enough for a busy machine."""
    until = time.monotonic() + seconds
    while any(is_running(process) for process in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def is_running(process: int) -> bool:
    """Whether there is such a process, one that has ended but was not waited for apart."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("pages", [25, 90, 149])
def test_a_batch_that_was_half_written_is_taken_back(
    dumps: Path, tmp_path: Path, expected: dict[str, str], pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a kill or a power failure leaves while a batch goes to the disk: two files that only together are whole."""
    out, copy = tmp_path / "trials.jsonl", tmp_path / "copy" / "trials.jsonl"
    stop_after(20, dumps, out)
    # So little memory that a batch is written before it is complete.
    monkeypatch.setattr(journal, "_SCHEMA", f"{journal._SCHEMA} PRAGMA cache_size = 2;")
    monkeypatch.setattr(journal, "_COMMIT_SHARE", 1e-9)
    monkeypatch.setattr(journal, "_COMMIT_SECONDS", 3600)
    stop_after(pages, dumps, out, resume=True, then=lambda: shutil.copytree(partial_of(out), partial_of(copy)))
    names = sorted(path.name for path in partial_of(copy).iterdir())
    assert names == ["journal.sqlite", "journal.sqlite-journal"]
    assert convert([dumps], copy, resume=True).resumed == 20
    assert digest(copy) == expected["trials.jsonl"]
    assert convert([dumps], out, resume=True).resumed == pages
    assert digest(out) == expected["trials.jsonl"]


def test_what_is_damaged_is_never_gone_on_with(dumps: Path, tmp_path: Path, expected: dict[str, str]) -> None:
    """A disk that fails may leave any length of the file."""
    whole = tmp_path / "whole"
    stop_after(PAGES - 20, dumps, tmp_path / "trials.jsonl")
    partial_of(tmp_path / "trials.jsonl").rename(whole)
    random = Random(8)
    for attempt in range(12):
        out = tmp_path / f"trials{attempt}.jsonl"
        shutil.copytree(whole, partial_of(out))
        file = partial_of(out) / "journal.sqlite"
        size = random.randint(1, file.stat().st_size - 1)
        os.truncate(file, size)
        if attempt % 3 == 0:
            file.write_bytes(b"no database" + file.read_bytes()[11:])
        for option in ("", "resume", "overwrite"):
            with pytest.raises(
                CannotStartError, match=r"journal\.sqlite is damaged \(.+\): remove it, and start again"
            ):
                convert([dumps], out, resume=option == "resume", overwrite=option == "overwrite")
        file.unlink()
        assert convert([dumps], out, resume=True).resumed == 0
        assert digest(out) == expected["trials.jsonl"]


def stop_after(
    pages: int, dumps: Path, out: Path, *, then: Callable[[], object] = lambda: None, **options: Any
) -> None:
    """Leave the work of a run that was stopped after so many pages, once `then` has been called."""
    count = 0

    def progress(step: str) -> None:
        nonlocal count
        count += 1
        if count == pages:
            then()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert([dumps], out, progress=progress, **options)


# --- Inputs and options that changed ----------------------------------------------------------------------------------


def test_inputs_may_change_in_between(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", {f"{number}.txt": page_of(number) for number in range(1, 7)})
    out = tmp_path / "trials.jsonl"
    stop_after(5, dumps, out)
    write_pages(dumps, {"2.txt": page_of(2, title="Changed"), "31.txt": page_of(31)})
    (dumps / "4.txt").unlink()
    report = convert([dumps], out, resume=True)
    assert report.resumed == 3
    convert([dumps], tmp_path / "anew.jsonl")
    assert digest(out) == digest(tmp_path / "anew.jsonl")
    assert ids_of(read_lines(out)) == [f"NCT{number:08}" for number in (1, 2, 3, 31, 5, 6)]


def test_the_same_page_twice_is_one_record_when_resumed_too(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", {"1.txt": page_of(1), "2.txt": page_of(2)})
    outs = [tmp_path / "trials.jsonl", tmp_path / "anew.jsonl"]
    for keep, pages in (("newest", 2), ("all", 4)):
        stop_after(3, dumps, outs[0], keep=keep)
        report = convert([dumps, dumps], outs[0], keep=keep, resume=True)
        convert([dumps, dumps], outs[1], keep=keep)
        assert (report.records, report.duplicates) == (pages, 2)
        assert digest(outs[0]) == digest(outs[1])
        for out in outs:
            out.unlink()


def test_the_work_of_an_earlier_version_is_not_gone_on_with(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "trials.jsonl"
    partial_of(out).mkdir()
    for name in ("journal.jsonl", "records.jsonl", "lock", "outputs"):
        (partial_of(out) / name).write_text('{"form":2}\n', encoding="ascii")
    for options in ([], ["--resume"], ["--resume", "--overwrite"]):
        assert main(["convert", str(dumps), "-o", str(out), "--quiet", *options]) == 2
        assert capsys.readouterr().err == (
            f"registry-parser convert: {partial_of(out)} holds the work of an earlier version, which this one cannot "
            "resume: --overwrite without --resume discards it and starts again\n"
        )
        assert len(list(partial_of(out).iterdir())) == 4
    assert main(["convert", str(dumps), "-o", str(out), "--quiet", "--overwrite"]) == 1
    assert not partial_of(out).exists()


def test_resume_with_nothing_to_resume_just_runs(dumps: Path, tmp_path: Path, expected: dict[str, str]) -> None:
    report = convert([dumps], tmp_path / "trials.jsonl", resume=True)
    assert report.resumed == 0
    assert digest(tmp_path / "trials.jsonl") == expected["trials.jsonl"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": "all"}, "keep was 'newest' and is 'all'"),
        ({"text_field": "text"}, "text_field was None and is 'text'"),
    ],
)
def test_a_run_is_resumed_only_by_one_that_asks_for_the_same(
    dumps: Path, tmp_path: Path, options: Any, message: str
) -> None:
    out = tmp_path / "trials.jsonl"
    stop_after(20, dumps, out)
    with pytest.raises(CannotStartError, match=message):
        convert([dumps], out, resume=True, **options)
    assert convert([dumps], out, resume=True).resumed == 20


def test_a_run_of_another_version_is_not_resumed(dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "trials.jsonl"
    with monkeypatch.context() as patch:
        # By the table of modules: in its package, the function has the module's name.
        patch.setattr(sys.modules["parser.ingest.convert"], "__version__", "0.0.1")
        stop_after(20, dumps, out)
    with pytest.raises(CannotStartError, match=r"version was '0\.0\.1' and is "):
        convert([dumps], out, resume=True)
    assert convert([dumps], out, overwrite=True).resumed == 0


def test_work_that_was_left_is_not_thrown_away_unasked(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "trials.jsonl"
    stop_after(20, dumps, out)
    assert main(["convert", str(dumps), "-o", str(out)]) == 2
    assert "--resume continues it, --overwrite discards it" in capsys.readouterr().err
    assert convert([dumps], out, resume=True).resumed == 20


def fail_on_the_second(document: Document) -> Converted:
    if document.nct_id == "NCT00000002":
        raise MemoryError
    return summarize(document)


def test_a_page_on_which_a_worker_died_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dumps = write_pages(tmp_path / "dumps", {f"{number}.txt": page_of(number) for number in range(1, 4)})
    out = tmp_path / "trials.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["parser.ingest.convert"], "summarize", fail_on_the_second)
        stop_after(3, dumps, out)
    report = convert([dumps], out, resume=True)
    assert (report.records, report.resumed) == (3, 2)


# --- Two at once ------------------------------------------------------------------------------------------------------


def test_two_runs_on_one_output_are_not_let(dumps: Path, tmp_path: Path, waiting: Any, capsys: Captured) -> None:
    out = tmp_path / "trials.jsonl"
    process = waiting(out, 10, "--jobs=1")
    for option in ("--resume", "--overwrite"):
        assert main(["convert", str(dumps), "-o", str(out), option]) == 2
        assert capsys.readouterr().err == (
            f"registry-parser convert: another run is using {partial_of(out)}: wait for it, or stop it\n"
        )
    process.kill()
    process.wait()
    assert convert([dumps], out, resume=True).resumed == 10


# --- Interrupted ------------------------------------------------------------------------------------------------------


@needs_signals
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_leaves_what_is_done_and_says_how_to_go_on(
    dumps: Path, tmp_path: Path, expected: dict[str, str], waiting: Any, jobs: str
) -> None:
    out = tmp_path / "trials.jsonl"
    process = waiting(out, 40, "--jobs", jobs)
    workers = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode() == (
        f"{STOPPING}\n"
        f"registry-parser convert: interrupted; finished work is kept in {partial_of(out)}, "
        "and the same command with --resume continues it\n"
    )
    assert gone(workers)
    assert [path.name for path in tmp_path.glob("trials*")] == ["trials.jsonl.partial"]
    assert convert([dumps], out, resume=True).resumed == 40
    assert digest(out) == expected["trials.jsonl"]


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_that_it_stops_is_said_before_it_has_stopped(dumps: Path, tmp_path: Path, waiting: Any, number: int) -> None:
    process = waiting(tmp_path / "trials.jsonl", 3, "--jobs=1", script=COMMAND_THAT_STOPS_SLOWLY)
    process.send_signal(number)
    assert process.stderr.readline().decode() == f"{STOPPING}\n"
    assert process.poll() is None
    process.communicate(b"\n", timeout=60)
    assert process.returncode == 128 + number


def test_an_interrupt_while_the_output_is_written_leaves_what_was_there(
    dumps: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    for name in ("trials.jsonl", "trials", "trials.parquet", "trials.duckdb"):
        out = tmp_path / name
        convert([dumps / "00001.txt"], out)
        before = digest(out)
        stop_after(PAGES + 20, dumps, out, overwrite=True)
        assert digest(out) == before
        assert [path.name for path in partial_of(out).iterdir()] == ["journal.sqlite"]
        assert convert([dumps], out, resume=True, overwrite=True).resumed == PAGES
        if name in expected:
            assert digest(out) == expected[name]


# --- Killed at the very end -------------------------------------------------------------------------------------------

# The command, which is killed before the n-th of the changes that it makes in the file system.
COMMAND_THAT_DIES = """
import os, signal, sys
from parser.cli import main

left, folder = int(sys.argv[1]), sys.argv[2]

def die(event, arguments):
    global left
    changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree")
    if changes and str(arguments[0]).startswith(folder):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
sys.exit(main(sys.argv[3:]))
"""


@needs_signals
@pytest.mark.parametrize("name", ["trials.jsonl", "trials", "trials.parquet", "trials.duckdb"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_run_that_is_killed_while_the_output_gets_its_name_goes_on(
    tmp_path: Path, name: str, overwrite: bool
) -> None:
    """Whatever was moved or removed already: the output is complete, its rejects are listed, and nothing is left."""
    dumps = write_pages(tmp_path / "dumps", {"1.txt": page_of(1), "2.txt": page_of(2), "3.txt": "no page"})
    (tmp_path / "expected").mkdir()
    convert([dumps], tmp_path / "expected" / name)
    expected = outputs(tmp_path / "expected" / name)
    options = ["--overwrite"] if overwrite else []
    for change in range(3, 8, 2):
        folder = tmp_path / f"at {change}"
        out = folder / name
        folder.mkdir()
        if overwrite:
            convert([dumps / "1.txt"], out)
        arguments = ["convert", str(dumps), "-o", str(out), "--jobs=1", "--quiet", *options]
        command = [sys.executable, "-c", COMMAND_THAT_DIES, str(change), str(folder), *arguments]
        died = subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == -signal.SIGKILL
        assert died or outputs(out) == expected
        assert not [path for path in folder.iterdir() if path.name.startswith(".")], "nothing is made beside the output"
        if died and not any(partial_of(out).iterdir()):
            # Nothing is left to be done, nor to tell what had been.
            partial_of(out).rmdir()
        elif died:
            assert main([*arguments, "--resume"]) == 1
        assert outputs(out) == expected
        assert sorted(path.name for path in folder.iterdir()) == [name, f"{name}.rejects.jsonl"]


def test_an_output_of_somebody_else_is_not_replaced_by_resuming(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.jsonl"
    stop_after(20, dumps, out)
    out.write_bytes(b"of somebody else")
    with pytest.raises(CannotStartError, match="exists already: --overwrite"):
        convert([dumps], out, resume=True)
    assert out.read_bytes() == b"of somebody else"


def test_an_output_that_is_complete_is_not_made_again_by_resuming(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.jsonl"
    convert([dumps], out)
    with pytest.raises(CannotStartError, match="exists already, and there is no run to resume, so it may be comp"):
        convert([dumps], out, resume=True)


def test_an_interrupt_between_two_renames_brings_back_what_was_there(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "trials.parquet"
    convert([dumps / "00001.txt"], out)
    before = digest(out)
    rename = os.rename

    def interrupted(source: Any, target: Any) -> None:
        rename(source, target)
        if source == out:
            raise KeyboardInterrupt

    # As on a file system that cannot exchange two names.
    monkeypatch.setattr("parser.ingest.sinks.base.exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        convert([dumps], out, overwrite=True)
    assert digest(out) == before


@needs_signals
def test_a_request_to_end_is_heeded_as_an_interrupt_is(dumps: Path, tmp_path: Path, waiting: Any) -> None:
    out = tmp_path / "trials.jsonl"
    process = waiting(out, 40, "--jobs=1")
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 143
    assert told.decode() == (
        f"{STOPPING}\n"
        f"registry-parser convert: terminated; finished work is kept in {partial_of(out)}, "
        "and the same command with --resume continues it\n"
    )
    assert convert([dumps], out, resume=True).resumed == 40


# The command, whose workers do what the first argument names.
COMMAND_WITH_WORKERS = """
import os, re, signal, sys, time
import parser.ingest
from parser.cli import main

def search(document):
    # Nothing of Python runs until this is found, which it never is.
    re.match("(a+)+$", "a" * 60 + "b")

def sleep(document):
    time.sleep(3600)

def die(document):
    os.kill(os.getpid(), signal.SIGKILL)

module = sys.modules["parser.ingest.convert"]
module.summarize = globals()[sys.argv[1]]
signal.signal(signal.SIGINT, signal.default_int_handler)
started = sys.modules["parser.ingest.workers"].Crew._hand_out

def hand_out(crew):
    started(crew)
    if any(worker.works for worker in crew._workers):
        print("at work", flush=True)

sys.modules["parser.ingest.workers"].Crew._hand_out = hand_out
sys.exit(main(sys.argv[2:]))
"""


def start_with_workers(doing: str, dumps: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    arguments = ["convert", str(dumps), "-o", str(out), *options]
    command = [sys.executable, "-c", COMMAND_WITH_WORKERS, doing, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forks that do as they are told only there")
@pytest.mark.parametrize("doing", ["search", "sleep"])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_ends_when_it_is_asked_to_whatever_its_workers_do(
    dumps: Path, tmp_path: Path, doing: str, number: int, status: int
) -> None:
    with start_with_workers(doing, dumps, tmp_path / "trials.jsonl", "--jobs=2") as process:
        assert process.stdout
        assert process.stdout.readline() == b"at work\n"
        workers = children_of(process.pid)
        process.send_signal(number)
        _, told = process.communicate(timeout=20)
    assert workers
    assert process.returncode == status
    assert told.decode().splitlines()[0] == STOPPING
    assert told.startswith(b"registry-parser convert: ") and told.count(b"\n") == 2
    assert gone(workers)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forks that do as they are told only there")
def test_workers_that_are_all_killed_end_the_run_with_a_sentence(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.jsonl"
    with start_with_workers("die", dumps, out, "--jobs=2") as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.decode() == (
        "registry-parser convert: 20 processes that parse were lost one after the other, and none got a page done (the "
        "last was killed by SIGKILL; out of memory?): is there enough memory, and does something kill them?; "
        f"finished work is kept in {partial_of(out)}, and the same command with --resume continues it\n"
    )
    assert convert([dumps], out, resume=True).refused == {"not-a-record": 14}


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forks that do as they are told only there")
def test_a_page_over_its_time_is_among_the_rejects_and_tried_again(tmp_path: Path) -> None:
    dumps, out = write_pages(tmp_path / "dumps", {"1.txt": page_of(1)}), tmp_path / "trials.jsonl"
    with start_with_workers("search", dumps, out, "--jobs=1", "--page-seconds=1", "--quiet") as process:
        assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 1
    (reject,) = read_lines(rejects_of(out))
    assert (reject["name"], reject["code"]) == (str(dumps / "1.txt"), "too-slow")


def test_want_of_memory_is_reported_in_a_sentence(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def none_left(*_: object) -> None:
        raise MemoryError

    out = tmp_path / "trials.jsonl"
    monkeypatch.setattr(Journal, "add", none_left)
    assert main(["convert", str(dumps), "-o", str(out)]) == 1
    assert capsys.readouterr().err.startswith(
        "registry-parser convert: out of memory: try fewer --jobs; finished work is kept in "
    )


# The command on a system that cannot exchange names, which is killed where neither output has the name.
COMMAND_THAT_DIES_BETWEEN = """
import os, signal, sys
from parser.cli import main
from parser.ingest.sinks import base

renames = 0

def die(event, arguments):
    global renames
    if event == "os.rename":
        renames += ".trials.parquet." in str(arguments)
    if event == "os.rename" and renames == 2:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
base.exchange = lambda one, other: False
sys.exit(main(sys.argv[1:]))
"""


@needs_signals
@pytest.mark.parametrize("options", [["--resume"], []])
def test_what_a_killed_run_took_the_name_of_is_given_it_back(tmp_path: Path, options: list[str]) -> None:
    dumps, out = (
        write_pages(tmp_path / "dumps", {"1.txt": page_of(1), "2.txt": page_of(2)}),
        tmp_path / "trials.parquet",
    )
    convert([dumps / "1.txt"], out)
    before = digest(out)
    command = [sys.executable, "-c", COMMAND_THAT_DIES_BETWEEN, "convert", str(dumps), "-o", str(out), "--overwrite"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert not out.exists()
    assert main(["convert", str(dumps), "-o", str(out), *options]) == 2
    assert digest(out) == before
    assert convert([dumps], out, resume=True, overwrite=True).resumed == 2
    convert([dumps], tmp_path / "anew.parquet")
    assert digest(out) == digest(tmp_path / "anew.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anew.parquet", "dumps", "trials.parquet"]


def test_a_pattern_never_fits_what_the_run_itself_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path, {"1.txt": page_of(1), "2.txt": "no page"})
    monkeypatch.chdir(tmp_path)
    for patterns in (["*"], ["**/*"], ["**"]):
        report = convert(patterns, "trials.jsonl", overwrite=True)
        assert (report.pages, report.refused) == (2, {"not-a-record": 1})
        # As a shell gives them once a run was stopped.
        stop_after(1, tmp_path / "1.txt", Path("more.jsonl"))
        report = convert(["1.txt", "2.txt", "more.jsonl.partial"], "more.jsonl", resume=True)
        assert (report.pages, report.resumed) == (2, 0)
        for name in ("more.jsonl", "more.jsonl.rejects.jsonl", "trials.jsonl", "trials.jsonl.rejects.jsonl"):
            os.unlink(name)


# --- A full disk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["journal", "sink"])
def test_a_full_disk_is_reported_and_loses_nothing(
    dumps: Path, tmp_path: Path, expected: dict[str, str], at: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    out = tmp_path / "trials.jsonl"
    count = 0

    def fails(method: Any) -> Any:
        def instead(self: Any, *given: Any) -> Any:
            nonlocal count
            count += 1
            if count > 50:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return method(self, *given)

        return instead

    with monkeypatch.context() as patch:
        if at == "journal":
            patch.setattr(Journal, "add", fails(Journal.add))
        else:
            from parser.ingest.sinks.lines import JsonLinesSink

            patch.setattr(JsonLinesSink, "write", fails(JsonLinesSink.write))
        assert main(["convert", str(dumps), "-o", str(out), "--jobs=1"]) == 1
    told = capsys.readouterr().err
    assert told == (
        f"registry-parser convert: the output cannot be written: [Errno {errno.ENOSPC}] No space left on device; "
        f"finished work is kept in {partial_of(out)}, and the same command with --resume continues it\n"
    )
    assert not out.exists()
    assert convert([dumps], out, resume=True).resumed == (50 if at == "journal" else PAGES)
    assert digest(out) == expected["trials.jsonl"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a file system of so many KiB, at most one in a test."""
    folder = tmp_path / "small"
    folder.mkdir()

    def make(size: int) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("mounting a small file system takes rights that this user does not have")
        return folder

    yield make
    if os.path.ismount(folder):
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("name", "size"),
    # What is done takes some 195 KiB; no output finds room in the rest.
    [("trials.jsonl", 96), *((name, 204) for name in ("trials.jsonl", "trials", "trials.parquet", "trials.duckdb"))],
)
def test_a_disk_that_is_really_full(
    dumps: Path,
    small_disk: Callable[[int], Path],
    tmp_path: Path,
    expected: dict[str, str],
    name: str,
    size: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal, "_COMMIT_SECONDS", 0)
    out = small_disk(size) / name
    with pytest.raises(OSError, match="No space left on device"):
        convert(dumps, out)
    assert not out.exists()
    assert not list(partial_of(out).glob(".*")), "what was made of the output is gone"
    with closing(sqlite3.connect(partial_of(out) / "journal.sqlite")) as database:
        (done,) = database.execute("SELECT count(*) FROM pages").fetchone()
    assert 0 < done <= PAGES
    assert (done == PAGES) is (size == 204)

    # There is room elsewhere.
    moved = tmp_path / name
    shutil.copytree(partial_of(out), partial_of(moved))
    assert convert(dumps, moved, resume=True).resumed == done
    if name in expected:
        assert digest(moved) == expected[name]


def test_a_record_is_a_line_of_its_own() -> None:
    """A document must not hold a line end, or JSON lines could not be distinguished."""
    assert b"\n" not in Record.of("", {"text": "a\nb\u2028c\rd"}).content
