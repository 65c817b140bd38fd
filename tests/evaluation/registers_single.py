"""An independent reading of the exports that registers give of single trials: CTIS, ISRCTN, the German register.

With the standard library alone: JSON by the names of its keys, wherever they are, and XML by the names of its elements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

Answers = dict[str, Any]

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def _fold(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _letters(text: str | None) -> str:
    return re.sub(r"\W|_", "", text or "").lower()


def _values(data: Any) -> Iterator[Any]:
    """The JSON records of a file: one, an array, or lines."""
    text = data.strip()
    try:
        found = json.loads(text)
        yield from found if isinstance(found, list) else [found]
    except json.JSONDecodeError:
        yield from map(json.loads, text.splitlines())


def _named(data: Any, name: str) -> Iterator[Any]:
    """All values of a key, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == name:
                yield value
            yield from _named(value, name)
    elif isinstance(data, list):
        for one in data:
            yield from _named(one, name)


def _first(data: Any, name: str) -> Any:
    return next((value for value in _named(data, name) if value not in (None, "", [], {})), None)


def _phases(text: str | None) -> list[str]:
    found = re.findall(r"(?:phase[ _]|/|_)(iv|i{1,3})\b", (text or "").replace("_", " ").replace("/", " phase "), re.I)
    return sorted(f"PHASE{_ROMAN[one.upper()]}" for one in set(found))


def ctis(text: str) -> Iterator[Answers]:
    for trial in _values(text):
        parts = _first(trial, "authorizedPartI")
        subjects = _first(parts, "populationOfTrialSubjects")
        sexes = [sex for sex in ("Female", "Male") if subjects[f"is{sex}Subjects"]]
        codes = {str(one.get("ageRangeCategoryCode") or one["ageRangeCategory"]) for one in subjects["ageRanges"]}
        groups = (("CHILD", "12"), ("ADULT", "3"), ("OLDER_ADULT", "4"))
        sides = {
            side: sorted(_first(parts, f"principal{side}Criteria") or [], key=lambda one: one["number"])
            for side in ("Inclusion", "Exclusion")
        }
        last = {side: items[-1][f"principal{side}Criteria"] if items else "" for side, items in sides.items()}
        places = [site for part in _first(trial, "authorizedPartsII") for site in part["trialSites"]]
        outside = parts.get("rowCountriesInfo") or []
        whole = None if parts.get("rowSubjectCount") else trial.get("totalNumberEnrolled")
        lead = next(one for one in parts["sponsors"] if one["primary"])
        yield {
            "id": trial["ctNumber"],
            "briefTitle": _fold(_first(parts, "publicTitle")),
            "officialTitle": _fold(_first(parts, "fullTitle")),
            "orgStudyId": _first(parts["trialDetails"]["clinicalTrialIdentifiers"], "shortTitle"),
            "sponsor": lead["organisation"]["name"],
            "start": "-".join(reversed(trial["startDateEU"].split("/")))
            if trial.get("startDateEU")
            else _first(parts, "estimatedRecruitmentStartDate"),
            "sex": {2: "ALL", 1: sexes[0].upper() if sexes else None}.get(len(sexes)),
            "stdAges": [name for name, those in groups if codes & set(those)],
            "count": int(whole) if whole else None,
            "phases": _phases(trial["trialPhase"]),
            "places": len(places) + len(outside),
            "conditions": len(_first(parts, "partIMedicalConditions")),
            "primaryOutcomes": len(_first(parts, "primaryEndPoints")),
            "inclusion": _letters(last["Inclusion"])[-40:],
            "exclusion": _letters(last["Exclusion"])[-40:],
        }


def drks(text: str) -> Iterator[Answers]:
    for trial in _values(text):
        told = json.loads(json.dumps(trial), object_hook=_in_english)
        recruitment, about = told["recruitment"], told["studyCharacteristic"]
        sponsor = next(one for one in told["trialContacts"] if _first(one, "type") == "PRIMARY_SPONSOR")
        ages = {key: recruitment[key] for key in ("minimumAge", "maximumAge")}
        spelled = {key: f"{age['value']} {age['unit'].title()}" if age["value"] else None for key, age in ages.items()}
        purpose = _first(about, "purpose")
        texts = _first(recruitment, "recruitmentDescriptions")[-1]
        yield {
            "id": trial["drksId"],
            "briefTitle": told["trialDescriptions"][-1]["title"],
            "sponsor": _first(sponsor, "affiliation"),
            "firstPosted": trial["registrationDrks"],
            "start": recruitment["actualStartDate"] or recruitment["scheduledStartDate"],
            "status": {"PENDING": "NOT_YET_RECRUITING"}.get(recruitment["status"]),
            "sex": {"BOTH": "ALL"}.get(recruitment["gender"], recruitment["gender"]),
            **spelled,
            "count": recruitment["plannedParticipants"],
            "phases": _phases(_first(about, "phase")),
            "purpose": purpose,
            "conditions": len(told["studiedHealthConditions"]),
            "inclusion": _letters(texts["inclusionCriteria"])[-40:],
            "exclusion": _letters(texts["exclusionCriteria"])[-40:],
        }


def _in_english(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a trial with the English items of its lists last."""
    for value in part.values():
        if isinstance(value, list):
            value.sort(key=lambda one: isinstance(one, dict) and one.get("idLocale", {}).get("locale") == "en")
    return part


def isrctn(text: str) -> Iterator[Answers]:
    text = re.sub(r'\sxmlns="[^"]*"', "", text.strip())
    if text.startswith("<trial ") and not text.endswith("</trial>"):
        text += "</trial>"
    root = ElementTree.fromstring(text)
    for trial in root.iter("trial"):

        def said(name: str, trial: ElementTree.Element = trial) -> str | None:
            return _fold(next((one.text for one in trial.iter(name) if (one.text or "").strip()), None))

        day = lambda name, said=said: (said(name) or "")[:10] or None  # noqa: E731
        number = trial.find("isrctn")
        assert number is not None and number.text
        target, gender = said("targetEnrolment"), said("gender")
        conditions = [one for one in trial.findall("conditions/condition/description") if one.text]
        yield {
            "id": f"ISRCTN{number.text}",
            "briefTitle": said("title"),
            "officialTitle": said("scientificTitle"),
            "orgStudyId": said("protocolSerialNumber"),
            "firstPosted": number.get("dateAssigned", "")[:10],
            "start": day("recruitmentStart"),
            "completion": day("overallEndDate"),
            "sex": {"All": "ALL", "Both": "ALL", "Male": "MALE", "Female": "FEMALE"}.get(gender or ""),
            "minimumAge": said("lowerAgeLimit"),
            "maximumAge": said("upperAgeLimit"),
            "count": int(target) if target and target.isdigit() else None,
            "phases": _phases(said("phase")),
            "conditions": len(conditions),
            "inclusion": _letters(said("inclusion"))[-40:],
            "exclusion": _letters(said("exclusion"))[-40:],
        }
