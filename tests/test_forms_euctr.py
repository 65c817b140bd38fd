"""The EU Clinical Trials Register: its downloads, and the records of a trial's countries as one."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from parser import Document, merge, parse, parse_records
from parser.forms.euctr import TEXT_FORM
from parser.forms.eudract import find_rows
from parser.forms.export import Payload, Refused
from parser.ingest.convert import convert
from parser.problems import DifferentTrialsError
from tests.conftest import ROOT
from tests.linear import assert_linear

FULL = ROOT / "samples" / "exports" / "euctr-text" / "trials.txt"
SUMMARY = ROOT / "samples" / "exports" / "euctr-summary" / "trials.txt"
TEXT = FULL.read_text(encoding="utf-8")


def records(text: str = TEXT) -> list[Document]:
    return list(parse_records(text))


def test_a_record_for_each_country() -> None:
    found = [(one.source_section.registry_id, one.source_section.member_state) for one in records()]
    assert found == [("2020-000001-11", "ES"), ("2020-000001-11", "IT"), ("2020-000002-22", None)]


def test_the_rows_go_to_their_fields() -> None:
    protocol = records()[1].to_dict()["protocolSection"]
    assert protocol["identificationModule"] == {
        "orgStudyIdInfo": {"id": "TEST-1"},
        "secondaryIdInfos": [{"id": "NCT00000001", "type": "REGISTRY", "domain": "ClinicalTrials.gov"}],
        "briefTitle": "Testomab for sleep",
        "officialTitle": "A phase 2/3 study of testomab in patients with insomnia",
    }
    assert protocol["statusModule"] == {
        "overallStatus": "TERMINATED",
        "studyFirstPostDateStruct": {"date": "2020-03-16"},
    }
    assert protocol["sponsorCollaboratorsModule"] == {
        "leadSponsor": {"name": "Test Pharma"},
        "collaborators": [{"name": "Test University"}],
    }
    design = protocol["designModule"]
    assert design["phases"] == ["PHASE2", "PHASE3"]
    assert design["designInfo"] == {
        "allocation": "RANDOMIZED",
        "interventionModel": "PARALLEL",
        "maskingInfo": {"masking": "DOUBLE"},
    }
    assert protocol["eligibilityModule"]["stdAges"] == ["ADULT", "OLDER_ADULT"]
    assert "minimumAge" not in protocol["eligibilityModule"]
    assert protocol["outcomesModule"]["secondaryOutcomes"] == [
        {"measure": "Mood", "timeFrame": "Weeks 6 and 12"},
        {"measure": "Falls", "timeFrame": "Weeks 6 and 12"},
    ]


def test_a_translation_is_not_the_value() -> None:
    document = records()[1].to_dict()
    assert "Studio" not in json.dumps(document["protocolSection"])
    assert {"text": "Studio di fase 2/3", "path": "A.3 Full title of the trial"} in document["sourceSection"][
        "unparsed"
    ]


@pytest.mark.parametrize("instead", ["", " "])
def test_codes_part_a_record_without_its_line_ends(instead: str) -> None:
    # Where a row that is not in the table ends, only its line says.
    known = TEXT.replace("F.9 A row that nobody knows: 7\n", "")
    for whole, flat in zip(records(known), records(known.replace("\n", instead)), strict=True):
        ours, theirs = (one.to_dict()["protocolSection"] for one in (whole, flat))
        for module in ("identificationModule", "designModule", "sponsorCollaboratorsModule", "statusModule"):
            assert ours.get(module) == theirs.get(module)
        sides = [[one.category for one in document.normalized_section.eligibility_module.criteria]
                 for document in (whole, flat)]  # fmt: skip
        assert sides[0] == sides[1]


def test_records_are_the_same_in_whatever_pieces_they_come() -> None:
    class Pieces:
        def __init__(self, data: bytes, size: int) -> None:
            self.data, self.size = data, size

        def read(self, size: int, /) -> bytes:
            piece, self.data = self.data[: self.size], self.data[self.size :]
            return piece

    data = TEXT.encode()
    whole = [one.content for one in TEXT_FORM.split(io.BytesIO(data), len(data)) if isinstance(one, Payload)]
    assert len(whole) == 3 and data.endswith(b"".join(whole))
    for size in (1, 7, 199, 1000):
        assert [
            one.content for one in TEXT_FORM.split(Pieces(data, size), len(data)) if isinstance(one, Payload)
        ] == whole


def test_a_record_over_the_limit_does_not_stop_the_rest() -> None:
    whole = TEXT_FORM.split(io.BytesIO(TEXT.encode()), len(TEXT) * 2)
    first, second, third = (one.content for one in whole if isinstance(one, Payload))
    large = first + b"A.9 " + b"too much " * 100_000
    found = list(TEXT_FORM.split(io.BytesIO(large + second + third), 20_000))
    assert [type(one).__name__ for one in found] == ["Refused", "Payload", "Payload"]
    assert isinstance(found[0], Refused) and f"{len(large):,} bytes" in str(found[0].error)
    assert list(TEXT_FORM.split(io.BytesIO(b"no record at all " * 100_000), 20_000)) == []


def test_a_row_that_nobody_knows_before_the_first_section_is_no_row() -> None:
    odd = TEXT.replace("A. Protocol Information\n", "B.9.1 What is this doing here: 7\nA. Protocol Information\n", 1)
    ours, theirs = (records(text)[0].to_dict()["protocolSection"] for text in (TEXT, odd))
    assert ours == theirs


@pytest.mark.linear
def test_rows_that_nobody_knows_are_found_in_proportion() -> None:
    row = "F.9.{} A row that nobody knows: 7"
    rest = "Summary\nEudraCT Number: 2020-000009-99\nA.2 EudraCT number: 2020-000009-99\nF.4.2.2 In the whole: 7\n"
    assert_linear(lambda size: find_rows(rest + "\n".join(map(row.format, range(size)))), 8_000)


def test_what_is_odd_is_kept() -> None:
    document = records()[2].to_dict()
    left = {one["path"]: one["text"] for one in document["sourceSection"]["unparsed"]}
    assert left["F.4.2.2"] == "many"
    assert left["Date on which this record was first entered in the EudraCT database"] == "2020-13-45"
    assert left["Trial Status"] == "Ongoing"
    assert "sex" not in document["protocolSection"]["eligibilityModule"]
    assert (
        "contactsLocationsModule" not in document["protocolSection"]
        or "locations" not in (document["protocolSection"]["contactsLocationsModule"])
    )


def test_rows_without_their_section() -> None:
    text = (
        "EudraCT Number: 2020-000001-11\nA.3 Full title of the trial: Naps\nD.2.1.1.1 Trade name: Somnus\n"
        "D.3.8 INN - Proposed INN: TESTOMAB\nE.1.1 Medical condition(s) being investigated: Insomnia\n"
        "E.3 Principal inclusion criteria: Adults\nP. End of Trial Status: Completed\n"
        "P. Date of the global end of the trial: 2020-04-01\n"
    )
    protocol = parse(text).to_dict()["protocolSection"]
    assert len(protocol["armsInterventionsModule"]["interventions"]) == 1
    assert protocol["statusModule"]["completionDateStruct"] == {"date": "2020-04-01"}


def test_the_summary() -> None:
    first, second = (one.to_dict() for one in parse_records(SUMMARY))
    assert [one["country"] for one in first["protocolSection"]["contactsLocationsModule"]["locations"]] == [
        "Spain",
        "United Kingdom",
    ]
    assert first["protocolSection"]["statusModule"]["overallStatus"] == "COMPLETED"
    assert first["protocolSection"]["eligibilityModule"] == {"sex": "ALL", "stdAges": ["CHILD", "ADULT"]}
    assert second["protocolSection"].get("statusModule") is None
    assert second["protocolSection"]["eligibilityModule"] == {"sex": "FEMALE"}


def test_a_summary_without_its_line_ends_has_the_same_columns() -> None:
    lines = SUMMARY.read_text(encoding="utf-8").strip().split("\n\n")[0].splitlines()
    lines = [f"{line[:25]}TEST-PHARMA" if line.startswith("Sponsor Name:") else line for line in lines]
    apart, together = (parse("".join(line + end for line in lines)).to_dict() for end in ("\n", ""))
    assert apart["protocolSection"]["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "TEST-PHARMA"}}
    assert together["protocolSection"] == apart["protocolSection"]


def test_the_records_of_countries_become_one() -> None:
    spain, italy, other = records()
    merged = merge(spain, italy)
    data: dict[str, Any] = merged.to_dict()
    section = data["sourceSection"]
    # The first in English is the base.
    assert section["sha256"] == italy.source_section.sha256
    assert "memberState" not in section
    places = data["protocolSection"]["contactsLocationsModule"]["locations"]
    assert [one["country"] for one in places] == ["Italy", "Spain"]
    codes = data["normalizedSection"]["contactsLocationsModule"]["locations"]
    assert [one["countryCode"] for one in codes] == ["IT", "ES"]
    (source,) = section["mergedFrom"]
    assert "/protocolSection/contactsLocationsModule/locations/1" in source["contributed"]
    conflicts = {one["path"] for one in section["problems"] if one["code"] == "merge-conflict"}
    assert "/protocolSection/identificationModule/officialTitle" in conflicts
    assert "/protocolSection/statusModule/overallStatus" in conflicts
    with pytest.raises(DifferentTrialsError):
        merge(spain, other)


def test_convert_merges_countries_on_request(tmp_path: Path) -> None:
    for name, merges, expected in (("all", False, 3), ("merged", True, 2)):
        out = tmp_path / f"{name}.jsonl"
        convert([FULL], out, merge_countries=merges)
        assert len(out.read_text(encoding="utf-8").splitlines()) == expected


def test_a_page_and_a_download_share_their_codes() -> None:
    page = parse((ROOT / "samples" / "registries" / "euctr-page.txt").read_text(encoding="utf-8"))
    assert page.source_section.form == "euctr-page"
    assert page.source_section.member_state == "ES"
    criteria = page.normalized_section.eligibility_module.criteria
    assert [one.id for one in criteria] == ["I1", "I2", "E1", "E2"]
    # One of the ages is not answered.
    assert page.protocol_section.eligibility_module.std_ages == ()
