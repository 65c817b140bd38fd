"""API v2 JSON in all its shapes: sections as they came, one record at a time, and what is broken refused alone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parser import Document, ManyRecordsError, NotARecordError, ParserError, merge, parse, parse_file, parse_records
from parser.forms.json_objects import JsonObjects
from parser.forms.streams import CHUNK
from tests.conftest import needs_records
from tests.evaluation.records import load_records
from tests.linear import assert_linear

STUDY: dict[str, Any] = {
    "hasResults": False,
    "protocolSection": {
        "identificationModule": {"zeta": [1, {"new": None}], "nctId": "NCT00000001", "briefTitle": 'Größe "≥ 5" }{'},
        "designModule": {"phases": ["PHASE1", "PHASE9"]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Age ≥ 18 years"},
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2024-01-01"}},
    "laterSection": {"a": {}},
}
TEXT = json.dumps(STUDY, ensure_ascii=False)

SHAPES: dict[str, Callable[[str], str]] = {
    "array": lambda one: f"[{one},{one},{one}]",
    "indented array": lambda one: json.dumps([json.loads(one)] * 3, indent=2),
    "lines": lambda one: f"{one}\n\n{one}\r\n{one}",
    "concatenated": lambda one: json.dumps(json.loads(one), indent=1) * 3,
    "answer of the API": lambda one: f'{{"totalCount": 3, "studies": [{one}, {one}, {one}], "nextPageToken": "a[{{"}}',
    "several answers": lambda one: f'{{"studies":[{one}]}}\n{{"nextPageToken":"x","studies":[{one},{one}]}}\n',
}
NO_WRAPPER = re.compile(rb"(?!)")
EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


def read(data: str | bytes, **options: Any) -> tuple[list[Document], list[str]]:
    """The records of an input, and the names of what was refused."""
    refused: list[str] = []

    def refuse(name: str, error: ParserError) -> None:
        refused.append(f"{name} {type(error).__name__}")

    return list(parse_records(data, on_error=refuse, **options)), refused


def sections(document: Document) -> dict[str, Any]:
    own = ("schemaVersion", "normalizedSection", "sourceSection")
    return {key: value for key, value in document.to_dict().items() if key not in own}


@EVERY_SHAPE
def test_sections_come_out_as_they_went_in(shape: Callable[[str], str]) -> None:
    documents, refused = read(shape(TEXT))
    assert refused == []
    assert [json.dumps(sections(document)) for document in documents] == [json.dumps(STUDY)] * 3


@EVERY_SHAPE
def test_records_are_found_wherever_reads_end(shape: Callable[[str], str]) -> None:
    data = shape(TEXT).encode()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(7)

    found = [document.nct_id for document in parse_records(Slow(data))]
    assert found == ["NCT00000001"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = f"[{TEXT.replace('≥', '>')}, {TEXT.replace('≥', '>')}]"
    documents, refused = read(text.encode(encoding))
    assert (len(documents), refused) == (2, [])
    title = documents[0].protocol_section.identification_module.brief_title
    assert title == 'Größe "> 5" }{'
    codes = {problem.code for problem in documents[0].problems}
    assert ("encoding-guessed" in codes) == (encoding == "cp1252")


def test_the_typed_view_is_lenient() -> None:
    study = {
        "protocolSection": {
            "designModule": {"phases": ["PHASE9", "PHASE1"], "enrollmentInfo": {"count": "ten"}},
            "statusModule": [1],
        }
    }
    document = parse(study)
    design = document.protocol_section.design_module
    assert design.phases == ("PHASE1",)
    assert design.enrollment_info is None or design.enrollment_info.count is None
    assert {(problem.code, problem.severity, problem.path) for problem in document.problems} == {
        ("unknown-value", "info", "/protocolSection/designModule/phases/0"),
        ("not-understood", "info", "/protocolSection/designModule/enrollmentInfo/count"),
        ("not-understood", "info", "/protocolSection/statusModule"),
    }
    assert document.source_section.unparsed == ()
    assert sections(document) == study
    assert Document.from_dict(document.to_dict()) == document


def test_what_is_handed_in_is_copied() -> None:
    study = json.loads(TEXT)
    document = parse(study)
    study["protocolSection"].clear()
    assert sections(document) == STUDY


def test_documents_differ_where_only_unknown_keys_do() -> None:
    assert parse(STUDY) == parse(STUDY)
    assert parse(STUDY) != parse({**STUDY, "laterSection": 1})


def test_one_record_is_expected_by_parse(tmp_path: Path) -> None:
    with pytest.raises(ManyRecordsError, match="3 records"):
        parse(SHAPES["array"](TEXT))
    file = tmp_path / "study.json"
    file.write_text(f"[{TEXT}]", encoding="utf-8")
    document = parse_file(file)
    assert (document.source_section.name, document.nct_id) == (str(file), "NCT00000001")
    with pytest.raises(NotARecordError, match="parse_file"):
        parse(str(file))
    assert [one.source_section.name for one in parse_records(file)] == [str(file)]


@pytest.mark.parametrize("data", [3, None, ["x"], object()])
def test_other_types_are_a_mistake(data: Any) -> None:
    with pytest.raises(TypeError, match="text"):
        parse(data)
    with pytest.raises(TypeError, match="text"):
        parse_records(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"a": 1}', "without protocolSection"),
        ('{"protocolSection": 3}', "without protocolSection"),
        (parse(STUDY).to_json(), "Document.from_dict"),
        ("[" * 100_000, "JSON"),
        ('{"protocolSection": ' + '{"a":' * 200 + "1" + "}" * 201, "nested"),
        ('{"protocolSection": {"a": ' + "[" * 100_000 + "]" * 100_000 + "}}", "recursion"),
        ('{"protocolSection": {"a": 1e999}}', "out of range"),
        ('{"protocolSection": {"a": }}', "not JSON"),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_study_is_refused_by_what_it_is(data: str, message: str) -> None:
    with pytest.raises(ParserError, match=message):
        parse(data)


@pytest.mark.parametrize(
    ("data", "nct_ids", "refused"),
    [
        (f"[{TEXT},{TEXT[:-9]}", 1, ["#2 NotARecordError", "#3 NotARecordError"]),
        (f"[{TEXT},{TEXT}", 2, ["#3 NotARecordError"]),
        (f"{TEXT}\n{TEXT[:40]}\n{TEXT}", 2, ["#2 NotARecordError"]),
        (f"{TEXT}\n{TEXT[:20]}\n{TEXT}", 2, ["#2 NotARecordError"]),
        (f'[{TEXT}, 5, {TEXT}, {{"a": 1}}]', 2, ["#2 NotARecordError", "#4 NotARecordError"]),
        (f'[{TEXT}, {{"protocolSection": {{"a": "{"x" * 5000}"}}}}, {TEXT}]', 2, ["#2 TooLargeError"]),
    ],
    ids=["cut record", "cut array", "cut line", "cut line outside a string", "no objects", "too large"],
)
def test_what_is_broken_is_refused_and_the_rest_is_read(data: str, nct_ids: int, refused: list[str]) -> None:
    documents, names = read(data, max_size=2000)
    assert ([document.nct_id for document in documents], names) == (["NCT00000001"] * nct_ids, refused)


def test_a_refusal_is_a_warning_unless_somebody_takes_it() -> None:
    with pytest.warns(UserWarning, match="#2: a JSON object without protocolSection"):
        assert len(list(parse_records(f'[{TEXT}, {{"a": 1}}]'))) == 1


def test_half_a_character_is_read_as_the_replacement_character() -> None:
    escaped = r'{"protocolSection": {"identificationModule": {"briefTitle": "a\ud800b \\ud800 \ud83d\ude00"}}}'
    document = parse(escaped)
    assert document.protocol_section.identification_module.brief_title == "a\ufffdb \\ud800 \U0001f600"
    assert [problem.code for problem in document.problems] == ["lone-surrogate"]


def test_merged_documents_keep_what_the_model_lacks() -> None:
    other = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "acronym": "A", "eta": 2}}}
    merged = merge(parse(STUDY), parse(other))
    identification = merged.to_dict()["protocolSection"]["identificationModule"]
    assert identification == {**STUDY["protocolSection"]["identificationModule"], "acronym": "A", "eta": 2}
    assert Document.from_dict(merged.to_dict()) == merged


@pytest.mark.linear
def test_finding_records_takes_linear_time() -> None:
    def split(size: int) -> None:
        data = b'[{"a":"' + b'\\"' * size + b'"},' + b'{"a":{}},' * size + b"1]"
        assert len(list(JsonObjects(io.BytesIO(data), len(data), NO_WRAPPER))) > size

    assert_linear(split, CHUNK)


@needs_records
def test_records_come_out_as_they_went_in() -> None:
    for number, study in enumerate(load_records()):
        if number % 40 == 0:
            assert sections(parse(json.dumps(study))) == study
