"""The five tasks that newcomers bring, each done on a copy of the package: a row of a table, or a file and a row.

A row of a table of modules is an import and the row itself; both are in the file of the table.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT


class Task(NamedTuple):
    """What is added: files, and lines after a line of files that are there. `check` is run with the copy."""

    files: dict[str, str]
    rows: dict[str, list[tuple[str, str]]]
    check: str


UNIT = Task(
    {},
    {"parser/quantities/units.tsv": [("wk\ttime\t604800 s", "fn\ttime\t1209600 s\tmeasured\t\t\t\t\t\tfortnight*\n")]},
    """
from parser import read_quantities
(one,) = read_quantities("at least 3 fortnights")
assert (one.low, one.unit, one.ucum) == (3, "fortnights", "fn"), one
""",
)

WORD = Task(
    {},
    {"parser/forms/pages/words.py": [('        "Brief Title|Title|Public Title', '        "What We Call It|"\n')]},
    """
from parser import parse
page = "NCT ID: NCT01234567\\nWhat We Call It: Walks\\nOverall Status: Completed\\nEnrollment: 12\\nSex: All\\n"
assert parse(page).protocol_section.identification_module.brief_title == "Walks"
""",
)

REGISTRY = Task(
    {
        "parser/registries/toyland.py": '''"""Toyland Trial Register.

TOY-000001
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

_LABELS = """\\
registry_id: Toy number
brief_title: Name of the toy
first_posted: Day of entry
overall_status: How it goes
sex: Who may play
-: Colour"""

REGISTRY = Registry(
    name="Toyland Trial Register",
    id_pattern=id_pattern(r"TOY-\\d{6}"),
    dates="DMY",
    page=RegistryPage("toyland-page", "Toyland's register.", _LABELS, "Toy number|Name of the toy"),
)
''',
    },
    {
        "parser/registries/__init__.py": [
            ("    tctr,\n", "    toyland,\n"),
            ("    tctr.REGISTRY,\n", "    toyland.REGISTRY,\n"),
        ]
    },
    """
from parser import parse
page = "\\n".join([
    "Toy number: TOY-000123", "Name of the toy: Does a bear help to sleep?", "Day of entry: 03/02/2020",
    "How it goes: Completed", "Who may play: All", "Colour: brown",
])
document = parse(page)
section = document.source_section
assert (section.form, section.registry) == ("toyland-page", "Toyland Trial Register"), section
assert (section.registry_id, document.nct_id) == ("TOY-000123", None)
status = document.protocol_section.status_module
assert (status.overall_status, status.study_first_post_date_struct.date) == ("COMPLETED", "2020-02-03")
assert parse(page, form="toyland-page") == document
export = "<Trials><Trial><TrialID>TOY-000123</TrialID></Trial></Trials>"
assert parse(export).source_section.registry == "Toyland Trial Register"
""",
)

INPUT = Task(
    {
        "parser/forms/toy.py": '''"""Toys: `status: Done`, with a line of dashes between records."""

from __future__ import annotations

from collections.abc import Iterator

from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import ExportFields, FieldLocation
from parser.forms.streams import Stream, utf8_chunks
from parser.source import read_source

NAME = "toy"
_POINTER = "/protocolSection/statusModule/overallStatus"


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    records = b"".join(utf8_chunks(stream)).removeprefix(b"TOY\\n").split(b"---\\n")
    yield from (Payload(NAME, number, record) for number, record in enumerate(records, 1))


def _read(payload: Payload) -> Export:
    source = read_source(payload.content)
    fields = ExportFields()
    place = FieldLocation(lambda: "status", _POINTER)
    status = fields.code("overall_status", source.text.partition(": ")[2].strip(), place)
    sections = {"protocolSection": {"statusModule": {"overallStatus": status}}}
    return Export(source, sections, None, None, problems=fields.problems, unparsed=fields.unparsed)


FORM = ExportForm(NAME, "Toys.", lambda head: head.startswith(b"TOY\\n"), _split, _read)
''',
    },
    {
        "parser/forms/__init__.py": [
            ("from parser.forms import api_v2_json", "from parser.forms import toy\n"),
            ("    ctis.FORM,\n", "    toy.FORM,\n"),
        ]
    },
    """
from parser import parse_records
from parser.ingest import convert
first, second = parse_records(b"TOY\\nstatus: Completed\\n---\\nstatus: Exploded\\n")
assert first.protocol_section.status_module.overall_status == "COMPLETED"
assert [one.text for one in second.source_section.unparsed] == ["Exploded"]
open("toys", "w").write("TOY\\nstatus: Completed\\n---\\nstatus: Exploded\\n")
assert convert("toys", "out.jsonl", form="toy").records == 2
""",
)

OUTPUT = Task(
    {
        "parser/ingest/sinks/titles.py": '''"""Titles: a line for each record."""

from __future__ import annotations

from pathlib import Path

from parser.ingest.sinks.base import DraftSink, Record, Staging


class TitlesSink(DraftSink):
    """The brief title of each record, one a line."""

    def __init__(self, out: Path, *, overwrite: bool = False, staging: Staging | None = None) -> None:
        super().__init__(out, overwrite=overwrite, staging=staging)
        self._file = open(self._draft.path, "x", encoding="utf-8")  # noqa: SIM115

    def write(self, record: Record) -> None:
        section = record.document()["protocolSection"]
        self._file.write(section["identificationModule"]["briefTitle"] + "\\\\n")

    def _finish(self) -> None:
        self._file.close()

    def _release(self) -> None:
        self._file.close()
'''.replace("\\\\n", "\\n"),
    },
    {
        "parser/ingest/sinks/__init__.py": [
            ("FORMATS = (\n", '    Format(".titles", "titles", "TitlesSink", (), "", "a line for each title"),\n')
        ]
    },
    """
from parser.ingest import convert
study = '{"protocolSection": {"identificationModule": {"nctId": "NCT0000000%d", "briefTitle": "Study %d"}}}'
open("studies.jsonl", "w").write("\\n".join(study % (one, one) for one in (1, 2)))
assert convert("studies.jsonl", "all.titles").records == 2
assert open("all.titles").read() == "Study 1\\nStudy 2\\n"
""",
)


@pytest.mark.parametrize(
    ("task", "files", "tables"),
    [(UNIT, 0, 1), (WORD, 0, 1), (REGISTRY, 1, 1), (INPUT, 1, 1), (OUTPUT, 1, 1)],
    ids=["a unit", "a word", "a registry", "a form of input", "a form of output"],
)
def test_a_task_touches_no_more_than_a_file_and_a_table(task: Task, files: int, tables: int, tmp_path: Path) -> None:
    assert (len(task.files), len(task.rows)) == (files, tables)
    for folder in ("parser", "grammars"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in task.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, rows in task.rows.items():
        table = tmp_path / name
        text = table.read_text(encoding="utf-8")
        for anchor, row in rows:
            assert anchor in text
            before, after = text.split(anchor, 1)
            rest = "" if anchor.endswith("\n") else after.split("\n", 1)[0] + "\n"
            text = before + anchor + rest + row + after[len(rest) :]
        table.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", task.check],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
