"""Worker processes: each gets work in short lists, and is replaced if it dies or takes too long over one piece.

A worker answers pieces in order, so it is always known which one it is processing. That piece is tried again, alone,
and refused if a second worker dies on it; the worker's other pieces go to another one.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from parser.ingest.memory import limit_memory

T = TypeVar("T")
R = TypeVar("R")

# The most seconds that count between two checks of the workers: while this process slept, was stopped or was busy
# elsewhere, they may have waited for it.
_LOOK_SECONDS = 1.0

# A worker that is not ready after this many seconds has failed.
_START_SECONDS = 60.0

# An idle worker ends quickly.
_END_SECONDS = 1.0

# How many workers may be lost in a row without an answer; after that, the cause is not the pages.
_MOST_LOST = 20

_OUT_OF_MEMORY = errno.ENOMEM
"""Exit status of a worker that was refused memory."""

# The threshold of Python's cyclic garbage collector. A page has some thousands of objects, which are freed with it;
# with the default of 700, they and all cached objects would be traversed again and again.
_COLLECT_AFTER = 50_000

# prctl(2): the signal that this process gets when the thread that started it is gone.
_PR_SET_PDEATHSIG = 1

# Requests to end are handled by the process that distributes the work.
_TO_END = (signal.SIGINT, signal.SIGTERM)


class WorkersLostError(RuntimeError):
    """No worker can be started, or each is killed before it gets anything done. The message is for a person."""


@dataclass(slots=True, eq=False)
class Work(Generic[T, R]):
    """One piece of work."""

    item: T
    answer: R | None = None
    """Its answer; None until it is done."""
    lost: int = 0
    """How many workers died while processing it."""


@dataclass(slots=True, eq=False)
class _Worker(Generic[T, R]):
    process: BaseProcess
    connection: Connection
    since: float
    """When it last answered or got work, by the clock of its crew."""
    ready: bool = False
    """Whether it has reported that it is ready."""
    is_fresh: bool = True
    """Whether it has not got any work yet."""
    works: deque[Work[T, R]] = field(default_factory=deque)
    """Its pieces of work; it is processing the first one."""


class Crew(Generic[T, R]):
    """Up to `jobs` workers, each started when there is work for it."""

    def __init__(
        self, jobs: int, task: Callable[[T], R], seconds: float, memory: int, refuse: Callable[[T, str, str], R]
    ) -> None:
        """`task` makes an answer of a piece of work, in a worker, and may take so many seconds for each.

        A worker may take so many bytes of memory. `refuse` makes the answer of a piece without one; it is given a code,
        "too-slow", "too-large" or "worker-crash", and a message.
        """
        self._jobs = jobs
        self._task = task
        self._seconds = seconds
        self._memory = memory
        self._refuse = refuse
        self._workers: list[_Worker[T, R]] = []
        self._queue: deque[list[Work[T, R]]] = deque()
        self._clock = 0.0
        self._looked_at = time.monotonic()
        self._lost_in_a_row = 0

    @property
    def has_waiting_work(self) -> bool:
        """Whether there is work that is assigned to no worker."""
        return bool(self._queue)

    def add(self, works: Sequence[Work[T, R]]) -> None:
        """Take work for one worker, to be done by calls of `advance`."""
        self._queue.append(list(works))

    def advance(self, *, block: bool) -> None:
        """Distribute work and collect answers; with `block`, wait for one for at most a second.

        Raises `WorkersLostError`, and what `pickle` raises for an answer that cannot be sent.
        """
        self._tick()
        self._hand_out()
        workers: dict[object, _Worker[T, R]] = {worker.connection: worker for worker in self._workers}
        heard = wait([worker.connection for worker in self._workers], self._patience() if block else 0)
        self._tick()
        for connection in heard:
            self._hear(workers[connection])
        self._end_slow_ones()
        self._hand_out()

    def close(self) -> None:
        """End all workers immediately."""
        for worker in self._workers:
            if worker.works or not worker.ready:
                worker.process.kill()
            else:
                with suppress(OSError):
                    worker.connection.send(None)
        while self._workers:
            self._workers[-1].process.join(_END_SECONDS)
            self._end(self._workers[-1])

    # --- Work goes out ---

    def _hand_out(self) -> None:
        while self._queue:
            in_hand = [worker.works for worker in self._workers if worker.works]
            # Work on which a worker died is tried alone: the other processes may have used up the memory.
            if in_hand and any(works[0].lost for works in (self._queue[0], *in_hand)):
                return
            worker = self._idle_worker(fresh=self._queue[0][0].lost > 0)
            if worker is None:
                return
            worker.works.extend(self._queue.popleft())
            worker.is_fresh = False
            worker.since = self._clock
            try:
                worker.connection.send([work.item for work in worker.works])
            except OSError:
                # It had died before, so the work is not the cause.
                self._put_back(worker.works)
                worker.works.clear()
                self._replace(worker)

    def _idle_worker(self, *, fresh: bool) -> _Worker[T, R] | None:
        """A worker that can take work at once. If there is none, another one is started if allowed.

        A `fresh` one had no work before: the cause that killed the last worker may have affected all others, too.
        """
        starting = 0
        for worker in list(self._workers):
            if worker.ready and not worker.works:
                if worker.is_fresh or not fresh:
                    return worker
                self._end(worker)
            starting += not worker.ready
        if len(self._workers) < self._jobs and starting < len(self._queue):
            self._start()
        return None

    def _start(self) -> None:
        method = "fork" if _has_one_thread() else "spawn"
        # Each context has its own kind of process, which the hints do not say.
        context: Any = multiprocessing.get_context(method)
        try:
            ours, theirs = context.Pipe()
            # A fork has this process's ends of all pipes, too, and none may be open when this process has ended.
            not_theirs = [ours, *(worker.connection for worker in self._workers)] if method == "fork" else []
            process = context.Process(target=_serve, args=(theirs, not_theirs, self._task, self._memory), daemon=True)
            with _deferred(_TO_END):
                process.start()
                self._workers.append(_Worker(process, ours, self._clock))
            theirs.close()
        except OSError as error:
            raise WorkersLostError(f"no process can be started that parses: {error}") from error

    # --- Answers come in ---

    def _hear(self, worker: _Worker[T, R]) -> None:
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        worker.since = self._clock
        if isinstance(said, Exception):
            raise said
        if worker.ready:
            worker.works.popleft().answer = said
            self._lost_in_a_row = 0
        worker.ready = True

    def _replace(self, worker: _Worker[T, R]) -> None:
        """Give the work of a dead worker to another one."""
        worker.process.join(_END_SECONDS)
        status = self._end(worker)
        how = _ending(status)
        self._lost_in_a_row += 1
        if not worker.ready and not how.startswith("killed"):
            raise WorkersLostError(
                f"the processes that parse end as soon as they are started ({how}): is there enough memory, and does "
                'the script begin its work under `if __name__ == "__main__":`?'
            )
        if self._lost_in_a_row > _MOST_LOST:
            raise WorkersLostError(
                f"{_MOST_LOST} processes that parse were lost one after the other, and none got a page done (the last "
                f"was {how}): is there enough memory, and does something kill them?"
            )
        if worker.works:
            work = worker.works.popleft()
            work.lost += 1
            if work.lost > 1:
                work.answer = self._refuse(work.item, *self._reason(status))
            self._put_back(worker.works)
            if work.answer is None:
                self._put_back([work])

    def _reason(self, status: int | None) -> tuple[str, str]:
        """The code and the message of a refusal, for a piece on which a second worker ended with this status."""
        if status == _OUT_OF_MEMORY:
            return "too-large", (
                f"parsing it took more memory than the limit of {self._memory:,} bytes, or than there is; raise the "
                "limit (Limits.memory, --page-memory) if it really is one record"
            )
        how = _ending(status)
        message = f"the process that parsed the page was lost ({how}), and so was another one that had no other"
        return "worker-crash", message

    def _end_slow_ones(self) -> None:
        for worker in list(self._workers):
            busy_for = self._clock - worker.since if worker.works or not worker.ready else 0.0
            if not worker.ready and busy_for > _START_SECONDS:
                self._replace(worker)
            elif worker.ready and busy_for > self._seconds:
                self._end(worker)
                work = worker.works.popleft()
                message = (
                    f"it was not parsed within {self._seconds:g} seconds; raise the limit (Limits.seconds, "
                    "--page-seconds) if the machine is slow"
                )
                work.answer = self._refuse(work.item, "too-slow", message)
                self._put_back(worker.works)

    def _put_back(self, works: Sequence[Work[T, R]]) -> None:
        if works:
            self._queue.appendleft(list(works))

    def _end(self, worker: _Worker[T, R]) -> int | None:
        """End a worker if it has not ended; its exit status."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join(_END_SECONDS)
        worker.connection.close()
        return worker.process.exitcode

    # --- Time ---

    def _patience(self) -> float:
        """How long to wait for an answer: until a worker is too slow."""
        left = (worker.since + self._seconds - self._clock for worker in self._workers if worker.works)
        return max(0.0, min((_LOOK_SECONDS, *left)))

    def _tick(self) -> None:
        now = time.monotonic()
        self._clock += min(now - self._looked_at, _LOOK_SECONDS)
        self._looked_at = now


def _has_one_thread() -> bool:
    """Whether workers can be forks of this process; a fresh interpreter takes more than half a second.

    A fork has all that this process has imported, but of its threads only the one that forks, and what the others had
    locked stays locked. Only Linux shows how many there are; macOS has threads of its own in every process.
    """
    threads = "/proc/self/task"
    return sys.platform == "linux" and os.path.isdir(threads) and len(os.listdir(threads)) == 1


@contextmanager
def _deferred(signals: Sequence[signal.Signals]) -> Iterator[None]:
    """No signal is taken in between, neither by this process nor by one that is started, until that allows it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending(status: int | None) -> str:
    """How a process ended, in words."""
    if status is None:
        return "killed, and not gone yet"
    if status >= 0:
        return "out of memory" if status == _OUT_OF_MEMORY else f"exit status {status}"
    names = {number.value: number.name for number in signal.Signals}
    reason = "; out of memory?" if -status == getattr(signal, "SIGKILL", 0) else ""
    return f"killed by {names.get(-status, f'signal {-status}')}{reason}"


# --- In a worker ------------------------------------------------------------------------------------------------------


def _serve(connection: Connection, not_ours: Sequence[Connection], task: Callable[[T], object], memory: int) -> None:
    """All that a worker does."""
    for other in not_ours:
        other.close()
    _begin()
    limit_memory(memory)
    # What fails for want of memory while objects are freed is no news.
    sys.unraisablehook = _report_unless_out_of_memory
    # The parent is gone, or has closed the pipe.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            connection.send(None)
            while items := connection.recv():
                for item in items:
                    _answer(connection, task(item))
        except MemoryError:
            # What is left of this process would fail at the next page, too. Nothing is written, for want of memory.
            os._exit(_OUT_OF_MEMORY)


def _answer(connection: Connection, answer: object) -> None:
    try:
        connection.send(answer)
    except OSError:
        raise
    except Exception as error:
        # It cannot be pickled, which is for the caller to know.
        connection.send(error)


def _begin() -> None:
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TO_END)
    if sys.platform == "linux":
        # A thread cannot act while a regular expression is searched for; the kernel can.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: work would never come any more, nor an end of it."""
    parent = multiprocessing.parent_process()
    assert parent, "workers are started by a process"
    parent.join()
    os._exit(1)


def _report_unless_out_of_memory(fault: sys.UnraisableHookArgs) -> None:
    if fault.exc_type is not MemoryError:
        sys.__unraisablehook__(fault)


def collect_seldom() -> None:
    """Let Python look for lost objects less often: for a process that does nothing but parse page after page."""
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
