"""A complete conversion: from files, folders and archives to one data set, which appears when it is complete.

Pages are read and parsed in order, and each is recorded in the journal when it is done (`parser.ingest.journal`). After
the last one, duplicates are dropped and the remaining records go to the output's sink. So a run may be stopped at any
time and resumed later with the same result.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from parser import SCHEMA_VERSION, Document, __version__
from parser.ingest.journal import (
    JOURNAL,
    CannotStartError,
    Converted,
    Journal,
    is_claimed,
    recover,
    trial_identity,
)
from parser.ingest.limits import Limits
from parser.ingest.model import Dump, Refusal, Result
from parser.ingest.pool import Page, parse_apart
from parser.ingest.progress import ProgressCallback
from parser.ingest.read import read, read_except
from parser.ingest.report import Report, largest_first, list_rejects, move_rejects
from parser.ingest.sinks import MissingDependencyError, Record, Sink, check_output, sink_for
from parser.merging import merge_joined
from parser.merging_registers import Trial, named_trials, note_ambiguous, trial_of

StrPath = str | os.PathLike[str]

Keep = Literal["newest", "all"]
"""Which of the pages with the same record are kept: the one that was last updated, or all of them."""

STREAM = "-"

_OF_MERGING = frozenset({"merge-conflict", "merge-ambiguous"})


def convert(
    paths: StrPath | Iterable[StrPath],
    out: StrPath,
    *,
    jobs: int = 1,
    keep: Keep = "newest",
    resume: bool = False,
    overwrite: bool = False,
    update: bool = False,
    text_field: str | None = None,
    id_field: str | None = None,
    form: str | None = None,
    merge_countries: bool = False,
    merge_registers: bool = False,
    limits: Limits | None = None,
    progress: ProgressCallback | None = None,
    refused: Callable[[Refusal], object] | None = None,
) -> Report:
    """Convert all pages in `paths` (as `read` takes them) to the data set `out`, whose name determines its form.

    `jobs` processes parse (for the requirements on a script see `parser.ingest.parse_many`), and a page that takes too
    long or ends two of them is refused. Of inputs with the same record (equal in registry, trial and member state, or
    without an id in content) the one that was updated last is kept, the first among equals. The protocol and the
    results page of a trial become one record (`parser.merge`). With `keep="all"` all are kept unchanged. With
    `merge_countries` the records that a register has of a trial for each country become one, and with `merge_registers`
    those of several registers too, if the ids that they state join them (`parser.merge`); `merge-ambiguous` is a
    problem of a record that names an id which would join several trials of one register. What yields no record is
    passed to `refused` and named in `OUT.rejects.jsonl`. `progress` is called at each step. The order of the output is
    that of the input, whatever `jobs` is.

    Until the run is complete its work is in `OUT.partial`, and `out` is unchanged. A run that did not finish, for
    whatever reason, continues with `resume=True`: pages whose name and content are unchanged are not parsed again.
    `overwrite` allows to replace an existing `out` and to discard the work of an earlier run.

    With `update` the run keeps its work, documents included, in `OUT.update` after it is complete, and a later run with
    `update` parses only pages whose name or content is new. It rewrites `out` completely, with the same result as a
    fresh run, in any form: `paths` must name all inputs again, and pages that were removed from them are removed from
    `out`. An `out` that was not made with `update` is only replaced with `overwrite`; then all pages are parsed again.

    `out="-"` writes each page's record to stdout when it is done; then nothing can be resumed and duplicates are kept.

    Raises `CannotStartError` if nothing was begun, `OSError` if the output cannot be written (a full disk), and
    `WorkersLostError` if the processes that parse cannot be started, or all are killed.
    """
    started = time.monotonic()
    # A lone path is not a list of letters.
    inputs = [os.fspath(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    limits = limits or Limits()
    observers = _Observers(progress or _ignore, refused or _ignore)
    if os.fspath(out) == STREAM:
        if resume:
            raise CannotStartError("what goes to stdout cannot be resumed: name a file or a folder as output")
        if update:
            raise CannotStartError("what goes to stdout cannot be updated: name a file or a folder as output")
        if merge_countries or merge_registers:
            raise CannotStartError("what goes to stdout cannot be merged: name a file or a folder as output")
        found = read(inputs, text_field=text_field, id_field=id_field, form=form, limits=limits)
        return _stream(found, jobs, limits, form, observers, started)

    out = _named(out)
    # A pattern may match these, too, especially when a run is resumed.
    own = (out, partial_of(out), updates_of(out), rejects_of(out))
    found = read_except(own, inputs, text_field=text_field, id_field=id_field, form=form, limits=limits)
    folder = updates_of(out) if update else partial_of(out)
    recover(out, folder)
    known = update and not overwrite and (folder / JOURNAL).exists()
    # The earlier run was stopped after publishing the output, before the report and the cleanup.
    overwrite = overwrite or known or (resume and is_claimed(out, folder))
    _check(inputs, out, overwrite, resume, update)
    resume = resume or known
    asked = {
        "version": __version__,
        "schema": SCHEMA_VERSION,
        "text_field": text_field,
        "id_field": id_field,
        "form": form,
        "max_size": limits.page,
        "keep": keep,
        "merge_countries": merge_countries,
        "merge_registers": merge_registers,
    }
    by_trial = merge_countries or merge_registers
    with closing(Journal(folder, asked, resume=resume, discard=overwrite and not resume)) as journal:
        counts = _collect(journal, found, jobs, limits, form, observers)
        with sink_for(out, overwrite=overwrite, staging=journal) as sink:
            ambiguous = journal.join_registers() if merge_registers else {}
            written = _write(journal, sink, keep, by_trial, ambiguous, observers)
            if known and not written.records:
                # More likely an unmounted disk than pages that were all removed.
                raise CannotStartError(
                    f"the inputs have no record any more, so {out} is left unchanged: check the inputs, "
                    "or make it again with --update --overwrite"
                )
            # Before the output gets its name, so that a full disk stops both.
            listed, refused_pages, left_out = list_rejects(journal, keep_all=keep == "all")
        duplicates = journal.duplicates()
        move_rejects(listed, rejects_of(out))
        removed = journal.forget_others() if update else 0
    if not update:
        journal.remove()
    return Report(
        out=str(out),
        records=written.records,
        merged=written.merged,
        duplicates=duplicates,
        duplicates_kept=keep == "all",
        left_out=left_out,
        problems=largest_first(written.problems),
        refused=largest_first(refused_pages),
        skipped=counts.skipped,
        rejects=str(rejects_of(out)) if refused_pages or left_out else None,
        pages=counts.pages,
        resumed=counts.resumed,
        removed=removed,
        seconds=time.monotonic() - started,
    )


def partial_of(out: StrPath) -> Path:
    """The folder with the work of an incomplete run."""
    return Path(f"{_named(out)}.partial")


def updates_of(out: StrPath) -> Path:
    """The folder with the pages of a run with `update`, so that the next run parses only new ones."""
    return Path(f"{_named(out)}.update")


def rejects_of(out: StrPath) -> Path:
    """The file that names what yielded no record of its own, a JSON object a line: `name`, `code`, `message`.

    The code is one of `REFUSALS`, or "duplicate"; a duplicate also has its `id`, and in `kept` the name and id of the
    record that was kept.
    """
    return Path(f"{_named(out)}.rejects.jsonl")


def _named(out: StrPath) -> Path:
    """A path that ends in a name, to which a suffix can be added: `.` and `..` have none."""
    path = Path(out)
    return path if path.name not in ("", "..") else Path(os.path.abspath(path))


def summarize(document: Document) -> Converted:
    """The message from a worker to the writing process: small and quick to pickle."""
    status = document.protocol_section.status_module
    struct = status.last_update_post_date_struct
    return Converted(
        json=Record.of("", document).content,
        identity=_identity(document),
        last_update=struct.date if struct else status.last_update_submit_date,
        problems=dict(Counter(problem.code for problem in document.problems)),
        results=document.is_results_page,
        trial=trial_of(document),
        named=tuple(named_trials(document)),
    )


def _identity(document: Document) -> str | None:
    trial = trial_of(document)
    return f"{trial_identity(trial)}{document.source_section.member_state or ''}" if trial else None


class _Observers(NamedTuple):
    """The callbacks of a conversion."""

    progress: ProgressCallback
    refused: Callable[[Refusal], object]

    def page_is_done(self, result: Result[Converted]) -> None:
        if result.refusal:
            self.refused(result.refusal)
        self.progress("read")


def _ignore(_: object) -> None:
    """Observes nothing."""


class _Counts(NamedTuple):
    """Counts of pages."""

    pages: int
    resumed: int
    """How many of them were done by an earlier run."""
    skipped: int
    """How many files were skipped."""


def _collect(
    journal: Journal, found: Iterator[Page], jobs: int, limits: Limits, form: str | None, observers: _Observers
) -> _Counts:
    """Read every page, and parse those that are not in the journal."""
    # The positions of the pages in work, because pages are read ahead of the results.
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

    with closing(_parse(unknown(), jobs, limits, form)) as results:
        for result in results:
            journal.add(waiting.popleft(), result)
            observers.page_is_done(result)
    journal.commit()
    return _Counts(count, resumed, skipped)


def _parse(
    pages: Iterator[Page], jobs: int, limits: Limits, form: str | None, *, prompt: bool = False
) -> Generator[Result[Converted], None, None]:
    return parse_apart(
        pages,
        jobs=jobs,
        make=summarize,
        max_size=limits.page,
        page_seconds=limits.seconds,
        page_memory=limits.memory,
        form=form,
        prompt=prompt,
    )


class _Written(NamedTuple):
    """Counts of the output's records."""

    records: int
    merged: int
    """How many of them were merged from several pages."""
    problems: Counter[str]


def _write(
    journal: Journal,
    sink: Sink,
    keep: Keep,
    by_trial: bool,
    ambiguous: Mapping[str, Collection[Trial]],
    observers: _Observers,
) -> _Written:
    """Write each record; a trial's two pages, and with `by_trial` its countries and registers, are merged.

    `ambiguous` has, for each trial, the trials that it names but is not joined to.
    """
    problems: Counter[str] = Counter()
    records = merged = 0
    for pages in journal.records(keep_all=keep == "all", by_trial=by_trial):
        for page in pages:
            problems.update(page.problems)
        record = pages[0].record
        not_joined = {other for page in pages for other in ambiguous.get(page.trial, ())}
        if len(pages) > 1 or not_joined:
            document = merge_joined([Document.from_dict(page.record.document()) for page in pages])
            document = note_ambiguous(document, not_joined)
            problems.update(problem.code for problem in document.problems if problem.code in _OF_MERGING)
            record = Record.of(record.name, document)
            merged += len(pages) > 1
        sink.write(record)
        records += 1
        observers.progress("write")
    return _Written(records, merged, problems)


def _stream(
    found: Iterator[Page], jobs: int, limits: Limits, form: str | None, observers: _Observers, started: float
) -> Report:
    """Write each record to stdout as soon as it is parsed. Written output cannot be retracted."""
    problems: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    seen: set[tuple[str, bool]] = set()
    records = skipped = 0
    with (
        sink_for(STREAM) as sink,
        closing(_parse(found, jobs, limits, form, prompt=True)) as results,
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
        left_out=(),
        problems=largest_first(problems),
        refused=largest_first(refused),
        skipped=skipped,
        rejects=None,
        pages=records + refused.total(),
        resumed=0,
        removed=0,
        seconds=time.monotonic() - started,
    )


# --- Before the work, and after it ----------------------------------------------------------------------------------


def _check(inputs: Sequence[str], out: Path, overwrite: bool, resume: bool, update: bool) -> None:
    """Raise `CannotStartError` for errors that would otherwise appear after hours of work."""
    if not out.parent.is_dir():
        raise CannotStartError(f"{out}: there is no folder {out.parent} to write it to")
    for path in inputs:
        if path != STREAM and os.path.exists(path) and _holds(path, out):
            raise CannotStartError(f"{out} is in the input {path}, and would be read as a page: choose a place outside")
    try:
        check_output(out, overwrite=overwrite)
    except FileExistsError:
        if update:
            raise CannotStartError(
                f"{out} exists already, but was not made with --update, so its pages are not known: "
                "--update --overwrite makes it again, and later runs with --update parse only what is new or changed"
            ) from None
        # A run that was stopped in its last step leaves nothing that identifies its output.
        ended = resume and not (partial_of(out) / JOURNAL).exists()
        state = ", and there is no run to resume, so it may be complete" if ended else ""
        raise CannotStartError(
            f"{out} exists already{state}: --overwrite replaces it when the new one is complete"
        ) from None
    except (ValueError, MissingDependencyError) as error:
        raise CannotStartError(str(error)) from None


def _holds(path: str, out: Path) -> bool:
    """Whether an output is an input, or inside an input folder."""
    return Path(os.path.realpath(out)).is_relative_to(os.path.realpath(path))
