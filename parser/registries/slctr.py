"""SLCTR.

SLCTR/2020/011
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: SLCTR Registration Number
first_posted: Date of Registration
last_updated: The date of last modification
=: Application Summary|Trial Details|Study design|Contact & Sponsor Information|IPD sharing plan|Outcome
official_title: Scientific Title of Trial
brief_title: Public Title of Trial
conditions: Disease or Health Condition(s) Studied
-: Scientific Acronym|Brief title
acronym: Public Acronym
secondary_ids: Universal Trial Number
-: Any other number(s) assigned to the trial and issuing authority|What is the research question being addressed?
study_type: Type of study
allocation: Allocation
masking: Masking
-: Control
intervention_model: Assignment
primary_purpose: Purpose
phases: Study Phase
-: Intervention(s) planned
inclusion: Inclusion criteria
exclusion: Exclusion criteria
-: Primary outcome(s)|Secondary outcome(s)
enrollment: Target number/sample size
countries: Countries of recruitment
-: Anticipated start date|Anticipated end date
start_actual: Date of first enrollment
overall_status: Recruitment status
-: Date of study completion|Funding source|Regulatory approvals|Ethics review approval|\
Contact person for Scientific Queries/Principal Investigator|Contact Person for Public Queries|Primary study sponsor/\
organization|Primary study sponsor|Secondary study sponsor (If any)|Trial documents|Protocol version and date"""

_PAGE = RegistryPage(
    form="slctr-page",
    meaning="Sri Lanka Clinical Trials Registry.",
    labels=_LABELS,
    signature=(
        "SLCTR Registration Number|The date of last modification|Scientific Title of Trial|Public Title of Trial|"
        "Target number/sample size|What is the research question being addressed?"
    ),
)

REGISTRY = Registry(
    name="SLCTR",
    id_pattern=id_pattern(r"SLCTR/\d{4}/\d{3}"),
    codes={"allocation": {"randomized controlled trial": "RANDOMIZED", "n/a: single arm study": "NA"}},
    page=_PAGE,
)
