"""The German Clinical Trials Register's JSON: two languages, and what becomes of what is not as it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parser import NotARecordError, ParserError, parse, parse_records
from tests.conftest import ROOT

LINES = (ROOT / "samples" / "exports" / "drks-json" / "trials.jsonl").read_text(encoding="utf-8").splitlines()
TRIAL: dict[str, Any] = json.loads(LINES[0])


def protocol(data: Any) -> Any:
    return parse(json.dumps(data)).to_dict()["protocolSection"]


def test_english_is_read_and_german_is_kept() -> None:
    document = parse(LINES[0])
    assert document.protocol_section.identification_module.brief_title == "Testomab in insomnia"
    left = {one.path: one.text for one in document.source_section.unparsed}
    assert "Testomab bei Schlaflosigkeit" in left["/trialDescriptions/0"]
    assert "Schlaflosigkeit" in left["/studiedHealthConditions/0/studiedHealthConditionDescriptions/0"]


def test_german_is_read_where_there_is_nothing_else() -> None:
    assert parse(LINES[1]).protocol_section.identification_module.brief_title == "Nur auf Deutsch"


@pytest.mark.parametrize("wrap", [lambda text: text, lambda text: f"[{text}]", lambda text: f"[\n{text},\n{text}\n]"])
def test_one_record_an_array_or_lines(wrap: Any) -> None:
    found = list(parse_records(wrap(LINES[0])))
    assert found and all(one.source_section.registry_id == "DRKS00000001" for one in found)


def test_actual_dates_go_before_scheduled_ones() -> None:
    status = protocol(TRIAL)["statusModule"]
    assert status["startDateStruct"] == {"date": "2020-05-01", "type": "ESTIMATED"}
    assert status["completionDateStruct"] == {"date": "2022-12-31", "type": "ACTUAL"}


@pytest.mark.parametrize(
    ("printed", "phases"), [("PHASE_III", ["PHASE3"]), ("PHASE_I_II", ["PHASE1", "PHASE2"]), ("N_A", ["NA"])]
)
def test_phases(printed: str, phases: list[str]) -> None:
    data = {**TRIAL, "studyCharacteristic": {**TRIAL["studyCharacteristic"], "phase": printed}}
    assert protocol(data)["designModule"]["phases"] == phases


@pytest.mark.parametrize("value", [17.5, "18 or so", -1, True, [18], {"a": 1}])
def test_an_age_that_is_none_is_not_read(value: Any) -> None:
    data = {**TRIAL, "recruitment": {**TRIAL["recruitment"], "minimumAge": {"unit": "YEARS", "value": value}}}
    eligibility = protocol(data)["eligibilityModule"]
    assert "minimumAge" not in eligibility
    # With one limit that is not understood, which groups there are is not known.
    assert "stdAges" not in eligibility


def test_institutes_of_several_countries_have_none_of_them() -> None:
    data = {**TRIAL, "recruitment": {**TRIAL["recruitment"], "countries": [{"country": "DE"}, {"country": "AT"}]}}
    assert protocol(data)["contactsLocationsModule"]["locations"] == [
        {"facility": "Testklinikum", "city": "Berlin"},
        {"country": "Germany"},
        {"country": "Austria"},
    ]


@pytest.mark.parametrize("key", sorted(TRIAL))
@pytest.mark.parametrize("value", [None, [], {}, "text", 7, [None], [[]], [{"contact": 1, "idLocale": 2}]])
def test_a_part_of_another_shape_never_raises(key: str, value: Any) -> None:
    if key == "drksId":
        with pytest.raises(ParserError):
            parse(json.dumps({**TRIAL, "drksId": value}))
    else:
        assert parse(json.dumps({**TRIAL, key: value})).source_section.registry_id == "DRKS00000001"


def test_a_record_without_an_id_is_refused() -> None:
    with pytest.raises(NotARecordError, match="no drksId"):
        parse('{"drksId": null}', form="drks-json")


def test_what_the_register_calls_an_age_and_a_country_now() -> None:
    recruitment = {
        **TRIAL["recruitment"],
        "minimumAge": {"amount": 18, "unit": "YEARS"},
        "maximumAge": {"amount": None, "unit": "NO_MAX_AGE"},
        "countries": [{"idCountry": {"code": "DE"}}],
        "institutes": [{"city": "Berlin", "name": "Hospital of Example"}],
    }
    found = protocol({**TRIAL, "recruitment": recruitment})
    assert found["eligibilityModule"]["minimumAge"] == "18 Years"
    assert "maximumAge" not in found["eligibilityModule"]
    assert found["contactsLocationsModule"]["locations"] == [
        {"facility": "Hospital of Example", "city": "Berlin", "country": "Germany"}
    ]
