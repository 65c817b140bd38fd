"""ISRCTN's XML: trials with their contacts next to them or alone, and what becomes of what is not as it should be."""

from __future__ import annotations

from typing import Any

import pytest

from parser import Document, NotARecordError, ParserError, parse, parse_records
from tests.conftest import ROOT

SAMPLE = (ROOT / "samples" / "exports" / "isrctn-xml" / "trials.xml").read_text(encoding="utf-8")
ALONE = SAMPLE[SAMPLE.index("<trial ") : SAMPLE.index("</trial>") + len("</trial>")]


def records(text: str) -> tuple[list[Document], list[str]]:
    refused: list[str] = []
    return list(parse_records(text, on_error=lambda _, error: refused.append(str(error)))), refused


def protocol(document: Document) -> Any:
    return document.to_dict()["protocolSection"]


def test_a_trial_alone_says_what_it_says_among_others_but_for_its_people() -> None:
    alone, whole = protocol(parse(ALONE)), protocol(records(SAMPLE)[0][0])
    people = ("centralContacts", "overallOfficials")
    kept = {key: value for key, value in whole["contactsLocationsModule"].items() if key not in people}
    assert alone == {
        **{key: value for key, value in whole.items() if key != "sponsorCollaboratorsModule"},
        "contactsLocationsModule": kept,
    }


@pytest.mark.parametrize("prefix", ['<?xml version="1.0" encoding="UTF-8"?>\n', "\ufeff", "<trials>", "\r\n"])
def test_what_is_before_a_trial_makes_no_difference(prefix: str) -> None:
    assert protocol(parse(prefix + ALONE)) == protocol(parse(ALONE))


def test_a_trial_whose_own_element_alone_has_no_end_is_read() -> None:
    document = parse(ALONE.removesuffix("</trial>"))
    assert protocol(document) == protocol(parse(ALONE))
    assert [problem.code for problem in document.problems if problem.severity == "warning"] == ["content-missing"]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_trial_that_is_cut_off_within_is_refused(cut: float) -> None:
    with pytest.raises(NotARecordError, match="not XML that can be read"):
        parse(ALONE[: int(len(ALONE) * cut)])


def test_a_record_that_is_cut_off_by_the_next_one_does_not_stop_the_rest() -> None:
    broken = SAMPLE.replace("</fullTrial>", "", 1)
    documents, refused = records(broken)
    assert [one.source_section.registry_id for one in documents] == ["ISRCTN10000002"]
    assert len(refused) == 2 and "cut off" in refused[0]


@pytest.mark.parametrize(
    ("printed", "registry_id"), [("10000001", "ISRCTN10000001"), ("ISRCTN10000001", "ISRCTN10000001"), ("1000", None)]
)
def test_the_number_is_the_id_without_its_letters(printed: str, registry_id: str | None) -> None:
    document = parse(ALONE.replace(">10000001<", f">{printed}<", 1))
    assert document.source_section.registry_id == registry_id
    assert (registry_id is None) == ("unknown-value" in {problem.code for problem in document.problems})


def test_xml_without_a_number_is_not_one_of_the_registers() -> None:
    with pytest.raises(ParserError):
        parse("<trial><title>No number</title></trial>")
    with pytest.raises(ParserError):
        parse("<fullTrial><trial><isrctn>10000001</isrctn><trialDescription></trial></fullTrial>")


def test_a_purpose_that_comes_twice_is_one_and_several_are_none() -> None:
    design = protocol(parse(ALONE))["designModule"]["designInfo"]
    assert design["primaryPurpose"] == "TREATMENT"
    several = ALONE.replace("<purpose>Treatment</purpose>", "<purpose>Treatment</purpose><purpose>Prevention</purpose>")
    document = parse(several)
    assert "primaryPurpose" not in protocol(document)["designModule"]["designInfo"]
    assert "Treatment; Prevention" in {one.text for one in document.source_section.unparsed}


def test_a_contact_without_a_name_is_kept_as_it_is() -> None:
    document = records(SAMPLE)[0][0]
    assert ("/fullTrial/contact[2]/contactDetails/email", "desk@example.org") in {
        (one.path, one.text) for one in document.source_section.unparsed
    }


def altered(tag: str, text: str) -> Any:
    start, end = ALONE.index(f"<{tag}>"), ALONE.index(f"</{tag}>")
    return protocol(parse(f"{ALONE[:start]}<{tag}>{text}{ALONE[end:]}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Non-randomized controlled trial", "NON_RANDOMIZED"), ("Randomized controlled trial", "RANDOMIZED")],
)
def test_a_kind_of_trial_says_how_arms_are_allocated(text: str, expected: str) -> None:
    found = altered("allocation", text)
    assert found["designModule"]["designInfo"]["allocation"] == expected


def test_a_summary_that_was_not_provided_is_none() -> None:
    found = altered("plainEnglishSummary", "Not provided at time of registration")
    assert "briefSummary" not in found.get("descriptionModule", {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Insomnia\nJet lag \nShift-work disorder", ["Insomnia", "Jet lag", "Shift-work disorder"]),
        ("Insomnia and\njet lag", ["Insomnia and jet lag"]),
    ],
)
def test_conditions_may_be_one_on_each_line(text: str, expected: list[str]) -> None:
    start = ALONE.index("<condition>")
    at = ALONE.index("<description>", start) + len("<description>")
    changed = ALONE[:at] + text + ALONE[ALONE.index("</description>", at) :]
    assert protocol(parse(changed))["conditionsModule"]["conditions"][: len(expected)] == expected
