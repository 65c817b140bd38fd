"""Pages in words and layouts that nobody has seen: what is a record, which line is its title, where texts end."""

from __future__ import annotations

from typing import Any

import pytest

from parser import NotARecordError, parse

HEAD = "Evening walks in adults with insomnia\nNCT ID: NCT00000001\nStatus: Recruiting\n"


def read(page: str) -> dict[str, Any]:
    return dict(parse(page).to_dict()["protocolSection"])


def title_of(page: str) -> str | None:
    return parse(page).protocol_section.identification_module.brief_title


# --- What is a record ---

NO_RECORDS = {
    "a form to fill in": """Trial protocol

1. Trial title

Acronym

Trial sponsor

Principal investigator

2. Summary

Outcome measures

Secondary end points

Sample size

9. Eligibility criteria

Inclusion criteria

Exclusion criteria

10. Conduct of the trial
""",
    "a table of what a registry collects": """Data set
| Item | Collected? | Shown? | Comments |
| Primary Sponsor | Yes | Yes | |
| Public Title | Yes | Yes | |
| Interventions | Yes | Yes | |
| Contact for Public Queries | Yes | Yes | |
| Key Inclusion and Exclusion Criteria | Yes | Yes | |
| Recruitment Status | Yes | Yes | It may be ongoing or completed |
| Study Type | Yes | Yes | |
""",
    "an explanation of labels": """How to read a record

Status

Studies that recruit show their status in green text.

Sponsor

The sponsor is the organization or person who oversees the study.

ClinicalTrials.gov Identifier

A code given to each study that is registered. The format is "NCT" and eight digits (for example, NCT00000419).

First Posted

The date on which the study record was first available on the site.
""",
}


@pytest.mark.parametrize("kind", sorted(NO_RECORDS))
def test_labels_without_values_are_no_record(kind: str) -> None:
    with pytest.raises(NotARecordError, match="no registry record"):
        parse(NO_RECORDS[kind])


def test_one_value_that_can_be_read_makes_a_record() -> None:
    page = NO_RECORDS["a form to fill in"].replace("Sample size\n", "Sample size: 120\n")
    assert read(page)["designModule"]["enrollmentInfo"]["count"] == 120


# --- The title ---

BODY = "\nStatus: Recruiting\nPhase: Phase 2\nSponsor: University of Testtown\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# Evening walks and sleep", "Evening walks and sleep"),
        ("Testtown Children's Hospital\n\nEvening walks in infants", "Evening walks in infants"),
        ("Search the Studies: Study Number, Study Title\n\nA study of walks and sleep", "A study of walks and sleep"),
        ("Say goodbye to the old site!\n\nA study of walks and sleep", "A study of walks and sleep"),
        ("~16 spots left by Oct 2026\n\nWalks for Insomnia (WALK Trial)", "Walks for Insomnia (WALK Trial)"),
        ("Protocol summary", None),
        ("Before your walk, please review our visitor policies and parking", None),
        ("Full Walk Details: walks.example.org", None),
        ("Recruiting at 5 walking sites in Testtown\n\nfor people ages 18 years and up (full criteria)", None),
        ("The intent of this protocol is to let adults with insomnia walk", None),
        ("Device: Walking stick for insomnia", None),
        ("WalkWell", None),
        ("A study to learn how well we sleep after walks", "A study to learn how well we sleep after walks"),
        ("Testtown University Hospital", None),
    ],
)  # fmt: skip
def test_a_title_says_what_a_study_is_about(head: str, title: str | None) -> None:
    assert title_of(head + "\n" + BODY) == title


def test_a_few_words_right_above_the_id_are_a_title() -> None:
    assert title_of("WALK-Insomnia\n\nID#: NCT00000001\n" + BODY) == "WALK-Insomnia"
    assert title_of("WALK-Insomnia\nNews\nSleep\nWalking\n" + BODY) is None


# --- Where texts and lists end ---

CRITERIA = """
Inclusion Criteria

  • Insomnia for at least three months
  • Able to walk for half an hour

Exclusion Criteria

  • Shift work in the last year
  • Sleep apnoea that is not treated
"""


@pytest.mark.parametrize(
    "following",
    [
        "\nColorado\n\nTesttown\nTesttown Hospital\nStatus: APPROVED\n",
        "\nFor more information, please contact Dr Jane Sample at 555-0100.\n\nProtocol\n\n17-294\n",
        "\nMinimum Age: 50\n",
    ],
)
def test_nothing_after_the_last_criterion_is_one(following: str) -> None:
    document = parse(HEAD + CRITERIA + following)
    text = document.protocol_section.eligibility_module.eligibility_criteria
    assert text is not None and text.endswith("Sleep apnoea that is not treated")


def test_a_heading_after_bullets_ends_them_without_blank_lines() -> None:
    page = HEAD + CRITERIA.replace("\n\n", "\n").replace("treated", "treated.")
    page += "Questions worth asking your doctor\nBring these to your next appointment.\n"
    text = read(page)["eligibilityModule"]["eligibilityCriteria"]
    assert text.endswith("not treated.")


def test_headings_within_criteria_do_not_end_them() -> None:
    page = HEAD + CRITERIA + "\nPart B\n\n  • Falls in the last year\n"
    assert read(page)["eligibilityModule"]["eligibilityCriteria"].endswith("Falls in the last year")


def test_running_text_ends_where_values_follow() -> None:
    page = HEAD + "\nBrief Summary\n\nPeople walk each evening.\n\nTrial Health\n\n87\n\nOn Track\n"
    assert read(page)["descriptionModule"]["briefSummary"] == "People walk each evening."


def test_a_heading_in_running_text_has_sentences_below_it() -> None:
    page = HEAD + "\nBrief Summary\n\nPeople walk each evening.\n\nPrimary aim\n\nTo see whether they sleep better.\n"
    assert read(page)["descriptionModule"]["briefSummary"].endswith("whether they sleep better.")


@pytest.mark.parametrize(
    ("printed", "conditions"),
    [
        ("Conditions:\n🦠 Insomnia 🦠 Sleep Apnea\n📊 Phase PHASE2\n", ["Insomnia", "Sleep Apnea"]),
        ("Condition(s)\n\nInsomnia\n\nInvestigational Tool(s)\n\nNone\n", ["Insomnia"]),
        ("Conditions\nHealthy subjects\nSex: All\n", ["Healthy subjects"]),
        ("Conditions: InsomniaMental Disorders\nSex: All\n", None),
        ("Condition: Restless Legs\nSex: All\n", ["Restless Legs"]),
        (
            "Condition:\nHave slept badly for months in order to be eligible for this study.Eligibility\nSex: All\n",
            None,
        ),
        ("Health condition(s) or Problem(s) studiedinsomnia\nSex: All\n", None),
        ("Conditions\nDRUG\nMelatonin\nSex: All\n", None),
        ("Conditions\nFemales and Males\nSex: All\n", None),
    ],
)
def test_conditions(printed: str, conditions: list[str] | None) -> None:
    assert read(HEAD + printed).get("conditionsModule", {}).get("conditions") == conditions


def test_rows_of_a_table_that_nobody_reads_are_left() -> None:
    page = (
        HEAD
        + "Detailed Description\nPeople walk each evening.\nType | Measure | Time frame |\n---|---|---|\n"
        + "Primary | Sleep | 1 y |\n"
    )
    document = parse(page)
    assert document.protocol_section.description_module.detailed_description == "People walk each evening."
    assert any("Primary" in one.text for one in document.source_section.unparsed)


def test_a_role_below_a_name_is_not_over_the_next_one() -> None:
    page = HEAD + "Who Is Running the Trial?\nTesttown Hospital\nLead Sponsor\nSleep Institute\nCollaborator\n"
    assert "leadSponsor" not in read(page).get("sponsorCollaboratorsModule", {})


def test_whom_to_ask_at_a_site_is_no_central_contact() -> None:
    page = HEAD + (
        "\nContacts\n\nJane Sample\n555-0100\n\nSites that recruit\n\n"
        "Testtown Hospital\nTesttown, Texas, United States\nContact: John Other | 555-0101\n"
    )
    contacts = parse(page).protocol_section.contacts_locations_module.central_contacts
    assert [one.name for one in contacts] == ["Jane Sample"]


@pytest.mark.parametrize(
    ("printed", "sites"),
    [
        (
            "University Hospital, Paris, France\nMayo Clinic, Rochester, Minnesota, United States - Recruiting\n",
            [("University Hospital", "Paris", None), ("Mayo Clinic", "Rochester", "Minnesota")],
        ),
        ("- University Hospital, Paris, France (Recruiting)\n", [("University Hospital", "Paris", None)]),
        ("X Clinic, Centerville, Ohio, United States\n", [("X Clinic", "Centerville", "Ohio")]),
        ("Surgery, University Hospital, Rome, 00100, Italy\n", [("Surgery, University Hospital", "Rome", None)]),
        (
            "University Hospital (Recruiting)\nCollege Station, Texas, United States\n",
            [("University Hospital", "College Station", "Texas")],
        ),
    ],
)
def test_sites_of_one_line_each(printed: str, sites: list[tuple[str, str, str | None]]) -> None:
    found = read(HEAD + "\nLocations\n" + printed)["contactsLocationsModule"]["locations"]
    assert [(one["facility"], one["city"], one.get("state")) for one in found] == sites
    assert all(one["country"] in ("France", "Italy", "United States") for one in found)


@pytest.mark.parametrize(
    ("printed", "contact"),
    [
        ("Jane Doe, +44 20 7946 0958, jane@x.org", {"phone": "+44 20 7946 0958", "email": "jane@x.org"}),
        ("Jane Doe jane@x.org +44 20 7946 0958", {"phone": "+44 20 7946 0958", "email": "jane@x.org"}),
        ("Jane Doe, (212) 555-0100", {"phone": "(212) 555-0100"}),
    ],
)
def test_a_number_is_no_part_of_a_name(printed: str, contact: dict[str, str]) -> None:
    contacts = read(HEAD + "Contact: " + printed + "\n")["contactsLocationsModule"]["centralContacts"]
    assert contacts == [{"name": "Jane Doe", **contact}]


def test_a_label_and_nothing_known_are_no_collaborators() -> None:
    page = HEAD + "Sponsor: Testtown\nCollaborators: nil known\nPrincipal Investigator: Dr. X, Sponsor: Y\n"
    document = parse(page)
    assert not document.protocol_section.sponsor_collaborators_module.collaborators
    assert any("Dr. X" in one.text for one in document.source_section.unparsed)


def test_a_numbered_arm_without_a_type_is_an_arm_and_a_heading_ends_them() -> None:
    page = HEAD + "Arms\n1. Experimental: Walking\nEach evening.\n2. Usual care\nInterventions\nBehavioral: Walking\n"
    module = read(page)["armsInterventionsModule"]
    assert module["armGroups"] == [
        {"label": "Walking", "type": "EXPERIMENTAL", "description": "Each evening."},
        {"label": "Usual care"},
    ]
    assert module["interventions"] == [{"type": "BEHAVIORAL", "name": "Walking"}]


# --- Values ---


def test_a_date_below_the_sentence_that_explains_its_label() -> None:
    page = HEAD + "\nStarted Sep 2018\n\nStudy Start\n\nFirst participant enrolled\n\nSeptember 24, 2018\n"
    assert read(page)["statusModule"]["startDateStruct"]["date"] == "2018-09-24"


@pytest.mark.parametrize(("registry_id", "date"), [("ISRCTN00000001", "2017-10-02"), ("NCT00000001", "2017")])
def test_a_register_says_whether_the_day_is_first(registry_id: str, date: str) -> None:
    page = (
        f"Evening walks in adults with insomnia\nTrial ID: {registry_id}\nStatus: Recruiting\nStart date: 02/10/2017\n"
    )
    assert read(page)["statusModule"]["startDateStruct"]["date"] == date


def test_both_phases_of_a_cell() -> None:
    page = HEAD + "Phase: Phase 1 Phase 2\n"
    assert read(page)["designModule"]["phases"] == ["PHASE1", "PHASE2"]


def test_parts_of_an_abstract_are_no_criteria() -> None:
    page = HEAD + "\nBackground:\nMany sleep badly.\n\nEligibility:\nAdults who sleep badly.\n\nDesign:\nThey walk.\n"
    assert "eligibilityCriteria" not in read(page).get("eligibilityModule", {})


# --- Pages of the EU register that were cut off ---


def test_the_summary_of_a_page_that_has_no_more() -> None:
    page = """Flag of the European Union EU Clinical Trials Register Help

    Summary
    EudraCT Number:2019-000001-26
    Sponsor's Protocol Code Number:WALK-29
    National Competent Authority:Greece - EOF
    Clinical Trial Type:EEA CTA
    Trial Status:Completed
    Date on which this record was first entered in the EudraCT database:2020-12-14
    Trial results
    Index
    A. PROTOCOL INFORMATION
"""
    document = parse(page)
    assert document.source_section.registry == "EU Clinical Trials Register"
    assert document.source_section.registry_id == "2019-000001-26"
    assert document.source_section.member_state == "GR"
    section = read(page)
    assert section["identificationModule"] == {"orgStudyIdInfo": {"id": "WALK-29"}}
    assert section["statusModule"] == {"overallStatus": "COMPLETED", "studyFirstPostDateStruct": {"date": "2020-12-14"}}


def test_a_page_that_begins_in_section_e() -> None:
    page = """| E.1 Medical condition or disease under investigation |
| E.1.1 | Medical condition(s) being investigated |
| Insomnia in adults |
| E.1.3 | Condition being studied is a rare disease | No |
| E.2 Objective of the trial |
| E.2.1 | Main objective of the trial |
| To see whether walks help. |
| E.2.3 | Trial contains a sub-study | No |
| E.3 | Principal inclusion criteria |
| 1. Insomnia for at least three months |
"""
    document = parse(page)
    assert document.source_section.registry == "EU Clinical Trials Register"
    assert document.source_section.registry_id is None
    assert read(page)["conditionsModule"]["conditions"] == ["Insomnia in adults"]


def test_a_name_explained_after_a_colon_is_not_cut() -> None:
    text = f"{HEAD}\nPhase\nPhase 3\nIntervention\nWalkmab SC: walkmab + enzyme\nSponsored by\nTest University\n"
    arms = parse(text).protocol_section.arms_interventions_module
    assert [one.name for one in arms.interventions] in ([], ["Walkmab SC: walkmab + enzyme"])


def test_what_a_site_says_below_bulleted_criteria_is_none_of_them() -> None:
    text = (
        f"{HEAD}\nEligibility Criteria\n\nInclusion Criteria\n\n  • Insomnia\n  • Able to walk\n\n"
        "Exclusion Criteria\n\n  • Shift work\n  • Sleep apnoea\n\n"
        "What it takes\n\nYour part in the walks lasts a year.\n"
    )
    criteria = parse(text).protocol_section.eligibility_module.eligibility_criteria
    assert criteria is not None and criteria.endswith("Sleep apnoea")


def test_an_affiliation_is_of_nobody_without_a_responsible_party() -> None:
    text = f"{HEAD}\nPhase: Phase 2\nInvestigator Affiliation:\n\nTest University\n"
    assert parse(text).protocol_section.sponsor_collaborators_module.responsible_party is None


@pytest.mark.parametrize(
    ("printed", "facilities"),
    [
        ("Locations\n\nDetails\n\nStatus\nin progress\nStart Date\nSponsor\nTest University\n", []),
        (
            "Locations\n- Testtown Hospital\n- Walking Clinic\n\nPhase: Phase 2\n",
            ["Testtown Hospital", "Walking Clinic"],
        ),
    ],
)
def test_a_site_has_a_place_or_the_name_of_one(printed: str, facilities: list[str]) -> None:
    locations = parse(HEAD + printed).protocol_section.contacts_locations_module.locations
    assert [one.facility for one in locations or ()] == facilities


def test_a_menu_below_eligibility_is_no_criteria() -> None:
    text = (
        f"{HEAD}\nEligibility\nfor people ages 18 years and up (full criteria)\nat Testtown\nDates\n\nPhase: Phase 2\n"
    )
    assert parse(text).protocol_section.eligibility_module.eligibility_criteria is None


def test_a_question_of_the_site_below_bullets_is_no_criterion() -> None:
    text = (
        f"{HEAD}\nStudy Criteria\nParticipants must:\n- Sleep badly\n- Walk well\nWhy Participate?\nThere is no cost.\n"
    )
    criteria = parse(text).protocol_section.eligibility_module.eligibility_criteria
    assert criteria is None or "cost" not in criteria


def test_lines_of_which_nobody_can_be_reached_are_no_contacts() -> None:
    text = f"{HEAD}\nStudy Contact\n\nJane Doe\n\nWalking Campus\n\n1 Test Road\n\nTesttown 12345\n"
    assert not parse(text).protocol_section.contacts_locations_module.central_contacts


def test_labels_that_lost_their_values_are_no_text() -> None:
    text = f"{HEAD}\nSummary\n\nAdults walk in the evening, and their sleep is measured.\nPrincipal Leader\nWhom\n"
    assert read(text)["descriptionModule"]["briefSummary"].endswith("is measured.")


def test_countries_joined_by_blanks_are_parted() -> None:
    text = (
        "Register: ClinicalTrials.gov\nLast refreshed on: 3 May 2021\nMain ID: NCT00000001\n"
        "Date of registration: 11/09/2017\nPrimary sponsor: Test University\nPublic title: Evening walks in insomnia\n"
        "Recruitment status: Recruiting\nStudy type: Interventional\nCountries of recruitment\n"
        "Belgium Canada Italy\nKorea, Republic of New Zealand\nContacts\nName: Jane Doe\n"
    )
    locations = parse(text).protocol_section.contacts_locations_module.locations or ()
    assert [one.country for one in locations] == ["Belgium", "Canada", "Italy", "Korea, Republic of", "New Zealand"]
