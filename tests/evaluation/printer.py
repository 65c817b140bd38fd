"""Prints an API v2 study as a labelled page, so that tests have pages whose right reading is known.

It shares no code with the package: a misreading cannot hide after the same mistake in printing. What a page shows of
a record, and in which order, follows samples/NCT03562065.txt.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]

SENTENCES = {
    "Basic Information": "Get a concise snapshot of the trial, including recruitment status, study phase, enrollment "
    "targets, and key timeline milestones.",
    "Brief Summary": "Review the sponsor-provided synopsis that highlights what the study is about and why it is being "
    "conducted.",
    "Detailed Description": "Dive into the extended narrative that explains the scientific background, objectives, and "
    "procedures in greater depth.",
    "Conditions": "See the medical conditions and disease areas that this research is targeting or investigating.",
    "Keywords": "Explore important study keywords that can help with search, categorization, and topic discovery.",
    "Study Design": "Understand how the trial is structured, including allocation methods, masking strategies, primary "
    "purpose, and other design elements.",
    "Study Groups": "Review each arm or cohort in the study, along with the interventions and objectives associated "
    "with them.",
    "Interventions": "Learn about the drugs, procedures, or behavioral strategies being tested and how they are "
    "applied within this trial.",
    "Eligibility Criteria": "Check the participation requirements, including inclusion and exclusion rules, age "
    "limits, and whether healthy volunteers are accepted.",
    "Sponsors": "Meet the organizations funding or collaborating on the study and learn about their roles.",
    "Responsible Party": "Identify the individual or organization who holds primary responsibility for the study "
    "information submitted to regulators.",
    "Locations": "Explore where the study is taking place and check the recruitment status at each participating site.",
    "Countries": "Review the countries where the study has at least one active or historical site.",
    "Central Contacts": "Reach out to these primary contacts for questions about participation or study logistics.",
    "Facility Contacts": "Find local site contact details for specific facilities participating in the trial.",
    "References": "Explore related publications, articles, or registry entries linked to this study.",
    "Other Identifiers": "Review additional registry numbers or institutional identifiers associated with this trial.",
    "More Related Trials": "Additional clinical trials that may be relevant based on similarity analysis.",
}
"""The sections after the results notice, in the page's order, each with the site's own sentence, which is no data."""

OMITTED_WHEN_EMPTY = frozenset(
    {"Keywords", "Study Groups", "Interventions", "Locations", "Countries"}
    | {"Central Contacts", "Facility Contacts", "References"}
)
"""These are absent from a page that has nothing to show there; the others keep heading and sentence."""

RESULTS_PENDING = (
    "Results pending",
    "The study team has not published outcome measurements, participant flow, or safety data for this trial yet. Check "
    "back later for updates.",
)
RESULTS_AVAILABLE = (
    "Results available",
    "Outcome measurements, participant flow, baseline characteristics, and adverse events have been published for this "
    "study.",
    "View full results",
)

MASKED_ROLES = {
    "PARTICIPANT": "Participants",
    "CARE_PROVIDER": "Caregivers",
    "INVESTIGATOR": "Investigators",
    "OUTCOMES_ASSESSOR": "Outcome Assessors",
}


def print_page(study: Json) -> str:
    """The labelled page of a study, without a line end after its last line."""
    protocol = study.get("protocolSection", {})
    blocks = _head(protocol, bool(study.get("hasResults")))
    content = _content(protocol)
    for heading, sentence in SENTENCES.items():
        section = [block for block in content.get(heading, []) if block]
        if section or heading not in OMITTED_WHEN_EMPTY:
            blocks += [heading, sentence, *section]
    return "\n\n".join(blocks)


def page_text(text: str | None) -> str:
    """A text as the page shows it: no line keeps its indentation, blank lines stay."""
    return "\n".join(line.lstrip() for line in re.split(r"\r\n|\n|\r", text or "")).strip()


def page_date(date: str | None) -> str:
    """A date as the page shows it: one of month precision becomes the last day of its month."""
    if not date or not re.fullmatch(r"\d{4}-\d{2}", date):
        return date or ""
    year, month = map(int, date.split("-"))
    return f"{date}-{calendar.monthrange(year, month)[1]:02}"


def page_phone(contact: Json) -> str:
    """A contact's phone line; an extension without a phone has no line to be on."""
    phone, extension = page_text(contact.get("phone")), page_text(contact.get("phoneExt"))
    return f"{phone} ext. {extension}" if phone and extension else phone


def page_phases(design: Json) -> list[str]:
    """The phases that the page shows: an observational study has no phase, even where its record says `NA`."""
    return [] if design.get("studyType") == "OBSERVATIONAL" else list(design.get("phases", []))


def facility_contacts(protocol: Json) -> list[tuple[Json, str]]:
    """The contacts that the page lists for its sites, each with the role it prints: primary, then backup."""
    listed: list[tuple[Json, str]] = []
    for location in protocol.get("contactsLocationsModule", {}).get("locations", []):
        contacts = [contact for contact in location.get("contacts", []) if contact.get("role") == "CONTACT"]
        listed += [(contact, "backup" if place else "primary") for place, contact in enumerate(contacts)]
    return listed


def display_name(intervention: Json) -> str:
    """An intervention as arms refer to it: `Dietary Supplement: Vitamin D`."""
    return f"{intervention.get('type', '').replace('_', ' ').title()}: {intervention.get('name', '')}"


def arm_interventions(arm: Json, interventions: Iterable[Json]) -> list[Json]:
    """The interventions that the page prints under an arm.

    Arms refer to interventions by type and name. Where two interventions share both, the one that names the arm is
    meant; where both name it, the arm's list still has one entry and the first is printed.
    """
    printed = []
    for name in arm.get("interventionNames", []):
        matches = [intervention for intervention in interventions if display_name(intervention) == name]
        named = [match for match in matches if arm.get("label") in match.get("armGroupLabels", [])]
        printed += (named or matches)[:1]
    return printed


def _labelled(label: str, value: object) -> list[str]:
    """A label's block and its value's; a field without a value goes with its label."""
    return [label, page_text(str(value))] if value not in (None, "") else []


def _same_line(label: str, value: str | None) -> list[str]:
    """A label that shares the line of its value."""
    return [f"{label} {page_text(value)}"] if value else []


def _head(protocol: Json, has_results: bool) -> list[str]:
    identification, status = protocol.get("identificationModule", {}), protocol.get("statusModule", {})
    updated = status.get("lastUpdatePostDateStruct", {}).get("date")
    return [
        *filter(None, [page_text(identification.get("briefTitle"))]),
        *_same_line("NCT ID:", identification.get("nctId")),
        *_same_line("Last Updated:", updated),
        "Study Results",
        *(RESULTS_AVAILABLE if has_results else RESULTS_PENDING),
    ]


def _content(protocol: Json) -> dict[str, list[str]]:
    """What is below each section's sentence. Empty blocks are left in; the page leaves them out."""
    description, conditions = protocol.get("descriptionModule", {}), protocol.get("conditionsModule", {})
    arms = protocol.get("armsInterventionsModule", {})
    places = protocol.get("contactsLocationsModule", {})
    locations = places.get("locations", [])
    return {
        "Basic Information": _basic_information(protocol),
        "Brief Summary": [page_text(description.get("briefSummary"))],
        "Detailed Description": [page_text(description.get("detailedDescription"))],
        "Conditions": [page_text(" ".join(conditions.get("conditions", [])))],
        "Keywords": [page_text(" ".join(conditions.get("keywords", [])))],
        "Study Design": _study_design(protocol.get("designModule", {}).get("designInfo", {})),
        "Study Groups": _study_groups(arms.get("armGroups", []), arms.get("interventions", [])),
        "Interventions": [block for entry in arms.get("interventions", []) for block in _intervention(entry)],
        "Eligibility Criteria": _eligibility(protocol.get("eligibilityModule", {})),
        "Sponsors": _sponsors(protocol.get("sponsorCollaboratorsModule", {})),
        "Responsible Party": _responsible_party(protocol.get("sponsorCollaboratorsModule", {})),
        "Locations": [block for location in locations for block in _location(location)],
        "Countries": sorted({page_text(location.get("country")) for location in locations}),
        "Central Contacts": [
            block for contact in places.get("centralContacts", []) for block in _contact(contact, contact.get("role"))
        ],
        "Facility Contacts": [
            block for contact, role in facility_contacts(protocol) for block in _contact(contact, role)
        ],
        "References": [
            block
            for reference in protocol.get("referencesModule", {}).get("references", [])
            for block in _reference(reference)
        ],
        "Other Identifiers": _identifiers(protocol.get("identificationModule", {})),
    }


def _basic_information(protocol: Json) -> list[str]:
    status, design = protocol.get("statusModule", {}), protocol.get("designModule", {})
    count = design.get("enrollmentInfo", {}).get("count")
    return [
        *_labelled("Recruitment Status", status.get("overallStatus")),
        *_labelled("Clinical Phase", "/".join(page_phases(design))),
        *_labelled("Total Enrollment", f"{count} participants" if count else None),
        *_labelled("Study Classification", design.get("studyType")),
        *_labelled("Study Start Date", page_date(status.get("startDateStruct", {}).get("date"))),
        *_labelled("Study Completion Date", page_date(status.get("completionDateStruct", {}).get("date"))),
    ]


def _study_design(design: Json) -> list[str]:
    masking = design.get("maskingInfo", {})
    return [
        *_labelled("Allocation Method", design.get("allocation")),
        *_labelled("Intervention Model", design.get("interventionModel")),
        *_labelled("Observational Model Type", design.get("observationalModel")),
        *_labelled("Primary Study Purpose", design.get("primaryPurpose")),
        *_labelled("Blinding Strategy", masking.get("masking")),
        " ".join(MASKED_ROLES.get(role, role) for role in masking.get("whoMasked", [])),
        *_labelled("Study Time Perspective", design.get("timePerspective")),
    ]


def _study_groups(arms: Iterable[Json], interventions: list[Json]) -> list[str]:
    blocks: list[str] = []
    for arm in arms:
        blocks += [page_text(arm.get("label")), page_text(arm.get("description"))]
        blocks += _same_line("Group Type", arm.get("type"))
        for intervention in arm_interventions(arm, interventions):
            name, description, kind = _intervention(intervention)
            blocks += [name, kind, description]
    return blocks


def _intervention(intervention: Json) -> list[str]:
    return [
        page_text(intervention.get("name")),
        page_text(intervention.get("description")),
        f"Intervention Type {intervention['type']}" if intervention.get("type") else "",
    ]


def _eligibility(module: Json) -> list[str]:
    accepted = module.get("healthyVolunteers")
    labels = [
        *_labelled("Minimum Eligible Age", module.get("minimumAge")),
        *_labelled("Maximum Eligible Age", module.get("maximumAge")),
        *_labelled("Eligible Sex", module.get("sex")),
        *_labelled("Accepts Healthy Volunteers", None if accepted is None else "Yes" if accepted else "No"),
    ]
    text = page_text(module.get("eligibilityCriteria"))
    # The first label is right below the last line of the text, without a blank line.
    return ["\n".join([text, *labels[:1]]), *labels[1:]] if text else labels


def _sponsors(module: Json) -> list[str]:
    roles = [(module.get("leadSponsor"), "lead")]
    roles += [(collaborator, "collaborator") for collaborator in module.get("collaborators", [])]
    return [
        block
        for sponsor, role in roles
        if sponsor
        for block in [page_text(sponsor.get("name")), page_text(sponsor.get("class")), f"Sponsor Role {role}"]
    ]


def _responsible_party(module: Json) -> list[str]:
    party = module.get("responsibleParty", {})
    keys = ["investigatorFullName", "investigatorTitle", "investigatorAffiliation", "oldNameTitle", "oldOrganization"]
    return [*(page_text(party.get(key)) for key in keys), *_same_line("Responsibility Role", party.get("type"))]


def _location(location: Json) -> list[str]:
    parts = [page_text(location.get(key)) for key in ("city", "state", "country")]
    place = ", ".join(parts) if any(parts) else ""
    return [page_text(location.get("facility")), place, *_same_line("Site Status", location.get("status"))]


def _contact(contact: Json, role: str | None) -> list[str]:
    return [page_text(contact.get("name")), *_same_line("Role:", role), page_phone(contact)]


def _reference(reference: Json) -> list[str]:
    lines = _same_line("Reference Type", reference.get("type"))
    if reference.get("pmid"):
        lines.append(f"PMID: {reference['pmid']} (View on PubMed)")
    return [page_text(reference.get("citation")), "\n".join(lines)]


def _identifiers(module: Json) -> list[str]:
    sources = [(module.get("orgStudyIdInfo"), "org_study_id")]
    sources += [(identifier, "secondary_id") for identifier in module.get("secondaryIdInfos", [])]
    return [
        block
        for identifier, source in sources
        if identifier
        for block in [
            page_text(identifier.get("id")),
            f"Identifier Type: {identifier.get('type') or '-'}",
            f"Identifier Source: {source}",
        ]
    ]
