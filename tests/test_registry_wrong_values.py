"""What pages of registries have where a value is expected: nothing of it is taken for one."""

from __future__ import annotations

from typing import Any

import pytest

from parser import parse

CTRI = "| CTRI Number | CTRI/2020/01/000001 |\n| Type of Trial | Interventional |\n| Public Title of Study | Walks |\n"
DRKS = "DRKS-ID of the study: DRKS00000001\nLast update in DRKS: 2023-04-05\nPublic title: Evening walks\n"
IRCT = "IRCT registration number: IRCT20190618000000N1\nUpdate count: 1\nPublic title: Evening walks\n"
REBEC = "RBR Number: RBR-7t5g2s\nPublic acronym: WALK\nUTN code: U1111-0000-0000\nPublic title: Evening walks\n"
TCTR = "TCTR Identification Number: TCTR20200404001\nRegistration Site: TCTR\nPublic Title: Evening walks\n"
MORE = {
    CTRI: "| Phase of Trial | N/A |\n| Recruitment Status of Trial (India) | Completed |\n",
    DRKS: "Sex: All\nPhase: N/A\n",
    IRCT: "Phase: N/A\nAcronym: empty\n",
    REBEC: "Study status: Recruiting\nGender: -\n",
    TCTR: "Study Phase: N/A\nAllocation: Randomized\n",
}


def protocol_of(page: str, rows: str) -> dict[str, Any]:
    protocol: dict[str, Any] = parse(page + MORE[page] + rows).to_dict()["protocolSection"]
    return protocol


def outcomes_of(rows: str) -> list[dict[str, str]]:
    outcomes: list[dict[str, str]] = protocol_of(CTRI, rows)["outcomesModule"]["primaryOutcomes"]
    return outcomes


def test_a_cell_without_text_has_a_column_too() -> None:
    rows = "| Primary Outcome |\n| Outcome | TimePoints |\n| Sleep | 8 weeks |\n| Pain | |\n| Mood | 4 weeks |\n"
    expected = [
        {"measure": "Sleep", "timeFrame": "8 weeks"},
        {"measure": "Pain"},
        {"measure": "Mood", "timeFrame": "4 weeks"},
    ]
    assert outcomes_of(rows) == expected


def test_heads_of_columns_may_be_on_the_line_of_their_heading() -> None:
    rows = "Primary Outcome | Outcome | TimePoints\nSleep | 8 weeks\n"
    assert outcomes_of(rows) == [{"measure": "Sleep", "timeFrame": "8 weeks"}]


def test_a_size_may_have_commas() -> None:
    rows = '| Target Sample Size | Total Sample Size="1,200" |\n'
    assert protocol_of(CTRI, rows)["designModule"]["enrollmentInfo"] == {"count": 1200}


@pytest.mark.parametrize("final", ["0", "Not yet", "No Entry"])
def test_what_did_not_happen_leaves_the_plan(final: str) -> None:
    design = protocol_of(DRKS, f"Target Sample Size: 120\nFinal Sample Size: {final}\n")["designModule"]
    assert design["enrollmentInfo"] == {"count": 120, "type": "ESTIMATED"}


def test_countries_are_without_the_signs_between_them() -> None:
    rows = "Recruitment countries: Germany, South Africa / Korea, Republic of\n"
    locations = protocol_of(DRKS, rows)["contactsLocationsModule"]["locations"]
    assert [one["country"] for one in locations] == ["Germany", "South Africa", "Korea, Republic of"]
    listed = protocol_of(REBEC, "Countries\n- Brazil\n- Chile\n")["contactsLocationsModule"]["locations"]
    assert [one["country"] for one in listed] == ["Brazil", "Chile"]


def test_a_label_is_one_with_the_colon_that_it_has() -> None:
    assert protocol_of(DRKS, "Study Type: Non-interventional\n")["designModule"]["studyType"] == "OBSERVATIONAL"


def test_an_item_of_a_list_of_criteria_is_no_label() -> None:
    sides = "Inclusion criteria:\n1. Acronym: any\n2. Gender: any\nExclusion criteria:\n- Apnea\n- Phase: acute\n"
    rows = f"Sample size: 60\n{sides}"
    eligibility = protocol_of(IRCT, rows)["eligibilityModule"]
    assert "sex" not in eligibility
    lines = eligibility["eligibilityCriteria"].splitlines()
    assert "1. Acronym: any\n2. Gender: any" in "\n".join(lines)
    assert lines[-1] == "- Phase: acute"


def test_who_is_masked_may_have_a_line_each() -> None:
    rows = "Groups that have been masked\nParticipant\nOutcome assessor\nSample size\nTarget sample size: 60\n"
    masking = protocol_of(IRCT, rows)["designModule"]["designInfo"]["maskingInfo"]
    assert masking == {"whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]}


def test_an_institution_is_without_its_label() -> None:
    rows = "Primary sponsor\nInstitution: Test University\nSecondary sponsor\nInstitution: Test Hospital\n"
    assert protocol_of(REBEC, rows)["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "Test University"}}


def test_a_label_and_its_value_are_no_id() -> None:
    rows = (
        "Secondaries identifiers\n- CAAE 12345678.9.0000.5555\n- Maximum age: 80 Y\n- Not yet\n- A register: AB12345\n"
    )
    ids = protocol_of(REBEC, rows)["identificationModule"]["secondaryIdInfos"]
    assert [one["id"] for one in ids] == [
        "U1111-0000-0000",
        "CAAE 12345678.9.0000.5555",
        "A register: AB12345",
    ]


def test_no_acronym_and_nobodys_age() -> None:
    protocol = protocol_of(TCTR, "Acronym: No\nAge Limit: Minimum: 18 Years Maximum: 0 Years\n")
    assert "acronym" not in protocol["identificationModule"]
    assert protocol["eligibilityModule"]["minimumAge"] == "18 Years"
    assert "maximumAge" not in protocol["eligibilityModule"]


def test_a_phone_without_a_name_is_not_that_of_the_contact_before() -> None:
    rows = "Public contact\nFull name: Kim Sample\nPublic contact\nFull name: -\nPhone: +55 11 4000 0000\n"
    assert protocol_of(REBEC, rows)["contactsLocationsModule"]["centralContacts"] == [{"name": "Kim Sample"}]


def test_what_is_below_a_second_trials_id_is_left() -> None:
    second = TCTR.replace("404001", "404002") + "Primary Outcome\nOutcome Name: Mood\n"
    document = parse(TCTR + MORE[TCTR] + "Primary Outcome\nOutcome Name: Sleep\n" + second).to_dict()
    assert document["protocolSection"]["outcomesModule"]["primaryOutcomes"] == [{"measure": "Sleep"}]
    assert any("a second trial" in one["message"] for one in document["sourceSection"]["problems"])


@pytest.mark.parametrize("maximum", ["0 Y", "999 Y"])
def test_nobody_is_so_old(maximum: str) -> None:
    eligibility = protocol_of(REBEC, f"Target sample size: 60\nMaximum age: {maximum}\nMinimum age: 18 Y\n")
    assert "maximumAge" not in eligibility.get("eligibilityModule", {})


def test_groups_of_ages_need_both_limits() -> None:
    eligibility = protocol_of(DRKS, "Minimum Age: 3 Months\nMaximum Age: five to 6\n")["eligibilityModule"]
    assert eligibility["minimumAge"] == "3 Months"
    assert "stdAges" not in eligibility


@pytest.mark.parametrize("cut", ["M", "Maxi", "Maximum ag"])
def test_the_beginning_of_a_label_at_the_end_of_a_cut_page_is_no_value(cut: str) -> None:
    countries = protocol_of(REBEC, f"Countries\nBrazil\n{cut}")["contactsLocationsModule"]["locations"]
    assert [one["country"] for one in countries] == ["Brazil"]


def test_lines_in_another_language_are_no_values() -> None:
    page = """Unique ID issued by UMIN
UMIN000000001
Receipt number
R000000001
Narrative objectives1
日本語
睡眠
英語
Evening walks and sleep
Public title
日本語
散歩
英語
Evening walks
Condition
日本語
不眠症
英語
Insomnia
Gender
男女両方/Male and Female
Key inclusion criteria
不眠症の人
Insomnia
無し
Target sample size
60
"""
    document = parse(page).to_dict()
    protocol = document["protocolSection"]
    assert protocol["eligibilityModule"]["eligibilityCriteria"].split() == ["Key", "inclusion", "criteria", "Insomnia"]
    assert {"睡眠", "不眠症", "不眠症の人", "無し"} <= {one["text"] for one in document["sourceSection"]["unparsed"]}
    assert protocol["identificationModule"]["briefTitle"] == "Evening walks"
    assert protocol["descriptionModule"]["briefSummary"] == "Evening walks and sleep"
    assert protocol["conditionsModule"]["conditions"] == ["Insomnia"]
    assert protocol["eligibilityModule"]["sex"] == "ALL"


def test_signs_of_languages_may_be_in_capitals() -> None:
    assert protocol_of(REBEC, "Health conditions\nPT-BR\nInsonia\nEN\nInsomnia\n")["conditionsModule"] == {
        "conditions": ["Insomnia"]
    }


def test_a_size_of_nobody_is_left() -> None:
    document = parse(CTRI + MORE[CTRI] + '| Target Sample Size | Total Sample Size="0" |\n').to_dict()
    assert "enrollmentInfo" not in document["protocolSection"]["designModule"]
    assert any('"0' in one["text"] for one in document["sourceSection"]["unparsed"])


def test_countries_may_come_after_sites() -> None:
    sites = "| Sites of Study |\n| Name of Site | Site Address |\n| Test Clinic | Delhi |\n"
    rows = f"{sites}| Countries of Recruitment | India |\n"
    locations = protocol_of(CTRI, rows)["contactsLocationsModule"]["locations"]
    assert locations == [{"facility": "Test Clinic"}, {"country": "India"}]


def test_rows_below_a_title_are_none_of_it() -> None:
    rows = "| Trial Acronym | WALK |\n| |\n| Something else |\n"
    assert protocol_of(CTRI, rows)["identificationModule"]["acronym"] == "WALK"
    page = REBEC + "Minimum age: 0 Y\n" + MORE[REBEC]
    assert parse(page).to_dict()["protocolSection"]["identificationModule"]["briefTitle"] == "Evening walks"


def test_heads_of_a_table_without_its_heading_are_no_name() -> None:
    rows = "| Name of Principal Investigator | Name of Site | Site Address |\n| Kim Sample | Test Clinic | Delhi |\n"
    assert "overallOfficials" not in protocol_of(CTRI, rows).get("contactsLocationsModule", {})


def test_text_below_no_acronym_is_not_lost() -> None:
    document = parse(TCTR + MORE[TCTR] + "Acronym: No\nfurther words\nGender: Both\n").to_dict()
    assert "further words" in [one["text"] for one in document["sourceSection"]["unparsed"]]
