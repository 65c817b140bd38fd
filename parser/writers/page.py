"""A document as a labelled page, in the layout that `parser.forms.pages` reads.

Total Enrollment                        a label is a paragraph, and so is its value
10 participants
Sponsor Role lead                       unless both share a line

A value is printed as the document holds it: a month gets no day, a list keeps its margin. Values without a place on the
page are left out: derived values, the types of dates, and all other fields of API v2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from parser.forms.pages.site import PUBMED_LINK, RESULTS_NOTICES
from parser.forms.pages.vocabulary import HEADINGS
from parser.model.document import Document
from parser.model.protocol import (
    DateStruct,
    DesignInfo,
    MaskingInfo,
    OrgStudyIdInfo,
    Reference,
)
from parser.source import Source
from parser.writers import page_arms, page_people
from parser.writers.blocks import joined, labelled, said

# Sections that are omitted with their heading if they are empty. The others keep heading and sentence.
_OMITTED_WHEN_EMPTY = frozenset(
    {"results", "keywords", "groups", "interventions", "locations", "countries"}
    | {"central_contacts", "facility_contacts", "references"}
)

_MASKED_ROLES = {
    "PARTICIPANT": "Participants",
    "CARE_PROVIDER": "Caregivers",
    "INVESTIGATOR": "Investigators",
    "OUTCOMES_ASSESSOR": "Outcome Assessors",
}


def render(document: Document | Mapping[str, Any]) -> str:
    """The labelled page of a document, of its JSON as plain dicts, or of any API v2 study.

    For a document that was read from a page in that layout, the result is that page, character for character; the hash
    of the source shows whether its last line had a line end. For any other document, `parse` reads the same record from
    the result, except for what the layout has no place for. Raises `InvalidDocumentError` for other data.
    """
    if not isinstance(document, Document):
        document = Document.from_dict(document)
    blocks = _front(document)
    for heading in HEADINGS:
        section = _SECTIONS[heading.section](document) if heading.section in _SECTIONS else []
        content = [block for block in section if block]
        if content or heading.section not in _OMITTED_WHEN_EMPTY:
            blocks += [heading.text, heading.sentence] if heading.sentence else [heading.text]
            blocks += content
    text = "\n\n".join(blocks)
    return f"{text}\n" if document.source_section.sha256 == Source(f"{text}\n").sha256 else text


def _front(document: Document) -> list[str]:
    module = document.protocol_section.identification_module
    status = document.protocol_section.status_module
    title = said(module.brief_title)
    return [
        *([title] if title else []),
        *labelled("front", "registry_id", said(module.nct_id)),
        *labelled("front", "last_updated", _date(status.last_update_post_date_struct)),
    ]


def _results(document: Document) -> list[str]:
    if document.has_results is None:
        return []
    notice = "Results available" if document.has_results else "Results pending"
    return [notice, *RESULTS_NOTICES[notice]]


def _basic_information(document: Document) -> list[str]:
    status = document.protocol_section.status_module
    design = document.protocol_section.design_module
    count = design.enrollment_info.count if design.enrollment_info else None
    return [
        *labelled("basic", "overall_status", said(status.overall_status)),
        *labelled("basic", "phases", joined(design.phases, "/")),
        *labelled("basic", "enrollment", "" if count is None else f"{count} participants"),
        *labelled("basic", "study_type", said(design.study_type)),
        *labelled("basic", "start_date", _date(status.start_date_struct)),
        *labelled("basic", "completion_date", _date(status.completion_date_struct)),
    ]


def _date(struct: DateStruct | None) -> str:
    return said(struct.date) if struct else ""


def _brief_summary(document: Document) -> list[str]:
    return [said(document.protocol_section.description_module.brief_summary)]


def _detailed_description(document: Document) -> list[str]:
    return [said(document.protocol_section.description_module.detailed_description)]


def _conditions(document: Document) -> list[str]:
    return [joined(document.protocol_section.conditions_module.conditions, " ")]


def _keywords(document: Document) -> list[str]:
    return [joined(document.protocol_section.conditions_module.keywords, " ")]


def _study_design(document: Document) -> list[str]:
    design = document.protocol_section.design_module.design_info or DesignInfo()
    masking = design.masking_info or MaskingInfo()
    masked = map(said, masking.who_masked)
    return [
        *labelled("design", "allocation", said(design.allocation)),
        *labelled("design", "intervention_model", said(design.intervention_model)),
        *labelled("design", "observational_model", said(design.observational_model)),
        *labelled("design", "primary_purpose", said(design.primary_purpose)),
        *labelled("design", "masking", said(masking.masking)),
        # Who is masked has no label.
        " ".join(_MASKED_ROLES.get(role, role) for role in masked),
        *labelled("design", "time_perspective", said(design.time_perspective)),
    ]


def _eligibility(document: Document) -> list[str]:
    module = document.protocol_section.eligibility_module
    labels = [
        *labelled("eligibility", "minimum_age", said(module.minimum_age)),
        *labelled("eligibility", "maximum_age", said(module.maximum_age)),
        *labelled("eligibility", "sex", said(module.sex)),
        *labelled("eligibility", "healthy_volunteers", _yes_or_no(module.healthy_volunteers)),
    ]
    text = said(module.eligibility_criteria)
    # The first label is right below the last line of the text.
    return ["\n".join([text, *labels[:1]]), *labels[1:]] if text else labels


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def _references(document: Document) -> list[str]:
    module = document.protocol_section.references_module
    return [block for reference in module.references for block in _reference(reference)]


def _reference(reference: Reference) -> list[str]:
    pmid = said(reference.pmid)
    lines = labelled("references", "reference_type", said(reference.type))
    lines += labelled("references", "pmid", f"{pmid} {PUBMED_LINK}" if pmid else "")
    return [said(reference.citation), "\n".join(lines)]


def _identifiers(document: Document) -> list[str]:
    module = document.protocol_section.identification_module
    own = module.org_study_id_info or OrgStudyIdInfo()
    blocks = _identifier(own.id, own.type, "org_study_id") if said(own.id) or said(own.type) else []
    for other in module.secondary_id_infos:
        blocks += _identifier(other.id, other.type, said(other.domain) or "secondary_id")
    return blocks


def _identifier(identifier: str | None, kind: str | None, source: str) -> list[str]:
    return [
        said(identifier),
        *labelled("identifiers", "identifier_type", said(kind) or "-"),
        *labelled("identifiers", "identifier_source", source),
    ]


_SECTIONS: dict[str, Callable[[Document], list[str]]] = {
    "results": _results,
    "basic": _basic_information,
    "brief_summary": _brief_summary,
    "detailed_description": _detailed_description,
    "conditions": _conditions,
    "keywords": _keywords,
    "design": _study_design,
    "groups": page_arms.study_groups,
    "interventions": page_arms.interventions,
    "eligibility": _eligibility,
    "sponsors": page_people.sponsors,
    "responsible_party": page_people.responsible_party,
    "locations": page_people.locations,
    "countries": page_people.countries,
    "central_contacts": page_people.central_contacts,
    "facility_contacts": page_people.facility_contacts,
    "references": _references,
    "identifiers": _identifiers,
}
"""The writer of each section's content, in blocks; empty ones are left out. More Related Trials has no content."""
