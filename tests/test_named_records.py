"""One record by the name that a data set has for it, for every command: packed, in an archive, one of many."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parser import parse, render
from parser.cli import main
from parser.forms import EXPORTS
from parser.ingest import Dump, Limits, Refusal, read
from parser.ingest.named import outer_file, read_named
from tests.conftest import ROOT
from tests.pages import page, section

Captured = pytest.CaptureFixture[str]

EXAMPLES = ROOT / "samples" / "exports"
PAGE = page(section("Brief Summary", "What it is about."), section("Eligibility Criteria", "* Age \\> 18 years"))
STUDIES = [
    {"protocolSection": {"identificationModule": {"nctId": f"NCT0000000{number}", "briefTitle": "A Trial"}}}
    for number in range(3)
]
OTHER = PAGE.replace("A Trial", "Another Trial")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages and exports in every shape that a data set may have been made from."""
    monkeypatch.chdir(tmp_path)
    studies = "".join(json.dumps(study) + "\n" for study in STUDIES).encode()
    Path("page.txt").write_text(PAGE)
    Path("page.txt.gz").write_bytes(gzip.compress(PAGE.encode()))
    Path("studies.jsonl").write_bytes(studies)
    Path("studies.jsonl.gz").write_bytes(gzip.compress(studies))
    Path("trials.xml").write_bytes((EXAMPLES / "ctgov-xml" / "studies.xml").read_bytes())
    Path("texts.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in (PAGE, OTHER)))
    with zipfile.ZipFile("dumps.zip", "w") as archive:
        archive.writestr("a/page.txt", PAGE)
        archive.writestr("a/page", OTHER)
        archive.writestr("odd#1!x:2.txt", OTHER)
        archive.writestr("packed.txt.gz", gzip.compress(OTHER.encode()))
        archive.writestr("studies.jsonl", studies)
    with tarfile.open("dumps.tar.gz", "w:gz") as tar:
        for name, text in ("page.txt", PAGE), ("other.txt", OTHER):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return tmp_path


def names(path: str) -> list[str]:
    return [item.name for item in read(path) if isinstance(item, Dump)]


@pytest.mark.parametrize(
    "path",
    ["page.txt.gz", "studies.jsonl", "studies.jsonl.gz", "trials.xml", "texts.jsonl", "dumps.zip", "dumps.tar.gz"],
)
def test_every_name_that_reading_gives_leads_back_to_its_record(folder: Path, path: str) -> None:
    records = {item.name: item for item in read(path)}
    assert all(isinstance(item, Dump) for item in records.values())
    assert len(records) == len(names(path)) > 0
    for name, item in records.items():
        found = read_named(name)
        assert isinstance(found, Dump)
        assert found == item


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page.txt.gz", PAGE),
        ("dumps.zip!a/page.txt", PAGE),
        ("dumps.zip!a/page", OTHER),
        ("dumps.zip!odd#1!x:2.txt", OTHER),
        ("dumps.zip!packed.txt.gz", OTHER),
        ("dumps.tar.gz!other.txt", OTHER),
        ("texts.jsonl:2", OTHER),
    ],
)
def test_commands_take_the_name_of_a_record(folder: Path, capsys: Captured, name: str, expected: str) -> None:
    assert main(["parse", "--problems=none", name]) == 0
    assert json.loads(capsys.readouterr().out) == parse(expected).to_dict()
    assert main(["text", name]) == 0
    assert capsys.readouterr().out == expected
    assert main(["show", name]) == 0
    assert "Trial" in capsys.readouterr().out.splitlines()[0]
    assert main(["explain", name, "/protocolSection/identificationModule/nctId"]) == 0
    assert capsys.readouterr().out.startswith(f"{name}:3:9: /protocolSection/identificationModule/nctId = ")
    assert main(["coverage", "--json", name]) == 0
    assert json.loads(capsys.readouterr().out)["length"] == len(expected)


@pytest.mark.parametrize("file", ["studies.jsonl", "studies.jsonl.gz", "dumps.zip!studies.jsonl"])
def test_one_of_many_records_is_named_by_its_number(folder: Path, capsys: Captured, file: str) -> None:
    assert main(["parse", "--problems=none", f"{file}#2"]) == 0
    assert json.loads(capsys.readouterr().out)["protocolSection"] == STUDIES[1]["protocolSection"]
    assert main(["parse", file]) == 1
    told = capsys.readouterr().err
    assert f"{file}: error: the input holds 3 records, where one is expected" in told
    assert f"name one ({file}#1)" in told


def test_a_document_in_an_archive_is_rendered(folder: Path, capsys: Captured) -> None:
    Path("document.json.gz").write_bytes(gzip.compress(parse(PAGE).to_json().encode()))
    assert main(["render", "document.json.gz"]) == 0
    assert capsys.readouterr().out == render(parse(PAGE))
    assert main(["render", "trials.xml#1"]) == 0
    assert capsys.readouterr().out.startswith("Drug B & Placebo in Asthma\n\nNCT ID: NCT00000201\n")


def test_a_file_of_that_very_name_comes_before_what_is_in_another(folder: Path) -> None:
    Path("studies.jsonl#2").write_text(PAGE)
    assert outer_file("studies.jsonl#2") == "studies.jsonl#2"
    assert outer_file("studies.jsonl#3") == "studies.jsonl"
    assert outer_file("dumps.zip!odd#1!x:2.txt") == "dumps.zip"
    assert outer_file("nothing!at#all") is None


# --- Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.zip!bomb.txt", "bomb.zip!bomb.txt.gz"])
def test_what_swells_is_refused(folder: Path, capsys: Captured, name: str) -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    Path("bomb.txt.gz").write_bytes(bomb)
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b" " * 30_000_000)
        archive.writestr("bomb.txt.gz", bomb)
    found = read_named(name, limits=Limits(page=1_000_000))
    assert isinstance(found, Refusal)
    assert found.code == "too-large"
    assert main(["parse", name]) == 1
    assert "more than the limit of 16,777,216 bytes" in capsys.readouterr().err


def test_no_other_member_is_unpacked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    found = zipfile.ZipExtFile.read

    def noting(self: Any, size: int = -1) -> bytes:
        taken.append(self.name)
        return found(self, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", noting)
    assert isinstance(read_named("dumps.zip!packed.txt.gz"), Dump)
    assert set(taken) == {"packed.txt.gz"}


# --- Forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["parse", "show", "explain"])
def test_the_form_can_be_said(folder: Path, capsys: Captured, command: str) -> None:
    assert main([command, "--form", "ctgov-xml", "trials.xml#1"]) == 0
    assert capsys.readouterr().out
    assert main([command, "--form", "ctgov-xml", "trials.xml"]) == 1
    assert "the input holds 2 records" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([command, "--form", "no-form", "page.txt"])
    assert ended.value.code == 2


def test_the_forms_are_listed_with_what_they_are_and_how_many_records_a_file_has(capsys: Captured) -> None:
    assert main(["forms"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "form"
    assert head.endswith("records in a file")
    counts = {row.split()[0]: row.rsplit("  ", 1)[1] for row in rows}
    assert counts["labelled-page"] == "1"
    assert all(counts[form.name] == "1 or more" for form in EXPORTS)


# --- Values of an export ----------------------------------------------------------------------------------------------


def test_a_place_of_an_export_is_in_the_value_that_it_counts_in(tmp_path: Path, capsys: Captured) -> None:
    criteria = "Inclusion Criteria:\n\n* Age > 18 years\n* Weight > 50 kg"
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A Trial"},
            "eligibilityModule": {"eligibilityCriteria": criteria, "minimumAge": "18 Years"},
        }
    }
    file = tmp_path / "study.json"
    file.write_text(json.dumps(study))
    field = "/protocolSection/eligibilityModule/eligibilityCriteria"
    low = "/normalizedSection/eligibilityModule/criteria/1/quantities/0/low"
    assert main(["explain", str(file), low]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{file}:{field}:4:10: {low} = 50",
        "4 | * Weight > 50 kg",
        "  |          ^^^^^^^",
    ]
    age = "/normalizedSection/eligibilityModule/minimumAge/low"
    assert main(["explain", str(file), age]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"{file}:/protocolSection/eligibilityModule/minimumAge:1:1: {age} = 18",
        "1 | 18 Years",
    ]
    title = "/protocolSection/identificationModule/briefTitle"
    assert main(["explain", str(file), title]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f'{file}: {title} = "A Trial"',
        "(an export's value is located by its pointer)",
    ]


def test_without_a_pointer_all_values_are_listed_with_their_places(folder: Path, capsys: Captured) -> None:
    assert main(["explain", "page.txt"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 'page.txt:3:9: /protocolSection/identificationModule/nctId = "NCT00000001"' in lines
    assert 'page.txt: /schemaVersion = "2.0"' in lines
    assert any(
        line.endswith('/normalizedSection/eligibilityModule/criteria/0/quantities/0/ucum = "a"') for line in lines
    )
