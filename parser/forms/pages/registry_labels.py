"""The labels of registries' own pages, a table for each: `target: label|label`, labels of a part below it indented.

A target is a field of a page or one of the kinds in `registry_page`; `-` is a label whose text no field holds, and `=`
a heading. A label ends the value before it, whatever it is.
"""

from __future__ import annotations

# WHO's Trial Registration Data Set, as its own portal prints it.
ICTRP = """\
-: Register|Last refreshed on|Prospective Registration|Web address|URL|Type|Ethics review|Ethics|Status
registry_id: Main ID
first_posted: Date of registration
sponsor: Primary sponsor
brief_title: Public title
official_title: Scientific title
acronym: Acronym
start_date: Date of first enrolment|Date of first enrollment
enrollment: Target sample size
overall_status: Recruitment status
study_type: Study type
-: Study design
phases: Phase
countries: Countries of recruitment
contact: Contacts|Contact
  name: Name
  -: Address|Affiliation
  phone: Telephone
  email: Email
=: Key inclusion & exclusion criteria|Key inclusion and exclusion criteria
inclusion: Inclusion criteria
exclusion: Exclusion criteria
minimum_age: Age minimum
maximum_age: Age maximum
sex: Gender
conditions: Health Condition(s) or Problem(s) studied|Health condition(s) or problem(s) studied
interventions: Intervention(s)|Interventions
primary_outcomes: Primary Outcome(s)|Primary outcome
secondary_outcomes: Secondary Outcome(s)|Secondary outcome
secondary_ids: Secondary ID(s)|Secondary IDs
-: Source(s) of Monetary Support|Source of monetary support
collaborators: Secondary Sponsor(s)|Secondary sponsor
-: Approval Date|Contact:|Results
  -: Results available|Date Posted|Date Completed|URL|Summary results|Date of posting of results summaries|Hyperlink|\
Date of first journal publication of results|Baseline characteristics|Participant flow|Adverse events|\
Outcome measures|URL to protocol files|IPD sharing plan|IPD description"""

ISRCTN = """\
-: DOI|IRAS number|EudraCT/CTIS number|Protocol serial number|Submission date|Prospectively registered|\
Retrospectively registered|Condition category|Study website|Plain English summary|Contact information|ORCID ID|\
Contact details|Type|Primary contact
contact: Contact name
  phone: Phone
  email: Email
  -: ORCID ID|Contact details
registry_id: ISRCTN
secondary_ids: Secondary identifying numbers|ClinicalTrials.gov number|ClinicalTrials.gov (NCT)|EudraCT number|\
Clinical Trials Information System (CTIS)
first_posted: Registration date
last_updated: Last edited
recruitment: Recruitment status
overall_status: Overall study status|Overall trial status
=: Study information|Eligibility|Locations|Additional identifiers|Results and Publications|Editorial Notes|\
Plain English Summary|Participants
study_type: Primary study design
-: Study design|Secondary study design|Study setting(s)|Study type|Participant information sheet|Study objectives|\
Study hypothesis|Ethics approval(s)|Intervention type|Drug / device / biological / vaccine name(s)|\
Drug/device/biological/vaccine name(s)|Pharmaceutical study type(s)|Study purpose|Reason abandoned (if study stopped)|\
Trial setting|Trial type
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
-: Participant type(s)|Healthy volunteers allowed|Age group
minimum_age: Lower age limit
maximum_age: Upper age limit
sex: Sex|Gender
enrollment: Target number of participants|Target sample size at registration
-: Total final enrolment
exclusion: Key exclusion criteria|Participant exclusion criteria
start_date: Date of first enrolment|Recruitment start date
-: Date of final enrolment|Recruitment end date
countries: Countries of recruitment
-: Study participating centre|Study participating centres|Trial participating centre|Trial participating centres
-: Sponsor information|Sponsor type|Website
sponsor: Organisation
-: ROR|Funders|Funder type|Funder name|Alternative name(s)|Funding Body Type|Funding Body Subtype|Location|\
Intention to publish date|Individual participant data (IPD) Intention to share|IPD sharing plan|Publication and \
dissemination plan|Study outputs|Additional files|Individual participant data (IPD) sharing plan"""

ANZCTR = """\
registry_id: Registration number
-: Ethics application status|Date submitted|Date data sharing statement initially provided|Type of registration|\
Date results information initially provided|Date results provided|Linked study record|Record number
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
Methods used to generate the sequence in which subjects will be randomised (sequence generation)|Masking / blinding|\
Who is / are masked / blinded?|Intervention assignment|Other design features|Type of endpoint/s|\
Statistical methods / analysis
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
Recruitment outside Australia|State/province
country: Country
-: Funding source category|Name|Address|Primary sponsor type|Secondary sponsor category|Other collaborator category
sponsor: Primary sponsor
-: Ethics committee name|Ethics committee address|Ethics committee country|Date submitted for ethics approval|\
Approval date|Ethics approval number|Brief title
brief_summary: Brief summary
-: Trial website|Trial related presentations / publications|Public notes|Attachments|Principal investigator
  -: Name|Address|Country|Phone|Fax|Email
contact: Contact person for public queries|Contact person for scientific queries
  name: Name
  -: Address|Country|Fax|Title
  phone: Phone
  email: Email
-: Data sharing statement|Will individual participant data (IPD) for this trial be available (including data \
dictionaries)?|No/undecided IPD sharing reason/comment|What supporting documents are/will be available?|\
Results publications and other study-related documents|Documents added manually|Documents added automatically"""

CHICTR = """\
registry_id: Registration number
last_updated: Date of Last Refreshed on
first_posted: Date of Registration
-: Registration Status|Study subject ID|Applicant|Study leader's telephone|Study leader's fax|\
Study leader's E-mail|Applicant Fax|Study leader's website(voluntary supply)|Applicant website(voluntary supply)|\
Applicant address|Study leader's address|Applicant postcode|Study leader's postcode|Applicant's institution|\
Applicant institution|Affiliation of the Leader|Affiliation of the Registrant|Approved by ethic committee|\
Approved No. of ethic committee|Name of the ethic committee|Date of approved by ethic committee|\
Contact Name of the ethic committee|Contact Address of the ethic committee|Contact phone of the ethic committee|\
Contact email of the ethic committee|Primary sponsor's address|Study leader|Project audit state|Applicant telephone|\
Applicant E-mail|Study leader's website (voluntary supply)|Study leader's website
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
-: Study design|Description for medicine or protocol of treatment in detail
inclusion: Inclusion criteria
exclusion: Exclusion criteria
-: Study execute time|From|To|Recruiting time|Interventions|Group|Sample size|Intervention code|\
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

CRIS = """\
registry_id: CRIS Registration Number|CRIS Registration number
org_study_id: Unique Protocol ID
brief_title: Public/Brief Title|Public Title|Brief Title
official_title: Scientific Title
acronym: Acronym
-: MFDS Regulated Study|IND/IDE Protocol|Registered at Other Registry|Healthcare Benefit Approval Status|\
Name of Registry|Registration Number|Registry Identifier Number
=: Background|Institutional Review Board/Ethics Committee|Institutional Review Board|Contact Details|Status|\
Source of Monetary/Material Support|Sponsor Organization|Study Summary|Study Design|Subject Eligibility|\
Outcome Measure(s)|Publication|Results and Publication|Sharing of Study Data (Deidentified Individual-Patient Data, \
IPD)|Sharing of Study Data
-: Board Approval Status|Board Approval Number|Approval Date|Board Name|Institutional Review Board Name|\
Institutional Review Board Address|Institutional Review Board Telephone
has_dmc: Data Monitoring Committee
-: Contact Person for Principal Investigator / Scientific Queries|Contact Person for Updating Information
  -: Name|Title|Telephone|Cell Phone|Affiliation|Address|Email
contact: Contact Person for Public Queries
  name: Name
  -: Title|Affiliation|Address|Cell Phone
  phone: Telephone
  email: Email
-: Study Site|Number of center|Recruitment Status by Participating Study Site|Name of Study Site|Recruitment Status
overall_status: Overall Recruitment Status
start_date: Date of First Enrollment
enrollment: Target Number of Participant|Target Number of Participants
primary_completion_date: Primary Completion Date
completion_date: Study Completion Date
-: Organization Name|Organization Type|Project ID|Funding Agency
sponsor: Sponsor Organization Name
brief_summary: Lay Summary|Study Summary Text
study_type: Study Type
primary_purpose: Study Purpose
phases: Phase
intervention_model: Intervention Model
masking: Blinding/Masking
allocation: Allocation
-: Blinded Subject|Intervention Type|Intervention Description|Number of Arms|Arm 1|Arm 2|Arm 3|Arm 4|Arm Label|\
Arm Type|Arm Description|Rare Disease|Condition Category|ICD-10 code
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
-: Statement|Sharing Statement|Results Registered|Time of Sharing|Way of Sharing"""

CTRI = """\
registry_id: CTRI Number
last_updated: Last Modified On
-: Post Graduate Thesis|Study Design|Modification(s)|CTRI Website URL|PDF of Trial
study_type: Type of Trial
-: Type of Study
brief_title: Public Title of Study
official_title: Scientific Title of Study
acronym: Trial Acronym
-: Secondary IDs if Any|Secondary ID|Registry
-: Details of Principal Investigator or overall Trial Coordinator (multi-center study)|\
Details of Principal Investigator
  -: Name|Designation|Affiliation|Address|Phone|Fax|Email
-: Details Contact Person Scientific Query|Details of Contact Person Scientific Query
  -: Name|Designation|Affiliation|Address|Phone|Fax|Email
contact: Details Contact Person Public Query|Details of Contact Person Public Query
  name: Name
  -: Designation|Affiliation|Address|Fax
  phone: Phone
  email: Email
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
-: Sites of Study|Details of Ethics Committee|Regulatory Clearance Status from DCGI|\
Intervention / Comparator Agent|Intervention/Comparator Agent
  -: Name|Type|Details|Name of Committee|Approval Status|Status|Name of Principal Investigator|Name of Site|\
Site Address|Phone/Fax/Email
=: Health Condition / Problems Studied|Health Condition/Problems Studied
  -: Health Type
  conditions: Condition
=: Inclusion Criteria
  minimum_age: Age From
  maximum_age: Age To
  sex: Gender
  inclusion: Details
=: Exclusion Criteria|ExclusionCriteria
  exclusion: Details
-: Method of Generating Random Sequence|Method of Concealment|Blinding/Masking
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
