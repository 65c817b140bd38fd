"""The model of a parsed record: ClinicalTrials.gov API v2's study, as frozen dataclasses.

Names are API v2's in snake case; `parser.codec` turns them into its camel case and back, and `parser.writers.schema`
builds the JSON Schema from the meanings that stand at the fields here. Every leaf read from a page is a `Value`, which
keeps its place in the source. A field that is None, and a list that is empty, are absent from the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from parser import codec, csl
from parser.problems import Problem
from parser.source import Value

SCHEMA_VERSION = "1.0"

Text = Value[str]


def one(meaning: str) -> Any:
    """A field that may be absent; `meaning` becomes its description in the JSON Schema."""
    return field(default=None, metadata={"meaning": meaning})


def many(meaning: str) -> Any:
    """A list in the page's order; absent from the JSON when it is empty."""
    return field(default=(), metadata={"meaning": meaning})


def must(meaning: str) -> Any:
    """A field that is always there."""
    return field(metadata={"meaning": meaning})


M = TypeVar("M", bound="Model")


def filled(module: M) -> M | None:
    """A module, or None for one that holds nothing: as in the JSON, what is empty is absent."""
    return module if any(getattr(module, name) not in (None, ()) for name in module.__slots__) else None


class Model:
    """What the classes here have in common: they are equal, and shown, by their fields.

    `dataclass` would write these methods anew for each class, which takes longer than all else in importing them.
    """

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{self.__class__.__qualname__}({shown})"


# --- protocolSection: API v2's modules, as far as pages hold them ----------------------------------------------------


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


# --- normalizedSection: what API v2 leaves as text, made typed -------------------------------------------------------


def nullable(meaning: str) -> Any:
    """A field that is always written, as null where there is nothing."""
    return field(default=None, metadata={"meaning": meaning, "null": True})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Criterion(Model):
    """A node of the criteria tree. `text` has escapes undone and white space folded; the place is the item's own."""

    id: str = must("I, E or U, and the position at each level: `I4.2.6`.")
    category: str = must("INCLUSION, EXCLUSION or UNKNOWN.")
    kind: str = must("criterion; heading, a title over the group that follows it; note, prose that is no criterion.")
    marker: str | None = nullable("The list marker as printed, null where there is none.")
    text: str = field(default="", metadata={"meaning": "The item's own text, without marker and sub-criteria."})
    start: int = field(default=0, metadata={"meaning": "Offset in code points."})
    end: int = field(default=0, metadata={"meaning": "Offset in code points, exclusive."})
    children: tuple[Criterion, ...] = many("Sub-criteria.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CategoryHeading(Model):
    """A heading that says of what follows that it includes or excludes; it is no node of the tree."""

    category: str = must("INCLUSION, EXCLUSION or UNKNOWN.")
    text: str = must("The heading, as in `Criterion.text`, with its own marker.")
    start: int = must("Offset in code points.")
    end: int = must("Offset in code points, exclusive.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedEligibility(Model):
    criteria: tuple[Criterion, ...] = many("The criteria as a tree, in the page's order.")
    headings: tuple[CategoryHeading, ...] = many("The category headings, in the page's order.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Criteria(Model):
    """What `parse_criteria` gives for a bare eligibility block."""

    criteria: tuple[Criterion, ...] = many("The criteria as a tree, in the block's order.")
    headings: tuple[CategoryHeading, ...] = many("The category headings, in the block's order.")
    problems: tuple[Problem, ...] = many("What was odd, in the block's order.")

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts: `criteria`, `headings` and `problems`, each a list, empty ones too."""
        return {"criteria": [], "headings": [], "problems": [], **codec.encode(self)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedContact(Model):
    name: Text | None = one("The name without titles and degrees.")
    raw_name: Text | None = one("The name as printed, where that is more than the name.")
    degrees: Text | None = one("Titles and degrees, as printed: `MD PhD`, `Prof. Dr. med.`.")
    role: Text | None = one("The role the page prints for a facility's contact: primary, backup, ...")
    phone: Text | None = nullable("E.164; null where the page prints no number that can be valid.")
    phone_ext: Text | None = one("The extension of that number.")
    other_phones: tuple[Text, ...] = many("Further numbers of the same field, E.164.")
    raw_phone: Text | None = one("The phone field as printed, extension included.")
    email: Text | None = one("E-mail address.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedLocation(Model):
    facility: Text | None = one("The site's name.")
    city: Text | None = one("City.")
    state: Text | None = one("State, province or region, as printed.")
    country: Text | None = one("Country, as printed.")
    country_code: Text | None = one("ISO 3166-1 alpha-2.")
    state_code: Text | None = one("ISO 3166-2, where the state is one of its subdivisions.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedContactsLocations(Model):
    central_contacts: tuple[NormalizedContact, ...] = many("Contacts for the whole study.")
    locations: tuple[NormalizedLocation, ...] = many("Sites, in the order of protocolSection.")
    facility_contacts: tuple[NormalizedContact, ...] = many("Contacts of the sites, in the page's order.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Author(Model):
    family: Text | None = one("Family name, or the name of a group.")
    given: Text | None = one("Initials or given names, as printed; a group has none.")
    suffix: Text | None = one("What follows the given names: Jr, 3rd, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedReference(Model):
    authors: tuple[Author, ...] = many("The authors, in the order of the citation.")
    title: Text | None = one("Title of the publication.")
    journal: Text | None = one("Journal, as the citation abbreviates it.")
    year: Value[int] | None = one("Year of publication.")
    volume: Text | None = one("Volume.")
    issue: Text | None = one("Issue or supplement.")
    pages: Text | None = one("Pages, as printed: `e261-e273`, `1361-72`.")
    doi: Text | None = one("Digital object identifier, without a resolver.")
    pmid: Text | None = one("PubMed identifier.")
    epub_date: Text | None = one("Day of electronic publication: yyyy, yyyy-MM or yyyy-MM-dd.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedReferences(Model):
    references: tuple[NormalizedReference, ...] = many("One for each reference of protocolSection, in its order.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedSection(Model):
    eligibility_module: NormalizedEligibility | None = one("The criteria as a tree.")
    contacts_locations_module: NormalizedContactsLocations | None = one("People and places.")
    references_module: NormalizedReferences | None = one("Publications.")


# --- sourceSection ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unparsed(Model):
    """Text that belongs to no field."""

    text: str = must("The source between start and end.")
    start: int = must("Offset in code points.")
    end: int = must("Offset in code points, exclusive.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SourceSection(Model):
    """Where the document came from, and what was odd there."""

    registry: str = must("The registry whose record it is.")
    layout: str = must("The layout of the page, as `registry-parser layouts` names it.")
    sha256: str = must("Hash of the decoded text as UTF-8.")
    length: int = must("Length of the decoded text in code points.")
    unparsed: tuple[Unparsed, ...] = many("Text that belongs to no field, in the page's order.")
    problems: tuple[Problem, ...] = many("What was odd, in the page's order.")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Document(Model):
    """A parsed record. `to_dict` and `to_json` give the JSON of the contract, `from_dict` reads it back."""

    schema_version: str = field(default=SCHEMA_VERSION, metadata={"meaning": "Version of the document's shape."})
    protocol_section: ProtocolSection = must("The record, in the shape of ClinicalTrials.gov API v2.")
    has_results: Value[bool] | None = one("Whether the registry has results of the study.")
    normalized_section: NormalizedSection | None = one("What API v2 leaves as text, made typed.")
    source_section: SourceSection | None = one("Where the document came from.")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was odd about the page, in the order of the page."""
        return self.source_section.problems if self.source_section else ()

    @property
    def nct_id(self) -> str | None:
        """The registry's identifier, such as `NCT03562065`."""
        module = self.protocol_section.identification_module
        return module.nct_id.value if module and module.nct_id else None

    def to_dict(self) -> dict[str, Any]:
        """The document as plain dicts, lists and scalars, keys as in API v2."""
        return codec.encode(self)

    def to_json(self, indent: int | None = None) -> str:
        """The document as JSON text; characters outside ASCII stand as themselves."""
        return codec.dumps(self, indent)

    def references_csl(self) -> list[dict[str, Any]]:
        """The references as CSL-JSON items, which reference managers and citation processors read."""
        section = self.normalized_section
        module = section.references_module if section else None
        return csl.csl_items(module.references if module else ())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """A document from its JSON, or from any API v2 study (keys the model does not have are passed over).

        Raises `InvalidDocumentError`, which names the path of the value that has the wrong shape.
        """
        return codec.decode(cls, data)

    def __repr__(self) -> str:
        module = self.protocol_section.identification_module
        title = (module.brief_title.value if module and module.brief_title else None) or ""
        shown = title if len(title) <= 60 else title[:59] + "…"
        count = len(self.problems)
        return f"<Document {self.nct_id or 'without id'} {shown!r}, {count} problem{'' if count == 1 else 's'}>"
