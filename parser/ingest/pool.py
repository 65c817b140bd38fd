"""Pages parsed in this process or in others, in their order, and whatever a page does told of that page alone."""

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
from parser.ingest.limits import DEFAULT_PAGE_SECONDS
from parser.ingest.model import Dump, Refusal, Result
from parser.ingest.workers import Crew, Work
from parser.pipeline import named, read_payload
from parser.source import DEFAULT_MAX_SIZE

T = TypeVar("T")

Page = Dump | Refusal
"""What comes in: a page, or what was refused already, which goes through to keep its place."""

Task = Callable[[Dump], Result[Any]]
"""Parses a page; runs in a worker. It raises `MemoryError` and nothing else."""

# A list of pages for a worker is long enough that handing it over costs next to nothing, and short enough that its end
# can be waited for.
_CHUNK_PAGES = 16
_CHUNK_BYTES = 256 << 10

# Chunks that are read ahead for each worker: one at work, one ready, and some more for when one takes longer than the
# others.
_AHEAD = 4


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
    page_seconds: float = DEFAULT_PAGE_SECONDS,
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
    form: str | None = None,
) -> Generator[Result[T], None, None]: ...


def parse_many(
    dumps: Iterable[Page],
    *,
    jobs: int = 1,
    make: Callable[[Document], Any] | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    page_seconds: float = DEFAULT_PAGE_SECONDS,
    form: str | None = None,
) -> Generator[Result[Any], None, None]:
    """Parse pages, as `read` gives them, on `jobs` cores. Results come in the order of the pages, one for each.

    `make` turns a document into the value of its result. It runs where the page is parsed, so with several jobs it must
    be a function at the top of a module, and what it gives goes through a pipe: bytes or a text, such as
    `Document.to_json` gives, are quickest. Without it the value is the document.

    `form` names the form of all pages, if it is not to be told by their content (`parse`).

    A page that is not a record is a `Result` with a refusal, and so is one on which the parser or `make` fails. With
    one job all happens in this process, a result comes before the next page is read, and nothing bounds the time of a
    page.

    With more, up to `jobs` new processes parse, and some pages are read ahead (a bounded number). A page that takes
    more than `page_seconds`, and one that costs two processes, the second of which had no other page, is refused, and
    all others are parsed. The script that calls it must then begin its work under `if __name__ == "__main__":`, as with
    everything that starts processes. Pages are drawn from `dumps` in the thread that draws the results.

    Closing the generator ends the processes, whatever they are at. They take no notice of Ctrl-C, so that only the
    caller decides what it means, and end by themselves should this process die.

    Raises `ValueError` for less than one job, no time at all, and a name that no form has, what `pickle` raises for a
    `make` or a value that cannot be sent, and `WorkersLostError` if no process can be started, or each is killed before
    it gets a page done.
    """
    task = _task(jobs, make or _document, max_size, page_seconds, form)
    if jobs == 1:
        return _parse_here(dumps, task)
    pickle.dumps(task)
    return _parse_elsewhere(dumps, jobs, task, page_seconds, prompt=False)


def parse_apart(
    dumps: Iterable[Page],
    *,
    jobs: int,
    make: Callable[[Document], T],
    max_size: int,
    page_seconds: float,
    form: str | None = None,
    prompt: bool = False,
) -> Generator[Result[T], None, None]:
    """`parse_many`, but in another process with one job, too, so that no page can take more than its time.

    With `prompt`, one job gives a result before the next page is read. A daemon of `multiprocessing` must not start
    processes; there it is `parse_many` with one job.
    """
    task = _task(jobs, make, max_size, page_seconds, form)
    if multiprocessing.current_process().daemon:
        return _parse_here(dumps, task)
    return _parse_elsewhere(dumps, jobs, task, page_seconds, prompt=prompt and jobs == 1)


def _task(jobs: int, make: Callable[[Document], Any], max_size: int, page_seconds: float, form: str | None) -> Task:
    if jobs < 1:
        raise ValueError(f"jobs is {jobs}, but at least one process must do the work")
    if not page_seconds > 0:
        raise ValueError(f"page_seconds is {page_seconds}, but a page takes some time")
    if form:
        find_form(form)
    return partial(_parse_page, make=make, max_size=max_size, form=form)


def _document(document: Document) -> Document:
    return document


# --- One page after the other ---------------------------------------------------------------------------------------


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


def _parse_elsewhere(
    dumps: Iterable[Page], jobs: int, task: Task, page_seconds: float, *, prompt: bool
) -> Generator[Result[Any], None, None]:
    """The results in their order. With `prompt`, no page is read before the last one is done."""
    ahead = _Ahead(jobs)
    with closing(Crew(jobs, task, page_seconds, _refused)) as crew:
        for chunk in _chunks(dumps, 1 if prompt else _CHUNK_PAGES):
            if works := ahead.add(chunk):
                crew.add(works)
            # What is done is given at once: the next pages may be long in coming.
            crew.advance(block=False)
            yield from ahead.done()
            while ahead and (prompt or ahead.is_far(crew.has_waiting_work)):
                crew.advance(block=True)
                yield from ahead.done()
        while ahead:
            crew.advance(block=True)
            yield from ahead.done()


class _Ahead:
    """The pages that are read ahead of the results, in their order: a bounded number, and of bounded size."""

    def __init__(self, jobs: int) -> None:
        self._works: deque[Work[Page, Result[Any]]] = deque()
        self._size = 0
        self._most_pages = jobs * _AHEAD * _CHUNK_PAGES
        self._most_bytes = jobs * _AHEAD * _CHUNK_BYTES

    def __len__(self) -> int:
        return len(self._works)

    def add(self, chunk: list[Page]) -> list[Work[Any, Result[Any]]]:
        """Take in pages; what of them is to be parsed."""
        works: list[Work[Page, Result[Any]]] = [
            Work(page, _passed(page) if isinstance(page, Refusal) else None) for page in chunk
        ]
        self._works += works
        self._size += sum(map(_size, chunk))
        return [work for work in works if not work.answer]

    def done(self) -> Iterator[Result[Any]]:
        """The results that no earlier page has to be waited for."""
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
