"""normalizedSection: values that API v2 has as text, as typed values."""

from __future__ import annotations

from typing import Annotated, Any

from parser.model.base import Model, Section, doc
from parser.model.codes import Category, CriterionKind, QuantityKind, WindowRelation


class Scale(Model, frozen=True):
    """A power of ten as printed: `0.5 x 10^9` has coefficient 0.5 and exponent 9."""

    coefficient: Annotated[int | float, doc("The factor before the power; 1 if there is none.")]
    exponent: Annotated[int, doc("The exponent of ten.")]


class Window(Model, frozen=True):
    """The relation of a length of time to an event."""

    relation: Annotated[WindowRelation, doc("How the time lies to the event.")]
    anchor: Annotated[str | None, doc("The event, as printed; null if the text names none.")]


class Alternative(Model, frozen=True):
    """Another reading of a value, with the bounds that it would have."""

    low: Annotated[int | float | None, doc("The lower bound.")] = None
    high: Annotated[int | float | None, doc("The upper bound.")] = None


class Repair(Model, frozen=True):
    """Why a value was not taken as literally printed, and the rejected readings."""

    reason: Annotated[str, doc("flattened-superscript, dot-as-times, european-separator, ...")]
    alternatives: Annotated[
        tuple[Alternative, ...], doc("The readings that were not chosen, the literal one first.")
    ] = ()


class Quantity(Model, frozen=True, kw_only=True):
    """A value with its bounds and its unit. A null bound is open; a plain value has two equal bounds."""

    kind: Annotated[
        QuantityKind, doc("A time is a length or window of time or an age; a frequency is times per period.")
    ]
    text: Annotated[str, doc("The source between start and end.")]
    path: Annotated[
        str | None, doc("For exports: JSON Pointer of the value that start and end count in; absent in criteria.")
    ] = None
    start: Annotated[int, doc("Offset in code points.")]
    end: Annotated[int, doc("Offset in code points, exclusive.")]
    subject: Annotated[str | None, doc("The words for the quantity that is measured; null if none are nearby.")]
    low: Annotated[int | float | None, doc("The lower bound in full magnitude, powers of ten multiplied out.")]
    low_inclusive: Annotated[bool, doc("Whether the lower bound itself is in.")]
    high: Annotated[int | float | None, doc("The upper bound.")]
    high_inclusive: Annotated[bool, doc("Whether the upper bound itself is in.")]
    unit: Annotated[str | None, doc("The unit as printed, without markup and inner blanks.")]
    ucum: Annotated[str | None, doc("The unit in UCUM, `1` if dimensionless, null if it is not known.")]
    scale: Annotated[Scale | None, doc("The power of ten, if one was printed.")] = None
    window: Annotated[Window | None, doc("For times only: the relation to an event.")] = None
    repair: Annotated[Repair | None, doc("Only if the text was not taken literally.")] = None

    @property
    def bounds(self) -> str:
        """The bounds and the unit in symbols: `≥ 6 mg/d`, `2.5–5 mg`, `> 2 and ≤ 4 {ULN}`; empty without a bound."""
        if self.low is not None and self.low_inclusive and self.high is not None and self.high_inclusive:
            value = _number(self.low) if self.low == self.high else f"{_number(self.low)}–{_number(self.high)}"
        else:
            low = "" if self.low is None else f"{'≥' if self.low_inclusive else '>'} {_number(self.low)}"
            high = "" if self.high is None else f"{'≤' if self.high_inclusive else '<'} {_number(self.high)}"
            value = " and ".join(filter(None, (low, high)))
        unit = self.ucum if self.ucum is not None else self.unit
        return f"{value} {unit}" if value and unit and unit != "1" else value

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        reason = self.repair and self.repair.reason
        shown = [("subject", self.subject), ("bounds", self.bounds), ("window", self.window), ("repair", reason)]
        return [("text", self.text), *((name, value) for name, value in shown if value)]


class Criterion(Model, frozen=True, kw_only=True):
    """A node of the criteria tree. `text` has escapes resolved and white space collapsed.

    The span is the item's own.
    """

    id: Annotated[str, doc("I, E or U, and the position at each level: `I4.2.6`.")]
    category: Annotated[Category, doc("Whether it includes or excludes.")]
    kind: Annotated[
        CriterionKind,
        doc("A heading is the title of the group below it; a note is prose that is not a criterion."),
    ]
    marker: Annotated[str | None, doc("The list marker as printed; null if there is none.")]
    text: Annotated[str, doc("The item's own text, without marker and sub-criteria.")]
    start: Annotated[int, doc("Offset in code points.")]
    end: Annotated[int, doc("Offset in code points, exclusive.")]
    quantities: Annotated[tuple[Quantity, ...], doc("The quantities of the item's own text, in order.")] = ()
    children: Annotated[tuple[Criterion, ...], doc("Sub-criteria.")] = ()

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        parts = [("quantities", self.quantities), ("children", self.children)]
        return [("id", self.id), ("text", self.text), *((name, part) for name, part in parts if part)]


class CategoryHeading(Model, frozen=True):
    """A heading that makes what follows inclusion or exclusion criteria; it is not a node of the tree."""

    category: Annotated[Category, doc("What it says of the criteria after it.")]
    text: Annotated[str, doc("The heading, as in `Criterion.text`, with its own marker.")]
    start: Annotated[int, doc("Offset in code points.")]
    end: Annotated[int, doc("Offset in code points, exclusive.")]


class NormalizedEligibility(Model, frozen=True):
    criteria: Annotated[tuple[Criterion, ...], doc("The criteria as a tree, in the page's order.")] = ()
    headings: Annotated[tuple[CategoryHeading, ...], doc("The category headings, in the page's order.")] = ()
    minimum_age: Annotated[Quantity | None, doc("The registry's own lower limit of age.")] = None
    maximum_age: Annotated[Quantity | None, doc("The registry's own upper limit of age.")] = None


class NormalizedArmGroup(Model, frozen=True):
    label: Annotated[str | None, doc("The arm group's label.")] = None
    doses: Annotated[tuple[Quantity, ...], doc("Amounts per administration, per period, or per body size.")] = ()
    times: Annotated[tuple[Quantity, ...], doc("How often and how long.")] = ()
    routes: Annotated[tuple[str, ...], doc("Routes of administration, each once: INTRAVENOUS, ORAL, ...")] = ()


class NormalizedIntervention(Model, frozen=True):
    name: Annotated[str | None, doc("The intervention's name.")] = None
    doses: Annotated[tuple[Quantity, ...], doc("Amounts per administration, per period, or per body size.")] = ()
    times: Annotated[tuple[Quantity, ...], doc("How often and how long.")] = ()
    routes: Annotated[tuple[str, ...], doc("Routes of administration, each once: INTRAVENOUS, ORAL, ...")] = ()


class NormalizedArmsInterventions(Model, frozen=True):
    arm_groups: Annotated[
        tuple[NormalizedArmGroup, ...], doc("One for each arm group of protocolSection, in its order.")
    ] = ()
    interventions: Annotated[
        tuple[NormalizedIntervention, ...], doc("One for each intervention of protocolSection.")
    ] = ()


class NormalizedContact(Model, frozen=True, kw_only=True):
    name: Annotated[str | None, doc("The name without titles and degrees.")] = None
    raw_name: Annotated[str | None, doc("The name as printed, if that is longer than the name.")] = None
    degrees: Annotated[str | None, doc("Titles and degrees, as printed: `MD PhD`, `Prof. Dr. med.`.")] = None
    role: Annotated[str | None, doc("The role the page prints for a facility's contact: primary, backup, ...")] = None
    phone: Annotated[str | None, doc("E.164; null if the page prints no valid number.")]
    phone_ext: Annotated[str | None, doc("The extension of that number.")] = None
    other_phones: Annotated[tuple[str, ...], doc("Further numbers of the same field, E.164.")] = ()
    raw_phone: Annotated[str | None, doc("The phone field as printed, extension included.")] = None
    email: Annotated[str | None, doc("E-mail address.")] = None


class NormalizedLocation(Model, frozen=True):
    facility: Annotated[str | None, doc("The site's name.")] = None
    city: Annotated[str | None, doc("City.")] = None
    state: Annotated[str | None, doc("State, province or region, as printed.")] = None
    country: Annotated[str | None, doc("Country, as printed.")] = None
    country_code: Annotated[str | None, doc("ISO 3166-1 alpha-2.")] = None
    state_code: Annotated[str | None, doc("ISO 3166-2, if the state is one of its subdivisions.")] = None


class NormalizedContactsLocations(Model, frozen=True):
    central_contacts: Annotated[tuple[NormalizedContact, ...], doc("Contacts for the whole study.")] = ()
    locations: Annotated[tuple[NormalizedLocation, ...], doc("Sites, in the order of protocolSection.")] = ()
    facility_contacts: Annotated[tuple[NormalizedContact, ...], doc("Contacts of the sites, in the page's order.")] = ()


class Author(Model, frozen=True):
    family: Annotated[str | None, doc("Family name, or the name of a group.")] = None
    given: Annotated[str | None, doc("Initials or given names, as printed; a group has none.")] = None
    suffix: Annotated[str | None, doc("What follows the given names: Jr, 3rd, ...")] = None


class NormalizedReference(Model, frozen=True):
    authors: Annotated[tuple[Author, ...], doc("The authors, in the order of the citation.")] = ()
    title: Annotated[str | None, doc("Title of the publication.")] = None
    journal: Annotated[str | None, doc("Journal, as the citation abbreviates it.")] = None
    year: Annotated[int | None, doc("Year of publication.")] = None
    volume: Annotated[str | None, doc("Volume.")] = None
    issue: Annotated[str | None, doc("Issue or supplement.")] = None
    pages: Annotated[str | None, doc("Pages, as printed: `e261-e273`, `1361-72`.")] = None
    doi: Annotated[str | None, doc("Digital object identifier, without a resolver.")] = None
    pmid: Annotated[str | None, doc("PubMed identifier.")] = None
    epub_date: Annotated[str | None, doc("Day of electronic publication: yyyy, yyyy-MM or yyyy-MM-dd.")] = None


class NormalizedReferences(Model, frozen=True):
    references: Annotated[
        tuple[NormalizedReference, ...], doc("One for each reference of protocolSection, in its order.")
    ] = ()


class NormalizedSection(Section, frozen=True):
    eligibility_module: Annotated[NormalizedEligibility, doc("The criteria as a tree, and the age limits.")] = (
        NormalizedEligibility()
    )
    arms_interventions_module: Annotated[NormalizedArmsInterventions, doc("Doses, times and routes.")] = (
        NormalizedArmsInterventions()
    )
    contacts_locations_module: Annotated[NormalizedContactsLocations, doc("People and places.")] = (
        NormalizedContactsLocations()
    )
    references_module: Annotated[NormalizedReferences, doc("Publications.")] = NormalizedReferences()


def _number(value: int | float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.12g}"
