"""sponsorCollaboratorsModule: sponsors, collaborators, the responsible party."""

from __future__ import annotations

from parser.assemble.reading import PageReading
from parser.forms.pages.model import Record
from parser.model.protocol import ResponsibleParty, Sponsor, SponsorCollaboratorsModule
from parser.source import Span
from parser.values.text import read_line


def sponsor_collaborators_module(reading: PageReading) -> SponsorCollaboratorsModule:
    lead: Sponsor | None = None
    collaborators: list[Sponsor] = []
    for record in reading.records.get("sponsors", ()):
        sponsor = _sponsor(reading, record)
        role_at = record.fields.get("sponsor_role")
        if role_at is None:
            lead, collaborators = (lead, [*collaborators, sponsor]) if lead else (sponsor, collaborators)
            continue
        role = reading.folded(role_at).lower()
        reading.accounted.append(role_at)
        if role == "lead" and lead is None:
            lead = sponsor
            continue
        if role not in ("collaborator", "lead"):
            reading.leave("unknown-value", f"{role!r} is not a sponsor role of the registry", role_at)
        collaborators.append(sponsor)
    if lead is None:
        lead = reading.make(
            Sponsor,
            name=reading.line("lead_sponsor"),
            class_=reading.code_at("sponsor_class", _at(reading, "lead_sponsor_class")),
        )
    span = reading.span("collaborators")
    parts = reading.split(span, ";|\\\r\n") if span else []
    collaborators += [reading.make(Sponsor, name=reading.line_at(part)) for part in parts]
    collaborators += [
        reading.make(Sponsor, name=reading.name(one), class_=reading.code_at("sponsor_class", one.fields["class"]))
        for one in reading.records.get("collaborators", ())
    ]
    # Pages list the collaborators in their head, and again in a separate section.
    collaborators = list({one.name: one for one in reversed(collaborators)}.values())[::-1]
    return reading.make(
        SponsorCollaboratorsModule,
        responsible_party=_responsible_party(reading),
        lead_sponsor=lead,
        collaborators=tuple(collaborators),
    )


def _at(reading: PageReading, field: str) -> Span | None:
    return reading.page.fields.get(field)


def _sponsor(reading: PageReading, record: Record) -> Sponsor:
    """A name, then a class; a single paragraph is the name."""
    if len(record.texts) < 2:
        return reading.make(Sponsor, name=reading.name(record))
    return reading.make(
        Sponsor, name=reading.name(Record(record.texts[:-1])), class_=reading.code_at("sponsor_class", record.texts[-1])
    )


def _responsible_party(reading: PageReading) -> ResponsibleParty:
    """The investigator's name, title and affiliation are before the role; records from before 2011 have no role."""
    texts = [span for record in reading.records.get("responsible_party", ()) for span in record.texts]
    for span in texts[3:]:
        reading.leave("unparsed-text", "more than a name, a title and an affiliation", span)
    lines = [read_line(reading.source, span) for span in texts[:3]]
    first, second, third = (*lines, None, None, None)[:3]
    type_ = reading.code("responsible_party_type")
    if first is None:
        return reading.make(
            ResponsibleParty,
            type=type_,
            investigator_full_name=reading.line("investigator_name"),
            investigator_title=reading.line("investigator_title"),
            investigator_affiliation=reading.line("investigator_affiliation"),
            old_name_title=reading.line("old_name_title"),
            old_organization=reading.line("old_organization"),
        )
    if type_ is None and third is None:
        return reading.make(ResponsibleParty, old_name_title=first, old_organization=second)
    return reading.make(
        ResponsibleParty,
        type=type_,
        investigator_full_name=first,
        investigator_title=second,
        investigator_affiliation=third,
    )
