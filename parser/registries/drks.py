"""German Clinical Trials Register.

DRKS00099999
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages, before and since 2022.
_LABELS = """\
registry_id: DRKS-ID|DRKS-ID of the study
first_posted: Date of Registration in DRKS|Registration date
last_updated: Last update in DRKS|Last update
-: Date of Registration in Partner Registry or other Primary Registry|\
Investigator Sponsored/Initiated Trial (IST/IIT)|Ethics Approval/Approval of the Ethics Committee|\
(leading) Ethics Committee Nr.|Recruitment status at time of registration|Registration status|\
Date of registration in partner registry|Ethics Committee|Vote of leading Ethics Committee
=: Trial Description|Organizational Data|Characteristics|Recruitment|Study Design|Endpoints|Addresses|Status|\
Interventions/Observational Groups|Interventions, Observational Groups|Brief Summary
official_title: Scientific title|Scientific Title
brief_title: Title|Public title
acronym: Trial Acronym|Acronym/abbreviation of the study
-: URL of the Trial|URL of the study
brief_summary: Brief Summary in Lay Language
detailed_description: Brief Summary in Scientific Language
secondary_ids: Universal Trial Number (UTN)|EudraCT Number|Primary Registry-ID|\
Other secondary IDs
-: Secondary IDs
conditions: Health condition or Problem studied|Health condition studied|Health Condition or Problem studied
  conditions: Free text
  -: ICD10|ICD 10
  healthy_volunteers: Healthy volunteers
-: Arm 1|Arm 2|Arm 3|Arm 4
study_type: Study Type
-: Study Type Non-Interventional|Retrospective/prospective|Longitudinal/cross-sectional
allocation: Allocation
masking: Blinding|Masking
-: Who is blinded|Control|Off-label use (Zulassungsüberschreitende Anwendung eines Arzneimittels)|\
Off-label use (Drug trials)
primary_purpose: Purpose
intervention_model: Assignment
phases: Phase
primary_outcomes: Primary Outcome
secondary_outcomes: Secondary Outcome
-: Countries of recruitment|Locations of Recruitment|Planned/Actual|Monocenter/Multicenter trial|\
National/International|Number of study centers|Recruitment location(s)|Recruitment Locations|\
Reason if recruitment stopped or withdrawn|\
Recruitment period and number of participants
countries: Recruitment countries
start_date: (Anticipated or Actual) Date of First Enrollment
start_expected: Planned study start date
start_actual: Actual study start date
completion_expected: Planned study completion date
completion_actual: Actual Study Completion Date|Actual study completion date
size_expected: Target Sample Size
size_actual: Final Sample Size
=: Inclusion Criteria
sex: Gender|Sex
minimum_age: Minimum Age
maximum_age: Maximum Age
inclusion: Additional Inclusion Criteria
exclusion: Exclusion Criteria
sponsor: Primary Sponsor
  sponsor: Address
-: Contact for Scientific Queries|Contact for Public Queries|Principal Investigator|Telephone|Fax|E-mail|URL|\
Sources of Monetary or Material Support|Commercial (pharmaceutical industry, medical engineering industry, etc.)|\
Institutional budget, no external funding (budget of sponsor/PI)|Collaborator, Other Address
overall_status: Recruitment Status
-: Study Closing (LPLV)|Trial Publications, Results and other documents|\
Basic reporting|IPD - Individual Participant Data"""

_PAGE = RegistryPage(
    form="drks-page",
    meaning="German Clinical Trials Register.",
    labels=_LABELS,
    signature=(
        "DRKS-ID|DRKS-ID of the study|Date of Registration in DRKS|Investigator Sponsored/Initiated Trial (IST/IIT)|"
        "Brief Summary in Lay Language|Additional Inclusion Criteria|Last update in DRKS|Monocenter/Multicenter trial|"
        "Acronym/abbreviation of the study"
    ),
)

REGISTRY = Registry(
    name="German Clinical Trials Register",
    id_pattern=id_pattern(r"DRKS\d{8}"),
    codes={
        "overall_status": {
            "pending": "NOT_YET_RECRUITING",
            "recruiting planned": "NOT_YET_RECRUITING",
            "recruiting ongoing": "RECRUITING",
            "recruiting complete, follow-up continuing": "ACTIVE_NOT_RECRUITING",
            "recruiting complete, study continuing": "ACTIVE_NOT_RECRUITING",
            "recruiting complete, follow-up complete": "COMPLETED",
            "recruiting complete, study complete": "COMPLETED",
            "recruiting suspended on temporary hold": "SUSPENDED",
            "recruiting stopped after recruiting started": "TERMINATED",
            "recruiting withdrawn before recruiting started": "WITHDRAWN",
        },
        "study_type": {"non_interventional": "OBSERVATIONAL", "non-interventional": "OBSERVATIONAL"},
        "allocation": {
            "non_randomized_controlled_trial": "NON_RANDOMIZED",
            "non-randomized controlled trial": "NON_RANDOMIZED",
            "non-randomized controlled study": "NON_RANDOMIZED",
            "randomized controlled trial": "RANDOMIZED",
            "randomized controlled study": "RANDOMIZED",
            "single_arm_study": "NA",
            "single arm study": "NA",
        },
        "intervention_model": {"single": "SINGLE_GROUP", "single (group)": "SINGLE_GROUP"},
        "masking": {"open (masking not used)": "NONE"},
        "sex": {"both, male and female": "ALL"},
    },
    page=_PAGE,
)
