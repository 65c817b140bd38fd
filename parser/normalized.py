"""normalizedSection: what API v2 leaves as text, made typed."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model import Model, Text, many, must, nullable, one
from parser.source import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scale(Model):
    """A power of ten as printed: `0.5 x 10^9` has coefficient 0.5 and exponent 9."""

    coefficient: int | float = must("What the power is multiplied by; 1 where the power stands alone.")
    exponent: int = must("The exponent of ten.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Window(Model):
    """How a length of time lies to an event."""

    relation: str = must("before, after, within, for, every, until or since.")
    anchor: str | None = nullable("The event, as printed; null where the text names none.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Alternative(Model):
    """Another reading of a value, under the bounds that it would have."""

    low: int | float | None = one("The lower bound.")
    high: int | float | None = one("The upper bound.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Repair(Model):
    """Why a value was not taken as literally printed, and what it was chosen over."""

    reason: str = must("flattened-superscript, dot-as-times, european-separator, ...")
    alternatives: tuple[Alternative, ...] = many("The readings that were not chosen, the literal one first.")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Quantity(Model):
    """A value with its bounds and its unit. A bound that is null is open; a plain value has two equal bounds."""

    kind: str = must("quantity; time, a length or window of time or an age; frequency, times per period.")
    text: str = must("The source between start and end.")
    start: int = must("Offset in code points.")
    end: int = must("Offset in code points, exclusive.")
    subject: str | None = nullable("The words for what is measured, null if none are near.")
    low: int | float | None = nullable("The lower bound in full magnitude, powers of ten multiplied out.")
    low_inclusive: bool = must("Whether the lower bound itself is in.")
    high: int | float | None = nullable("The upper bound.")
    high_inclusive: bool = must("Whether the upper bound itself is in.")
    unit: str | None = nullable("The unit as written, without markup and inner blanks.")
    ucum: str | None = nullable("The unit in UCUM, `1` if dimensionless, null if it is not known.")
    scale: Scale | None = one("The power of ten, where one was printed.")
    window: Window | None = one("Of a time only: its relation to an event.")
    repair: Repair | None = one("Only where what is printed was not taken literally.")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Criterion(Model):
    """A node of the criteria tree. `text` has escapes undone and white space folded; the place is the item's own."""

    id: str = must("I, E or U, and the position at each level: `I4.2.6`.")
    category: str = must("INCLUSION, EXCLUSION or UNKNOWN.")
    kind: str = must("criterion; heading, a title over the group that follows it; note, prose that is no criterion.")
    marker: str | None = nullable("The list marker as printed, null where there is none.")
    text: str = must("The item's own text, without marker and sub-criteria.")
    start: int = must("Offset in code points.")
    end: int = must("Offset in code points, exclusive.")
    quantities: tuple[Quantity, ...] = many("The quantities of the item's own text, in its order.")
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
    minimum_age: Quantity | None = one("The registry's own lower limit of age.")
    maximum_age: Quantity | None = one("The registry's own upper limit of age.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedArmGroup(Model):
    label: Text | None = one("The arm group's label.")
    doses: tuple[Quantity, ...] = many("What is given at a time, in a period, or for a size of body.")
    times: tuple[Quantity, ...] = many("How often and how long.")
    routes: tuple[Text, ...] = many("Routes of administration, each once: INTRAVENOUS, ORAL, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedIntervention(Model):
    name: Text | None = one("The intervention's name.")
    doses: tuple[Quantity, ...] = many("What is given at a time, in a period, or for a size of body.")
    times: tuple[Quantity, ...] = many("How often and how long.")
    routes: tuple[Text, ...] = many("Routes of administration, each once: INTRAVENOUS, ORAL, ...")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NormalizedArmsInterventions(Model):
    arm_groups: tuple[NormalizedArmGroup, ...] = many("One for each arm group of protocolSection, in its order.")
    interventions: tuple[NormalizedIntervention, ...] = many("One for each intervention of protocolSection.")


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
    eligibility_module: NormalizedEligibility | None = one("The criteria as a tree, and the limits of age.")
    arms_interventions_module: NormalizedArmsInterventions | None = one("Doses, times and routes.")
    contacts_locations_module: NormalizedContactsLocations | None = one("People and places.")
    references_module: NormalizedReferences | None = one("Publications.")
