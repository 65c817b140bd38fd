"""What pages of the same family call the parts of a record: one table, in the words of many sites.

Overall Status: Recruiting              the registry's site, before and after 2023
OverallStatus                           API v2, and exports of it
overall_status                          the registry's older XML
RECRUITMENT STATUS                      capitals make no difference

The registry is ClinicalTrials.gov; exports of WHO's ICTRP have words of their own. A text is looked up by its `key`,
so spelling with capitals, blanks, underscores or none is one row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# What a value looks like; it speaks for or against a line being a label where running text surrounds it.
CODE, DATE, COUNT, AGE, YES_NO, LINE = "CODE", "DATE", "COUNT", "AGE", "YES_NO", "LINE"
# A value of any number of paragraphs, a list of records, and a heading that only holds others.
PROSE, LIST, GROUP = "PROSE", "LIST", "GROUP"


class Word(NamedTuple):
    """What a heading or label says: the field or list it opens, what its values look like, the section of the page."""

    field: str
    form: str
    section: str


def _rows(section: str, form: str, **texts: str) -> dict[str, Word]:
    """A row for each text; those of one field stand in one string, a bar between them."""
    return {
        key(text): Word(field, form, field if form == PROSE else section)
        for field, joined in texts.items()
        for text in joined.split("|")
    }


_NO_LETTER = re.compile(r"[^a-z0-9]+")


def key(text: str) -> str:
    """A text as the tables have it: its letters and digits, all small. `NCTId` and `NCT ID` are `nctid`."""
    return _NO_LETTER.sub("", text.casefold())


WORDS: dict[str, Word] = {
    **_rows(
        "front",
        LINE,
        nct_id="NCT ID|NCT Number|NCT No|ClinicalTrials.gov Identifier|ClinicalTrials.gov ID|ClinicalTrials.gov number"
        "|Trial ID|TrialID|Study ID|Registry Identifier|Main ID|Trial Number|Identifier|NCT|Study NCT ID",
        brief_title="Brief Title|Title|Public Title|Study Title|Trial Title|Title of study",
        official_title="Official Title|Scientific Title|Official Study Title|Full Title|Official Title of Study",
        acronym="Acronym|Study Acronym|Short Title|Trial Acronym",
        organization="Organization|Organization Full Name|Source|Source Organization|Information provided by"
        "|Organisation|Organization Name",
        organization_class="Organization Class|Source Class|Org Class|Organization Type",
        why_stopped="Why Stopped|Why Study Stopped|Reason Stopped|Why the study was stopped|Reason for stopping",
        target_duration="Target Duration|Target Follow-Up Duration|Target Follow Up Duration",
        org_study_id="Org Study ID|Organization Study ID|Unique Protocol ID|Organization's Unique Protocol ID"
        "|Other Study ID|Org Study Identifier|Organization Study Identifier|Protocol ID|Sponsor Protocol Number",
        secondary_ids="Secondary IDs|Secondary ID|Secondary Study IDs|Secondary Identifier|Secondary Identifiers"
        "|Secondary Identifying Numbers|Other Study ID Numbers|Other Study IDs|Other IDs|Other ID",
    ),
    **_rows(
        "front",
        DATE,
        last_updated="Last Updated|Last Update Posted|Last Update Post Date|Last Update|Last Changed Date|Lastchanged"
        " Date|Last Changed|Last Refreshed On|Last Updated Date|Date of last update|Last Posted|Record Updated",
        last_submitted="Last Update Submitted|Last Update Submit Date|Last Update Submitted Date"
        "|Last Update Submitted that Met QC Criteria|Last Update Submitted that Met Quality Control Criteria",
        first_posted="First Posted|Study First Posted|Study First Post Date|First Posted Date|First Post Date"
        "|Date of Registration|Registration Date|Date Registered|Registered On|First Posted On",
        first_submitted="First Submitted|Study First Submitted|Study First Submit Date|First Submitted Date"
        "|First Received|Firstreceived Date|First Received Date|First Submit Date",
        first_submitted_qc="First Submitted that Met QC Criteria|First Submitted that Met Quality Control Criteria"
        "|Study First Submitted QC|Study First Submit QC Date|Study First Submitted that Met QC Criteria",
        results_posted="Results First Posted|Results First Post Date|Results Posted|Results First Posted Date"
        "|Results Posted On|Date Results Posted",
        results_submitted="Results First Submitted|Results First Submit Date|Firstreceived Results Date"
        "|First Received Results Date",
        results_submitted_qc="Results First Submitted QC|Results First Submit QC Date"
        "|Results First Submitted that Met QC Criteria|Results First Submitted that Met Quality Control Criteria",
        verified="Verification Date|Status Verified Date|Last Verified|Record Verification Date|Verified|Verification"
        "|Record Verified|Verified Date|Status Verified",
    ),
    **_rows(
        "basic",
        CODE,
        overall_status="Overall Status|Overall Recruitment Status|Recruitment Status|Recruiting Status|Status"
        "|Study Status|Trial Status|Current Status|Enrollment Status|Current Recruitment Status",
        last_known_status="Last Known Status|Last Known Recruitment Status",
        phases="Phase|Phases|Study Phase|Clinical Phase|Trial Phase|Development Phase|Clinical Trial Phase",
        study_type="Study Type|Type of Study|Trial Type|Study Classification|Type of Trial|Clinical Study Type",
        start_date_type="Start Date Type|Study Start Date Type",
        primary_completion_date_type="Primary Completion Date Type",
        completion_date_type="Completion Date Type|Study Completion Date Type",
        enrollment_type="Enrollment Type|Enrollment Count Type|Enrolment Type",
    ),
    **_rows(
        "basic",
        DATE,
        start_date="Study Start|Start Date|Study Start Date|Trial Start Date|Date of first enrolment"
        "|Date of first enrollment|Date Enrolment|Date Enrollment|Started|Trial Start",
        primary_completion_date="Primary Completion|Primary Completion Date|Primary Completion Study Date"
        "|Study Primary Completion|Study Primary Completion Date",
        completion_date="Study Completion|Completion Date|Study Completion Date|Study End Date|End Date"
        "|Trial Completion Date|Completion|Trial End Date|Completed On",
    ),
    **_rows(
        "basic",
        COUNT,
        enrollment="Enrollment|Enrollment Count|Total Enrollment|Target Enrollment|Number of Participants|Sample Size"
        "|Target Sample Size|Study Size|Enrolment|Target Size|Number Enrolled|Participants"
        "|Number of Subjects|Enrollment Number|Total Enrolment|Estimated Number of Participants",
    ),
    **_rows(
        "basic",
        YES_NO,
        results="Has Results|Study Results|Results",
        expanded_access="Has Expanded Access|Expanded Access|Expanded Access Status",
        patient_registry="Patient Registry|Is Patient Registry",
    ),
    **_rows(
        "design",
        CODE,
        allocation="Allocation|Allocation Method|Design Allocation|Allocation Type",
        intervention_model="Intervention Model|Interventional Model|Interventional Study Model|Intervention Assignment"
        "|Design Intervention Model|Intervention Study Model|Assignment|Study Model",
        observational_model="Observational Model|Observational Study Model|Design Observational Model"
        "|Observational Model Type|Observation Model|Study Observational Model",
        time_perspective="Time Perspective|Study Time Perspective|Design Time Perspective|Observation Time Perspective"
        "|Observational Time Perspective",
        primary_purpose="Primary Purpose|Purpose|Design Primary Purpose|Primary Study Purpose|Study Purpose",
        masking="Masking|Blinding|Masking Type|Design Masking|Blinding Strategy|Design Info Masking|Blinding Type"
        "|Study Masking",
        sampling_method="Sampling Method",
        retention="Biospecimen Retention|Bio Spec Retention|Retention",
    ),
    **_rows(
        "design",
        LINE,
        who_masked="Who Masked|Who Is Masked|Design Who Masked|Masked Roles|Masking Roles|Roles Masked|Who Is Blinded",
        masking_description="Masking Description|Design Masking Description",
        intervention_model_description="Intervention Model Description|Interventional Model Description"
        "|Interventional Study Model Description|Design Intervention Model Description|Model Description",
        biospecimen="Biospecimen Description|Bio Spec Description|Biospecimen",
        study_population="Study Population|Study Pop",
        gender_description="Gender Eligibility Description|Gender Description|Gender Based Description",
    ),
    **_rows(
        "eligibility",
        AGE,
        minimum_age="Minimum Age|Min Age|Age Minimum|Minimum Eligible Age|Ageminimum|Lower Age Limit|Minimum Age Limit",
        maximum_age="Maximum Age|Max Age|Age Maximum|Maximum Eligible Age|Agemaximum|Upper Age Limit|Maximum Age Limit",
        ages="Ages Eligible for Study|Ages Eligible|Eligible Ages|Age Range|Ages|Age Eligibility|Eligible Age|Age",
    ),
    **_rows("eligibility", CODE, std_ages="Standard Ages|Std Ages|Std Age|Standard Age|Age Groups|Age Group"),
    **_rows(
        "eligibility",
        CODE,
        sex="Sex|Gender|Sexes Eligible for Study|Genders Eligible for Study|Eligible Sex|Sexes Eligible|Eligible Gender"
        "|Eligible Sexes|Gender Eligibility|Sex Eligible|Sex/Gender",
    ),
    **_rows(
        "eligibility",
        YES_NO,
        healthy_volunteers="Accepts Healthy Volunteers|Healthy Volunteers|Healthy Volunteers Accepted"
        "|Accepting Healthy Volunteers",
        gender_based="Gender Based|Gender Eligibility Based|Gender-Based Eligibility|Gender Based Eligibility",
    ),
    **_rows(
        "oversight",
        YES_NO,
        has_dmc="Oversight Has DMC|Has DMC|Has Data Monitoring Committee|Data Monitoring Committee|U.S. Data Monitoring"
        " Committee|Data Monitoring Committee (DMC)|DMC|Has a Data Monitoring Committee",
        fda_drug="Is FDA Regulated Drug|Studies a U.S. FDA-regulated Drug Product|FDA Regulated Drug"
        "|Studies a US FDA-regulated Drug Product|U.S. FDA-regulated Drug|FDA-regulated Drug Product"
        "|Is a FDA Regulated Drug",
        fda_device="Is FDA Regulated Device|Studies a U.S. FDA-regulated Device Product|FDA Regulated Device"
        "|Studies a US FDA-regulated Device Product|U.S. FDA-regulated Device|FDA-regulated Device Product"
        "|Is a FDA Regulated Device",
        unapproved_device="Is Unapproved Device|Device Product Not Approved or Cleared by U.S. FDA|Unapproved Device"
        "|Device Not Approved or Cleared by U.S. FDA",
        us_export="Is US Export|Product Manufactured in and Exported from the U.S.|Exported from the U.S."
        "|Product Exported from U.S.|US Export|Product Manufactured in and Exported from the US",
        ppsd="Is PPSD|Pediatric Postmarket Surveillance of a Device Product|Pediatric Postmarket Surveillance",
    ),
    **_rows(
        "sharing",
        YES_NO,
        ipd_sharing="IPD Sharing|Plan to Share IPD|Plan to Share Individual Participant Data (IPD)|IPD Plan"
        "|Plan to Share Individual Participant Data|Sharing IPD|Share IPD|IPD Sharing Plan|IPD Sharing Statement"
        "|Plan to Share Participant Data",
    ),
    **_rows(
        "sharing",
        LINE,
        ipd_description="IPD Plan Description|IPD Sharing Description|Sharing Plan Description|IPD Description"
        "|IPD Sharing Plan Description",
        ipd_info_types="IPD Sharing Supporting Information Type|IPD Sharing Info Type|IPD Sharing Info Types"
        "|Supporting Information|Info Types|IPD Supporting Information|Supporting Information Type"
        "|IPD Sharing Supporting Information|Supporting Materials",
        ipd_time_frame="IPD Sharing Time Frame|IPD Time Frame|Sharing Time Frame",
        ipd_access="IPD Sharing Access Criteria|IPD Access Criteria|Access Criteria|Sharing Access Criteria",
        ipd_url="IPD Sharing URL|IPD URL|Sharing URL",
    ),
    **_rows("sponsors", LINE, lead_sponsor="Lead Sponsor|Lead Sponsor Name|Sponsor|Primary Sponsor|Sponsor Name"),
    **_rows("sponsors", CODE, lead_sponsor_class="Lead Sponsor Class|Sponsor Class|Sponsor Type|Agency Class"),
    **_rows(
        "sponsors",
        LINE,
        collaborators="Collaborators|Collaborator|Collaborator Name|Secondary Sponsor|Secondary Sponsors"
        "|Secondary Sponsor(s)|Collaborating Organizations",
    ),
    **_rows(
        "responsible_party",
        LINE,
        responsible_party_type="Responsible Party Type|Responsible Party Role",
        investigator_name="Responsible Party Investigator Full Name|Investigator Full Name|Responsible Party Name"
        "|Responsible Party Investigator Name|Investigator Name",
        investigator_title="Responsible Party Investigator Title|Investigator Title|Responsible Party Title",
        investigator_affiliation="Responsible Party Investigator Affiliation|Investigator Affiliation"
        "|Responsible Party Affiliation",
        old_name_title="Responsible Party Old Name Title|Name Title",
        old_organization="Responsible Party Old Organization|Responsible Party Organization",
    ),
    **_rows(
        "",
        PROSE,
        brief_summary="Brief Summary|Summary|Study Summary|Study Description|Brief Description|Trial Summary|Purpose of"
        " Study|Lay Summary|Short Description",
        detailed_description="Detailed Description|Detailed Study Description|Description|Extended Description"
        "|Full Description",
        conditions="Conditions|Condition|Condition or Disease|Conditions or Disease|Conditions or Diseases"
        "|Health Condition(s) or Problem(s) Studied|Health Conditions|Condition(s)|Diseases|Health Condition"
        "|Conditions Studied|Medical Conditions|Study Conditions",
        keywords="Keywords|Keyword|Additional Relevant Terms|Other Terms|Key words|Study Keywords",
        eligibility_criteria="Eligibility Criteria|Criteria|Eligibility|Participation Criteria|Eligibility Information"
        "|Who Can Participate|Key Inclusion and Exclusion Criteria|Inclusion and Exclusion Criteria"
        "|Inclusion/Exclusion Criteria|Inclusion & Exclusion Criteria|Key Inclusion & Exclusion Criteria"
        "|Study Eligibility|Eligibility Criteria Description|Eligibility Module|Eligibility Requirements",
    ),
}
"""What opens a value, a list or a group of them anywhere on a page, by its key."""

WORDS |= {
    **_rows(
        "lists",
        LIST,
        groups="Study Groups|Study Arms|Arms|Arm Groups|Arm Group|Arms and Groups|Groups and Cohorts|Groups/Cohorts"
        "|Cohorts|Treatment Arms|Study Arms and Groups|Arms/Groups|Study Arm|Study Groups/Cohorts|Groups",
        interventions="Interventions|Intervention|Intervention(s)|Intervention/Treatment|Interventions/Treatments"
        "|Treatments|Study Interventions|Intervention / Treatment",
        sponsors="Sponsors|Sponsors and Collaborators|Sponsor/Collaborators|Sponsors & Collaborators"
        "|Sponsor and Collaborators|Sponsor Collaborators Module",
        responsible_party="Responsible Party",
        locations="Locations|Study Locations|Location|Facilities|Sites|Study Sites|Trial Sites|Trial Locations"
        "|Location Countries and Sites|Recruiting Locations|Study Centers",
        countries="Countries|Location Countries|Country|Countries of Recruitment|Country of Recruitment"
        "|Listed Location Countries|Listed Countries|Location Country",
        central_contacts="Central Contacts|Central Contact|Overall Contact|Study Contact|Study Contacts"
        "|Overall Contacts"
        "|Contacts|Contact|Contact Information|Contact for Public Queries",
        facility_contacts="Facility Contacts|Facility Contact|Location Contacts|Site Contacts",
        references="References|Publications|Reference|Related Publications|Study Publications|Citations"
        "|General Publications|Publications and Helpful Links|Publications of Results",
        identifiers="Other Identifiers",
        related_trials="More Related Trials|Related Clinical Trials|Similar Trials|Similar Clinical Trials"
        "|Related Trials|Related Studies",
        primary_outcomes="Primary Outcome Measures|Primary Outcomes|Primary Outcome|Primary Outcome Measure"
        "|Primary Outcome(s)|Primary Endpoints|Primary Endpoint|Primary End Points|Primary Outcome Measure(s)"
        "|Current Primary Outcome Measures|Primary Endpoint(s)",
        secondary_outcomes="Secondary Outcome Measures|Secondary Outcomes|Secondary Outcome|Secondary Outcome Measure"
        "|Secondary Outcome(s)|Key Secondary Outcomes|Key Secondary Outcome(s)|Secondary Endpoints"
        "|Secondary Endpoint|Secondary End Points|Secondary Outcome Measure(s)|Secondary Endpoint(s)"
        "|Current Secondary Outcome Measures",
        other_outcomes="Other Outcome Measures|Other Outcomes|Other Outcome|Other Pre-specified Outcome Measures"
        "|Other Pre-specified Outcomes|Other Outcome Measure|Other Prespecified Outcome Measures|Exploratory Outcomes"
        "|Other Endpoints|Tertiary Outcomes|Exploratory Endpoints|Exploratory Outcome Measures",
        officials="Overall Officials|Overall Official|Study Officials|Officials|Investigators|Study Investigators"
        "|Principal Investigators|Overall Study Officials|Study Official",
        documents="Study Documents|Documents|Large Documents|Large Docs|Provided Documents|Study Documents (Full-Text)"
        "|Document Section|Large Document Module|Uploaded Documents|Large Doc|Documents Provided",
    ),
    **_rows(
        "basic",
        GROUP,
        group="Basic Information|Study Overview|Overview|Study Details|Study Information|Study Record|Trial Information"
        "|Study Record Dates|Key Dates|Dates|Record Dates|Important Dates|Study Dates|Timeline|Tracking Information"
        "|Descriptive Information|Recruitment Information|Administrative Information|More Information"
        "|Additional Information|Protocol Section|Identification|Identification Module|Status Module|Description Module"
        "|Sponsor Information|Study Registration Dates|Study Record Updates|Results Reporting Dates|Trial Details"
        "|Conditions Module|Full Text View|Status and Dates|Study Identification|Identifiers|Recruitment"
        "|Terms related to this study|Study Status Information|Key Information|General"
        " Information|Titles|Trial Overview",
    ),
    **_rows(
        "design",
        GROUP,
        group="Study Design|Design|Design Details|Study Plan|How is the study designed?|Study Design Details"
        "|Design Module|Design Information|Trial Design|Arms and Interventions|Arms, Groups and Interventions"
        "|Arms Interventions Module|Design Info|Arms & Interventions|Groups and Interventions",
    ),
    **_rows("oversight", GROUP, group="Oversight|Oversight Module|Oversight Information|Study Oversight"
            "|Drug and device information, study documents|Drug and Device Information|Regulatory Information"
            "|Ethics and Oversight|Regulatory Oversight|FDA Oversight"),
    **_rows("sharing", GROUP, group="IPD Sharing Statement Module|Individual Participant Data Sharing Statement"
            "|Individual Participant Data (IPD) Sharing Statement|Data Sharing|Data Sharing Statement"
            "|Plan for Individual Participant Data (IPD)|Plan for Individual participant data|Individual"
            " Participant Data"
            "|IPD Sharing Information|Data Sharing Plan"),
    **_rows("contacts", GROUP, group="Contacts and Locations|Contacts & Locations|Collaborators and Investigators"
            "|Contacts Locations Module|Contacts/Locations|Sponsor and Investigators"),
    **_rows("outcomes", GROUP, group="Outcome Measures|Outcomes|Outcomes Module|Study Outcomes|Endpoints"
            "|What is the study measuring?|Outcome Measures Module|Study Outcome Measures|Study Endpoints"),
}  # fmt: skip

_MEASURES = {
    "measure": "Measure|Outcome|Outcome Measure|Title|Name|Outcome Title|Endpoint",
    "time_frame": "Time Frame|Timeframe|Time Point|Timepoint|Time Frames|Outcome Time Frame|Time frame(s)",
    "description": "Description|Measure Description|Outcome Description|Details|Outcome Measure Description",
}

BOUND: dict[str, dict[str, str]] = {
    section: {key(text): field for field, texts in fields.items() for text in texts.split("|")}
    for section, fields in {
        **{
            f"{kind.lower()}_outcomes": {
                field: "|".join(
                    [texts, *(f"{kind} {text}" for text in texts.split("|")),
                     *(f"{kind} Outcome {text}" for text in texts.split("|"))]
                )
                for field, texts in _MEASURES.items()
            }
            for kind in ("Primary", "Secondary", "Other")
        },
        "officials": {
            "name": "Name|Overall Official Name|Official Name|Investigator|Official|Full Name|Last Name"
            "|Investigator Name",
            "affiliation": "Affiliation|Overall Official Affiliation|Official Affiliation|Organization"
            "|Investigator Affiliation",
            "role": "Role|Overall Official Role|Official Role|Investigator Role",
        },
        "documents": {
            "label": "Label|Document|Document Label|Title|Name|Large Doc Label|Document Type|Type",
            "type_abbrev": "Type Abbrev|Large Doc Type Abbrev|Type Abbreviation",
            "has_protocol": "Has Protocol|Large Doc Has Protocol",
            "has_sap": "Has SAP|Large Doc Has SAP",
            "has_icf": "Has ICF|Large Doc Has ICF",
            "date": "Date|Document Date|Large Doc Date",
            "upload_date": "Upload Date|Uploaded|Large Doc Upload Date|Uploaded On",
            "filename": "Filename|File Name|File|Large Doc Filename",
            "size": "Size|Size in bytes|Large Doc Size|File Size",
        },
        "interventions": {
            "name": "Name|Intervention Name|Intervention|Treatment",
            "intervention_type": "Type|Intervention Type",
            "description": "Description|Intervention Description|Details",
            "other_names": "Other Names|Other Name|Intervention Other Name|Intervention Other Names",
            "arm_labels": "Arm Group Labels|Arm Group Label|Arms|Intervention Arm Group Label|Arm Groups",
        },
        "groups": {
            "name": "Name|Label|Arm Group Label|Arm|Group|Arm Label|Arm Group|Arm Title|Group Label|Arm/Group|Title"
            "|Arm Name|Group Name|Cohort|Participant Group/Arm",
            "arm_type": "Type|Arm Group Type|Arm Type|Group Type|Role",
            "description": "Description|Arm Group Description|Arm Description|Group Description|Details",
            "intervention_names": "Interventions|Intervention Names|Arm Group Intervention Name|Intervention"
            "|Arm Group Intervention Names|Arm Group Interventions|Intervention/Treatment|Intervention Name",
        },
        "sponsors": {
            "lead_sponsor": "Lead Sponsor|Lead Sponsor Name|Sponsor|Primary Sponsor|Lead|Sponsor Name",
            "lead_sponsor_class": "Lead Sponsor Class|Sponsor Class",
        },
        "responsible_party": {
            "responsible_party_type": "Type|Role|Responsible Party Type|Party Type",
            "investigator_name": "Name|Investigator|Full Name|Investigator Full Name|Investigator Name|Official",
            "investigator_title": "Title|Investigator Title",
            "investigator_affiliation": "Affiliation|Investigator Affiliation",
            "old_name_title": "Name Title|Name/Title|Name and Title|Old Name Title",
            "old_organization": "Organization|Old Organization",
        },
        "locations": {
            "facility": "Facility|Location Facility|Name|Site|Facility Name|Site Name",
            "site_status": "Status|Location Status|Site Status|Recruitment Status|Facility Status",
            "city": "City|Location City",
            "state": "State|Location State|State/Province|Province|Region",
            "zip": "Zip|Location Zip|Zip Code|Postal Code|Postcode",
            "country": "Country|Location Country",
        },
        **{
            section: {
                "name": "Name|Contact Name|Central Contact Name|Contact|Full Name",
                "contact_role": "Role|Central Contact Role|Contact Role",
                "phone": "Phone|Telephone|Phone Number|Central Contact Phone|Contact Phone|Tel",
                "phone_ext": "Phone Ext|Extension|Ext|Central Contact Phone Ext|Phone Extension",
                "email": "Email|E-mail|Central Contact Email|Email Address|Contact Email|E-mail Address",
            }
            for section in ("central_contacts", "facility_contacts")
        },
        "references": {
            "citation": "Citation|Reference Citation|Publication",
            "pmid": "PMID|Reference PMID|PubMed ID|PubMed",
            "reference_type": "Type|Reference Type",
        },
    }.items()
}  # fmt: skip
"""What stands in the records of a list, by the list and the key of a label: it means this only there."""

LIST_OF_LABEL: dict[str, str] = {
    key(label): owner
    for label, owner in {
        "primary outcome measure": "primary_outcomes",
        "secondary outcome measure": "secondary_outcomes",
        "other outcome measure": "other_outcomes",
        "overall official name": "officials",
        "large doc type abbrev": "documents",
        "intervention type": "interventions",
        "intervention name": "interventions",
        "arm group label": "groups",
        "arm group type": "groups",
        "location facility": "locations",
        "central contact name": "central_contacts",
        "reference pmid": "references",
        "reference citation": "references",
    }.items()
}
"""Labels that say whose they are, so that a list may begin with one and have no heading."""

_TYPE = re.compile(r"\b(?:actual|estimated?|anticipated)\b", re.IGNORECASE)


class Found(NamedTuple):
    """A word of the tables, and where in its text the kind of a date or number stands: `Study Start (Actual)`."""

    word: Word
    kind: tuple[int, int] | None = None


@lru_cache(maxsize=4096)
def find_word(text: str) -> Found | None:
    """What a heading or label says, wherever it stands; None for any other text."""
    word = WORDS.get(key(text))
    if word:
        return Found(word)
    kind = _TYPE.search(text)
    word = WORDS.get(key(_TYPE.sub(" ", text))) if kind else None
    return Found(word, kind.span()) if word and kind and word.form in (DATE, COUNT) else None
