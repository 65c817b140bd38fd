"""Where the elements of a record's protocol go: ClinicalTrials.gov's schema for downloads (public.xsd) and API v2.

<overall_official> <last_name>Stefano Palomba, MD</last_name> <role>Principal Investigator</role> ...
"""

from __future__ import annotations

from parser.forms.ctgov_xml.values import (
    always,
    countries,
    document_file,
    intervention_names,
    masking,
    nct_id,
    old_design,
    person_name,
    phases,
    std_ages,
    study_type,
)
from parser.forms.xml_record import (
    ElementRule,
    Inner,
    Items,
    ListOfValues,
    Made,
    One,
    age,
    code,
    count,
    date,
    date_struct,
    line,
    prose,
    verbatim,
    yes_or_no,
)

_CONTACT = (
    Made(person_name),
    One("role", "role", code("contact_role")),
    One("phone", "phone", line),
    One("phone_ext", "phoneExt", line),
    One("email", "email", line),
)
_CONTACT_BY_NAME = (*_CONTACT, always("role", "CONTACT"))
_SPONSOR = (One("agency", "name", line), One("agency_class", "class", code("sponsor_class")))
_OUTCOME = (
    One("measure", "measure", line),
    One("description", "description", prose),
    One("time_frame", "timeFrame", line),
)
_TERM = (One("", "term", line),)
_LINK = (One("description", "label", line), One("url", "url", line))


def _reference(kind: str) -> tuple[ElementRule, ...]:
    return (One("PMID", "pmid", line), One("citation", "citation", line), always("type", kind))


PROTOCOL: tuple[ElementRule, ...] = (
    Inner(
        "",
        "identificationModule",
        (
            One("id_info/nct_id", "nctId", nct_id),
            ListOfValues("id_info/nct_alias", "nctIdAliases", nct_id),
            One("id_info/org_study_id", "orgStudyIdInfo/id", line),
            Items("id_info/secondary_id", "secondaryIdInfos", (One("", "id", line),)),
            One("source", "organization/fullName", line),
            One("brief_title", "briefTitle", line),
            One("official_title", "officialTitle", line),
            One("acronym", "acronym", line),
        ),
    ),
    Inner(
        "",
        "statusModule",
        (
            One("verification_date", "statusVerifiedDate", date),
            One("overall_status", "overallStatus", code("overall_status")),
            One("last_known_status", "lastKnownStatus", code("last_known_status")),
            One("why_stopped", "whyStopped", line),
            One("has_expanded_access", "expandedAccessInfo/hasExpandedAccess", yes_or_no),
            One("start_date", "startDateStruct", date_struct),
            One("primary_completion_date", "primaryCompletionDateStruct", date_struct),
            One("completion_date", "completionDateStruct", date_struct),
            # An element's older name follows its newer one.
            One("study_first_submitted", "studyFirstSubmitDate", date),
            One("firstreceived_date", "studyFirstSubmitDate", date),
            One("study_first_submitted_qc", "studyFirstSubmitQcDate", date),
            One("study_first_posted", "studyFirstPostDateStruct", date_struct),
            One("results_first_submitted", "resultsFirstSubmitDate", date),
            One("firstreceived_results_date", "resultsFirstSubmitDate", date),
            One("results_first_submitted_qc", "resultsFirstSubmitQcDate", date),
            One("results_first_posted", "resultsFirstPostDateStruct", date_struct),
            One("disposition_first_submitted", "dispFirstSubmitDate", date),
            One("firstreceived_results_disposition_date", "dispFirstSubmitDate", date),
            One("disposition_first_submitted_qc", "dispFirstSubmitQcDate", date),
            One("disposition_first_posted", "dispFirstPostDateStruct", date_struct),
            One("last_update_submitted", "lastUpdateSubmitDate", date),
            One("lastchanged_date", "lastUpdateSubmitDate", date),
            One("last_update_posted", "lastUpdatePostDateStruct", date_struct),
        ),
    ),
    Inner(
        "",
        "sponsorCollaboratorsModule",
        (
            Inner(
                "responsible_party",
                "responsibleParty",
                (
                    One("responsible_party_type", "type", code("responsible_party_type")),
                    One("investigator_full_name", "investigatorFullName", line),
                    One("investigator_title", "investigatorTitle", line),
                    One("investigator_affiliation", "investigatorAffiliation", line),
                    One("name_title", "oldNameTitle", line),
                    One("organization", "oldOrganization", line),
                ),
            ),
            Inner("sponsors/lead_sponsor", "leadSponsor", _SPONSOR),
            Items("sponsors/collaborator", "collaborators", _SPONSOR),
        ),
    ),
    Inner(
        "oversight_info",
        "oversightModule",
        (
            One("has_dmc", "oversightHasDmc", yes_or_no),
            One("is_fda_regulated_drug", "isFdaRegulatedDrug", yes_or_no),
            One("is_fda_regulated_device", "isFdaRegulatedDevice", yes_or_no),
            One("is_unapproved_device", "isUnapprovedDevice", yes_or_no),
            One("is_ppsd", "isPpsd", yes_or_no),
            One("is_us_export", "isUsExport", yes_or_no),
        ),
    ),
    Inner(
        "",
        "descriptionModule",
        (
            One("brief_summary", "briefSummary", prose),
            One("detailed_description", "detailedDescription", prose),
        ),
    ),
    Inner(
        "",
        "conditionsModule",
        (ListOfValues("condition", "conditions", line), ListOfValues("keyword", "keywords", line)),
    ),
    Inner(
        "",
        "designModule",
        (
            One("study_type", "", study_type),
            Inner(
                "expanded_access_info",
                "expandedAccessTypes",
                (
                    One("expanded_access_type_individual", "individual", yes_or_no),
                    One("expanded_access_type_intermediate", "intermediate", yes_or_no),
                    One("expanded_access_type_treatment", "treatment", yes_or_no),
                ),
            ),
            One("target_duration", "targetDuration", line),
            ListOfValues("phase", "phases", phases),
            Inner(
                "study_design_info",
                "designInfo",
                (
                    One("allocation", "allocation", code("allocation")),
                    One("intervention_model", "interventionModel", code("intervention_model")),
                    One("intervention_model_description", "interventionModelDescription", prose),
                    One("primary_purpose", "primaryPurpose", code("primary_purpose")),
                    One("observational_model", "observationalModel", code("observational_model")),
                    One("time_perspective", "timePerspective", code("time_perspective")),
                    One("masking", "maskingInfo", masking),
                    One("masking_description", "maskingInfo/maskingDescription", prose),
                ),
            ),
            One("study_design", "designInfo", old_design),
            One("biospec_retention", "bioSpec/retention", code("retention")),
            One("biospec_descr", "bioSpec/description", prose),
            One("enrollment", "enrollmentInfo/count", count),
            One("enrollment@type", "enrollmentInfo/type", code("date_type")),
        ),
    ),
    Inner(
        "",
        "armsInterventionsModule",
        (
            Items(
                "arm_group",
                "armGroups",
                (
                    One("arm_group_label", "label", line),
                    One("arm_group_type", "type", code("arm_type")),
                    One("description", "description", prose),
                ),
            ),
            Items(
                "intervention",
                "interventions",
                (
                    One("intervention_type", "type", code("intervention_type")),
                    One("intervention_name", "name", line),
                    One("description", "description", prose),
                    ListOfValues("arm_group_label", "armGroupLabels", line),
                    ListOfValues("other_name", "otherNames", line),
                ),
            ),
            Made(intervention_names),
        ),
    ),
    Inner(
        "",
        "outcomesModule",
        (
            Items("primary_outcome", "primaryOutcomes", _OUTCOME),
            Items("secondary_outcome", "secondaryOutcomes", _OUTCOME),
            Items("other_outcome", "otherOutcomes", _OUTCOME),
        ),
    ),
    Inner(
        "eligibility",
        "eligibilityModule",
        (
            One("criteria", "eligibilityCriteria", verbatim),
            One("healthy_volunteers", "healthyVolunteers", yes_or_no),
            One("gender", "sex", code("sex")),
            One("gender_based", "genderBased", yes_or_no),
            One("gender_description", "genderDescription", prose),
            One("minimum_age", "minimumAge", age),
            One("maximum_age", "maximumAge", age),
            Made(std_ages),
            One("study_pop", "studyPopulation", prose),
            One("sampling_method", "samplingMethod", code("sampling_method")),
        ),
    ),
    Inner(
        "",
        "contactsLocationsModule",
        (
            Items("overall_contact", "centralContacts", _CONTACT_BY_NAME),
            Items("overall_contact_backup", "centralContacts", _CONTACT_BY_NAME),
            Items(
                "overall_official",
                "overallOfficials",
                (
                    Made(person_name),
                    One("affiliation", "affiliation", line),
                    One("role", "role", code("official_role")),
                ),
            ),
            Items(
                "location",
                "locations",
                (
                    One("facility/name", "facility", line),
                    One("status", "status", code("site_status")),
                    One("facility/address/city", "city", line),
                    One("facility/address/state", "state", line),
                    One("facility/address/zip", "zip", line),
                    One("facility/address/country", "country", line),
                    Items("contact", "contacts", _CONTACT_BY_NAME),
                    Items("contact_backup", "contacts", _CONTACT_BY_NAME),
                    Items("investigator", "contacts", _CONTACT),
                ),
            ),
            Made(countries),
        ),
    ),
    Inner(
        "",
        "referencesModule",
        (
            Items("reference", "references", _reference("BACKGROUND")),
            Items("results_reference", "references", _reference("RESULT")),
            Items("link", "seeAlsoLinks", _LINK),
            Items(
                "study_docs/study_doc",
                "availIpds",
                (
                    One("doc_id", "id", line),
                    One("doc_type", "type", line),
                    One("doc_url", "url", line),
                    One("doc_comment", "comment", prose),
                ),
            ),
        ),
    ),
    Inner(
        "patient_data",
        "ipdSharingStatementModule",
        (
            One("sharing_ipd", "ipdSharing", code("ipd_sharing")),
            One("ipd_description", "description", prose),
            ListOfValues("ipd_info_type", "infoTypes", code("info_type")),
            One("ipd_time_frame", "timeFrame", prose),
            One("ipd_access_criteria", "accessCriteria", prose),
            One("ipd_url", "url", line),
        ),
    ),
)
"""protocolSection."""

DOCUMENTS: tuple[ElementRule, ...] = (
    Items(
        "provided_document_section/provided_document",
        "largeDocs",
        (
            One("document_has_protocol", "hasProtocol", yes_or_no),
            One("document_has_sap", "hasSap", yes_or_no),
            One("document_has_icf", "hasIcf", yes_or_no),
            One("document_type", "label", line),
            One("document_date", "date", date),
            One("document_url", "", document_file),
        ),
    ),
)
"""documentSection.largeDocumentModule."""

DERIVED: tuple[ElementRule, ...] = (
    ListOfValues("removed_countries/country", "miscInfoModule/removedCountries", line),
    Inner("", "conditionBrowseModule", (Items("condition_browse/mesh_term", "meshes", _TERM),)),
    Inner("", "interventionBrowseModule", (Items("intervention_browse/mesh_term", "meshes", _TERM),)),
)
"""derivedSection."""

WITHOUT_FIELD = frozenset(
    {
        "required_header",
        "regulatory_authority",
        "authority",
        "number_of_arms",
        "number_of_groups",
        "pending_results",
        "safety_issue",
        "last_update_submitted_qc",
        "@rank",
    }
)
"""Elements and attributes of the schema that API v2 has no field for."""
