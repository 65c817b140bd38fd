"""From where things are (`parser.page`) and what they mean (`parser.values`) to a `Document`."""

from __future__ import annotations

from parser.assemble.ages import read_age, report_mismatches
from parser.assemble.arms import arms_interventions_module
from parser.assemble.contacts import contacts_locations_module
from parser.assemble.criteria import read_block, read_criteria
from parser.assemble.doses import normalized_arms_interventions
from parser.assemble.normalized import normalized_contacts_locations, normalized_references
from parser.assemble.outcomes import document_section, ipd_sharing_module, outcomes_module, oversight_module
from parser.assemble.protocol import (
    conditions_module,
    description_module,
    design_module,
    eligibility_module,
    has_results,
    identification_module,
    references_module,
    sponsor_collaborators_module,
    status_module,
)
from parser.assemble.reading import Reading
from parser.assemble.results import results_section, results_shown
from parser.document import Document, SourceSection, Unparsed
from parser.model import filled
from parser.normalized import NormalizedEligibility, NormalizedSection
from parser.page.model import Page
from parser.problems import Problems
from parser.protocol import ProtocolSection
from parser.source import Source, report_surrogates

__all__ = ["assemble", "read_criteria"]

REGISTRY = "ClinicalTrials.gov"


def assemble(source: Source, page: Page, problems: Problems) -> Document:
    """The document that a page holds. What cannot be understood goes to `unparsed`, each with a problem."""
    reading = Reading(source, page, problems)
    protocol = ProtocolSection(
        identification_module=filled(identification_module(reading)),
        status_module=filled(status_module(reading)),
        sponsor_collaborators_module=filled(sponsor_collaborators_module(reading)),
        oversight_module=filled(oversight_module(reading)),
        description_module=filled(description_module(reading)),
        conditions_module=filled(conditions_module(reading)),
        design_module=filled(design_module(reading)),
        arms_interventions_module=filled(arms_interventions_module(reading)),
        outcomes_module=filled(outcomes_module(reading)),
        eligibility_module=filled(eligibility_module(reading)),
        contacts_locations_module=filled(contacts_locations_module(reading)),
        references_module=filled(references_module(reading)),
        ipd_sharing_statement_module=filled(ipd_sharing_module(reading)),
    )
    normalized = NormalizedSection(
        eligibility_module=filled(_eligibility(reading)),
        arms_interventions_module=filled(normalized_arms_interventions(reading, protocol.arms_interventions_module)),
        contacts_locations_module=filled(normalized_contacts_locations(reading, protocol.contacts_locations_module)),
        references_module=filled(normalized_references(reading, protocol.references_module)),
    )
    results, shown = results_section(reading), has_results(reading) or results_shown(reading)
    for section, span in reading.loose:
        code = "unparsed-text" if section == "front" else "unknown-label"
        reading.leave(code, f"text in {section.replace('_', ' ')} that no known label claims", span)
    return Document(
        protocol_section=protocol,
        results_section=results,
        document_section=document_section(reading),
        has_results=shown,
        normalized_section=filled(normalized),
        source_section=_source_section(reading),
    )


def _eligibility(reading: Reading) -> NormalizedEligibility:
    """The criteria and the limits of age, which are held against each other."""
    span = reading.page.fields.get("eligibility_criteria")
    problems, budget = reading.problems, reading.budget
    criteria, headings = read_block(reading.source, span, problems, budget) if span else ((), ())
    minimum, maximum = read_age(reading, "minimum_age"), read_age(reading, "maximum_age")
    report_mismatches(reading, criteria, minimum, maximum)
    return NormalizedEligibility(criteria, headings, minimum, maximum)


def _source_section(reading: Reading) -> SourceSection:
    source = reading.source
    report_surrogates(source, reading.problems)
    if source.encoding == "cp1252":
        whole = (0, len(source.text))
        reading.problems("encoding-guessed", "the bytes are not UTF-8; they were read as Windows-1252", whole)
    return SourceSection(
        registry=REGISTRY,
        layout=reading.page.layout,
        sha256=source.sha256,
        length=len(source.text),
        unparsed=tuple(Unparsed(source.slice(span), *span) for span in sorted(reading.unparsed)),
        problems=reading.problems.in_order(),
    )
