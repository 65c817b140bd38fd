"""IRCT.

IRCT20190618043922N5
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
brief_summary: Summary|Study aim
=: Protocol summary|General information|IRCT registration information|Registrant information|Last update|\
Secondary Ids|Ethics committees|Health conditions studied|Recruitment centers|Sponsors / Funding sources|\
Sharing plan|Randomization (investigator's opinion)|Blinding (investigator's opinion)|Inclusion/Exclusion criteria
-: Design|Settings and conduct|Participants/Inclusion and exclusion criteria|Intervention groups|\
Main outcome variables|Reason for update|Registration timing|Update count|Funding source|Purpose|\
Groups that have been masked|Randomization description|Blinding description|Placebo|Other design features|\
ICD-10 code|ICD-10 code description|Method of measurement|Category|Expected recruitment start date|\
Expected recruitment end date|Actual recruitment start date|Actual recruitment end date|Trial completion date|\
Actual sample size reached
registry_id: IRCT registration number
first_posted: Registration date
recruitment: Recruitment status
acronym: Acronym
-: Name|Name of organization / entity|Country|Phone|Email address
official_title: Scientific title
brief_title: Public title
inclusion: Inclusion criteria
exclusion: Exclusion criteria
-: Age
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
-: Ethics committee|Recruitment center|Sponsor|Person responsible for general inquiries|\
Person responsible for scientific inquiries|Person responsible for updating data|Intervention group|Control group
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
    page=_PAGE,
)
