"""The words of pages: which heading or label means which field, and what its values look like. A row a field.

Overall Status: Recruiting              the registry's site, before and after 2023
OverallStatus                           API v2, and exports of it
overall_status                          the registry's older XML
RECRUITMENT STATUS                      capitals make no difference

A spelling is compared by its letters and digits, so one with capitals, blanks or underscores is there once.
"""

from __future__ import annotations

from parser.forms.pages.fields import (
    AGE,
    BELOW,
    CODE,
    CONTACTS,
    COUNT,
    DATE,
    FIELDS,
    FLAG,
    GROUP,
    GROUPS,
    LINE,
    LIST,
    NUMBER,
    OUTCOMES,
    PLACES,
    PROSE,
    RECORDS,
    REST,
    SITE,
    WORD,
    YES_NO,
    Row,
)

ROWS: tuple[Row, ...] = (
    Row(
        "registry_id", "front", LINE,
        "NCT ID|NCT Number|NCT No|ClinicalTrials.gov Identifier|ClinicalTrials.gov ID|"
        "ClinicalTrials.gov number|Trial ID|Study ID|Registry Identifier|Main ID|Trial Number|Identifier|"
        "NCT|Study NCT ID|Registration Number|CT.gov ID|CT.gov Identifier|NCT Identifier|ClinicalTrials.gov record|"
        "ClinicalTrial.gov record|ClinicalTrial.gov Identifier|ClinicalTrials.gov NCT ID|"
        "National Clinical Trial (NCT) Identified Number|ClinicalTrials.gov Registration Number|EudraCT Number|"
        "Trial Registration Number|Registry ID|Clinical Trial ID|Clinical Trial Number|"
        "ClinicalTrials.gov Identifier (NCT Number)|Registration ID|NLM Identifier|Clinical Study Identifier|"
        "Trial Identifier|Study Identifier|Trial ID(s)|ClinicalTrials.gov Reference|EU Trial Number|EU CT Number|"
        "EudraCT ID|Clinical Study ID|Clinical Trials Identifier NCT 8-digits|Clinical Trials Identifier",
        site=REST,
    ),
    Row(
        "brief_title", "front", LINE,
        "Brief Title|Title|Public Title|Study Title|Trial Title|Title of study|Name of Study|Study Name|"
        "Name of Trial|Public Title of Trial",
    ),
    Row("lay_title", "front", LINE, "Title of the trial for lay persons, in easily understood language|Lay Title"),
    Row(
        "official_title", "front", LINE,
        "Official Title|Scientific Title|Official Study Title|Full Title|Official Title of Study|Full Name|"
        "Full Study Title|Full Trial Title|What is the full name of this clinical trial?|Scientific Title of Study|"
        "Scientific Title of Trial|Long Title",
    ),
    Row("acronym", "front", LINE, "Acronym|Study Acronym|Short Title|Trial Acronym"),
    Row(
        "organization", "front", LINE,
        "Organization|Organization Full Name|Source|Source Organization|Information provided by|"
        "Organisation|Organization Name",
    ),
    Row("organization_class", "front", LINE, "Organization Class|Source Class|Org Class|Organization Type"),
    Row(
        "why_stopped", "front", LINE,
        "Why Stopped|Why Study Stopped|Reason Stopped|Why the study was stopped|Reason for stopping",
    ),
    Row("target_duration", "front", LINE, "Target Duration|Target Follow-Up Duration"),
    Row(
        "org_study_id", "front", LINE,
        "Org Study ID|Organization Study ID|Unique Protocol ID|Organization's Unique Protocol ID|"
        "Other Study ID|Org Study Identifier|Organization Study Identifier|Protocol ID|"
        "Sponsor Protocol Number|Sponsor's Protocol Code Number|Sponsor Protocol Code Number|"
        "Sponsor's Protocol Code|Protocol Number|Unique Protocol Identification Number|Other Study ID #|"
        "Other Study ID Number|Protocol Code|Sponsor Study ID|Study Number|Protocol No.|Sponsor ID|Org ID",
    ),
    Row(
        "secondary_ids", "front", LINE,
        "Secondary IDs|Secondary ID|Secondary Study IDs|Secondary Identifier|Secondary Identifiers|"
        "Secondary Identifying Numbers|Other Study ID Numbers|Other Study IDs|Other IDs|Other ID|"
        "Secondary Study ID|Secondary Trial IDs|Other Identification Numbers|Other Trial IDs",
    ),
    Row(
        "last_updated", "front", DATE,
        "Last Updated|Last Update Posted|Last Update Posted Date|Last Update Post Date|CT Last Update Post Date|CT.gov Last Update|Last Update|Last Changed Date|"
        "Last Changed|Last Refreshed On|Last Updated Date|Date of last update|Last Posted|Record Updated|"
        "Last Update Date|Updated|Updated On|Last Modified|Last Modified On|Date Last Updated|Record Last Updated|"
        "Last Verified/Updated|Last Updated On",
        site=REST,
    ),
    Row(
        "last_submitted", "front", DATE,
        "Last Update Submitted|Last Update Submit Date|Last Update Submitted Date|"
        "Last Update Submitted that Met QC Criteria|"
        "Last Update Submitted that Met Quality Control Criteria",
    ),
    Row(
        "first_posted", "front", DATE,
        "First Posted|Study First Posted|Study First Post Date|First Posted Date|First Post Date|"
        "Date of Registration|Registration Date|Date Registered|Registered On|First Posted On|First Post|"
        "Date First Posted|Registered",
    ),
    Row(
        "first_submitted", "front", DATE,
        "First Submitted|Study First Submitted|Study First Received|Study First Received Date|"
        "Study First Submit Date|First Submitted Date|"
        "First Received|Firstreceived Date|First Submit Date|Date Submitted|Submission Date|Date First Received|"
        "First Received Date|Initial Submission Date",
    ),
    Row(
        "first_submitted_qc", "front", DATE,
        "First Submitted that Met QC Criteria|First Submitted that Met Quality Control Criteria|"
        "Study First Submitted QC|Study First Submit QC Date|Study First Submitted that Met QC Criteria",
    ),
    Row(
        "results_posted", "front", DATE,
        "Results First Posted|Results First Post Date|Results Posted|Results First Posted Date|"
        "Results Posted On|Date Results Posted",
    ),
    Row(
        "results_submitted", "front", DATE,
        "Results First Submitted|Results First Submitted Date|Results First Submit Date|Firstreceived Results Date|"
        "First Received Results Date|Results First Received",
    ),
    Row(
        "results_submitted_qc", "front", DATE,
        "Results First Submitted QC|Results First Submit QC Date|"
        "Results First Submitted that Met QC Criteria|"
        "Results First Submitted that Met Quality Control Criteria",
    ),
    Row(
        "verified", "front", DATE,
        "Verification Date|Status Verified Date|Last Verified|Record Verification Date|Verified|"
        "Verification|Record Verified|Verified Date|Status Verified",
    ),
    Row(
        "overall_status", "basic", CODE,
        "Recruitment Status|Overall Status|Overall Recruitment Status|Recruiting Status|Status|"
        "Study Status|Trial Status|Current Status|Enrollment Status|Current Recruitment Status|"
        "Trial Recruitment Status|Study Recruitment Status|Expanded Access Status|Current Trial Status|"
        "Overall Trial Status|Overall Study Status",
        site=BELOW,
    ),
    Row("last_known_status", "basic", CODE, "Last Known Status|Last Known Recruitment Status"),
    Row(
        "phases", "basic", CODE,
        "Clinical Phase|Phase|Phases|Study Phase|Trial Phase|Development Phase|Clinical Trial Phase|Phase of Study|"
        "Phase of Trial|Phase of Development",
        site=BELOW,
    ),
    Row(
        "study_type", "basic", CODE,
        "Study Classification|Study Type|Type|Type of Study|Trial Type|Type of Trial|Clinical Study Type",
        site=BELOW,
    ),
    Row("start_date_type", "basic", CODE, "Start Date Type|Study Start Date Type"),
    Row("primary_completion_date_type", "basic", CODE, "Primary Completion Date Type"),
    Row("completion_date_type", "basic", CODE, "Completion Date Type|Study Completion Date Type"),
    Row("enrollment_type", "basic", CODE, "Enrollment Type|Enrollment Count Type|Enrolment Type"),
    Row(
        "start_date", "basic", DATE,
        "Study Start Date|Study Start|Start Date|Trial Start Date|Date of first enrolment|"
        "Date of first enrollment|Date Enrolment|Date Enrollment|Started|Trial Start|Start|Trial Start Date|"
        "Study Begin|Start of Study|Start of Trial|Study Started|Date Started|Actual Start|Study Start Month|Began",
        site=BELOW,
    ),
    Row(
        "primary_completion_date", "basic", DATE,
        "Primary Completion|Primary Completion Date|Primary Completion Study Date|"
        "Study Primary Completion|Study Primary Completion Date|Primary End Date|Primary Completion Month|PCD",
    ),
    Row(
        "completion_date", "basic", DATE,
        "Study Completion Date|Study Completion|Completion Date|Study End Date|End Date|"
        "Trial Completion Date|Completion|Trial End Date|Completed On|Trial End|End|Completion Date of Study|"
        "End of Study|End of Trial|Study End|Date Completed|Overall Completion Date|Final Completion Date|Final Completion",
        site=BELOW,
    ),
    Row(
        "enrollment", "basic", COUNT,
        "Total Enrollment|Enrollment|Enrollment Count|Target Enrollment|Number of Participants|"
        "Sample Size|Target Sample Size|Study Size|Enrolment|Target Size|Number Enrolled|Participants|"
        "Number of Subjects|Enrollment Number|Total Enrolment|Estimated Number of Participants|Target Recruitment|"
        "Target Number of Participants|Planned Enrollment|Number of Patients|Target Accrual|Accrual Target|"
        "Trial Size|Study Size|Expected Enrollment|Anticipated Number of Participants|Study Participants|"
        "Number of Participants Needed|Total Participants|Total Number of Participants",
        site=BELOW,
    ),
    Row("results", "basic", YES_NO, "Study Results|Has Results|Results", shape=FIELDS,
        sentence=""),
    Row("expanded_access", "basic", YES_NO, "Has Expanded Access|Expanded Access"),
    Row("patient_registry", "basic", YES_NO, "Patient Registry|Is Patient Registry"),
    Row("allocation", "design", CODE, "Allocation Method|Allocation|Design Allocation|Allocation Type", site=BELOW),
    Row(
        "intervention_model", "design", CODE,
        "Intervention Model|Interventional Model|Interventional Study Model|Intervention Assignment|"
        "Design Intervention Model|Intervention Study Model|Assignment|Study Model|Interventional Model Type|"
        "Intervention Design",
        site=BELOW,
    ),
    Row(
        "observational_model", "design", CODE,
        "Observational Model Type|Observational Model|Observational Study Model|Observation Model|"
        "Study Observational Model|Design Observational Model",
        site=BELOW, own=5,
    ),
    Row(
        "time_perspective", "design", CODE,
        "Study Time Perspective|Time Perspective|Observation Time Perspective|"
        "Observational Time Perspective|Design Time Perspective",
        site=BELOW, own=4,
    ),
    Row(
        "primary_purpose", "design", CODE,
        "Primary Study Purpose|Primary Purpose|Purpose|Design Primary Purpose|Study Purpose",
        site=BELOW,
    ),
    Row(
        "masking", "design", CODE,
        "Blinding Strategy|Masking|Blinding|Masking Type|Design Masking|Design Info Masking|"
        "Blinding Type|Study Masking|Blindness",
        site=BELOW,
    ),
    Row("sampling_method", "design", CODE, "Sampling Method"),
    Row("retention", "design", CODE, "Biospecimen Retention|Bio Spec Retention|Retention"),
    Row(
        "who_masked", "design", LINE,
        "Who Masked|Who Is Masked|Design Who Masked|Masked Roles|Masking Roles|Roles Masked|"
        "Who Is Blinded",
        site=BELOW,
    ),
    Row("masking_description", "design", LINE, "Masking Description|Design Masking Description"),
    Row(
        "intervention_model_description", "design", LINE,
        "Intervention Model Description|Interventional Model Description|"
        "Interventional Study Model Description|Design Intervention Model Description|Model Description",
    ),
    Row("biospecimen", "design", LINE, "Biospecimen Description|Bio Spec Description|Biospecimen"),
    Row("study_population", "design", LINE, "Study Population|Study Pop"),
    Row(
        "gender_description", "design", LINE,
        "Gender Eligibility Description|Gender Description|Gender Based Description",
    ),
    Row(
        "minimum_age", "eligibility", AGE,
        "Minimum Eligible Age|Minimum Age|Min Age|Age Minimum|Lower Age Limit|Minimum Age Limit",
        site=BELOW,
    ),
    Row(
        "maximum_age", "eligibility", AGE,
        "Maximum Eligible Age|Maximum Age|Max Age|Age Maximum|Upper Age Limit|Maximum Age Limit",
        site=BELOW,
    ),
    Row(
        "ages", "eligibility", AGE,
        "Ages Eligible for Study|Ages Eligible|Eligible Ages|Age Range|Ages|Age Eligibility|Eligible Age|"
        "Age|Age Range|Age Limits|Eligible Age Range|Participant Age|Age Requirement|Age Requirements|Patient Age|"
        "Age(s)",
    ),
    Row("std_ages", "eligibility", CODE, "Standard Ages|Std Ages|Std Age|Standard Age|Age Groups|Age Group"),
    Row(
        "sex", "eligibility", CODE,
        "Eligible Sex|Sex|Gender|Sexes Eligible for Study|Genders Eligible for Study|Sexes Eligible|"
        "Eligible Gender|Eligible Sexes|Gender Eligibility|Sex Eligible|Sex/Gender|Participant Gender|"
        "Participant Sex|Sex of Participants|Gender of Participants|Patient Gender|Eligible Sex/Gender|"
        "Eligible Genders|Genders",
        site=BELOW,
    ),
    Row(
        "healthy_volunteers", "eligibility", YES_NO,
        "Accepts Healthy Volunteers|Healthy Volunteers|Healthy Volunteers Accepted|"
        "Accepting Healthy Volunteers|Volunteers|Accepts Healthy Volunteers?|Healthy Volunteers?|"
        "Healthy Volunteers Allowed|Healthy Subjects|Allows Healthy Volunteers|Healthy Volunteer|Healthy",
        site=BELOW,
    ),
    Row("gender_based", "eligibility", YES_NO, "Gender Based|Gender Eligibility Based|Gender-Based Eligibility"),
    Row(
        "has_dmc", "oversight", YES_NO,
        "Oversight Has DMC|Has DMC|Has Data Monitoring Committee|Data Monitoring Committee|"
        "U.S. Data Monitoring Committee|Data Monitoring Committee (DMC)|DMC|"
        "Has a Data Monitoring Committee",
    ),
    Row(
        "fda_drug", "oversight", YES_NO,
        "Is FDA Regulated Drug|Studies a U.S. FDA-regulated Drug Product|FDA Regulated Drug|"
        "U.S. FDA-regulated Drug|FDA-regulated Drug Product|Is a FDA Regulated Drug",
    ),
    Row(
        "fda_device", "oversight", YES_NO,
        "Is FDA Regulated Device|Studies a U.S. FDA-regulated Device Product|FDA Regulated Device|"
        "U.S. FDA-regulated Device|FDA-regulated Device Product|Is a FDA Regulated Device",
    ),
    Row(
        "unapproved_device", "oversight", YES_NO,
        "Is Unapproved Device|Device Product Not Approved or Cleared by U.S. FDA|Unapproved Device|"
        "Device Not Approved or Cleared by U.S. FDA",
    ),
    Row(
        "us_export", "oversight", YES_NO,
        "Is US Export|Product Manufactured in and Exported from the U.S.|Exported from the U.S.|"
        "Product Exported from U.S.|US Export",
    ),
    Row(
        "ppsd", "oversight", YES_NO,
        "Is PPSD|Pediatric Postmarket Surveillance of a Device Product|Pediatric Postmarket Surveillance",
    ),
    Row(
        "ipd_sharing", "sharing", YES_NO,
        "IPD Sharing|Plan to Share IPD|Plan to Share Individual Participant Data (IPD)|IPD Plan|"
        "Plan to Share Individual Participant Data|Sharing IPD|Share IPD|IPD Sharing Plan|"
        "IPD Sharing Statement|Plan to Share Participant Data",
    ),
    Row(
        "ipd_description", "sharing", LINE,
        "IPD Plan Description|IPD Sharing Description|Sharing Plan Description|IPD Description|"
        "IPD Sharing Plan Description",
    ),
    Row(
        "ipd_info_types", "sharing", LINE,
        "IPD Sharing Supporting Information Type|IPD Sharing Info Type|IPD Sharing Info Types|"
        "Supporting Information|Info Types|IPD Supporting Information|Supporting Information Type|"
        "IPD Sharing Supporting Information|Supporting Materials",
    ),
    Row("ipd_time_frame", "sharing", LINE, "IPD Sharing Time Frame|IPD Time Frame|Sharing Time Frame"),
    Row(
        "ipd_access", "sharing", LINE,
        "IPD Sharing Access Criteria|IPD Access Criteria|Access Criteria|Sharing Access Criteria",
    ),
    Row("ipd_url", "sharing", LINE, "IPD Sharing URL|IPD URL|Sharing URL"),
    Row(
        "lead_sponsor", "sponsors", LINE,
        "Lead Sponsor|Lead Sponsor Name|Sponsor|Primary Sponsor|Sponsor Name|Sponsored By|Research Sponsored By|"
        "Study Sponsor|Trial Sponsor|Sponsor/Company|Sponsor Organisation|Sponsor Organization|"
        "Sponsoring Organization|Sponsor Organisation|Sponsoring Institution|Study Sponsored By|Sponsoring Institute",
    ),
    Row("lead_sponsor_class", "sponsors", CODE, "Lead Sponsor Class|Sponsor Class|Sponsor Type|Agency Class"),
    Row(
        "collaborators", "sponsors", LINE,
        "Collaborators|Collaborator|Collaborator Name|Secondary Sponsor|Secondary Sponsors|"
        "Collaborating Organizations",
    ),
    Row(
        "responsible_party_type", "responsible_party", LINE,
        "Responsibility Role|Responsible Party Type|Responsible Party Role",
    ),
    Row(
        "investigator_name", "responsible_party", LINE,
        "Responsible Party Investigator Full Name|Investigator Full Name|Responsible Party Name|"
        "Responsible Party Investigator Name|Investigator Name",
    ),
    Row(
        "investigator_title", "responsible_party", LINE,
        "Responsible Party Investigator Title|Investigator Title|Responsible Party Title",
    ),
    Row(
        "investigator_affiliation", "responsible_party", LINE,
        "Responsible Party Investigator Affiliation|Investigator Affiliation|"
        "Responsible Party Affiliation",
    ),
    Row("old_name_title", "responsible_party", LINE, "Responsible Party Old Name Title|Name Title"),
    Row(
        "old_organization", "responsible_party", LINE,
        "Responsible Party Old Organization|Responsible Party Organization",
    ),
    Row(
        "brief_summary", "brief_summary", PROSE,
        "Brief Summary|Summary|Study Summary|Study Description|Brief Description|Trial Summary|Research Summary|"
        "Purpose of Study|Lay Summary|Short Description|About|About This Study|About This Trial|About the Study|"
        "About the Trial|What Is This Study About?|What is this trial about?|Plain-language summary|"
        "Plain Language Summary|Plain English Summary|Clinical Trial Summary|Trial Description|"
        "Study Overview Summary|Purpose of the Study|What is the purpose of this study?|"
        "What is the purpose of this trial?|Purpose of this study|Summary of study|Brief Study Summary|"
        "Background and Purpose",
        shape=PROSE,
        sentence="Review the sponsor-provided synopsis that highlights what the study is about and why it is being conducted.",
    ),
    Row(
        "detailed_description", "detailed_description", PROSE,
        "Detailed Description|Detailed Study Description|Description|Extended Description|"
        "Full Description|More about this trial|More Details|Further Details|In-depth description|Detailed Summary|"
        "Study Details Description",
        shape=PROSE,
        sentence="Dive into the extended narrative that explains the scientific background, objectives, and procedures in greater depth.",
    ),
    Row(
        "conditions", "conditions", PROSE,
        "Conditions|Condition|Condition or Disease|Conditions or Disease|Conditions or Diseases|"
        "Health Condition(s) or Problem(s) Studied|Health Conditions|Diseases|Health Condition|"
        "Conditions Studied|Medical Conditions|Study Conditions|Cancer Type|Cancer Types|Eligible Conditions|"
        "Study Is for People With|Medical Condition|Disease|Disease(s)|Indication|Indications|"
        "Medical Condition(s) Being Investigated|Condition(s) Studied|Conditions/Diseases|Condition/Disease|"
        "Disease/Condition|Conditions being studied|Condition being studied|Diagnosis|Health Problem(s) Studied",
        shape=PROSE,
        sentence="See the medical conditions and disease areas that this research is targeting or investigating.",
    ),
    Row(
        "keywords", "keywords", PROSE,
        "Keywords|Keyword|Additional Relevant Terms|Other Terms|Study Keywords|Key Words|"
        "Keywords Provided by Sponsor|MeSH Keywords",
        shape=PROSE,
        sentence="Explore important study keywords that can help with search, categorization, and topic discovery.",
    ),
    Row(
        "eligibility_criteria", "eligibility_criteria", PROSE,
        "Eligibility Criteria|Criteria|Eligibility|Participation Criteria|Eligibility Information|"
        "Who Can Participate|Key Inclusion and Exclusion Criteria|Inclusion and Exclusion Criteria|"
        "Inclusion/Exclusion Criteria|Key Inclusion & Exclusion Criteria|Study Eligibility|"
        "Eligibility Criteria Description|Eligibility Module|Eligibility Requirements|Eligibility Details|"
        "Criteria for Eligibility|Do I Qualify To Participate in This Study?|Am I Eligible?|"
        "Who can take part?|Who can enter|Who can take part|Who is eligible?|Who Can Join?|Who can participate?|"
        "Criteria Details|Key Eligibility Criteria|Principal Inclusion and Exclusion Criteria|"
        "What criteria do I need to meet?|More Inclusion & Exclusion Criteria|Patient Eligibility|"
        "Requirements for Participation|Recruitment Criteria|Participation Eligibility|"
        "Eligibility Criteria Details|Study Criteria|Study Eligibility Criteria|"
        "Selection Criteria",
        shape=FIELDS,
        sentence="Check the participation requirements, including inclusion and exclusion rules, age limits, and whether healthy volunteers are accepted.",
    ),
    Row(
        "groups", "lists", LIST,
        "Study Groups|Study Arms|Study Arm(s)|Arms|Arm Groups|Arm Group|Arms and Groups|Groups and Cohorts|"
        "Groups/Cohorts|Cohorts|Treatment Arms|Study Arms and Groups|Arms/Groups|Study Arm|"
        "Study Groups/Cohorts|Study Group/Cohort(s)|Groups|Arm Groups/Cohorts|Arms of the Study|Arm && Interventions|Trial Arms|"
        "Treatment Groups|Study Arms/Groups|Participant Groups",
        shape=GROUPS,
        sentence="Review each arm or cohort in the study, along with the interventions and objectives associated with them.",
    ),
    Row(
        "interventions", "lists", LIST,
        "Interventions|Intervention|Intervention/Treatment|Interventions/Treatments|Treatments|"
        "Study Interventions|Intervention(s)|Assigned Interventions|Intervention / Treatment|"
        "Intervention/Treatments|Drugs|Interventions Used|Interventions/Drugs|"
        "Studied Treatment|Study Drug|Study Drugs|Study Treatment|Study Treatments",
        shape=RECORDS,
        sentence="Learn about the drugs, procedures, or behavioral strategies being tested and how they are applied within this trial.",
    ),
    Row(
        "sponsors", "lists", LIST,
        "Sponsors|Sponsors and Collaborators|Sponsor/Collaborators|Sponsors & Collaborators|"
        "Sponsor and Collaborators|Sponsor Collaborators Module",
        shape=RECORDS,
        sentence="Meet the organizations funding or collaborating on the study and learn about their roles.",
    ),
    Row(
        "responsible_party", "lists", LIST,
        "Responsible Party",
        shape=FIELDS,
        sentence="Identify the individual or organization who holds primary responsibility for the study information submitted to regulators.",
    ),
    Row(
        "locations", "lists", LIST,
        "Locations|Study Locations|Location|Facilities|Sites|Study Sites|Trial Sites|Trial Locations|"
        "Location Countries and Sites|Recruiting Locations|Study Centers|Sites / Locations|Sites/Locations|"
        "Study Location|Trial Location|Locations Where Study Is Conducted|Participating Sites|"
        "Participating Locations|Participating Centers|Location(s)|Research Sites|Site(s)|Clinical Sites|"
        "Where is this study taking place?|Locations and Contacts|Location Information|Facility Information|"
        "Center Locations",
        shape=PLACES,
        sentence="Explore where the study is taking place and check the recruitment status at each participating site.",
    ),
    Row(
        "countries", "lists", LIST,
        "Countries|Location Countries|Country|Countries of Recruitment|Country of Recruitment|"
        "Listed Location Countries|Listed Countries|Location Country|Countries of Trial|Study Countries|"
        "Country(ies)|Trial Countries|Countries Where Trial Is Running",
        shape=PROSE,
        sentence="Review the countries where the study has at least one active or historical site.",
    ),
    Row(
        "central_contacts", "lists", LIST,
        "Central Contacts|Central Contact|Overall Contact|Study Contact|Study Contacts|Overall Contacts|"
        "Contacts|Contact|Contact Information|Contact for Public Queries|Main Contact Information|Contact Details|"
        "Study Contact Information|Contact the Study Team|Contact Us About This Study|Public Contact|Contact(s)|"
        "Trial Contact|Contact Person|Study Team Contact",
        shape=CONTACTS,
        sentence="Reach out to these primary contacts for questions about participation or study logistics.",
    ),
    Row(
        "facility_contacts", "lists", LIST,
        "Facility Contacts|Facility Contact|Location Contacts|Site Contacts",
        shape=CONTACTS,
        sentence="Find local site contact details for specific facilities participating in the trial.",
    ),
    Row(
        "references", "lists", LIST,
        "References|Publications|Reference|Related Publications|Study Publications|Citations|"
        "General Publications|Publications and Helpful Links|Publications of Results|Published Results|"
        "Results Publications|Publications and Links|Bibliography|Related Publications and Links|"
        "Publications From This Study",
        shape=RECORDS,
        sentence="Explore related publications, articles, or registry entries linked to this study.",
    ),
    Row(
        "identifiers", "lists", LIST,
        "Other Identifiers",
        shape=RECORDS,
        sentence="Review additional registry numbers or institutional identifiers associated with this trial.",
    ),
    Row(
        "related_trials", "lists", LIST,
        "More Related Trials|Related Clinical Trials|Similar Trials|Similar Clinical Trials|"
        "Related Trials|Related Studies|Similar Studies|Other Trials|Other Studies|Recommended Trials|"
        "Trials You May Like|You May Also Like|More Clinical Trials|Related Trials/Studies|Nearby Trials|"
        "Similar Clinical Trials to Consider|Related Clinical Studies",
        shape=PROSE,
        sentence="Additional clinical trials that may be relevant based on similarity analysis.",
    ),
    Row(
        "primary_outcomes", "lists", LIST,
        "Primary Outcome Measures|Primary Outcomes|Primary Outcome|Primary Outcome Measure|"
        "Primary Endpoints|Primary Endpoint|Current Primary Outcome Measures|Primary Study Objectives|"
        "Primary Outcome(s)|Primary Endpoint(s)|Primary Outcome Parameters|Primary Objective Measures|"
        "Main Outcome Measures|Main Outcome Measure|Primary End Points|Primary End Point|Primary Outcome Measures:",
    ),
    Row(
        "secondary_outcomes", "lists", LIST,
        "Secondary Outcome Measures|Secondary Outcomes|Secondary Outcome|Secondary Outcome Measure|"
        "Key Secondary Outcomes|Secondary Endpoints|Secondary Endpoint|Current Secondary Outcome Measures|"
        "Secondary Study Objectives|Secondary Outcome(s)|Secondary Endpoint(s)|Secondary Objective Measures|"
        "Secondary End Points|Secondary End Point",
    ),
    Row(
        "other_outcomes", "lists", LIST,
        "Other Outcome Measures|Other Outcomes|Other Outcome|Other Pre-specified Outcome Measures|"
        "Other Pre-specified Outcomes|Other Outcome Measure|Exploratory Outcomes|Other Endpoints|"
        "Tertiary Outcomes|Exploratory Endpoints|Exploratory Outcome Measures|Current Other Outcome Measures|"
        "Current Other Pre-specified Outcome Measures",
    ),
    Row(
        "officials", "lists", LIST,
        "Overall Officials|Overall Official|Study Officials|Officials|Investigators|Study Investigators|"
        "Principal Investigators|Overall Study Officials|Study Official|Led By|Principal Investigator(s)|"
        "Chief Investigator|Lead Investigator|Overall Principal Investigator|Mayo Clinic Principal Investigator|"
        "Lead Scientist|Lead Scientists|Investigator(s)",
    ),
    Row(
        "documents", "lists", LIST,
        "Study Documents|Documents|Large Documents|Large Docs|Provided Documents|"
        "Study Documents (Full-Text)|Document Section|Large Document Module|Uploaded Documents|Large Doc|"
        "Documents Provided",
    ),
    Row(
        "group", "basic", GROUP,
        "Basic Information|Study Overview|Overview|Study Details|Study Information|Study Record|"
        "Trial Information|Study Record Dates|Key Dates|Dates|Record Dates|Important Dates|Study Dates|"
        "Timeline|Tracking Information|Descriptive Information|Recruitment Information|"
        "Administrative Information|More Information|Additional Information|Protocol Section|"
        "Identification|Identification Module|Status Module|Description Module|Sponsor Information|"
        "Study Registration Dates|Study Record Updates|Results Reporting Dates|Trial Details|"
        "Conditions Module|Full Text View|Status and Dates|Study Identification|Recruitment|"
        "Terms related to this study|Study Status Information|Key Information|General Information|Titles|"
        "Trial Overview",
        shape=FIELDS,
        sentence="Get a concise snapshot of the trial, including recruitment status, study phase, enrollment targets, and key timeline milestones.",
    ),
    Row("status_and_phase", "basic", LIST, "Status and Phase|Phase and Status|Status and Phases"),
    Row("id_list", "front", LIST, "Identifiers|Study Identifiers|Trial Identifiers|Study IDs|Trial IDs"),
    Row(
        "condition_table", "lists", LIST,
        "Condition or disease Intervention/treatment Phase|Condition Intervention Phase|Condition Intervention|"
        "Condition or disease Intervention/treatment|Conditions Interventions Phase|Conditions Interventions",
    ),
    Row(
        "arm_table", "lists", LIST,
        "Arm Intervention/treatment|Arms Assigned Interventions|Group/Cohort Intervention/treatment|"
        "Arms Assigned intervention|Group/Cohort|Groups/Cohorts Interventions|Groups/Cohorts Assigned Interventions",
    ),
    # Parts of pages of which nothing is read: whatever was open ends there.
    Row(
        "group", "front", GROUP,
        "Administrative Data|PRS Account|Treatment|All Listed Sponsors|Recruitment & Eligibility|Study & Design|"
        "Details and Patient Eligibility|"
        "Funder Types|Funder Type|Full Information|Treatment Details|Health Authority|REC Name|REC Reference|"
        "REC Opinion|Date of REC Opinion|Protocol Chairs|Side Effects Data|Additional Contact Information|"
        "Information on the Site|How to Participate|Study Numbers|Change History|Original Primary Outcome Measures|"
        "Original Secondary Outcome Measures|Original Other Pre-specified Outcome Measures|"
        "Original Other Outcome Measures|Resource Links|Study Objectives|Awards & Highlights|Trial Design|"
        "Available Data and Documents|Browse Conditions|Browse Interventions|Additional Relevant MeSH Terms|MeSH Terms|"
        "Trial Status Information|Key Facts|At a Glance|Quick Facts|"
        "Health Authority|Enrolling Locations|Learn More|Trial Contacts and Locations|Trial Timeline|Study Timeline|"
        "Frequently Asked Questions|FAQs|Sex/Gender|Additional Study Details|Study Website|Ethics Review|Ethics Approval|"
        "Eligibility Checklist|Eligibility Criteria Checklist|Recruitment Detail|Referral Letter Required|"
        "Population Exclusion(s)|Recruitment Keyword(s)|"
        "Investigational Drug(s)|Investigational Device(s)|Supporting Site|Participating Institutions|Compensation",
    ),
    Row(
        "group", "design", GROUP,
        "Study Design|Design|Design Details|Study Plan|How is the study designed?|Study Design Details|"
        "Design Module|Design Information|Trial Design|Arms and Interventions|"
        "Arms, Groups and Interventions|Arms Interventions Module|Design Info|Arms & Interventions|"
        "Groups and Interventions",
        shape=FIELDS,
        sentence="Understand how the trial is structured, including allocation methods, masking strategies, primary purpose, and other design elements.",
    ),
    Row(
        "group", "oversight", GROUP,
        "Oversight|Oversight Module|Oversight Information|Study Oversight|"
        "Drug and device information, study documents|Drug and Device Information|Regulatory Information|"
        "Ethics and Oversight|Regulatory Oversight|FDA Oversight",
    ),
    Row(
        "group", "sharing", GROUP,
        "IPD Sharing Statement Module|Individual Participant Data Sharing Statement|"
        "Individual Participant Data (IPD) Sharing Statement|Data Sharing|Data Sharing Statement|"
        "Plan for Individual Participant Data (IPD)|Plan for Individual participant data|"
        "Individual Participant Data|IPD Sharing Information|Data Sharing Plan",
    ),
    Row(
        "group", "contacts", GROUP,
        "Contacts and Locations|Contacts & Locations|Collaborators and Investigators|"
        "Contacts Locations Module|Sponsor and Investigators",
    ),
    Row(
        "group", "outcomes", GROUP,
        "Outcome Measures|Outcomes|Outcomes Module|Study Outcomes|Endpoints|What is the study measuring?|"
        "Outcome Measures Module|Study Outcome Measures|Study Endpoints",
    ),
    # Labels of the records of a list: each means this only there.
    Row("measure", "lists", LINE, "Measure|Outcome|Outcome Measure|Title|Name|Outcome Title|Endpoint", lists=OUTCOMES),
    Row(
        "time_frame", "lists", LINE,
        "Time Frame|Time Point|Timepoint|Time Frames|Outcome Time Frame|Time frame(s)",
        lists=OUTCOMES,
    ),
    Row(
        "description", "lists", LINE,
        "Description|Measure Description|Outcome Description|Details|Outcome Measure Description",
        lists=OUTCOMES,
    ),
    Row(
        "name", "lists", LINE,
        "Name|Overall Official Name|Official Name|Investigator|Official|Full Name|Last Name|"
        "Investigator Name",
        lists=("officials",),
    ),
    Row(
        "affiliation", "lists", LINE,
        "Affiliation|Overall Official Affiliation|Official Affiliation|Organization|"
        "Investigator Affiliation",
        lists=("officials",),
    ),
    Row("role", "lists", LINE, "Role|Overall Official Role|Official Role|Investigator Role", lists=("officials",)),
    Row(
        "label", "lists", LINE,
        "Label|Document|Document Label|Title|Name|Large Doc Label|Document Type|Type",
        lists=("documents",),
    ),
    Row("type_abbrev", "lists", LINE, "Type Abbrev|Large Doc Type Abbrev|Type Abbreviation", lists=("documents",)),
    Row("has_protocol", "lists", LINE, "Has Protocol|Large Doc Has Protocol", lists=("documents",)),
    Row("has_sap", "lists", LINE, "Has SAP|Large Doc Has SAP", lists=("documents",)),
    Row("has_icf", "lists", LINE, "Has ICF|Large Doc Has ICF", lists=("documents",)),
    Row("date", "lists", LINE, "Date|Document Date|Large Doc Date", lists=("documents",)),
    Row(
        "upload_date", "lists", LINE,
        "Upload Date|Uploaded|Large Doc Upload Date|Uploaded On",
        lists=("documents",),
    ),
    Row("filename", "lists", LINE, "Filename|File|Large Doc Filename", lists=("documents",)),
    Row("size", "lists", LINE, "Size|Size in bytes|Large Doc Size|File Size", lists=("documents",)),
    Row("name", "lists", LINE, "Name|Intervention Name|Intervention|Treatment", lists=("interventions",)),
    Row("intervention_type", "lists", LINE, "Intervention Type|Type", lists=("interventions",)),
    Row("description", "lists", LINE, "Description|Intervention Description|Details", lists=("interventions",)),
    Row(
        "other_names", "lists", LINE,
        "Other Names|Other Name|Intervention Other Name|Intervention Other Names",
        lists=("interventions",),
    ),
    Row(
        "arm_labels", "lists", LINE,
        "Arm Group Labels|Arm Group Label|Arms|Intervention Arm Group Label|Arm Groups",
        lists=("interventions",),
    ),
    Row(
        "name", "lists", LINE,
        "Name|Label|Arm Group Label|Arm|Group|Arm Label|Arm Group|Arm Title|Group Label|Title|Arm Name|"
        "Group Name|Cohort|Participant Group/Arm",
        lists=("groups",),
    ),
    Row("arm_type", "lists", LINE, "Group Type|Type|Arm Group Type|Arm Type|Role", lists=("groups",)),
    Row(
        "description", "lists", LINE,
        "Description|Arm Group Description|Arm Description|Group Description|Details",
        lists=("groups",),
    ),
    Row(
        "intervention_names", "lists", LINE,
        "Interventions|Intervention Names|Arm Group Intervention Name|Intervention|"
        "Arm Group Intervention Names|Arm Group Interventions|Intervention/Treatment|Intervention Name",
        lists=("groups",),
    ),
    Row(
        "lead_sponsor", "lists", LINE,
        "Lead Sponsor|Lead Sponsor Name|Sponsor|Primary Sponsor|Lead|Sponsor Name",
        lists=('sponsors',),
    ),
    Row("lead_sponsor_class", "lists", LINE, "Lead Sponsor Class|Sponsor Class", lists=('sponsors',)),
    Row(
        "responsible_party_type", "lists", LINE,
        "Responsibility Role|Type|Role|Responsible Party Type|Party Type",
        lists=("responsible_party",),
    ),
    Row(
        "investigator_name", "lists", LINE,
        "Name|Investigator|Full Name|Investigator Full Name|Investigator Name|Official",
        lists=("responsible_party",),
    ),
    Row("investigator_title", "lists", LINE, "Title|Investigator Title", lists=("responsible_party",)),
    Row(
        "investigator_affiliation", "lists", LINE,
        "Affiliation|Investigator Affiliation",
        lists=("responsible_party",),
    ),
    Row("old_name_title", "lists", LINE, "Name Title|Name and Title|Old Name Title", lists=("responsible_party",)),
    Row("old_organization", "lists", LINE, "Organization|Old Organization", lists=("responsible_party",)),
    Row(
        "facility", "lists", LINE,
        "Facility|Location Facility|Name|Site|Facility Name|Site Name",
        lists=("locations",),
    ),
    Row(
        "site_status", "lists", LINE,
        "Site Status|Status|Location Status|Recruitment Status|Facility Status",
        lists=("locations",),
    ),
    Row("city", "lists", LINE, "City|Location City", lists=("locations",)),
    Row("state", "lists", LINE, "State|Location State|State/Province|Province|Region", lists=("locations",)),
    Row("zip", "lists", LINE, "Zip|Location Zip|Zip Code|Postal Code|Postcode", lists=("locations",)),
    Row("country", "lists", LINE, "Country|Location Country", lists=("locations",)),
    Row(
        "name", "lists", LINE,
        "Name|Contact Name|Central Contact Name|Contact|Full Name",
        lists=("central_contacts", "facility_contacts"),
    ),
    Row(
        "contact_role", "lists", LINE,
        "Role|Central Contact Role|Contact Role",
        lists=("central_contacts", "facility_contacts"),
    ),
    Row(
        "phone", "lists", LINE,
        "Phone|Telephone|Phone Number|Central Contact Phone|Contact Phone|Tel",
        lists=("central_contacts", "facility_contacts"),
    ),
    Row(
        "phone_ext", "lists", LINE,
        "Phone Ext|Extension|Ext|Central Contact Phone Ext|Phone Extension",
        lists=("central_contacts", "facility_contacts"),
    ),
    Row(
        "email", "lists", LINE,
        "Email|Central Contact Email|Email Address|Contact Email",
        lists=("central_contacts", "facility_contacts"),
    ),
    Row("citation", "lists", LINE, "Citation|Reference Citation|Publication", lists=("references",)),
    Row("pmid", "lists", LINE, "PMID|Reference PMID|PubMed ID|PubMed", lists=("references",)),
    Row("reference_type", "lists", LINE, "Reference Type|Type", lists=("references",)),
    # Labels that the seed's site alone has, each known in its section.
    Row("results", "results", SITE, "Results pending|Results available", site=FLAG),
    Row("arm_type", "groups", SITE, "Group Type", site=WORD),
    Row("intervention_type", "groups", SITE, "Intervention Type", site=WORD),
    Row("intervention_type", "interventions", SITE, "Intervention Type", site=WORD),
    Row("sponsor_role", "sponsors", SITE, "Sponsor Role", site=WORD),
    Row("responsible_party_type", "responsible_party", SITE, "Responsibility Role", site=WORD),
    Row("site_status", "locations", SITE, "Site Status", site=WORD),
    Row("contact_role", "central_contacts", SITE, "Role", site=REST),
    Row("contact_role", "facility_contacts", SITE, "Role", site=REST),
    Row("reference_type", "references", SITE, "Reference Type", site=WORD),
    Row("pmid", "references", SITE, "PMID", site=NUMBER),
    Row("identifier_type", "identifiers", SITE, "Identifier Type", site=REST),
    Row("identifier_source", "identifiers", SITE, "Identifier Source", site=REST),
)  # fmt: skip
"""All rows. The first spelling of a row with `site`, `shape` or `sentence` is the one of the seed's site."""
