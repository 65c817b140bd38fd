"""Parsing of many pages: results in order on any number of jobs, and faults contained in the page that has them."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from parser import Document
from parser.ingest import Dump, Refusal, Result, content_hash, parse_many
from parser.ingest.pool import _chunks
from tests.conftest import ROOT
from tests.pages import page

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


@pytest.mark.parametrize(("pages", "here"), [(15, True), (16, False), (40, False)])
def test_few_pages_are_parsed_here_if_that_is_asked_for(pages: int, here: bool) -> None:
    results = list(parse_many([dump(number) for number in range(pages)], jobs=2, make=process, few=16))
    assert [result.name for result in results] == [dump(number).name for number in range(pages)]
    assert ({result.value for result in results} == {os.getpid()}) is here


def test_what_is_large_is_not_few() -> None:
    pages = [dump(1), Dump("large", "x" * (1 << 20))]
    one, large = parse_many(pages, jobs=2, make=process, few=16)
    assert one.value != os.getpid()
    assert large.refusal and large.refusal.code == "not-a-record"


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


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_killed_process_is_survived_by_a_short_run() -> None:
    one, two = parse_many([dump(1), dump(2)], jobs=2, make=die_of_a_signal)
    assert one.refusal and one.refusal.code == "worker-crash"
    assert two.value == "NCT00000002"


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


def test_closing_does_not_wait_for_what_is_queued() -> None:
    pages = (dump(number) for number in range(100_000))
    results = parse_many(pages, jobs=2, make=slow)
    next(results)
    start = time.monotonic()
    results.close()
    # Of several seconds' work in the queue; the pages at work take half a second, and the machine may be busy.
    assert time.monotonic() - start < 5
    assert list(results) == []


# What a script starts in the background does not heed interrupts, nor what that starts in turn, unless it says so.
SCRIPT = """
    import signal
    import sys
    from parser.ingest import parse_many
    from tests.test_ingest_pool import dump, slow

    def main():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("begin", flush=True)
        for result in parse_many((dump(number) for number in range(100_000)), jobs=2, make=slow):
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


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
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


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_workers_end_when_their_process_is_killed(tmp_path: Path) -> None:
    with start(tmp_path, GUARDED) as process:
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
    with start(tmp_path, "main()\n") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert BrokenProcessPool.__name__.encode() in errors
