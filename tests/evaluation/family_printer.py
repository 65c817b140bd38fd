"""Prints an API v2 study as a page of the same family: other headings and labels, in several manners.

It shares no code with the package. The words are those of the registry's own site (`registry`), of API v2's field names
(`api`) and of exports and republishers (`export`); the manners are `inline` (`Label: value`), `blocks` (each a
paragraph of its own), `collapsed` (blocks without blank lines), `upper` (labels in capitals) and `table`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.evaluation.printer import Json, page_text

MANNERS = ("inline", "blocks", "collapsed", "upper", "table")


class Entry(NamedTuple):
    """A heading (no value) or a label and its value."""

    label: str
    value: str | None = None
    level: int = 0


# --- The words: registry, api, export ---

WORDS: dict[str, tuple[str, str, str]] = {
    "title": ("Brief Title", "BriefTitle", "Public title"),
    "nct": ("ClinicalTrials.gov Identifier", "NCTId", "Trial ID"),
    "official": ("Official Title", "OfficialTitle", "Scientific title"),
    "acronym": ("Acronym", "Acronym", "Study Acronym"),
    "org": ("Information provided by", "OrganizationFullName", "Source"),
    "org_id": ("Other Study ID", "OrgStudyId", "Org Study ID"),
    "second": ("Secondary IDs", "SecondaryId", "Secondary Identifying Numbers"),
    "status": ("Overall Status", "OverallStatus", "Recruitment status"),
    "why": ("Why Study Stopped", "WhyStopped", "Reason for stopping"),
    "type": ("Study Type", "StudyType", "Type of study"),
    "phase": ("Phase", "Phase", "Study phase"),
    "enrollment": ("Enrollment", "EnrollmentCount", "Target sample size"),
    "start": ("Study Start", "StartDate", "Date of first enrolment"),
    "primary_date": ("Primary Completion", "PrimaryCompletionDate", "Primary Completion Date"),
    "completion": ("Study Completion", "CompletionDate", "End Date"),
    "posted": ("First Posted", "StudyFirstPostDate", "Date of registration"),
    "submitted": ("First Submitted", "StudyFirstSubmitDate", "Firstreceived Date"),
    "updated": ("Last Update Posted", "LastUpdatePostDate", "Lastchanged Date"),
    "verified": ("Last Verified", "StatusVerifiedDate", "Verification Date"),
    "results": ("Has Results", "HasResults", "Has Results"),
    "lead": ("Sponsor", "LeadSponsorName", "Primary sponsor"),
    "collaborators": ("Collaborators", "CollaboratorName", "Secondary sponsor(s)"),
    "summary": ("Brief Summary", "BriefSummary", "Summary"),
    "details": ("Detailed Description", "DetailedDescription", "Detailed Description"),
    "conditions": ("Condition or disease", "Condition", "Health condition(s) or problem(s) studied"),
    "keywords": ("Keywords", "Keyword", "Keywords"),
    "allocation": ("Allocation", "DesignAllocation", "Allocation"),
    "model": ("Interventional Model", "DesignInterventionModel", "Intervention Model"),
    "observational": ("Observational Model", "DesignObservationalModel", "Observational Model"),
    "time": ("Time Perspective", "DesignTimePerspective", "Time Perspective"),
    "purpose": ("Primary Purpose", "DesignPrimaryPurpose", "Primary purpose"),
    "masking": ("Masking", "DesignMasking", "Blinding"),
    "who": ("Who Is Masked", "DesignWhoMasked", "Who Masked"),
    "criteria": ("Eligibility Criteria", "EligibilityCriteria", "Key inclusion and exclusion criteria"),
    "min": ("Minimum Age", "MinimumAge", "Age minimum"),
    "max": ("Maximum Age", "MaximumAge", "Age maximum"),
    "ages": ("Ages Eligible for Study", "", ""),
    "sex": ("Sexes Eligible for Study", "Sex", "Gender"),
    "healthy": ("Accepts Healthy Volunteers", "HealthyVolunteers", "Healthy Volunteers"),
    "primary": ("Primary Outcome Measures", "PrimaryOutcomes", "Primary outcome(s)"),
    "secondary": ("Secondary Outcome Measures", "SecondaryOutcomes", "Key secondary outcomes"),
    "other": ("Other Outcome Measures", "OtherOutcomes", "Other Outcomes"),
    "officials": ("Overall Officials", "OverallOfficials", "Investigators"),
    "dmc": ("Has Data Monitoring Committee", "OversightHasDMC", "Has DMC"),
    "drug": ("Studies a U.S. FDA-regulated Drug Product", "IsFDARegulatedDrug", "FDA Regulated Drug"),
    "device": ("Studies a U.S. FDA-regulated Device Product", "IsFDARegulatedDevice", "FDA Regulated Device"),
    "ipd": ("Plan to Share IPD", "IPDSharing", "IPD Sharing"),
    "ipd_text": ("IPD Plan Description", "IPDSharingDescription", "IPD Plan Description"),
    "ipd_types": ("Supporting Information", "IPDSharingInfoType", "Supporting Information"),
    "ipd_time": ("IPD Sharing Time Frame", "IPDSharingTimeFrame", "IPD Sharing Time Frame"),
    "ipd_access": ("IPD Sharing Access Criteria", "IPDSharingAccessCriteria", "Access Criteria"),
    "ipd_url": ("IPD Sharing URL", "IPDSharingURL", "IPD URL"),
    "documents": ("Study Documents", "LargeDocs", "Documents"),
    "interventions": ("Interventions", "Interventions", "Intervention(s)"),
    "arms": ("Arms", "ArmGroups", "Arm Groups"),
    "locations": ("Locations", "Locations", "Study Sites"),
    "contacts": ("Study Contact", "CentralContacts", "Overall Contacts"),
    "references": ("Publications", "References", "References"),
    "h_overview": ("Study Overview", "IdentificationModule", "Trial Information"),
    "h_design": ("Study Plan", "DesignModule", "Study Design"),
    "h_oversight": ("Oversight", "OversightModule", "Oversight Information"),
    "h_sharing": ("Individual Participant Data (IPD) Sharing Statement", "IPDSharingStatementModule", "Data Sharing"),
    "h_dates": ("Study Record Dates", "StatusModule", "Key Dates"),
}
SETS = ("registry", "api", "export")

_ROLES = {
    "PARTICIPANT": "Participant",
    "CARE_PROVIDER": "Care Provider",
    "INVESTIGATOR": "Investigator",
    "OUTCOMES_ASSESSOR": "Outcomes Assessor",
}
_SPOKEN = {
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "NA": "Not Applicable",
    "NONE": "None (Open Label)",
    "ECT": "Educational/Counseling/Training",
    "INTERVENTIONAL": "Interventional",
    "EARLY_PHASE1": "Early Phase 1",
    "NON_RANDOMIZED": "Non-Randomized",
    "UNKNOWN": "Unknown status",
    "SAP": "Statistical Analysis Plan (SAP)",
    "ICF": "Informed Consent Form (ICF)",
    "CSR": "Clinical Study Report (CSR)",
}


def spoken(code: str | None, words: str, suffix: str = "") -> str:
    """A code in the words of a site; API v2 has it as it is."""
    if not code or words == "api":
        return code or ""
    text = _SPOKEN.get(code) or re.sub(r"^PHASE(\d)$", r"Phase \1", code).replace("_", " ")
    return (text.capitalize() if text.isupper() else text) + (suffix if code not in ("NA",) else "")


def spoken_date(date: str | None, words: str) -> str:
    """`2019-01-15`, `January 15, 2019` or `15 January 2019`; a month stays a month."""
    if not date or words == "api":
        return date or ""
    year, month, day = ([*map(int, date.split("-")), 0, 0])[:3]
    if not month:
        return str(year)
    name = calendar.month_name[month]
    if not day:
        return f"{name} {year}"
    return f"{name} {day}, {year}" if words == "registry" else f"{day} {name} {year}"


def yes_no(value: bool | None, words: str) -> str:
    if value is None:
        return ""
    return str(value) if words == "api" else "Yes" if value else "No"


def one_line(text: str | None) -> str:
    return " ".join((text or "").split())


# --- The page ---


def print_family(study: Json, words: str = "registry", manner: str = "inline") -> str:
    """The page of a study, without a line end after its last line."""
    say = SETS.index(words)
    return _PRINTERS[manner](list(_entries(study, words, lambda name: WORDS[name][say])))


def _entries(study: Json, words: str, say: Callable[[str], str]) -> Iterable[Entry]:
    protocol = study["protocolSection"]
    identification, status = protocol.get("identificationModule", {}), protocol.get("statusModule", {})
    design, info = protocol.get("designModule", {}), protocol.get("designModule", {}).get("designInfo", {})
    description, conditions = protocol.get("descriptionModule", {}), protocol.get("conditionsModule", {})
    sponsors, eligibility = protocol.get("sponsorCollaboratorsModule", {}), protocol.get("eligibilityModule", {})
    oversight, sharing = protocol.get("oversightModule", {}), protocol.get("ipdSharingStatementModule", {})
    arms, places = protocol.get("armsInterventionsModule", {}), protocol.get("contactsLocationsModule", {})
    separator = "; " if words != "api" else "|"

    def given(name: str, value: str) -> list[Entry]:
        return [Entry(say(name), value)] if value else []

    def dated(name: str, key: str) -> list[Entry]:
        struct = status.get(key, {})
        value, kind = spoken_date(struct.get("date"), words), struct.get("type", "").capitalize()
        if not value:
            return []
        if words == "api":
            return [
                Entry(say(name), value),
                *([Entry(f"{say(name)}Type", kind.upper())] if kind and name in _TYPED else []),
            ]
        if words == "registry" and kind:
            return [Entry(f"{say(name)} ({kind})", value)]
        return [Entry(say(name), value)]

    enrollment = design.get("enrollmentInfo", {})
    count, kind = enrollment.get("count"), enrollment.get("type", "")
    yield Entry("", page_text(identification.get("briefTitle")))
    yield from given("nct", identification.get("nctId"))
    yield Entry(say("h_overview"))
    yield from given("official", one_line(identification.get("officialTitle")))
    yield from given("acronym", one_line(identification.get("acronym")))
    yield from given("org", one_line(identification.get("organization", {}).get("fullName")))
    yield from given("org_id", one_line(identification.get("orgStudyIdInfo", {}).get("id")))
    yield from given(
        "second", separator.join(one_line(one.get("id")) for one in identification.get("secondaryIdInfos", []))
    )
    yield from given("status", spoken(status.get("overallStatus"), words))
    yield from given("why", one_line(status.get("whyStopped")))
    yield from given(
        "type",
        spoken(
            design.get("studyType"),
            words,
            " (Clinical Trial)" if words == "registry" and design.get("studyType") == "INTERVENTIONAL" else "",
        ),
    )
    yield from given(
        "phase", (" | " if words == "api" else "/").join(spoken(one, words) for one in design.get("phases", []))
    )
    if count is not None:
        if words == "registry":
            yield Entry(f"{kind.capitalize()} Enrollment" if kind else "Enrollment", f"{count} participants")
        elif words == "export":
            yield Entry(say("enrollment"), f"{count} [{kind.capitalize()}]" if kind else str(count))
        else:
            yield Entry(say("enrollment"), str(count))
            yield from [Entry("EnrollmentType", kind)] if kind else []
    yield from given("lead", one_line(sponsors.get("leadSponsor", {}).get("name")))
    yield from given(
        "collaborators", separator.join(one_line(one.get("name")) for one in sponsors.get("collaborators", []))
    )
    yield from given("summary", page_text(description.get("briefSummary")))
    yield from given("details", page_text(description.get("detailedDescription")))
    yield from given("conditions", separator.join(one_line(one) for one in conditions.get("conditions", [])))
    yield from given("keywords", separator.join(one_line(one) for one in conditions.get("keywords", [])))
    yield Entry(say("h_design"))
    yield from given("purpose", spoken(info.get("primaryPurpose"), words))
    yield from given("allocation", spoken(info.get("allocation"), words))
    suffix = " Assignment" if words == "registry" else ""
    yield from given("model", spoken(info.get("interventionModel"), words, suffix))
    yield from given("observational", spoken(info.get("observationalModel"), words))
    yield from given("time", spoken(info.get("timePerspective"), words))
    masking = info.get("maskingInfo", {})
    roles = ", ".join(_ROLES.get(role, role) for role in masking.get("whoMasked", []))
    if words == "registry" and roles:
        yield from given("masking", f"{spoken(masking.get('masking'), words)} ({roles})")
    else:
        yield from given("masking", spoken(masking.get("masking"), words))
        yield from given("who", roles if words == "export" else ", ".join(masking.get("whoMasked", [])))
    yield from _arms(arms, words, say)
    for name, key in (("primary", "primaryOutcomes"), ("secondary", "secondaryOutcomes"), ("other", "otherOutcomes")):
        yield from _outcomes(protocol.get("outcomesModule", {}).get(key, []), words, name, say(name))
    yield from given("criteria", page_text(eligibility.get("eligibilityCriteria")))
    low, high = eligibility.get("minimumAge"), eligibility.get("maximumAge")
    if words == "registry":
        ages = f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}" if high else ""
        groups = ", ".join(one.replace("_", " ").title() for one in eligibility.get("stdAges", []))
        yield from given("ages", f"{ages} ({groups})" if ages and groups else ages)
    else:
        yield from given("min", low or ("N/A" if words == "export" else ""))
        yield from given("max", high or ("N/A" if words == "export" else ""))
    yield from given("sex", spoken(eligibility.get("sex"), words))
    yield from given("healthy", yes_no(eligibility.get("healthyVolunteers"), words))
    flags = [("dmc", "oversightHasDmc"), ("drug", "isFdaRegulatedDrug"), ("device", "isFdaRegulatedDevice")]
    said = [entry for name, key in flags for entry in given(name, yes_no(oversight.get(key), words))]
    yield from [Entry(say("h_oversight")), *said] if said else []
    yield from _officials(places.get("overallOfficials", []), words, say("officials"))
    yield from _places(places, words, say)
    said = [
        *given("ipd", spoken(sharing.get("ipdSharing"), words)),
        *given("ipd_text", one_line(sharing.get("description"))),
        *given("ipd_types", ", ".join(spoken(one, words) for one in sharing.get("infoTypes", []))),
        *given("ipd_time", one_line(sharing.get("timeFrame"))),
        *given("ipd_access", one_line(sharing.get("accessCriteria"))),
        *given("ipd_url", one_line(sharing.get("url"))),
    ]
    yield from [Entry(say("h_sharing")), *said] if said else []
    yield from _references(protocol.get("referencesModule", {}).get("references", []), say("references"))
    yield from _documents(study.get("documentSection", {}), say("documents"))
    yield Entry(say("h_dates"))
    yield from given("submitted", spoken_date(status.get("studyFirstSubmitDate"), words))
    for name, key in (
        ("start", "startDateStruct"),
        ("primary_date", "primaryCompletionDateStruct"),
        ("completion", "completionDateStruct"),
        ("posted", "studyFirstPostDateStruct"),
        ("updated", "lastUpdatePostDateStruct"),
    ):
        yield from dated(name, key)
    yield from given("verified", spoken_date(status.get("statusVerifiedDate"), words))
    yield from given("results", yes_no(bool(study.get("hasResults")), words))


_TYPED = ("start", "primary_date", "completion")


def _outcomes(outcomes: list[Json], words: str, name: str, heading: str) -> Iterable[Entry]:
    """By titles and brackets, by labels of API v2, or by titles with labels below."""
    if not outcomes:
        return
    yield Entry(heading)
    for number, one in enumerate(outcomes, 1):
        measure, frame = one_line(one.get("measure")), one_line(one.get("timeFrame"))
        description = page_text(one.get("description"))
        if words == "api":
            prefix = f"{name.capitalize()}Outcome"
            yield Entry(f"{prefix}Measure", measure, 1)
            yield from [Entry(f"{prefix}Description", description, 1)] if description else []
            yield from [Entry(f"{prefix}TimeFrame", frame, 1)] if frame else []
        elif words == "registry":
            yield Entry("", f"{number}. {measure}" + (f" [ Time Frame: {frame} ]" if frame else ""), 1)
            yield from [Entry("", description, 1)] if description else []
        else:
            yield Entry("Measure", measure, 1)
            yield from [Entry("Time Frame", frame, 1)] if frame else []
            yield from [Entry("Description", description, 1)] if description else []


def _officials(officials: list[Json], words: str, heading: str) -> Iterable[Entry]:
    if not officials:
        return
    yield Entry(heading)
    for one in officials:
        for label, key in (("Name", "name"), ("Affiliation", "affiliation"), ("Role", "role")):
            value = spoken(one.get(key), words) if key == "role" else one_line(one.get(key))
            yield from [Entry(f"OverallOfficial{label}" if words == "api" else label, value, 1)] if value else []


def _arms(module: Json, words: str, say: Callable[[str], str]) -> Iterable[Entry]:
    if module.get("armGroups"):
        yield Entry(say("arms"))
    for arm in module.get("armGroups", []):
        yield Entry("ArmGroupLabel" if words == "api" else "Arm", one_line(arm.get("label")), 1)
        if arm.get("type"):
            yield Entry("ArmGroupType" if words == "api" else "Type", spoken(arm["type"], words), 1)
        if arm.get("description"):
            yield Entry("Description", page_text(arm["description"]), 1)
        if arm.get("interventionNames"):
            names = ("|" if words == "api" else "; ").join(map(one_line, arm["interventionNames"]))
            yield Entry("ArmGroupInterventionName" if words == "api" else "Interventions", names, 1)
    if module.get("interventions"):
        yield Entry(say("interventions"))
    for one in module.get("interventions", []):
        yield Entry("InterventionName" if words == "api" else "Name", one_line(one.get("name")), 1)
        yield Entry("InterventionType" if words == "api" else "Type", spoken(one.get("type"), words), 1)
        if one.get("description"):
            yield Entry(
                "InterventionDescription" if words == "api" else "Description", page_text(one["description"]), 1
            )


def _places(module: Json, words: str, say: Callable[[str], str]) -> Iterable[Entry]:
    if module.get("centralContacts"):
        yield Entry(say("contacts"))
    for one in module.get("centralContacts", []):
        for label, key in (
            ("Name", "name"),
            ("Role", "role"),
            ("Phone", "phone"),
            ("Phone Ext", "phoneExt"),
            ("Email", "email"),
        ):
            value = spoken(one.get(key), words) if key == "role" else one_line(one.get(key))
            yield from [Entry(label, value, 1)] if value else []
    if module.get("locations"):
        yield Entry(say("locations"))
    for one in module.get("locations", []):
        for label in ("Facility", "Status", "City", "State", "Zip", "Country"):
            value = spoken(one.get("status"), words) if label == "Status" else one_line(one.get(label.lower()))
            yield from [Entry(f"Location{label}" if words == "api" else label, value, 1)] if value else []


def _references(references: list[Json], heading: str) -> Iterable[Entry]:
    if references:
        yield Entry(heading)
    for one in references:
        for label, key in (("Citation", "citation"), ("PMID", "pmid"), ("Type", "type")):
            yield from [Entry(label, one_line(one.get(key)), 1)] if one.get(key) else []


def _documents(section: Json, heading: str) -> Iterable[Entry]:
    docs = section.get("largeDocumentModule", {}).get("largeDocs", [])
    if docs:
        yield Entry(heading)
    for one in docs:
        yield Entry("Document", one.get("label", ""), 1)
        yield Entry("Date", one.get("date", ""), 1)
        yield Entry("Filename", one.get("filename", ""), 1)


# --- The manners ---


def _inline(entries: list[Entry]) -> str:
    """`Label: value`, a heading between blank lines, running text below its label."""
    out: list[str] = []
    for entry in entries:
        if entry.value is None:
            out.append(f"\n{entry.label}\n")
        elif not entry.label:
            out.append(f"\n{entry.value}\n" if not entry.level else entry.value)
        elif "\n" in entry.value:
            out.append(f"\n{entry.label}: {entry.value}\n")
        else:
            out.append(f"{entry.label}: {entry.value}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def _blocks(entries: list[Entry]) -> str:
    return "\n\n".join(part for entry in entries for part in (entry.label, entry.value) if part)


def _collapsed(entries: list[Entry]) -> str:
    return re.sub(r"\n\s*\n", "\n", _blocks(entries))


def _upper(entries: list[Entry]) -> str:
    return _blocks([entry._replace(label=entry.label.upper()) for entry in entries])


def _table(entries: list[Entry]) -> str:
    rows = []
    for entry in entries:
        label, value = (entry.label or "Brief Title", entry.value) if not entry.level else (entry.label, entry.value)
        cell = " ".join((value or "").replace("|", "\\|").split())
        rows.append(f"| {label} | {cell} |")
    return "\n".join(["| Field | Value |", "| --- | --- |", *rows])


_PRINTERS: dict[str, Callable[[list[Entry]], str]] = {
    "inline": _inline,
    "blocks": _blocks,
    "collapsed": _collapsed,
    "upper": _upper,
    "table": _table,
}
