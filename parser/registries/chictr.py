"""ChiCTR.

ChiCTR2000034346, ChiCTR-TRC-10001234
"""

from __future__ import annotations

from parser.registries.registry import Registry, RegistryPage, id_pattern

# The labels of the registry's own pages.
_LABELS = """\
registry_id: Registration number
last_updated: Date of Last Refreshed on
first_posted: Date of Registration
name: Applicant
phone: Applicant telephone
email: Applicant E-mail
official: Study leader
-: Registration Status|Study subject ID|Study leader's telephone|Study leader's fax|\
Study leader's E-mail|Applicant Fax|Study leader's website(voluntary supply)|Applicant website(voluntary supply)|\
Applicant address|Study leader's address|Applicant postcode|Study leader's postcode|Applicant's institution|\
Applicant institution|Affiliation of the Leader|Affiliation of the Registrant|Approved by ethic committee|\
Approved No. of ethic committee|Name of the ethic committee|Date of approved by ethic committee|\
Contact Name of the ethic committee|Contact Address of the ethic committee|Contact phone of the ethic committee|\
Contact email of the ethic committee|Primary sponsor's address|Project audit state|\
Study leader's website (voluntary supply)|Study leader's website
brief_title: Public title
acronym: English Acronym
official_title: Scientific title
-: Scientific title acronym
secondary_ids: The registration number of the Partner Registry or other register|\
The registration number of the Partner Registry or other register of clinical trial
sponsor: Primary sponsor
-: Secondary sponsor|Source(s) of funding|Target disease code
conditions: Target disease|Target diseases
study_type: Study type
phases: Study phase
brief_summary: Objectives of Study|Study objectives
arm_design: Study design
-: Description for medicine or protocol of treatment in detail
inclusion: Inclusion criteria
exclusion: Exclusion criteria
study_time: Study execute time
arm: Group
-: From|To|Recruiting time|Interventions|Sample size|Intervention code|\
Countries of recruitment and research settings|Province|City|Institution hospital|Institution|Level of the institution|\
Level of the institution|Outcomes|Type|Measure time point of outcome|Measure method|Intervention
enrollment: Total sample size
country: Country
-: Outcome
-: Collecting sample(s) from participants|Sample Name|Tissue|Fate of sample|Note|Participant age
overall_status: Recruiting status
minimum_age: Min age
maximum_age: Max age
sex: Gender
-: Randomization Procedure (please state who generates the random number sequence and by what method)|Blinding|\
Sign the informed consent|Length of follow-up (include time point of outcome measure)|Rules of uncover|\
Calculated Results after the Study Completed public access|Statistical method|\
The way of sharing IPD (include metadata and protocol, If use web-based public database, please provide the url)|\
Data collection and Management (A standard data collection and management system include a CRF and an electronic \
data capture|Data Managemen Committee|Data and Safety Monitoring Committee|Data Management Committee|\
Publication information of the protocol/research results report (name of the journal, volume, issue, pages, time; or \
website)|IPD sharing"""

_PAGE = RegistryPage(
    form="chictr-page",
    meaning="Chinese Clinical Trial Registry: its English half.",
    labels=_LABELS,
    signature=(
        "Date of Last Refreshed on|Study subject ID|Approved by ethic committee|Target disease|"
        "Study leader's E-mail|Institution hospital"
    ),
)

REGISTRY = Registry(
    name="ChiCTR",
    id_pattern=id_pattern(r"ChiCTR(?:-[A-Z]{2,5}-\d{8}|\d{10})"),
    page=_PAGE,
)
