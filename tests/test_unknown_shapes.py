"""On pages in any words what has no regular shape is left: lists, criteria, texts; and lists of trials are refused."""

from __future__ import annotations

from typing import Any

import pytest

from parser import NotARecordError, parse
from parser.values.age_line import read_ages
from parser.values.codes import read_code

HEAD = "Evening walks in adults with insomnia\nNCT ID: NCT00000001\nStatus: Recruiting\n"
TEXT = "People with insomnia walk each evening for six weeks, and sleep is measured at home by a small device."


def read(below: str) -> dict[str, Any]:
    return dict(parse(f"{HEAD}\n{below}\n").to_dict()["protocolSection"])


def criteria_of(below: str) -> str | None:
    module = read(f"Eligibility Criteria\n\n{below}").get("eligibilityModule", {})
    return str(module["eligibilityCriteria"]) if "eligibilityCriteria" in module else None


# --- Criteria ---


@pytest.mark.parametrize(
    "criteria",
    [
        "Inclusion Criteria:\n- Insomnia\n- Age 18 or more\nExclusion Criteria:\n- Night shifts",
        "Inclusion Criteria:\nInsomnia\nAge 18 or more\nExclusion Criteria:\nNight shifts",
        "Adults must be 18 or older and have slept badly for three months.",
    ],
)
def test_criteria_of_a_regular_shape_are_read(criteria: str) -> None:
    assert criteria_of(criteria) == criteria


@pytest.mark.parametrize(
    "criteria",
    [
        # Items that share a line.
        "Inclusion Criteria:\n1. - Insomnia - Age 18 or more - Able to walk\nExclusion Criteria:\n1. Night shifts",
        # A button between the lines, and a sentence to the reader.
        "Inclusion Criteria:\nSelect...\nI sleep badly\nSelect...\nI can walk",
        "Inclusion Criteria:\nInsomnia\nThis is for you if you are well",
        # Paragraphs of another part of the page, which has no heading.
        "Inclusion Criteria:\nInsomnia\nAge 18 or more\nMain outcome\nHours of sleep",
        "Inclusion criteria: Insomnia\nExclusion criteria: Night shifts\nResearch type: Interventional",
        # Fields of the record among the criteria.
        "• Gender: All\nInclusion Criteria:\n- Insomnia\n- Age 18 or more",
        "Inclusion Criteria:\nInsomnia\nStudy Design: Randomized, in two groups",
        # The other side is further below, and a text that says nothing of who can take part.
        "Inclusion Criteria:\n- Insomnia\n- Age 18 or more\n\nPhase: Phase 2\nExclusion Criteria:\n- Night shifts",
        "The foundation has paid for the lamps.",
    ],
)
def test_criteria_of_no_regular_shape_are_left(criteria: str) -> None:
    assert criteria_of(criteria) is None


def test_criteria_end_with_their_last_item() -> None:
    items = "Inclusion Criteria:\n1. Insomnia\n2. Age 18 or more"
    assert criteria_of(f"{items}\n\nWalks are at dusk. All have a lamp.\n\nType of population:\n\nAdults") == items


def test_the_other_side_of_criteria_is_not_elsewhere() -> None:
    sides = "Criteria: Inclusion criteria\nInsomnia\nCriteria: Gender\nBoth\nExclusion criteria\nNight shifts, lamps"
    assert "eligibilityCriteria" not in read(sides).get("eligibilityModule", {})


# --- Texts ---


@pytest.mark.parametrize(
    "below",
    [
        "Brief Summary\nBrief Summary is the first part of what a registry has.",
        f"Brief Summary\n{TEXT}\nThe aims are to find out\n\nhow walks help\nwhat they cost\n\nTravel\n\nBy tram.",
        f"Brief Summary\n{TEXT}\n\nMondays:\n\nWalks are at dusk.",
    ],
)
def test_a_text_with_lines_that_are_no_sentences_is_left(below: str) -> None:
    assert "descriptionModule" not in read(below)


def test_a_text_ends_at_a_label_whose_value_is_none() -> None:
    module = read(f"Brief Summary\n{TEXT}\n\nEligibility\nNot available\nNext steps\nCall us")["descriptionModule"]
    assert module == {"briefSummary": TEXT}


# --- Lists ---


def test_a_list_with_a_line_that_is_no_part_of_it_is_left() -> None:
    sites = "Mercy Hospital\nBergen, Norway\n{}City Clinic\nOslo, Norway\nPhase: Phase 2"
    assert len(read("Locations\n" + sites.format(""))["contactsLocationsModule"]["locations"]) == 2
    assert "contactsLocationsModule" not in read("Locations\n" + sites.format("Ask us\nThen call\n"))


def test_the_name_of_a_site_is_no_site_with_its_place() -> None:
    sites = "Trial Sites\nZomba Clinic, Zomba, Malawi\nHowick CRS, Howick, South Africa"
    found = read(f"{sites}\nPhase: Phase 2").get("contactsLocationsModule", {}).get("locations", [])
    assert all("Malawi" not in one.get("facility", "") for one in found)


def test_outcomes_are_no_criteria() -> None:
    outcomes = "Secondary outcome\nItch\nInclusion\n1. Swims\n2. Age 15 to 40\nExclusion\n1. Perforated drum\n"
    assert "outcomesModule" not in read(f"{outcomes}Sex\nAll")
    assert "outcomesModule" not in read("Secondary outcome: Local failure; Toxicity\nSex: All")


def test_interventions_whose_description_is_no_text_are_left() -> None:
    arms = "Arms & Interventions\nArms\nExperimental: Walks\nEach evening\nInterventions\nBehavioral: Walks\n"
    module = read(f"{arms}Outside\nContact a team\nIf you want to, call the site.\nWhat are dates")
    assert "interventions" not in module["armsInterventionsModule"]
    assert read(f"{arms}Outside")["armsInterventionsModule"]["interventions"][0]["description"] == "Outside"


@pytest.mark.parametrize("below", ["Interventions: Aspirin, Placebo", "Conditions: Insomnia, Depression"])
def test_one_entry_that_says_two_is_left(below: str) -> None:
    module = read(below)
    assert "armsInterventionsModule" not in module
    assert "conditionsModule" not in module


def test_lines_below_conditions_are_all_terms() -> None:
    assert "conditionsModule" not in read("Conditions\nInsomnia\nSponsors and support\nPhase: Phase 2")


def test_what_one_may_choose_is_no_value() -> None:
    assert "sex" not in read("Sex\n• Men\n• Women\n\nPhase: Phase 2").get("eligibilityModule", {})


# --- Single values ---


@pytest.mark.parametrize(
    "below",
    [
        "Contact\nOpen\n555-010-2000",
        "Contact\nTrial nurse: Pia Strand\n555-010-2000",
        "Contact\nAiko Mori, Tea University\n555-010-2000",
        "Contact\nClick the icon for an explanation\n555-010-2000",
    ],
)
def test_a_contact_has_a_name(below: str) -> None:
    assert "centralContacts" not in read(below).get("contactsLocationsModule", {})


def test_a_sponsor_is_one_organisation() -> None:
    assert "sponsorCollaboratorsModule" not in read("Sponsor: Mercy Research in collaboration with Sleep Fund")
    assert "sponsorCollaboratorsModule" not in read("Sponsor\nClinicalTrials.gov Identifier")


def test_of_a_person_and_a_role_the_person_is_the_contact() -> None:
    contacts = "Contacts\nAnn Roe, RN\nResearch nurse\n402-555-0100\nBo Lee, MD\n402-555-0101\nPhase: Phase 2"
    assert [one["name"] for one in read(contacts)["contactsLocationsModule"]["centralContacts"]] == ["Bo Lee, MD"]


@pytest.mark.parametrize(
    "below",
    ["Sponsor: Light Fund / Mercy Hospital", "Sponsor\nDr. Ann Roe\nMercy Hospital", "Keywords: light, lamp, age; hip"],
)
def test_names_and_terms_that_are_several_or_a_person_are_left(below: str) -> None:
    module = read(f"{below}\nPhase: Phase 2")
    assert "sponsorCollaboratorsModule" not in module
    assert "conditionsModule" not in module


def test_a_citation_has_no_number() -> None:
    cited = read("References\n1. Roe A. Light and delirium. J Hip 2019;3:1-9.")["referencesModule"]["references"]
    assert [one["citation"] for one in cited] == ["Roe A. Light and delirium. J Hip 2019;3:1-9."]


def test_outcomes_with_and_without_brackets_are_left() -> None:
    outcomes = "Primary Outcome Measures\nDelirium (5 days)\nCAM twice a day\nPhase: Phase 2"
    assert "outcomesModule" not in read(outcomes)
    framed = read("Secondary Outcome Measures\n1. Foot comfort [5 months]\n2. Days off work [5 months]\nPhase: Phase 2")
    assert framed["outcomesModule"]["secondaryOutcomes"] == [
        {"measure": "Foot comfort", "timeFrame": "5 months"},
        {"measure": "Days off work", "timeFrame": "5 months"},
    ]


def test_a_person_has_no_label_and_an_organisation_from_before_2011_a_person() -> None:
    party = "Responsible Party: Name/Official Title : Jane Roe / Nurse\nOrganization : Mercy Research\nPhase: Phase 2"
    assert "responsibleParty" not in read(party).get("sponsorCollaboratorsModule", {})


def test_collaborators_with_a_comma_may_be_several() -> None:
    module = read("Sponsor: Mercy Research\nCollaborators: Oxa Pharma, National Sleep Fund")
    assert module["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "Mercy Research"}}


def test_dates_are_in_the_order_that_the_page_says() -> None:
    module = read("Start date: 03/04/2021 (mm/dd/yyyy)\nEnd date: 03/04/2021 (dd/mm/yyyy)")["statusModule"]
    assert module["startDateStruct"]["date"] == "2021-03-04"
    assert module["completionDateStruct"]["date"] == "2021-04-03"


def test_the_title_for_lay_persons_is_the_brief_one() -> None:
    lay = "Title of the trial for lay persons, in easily understood language: Walks for insomnia"
    module = read(f"Trial title: A Phase 2 Trial of Walks\n{lay}")["identificationModule"]
    assert (module["briefTitle"], module["officialTitle"]) == ("Walks for insomnia", "A Phase 2 Trial of Walks")


def test_an_id_below_its_label_has_a_figure() -> None:
    assert "orgStudyIdInfo" not in read("Protocol Number\nParallel Assignment")["identificationModule"]


@pytest.mark.parametrize(
    ("printed", "ages"),
    [
        ("88 years or below", (None, "88 Years")),
        ("18 to 65 years", ("18 Years", "65 Years")),
        ("18 years and older", ("18 Years", None)),
    ],
)
def test_two_ages_have_a_word_between_them(printed: str, ages: tuple[str | None, str | None]) -> None:
    found = read_ages(printed)
    assert found is not None
    assert found[:2] == ages
    assert read_ages("12 years 6 months") is None


def test_parts_of_phases_are_phases() -> None:
    assert [read_code("phases", one) for one in ("Phase 1b", "IIa", "2")] == ["PHASE1", "PHASE2", "PHASE2"]


def test_a_title_ends_and_is_no_label_of_a_date() -> None:
    title = parse(HEAD.replace("insomnia", "insomnia of").replace("NCT ID", "Study Title: Walks\nNCT ID"))
    assert title.protocol_section.identification_module.brief_title == "Walks"
    quoted = parse(f'"""{HEAD}').protocol_section.identification_module
    assert quoted.brief_title == "Evening walks in adults with insomnia"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Walks for Adults With Insomnia | Mercy Hospital | Trials", "Walks for Adults With Insomnia"),
        ("Insomnia | Adults | Phase 2", None),
        ("News: Insomnia trial opens in the park", None),
        ("Dr. Jane Roe, Professor of Sleep in adults", None),
        ("3 May 2021", None),
        ("20210388HM", None),
        ("STUDY00012345", None),
        ("Sleep in adults [ Time Frame: 12 weeks ]", None),
        ("KEYNOTE-024", "KEYNOTE-024"),
    ],
)
def test_a_title_is_without_the_parts_of_a_site_and_no_person_or_date(head: str, title: str | None) -> None:
    page = parse(f"{head}\nNCT ID: NCT00000001\nStatus: Recruiting\nConditions: Insomnia\nSummary: {TEXT}\n")
    assert page.protocol_section.identification_module.brief_title == title


def test_a_call_of_the_site_ends_a_text() -> None:
    assert read(f"Summary: {TEXT}\nRead more about the hospital.")["descriptionModule"] == {"briefSummary": TEXT}


def test_what_is_to_come_is_no_value() -> None:
    assert "officialTitle" not in read("Official Title: To be announced")["identificationModule"]


# --- What is no record ---


@pytest.mark.parametrize(
    "page",
    [
        # Two labels take turns.
        f"Trials\n\nWalks in insomnia\nPurpose: {TEXT}\nEligibility: Adults.\n\nLamps in insomnia\n"
        "Purpose: Light is given each morning to those who sleep badly.\nEligibility: Women.\n",
        # Ids after labels in any wording.
        "Trials\n\nStatus: Recruiting\nOur Trial IDNCT00000001\n\nTrial ID: NCT00000002\n\nLast Trial IDNCT00000003\n",
        # A form of search.
        "Search\nCondition: insomnia\nStatus: Recruiting\nSex: All\n0 results\n",
        # A page of the web with a date.
        "My life with insomnia\nLast updated: 3 May 2020\nSummary\nIt was worth it.\n",
    ],
)
def test_lists_of_trials_and_pages_of_the_web_are_refused(page: str) -> None:
    with pytest.raises(NotARecordError):
        parse(page)


def test_collaborators_have_no_label_among_them() -> None:
    page = parse(f"{HEAD}Collaborators: White Birch Medical Center\nLeads: Green Gap Clinic\nPhase: Phase 2\n")
    assert page.protocol_section.sponsor_collaborators_module.collaborators == ()
