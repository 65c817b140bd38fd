"""A run's journal: what it gives back of the pages it was given, and what it says where it cannot."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from parser.cli import main
from parser.ingest import Dump, Refusal, Result, content_hash, convert
from parser.ingest import journal as module
from parser.ingest.journal import CannotStartError, Converted, Journal
from tests.dumps import digest, some_pages, write_pages

ASKED = {"keep": "newest"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal(tmp_path / "a.partial", ASKED)) as opened:
        yield opened


def add(journal: Journal, position: int, identity: str, updated: str = "", *, results: bool = False) -> str:
    """A page of its own; its name."""
    name = f"{position}.txt"
    done = Converted(name.encode(), identity, updated, {"unknown-value": position}, results)
    journal.add(position, Result(name, content_hash(name), done))
    return name


def names(journal: Journal, *, keep_all: bool = False) -> list[list[str]]:
    return [[page.record.name for page in pages] for pages in journal.records(keep_all=keep_all)]


# --- Duplicates -------------------------------------------------------------------------------------------------------


def test_the_newest_stays_in_its_place_and_the_first_among_equals(journal: Journal) -> None:
    for position, (identity, updated) in enumerate(
        [("A", "2021"), ("B", ""), ("A", "2021-02"), ("C", "2020-01-01"), ("A", "2021-02"), ("B", ""), ("C", "2019")], 1
    ):
        add(journal, position, identity, updated)
    assert names(journal) == [["2.txt"], ["3.txt"], ["4.txt"]]
    assert names(journal, keep_all=True) == [[f"{position}.txt"] for position in range(1, 8)]
    assert journal.duplicates() == 4


def test_a_results_page_goes_with_the_protocol_page_at_whose_place_it_is(journal: Journal) -> None:
    add(journal, 1, "A", "2020", results=True)
    add(journal, 2, "B")
    add(journal, 3, "A", "2019")
    add(journal, 4, "C", results=True)
    add(journal, 5, "A", "2021", results=True)
    assert names(journal) == [["2.txt"], ["3.txt", "5.txt"], ["4.txt"]]
    assert journal.duplicates() == 1
    one, other = next(pages for pages in journal.records(keep_all=False) if len(pages) == 2)
    assert (one.problems, other.problems) == ({"unknown-value": 3}, {"unknown-value": 5})
    assert other.record.content == b"5.txt"


def test_the_query_says_what_a_loop_over_all_pages_says(journal: Journal) -> None:
    random = Random(3)
    newest: dict[tuple[str, bool], tuple[str, int]] = {}
    for position in range(1, 300):
        identity, updated, results = random.choice("ABCDEFGHIJ" * 5 + "KLMNOPQ"), random.choice(["", "1", "2"]), False
        results = random.random() < 0.3
        add(journal, position, identity, updated, results=results)
        newest[identity, results] = max(newest.get((identity, results), ("", -position)), (updated, -position))
    expected = {}
    for (identity, results), (_, negative) in newest.items():
        if not results:
            pair = [-negative, *(-negative for _, negative in [newest.get((identity, True), ("", 0))] if negative)]
            expected[-negative] = pair
        elif (identity, False) not in newest:
            expected[-negative] = [-negative]
    assert names(journal) == [[f"{position}.txt" for position in expected[place]] for place in sorted(expected)]
    assert journal.duplicates() == 299 - len(newest)


# --- Resumed ----------------------------------------------------------------------------------------------------------


def test_a_page_is_known_by_its_name_and_content(tmp_path: Path) -> None:
    folder = tmp_path / "a.partial"
    refusal = Refusal("r", "not-a-record", "half \ud800 a character")
    with closing(Journal(folder, ASKED)) as journal:
        add(journal, 1, "A")
        journal.add(2, Result("r", content_hash("r"), refusal=refusal))
        journal.add(3, Result("u", module.NOTHING, refusal=Refusal("u", "unreadable", "it cannot be read")))
        assert journal.find(4, Dump("1.txt", "1.txt")) is None, "no earlier run has left it"
    with closing(Journal(folder, ASKED, resume=True)) as journal:
        assert journal.find(1, Dump("1.txt", "other")) is None
        assert journal.find(1, Dump("2.txt", "1.txt")) is None
        assert journal.find(1, Dump("u", "")) is None, "what could not be read is read again"
        assert names(journal) == [], "what is not found in the input is not in the output"
        assert journal.find(5, Dump("1.txt", "1.txt")) == Result("1.txt", content_hash("1.txt"))
        assert journal.find(1, Dump("r", "r")) == Result("r", content_hash("r"), refusal=refusal)
        add(journal, 2, "B")
        assert names(journal) == [["2.txt"], ["1.txt"]]
        assert journal.find(6, Dump("1.txt", "1.txt"))
        assert names(journal) == [["2.txt"], ["1.txt"]]
        assert names(journal, keep_all=True) == [["2.txt"], ["1.txt"], ["1.txt"]]
        assert journal.duplicates() == 1
        assert list(journal.refusals()) == [refusal]


def test_a_journal_is_its_owner_s_alone_until_it_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "a.partial"
    with closing(Journal(folder, ASKED)) as journal:
        for _ in range(2):
            for options in ({"resume": True}, {"discard": True}, {}):
                with pytest.raises(CannotStartError, match="another run is using"):
                    Journal(folder, ASKED, **options)
            journal.commit()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_folder_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xe9.partial")
    with closing(Journal(folder, ASKED)) as journal:
        add(journal, 1, "A")
    with closing(Journal(folder, ASKED, resume=True)) as journal:
        assert journal.find(1, Dump("1.txt", "1.txt"))
    assert [path.name for path in folder.iterdir()] == ["journal.sqlite"]


# --- What SQLite cannot do --------------------------------------------------------------------------------------------


def test_a_full_disk_is_reported_as_the_system_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dumps, out = write_pages(tmp_path / "dumps", some_pages(150)), tmp_path / "trials.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(module, "_SCHEMA", f"{module._SCHEMA} PRAGMA max_page_count = 20;")
        assert main(["convert", str(dumps), "-o", str(out), "--jobs=1"]) == 1
    assert capsys.readouterr().err == (
        f"registry-parser convert: the output cannot be written: [Errno {errno.ENOSPC}] No space left on device; "
        f"finished work is kept in {out}.partial, and the same command with --resume continues it\n"
    )
    assert convert([dumps], out, resume=True).pages == 150
    convert([dumps], tmp_path / "expected.jsonl")
    assert digest(out) == digest(tmp_path / "expected.jsonl")


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.partial" / "journal.sqlite").mkdir(parents=True)
    with pytest.raises(OSError, match=r"unable to open database file: '.*journal\.sqlite'"):
        Journal(tmp_path / "a.partial", ASKED)
