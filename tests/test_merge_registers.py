"""Records that several registers have of one trial: joined on request, by ids that join no two trials of a register."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from parser import DifferentTrialsError, Document, merge, parse, parse_records
from parser.cli import main
from parser.explain import resolve
from parser.ingest import convert
from parser.merging_registers import Trial, join_trials, named_trials, trial_of
from tests.conftest import ROOT
from tests.test_schema import faults

CTGOV, EUCTR, CTIS, ISRCTN = "ClinicalTrials.gov", "EU Clinical Trials Register", "CTIS", "ISRCTN"
NCT = Trial(CTGOV, "NCT00000001")
EUDRACT = Trial(EUCTR, "2020-000001-11")

EU_RECORDS = ROOT / "samples" / "exports" / "euctr-text" / "trials.txt"


def study(nct_id: str = "NCT00000001", secondary: str | None = "2020-000001-11", **modules: Any) -> dict[str, Any]:
    infos = [{"id": secondary, "type": "EUDRACT_NUMBER"}] if secondary else []
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": nct_id,
                "orgStudyIdInfo": {"id": "TEST-1"},
                "secondaryIdInfos": infos,
                "briefTitle": "Testomab in Insomnia",
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Test Pharma Inc.", "class": "INDUSTRY"}},
            "eligibilityModule": {"sex": "ALL", "minimumAge": "18 Years", "stdAges": ["ADULT", "OLDER_ADULT"]},
            **modules,
        }
    }


def eu_records() -> list[Document]:
    """The records of the sample that are of the trial, one for each country."""
    return [one for one in parse_records(EU_RECORDS) if trial_of(one) == EUDRACT]


def ictrp_row(trial: str, secondary: str) -> Document:
    cells = {"TrialID": trial, "Public_title": "A trial", "Secondary_ID": secondary, "Inclusion_agemax": "70 Years"}
    row = "".join(f"<{name}>{text}</{name}>" for name, text in cells.items())
    (document,) = parse_records(f"<Trials><Trial>{row}</Trial></Trials>")
    return document


# --- Which ids join trials ---


def test_a_record_names_the_ids_of_other_registers_only() -> None:
    document = parse(json.dumps(study(secondary="EudraCT 2020-000001-11; NCT00000009, ISRCTN14757012")))
    assert trial_of(document) == NCT
    assert named_trials(document) == {EUDRACT, Trial(ISRCTN, "ISRCTN14757012")}
    assert named_trials(eu_records()[0]) == {NCT}
    assert named_trials(parse(json.dumps(study(secondary="Substudy of 2020-000001-11")))) == set()


def test_trials_are_joined_from_one_to_the_next_also_by_an_id_whose_record_is_not_there() -> None:
    ctis, isrctn = Trial(CTIS, "2023-500001-11"), Trial(ISRCTN, "ISRCTN14757012")
    found = join_trials({EUDRACT: {NCT}, ctis: {EUDRACT}, isrctn: {NCT}})
    assert found.groups == dict.fromkeys((NCT, EUDRACT, ctis, isrctn), NCT)
    assert found.ambiguous == {}


def test_an_id_that_joins_several_trials_of_a_register_is_no_key() -> None:
    others = [Trial(CTGOV, f"NCT0000000{number}") for number in range(2, 5)]
    found = join_trials({one: {EUDRACT} for one in others})
    assert found.groups == {}
    assert found.ambiguous == {one: {EUDRACT} for one in others}
    # An extension study names the EudraCT number of its parent, which names the parent alone.
    found = join_trials({EUDRACT: {NCT}, NCT: {EUDRACT}, others[0]: {EUDRACT}})
    assert found.groups == {NCT: NCT, EUDRACT: NCT}
    assert found.ambiguous == {others[0]: {EUDRACT}}
    # A record that names its two parents is neither of them.
    assert join_trials({EUDRACT: {NCT, others[0]}}).groups == {}


def test_a_chain_to_a_second_trial_of_a_register_joins_nothing() -> None:
    other, isrctn = Trial(CTGOV, "NCT00000002"), Trial(ISRCTN, "ISRCTN14757012")
    named = {NCT: {EUDRACT}, isrctn: {EUDRACT, other}}
    found = join_trials(named)
    assert found.groups == {}
    assert found.ambiguous == named


def test_the_order_in_which_trials_come_makes_no_difference() -> None:
    isrctn, other = Trial(ISRCTN, "ISRCTN14757012"), Trial(CTGOV, "NCT00000002")
    named = {EUDRACT: {NCT}, isrctn: {EUDRACT}, other: {Trial(CTIS, "2023-500001-11")}, NCT: {EUDRACT}}
    for order in itertools.permutations(named):
        assert join_trials({trial: named[trial] for trial in order}) == join_trials(named)


# --- What becomes of the records ---


def test_several_registers_are_merged_on_request_only() -> None:
    sister, eu = parse(study()), eu_records()[0]
    with pytest.raises(DifferentTrialsError, match="registers=True"):
        merge(sister, eu)
    assert merge(sister, eu, registers=True) == merge(eu, sister, registers=True)


def test_clinicaltrials_gov_is_the_base_and_both_sources_are_reported() -> None:
    sister = parse(json.dumps(study()))
    eu = eu_records()
    assert len(eu) == 2
    merged = merge(*eu, sister, registers=True)
    data = merged.to_dict()
    section = merged.source_section
    assert faults(merged.to_dict(spans=True)) == []
    assert (section.registry, section.registry_id, section.form) == (CTGOV, "NCT00000001", "api-v2-json")
    assert [one.registry for one in section.merged_from] == [EUCTR, EUCTR]
    assert [one.form for one in section.merged_from] == ["euctr-text", "euctr-text"]
    assert merged.nct_id == "NCT00000001"
    # What the base has stays, what it lacks comes from the other register, by pointers that lead somewhere.
    assert merged.protocol_section.identification_module.brief_title == "Testomab in Insomnia"
    assert merged.protocol_section.eligibility_module.eligibility_criteria
    assert data["normalizedSection"]["eligibilityModule"]["criteria"]
    pointers = [pointer for one in section.merged_from for pointer in one.contributed]
    assert "/protocolSection/eligibilityModule/eligibilityCriteria" in pointers
    for pointer in pointers:
        resolve(data, pointer)
    conflicts = {one.path: one.message for one in merged.problems if one.code == "merge-conflict"}
    assert "Testomab in Insomnia" in conflicts["/protocolSection/identificationModule/briefTitle"]


def test_the_countries_are_united_before_the_registers() -> None:
    merged = merge(parse(json.dumps(study())), *eu_records(), registers=True)
    places = [one.country for one in merged.protocol_section.contacts_locations_module.locations]
    assert len(places) == len(set(places)) == 2


def test_a_value_of_several_parts_is_that_of_one_register() -> None:
    """A sponsor has no class of another sponsor, and an age that a register does not limit has no limit of another."""
    sister = parse(study(sponsorCollaboratorsModule={"leadSponsor": {"name": "Test Pharma Inc."}}))
    other = parse(study(nct_id="NCT00000001"))
    eu = Document.from_dict(
        {
            **other.to_dict(),
            "sourceSection": {"registry": EUCTR, "registryId": "2020-000001-11"},
        }
    )
    eu_sponsor = merge(sister, eu, registers=True).protocol_section.sponsor_collaborators_module.lead_sponsor
    assert eu_sponsor and (eu_sponsor.name, eu_sponsor.class_) == ("Test Pharma Inc.", "INDUSTRY")
    sister = parse(study(sponsorCollaboratorsModule={"leadSponsor": {"name": "Another Sponsor"}}))
    merged = merge(sister, eu, registers=True)
    sponsor = merged.protocol_section.sponsor_collaborators_module.lead_sponsor
    assert sponsor and (sponsor.name, sponsor.class_) == ("Another Sponsor", None)
    assert "/protocolSection/sponsorCollaboratorsModule/leadSponsor" in {one.path for one in merged.problems}

    limited = ictrp_row("ISRCTN14757012", "NCT00000001")
    merged = merge(sister, limited, registers=True)
    assert merged.protocol_section.eligibility_module.maximum_age is None
    (problem,) = [one for one in merged.problems if one.path == "/protocolSection/eligibilityModule/maximumAge"]
    assert problem.message.endswith("kept None, not '70 Years'")


def test_the_ids_of_all_registers_stay_so_that_a_third_record_can_be_joined() -> None:
    sister, eu = parse(study(secondary="ISRCTN14757012")), eu_records()[0]
    isrctn = ictrp_row("ISRCTN14757012", "2020-000001-11")
    merged = merge(isrctn, sister, eu, registers=True)
    assert {info.id for info in merged.protocol_section.identification_module.secondary_id_infos} == {
        "ISRCTN14757012",
        "2020-000001-11",
        "NCT00000001",
    }
    assert [one.registry for one in merged.source_section.merged_from] == [EUCTR, ISRCTN]


def test_records_that_no_id_joins_are_refused() -> None:
    eu = eu_records()[0]
    stranger = parse(study(nct_id="NCT00000007", secondary="2020-000009-99"))
    with pytest.raises(DifferentTrialsError, match="not joined by an id"):
        merge(stranger, eu, registers=True)
    with pytest.raises(DifferentTrialsError, match="not joined by an id"):
        merge(parse(study()), parse(study(nct_id="NCT00000002")), eu_records()[0], registers=True)


# --- On the command line, and in a run ---


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("eu.txt").write_bytes(EU_RECORDS.read_bytes())
    lines = [study(), study("NCT00000002", "2020-000001-11"), study("NCT00000003", None)]
    Path("studies.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    Path("sister.json").write_text(json.dumps(study()))
    return tmp_path


def converted(out: str) -> dict[str, Any]:
    found = map(json.loads, Path(out).read_text(encoding="utf-8").splitlines())
    return {one["sourceSection"]["registryId"]: one for one in found}


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.processes)])
def test_a_run_joins_the_records_of_a_trial(here: Path, jobs: int) -> None:
    apart = convert(["eu.txt", "studies.jsonl"], "apart.jsonl", jobs=jobs)
    report = convert(["eu.txt", "studies.jsonl"], "out.jsonl", jobs=jobs, merge_registers=True)
    # Two countries and a sister are one record.
    assert (apart.records, report.records, report.merged) == (6, 4, 1)
    documents = converted("out.jsonl")
    merged = documents["NCT00000001"]["sourceSection"]
    assert [one["registry"] for one in merged["mergedFrom"]] == [EUCTR, EUCTR]
    # The others that name one of the two are not it, and say so.
    for registry_id, other in (("NCT00000002", "2020-000001-11"), ("2020-000002-22", "NCT00000001")):
        notes = documents[registry_id]["sourceSection"]["problems"]
        (note,) = [one for one in notes if one["code"] == "merge-ambiguous"]
        assert note["path"] == "/protocolSection/identificationModule/secondaryIdInfos"
        assert note["message"].startswith(other)
    assert report.problems["merge-ambiguous"] == 2
    assert "problems" not in documents["NCT00000003"]["sourceSection"]
    records = map(json.loads, Path("apart.jsonl").read_text(encoding="utf-8").splitlines())
    sisters = [
        Document.from_dict(one)
        for one in records
        if one["sourceSection"]["registryId"] in ("NCT00000001", "2020-000001-11")
    ]
    assert documents["NCT00000001"] == merge(*sisters, registers=True).to_dict()


def test_all_stay_as_they_are_where_all_are_kept(here: Path) -> None:
    assert convert(["eu.txt", "studies.jsonl"], "out.jsonl", keep="all", merge_registers=True).records == 6


def test_the_command_merges_files_of_several_records(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The file has a record of another trial, too.
    assert main(["merge", "--merge-registers", "sister.json", "eu.txt"]) == 1
    assert "not joined by an id" in capsys.readouterr().err
    Path("eu.txt").write_bytes(
        b"Summary\nEudraCT Number:".join(EU_RECORDS.read_bytes().split(b"Summary\nEudraCT Number:")[:3])
    )
    assert main(["merge", "sister.json", "eu.txt"]) == 1
    assert "parse_records" in capsys.readouterr().err
    assert main(["merge", "--merge-registers", "sister.json", "eu.txt"]) == 0
    assert json.loads(capsys.readouterr().out)["sourceSection"]["registryId"] == "NCT00000001"
    assert main(["convert", "eu.txt", "studies.jsonl", "-o", "out.jsonl", "--merge-registers", "--quiet"]) == 0
    assert len(converted("out.jsonl")) == 3
