"""Bare pages: values without labels, recognised by their kind and their order."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from parser import merge, parse
from parser.assemble import assemble
from parser.forms.pages import bare, reader
from parser.lines import read_lines
from parser.problems import Problems
from parser.source import Source
from tests import pages
from tests.conftest import needs_records
from tests.evaluation.bare_printer import Inline, print_bare
from tests.evaluation.measure_bare import MIN_FIELDS_RIGHT, VARIANTS, measure
from tests.evaluation.printer import RESULTS_AVAILABLE, RESULTS_PENDING, print_page
from tests.evaluation.records import load_records
from tests.linear import assert_linear
from tests.pages import SENTENCES

FRONT = ("A Trial", "NCT ID: NCT00000001", "Last Updated: 2020-01-02")
BASIC = ("COMPLETED", "PHASE3", "120 participants", "INTERVENTIONAL", "2010-01-31", "2012-06-30")


def section(heading: str, *lines: str) -> str:
    return "\n".join((heading, SENTENCES[heading], *lines))


def read(*sections: str, front: tuple[str, ...] = FRONT) -> dict[str, Any]:
    """The JSON of a bare page of some sections."""
    source = Source("\n".join((*front, *sections)))
    problems = Problems(source.position)
    page = bare.read_bare(source, read_lines(source.text), problems)
    return assemble(source, page, problems).to_dict()


def protocol(*sections: str) -> dict[str, Any]:
    return read(*sections)["protocolSection"]


def codes(document: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in document["sourceSection"].get("problems", [])]


@needs_records
@pytest.mark.parametrize("variant", VARIANTS)
def test_fields_come_back(variant: Inline) -> None:
    report = measure(islice(load_records(), 0, 700, 7), variant)
    assert report.fields_right() >= MIN_FIELDS_RIGHT, str(report)
    assert [(page.nct_id, page.error) for page in report.pages if page.error] == []


@needs_records
def test_layouts_are_distinguished() -> None:
    for study in islice(load_records(), 0, 700, 7):
        text = print_page(study)
        for written in (text, text.replace("\n\n", "\n")):
            lines = read_lines(written)[:300]
            assert bare.likeness(lines) < reader.likeness(lines)
        for inline in VARIANTS:
            lines = read_lines(print_bare(study, inline))[:300]
            assert bare.likeness(lines) > reader.likeness(lines)


@pytest.mark.parametrize("missing", range(len(BASIC) - 2))
def test_values_move_up_where_one_is_absent(missing: int) -> None:
    left = [value for index, value in enumerate(BASIC) if index != missing]
    found = protocol(section("Basic Information", *left))
    design, status = found["designModule"], found["statusModule"]
    read_back = [
        status.get("overallStatus"),
        *design.get("phases", [None]),
        design.get("enrollmentInfo", {}).get("count"),
        design.get("studyType"),
    ]
    wanted = ["COMPLETED", "PHASE3", 120, "INTERVENTIONAL"]
    wanted[missing] = None
    assert read_back == wanted
    assert status["startDateStruct"]["date"] == "2010-01-31"
    assert status["completionDateStruct"]["date"] == "2012-06-30"


def test_a_single_date_is_where_a_study_starts_and_said_to_be_guessed() -> None:
    document = read(section("Basic Information", "COMPLETED", "2010-01-15"))
    assert document["protocolSection"]["statusModule"]["startDateStruct"]["date"] == "2010-01-15"
    assert "field-guessed" in codes(document)


@pytest.mark.parametrize(
    ("study_type", "lines", "info"),
    [
        ("INTERVENTIONAL", ("NA", "OTHER"), {"allocation": "NA", "primaryPurpose": "OTHER"}),
        ("OBSERVATIONAL", ("OTHER", "OTHER"), {"observationalModel": "OTHER", "timePerspective": "OTHER"}),
        ("OBSERVATIONAL", ("PROSPECTIVE",), {"timePerspective": "PROSPECTIVE"}),
        (
            "INTERVENTIONAL",
            ("DOUBLE", "Participants Outcome Assessors"),
            {"maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]}},
        ),
    ],
)
def test_study_design_goes_by_the_type_of_study(study_type: str, lines: tuple[str, ...], info: dict[str, Any]) -> None:
    found = protocol(section("Basic Information", "COMPLETED", study_type), section("Study Design", *lines))
    assert found["designModule"]["designInfo"] == info


def test_a_glued_heading_opens_its_section() -> None:
    glued = f"{RESULTS_AVAILABLE[2]}Basic Information"
    text = "\n".join(("Study Results", RESULTS_AVAILABLE[1], glued, SENTENCES["Basic Information"], *BASIC))
    found = read(text)
    assert found["protocolSection"]["statusModule"]["overallStatus"] == "COMPLETED"
    assert "unparsed" not in found["sourceSection"]


def test_text_that_runs_into_a_heading_is_kept_apart_from_it() -> None:
    found = protocol(
        section("Brief Summary", "A summary.Conditions"), SENTENCES["Conditions"], "Asthma", section("Study Design")
    )
    assert found["descriptionModule"]["briefSummary"] == "A summary."
    assert found["conditionsModule"]["conditions"] == ["Asthma"]


@pytest.mark.parametrize("sentence", [(), (bare.RELATED.sentence,)])
def test_other_trials_are_not_this_record(sentence: tuple[str, ...]) -> None:
    related = "\n".join((bare.RELATED.text, *sentence, "Another Trial", "NCT99999999", "A Third One", "NCT88888888"))
    document = read(section("Brief Summary", "A summary."), related, section("Detailed Description", "Details."))
    found = document["protocolSection"]
    assert found["descriptionModule"] == {"briefSummary": "A summary.", "detailedDescription": "Details."}
    assert found["identificationModule"] == {"nctId": "NCT00000001", "briefTitle": "A Trial"}
    assert "related-trials" in codes(document)
    assert "NCT99999999" in document["sourceSection"]["unparsed"][0]["text"]


def test_an_other_is_recognised_by_what_interventions_says() -> None:
    groups = ("Diet", "OTHER", "Diet", "OTHER", "Less salt.", "Usual Food", "As always.", "NO_INTERVENTION")
    found = protocol(
        section("Basic Information", *BASIC),
        section("Study Groups", *groups),
        section("Interventions", "Diet", "Less salt.", "OTHER"),
    )["armsInterventionsModule"]
    assert found["armGroups"] == [
        {"label": "Diet", "type": "OTHER", "interventionNames": ["Other: Diet"]},
        {"label": "Usual Food", "type": "NO_INTERVENTION", "description": "As always."},
    ]
    assert found["interventions"][0]["armGroupLabels"] == ["Diet"]


UNTYPED = (
    section("Basic Information", *BASIC),
    section("Study Groups", "Salt", "Eat less.", "Salt", "Less of it.", "Water", "Usual Food", "As always.", "Water"),
    section("Interventions", "Salt", "Less of it.", "Water"),
    section("Sponsors", "A University", "OTHER", "A Firm", "INDUSTRY"),
    section("Central Contacts", "Ann Lee", "+33 142499768", "Bea Roe", "bea@example.org"),
    section("References", "Doe J. A paper. 2020.", "Roe R. Another. 2021."),
    section("Other Identifiers", "ABC-1", "R01"),
)


def test_records_that_lost_their_types_are_recognised_by_form() -> None:
    document = read(*UNTYPED)
    found = document["protocolSection"]
    assert found["armsInterventionsModule"] == {
        "armGroups": [
            {"label": "Salt", "description": "Eat less.", "interventionNames": ["Salt", "Water"]},
            {"label": "Usual Food", "description": "As always.", "interventionNames": ["Water"]},
        ],
        "interventions": [
            {"name": "Salt", "description": "Less of it.", "armGroupLabels": ["Salt"]},
            {"name": "Water", "armGroupLabels": ["Salt", "Usual Food"]},
        ],
    }
    assert found["sponsorCollaboratorsModule"] == {
        "leadSponsor": {"name": "A University", "class": "OTHER"},
        "collaborators": [{"name": "A Firm", "class": "INDUSTRY"}],
    }
    assert found["contactsLocationsModule"]["centralContacts"] == [
        {"name": "Ann Lee", "phone": "+33 142499768"},
        {"name": "Bea Roe", "email": "bea@example.org"},
    ]
    assert [one["citation"][:3] for one in found["referencesModule"]["references"]] == ["Doe", "Roe"]
    assert found["identificationModule"]["orgStudyIdInfo"] == {"id": "ABC-1"}
    assert found["identificationModule"]["secondaryIdInfos"] == [{"id": "R01"}]
    assert "unparsed" not in document["sourceSection"]
    assert codes(document).count("content-missing") == 6


@pytest.mark.parametrize("labels", [("Sponsor Role lead", "Sponsor Role collaborator"), ("lead", "collaborator")])
def test_labels_on_a_value_s_line_may_stay(labels: tuple[str, str]) -> None:
    found = protocol(section("Sponsors", "A University", "OTHER", labels[0], "A Firm", "INDUSTRY", labels[1]))
    assert found["sponsorCollaboratorsModule"] == {
        "leadSponsor": {"name": "A University", "class": "OTHER"},
        "collaborators": [{"name": "A Firm", "class": "INDUSTRY"}],
    }


def test_the_eligibility_text_ends_where_the_closing_values_begin() -> None:
    text = ("Inclusion Criteria:", "* Age", "18 Years", "ALL", "Yes", "* Consent")
    module = protocol(section("Eligibility Criteria", *text, "18 Years", "65 Years", "FEMALE", "No"))[
        "eligibilityModule"
    ]
    assert module["eligibilityCriteria"] == "\n".join(text)
    assert (module["minimumAge"], module["maximumAge"]) == ("18 Years", "65 Years")
    assert (module["sex"], module["healthyVolunteers"]) == ("FEMALE", False)


def test_references_and_identifiers() -> None:
    found = protocol(
        section("References", "Doe J. A paper. 2020.", "DERIVED", "12345678", "Roe R. Another.", "BACKGROUND"),
        section("Other Identifiers", "ABC-1", "-", "org_study_id", "R01", "NIH", "secondary_id"),
    )
    assert [(one.get("pmid"), one["type"]) for one in found["referencesModule"]["references"]] == [
        ("12345678", "DERIVED"),
        (None, "BACKGROUND"),
    ]
    assert found["identificationModule"]["orgStudyIdInfo"] == {"id": "ABC-1"}
    assert found["identificationModule"]["secondaryIdInfos"] == [{"id": "R01", "type": "NIH"}]


@pytest.mark.parametrize(
    "missing",
    [
        section("Brief Summary"),
        section("Basic Information", *BASIC[1:]),
        section("Eligibility Criteria", "18 Years", "65 Years", "ALL", "Yes"),
        section("Sponsors", "OTHER", "lead"),
        section("Interventions", "Salt", "Less of it."),
    ],
    ids=lambda text: text.split("\n")[0],
)
def test_what_is_missing_is_reported(missing: str) -> None:
    assert "content-missing" in codes(read(missing))


def test_any_section_may_be_empty() -> None:
    for heading, sentence in SENTENCES.items():
        document = read("\n".join(filter(None, (heading, sentence))))
        assert document["protocolSection"]["identificationModule"]["briefTitle"] == FRONT[0]


def test_a_class_is_not_taken_for_the_sponsor() -> None:
    document = read(section("Sponsors", "OTHER", "lead"))
    assert "name" not in document["protocolSection"].get("sponsorCollaboratorsModule", {}).get("leadSponsor", {})


def test_a_page_that_begins_with_its_results_has_no_title() -> None:
    text = "\n".join(("Study Results", RESULTS_PENDING[1], section("Brief Summary", "A summary.")))
    document = read(text, front=())
    assert document["protocolSection"] == {"descriptionModule": {"briefSummary": "A summary."}}
    assert {"content-missing", "missing-id"} <= set(codes(document))


@pytest.mark.parametrize("notices", [1, 2, 3])
def test_a_notice_that_comes_again_is_no_second_value(notices: int) -> None:
    text = "\n".join(("Study Results", *[RESULTS_PENDING[1]] * notices, section("Brief Summary", "A summary.")))
    document = read(text)
    assert document["hasResults"] is False
    assert document["protocolSection"]["descriptionModule"] == {"briefSummary": "A summary."}


def test_a_heading_nobody_knows_is_kept_apart() -> None:
    sentence = "Learn which companies and agencies pay for the trial and what their money is spent on."
    document = read(section("Brief Summary", "A summary."), f"Funding Sources\n{sentence}\nA bank")
    assert document["protocolSection"]["descriptionModule"] == {"briefSummary": "A summary."}
    assert "unknown-heading" in codes(document)


@pytest.mark.linear
@pytest.mark.parametrize(
    "lines",
    [("X", "OTHER"), ("lead",), ("Group Type OTHER",), ("NCT00000001", "Related Clinical Trials")],
)
def test_reading_takes_no_more_than_in_proportion(lines: tuple[str, ...]) -> None:
    def work(length: int) -> None:
        body = lines * (length // len(lines))
        read(
            section("Basic Information", *BASIC),
            section("Study Groups", *body),
            section("Interventions", *body),
            section("Sponsors", *body),
            section("Eligibility Criteria", *body),
        )

    assert_linear(work, 4_000)


def test_a_page_without_a_head_takes_no_title_from_a_button_and_no_id_from_other_trials() -> None:
    glued = f"{RESULTS_AVAILABLE[2]}Basic Information"
    related = "\n".join((bare.RELATED.text, bare.RELATED.sentence, "Another Trial", "NCT99999999"))
    text = "\n".join(("Study Results", RESULTS_AVAILABLE[1], glued, SENTENCES["Basic Information"], *BASIC))
    document = parse("\n".join((text, section("Brief Summary", "More."), related)))
    assert document.source_section.form == "bare-page"
    assert document.has_results is True
    assert document.nct_id is None and document.protocol_section.identification_module.brief_title is None
    assert {"content-missing", "missing-id"} <= {problem.code for problem in document.problems}
    titled = parse("\n".join((*FRONT, section("Basic Information", *BASIC), section("Brief Summary", "All of it."))))
    assert (
        merge(document, titled).protocol_section.identification_module == titled.protocol_section.identification_module
    )


def test_of_a_bare_and_a_labelled_page_the_labelled_one_is_kept() -> None:
    text = "\n".join((*FRONT, section("Basic Information", *BASIC), section("Brief Summary", "The second paragraph.")))
    labelled = pages.page(pages.section("Basic Information", "Recruitment Status", "COMPLETED"),
                    pages.section("Brief Summary", "The first paragraph.", "The second paragraph."))  # fmt: skip
    for merged in (merge(parse(text), parse(labelled)), merge(parse(labelled), parse(text))):
        assert (
            merged.protocol_section.description_module.brief_summary == "The first paragraph.\n\nThe second paragraph."
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (section("Brief Summary", "It goes on."), "the first block of 'Brief Summary' may be missing"),
        (section("Detailed Description"), "the section 'Detailed Description' is empty"),
        (section("Eligibility Criteria", "2. Able to walk", "3. No fever", "18 Years"), "begins at its item 2"),
        (section("Eligibility Criteria", "Inclusion Criteria:", "2) Able to walk"), "begins at its item 2"),
        (
            section("Eligibility Criteria", "1. Able to walk"),
            "the first block of 'Eligibility Criteria' may be missing",
        ),
        (section("Study Design", "RANDOMIZED", "DOUBLE"), "who is masked is missing"),
    ],
)
def test_what_this_form_drops_is_reported(text: str, said: str) -> None:
    document = read(section("Basic Information", *BASIC), text)
    messages = [one["message"] for one in document["sourceSection"]["problems"] if one["code"] == "content-missing"]
    assert len(messages) == 1 and said in messages[0]


@pytest.mark.parametrize("last", [("RANDOMIZED", "NONE"), ("RANDOMIZED", "DOUBLE", "Participants Investigators")])
def test_who_is_masked_is_missing_only_where_somebody_is(last: tuple[str, ...]) -> None:
    assert "content-missing" not in codes(read(section("Basic Information", *BASIC), section("Study Design", *last)))


def test_of_arms_that_are_cut_off_before_interventions_the_first_is_sure() -> None:
    groups = section("Study Groups", "Walkers", "They walk for an hour.", "Walking", "Walking in the wo")
    document = read(section("Basic Information", *BASIC), groups)
    assert document["protocolSection"]["armsInterventionsModule"] == {
        "armGroups": [{"label": "Walkers", "description": "They walk for an hour."}]
    }
    assert [one["text"] for one in document["sourceSection"]["unparsed"]] == ["Walking", "Walking in the wo"]
