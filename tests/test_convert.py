"""`registry-parser convert`, and `parser.ingest.convert`: output, duplicates and messages."""

from __future__ import annotations

import errno
import gzip
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parser import merge, parse_file
from parser.cli import main
from parser.ingest import CannotStartError, convert
from parser.ingest import report as report_module
from parser.ingest.model import REFUSALS
from tests.conftest import ROOT
from tests.dumps import digest, ids_of, page_of, read_lines, write_pages

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "dumps", {"b.txt": page_of(2), "a.txt": page_of(1), "sub/c.txt": page_of(3)})


def run(*arguments: str | Path, **options: object) -> int:
    """The command in this process, with as little noise as the test needs."""
    return main(["convert", *map(str, arguments), "--jobs=1"])


# --- What comes out ---------------------------------------------------------------------------------------------------


def test_a_folder_becomes_json_lines_in_the_order_of_its_names(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "trials.jsonl"
    assert run(dumps, "-o", out) == 0
    assert read_lines(out) == [parse_file(page).to_dict() for page in sorted(dumps.rglob("*.*"))]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dumps", "trials.jsonl"], "nothing else is left"


def test_each_form_of_output_has_the_records(dumps: Path, tmp_path: Path) -> None:
    import duckdb
    import pyarrow.parquet

    expected = ["NCT00000001", "NCT00000002", "NCT00000003"]
    for name in ("trials", "trials.jsonl.gz", "trials.parquet", "trials.duckdb"):
        assert run(dumps, "--quiet", "-o", tmp_path / name) == 0
    assert sorted(path.name for path in (tmp_path / "trials").iterdir()) == [f"{one}.json" for one in expected]
    lines = gzip.decompress((tmp_path / "trials.jsonl.gz").read_bytes()).splitlines()
    assert ids_of([json.loads(line) for line in lines]) == expected
    table = pyarrow.parquet.read_table(tmp_path / "trials.parquet" / "studies.parquet")
    assert table.column("nct_id").to_pylist() == expected
    with duckdb.connect(str(tmp_path / "trials.duckdb"), read_only=True) as database:
        assert [row[0] for row in database.sql("select nct_id from studies").fetchall()] == expected


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.processes)])
def test_the_order_is_that_of_the_input_whatever_the_number_of_jobs(tmp_path: Path, jobs: int) -> None:
    dumps = write_pages(tmp_path / "dumps", {f"{number:03}.txt": page_of(number) for number in range(60)})
    convert([dumps], tmp_path / "trials.jsonl", jobs=jobs)
    assert ids_of(read_lines(tmp_path / "trials.jsonl")) == [f"NCT{number:08}" for number in range(60)]


def test_json_lines_give_their_text_and_their_names(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl.gz"
    lines = [{"text": page_of(1), "url": "https://a.example/1"}, {"text": "nothing", "url": "https://a.example/2"}]
    crawl.write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))
    out = tmp_path / "trials.jsonl"
    assert run(crawl, "--text-field=text", "--id-field", "url", "-o", out) == 1
    assert ids_of(read_lines(out)) == ["NCT00000001"]
    (reject,) = read_lines(tmp_path / "trials.jsonl.rejects.jsonl")
    assert reject["name"] == "https://a.example/2"


def test_a_lone_surrogate_in_json_lines_is_read_as_a_replacement_character(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    crawl.write_text(json.dumps({"text": page_of(1, title="Half \ud800 a character")}), encoding="ascii")
    convert([crawl], tmp_path / "trials.jsonl", text_field="text")
    (record,) = read_lines(tmp_path / "trials.jsonl")
    assert record["protocolSection"]["identificationModule"]["briefTitle"] == "Half \ufffd a character 1"


# --- Duplicates -------------------------------------------------------------------------------------------------------

VERSIONS = {
    "1.txt": page_of(1, updated="2021-05-01", title="Older"),
    "2.txt": page_of(2),
    "3.txt": page_of(1, updated="2022-01-01", title="Newest"),
    "4.txt": page_of(1, updated="2022-01-01", title="As new, but later"),
    "5.txt": page_of(1, updated=None, title="Undated"),
}


def test_of_the_same_record_the_newest_stays_in_its_own_place(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", VERSIONS)
    report = convert([dumps], tmp_path / "trials.jsonl")
    records = read_lines(tmp_path / "trials.jsonl")
    titles = [record["protocolSection"]["identificationModule"]["briefTitle"] for record in records]
    assert titles == ["Aspirin for Headache 2", "Newest 1"]
    assert (report.pages, report.records, report.duplicates, report.duplicates_kept) == (5, 2, 3, False)


def test_what_is_left_out_is_listed_with_what_stays(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", {**VERSIONS, "0.txt": "no page"})
    report = convert([dumps], tmp_path / "trials.jsonl")
    refused, *left_out = read_lines(tmp_path / "trials.jsonl.rejects.jsonl")
    assert (refused["code"], refused["name"]) == ("not-a-record", str(dumps / "0.txt"))
    assert left_out == [one.to_dict() for one in report.left_out]
    found = [(Path(one["name"]).name, one["code"], one["id"], one["kept"]) for one in left_out]
    stays = {"name": str(dumps / "3.txt"), "id": "NCT00000001"}
    assert found == [(name, "duplicate", "NCT00000001", stays) for name in ("1.txt", "4.txt", "5.txt")]
    assert report.rejects == str(tmp_path / "trials.jsonl.rejects.jsonl")


def test_a_report_names_some_of_many_duplicates_and_the_list_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_module, "LISTED", 2)
    report = convert([write_pages(tmp_path / "dumps", VERSIONS)], tmp_path / "trials.jsonl")
    listed = read_lines(tmp_path / "trials.jsonl.rejects.jsonl")
    assert (report.duplicates, len(report.left_out), len(listed)) == (3, 2, 3)
    assert not report.failed("warning"), "a duplicate is no fault"


def test_all_can_be_kept(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", VERSIONS)
    report = convert([dumps], tmp_path / "trials.jsonl", keep="all")
    assert len(read_lines(tmp_path / "trials.jsonl")) == 5
    assert (report.records, report.duplicates, report.duplicates_kept) == (5, 3, True)
    assert (report.left_out, report.rejects) == ((), None)
    assert run(dumps, "--keep=all", "-o", tmp_path / "trials") == 0
    names = sorted(path.name for path in (tmp_path / "trials").iterdir())
    assert names == sorted(["NCT00000002.json", "NCT00000001.json", *(f"NCT00000001.{n}.json" for n in (2, 3, 4))])


def test_pages_without_an_id_are_the_same_record_only_if_their_content_is(tmp_path: Path) -> None:
    bare = "A Trial Without Id\n\nBasic Information\n\nRecruitment Status\n\nCOMPLETED\n\nClinical Phase\n\nPHASE2\n"
    dumps = write_pages(tmp_path / "dumps", {"1.txt": bare, "2.txt": bare, "3.txt": bare.replace("A Trial", "Another")})
    report = convert([dumps], tmp_path / "trials")
    assert (report.records, report.duplicates) == (2, 1)
    assert [(Path(one.name).name, one.id, Path(one.kept_name).name) for one in report.left_out] == [
        ("2.txt", None, "1.txt")
    ]
    assert len(list((tmp_path / "trials").iterdir())) == 2


# --- What is refused, and what is told --------------------------------------------------------------------------------


def test_one_bad_file_never_stops_the_rest(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    write_pages(dumps, {"aa.txt": b"", "bb.bin": b"\x00\x01" * 99, "z.txt": "It was a dark and stormy night."})
    out = tmp_path / "trials.jsonl"
    assert run(dumps, "-o", out) == 1
    assert len(read_lines(out)) == 3
    rejects = read_lines(tmp_path / "trials.jsonl.rejects.jsonl")
    assert [Path(reject["name"]).name for reject in rejects] == ["aa.txt", "bb.bin", "z.txt"]
    assert all(set(reject) == {"name", "code", "message"} and reject["code"] in REFUSALS for reject in rejects)
    told = capsys.readouterr()
    assert told.out == ""
    assert re.search(rf"^refused +3  see {re.escape(str(out))}\.rejects\.jsonl\n  not-a-record +3$", told.err, re.M)


def test_a_list_of_rejects_of_an_earlier_run_goes(dumps: Path, tmp_path: Path) -> None:
    out, rejects = tmp_path / "trials.jsonl", tmp_path / "trials.jsonl.rejects.jsonl"
    write_pages(dumps, {"z.txt": "no page"})
    assert run(dumps, "-o", out) == 1
    assert rejects.exists()
    (dumps / "z.txt").unlink()
    assert run(dumps, "-o", out, "--overwrite") == 0
    assert not rejects.exists()


@pytest.mark.parametrize(
    ("page", "statuses"),
    [
        (page_of(1), {"error": 0, "warning": 0, "never": 0}),
        (page_of(1, status="ON A BREAK"), {"error": 0, "warning": 1, "never": 0}),
        ("no page", {"error": 1, "warning": 1, "never": 0}),
    ],
    ids=["good", "with a warning", "refused"],
)
def test_what_counts_as_failed_can_be_chosen(tmp_path: Path, page: str, statuses: dict[str, int]) -> None:
    dumps = write_pages(tmp_path / "dumps", {"page.txt": page})
    for fail_on, status in statuses.items():
        assert run(dumps, "-o", tmp_path / "trials.jsonl", "--overwrite", "--fail-on", fail_on) == status


def test_the_summary_and_the_report_say_the_same(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    write_pages(dumps, {"d.txt": page_of(3, updated="2019-01-01"), "e.txt": page_of(5, status="ON A BREAK"), "f": b""})
    out, file = tmp_path / "trials.jsonl", tmp_path / "report.json"
    assert run(dumps, "-o", out, "--report", file) == 1
    report = json.loads(file.read_text(encoding="utf-8"))
    seconds, speed = report.pop("seconds"), report.pop("pagesPerSecond")
    assert seconds > 0
    assert speed > 0
    assert report == {
        "out": str(out),
        "records": 4,
        "merged": 0,
        "duplicates": 1,
        "duplicatesKept": False,
        "leftOut": [
            {
                "name": str(dumps / "d.txt"),
                "code": "duplicate",
                "message": f"has the same record as {dumps / 'sub' / 'c.txt'}, which is newer, or came first if "
                "neither is",
                "id": "NCT00000003",
                "kept": {"name": str(dumps / "sub" / "c.txt"), "id": "NCT00000003"},
            }
        ],
        "problems": {"unknown-value": 1},
        "refused": {"not-a-record": 1},
        "skipped": 0,
        "rejects": f"{out}.rejects.jsonl",
        "pages": 6,
        "resumed": 0,
        "removed": 0,
    }
    *lines, last = capsys.readouterr().err.splitlines()
    assert lines == [
        f"records                          4  in {out}",
        f"duplicates                       1  older than the newest page of their record: see {out}.rejects.jsonl",
        f"refused                          1  see {out}.rejects.jsonl",
        "  not-a-record                   1",
        "problems                         1",
        "  unknown-value                  1  warning",
    ]
    assert re.fullmatch(r"[\d,.]+ seconds, [\d,.]+ pages/s", last)


@pytest.mark.parametrize("out", ["trials.jsonl", "-"])
def test_json_next_to_the_pages_is_counted_and_no_fault(
    dumps: Path, tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    write_pages(dumps, {"a.json": "{}", "sub/c.json": "{}"})
    monkeypatch.chdir(tmp_path)
    assert run("dumps", "-o", out, "--fail-on=warning", "--report=report.json") == 0
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert (report["pages"], report["records"], report["skipped"], report["refused"]) == (3, 3, 2, {})
    assert "\nskipped                          2  JSON files among the pages\n" in capfd.readouterr().err
    assert not Path("trials.jsonl.rejects.jsonl").exists()
    assert run("dumps/a.json", "-o", "named.jsonl") == 1, "what is named is asked for"


def test_the_working_folder_can_be_the_output(dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trials").mkdir()
    monkeypatch.chdir(tmp_path / "trials")
    assert run("../dumps", "-o", ".") == 0
    assert len(os.listdir(".")) == 3
    assert run("../dumps", "-o", "../trials/", "--overwrite") == 0
    assert sorted(os.listdir("..")) == ["dumps", "trials"]


def test_a_report_that_cannot_be_written_takes_nothing_away(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "trials.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", fail)
        assert run(dumps, "-o", out, "--quiet", "--report", tmp_path / "report.json") == 1
    assert capsys.readouterr().err.startswith("registry-parser convert: everything is converted, but the report ")
    assert len(read_lines(out)) == 3


def test_quiet_means_quiet(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(dumps, "-o", tmp_path / "trials.jsonl", "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_a_report_pickles(dumps: Path, tmp_path: Path) -> None:
    report = convert([dumps], tmp_path / "trials.jsonl")
    assert pickle.loads(pickle.dumps(report)) == report


# --- Streams ----------------------------------------------------------------------------------------------------------


def test_records_go_to_stdout_as_they_come(tmp_path: Path) -> None:
    dumps = write_pages(tmp_path / "dumps", {**VERSIONS, "6.txt": "no page"})
    command = [sys.executable, "-m", "parser", "convert", str(dumps), "-o", "-", "--jobs=1"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert len(ids_of([json.loads(line) for line in done.stdout.splitlines()])) == 5, "all duplicates stay"
    told = done.stderr.decode()
    assert re.search(rf"^{re.escape(str(dumps))}/6\.txt: error: .+ \[not-a-record\]$", told, re.M)
    assert re.search(r"^duplicates +3  kept$", told, re.M)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dumps"]


def test_a_page_and_json_lines_come_from_stdin() -> None:
    command = [sys.executable, "-m", "parser", "convert", "-", "-o", "-", "--quiet", "--jobs=1"]
    lines = "".join(json.dumps({"body": {"text": page_of(number)}}) + "\n" for number in (1, 2))
    for arguments, given, expected in [
        ([], page_of(7), ["NCT00000007"]),
        (["--text-field=body.text"], lines, ["NCT00000001", "NCT00000002"]),
    ]:
        done = subprocess.run([*command, *arguments], input=given.encode(), capture_output=True, cwd=ROOT, timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")
        assert ids_of([json.loads(line) for line in done.stdout.splitlines()]) == expected


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_a_reader_that_leaves_is_no_fault(dumps: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "parser", "convert", str(dumps), "-o", "-", "--jobs=1"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


# --- What is not begun ------------------------------------------------------------------------------------------------


def test_what_is_there_is_not_touched_without_leave(dumps: Path, tmp_path: Path, capsys: Captured) -> None:
    for name in ("trials.jsonl", "trials"):
        out = tmp_path / name
        assert run(dumps, "-o", out, "--quiet") == 0
        before = digest(out)
        write_pages(dumps, {"d.txt": page_of(4)})
        assert run(dumps, "-o", out) == 2
        assert capsys.readouterr() == (
            "",
            f"registry-parser convert: {out} exists already: --overwrite replaces it when the new one is complete\n",
        )
        assert digest(out) == before
        assert run(dumps, "-o", out, "--overwrite", "--quiet") == 0
        assert digest(out) != before
        (dumps / "d.txt").unlink()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dumps", "-o", "none/trials.jsonl"], "none/trials.jsonl: there is no folder none to write it to"),
        (["dumps", "-o", "trials.csv"], "trials.csv"),
        (
            ["dumps", "-o", "dumps/trials.jsonl"],
            "dumps/trials.jsonl is in the input dumps, and would be read as a page",
        ),
        (["dumps/a.txt", "-o", "dumps/a.txt", "--overwrite"], "dumps/a.txt is in the input dumps/a.txt"),
        (["dumps", "-o", "-", "--resume"], "what goes to stdout cannot be resumed"),
        (["dumps", "-o", "trials", "--report", "none/report.json"], "none/report.json: there is no folder"),
        (["dumps", "-o", "trials", "--report", "dumps"], "dumps: the report cannot be written there"),
        (["dumps", "-o", "trials", "--report", "r" * 300], f"{'r' * 300}: the report cannot be written there"),
        (["dumps", "-o", "a.jsonl", "--report", "./a.jsonl"], "a.jsonl: the report would replace a.jsonl"),
        (["dumps/a.txt", "-o", "x", "--report", "dumps/a.txt"], "dumps/a.txt: the report would replace dumps/a.txt"),
        (["dumps", "-o", os.devnull, "--overwrite"], f"{os.devnull} is a device or a pipe"),
    ],
    ids=[
        "no folder",
        "unknown form",
        "inside the input",
        "the input itself",
        "resumed stream",
        "no folder for report",
        "report to a folder",
        "report of no name",
        "report to the output",
        "report to the input",
        "a device",
    ],
)
def test_what_cannot_be_done_is_reported_before_any_work(
    dumps: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(dumps.parent)
    assert main(["convert", *arguments]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"registry-parser convert: {message}")
    assert len(told.splitlines()) == 1
    assert sorted(path.name for path in dumps.parent.iterdir()) == ["dumps"]


@pytest.mark.parametrize(("library", "extra"), [("pyarrow", "parquet"), ("duckdb", "duckdb")])
def test_a_library_that_is_missing_is_named(
    dumps: Path, tmp_path: Path, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(CannotStartError, match=rf"pip install 'registry-text-parser\[{extra}\]'"):
        convert([dumps], tmp_path / f"trials.{extra}")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dumps"],
        ["-o", "trials"],
        ["dumps", "-o", "trials", "--jobs=0"],
        ["dumps", "-o", "trials", "--page-seconds=0"],
        ["dumps", "-o", "trials", "--page-seconds=soon"],
        ["dumps", "-o", "x", "--keep", "some"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_the_usage(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["convert", *arguments])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: registry-parser convert")


def test_help_shows_examples(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["convert", "--help"])
    assert "examples:\n  registry-parser convert dumps/ -o trials.jsonl" in capsys.readouterr().out


# --- The two pages of a trial ---

PROTOCOL = ROOT / "samples" / "labelled" / "NCT04264208.txt"
RESULTS = ROOT / "samples" / "results" / "lines" / "NCT04264208.txt"


@pytest.mark.parametrize("first, second", [("protocol", "results"), ("results", "protocol")])
def test_the_protocol_and_the_results_of_a_trial_become_one_record(tmp_path: Path, first: str, second: str) -> None:
    pages = {"protocol": PROTOCOL.read_bytes(), "results": RESULTS.read_bytes()}
    write_pages(tmp_path / "dumps", {"a.txt": pages[first], "b.txt": pages[second]})
    report = convert([tmp_path / "dumps"], tmp_path / "out.jsonl")
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert (report.records, report.merged, report.duplicates) == (1, 1, 0)
    named = {first: tmp_path / "dumps" / "a.txt", second: tmp_path / "dumps" / "b.txt"}
    assert json.loads(line) == merge(parse_file(named["protocol"]), parse_file(named["results"])).to_dict()


def test_two_pages_of_a_trial_stay_apart_if_all_are_kept(tmp_path: Path) -> None:
    write_pages(tmp_path / "dumps", {"a.txt": PROTOCOL.read_bytes(), "b.txt": RESULTS.read_bytes()})
    report = convert([tmp_path / "dumps"], tmp_path / "out.jsonl", keep="all")
    assert (report.records, report.merged, report.duplicates) == (2, 0, 0)


def test_a_results_page_without_its_protocol_is_a_record(tmp_path: Path) -> None:
    write_pages(tmp_path / "dumps", {"b.txt": RESULTS.read_bytes(), "c.txt": RESULTS.read_bytes()})
    report = convert([tmp_path / "dumps"], tmp_path / "out.jsonl")
    assert (report.records, report.merged, report.duplicates) == (1, 0, 1)
