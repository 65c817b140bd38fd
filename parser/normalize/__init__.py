"""normalizedSection: the texts of protocolSection as typed values. A function of protocolSection and its spans."""

from __future__ import annotations

from collections.abc import Sequence

from parser.model.normalized import NormalizedEligibility, NormalizedSection
from parser.model.protocol import EligibilityModule, ProtocolSection
from parser.normalize.ages import read_age, report_mismatches
from parser.normalize.arms import normalize_arms_interventions
from parser.normalize.contacts import SiteContact, normalize_contacts_locations
from parser.normalize.context import Context, pointers_of
from parser.normalize.criteria import read_block, read_criteria
from parser.normalize.references import normalize_references

__all__ = ["Context", "SiteContact", "normalize", "read_criteria"]


def normalize(
    context: Context, protocol: ProtocolSection, listed: Sequence[SiteContact] | None = None
) -> NormalizedSection:
    """The typed view of a record.

    `listed`: the sites' contacts as the source lists them; None if protocolSection's locations hold all of them.
    """
    make = context.recorder.make
    if context.text is None:
        for module, key in (
            (protocol.eligibility_module, "eligibilityModule"),
            (protocol.arms_interventions_module, "armsInterventionsModule"),
            (protocol.contacts_locations_module, "contactsLocationsModule"),
            (protocol.references_module, "referencesModule"),
        ):
            context.pointers.update(pointers_of(module, f"/protocolSection/{key}"))
    return make(
        NormalizedSection,
        eligibility_module=_eligibility(context, protocol.eligibility_module),
        arms_interventions_module=normalize_arms_interventions(context, protocol.arms_interventions_module),
        contacts_locations_module=normalize_contacts_locations(context, protocol.contacts_locations_module, listed),
        references_module=normalize_references(context, protocol.references_module),
    )


def _eligibility(context: Context, module: EligibilityModule) -> NormalizedEligibility:
    """The criteria and the age limits, which are compared with each other."""
    block = context.stretch(module, "eligibility_criteria")
    if block and context.text is not None and context.criteria_text:
        block = block._replace(text=context.criteria_text)
    criteria, headings = read_block(context, block) if block else ((), ())
    minimum, maximum = read_age(context, module, "minimum_age"), read_age(context, module, "maximum_age")
    report_mismatches(context.reporter(block.path if block else None), criteria, minimum, maximum)
    return NormalizedEligibility(criteria=criteria, headings=headings, minimum_age=minimum, maximum_age=maximum)
