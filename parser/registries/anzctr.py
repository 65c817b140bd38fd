"""ANZCTR.

ACTRN12605000020639
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: Registration number|Trial ID
!: Query!
-: Ethics application status|Date data sharing statement initially provided|Type of registration|\
Date results information initially provided|Date results provided|Linked study record|Record number
first_submitted: Date submitted
first_posted: Date registered
last_updated: Date last updated
=: Summary|Titles & IDs|Health condition|Intervention/exposure|Outcomes|Eligibility|Study design|Recruitment|\
Funding & Sponsors|Ethics approval|Contacts|Trial registered on ANZCTR
brief_title: Public title
official_title: Scientific title
secondary_ids: Secondary ID|Universal Trial Number (UTN)
acronym: Trial acronym
conditions: Health condition(s) or problem(s) studied
-: Condition category|Condition code|Description of intervention(s) / exposure|Intervention code|\
Comparator / control treatment|Control group|Description of intervention(s)/exposure
study_type: Study type
outcome: Primary outcome
second_outcome: Secondary outcome
-: Assessment method
time: Timepoint
inclusion: Key inclusion criteria
minimum_age: Minimum age
maximum_age: Maximum age
sex: Sex|Gender
healthy_volunteers: Can healthy volunteers participate?
exclusion: Key exclusion criteria
primary_purpose: Purpose of the study
allocation: Allocation to intervention
-: Procedure for enrolling a subject and allocating the treatment (allocation concealment procedures)|\
Methods used to generate the sequence in which subjects will be randomised (sequence generation)|\
Who is / are masked / blinded?|Other design features|Type of endpoint/s|\
Statistical methods / analysis
masking: Masking / blinding
intervention_model: Intervention assignment
observational_model: Study model
phases: Phase
overall_status: Recruitment status
-: Date of first participant enrolment
  start_expected: Anticipated
  start_actual: Actual
-: Date of last participant enrolment|Date of last data collection
  -: Anticipated|Actual
-: Sample size
  size_expected: Target
  -: Accrual to date
  size_actual: Final
-: Recruitment in Australia|Recruitment state(s)|Recruitment hospital|Recruitment postcode(s)|\
Country
-: Recruitment outside Australia
  country: Country
  -: State/province
-: Funding source category|Name|Address|Secondary sponsor category|Other collaborator category
sponsor: Primary sponsor
-: Primary sponsor type
  sponsor: Name
-: Ethics committee name|Ethics committee address|Ethics committee country|Date submitted for ethics approval|\
Approval date|Ethics approval number|Brief title
brief_summary: Brief summary
-: Trial website|Trial related presentations / publications|Public notes|Attachments|Principal investigator
  official: Name
  -: Title|Address|Country|Phone|Fax|Email
contact: Contact person for public queries|Contact person for scientific queries
  name: Name
  -: Address|Country|Fax|Title
  phone: Phone
  email: Email
-: Data sharing statement|Will individual participant data (IPD) for this trial be available (including data \
dictionaries)?|No/undecided IPD sharing reason/comment|What supporting documents are/will be available?|\
Results publications and other study-related documents|Documents added manually|Documents added automatically"""

_PAGE = RegistryPage(
    form="anzctr-page",
    meaning="Australian New Zealand Clinical Trials Registry.",
    labels=_LABELS,
    signature=(
        "Ethics application status|Type of registration|Titles & IDs|Linked study record|"
        "Date of first participant enrolment|Comparator / control treatment"
    ),
)

REGISTRY = Registry(
    name="ANZCTR",
    id_pattern=id_pattern(r"ACTRN\d{14}"),
    dates="DMY",
    codes={
        "allocation": {"randomised controlled trial": "RANDOMIZED", "non-randomised trial": "NON_RANDOMIZED"},
        "masking": {"open (masking not used)": "NONE"},
    },
    page=_PAGE,
)
