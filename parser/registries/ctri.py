"""CTRI.

CTRI/2020/01/012345
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: CTRI Number
last_updated: Last Modified On
-: Post Graduate Thesis|Modification(s)|CTRI Website URL|PDF of Trial
study_type: Type of Trial
study_design: Study Design
-: Type of Study
brief_title: Public Title of Study
official_title: Scientific Title of Study
acronym: Trial Acronym
=secondary_ids: Secondary IDs if Any
-: Secondary ID|Registry
-: Details of Principal Investigator or overall Trial Coordinator (multi-center study)|\
Details of Principal Investigator
  official: Name
  official_affiliation: Affiliation
  -: Designation|Address|Phone|Fax|Email
-: Details Contact Person Scientific Query|Details of Contact Person Scientific Query
  -: Name|Designation|Affiliation|Address|Phone|Fax|Email
contact: Details Contact Person Public Query|Details of Contact Person Public Query
  name: Name
  -: Designation|Affiliation|Address|Fax
  phone: Phone
  email: Email
official: Name of Principal Investigator
-: Details Contact Person|Scientific Query|Source of Monetary or Material Support|Source of Monetary Support
contact: Public Query
  name: Name
  -: Designation|Affiliation|Address|Fax
  phone: Phone
  email: Email
=: Primary Sponsor|Primary Sponsor Details
  sponsor: Name
  -: Address|Type of Sponsor
-: Details of Secondary Sponsor
  -: Name|Address
countries: Countries of Recruitment
-: Sites of Study
  site: Name of Site
  -: Name of Principal Investigator|Contact Person|Site Address|Phone/Fax/Email
-: Details of Ethics Committee|Regulatory Clearance Status from DCGI
  -: Name of Committee|Approval Status|Status
-: Intervention / Comparator Agent|Intervention/Comparator Agent
  intervention: Name
  -: Type|Details
=conditions: Health Condition / Problems Studied|Health Condition/Problems Studied
  -: Health Type
  conditions: Condition
minimum_age: Age From
maximum_age: Age To
=inclusion: Inclusion Criteria
  minimum_age: Age From
  maximum_age: Age To
  sex: Gender
  inclusion: Details
=exclusion: Exclusion Criteria|ExclusionCriteria
  exclusion: Details
-: Method of Generating Random Sequence|Method of Concealment
masking: Blinding/Masking
=: Primary Outcome
  outcome: Outcome
  time: TimePoints|Timepoints
=: Secondary Outcome
  second_outcome: Outcome
  time: TimePoints|Timepoints
ctri_size: Target Sample Size
  ctri_size: Total Sample Size
  -: Sample Size from India|Final Enrollment numbers achieved (Total)|Final Enrollment numbers achieved (India)
phases: Phase of Trial
start_date: Date of First Enrollment (India)
-: Date of First Enrollment (Global)|Date of Study Completion (India)|Date of Study Completion (Global)|\
Estimated Duration of Trial|Publication Details|Individual Participant Data (IPD) Sharing Statement
-: Recruitment Status of Trial (Global)
overall_status: Recruitment Status of Trial (India)
brief_summary: Brief Summary"""

_PAGE = RegistryPage(
    form="ctri-page",
    meaning="Clinical Trials Registry - India.",
    labels=_LABELS,
    signature=(
        "CTRI Number|Post Graduate Thesis|Type of Trial|Public Title of Study|"
        "Regulatory Clearance Status from DCGI|Recruitment Status of Trial (India)"
    ),
)

REGISTRY = Registry(
    name="CTRI",
    id_pattern=id_pattern(r"CTRI/\d{4}/\d{2,3}/\d{6}"),
    dates="DMY",
    codes={
        "overall_status": {"open to recruitment": "RECRUITING"},
        "masking": {
            "open label": "NONE",
            "participant blinded": "SINGLE",
            "investigator blinded": "SINGLE",
            "outcome assessor blinded": "SINGLE",
            "participant and investigator blinded": "DOUBLE",
            "participant and outcome assessor blinded": "DOUBLE",
            "investigator and outcome assessor blinded": "DOUBLE",
            "participant, investigator and outcome assessor blinded": "TRIPLE",
        },
    },
    page=_PAGE,
)
