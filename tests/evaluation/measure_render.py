"""How exactly pages come back: the registry's records printed as pages, parsed, and rendered again.

    python -m tests.evaluation.measure_render  # those whose pages do not come back are named
    python -m tests.evaluation.measure_render --limit 100

The exit code is 1 unless every page and every document comes back.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

from parser import parse, render
from tests.evaluation.printer import page_date, page_text, print_page
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser

FIGURES = {
    "text": "render(parse(page)) is the page",
    "json": "and so it is from the document's JSON",
    "document": "parse(render(document)) is the document, sourceSection apart",
    "bare document": "and so it is, but for places, without a sourceSection to help",
    "study": "render(study) is what tests/evaluation/printer.py prints",
    "reduced study": "and so it is for a study with no more than that prints",
}


def measure(study: Study) -> dict[str, bool]:
    """Which of FIGURES hold of a study."""
    page = print_page(study)
    document = parse(page)
    written = document.to_dict()
    del written["sourceSection"]
    back = parse(render(document)).to_dict()
    bare = parse(render(written)).to_dict()
    return {
        "text": render(document) == page,
        "json": render(json.loads(document.to_json())) == page,
        "document": {key: part for key, part in back.items() if key != "sourceSection"} == written,
        "bare document": bare["protocolSection"] == written["protocolSection"],
        "study": render(study) == page,
        "reduced study": render(reduced(study)) == page,
    }


def reduced(study: Study) -> Study:
    """A study without what `render` prints and the site does not, as far as tests/evaluation/printer.py knows the site.

    E-mails, the investigators among a site's contacts, the organisations of identifiers and enrolments of 0 are left
    out; a month becomes its last day, and texts lose their indentation.
    """
    study = copy.deepcopy(study)
    protocol = study["protocolSection"]
    places = protocol.get("contactsLocationsModule", {})
    for site in places.get("locations", []):
        site["contacts"] = [contact for contact in site.get("contacts", []) if contact.get("role") == "CONTACT"]
    for contact in [
        *places.get("centralContacts", []),
        *(c for s in places.get("locations", []) for c in s["contacts"]),
    ]:
        contact.pop("email", None)
    for identifier in protocol["identificationModule"].get("secondaryIdInfos", []):
        identifier.pop("domain", None)
    for key in ("startDateStruct", "completionDateStruct"):
        struct = protocol.get("statusModule", {}).get(key, {})
        struct.update({"date": page_date(struct["date"])} if "date" in struct else {})
    enrollment = protocol.get("designModule", {}).get("enrollmentInfo", {})
    if enrollment.get("count") == 0:
        del enrollment["count"]
    for text in _texts(protocol):
        text.update({key: page_text(text[key]) for key in _PROSE if key in text})
    return study


_PROSE = ("briefSummary", "detailedDescription", "eligibilityCriteria", "description")


def _texts(protocol: Study) -> Iterable[dict[str, Any]]:
    arms = protocol.get("armsInterventionsModule", {})
    yield protocol.get("descriptionModule", {})
    yield protocol.get("eligibilityModule", {})
    yield from (*arms.get("armGroups", []), *arms.get("interventions", []))


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.measure_render", __doc__)
    studies = chosen_records(options, options.parse_args(argv))
    count = len(studies)
    held: Counter[str] = Counter()
    for study in studies:
        found = measure(study)
        held.update(name for name, holds in found.items() if holds)
        count += 1
        if not found["text"]:
            print(nct_id(study))
    for name, meaning in FIGURES.items():
        print(f"{held[name] / count:8.2%} of {count:,}: {meaning}")
    return 0 if held["text"] == held["json"] == held["document"] == count else 1


if __name__ == "__main__":
    sys.exit(main())
