"""Sinks: the same records through each, nothing under the output's name before it is whole, and nothing left over."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from parser import parse
from parser.ingest.sinks import MissingDependencyError, Record, Sink, arrow, base, format_of, sink_for
from parser.ingest.sinks.lines import StreamSink
from parser.ingest.sinks.swap import exchange
from parser.tables.columns import TABLES
from parser.tables.rows import Row, rows_of
from tests.conftest import ROOT
from tests.dumps import write_pages

NAMES = ["trials.jsonl", "trials.jsonl.gz", "trials.parquet", "trials.duckdb", "trials"]
EVERY_SINK = pytest.mark.parametrize("name", NAMES)
Rows = dict[str, list[Row]]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    # One layout: in others the same trials come again, or show no id.
    samples = ROOT / "samples"
    pages = sorted([*samples.glob("*.txt"), *samples.glob("labelled/*.txt")])
    return [Record.of(page.name, parse(page.read_bytes())) for page in pages]


def record_of(nct_id: str | None = None, **more: Any) -> Record:
    """A record with hardly anything in it."""
    module = {"nctId": nct_id} if nct_id else {}
    return Record.of("a page", {"protocolSection": {"identificationModule": module}, **more})


def write(out: Path, records: list[Record], **options: Any) -> Path:
    with sink_for(out, **options) as sink:
        for record in records:
            sink.write(record)
    return out


def expected_rows(records: list[Record]) -> Rows:
    rows: Rows = {table.name: [] for table in TABLES}
    for number, record in enumerate(records, 1):
        for name, found in rows_of(record.document(), number, record.name).items():
            rows[name] += found
    return rows


def parquet_rows(out: Path) -> Rows:
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{table.name}.parquet" for table in TABLES)
    return {table.name: pq.ParquetFile(out / f"{table.name}.parquet").read().to_pylist() for table in TABLES}


def database_rows(out: Path) -> Rows:
    with duckdb.connect(str(out), read_only=True) as database:
        return {
            table.name: [
                dict(zip((column.name for column in table.columns), values, strict=True))
                for values in database.sql(f'FROM "{table.name}"').fetchall()
            ]
            for table in TABLES
        }


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, those with a dot in front too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- The same records through each ---


def test_json_lines_are_the_documents_in_their_order(tmp_path: Path, records: list[Record]) -> None:
    plain = write(tmp_path / "trials.jsonl", records).read_bytes()
    assert [json.loads(line) for line in plain.splitlines()] == [record.document() for record in records]
    assert plain.endswith(b"}\n")
    assert gzip.decompress(write(tmp_path / "trials.jsonl.gz", records).read_bytes()) == plain
    assert write(tmp_path / "trials.NDJSON", records).read_bytes() == plain


def test_a_stream_has_each_line_at_once(records: list[Record]) -> None:
    class Watched(io.BytesIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed = len(self.getvalue())

    stream = Watched()
    with StreamSink(stream) as sink:
        for number, record in enumerate(records, 1):
            sink.write(record)
            assert stream.flushed == len(stream.getvalue())
            assert stream.getvalue().count(b"\n") == number
    assert not stream.closed


def test_stdout_is_a_stream(capfdbinary: pytest.CaptureFixture[bytes], records: list[Record]) -> None:
    write(Path("-"), records[:2])
    assert capfdbinary.readouterr().out == b"".join(record.content + b"\n" for record in records[:2])


def test_a_folder_has_a_file_for_each_record(tmp_path: Path, records: list[Record]) -> None:
    found = contents(write(tmp_path / "trials", records))
    ids = [record.document()["protocolSection"]["identificationModule"]["nctId"] for record in records]
    assert found == {f"{nct_id}.json": record.content + b"\n" for nct_id, record in zip(ids, records, strict=True)}


@pytest.mark.parametrize("name, read", [("trials.parquet", parquet_rows), ("trials.duckdb", database_rows)])
def test_tables_have_the_rows_in_their_order(tmp_path: Path, records: list[Record], name: str, read: Any) -> None:
    assert read(write(tmp_path / name, [*records, records[0]])) == expected_rows([*records, records[0]])


@pytest.mark.parametrize("name, read", [("trials.parquet", parquet_rows), ("trials.duckdb", database_rows)])
def test_rows_are_written_in_groups(
    tmp_path: Path, records: list[Record], name: str, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "_JSON_BYTES", 20_000)
    monkeypatch.setattr(arrow, "_GROUP_ROWS", 50)
    out = write(tmp_path / name, records)
    assert read(out) == expected_rows(records)
    if out.is_dir():
        file = pq.ParquetFile(out / "criteria.parquet")
        assert file.num_row_groups > 2
    monkeypatch.setattr(arrow, "_GROUP_ROWS", 1_000_000)
    monkeypatch.setattr(arrow, "_GROUP_BYTES", 20_000)
    assert read(write(out, records, overwrite=True)) == expected_rows(records)
    if out.is_dir():
        assert pq.ParquetFile(out / "studies.parquet").num_row_groups > 1


@pytest.mark.parametrize("name", ["trials.jsonl.gz", "trials.parquet", "trials"])
def test_the_same_records_give_the_same_bytes(tmp_path: Path, records: list[Record], name: str) -> None:
    for folder in "first", "second":
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / name, records)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


@EVERY_SINK
def test_no_records_are_an_output_too(tmp_path: Path, name: str) -> None:
    out = write(tmp_path / name, [])
    assert out.exists()
    if out.suffix in (".parquet", ".duckdb"):
        assert (parquet_rows if out.is_dir() else database_rows)(out) == {table.name: [] for table in TABLES}


def test_columns_have_their_types_and_meanings(tmp_path: Path, records: list[Record]) -> None:
    write(tmp_path / "trials.duckdb", records[:1])
    write(tmp_path / "trials.parquet", records[:1])
    with duckdb.connect(str(tmp_path / "trials.duckdb"), read_only=True) as database:
        described = database.sql(
            "SELECT table_name, column_name, data_type, comment, NOT is_nullable FROM duckdb_columns() "
            "WHERE NOT internal"
        ).fetchall()
        commented = database.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        for table in TABLES:
            # No name but "references" has to be quoted.
            database.sql(f'SELECT {", ".join(column.name for column in table.columns)} FROM "{table.name}"').fetchall()
            path = tmp_path / "trials.parquet" / f"{table.name}.parquet"
            types = database.sql(f"DESCRIBE FROM '{path}'").fetchall()
            assert [row[:2] for row in types] == [(column.name, column.type) for column in table.columns]
    assert set(described) == {
        (table.name, column.name, column.type, column.meaning, column.key)
        for table in TABLES
        for column in table.columns
    }
    assert set(commented) == {(table.name, table.meaning) for table in TABLES}
    schema = pq.read_schema(tmp_path / "trials.parquet" / "studies.parquet")
    assert schema.field("title").metadata == {b"description": b"The title of the page."}


@EVERY_SINK
def test_text_that_no_encoding_holds_harms_nothing(tmp_path: Path, name: str) -> None:
    document = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": "a\ud800b\0c"}}}
    record = Record.of("caf\udce9.txt", document)
    assert record.document() == document
    out = write(tmp_path / name, [record])
    if out.suffix in (".parquet", ".duckdb"):
        (study,) = (parquet_rows if out.is_dir() else database_rows)(out)["studies"]
        assert (study["title"], study["source"]) == ("a\ufffdb\0c", "caf\ufffd.txt")


# --- Names in a folder ---


def test_records_of_one_id_are_numbered(tmp_path: Path) -> None:
    records = [record_of("NCT00000001", hasResults=results) for results in (True, False, True)]
    found = contents(write(tmp_path / "trials", records))
    assert found == {
        name: record.content + b"\n"
        for name, record in zip(("NCT00000001.json", "NCT00000001.2.json", "NCT00000001.3.json"), records, strict=True)
    }


def test_a_name_is_counted_and_not_searched_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand pages of one id take one step each, and not each as many as there are before it."""
    opened = 0

    def counted(*arguments: Any) -> Any:
        nonlocal opened
        opened += 1
        return open(*arguments)

    monkeypatch.setattr("parser.ingest.sinks.folder.open", counted, raising=False)
    write(tmp_path / "trials", [record_of("NCT00000001")] * 300 + [record_of("NCT00000002")])
    assert len(contents(tmp_path / "trials")) == 301
    assert opened == 302, "the second one tries the name of the first"


@pytest.mark.parametrize(
    "nct_id", [None, "../NCT00000001", "NCT0000000", "NCT00000001\n", "NCT０００００００１", "/etc/passwd"]
)
def test_what_is_no_id_names_no_file(tmp_path: Path, nct_id: str | None) -> None:
    sha256 = "5" * 64
    hashed = record_of(nct_id, sourceSection={"sha256": sha256})
    evil = record_of(nct_id, sourceSection={"sha256": "../" + sha256[3:]})
    (tmp_path / "sub").mkdir()
    found = contents(write(tmp_path / "sub" / "trials", [hashed, evil]))
    assert len(found) == 2 and f"{sha256}.json" in found
    assert set(contents(tmp_path)) == {f"sub/trials/{name}" for name in found}


def test_a_folder_that_is_overwritten_keeps_what_is_not_ours(tmp_path: Path) -> None:
    out = write(tmp_path / "trials", [record_of("NCT00000001"), record_of("NCT00000002"), record_of("NCT00000002")])
    (out / "notes.json").write_text("mine")
    write(out, [record_of("NCT00000002", hasResults=True), record_of("NCT00000003")], overwrite=True)
    assert sorted(contents(tmp_path)) == ["trials/NCT00000002.json", "trials/NCT00000003.json", "trials/notes.json"]
    assert json.loads((out / "NCT00000002.json").read_bytes())["hasResults"] is True


def test_what_is_not_ours_goes_into_the_new_folder_as_it_is(tmp_path: Path) -> None:
    out = write(tmp_path / "trials", [record_of("NCT00000001"), record_of("NCT00000002")])
    write_pages(out, {"notes.txt": "mine", "sub/NCT00000001.json": "mine too"})
    (out / "link").symlink_to("nowhere")
    out.chmod(0o711)
    kept = {name: os.lstat(out / name) for name in ("notes.txt", "sub/NCT00000001.json")}
    write(out, [record_of("NCT00000003")], overwrite=True)
    assert sorted(os.listdir(out)) == ["NCT00000003.json", "link", "notes.txt", "sub"]
    assert os.readlink(out / "link") == "nowhere"
    assert out.stat().st_mode & 0o777 == 0o711
    for name, before in kept.items():
        assert (os.lstat(out / name).st_ino, os.lstat(out / name).st_mtime) == (before.st_ino, before.st_mtime)


def test_a_link_to_a_folder_stays_one(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    out = tmp_path / "trials"
    out.symlink_to("elsewhere")
    for number in (1, 2):
        write(out, [record_of(f"NCT0000000{number}")], overwrite=True)
    assert out.is_symlink()
    assert list(contents(tmp_path / "elsewhere")) == ["NCT00000002.json"]


def test_the_working_folder_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = write(tmp_path / "trials", [record_of("NCT00000001")])
    monkeypatch.chdir(out)
    write(out, [record_of("NCT00000002")], overwrite=True)
    assert os.listdir(".") == ["NCT00000002.json"]


def test_a_folder_may_be_a_file_system_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a container's volume is: nothing can be renamed into it."""
    out = tmp_path / "trials"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    replace = os.replace

    def no_exchange(one: Path, other: Path) -> bool:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    def across(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    monkeypatch.setattr(base, "exchange", no_exchange)
    write(out, [record_of("NCT00000001"), record_of("NCT00000002")], overwrite=True)
    assert sorted(os.listdir(out)) == ["NCT00000001.json", "NCT00000002.json", "notes.txt"]
    assert os.listdir(tmp_path) == ["trials"]


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="open files have no names there")
def test_the_name_of_an_open_file_is_no_output(tmp_path: Path) -> None:
    """`/dev/stdout` is such a link, and would be gone for all programs."""
    link = tmp_path / "out.jsonl"
    link.symlink_to("/proc/self/fd/1")
    for out in (link, Path("/proc/self/fd/1")):
        with pytest.raises(ValueError, match="- is stdout"):
            sink_for(out, overwrite=True)
    assert link.is_symlink()


def test_an_empty_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "trials").mkdir()
    assert list(contents(write(tmp_path / "trials", [record_of("NCT00000001")]))) == ["NCT00000001.json"]


# --- Whole or not at all ---


@EVERY_SINK
def test_an_output_appears_when_it_is_complete(tmp_path: Path, records: list[Record], name: str) -> None:
    sink = sink_for(tmp_path / name)
    sink.write(records[0])
    assert [path for path in tmp_path.iterdir() if not path.name.startswith(f".{name}.")] == []
    sink.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    sink.abort()
    assert [path.name for path in tmp_path.iterdir()] == [name]


@EVERY_SINK
def test_an_exception_leaves_nothing_behind(tmp_path: Path, records: list[Record], name: str) -> None:
    with pytest.raises(KeyboardInterrupt), sink_for(tmp_path / name) as sink:
        for record in records:
            sink.write(record)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    sink.abort()


@EVERY_SINK
def test_what_exists_is_kept_until_its_successor_is_complete(tmp_path: Path, records: list[Record], name: str) -> None:
    write(tmp_path / name, records[:3])
    before = contents(tmp_path)
    with pytest.raises(FileExistsError, match="exists"):
        sink_for(tmp_path / name)
    with pytest.raises(ZeroDivisionError), sink_for(tmp_path / name, overwrite=True) as sink:
        sink.write(records[4])
        raise ZeroDivisionError
    assert contents(tmp_path) == before
    write(tmp_path / name, records[4:], overwrite=True)
    write(tmp_path / f"other-{name}", records[4:])
    if not name.endswith(".duckdb"):
        assert contents(tmp_path / name) == contents(tmp_path / f"other-{name}")
    assert {path.name for path in tmp_path.iterdir()} == {name, f"other-{name}"}


def test_the_log_of_a_database_goes_with_it(tmp_path: Path, records: list[Record]) -> None:
    out = write(tmp_path / "trials.duckdb", records[:1])
    (tmp_path / "trials.duckdb.wal").write_bytes(b"changes that were never finished")
    assert database_rows(write(out, records, overwrite=True)) == expected_rows(records)
    assert [path.name for path in tmp_path.iterdir()] == ["trials.duckdb"]


def test_a_folder_replaces_a_file_and_a_file_a_folder(tmp_path: Path, records: list[Record]) -> None:
    (tmp_path / "trials.parquet").write_text("a file")
    (tmp_path / "trials").write_text("a file")
    (tmp_path / "trials.jsonl").mkdir()
    (tmp_path / "trials.jsonl" / "x").touch()
    for name in ("trials.parquet", "trials", "trials.jsonl"):
        write(tmp_path / name, records[:1], overwrite=True)
    assert {path.name: path.is_dir() for path in tmp_path.iterdir()} == {
        "trials.parquet": True,
        "trials": True,
        "trials.jsonl": False,
    }


@EVERY_SINK
def test_at_every_moment_there_is_the_old_output_or_the_new_one(
    tmp_path: Path, records: list[Record], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at before and after each call of the system that gives or takes a name."""
    out = write(tmp_path / name, records[:3])
    old = contents(out) if out.is_dir() else out.read_bytes()
    seen: list[Any] = []

    def look() -> None:
        seen.append((contents(out) if out.is_dir() else out.read_bytes()) if out.exists() else None)

    def looked_at(call: Any) -> Any:
        def instead(*arguments: Any, **options: Any) -> Any:
            look()
            result = call(*arguments, **options)
            look()
            return result

        return instead

    for call in ("rename", "replace", "unlink", "rmdir", "mkdir", "link"):
        monkeypatch.setattr(os, call, looked_at(getattr(os, call)))
    monkeypatch.setattr(base, "exchange", looked_at(base.exchange))
    write(out, records[4:], overwrite=True)
    monkeypatch.undo()
    new = contents(out) if out.is_dir() else out.read_bytes()
    assert seen[0] == old and seen[-1] == new
    changes = sum(before != after for before, after in pairwise(seen))
    assert all(moment in (old, new) for moment in seen) and changes == 1


@pytest.mark.parametrize("name", ["trials", "trials.parquet"])
def test_where_two_folders_cannot_change_places_the_old_one_goes_last(
    tmp_path: Path, records: list[Record], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "exchange", lambda one, other: False)
    out = write(tmp_path / name, records[:3])
    write(out, records[4:], overwrite=True)
    assert contents(out) == contents(write(tmp_path / f"other-{name}", records[4:]))
    assert {path.name for path in tmp_path.iterdir()} == {name, f"other-{name}"}


def test_an_exchange_says_what_no_rename_could_do(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileNotFoundError, match="No such file or directory"):
        if not exchange(tmp_path / "a", tmp_path / "b"):
            pytest.skip("this system cannot exchange names")


@dataclass
class Aside:
    """A folder that knows what left it."""

    folder: Path
    out: Path
    claimed: list[int] = field(default_factory=list)

    def claim(self, path: Path) -> None:
        assert path.parent == self.folder
        self.claimed.append(path.stat().st_ino)


@EVERY_SINK
@pytest.mark.parametrize("there", [False, True])
def test_a_draft_can_be_kept_elsewhere(tmp_path: Path, records: list[Record], name: str, there: bool) -> None:
    aside = Aside(tmp_path / "aside", tmp_path / "out" / name)
    aside.folder.mkdir()
    aside.out.parent.mkdir()
    if there and name == "trials":
        aside.out.mkdir()
    with sink_for(aside.out, staging=aside) as sink:
        sink.write(records[0])
        assert aside.out.exists() == (there and name == "trials")
        assert list(aside.folder.iterdir())
        assert not aside.claimed
    assert [path.name for path in aside.out.parent.iterdir()] == [name]
    assert list(aside.folder.iterdir()) == []
    assert aside.claimed == [aside.out.stat().st_ino], "it is known as what was claimed"


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """What a full disk does, without one: no file of this process grows over so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@EVERY_SINK
@pytest.mark.parametrize("size", [100, 10_000, 100_000])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, records: list[Record], name: str, size: int) -> None:
    large = Record.of(
        "a page", {"sourceSection": {"sha256": "5" * 64, "unparsed": [{"text": os.urandom(1 << 17).hex()}]}}
    )
    write(tmp_path / name, records[:2])
    before = contents(tmp_path)
    with pytest.raises(OSError) as raised, files_up_to(size):
        write(tmp_path / name, [*records, large], overwrite=True)
    assert raised.value.errno in (errno.EFBIG, errno.EIO)
    assert contents(tmp_path) == before


# --- Names of outputs ---


@pytest.mark.parametrize(
    "name, sink",
    [
        ("-", "StreamSink"),
        ("a/b.jsonl", "JsonLinesSink"),
        ("b.JSONL.GZ", "JsonLinesSink"),
        ("b.parquet", "ParquetSink"),
        ("b.duckdb", "DuckDbSink"),
        ("trials", "FolderSink"),
        ("crawl.2024/trials", "FolderSink"),
        (".", "FolderSink"),
    ],
)
def test_the_name_determines_the_form(name: str, sink: str) -> None:
    assert format_of(name).sink == sink


@pytest.mark.parametrize("name", ["trials.csv", "trials.json", "trials.parquet.gz", "trials.gz"])
def test_a_form_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"outputs end in \.jsonl, "):
        format_of(name)
    with pytest.raises(ValueError, match="needs a name"):
        format_of("")


def test_a_folder_with_a_dot_in_its_name_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / "trials.v2").mkdir()
    assert format_of(tmp_path / "trials.v2").sink == "FolderSink"


@pytest.mark.parametrize(
    "name, library, extra", [("a.parquet", "pyarrow", "parquet"), ("a.duckdb", "duckdb", "duckdb")]
)
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        MissingDependencyError, match=rf"needs {library}: pip install 'registry-text-parser\[{extra}\]'"
    ):
        sink_for(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_libraries_are_imported_when_they_are_needed() -> None:
    code = "import sys, parser.ingest, parser.ingest.sinks; print({'pyarrow', 'duckdb'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_a_sink_of_ones_own(records: list[Record]) -> None:
    class ListSink(Sink):
        def __init__(self) -> None:
            self.ids: list[str] = []
            self.state = "open"

        def write(self, record: Record) -> None:
            self.ids.append(record.document()["protocolSection"]["identificationModule"]["nctId"])

        def close(self) -> None:
            self.state = "closed"

        def abort(self) -> None:
            self.state = "aborted"

    with ListSink() as sink:
        for record in records:
            sink.write(record)
    assert (len(sink.ids), sink.state) == (len(records), "closed")
    with pytest.raises(ValueError), ListSink() as sink:
        raise ValueError
    assert sink.state == "aborted"
