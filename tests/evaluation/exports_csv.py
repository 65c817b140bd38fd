"""The registry's table downloads: an independent reading of their columns with the csv module.

python -m tests.evaluation.exports_csv FILE...
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from parser import parse_records

Row = dict[str, str]


def cell(row: Row, *names: str) -> str:
    value = next((row[name] for name in names if name in row), "").strip()
    return "" if value == "null" else value


def listed(row: Row, *names: str) -> list[str]:
    return [part.strip() for part in cell(row, *names).split("|") if part.strip()]


def coded(text: str) -> str | None:
    return re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_") or None


def dated(text: str) -> str | None:
    for given, wanted in (("%B %d, %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m")):
        try:
            return datetime.strptime(text, given).strftime(wanted)
        except ValueError:
            continue
    return text or None


def at(study: Any, path: str) -> Any:
    for key in path.split("/"):
        study = study.get(key) if isinstance(study, dict) else None
    return study


def design(row: Row, label: str) -> str | None:
    for part in listed(row, "Study Design", "Study Designs"):
        if part.startswith(f"{label}:") and (value := part.partition(":")[2].strip()):
            code = coded(value.partition("(")[0].replace("N/A", "NA")) or ""
            return {"NON_RANDOMIZED": "NON_RANDOMIZED"}.get(code, code.removesuffix("_ASSIGNMENT"))
    return None


def ages(row: Row) -> tuple[str | None, str | None]:
    text = cell(row, "Age").partition("(")[0].strip(" \xa0")
    numbers = re.findall(r"\d+ \w+", text)
    if text.startswith("up to"):
        return None, numbers[0]
    return (numbers[0] if numbers else None), (numbers[1] if len(numbers) > 1 else None)


def groups(row: Row) -> list[str]:
    text = cell(row, "Age")
    inner = text.partition("(")[2].rstrip(")") if "(" in text else text
    return [code for part in inner.split(",") if (code := coded(part))]


_STATUS = {"UNKNOWN_STATUS": "UNKNOWN"}
_PHASE = {"NOT_APPLICABLE": "NA"}
_RESULTS = {"YES": True, "NO": False, "Has Results": True, "No Results Available": False}


def statuses(row: Row) -> str | None:
    code = coded(cell(row, "Study Status", "Status"))
    return _STATUS.get(code or "", code)


def phases(row: Row) -> list[str]:
    codes = ((coded(part) or "").replace("PHASE_", "PHASE") for part in listed(row, "Phases"))
    return [_PHASE.get(code, code) for code in codes]


def countries(row: Row) -> list[str]:
    known = {
        "Republic of": "Korea, Republic of",
        "The Democratic Republic of the": "Congo, The Democratic Republic of the",
    }
    found = []
    for place in listed(row, "Locations"):
        last = place.rsplit(", ", 1)[-1]
        found.append(known.get(last, last))
    return found


IDENTIFICATION = "identificationModule"
STATUS = "statusModule"
FIELDS: dict[str, tuple[Callable[[Row], Any], Callable[[Any], Any]]] = {
    "nctId": (lambda row: cell(row, "NCT Number"), lambda study: at(study, f"{IDENTIFICATION}/nctId")),
    "title": (
        lambda row: " ".join(cell(row, "Study Title", "Title").split()),
        lambda study: at(study, f"{IDENTIFICATION}/briefTitle"),
    ),
    "acronym": (lambda row: cell(row, "Acronym") or None, lambda study: at(study, f"{IDENTIFICATION}/acronym")),
    "status": (statuses, lambda study: at(study, f"{STATUS}/overallStatus")),
    "conditions": (lambda row: listed(row, "Conditions"), lambda study: at(study, "conditionsModule/conditions") or []),
    "interventions": (
        lambda row: [part.partition(": ")[2] for part in listed(row, "Interventions")],
        lambda study: [one["name"] for one in at(study, "armsInterventionsModule/interventions") or ()],
    ),
    "interventionTypes": (
        lambda row: [coded(part.partition(": ")[0]) for part in listed(row, "Interventions")],
        lambda study: [one["type"] for one in at(study, "armsInterventionsModule/interventions") or ()],
    ),
    "sponsors": (
        lambda row: listed(row, "Sponsor", "Sponsor/Collaborators") + listed(row, "Collaborators"),
        lambda study: [
            one["name"]
            for one in (
                at(study, "sponsorCollaboratorsModule/leadSponsor") or {},
                *(at(study, "sponsorCollaboratorsModule/collaborators") or ()),
            )
            if one
        ],
    ),
    "sex": (lambda row: coded(cell(row, "Sex", "Gender")), lambda study: at(study, "eligibilityModule/sex")),
    "ages": (
        ages,
        lambda study: (at(study, "eligibilityModule/minimumAge"), at(study, "eligibilityModule/maximumAge")),
    ),
    "stdAges": (groups, lambda study: at(study, "eligibilityModule/stdAges") or []),
    "phases": (phases, lambda study: at(study, "designModule/phases") or []),
    "enrollment": (
        lambda row: int(cell(row, "Enrollment")) if cell(row, "Enrollment") else None,
        lambda study: at(study, "designModule/enrollmentInfo/count"),
    ),
    "studyType": (lambda row: coded(cell(row, "Study Type")), lambda study: at(study, "designModule/studyType")),
    "allocation": (
        lambda row: design(row, "Allocation"),
        lambda study: at(study, "designModule/designInfo/allocation"),
    ),
    "otherIds": (
        lambda row: listed(row, "Other IDs"),
        lambda study: [
            one["id"]
            for one in (
                at(study, f"{IDENTIFICATION}/orgStudyIdInfo") or {},
                *(at(study, f"{IDENTIFICATION}/secondaryIdInfos") or ()),
            )
            if one
        ],
    ),
    "start": (
        lambda row: dated(cell(row, "Start Date")),
        lambda study: at(study, f"{STATUS}/startDateStruct/date"),
    ),
    "completion": (
        lambda row: dated(cell(row, "Completion Date")),
        lambda study: at(study, f"{STATUS}/completionDateStruct/date"),
    ),
    "updated": (
        lambda row: dated(cell(row, "Last Update Posted")),
        lambda study: at(study, f"{STATUS}/lastUpdatePostDateStruct/date"),
    ),
    "countries": (
        countries,
        lambda study: [one["country"] for one in at(study, "contactsLocationsModule/locations") or ()],
    ),
}
"""Each field as the csv module has it, and as the document has it."""


def main(*files: str) -> None:
    right: Counter[str] = Counter()
    wrong: list[str] = []
    records = rows = 0
    for file in files:
        tabs = file.endswith(".tsv")
        with open(file, newline="", encoding="utf-8-sig") as stream:
            quoting = csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
            table = list(csv.DictReader(stream, delimiter="\t" if tabs else ",", quoting=quoting))
        documents = list(parse_records(Path(file)))
        rows += len(table)
        records += len(documents)
        for row, document in zip(table, documents, strict=True):
            study = json.loads(document.to_json())["protocolSection"]
            for name, (expected, found) in FIELDS.items():
                if (wanted := expected(row)) == (got := found(study)):
                    right[name] += 1
                else:
                    wrong.append(f"{row['NCT Number']} {name}: {wanted!r:.200} / {got!r:.200}")
    count = rows * len(FIELDS)
    print(f"{records:,} records of {rows:,} rows")
    print(f"{right.total():,} of {count:,} values of {len(FIELDS)} fields agree: {right.total() / count:.2%}")
    print(*wrong[:20], sep="\n")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", metavar="FILE", help="a table download; .tsv has tabs")
    main(*arguments.parse_args().files)
