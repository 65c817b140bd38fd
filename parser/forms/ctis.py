"""A trial of the EU's Clinical Trials Information System (CTIS) as JSON, in the older and the newer form of its portal.

{"ctNumber": "2023-500001-11-00", "authorizedPartI": {"trialDetails": {...}}, "authorizedPartsII": [...]}
{"ctNumber": "2023-500001-11-00", "authorizedApplication": {"authorizedPartI": {...}, "authorizedPartsII": [...]}}

And what its search says of a trial: {"pagination": {...}, "data": [{"ctNumber": "...", "ctTitle": "...", ...}]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from parser.forms import modules
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import without_empty
from parser.forms.json_objects import JsonObjects
from parser.forms.json_record import JsonRecord, read_json
from parser.forms.line_ends import with_line_ends
from parser.forms.streams import Stream
from parser.forms.unread import leave_unread
from parser.problems import NotARecordError
from parser.registries import ctis
from parser.source import fold, read_source

NAME = "ctis-json"

_SIGNATURE = re.compile(rb'"ctNumber"\s*:\s*(?:\[\s*)?"\d{4}-5\d{5}-\d\d|"ctrname"\s*:\s*"CTIS"')
# Of an answer of the search: what is said of its pages comes before the trials.
_WRAPPER = re.compile(
    rb'\{\s*(?:"[^"\\]{0,99}"\s*:\s*(?:\w{1,40}|\{[^{}]{0,999}\})\s*,\s*){0,20}"data"\s*:\s*\[(?=\s*\{\s*"ctNumber")'
)

# The portal writes the day first: `28/04/2021`.
_DAY_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_PHASE = re.compile(r"phase (iv|i{1,3})\b", re.IGNORECASE)
_AGES = {"in utero": "CHILD", "0-17 years": "CHILD", "18-64 years": "ADULT", "65+ years": "OLDER_ADULT"}
_AGE_CODES = {"1": "CHILD", "2": "CHILD", "3": "ADULT", "4": "OLDER_ADULT"}
_GROUPS = ("CHILD", "ADULT", "OLDER_ADULT")

# What the portal calls a phase.
_WORDS = (
    "therapeutic exploratory confirmatory use human pharmacology bioequivalence study first administration integrated"
)

_CRITERIA = "eligibilityCriteria/principal{side}Criteria"

_OF_SEARCH = {
    "/ctTitle": (f"{modules.IDENTIFICATION}/briefTitle", f"{modules.IDENTIFICATION}/officialTitle"),
    "/shortTitle": (f"{modules.IDENTIFICATION}/orgStudyIdInfo/id",),
    "/sponsor": (f"{modules.SPONSORS}/leadSponsor/name",),
}
_SITES = re.compile(r":\d+\Z", re.ASCII)


class _Trial(JsonRecord):
    """A trial, in either form of the portal."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.root = "/authorizedApplication" if "authorizedApplication" in data else ""
        self.part = f"{self.root}/authorizedPartI"
        self.details = f"{self.part}/trialDetails"
        self.about = f"{self.details}/trialInformation"


def _read(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    trial = _Trial(read_json(source.text))
    printed = trial.take("/ctNumber")
    is_found = trial.at(trial.part) is None and isinstance(trial.at("/ctTitle"), str)
    if trial.at(trial.part) is None and not is_found:
        raise NotARecordError("the trial of CTIS has no authorizedPartI, which holds what it is about")
    registry_id = trial.fields.registry_id(ctis.REGISTRY, printed, trial.place("/ctNumber"))
    for read in (_titles, _dates, _sponsors, _texts, _criteria, _population, _outcomes, _products, _locations):
        read(trial)
    if is_found:
        _found(trial)
    trial.leave_rest()
    leave_unread(trial.fields, (trial.study, registry_id), trial.texts(), _WORDS)
    return Export(
        source,
        {"protocolSection": {}, **without_empty(trial.study)},
        ctis.REGISTRY.name,
        registry_id,
        problems=trial.fields.problems,
        unparsed=trial.fields.unparsed,
    )


def _found(trial: _Trial) -> None:
    """What the search says of a trial in a line each; of its countries the number of sites, too."""
    for path, pointers in _OF_SEARCH.items():
        text = fold(trial.take(path))
        for pointer in pointers:
            trial.put(pointer, text)
    lines = {path: fold(trial.take(path)) for path in ("/conditions", "/primaryEndPoint", "/product")}
    trial.put(f"{modules.CONDITIONS}/conditions", [lines["/conditions"]] if lines["/conditions"] else [])
    outcome = lines["/primaryEndPoint"]
    trial.put(f"{modules.OUTCOMES}/primaryOutcomes", [{"measure": outcome}] if outcome else [])
    product = lines["/product"]
    trial.put(f"{modules.ARMS_INTERVENTIONS}/interventions", [{"name": product}] if product else [])
    sexes = {one.strip().lower() for one in trial.take("/gender").split(",")}
    chosen = {frozenset({"female", "male"}): "ALL", frozenset({"female"}): "FEMALE", frozenset({"male"}): "MALE"}
    trial.put(f"{modules.ELIGIBILITY}/sex", chosen.get(frozenset(sexes)))
    countries = [_SITES.sub("", fold(trial.take(path))) for path in trial.each("/trialCountries")]
    trial.put(f"{modules.CONTACTS}/locations", [{"country": country} for country in countries if country])


def _titles(trial: _Trial) -> None:
    ids = f"{trial.details}/clinicalTrialIdentifiers"
    official = fold(trial.take(f"{ids}/fullTitle"))
    trial.put(f"{modules.IDENTIFICATION}/officialTitle", official)
    trial.put(f"{modules.IDENTIFICATION}/briefTitle", fold(trial.take(f"{ids}/publicTitle")) or official)
    # The portal shows it as the protocol code.
    trial.put(f"{modules.IDENTIFICATION}/orgStudyIdInfo/id", trial.take(f"{ids}/shortTitle"))
    numbers = f"{ids}/secondaryIdentifyingNumbers"
    found = [{"id": trial.first("/eudraCtInfo/eudraCtCode", f"{trial.root}/eudraCt/eudraCtCode"),
              "type": "EUDRACT_NUMBER"}]  # fmt: skip
    for key, name in (
        ("nctNumber", "ClinicalTrials.gov"),
        ("isrctnNumber", "ISRCTN"),
        ("whoUniversalTrialNumber", "WHO Universal Trial Number"),
    ):
        found.append({"id": trial.take(f"{numbers}/{key}/number"), "type": "REGISTRY", "domain": name})
    for path in trial.each(f"{numbers}/additionalRegistries"):
        found.append({"id": trial.take(f"{path}/number"), "domain": trial.take(f"{path}/otherRegistryName")})
    trial.put(f"{modules.IDENTIFICATION}/secondaryIdInfos", [one for one in found if one["id"]])


def _dates(trial: _Trial) -> None:
    duration = f"{trial.about}/trialDuration"
    outside = trial.at(f"{trial.part}/rowSubjectCount")
    ends = (f"{duration}/estimatedGlobalEndDate", *([f"{duration}/estimatedEndDate"] if not outside else []))
    _date(trial, "lastUpdatePostDateStruct", ("/lastUpdated",), None)
    _date(trial, "completionDateStruct", ends, "ESTIMATED")
    _date(trial, "startDateStruct", ("/startDateEU",), "ACTUAL")
    if not trial.study["protocolSection"].get("statusModule", {}).get("startDateStruct"):
        _date(trial, "startDateStruct", (f"{duration}/estimatedRecruitmentStartDate",), "ESTIMATED")


def _date(trial: _Trial, key: str, paths: tuple[str, ...], kind: str | None) -> None:
    path = next((path for path in paths if trial.at(path)), None)
    if path is None:
        return
    pointer = f"{modules.STATUS}/{key}"
    text = _DAY_FIRST.sub(r"\3-\2-\1", trial.take(path).split("T")[0])
    date = trial.fields.date(text, trial.place(path, f"{pointer}/date"))
    trial.put(pointer, {"date": date, "type": kind} if date else {})


def _sponsors(trial: _Trial) -> None:
    lead: list[str] = []
    others: list[str] = []
    lists = [f"{trial.part}/sponsors", "/coSponsors"]
    paths = ["/primarySponsor", *(path for one in lists for path in trial.each(one))]
    for path in paths:
        name = fold(trial.take(f"{path}/organisation/name"))
        if name:
            (lead if trial.at(f"{path}/primary") else others).append(name)
    names = list(dict.fromkeys(lead + others))
    module = modules.SPONSORS
    trial.put(f"{module}/leadSponsor/name", names.pop(0) if lead else None)
    trial.put(f"{module}/collaborators", [{"name": name} for name in names])
    contacts = []
    for path in paths:
        for contact in trial.each(f"{path}/publicContacts"):
            made = {
                "name": fold(trial.take(f"{contact}/functionalName")),
                "phone": trial.take(f"{contact}/telephone"),
                "email": trial.take(f"{contact}/functionalEmailAddress"),
            }
            if made["name"] and made not in contacts:
                contacts.append(made)
    trial.put(f"{modules.CONTACTS}/centralContacts", contacts)


def _texts(trial: _Trial) -> None:
    goal = f"{trial.about}/trialObjective"
    trial.put(f"{modules.DESCRIPTION}/briefSummary", trial.take(f"{goal}/mainObjective"))
    secondary = [trial.take(f"{path}/secondaryObjective") for path in trial.each(f"{goal}/secondaryObjectives")]
    trial.put(f"{modules.DESCRIPTION}/detailedDescription", "\n\n".join(filter(None, secondary)))
    conditions = trial.each(f"{trial.about}/medicalCondition/partIMedicalConditions")
    found = [fold(trial.take(f"{path}/medicalCondition")) for path in conditions]
    trial.put(f"{modules.CONDITIONS}/conditions", list(dict.fromkeys(filter(None, found))))


def _criteria(trial: _Trial) -> None:
    sides = []
    for side in ("Inclusion", "Exclusion"):
        paths = list(trial.each(f"{trial.about}/{_CRITERIA.format(side=side)}"))
        texts = list(filter(None, (trial.take(f"{path}/principal{side}Criteria") for path in paths)))
        # A single text is a list of its own.
        lines = texts if len(texts) < 2 else [f"{number}. {text}" for number, text in enumerate(texts, 1)]
        if lines:
            text = with_line_ends("\n".join(lines))
            sides.append(f"{side} Criteria:\n\n{text}")
    trial.put(f"{modules.ELIGIBILITY}/eligibilityCriteria", "\n\n".join(sides))


def _population(trial: _Trial) -> None:
    subjects = f"{trial.about}/populationOfTrialSubjects"
    said = [trial.at(f"{subjects}/is{sex}Subjects") for sex in ("Female", "Male")]
    if any(said) and None not in said:
        trial.put(f"{modules.ELIGIBILITY}/sex", "ALL" if all(said) else "FEMALE" if said[0] else "MALE")
        trial.taken.update(f"{subjects}/is{sex}Subjects" for sex in ("Female", "Male"))
    groups = [trial.take(f"{path}/name").lower() for path in trial.each(f"{subjects}/clinicalTrialGroups")]
    if groups and set(groups) <= {"patients", "healthy volunteers"}:
        trial.put(f"{modules.ELIGIBILITY}/healthyVolunteers", "healthy volunteers" in groups)
    trial.put(f"{modules.ELIGIBILITY}/stdAges", _ages(trial, subjects))
    text = trial.take("/trialPhase")
    phases = [f"PHASE{('I', 'II', 'III', 'IV').index(match.upper()) + 1}" for match in _PHASE.findall(text)]
    trial.put(f"{modules.DESIGN}/phases", sorted(set(phases)))
    if text and not phases:
        trial.fields.leave("unknown-value", f"{text!r} is not a phase", text, trial.place("/trialPhase"))
    # The portal counts the participants of the EEA.
    if trial.at("/totalNumberEnrolled") and not trial.at(f"{trial.part}/rowSubjectCount"):
        pointer = f"{modules.DESIGN}/enrollmentInfo/count"
        place = trial.place("/totalNumberEnrolled", pointer)
        trial.put(pointer, trial.fields.count(trial.take("/totalNumberEnrolled"), place))


def _ages(trial: _Trial, subjects: str) -> list[str]:
    text = trial.take("/ageGroup")
    if text:
        found = [_AGES.get(part.strip().lower()) for part in text.split(",")]
    else:
        paths = list(trial.each(f"{subjects}/ageRanges"))
        codes = [trial.first(f"{path}/ageRangeCategoryCode", f"{path}/ageRangeCategory") for path in paths]
        found = [_AGE_CODES.get(code) for code in codes]
    if None in found:
        trial.fields.leave("unknown-value", f"{text!r} are not groups of ages", text, trial.place("/ageGroup"))
        return []
    return [group for group in _GROUPS if group in found]


def _outcomes(trial: _Trial) -> None:
    for kind in ("primary", "secondary"):
        paths = trial.each(f"{trial.about}/endPoint/{kind}EndPoints")
        texts = [fold(trial.take(f"{path}/endPoint")) for path in paths]
        made = [{"measure": text} for text in texts if text]
        trial.put(f"{modules.OUTCOMES}/{kind}Outcomes", made)


def _products(trial: _Trial) -> None:
    found: dict[str, dict[str, Any]] = {}
    for group in trial.each(f"{trial.part}/productRoleGroupInfos"):
        for path in trial.each(f"{group}/products"):
            name = fold(trial.take(f"{path}/productName"))
            if name:
                chemical = trial.at(f"{path}/allSubstancesChemicals") is True
                found.setdefault(name, {"type": "DRUG" if chemical else None, "name": name})
    trial.put(f"{modules.ARMS_INTERVENTIONS}/interventions", list(found.values()))


def _locations(trial: _Trial) -> None:
    found: list[dict[str, str]] = []
    for part in trial.each(f"{trial.root}/authorizedPartsII"):
        country = trial.first(f"{part}/mscInfo/countryName", f"{part}/mscInfo/mscName")
        sites = []
        for path in trial.each(f"{part}/trialSites"):
            address = f"{path}/organisationAddressInfo/address"
            sites.append(
                {
                    "facility": fold(trial.take(f"{path}/organisationAddressInfo/organisation/name")),
                    "city": trial.take(f"{address}/city"),
                    "zip": trial.take(f"{address}/postcode"),
                    "country": trial.take(f"{address}/countryName") or country,
                }
            )
        found += sites or [{"country": country}]
    for path in trial.each(f"{trial.part}/rowCountriesInfo"):
        found.append({"country": trial.take(f"{path}/name")})
    trial.put(f"{modules.CONTACTS}/locations", found)


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    for found in JsonObjects(stream, limit, _WRAPPER):
        yield found if isinstance(found, Refused) else Payload(NAME, *found)


FORM = ExportForm(
    NAME,
    "A trial of the EU's CTIS, in the older and the newer form, or of its search; also an array or lines of them.",
    lambda head: head.lstrip()[:1] in (b"{", b"[") and _SIGNATURE.search(head) is not None,
    _split,
    _read,
)
