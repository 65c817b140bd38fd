"""LBCTR.

LBCTR2020043495
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
=: Back to Search|Trial Details|Main Information|Study design|Study design: Explanation|\
Key inclusion and exclusion criteria
registry_id: Primary registry identifying number
org_study_id: Protocol number
-: MOH registration number|MOH registered number|Study registered at the country of origin|\
Study registered at the country of origin: Specify|Type of registration|Type of registration: Justify|\
Date of registration in national regulatory agency|Primary sponsor: Country of origin|\
Brief summary of the study: Arabic
sponsor: Primary sponsor
first_posted: Date of registration in primary registry
brief_title: Public title
official_title: Scientific title
acronym: Acronym
brief_summary: Brief summary of the study: English
conditions: Health conditions/problem studied: Specify
-: Interventions: Specify
inclusion: Key inclusion and exclusion criteria: Inclusion criteria
exclusion: Key inclusion and exclusion criteria: Exclusion criteria
sex: Key inclusion and exclusion criteria: Gender
-: Key inclusion and exclusion criteria: Specify gender
minimum_years: Key inclusion and exclusion criteria: Age minimum
maximum_years: Key inclusion and exclusion criteria: Age maximum
study_type: Type of study
-: Type of intervention|Type of intervention: Specify type|Trial scope|Trial scope: Specify scope
allocation: Study design: Allocation
masking: Study design: Masking
primary_purpose: Study design: Purpose
intervention_model: Study design: Assignment
-: Study design: Control|Study design: Specify purpose|Study design: Specify assignment|\
IMP has market authorization|IMP has market authorization: Specify|Name of IMP|Year of authorization|\
Month of authorization|Type of IMP|Pharmaceutical class|Therapeutic indication|Therapeutic benefit|Study model|\
Study model: Explain model|Study model: Specify model|Time perspective|Time perspective: Explain time perspective|\
Time perspective: Specify perspective|Target follow-up duration|Target follow-up duration: Unit|\
Number of groups/cohorts|Biospecimen retention|Biospecimen description
phases: Study phase
enrollment: Target sample size
-: Actual enrollment target size|Date of first enrollment|Date of study closure
start_date_type: Date of first enrollment: Type
start_date: Date of first enrollment: Date
completion_date_type: Date of study closure: Type
completion_date: Date of study closure: Date
overall_status: Recruitment status
-: Recruitment status: Specify|Date of completion|IPD sharing statement plan|IPD sharing statement description|\
Additional data URL|Admin comments|Trial status|Approval status|Secondary Identifying Numbers|\
Sources of Monetary or Material Support|Secondary Sponsors|Contact for Public/Scientific Queries|\
Centers/Hospitals Involved in the Study|Ethics Review|Countries of Recruitment|Health Conditions or Problems Studied|\
Interventions|Primary Outcomes|Key Secondary Outcomes|Trial Results"""

_PAGE = RegistryPage(
    form="lbctr-page",
    meaning="Lebanese Clinical Trials Registry.",
    labels=_LABELS,
    signature=(
        "Primary registry identifying number|MOH registration number|Study registered at the country of origin|"
        "IMP has market authorization|Date of first enrollment: Type|Health conditions/problem studied: Specify|"
        "Primary sponsor: Country of origin"
    ),
    day_first=True,
)

REGISTRY = Registry(
    name="LBCTR",
    id_pattern=id_pattern(r"LBCTR\d{10}"),
    codes={
        "allocation": {
            "n/a: single arm study": "NA",
            "randomized controlled trial": "RANDOMIZED",
            "non-randomized controlled trial": "NON_RANDOMIZED",
        },
        "masking": {"open (masking not used)": "NONE"},
    },
    page=_PAGE,
)
