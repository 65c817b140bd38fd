"""Sponsors, sites and people of a labelled page.

Saint-Louis Hospital                    a site: facility, place, status
Paris, , France
Site Status RECRUITING

Dominique Farge, MD PhD                 a contact: name, role, ways to reach them
Role: CONTACT
142499768 ext. +33
"""

from __future__ import annotations

from parser.model.document import Document
from parser.model.normalized import NormalizedContact
from parser.model.protocol import (
    Contact,
    ContactsLocationsModule,
    Location,
    ResponsibleParty,
    Sponsor,
)
from parser.writers.blocks import labelled, said

_CONTACT, _FIRST, _FURTHER = "CONTACT", "primary", "backup"


def sponsors(document: Document) -> list[str]:
    """The lead sponsor, then the others."""
    module = document.protocol_section.sponsor_collaborators_module
    lead = module.lead_sponsor
    blocks = _sponsor(lead, "lead") if lead and (said(lead.name) or said(lead.class_)) else []
    for other in module.collaborators:
        blocks += _sponsor(other, "collaborator")
    return blocks


def _sponsor(sponsor: Sponsor, role: str) -> list[str]:
    return [said(sponsor.name), said(sponsor.class_), *labelled("sponsors", "sponsor_role", role)]


def responsible_party(document: Document) -> list[str]:
    """Name, title and affiliation of the responsible party, then its type."""
    module = document.protocol_section.sponsor_collaborators_module
    party = module.responsible_party or ResponsibleParty()
    person = (party.investigator_full_name, party.investigator_title, party.investigator_affiliation)
    return [
        *map(said, (*person, party.old_name_title, party.old_organization)),
        *labelled("responsible_party", "responsible_party_type", said(party.type)),
    ]


def locations(document: Document) -> list[str]:
    """The sites. A place has all its commas, even if parts are missing: `Paris, , France`."""
    blocks: list[str] = []
    for site in _module(document).locations:
        place = f"{said(site.city)}, {said(site.state)}, {said(site.country)}"
        blocks += [said(site.facility), "" if place == ", , " else place]
        blocks += labelled("locations", "site_status", said(site.status))
    return blocks


def countries(document: Document) -> list[str]:
    """The countries of the sites, each once."""
    return sorted({said(site.country) for site in _module(document).locations})


def central_contacts(document: Document) -> list[str]:
    """The contacts for the whole study."""
    blocks: list[str] = []
    for contact in _module(document).central_contacts:
        blocks += _person("central_contacts", contact.name, said(contact.role), _phone(contact), contact.email)
    return blocks


def facility_contacts(document: Document) -> list[str]:
    """The contacts of the sites: those that a page listed, or else those that protocolSection has under its sites."""
    blocks: list[str] = []
    for listed in _listed(document):
        name = listed.raw_name or listed.name
        blocks += _person("facility_contacts", name, said(listed.role), said(listed.raw_phone), listed.email)
    if blocks:
        return blocks
    sites = _module(document).locations
    for site in sites:
        for contact, role in _with_roles(site, alone=len(sites) == 1):
            blocks += _person("facility_contacts", contact.name, role, _phone(contact), contact.email)
    return blocks


def _listed(document: Document) -> tuple[NormalizedContact, ...]:
    return document.normalized_section.contacts_locations_module.facility_contacts


def _with_roles(site: Location, alone: bool) -> list[tuple[Contact, str]]:
    """A site's contacts and the roles they are printed with.

    Investigators are printed only for a single site: with several, the page would not say whose they are.
    """
    listed: list[tuple[Contact, str]] = []
    role = _FIRST
    for contact in site.contacts:
        if said(contact.role) == _CONTACT:
            listed.append((contact, role))
            role = _FURTHER
        elif alone:
            listed.append((contact, said(contact.role)))
    return listed


def _person(section: str, name: str | None, role: str, phone: str, email: str | None) -> list[str]:
    return [said(name), *labelled(section, "contact_role", role), phone, said(email)]


def _phone(contact: Contact) -> str:
    phone, extension = said(contact.phone), said(contact.phone_ext)
    return f"{phone} ext. {extension}" if phone and extension else phone


def _module(document: Document) -> ContactsLocationsModule:
    return document.protocol_section.contacts_locations_module
