"""The older XML: an independent reading of 25 fields with ElementTree, and whether every element is accounted for.

python -m tests.evaluation.exports_xml FILE...
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from parser import parse_file

Study = dict[str, Any]

_MARKER = re.compile(r"^\s*(?:-|\*|•|\d{1,2}[.)])\s", re.MULTILINE)


def folded(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def coded(text: str | None) -> str | None:
    return re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_") if text else None


def dated(text: str | None) -> str | None:
    for given, wanted in (("%B %d, %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%m/%Y", "%Y-%m")):
        try:
            return datetime.strptime(text or "", given).strftime(wanted)
        except ValueError:
            continue
    return None


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return [text for one in root.findall(path) if (text := folded(one.text))]


def text(root: ElementTree.Element, path: str) -> str | None:
    return folded(root.findtext(path))


def at(study: Study, path: str) -> Any:
    value: Any = study.get("protocolSection", {})
    for key in path.split("/"):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def of_all(study: Study, path: str, key: str) -> list[Any]:
    return [item[key] for item in at(study, path) or () if item.get(key)]


_SEX = {"Both": "ALL", "All": "ALL", "Male": "MALE", "Female": "FEMALE"}
_PHASES = {"N/A": "NA"}
_PURPOSE = {"EDUCATIONAL_COUNSELING_TRAINING": "ECT"}


def age(value: str | None) -> str | None:
    return None if value == "N/A" else value


FIELDS: dict[str, tuple[Callable[[ElementTree.Element], Any], Callable[[Study], Any]]] = {
    "nctId": (lambda root: text(root, "id_info/nct_id"), lambda study: at(study, "identificationModule/nctId")),
    "orgStudyId": (
        lambda root: text(root, "id_info/org_study_id"),
        lambda study: at(study, "identificationModule/orgStudyIdInfo/id"),
    ),
    "secondaryIds": (
        lambda root: texts(root, "id_info/secondary_id"),
        lambda study: of_all(study, "identificationModule/secondaryIdInfos", "id"),
    ),
    "briefTitle": (lambda root: text(root, "brief_title"), lambda study: at(study, "identificationModule/briefTitle")),
    "officialTitle": (
        lambda root: text(root, "official_title"),
        lambda study: at(study, "identificationModule/officialTitle"),
    ),
    "acronym": (lambda root: text(root, "acronym"), lambda study: at(study, "identificationModule/acronym")),
    "leadSponsor": (
        lambda root: text(root, "sponsors/lead_sponsor/agency"),
        lambda study: at(study, "sponsorCollaboratorsModule/leadSponsor/name"),
    ),
    "collaborators": (
        lambda root: texts(root, "sponsors/collaborator/agency"),
        lambda study: of_all(study, "sponsorCollaboratorsModule/collaborators", "name"),
    ),
    "overallStatus": (
        lambda root: (coded(text(root, "overall_status")) or "").replace("UNKNOWN_STATUS", "UNKNOWN"),
        lambda study: at(study, "statusModule/overallStatus"),
    ),
    "startDate": (
        lambda root: dated(text(root, "start_date")),
        lambda study: at(study, "statusModule/startDateStruct/date"),
    ),
    "completionDate": (
        lambda root: dated(text(root, "completion_date")),
        lambda study: at(study, "statusModule/completionDateStruct/date"),
    ),
    "verified": (
        lambda root: dated(text(root, "verification_date")),
        lambda study: at(study, "statusModule/statusVerifiedDate"),
    ),
    "firstSubmitted": (
        lambda root: dated(text(root, "firstreceived_date") or text(root, "study_first_submitted")),
        lambda study: at(study, "statusModule/studyFirstSubmitDate"),
    ),
    "phases": (
        lambda root: [
            _PHASES.get(part, (coded(part) or "").replace("PHASE_", "PHASE"))
            for part in re.split(r"/(?=P)", text(root, "phase") or "")
        ],
        lambda study: at(study, "designModule/phases"),
    ),
    "studyType": (
        lambda root: coded((text(root, "study_type") or "").split(" [")[0]),
        lambda study: at(study, "designModule/studyType"),
    ),
    "allocation": (
        lambda root: coded(text(root, "study_design_info/allocation")),
        lambda study: at(study, "designModule/designInfo/allocation"),
    ),
    "primaryPurpose": (
        lambda root: _PURPOSE.get(code := coded(text(root, "study_design_info/primary_purpose")) or "", code) or None,
        lambda study: at(study, "designModule/designInfo/primaryPurpose"),
    ),
    "enrollment": (
        lambda root: int(count) if (count := text(root, "enrollment")) else None,
        lambda study: at(study, "designModule/enrollmentInfo/count"),
    ),
    "conditions": (lambda root: texts(root, "condition"), lambda study: at(study, "conditionsModule/conditions") or []),
    "keywords": (lambda root: texts(root, "keyword"), lambda study: at(study, "conditionsModule/keywords") or []),
    "armLabels": (
        lambda root: texts(root, "arm_group/arm_group_label"),
        lambda study: of_all(study, "armsInterventionsModule/armGroups", "label"),
    ),
    "interventions": (
        lambda root: list(
            zip(
                texts(root, "intervention/intervention_type"),
                texts(root, "intervention/intervention_name"),
                strict=True,
            )
        ),
        lambda study: [
            (one["type"].replace("_", " ").title(), one["name"])
            for one in at(study, "armsInterventionsModule/interventions") or ()
        ],
    ),
    "primaryOutcomes": (
        lambda root: texts(root, "primary_outcome/measure"),
        lambda study: of_all(study, "outcomesModule/primaryOutcomes", "measure"),
    ),
    "sexAndAges": (
        lambda root: (
            _SEX.get(text(root, "eligibility/gender") or ""),
            age(text(root, "eligibility/minimum_age")),
            age(text(root, "eligibility/maximum_age")),
        ),
        lambda study: tuple(at(study, f"eligibilityModule/{key}") for key in ("sex", "minimumAge", "maximumAge")),
    ),
    "facilities": (
        lambda root: texts(root, "location/facility/name"),
        lambda study: of_all(study, "contactsLocationsModule/locations", "facility"),
    ),
    "countries": (
        lambda root: texts(root, "location/facility/address/country"),
        lambda study: of_all(study, "contactsLocationsModule/locations", "country"),
    ),
    "officials": (
        lambda root: texts(root, "overall_official/last_name"),
        lambda study: of_all(study, "contactsLocationsModule/overallOfficials", "name"),
    ),
    "pmids": (
        lambda root: texts(root, "reference/PMID") + texts(root, "results_reference/PMID"),
        lambda study: of_all(study, "referencesModule/references", "pmid"),
    ),
    "criteria": (
        lambda root: text(root, "eligibility/criteria/textblock"),
        lambda study: folded(at(study, "eligibilityModule/eligibilityCriteria")),
    ),
}
"""Each field as ElementTree has it, and as the document has it."""


def leaves(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        for value in (element.text, *element.attrib.values()):
            if kept := folded(value):
                yield element.tag, kept


def words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from words(part)
    elif isinstance(value, list):
        for part in value:
            yield from words(part)
    else:
        yield " ".join(str(value).split()).casefold()


def nodes(criteria: list[dict[str, Any]]) -> int:
    return sum(1 + nodes(one.get("children", [])) for one in criteria)


def main(*files: str) -> None:
    right: Counter[str] = Counter()
    shown: list[str] = []
    lost: Counter[str] = Counter()
    total = fewer = 0
    for file in files:
        root = ElementTree.parse(file).getroot()
        document = parse_file(file)
        data = json.loads(document.to_json())
        for name, (expected, found) in FIELDS.items():
            wanted, got = expected(root), found(data)
            if wanted == got:
                right[name] += 1
            elif len(shown) < 10:
                shown.append(f"{file}: {name}: {wanted!r} / {got!r}")
        held = set(words(data))
        for tag, leaf in leaves(root):
            total += 1
            same = {leaf.casefold(), (dated(leaf) or leaf).casefold(), (coded(leaf) or leaf).casefold()}
            if held.isdisjoint(same):
                lost[tag] += 1
        block = root.findtext("eligibility/criteria/textblock") or ""
        tree = data.get("normalizedSection", {}).get("eligibilityModule", {}).get("criteria", [])
        fewer += nodes(tree) < len(_MARKER.findall(block))
    count = len(files) * len(FIELDS)
    print(f"{right.total():,} of {count:,} values of {len(FIELDS)} fields agree: {right.total() / count:.2%}")
    print(*shown, sep="\n")
    print(f"{total - lost.total():,} of {total:,} texts and attributes stand in the document as they are, or as a code")
    print("others, by element:", dict(lost.most_common(40)))
    print(f"{fewer} of {len(files)} criteria trees have fewer nodes than markers")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", metavar="FILE", help="one record in XML")
    main(*arguments.parse_args().files)
