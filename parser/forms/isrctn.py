"""ISRCTN's XML, as its API gives it: trials with their contacts and sponsors next to them, or a trial alone.

<fullTrial><trial lastUpdated="2020-06-03T12:48:55.219Z"><isrctn dateAssigned="...">14757012</isrctn> ... </trial>
<contact id="..."><forename>...</forename> ... </contact><sponsor id="..."> ... </sponsor></fullTrial>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parser.forms.elements import split_elements
from parser.forms.eudract import items
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import FieldLocation, without_empty
from parser.forms.line_ends import with_line_ends
from parser.forms.streams import Peeked, Stream, utf8_head
from parser.forms.unread import countries_of, leave_unread, words_of
from parser.forms.xml_record import (
    ElementRule,
    Inner,
    Items,
    ListOfValues,
    Made,
    One,
    Read,
    XmlRecord,
    XmlText,
    line,
    yes_or_no,
)
from parser.problems import NotARecordError
from parser.registries.isrctn import REGISTRY
from parser.source import Span, fold, read_source
from parser.values.codes import read_code
from parser.values.country import country_code

if TYPE_CHECKING:
    from parser.forms.xml_tree import Element

NAME = "isrctn-xml"

_SIGNATURE = re.compile(rb"<trial(?:\s[^<>]*)?>\s*<isrctn[\s>]")
_WHOLE, _ALONE = "fullTrial", "trial"
_NUMBER = re.compile(r"\d{8}", re.ASCII)
_NOTHING = frozenset({"nil known", "nil", "none", "n/a", "not applicable", "not specified", "not available"})
_TRIAL = re.compile(r"\s(?:controlled )?(?:trial|study)\Z", re.IGNORECASE)
_LONGEST_NAME = 60
_NO_SUMMARY = re.compile(r"(?:plain english summary (?:of protocol )?)?not provided at time of", re.IGNORECASE)
_ID_TYPES = {"eudraCTNumber": "EUDRACT_NUMBER", "clinicalTrialsGovNumber": "REGISTRY", "irasNumber": "OTHER"}
_ADMINISTRATORS = {"ctis": "CTIS", "nct": "REGISTRY"}

# --- what a text is read as ---


def _says_nothing(text: str) -> bool:
    return fold(text).lower() in _NOTHING


def _text(found: XmlText) -> str | None:
    return None if _says_nothing(found.text) else line(found)


def _prose(found: XmlText) -> str | None:
    return None if _says_nothing(found.text) else found.text.strip()


def _summary(found: XmlText) -> str | None:
    return None if _NO_SUMMARY.match(found.text.strip()) else _prose(found)


def _day(found: XmlText) -> str | None:
    """A day, which the register writes as the moment that it begins."""
    return found.fields.date(found.text.split("T")[0], found.place)


def _age(found: XmlText) -> str | None:
    return None if _says_nothing(found.text) else found.fields.age(found.text, found.place)


def _phases(found: XmlText) -> list[str]:
    return [] if fold(found.text).lower() == "not specified" else found.fields.phases(found.text, found.place)


def _masking(found: XmlText) -> dict[str, Any]:
    return found.fields.masking(found.text, found.place)


def _code(field: str) -> Read:
    """A code of API v2, or what the register calls it."""
    own = REGISTRY.codes.get(field, {})

    def read(found: XmlText) -> str | None:
        text = fold(found.text)
        if _says_nothing(text):
            return None
        return own.get(text.lower()) or found.fields.code(field, text, found.place)

    return read


def _allocation(found: XmlText) -> str | None:
    """`Non-randomized controlled trial`, as a kind of trial says it."""
    return read_code("allocation", _TRIAL.sub("", fold(found.text))) or _code("allocation")(found)


def _conditions(found: XmlText) -> list[str]:
    """A condition, or one on each line: all are short and begin with a capital letter then."""
    lines = [fold(line) for line in found.text.split("\n") if fold(line)]
    if len(lines) > 1 and all(len(one) <= _LONGEST_NAME and one[0].isupper() and one[-1] != ":" for one in lines):
        return lines
    text = _text(found)
    return [text] if text else []


def _randomised(found: XmlText) -> str | None:
    """Whether a kind of study, such as `Randomised controlled trial` or `Cohort study`, says how arms are allocated."""
    code = read_code("allocation", fold(found.text))
    if code in ("RANDOMIZED", "NON_RANDOMIZED"):
        return code
    found.fields.leave("no-field", "API v2 has no field for a kind of study", fold(found.text), found.place)
    return None


def _only_purpose(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """The purpose, where there is one: of several API v2 has no place to say so."""
    design = element.find("trialDesign")
    found = [] if design is None else [*design.iterfind(".//purpose"), *design.iterfind("trialTypes/trialType")]
    at = FieldLocation(lambda: record.path(found[0]), f"{pointer}/designInfo/primaryPurpose")
    texts = list(dict.fromkeys(filter(None, (fold(record.take(one)) for one in found))))
    codes = [read_code("primary_purpose", text) for text in texts]
    if len(codes) == 1 and codes[0]:
        made.setdefault("designInfo", {})["primaryPurpose"] = codes[0]
    elif texts and not _says_nothing(texts[0]):
        record.fields.leave("unknown-value", "several purposes, or none of API v2", "; ".join(texts), at)


def _size(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """How many took part, or else how many were planned."""
    final = element.find("participants/totalFinalEnrolment")
    if final is not None and (text := (final.text or "").strip()).isdecimal() and int(text):
        made["enrollmentInfo"] = {"count": int(record.take(final)), "type": "ACTUAL"}
        return
    target = element.find("participants/targetEnrolment")
    if target is not None and (text := record.take(target).strip()):
        at = FieldLocation(lambda: record.path(target), f"{pointer}/enrollmentInfo/count")
        made["enrollmentInfo"] = {"count": record.fields.count(text, at)}


def _ids(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    """The ids that the trial has elsewhere."""
    infos: list[dict[str, Any]] = []
    for tag, kind in _ID_TYPES.items():
        for one in element.iterfind(f"externalRefs/{tag}"):
            infos.append({"id": fold(record.take(one)), "type": kind})
            if tag == "clinicalTrialsGovNumber":
                infos[-1]["domain"] = "ClinicalTrials.gov"
    for one in element.iterfind("externalRefs/secondaryNumbers/secondaryNumber"):
        kind = record.attribute(one, "numberType")
        infos.append({"id": fold(record.take(one)), "type": _ADMINISTRATORS.get(kind.lower()), "domain": kind})
    known: dict[str, dict[str, Any]] = {}
    for info in infos:
        if info["id"] and not _says_nothing(info["id"]):
            known.setdefault(info["id"], info)
    made["secondaryIdInfos"] = list(known.values())


def _criteria(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    sides = []
    for tag, name in (("inclusion", "Inclusion"), ("exclusion", "Exclusion")):
        one = element.find(f"participants/{tag}")
        if one is not None and (text := record.take(one).strip()) and not _says_nothing(text):
            sides.append(f"{name} Criteria:\n\n{with_line_ends(text)}")
    if sides:
        made["eligibilityCriteria"] = "\n\n".join(sides)


def _outcomes(kind: str) -> Made:
    def make(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
        description = element.find("trialDescription")
        found: list[dict[str, Any]] = []
        if description is not None:
            for one in description.iterfind(f"{kind}Outcomes/outcomeMeasure"):
                found.append(record.build(one, _OUTCOME, f"{pointer}/{kind}Outcomes/{len(found)}"))
            for one in description.iterfind(f"{kind}Outcome"):
                text = record.take(one).strip()
                spans = items(text, Span(0, len(text))) if text and not _says_nothing(text) else []
                found += [{"measure": fold(text[slice(*span)])} for span in spans]
        made[f"{kind}Outcomes"] = [one for one in found if one.get("measure")]

    return Made(make)


def _countries(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    """The countries that no centre is in: `United Kingdom` next to `England` is not one of its own."""
    places = made.setdefault("locations", [])
    known = {country_code(place.get("country", "")) or place.get("country") for place in places}
    for one in element.iterfind("participants/recruitmentCountries/country"):
        country = fold(record.take(one))
        if country and (country_code(country) or country) not in known:
            known.add(country_code(country) or country)
            places.append({"country": country})


def _people(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    """Those who answer questions, and the principal investigators."""
    for one in element.iterfind("../contact"):
        parts = [part for tag in ("forename", "surname") for part in one.iterfind(tag) if fold(part.text or "")]
        if not parts:
            continue
        contact = {"name": " ".join(fold(record.take(part)) for part in parts), "role": "CONTACT"}
        kinds = {fold(record.take(kind)).lower() for kind in one.iterfind("contactTypes/contactType")}
        if "principal investigator" in kinds:
            made.setdefault("overallOfficials", []).append({**contact, "role": "PRINCIPAL_INVESTIGATOR"})
        if kinds == {"principal investigator"}:
            continue
        for tag, key in (("telephone", "phone"), ("email", "email")):
            if text := "".join(record.take(way) for way in one.iterfind(f"contactDetails/{tag}")):
                contact[key] = fold(text)
        made.setdefault("centralContacts", []).append(contact)


def _sponsors(record: XmlRecord, element: Element, made: dict[str, Any], _: str) -> None:
    found = []
    for one in element.iterfind("../sponsor"):
        names = [fold(record.take(name)) for name in one.iterfind("organisation")]
        kinds = [fold(record.take(kind)).lower() for kind in one.iterfind("sponsorType") if kind.text == "Industry"]
        found += [{"name": name, "class": "INDUSTRY" if kinds else None} for name in names if name]
    made.update({"leadSponsor": found[0], "collaborators": found[1:]} if found else {})


def _interventions(record: XmlRecord, element: Element, made: dict[str, Any], pointer: str) -> None:
    """The interventions that have a name: that of a drug or a device."""
    found: list[dict[str, Any]] = []
    for one in element.iterfind("interventions/intervention"):
        if not _says_nothing(one.findtext("drugNames", "") or "none"):
            found.append(record.build(one, _INTERVENTION, f"{pointer}/interventions/{len(found)}"))
    made["interventions"] = found


def _std_ages(record: XmlRecord, _: Element, made: dict[str, Any], __: str) -> None:
    made["stdAges"] = record.fields.age_groups(made.get("minimumAge"), made.get("maximumAge"))


_OUTCOME = (
    One("variable", "measure", line),
    One("method", "description", _prose),
    One("timepoints", "timeFrame", line),
)
_INTERVENTION = (
    One("interventionType", "type", _code("intervention_type")),
    One("drugNames", "name", line),
    One("description", "description", _prose),
)
_PLACE = (
    One("name", "facility", line),
    One("city", "city", line),
    One("state", "state", line),
    One("zip", "zip", line),
    One("country", "country", line),
)
_DESIGN = (
    One("trialDesign/primaryStudyDesign", "studyType", _code("study_type")),
    ListOfValues("interventions/intervention/phase", "phases", _phases),
    One("trialDesign/secondaryStudyDesign", "designInfo/allocation", _randomised),
    One("trialDesign/interventionalTrialDesign/allocation", "designInfo/allocation", _allocation),
    One(
        "trialDesign/interventionalTrialDesign/assignment", "designInfo/interventionModel", _code("intervention_model")
    ),
    One("trialDesign/interventionalTrialDesign/masking", "designInfo/maskingInfo", _masking),
    Made(_only_purpose),
    Made(_size),
)
_ROWS: tuple[ElementRule, ...] = (
    Inner(
        "",
        "identificationModule",
        (
            One("trialDescription/title", "briefTitle", line),
            One("trialDescription/scientificTitle", "officialTitle", line),
            One("trialDescription/acronym", "acronym", _text),
            One("externalRefs/protocolSerialNumber", "orgStudyIdInfo/id", _text),
            Made(_ids),
        ),
    ),
    Inner(
        "",
        "statusModule",
        (
            One("participants/recruitmentStatusOverride", "overallStatus", _code("overall_status")),
            One("isrctn@dateAssigned", "studyFirstPostDateStruct/date", _day),
            One("@lastUpdated", "lastUpdatePostDateStruct/date", _day),
            One("participants/recruitmentStart", "startDateStruct/date", _day),
            One("trialDesign/overallEndDate", "completionDateStruct/date", _day),
        ),
    ),
    Inner("", "sponsorCollaboratorsModule", (Made(_sponsors),)),
    Inner("", "descriptionModule", (One("trialDescription/plainEnglishSummary", "briefSummary", _summary),)),
    Inner("", "conditionsModule", (ListOfValues("conditions/condition/description", "conditions", _conditions),)),
    Inner("", "designModule", _DESIGN),
    Inner(
        "",
        "armsInterventionsModule",
        (Made(_interventions),),
    ),
    Inner("", "outcomesModule", (_outcomes("primary"), _outcomes("secondary"))),
    Inner(
        "",
        "eligibilityModule",
        (
            Made(_criteria),
            One("participants/healthyVolunteersAllowed", "healthyVolunteers", yes_or_no),
            One("participants/gender", "sex", _code("sex")),
            One("participants/lowerAgeLimit", "minimumAge", _age),
            One("participants/upperAgeLimit", "maximumAge", _age),
            Made(_std_ages),
        ),
    ),
    Inner(
        "",
        "contactsLocationsModule",
        (Items("participants/trialCentres/trialCentre", "locations", _PLACE), Made(_countries), Made(_people)),
    ),
    Inner(
        "",
        "ipdSharingStatementModule",
        (
            One("miscellaneous/ipdSharingPlan", "ipdSharing", _code("ipd_sharing")),
            One("results/ipdSharingStatement", "description", _prose),
        ),
    ),
)

_WITHOUT_FIELD = frozenset(
    {"acknowledgment", "studyHypothesis", "plainEnglishSummary", "trialWebsite", "ethicsApprovalRequired"}
    | {"ethicsCommittees", "ethicsApproval", "doi", "studyDesign", "trialSettings", "control", "participantTypes"}
    | {
        "address",
        "ageRange",
        "targetEnrolment",
        "totalFinalEnrolment",
        "totalTarget",
        "patientInfoSheet",
        "recruitmentEnd",
        "diseaseClass1",
    }
    | {"recruitmentStartStatusOverride", "diseaseClass2", "interventions", "results", "outputs", "parties", "contact"}
    | {"attachedFiles", "sponsor", "funder", "miscellaneous", "interventionalTrialDesign", "observationalTrialDesign"}
    | {"@id", "@version", "@thirdPartyFilesAcknowledgement", "@isPublished", "@publicIdentifierType", "@unit", "@value"}
    | {"@publicIdentifierCanonical", "@publicIdentifierDateAssigned", "@canonicalSecondaryNumber"}
)

# What the register says of a kind, and where there is nothing.
_WORDS = """public scientific principal investigator nct ctis iras isrctn
masking not used plain english summary of protocol not provided at time registration
"""


# --- the form ---


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    peeked = Peeked(stream)
    is_whole = f"<{_WHOLE}".encode() in utf8_head(peeked.peek())
    return split_elements(peeked, limit, NAME, _WHOLE if is_whole else _ALONE, open_end=True)


def _read(payload: Payload) -> Export:
    # Here, because lxml takes its time to import.
    from parser.forms.xml_tree import read_xml

    source = read_source(payload.content, len(payload.content))
    name = _WHOLE if source.text.startswith(f"<{_WHOLE}") else _ALONE
    is_open = not source.text.rstrip().endswith(f"</{name}>")
    root, _ = read_xml(f"{source.text}</{name}>" if is_open else source.text)
    trial = root if root.tag == _ALONE else root.find(_ALONE)
    number = None if trial is None else trial.find("isrctn")
    if trial is None or number is None:
        raise NotARecordError("the record has no element isrctn, which holds its number")
    record = XmlRecord(root)
    if is_open:
        message = f"the input ends within the record: the element {name} has no end, though all in it has"
        record.fields.problems("content-missing", message, (None, None))
    printed = fold(record.take(number))
    study = {"protocolSection": record.build(trial, _ROWS, "/protocolSection")}
    place = FieldLocation(lambda: record.path(number))
    text = f"ISRCTN{printed}" if _NUMBER.fullmatch(printed) else printed
    registry_id = record.fields.registry_id(REGISTRY, text, place)
    record.leave_rest(_WITHOUT_FIELD)
    known = (study, registry_id, *countries_of(study))
    leave_unread(record.fields, known, record.texts(), f"{_WORDS} {words_of(REGISTRY)}")
    return Export(
        source,
        {"protocolSection": {}, **without_empty(study)},
        REGISTRY.name,
        registry_id,
        problems=record.fields.problems,
        unparsed=record.fields.unparsed,
    )


FORM = ExportForm(
    NAME,
    "ISRCTN's XML: `<fullTrial>` with contacts and sponsors, many in one, or a `<trial>` alone.",
    lambda head: head.lstrip().startswith(b"<") and _SIGNATURE.search(head) is not None,
    _split,
    _read,
)
