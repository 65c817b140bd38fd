"""Kills and full disks: `python -m tests.fuzz.kills --seed 1 --kills 200 --disks 19`. Exit status 1 if one did harm.

Conversions to every form of output, anew and over an output that is there, with one job and two, are killed at a step
that chance picks: a page in the journal, a record in the output, a file or a folder that comes, goes or gets another
name. Either the run itself is killed, or some of its workers. And conversions run on file systems of so many sizes that
are too small. Each time there must be the old output or the new one and nothing else under its name, no process may be
left, and the same command with --resume must come to what a run makes that nobody disturbs.

Each run is a fork of this process, which takes next to no time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from parser.cli import main as command
from parser.ingest.convert import partial_of, rejects_of
from parser.ingest.journal import Journal
from parser.ingest.sinks import base
from tests.dumps import digest, some_pages, write_pages

NAMES = ("trials.jsonl", "trials.jsonl.gz", "trials", "trials.parquet", "trials.duckdb")

_PAGES = 40
_PAGES_ON_DISK = 60
_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.rmtree")
_SECONDS = 30.0


class Case(NamedTuple):
    """A conversion, and who is killed."""

    name: str
    overwrite: bool
    jobs: int
    victim: str

    def arguments(self, dumps: Path, out: Path) -> list[str]:
        options = ["--quiet", f"--jobs={self.jobs}", *(["--overwrite"] if self.overwrite else [])]
        return ["convert", str(dumps), "-o", str(out), *options]


CASES = [
    Case(name, overwrite, jobs, victim)
    for victim, jobs, overwrite, name in product(("run", "workers"), (1, 2), (True, False), NAMES)
]


class Outcome(NamedTuple):
    """How a run ended, and what it said."""

    status: int
    """Its exit status; the number of a signal, negative."""
    said: str


# --- Runs -------------------------------------------------------------------------------------------------------------


def run(arguments: list[str], before: Callable[[], object] = lambda: None) -> Outcome:
    """The command in a fork, after `before` has prepared it."""
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if not child:
            status = 70
            try:
                before()
                with redirect_stderr(said):
                    status = command(arguments)
            finally:
                said.flush()
                os._exit(status)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return Outcome(os.waitstatus_to_exitcode(status), said.read())


def digest_of(out: Path) -> str | None:
    """What `tests.dumps.digest` says, got in a fork: this process loads no library that starts threads."""
    if not os.path.lexists(out):
        return None
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, digest(out).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="ascii") as stream:
        found = stream.read()
    os.waitpid(child, 0)
    return found or "unreadable"


def state(out: Path) -> list[str | None]:
    return [digest_of(out), digest_of(rejects_of(out))]


# --- Steps ------------------------------------------------------------------------------------------------------------


class Steps:
    """Counts what a run does in the folder, and calls `act` with the number of each step before it is done."""

    def __init__(self, folder: Path, act: Callable[[int, str], object]) -> None:
        self._folder = str(folder)
        self._act = act
        self._count = 0
        self._process = 0

    def install(self) -> None:
        """Begin counting, in the process of the run."""
        self._process = os.getpid()
        sys.addaudithook(self._audit)
        self._before(Journal, "add", "page")
        self._before(base, "exchange", "change")
        records = Journal.records

        def counted(journal: Journal, **options: Any) -> Iterator[Any]:
            for record in records(journal, **options):
                self._step("record")
                yield record

        Journal.records = counted  # type: ignore[method-assign]

    def _before(self, owner: Any, name: str, kind: str) -> None:
        done = getattr(owner, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            self._step(kind)
            return done(*arguments, **options)

        setattr(owner, name, counted)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_change = event in _CHANGES or (event == "open" and arguments[2] & os.O_CREAT)
        if is_change and str(arguments[0]).startswith(self._folder):
            self._step("change")

    def _step(self, kind: str) -> None:
        # Workers have it, too, where they are forks.
        if os.getpid() == self._process:
            self._count += 1
            self._act(self._count, kind)


def steps_of(case: Case, dumps: Path, folder: Path) -> list[str]:
    """The kinds of the steps of a run that nobody disturbs."""
    out = begin(case, dumps, folder)
    listed = folder / "steps"
    steps = Steps(folder, lambda _, kind: print(kind, file=stream, flush=True))
    with open(listed, "w", encoding="ascii") as stream:
        run(case.arguments(dumps, out), steps.install)
    return listed.read_text(encoding="ascii").split()


def begin(case: Case, dumps: Path, folder: Path) -> Path:
    """The output of a run in a folder that is empty but for the old output."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    out = folder / case.name
    if case.overwrite:
        lay_old_output(out, dumps)
    return out


def lay_old_output(out: Path, dumps: Path) -> None:
    """The output of two pages, one of which is none; it is made once."""
    kept = dumps.with_name("old") / out.name
    kept.parent.mkdir(exist_ok=True)
    if not kept.exists():
        run(["convert", str(dumps / "00001.txt"), str(dumps / "00005.txt"), "-o", str(kept), "--quiet"])
    for path, copy in ((kept, out), (rejects_of(kept), rejects_of(out))):
        shutil.copytree(path, copy) if path.is_dir() else shutil.copyfile(path, copy)


# --- Kills ------------------------------------------------------------------------------------------------------------


def kill_once(case: Case, chance: random.Random, kinds: list[str], dumps: Path, folder: Path, new: Any) -> str | None:
    """Kill a run or some of its workers at a step that chance picks; what went wrong, if anything."""
    out = begin(case, dumps, folder)
    old = state(out) if case.victim == "run" else []
    possible = [number for number, kind in enumerate(kinds, 1) if case.victim == "run" or kind == "page"]
    chosen = chance.choice(possible)
    listed = folder.with_suffix(".workers")
    listed.write_text("")

    def act(number: int, kind: str) -> None:
        if number != chosen:
            return
        workers = multiprocessing.active_children()
        if case.victim == "workers":
            for worker in workers[: chance.randint(1, case.jobs)]:
                worker.kill()
            return
        listed.write_text(" ".join(str(worker.pid) for worker in workers))
        os.kill(os.getpid(), signal.SIGKILL)

    outcome = run(case.arguments(dumps, out), Steps(folder, act).install)
    where = f"{case} at step {chosen}, a {kinds[chosen - 1]}"
    if left := [worker for worker in map(int, listed.read_text().split()) if not ends(worker)]:
        return f"{where}: the workers {left} outlive the run"
    if outcome.status == -signal.SIGKILL:
        found = state(out)
        if found[0] not in (old[0], new[0]) or found[1] not in (old[1], new[1]):
            return f"{where}: neither the old output nor the new one"
        partial = partial_of(out)
        if partial.exists() and any(partial.iterdir()):
            outcome = run([*case.arguments(dumps, out), "--resume"])
        elif found == new:
            # It had finish, and only the empty folder is left, at most.
            shutil.rmtree(partial, ignore_errors=True)
            outcome = Outcome(1, "")
        else:
            outcome = run(case.arguments(dumps, out))
    return judged(where, outcome, out, new)


def judged(where: str, outcome: Outcome, out: Path, new: Any) -> str | None:
    """What is wrong with the end of a run. Its exit status is 1, because some pages are none."""
    names = sorted(path.name for path in out.parent.iterdir())
    if (outcome.status, outcome.said) != (1, ""):
        return f"{where}: {outcome}"
    if state(out) != new:
        return f"{where}: another output than the new one"
    if names != [out.name, rejects_of(out).name]:
        return f"{where}: something is left: {names}"
    return None


def ends(process: int) -> bool:
    """Whether a process is gone soon."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            text = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return True
        if text.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


# --- Full disks -------------------------------------------------------------------------------------------------------


@contextmanager
def disk_of(folder: Path) -> Iterator[Callable[[int], Callable[[], object]]]:
    """Sets the size of the file system of a folder, in KiB; without the right to mount one, that of each file."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if shutil.which("mount") and not subprocess.run(command, capture_output=True, check=False).returncode:

        def resize(size: int) -> Callable[[], object]:
            subprocess.run(["mount", "-o", f"remount,size={size}k", str(folder)], check=True)
            return lambda: None

        try:
            yield resize
        finally:
            subprocess.run(["umount", str(folder)], check=True)
    else:
        yield lambda size: lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size << 10, -1))


def fill_once(case: Case, size: int, dumps: Path, disk: Path, resize: Any, new: Any) -> tuple[str | None, bool]:
    """Convert with so little room that it cannot end, and continue more; what went wrong, and whether it was full."""
    resize(64 << 10)
    for path in disk.iterdir():
        base.remove(path)
    out = disk / case.name
    lay_old_output(out, dumps)
    old = state(out)
    outcome = run(case.arguments(dumps, out), resize(size))
    was_full = "the output cannot be written" in outcome.said
    where = f"{case.name} in {size} KiB"
    found = state(out)
    if found[0] not in (old[0], new[0]) or found[1] not in (old[1], new[1]):
        return f"{where}: neither the old output nor the new one", was_full
    if was_full and (outcome.status != 1 or outcome.said.count("\n") != 1):
        return f"{where}: {outcome}", was_full
    resize(64 << 10)
    if was_full:
        outcome = run([*case.arguments(dumps, out), "--resume"])
    return judged(where, outcome, out, new), was_full


# --- All of it --------------------------------------------------------------------------------------------------------


def attack_by_kills(folder: Path, seed: int, numbers: range) -> Iterator[str | None]:
    """What each kill did: None, or the harm."""
    dumps = write_pages(folder / "dumps", some_pages(_PAGES))
    expected: dict[Case, tuple[list[str], Any]] = {}
    for number in numbers:
        case = CASES[number % len(CASES)]
        if case not in expected:
            kinds = steps_of(case, dumps, folder / "work")
            expected[case] = kinds, state(folder / "work" / case.name)
        yield kill_once(
            case, random.Random(f"{seed}/{number}"), expected[case][0], dumps, folder / "work", expected[case][1]
        )


def attack_by_full_disks(folder: Path, count: int) -> Iterator[tuple[str | None, bool]]:
    """What each full disk did: None, or the harm; and whether it was full."""
    dumps = write_pages(folder / "pages", some_pages(_PAGES_ON_DISK))
    with disk_of(folder / "disk") as resize:
        for name in NAMES if count else ():
            case = Case(name, True, 1, "")
            out = begin(case, dumps, folder / "room")
            old = size_of(out)
            run(case.arguments(dumps, out))
            new = state(out)
            # The journal takes some 100 KiB, and what is made of the output is there next to the old one.
            room = 100 + size_of(out)
            for step in range(1, count + 1):
                yield fill_once(case, old + 16 + room * step // (count + 1), dumps, folder / "disk", resize, new)


def size_of(out: Path) -> int:
    """The room that a file or a folder takes, in KiB."""
    return sum(path.lstat().st_blocks for path in (out, *out.rglob("*"))) // 2


def report(number: int, fault: str | None) -> bool:
    """Say what went wrong, and now and then how far it is; whether something did go wrong."""
    if fault or number % 10 == 0:
        print(f"{number}: {fault or 'no harm'}", flush=True)
    return fault is not None


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz.kills", description=__doc__)
    options.add_argument("--kills", type=int, default=200, help="how many; all cases take turns")
    options.add_argument("--first", type=int, default=0, help="the number of the first; seed and number make a kill")
    options.add_argument("--disks", type=int, default=19, help="how many sizes of disk for each form of output")
    options.add_argument("--seed", type=int, default=0, help="where chance begins; the same seed, the same kills")
    given = options.parse_args()

    # So that the disk is unmounted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    harm = 0
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        for fault in attack_by_kills(Path(name), given.seed, range(given.first, given.first + given.kills)):
            done["kills"] += 1
            harm += report(done["kills"], fault)
        for fault, was_full in attack_by_full_disks(Path(name), given.disks):
            done["disks"] += 1
            done["full disks"] += was_full
            harm += report(done["disks"], fault)
    print(f"seed {given.seed}: {dict(done)}, harm: {harm}")
    return 1 if harm else 0


if __name__ == "__main__":
    raise SystemExit(main())
