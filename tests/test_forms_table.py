"""The table of forms: names, what the README says of them, and one more form, which is a file and a row."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from parser import forms as table
from parser import parse_records
from parser.cli import main
from parser.forms import EXPORTS, export_form, recognise
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import ExportFields, FieldLocation
from parser.forms.streams import Peeked, Stream, utf8_chunks
from parser.source import read_source
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "exports"


def test_a_name_is_of_one_form() -> None:
    assert len({form.name for form in EXPORTS}) == len(EXPORTS)


def test_each_form_has_samples_which_no_other_form_takes() -> None:
    for form in EXPORTS:
        samples = [path for path in (SAMPLES / form.name).iterdir() if path.suffix != ".golden"]
        assert samples
        for sample in samples:
            assert [other.name for other in EXPORTS if other.matches(sample.read_bytes())] == [form.name]


def test_the_readme_and_the_command_list_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "parser" / "forms" / "README.md").read_text(encoding="utf-8")
    assert main(["forms"]) == 0
    listed = capsys.readouterr().out
    for form in EXPORTS:
        assert f"| `{form.name}` | {form.meaning} |" in readme
        assert form.name in listed and form.meaning in listed


@pytest.mark.parametrize(
    "page", ["A Title\n\nNCT ID: NCT00000001\n", "[Title in brackets]\n", "", "Title, of, commas\n"]
)
def test_a_page_is_no_export(page: str) -> None:
    assert export_form(page.encode()) is None


def test_no_more_is_read_than_it_takes_to_know_the_form() -> None:
    class Live:
        """Somebody is still writing: what is read too far would wait for more."""

        def __init__(self, *lines: bytes) -> None:
            self.lines = list(lines)

        def read(self, size: int, /) -> bytes:
            return self.lines.pop(0)

    assert recognise(Peeked(Live(b'{"protocolSection": {}}\n'))) is table.form_named("api-v2-json")
    assert recognise(Peeked(Live(b'{"text": "A page"}\n'))) is None
    assert recognise(Peeked(Live(b"A page\n"))) is None


# --- One more form: records between lines of dashes, `status: Done` ---


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    records = b"".join(utf8_chunks(stream)).removeprefix(b"TOY\n").split(b"---\n")
    yield from (Payload("toy", number, record) for number, record in enumerate(records, 1))


def _read(payload: Payload) -> Export:
    source = read_source(payload.content)
    fields = ExportFields()
    values = dict(line.split(": ", 1) for line in source.text.splitlines())
    pointer = "/protocolSection/statusModule/overallStatus"
    status = fields.code("overall_status", values["status"], FieldLocation(lambda: "status", pointer))
    sections = {"protocolSection": {"statusModule": {"overallStatus": status}}}
    return Export(source, sections, None, None, problems=fields.problems, unparsed=fields.unparsed)


TOY = ExportForm("toy", "A toy.", lambda head: head.startswith(b"TOY\n"), _split, _read)


def test_one_more_form_is_a_file_and_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "EXPORTS", (*EXPORTS, TOY))
    first, second = parse_records(io.BytesIO(b"TOY\nstatus: Completed\n---\nstatus: Exploded\n"))
    assert first.to_dict()["protocolSection"] == {"statusModule": {"overallStatus": "COMPLETED"}}
    assert (first.source_section.form, first.source_section.registry) == ("toy", None)
    assert [(one.path, one.text) for one in second.source_section.unparsed] == [("status", "Exploded")]
    assert [problem.path for problem in second.problems] == ["/protocolSection/statusModule/overallStatus"]
