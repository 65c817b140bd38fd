"""CRIS.

KCT0001234
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
first_submitted: First Submitted Date
first_posted: Registered Date
last_updated: Last Updated Date
registry_id: CRIS Registration Number|CRIS Registration number
org_study_id: Unique Protocol ID
brief_title: Public/Brief Title|Public Title|Brief Title
official_title: Scientific Title
acronym: Acronym
-: MFDS Regulated Study|IND/IDE Protocol|Registered at Other Registry|Healthcare Benefit Approval Status|\
Name of Registry|Registration Number|Registry Identifier Number
=: Background Information|Institutional Review Board Information|Contact Details Information|Status Information|\
CRIS Required|Background|Institutional Review Board/Ethics Committee|Institutional Review Board|Contact Details|\
Status|Study Summary|Study Design|Subject Eligibility|Outcome Measure(s)|Publication|Results and Publication|\
Source of Monetary/Material Support Information|Sponsor Organization Information|Study Summary Information|\
Study Design Information|Subject Eligibility Information|Outcome Measure(s) Information|\
Study Results and Publication|Study Results and Publication Information|Sharing of Study Data Information|\
Sharing of Study Data (Deidentified Individual-Patient Data, IPD)|Sharing of Study Data
-: Board Approval Status|Board Approval Number|Approval Date|Board Name|Institutional Review Board Name|\
Institutional Review Board Address|Institutional Review Board Telephone
has_dmc: Data Monitoring Committee
-: Contact Person for Principal Investigator / Scientific Queries
  official: Name
  official_affiliation: Affiliation
  -: Title|Telephone|Cell Phone|Address|Email
-: Contact Person for Updating Information
  -: Name|Title|Telephone|Cell Phone|Affiliation|Address|Email
contact: Contact Person for Public Queries
  name: Name
  -: Title|Affiliation|Address|Cell Phone
  phone: Telephone
  email: Email
-: Study Site|Number of center
overall_status: Overall Recruitment Status
start_date: Date of First Enrollment
size_expected: Target Number of Participant|Target Number of Participants
primary_completion_date: Primary Completion Date
completion_date: Study Completion Date
=: Recruitment Status by Participating Study Site
  site: Name of Study Site
  site_status: Recruitment Status
  -: Date of First Enrollment
=: Source of Monetary/Material Support
  -: Organization Name|Organization Type|Project ID|Funding Agency
=: Sponsor Organization
  sponsor: Organization Name
  -: Organization Type
sponsor: Sponsor Organization Name
brief_summary: Lay Summary|Study Summary Text
study_type: Study Type
primary_purpose: Study Purpose
phases: Phase
intervention_model: Intervention Model
masking: Blinding/Masking
allocation: Allocation
-: Blinded Subject|Intervention Type|Intervention Description|Number of Arms|Rare Disease|Condition Category|\
ICD-10 code
=: Arm 1|Arm 2|Arm 3|Arm 4|Arm 5|Arm 6|Arm 7|Arm 8
  arm: Arm Label
  arm_type: Arm Type
  arm_description: Arm Description
  -: Target Number of Participant
observational_model: Observational Study Model
time_perspective: Time Perspective
conditions: Condition(s)/Problem(s)
=: Inclusion Criteria
  sex: Gender
  ages: Age
  inclusion: Description
exclusion: Exclusion Criteria
healthy_volunteers: Healthy Volunteers
-: Type of Primary Outcome
=: Primary Outcome(s)|Primary Outcome(s) 1|Primary Outcome(s) 2|Primary Outcome(s) 3
  outcome: Outcome
  time: Timepoint
=: Secondary Outcome(s)|Secondary Outcome(s) 1|Secondary Outcome(s) 2|Secondary Outcome(s) 3|Secondary Outcome(s) 4
  second_outcome: Outcome
  time: Timepoint
-: Statement|Sharing Statement|Results Registered|Result Registerd|Time of Sharing|Way of Sharing"""

_PAGE = RegistryPage(
    form="cris-page",
    meaning="Clinical Research Information Service, Korea.",
    labels=_LABELS,
    signature=(
        "CRIS Registration Number|MFDS Regulated Study|IND/IDE Protocol|Board Approval Status|"
        "Overall Recruitment Status|Type of Primary Outcome"
    ),
)

REGISTRY = Registry(
    name="CRIS",
    id_pattern=id_pattern(r"KCT\d{7}"),
    page=_PAGE,
)
