"""PACTR.

PACTR202001543210987
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: Trial no.
first_posted: Date of Approval
-: Trial Status|Type of trial|Sub-Disease(s) or condition(s) being studied|Anticipated date of last follow up|\
Actual Last follow-up date|Actual target sample size (number of participants)|Actual trial start date|Completion date|\
Publication URL|Changes to trial information|Secondary Ids|Issuing authority/Trial register
=: TRIAL DESCRIPTION|STUDY DESIGN|ELIGIBILITY CRITERIA|OUTCOMES|Brief summary describing the background
brief_title: Public title
official_title: Official scientific title
brief_summary: Brief summary describing the background and objectives of the trial|and objectives of the trial
acronym: Acronym (If the trial has an acronym then please provide)
conditions: Disease(s) or condition(s) being studied
primary_purpose: Purpose of the trial
start_date: Anticipated trial start date
enrollment: Anticipated target sample size (number of participants)
overall_status: Recruitment status
intervention_model: Intervention assignment
allocation: Allocation to intervention
-: If randomised, describe how the allocation sequence was generated|\
Describe how the allocation sequence/code was concealed from the person allocating the participants to the \
intervention arms|Masking|If masking / blinding was used
-: INTERVENTIONS|ETHICS APPROVAL|RECRUITMENT CENTRES|FUNDING SOURCES|SPONSORS|COLLABORATORS|CONTACT PEOPLE|REPORTING
inclusion: List inclusion criteria
exclusion: List exclusion criteria
-: Age Category|Minimum age|Maximum age|Gender"""

_PAGE = RegistryPage(
    form="pactr-page",
    meaning="Pan African Clinical Trials Registry.",
    labels=_LABELS,
    signature=(
        "Date of Approval|Official scientific title|Acronym (If the trial has an acronym then please provide)|"
        "Brief summary describing the background and objectives of the trial|"
        "Disease(s) or condition(s) being studied|Purpose of the trial"
    ),
)

REGISTRY = Registry(
    name="PACTR",
    id_pattern=id_pattern(r"PACTR\d{15,18}"),
    dates="DMY",
    codes={"primary_purpose": {"treatment: drugs": "TREATMENT"}},
    page=_PAGE,
)
