"""Prints an API v2 study as ClinicalTrials.gov printed it before 2024.

It shares no code with the package. `classic` is the full text of 2017 to 2024, `old` the one before that; the tabular
view is in `classic_tabular`. A page is rows of cells: `nodes` prints each paragraph of a cell on a line, `apart` with
blank lines between them, `bars` has bars between the cells, and `html` is the page as it was saved.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence

from tests.evaluation.family_printer import one_line, spoken, spoken_date, yes_no
from tests.evaluation.printer import Json

VIEWS = ("classic", "old")
MANNERS = ("nodes", "apart", "bars", "html")

Row = Sequence[str]

_MODELS = ("PARALLEL", "CROSSOVER", "SINGLE_GROUP", "FACTORIAL", "SEQUENTIAL")
_DISCLAIMER = (
    "The safety and scientific validity of this study is the responsibility of the study sponsor and investigators. "
    "Listing a study does not mean it has been evaluated by the U.S. Federal Government."
)
_CHOOSING = (
    "Choosing to participate in a study is an important personal decision. Talk with your doctor and family members or "
    "friends about deciding to join a study. To learn more about this study, you or your doctor may contact the study "
    "research staff using the contacts provided below. For general information, Learn About Clinical Studies."
)
_SENTENCES = {
    "COMPLETED": "This study has been completed.",
    "RECRUITING": "This study is currently recruiting participants.",
    "NOT_YET_RECRUITING": "This study is not yet open for participant recruitment.",
    "TERMINATED": "This study has been terminated.",
    "WITHDRAWN": "This study has been withdrawn prior to enrollment.",
    "ACTIVE_NOT_RECRUITING": "This study is ongoing, but not recruiting participants.",
    "SUSPENDED": "This study has been suspended.",
    "UNKNOWN": "The recruitment status of this study is unknown.",
}


def print_classic(study: Json, view: str = "classic", manner: str = "nodes") -> str:
    """The page of a study in one of `VIEWS`, in one of `MANNERS`."""
    return print_rows({"classic": _full, "old": _old}[view](study), manner)


def print_rows(printed: Iterable[Row], manner: str) -> str:
    """Rows of cells in one of `MANNERS`."""
    rows = [row for row in printed if any(row)]
    if manner == "html":
        return f"<html><body>{''.join(map(_element, rows))}</body></html>"
    if manner == "bars":
        return "\n".join(row[0] if len(row) == 1 else " | ".join(row) + " |" for row in rows) + "\n"
    lines = [line.strip() for row in rows for cell in row for line in cell.split("\n") if line.strip()]
    return ("\n\n" if manner == "apart" else "\n").join(lines) + "\n"


def _element(row: Row) -> str:
    cells = ["".join(f"<p>{html.escape(part)}</p>" for part in cell.split("\n") if part.strip()) for cell in row]
    if len(cells) == 1:
        return f"<div>{cells[0]}</div>"
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


# --- The full text ---


def _full(study: Json) -> Iterator[Row]:
    section = study["protocolSection"]
    ident, status = section["identificationModule"], section["statusModule"]
    yield ("Working...",)
    yield ("ClinicalTrials.gov Menu",)
    yield (one_line(ident["briefTitle"]),)
    yield (_DISCLAIMER,)
    yield (f"ClinicalTrials.gov Identifier: {ident['nctId']}",)
    yield (f"Recruitment Status : {spoken(status['overallStatus'], 'registry')}",)
    yield (_posted("First Posted :", status, "studyFirstPostDateStruct"),)
    yield (_posted("Results First Posted :", status, "resultsFirstPostDateStruct"),)
    yield (_posted("Last Update Posted :", status, "lastUpdatePostDateStruct"),)
    yield from _sponsors(section, "Sponsor:", "Collaborators:" if _several(section) else "Collaborator:")
    yield ("Information provided by (Responsible Party):",)
    yield (responsible(section),)
    yield ("Study Details",)
    yield ("Tabular View",)
    yield ("No Results Posted",)
    yield ("Disclaimer",)
    yield ("How to Read a Study Record",)
    yield from _description(section)
    yield from _design(section)
    yield from _arms(section)
    yield from _outcomes(section, " :")
    yield from _eligibility(section)
    yield from _contacts(section, ident["nctId"])
    yield from _more(study)


def _posted(label: str, status: Json, name: str) -> str:
    date = status.get(name, {}).get("date")
    return f"{label} {spoken_date(date, 'registry')}" if date else ""


def _several(section: Json) -> bool:
    return len(section.get("sponsorCollaboratorsModule", {}).get("collaborators", ())) > 1


def _sponsors(section: Json, lead: str, others: str) -> Iterator[Row]:
    module = section.get("sponsorCollaboratorsModule", {})
    yield (lead,)
    yield (one_line(module["leadSponsor"]["name"]),)
    if module.get("collaborators"):
        yield (others,)
        for one in module["collaborators"]:
            yield (one_line(one["name"]),)


def responsible(section: Json) -> str:
    """Who is responsible, as the head of the page and its end say it."""
    module = section.get("sponsorCollaboratorsModule", {})
    party = module.get("responsibleParty", {})
    if party.get("investigatorFullName"):
        return f"{party['investigatorFullName']}, {party.get('investigatorAffiliation', '')}".rstrip(", ")
    return one_line(module["leadSponsor"]["name"])


def _heading(text: str) -> Iterator[Row]:
    yield (text,)
    yield ("Go to",)


def _description(section: Json) -> Iterator[Row]:
    module = section.get("descriptionModule", {})
    yield from _heading("Study Description")
    yield ("Brief Summary:",)
    yield (module.get("briefSummary", "").strip(),)
    yield ("Condition or disease", "Intervention/treatment", "Phase")
    conditions = "\n".join(map(one_line, section.get("conditionsModule", {}).get("conditions", ())))
    yield (conditions, "\n".join(_interventions(section)), phase(section))
    if module.get("detailedDescription"):
        yield ("Detailed Description:",)
        yield (module["detailedDescription"].strip(),)


def _interventions(section: Json) -> list[str]:
    module = section.get("armsInterventionsModule", {})
    return [f"{typed(one)}: {one_line(one['name'])}" for one in module.get("interventions", ())]


def typed(intervention: Json) -> str:
    """An intervention's type in the site's words."""
    return spoken(intervention.get("type"), "registry").title().replace("Test", "Test")


def phase(section: Json) -> str:
    """The phases in the site's words."""
    phases = section.get("designModule", {}).get("phases", ())
    return " ".join(spoken(one, "registry").replace("Phase", "Phase ").replace("  ", " ") for one in phases)


def _design(section: Json) -> Iterator[Row]:
    module, status = section.get("designModule", {}), section["statusModule"]
    info, count = module.get("designInfo", {}), module.get("enrollmentInfo", {})
    yield from _heading("Study Design")
    is_trial = module.get("studyType") == "INTERVENTIONAL"
    yield ("Study Type :", spoken(module.get("studyType"), "registry") + ("  (Clinical Trial)" if is_trial else ""))
    if "count" in count:
        kind = "Estimated" if count.get("type") == "ESTIMATED" else "Actual"
        yield (f"{kind} Enrollment :", f"{count['count']} participants")
    yield from design_rows(info)
    title = section["identificationModule"].get("officialTitle")
    if title:
        yield ("Official Title:", one_line(title))
    yield dated("Study Start Date :", status.get("startDateStruct", {}))
    yield dated("Primary Completion Date :", status.get("primaryCompletionDateStruct", {}))
    yield dated("Study Completion Date :", status.get("completionDateStruct", {}))
    yield ("Resource links provided by the National Library of Medicine",)
    yield ("MedlinePlus related topics: Sleep Disorders",)
    yield ("U.S. FDA Resources",)


def dated(label: str, struct: Json) -> Row:
    """`Actual Study Start Date : | March 2014`."""
    kind = {"ACTUAL": "Actual ", "ESTIMATED": "Estimated "}.get(struct.get("type"), "")
    return (kind + label, spoken_date(struct["date"], "registry")) if struct.get("date") else ("",)


def design_rows(info: Json) -> Iterator[Row]:
    """The labels and values of the study's design."""
    model = info.get("interventionModel")
    masking = info.get("maskingInfo", {})
    pairs = (
        ("Allocation:", spoken(info.get("allocation"), "registry")),
        ("Intervention Model:", spoken(model, "registry") + (" Assignment" if model in _MODELS else "")),
        ("Observational Model:", spoken(info.get("observationalModel"), "registry")),
        ("Time Perspective:", spoken(info.get("timePerspective"), "registry")),
        ("Intervention Model Description:", one_line(info.get("interventionModelDescription"))),
        ("Masking:", _masking(masking)),
        ("Masking Description:", one_line(masking.get("maskingDescription"))),
        ("Primary Purpose:", spoken(info.get("primaryPurpose"), "registry")),
    )
    yield from ((label, value) for label, value in pairs if value)


def _masking(masking: Json) -> str:
    roles = ", ".join(spoken(one, "registry") for one in masking.get("whoMasked", ()))
    return spoken(masking.get("masking"), "registry") + (f" ({roles})" if roles else "")


def _arms(section: Json) -> Iterator[Row]:
    module = section.get("armsInterventionsModule", {})
    if not module.get("armGroups"):
        return
    is_trial = section.get("designModule", {}).get("studyType") == "INTERVENTIONAL"
    yield from _heading("Arms and Interventions" if is_trial else "Groups and Cohorts")
    yield ("Arm" if is_trial else "Group/Cohort", "Intervention/treatment")
    by_name = {f"{one.get('type', '')}: {one['name']}": one for one in module.get("interventions", ())}
    for arm in module["armGroups"]:
        kind = spoken(arm.get("type"), "registry").title()
        label = f"{kind}: {one_line(arm['label'])}" if kind else one_line(arm["label"])
        left = "\n".join(filter(None, (label, one_line(arm.get("description")))))
        right = []
        for name in arm.get("interventionNames", ()):
            found = next((one for key, one in by_name.items() if one["name"] == name.partition(": ")[2]), None)
            if found:
                right.append(f"{typed(found)}: {one_line(found['name'])}")
                right.append(one_line(found.get("description")))
                others = found.get("otherNames", ())
                right += (
                    [("Other Names:" if len(others) > 1 else "Other Name:"), *map(one_line, others)] if others else []
                )
        yield (left, "\n".join(filter(None, right)))


def _outcomes(section: Json, colon: str) -> Iterator[Row]:
    module = section.get("outcomesModule", {})
    if module:
        yield from _heading("Outcome Measures")
    for kind in ("primary", "secondary", "other"):
        found = module.get(f"{kind}Outcomes", ())
        if found:
            yield (f"{kind.title()} Outcome Measures{colon}",)
        for number, one in enumerate(found, 1):
            frame = one_line(one.get("timeFrame"))
            yield (f"{number}. {one_line(one['measure'])}" + (f" [ Time Frame: {frame} ]" if frame else ""),)
            yield (one_line(one.get("description")),)


def ages(module: Json) -> str:
    """The ages and their groups."""
    low, high = module.get("minimumAge"), module.get("maximumAge")
    ages = f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}" if high else ""
    groups = ", ".join(
        {"CHILD": "Child", "ADULT": "Adult", "OLDER_ADULT": "Older Adult"}[one] for one in module.get("stdAges", ())
    )
    return f"{ages or 'Child, Adult, Older Adult'}   ({groups})" if ages else groups


def _eligibility(section: Json) -> Iterator[Row]:
    module = section.get("eligibilityModule", {})
    yield from _heading("Eligibility Criteria")
    yield ("Information from the National Library of Medicine",)
    yield (_CHOOSING,)
    yield ("Ages Eligible for Study:", ages(module))
    yield ("Sexes Eligible for Study:", spoken(module.get("sex"), "registry"))
    if "healthyVolunteers" in module:
        yield ("Accepts Healthy Volunteers:", yes_no(module["healthyVolunteers"], "registry"))
    if module.get("samplingMethod"):
        yield ("Sampling Method:", spoken(module["samplingMethod"], "registry"))
    if module.get("studyPopulation"):
        yield ("Study Population",)
        yield (one_line(module["studyPopulation"]),)
    yield ("Criteria",)
    yield (module.get("eligibilityCriteria", "").strip(),)


def _contacts(section: Json, nct: str) -> Iterator[Row]:
    module = section.get("contactsLocationsModule", {})
    yield from _heading("Contacts and Locations")
    yield ("Information from the National Library of Medicine",)
    yield (
        "To learn more about this study, you or your doctor may contact the study research staff using the contact "
        "information provided by the sponsor.",
    )
    yield (f"Please refer to this study by its ClinicalTrials.gov identifier (NCT number): {nct}",)
    if module.get("centralContacts"):
        yield ("Contacts",)
        for one in module["centralContacts"]:
            yield (f"Contact: {one_line(one.get('name'))}", one.get("phone", ""), one.get("email", ""))
    if module.get("locations"):
        yield ("Locations",)
    above = None
    for place in module.get("locations", ()):
        country = ", ".join(
            filter(
                None, (place.get("country"), place.get("state") if place.get("country") == "United States" else None)
            )
        )
        if country != above:
            yield (country,)
            above = country
        yield (one_line(place.get("facility")),)
        yield (", ".join(filter(None, (place.get(part) for part in ("city", "state", "country", "zip")))),)
    yield from _sponsors(section, "Sponsors and Collaborators", "")
    if module.get("overallOfficials"):
        yield ("Investigators",)
        for one in module["overallOfficials"]:
            role = spoken(one.get("role"), "registry").title()
            yield (f"{role}:", one_line(one.get("name")), one_line(one.get("affiliation")))


def _more(study: Json) -> Iterator[Row]:
    section = study["protocolSection"]
    ident, status = section["identificationModule"], section["statusModule"]
    yield from _heading("More Information")
    references = section.get("referencesModule", {}).get("references", ())
    for label, derived in (
        ("Publications:", False),
        ("Publications automatically indexed to this study by ClinicalTrials.gov Identifier (NCT Number):", True),
    ):
        found = [one for one in references if (one.get("type") == "DERIVED") is derived]
        yield (label if found else "",)
        for one in found:
            yield (one_line(one.get("citation")),)
    yield ("Responsible Party:", responsible(section))
    yield ("ClinicalTrials.gov Identifier:", f"{ident['nctId']}   History of Changes")
    yield ("Other Study ID Numbers:", "\n".join(other_ids(ident)))
    for label, name in (
        ("First Posted:", "studyFirstPostDateStruct"),
        ("Results First Posted:", "resultsFirstPostDateStruct"),
        ("Last Update Posted:", "lastUpdatePostDateStruct"),
    ):
        if status.get(name, {}).get("date"):
            yield (label, f"{spoken_date(status[name]['date'], 'registry')}   Key Record Dates")
    yield ("Last Verified:", spoken_date(status.get("statusVerifiedDate"), "registry"))
    yield from _flags(section)
    keywords = section.get("conditionsModule", {}).get("keywords", ())
    if keywords:
        yield (f"Keywords provided by {responsible(section)}:",)
        for one in keywords:
            yield (one_line(one),)
    meshes = study.get("derivedSection", {}).get("conditionBrowseModule", {}).get("meshes", ())
    if meshes:
        yield ("Additional relevant MeSH terms:",)
        for one in meshes:
            yield (one["term"],)


def other_ids(ident: Json) -> Iterator[str]:
    """The organisation's id and the others."""
    if ident.get("orgStudyIdInfo", {}).get("id"):
        yield ident["orgStudyIdInfo"]["id"]
    for one in ident.get("secondaryIdInfos", ()):
        yield one["id"]


def _flags(section: Json) -> Iterator[Row]:
    oversight, ipd = section.get("oversightModule", {}), section.get("ipdSharingStatementModule", {})
    if ipd.get("ipdSharing"):
        yield ("Individual Participant Data (IPD) Sharing Statement:",)
        yield ("Plan to Share IPD:", spoken(ipd["ipdSharing"], "registry"))
        if ipd.get("description"):
            yield ("Plan Description:", one_line(ipd["description"]))
    for label, name in (
        ("Studies a U.S. FDA-regulated Drug Product:", "isFdaRegulatedDrug"),
        ("Studies a U.S. FDA-regulated Device Product:", "isFdaRegulatedDevice"),
    ):
        if name in oversight:
            yield (label, yes_no(oversight[name], "registry"))


# --- Before 2017 ---


def _old(study: Json) -> Iterator[Row]:
    section = study["protocolSection"]
    ident, status = section["identificationModule"], section["statusModule"]
    module, info = section.get("designModule", {}), section.get("designModule", {}).get("designInfo", {})
    yield (one_line(ident["briefTitle"]),)
    yield (_SENTENCES.get(status["overallStatus"], ""),)
    yield from _sponsors(section, "Sponsor:", "Collaborators:" if _several(section) else "Collaborator:")
    yield ("Information provided by (Responsible Party):",)
    yield (responsible(section),)
    yield ("ClinicalTrials.gov Identifier:",)
    yield (ident["nctId"],)
    for label, date in (
        ("First received", status.get("studyFirstSubmitDate")),
        ("Last updated", status.get("lastUpdatePostDateStruct", {}).get("date")),
        ("Last verified", status.get("statusVerifiedDate")),
    ):
        yield (f"{label}: {spoken_date(date, 'registry')}" if date else "",)
    yield ("Purpose",)
    yield (section.get("descriptionModule", {}).get("briefSummary", "").strip(),)
    yield ("Condition", "Intervention", "Phase")
    conditions = "\n".join(map(one_line, section.get("conditionsModule", {}).get("conditions", ())))
    yield (conditions, "\n".join(_interventions(section)), phase(section))
    yield (f"Study Type: {spoken(module.get('studyType'), 'registry')}",)
    for number, (label, value) in enumerate(design_rows({**info, "interventionModelDescription": ""})):
        yield (f"{'Study Design: ' if not number else ''}{label} {value}",)
    title = ident.get("officialTitle")
    yield (f"Official Title: {one_line(title)}" if title else "",)
    yield from (row for row in _outcomes(section, ":") if row not in (("Outcome Measures",), ("Go to",)))
    count = module.get("enrollmentInfo", {}).get("count")
    yield ("Enrollment:", str(count)) if count is not None else ("",)
    for label, name in (("Study Start Date", "startDateStruct"), ("Study Completion Date", "completionDateStruct")):
        date = status.get(name, {}).get("date")
        yield (f"{label}:", spoken_date(date, "registry")) if date else ("",)
    details = section.get("descriptionModule", {}).get("detailedDescription")
    if details:
        yield ("Detailed Description:",)
        yield (details.strip(),)
    yield ("Eligibility",)
    criteria = section.get("eligibilityModule", {})
    yield ("Ages Eligible for Study:", ages(criteria))
    yield (
        "Genders Eligible for Study:",
        "Both" if criteria.get("sex") == "ALL" else spoken(criteria.get("sex"), "registry"),
    )
    yield ("Criteria",)
    yield (criteria.get("eligibilityCriteria", "").strip(),)
