"""A trial of the German Clinical Trials Register as JSON; its texts are in English, in German, or in both.

{"drksId": "DRKS00099999", "trialDescriptions": [{"idLocale": {"locale": "en"}, "title": "..."}], "recruitment": {...}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.forms import modules
from parser.forms.eudract import items
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import without_empty
from parser.forms.json_objects import JsonObjects
from parser.forms.json_record import JsonRecord, read_json
from parser.forms.line_ends import with_line_ends
from parser.forms.streams import Stream
from parser.forms.unread import countries_of, leave_unread, words_of
from parser.problems import NotARecordError
from parser.registries.drks import REGISTRY
from parser.source import Span, fold, read_source
from parser.values.country import country_name

NAME = "drks-json"

_SIGNATURE = re.compile(rb'"drksId"\s*:\s*"DRKS\d{8}"')
_NO_WRAPPER = re.compile(rb"(?!)")
_BETWEEN_PHASES = re.compile(r"(?<=[IV])_(?=[IV])")
_MASKED = {
    "PATIENT_SUBJECT": "PARTICIPANT",
    "INVESTIGATOR_THERAPIST": "INVESTIGATOR",
    "CAREGIVER": "CARE_PROVIDER",
    "ASSESSOR": "OUTCOMES_ASSESSOR",
}
# The languages of texts, and what a contact is for.
_WORDS = "en de public scientific queries primary secondary sponsor principal coordinating investigator"


class _Trial(JsonRecord):
    def in_english(self, path: str, language: str = "idLocale/locale") -> list[str]:
        """The pointers of a list's items that are in English; of all, where none is."""
        paths = list(self.each(path))
        english = [one for one in paths if self.at(f"{one}/{language}") == "en"]
        self.taken.update(f"{one}/{language}" for one in english or paths)
        return english or paths

    def text(self, path: str, key: str) -> str:
        """A text in the language that is preferred."""
        return next(filter(None, (self.take(f"{one}/{key}") for one in self.in_english(path))), "")

    def code(self, field: str, path: str, pointer: str) -> None:
        """A code of API v2, or what the register calls it."""
        text = self.take(path)
        own = REGISTRY.codes.get(field, {}).get(text.lower())
        if text:
            self.put(pointer, own or self.fields.code(field, text, self.place(path, pointer)))


def _read(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    trial = _Trial(read_json(source.text))
    printed = trial.take("/drksId")
    if not printed:
        raise NotARecordError("the record has no drksId")
    registry_id = trial.fields.registry_id(REGISTRY, printed, trial.place("/drksId"))
    for read in (
        _titles,
        _ids,
        _status,
        _sponsors,
        _people,
        _conditions,
        _design,
        _arms,
        _outcomes,
        _eligibility,
        _sites,
    ):
        read(trial)
    trial.leave_rest()
    known = (trial.study, registry_id, *countries_of(trial.study))
    leave_unread(trial.fields, known, trial.texts(), f"{_WORDS} {' '.join(_MASKED)} {words_of(REGISTRY)}")
    return Export(
        source,
        {"protocolSection": {}, **without_empty(trial.study)},
        REGISTRY.name,
        registry_id,
        problems=trial.fields.problems,
        unparsed=trial.fields.unparsed,
    )


def _titles(trial: _Trial) -> None:
    title = fold(trial.text("/trialDescriptions", "title"))
    trial.put(f"{modules.IDENTIFICATION}/briefTitle", title)
    trial.put(f"{modules.IDENTIFICATION}/officialTitle", title)
    trial.put(f"{modules.IDENTIFICATION}/acronym", fold(trial.text("/trialDescriptions", "acronym")))
    trial.put(f"{modules.DESCRIPTION}/briefSummary", trial.text("/trialDescriptions", "summary"))
    trial.put(f"{modules.DESCRIPTION}/detailedDescription", trial.text("/trialDescriptions", "scientificSummary"))


def _ids(trial: _Trial) -> None:
    ids = "/secondaryIds"
    infos = [
        {"id": trial.take(f"{ids}/eudraCtNumber"), "type": "EUDRACT_NUMBER"},
        {
            "id": trial.take(f"{ids}/otherPrimaryRegisterId"),
            "type": "REGISTRY",
            "domain": trial.take(f"{ids}/otherPrimaryRegisterName"),
        },
        {
            "id": trial.take(f"{ids}/universalTrialNumber"),
            "type": "REGISTRY",
            "domain": "WHO Universal Trial Number",
        },
        {"id": trial.take(f"{ids}/eudamedNumber"), "domain": "EUDAMED"},
        *({"id": trial.take(f"{path}/value")} for path in trial.each("/otherSecondaryIds")),
    ]
    trial.put(f"{modules.IDENTIFICATION}/secondaryIdInfos", [info for info in infos if info["id"]])


def _status(trial: _Trial) -> None:
    trial.code("overall_status", "/recruitment/status", f"{modules.STATUS}/overallStatus")
    for path, key in (("/registrationDrks", "studyFirstPostDateStruct"), ("/lastUpdate", "lastUpdatePostDateStruct")):
        _date(trial, key, path, None)
    for name, key in (("StartDate", "startDateStruct"), ("CompletionDate", "completionDateStruct")):
        actual = trial.at(f"/recruitment/actual{name}")
        path = f"/recruitment/{'actual' if actual else 'scheduled'}{name}"
        _date(trial, key, path, "ACTUAL" if actual else "ESTIMATED")


def _date(trial: _Trial, key: str, path: str, kind: str | None) -> None:
    if text := trial.take(path):
        pointer = f"{modules.STATUS}/{key}"
        date = trial.fields.date(text.split("T")[0], trial.place(path, f"{pointer}/date"))
        trial.put(pointer, {"date": date, "type": kind} if date else {})


def _sponsors(trial: _Trial) -> None:
    found: dict[str, list[str]] = {}
    for path in trial.each("/trialContacts"):
        kind = trial.take(f"{path}/idContactIdType/type")
        if kind in ("PRIMARY_SPONSOR", "SECONDARY_SPONSOR") and (name := trial.take(f"{path}/contact/affiliation")):
            found.setdefault(kind, []).append(fold(name))
    lead, *others = [*found.get("PRIMARY_SPONSOR", []), ""]
    trial.put(f"{modules.SPONSORS}/leadSponsor/name", lead)
    names = dict.fromkeys([*filter(None, others), *found.get("SECONDARY_SPONSOR", [])])
    trial.put(f"{modules.SPONSORS}/collaborators", [{"name": name} for name in names])


def _people(trial: _Trial) -> None:
    """Those who answer questions, and the principal investigator."""
    contacts: list[dict[str, str]] = []
    officials: list[dict[str, str]] = []
    for path in trial.each("/trialContacts"):
        kind = trial.take(f"{path}/idContactIdType/type")
        if kind not in ("PUBLIC_QUERIES", "SCIENTIFIC_QUERIES", "PRINCIPAL_COORDINATING_INVESTIGATOR"):
            continue
        name = fold(" ".join(trial.take(f"{path}/contact/{part}Name") for part in ("first", "last")))
        if not name:
            continue
        if kind.startswith("PRINCIPAL"):
            affiliation = fold(trial.take(f"{path}/contact/affiliation"))
            officials.append({"name": name, "affiliation": affiliation, "role": "PRINCIPAL_INVESTIGATOR"})
            continue
        ways = {key: trial.take(f"{path}/contact/{key}") for key in ("phone", "email")}
        contacts.append({"name": name, "role": "CONTACT", **ways})
    trial.put(f"{modules.CONTACTS}/centralContacts", contacts)
    trial.put(f"{modules.CONTACTS}/overallOfficials", officials)


def _conditions(trial: _Trial) -> None:
    lists = [f"{path}/studiedHealthConditionDescriptions" for path in trial.each("/studiedHealthConditions")]
    found = [fold(trial.take(f"{one}/comment")) for path in lists for one in trial.in_english(path)]
    trial.put(f"{modules.CONDITIONS}/conditions", list(dict.fromkeys(filter(None, found))))


def _design(trial: _Trial) -> None:
    about = "/studyCharacteristic"
    trial.code("study_type", f"{about}/type", f"{modules.DESIGN}/studyType")
    trial.code("allocation", f"{about}/allocation", f"{modules.DESIGN}/designInfo/allocation")
    trial.code("intervention_model", f"{about}/assignment", f"{modules.DESIGN}/designInfo/interventionModel")
    trial.code("primary_purpose", f"{about}/purpose", f"{modules.DESIGN}/designInfo/primaryPurpose")
    if phase := trial.take(f"{about}/phase"):
        pointer = f"{modules.DESIGN}/phases"
        place = trial.place(f"{about}/phase", pointer)
        trial.put(pointer, trial.fields.phases(_BETWEEN_PHASES.sub("/", phase), place))
    masking = f"{modules.DESIGN}/designInfo/maskingInfo"
    if trial.at(f"{about}/blindingType") in ("OPEN", "NOT_BLINDED"):
        trial.take(f"{about}/blindingType")
        trial.put(f"{masking}/masking", "NONE")
    paths = [f"{one}/idBlindingWho/blindingWho" for one in trial.each(f"{about}/blindingWhoList")]
    known = [path for path in paths if trial.at(path) in _MASKED]
    trial.put(f"{masking}/whoMasked", [_MASKED[trial.take(path)] for path in known])
    pointer = f"{modules.DESIGN}/enrollmentInfo"
    planned, actual = (trial.take(f"/recruitment/{name}Participants") for name in ("planned", "total"))
    if actual.isdecimal() and int(actual):
        trial.put(pointer, {"count": int(actual), "type": "ACTUAL"})
    elif actual:
        place = trial.place("/recruitment/totalParticipants", f"{pointer}/count")
        trial.fields.leave("unknown-value", "this is not a number of participants", actual, place)
    place = trial.place("/recruitment/plannedParticipants", f"{pointer}/count")
    if planned and actual.isdecimal() and int(actual):
        trial.fields.leave("no-field", "API v2 has one number of participants", planned, place)
    elif planned:
        trial.put(f"{pointer}/count", trial.fields.count(planned, place))


def _arms(trial: _Trial) -> None:
    """The arms, which the register numbers."""
    arms = []
    for path in trial.in_english("/observationalGroups", "idArm/locale"):
        number = trial.take(f"{path}/idArm/arm")
        if description := trial.take(f"{path}/comment"):
            arms.append({"label": f"Arm {number}", "description": description})
    trial.put(f"{modules.ARMS_INTERVENTIONS}/armGroups", arms)


def _outcomes(trial: _Trial) -> None:
    for kind in ("primary", "secondary"):
        text = trial.text("/studyCharacteristic/characteristicDescriptions", f"{kind}Outcome")
        spans = items(text, Span(0, len(text))) if text else []
        made = [{"measure": fold(text[slice(*span)])} for span in spans]
        trial.put(f"{modules.OUTCOMES}/{kind}Outcomes", made)


def _eligibility(trial: _Trial) -> None:
    sides = []
    for side in ("inclusion", "exclusion"):
        if text := trial.text("/recruitment/recruitmentDescriptions", f"{side}Criteria"):
            sides.append(f"{side.capitalize()} Criteria:\n\n{with_line_ends(text)}")
    trial.put(f"{modules.ELIGIBILITY}/eligibilityCriteria", "\n\n".join(sides))
    trial.code("sex", "/recruitment/gender", f"{modules.ELIGIBILITY}/sex")
    limits = {key: _age(trial, key) for key in ("minimumAge", "maximumAge")}
    trial.put(modules.ELIGIBILITY, {**limits, "stdAges": trial.fields.age_groups(*limits.values())})
    healthy = trial.at("/recruitment/healthyVolunteers")
    trial.put(f"{modules.ELIGIBILITY}/healthyVolunteers", healthy if isinstance(healthy, bool) else None)
    sharing = {True: "YES", False: "NO"}.get(trial.at("/trialResults/ipdSharingPlan"))
    trial.put("protocolSection/ipdSharingStatementModule/ipdSharing", sharing)
    trial.taken.update({"/recruitment/healthyVolunteers", "/trialResults/ipdSharingPlan"})


def _age(trial: _Trial, key: str) -> str | None:
    path = f"/recruitment/{key}"
    number, unit = trial.first(f"{path}/value", f"{path}/amount"), trial.take(f"{path}/unit")
    if not number:
        return None
    return trial.fields.age(f"{number.removesuffix('.0')} {unit}", trial.place(path, f"{modules.ELIGIBILITY}/{key}"))


def _sites(trial: _Trial) -> None:
    """The institutes, whose country is known where the trial has only one, and the countries otherwise."""
    paths = trial.each("/recruitment/countries")
    codes = [trial.first(f"{path}/country", f"{path}/idCountry/code") for path in paths]
    countries = [{"country": country_name(code) or code} for code in codes if code]
    sites = [
        {"facility": fold(trial.take(f"{path}/name")), "city": trial.take(f"{path}/city")}
        for path in trial.each("/recruitment/institutes")
    ]
    if len(countries) == 1 and sites:
        sites, countries = [{**site, **countries[0]} for site in sites], []
    trial.put(f"{modules.CONTACTS}/locations", [*sites, *countries])


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    for found in JsonObjects(stream, limit, _NO_WRAPPER):
        yield found if isinstance(found, Refused) else Payload(NAME, *found)


FORM = ExportForm(
    NAME,
    "A trial of the German Clinical Trials Register as JSON; also an array or lines of them.",
    lambda head: head.lstrip()[:1] in (b"{", b"[") and _SIGNATURE.search(head) is not None,
    _split,
    _read,
)
