"""How much of the registry's records comes back from pages in other words: printed, parsed, compared by field.

    python -m tests.evaluation.measure_synonyms                      # all records, each set of words in every manner
    python -m tests.evaluation.measure_synonyms --words api --manner table --show officialTitle

The exit code is 1 if fewer fields are right than the tests ask for.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from parser import parse
from parser.coverage import read_coverage
from tests.evaluation.family_printer import MANNERS, SETS, print_family
from tests.evaluation.records import Study, chosen_records, records_parser

MIN_FIELDS_RIGHT = 0.97

FIELDS = (
    "identificationModule.nctId",
    "identificationModule.briefTitle",
    "identificationModule.officialTitle",
    "identificationModule.acronym",
    "identificationModule.organization.fullName",
    "identificationModule.orgStudyIdInfo.id",
    "identificationModule.secondaryIdInfos[].id",
    "statusModule.overallStatus",
    "statusModule.whyStopped",
    "statusModule.startDateStruct.date",
    "statusModule.startDateStruct.type",
    "statusModule.primaryCompletionDateStruct.date",
    "statusModule.primaryCompletionDateStruct.type",
    "statusModule.completionDateStruct.date",
    "statusModule.studyFirstPostDateStruct.date",
    "statusModule.studyFirstSubmitDate",
    "statusModule.lastUpdatePostDateStruct.date",
    "statusModule.statusVerifiedDate",
    "designModule.studyType",
    "designModule.phases[]",
    "designModule.enrollmentInfo.count",
    "designModule.enrollmentInfo.type",
    "designModule.designInfo.allocation",
    "designModule.designInfo.interventionModel",
    "designModule.designInfo.observationalModel",
    "designModule.designInfo.timePerspective",
    "designModule.designInfo.primaryPurpose",
    "designModule.designInfo.maskingInfo.masking",
    "designModule.designInfo.maskingInfo.whoMasked[]",
    "sponsorCollaboratorsModule.leadSponsor.name",
    "sponsorCollaboratorsModule.collaborators[].name",
    "oversightModule.oversightHasDmc",
    "oversightModule.isFdaRegulatedDrug",
    "oversightModule.isFdaRegulatedDevice",
    "descriptionModule.briefSummary",
    "descriptionModule.detailedDescription",
    "conditionsModule.conditions[]",
    "conditionsModule.keywords[]",
    "armsInterventionsModule.armGroups[].label",
    "armsInterventionsModule.armGroups[].type",
    "armsInterventionsModule.armGroups[].description",
    "armsInterventionsModule.armGroups[].interventionNames[]",
    "armsInterventionsModule.interventions[].name",
    "armsInterventionsModule.interventions[].type",
    "armsInterventionsModule.interventions[].description",
    "outcomesModule.primaryOutcomes[].measure",
    "outcomesModule.primaryOutcomes[].timeFrame",
    "outcomesModule.primaryOutcomes[].description",
    "outcomesModule.secondaryOutcomes[].measure",
    "outcomesModule.secondaryOutcomes[].timeFrame",
    "outcomesModule.secondaryOutcomes[].description",
    "outcomesModule.otherOutcomes[].measure",
    "outcomesModule.otherOutcomes[].timeFrame",
    "outcomesModule.otherOutcomes[].description",
    "eligibilityModule.eligibilityCriteria",
    "eligibilityModule.minimumAge",
    "eligibilityModule.maximumAge",
    "eligibilityModule.sex",
    "eligibilityModule.healthyVolunteers",
    "contactsLocationsModule.overallOfficials[].name",
    "contactsLocationsModule.overallOfficials[].affiliation",
    "contactsLocationsModule.overallOfficials[].role",
    "contactsLocationsModule.centralContacts[].name",
    "contactsLocationsModule.centralContacts[].phone",
    "contactsLocationsModule.centralContacts[].email",
    "contactsLocationsModule.locations[].facility",
    "contactsLocationsModule.locations[].status",
    "contactsLocationsModule.locations[].city",
    "contactsLocationsModule.locations[].state",
    "contactsLocationsModule.locations[].country",
    "referencesModule.references[].citation",
    "referencesModule.references[].pmid",
    "referencesModule.references[].type",
    "ipdSharingStatementModule.ipdSharing",
    "ipdSharingStatementModule.description",
    "ipdSharingStatementModule.infoTypes[]",
    "ipdSharingStatementModule.timeFrame",
    "ipdSharingStatementModule.accessCriteria",
    "ipdSharingStatementModule.url",
    "documentSection.largeDocumentModule.largeDocs[].label",
    "documentSection.largeDocumentModule.largeDocs[].filename",
    "hasResults",
)
"""What is compared: paths in the document, those of the protocolSection without its name. A list is one field."""

# Only some words say whether a date is planned.
_TYPES_SHOWN = ("registry", "api")


def fields_of(document: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The compared fields of a record or document, as far as pages in some words hold them."""
    whole = {
        **document.get("protocolSection", {}),
        **{key: document.get(key) for key in ("documentSection", "hasResults")},
    }
    shown = [name for name in FIELDS if words in _TYPES_SHOWN or not name.endswith("DateStruct.type")]
    return {name: _form(_pick(whole, name)) for name in shown}


def _pick(node: Any, path: str) -> Any:
    name, _, rest = path.partition(".")
    value = (node or {}).get(name.removesuffix("[]"))
    if not rest or value is None:
        return value
    return [_pick(entry, rest) for entry in value] if name.endswith("[]") else _pick(value, rest)


def _form(value: Any) -> Any:
    if isinstance(value, list):
        entries = [_form(entry) for entry in value]
        return entries if any(entry is not None for entry in entries) else None
    return re.sub(r"\s+", " ", value).strip() or None if isinstance(value, str) else value


class Result:
    """The comparison of some pages: how many fields are right, and which are not."""

    def __init__(self) -> None:
        self.compared = 0
        self.wrong: Counter[str] = Counter()
        self.shown: list[str] = []
        self.unaccounted = 0

    @property
    def right(self) -> float:
        return 1 - self.wrong.total() / max(self.compared, 1)

    def add(self, study: Study, words: str, manner: str, show: str | None = None, cover: bool = False) -> None:
        text = print_family(study, words, manner)
        document = parse(text).to_dict()
        expected, found = fields_of(study, words), fields_of(document, words)
        for name, wanted in expected.items():
            if wanted is None and found[name] is None:
                continue
            self.compared += 1
            if wanted != found[name]:
                self.wrong[name] += 1
                if show and show in name:
                    nct = study["protocolSection"]["identificationModule"]["nctId"]
                    self.shown += [f"{nct} {name}", f"  expected {wanted!r:.300}", f"  found    {found[name]!r:.300}"]
        if cover:
            self.unaccounted += read_coverage(text).others["unaccounted"]

    def __str__(self) -> str:
        worst = ", ".join(f"{name} {count}" for name, count in self.wrong.most_common(12))
        return f"{self.right:.2%} of {self.compared:,} fields; unaccounted {self.unaccounted}; {worst}"


def measure(studies: Iterable[Study], words: str, manner: str, show: str | None = None, cover: bool = False) -> Result:
    """The comparison of studies printed in some words and one manner."""
    result = Result()
    for study in studies:
        result.add(study, words, manner, show, cover)
    return result


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.measure_synonyms", __doc__)
    options.add_argument("--words", choices=SETS, action="append")
    options.add_argument("--manner", choices=MANNERS, action="append")
    options.add_argument("--cover", action="store_true", help="count the characters that went nowhere")
    options.add_argument("--show", metavar="FIELD", help="expected and found, for fields whose name contains FIELD")
    chosen = options.parse_args(argv)
    studies = chosen_records(options, chosen)
    enough = True
    for words in chosen.words or SETS:
        for manner in chosen.manner or MANNERS:
            result = measure(studies, words, manner, chosen.show, chosen.cover)
            print(f"{words} {manner}: {result}", *result.shown, sep="\n", flush=True)
            enough = enough and result.right >= MIN_FIELDS_RIGHT
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
