"""An independent reading of registers' exports, field by field, held against the documents.

    python -m tests.evaluation.measure_registers ICTRP-Results.xml ICTRP-Results.csv trials-full.txt trials-summary.txt
    python -m tests.evaluation.measure_registers 2023-508143-51-01.json ISRCTN14757012.xml DRKS00099999.json

It reads with regular expressions and the standard library alone. Where the two differ, both are printed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from parser import parse_records
from tests.evaluation import registers_single

Answers = dict[str, Any]
_PHASES = {"I": "PHASE1", "II": "PHASE2", "III": "PHASE3", "IV": "PHASE4", "1": "PHASE1", "2": "PHASE2", "3": "PHASE3",
           "4": "PHASE4", "0": "EARLY_PHASE1"}  # fmt: skip
_STATUSES = {"recruiting": "RECRUITING", "completed": "COMPLETED", "prematurely ended": "TERMINATED",
             "terminated": "TERMINATED", "suspended": "SUSPENDED", "withdrawn": "WITHDRAWN"}  # fmt: skip


_HEADING = r"(?i)^\s*(?:<br>\s*)*(?:key |main )?inclusion criteri(?:a|on)\s*[:：]?"


def fold(text: str) -> str:
    return " ".join(html.unescape(text).split())


def letters(text: str) -> str:
    return re.sub(r"\W|_", "", html.unescape(re.sub(r"<br */?>", " ", text))).lower()


def date_of(text: str) -> str | None:
    text = fold(text)
    text = text.removesuffix(" 00:00:00").replace("/", "-")
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%B %d, %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(text, form).strftime("%Y-%m-%d")
        except ValueError:
            continue
    for form in ("%B %Y", "%Y-%m"):
        try:
            return datetime.strptime(text, form).strftime("%Y-%m")
        except ValueError:
            continue
    return None


def sex_of(text: str) -> str | None:
    text = fold(text.replace("<br>", " ")).lower()
    said = {sex: re.search(rf"\b{sex}\s*: ?(yes|no)", text) for sex in ("female", "male")}
    if any(said.values()):
        yes = [sex for sex, match in said.items() if match and match[1] == "yes"]
        return {2: "ALL", 1: yes[0].upper() if yes else None}.get(len(yes))
    if text in ("all", "both") or ("female" in text and re.search(r"(?<!fe)male", text)):
        return "ALL"
    return {"female": "FEMALE", "male": "MALE", "females": "FEMALE", "males": "MALE"}.get(text)


def age_of(text: str, bare: bool) -> str | None:
    match = re.match(
        r"[<>=≥≤ ]*(\d+)(?![.\d]) ?(years?|y|months?|weeks?|days?|hours?|minutes?|age[- ]?old)?\b", fold(text), re.I
    )
    if not match or (not match[2] and not bare):
        return None
    unit = {"y": "Year", "a": "Year", "mo": "Month", "w": "Week", "d": "Day", "h": "Hour", "mi": "Minute"}
    word = (match[2] or "y").lower()
    named = unit.get(word[:2]) or unit[word[0]]
    return f"{match[1]} {named}{'' if match[1] == '1' else 's'}"


def phases_of(text: str) -> list[str]:
    text = fold(text.replace("<br>", "\n"))
    if re.search(r"\(phase i+v?\)\s*: ?(yes|no)", text, re.I):
        return [_PHASES[one.upper()] for one in re.findall(r"\(phase (i+v?)\)\s*: ?yes", text, re.I)]
    if text.lower() in ("n/a", "not applicable"):
        return ["NA"]
    if text == "0":
        # ChiCTR's number for exploratory studies.
        return []
    found = ["0" if re.search(r"early", text, re.I) else one
             for one in re.findall(r"(?:phase[- ]?|^|/|-)(\d|i+v?)\b", text, re.I)]  # fmt: skip
    return [_PHASES[one.upper()] for one in found if one.upper() in _PHASES]


def of_ictrp(row: Mapping[str, str]) -> Answers:
    cell = {letters(name): text or "" for name, text in row.items()}
    trial = fold(cell["trialid"])
    size = fold(cell.get("targetsize", ""))
    arms = re.findall(r"[:：] ?(\d+)(?=;|$)", size)
    inclusion = re.split(r"Are the trial subjects under 18\?", cell.get("inclusioncriteria", ""))[0]
    exclusion = re.sub(
        r"^\s*(?:<br>\s*)*exclusion criteri(?:a|on)\s*[:：]?", "", cell.get("exclusioncriteria", ""), flags=re.I
    )
    if not letters(exclusion):
        sides = re.split(r"(?:<br>|\n)[\s*-]*exclusion criteria", inclusion, maxsplit=1, flags=re.I)
        inclusion, exclusion = sides[0], "".join(sides[1:])
    return {
        "id": trial,
        "briefTitle": fold(cell.get("publictitle", "")) or None,
        "officialTitle": fold(cell.get("scientifictitle", "")) or None,
        "sponsor": re.sub(r"(?i)^(?:na|none)$", "", fold(cell.get("primarysponsor", ""))) or None,
        "firstPosted": date_of(cell.get("dateregistration3", "")),
        "start": date_of(cell.get("dateenrollement", "")),
        "sex": sex_of(cell.get("inclusiongender", "")),
        "minimumAge": age_of(cell.get("inclusionagemin", ""), trial.startswith("ChiCTR")),
        "maximumAge": age_of(cell.get("inclusionagemax", ""), trial.startswith("ChiCTR")),
        "count": int(size) if size.isdigit() else sum(map(int, arms)) if arms else None,
        "phases": phases_of(cell.get("phase", "")),
        "countries": list(dict.fromkeys(filter(None, map(fold, cell.get("countries", "").split(";"))))),
        "status": _STATUSES.get(fold(cell.get("recruitmentstatus", "")).lower()),
        "inclusion": letters(re.sub(_HEADING, "", inclusion))[-40:],
        "exclusion": letters(exclusion)[-40:],
    }


def ictrp_csv(text: str) -> Iterator[Answers]:
    return map(of_ictrp, csv.DictReader(text.splitlines(keepends=True)))


def ictrp_xml(text: str) -> Iterator[Answers]:
    for trial in ElementTree.fromstring(text).iter("Trial"):
        yield of_ictrp({element.tag: "".join(element.itertext()) for element in trial})


def euctr_text(text: str) -> Iterator[Answers]:
    for record in text.split("\nSummary\n")[1:]:

        def row(code: str, record: str = record) -> str:
            label = rf"^{re.escape(code)}[ \t](?!.*\([a-z]{{2}}\):)[^:\n]*: ?"
            found = re.search(label + r"((?:.*\n)(?:(?![A-P]\.[\d ]).*\n)*)", record, re.MULTILINE)
            return found[1].strip() if found else ""

        def yes(code: str, row: Callable[[str], str] = row) -> bool:
            return row(code) == "Yes"

        sexes = [name for code, name in (("F.2.1", "FEMALE"), ("F.2.2", "MALE")) if yes(code)]
        ages = (("F.1.1", "CHILD"), ("F.1.2", "ADULT"), ("F.1.3", "OLDER_ADULT"))
        whole = row("F.4.2.2")
        status = re.search(r"^Trial Status: (.*)", record, re.MULTILINE)
        entered = re.search(r"EudraCT database: (\S+)", record)
        yield {
            "id": row("A.2"),
            "briefTitle": fold(row("A.3.1")) or fold(row("A.3")),
            "officialTitle": fold(row("A.3")),
            "orgStudyId": row("A.4.1"),
            "sponsor": fold(row("B.1.1")),
            "firstPosted": entered[1] if entered else None,
            "status": _STATUSES.get(status[1].strip().lower()) if status else None,
            "countries": [row("A.1").split(" - ")[0]],
            "sex": {2: "ALL", 1: sexes[0] if sexes else None}.get(len(sexes)),
            "stdAges": [name for code, name in ages if yes(code)],
            "count": int(whole) if whole.isdigit() else None,
            "phases": [f"PHASE{number}" for number in (1, 2, 3, 4) if yes(f"E.7.{number}")],
            "dmc": yes("E.8.7"),
            "inclusion": letters(row("E.3"))[-40:],
            "exclusion": letters(row("E.4"))[-40:],
        }


def euctr_summary(text: str) -> Iterator[Answers]:
    for record in text.replace("\r", "").split("EudraCT Number:")[1:]:
        said = dict(re.findall(r"^(\w[\w ]+): +(\S.*)$", record, re.MULTILINE))
        places = said.get("Trial protocol", "")
        states = re.findall(r"([A-Z]{2})\(((?:[^()])*)\)", places)
        statuses = {status for _, status in states}
        one = statuses.pop() if len(statuses) == 1 and "Outside" not in places.replace("outside", "") else ""
        sexes = said.get("Gender", "").split(", ")
        ages = said.get("Population Age", "")
        groups = {"CHILD": r"Under 18|In utero|newborn|Infants|Children|Adolescents", "ADULT": "Adults",
                  "OLDER_ADULT": "Elderly"}  # fmt: skip
        yield {
            "id": record.split()[0],
            "briefTitle": fold(said.get("Full Title", "")),
            "sponsor": fold(said.get("Sponsor Name", "")) or None,
            "orgStudyId": fold(said.get("Sponsor Protocol Number", "")) or None,
            "start": date_of(said.get("Start Date", "")),
            "sex": "ALL" if len(sexes) == 2 else sexes[0].upper(),
            "stdAges": [name for name, pattern in groups.items() if re.search(pattern, ages)],
            "status": _STATUSES.get(one.lower()),
            "places": len(states),
        }


def of_document(data: Mapping[str, Any]) -> Answers:
    protocol = data.get("protocolSection", {})
    module = lambda name: protocol.get(f"{name}Module", {})  # noqa: E731
    status, design, eligibility = module("status"), module("design"), module("eligibility")
    text = eligibility.get("eligibilityCriteria", "")
    sides = re.split(r"(?im)^[\s*-]*exclusion criteria", text, maxsplit=1)
    inclusion, exclusion = re.sub(_HEADING, "", sides[0]), "".join(sides[1:])
    places = [one.get("country") for one in module("contactsLocations").get("locations", ())]
    identification = module("identification")
    return {
        "id": data["sourceSection"].get("registryId"),
        "briefTitle": identification.get("briefTitle"),
        "officialTitle": identification.get("officialTitle"),
        "orgStudyId": identification.get("orgStudyIdInfo", {}).get("id"),
        "sponsor": module("sponsorCollaborators").get("leadSponsor", {}).get("name"),
        "firstPosted": status.get("studyFirstPostDateStruct", {}).get("date"),
        "start": status.get("startDateStruct", {}).get("date"),
        "status": status.get("overallStatus"),
        "sex": eligibility.get("sex"),
        "stdAges": eligibility.get("stdAges", []),
        "minimumAge": eligibility.get("minimumAge"),
        "maximumAge": eligibility.get("maximumAge"),
        "count": design.get("enrollmentInfo", {}).get("count"),
        "phases": design.get("phases", []),
        "countries": places,
        "places": len(places),
        "completion": status.get("completionDateStruct", {}).get("date"),
        "purpose": design.get("designInfo", {}).get("primaryPurpose"),
        "conditions": len(module("conditions").get("conditions", ())),
        "primaryOutcomes": len(module("outcomes").get("primaryOutcomes", ())),
        "dmc": module("oversight").get("oversightHasDmc", False),
        "inclusion": letters(inclusion)[-40:],
        "exclusion": letters(exclusion)[-40:] if exclusion else "",
    }


_READERS: dict[str, Callable[[str], Iterator[Answers]]] = {
    "ictrp-csv": ictrp_csv,
    "ictrp-xml": ictrp_xml,
    "euctr-text": euctr_text,
    "euctr-summary": euctr_summary,
    "ctis-json": registers_single.ctis,
    "drks-json": registers_single.drks,
    "isrctn-xml": registers_single.isrctn,
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--show", type=int, default=3, help="differences shown of each field")
    arguments = options.parse_args()
    worst = 1.0
    for path in arguments.files:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        documents = [one.to_dict() for one in parse_records(raw)]
        answers = list(_READERS[documents[0]["sourceSection"]["form"]](raw.decode("utf-8-sig")))
        same, all_of = Counter[str](), Counter[str]()
        shown = Counter[str]()
        for document, expected in zip(documents, answers, strict=True):
            found = of_document(document)
            for name, answer in expected.items():
                all_of[name] += 1
                if (found[name] or None) == (answer or None):
                    same[name] += 1
                elif (shown := shown + Counter([name]))[name] <= arguments.show:
                    print(f"  {expected['id']} {name}: {found[name]!r}, and read otherwise {answer!r}"[:300])
        share = same.total() / all_of.total()
        worst = min(worst, share)
        print(f"{path.name}: {len(documents)} records, {share:.2%} of {all_of.total()} answers agree")
        print("  " + ", ".join(f"{name} {same[name]}/{count}" for name, count in all_of.items()))
    return 0 if worst >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())
