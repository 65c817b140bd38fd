"""Titles of eligibility blocks, each as a record has it: category headings, headings of groups, notes, and criteria
that only look like one of these."""

from __future__ import annotations

import pytest

from parser import parse_criteria
from parser.criteria.headings import Title, read_title
from tests.conftest import needs_records
from tests.evaluation.records import load_records
from tests.linear import assert_linear

INCLUSION = """
Inclusion Criteria:|Inclusion Criteria|Inclusion criteria|INCLUSION CRITERIA:|Inclusion:|Inclusion|Inclusion Criteria :
Inclusion criteria：|Inclusion Criteria:-|Inclusion Criteriar:|5Inclusion Criteria:|1) Inclusion Criteria
• Inclusion Criteria:|Key Inclusion Criteria:|Main Inclusion Criteria|Patient Inclusion Criteria:
General Inclusion Criteria:|List of inclusion criteria:|Criteria of inclusion:
Inclusion Criteria (all of the following):
Inclusion Criteria includes:|Subject Inclusion Criteria:|Inclusion criteria for trial entry
**Inclusion Criteria**|__Inclusion Criteria:__|### Inclusion Criteria|INCLUSION -|A. INCLUSION|I. Inclusion
Inclusion Critera|Inclusion Criterias|Inlcusion Criteria:|Critères d'inclusion|Criterios de inclusión:
Einschlusskriterien
Critérios de Inclusão:|Criteri di inclusione:|纳入标准:|Criteria for inclusion:|Patients must:|Subjects must:
Eligible if:
Participants are eligible to be included in the study only if all of the following criteria apply:
A subject is eligible for inclusion if all the following criteria are met:
Each patient must meet all the following criteria to be enrolled in this study:
For inclusion in the study, patients should fulfill the following criteria:
In order to be eligible to participate in this study, a subject must meet all of the following criteria:
To be eligible to participate in the study, prospective participants must:
Participants may be enrolled if they meet all of the following criteria at screening:
Subjects who meet each of the following inclusion criteria are eligible to participate in this study:
Inclusion Criteria: The person who meet all the following criteria the object to the clinical trial
Each participant must meet all of these criteria.
"""

EXCLUSION = """
Exclusion Criteria:|Exclusion Criteria|EXCLUSION CRITERIA:|Exclusion:|III.6 EXCLUSION CRITERIA|2) Exclusion Criteria
Key Exclusion Criteria :|Non-inclusion criteria:|Non-Inclusion Criteria:|Criteria of exclusion:|Other Exclusions
Exclusion criteria: -|Exclusion Criteria (any of the following):|General Medical Exclusion Criteria:|Ineligibility:
Exlusion Criteria|Excluison criteria|Critères d’exclusion :|Critères de non-inclusion|Criterios de exclusión|排除标准
Criteri di esclusione:|Ausschlusskriterien:|Not eligible if|Patients are excluded if:|Patients must not:
Participants are excluded from the study if any of the following criteria apply:
Subjects meeting any of the following criteria are ineligible for study entry:
A participant will not be eligible for study entry if any of the following criteria are met:
Participants are to be excluded from the trial at the time of screening for any of the following reasons:
Patients may not be enrolled in the study if any of the following exclusion criteria are present:
Patients should not enter the study if any of the following exclusion criteria are fulfilled:
Subjects will be excluded from the study if any of the following criteria is met;
The presence of any of the following will exclude a Participant from enrollment:
Women with the following risk factors will be excluded:
In addition, specific exclusion criteria apply to the respective groups:
Exclusion Criteria: The person who meet any of the following criteria will be excluded from the study.
The exclusion criteria for these volunteers will be:
A person is excluded if any of these is present.|To be eligible a child must not:
"""

OF_GROUPS = """
Inclusion Criteria for Healthy Volunteers:|Inclusion criteria specific to Cohort A1:|Donor Inclusion Criteria
Inclusion Criteria (Parts 1 and 2):|Inclusion Criteria - For the obese group with impaired renal function
Key inclusion criteria only for phase III:|Part A1: Monotherapy Dose Escalation Inclusion Criteria
Part B1: CFI-402411 in Combination with Pembrolizumab Dose Escalation Inclusion Criteria
Screening (Visit 1) Inclusion Criteria|Inclusion Criteria for daughters are:|Inclusion criteria for participation in R3.
Key Inclusion Criteria: Study-Wide Eligibility (Across All Study Parts):|Maintenance Phase Inclusion Criteria
Exclusion Criteria Related to Atezolizumab:|Exclusion Criteria Disease Related|Bevacizumab-Specific Exclusions
Additional exclusion criteria for diabetes subjects:|Criteria of exclusion from MRI:|Intraoperative Exclusion Criteria:
Intra-surgery (tissue explant/sequestrectomy) Exclusion Criteria|Exclusion criteria for optional muscle biopsy
Specific exclusion criteria for lung transplant (LTx) patients:
Healthy Volunteers: Inclusion Criteria|Exclusions Related to Pulmonary Disease|Phase 2a Inclusion
"""

GROUPS = """
Cohort B:|PART A:|Part A -|Part B|Part 1 and Part 2 (Cohorts A to C)|Healthy volunteers:|Healthy Controls|Patients
DISEASE CHARACTERISTICS:|PRIOR CONCURRENT THERAPY:|Hepatic:|Age:|Performance status|SUPPORT PERSONS|YOUTH
Pregnant Women:
I. Group A:|III. Groups C \\& D:|I. All Diabetics (Groups A, B, C)|\\[Expansion Part\\]|Aim 1 (Qualitative Component):
For participants of the Escalation Part only:|Additional Criteria for Part 1 (Healthy Subjects):|(for VLU only)
Patients with adjacent degenerative disc (AAD):|Patients with symptomatic CDDD|Diabetes-related for participant with T2D
Subjects for the isolation of placenta-derived MSCs:|Medical and therapeutic criteria:|Monogenic / NDM controls
"""

NOTES = """
Other inclusion and exclusion criteria may apply.|Further criteria apply.|Further exclusion criteria apply.|OR|AND
Note: Other protocol-defined Inclusion/Exclusion criteria may apply.|Other criteria also apply.|Note:|Notes:
Other inclusion/exclusion criteria are specified in the protocol.|Other protocol defined inclusion criteria could apply.
Both inclusion and exclusion criteria apply to all participants.
ToleDYNAMIC Substudy: Inclusion criteria are those of the main study
There are no specific eligibility criteria for the Master Protocol.|All answers must be NO to be eligible for the study.
Note. Use of Metformin for the purposes of glycemic control is not exclusionary.
Inclusion criteria were age over 18 and informed consent.
"""

MARKED_NOTES = """
NOTE: Vitamin supplements are acceptable|Other protocol-defined Inclusion/Exclusion criteria apply.
Additional criteria apply, please contact the investigator for more information
refer to the GZPL master protocol for screening eligibility.
See study GZP2 for eligibility criteria relevant to participants with type 2 diabetes
Note that the phase I is limited to the histologic subtypes listed above
"""

NONE_MARKED = """
Meets inclusion criteria for the parent study|Exclusion of other causes of fever|History of inclusion body myositis
Any exclusion criteria for MRI|Any inclusion criteria not met|Biopsy does not meet inclusion criteria
Does not meet all the inclusion criteria.|Not eligible as per the above inclusion criteria
Not meeting inclusion criteria
Any participant not meeting inclusion criteria|Unmatching of at least one among the inclusion criteria;
Patient meets the inclusion criteria for trial entry|patients who do not fulfil the inclusion criteria
Inclusion in other study protocol precluding inclusion in this study.|Period of exclusion for an other study
Pregnancy will not be considered as exclusion criteria.
The development of conditions related to the criteria of non-inclusion
Inclusion criteria is willingness to consent and be of age 18 and older|Own a smartphone Exclusion Criteria
fMRI exclusion only: Any factors that would prevent participation in fMRI|Eligible for RT after R-CHOP.
Phase 3: CNS Inclusion - Based on screening brain imaging, patients must have one of the following:
Original inclusion criteria for participation in the RCTs at all sites included:|Bilateral tubal occlusion.
Patients with all extranodal disease except the ones mentioned in the exclusion criteria.|Age 18-75, inclusive
The following exclusion criteria apply to treatments administered for early breast cancer:|Healthy volunteers
One of the following inclusion criteria must be true for patient to be eligible for enrollment:
Participants are excluded from the study if any of the following criteria apply:
Ineligible for allogeneic SCT because of:
NOTE: Exceptions are allowed for the following conditions:|Exclusion for monitoring difficulties|Cohort B:
Fulfilling IciCle treatment protocol inclusion criteria and receiving treatment as per the protocol
Subjects with exclusion criteria required by local law (e.g. age, breastfeeding)|Eligible for heat treatment
Eligibility to immediate-release MPH (IR-MPH) treatment|General Medical Exclusions|Illness precluding inclusion
"""

NONE_UNMARKED = """
Patients with at least one of the following:|Diagnosis of:|Prospective studies with:|These include in particular:
AML（excluding APL） with at least one of the following:|At least one among the following conditions:|In short:
Highly effective contraception methods include:|Meets inclusion criteria for the parent study|Inclusion body myositis
NRGS score of 0 to 2 established by the following criteria:|Other than those mentioned above,
Examples include but are not limited to:
Patients with ALL (except for patients with B-ALL) who fulfil the following criteria:|Failed:|Pulmonary embolism
Droperidol must NOT be used in patients with any of the following:
C. Headache is accompanied by at least 1 of the following:
Meets American Diabetes Association (ADA) criteria for diabetic retinopathy screening:|AGE: 18 and over.
Participants must abstain from nicotine use while inpatient.|Received initial treatment for GBM with:
Exclusion of other causes of fever
v) Epstein-Barr virus + DLBCL|Participants in the study must have Alcohol Use Disorder (AUD) and:
Any of these would be a reason to call the doctor.
Able to provide informed consent
Participants with a resolved or chronic HBV infection are eligible if they are:|Any exclusion criteria for MRI|-
Decrease in BCVA determined to be primarily the result of RVO in the study eye.|BMI = weight (kg)/(height \\[m\\])2.
"""

GLUED = [
    ("Inclusion Criteria:1. Men or women, ≥18 years of age 2. Provision of informed consent", "INCLUSION", "1. Men or"),
    ("Exclusion Criteria: contra-indication", "EXCLUSION", "contra"),
    ("Inclusion: age 18-65", "INCLUSION", "age 18"),
    ("INCLUSION - age 18-65", "INCLUSION", "age 18"),
    ("Inclusion Criteria: • Age ≥ 18years", "INCLUSION", "• Age"),
    ("Inclusion criteria. Age ≥22. English speaking.", "INCLUSION", "Age ≥22"),
    ("Exclusion Criteria Outside age-range and not being randomly selected.", "EXCLUSION", "Outside"),
    ("Study Exclusion Criteria. History of aspiration pneumonia within the past 12 months.", "EXCLUSION", "History"),
    ("Common exclusion criteria for cases and control were as follows: The sample volume", "EXCLUSION", "The sample"),
    ("Exclusion criteria include pregnancy and age under 18.", "EXCLUSION", "pregnancy"),
    ("Exclusion Criteria: - pregnancy", "EXCLUSION", "- preg"),
]


THE_ABOVE = (
    "The above information is not intended to contain all considerations relevant to a potential participation in a "
    "clinical trial."
)


def strings(table: str) -> list[str]:
    return [text for line in table.strip().splitlines() for text in line.split("|")]


def category(text: str, marked: bool = False) -> Title:
    title = read_title(text, marked, True)
    assert title is not None and title.kind == "category"
    assert (title.start, title.end, title.rest) == (0, len(text), None)
    return title


@pytest.mark.parametrize("text", strings(INCLUSION))
def test_inclusion(text: str) -> None:
    title = category(text)
    assert (title.category, bool(title.group)) == ("INCLUSION", False)


@pytest.mark.parametrize("text", strings(EXCLUSION))
def test_exclusion(text: str) -> None:
    title = category(text)
    assert (title.category, bool(title.group)) == ("EXCLUSION", False)


@pytest.mark.parametrize("text", strings(OF_GROUPS))
def test_a_category_of_a_group(text: str) -> None:
    title = category(text)
    assert title.group is not None
    assert title.category == ("EXCLUSION" if "xclusion" in text else "INCLUSION")


@pytest.mark.parametrize(
    "text",
    ["Inclusion Criteria", "INCLUSION", "Exclusion criteria:", "INCLUSION CRITERIA:", "Inclusion criteria for cases:"],
)
def test_a_numbered_category(text: str) -> None:
    assert category(text, marked=True).category == ("EXCLUSION" if text.startswith("Ex") else "INCLUSION")


@pytest.mark.parametrize(
    "text",
    [
        "Eligibility criteria:",
        "Major Eligibility Criteria:",
        "Inclusion Criteria and Exclusion Criteria:",
        "Entry criteria:",
    ],
)
def test_a_heading_of_neither_or_of_both(text: str) -> None:
    assert category(text).category is None


@pytest.mark.parametrize(("text", "side", "rest"), GLUED)
def test_glued(text: str, side: str, rest: str) -> None:
    title = read_title(text, False, False)
    assert title is not None and title.rest is not None
    assert (title.kind, title.category) == ("category", side)
    assert text[title.rest :].startswith(rest)
    assert not text[title.end : title.rest].strip()


@pytest.mark.parametrize("text", strings(GROUPS))
def test_groups(text: str) -> None:
    assert read_title(text, False, True) == Title("group", None, 0, len(text))


@pytest.mark.parametrize("text", [*strings(NOTES), THE_ABOVE])
def test_notes(text: str) -> None:
    assert read_title(text, False, False) == Title("note", None, 0, len(text))


@pytest.mark.parametrize("text", strings(MARKED_NOTES))
def test_notes_with_a_marker(text: str) -> None:
    assert read_title(text, True, False) == Title("note", None, 0, len(text))


@pytest.mark.parametrize("text", strings(NONE_MARKED))
def test_items_that_are_no_titles(text: str) -> None:
    assert read_title(text, True, True) is None


@pytest.mark.parametrize("text", strings(NONE_UNMARKED))
def test_paragraphs_that_are_no_titles(text: str) -> None:
    assert read_title(text, False, True) is None


def test_a_group_needs_what_it_is_over() -> None:
    assert read_title("Healthy volunteers", False, False) is None
    assert read_title("Patients with T1D", False, False) is None


def test_white_space_around_a_title_is_no_part_of_it() -> None:
    assert read_title("  Exclusion Criteria: \n", False, True) == Title("category", "EXCLUSION", 2, 21)


@pytest.mark.linear
@pytest.mark.parametrize(
    "unit", ["Inclusion criteria ", "inclusion ", "criteri ", "Exclusion criteria for a ", " ", "* ", "(", "-", "\\"]
)
@pytest.mark.parametrize("marked", [False, True])
def test_long_lines_cost_no_more_than_reading_them(unit: str, marked: bool) -> None:
    def work(length: int) -> None:
        read_title("Inclusion criteria" + unit * (length // len(unit)) + ":", marked, True)

    assert_linear(work, 400_000)


@needs_records
def test_the_usual_headings_of_all_records_are_found() -> None:
    usual = seen = 0
    for study in load_records():
        criteria = study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
        for line in criteria.split("\n"):
            title = read_title(line, line.startswith(("*", " ")), True) if line.strip() else None
            seen += title is not None and title.kind == "category"
            if line.strip(" :").lower() in ("inclusion criteria", "exclusion criteria"):
                usual += 1
                assert title is not None and title.kind == "category" and title.category == line.strip()[:9].upper()
    assert usual > 2000
    assert seen < 1.15 * usual


@pytest.mark.linear
@pytest.mark.parametrize(
    "piece",
    [
        "Consent Exclusion Criteria: ",
        "x. Exclusion Criteria 1. a ",
        "• a ",
        "1、年龄；2、",
        "。排除标准：",
        "(1) a; (2) b; ",
    ],
)
def test_the_time_for_headings_and_lists_in_one_line_is_linear(piece: str) -> None:
    assert_linear(lambda length: parse_criteria("1. " + piece * (length // len(piece))), 40_000)


def heading(text: str, *, marked: bool, before_list: bool = True) -> str | None:
    """What of a text is a category heading, with `+` after it where that names a group; None if nothing is."""
    title = read_title(text, marked, before_list)
    if title is None or title.kind != "category":
        return None
    return text[title.start : title.end] + "+" * (title.group is not None)


PSORIASIS = "Severe plaque psoriasis biologic naive adults Inclusion Criteria:"


LONG = " ".join(["(and a tale that is long)"] * 15)


@pytest.mark.parametrize(
    ("text", "bare", "marked"),
    [
        # An item with a bullet that names somebody before the words may be a criterion about another study.
        ("Cohort Inclusion Criteria: age 18", "Cohort Inclusion Criteria:+", None),
        ("Pulmonary Exclusions: asthma", None, None),
        (PSORIASIS, f"{PSORIASIS}+", None),
        # What follows the colon belongs to the heading only above a list.
        ("Exclusion Criteria: (all of these)", "Exclusion Criteria: (all of these)", "Exclusion Criteria:"),
        ("Exclusion Criteria: Healthy volunteers:", "Exclusion Criteria: Healthy volunteers:+", "Exclusion Criteria:"),
        ("Exclusion Criteria: Healthy volunteers", "Exclusion Criteria:", "Exclusion Criteria:"),
        ("Exclusion Criteria: Allergy to any of:", "Exclusion Criteria:", "Exclusion Criteria:"),
        (f"Exclusion Criteria: {LONG}", "Exclusion Criteria:", "Exclusion Criteria:"),
    ],
)
def test_an_item_is_a_heading_less_easily_than_a_paragraph(text: str, bare: str | None, marked: str | None) -> None:
    assert heading(text, marked=True) == marked
    assert heading(text, marked=False) == bare


@pytest.mark.parametrize("text", ["Exclusion Criteria: (all of these)", "Exclusion Criteria: Healthy volunteers:"])
def test_a_heading_without_a_list_ends_in_its_colon(text: str) -> None:
    assert heading(text, marked=False, before_list=False) == "Exclusion Criteria:"


def test_a_sentence_longer_than_any_title_is_a_criterion() -> None:
    short, long = (f"Patients are excluded{', as all sites agree,' * times} if:" for times in (1, 16))
    assert heading(short, marked=False) == short
    assert heading(long, marked=False) is None
