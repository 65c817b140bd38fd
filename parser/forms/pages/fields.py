"""A row of the vocabulary: a field of the record, and the form of its label and its value on a page."""

from __future__ import annotations

from typing import Literal, NamedTuple

Field = Literal[
    "registry_id", "brief_title", "lay_title", "official_title", "acronym", "organization", "organization_class",
    "why_stopped", "target_duration", "org_study_id", "secondary_ids", "last_updated", "last_submitted", "first_posted",
    "first_submitted", "first_submitted_qc", "results_posted", "results_submitted", "results_submitted_qc",
    "verified", "overall_status", "last_known_status", "phases", "study_type", "start_date_type",
    "primary_completion_date_type", "completion_date_type", "enrollment_type", "start_date",
    "primary_completion_date", "completion_date", "enrollment", "results", "expanded_access",
    "patient_registry", "allocation", "intervention_model", "observational_model", "time_perspective",
    "primary_purpose", "masking", "sampling_method", "retention", "who_masked", "masking_description",
    "intervention_model_description", "biospecimen", "study_population", "gender_description", "minimum_age",
    "maximum_age", "ages", "std_ages", "sex", "healthy_volunteers", "gender_based", "has_dmc", "fda_drug",
    "fda_device", "unapproved_device", "us_export", "ppsd", "ipd_sharing", "ipd_description", "ipd_info_types",
    "ipd_time_frame", "ipd_access", "ipd_url", "lead_sponsor", "lead_sponsor_class", "collaborators",
    "responsible_party_type", "investigator_name", "investigator_title", "investigator_affiliation",
    "old_name_title", "old_organization", "brief_summary", "detailed_description", "conditions", "keywords",
    "eligibility_criteria", "groups", "interventions", "sponsors", "responsible_party", "locations",
    "countries", "central_contacts", "facility_contacts", "references", "identifiers", "related_trials",
    "primary_outcomes", "secondary_outcomes", "other_outcomes", "officials", "documents", "group", "measure",
    "time_frame", "description", "name", "affiliation", "role", "label", "type_abbrev", "has_protocol",
    "has_sap", "has_icf", "date", "upload_date", "filename", "size", "intervention_type", "other_names",
    "arm_labels", "arm_type", "intervention_names", "facility", "site_status", "city", "state", "zip",
    "country", "contact_role", "phone", "phone_ext", "email", "citation", "pmid", "reference_type",
    "sponsor_role", "identifier_type", "identifier_source", "status_and_phase", "id_list",
    "condition_table", "arm_table",
]  # fmt: skip
"""The fields of a record as pages name them, the lists of records, and the fields of these records."""

# The form of a value, as evidence for or against its label within running text.
CODE, DATE, COUNT, AGE, YES_NO, LINE = "CODE", "DATE", "COUNT", "AGE", "YES_NO", "LINE"
# A value of any number of paragraphs, a list of records, and a heading that only holds others.
PROSE, LIST, GROUP = "PROSE", "LIST", "GROUP"
# A label that is known only in its section of the seed's site.
SITE = "SITE"

# How a section of the seed's site holds its content.
FIELDS, RECORDS, PLACES, CONTACTS, GROUPS = "FIELDS", "RECORDS", "PLACES", "CONTACTS", "GROUPS"

OUTCOMES = ("primary_outcomes", "secondary_outcomes", "other_outcomes")

# How the seed's site prints a label: above its value, or on the value's line. A code is one word, so that "Group Type A
# virus" stays a sentence; a flag is itself the value.
BELOW = "below"
WORD = r"[A-Za-z][A-Za-z_-]{2,}"
REST = r"\S.*"
NUMBER = r"\d+\b.*"
FLAG = "flag"


class Row(NamedTuple):
    """A field of the record, and its headings or labels.

    `section` is the section of the page that it belongs to. `spellings` are separated by bars; the first `own` of them
    are the seed's site's, if `site` says how that prints the label, or `shape` what the section below the heading holds
    and `sentence` what the site prints there. `lists` are the lists whose records have the label, which means the field
    only there.
    """

    field: Field
    section: str
    form: str
    spellings: str
    site: str | None = None
    own: int = 1
    shape: str | None = None
    sentence: str = ""
    lists: tuple[str, ...] = ()
