"""ISRCTN.

ISRCTN14757012
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
-: DOI|IRAS number|EudraCT/CTIS number|Protocol serial number|Protocol/serial number|Prospectively registered|\
Retrospectively registered|Prospective/Retrospective|Condition category|Study website|Trial website|\
Plain English summary|Plain English summary of protocol|Contact information|ORCID ID|Contact details|Type
contact: Contact name|Primary contact
  phone: Phone
  email: Email
  -: ORCID ID|Contact details
registry_id: ISRCTN
secondary_ids: Secondary identifying numbers|ClinicalTrials.gov number|ClinicalTrials.gov (NCT)|EudraCT number|\
Clinical Trials Information System (CTIS)
first_submitted: Submission date|Date applied
first_posted: Registration date|Date assigned
last_updated: Last edited
recruitment: Recruitment status
overall_status: Overall study status|Overall trial status
=: Study information|Eligibility|Locations|Additional identifiers|Results and Publications|Editorial Notes|\
Plain English Summary|Participants|Protocol|Statistical analysis plan|Results|Individual participant data|\
Record updated in last year
study_type: Primary study design
allocation: Secondary study design
primary_purpose: Trial type
-: Study design|Study setting(s)|Study type|Participant information sheet|Study objectives|\
Study hypothesis|Ethics approval(s)|Intervention type|Drug / device / biological / vaccine name(s)|\
Drug/device/biological/vaccine name(s)|Pharmaceutical study type(s)|Study purpose|Reason abandoned (if study stopped)|\
Trial setting|Ethics approval|Patient information sheet|Drug names|Reason abandoned
phases: Phase
official_title: Scientific title
acronym: Study acronym|Acronym
conditions: Health condition(s) or problem(s) studied|Condition
-: Intervention|Interventions
primary_outcomes: Primary outcome measure|Primary outcome measure(s)|Primary outcome measures
secondary_outcomes: Secondary outcome measures|Secondary outcome measure(s)|Key secondary outcome measure(s)|\
Key secondary outcome measures
-: Overall study start date|Overall study end date|Overall trial start date|Overall trial end date
completion_date: Completion date
inclusion: Key inclusion criteria|Participant inclusion criteria
-: Participant type(s)|Participant type|Healthy volunteers allowed|Age group
minimum_age: Lower age limit
maximum_age: Upper age limit
sex: Sex|Gender
enrollment: Target number of participants|Target sample size at registration
size_actual: Total final enrolment
exclusion: Key exclusion criteria|Participant exclusion criteria
start_date: Date of first enrolment|Recruitment start date
-: Date of final enrolment|Recruitment end date
countries: Countries of recruitment
-: Study participating centre|Study participating centres|Trial participating centre|Trial participating centres
-: Sponsor information|Sponsor type|Website
sponsor: Organisation|Sponsor
-: ROR|Funders|Funder|Funder type|Funder name|Alternative name(s)|Funding Body Type|Funding Body Subtype|Location|\
Intention to publish date|Individual participant data (IPD) Intention to share|IPD sharing plan|Publication and \
dissemination plan|Study outputs|Additional files|Individual participant data (IPD) sharing plan"""

_PAGE = RegistryPage(
    form="isrctn-page",
    meaning="ISRCTN registry.",
    labels=_LABELS,
    signature=(
        "Overall study status|Key inclusion criteria|Plain English summary|Participant type(s)|"
        "Target number of participants|Study participating centre|Overall trial status|Prospective/Retrospective|"
        "Plain English summary of protocol|Study objectives"
    ),
)

REGISTRY = Registry(
    name="ISRCTN",
    id_pattern=id_pattern(r"ISRCTN\d{8}"),
    dates="DMY",
    codes={
        "intervention_type": {"procedure/surgery": "PROCEDURE", "supplement": "DIETARY_SUPPLEMENT"},
        "allocation": {
            "randomised controlled trial": "RANDOMIZED",
            "randomised parallel trial": "RANDOMIZED",
            "randomised cross over trial": "RANDOMIZED",
            "cluster randomised trial": "RANDOMIZED",
            "non randomised study": "NON_RANDOMIZED",
        },
    },
    page=_PAGE,
)
