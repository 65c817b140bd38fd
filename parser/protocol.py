"""protocolSection: ClinicalTrials.gov API v2's modules, as far as pages hold them."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model import Model, Text, many, one
from parser.source import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OrgStudyIdInfo(Model):
    id: Text | None = one("The sponsor's own identifier of the study.")
    type: Text | None = one("The kind of identifier, such as NIH; absent where the page prints a dash.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SecondaryIdInfo(Model):
    id: Text | None = one("A further identifier: a grant, another registry's number.")
    type: Text | None = one("NIH, FDA, VA, CDC, REGISTRY, EUDRACT_NUMBER, CTIS, OTHER_GRANT, OTHER, ...")
    domain: Text | None = one("The organisation or registry that gave the identifier.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IdentificationModule(Model):
    nct_id: Text | None = one("The registry's identifier, NCT and eight digits.")
    org_study_id_info: OrgStudyIdInfo | None = one("The sponsor's identifier.")
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = many("Further identifiers.")
    brief_title: Text | None = one("The title of the page.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DateStruct(Model):
    date: Text | None = one("yyyy, yyyy-MM or yyyy-MM-dd: the parts that were printed, no more.")
    type: Text | None = one("ACTUAL or ESTIMATED, where the page prints it.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StatusModule(Model):
    overall_status: Text | None = one("Recruitment status: RECRUITING, COMPLETED, WITHDRAWN, ...")
    start_date_struct: DateStruct | None = one("When the study started or is to start.")
    completion_date_struct: DateStruct | None = one("When the last participant was or is to be seen.")
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
    who_masked: tuple[Text, ...] = many("PARTICIPANT, CARE_PROVIDER, INVESTIGATOR, OUTCOMES_ASSESSOR.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DesignInfo(Model):
    allocation: Text | None = one("RANDOMIZED, NON_RANDOMIZED or NA.")
    intervention_model: Text | None = one("SINGLE_GROUP, PARALLEL, CROSSOVER, FACTORIAL or SEQUENTIAL.")
    primary_purpose: Text | None = one("TREATMENT, PREVENTION, DIAGNOSTIC, ...")
    observational_model: Text | None = one("COHORT, CASE_CONTROL, CASE_ONLY, ...")
    time_perspective: Text | None = one("PROSPECTIVE, RETROSPECTIVE, CROSS_SECTIONAL or OTHER.")
    masking_info: MaskingInfo | None = one("Who does not know which arm a participant is in.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EnrollmentInfo(Model):
    count: Value[int] | None = one("Number of participants, planned or enrolled.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DesignModule(Model):
    study_type: Text | None = one("INTERVENTIONAL, OBSERVATIONAL or EXPANDED_ACCESS.")
    phases: tuple[Text, ...] = many("NA, EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4.")
    design_info: DesignInfo | None = one("How the study is built.")
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArmsInterventionsModule(Model):
    arm_groups: tuple[ArmGroup, ...] = many("Arm groups, or cohorts of an observational study.")
    interventions: tuple[Intervention, ...] = many("Interventions, each once.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EligibilityModule(Model):
    eligibility_criteria: Text | None = one("The criteria's text as on the page, markup kept.")
    healthy_volunteers: Value[bool] | None = one("Whether healthy volunteers are accepted.")
    sex: Text | None = one("ALL, FEMALE or MALE.")
    minimum_age: Text | None = one("As printed: `18 Years`.")
    maximum_age: Text | None = one("As printed: `70 Years`.")
    std_ages: tuple[Text, ...] = many("Derived: CHILD (under 18), ADULT (18-64), OLDER_ADULT (65 and over).")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contact(Model):
    name: Text | None = one("Name with degrees, as printed.")
    role: Text | None = one("CONTACT, PRINCIPAL_INVESTIGATOR or SUB_INVESTIGATOR.")
    phone: Text | None = one("As printed, without the extension.")
    phone_ext: Text | None = one("What the page prints after `ext.`.")
    email: Text | None = one("E-mail address.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Location(Model):
    facility: Text | None = one("The site's name.")
    status: Text | None = one("The site's recruitment status.")
    city: Text | None = one("City.")
    state: Text | None = one("State, province or region.")
    country: Text | None = one("Country, in the registry's spelling.")
    contacts: tuple[Contact, ...] = many("The site's contacts, where the page tells whose they are.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ContactsLocationsModule(Model):
    central_contacts: tuple[Contact, ...] = many("Contacts for the whole study.")
    locations: tuple[Location, ...] = many("Sites.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reference(Model):
    pmid: Text | None = one("PubMed identifier.")
    type: Text | None = one("BACKGROUND, RESULT or DERIVED.")
    citation: Text | None = one("The citation as printed.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReferencesModule(Model):
    references: tuple[Reference, ...] = many("Publications about the study.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProtocolSection(Model):
    identification_module: IdentificationModule | None = one("Identifiers and title.")
    status_module: StatusModule | None = one("Status and dates.")
    sponsor_collaborators_module: SponsorCollaboratorsModule | None = one("Sponsors and who is responsible.")
    description_module: DescriptionModule | None = one("Summary and description.")
    conditions_module: ConditionsModule | None = one("Conditions and keywords.")
    design_module: DesignModule | None = one("Type, phases, design and enrolment.")
    arms_interventions_module: ArmsInterventionsModule | None = one("Arm groups and interventions.")
    eligibility_module: EligibilityModule | None = one("Who can take part.")
    contacts_locations_module: ContactsLocationsModule | None = one("Contacts and sites.")
    references_module: ReferencesModule | None = one("Publications.")
