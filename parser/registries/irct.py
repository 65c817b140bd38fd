"""IRCT.

IRCT20190618043922N5
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
brief_summary: Summary|Study aim
=: Protocol summary|General information|IRCT registration information|Registrant information|\
Secondary Ids|Ethics committees|Health conditions studied|Recruitment centers|Sponsors / Funding sources|\
Sharing plan|Inclusion/Exclusion criteria|Sample size
=last_updated: Last update
-: Design|Settings and conduct|Participants/Inclusion and exclusion criteria|Intervention groups|\
Main outcome variables|Reason for update|Registration timing|Update count|Funding source|\
Randomization description|Blinding description|Placebo|Other design features|\
ICD-10 code|ICD-10 code description|Method of measurement|Category|Expected recruitment end date|\
Actual recruitment end date
allocation: Randomization (investigator's opinion)
masking: Blinding (investigator's opinion)
primary_purpose: Purpose
who_masked: Groups that have been masked
start_date: Expected recruitment start date
start_actual: Actual recruitment start date
completion_date: Trial completion date
size_actual: Actual sample size reached
registry_id: IRCT registration number
first_posted: Registration date
recruitment: Recruitment status
acronym: Acronym
-: Name|Name of organization / entity|Country|Phone|Email address
official_title: Scientific title
brief_title: Public title
inclusion: Inclusion criteria
exclusion: Exclusion criteria
ages: Age
sex: Gender
phases: Phase
enrollment: Target sample size
intervention_model: Assignment
conditions: Description of health condition studied
=: Primary outcomes
  outcome: Description
  time: Timepoint
=: Secondary outcomes
  second_outcome: Description
  time: Timepoint
contact: Person responsible for general inquiries
  name: Full name of responsible person
  phone: Phone
  email: Email|Email address
  -: Contact|Name of organization / entity|Position|Latest degree|Other areas of specialty/work|Street address|City|\
Province|Country|Postal code|Fax|Web page address
-: Sponsor
  sponsor: Name of organization / entity
  -: Contact|Full name of responsible person|Street address|City|Province|Country|Postal code|Phone|Fax|Email|\
Web page address
-: Ethics committee|Recruitment center|Person responsible for scientific inquiries|\
Person responsible for updating data|Intervention group|Control group
  -: Name|Name of organization / entity|Country|Phone|Email address|Description|Full name of responsible person|\
Street address|City|Province|Postal code|Email|Fax|Position|Contact|Latest degree|Other areas of specialty/work|\
Name of recruitment center|Approval date|Ethics committee reference number|Web page address"""

_PAGE = RegistryPage(
    form="irct-page",
    meaning="Iranian Registry of Clinical Trials.",
    labels=_LABELS,
    signature=(
        "IRCT registration information|IRCT registration number|Registration timing|Update count|"
        "Groups that have been masked|Description of health condition studied"
    ),
)

REGISTRY = Registry(
    name="IRCT",
    id_pattern=id_pattern(r"IRCT\d{8,20}N\d{1,3}"),
    codes={
        "allocation": {"randomized": "RANDOMIZED", "not randomized": "NON_RANDOMIZED"},
        "masking": {
            "not blinded": "NONE",
            "single blinded": "SINGLE",
            "double blinded": "DOUBLE",
            "triple blinded": "TRIPLE",
        },
        "intervention_model": {"single": "SINGLE_GROUP"},
    },
    page=_PAGE,
)
