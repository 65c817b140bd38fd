"""protocolSection: ClinicalTrials.gov API v2's modules, in the parts that records and pages use."""

from __future__ import annotations

from typing import Annotated

from parser.model.base import Model, Section, doc
from parser.model.codes import (
    AgencyClass,
    ArmGroupType,
    BioSpecRetention,
    ContactRole,
    DateType,
    DesignAllocation,
    DesignMasking,
    DesignTimePerspective,
    EnrollmentType,
    ExpandedAccessStatus,
    InterventionalAssignment,
    InterventionType,
    IpdSharing,
    IpdSharingInfoType,
    ObservationalModel,
    OfficialRole,
    OrgStudyIdType,
    Phase,
    PrimaryPurpose,
    RecruitmentStatus,
    ReferenceType,
    ResponsiblePartyType,
    SamplingMethod,
    SecondaryIdType,
    Sex,
    StandardAge,
    Status,
    StudyType,
    WhoMasked,
)


class OrgStudyIdInfo(Model, frozen=True):
    id: Annotated[str | None, doc("The sponsor's own identifier of the study.")] = None
    type: Annotated[OrgStudyIdType | None, doc("The kind of identifier; absent if the page prints a dash.")] = None
    link: Annotated[str | None, doc("Where the identifier is explained: the address of a grant.")] = None


class SecondaryIdInfo(Model, frozen=True):
    id: Annotated[str | None, doc("A further identifier: a grant, another registry's number.")] = None
    type: Annotated[SecondaryIdType | None, doc("The kind of identifier.")] = None
    domain: Annotated[str | None, doc("The organisation or registry that gave the identifier.")] = None
    link: Annotated[str | None, doc("Where the identifier is explained: the address of a grant.")] = None


class Organization(Model, frozen=True):
    full_name: Annotated[str | None, doc("The organisation that keeps the record.")] = None
    class_: Annotated[AgencyClass | None, doc("The kind of organisation.")] = None


class IdentificationModule(Model, frozen=True):
    nct_id: Annotated[str | None, doc("The registry's identifier: NCT and eight digits.")] = None
    nct_id_aliases: Annotated[tuple[str, ...], doc("Identifiers that the record had before.")] = ()
    org_study_id_info: Annotated[OrgStudyIdInfo | None, doc("The sponsor's identifier.")] = None
    secondary_id_infos: Annotated[tuple[SecondaryIdInfo, ...], doc("Further identifiers.")] = ()
    organization: Annotated[Organization | None, doc("Who keeps the record.")] = None
    brief_title: Annotated[str | None, doc("The title of the page.")] = None
    official_title: Annotated[str | None, doc("The title of the protocol.")] = None
    acronym: Annotated[str | None, doc("The study's short name: `SPORT`.")] = None


class DateStruct(Model, frozen=True):
    date: Annotated[str | None, doc("yyyy, yyyy-MM or yyyy-MM-dd: only the parts that were printed.")] = None
    type: Annotated[DateType | None, doc("Whether it is actual or estimated, if the page says so.")] = None


class ExpandedAccessInfo(Model, frozen=True):
    has_expanded_access: Annotated[bool | None, doc("Whether the drug is available outside the study.")] = None
    nct_id: Annotated[str | None, doc("The record of that access.")] = None
    status_for_nct_id: Annotated[ExpandedAccessStatus | None, doc("Its status.")] = None


class StatusModule(Model, frozen=True):
    status_verified_date: Annotated[
        str | None, doc("When the sponsor last checked the record: yyyy-MM or yyyy-MM-dd.")
    ] = None
    overall_status: Annotated[Status | None, doc("Recruitment status.")] = None
    last_known_status: Annotated[Status | None, doc("The last status before UNKNOWN.")] = None
    delayed_posting: Annotated[bool | None, doc("Whether the posting of results was delayed.")] = None
    why_stopped: Annotated[str | None, doc("Why the study was stopped early.")] = None
    expanded_access_info: Annotated[ExpandedAccessInfo | None, doc("Whether there is expanded access.")] = None
    start_date_struct: Annotated[DateStruct | None, doc("When the study started or is to start.")] = None
    primary_completion_date_struct: Annotated[
        DateStruct | None, doc("When the primary outcome was or will be measured last.")
    ] = None
    completion_date_struct: Annotated[DateStruct | None, doc("When the last participant was or will be seen.")] = None
    study_first_submit_date: Annotated[str | None, doc("When the record was first sent in.")] = None
    study_first_submit_qc_date: Annotated[
        str | None, doc("When it was first submitted in a form that met the registry's quality control criteria.")
    ] = None
    study_first_post_date_struct: Annotated[DateStruct | None, doc("When the record was first posted.")] = None
    results_first_submit_date: Annotated[str | None, doc("When results were first sent in.")] = None
    results_first_submit_qc_date: Annotated[
        str | None, doc("When they were first submitted in a form that met the registry's quality control criteria.")
    ] = None
    results_first_post_date_struct: Annotated[DateStruct | None, doc("When results were first posted.")] = None
    disp_first_submit_date: Annotated[str | None, doc("When a delay of results was first requested.")] = None
    disp_first_submit_qc_date: Annotated[
        str | None, doc("When the request first met the registry's quality control criteria.")
    ] = None
    disp_first_post_date_struct: Annotated[
        DateStruct | None, doc("When the request to delay results was first posted.")
    ] = None
    last_update_submit_date: Annotated[str | None, doc("When the record's last change was submitted.")] = None
    last_update_post_date_struct: Annotated[DateStruct | None, doc("When the record's last change was posted.")] = None


class ResponsibleParty(Model, frozen=True):
    type: Annotated[ResponsiblePartyType | None, doc("In what capacity the party is responsible.")] = None
    investigator_full_name: Annotated[str | None, doc("The investigator's name.")] = None
    investigator_title: Annotated[str | None, doc("The investigator's title at the affiliation.")] = None
    investigator_affiliation: Annotated[str | None, doc("The investigator's organisation.")] = None
    old_name_title: Annotated[str | None, doc("Name and title in records from before 2011, which have no type.")] = None
    old_organization: Annotated[str | None, doc("Organisation in records from before 2011.")] = None


class Sponsor(Model, frozen=True):
    name: Annotated[str | None, doc("The organisation.")] = None
    class_: Annotated[AgencyClass | None, doc("The kind of organisation.")] = None


class SponsorCollaboratorsModule(Model, frozen=True):
    responsible_party: Annotated[ResponsibleParty | None, doc("Who answers for the record.")] = None
    lead_sponsor: Annotated[Sponsor | None, doc("The lead sponsor.")] = None
    collaborators: Annotated[tuple[Sponsor, ...], doc("Further organisations that support the study.")] = ()


class OversightModule(Model, frozen=True):
    oversight_has_dmc: Annotated[bool | None, doc("Whether the study has a data monitoring committee.")] = None
    is_fda_regulated_drug: Annotated[bool | None, doc("Whether the FDA regulates a drug of the study.")] = None
    is_fda_regulated_device: Annotated[bool | None, doc("Whether the FDA regulates a device of the study.")] = None
    is_unapproved_device: Annotated[bool | None, doc("Whether a device of the study is not yet approved.")] = None
    is_ppsd: Annotated[bool | None, doc("Whether it is a pediatric postmarket surveillance of a device.")] = None
    is_us_export: Annotated[bool | None, doc("Whether a product is made in the United States and exported.")] = None
    fdaaa801_violation: Annotated[bool | None, doc("Whether the FDA found a reporting violation.")] = None


class DescriptionModule(Model, frozen=True):
    brief_summary: Annotated[str | None, doc("The short description, markup and paragraph breaks as on the page.")] = (
        None
    )
    detailed_description: Annotated[
        str | None, doc("The long description, markup and paragraph breaks as on the page.")
    ] = None


class ConditionsModule(Model, frozen=True):
    conditions: Annotated[tuple[str, ...], doc("The diseases or conditions studied.")] = ()
    keywords: Annotated[tuple[str, ...], doc("Words that describe the study.")] = ()


class MaskingInfo(Model, frozen=True):
    masking: Annotated[DesignMasking | None, doc("How many roles are masked.")] = None
    masking_description: Annotated[str | None, doc("How it is masked.")] = None
    who_masked: Annotated[tuple[WhoMasked, ...], doc("The roles that are masked.")] = ()


class DesignInfo(Model, frozen=True):
    allocation: Annotated[DesignAllocation | None, doc("How participants are assigned to arms.")] = None
    intervention_model: Annotated[InterventionalAssignment | None, doc("The arrangement of the arms.")] = None
    intervention_model_description: Annotated[str | None, doc("How the arms are built.")] = None
    primary_purpose: Annotated[PrimaryPurpose | None, doc("The purpose of the interventions.")] = None
    observational_model: Annotated[
        ObservationalModel | None, doc("How participants of an observational study are selected and followed.")
    ] = None
    time_perspective: Annotated[
        DesignTimePerspective | None, doc("When observations are made, relative to enrolment.")
    ] = None
    masking_info: Annotated[MaskingInfo | None, doc("Who is masked to the assignment.")] = None


class EnrollmentInfo(Model, frozen=True):
    count: Annotated[int | None, doc("Number of participants, planned or enrolled.")] = None
    type: Annotated[EnrollmentType | None, doc("Whether it is actual or estimated, if the page says so.")] = None


class BioSpec(Model, frozen=True):
    retention: Annotated[BioSpecRetention | None, doc("Whether specimens are retained, with or without DNA.")] = None
    description: Annotated[str | None, doc("Which specimens are kept.")] = None


class ExpandedAccessTypes(Model, frozen=True):
    individual: Annotated[bool | None, doc("Access for individual patients.")] = None
    intermediate: Annotated[bool | None, doc("Access for intermediate-size populations.")] = None
    treatment: Annotated[bool | None, doc("Access under a treatment protocol.")] = None


class DesignModule(Model, frozen=True):
    study_type: Annotated[StudyType | None, doc("The kind of study.")] = None
    n_ptrs_to_this_exp_acc_nct_id: Annotated[
        int | None, doc("Number of records that refer to this expanded access record.")
    ] = None
    expanded_access_types: Annotated[ExpandedAccessTypes | None, doc("For whom there is expanded access.")] = None
    patient_registry: Annotated[bool | None, doc("Whether the study is a patient registry.")] = None
    target_duration: Annotated[str | None, doc("How long a participant of a registry is followed: `5 Years`.")] = None
    phases: Annotated[tuple[Phase, ...], doc("The phases; two for a combined one.")] = ()
    design_info: Annotated[DesignInfo | None, doc("How the study is built.")] = None
    bio_spec: Annotated[BioSpec | None, doc("Which specimens are kept.")] = None
    enrollment_info: Annotated[EnrollmentInfo | None, doc("How many take part.")] = None


class ArmGroup(Model, frozen=True):
    label: Annotated[str | None, doc("The arm group's name.")] = None
    type: Annotated[ArmGroupType | None, doc("The role of the arm in the study.")] = None
    description: Annotated[str | None, doc("What happens in the arm, markup as on the page.")] = None
    intervention_names: Annotated[
        tuple[str, ...], doc("The arm's interventions as API v2 displays them: `Drug: Placebo`.")
    ] = ()


class Intervention(Model, frozen=True):
    type: Annotated[InterventionType | None, doc("The kind of intervention.")] = None
    name: Annotated[str | None, doc("The intervention's name.")] = None
    description: Annotated[str | None, doc("What it is, markup as on the page.")] = None
    arm_group_labels: Annotated[
        tuple[str, ...], doc("The arm groups that receive it, in API v2's (code-point) order.")
    ] = ()
    other_names: Annotated[tuple[str, ...], doc("Other names: brand names, codes.")] = ()


class ArmsInterventionsModule(Model, frozen=True):
    arm_groups: Annotated[tuple[ArmGroup, ...], doc("Arm groups, or cohorts of an observational study.")] = ()
    interventions: Annotated[tuple[Intervention, ...], doc("Interventions, each once.")] = ()


class Outcome(Model, frozen=True):
    measure: Annotated[str | None, doc("What is measured.")] = None
    description: Annotated[str | None, doc("How it is measured, markup as on the page.")] = None
    time_frame: Annotated[str | None, doc("When, or for how long, it is measured.")] = None


class OutcomesModule(Model, frozen=True):
    primary_outcomes: Annotated[tuple[Outcome, ...], doc("The outcomes that the study is designed for.")] = ()
    secondary_outcomes: Annotated[tuple[Outcome, ...], doc("Outcomes of less weight.")] = ()
    other_outcomes: Annotated[tuple[Outcome, ...], doc("Further outcomes that were planned.")] = ()


class EligibilityModule(Model, frozen=True):
    eligibility_criteria: Annotated[str | None, doc("The criteria's text as on the page, markup kept.")] = None
    healthy_volunteers: Annotated[bool | None, doc("Whether healthy volunteers are accepted.")] = None
    sex: Annotated[Sex | None, doc("Which sexes can take part.")] = None
    gender_based: Annotated[bool | None, doc("Whether gender, not sex, decides.")] = None
    gender_description: Annotated[str | None, doc("How gender decides.")] = None
    minimum_age: Annotated[str | None, doc("As printed: `18 Years`.")] = None
    maximum_age: Annotated[str | None, doc("As printed: `70 Years`.")] = None
    std_ages: Annotated[
        tuple[StandardAge, ...], doc("Derived: CHILD (under 18), ADULT (18-64), OLDER_ADULT (65 and over).")
    ] = ()
    study_population: Annotated[str | None, doc("The population of an observational study.")] = None
    sampling_method: Annotated[SamplingMethod | None, doc("How the sample is drawn.")] = None


class Contact(Model, frozen=True):
    name: Annotated[str | None, doc("Name with degrees, as printed.")] = None
    role: Annotated[ContactRole | None, doc("The person's role.")] = None
    phone: Annotated[str | None, doc("As printed, without the extension.")] = None
    phone_ext: Annotated[str | None, doc("What the page prints after `ext.`.")] = None
    email: Annotated[str | None, doc("E-mail address.")] = None


class GeoPoint(Model, frozen=True):
    lat: Annotated[int | float | None, doc("Degrees north of the equator.")] = None
    lon: Annotated[int | float | None, doc("Degrees east of Greenwich.")] = None


class Official(Model, frozen=True):
    name: Annotated[str | None, doc("Name with degrees, as printed.")] = None
    affiliation: Annotated[str | None, doc("The official's organisation.")] = None
    role: Annotated[OfficialRole | None, doc("The official's role.")] = None


class Location(Model, frozen=True):
    facility: Annotated[str | None, doc("The site's name.")] = None
    status: Annotated[RecruitmentStatus | None, doc("The site's recruitment status.")] = None
    city: Annotated[str | None, doc("City.")] = None
    state: Annotated[str | None, doc("State, province or region.")] = None
    country: Annotated[str | None, doc("Country, in the registry's spelling.")] = None
    contacts: Annotated[tuple[Contact, ...], doc("The site's contacts, if the page assigns them to sites.")] = ()
    zip: Annotated[str | None, doc("Postal code.")] = None
    geo_point: Annotated[GeoPoint | None, doc("Where the city is.")] = None


class ContactsLocationsModule(Model, frozen=True):
    central_contacts: Annotated[tuple[Contact, ...], doc("Contacts for the whole study.")] = ()
    overall_officials: Annotated[tuple[Official, ...], doc("Who is responsible for the study as a whole.")] = ()
    locations: Annotated[tuple[Location, ...], doc("Sites.")] = ()


class Reference(Model, frozen=True):
    pmid: Annotated[str | None, doc("PubMed identifier.")] = None
    type: Annotated[ReferenceType | None, doc("Whether it is background or a result of the study.")] = None
    citation: Annotated[str | None, doc("The citation as printed.")] = None
    retractions: Annotated[tuple[Retraction, ...], doc("Notices that the paper was retracted.")] = ()


class Retraction(Model, frozen=True):
    pmid: Annotated[str | None, doc("PubMed identifier of the notice.")] = None
    source: Annotated[str | None, doc("Where the notice was published.")] = None


class SeeAlsoLink(Model, frozen=True):
    label: Annotated[str | None, doc("What the page is about.")] = None
    url: Annotated[str | None, doc("Its address.")] = None


class AvailIpd(Model, frozen=True):
    id: Annotated[str | None, doc("Identifier of the data or the document.")] = None
    type: Annotated[str | None, doc("What it is: `Clinical Study Report`.")] = None
    url: Annotated[str | None, doc("Where it is.")] = None
    comment: Annotated[str | None, doc("What there is to say of it.")] = None


class ReferencesModule(Model, frozen=True):
    references: Annotated[tuple[Reference, ...], doc("Publications about the study.")] = ()
    see_also_links: Annotated[tuple[SeeAlsoLink, ...], doc("Pages about the study.")] = ()
    avail_ipds: Annotated[tuple[AvailIpd, ...], doc("Available data and documents of the study.")] = ()


class IpdSharingStatementModule(Model, frozen=True):
    ipd_sharing: Annotated[IpdSharing | None, doc("Whether participants' data are to be shared.")] = None
    description: Annotated[str | None, doc("The plan to share them.")] = None
    info_types: Annotated[tuple[IpdSharingInfoType, ...], doc("What else is to be shared.")] = ()
    time_frame: Annotated[str | None, doc("When the data are to be had.")] = None
    access_criteria: Annotated[str | None, doc("Who may have them, and for what.")] = None
    url: Annotated[str | None, doc("Where there is more about it.")] = None


class ProtocolSection(Section, frozen=True):
    identification_module: Annotated[IdentificationModule, doc("Identifiers and title.")] = IdentificationModule()
    status_module: Annotated[StatusModule, doc("Status and dates.")] = StatusModule()
    sponsor_collaborators_module: Annotated[SponsorCollaboratorsModule, doc("Sponsors and who is responsible.")] = (
        SponsorCollaboratorsModule()
    )
    oversight_module: Annotated[OversightModule, doc("Who watches over the study.")] = OversightModule()
    description_module: Annotated[DescriptionModule, doc("Summary and description.")] = DescriptionModule()
    conditions_module: Annotated[ConditionsModule, doc("Conditions and keywords.")] = ConditionsModule()
    design_module: Annotated[DesignModule, doc("Type, phases, design and enrolment.")] = DesignModule()
    arms_interventions_module: Annotated[ArmsInterventionsModule, doc("Arm groups and interventions.")] = (
        ArmsInterventionsModule()
    )
    outcomes_module: Annotated[OutcomesModule, doc("What is measured.")] = OutcomesModule()
    eligibility_module: Annotated[EligibilityModule, doc("Who can take part.")] = EligibilityModule()
    contacts_locations_module: Annotated[ContactsLocationsModule, doc("Contacts and sites.")] = (
        ContactsLocationsModule()
    )
    references_module: Annotated[ReferencesModule, doc("Publications.")] = ReferencesModule()
    ipd_sharing_statement_module: Annotated[
        IpdSharingStatementModule, doc("Whether participants' data are shared.")
    ] = IpdSharingStatementModule()
