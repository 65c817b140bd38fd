"""JPRN, with UMIN-CTR's own pages.

JPRN-jRCTs031190227, UMIN000012345, JapicCTI-194567
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of UMIN-CTR's own pages.
_LABELS = """\
registry_id: Unique ID issued by UMIN
first_posted: Date of disclosure of the study information
last_updated: Last modified on
-: Receipt number|Receipt No.|Scientific Title:Acronym|Region|Classification by specialty|Classification by malignancy|\
Genomic information|Basic objectives2|Basic objectives -Others|Trial characteristics_1|Trial characteristics_2|\
Randomization unit|Control|Stratification|Dynamic allocation|Institution consideration|Blocking|Concealment|\
No. of arms|Type of intervention|Interventions/Control_1|Interventions/Control_2|Interventions/Control_3|\
Interventions/Control_4|Interventions/Control_5|Interventions/Control_6|Interventions/Control_7|\
Interventions/Control_8|Interventions/Control_9|Interventions/Control_10
=: Basic information|Objectives|Assessment|Base|Study design|Intervention|Eligibility|Result|Progress|\
Other administrative information|Related information|Management information|Secondary IDs|Institutions|\
Other related information|Link to view the page
official_title: Scientific Title|Official scientific title of the study
brief_title: Public title|Title of the study (Brief title)
acronym: Acronym
conditions: Condition
brief_summary: Narrative objectives1
phases: Developmental phase
primary_outcomes: Primary outcomes
secondary_outcomes: Key secondary outcomes
study_type: Study type
intervention_model: Basic design
allocation: Randomization
masking: Blinding
primary_purpose: Purpose of intervention
minimum_age: Age-lower limit
maximum_age: Age-upper limit
sex: Gender
inclusion: Key inclusion criteria
exclusion: Key exclusion criteria
enrollment: Target sample size
-: Research contact person|Public contact|IRB Contact (For public release)|Funding Source|\
Other related organizations
  -: Name of lead principal investigator|Name of contact person|1st name|Middle name|Last name|Organization|\
Division name|Zip code|Address|TEL|Homepage URL|Email|Division|Category of Funding Organization|\
Nationality of Funding Organization|Co-sponsor|Name of secondary funder(s)
=: Sponsor or person
  sponsor: Institute
  -: Department|Personal name|Organization
secondary_ids: Study ID_1|Study ID_2
-: Org. issuing International ID_1|Org. issuing International ID_2|IND to MHLW|URL releasing protocol|\
Publication of results|URL related to results and publications|Number of participants that the trial has enrolled|\
Results|Results date posted|Results Delayed|Results Delay Reason|Date of the first journal publication of results|\
Baseline Characteristics|Participant flow|Adverse events|Outcome measures|Plan to share IPD|IPD sharing Plan description
overall_status: Recruitment status
start_date: Anticipated trial start date
-: Date of protocol fixation|Date of IRB|Last follow-up date|Date of closure to data entry|\
Date trial data considered complete|Date analysis concluded|Registered date|URL(English)|URL(Japanese)"""

_PAGE = RegistryPage(
    form="umin-page",
    meaning="UMIN Clinical Trials Registry, Japan.",
    labels=_LABELS,
    signature=(
        "Unique ID issued by UMIN|Date of disclosure of the study information|Narrative objectives1|"
        "Scientific Title:Acronym|Classification by malignancy|Trial characteristics_1|Interventions/Control_1"
    ),
)


def _without_prefix(identifier: str) -> str:
    return identifier.removeprefix("JPRN").removeprefix("-")


REGISTRY = Registry(
    name="JPRN",
    id_pattern=id_pattern(r"(?:JPRN-?)?(?:UMIN\d{9}|C\d{9}|jRCTs?\d{9,10}|JapicCTI-?\d{6}|JMA-IIA\d{5})"),
    key=_without_prefix,
    codes={
        "overall_status": {"open public recruiting": "RECRUITING", "preinitiation": "NOT_YET_RECRUITING"},
        "masking": {
            "open -no one is blinded": "NONE",
            "open -but assessor(s) are blinded": "SINGLE",
            "single blind -participants are blinded": "SINGLE",
        },
    },
    page=_PAGE,
)
