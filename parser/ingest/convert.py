"""A whole conversion: from files, folders and archives to one data set, which is there when it is complete.

Pages are read and parsed in their order, and each goes into the journal as it is done (`parser.ingest.journal`). When
all are, duplicates are left out, and the sink of the output is given the records that stay. So a run may be stopped at
any time and go on later, and what comes out is the same.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Literal, NamedTuple

from parser import Document, __version__, merge
from parser.ingest.journal import JOURNAL, CannotStartError, Converted, Journal, is_claimed, recover
from parser.ingest.limits import Limits
from parser.ingest.model import Dump, Refusal, Result
from parser.ingest.pool import Page, parse_apart
from parser.ingest.progress import Watch
from parser.ingest.read import read, read_except
from parser.ingest.report import Report, largest_first
from parser.ingest.sinks import MissingDependencyError, Record, Sink, check_output, sink_for
from parser.registries import identify

StrPath = str | os.PathLike[str]

Keep = Literal["newest", "all"]
"""Which pages stay of those that show the same record: the one that was last updated, or all of them."""

STREAM = "-"

_CONFLICT = "merge-conflict"


def convert(
    paths: StrPath | Iterable[StrPath],
    out: StrPath,
    *,
    jobs: int = 1,
    keep: Keep = "newest",
    resume: bool = False,
    overwrite: bool = False,
    text_field: str | None = None,
    id_field: str | None = None,
    form: str | None = None,
    merge_countries: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
    refused: Callable[[Refusal], object] | None = None,
) -> Report:
    """Convert all pages in `paths` (as `read` takes them) to the data set `out`, whose name tells its form.

    `jobs` processes parse (`parser.ingest.parse_many` says what a script must heed that starts some), and a page that
    takes too long or costs two of them is refused. Of inputs that show the same record (equal in registry, trial and
    member state, or without an id in content) the one that was updated last stays, the first among equals. The protocol
    and the results page of a trial become one record (`parser.merge`). With `keep="all"` all stay as they are. With
    `merge_countries` the records that a register has of a trial for each country become one. What gives no record is
    passed to `refused` and named in `OUT.rejects.jsonl`. `watch` is told each step. The order of the output is that of
    the input, whatever `jobs` is.

    Until the run is complete its work is in `OUT.partial`, and `out` is as it was before. A run that did not come to
    its end, for whatever reason, goes on with `resume=True`: pages whose name and content are the same are not parsed
    again. `overwrite` lets it replace an `out` that exists, and throw away what an earlier run left.

    `out="-"` writes to stdout as pages are done; nothing can be resumed then, and all duplicates stay.

    Raises `CannotStartError` where nothing was begun, `OSError` where the output cannot be written (a full disk), and
    `WorkersLostError` where the processes that parse cannot be started, or all are killed.
    """
    started = time.monotonic()
    # A lone path is no list of letters.
    inputs = [os.fspath(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    limits = limits or Limits()
    observers = _Observers(watch or _ignore, refused or _ignore)
    if os.fspath(out) == STREAM:
        if resume:
            raise CannotStartError("what goes to stdout cannot be resumed: name a file or a folder as output")
        if merge_countries:
            raise CannotStartError("what goes to stdout cannot be merged: name a file or a folder as output")
        found = read(inputs, text_field=text_field, id_field=id_field, form=form, limits=limits)
        return _stream(found, jobs, limits, observers, started)

    out = _named(out)
    # A pattern may fit these, too, the more so when a run is resumed.
    own = (out, partial_of(out), rejects_of(out))
    found = read_except(own, inputs, text_field=text_field, id_field=id_field, form=form, limits=limits)
    recover(out, partial_of(out))
    # Stopped when the output had its name already, and not all was said and tidied up.
    overwrite = overwrite or (resume and is_claimed(out, partial_of(out)))
    _check(inputs, out, overwrite, resume)
    asked = {
        "version": __version__,
        "text_field": text_field,
        "id_field": id_field,
        "form": form,
        "max_size": limits.page,
        "keep": keep,
        "merge_countries": merge_countries,
    }
    with closing(Journal(partial_of(out), asked, resume=resume, discard=overwrite and not resume)) as journal:
        counts = _collect(journal, found, jobs, limits, observers)
        with sink_for(out, overwrite=overwrite, staging=journal) as sink:
            written = _write(journal, sink, keep, merge_countries, observers)
            # Before the output gets its name: a disk that is full for this file stops both.
            listed, refused_pages = _list_rejects(journal)
        duplicates = journal.duplicates()
        _move_rejects(listed, rejects_of(out))
    journal.remove()
    return Report(
        out=str(out),
        records=written.records,
        merged=written.merged,
        duplicates=duplicates,
        duplicates_kept=keep == "all",
        problems=largest_first(written.problems),
        refused=largest_first(refused_pages),
        skipped=counts.skipped,
        rejects=str(rejects_of(out)) if refused_pages else None,
        pages=counts.pages,
        resumed=counts.resumed,
        seconds=time.monotonic() - started,
    )


def partial_of(out: StrPath) -> Path:
    """The folder that holds the work of a run which is not complete."""
    return Path(f"{_named(out)}.partial")


def rejects_of(out: StrPath) -> Path:
    """The file that names what gave no record, a JSON object a line: `name`, `code` (of `REFUSALS`), `message`."""
    return Path(f"{_named(out)}.rejects.jsonl")


def _named(out: StrPath) -> Path:
    """A path that ends in a name, to which others can be added: `.` and `..` have none."""
    path = Path(out)
    return path if path.name not in ("", "..") else Path(os.path.abspath(path))


def summarize(document: Document) -> Converted:
    """What goes from a worker to the process that writes: little, and quick to pickle."""
    status = document.protocol_section.status_module
    struct = status.last_update_post_date_struct
    return Converted(
        json=Record.of("", document).content,
        identity=_identity(document),
        last_update=struct.date if struct else status.last_update_submit_date,
        problems=dict(Counter(problem.code for problem in document.problems)),
        results=document.is_results_page,
    )


def _identity(document: Document) -> str | None:
    section = document.source_section
    found = identify(section.registry_id or document.nct_id or "")
    return f"{found.registry.name} {found.trial_key} {section.member_state or ''}" if found else None


class _Observers(NamedTuple):
    """What is called as things happen."""

    watch: Watch
    refused: Callable[[Refusal], object]

    def page_is_done(self, result: Result[Converted]) -> None:
        if result.refusal:
            self.refused(result.refusal)
        self.watch("read")


def _ignore(_: object) -> None:
    """Observes nothing."""


class _Counts(NamedTuple):
    """How many pages there were."""

    pages: int
    resumed: int
    """How many of them an earlier run had done."""
    skipped: int
    """How many files there were beside them."""


def _collect(journal: Journal, found: Iterator[Page], jobs: int, limits: Limits, observers: _Observers) -> _Counts:
    """Look at every page, and parse those that the journal does not know."""
    # The positions of the pages that are being parsed: pages are read ahead of the results.
    waiting: deque[int] = deque()
    count = resumed = skipped = 0

    def unknown() -> Iterator[Page]:
        nonlocal count, resumed, skipped
        for item in found:
            if isinstance(item, Refusal) and item.code == "skipped":
                skipped += 1
                continue
            count += 1
            known = journal.find(count, item) if isinstance(item, Dump) else None
            if known:
                resumed += 1
                observers.page_is_done(known)
            else:
                waiting.append(count)
                yield item

    with closing(_parse(unknown(), jobs, limits)) as results:
        for result in results:
            journal.add(waiting.popleft(), result)
            observers.page_is_done(result)
    journal.commit()
    return _Counts(count, resumed, skipped)


def _parse(
    pages: Iterator[Page], jobs: int, limits: Limits, *, prompt: bool = False
) -> Generator[Result[Converted], None, None]:
    return parse_apart(
        pages, jobs=jobs, make=summarize, max_size=limits.page, page_seconds=limits.seconds, prompt=prompt
    )


class _Written(NamedTuple):
    """What an output holds."""

    records: int
    merged: int
    """How many of them are made of several pages."""
    problems: Counter[str]


def _write(journal: Journal, sink: Sink, keep: Keep, by_trial: bool, observers: _Observers) -> _Written:
    """Write each record; those of a trial's two pages, or with `by_trial` of its countries, are merged."""
    problems: Counter[str] = Counter()
    records = merged = 0
    for pages in journal.records(keep_all=keep == "all", by_trial=by_trial):
        for _, counts in pages:
            problems.update(counts)
        record = pages[0][0]
        if len(pages) > 1:
            document = reduce(merge, (Document.from_dict(page.document()) for page, _ in pages))
            problems.update(problem.code for problem in document.problems if problem.code == _CONFLICT)
            record = Record.of(record.name, document)
            merged += 1
        sink.write(record)
        records += 1
        observers.watch("write")
    return _Written(records, merged, problems)


def _stream(found: Iterator[Page], jobs: int, limits: Limits, observers: _Observers, started: float) -> Report:
    """Write each record to stdout as soon as it is there. What was written cannot be taken back."""
    problems: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    seen: set[tuple[str, bool]] = set()
    records = skipped = 0
    with (
        sink_for(STREAM) as sink,
        closing(_parse(found, jobs, limits, prompt=True)) as results,
    ):
        for result in results:
            if result.refusal and result.refusal.code == "skipped":
                skipped += 1
                continue
            if result.refusal:
                refused[result.refusal.code] += 1
            if result.value:
                sink.write(Record(result.name, result.value.json))
                records += 1
                seen.add((result.value.identity or result.sha256, result.value.results))
                problems.update(result.value.problems)
            observers.page_is_done(result)
    return Report(
        out=STREAM,
        records=records,
        merged=0,
        duplicates=records - len(seen),
        duplicates_kept=True,
        problems=largest_first(problems),
        refused=largest_first(refused),
        skipped=skipped,
        rejects=None,
        pages=records + refused.total(),
        resumed=0,
        seconds=time.monotonic() - started,
    )


# --- Before the work, and after it ----------------------------------------------------------------------------------


def _check(inputs: Sequence[str], out: Path, overwrite: bool, resume: bool) -> None:
    """Raise `CannotStartError` for what would only come out after hours of work."""
    if not out.parent.is_dir():
        raise CannotStartError(f"{out}: there is no folder {out.parent} to write it to")
    for path in inputs:
        if path != STREAM and os.path.exists(path) and _holds(path, out):
            raise CannotStartError(f"{out} is in the input {path}, and would be read as a page: choose a place outside")
    try:
        check_output(out, overwrite=overwrite)
    except FileExistsError:
        # A run that was stopped in its very last step leaves nothing by which its output is known.
        ended = resume and not (partial_of(out) / JOURNAL).exists()
        state = ", and there is no run to go on with, so it may be complete" if ended else ""
        raise CannotStartError(
            f"{out} exists already{state}: --overwrite replaces it when the new one is complete"
        ) from None
    except (ValueError, MissingDependencyError) as error:
        raise CannotStartError(str(error)) from None


def _holds(path: str, out: Path) -> bool:
    """Whether an output is an input, or is somewhere below an input that is a folder."""
    return Path(os.path.realpath(out)).is_relative_to(os.path.realpath(path))


def _list_rejects(journal: Journal) -> tuple[Path, Counter[str]]:
    """A list of what gave no record, in the journal's folder, and how many there are of each code."""
    listed = journal.folder / "rejects.jsonl"
    codes: Counter[str] = Counter()
    with open(listed, "w", encoding="ascii", newline="\n") as stream:
        for refusal in journal.refusals():
            stream.write(json.dumps(refusal._asdict()) + "\n")
            codes[refusal.code] += 1
    return listed, codes


def _move_rejects(listed: Path, rejects: Path) -> None:
    """Put the list where users look for it; one of an earlier run goes, even if there is none now."""
    if listed.stat().st_size:
        os.replace(listed, rejects)
    else:
        rejects.unlink(missing_ok=True)
