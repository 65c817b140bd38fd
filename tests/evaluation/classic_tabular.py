"""Prints an API v2 study as the tabular view of ClinicalTrials.gov before 2024: four tables of labels and values."""

from __future__ import annotations

from collections.abc import Iterator

from tests.evaluation.classic_printer import (
    Row,
    ages,
    dated,
    design_rows,
    other_ids,
    phase,
    print_rows,
    responsible,
    typed,
)
from tests.evaluation.family_printer import one_line, spoken, spoken_date, yes_no
from tests.evaluation.printer import Json

_NOTHING = "Not Provided"
# What marks a label that the International Committee of Medical Journal Editors asks for.
_MARK = "  ICMJE"


def print_tabular(study: Json, manner: str = "nodes") -> str:
    """The tabular view of a study in one of `classic_printer.MANNERS`."""
    return print_rows(_rows(study["protocolSection"]), manner)


def _rows(section: Json) -> Iterator[Row]:
    ident = section["identificationModule"]
    yield ("Tracking Information",)
    yield from _tracking(section)
    yield ("Descriptive Information",)
    yield (f"Brief Title{_MARK}", one_line(ident["briefTitle"]))
    yield (f"Official Title{_MARK}", one_line(ident.get("officialTitle")) or _NOTHING)
    yield from _descriptive(section)
    yield ("Recruitment Information",)
    yield from _recruitment(section)
    yield ("Administrative Information",)
    yield (f"NCT Number{_MARK}", ident["nctId"])
    yield (f"Other Study ID Numbers{_MARK}", "\n".join(other_ids(ident)))
    yield from _administrative(section)


def _tracking(section: Json) -> Iterator[Row]:
    status = section["statusModule"]
    yield (f"First Submitted Date{_MARK}", spoken_date(status.get("studyFirstSubmitDate"), "registry"))
    posted = status.get("studyFirstPostDateStruct", {}).get("date")
    yield (f"First Posted Date{_MARK}", spoken_date(posted, "registry"))
    updated = status.get("lastUpdatePostDateStruct", {}).get("date")
    yield ("Last Update Posted Date", spoken_date(updated, "registry"))
    yield dated(f"Study Start Date{_MARK}", status.get("startDateStruct", {}))
    yield dated("Primary Completion Date", status.get("primaryCompletionDateStruct", {}))
    for kind in ("primary", "secondary"):
        lines = list(_outcomes(section, kind))
        yield (f"Current {kind.title()} Outcome Measures{_MARK}", "\n".join(lines) or _NOTHING)
        yield (f"Original {kind.title()} Outcome Measures{_MARK}", "Same as current" if lines else _NOTHING)


def _outcomes(section: Json, kind: str) -> Iterator[str]:
    for one in section.get("outcomesModule", {}).get(f"{kind}Outcomes", ()):
        frame = one_line(one.get("timeFrame"))
        yield f"• {one_line(one['measure'])}" + (f" [ Time Frame: {frame} ]" if frame else "")
        if one.get("description"):
            yield one_line(one["description"])


def _descriptive(section: Json) -> Iterator[Row]:
    texts, module = section.get("descriptionModule", {}), section.get("designModule", {})
    yield ("Brief Summary", texts.get("briefSummary", "").strip())
    yield ("Detailed Description", texts.get("detailedDescription", "").strip() or _NOTHING)
    yield (f"Study Type{_MARK}", spoken(module.get("studyType"), "registry"))
    yield (f"Study Phase{_MARK}", phase(section) or _NOTHING)
    design = "\n".join(f"{label} {value}" for label, value in design_rows(module.get("designInfo", {})))
    yield (f"Study Design{_MARK}", design)
    yield (f"Condition{_MARK}", "\n".join(f"• {one_line(one)}" for one in section["conditionsModule"]["conditions"]))
    lines = []
    for one in section.get("armsInterventionsModule", {}).get("interventions", ()):
        lines.append(f"• {typed(one)}: {one_line(one['name'])}")
        lines += [one_line(one["description"])] if one.get("description") else []
    yield (f"Intervention{_MARK}", "\n".join(lines) or _NOTHING)


def _recruitment(section: Json) -> Iterator[Row]:
    status, criteria = section["statusModule"], section.get("eligibilityModule", {})
    yield (f"Recruitment Status{_MARK}", spoken(status["overallStatus"], "registry"))
    count = section.get("designModule", {}).get("enrollmentInfo", {})
    if "count" in count:
        kind = "Estimated" if count.get("type") == "ESTIMATED" else "Actual"
        yield (f"{kind} Enrollment{_MARK}", str(count["count"]))
    yield dated(f"Study Completion Date{_MARK}", status.get("completionDateStruct", {}))
    yield (f"Eligibility Criteria{_MARK}", criteria.get("eligibilityCriteria", "").strip())
    yield (f"Sex/Gender{_MARK}", f"Sexes Eligible for Study: {spoken(criteria.get('sex'), 'registry')}")
    yield (f"Ages{_MARK}", ages(criteria))
    if "healthyVolunteers" in criteria:
        yield (f"Accepts Healthy Volunteers{_MARK}", yes_no(criteria["healthyVolunteers"], "registry"))
    places = section.get("contactsLocationsModule", {}).get("locations", ())
    countries = ", ".join(dict.fromkeys(place["country"] for place in places if place.get("country")))
    yield (f"Listed Location Countries{_MARK}", countries or _NOTHING)


def _administrative(section: Json) -> Iterator[Row]:
    oversight = section.get("oversightModule", {})
    yield ("Has Data Monitoring Committee", yes_no(oversight.get("oversightHasDmc"), "registry") or _NOTHING)
    yield ("Responsible Party", responsible(section))
    sponsors = section.get("sponsorCollaboratorsModule", {})
    yield (f"Study Sponsor{_MARK}", one_line(sponsors["leadSponsor"]["name"]))
    others = "\n".join(one_line(one["name"]) for one in sponsors.get("collaborators", ()))
    yield (f"Collaborators{_MARK}", others or _NOTHING)
    yield ("PRS Account", one_line(sponsors["leadSponsor"]["name"]))
    yield ("Verification Date", spoken_date(section["statusModule"].get("statusVerifiedDate"), "registry"))
    yield ("ICMJE     Data element required by the International Committee of Medical Journal Editors",)
