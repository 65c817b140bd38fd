"""Exports on their way through `convert`: next to pages, packed, in archives, from stdin, and texts in columns."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parser.forms.export import Payload
from parser.ingest import Dump, Limits, Refusal, convert, read
from parser.tables.rows import rows_of
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "exports"
PAGE = (ROOT / "samples" / "NCT03562065.txt").read_text(encoding="utf-8")


def study(number: int, updated: str = "2020-01-01") -> str:
    identification = {"nctId": f"NCT{number:08}", "briefTitle": f"Study {number}"}
    status = {"lastUpdatePostDateStruct": {"date": updated}}
    return json.dumps({"protocolSection": {"identificationModule": identification, "statusModule": status}})


def found(*paths: str, **options: Any) -> list[tuple[str, str]]:
    """What `read` finds: names, with the form of an export, `page`, or the code of a refusal."""
    kinds = []
    for item in read(paths, **options):
        if isinstance(item, Refusal):
            kinds.append((item.name, item.code))
        else:
            kinds.append((item.name, item.content.form if isinstance(item.content, Payload) else "page"))
    return kinds


def converted(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(out).read_text(encoding="utf-8").splitlines()]


def test_exports_are_known_by_their_content_wherever_they_are(here: Path) -> None:
    two = f"[{study(1)},{study(2)}]"
    Path("in").mkdir()
    Path("in/a.txt").write_text(two)
    Path("in/b.json.gz").write_bytes(gzip.compress(two.encode()))
    Path("in/c.xml").write_bytes((SAMPLES / "ctgov-xml" / "studies.xml").read_bytes())
    Path("in/d.json").write_text('{"a": 1}')
    Path("in/e").write_text(PAGE, encoding="utf-8")
    Path("in/f.json").write_text(study(3))
    with zipfile.ZipFile("in/g.zip", "w") as archive:
        archive.writestr("x.json", study(4))
        archive.writestr("y.csv", "NCT Number,Study Title\nNCT00000005,A\nNCT00000006,B\n")
    with tarfile.open("in/h.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("z.jsonl")
        data = f"{study(7)}\n{study(8)}\n".encode()
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    assert found("in") == [
        ("in/a.txt#1", "api-v2-json"),
        ("in/a.txt#2", "api-v2-json"),
        ("in/b.json.gz#1", "api-v2-json"),
        ("in/b.json.gz#2", "api-v2-json"),
        ("in/c.xml#1", "ctgov-xml"),
        ("in/c.xml#2", "ctgov-xml"),
        ("in/d.json", "skipped"),
        ("in/e", "page"),
        ("in/f.json", "api-v2-json"),
        ("in/g.zip!x.json", "api-v2-json"),
        ("in/g.zip!y.csv#1", "ctgov-csv"),
        ("in/g.zip!y.csv#2", "ctgov-csv"),
        ("in/h.tar.gz!z.jsonl#1", "api-v2-json"),
        ("in/h.tar.gz!z.jsonl#2", "api-v2-json"),
    ]


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.processes)])
def test_pages_and_exports_become_one_data_set(here: Path, jobs: int) -> None:
    Path("in").mkdir()
    Path("in/studies.json").write_text(f"[{study(1)},{study(2, '2019-05-01')},{study(2, '2021-05-01')}]")
    Path("in/page.txt").write_text(PAGE, encoding="utf-8")
    Path("in/old.tsv").write_bytes((SAMPLES / "ctgov-csv" / "old.tsv").read_bytes())
    report = convert("in", "out.jsonl", jobs=jobs)
    assert (report.records, report.duplicates, report.refused, report.skipped) == (5, 1, {}, 0)
    sections = [document["sourceSection"] for document in converted("out.jsonl")]
    assert [(section["name"], section["form"]) for section in sections] == [
        ("in/old.tsv#1", "ctgov-csv"),
        ("in/old.tsv#2", "ctgov-csv"),
        ("in/page.txt", "labelled-page"),
        ("in/studies.json#1", "api-v2-json"),
        ("in/studies.json#3", "api-v2-json"),
    ]
    assert convert("in", "all.jsonl", keep="all").records == 6


def test_a_record_that_is_refused_does_not_stop_the_rest(here: Path) -> None:
    Path("a.json").write_text(f'[{study(1)}, {{"protocolSection": 1}}, {study(2)}, {{"protocolSection": {{"a": "')
    report = convert("a.json", "out.jsonl")
    assert (report.records, report.refused) == (2, {"not-a-record": 3})
    rejects = [json.loads(line) for line in Path("out.jsonl.rejects.jsonl").read_text().splitlines()]
    assert [reject["name"] for reject in rejects] == ["a.json#2", "a.json#4", "a.json#5"]


def test_the_limit_is_for_each_record(here: Path) -> None:
    Path("a.json").write_text(f"[{','.join(map(study, range(1, 50)))}]")
    assert {kind for _, kind in found("a.json", limits=Limits(page=300))} == {"api-v2-json"}
    assert {kind for _, kind in found("a.json", limits=Limits(page=100))} == {"too-large"}


def test_stdin_is_known_by_its_content_or_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stdin(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    stdin(f"{study(1)}\n{study(2)}\n")
    assert found("-") == [("<stdin>#1", "api-v2-json"), ("<stdin>#2", "api-v2-json")]
    stdin('{"a": 1}')
    assert found("-", form="api-v2-json") == [("<stdin>", "api-v2-json")]


def test_a_form_that_is_named_is_tried_and_refused_where_it_does_not_fit(here: Path) -> None:
    Path("a.csv").write_text("x,y\n1,2\n")
    report = convert("a.csv", "out.jsonl", form="ctgov-csv")
    assert (report.records, report.refused) == (0, {"not-a-record": 1})


def test_texts_are_read_from_a_column(here: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = {"url": ["u1", "u2", "u3"], "text": [PAGE, None, study(1)], "other": [1, 2, 3]}
    pq.write_table(pa.table(table), "crawl.parquet")
    quoted = PAGE.replace('"', '""')
    Path("crawl.csv").write_text(f'url,text\nu4,"{quoted}"\nu5,\nu6,a,b\n', encoding="utf-8")
    Path("nested.parquet").write_bytes(b"PAR1 but damaged")
    names = [("u1", "page"), ("crawl.parquet:2", "bad-json"), ("u3", "page"), ("u4", "page")]
    expected = [*names, ("u5", "page"), ("crawl.csv:3", "not-a-record"), ("nested.parquet", "damaged-archive")]
    assert found("crawl.parquet", "crawl.csv", "nested.parquet", text_field="text", id_field="url") == expected
    report = convert(["crawl.parquet", "crawl.csv"], "out.jsonl", text_field="text", id_field="url", keep="all")
    assert [one["sourceSection"]["form"] for one in converted("out.jsonl")] == [
        "labelled-page",
        "api-v2-json",
        "labelled-page",
    ]
    assert report.refused == {"not-a-record": 2, "bad-json": 1}


def test_a_column_that_is_not_there_is_refused_once(here: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1, 2]}), "crawl.parquet")
    (refusal,) = read("crawl.parquet", text_field="text")
    assert isinstance(refusal, Refusal)
    assert refusal.message.endswith(": a")


def test_a_run_goes_on_where_it_was_stopped(here: Path) -> None:
    Path("a.json").write_text(f"[{','.join(map(study, range(1, 9)))}]")

    class Stop(Exception):
        """The disk is full, or somebody pressed Ctrl-C."""

    def stop(step: str) -> None:
        if step == "write":
            raise Stop

    with pytest.raises(Stop):
        convert("a.json", "out.jsonl", progress=stop)
    report = convert("a.json", "out.jsonl", resume=True)
    assert (report.records, report.resumed) == (8, 8)


def test_tables_take_records_without_offsets() -> None:
    (dump, *_) = read(str(SAMPLES / "api-v2-json" / "studies.jsonl"))
    assert isinstance(dump, Dump) and isinstance(dump.content, Payload)
    from parser.pipeline import read_payload

    rows = rows_of(read_payload(dump.content).to_dict())
    (one,) = rows["studies"]
    assert (one["form"], one["registry"], one["registry_id"]) == ("api-v2-json", "ClinicalTrials.gov", "NCT00000101")
    assert [(row["path"], row["start_offset"], row["line_number"]) for row in rows["problems"]] == [
        ("/protocolSection/designModule/phases/1", None, None),
        ("/protocolSection/contactsLocationsModule/centralContacts/1/phone", 0, None),
    ]
    assert {row["path"] for row in rows["quantities"] if row["role"] == "dose"} == {
        "/protocolSection/armsInterventionsModule/armGroups/0/description",
        "/protocolSection/armsInterventionsModule/interventions/0/description",
    }
