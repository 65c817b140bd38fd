"""TCTR.

TCTR20200404001
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: TCTR Identification Number
first_posted: Date of Approval
last_updated: Last Update
-: Registration Status|Trial Status|Registration Site|URL
-: Ethics Review|Board Approval|Approval Number|Board Name|Board Affiliation|Board Contact
  -: Date of Approval|Approval Number|Board Name|Board Affiliation|Board Contact|Business Phone|Business Email|\
Business Address
=: Title|Sponsor|Health Conditions|Eligibility|Status|Key Trial Dates|Design|Intervention|Outcome|Location|Contact
brief_title: Public Title
acronym: Acronym
official_title: Scientific Title
org_study_id: Sponsor ID/ IRB ID/ EC ID
secondary_ids: Secondary ID
-: Source(s) of Monetary or Material Supports|Responsible Party|Name/Official Title|Organization|Phone|Email
sponsor: Study Primary Sponsor
collaborators: Study Secondary Sponsor
brief_summary: Protocol Synopsis
keywords: Keywords
conditions: Health Condition(s) or Problem(s) Studied
inclusion: Inclusion Criteria
exclusion: Exclusion Criteria
sex: Gender
ages: Age Limit
healthy_volunteers: Accept Healthy Volunteers
overall_status: Overall Recruitment Status
start_date: Study Start Date (First enrollment)
completion_date: Completion Date (Last subject, Last visit)
-: Study Completion Date
study_type: Study Type
primary_purpose: Primary Purpose
phases: Study Phase
intervention_model: Intervention Model
-: Number of Arms
masking: Masking
allocation: Allocation
-: Control|Study Endpoint Classification
size_expected: Planned sample size|Target sample size
size_actual: Actual sample size
-: Intervention Arm|Intervention name|Intervention Type|Intervention Classification|Intervention Description
=: Primary Outcome|Primary Outcomes
  outcome: Outcome Name
  -: Metric / Method of measurement|Metric
  time: Time point|Time points
=: Secondary Outcome|Secondary Outcomes
  second_outcome: Outcome Name
  -: Metric / Method of measurement|Metric
  time: Time point|Time points
-: Section A : Central Contact|Central Contact|First Name|Middle Name|Last Name|Degree|Ext.|\
Site Name|Central Contact Backup|Facility Contact|Investigator Name|Summary Results|\
Deidentified Individual Participant-level Data"""

_PAGE = RegistryPage(
    form="tctr-page",
    meaning="Thai Clinical Trials Registry.",
    labels=_LABELS,
    signature=(
        "TCTR Identification Number|Sponsor ID/ IRB ID/ EC ID|Registration Site|Key Trial Dates|"
        "Study Secondary Sponsor|Accept Healthy Volunteers"
    ),
)

REGISTRY = Registry(
    name="TCTR",
    id_pattern=id_pattern(r"TCTR\d{11}"),
    codes={
        "overall_status": {
            "completed (has results)": "COMPLETED",
            "completed (no results)": "COMPLETED",
            "pending (not yet recruiting)": "NOT_YET_RECRUITING",
        },
        "masking": {"open label": "NONE"},
    },
    page=_PAGE,
)
