"""Parsing of many pages: results in order on any number of jobs, and faults contained in the page that has them."""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from parser import Document
from parser.ingest import Dump, Refusal, Result, WorkersLostError, content_hash, parse_many
from parser.ingest.pool import _chunks, parse_apart
from parser.ingest.workers import Crew
from tests.conftest import ROOT
from tests.pages import page

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals, and no groups of processes")
pytestmark = pytest.mark.processes

NOTHING = hashlib.sha256(b"").hexdigest()


def dump(number: int) -> Dump:
    nct_id = f"NCT{number:08}"
    return Dump(f"{nct_id}.txt", page(front=("A Trial", f"NCT ID: {nct_id}")))


def nct_id(document: Document) -> str | None:
    return document.nct_id


def to_json(document: Document) -> bytes:
    return document.to_json().encode()


def die_on_3_and_20(document: Document) -> str | None:
    """A page that kills the process that parses it, as a fault in a C library or the system's want of memory does."""
    if document.nct_id in ("NCT00000003", "NCT00000020"):
        os._exit(9)
    return document.nct_id


def die_of_a_signal(document: Document) -> str | None:
    if document.nct_id == "NCT00000001":
        os.kill(os.getpid(), signal.SIGKILL)
    return document.nct_id


def fail_on_2(document: Document) -> str | None:
    if document.nct_id == "NCT00000002":
        raise KeyError("no such field")
    return document.nct_id


def die_once_at_every_tenth(document: Document) -> str | None:
    assert document.nct_id
    if int(document.nct_id[3:]) % 10 == 3:
        try:
            (Path(os.environ["KILLED_AT"]) / document.nct_id).touch(exist_ok=False)
        except FileExistsError:
            return document.nct_id
        os.kill(os.getpid(), signal.SIGKILL)
    return document.nct_id


def die_beside_another(document: Document) -> str | None:
    """Every fifth page cannot be parsed while another process is at work."""
    at_work = Path(os.environ["AT_WORK"])
    mine = at_work / str(os.getpid())
    mine.touch()
    time.sleep(0.02)
    assert document.nct_id
    if int(document.nct_id[3:]) % 5 == 3 and len(list(at_work.iterdir())) > 1:
        mine.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    mine.unlink()
    return document.nct_id


def want_of_memory_on_2(document: Document) -> str | None:
    if document.nct_id == "NCT00000002":
        raise MemoryError
    return document.nct_id


def die_always(document: Document) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang_on_4_and_5(document: Document) -> str | None:
    """One that Python could end, and one that it could not: it holds Python's lock until the expression is done."""
    if document.nct_id == "NCT00000004":
        time.sleep(3600)
    if document.nct_id == "NCT00000005":
        search_for_ever()
    return document.nct_id


def search_for_ever(document: Document | None = None) -> None:
    re.match("(a+)+$", "a" * 60 + "b")


def search_after_0(document: Document) -> str | None:
    if document.nct_id != "NCT00000000":
        search_for_ever()
    return document.nct_id


def a_fifth_of_a_second(document: Document) -> str | None:
    time.sleep(0.2)
    return document.nct_id


def process(document: Document) -> int:
    return os.getpid()


def slow(document: Document) -> str | None:
    time.sleep(0.02)
    return document.nct_id


def unsendable(document: Document) -> Any:
    return threading.Lock()


MIXED: list[Dump | Refusal] = [
    dump(1),
    Dump("empty", b""),
    Refusal("gone", "unreadable", "it is gone"),
    Dump("binary", b"\0\1\2" * 100),
    Dump("prose", "Nothing of a registry."),
    Dump("bytes", dump(2).content.encode()),
    Dump("large", "NCT ID: NCT00000004" + "x" * 5000),
    dump(3),
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_page_has_its_result_in_its_place(jobs: int) -> None:
    results = list(parse_many(MIXED, jobs=jobs, make=nct_id, max_size=3000))
    assert [result.name for result in results] == [item.name for item in MIXED]
    assert [result.value for result in results] == ["NCT00000001", *[None] * 4, "NCT00000002", None, "NCT00000003"]
    codes = [result.refusal and result.refusal.code for result in results]
    none = "not-a-record"
    assert codes == [None, none, "unreadable", none, none, None, "too-large", None]
    for item, result in zip(MIXED, results, strict=True):
        assert result.sha256 == (content_hash(item.content) if isinstance(item, Dump) else NOTHING)
        assert result.refusal is None or result.refusal.name == item.name


def test_the_hash_is_of_the_content() -> None:
    assert content_hash("é") == content_hash("é".encode()) == hashlib.sha256("é".encode()).hexdigest()
    assert content_hash("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()


def test_without_make_the_document_comes_back() -> None:
    (here,) = parse_many([dump(1)])
    (elsewhere,) = parse_many([dump(1)], jobs=2)
    assert here.value == elsewhere.value
    assert isinstance(here.value, Document)


def test_the_number_of_jobs_changes_nothing() -> None:
    pages = [dump(number) for number in range(100)]
    one = list(parse_many(pages, jobs=1, make=to_json))
    assert one == list(parse_many(pages, jobs=2, make=to_json))


def test_one_job_parses_here_and_more_elsewhere() -> None:
    pages = [dump(number) for number in range(40)]
    assert {result.value for result in parse_many(pages, make=process)} == {os.getpid()}
    assert os.getpid() not in {result.value for result in parse_many(pages, jobs=2, make=process)}


@pytest.mark.parametrize(("pages", "workers"), [(0, 0), (3, 1), (16, 1), (17, 2), (100, 3)])
def test_no_more_processes_are_started_than_there_is_work_for(
    monkeypatch: pytest.MonkeyPatch, pages: int, workers: int
) -> None:
    start, started = Crew._start, []

    def counted(crew: Crew[Any, Any]) -> None:
        started.append(crew)
        start(crew)

    monkeypatch.setattr(Crew, "_start", counted)
    results = list(parse_many([dump(number) for number in range(pages)], jobs=3, make=slow))
    assert [result.name for result in results] == [dump(number).name for number in range(pages)]
    assert len(started) == workers


def apart(
    pages: Iterable[Dump | Refusal], make: Any, *, jobs: int = 1, **options: Any
) -> Generator[Result[Any], None, None]:
    """Pages as `convert` has them parsed."""
    return parse_apart(pages, jobs=jobs, make=make, **{"max_size": 3000, "page_seconds": 60, **options})


def test_a_conversion_parses_elsewhere_with_one_job_too() -> None:
    results = list(apart(MIXED, process))
    assert [result.name for result in results] == [item.name for item in MIXED]
    (worker,) = {result.value for result in results if result.value}
    assert worker != os.getpid()


def test_one_job_gives_a_result_before_it_asks_for_the_next_page() -> None:
    asked: list[int] = []

    def pages() -> Iterator[Dump]:
        for number in range(3):
            asked.append(number)
            yield dump(number)

    results = parse_many(pages(), make=nct_id)
    assert asked == []
    next(results)
    assert asked == [0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stream_of_one_job_gives_a_result_before_it_asks_for_the_next_page(jobs: int) -> None:
    asked: list[int] = []

    def pages() -> Iterator[Dump]:
        for number in range(40):
            asked.append(number)
            yield dump(number)

    with closing(apart(pages(), nct_id, jobs=jobs, prompt=True)) as results:
        next(results)
        assert (asked == [0]) is (jobs == 1)


@pytest.mark.skipif(sys.platform == "win32", reason="a daemon is forked here")
def test_a_daemon_that_must_not_start_processes_parses_itself() -> None:
    code = (
        "from tests.test_ingest_pool import apart, dump, process; import os; "
        "assert [result.value for result in apart([dump(1)], process)] == [os.getpid()]"
    )
    daemon = multiprocessing.get_context("spawn").Process(target=exec, args=(code,), daemon=True)
    daemon.start()
    daemon.join()
    assert daemon.exitcode == 0


def test_large_pages_are_not_all_read_ahead() -> None:
    asked: list[int] = []

    def pages() -> Iterator[Dump]:
        for number in range(100):
            asked.append(number)
            yield Dump("large", dump(number).content + "x" * (2 << 20))

    with closing(parse_many(pages(), jobs=3, make=slow, max_size=100)) as results:
        next(results)
    assert len(asked) <= 5


def test_pages_are_read_ahead_but_not_all_of_them() -> None:
    asked: list[int] = []

    def pages() -> Iterator[Dump]:
        for number in range(10_000):
            asked.append(number)
            yield dump(number)

    with closing(parse_many(pages(), jobs=2, make=slow)) as results:
        assert next(results).value == "NCT00000000"
    assert len(asked) <= 200


def test_chunks_are_cut_by_number_and_by_size() -> None:
    large = Dump("large", b"x" * (200 << 10))
    refusal = Refusal("gone", "unreadable", "it is gone")
    chunks = list(_chunks([large, large, large, refusal, *[dump(1)] * 40]))
    assert [len(chunk) for chunk in chunks] == [2, 16, 16, 10]
    assert list(_chunks([])) == []


# --- Faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_program_is_one_page_s_refusal(jobs: int) -> None:
    one, two, three = parse_many([dump(1), dump(2), dump(3)], jobs=jobs, make=fail_on_2)
    assert (one.value, three.value) == ("NCT00000001", "NCT00000003")
    assert two.refusal and two.refusal.code == "worker-crash"
    assert "KeyError('no such field')" in two.refusal.message
    assert two.sha256 == content_hash(dump(2).content)


def test_a_fault_of_the_parser_is_one_page_s_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: bytes | str, **_: Any) -> Document:
        raise RecursionError("too deep")

    monkeypatch.setattr("parser.ingest.pool.parse", fail)
    (result,) = parse_many([dump(1)])
    assert result.refusal and "RecursionError('too deep')" in result.refusal.message


def test_a_page_that_kills_its_process_is_refused_and_all_others_are_parsed() -> None:
    pages = [dump(number) for number in range(60)]
    gone = Refusal("gone", "unreadable", "it is gone")
    results = list(parse_many([*pages[:5], gone, *pages[5:]], jobs=2, make=die_on_3_and_20))
    assert results.pop(5) == Result("gone", NOTHING, refusal=gone)
    assert [result.name for result in results] == [page.name for page in pages]
    refused = {number: result.refusal for number, result in enumerate(results) if result.refusal}
    assert [(number, refusal.code) for number, refusal in refused.items()] == [
        (3, "worker-crash"),
        (20, "worker-crash"),
    ]
    for number, result in enumerate(results):
        assert result.sha256 == content_hash(pages[number].content)
        assert number in refused or result.value == f"NCT{number:08}"


@needs_signals
def test_a_killed_process_is_survived_by_a_short_run() -> None:
    one, two = parse_many([dump(1), dump(2)], jobs=2, make=die_of_a_signal)
    assert one.refusal and one.refusal.code == "worker-crash"
    assert "killed by SIGKILL; out of memory?" in one.refusal.message
    assert two.value == "NCT00000002"


@needs_signals
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_was_in_a_killed_process_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setenv("KILLED_AT", str(tmp_path))
    pages = [dump(number) for number in range(60)]
    results = list(apart(pages, die_once_at_every_tenth, jobs=jobs))
    assert [result.value for result in results] == [f"NCT{number:08}" for number in range(60)]
    assert len(list(tmp_path.iterdir())) == 6


@needs_signals
def test_processes_that_are_killed_while_they_wait_cost_no_page() -> None:
    """Whatever is handed to one that is dead already was not what killed it."""

    def pages() -> Iterator[Dump]:
        for number in range(100):
            if number == 64:
                # They have nothing to do any more, and their answers are not heard yet.
                time.sleep(0.3)
                for worker in multiprocessing.active_children():
                    worker.kill()
            yield dump(number)

    results = list(apart(pages(), nct_id, jobs=2))
    assert [result.value for result in results] == [f"NCT{number:08}" for number in range(100)]


@needs_signals
def test_what_is_tried_once_more_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it has to be if two pages at a time take more memory than there is."""
    monkeypatch.setenv("AT_WORK", str(tmp_path))
    pages = [dump(number) for number in range(40)]
    results = list(apart(pages, die_beside_another, jobs=3))
    assert [result.value for result in results] == [f"NCT{number:08}" for number in range(40)]


def test_a_process_that_is_refused_memory_is_replaced() -> None:
    one, two, three = apart([dump(1), dump(2), dump(3)], want_of_memory_on_2)
    assert (one.value, three.value) == ("NCT00000001", "NCT00000003")
    assert two.refusal == Refusal(
        "NCT00000002.txt",
        "too-large",
        "parsing it took more memory than the limit of 4,294,967,296 bytes, or than there is; raise the limit "
        "(Limits.memory, --page-memory) if it really is one record",
    )
    (here,) = parse_many([dump(2)], make=want_of_memory_on_2)
    assert here.refusal and here.refusal.message == "there was not enough memory to parse the page"


@needs_signals
def test_a_storm_of_kills_ends_with_a_sentence() -> None:
    results = apart((dump(number) for number in range(100_000)), die_always, jobs=2)
    with pytest.raises(WorkersLostError, match=r"^20 processes that parse were lost .+ SIGKILL; out of memory"):
        for result in results:
            assert result.refusal and result.refusal.code == "worker-crash"


def test_want_of_processes_is_reported_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(process: Any) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", none_left)
    with pytest.raises(WorkersLostError, match=r"no process can be started that parses: .+ temporarily unavailable"):
        list(apart([dump(1)], nct_id))


# --- Time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_takes_too_long_is_refused_and_the_rest_goes_on(jobs: int) -> None:
    pages = [dump(number) for number in range(30)]
    results = list(apart(pages, hang_on_4_and_5, jobs=jobs, page_seconds=2))
    assert [result.name for result in results] == [page.name for page in pages]
    for number, result in enumerate(results):
        if number in (4, 5):
            assert result == Result(
                pages[number].name,
                content_hash(pages[number].content),
                refusal=Refusal(
                    pages[number].name,
                    "too-slow",
                    "it was not parsed within 2 seconds; raise the limit (Limits.seconds, --page-seconds) if the "
                    "machine is slow",
                ),
            )
        else:
            assert result.value == f"NCT{number:08}"


def test_each_page_has_the_time_for_itself_and_the_caller_s_is_not_counted() -> None:
    """Sixteen pages come to a worker together, and take three seconds together."""
    for result in apart((dump(number) for number in range(16)), a_fifth_of_a_second, page_seconds=2):
        assert result.value
        if result.value == "NCT00000001":
            time.sleep(3)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_no_time_at_all_is_wrong_usage(seconds: float) -> None:
    with pytest.raises(ValueError, match="page_seconds is"):
        parse_many([], page_seconds=seconds)


# --- Memory ---------------------------------------------------------------------------------------------------------


def take_memory_on_4(document: Document) -> str | None:
    if nct_id(document) == "NCT00000004":
        bytearray(300 << 20)
    return nct_id(document)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no account of it")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_takes_too_much_memory_is_refused_and_the_rest_goes_on(jobs: int) -> None:
    pages = [dump(number) for number in range(10)]
    results = list(apart(pages, take_memory_on_4, jobs=jobs, page_memory=200 << 20))
    refused = results.pop(4).refusal
    assert refused == Refusal(
        pages[4].name,
        "too-large",
        "parsing it took more memory than the limit of 209,715,200 bytes, or than there is; raise the limit "
        "(Limits.memory, --page-memory) if it really is one record",
    )
    assert [result.value for result in results] == [f"NCT{number:08}" for number in range(10) if number != 4]
    assert all(result.value for result in apart(pages, take_memory_on_4, jobs=jobs, page_memory=400 << 20))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no account of it")
def test_an_element_that_takes_too_much_memory_is_not_taken_for_damage(capfd: pytest.CaptureFixture[str]) -> None:
    xml = "<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info>" + "<keyword>a</keyword>" * 150_000
    page = Dump("studies.xml", f"{xml}</clinical_study>".encode())
    (result,) = apart([page], nct_id, max_size=1 << 24, page_memory=30 << 20)
    assert result.refusal and result.refusal.code == "too-large"
    assert capfd.readouterr().err == ""


def test_no_memory_at_all_is_wrong_usage() -> None:
    with pytest.raises(ValueError, match="page_memory is 0"):
        parse_many([], page_memory=0)


def test_what_cannot_be_sent_is_said_at_once() -> None:
    with pytest.raises((pickle.PicklingError, AttributeError)):
        parse_many([], jobs=2, make=lambda document: document)
    with pytest.raises(ValueError, match="jobs is 0"):
        parse_many([], jobs=0)


def test_a_value_that_cannot_be_sent_raises() -> None:
    with pytest.raises(TypeError, match="pickle"):
        list(parse_many([dump(1)], jobs=2, make=unsendable))


def test_a_fault_of_the_input_reaches_the_caller() -> None:
    def pages() -> Iterator[Dump]:
        yield dump(1)
        raise RuntimeError("no more")

    for jobs in (1, 2):
        with pytest.raises(RuntimeError, match="no more"):
            list(parse_many(pages(), jobs=jobs, make=nct_id))


def test_results_are_data_that_can_be_sent_on() -> None:
    for result in parse_many(MIXED, make=to_json):
        assert pickle.loads(pickle.dumps(result)) == result
    assert Result("a", NOTHING) == Result("a", NOTHING)


# --- The end of it --------------------------------------------------------------------------------------------------


@needs_signals
@pytest.mark.parametrize("make", [slow, search_for_ever])
def test_closing_ends_the_workers_whatever_they_are_at(make: Any) -> None:
    pages = (Refusal("gone", "unreadable", "it is gone") if number % 16 == 0 else dump(number) for number in count())
    results = apart(pages, make, jobs=2)
    next(results)
    before = multiprocessing.active_children()
    results.close()
    assert before
    assert not multiprocessing.active_children()
    assert list(results) == []


# What a script starts in the background does not heed interrupts, nor what that starts in turn, unless it says so.
SCRIPT = """
    import signal
    import sys
    from parser.ingest import parse_many
    from tests.test_ingest_pool import dump, search_after_0, slow

    def main(make=slow):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("begin", flush=True)
        for result in parse_many((dump(number) for number in range(100_000)), jobs=2, make=make):
            print(result.value, flush=True)

"""


def start(tmp_path: Path, end: str) -> subprocess.Popen[bytes]:
    """A process of its own group, as a terminal starts it, that parses with two jobs."""
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT) + end, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


GUARDED = 'if __name__ == "__main__":\n    main()\n'


@needs_signals
@pytest.mark.parametrize("early", [True, False])
def test_ctrl_c_is_the_callers_alone_and_leaves_no_process(tmp_path: Path, early: bool) -> None:
    with start(tmp_path, GUARDED) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"begin\n"
        if early:
            # While the workers start.
            time.sleep(0.2)
        else:
            assert process.stdout.readline() == b"NCT00000000\n"
        os.killpg(process.pid, signal.SIGINT)
        errors = process.stderr.read()
        assert process.wait(30) != 0
    # One traceback, of the caller, whose business it is; none of a worker.
    assert errors.count(b"Traceback") == 1
    assert errors.endswith(b"KeyboardInterrupt\n")
    assert_gone(process.pid)


@needs_signals
@pytest.mark.parametrize(
    "make",
    [
        "slow",
        pytest.param(
            "search_after_0",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no thread can act, and no kernel does it"),
        ),
    ],
)
def test_workers_end_when_their_process_is_killed(tmp_path: Path, make: str) -> None:
    with start(tmp_path, f'if __name__ == "__main__":\n    main({make})\n') as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"begin\n"
        assert process.stdout.readline() == b"NCT00000000\n"
        process.kill()
        # It ends when the last process that could write to it is gone.
        process.stderr.read()
    assert_gone(process.pid)


def assert_gone(group: int) -> None:
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process is left")


def test_workers_that_cannot_start_are_no_page_s_fault(tmp_path: Path) -> None:
    # With a second thread, workers are fresh interpreters, which import the script.
    another_thread = "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    with start(tmp_path, f"import threading\n{another_thread}\nmain()\n") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"WorkersLostError: the processes that parse end as soon as they are started (exit status 1)" in errors
