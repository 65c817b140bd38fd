"""Sections, fields and records of the labelled page, and the traps between them."""

from __future__ import annotations

from typing import Any

import pytest

from parser import Document, merge, parse
from parser.forms.pages import read_page
from parser.forms.pages.site import NO_INTERVENTIONS
from parser.problems import Problems
from parser.quantities.ages import standard_ages
from parser.source import read_source
from tests.evaluation.printer import RESULTS_AVAILABLE, RESULTS_PENDING
from tests.pages import page, section

BASIC = section("Basic Information", "Recruitment Status", "COMPLETED", "Study Classification", "INTERVENTIONAL")
SUMMARY = section("Brief Summary", "A summary.")
ENDING = section("Conditions", "Asthma")
ELIGIBILITY_END = "Minimum Eligible Age\n\n18 Years\n\nEligible Sex\n\nALL\n\nAccepts Healthy Volunteers\n\nNo"


def protocol(document: Document) -> Any:
    return document.to_dict()["protocolSection"]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def unparsed(document: Document) -> list[str]:
    return [item.text for item in document.source_section.unparsed] if document.source_section else []


# --- headings ---


def test_a_line_that_reads_like_a_heading_stays_in_its_description() -> None:
    description = section("Detailed Description", "Why.", "Study Design", "Two arms.", "Interventions", "Aspirin.")
    document = parse(page(BASIC, SUMMARY, description, section("Study Design", "Allocation Method", "RANDOMIZED")))
    assert protocol(document)["descriptionModule"]["detailedDescription"] == (
        "Why.\n\nStudy Design\n\nTwo arms.\n\nInterventions\n\nAspirin."
    )
    assert protocol(document)["designModule"]["designInfo"] == {"allocation": "RANDOMIZED"}
    assert codes(document) == []


def test_a_criterion_that_reads_like_a_heading_stays_a_criterion() -> None:
    criteria = "Inclusion Criteria:\n\nStudy Design\n\n* Adult\n\nLocations\n\n* Fit"
    document = parse(page(BASIC, SUMMARY, section("Eligibility Criteria", f"{criteria}\n{ELIGIBILITY_END}")))
    assert protocol(document)["eligibilityModule"]["eligibilityCriteria"] == criteria
    assert codes(document) == []


def test_headings_are_found_where_the_site_prints_no_sentences() -> None:
    document = parse(
        page(
            section("Brief Summary", "A summary.", sentence=False),
            section("Detailed Description", "Why.", "Conditions", "Hot and dry.", sentence=False),
            section("Conditions", "Asthma", sentence=False),
            section("Study Design", "Allocation Method", "NA", sentence=False),
        )
    )
    assert protocol(document)["descriptionModule"]["briefSummary"] == "A summary."
    assert protocol(document)["conditionsModule"]["conditions"] == ["Asthma"]
    assert protocol(document)["designModule"]["designInfo"] == {"allocation": "NA"}


def test_a_section_without_text_is_empty_and_a_missing_one_is_absent() -> None:
    document = parse(page(BASIC, SUMMARY, section("Detailed Description"), section("Conditions", "Asthma")))
    assert protocol(document)["descriptionModule"] == {"briefSummary": "A summary."}
    assert "armsInterventionsModule" not in protocol(document)
    assert codes(document) == []


def test_another_sites_sentences_and_order_are_read() -> None:
    said = "Learn how this other site words what it says."
    order = (("Keywords", "flu"), ("Brief Summary", "Why."), ("Basic Information", "Clinical Phase\n\nPHASE1"))
    document = parse(page(*(f"{heading}\n\n{said}\n\n{body}" for heading, body in order)))
    assert protocol(document)["conditionsModule"]["keywords"] == ["flu"]
    assert protocol(document)["descriptionModule"]["briefSummary"] == "Why."
    assert protocol(document)["designModule"]["phases"] == ["PHASE1"]
    assert codes(document) == []


def test_an_unknown_heading_is_kept_with_its_text() -> None:
    funding = "Funding Sources\n\nSee who pays for the study and its sites.\n\nA foundation.\n\nAnother one."
    document = parse(page(BASIC, SUMMARY, funding, section("Conditions", "Asthma")))
    assert protocol(document)["descriptionModule"]["briefSummary"] == "A summary."
    assert protocol(document)["conditionsModule"]["conditions"] == ["Asthma"]
    assert codes(document) == ["unknown-heading"]
    assert unparsed(document) == [funding]


def test_a_section_that_comes_twice_counts_once_and_is_kept() -> None:
    document = parse(page(BASIC, SUMMARY, section("Conditions", "Asthma"), section("Brief Summary", "Another.")))
    assert protocol(document)["descriptionModule"]["briefSummary"] == "A summary."
    assert "duplicate-section" in codes(document)
    assert "Another." in unparsed(document)


# --- before the first heading ---


def test_text_before_the_title_is_kept_apart() -> None:
    document = parse(page(BASIC, SUMMARY, front=("Skip to content", "Home", "A Trial", "NCT ID: NCT00000001")))
    assert protocol(document)["identificationModule"]["briefTitle"] == "A Trial"
    assert codes(document) == ["text-before-title", "text-before-title"]
    assert unparsed(document) == ["Skip to content", "Home"]


def test_a_page_without_an_id_says_so() -> None:
    document = parse(page(BASIC, SUMMARY, front=("A Trial",)))
    assert document.nct_id is None
    assert codes(document) == ["missing-id"]


# --- labels and values ---


def test_a_label_that_is_not_known_is_kept_with_its_value() -> None:
    basic = section("Basic Information", "Recruitment Status", "TERMINATED", "Why Paused", "Slow accrual")
    document = parse(page(basic, SUMMARY, section("Conditions", "Asthma")))
    assert protocol(document)["statusModule"]["overallStatus"] == "TERMINATED"
    assert codes(document) == ["unknown-label", "unknown-label"]
    assert unparsed(document) == ["Why Paused", "Slow accrual"]


def test_a_value_that_is_no_code_is_kept_out_of_the_field() -> None:
    basic = section("Basic Information", "Recruitment Status", "Sleeping", "Clinical Phase", "PHASE1/PHASE9")
    document = parse(page(basic, SUMMARY))
    assert "overallStatus" not in protocol(document)["statusModule"]
    assert protocol(document)["designModule"]["phases"] == ["PHASE1"]
    assert codes(document) == ["unknown-value", "unknown-value"]
    assert unparsed(document) == ["Sleeping", "PHASE9"]
    assert [document.problems[1].start, document.problems[1].end] == [
        page(basic).index("PHASE9"),
        page(basic).index("PHASE9") + 6,
    ]


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        ("Total Enrollment", "a few", "not-understood"),
        ("Study Start Date", "2020-13", "impossible-date"),
        ("Study Start Date", "soon", "not-understood"),
    ],
)
def test_a_value_that_cannot_be_read_is_kept_and_no_value_is_made_up(label: str, value: str, code: str) -> None:
    document = parse(page(section("Basic Information", label, value), SUMMARY))
    assert "designModule" not in protocol(document)
    assert "startDateStruct" not in protocol(document).get("statusModule", {})
    assert codes(document) == [code]
    assert unparsed(document) == [value]


def test_a_label_may_have_a_colon_and_its_value_on_its_line() -> None:
    front = ("A Trial", "NCT ID", "NCT00000001", "Last Updated:", "2020-01-02")
    basic = section("Basic Information", "Recruitment Status:", "COMPLETED", "Clinical Phase: PHASE2, PHASE3")
    document = parse(page(basic, section("Eligibility Criteria", "* a\nEligible Sex: ALL"), front=front))
    assert document.nct_id == "NCT00000001"
    assert protocol(document)["statusModule"] == {
        "overallStatus": "COMPLETED",
        "lastUpdatePostDateStruct": {"date": "2020-01-02"},
    }
    assert protocol(document)["designModule"]["phases"] == ["PHASE2", "PHASE3"]
    assert protocol(document)["eligibilityModule"]["sex"] == "ALL"
    assert unparsed(document) == []


def test_a_phase_that_is_not_applicable_is_the_registry_s_code() -> None:
    document = parse(page(section("Basic Information", "Clinical Phase", "N/A")))
    assert protocol(document)["designModule"]["phases"] == ["NA"]
    assert codes(document) == []


def test_an_id_or_an_age_that_is_none_is_kept_out_of_its_field() -> None:
    eligibility = section("Eligibility Criteria", "* Fit\nMinimum Eligible Age\n\nof age")
    document = parse(page(SUMMARY, eligibility, front=("A Trial", "NCT ID: NCT123", "Last Updated: 2020-01-02")))
    assert document.nct_id is document.source_section.registry_id is None
    assert "minimumAge" not in protocol(document)["eligibilityModule"]
    assert "stdAges" not in protocol(document)["eligibilityModule"]
    assert unparsed(document) == ["NCT123", "of age"]
    assert codes(document) == ["unknown-value", "unknown-value"]


def test_a_dash_is_nothing() -> None:
    document = parse(page(section("Basic Information", "Clinical Phase", "-", "Total Enrollment", "-"), SUMMARY))
    assert "designModule" not in protocol(document)
    assert codes(document) == []


def test_who_is_masked_is_without_a_label() -> None:
    design = section("Study Design", "Blinding Strategy", "TRIPLE", "Participants Caregivers Outcome Assessors")
    info = protocol(parse(page(BASIC, SUMMARY, design)))["designModule"]["designInfo"]
    assert info == {
        "maskingInfo": {"masking": "TRIPLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER", "OUTCOMES_ASSESSOR"]}
    }


def test_an_observational_design_is_read_under_labels_that_are_not_known() -> None:
    design = section("Study Design", "Observation Form", "COHORT", "Time Frame Kind", "RETROSPECTIVE")
    document = parse(page(BASIC, SUMMARY, design))
    assert protocol(document)["designModule"]["designInfo"] == {
        "observationalModel": "COHORT",
        "timePerspective": "RETROSPECTIVE",
    }
    assert unparsed(document) == ["Observation Form", "Time Frame Kind"]


# --- the end of the eligibility text ---


def test_the_first_age_label_follows_the_last_criterion_without_a_blank_line() -> None:
    document = parse(page(BASIC, SUMMARY, section("Eligibility Criteria", f"* Adult\n* Fit\n{ELIGIBILITY_END}")))
    assert protocol(document)["eligibilityModule"] == {
        "eligibilityCriteria": "* Adult\n* Fit",
        "healthyVolunteers": False,
        "sex": "ALL",
        "minimumAge": "18 Years",
        "stdAges": ["ADULT", "OLDER_ADULT"],
    }


def test_a_criterion_that_reads_like_an_age_label_does_not_end_the_text() -> None:
    criteria = "Eligible Sex\n\nWomen only, and men.\n\nMinimum Eligible Age\n\n* Adults who can consent\n* Fit"
    document = parse(page(BASIC, SUMMARY, section("Eligibility Criteria", f"{criteria}\n{ELIGIBILITY_END}")))
    assert protocol(document)["eligibilityModule"]["eligibilityCriteria"] == criteria
    assert protocol(document)["eligibilityModule"]["minimumAge"] == "18 Years"


def test_an_unknown_label_among_the_ages_does_not_hide_those_before_it() -> None:
    end = ELIGIBILITY_END.replace("Accepts", "Gender Based\n\nYes\n\nAccepts")
    document = parse(page(BASIC, SUMMARY, section("Eligibility Criteria", f"* Adult\n{end}")))
    assert protocol(document)["eligibilityModule"]["eligibilityCriteria"] == "* Adult"
    assert protocol(document)["eligibilityModule"]["minimumAge"] == "18 Years"
    assert unparsed(document) == ["Gender Based", "Yes"]


# --- arm groups ---

INTERVENTIONS = section(
    "Interventions",
    "Aspirin",
    "A tablet.",
    "* 100 mg\n* 200 mg",
    "Taken daily.",
    "Intervention Type DRUG",
    "Placebo",
    "Intervention Type DRUG",
)  # fmt: skip


def test_a_description_of_many_paragraphs_ends_where_the_interventions_section_says() -> None:
    groups = section(
        "Study Groups",
        "Aspirin",
        "First paragraph.",
        "Group Type A virus is no label.",
        "Group Type EXPERIMENTAL",
        "Aspirin",
        "Intervention Type DRUG",
        "A tablet.",
        "* 100 mg\n* 200 mg",
        "Taken daily.",
        "Control",
        "Group Type PLACEBO_COMPARATOR",
        "Placebo",
        "Intervention Type DRUG",
    )
    document = parse(page(BASIC, SUMMARY, groups, INTERVENTIONS))
    assert protocol(document)["armsInterventionsModule"] == {
        "armGroups": [
            {
                "label": "Aspirin",
                "type": "EXPERIMENTAL",
                "description": "First paragraph.\n\nGroup Type A virus is no label.",
                "interventionNames": ["Drug: Aspirin"],
            },
            {"label": "Control", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]},
        ],
        "interventions": [
            {
                "type": "DRUG",
                "name": "Aspirin",
                "description": "A tablet.\n\n* 100 mg\n* 200 mg\n\nTaken daily.",
                "armGroupLabels": ["Aspirin"],
            },
            {"type": "DRUG", "name": "Placebo", "armGroupLabels": ["Control"]},
        ],
    }
    assert codes(document) == []


def test_interventions_come_from_the_arms_where_they_have_no_section() -> None:
    given = ("Aspirin", "Intervention Type DRUG", "A tablet.")
    groups = section("Study Groups", "A", "Group Type OTHER", *given, "B", "Group Type OTHER", *given)
    module = protocol(parse(page(BASIC, SUMMARY, groups)))["armsInterventionsModule"]
    assert module["interventions"] == [
        {"type": "DRUG", "name": "Aspirin", "description": "A tablet.", "armGroupLabels": ["A", "B"]}
    ]
    document = parse(page(groups, section("Interventions", "Aspirin", "A pill.", "Intervention Type DRUG")))
    assert unparsed(document) == ["A tablet.", "A tablet."]
    assert protocol(document)["armsInterventionsModule"]["interventions"][0]["armGroupLabels"] == ["A", "B"]


def test_arms_mean_one_after_the_other_of_interventions_that_are_the_same() -> None:
    given = ("Aspirin", "Intervention Type DRUG", "A tablet.")
    groups = section("Study Groups", "A", "Group Type OTHER", *given, "B", "Group Type OTHER", *given)
    twice = section("Interventions", *("Aspirin", "A tablet.", "Intervention Type DRUG") * 2)
    module = protocol(parse(page(BASIC, SUMMARY, groups, twice)))["armsInterventionsModule"]
    assert [one["armGroupLabels"] for one in module["interventions"]] == [["A"], ["B"]]


def test_a_label_inside_a_paragraph_of_a_description_is_text() -> None:
    groups = section(
        "Study Groups", "Aspirin", "Coded as\nGroup Type OTHER\nin the protocol.", "Group Type EXPERIMENTAL"
    )
    arms = protocol(parse(page(BASIC, SUMMARY, groups)))["armsInterventionsModule"]["armGroups"]
    assert [(arm["label"], arm["type"]) for arm in arms] == [("Aspirin", "EXPERIMENTAL")]
    assert arms[0]["description"] == "Coded as\nGroup Type OTHER\nin the protocol."


def test_arms_without_a_type_are_distinguished_by_their_form_and_that_is_reported() -> None:
    groups = section("Study Groups", "Cohort A", "People who smoke every day.", "Cohort B", "People who never smoked.")
    document = parse(page(BASIC, SUMMARY, groups))
    arms = protocol(document)["armsInterventionsModule"]["armGroups"]
    assert [(arm["label"], arm["description"]) for arm in arms] == [
        ("Cohort A", "People who smoke every day."),
        ("Cohort B", "People who never smoked."),
    ]
    assert codes(document) == ["group-boundary"]


def test_a_label_that_belongs_to_no_arm_is_kept() -> None:
    document = parse(page(BASIC, SUMMARY, section("Study Groups", "Group Type EXPERIMENTAL", "Control"), ENDING))
    assert unparsed(document) == ["Group Type EXPERIMENTAL"]
    assert codes(document) == ["unparsed-text"]


GIVEN = ("Walkers", "They walk.", "Group Type EXPERIMENTAL", "Walking", "Intervention Type BEHAVIORAL")


@pytest.mark.parametrize(
    ("last", "description", "left"),
    [
        (("Every day for an hour.", "Sitt"), "Every day for an hour.", ["Sitt"]),
        (("Sitt",), None, ["Sitt"]),
        (("Sitters", "Group Type NO_INTERVENTION", "Sit"), None, ["Sit"]),
    ],
)
def test_where_the_text_ends_within_the_arms_its_last_lines_are_no_arm(
    last: tuple[str, ...], description: str | None, left: list[str]
) -> None:
    document = parse(page(BASIC, SUMMARY, section("Study Groups", *GIVEN, *last)))
    module = protocol(document)["armsInterventionsModule"]
    typed = 1 + ("Group Type NO_INTERVENTION" in last)
    assert [arm["label"] for arm in module["armGroups"]] == ["Walkers", "Sitters"][:typed]
    assert module["interventions"][0].get("description") == description
    assert unparsed(document) == left


def test_an_arm_without_interventions_says_so_and_ends_there() -> None:
    groups = section("Study Groups", *GIVEN, "Sitters", "Group Type NO_INTERVENTION", NO_INTERVENTIONS, "Others",
                     "Group Type OTHER", NO_INTERVENTIONS)  # fmt: skip
    walking = section("Interventions", "Walking", "Intervention Type BEHAVIORAL")
    document = parse(page(BASIC, SUMMARY, groups, walking))
    arms = protocol(document)["armsInterventionsModule"]["armGroups"]
    assert [(arm["label"], arm.get("interventionNames")) for arm in arms] == [
        ("Walkers", ["Behavioral: Walking"]),
        ("Sitters", None),
        ("Others", None),
    ]
    assert unparsed(document) == []


# --- text that is cut ---


@pytest.mark.parametrize(
    "sections", [(BASIC,), (BASIC, SUMMARY), (BASIC, SUMMARY, "Detailed Description\n\nDive into the")]
)
def test_a_page_that_is_cut_short_says_whether_there_are_results(sections: tuple[str, ...]) -> None:
    document = parse(page("\n\n".join(("Study Results", *RESULTS_PENDING)), *sections))
    assert document.has_results is False
    assert protocol(document)["identificationModule"] == {"nctId": "NCT00000001", "briefTitle": "A Trial"}
    assert unparsed(document) == []


def test_a_page_without_a_head_has_no_title_and_says_so() -> None:
    document = parse(page("\n\n".join(("Study Results", *RESULTS_AVAILABLE)), BASIC, SUMMARY, front=()))
    assert document.has_results is True
    assert "identificationModule" not in protocol(document)
    assert codes(document) == ["content-missing", "missing-id"]
    titled = parse(page(BASIC, SUMMARY))
    for merged in (merge(document, titled), merge(titled, document)):
        assert protocol(merged)["identificationModule"] == {"nctId": "NCT00000001", "briefTitle": "A Trial"}


# --- sites and people ---


def test_sites_with_and_without_status_and_facility() -> None:
    locations = section(
        "Locations",
        "Institut Curie, Paris, France",
        "Paris, , France",
        "Site Status RECRUITING",
        "Seoul University",
        "Seoul, , Korea, Republic of",
        "Royal Hospital",
        "London, London, City Of, United Kingdom",
    )
    countries = section("Countries", "France", "Korea, Republic of", "United Kingdom")
    document = parse(page(BASIC, SUMMARY, locations, countries))
    assert protocol(document)["contactsLocationsModule"]["locations"] == [
        {
            "facility": "Institut Curie, Paris, France",
            "status": "RECRUITING",
            "city": "Paris",
            "country": "France",
        },
        {"facility": "Seoul University", "city": "Seoul", "country": "Korea, Republic of"},
        {"facility": "Royal Hospital", "city": "London", "state": "London, City Of", "country": "United Kingdom"},
    ]


def test_people_without_a_phone_and_without_a_name() -> None:
    contacts = section(
        "Facility Contacts",
        "Ann Lee, Site 007-123",
        "Role: primary",
        "Role: backup",
        "555-123-4567",
        "a.lee@example.org",
        "Bo Yi",
        "Role: primary",
        "+ 33 142499768",
    )
    document = parse(page(BASIC, SUMMARY, contacts))
    assert document.to_dict()["normalizedSection"]["contactsLocationsModule"]["facilityContacts"] == [
        {"name": "Ann Lee", "rawName": "Ann Lee, Site 007-123", "role": "primary", "phone": None},
        {"role": "backup", "phone": None, "rawPhone": "555-123-4567", "email": "a.lee@example.org"},
        {"name": "Bo Yi", "role": "primary", "phone": "+33142499768", "rawPhone": "+ 33 142499768"},
    ]


def test_a_country_without_a_site_is_kept() -> None:
    document = parse(page(BASIC, SUMMARY, section("Countries", "France")))
    assert codes(document) == ["country-mismatch"]
    assert unparsed(document) == ["France"]


# --- nothing is lost ---


@pytest.mark.parametrize(
    "text", [page(BASIC, SUMMARY, INTERVENTIONS), "\ufeff \n\nNCT ID: NCT00000001\r\n\r\nBrief Summary\r\n\r\n"]
)
def test_blocks_tile_the_page(text: str) -> None:
    source = read_source(text)
    blocks = read_page(source, Problems(source.position)).blocks
    assert "".join(source.slice(block.span) for block in blocks) == text


def test_the_oldest_group_begins_at_65_and_the_adults_end_before() -> None:
    assert standard_ages(65, None) == ["OLDER_ADULT"]
    assert standard_ages(64, 65) == ["ADULT", "OLDER_ADULT"]
    assert standard_ages(18, 64) == ["ADULT"]


def test_a_code_that_the_registry_does_not_have_is_reported() -> None:
    document = parse(page(section("Basic Information", "Recruitment Status", "COMPLETED", "Clinical Phase", "PHASE7")))
    (problem,) = document.problems
    assert (problem.code, "PHASE7" in problem.message) == ("unknown-value", True)


# --- what is given, and how often ---


@pytest.mark.parametrize(
    ("said", "ucums"),
    [
        ("3 sessions per week for 6 weeks", ["{sessions}/wk", "wk"]),
        ("Physical therapy (PT) 60 minutes", ["min"]),
        ("Eight weekly sessions of 60 minutes", ["/wk", "min"]),
        ("Up to 10 cigarettes per day", []),
    ],
)
def test_the_times_of_an_arm_are_lengths_and_frequencies(said: str, ucums: list[str]) -> None:
    groups = section("Study Groups", "Walkers", said, "Group Type EXPERIMENTAL", NO_INTERVENTIONS)
    found = parse(page(BASIC, SUMMARY, groups, ENDING)).to_dict()["normalizedSection"]["armsInterventionsModule"]
    assert [time["ucum"] for time in found["armGroups"][0].get("times", [])] == ucums
