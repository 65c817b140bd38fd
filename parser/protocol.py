"""protocolSection: ClinicalTrials.gov API v2's modules, as far as its records and pages have them."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model import Model, Text, many, one
from parser.source import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OrgStudyIdInfo(Model):
    id: Text | None = one("The sponsor's own identifier of the study.")
    type: Text | None = one("The kind of identifier, such as NIH; absent where the page prints a dash.")
    link: Text | None = one("Where the identifier is explained: the address of a grant.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SecondaryIdInfo(Model):
    id: Text | None = one("A further identifier: a grant, another registry's number.")
    type: Text | None = one("NIH, FDA, VA, CDC, REGISTRY, EUDRACT_NUMBER, CTIS, OTHER_GRANT, OTHER, ...")
    domain: Text | None = one("The organisation or registry that gave the identifier.")
    link: Text | None = one("Where the identifier is explained: the address of a grant.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Organization(Model):
    full_name: Text | None = one("The organisation that keeps the record.")
    class_: Text | None = one("Its class: INDUSTRY, NIH, FED, OTHER_GOV, NETWORK, INDIV, OTHER, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IdentificationModule(Model):
    nct_id: Text | None = one("The registry's identifier, NCT and eight digits.")
    nct_id_aliases: tuple[Text, ...] = many("Identifiers that the record had before.")
    org_study_id_info: OrgStudyIdInfo | None = one("The sponsor's identifier.")
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = many("Further identifiers.")
    organization: Organization | None = one("Who keeps the record.")
    brief_title: Text | None = one("The title of the page.")
    official_title: Text | None = one("The title of the protocol.")
    acronym: Text | None = one("The study's short name: `SPORT`.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DateStruct(Model):
    date: Text | None = one("yyyy, yyyy-MM or yyyy-MM-dd: the parts that were printed, no more.")
    type: Text | None = one("ACTUAL or ESTIMATED, where the page prints it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpandedAccessInfo(Model):
    has_expanded_access: Value[bool] | None = one("Whether the drug can be had outside of the study.")
    nct_id: Text | None = one("The record of that access.")
    status_for_nct_id: Text | None = one("Its status: AVAILABLE, NO_LONGER_AVAILABLE, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StatusModule(Model):
    status_verified_date: Text | None = one("When the sponsor last checked the record: yyyy-MM or yyyy-MM-dd.")
    overall_status: Text | None = one("Recruitment status: RECRUITING, COMPLETED, WITHDRAWN, ...")
    last_known_status: Text | None = one("What the status was before it became UNKNOWN.")
    why_stopped: Text | None = one("Why the study was stopped early.")
    expanded_access_info: ExpandedAccessInfo | None = one("Whether there is access outside of the study.")
    start_date_struct: DateStruct | None = one("When the study started or is to start.")
    primary_completion_date_struct: DateStruct | None = one("When the primary outcome was or is to be measured last.")
    completion_date_struct: DateStruct | None = one("When the last participant was or is to be seen.")
    study_first_submit_date: Text | None = one("When the record was first sent in.")
    study_first_submit_qc_date: Text | None = one("When it was first sent in as the registry's review asks for.")
    study_first_post_date_struct: DateStruct | None = one("When the record was first posted.")
    results_first_submit_date: Text | None = one("When results were first sent in.")
    results_first_submit_qc_date: Text | None = one("When they were first sent in as the registry's review asks for.")
    results_first_post_date_struct: DateStruct | None = one("When results were first posted.")
    disp_first_submit_date: Text | None = one("When a delay of results was first asked for.")
    disp_first_submit_qc_date: Text | None = one("When it was first asked for as the registry's review wants it.")
    disp_first_post_date_struct: DateStruct | None = one("When the request to delay results was first posted.")
    last_update_submit_date: Text | None = one("When the record's last change was sent in.")
    last_update_post_date_struct: DateStruct | None = one("When the record's last change was posted.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ResponsibleParty(Model):
    type: Text | None = one("SPONSOR, PRINCIPAL_INVESTIGATOR or SPONSOR_INVESTIGATOR.")
    investigator_full_name: Text | None = one("The investigator's name.")
    investigator_title: Text | None = one("The investigator's title at the affiliation.")
    investigator_affiliation: Text | None = one("The investigator's organisation.")
    old_name_title: Text | None = one("Name and title in records from before 2011, which have no type.")
    old_organization: Text | None = one("Organisation in records from before 2011.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sponsor(Model):
    name: Text | None = one("The organisation.")
    class_: Text | None = one("Its class: INDUSTRY, NIH, FED, OTHER_GOV, NETWORK, INDIV, OTHER, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SponsorCollaboratorsModule(Model):
    responsible_party: ResponsibleParty | None = one("Who answers for the record.")
    lead_sponsor: Sponsor | None = one("The lead sponsor.")
    collaborators: tuple[Sponsor, ...] = many("Further organisations that support the study.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OversightModule(Model):
    oversight_has_dmc: Value[bool] | None = one("Whether a data monitoring committee watches the study.")
    is_fda_regulated_drug: Value[bool] | None = one("Whether the FDA regulates a drug of the study.")
    is_fda_regulated_device: Value[bool] | None = one("Whether the FDA regulates a device of the study.")
    is_unapproved_device: Value[bool] | None = one("Whether a device of the study is not yet approved.")
    is_ppsd: Value[bool] | None = one("Whether it is a pediatric postmarket surveillance of a device.")
    is_us_export: Value[bool] | None = one("Whether a product is made in the United States and exported.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DescriptionModule(Model):
    brief_summary: Text | None = one("The short description, markup and paragraph breaks as on the page.")
    detailed_description: Text | None = one("The long description, markup and paragraph breaks as on the page.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ConditionsModule(Model):
    conditions: tuple[Text, ...] = many("The diseases or conditions studied.")
    keywords: tuple[Text, ...] = many("Words that describe the study.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MaskingInfo(Model):
    masking: Text | None = one("NONE, SINGLE, DOUBLE, TRIPLE or QUADRUPLE.")
    masking_description: Text | None = one("How it is masked.")
    who_masked: tuple[Text, ...] = many("PARTICIPANT, CARE_PROVIDER, INVESTIGATOR, OUTCOMES_ASSESSOR.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DesignInfo(Model):
    allocation: Text | None = one("RANDOMIZED, NON_RANDOMIZED or NA.")
    intervention_model: Text | None = one("SINGLE_GROUP, PARALLEL, CROSSOVER, FACTORIAL or SEQUENTIAL.")
    intervention_model_description: Text | None = one("How the arms are built.")
    primary_purpose: Text | None = one("TREATMENT, PREVENTION, DIAGNOSTIC, ...")
    observational_model: Text | None = one("COHORT, CASE_CONTROL, CASE_ONLY, ...")
    time_perspective: Text | None = one("PROSPECTIVE, RETROSPECTIVE, CROSS_SECTIONAL or OTHER.")
    masking_info: MaskingInfo | None = one("Who does not know which arm a participant is in.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EnrollmentInfo(Model):
    count: Value[int] | None = one("Number of participants, planned or enrolled.")
    type: Text | None = one("ACTUAL or ESTIMATED, where the page prints it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BioSpec(Model):
    retention: Text | None = one("NONE_RETAINED, SAMPLES_WITH_DNA or SAMPLES_WITHOUT_DNA.")
    description: Text | None = one("Which specimens are kept.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpandedAccessTypes(Model):
    individual: Value[bool] | None = one("Access for individual patients.")
    intermediate: Value[bool] | None = one("Access for intermediate-size populations.")
    treatment: Value[bool] | None = one("Access under a treatment protocol.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DesignModule(Model):
    study_type: Text | None = one("INTERVENTIONAL, OBSERVATIONAL or EXPANDED_ACCESS.")
    n_ptrs_to_this_exp_acc_nct_id: Value[int] | None = one("How many records lead to this one of expanded access.")
    expanded_access_types: ExpandedAccessTypes | None = one("For whom there is expanded access.")
    patient_registry: Value[bool] | None = one("Whether the study is a patient registry.")
    target_duration: Text | None = one("How long a participant of a registry is followed: `5 Years`.")
    phases: tuple[Text, ...] = many("NA, EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4.")
    design_info: DesignInfo | None = one("How the study is built.")
    bio_spec: BioSpec | None = one("Which specimens are kept.")
    enrollment_info: EnrollmentInfo | None = one("How many take part.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArmGroup(Model):
    label: Text | None = one("The arm group's name.")
    type: Text | None = one("EXPERIMENTAL, ACTIVE_COMPARATOR, PLACEBO_COMPARATOR, SHAM_COMPARATOR, ...")
    description: Text | None = one("What happens in the arm, markup as on the page.")
    intervention_names: tuple[Text, ...] = many("The arm's interventions as API v2 displays them: `Drug: Placebo`.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Intervention(Model):
    type: Text | None = one("DRUG, DEVICE, BIOLOGICAL, PROCEDURE, RADIATION, BEHAVIORAL, ...")
    name: Text | None = one("The intervention's name.")
    description: Text | None = one("What it is, markup as on the page.")
    arm_group_labels: tuple[Text, ...] = many("The arm groups that receive it, in API v2's (code-point) order.")
    other_names: tuple[Text, ...] = many("What it is called besides: brand names, codes.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArmsInterventionsModule(Model):
    arm_groups: tuple[ArmGroup, ...] = many("Arm groups, or cohorts of an observational study.")
    interventions: tuple[Intervention, ...] = many("Interventions, each once.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Outcome(Model):
    measure: Text | None = one("What is measured.")
    description: Text | None = one("How it is measured, markup as on the page.")
    time_frame: Text | None = one("When, or for how long, it is measured.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OutcomesModule(Model):
    primary_outcomes: tuple[Outcome, ...] = many("The outcomes that the study is built for.")
    secondary_outcomes: tuple[Outcome, ...] = many("Outcomes of less weight.")
    other_outcomes: tuple[Outcome, ...] = many("Further outcomes that were planned.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EligibilityModule(Model):
    eligibility_criteria: Text | None = one("The criteria's text as on the page, markup kept.")
    healthy_volunteers: Value[bool] | None = one("Whether healthy volunteers are accepted.")
    sex: Text | None = one("ALL, FEMALE or MALE.")
    gender_based: Value[bool] | None = one("Whether gender, not sex, decides.")
    gender_description: Text | None = one("How gender decides.")
    minimum_age: Text | None = one("As printed: `18 Years`.")
    maximum_age: Text | None = one("As printed: `70 Years`.")
    std_ages: tuple[Text, ...] = many("Derived: CHILD (under 18), ADULT (18-64), OLDER_ADULT (65 and over).")
    study_population: Text | None = one("From whom the participants of an observational study are drawn.")
    sampling_method: Text | None = one("PROBABILITY_SAMPLE or NON_PROBABILITY_SAMPLE.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contact(Model):
    name: Text | None = one("Name with degrees, as printed.")
    role: Text | None = one("CONTACT, PRINCIPAL_INVESTIGATOR or SUB_INVESTIGATOR.")
    phone: Text | None = one("As printed, without the extension.")
    phone_ext: Text | None = one("What the page prints after `ext.`.")
    email: Text | None = one("E-mail address.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GeoPoint(Model):
    lat: Value[float] | None = one("Degrees north of the equator.")
    lon: Value[float] | None = one("Degrees east of Greenwich.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Official(Model):
    name: Text | None = one("Name with degrees, as printed.")
    affiliation: Text | None = one("The official's organisation.")
    role: Text | None = one("STUDY_CHAIR, STUDY_DIRECTOR, PRINCIPAL_INVESTIGATOR or SUB_INVESTIGATOR.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Location(Model):
    facility: Text | None = one("The site's name.")
    status: Text | None = one("The site's recruitment status.")
    city: Text | None = one("City.")
    state: Text | None = one("State, province or region.")
    country: Text | None = one("Country, in the registry's spelling.")
    contacts: tuple[Contact, ...] = many("The site's contacts, where the page tells whose they are.")
    zip: Text | None = one("Postal code.")
    geo_point: GeoPoint | None = one("Where the city is.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ContactsLocationsModule(Model):
    central_contacts: tuple[Contact, ...] = many("Contacts for the whole study.")
    overall_officials: tuple[Official, ...] = many("Who is responsible for the study as a whole.")
    locations: tuple[Location, ...] = many("Sites.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reference(Model):
    pmid: Text | None = one("PubMed identifier.")
    type: Text | None = one("BACKGROUND, RESULT or DERIVED.")
    citation: Text | None = one("The citation as printed.")
    retractions: tuple[Retraction, ...] = many("Notices that the paper was retracted.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Retraction(Model):
    pmid: Text | None = one("PubMed identifier of the notice.")
    source: Text | None = one("Where the notice was published.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SeeAlsoLink(Model):
    label: Text | None = one("What the page is about.")
    url: Text | None = one("Its address.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AvailIpd(Model):
    id: Text | None = one("Identifier of the data or the document.")
    type: Text | None = one("What it is: `Clinical Study Report`.")
    url: Text | None = one("Where it is.")
    comment: Text | None = one("What there is to say of it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReferencesModule(Model):
    references: tuple[Reference, ...] = many("Publications about the study.")
    see_also_links: tuple[SeeAlsoLink, ...] = many("Pages about the study.")
    avail_ipds: tuple[AvailIpd, ...] = many("Data and documents of the study that can be had.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IpdSharingStatementModule(Model):
    ipd_sharing: Text | None = one("Whether participants' data are to be shared: YES, NO or UNDECIDED.")
    description: Text | None = one("The plan to share them.")
    info_types: tuple[Text, ...] = many("STUDY_PROTOCOL, SAP, ICF, CSR, ANALYTIC_CODE: what else is to be shared.")
    time_frame: Text | None = one("When the data are to be had.")
    access_criteria: Text | None = one("Who may have them, and for what.")
    url: Text | None = one("Where there is more about it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProtocolSection(Model):
    identification_module: IdentificationModule | None = one("Identifiers and title.")
    status_module: StatusModule | None = one("Status and dates.")
    sponsor_collaborators_module: SponsorCollaboratorsModule | None = one("Sponsors and who is responsible.")
    oversight_module: OversightModule | None = one("Who watches over the study.")
    description_module: DescriptionModule | None = one("Summary and description.")
    conditions_module: ConditionsModule | None = one("Conditions and keywords.")
    design_module: DesignModule | None = one("Type, phases, design and enrolment.")
    arms_interventions_module: ArmsInterventionsModule | None = one("Arm groups and interventions.")
    outcomes_module: OutcomesModule | None = one("What is measured.")
    eligibility_module: EligibilityModule | None = one("Who can take part.")
    contacts_locations_module: ContactsLocationsModule | None = one("Contacts and sites.")
    references_module: ReferencesModule | None = one("Publications.")
    ipd_sharing_statement_module: IpdSharingStatementModule | None = one("Whether participants' data are shared.")
