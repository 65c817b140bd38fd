"""Two documents of one trial become one: nothing is lost, nothing is settled in silence."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from parser import Document, ParserError, parse, render
from parser.explain import resolve
from parser.merging import merge
from parser.problems import DifferentTrialsError
from tests.conftest import ROOT
from tests.fuzz.check import page_faults
from tests.test_results import study
from tests.test_schema import faults

PROTOCOL = parse((ROOT / "samples/labelled/NCT04264208.txt").read_bytes())
RESULTS = parse((ROOT / "samples/results/lines/NCT04264208.txt").read_bytes())
MERGED = merge(PROTOCOL, RESULTS)


def plain(document: Document) -> Any:
    return document.to_dict()


def test_a_protocol_page_and_a_results_page_become_one() -> None:
    merged = plain(MERGED)
    assert merged["resultsSection"] == plain(RESULTS)["resultsSection"]
    for name, module in plain(PROTOCOL)["protocolSection"].items():
        assert module.items() <= merged["protocolSection"][name].items()
    assert merged["normalizedSection"] == plain(PROTOCOL)["normalizedSection"]


def test_the_order_of_the_two_does_not_matter() -> None:
    assert merge(RESULTS, PROTOCOL) == MERGED


def test_both_sources_are_kept_each_with_its_offsets() -> None:
    section, other = MERGED.source_section, RESULTS.source_section
    assert section.sha256 == PROTOCOL.source_section.sha256
    assert section.problems == PROTOCOL.source_section.problems
    (further,) = section.merged_from
    assert (further.sha256, further.form, further.problems) == (other.sha256, "results-page", other.problems)
    assert (further.registry_id, further.length) == (RESULTS.nct_id, other.length)
    assert "/resultsSection" in further.contributed


def test_each_value_has_a_place_in_the_source_that_contributed_it() -> None:
    protocol, results = (
        page.read_bytes().decode("utf-8")
        for page in (ROOT / "samples/labelled/NCT04264208.txt", ROOT / "samples/results/lines/NCT04264208.txt")
    )
    (further,) = MERGED.to_dict(spans=True)["sourceSection"]["mergedFrom"]
    assert further["spans"] == {
        pointer: list(place)
        for pointer, place in RESULTS.spans.items()
        if any(pointer.startswith(contributed) for contributed in further["contributed"])
    }
    pointer = "/resultsSection/participantFlowModule/groups/0/title"
    assert results[slice(*further["spans"][pointer])] == resolve(plain(MERGED), pointer)
    assert pointer not in MERGED.spans
    assert MERGED.spans == PROTOCOL.spans
    own = "/protocolSection/identificationModule/nctId"
    assert protocol[slice(*MERGED.spans[own])] == MERGED.nct_id
    assert own not in further["spans"]


def test_a_value_that_is_replaced_loses_its_place() -> None:
    pointer = "/protocolSection/designModule/enrollmentInfo/count"
    newer = PROTOCOL.to_dict()
    newer["protocolSection"]["designModule"]["enrollmentInfo"]["count"] += 1
    newer["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] = "2999-01-01"
    del newer["sourceSection"]
    merged = merge(PROTOCOL, Document.from_dict(newer))
    assert resolve(plain(merged), pointer) == resolve(newer, pointer)
    assert pointer not in merged.spans
    assert PROTOCOL.spans.keys() - merged.spans.keys() == {
        pointer,
        "/protocolSection/statusModule/lastUpdatePostDateStruct/date",
    }


def test_a_merged_document_comes_back_from_json_and_renders() -> None:
    assert faults(MERGED.to_dict(spans=True)) == []
    copy = Document.from_dict(json.loads(MERGED.to_json(spans=True)))
    for other in (copy, pickle.loads(pickle.dumps(MERGED))):
        assert other == MERGED
        assert other.to_json(spans=True) == MERGED.to_json(spans=True)
    assert page_faults(render(MERGED)) == []


def test_a_document_merged_with_itself_is_the_same() -> None:
    assert plain(merge(PROTOCOL, PROTOCOL))["protocolSection"] == plain(PROTOCOL)["protocolSection"]
    assert merge(PROTOCOL, PROTOCOL).problems == PROTOCOL.problems


def changed(updated: str | None, count: int, conditions: list[str]) -> Document:
    data = study()
    protocol = data["protocolSection"]
    protocol["designModule"]["enrollmentInfo"]["count"] = count
    protocol["conditionsModule"] = {"conditions": conditions}
    protocol["statusModule"]["lastUpdatePostDateStruct"] = {"date": updated} if updated else {}
    return Document.from_dict(data)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [("2020-05-13", "2021-01", 20), ("2021-01", "2020-05-13", 10), ("2020", "2020-05-13", 10), (None, None, 10)],
)
def test_of_two_values_the_newer_records_is_kept_and_both_are_reported(
    first: str | None, second: str | None, kept: int
) -> None:
    merged = merge(changed(first, 10, ["Gout"]), changed(second, 20, ["Gout", "Lupus"]))
    protocol = plain(merged)["protocolSection"]
    assert protocol["designModule"]["enrollmentInfo"]["count"] == kept
    assert protocol["conditionsModule"]["conditions"] == (["Gout"] if kept == 10 else ["Gout", "Lupus"])
    messages = [problem.message for problem in merged.problems if problem.code == "merge-conflict"]
    left = 30 - kept
    assert f"/protocolSection/designModule/enrollmentInfo/count: kept {kept}, not {left}" in messages
    assert any("'Lupus'" in message for message in messages)


def test_other_trials_are_refused() -> None:
    other = Document.from_dict({"protocolSection": {"identificationModule": {"nctId": "NCT07654321"}}})
    with pytest.raises(DifferentTrialsError, match="NCT04264208 and NCT07654321"):
        merge(PROTOCOL, other)
    assert issubclass(DifferentTrialsError, ParserError)


def test_normalized_values_go_with_the_text_they_were_made_of() -> None:
    page = (ROOT / "samples/labelled/NCT04264208.txt").read_text(encoding="utf-8")
    older = parse(page)
    module = older.protocol_section.eligibility_module
    assert module.sex
    newer = Document.from_dict(
        {
            "protocolSection": {
                "identificationModule": {"nctId": older.nct_id},
                "statusModule": {"lastUpdatePostDateStruct": {"date": "2999-01-01"}},
                "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* None"},
            }
        }
    )
    merged = plain(merge(older, newer))
    assert merged["protocolSection"]["eligibilityModule"]["eligibilityCriteria"].endswith("None")
    assert merged["normalizedSection"]["eligibilityModule"].keys() == {"minimumAge"}
    assert merged["normalizedSection"]["contactsLocationsModule"]


def test_three_documents_keep_three_sources() -> None:
    bars = parse((ROOT / "samples/results/bars/NCT04264208.txt").read_bytes())
    merged = merge(merge(bars, RESULTS), PROTOCOL).source_section
    assert merged.form == "labelled-page"
    assert [one.form for one in merged.merged_from] == ["bare-results-page", "results-page"]
    assert "/resultsSection" in merged.merged_from[0].contributed


def test_every_section_of_either_document_is_in_the_merged_one() -> None:
    """Documents that were uploaded are next to the protocol, wherever the one or the other document has them."""
    uploads = {"largeDocumentModule": {"largeDocs": [{"typeAbbrev": "Prot", "filename": "Prot_000.pdf"}]}}
    bare = {"schemaVersion": "2.0", "protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}}
    without, with_uploads = Document.from_dict(bare), Document.from_dict({**bare, "documentSection": uploads})
    assert merge(without, with_uploads).to_dict()["documentSection"] == uploads
    assert merge(with_uploads, without).to_dict()["documentSection"] == uploads
