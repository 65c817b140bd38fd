"""Conversions that bring an output up to date: what comes out is what a fresh run gives, and little is parsed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from parser.cli import main
from parser.ingest import CannotStartError, Result, convert
from parser.ingest.convert import rejects_of, updates_of
from parser.ingest.journal import Converted, Journal
from tests.conftest import ROOT
from tests.dumps import digest, page_of, some_pages, write_pages

Captured = pytest.CaptureFixture[str]

FORMS = ("trials.jsonl", "trials.jsonl.gz", "trials", "trials.parquet", "trials.duckdb")

COUNT = 60


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """Pages with duplicates and with what is refused; and the two pages of a trial, which become one record."""
    dumps = write_pages(tmp_path / "dumps", some_pages(COUNT))
    shutil.copy(ROOT / "samples" / "labelled" / "NCT04264208.txt", dumps / "protocol.txt")
    shutil.copy(ROOT / "samples" / "results" / "lines" / "NCT04264208.txt", dumps / "results.txt")
    return dumps


def change(dumps: Path) -> None:
    """One page each that is new, changed, gone, and no longer refused; and one that others were duplicates of."""
    new = {
        "00003b.txt": page_of(777),
        "00004.txt": page_of(4, title="A New Title"),
        "00005.txt": page_of(5, title="Readable Now"),
    }
    write_pages(dumps, new)
    for gone in ("00002.txt", "00007.txt", "results.txt"):
        (dumps / gone).unlink()


@pytest.mark.parametrize("name", FORMS)
def test_an_update_gives_what_a_fresh_run_gives(dumps: Path, tmp_path: Path, name: str) -> None:
    out, fresh = tmp_path / name, tmp_path / "fresh" / name
    first = convert(dumps, out, update=True)
    assert (first.pages, first.resumed, first.removed, first.merged) == (COUNT + 2, 0, 0, 1)
    before = digest(out)
    change(dumps)
    report = convert(dumps, out, update=True)
    assert (report.pages, report.pages - report.resumed, report.removed) == (COUNT, 3, 3)
    fresh.parent.mkdir()
    expected = convert(dumps, fresh)
    assert digest(out) == digest(fresh) != before
    assert digest(rejects_of(out)) == digest(rejects_of(fresh))
    for key in ("records", "merged", "duplicates", "problems", "refused", "pages"):
        assert getattr(report, key) == getattr(expected, key), key


def test_nothing_is_parsed_where_nothing_changed(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.jsonl"
    convert(dumps, out, update=True)
    before = digest(out)
    report = convert(dumps, out, update=True)
    assert (report.resumed, report.removed) == (COUNT + 2, 0)
    assert digest(out) == before


def test_each_update_goes_on_from_the_one_before(dumps: Path, tmp_path: Path) -> None:
    """What is gone is forgotten, so it is parsed when it comes back."""
    out = tmp_path / "trials.jsonl"
    convert(dumps, out, update=True)
    page = (dumps / "00002.txt").read_bytes()
    (dumps / "00002.txt").unlink()
    assert convert(dumps, out, update=True).removed == 1
    write_pages(dumps, {"00002.txt": page})
    report = convert(dumps, out, update=True)
    assert (report.pages - report.resumed, report.removed) == (1, 0)


def test_the_command_says_what_an_update_came_to(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    arguments = ["convert", str(dumps), "-o", str(tmp_path / "trials.jsonl"), "--update", "--jobs=1", "--fail-on=never"]
    assert main(arguments) == 0
    change(dumps)
    capsys.readouterr()
    assert main(arguments) == 0
    told = capsys.readouterr().err
    assert "\nresumed                         57  pages that an earlier run had done\n" in told
    assert "\nremoved                          3  pages that are no longer in the input\n" in told
    assert sorted(path.name for path in tmp_path.glob("trials*")) == [
        "trials.jsonl",
        "trials.jsonl.rejects.jsonl",
        "trials.jsonl.update",
    ]


# --- What cannot be brought up to date --------------------------------------------------------------------------------


def test_stdout_is_not_updated(dumps: Path, capsys: Captured) -> None:
    assert main(["convert", str(dumps), "-o", "-", "--update"]) == 2
    assert capsys.readouterr().err == (
        "registry-parser convert: what goes to stdout cannot be updated: name a file or a folder as output\n"
    )


@pytest.mark.parametrize("name", FORMS)
def test_an_output_that_no_update_made_is_not_touched(dumps: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    convert(dumps, out)
    before = digest(out)
    with pytest.raises(CannotStartError, match=r"was not made with --update.*--update --overwrite makes it again"):
        convert(dumps, out, update=True)
    assert digest(out) == before
    assert not updates_of(out).exists()
    assert convert(dumps, out, update=True, overwrite=True).resumed == 0
    assert convert(dumps, out, update=True).resumed == COUNT + 2


def test_an_update_is_not_mixed_with_what_was_asked_for_otherwise(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "trials.jsonl"
    convert(dumps, out, update=True)
    before = digest(out)
    with pytest.raises(CannotStartError, match="keep was 'newest' and is 'all'"):
        convert(dumps, out, update=True, keep="all")
    monkeypatch.setattr(sys.modules["parser.ingest.convert"], "__version__", "99")
    with pytest.raises(CannotStartError, match=r"version was .* and is '99'"):
        convert(dumps, out, update=True)
    assert digest(out) == before
    assert convert(dumps, out, update=True, overwrite=True).resumed == 0


@pytest.mark.parametrize("name", FORMS)
def test_inputs_that_are_all_gone_take_nothing_away(dumps: Path, tmp_path: Path, name: str) -> None:
    """As where their disk is not mounted; whether there is an empty folder or none."""
    out = tmp_path / name
    convert(dumps, out, update=True)
    before = digest(out)
    dumps.rename(tmp_path / "elsewhere")
    for make in (dumps.mkdir, dumps.rmdir):
        make()
        with pytest.raises(CannotStartError, match=r"have no record any more, so .* is left unchanged"):
            convert(dumps, out, update=True)
        assert digest(out) == before
    (tmp_path / "elsewhere").rename(dumps)
    assert convert(dumps, out, update=True).resumed == COUNT + 2


# --- Updates that do not finish ----------------------------------------------------------------------------


def stop_after(pages: int, dumps: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin an update that is interrupted after so many pages that are new to it."""
    add = Journal.add
    done = []

    def add_some(self: Journal, position: int, result: Result[Converted]) -> None:
        if len(done) == pages:
            raise KeyboardInterrupt
        done.append(position)
        add(self, position, result)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add", add_some)
        with pytest.raises(KeyboardInterrupt):
            convert(dumps, out, update=True)


def test_an_update_that_was_stopped_goes_on(dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "trials.jsonl"
    stop_after(40, dumps, out, monkeypatch)
    assert not out.exists()
    assert convert(dumps, out, update=True).resumed == 40
    before = digest(out)
    change(dumps)
    stop_after(2, dumps, out, monkeypatch)
    assert digest(out) == before
    report = convert(dumps, out, update=True)
    assert report.pages - report.resumed == 1
    assert digest(out) == digest(fresh_run(dumps, tmp_path))


def fresh_run(dumps: Path, tmp_path: Path) -> Path:
    convert(dumps, tmp_path / "fresh.jsonl")
    return tmp_path / "fresh.jsonl"


def test_it_is_said_how_an_update_goes_on(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    out = tmp_path / "trials.jsonl"

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "add", interrupt)
    assert main(["convert", str(dumps), "-o", str(out), "--update", "--jobs=1"]) == 130
    assert capsys.readouterr().err == (
        f"registry-parser convert: interrupted; finished work is kept in {updates_of(out)}, "
        "and the same command continues it\n"
    )


def test_a_pattern_never_fits_what_an_update_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path, {"1.txt": page_of(1)})
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        report = convert("**", "trials.jsonl", update=True)
        assert (report.pages, report.refused) == (1, {})
        assert [path.name for path in updates_of("trials.jsonl").iterdir()] == ["journal.sqlite"]
