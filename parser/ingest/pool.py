"""Pages parsed in this process or in others, in their order, and whatever a page does told of that page alone."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from itertools import chain
from typing import Any, ParamSpec, TypeVar, overload

from parser import Document, ParserError, TooLargeError, parse
from parser.forms import find_form
from parser.forms.export import Payload
from parser.ingest.model import Dump, Refusal, Result
from parser.pipeline import named, read_payload
from parser.source import DEFAULT_MAX_SIZE

P = ParamSpec("P")
T = TypeVar("T")

Page = Dump | Refusal
"""What comes in: a page, or what was refused already, which goes through to keep its place."""

# A chunk is long enough that handing it over costs next to nothing, and short enough that its end can be waited for.
_CHUNK_PAGES = 16
_CHUNK_BYTES = 256 << 10

# What is no longer few, whatever the number of pages: it takes about as long as starting a process does.
_FEW_BYTES = 1 << 20

# Chunks handed out for each worker: one at work, one ready, and some more for when one takes longer than the others.
_AHEAD = 4

# How the workers are made: a fresh interpreter is the same on every system, and safe whatever threads this one has.
_START_METHOD = "spawn"

# So many more objects are there than before when Python looks for those that hold each other and are lost. A page has
# some thousands, which are gone with it. With Python's own 700, they and all that is cached are looked through time and
# again, which takes a tenth of all time.
_COLLECT_AFTER = 50_000


def content_hash(content: bytes | str | Payload) -> str:
    """`Result.sha256` of a dump's content: SHA-256 of bytes as they are, of text as UTF-8, lone surrogates passed.

    Of a record of an export it is that of its own text, and of what its columns are called.
    """
    if isinstance(content, Payload):
        content = b"\0".join([content.content, *(name.encode() for name in content.header)])
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


NOTHING = content_hash(b"")
"""`Result.sha256` of what could not be read."""


@overload
def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    max_size: int = DEFAULT_MAX_SIZE,
    few: int = 0,
    form: str | None = None,
) -> Generator[Result[Document], None, None]: ...


@overload
def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    make: Callable[[Document], T],
    max_size: int = DEFAULT_MAX_SIZE,
    few: int = 0,
    form: str | None = None,
) -> Generator[Result[T], None, None]: ...


def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    make: Callable[[Document], Any] | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    few: int = 0,
    form: str | None = None,
) -> Generator[Result[Any], None, None]:
    """Parse pages, as `read` gives them, on `jobs` cores. Results come in the order of the pages, one for each.

    `make` turns a document into the value of its result. It runs where the page is parsed, so with several jobs it must
    be a function at the top of a module, and what it gives goes through a pipe: bytes or a text, such as
    `Document.to_json` gives, are quickest. Without it the value is the document.

    `form` names the form of all pages, if it is not to be told by their content (`parse`).

    A page that is no record is a `Result` with a refusal, and so is one on which the parser or `make` fails. With one
    job all happens in this process, and a result comes before the next page is read. With more, `jobs` new processes
    parse, some pages are read ahead (a bounded number), and a page that kills its process is refused while all others
    are parsed. The script that calls it must then begin its work under `if __name__ == "__main__":`, as with everything
    that starts processes. Pages are drawn from `dumps` in the thread that draws the results.

    Starting a process takes as long as parsing some sixty pages. With `few`, none is started for an input of fewer
    pages than that; it is parsed in this process, which a page that kills its process ends then.

    Closing the generator ends the processes; they finish the few pages in their hands, which takes a second at most
    unless a page is huge. Workers take no notice of Ctrl-C, so that only the caller decides what it means, and end by
    themselves should this process die.

    Raises `ValueError` for less than one job and for a name that no form has, what `pickle` raises for a `make` that
    cannot be sent, and `BrokenProcessPool` if no worker can be started.
    """
    if jobs < 1:
        raise ValueError(f"jobs is {jobs}, but at least one process must do the work")
    if form:
        find_form(form)
    task = partial(_parse_pages, make=make or _document, max_size=max_size, form=form)
    if jobs == 1:
        return _parse_here(dumps, task)
    pickle.dumps(task)
    return _parse_few_here(dumps, jobs, task, few) if few else _parse_elsewhere(dumps, jobs, task)


def _document(document: Document) -> Document:
    return document


# --- One page after the other ---------------------------------------------------------------------------------------

Task = Callable[[Sequence[Page]], list[Result[Any]]]
"""Parses a chunk of pages; runs in a worker."""

_Answer = Future[list[Result[Any]]]


def _parse_here(dumps: Iterable[Page], task: Task) -> Generator[Result[Any], None, None]:
    for page in dumps:
        yield from task([page])


def _parse_few_here(dumps: Iterable[Page], jobs: int, task: Task, few: int) -> Generator[Result[Any], None, None]:
    pages = iter(dumps)
    held: list[Page] = []
    size = 0
    for page in pages:
        held.append(page)
        size += _size(page)
        if len(held) >= few or size >= _FEW_BYTES:
            yield from _parse_elsewhere(chain(held, pages), jobs, task)
            return
    yield from _parse_here(held, task)


def _parse_pages(
    pages: Sequence[Page], make: Callable[[Document], T], max_size: int, form: str | None
) -> list[Result[T]]:
    return [_parse_page(page, make, max_size, form) for page in pages]


def _parse_page(page: Page, make: Callable[[Document], T], max_size: int, form: str | None) -> Result[T]:
    if isinstance(page, Refusal):
        return _passed(page)
    try:
        return Result(page.name, content_hash(page.content), make(_parse(page, max_size, form)))
    except TooLargeError as error:
        return _refused(page, "too-large", str(error))
    except ParserError as error:
        return _refused(page, "not-a-record", str(error))
    except Exception as error:
        # A fault of the parser or of `make`: it must not end a run over a hundred thousand other pages.
        return _refused(page, "worker-crash", f"the page could not be parsed, by a fault in the program: {error!r}")


def _parse(page: Dump, max_size: int, form: str | None) -> Document:
    content = page.content
    document = read_payload(content) if isinstance(content, Payload) else parse(content, max_size=max_size, form=form)
    return named(document, page.name)


def _passed(refusal: Refusal) -> Result[Any]:
    return Result(refusal.name, NOTHING, refusal=refusal)


def _refused(page: Dump, code: str, message: str) -> Result[Any]:
    return Result(page.name, content_hash(page.content), refusal=Refusal(page.name, code, message))


# --- In other processes ---------------------------------------------------------------------------------------------


def _parse_elsewhere(dumps: Iterable[Page], jobs: int, task: Task) -> Generator[Result[Any], None, None]:
    ahead: deque[tuple[list[Page], _Answer]] = deque()
    with closing(_Pool(jobs, task)) as pool:
        for chunk in _chunks(dumps):
            ahead.append((chunk, pool.submit(chunk)))
            # What is done is given at once: the next pages may be long in coming.
            while len(ahead) >= jobs * _AHEAD or (ahead and ahead[0][1].done()):
                yield from pool.results(*ahead.popleft())
        while ahead:
            yield from pool.results(*ahead.popleft())


def _chunks(dumps: Iterable[Page]) -> Iterator[list[Page]]:
    """The pages in short lists, cut by number and by size."""
    chunk: list[Page] = []
    size = 0
    for page in dumps:
        chunk.append(page)
        size += _size(page)
        if len(chunk) >= _CHUNK_PAGES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(page: Page) -> int:
    if isinstance(page, Refusal):
        return 0
    return len(page.content.content if isinstance(page.content, Payload) else page.content)


class _Pool:
    """Workers. Those of a pool in which one died are all lost, so others are started in their place."""

    def __init__(self, jobs: int, task: Task) -> None:
        self._jobs = jobs
        self._task = task
        self._workers = _start(jobs)
        # For the pages among which a worker died.
        self._lone: ProcessPoolExecutor | None = None

    def submit(self, chunk: list[Page]) -> _Answer:
        try:
            return _submit(self._workers, self._task, chunk)
        except BrokenProcessPool:
            self._workers.shutdown()
            self._workers = _start(self._jobs)
            return _submit(self._workers, self._task, chunk)

    def results(self, chunk: list[Page], answer: _Answer) -> Iterator[Result[Any]]:
        """The results of a chunk; if a worker died before they were there, of one page after the other."""
        try:
            yield from answer.result()
        except BrokenProcessPool:
            for page in chunk:
                yield self._result_alone(page)

    def _result_alone(self, page: Page) -> Result[Any]:
        """The result of a page in a worker that has no other, so that it is known whose fault it is if that dies."""
        if isinstance(page, Refusal):
            return _passed(page)
        if self._lone is None:
            self._lone = _start(1)
            # If not even this works, it is no page's fault, and the error is the caller's.
            _submit(self._lone, _parse_nothing).result()
        try:
            return _submit(self._lone, self._task, [page]).result()[0]
        except BrokenProcessPool:
            self._lone.shutdown()
            self._lone = None
            message = "the process that parsed the page died (out of memory?); the other pages were parsed without it"
            return _refused(page, "worker-crash", message)

    def close(self) -> None:
        for workers in (self._workers, self._lone):
            if workers:
                workers.shutdown(cancel_futures=True)


def _start(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(_START_METHOD)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_work)


def _submit(workers: ProcessPoolExecutor, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """Hand over work. This may start a worker, which must not see a Ctrl-C before it can say that it ignores it."""
    if not hasattr(signal, "pthread_sigmask"):
        return workers.submit(task, *args, **kwargs)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return workers.submit(task, *args, **kwargs)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def collect_seldom() -> None:
    """Let Python look for lost objects less often: for a process that does nothing but parse page after page."""
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])


def _begin_work() -> None:
    """The first that a worker does."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: work would never come any more, nor an end of it."""
    parent = multiprocessing.parent_process()
    assert parent, "workers are started by a process"
    parent.join()
    os._exit(1)


def _parse_nothing() -> None:
    """Shows that a worker can be started."""
