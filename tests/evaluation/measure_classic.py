"""How much of ClinicalTrials.gov's pages before 2024 is read right: records printed as these pages, value by value.

    python -m tests.evaluation.measure_classic --records studies.json [--view classic] [--manner bars] [--show FIELD]

A value is right, absent or wrong, as for the real pages (`real_pages.compare`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from parser import parse
from tests.evaluation.classic_printer import MANNERS, VIEWS, print_classic
from tests.evaluation.classic_tabular import print_tabular
from tests.evaluation.real_pages.compare import Tally, judge, values
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser

_VIEWS = (*VIEWS, "tabular")
# What no page prints, or not as the record has it.
_UNPRINTED = (
    "organization", "expandedAccess", "Struct/type", "SubmitDate", "SubmitQc", "Sponsor/class", "responsibleParty",
    "whyStopped", "lastKnownStatus", "patientRegistry", "targetDuration", "bioSpec", "nctIdAliases", "acronym",
    "gender", "seeAlsoLinks", "availIpds", "delayedPosting", "dispFirst", "enrollmentInfo/type", "samplingMethod",
    "_nested", "oversight", "ipdSharing", "Description", "studyPopulation", "Info/type", "Info/domain", "Info/link",
)  # fmt: skip
_LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "classic": (),
    "old": (
        "contactsLocations", "armGroups", "FirstPost", "primaryCompletion", "resultsFirst", "references", "keywords",
        "StudyIdInfo", "secondaryId", "healthyVolunteers",
    ),
    "tabular": ("contactsLocations", "armGroups", "otherOutcomes", "resultsFirst", "references", "keywords"),
}  # fmt: skip


def main() -> None:
    """Print the figures of each view and manner."""
    parser = records_parser("measure_classic", __doc__)
    parser.add_argument("--view", choices=_VIEWS, action="append")
    parser.add_argument("--manner", choices=MANNERS, action="append")
    parser.add_argument("--show", help="print what is absent or wrong of a field")
    options = parser.parse_args()
    studies = chosen_records(parser, options)
    for view in options.view or _VIEWS:
        for manner in options.manner or MANNERS:
            by_field = measure(studies, view, manner, options.show)
            for field, tally in sorted(by_field.items(), key=lambda pair: -pair[1]["wrong"] - pair[1]["absent"]):
                if tally["wrong"] or tally["absent"]:
                    print(f"  {field:70} {tally.line()}")
            total = Tally(sum(by_field.values(), Tally()))
            print(f"{view}, {manner}: {len(studies)} pages, {total.line()}")


def measure(studies: Iterable[Study], view: str, manner: str, show: str | None = None) -> dict[str, Tally]:
    """Counts of right, absent and wrong values by field."""
    by_field: dict[str, Tally] = {}
    for study in studies:
        page = {"facts": dict(_facts(study, view, manner))}
        for field, verdict, message in judge(page, _text(study, view, manner)):
            if _is_printed(field, view):
                by_field.setdefault(field, Tally())[verdict] += 1
                if show and show in field and verdict != "right":
                    print(nct_id(study), verdict, field, message[:300])
    return by_field


def _text(study: Study, view: str, manner: str) -> str:
    return print_tabular(study, manner) if view == "tabular" else print_classic(study, view, manner)


def _facts(study: Study, view: str, manner: str) -> Iterator[tuple[str, Any]]:
    # How a record's criteria are nested shows in their indentation, which only a page with whole cells keeps.
    document = {"protocolSection": study["protocolSection"], "sourceSection": {}}
    if manner == "bars":
        document["normalizedSection"] = parse(study).to_dict().get("normalizedSection", {})
    for field, value in values(document):
        if field.endswith("/collaborators"):
            # Their names, as `name | class`.
            value = [f"{one.rpartition(' | ')[0]} | " for one in value]
        if _is_printed(field, view) and value not in (None, "", []):
            yield field, value


def _is_printed(field: str, view: str) -> bool:
    return not any(part in field for part in (*_UNPRINTED, *_LEFT_OUT[view]))


if __name__ == "__main__":
    main()
