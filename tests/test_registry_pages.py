"""Registries' own pages: what is read of a page in each form, and what is not one."""

from __future__ import annotations

import pytest

from parser import Document, page_source, parse
from parser.coverage import read_coverage
from parser.forms.pages import read_page
from parser.forms.pages.page_forms import PAGE_FORMS
from parser.problems import Problems
from parser.source import stretches
from tests.conftest import ROOT
from tests.evaluation.openapi import violations
from tests.fuzz.check import page_faults

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "samples" / "registries").glob("*.txt")}
EVERY_PAGE = pytest.mark.parametrize("name", sorted(PAGES))


@EVERY_PAGE
def test_a_page_is_known_by_its_labels(name: str) -> None:
    section = parse(PAGES[name]).source_section
    assert section.form == name
    assert section.registry_id and section.registry != "ClinicalTrials.gov"


@EVERY_PAGE
def test_a_page_gives_its_golden(name: str, update_golden: bool) -> None:
    written = parse(PAGES[name]).to_json(indent=1) + "\n"
    golden = ROOT / "samples" / "registries" / f"{name}.golden"
    if update_golden:
        golden.write_text(written, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == written


@EVERY_PAGE
def test_nothing_is_lost_or_misplaced(name: str) -> None:
    document = parse(PAGES[name])
    assert page_faults(PAGES[name]) == []
    assert read_coverage(PAGES[name]).others["unaccounted"] == 0
    assert violations(document.to_dict()) == []
    assert Document.from_dict(document.to_dict()) == document
    blocks = read_page(page_source(PAGES[name]), Problems(lambda offset: (1, offset))).blocks
    assert all(block.span.start < block.span.end for block in blocks)


@EVERY_PAGE
def test_an_nct_number_is_a_secondary_id(name: str) -> None:
    assert parse(PAGES[name]).protocol_section.identification_module.nct_id is None


@EVERY_PAGE
def test_both_sides_of_the_criteria_and_nothing_else(name: str) -> None:
    document = parse(PAGES[name])
    texts = [one.text for one in document.normalized_section.eligibility_module.criteria]
    assert any("nsomnia" in text for text in texts[:2])
    assert texts[-1].rstrip(".") in ("Sleep apnoea", "Shift work")
    assert 3 <= len(texts) <= 4


@pytest.mark.parametrize(
    ("name", "start"),
    [("isrctn-page", "2020-05-05"), ("anzctr-page", "2019-07-15"), ("ctri-page", "2020-01-20"),
     ("cris-page", "2019-05-14"), ("ictrp-page", "2020-03-01")],
)  # fmt: skip
def test_the_day_comes_first_where_the_registry_writes_it_so(name: str, start: str) -> None:
    struct = parse(PAGES[name]).protocol_section.status_module.start_date_struct
    assert struct and struct.date == start


@pytest.mark.parametrize(
    ("name", "ages"),
    [("isrctn-page", ("60 Years", "90 Years")), ("cris-page", ("45 Years", "79 Years")),
     ("ctri-page", ("60 Years", "80 Years")), ("irct-page", ("45 Years", "79 Years")),
     ("chictr-page", ("60 Years", "80 Years")),
     ("anzctr-page", ("60 Years", None)), ("euctr-page", (None, None))],
)  # fmt: skip
def test_ages(name: str, ages: tuple[str | None, str | None]) -> None:
    module = parse(PAGES[name]).protocol_section.eligibility_module
    assert (module.minimum_age, module.maximum_age) == ages


def test_the_end_of_recruitment_is_no_status() -> None:
    page = PAGES["isrctn-page"].replace("Overall study status\nCompleted\n", "")
    assert parse(page).protocol_section.status_module.overall_status is None


@pytest.mark.parametrize("sample", ["NCT03562065.txt", "labelled/NCT04264208.txt"])
def test_no_other_page_is_a_registrys(sample: str) -> None:
    form = parse((ROOT / "samples" / sample).read_bytes()).source_section.form
    assert form not in PAGES and form in {one.name for one in PAGE_FORMS}


def test_rows_of_the_form_in_another_order_have_their_places() -> None:
    text = (ROOT / "samples" / "registries" / "euctr-page.txt").read_text(encoding="utf-8")
    inclusion, rest = text[text.index("E.3\n") :].split("E.4\n", 1)
    exclusion, end = rest.split("E.5 End", 1)
    document = parse(text[: text.index("E.3\n")] + f"E.4\n{exclusion}{inclusion}E.5 End{end}")
    criteria = document.protocol_section.eligibility_module.eligibility_criteria
    assert criteria and criteria.index("Shift work") < criteria.index("Insomnia for at least")
    place = document.spans["/protocolSection/eligibilityModule/eligibilityCriteria"]
    assert all(start < end for start, end in stretches(place))


def test_a_button_does_not_end_a_part_of_anzctrs_page() -> None:
    page = PAGES["anzctr-page"].replace("Registration number\n", "Trial ID\n")
    page = page.replace("Primary sponsor\nUniversity of Sample\n", "Query!\nName\nUniversity of Sample\nQuery!\n")
    page = page.replace("Target\n120\n", "Target\n120\nQuery!\n").replace("\nFinal\n118\n", "\nQuery!\nFinal\n")
    page = page.replace("Randomised controlled trial", "Non-randomised trial").replace("60 Years", "Not stated")
    document = parse(page)
    protocol = document.protocol_section
    assert document.source_section.registry_id == "ACTRN12600000000001"
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "University of Sample"  # type: ignore[union-attr]
    assert protocol.design_module.enrollment_info.type == "ESTIMATED"  # type: ignore[union-attr]
    assert protocol.design_module.design_info.allocation == "NON_RANDOMIZED"  # type: ignore[union-attr]
    assert protocol.eligibility_module.minimum_age is None
    assert not any("Not stated" in one.text for one in document.source_section.unparsed)


@pytest.mark.parametrize(("printed", "model"), [("Parallel", "PARALLEL"), ("Sequential", None)])
def test_rows_of_labels_and_values_in_chictrs_page(printed: str, model: str | None) -> None:
    rows = (
        f"研究设计：\n\nStudy design：\n\n{printed}\n\n研究负责人：\n\n李四\n\nStudy leader：\n\nSi Li\n\n"
        "| 组别： | 步行组 | 样本量： | 60 |\n| Group： | Walks | Sample size： | 60 |\n\n"
        "| 国家： | 中国 | 省(直辖市)： | 北京 |\n| Country： | China | Province： | Beijing |\n\n研究实施时间：\n"
    )
    protocol = parse(PAGES["chictr-page"].replace("研究实施时间：\n", rows)).to_dict()["protocolSection"]
    assert protocol["armsInterventionsModule"] == {"armGroups": [{"label": "Walks"}]}
    assert protocol["contactsLocationsModule"]["locations"] == [{"country": "China"}]
    assert protocol["contactsLocationsModule"]["overallOfficials"] == [{"name": "Si Li"}]
    assert protocol["designModule"].get("designInfo", {}).get("interventionModel") == model
    assert protocol["designModule"]["enrollmentInfo"]["count"] == 120


def test_designs_people_and_columns_of_ctris_page() -> None:
    site = "| Sites of Study |\n| Contact Person | Name of Site | Site Address |\n| C Sample | Sleep Clinic | - |\n"
    page = PAGES["ctri-page"].replace("Randomized, Parallel Group Trial", "Non-randomized, Active Controlled Trial")
    page = page.replace("| Health Condition", site + "| Health Condition").replace("Open Label", "Participant Blinded")
    page = page.replace("Not Yet Recruiting", "Open to Recruitment")
    protocol = parse(page).to_dict()["protocolSection"]
    assert protocol["designModule"]["designInfo"] == {
        "allocation": "NON_RANDOMIZED",
        "maskingInfo": {"masking": "SINGLE"},
    }
    assert {"facility": "Sleep Clinic"} in protocol["contactsLocationsModule"]["locations"]
    assert protocol["contactsLocationsModule"]["overallOfficials"] == [{"name": "Dr A Sample"}]
    assert protocol["armsInterventionsModule"] == {"interventions": [{"name": "Walks"}]}
    assert protocol["statusModule"]["overallStatus"] == "RECRUITING"


def test_people_dates_and_designs_of_ircts_page() -> None:
    more = """
Expected recruitment start date
2019-06-01, 1398/03/11
Actual recruitment start date
2019-06-05, 1398/03/15
Trial completion date
empty
Randomization (investigator's opinion)
Randomized
Blinding (investigator's opinion)
Not blinded
Person responsible for general inquiries
Contact
Name of organization / entity
Test University
Full name of responsible person
Kim Sample
Phone
+98 21 0000 0001
Sponsors / Funding sources
1
Sponsor
Name of organization / entity
Test Foundation
Full name of responsible person
Sam Sample
"""
    protocol = parse(PAGES["irct-page"] + more).to_dict()["protocolSection"]
    assert protocol["statusModule"]["startDateStruct"] == {"date": "2019-06-05", "type": "ACTUAL"}
    assert "completionDateStruct" not in protocol["statusModule"]
    assert protocol["designModule"]["designInfo"] == {
        "allocation": "RANDOMIZED",
        "interventionModel": "PARALLEL",
        "primaryPurpose": "TREATMENT",
        "maskingInfo": {"masking": "NONE"},
    }
    contacts = protocol["contactsLocationsModule"]["centralContacts"]
    assert contacts == [{"name": "Kim Sample", "phone": "+98 21 0000 0001"}]
    assert protocol["sponsorCollaboratorsModule"] == {"leadSponsor": {"name": "Test Foundation"}}


def test_a_heading_of_ctris_page_may_have_its_value_in_the_next_cell() -> None:
    rows = {
        "CTRI Number": "CTRI/2020/01/000001",
        "Public Title of Study": "Evening walks and sleep",
        "Secondary IDs if Any": "NCT00000001",
        "Name and Address of the Sponsor": "Test Institute, 1 Test Road",
        "Health Condition / Problems Studied": "Insomnia",
        "Inclusion Criteria": "Insomnia for at least 3 months",
        "Exclusion Criteria": "Shift work",
        "Age From": "60.00 Year(s)",
        "Recruitment Status of Trial (India)": "Completed",
    }
    found = parse("".join(f"| {label} | {value} |\n" for label, value in rows.items())).to_dict()
    protocol = found["protocolSection"]
    assert [one["id"] for one in protocol["identificationModule"]["secondaryIdInfos"]] == ["NCT00000001"]
    assert protocol["conditionsModule"] == {"conditions": ["Insomnia"]}
    assert protocol["eligibilityModule"]["minimumAge"] == "60 Years"
    criteria = found["normalizedSection"]["eligibilityModule"]["criteria"]
    assert [(one["category"], one["text"]) for one in criteria] == [
        ("INCLUSION", "Insomnia for at least 3 months"),
        ("EXCLUSION", "Shift work"),
    ]


def test_the_longer_list_of_a_side_counts_on_ircts_page() -> None:
    summary = (
        "Participants/Inclusion and exclusion criteria\nInclusion criteria: Insomnia. Exclusion criteria: Shift work\n"
    )
    page = PAGES["irct-page"].replace("General information\n", f"{summary}General information\n", 1)
    page = page.replace("Last update:\n", "Last update: 2019-06-01, 1398/03/11\n")
    document = parse(page).to_dict()
    criteria = document["normalizedSection"]["eligibilityModule"]["criteria"]
    assert [one["category"] for one in criteria] == ["INCLUSION"] * 2 + ["EXCLUSION"] * 2
    assert document["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] == {"date": "2019-06-01"}
