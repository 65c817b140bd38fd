"""On pages in any words two signs vouch for a value: its label, and what it says or where it ends."""

from __future__ import annotations

from typing import Any

import pytest

from parser import NotARecordError, parse
from tests.evaluation.measure_strange import MOST_WRONG, judge
from tests.evaluation.records import MISSING_REASON, RECORDS, load_records
from tests.evaluation.strange_printer import SETS, print_strange

HEAD = "Evening walks in adults with insomnia\nNCT ID: NCT00000001\nStatus: Recruiting\n"
TEXT = "People with insomnia walk each evening for six weeks, and sleep is measured at home by a small device."


def read(page: str) -> dict[str, Any]:
    return dict(parse(page).to_dict()["protocolSection"])


def summary_of(below: str) -> str | None:
    summary = read(f"{HEAD}\nBrief Summary\n\n{below}\n").get("descriptionModule", {}).get("briefSummary")
    return None if summary is None else str(summary)


def criteria_of(below: str) -> str | None:
    criteria = (
        read(f"{HEAD}\nEligibility Criteria\n\n{below}\n").get("eligibilityModule", {}).get("eligibilityCriteria")
    )
    return None if criteria is None else str(criteria)


# --- Where a text ends ---


@pytest.mark.parametrize(
    "foreign",
    [
        "What could go wrong\n\nNobody knows whether walks help.",
        "participation requirements\n\n1. Written consent",
        "Who pays?\n\nThe foundation.",
        "## Support\n\nCall us.",
        "Getting here\n\n• By tram\n• By bus",
        "Phase\n\nPhase 2",
        "Trial page\n\nhttps://trials.example/walks",
        "Please sign up if you want to hear when this page changes.",
    ],
)
def test_a_summary_ends_where_no_summary_goes_on(foreign: str) -> None:
    assert summary_of(f"{TEXT}\n\n{foreign}\n\nThe end of the page.") == TEXT


@pytest.mark.parametrize(
    "inner",
    [
        "Primary aim\n\nTo see whether they sleep better.",
        "Group 2\n\nThese stay at home.",
        "Participants will be asked to\n\n* walk\n* sleep",
    ],
)
def test_headings_within_a_text_are_of_it(inner: str) -> None:
    assert summary_of(f"{TEXT}\n\n{inner}") == f"{TEXT}\n\n{inner}"


def test_a_text_in_the_parts_of_an_abstract_is_one() -> None:
    parts = f"Background:\n\n{TEXT}\n\nObjective:\n\nTo measure sleep.\n\nEligibility:\n\nAdults.\n\nDesign:\n\nWalks."
    assert summary_of(parts) == parts


@pytest.mark.parametrize(
    "below", ["Meet the team\n\nJane Doe", "Is it right for me?\n\nAsk your doctor.", "Ward\n\n7B"]
)
def test_a_label_that_lost_its_text_takes_nothing(below: str) -> None:
    assert summary_of(below) is None


def test_labels_with_bullets_are_read_and_are_no_text() -> None:
    page = f"{HEAD}\nSummary\n\n• Sponsor: Testtown Trust\n• Conditions: Insomnia\n\nWhat is involved?\n\nWalks.\n"
    document = read(page)
    assert document["sponsorCollaboratorsModule"]["leadSponsor"]["name"] == "Testtown Trust"
    assert "descriptionModule" not in document


# --- Where criteria end ---

ITEMS = "Inclusion Criteria:\n\n- Age 18 or more\n- Insomnia\n\nExclusion Criteria:\n\n- Sleep apnea\n- Night work"


@pytest.mark.parametrize(
    "foreign",
    [
        "Time commitment\n\nFive visits",
        "Apply now",
        "Where is it?\n\nTesttown",
        "Meet the researchers\n\n- Jane Doe\n- John Roe",
        "about your privacy\n\nAll is kept for a year.",
        "Principal Investigator: Jane Doe, MD",
        "Target number\n\n555-010-0199",
    ],
)
def test_criteria_end_after_their_last_item(foreign: str) -> None:
    assert criteria_of(f"{ITEMS}\n\n{foreign}") == ITEMS


@pytest.mark.parametrize(
    "items",
    [
        "- Age 18 or more\n- Insomnia\n\nWho cannot take part?\n\n- Sleep apnea",
        "Inclusion Criteria:\n\nHealthy volunteers\n\n- Age 18 or more\n- No pain\n\nPatients\n\n- Insomnia\n- Pain",
        "- Age 18 or more, and able to walk\nfor half an hour\n- Insomnia",
    ],
)
def test_headings_and_long_lines_within_criteria_are_of_them(items: str) -> None:
    assert criteria_of(items) == items


# --- Lists and names ---


@pytest.mark.parametrize(
    ("label", "below"),
    [
        ("Sponsor", "Available at the following location(s)"),
        ("Conditions", "The condition(s) this trial relates to."),
        ("Conditions", "Getting here\n\n• By tram"),
        ("Conditions", "Next steps\n\nUpdated daily"),
        ("Interventions", "Our team\n\n• Help with forms"),
        ("Interventions", "Hours: Monday to Friday, 9 to 5"),
        ("Official Title", "What happens at the visits?"),
        ("Official Title", "Principal Investigator: Jane Doe"),
        ("Study Documents", "(Password needed)"),
    ],
)
def test_what_is_below_a_label_is_left_if_it_cannot_be_its_value(label: str, below: str) -> None:
    page = f"{HEAD}\nBrief Summary\n\n{TEXT}\n\n{label}\n\n{below}\n\nStudy Type\n\nInterventional\n"
    document = parse(page)
    plain = read(f"{HEAD}\nBrief Summary\n\n{TEXT}\n\nStudy Type\n\nInterventional\n")
    assert document.to_dict()["protocolSection"] == plain
    assert all(
        any(line.strip("• ") in one.text for one in document.source_section.unparsed) for line in below.split("\n\n")
    )


def test_a_list_is_read_whole_or_not_at_all() -> None:
    page = f"{HEAD}\nBrief Summary\n\n{TEXT}\n\nConditions\n\n{{}}\n\nStudy Type\n\nInterventional\n"
    assert read(page.format("Insomnia\nSleep Disorder"))["conditionsModule"]["conditions"] == [
        "Insomnia",
        "Sleep Disorder",
    ]
    assert "conditionsModule" not in read(page.format("Insomnia\nSee the map of the ward."))


def test_of_lines_below_sponsors_one_may_be_the_value_of_another_label() -> None:
    below = f"{HEAD}\nRegion\nSponsors\nPacific Northwest\nLarch Devices\nPhase\nPhase 2\n"
    assert "sponsorCollaboratorsModule" not in read(below)
    kept = read(below.replace("Pacific Northwest", "- Pine Devices").replace("Larch", "- Larch"))
    assert kept["sponsorCollaboratorsModule"]["leadSponsor"] == {"name": "Pine Devices"}


def test_a_site_has_no_bullet_and_its_status_apart_and_is_no_row_of_a_table() -> None:
    sites = "• Mercy Hospital accepting new patients\n• Grace Clinic not yet accepting patients"
    found = read(f"{HEAD}\nLocations\n\n{sites}\n\nPhase\nPhase 2\n")["contactsLocationsModule"]["locations"]
    assert [(one["facility"], one["status"]) for one in found] == [
        ("Mercy Hospital", "RECRUITING"),
        ("Grace Clinic", "NOT_YET_RECRUITING"),
    ]
    assert "contactsLocationsModule" not in read(f"{HEAD}\nLocations\n\nTrial Sites\t2\nLocations\tSpain, Italy\n")


def test_a_site_with_a_label_below_it_has_no_bullet_either() -> None:
    page = f"{HEAD}\nLocations\n\n• Mercy Hospital accepting new patients\n\nCity: Madrid\nCountry: Spain\n"
    assert read(page)["contactsLocationsModule"]["locations"] == [
        {"facility": "Mercy Hospital", "status": "RECRUITING", "city": "Madrid", "country": "Spain"}
    ]


def test_outcomes_of_which_one_is_a_label_or_a_time_are_left() -> None:
    below = "• Sleep at home\n  date_rangeTime Frame:\n  48 months"
    assert "outcomesModule" not in read(f"{HEAD}\nPrimary Outcome\n{below}\nAcronym\nWALK\n")


def test_interventions_with_types_between_commas_are_several_and_a_type_alone_is_none() -> None:
    module = read(f"{HEAD}\nInterventions: Behavioral: Evening walks, Device: Sleep mask\n")["armsInterventionsModule"]
    assert [(one["type"], one["name"]) for one in module["interventions"]] == [
        ("BEHAVIORAL", "Evening walks"),
        ("DEVICE", "Sleep mask"),
    ]
    below = "Intervention Type\nDrug\nTrial Purpose\nN/A\nAllocation\nN/A\n"
    assert "armsInterventionsModule" not in read(f"{HEAD}\n{below}")


def test_criteria_in_paragraphs_end_at_a_heading() -> None:
    own = "We look for adults who have slept badly for three months or more."
    assert criteria_of(f"{own}\n\nTime and travel\n\nThere are two visits and a telephone call.") == own


def test_a_text_ends_with_its_cell() -> None:
    assert summary_of(f"{TEXT} |\n|\n|\n|\n- Adults who sleep badly\n|\n-\nConsent\n|") == TEXT


def test_criteria_in_lines_end_at_a_label_between_blank_lines() -> None:
    own = "Inclusion Criteria:\n\nAdults who sleep badly\nRenal function: normal\nAble to walk"
    assert criteria_of(f"{own}\n\nPrimary disease category: Sleep\n\nThe study is small.") == own
    assert criteria_of(f"{own}\n\nAge of onset: 18 or more") == f"{own}\n\nAge of onset: 18 or more"


def test_other_before_a_name_is_an_intervention_below_their_heading() -> None:
    page = f"{HEAD}\nInterventions\n\nDrug: Melatonin\n\nOther: Evening walks\n\nStudy Type\n\nInterventional\n"
    arms = read(page)["armsInterventionsModule"]
    assert [one["name"] for one in arms["interventions"]] == ["Melatonin", "Evening walks"]
    assert "armGroups" not in arms


def test_of_the_lines_above_the_first_label_the_title_is_about_what_the_page_is() -> None:
    page = (
        "Patients and Visitors\n\nWalks against insomnia in Testtown\n\nSummary\n\n{}\n\n"
        "Study Type\n\nInterventional\n\nOverall Status\n\nRecruiting\n"
    )
    title = parse(page.format(TEXT)).protocol_section.identification_module.brief_title
    assert title == "Walks against insomnia in Testtown"


def test_an_explanation_of_criteria_makes_no_record() -> None:
    page = (
        "Purpose\n\nWhy a trial is done.\n\nEligibility\n\nWhat people need to join.\n\n"
        "• Inclusion criteria, reasons to let a person join.\n• Exclusion criteria, reasons that keep one from it.\n\n"
        "Phase\n\nA number from 1 to 4.\n"
    )
    with pytest.raises(NotARecordError):
        parse(page)


# --- Records among a site's own texts ---


@pytest.mark.skipif(RECORDS is None, reason=MISSING_REASON)
@pytest.mark.parametrize("texts", SETS)
def test_little_is_wrong_among_texts_of_a_site(texts: str) -> None:
    said = [
        verdict
        for number, study in enumerate(load_records())
        if not number % 10
        for _, verdict, _ in judge(print_strange(study, 0, texts))
    ]
    assert said.count("wrong") <= MOST_WRONG * (said.count("wrong") + said.count("right"))
