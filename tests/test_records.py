"""Files of records as the measuring scripts take them: every form that the registry gives them in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.measure_layouts import main
from tests.evaluation.records import load_records, nct_id

STUDIES: list[dict[str, Any]] = [
    {"protocolSection": {"identificationModule": {"nctId": f"NCT0000000{number}", "briefTitle": "Aspirin\u2028≥ 1"}}}
    for number in range(3)
]
LINES = "\n".join(json.dumps(study, ensure_ascii=False) for study in STUDIES)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        LINES,
        f"{LINES}\n\n",
        json.dumps(STUDIES),
        json.dumps(STUDIES, indent=2),
        json.dumps({"totalCount": 3, "studies": STUDIES, "nextPageToken": "x"}),
        json.dumps({"studies": STUDIES}, indent=2),
        "\n".join(json.dumps({"studies": [study]}) for study in STUDIES),
    ],
)
def test_a_file_may_have_any_form(tmp_path: Path, text: str, zipped: bool) -> None:
    path = tmp_path / "records"
    path.write_bytes(gzip.compress(text.encode()) if zipped else text.encode())
    assert list(load_records(path)) == STUDIES


def test_a_single_study_is_a_file_of_one(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    path.write_text(json.dumps(STUDIES[0], indent=2), encoding="utf-8")
    assert [nct_id(study) for study in load_records(path)] == ["NCT00000000"]


@pytest.mark.parametrize("text", ["", "[1, 2]", '"text"', '{"nctId": "NCT00000001"}', '{"studies": 5}', "a page"])
def test_what_holds_no_studies_ends_a_script_with_a_sentence(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "records.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        main(["--records", str(path)])
    assert "records.json" in capsys.readouterr().err


def test_a_script_without_records_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.evaluation.records.RECORDS", None)
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "README.md" in capsys.readouterr().err
