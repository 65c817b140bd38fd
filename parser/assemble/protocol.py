"""The modules of protocolSection that hold single values, and the short lists next to them."""

from __future__ import annotations

import re

from parser.assemble.outcomes import yes_or_no
from parser.assemble.reading import PageReading
from parser.assemble.status import NOTHING, kind_of
from parser.enums import ENUMS
from parser.forms.pages.model import Record
from parser.forms.pages.site import PUBMED_LINK, RESULTS_NOTICES
from parser.lexicon import Kind
from parser.lexicon.features import PageContext
from parser.model.protocol import (
    BioSpec,
    ConditionsModule,
    DescriptionModule,
    DesignInfo,
    DesignModule,
    EligibilityModule,
    EnrollmentInfo,
    IdentificationModule,
    MaskingInfo,
    Organization,
    OrgStudyIdInfo,
    Reference,
    ReferencesModule,
    SecondaryIdInfo,
)
from parser.quantities import ages as age
from parser.registries.clinicaltrials_gov import REGISTRY as CLINICALTRIALS_GOV
from parser.source import ParsedValue, Span, fold
from parser.values import age_line, codes
from parser.values.conditions import read_terms
from parser.values.number import read_enrollment
from parser.values.text import read_line

_PMID = re.compile(r"\d+")


def identification_module(reading: PageReading) -> IdentificationModule:
    nct_id = _nct_id(reading)
    org: OrgStudyIdInfo | None = None
    secondary: list[SecondaryIdInfo] = []
    records = reading.records.get("identifiers", ())
    # If no sources remain, the first id is the organisation's, which pages print first.
    sourceless = not any("identifier_source" in record.fields for record in records)
    for record in records:
        source = record.fields.get("identifier_source")
        origin = "org_study_id" if sourceless and org is None else reading.folded(source)
        if source and origin in ("org_study_id", "secondary_id"):
            reading.accounted.append(source)
        kind = record.fields.get("identifier_type")
        if org is None and origin == "org_study_id":
            org = reading.make(OrgStudyIdInfo, id=reading.name(record), type=reading.code_at("org_id_type", kind))
            continue
        # A source other than the registry's word for "secondary" names the organisation.
        domain = read_line(reading.source, source) if source and origin != "secondary_id" else None
        secondary.append(
            reading.make(
                SecondaryIdInfo, id=reading.name(record), type=reading.code_at("secondary_id_type", kind), domain=domain
            )
        )
    return reading.make(
        IdentificationModule,
        nct_id=nct_id,
        org_study_id_info=org or _own_id(reading),
        secondary_id_infos=(*secondary, *_secondary_ids(reading), *_further_ids(reading)),
        organization=reading.make(
            Organization, full_name=reading.line("organization"), class_=reading.code("organization_class")
        ),
        brief_title=reading.line("brief_title"),
        official_title=reading.line("official_title"),
        acronym=reading.line("acronym"),
    )


def _nct_id(reading: PageReading) -> ParsedValue[str] | None:
    """The id of a ClinicalTrials.gov record; other registers' ids are only in sourceSection."""
    main = reading.registry_id
    if main is None:
        printed = reading.span("registry_id")
        if printed is None:
            reading.problems("missing-id", "the page shows no registry id under its title", Span(0, 0))
        else:
            reading.leave("unknown-value", f"{reading.folded(printed)!r} is not an id of a registry", printed)
        return None
    return ParsedValue(main.id, main.span) if main.registry is CLINICALTRIALS_GOV else None


def _own_id(reading: PageReading) -> OrgStudyIdInfo | None:
    """The sponsor's identifier of a page that has a label for it."""
    own = reading.line("org_study_id")
    return reading.make(OrgStudyIdInfo, id=own) if own else None


def _secondary_ids(reading: PageReading) -> tuple[SecondaryIdInfo, ...]:
    """The further identifiers of a page that has one label for all of them, commas or lines between them."""
    span = reading.span("secondary_ids")
    parts = reading.split(span, ",;|\\\r\n") if span else []
    others = [record.texts[0] for record in reading.records.get("other_ids", ())]
    return tuple(reading.make(SecondaryIdInfo, id=reading.line_at(part)) for part in [*parts, *others])


def _further_ids(reading: PageReading) -> tuple[SecondaryIdInfo, ...]:
    """The ids that other registers gave the trial, where the page has them under labels of their own."""
    return tuple(reading.make(SecondaryIdInfo, id=reading.line_at(span)) for span in reading.page.further_ids)


def has_results(reading: PageReading) -> ParsedValue[bool] | None:
    """`Results available` or `Results pending`, or a sentence with that meaning."""
    span = reading.span("results")
    for notice, (sentence, *_) in RESULTS_NOTICES.items():
        if span and reading.folded(span) == sentence:
            return ParsedValue(notice == "Results available", span)
    if span and reading.folded(span) not in RESULTS_NOTICES:
        return yes_or_no(reading, "results")
    return ParsedValue(reading.folded(span) == "Results available", span) if span else None


def description_module(reading: PageReading) -> DescriptionModule:
    return reading.make(
        DescriptionModule,
        brief_summary=reading.prose("brief_summary"),
        detailed_description=reading.prose("detailed_description"),
    )


def conditions_module(reading: PageReading) -> ConditionsModule:
    fields = reading.page.fields
    prose = [fields.get("brief_summary"), fields.get("detailed_description")]
    prose += [record.texts[0] for record in reading.records.get("interventions", ()) if record.texts]
    prose.append(fields.get("eligibility_criteria"))
    said = "\n".join(reading.source.slice(span) for span in prose if span)
    return reading.make(
        ConditionsModule, conditions=_terms(reading, "conditions", said), keywords=_terms(reading, "keywords", said)
    )


_SURE = 0.5
"""A list is not divided if its best division is less likely than this."""


def _terms(reading: PageReading, field: Kind, prose: str) -> tuple[ParsedValue[str], ...]:
    """The terms of a list. Terms that the page joins by spaces are separated, which is never certain."""
    span = reading.span(field)
    if span is None:
        return ()
    if parted := reading.records.get(field):
        return tuple(read_line(reading.source, record.texts[0]) for record in parted)
    other = reading.page.fields.get("keywords" if field == "conditions" else "conditions")
    context = PageContext(reading.folded(reading.page.fields.get("brief_title")), reading.folded(other), prose)
    text = reading.source.slice(span)
    found = read_terms(text, field, context)
    if found.confidence < _SURE and reading.page.registry is None:
        # Only the first known site joins all its terms: elsewhere a line that cannot be divided may be one term.
        reading.problems("conditions-joined", f"{field} are kept as one term, because their division is unclear", span)
        return (read_line(reading.source, span),)
    if found.runner_up:
        second = " | ".join(fold(text[start:end]) for start, end in found.runner_up)
        message = f"the page joins {field} by spaces: separated with confidence {found.confidence:.2f}"
        reading.problems("conditions-joined", f"{message}; the next best is {second}", span)
    elif found.confidence < 1:
        reading.problems("conditions-joined", f"{field} are too long a line to be separated: kept as one term", span)
    elif len(found.terms) > 1 and "\n" not in text:
        reading.problems("conditions-joined", f"{field} on one line: separated at its separators", span)
    return tuple(read_line(reading.source, Span(span.start + start, span.start + end)) for start, end in found.terms)


def design_module(reading: PageReading) -> DesignModule:
    masked = _claim_who_masked(reading)
    return reading.make(
        DesignModule,
        study_type=reading.code("study_type"),
        patient_registry=yes_or_no(reading, "patient_registry"),
        target_duration=reading.line("target_duration"),
        phases=_phases(reading),
        design_info=reading.make(
            DesignInfo,
            allocation=reading.code("allocation"),
            intervention_model=reading.code("intervention_model"),
            intervention_model_description=reading.prose("intervention_model_description"),
            primary_purpose=reading.code("primary_purpose"),
            observational_model=_code_or_loose(reading, "observational_model"),
            time_perspective=_code_or_loose(reading, "time_perspective"),
            masking_info=_masking(reading, masked),
        ),
        bio_spec=reading.make(BioSpec, retention=reading.code("retention"), description=reading.prose("biospecimen")),
        enrollment_info=_enrollment(reading),
    )


def _masking(reading: PageReading, masked: tuple[ParsedValue[str], ...]) -> MaskingInfo:
    """`Double (Participant, Investigator)` says who is masked as well."""
    span = reading.span("masking")
    roles = codes.bracketed(reading.source.slice(span)) if span and not masked else None
    if span and roles:
        place = Span(span.start + roles[0], span.start + roles[1])
        found = codes.read_who_masked(reading.folded(place)) or ()
        masked = tuple(ParsedValue(role, place) for role in found)
    return reading.make(
        MaskingInfo,
        masking=reading.code("masking"),
        masking_description=reading.prose("masking_description"),
        who_masked=masked,
    )


_TWO_PHASES = re.compile(r"(phase \w{1,3})\s+(phase \w{1,3})", re.IGNORECASE)


def _phases(reading: PageReading) -> tuple[ParsedValue[str], ...]:
    """`PHASE1/PHASE2` is two phases. Other text is kept whole, such as `N/A`."""
    span = reading.span("phases")
    if span is None:
        return reading.stated("phases")
    parts = reading.split(span, "/,|;\r\n")
    if len(parts) == 1 and (both := _TWO_PHASES.fullmatch(reading.source.slice(span))):
        parts = [Span(span.start + both.start(one), span.start + both.end(one)) for one in (1, 2)]
    if not any(codes.read_code("phases", reading.folded(part)) for part in parts):
        parts = [span]
    return tuple(phase for part in parts if (phase := reading.code_at("phases", part)))


def _enrollment(reading: PageReading) -> EnrollmentInfo | None:
    span = reading.span("enrollment")
    if span is None:
        return None
    text = reading.source.slice(span)
    count, kind = read_enrollment(fold(text))
    if count is None:
        if fold(text).lower() not in NOTHING:
            reading.leave("not-understood", f"no number of participants: {fold(text)!r}", span)
        return None
    return reading.make(
        EnrollmentInfo,
        count=ParsedValue(count, span),
        type=ParsedValue(kind, span) if kind else kind_of(reading, "enrollment"),
    )


def _claim_who_masked(reading: PageReading) -> tuple[ParsedValue[str], ...]:
    """Who is masked is without a label in Study Design: `Participants Outcome Assessors`, or a line for each."""
    labelled = reading.span("who_masked")
    loose, reading.loose = reading.loose, []
    masked: list[ParsedValue[str]] = []
    for section, span in [*loose, *([("design", labelled)] if labelled else [])]:
        roles = codes.read_who_masked(reading.folded(span)) if section == "design" else None
        if roles:
            masked += [ParsedValue(role, span) for role in roles]
        else:
            reading.loose.append((section, span))
    return tuple(masked)


def _code_or_loose(reading: PageReading, field: str) -> ParsedValue[str] | None:
    """A code of Study Design by its label, or by its value where the page has no label that is known."""
    if field in reading.page.fields:
        return reading.code(field)
    for entry in reading.loose:
        section, span = entry
        if section == "design" and reading.folded(span) in ENUMS[field]:
            reading.loose.remove(entry)
            return reading.code_at(field, span)
    return None


def eligibility_module(reading: PageReading) -> EligibilityModule:
    minimum, maximum = _age(reading, "minimum_age"), _age(reading, "maximum_age")
    span = reading.span("ages")
    both = age_line.read_ages(reading.folded(span)) if span else None
    if both:
        minimum = minimum or _limit_in(reading, both.minimum, span)
        maximum = maximum or _limit_in(reading, both.maximum, span)
    return reading.make(
        EligibilityModule,
        eligibility_criteria=reading.criteria(),
        healthy_volunteers=yes_or_no(reading, "healthy_volunteers"),
        sex=reading.code("sex"),
        gender_based=yes_or_no(reading, "gender_based"),
        gender_description=reading.prose("gender_description"),
        minimum_age=minimum,
        maximum_age=maximum,
        std_ages=_standard_ages(reading, minimum, maximum, both),
        study_population=reading.prose("study_population"),
        sampling_method=reading.code("sampling_method"),
    )


def _limit_in(reading: PageReading, limit: str | None, span: Span | None) -> ParsedValue[str] | None:
    """One of several limits in a line, with its own span if it is printed with its unit."""
    if limit is None or span is None:
        return None
    printed = re.search(rf"(?<!\d){re.sub(' ', ' *', limit)}?", reading.source.slice(span), re.IGNORECASE)
    place = Span(span.start + printed.start(), span.start + printed.end()) if printed else span
    return ParsedValue(limit, place)


def _standard_ages(
    reading: PageReading, minimum: ParsedValue[str] | None, maximum: ParsedValue[str] | None, both: age_line.Ages | None
) -> tuple[ParsedValue[str], ...]:
    """The standard age groups: as the form has read them, else derived from the limits, else as on the page."""
    if "std_ages" in reading.page.stated:
        return reading.stated("std_ages")
    if minimum or maximum:
        limits = [age.years(limit.value) if limit else None for limit in (minimum, maximum)]
        # If a line has both limits, all its words are accounted for, including `(Adult, Older Adult)`.
        place = reading.span("ages") if both else None
        return tuple(ParsedValue(group, place) for group in age.standard_ages(*limits))
    span = reading.span("std_ages") or (reading.span("ages") if both else None)
    said = both if both else age_line.read_ages(reading.folded(span)) if span else None
    return tuple(ParsedValue(group, span) for group in said.groups) if said else ()


def _age(reading: PageReading, field: str) -> ParsedValue[str] | None:
    """An age limit as printed; other text goes to `unparsed`."""
    if stated := reading.stated(field):
        return stated[0]
    limit = reading.line(field)
    if limit and limit.value.lower() in NOTHING:
        return None
    if limit and limit.span and age.years(limit.value) is None:
        reading.leave("unknown-value", f"{limit.value!r} is not an age: a number and a unit of time", limit.span)
        return None
    return ParsedValue(age_line.canonical(limit.value), limit.span) if limit else None


def references_module(reading: PageReading) -> ReferencesModule:
    return reading.make(
        ReferencesModule,
        references=tuple(_reference(reading, record) for record in reading.records.get("references", ())),
    )


def _reference(reading: PageReading, record: Record) -> Reference:
    texts, pmid = record.texts, record.fields.get("pmid")
    match = _PMID.match(reading.source.text, *pmid) if pmid else None
    rest = reading.folded(Span(match.end(), pmid.end)) if pmid and match else ""
    if pmid and rest not in ("", PUBMED_LINK):
        reading.leave("unparsed-text", f"more than the number of a paper: {rest!r}", pmid)
    return reading.make(
        Reference,
        pmid=ParsedValue(match.group(), Span(*match.span())) if match else None,
        type=reading.code_at("reference_type", record.fields.get("reference_type")),
        citation=read_line(reading.source, Span(texts[0].start, texts[-1].end)) if texts else None,
    )
