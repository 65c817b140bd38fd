"""Compares what is parsed from printed pages with the records that were printed, field by field.

    python -m tests.evaluation.parity                            # all records: the figures and the worst fields
    python -m tests.evaluation.parity --show eligibilityCriteria # and what was expected and found there
    python -m tests.evaluation.parity --dump pages               # and the pages themselves, one file each

The exit code is 1 if the figures are below what the tests ask for, so that the whole set can serve as a check too.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parser import parse
from tests.evaluation.printer import (
    arm_interventions,
    display_name,
    facility_contacts,
    page_date,
    page_phases,
    page_phone,
    print_page,
)
from tests.evaluation.records import Study, chosen_records, records_parser

Fields = dict[str, Any]

MIN_FIELDS_RIGHT = 0.995
MIN_PAGES_RIGHT = 0.97

TEXTS = frozenset(
    {
        "descriptionModule.briefSummary",
        "descriptionModule.detailedDescription",
        "armsInterventionsModule.armGroups[].description",
        "armsInterventionsModule.interventions[].description",
        "eligibilityModule.eligibilityCriteria",
    }
)
"""Fields whose line breaks count; in all others a run of white space is one space."""

JOINED = frozenset({"conditionsModule.conditions[]", "conditionsModule.keywords[]"})
"""Lists that the page joins by single spaces: where they divide is not on the page, so the joined text is compared."""

FIELDS = (
    "identificationModule.nctId",
    "identificationModule.briefTitle",
    "identificationModule.orgStudyIdInfo.id",
    "identificationModule.orgStudyIdInfo.type",
    "identificationModule.secondaryIdInfos[].id",
    "identificationModule.secondaryIdInfos[].type",
    "statusModule.overallStatus",
    "statusModule.startDateStruct.date",
    "statusModule.completionDateStruct.date",
    "statusModule.lastUpdatePostDateStruct.date",
    "hasResults",
    "designModule.studyType",
    "designModule.phases[]",
    "designModule.enrollmentInfo.count",
    "designModule.designInfo.allocation",
    "designModule.designInfo.interventionModel",
    "designModule.designInfo.observationalModel",
    "designModule.designInfo.timePerspective",
    "designModule.designInfo.primaryPurpose",
    "designModule.designInfo.maskingInfo.masking",
    "designModule.designInfo.maskingInfo.whoMasked[]",
    "descriptionModule.briefSummary",
    "descriptionModule.detailedDescription",
    "conditionsModule.conditions[]",
    "conditionsModule.keywords[]",
    "armsInterventionsModule.armGroups[].label",
    "armsInterventionsModule.armGroups[].type",
    "armsInterventionsModule.armGroups[].description",
    "armsInterventionsModule.armGroups[].interventionNames[]",
    "armsInterventionsModule.interventions[].type",
    "armsInterventionsModule.interventions[].name",
    "armsInterventionsModule.interventions[].description",
    "armsInterventionsModule.interventions[].armGroupLabels[]",
    "eligibilityModule.eligibilityCriteria",
    "eligibilityModule.minimumAge",
    "eligibilityModule.maximumAge",
    "eligibilityModule.sex",
    "eligibilityModule.healthyVolunteers",
    "eligibilityModule.stdAges[]",
    "sponsorCollaboratorsModule.leadSponsor.name",
    "sponsorCollaboratorsModule.leadSponsor.class",
    "sponsorCollaboratorsModule.collaborators[].name",
    "sponsorCollaboratorsModule.collaborators[].class",
    "sponsorCollaboratorsModule.responsibleParty.type",
    "sponsorCollaboratorsModule.responsibleParty.investigatorFullName",
    "sponsorCollaboratorsModule.responsibleParty.investigatorTitle",
    "sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation",
    "sponsorCollaboratorsModule.responsibleParty.oldNameTitle",
    "sponsorCollaboratorsModule.responsibleParty.oldOrganization",
    "contactsLocationsModule.locations[].facility",
    "contactsLocationsModule.locations[].status",
    "contactsLocationsModule.locations[].city",
    "contactsLocationsModule.locations[].state",
    "contactsLocationsModule.locations[].country",
    "contactsLocationsModule.locations[].contacts[].name",
    "contactsLocationsModule.locations[].contacts[].role",
    "contactsLocationsModule.locations[].contacts[].phone",
    "contactsLocationsModule.locations[].contacts[].phoneExt",
    "contactsLocationsModule.centralContacts[].name",
    "contactsLocationsModule.centralContacts[].role",
    "contactsLocationsModule.centralContacts[].phone",
    "contactsLocationsModule.centralContacts[].phoneExt",
    "referencesModule.references[].pmid",
    "referencesModule.references[].type",
    "referencesModule.references[].citation",
    "normalizedSection.contactsLocationsModule.facilityContacts[].name",
    "normalizedSection.contactsLocationsModule.facilityContacts[].role",
    "normalizedSection.contactsLocationsModule.facilityContacts[].rawPhone",
)
"""What is compared: paths in the document, those of the protocolSection without its name. A list is one field."""


def expected(study: Study) -> Fields:
    """The fields of a study as far as its page still holds them."""
    protocol = study.get("protocolSection", {})
    contacts = [
        {"name": contact.get("name"), "role": role, "rawPhone": page_phone(contact)}
        for contact, role in facility_contacts(protocol)
    ]
    return _flat(
        {
            **protocol,
            "statusModule": _status_on_page(protocol.get("statusModule", {})),
            "designModule": _design_on_page(protocol.get("designModule", {})),
            "eligibilityModule": _eligibility_on_page(protocol.get("eligibilityModule", {})),
            "armsInterventionsModule": _arms_on_page(protocol),
            "contactsLocationsModule": _places_on_page(protocol),
            "hasResults": bool(study.get("hasResults")),
            "normalizedSection": {"contactsLocationsModule": {"facilityContacts": contacts}},
        }
    )


def actual(document: Mapping[str, Any]) -> Fields:
    """The same fields of a parsed document."""
    contacts = document.get("normalizedSection", {}).get("contactsLocationsModule", {}).get("facilityContacts", [])
    # The normalised name has no degrees; as printed it is next to it, where that is more.
    printed = [{**contact, "name": contact.get("rawName", contact.get("name"))} for contact in contacts]
    rest = {
        "hasResults": document.get("hasResults"),
        "normalizedSection": {"contactsLocationsModule": {"facilityContacts": printed}},
    }
    return _flat({**document.get("protocolSection", {}), **rest})


def _status_on_page(status: Study) -> Study:
    dates = {
        key: {"date": page_date(status.get(key, {}).get("date"))} for key in ("startDateStruct", "completionDateStruct")
    }
    return {**status, **dates}


def _eligibility_on_page(module: Mapping[str, Any]) -> dict[str, Any]:
    """The page shows no standard ages: they follow from a limit of age, and without one there are none."""
    limited = module.get("minimumAge") or module.get("maximumAge")
    return {key: value for key, value in module.items() if limited or key != "stdAges"}


def _design_on_page(design: Study) -> Study:
    # An enrolment of 0 is not printed.
    count = design.get("enrollmentInfo", {}).get("count") or None
    return {**design, "phases": page_phases(design), "enrollmentInfo": {"count": count}}


def _arms_on_page(protocol: Study) -> Study:
    """Arms and interventions, referring to each other as far as the page prints one below the other."""
    module = protocol.get("armsInterventionsModule", {})
    interventions = module.get("interventions", [])
    printed = [(arm, arm_interventions(arm, interventions)) for arm in module.get("armGroups", [])]
    return {
        "armGroups": [{**arm, "interventionNames": [display_name(entry) for entry in below]} for arm, below in printed],
        "interventions": [
            {
                **entry,
                # API v2 sorts these labels by code point, whatever the order of the arms.
                "armGroupLabels": sorted(
                    arm.get("label", "") for arm, below in printed if any(entry is other for other in below)
                ),
            }
            for entry in interventions
        ],
    }


def _places_on_page(protocol: Study) -> Study:
    """Contacts without what the page does not print; those of sites only where there is one site to belong to."""
    module = protocol.get("contactsLocationsModule", {})
    locations = module.get("locations", [])
    contacts = [_contact_on_page(contact) for contact, _ in facility_contacts(protocol)] if len(locations) == 1 else []
    return {
        "centralContacts": [_contact_on_page(contact) for contact in module.get("centralContacts", [])],
        "locations": [{**location, "contacts": contacts} for location in locations],
    }


def _contact_on_page(contact: Mapping[str, Any]) -> Study:
    # The extension is printed after the phone: without a phone there is none.
    keys = ("name", "role", "phone", "phoneExt") if contact.get("phone") else ("name", "role")
    return {key: contact.get(key) for key in keys}


def _flat(record: Mapping[str, Any]) -> Fields:
    """One entry for each of FIELDS: its value in the form in which it is compared, None if it is absent."""
    fields = {}
    for path in FIELDS:
        value = _pick(record, path)
        if path in JOINED and value is not None:
            value = " ".join(value)
        fields[path] = _form(value, _text if path in TEXTS else _fold)
    return fields


def _pick(node: Mapping[str, Any], path: str) -> Any:
    """The value at a path, for `list[].key` that of each entry."""
    name, _, rest = path.partition(".")
    value = node.get(name.removesuffix("[]"))
    if not rest or value is None:
        return value
    return [_pick(entry, rest) for entry in value] if name.endswith("[]") else _pick(value, rest)


def _form(value: Any, spell: Callable[[str], str]) -> Any:
    """A value as it is compared; an empty text and a list without any value are the same as nothing."""
    if isinstance(value, list):
        entries = [_form(entry, spell) for entry in value]
        return entries if any(entry is not None for entry in entries) else None
    return spell(value) or None if isinstance(value, str) else value


def _fold(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    return "\n".join(line.strip() for line in re.split(r"\r\n|\n", text)).strip()


@dataclass(frozen=True)
class Page:
    """One record's comparison. `error` says what `parse` raised, if it did; then nothing was found."""

    nct_id: str
    expected: Fields
    actual: Fields
    unparsed: int = 0
    error: str | None = None

    def compared(self, skip: frozenset[str] = frozenset()) -> list[str]:
        """The fields that are on the page or were found there; a field absent on both sides proves nothing."""
        present = [name for name in FIELDS if self.expected[name] is not None or self.actual[name] is not None]
        return [name for name in present if name not in skip]

    def wrong(self, skip: frozenset[str] = frozenset()) -> list[str]:
        return [name for name in self.compared(skip) if self.expected[name] != self.actual[name]]


@dataclass
class Report:
    """The comparisons of a set of records, and the figures over them."""

    pages: list[Page] = field(default_factory=list)

    def fields_right(self, skip: frozenset[str] = frozenset()) -> float:
        compared = sum(len(page.compared(skip)) for page in self.pages)
        return 1 - sum(len(page.wrong(skip)) for page in self.pages) / max(compared, 1)

    def pages_right(self, skip: frozenset[str] = frozenset()) -> float:
        return sum(not page.wrong(skip) for page in self.pages) / max(len(self.pages), 1)

    def worst(self) -> list[tuple[str, list[Page]]]:
        """The fields that are wrong anywhere, the most frequent first, each with the pages where it is."""
        counts = Counter(name for page in self.pages for name in page.wrong())
        return [(name, [page for page in self.pages if name in page.wrong()]) for name, _ in counts.most_common()]

    @property
    def good_enough(self) -> bool:
        return self.fields_right(JOINED) >= MIN_FIELDS_RIGHT and self.pages_right(JOINED) >= MIN_PAGES_RIGHT

    def __str__(self) -> str:
        lines = [f"{len(self.pages):,} records, {sum(1 for page in self.pages if page.unparsed)} with unparsed text"]
        for title, skip in (("all fields", frozenset()), ("without conditions and keywords", JOINED)):
            fields, pages = self.fields_right(skip), self.pages_right(skip)
            lines.append(f"{title}: {fields:.3%} of fields right, {pages:.2%} of pages right in every field")
        for name, pages_wrong in self.worst():
            ids = ", ".join(page.nct_id for page in pages_wrong[:4])
            lines.append(f"{len(pages_wrong):5} {name} ({ids}{', ...' if len(pages_wrong) > 4 else ''})")
        lines += [f"{page.nct_id}: parse raised {page.error}" for page in self.pages if page.error]
        return "\n".join(lines)


def compare(study: Study) -> Page:
    """Print a study, parse the page and set what was found next to what was printed."""
    nct_id = study.get("protocolSection", {}).get("identificationModule", {}).get("nctId", "")
    wanted = expected(study)
    # No page may stop the run over the others: whatever is raised becomes the page's result and is in the report.
    try:
        document = parse(print_page(study)).to_dict()
    except Exception as error:
        return Page(nct_id, wanted, dict.fromkeys(FIELDS), error=f"{type(error).__name__}: {error}")
    return Page(nct_id, wanted, actual(document), len(document.get("sourceSection", {}).get("unparsed", [])))


def compare_all(studies: Iterable[Study]) -> Report:
    return Report([compare(study) for study in studies])


def show(report: Report, part: str, count: int = 10) -> str:
    """What was expected and found in the fields whose names contain `part`, from where the two begin to differ."""
    lines = []
    for name, pages in report.worst():
        for page in pages[:count] if part in name else []:
            wanted, found = repr(page.expected[name]), repr(page.actual[name])
            same = next((at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), 0)
            window = slice(max(same - 60, 0), same + 200)
            lines += [f"{page.nct_id} {name}", f"  expected {wanted[window]}", f"  found    {found[window]}"]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.parity", __doc__)
    options.add_argument("--show", metavar="FIELD", help="expected and found, for fields whose name contains FIELD")
    options.add_argument("--dump", type=Path, metavar="DIR", help="write every page to DIR as <NCT id>.txt")
    chosen = options.parse_args(argv)
    studies = chosen_records(options, chosen)
    report = compare_all(studies)
    if chosen.dump:
        chosen.dump.mkdir(parents=True, exist_ok=True)
        for study, page in zip(studies, report.pages, strict=True):
            (chosen.dump / f"{page.nct_id}.txt").write_text(print_page(study), encoding="utf-8", newline="")
    print(report)
    if chosen.show:
        print(show(report, chosen.show))
    return 0 if report.good_enough else 1


if __name__ == "__main__":
    sys.exit(main())
