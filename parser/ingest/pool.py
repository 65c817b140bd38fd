"""Parses pages in this process or in others, in order; any failure is reported for its page only."""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import Any, TypeVar, overload

from parser import Document, ParserError, TooLargeError, parse
from parser.forms import find_form
from parser.forms.export import Payload
from parser.ingest.limits import DEFAULT_PAGE_MEMORY, DEFAULT_PAGE_SECONDS
from parser.ingest.model import Dump, Refusal, Result
from parser.ingest.workers import Crew, Work
from parser.pipeline import named, read_payload
from parser.source import DEFAULT_MAX_SIZE

T = TypeVar("T")

Page = Dump | Refusal
"""The input: a page, or an earlier refusal, which is passed through to keep its position."""

Task = Callable[[Dump], Result[Any]]
"""Parses a page; runs in a worker. It raises only `MemoryError`."""

# A list of pages for a worker is long enough that passing it costs little, and short enough to wait for its end.
_CHUNK_PAGES = 16
_CHUNK_BYTES = 256 << 10

# Lists that are read ahead for each worker: one in work, one ready, and some in reserve for slow pages.
_AHEAD = 4


def content_hash(content: bytes | str | Payload) -> str:
    """`Result.sha256` of a dump's content: SHA-256 of bytes as they are, of text as UTF-8 with `surrogatepass`.

    For a record of an export it covers the record's own text and the names of its columns.
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
    page_seconds: float = DEFAULT_PAGE_SECONDS,
    page_memory: int = DEFAULT_PAGE_MEMORY,
    form: str | None = None,
) -> Generator[Result[Document], None, None]: ...


@overload
def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    make: Callable[[Document], T],
    max_size: int = DEFAULT_MAX_SIZE,
    page_seconds: float = DEFAULT_PAGE_SECONDS,
    page_memory: int = DEFAULT_PAGE_MEMORY,
    form: str | None = None,
) -> Generator[Result[T], None, None]: ...


def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    make: Callable[[Document], Any] | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    page_seconds: float = DEFAULT_PAGE_SECONDS,
    page_memory: int = DEFAULT_PAGE_MEMORY,
    form: str | None = None,
) -> Generator[Result[Any], None, None]:
    """Parse pages, as `read` returns them, on `jobs` cores. There is one result for each page, in order.

    `make` turns a document into the value of its result. It runs where the page is parsed, so with several jobs it must
    be a function at the top of a module, and its result goes through a pipe: bytes or text, such as
    `Document.to_json` returns, are quickest. Without it the value is the document.

    `form` names the form of all pages, if it is not to be recognised by their content (`parse`).

    A page that is not a record is a `Result` with a refusal, and so is one on which the parser or `make` fails. With
    one job everything happens in this process, each result is returned before the next page is read, and neither the
    time nor the memory of a page is limited.

    With more, up to `jobs` new processes parse, and some pages are read ahead (a bounded number). All pages are parsed
    but one that takes more than `page_seconds`, or (on Linux) more than `page_memory` bytes, and one that costs two
    processes, the second of which had no other page: these are refused. The script that calls it must then begin its
    work under `if __name__ == "__main__":`, as with everything that starts processes. Pages are drawn from `dumps` in
    the thread that draws the results.

    Closing the generator ends the processes immediately. They ignore Ctrl-C, which the caller handles, and end if this
    process dies.

    Raises `ValueError` for less than one job, no time or memory at all, and an unknown name of a form, what `pickle`
    raises for a `make` or a value that cannot be sent, and `WorkersLostError` if no process can be started, or each is
    killed before it gets a page done.
    """
    task = _task(jobs, make or _document, max_size, page_seconds, page_memory, form)
    if jobs == 1:
        return _parse_here(dumps, task)
    pickle.dumps(task)
    return _parse_elsewhere(dumps, jobs, task, page_seconds, page_memory, prompt=False)


def parse_apart(
    dumps: Iterable[Page],
    *,
    jobs: int,
    make: Callable[[Document], T],
    max_size: int,
    page_seconds: float,
    page_memory: int = DEFAULT_PAGE_MEMORY,
    form: str | None = None,
    prompt: bool = False,
) -> Generator[Result[T], None, None]:
    """`parse_many`, but also with one job in another process, so that no page can exceed its time.

    With `prompt`, one job returns a result before the next page is read. A daemon of `multiprocessing` must not start
    processes; there it is `parse_many` with one job.
    """
    task = _task(jobs, make, max_size, page_seconds, page_memory, form)
    if multiprocessing.current_process().daemon:
        return _parse_here(dumps, task)
    return _parse_elsewhere(dumps, jobs, task, page_seconds, page_memory, prompt=prompt and jobs == 1)


def _task(
    jobs: int,
    make: Callable[[Document], Any],
    max_size: int,
    page_seconds: float,
    page_memory: int,
    form: str | None,
) -> Task:
    if jobs < 1:
        raise ValueError(f"jobs is {jobs}, but at least one process must do the work")
    if not page_seconds > 0:
        raise ValueError(f"page_seconds is {page_seconds}, but a page takes some time")
    if not page_memory > 0:
        raise ValueError(f"page_memory is {page_memory}, but a page takes some memory")
    if form:
        find_form(form)
    return partial(_parse_page, make=make, max_size=max_size, form=form)


def _document(document: Document) -> Document:
    return document


# --- In this process -------------------------------------------------------------------------------------------------


def _parse_here(dumps: Iterable[Page], task: Task) -> Generator[Result[Any], None, None]:
    for page in dumps:
        if isinstance(page, Refusal):
            yield _passed(page)
            continue
        try:
            yield task(page)
        except MemoryError:
            yield _refused(page, "worker-crash", "there was not enough memory to parse the page")


def _parse_page(page: Dump, make: Callable[[Document], T], max_size: int, form: str | None) -> Result[T]:
    try:
        return Result(page.name, content_hash(page.content), make(_parse(page, max_size, form)))
    except TooLargeError as error:
        return _refused(page, "too-large", str(error))
    except ParserError as error:
        return _refused(page, "not-a-record", str(error))
    except MemoryError:
        raise
    except Exception as error:
        # A bug in the parser or in `make` must not end a run over a hundred thousand other pages.
        return _refused(
            page, "worker-crash", f"the page could not be parsed because of a bug in the program: {error!r}"
        )


def _parse(page: Dump, max_size: int, form: str | None) -> Document:
    content = page.content
    document = read_payload(content) if isinstance(content, Payload) else parse(content, max_size=max_size, form=form)
    return named(document, page.name)


def _passed(refusal: Refusal) -> Result[Any]:
    return Result(refusal.name, NOTHING, refusal=refusal)


def _refused(page: Dump, code: str, message: str) -> Result[Any]:
    return Result(page.name, content_hash(page.content), refusal=Refusal(page.name, code, message))


# --- In other processes ---------------------------------------------------------------------------------------------


def _parse_elsewhere(
    dumps: Iterable[Page], jobs: int, task: Task, page_seconds: float, page_memory: int, *, prompt: bool
) -> Generator[Result[Any], None, None]:
    """The results in order. With `prompt`, no page is read before the last one is done."""
    ahead = _Ahead(jobs)
    with closing(Crew(jobs, task, page_seconds, page_memory, _refused)) as crew:
        for chunk in _chunks(dumps, 1 if prompt else _CHUNK_PAGES):
            if works := ahead.add(chunk):
                crew.add(works)
            # Finished results are returned at once, because the next pages may take long to arrive.
            crew.advance(block=False)
            yield from ahead.done()
            while ahead and (prompt or ahead.is_far(crew.has_waiting_work)):
                crew.advance(block=True)
                yield from ahead.done()
        while ahead:
            crew.advance(block=True)
            yield from ahead.done()


class _Ahead:
    """The pages that are read ahead of the results, in order: a bounded number, and of bounded size."""

    def __init__(self, jobs: int) -> None:
        self._works: deque[Work[Page, Result[Any]]] = deque()
        self._size = 0
        self._most_pages = jobs * _AHEAD * _CHUNK_PAGES
        self._most_bytes = jobs * _AHEAD * _CHUNK_BYTES

    def __len__(self) -> int:
        return len(self._works)

    def add(self, chunk: list[Page]) -> list[Work[Any, Result[Any]]]:
        """Add pages; returns those that are to be parsed."""
        works: list[Work[Page, Result[Any]]] = [
            Work(page, _passed(page) if isinstance(page, Refusal) else None) for page in chunk
        ]
        self._works += works
        self._size += sum(map(_size, chunk))
        return [work for work in works if not work.answer]

    def done(self) -> Iterator[Result[Any]]:
        """The results that do not have to wait for an earlier page."""
        while self._works and (answer := self._works[0].answer):
            self._size -= _size(self._works.popleft().item)
            yield answer

    def is_far(self, work_is_waiting: bool) -> bool:
        """Whether enough was read; as long as there is a worker for more, large pages are read whatever their size."""
        return len(self._works) >= self._most_pages or (self._size >= self._most_bytes and work_is_waiting)


def _chunks(dumps: Iterable[Page], most: int = _CHUNK_PAGES) -> Iterator[list[Page]]:
    """The pages in short lists, cut by number and by size."""
    chunk: list[Page] = []
    size = 0
    for page in dumps:
        chunk.append(page)
        size += _size(page)
        if len(chunk) >= most or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(page: Page) -> int:
    if isinstance(page, Refusal):
        return 0
    return len(page.content.content if isinstance(page.content, Payload) else page.content)
