"""The columns of the registry's table download, by their names, and how each is read.

"18 Years and older   (Adult, Older Adult)"     Age
Allocation: RANDOMIZED|Masking: DOUBLE          Study Design
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from parser.forms import modules
from parser.forms.export_fields import DesignPart, ExportFields, FieldLocation, design_info, put, standard_age_groups
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import fold
from parser.values.codes import read_code
from parser.values.outcome_item import read_outcome
from parser.values.site_line import read_site

_ID_IN_URL = re.compile(r"https?://(?:\w+\.)?clinicaltrials\.gov/(?:ct2/)?(?:show|study)/(NCT\d{8})/?", re.IGNORECASE)
# A bar within a name does not end it: the next intervention begins with its type.
_INTERVENTION = re.compile(r"(?:\A|\|)\s*([A-Za-z][A-Za-z_ /-]{2,30}): ")
_AGES = re.compile(r"(?:(?P<limits>.*?) ?)?(?:\((?P<groups>[^()]*)\))?", re.DOTALL)
_RANGE = re.compile(
    r"(?:(?P<low>\d+ \w+) (?:to (?P<high>\d+ \w+)|and older)|up to (?P<only_high>\d+ \w+))", re.IGNORECASE
)
_DOCUMENT = re.compile(r'"?(?P<label>.+?)"?, (?P<url>https?://\S+)')


class CsvCell(NamedTuple):
    """A cell that holds something, and the record that is made."""

    fields: ExportFields
    text: str
    path: str
    study: dict[str, Any]
    with_zip: bool
    """Whether the table may have postal codes of sites, as since 2023."""

    def place(self, pointer: str | None) -> FieldLocation:
        return FieldLocation(lambda: self.path, pointer)

    def parts(self) -> list[str]:
        return [part for part in map(str.strip, self.text.split("|")) if part]


Column = Callable[[CsvCell], None]


# --- columns of one value ---


def _line(pointer: str) -> Column:
    def read(cell: CsvCell) -> None:
        put(cell.study, pointer, fold(cell.text))

    return read


def _text(pointer: str) -> Column:
    def read(cell: CsvCell) -> None:
        put(cell.study, pointer, cell.text)

    return read


def _lines(pointer: str) -> Column:
    def read(cell: CsvCell) -> None:
        put(cell.study, pointer, cell.parts())

    return read


def _code(field: str, pointer: str) -> Column:
    def read(cell: CsvCell) -> None:
        put(cell.study, pointer, cell.fields.code(field, fold(cell.text), cell.place(f"/{pointer}")))

    return read


def _date(pointer: str) -> Column:
    def read(cell: CsvCell) -> None:
        put(cell.study, pointer, cell.fields.date(cell.text, cell.place(f"/{pointer}")))

    return read


def _without_field(cell: CsvCell) -> None:
    cell.fields.leave("no-field", f"API v2 has no field for it: {cell.path}", cell.text, cell.place(None))


# --- columns with a reading of their own ---


def _nct_id(cell: CsvCell) -> None:
    pointer = f"{modules.IDENTIFICATION}/nctId"
    put(cell.study, pointer, cell.fields.registry_id(REGISTRY, cell.text, cell.place(f"/{pointer}")))


def _url(cell: CsvCell) -> None:
    """The page's address, which says the id once more."""
    match = _ID_IN_URL.fullmatch(cell.text.strip())
    identification = cell.study["protocolSection"].setdefault("identificationModule", {})
    if match is None or identification.setdefault("nctId", match[1].upper()) != match[1].upper():
        cell.fields.leave("no-field", f"API v2 has no field for it: {cell.path}", cell.text, cell.place(None))


def _has_results(cell: CsvCell) -> None:
    cell.study["hasResults"] = cell.fields.yes_or_no(cell.text, cell.place("/hasResults"))


def _interventions(cell: CsvCell) -> None:
    pointer = f"{modules.ARMS_INTERVENTIONS}/interventions"
    starts = [match for match in _INTERVENTION.finditer(cell.text) if read_code("intervention_type", match[1])]
    if not starts or starts[0].start():
        cell.fields.leave("unknown-value", "not a list of interventions", cell.text, cell.place(f"/{pointer}"))
        return
    ends = [match.start() for match in starts[1:]] + [len(cell.text)]
    items = [
        {"type": read_code("intervention_type", start[1]), "name": fold(cell.text[start.end() : end])}
        for start, end in zip(starts, ends, strict=True)
    ]
    put(cell.study, pointer, items)


def _outcomes(key: str) -> Column:
    def read(cell: CsvCell) -> None:
        items = [read_outcome(part) for part in cell.parts()]
        made = [
            {"measure": fold(one.measure), "description": one.description, "timeFrame": one.time_frame} for one in items
        ]
        put(cell.study, f"{modules.OUTCOMES}/{key}", made)

    return read


def _sponsors(cell: CsvCell) -> None:
    """The lead sponsor and the collaborators after it."""
    lead, *others = cell.parts()
    put(cell.study, f"{modules.SPONSORS}/leadSponsor/name", lead)
    put(cell.study, f"{modules.SPONSORS}/collaborators", [{"name": name} for name in others])


def _collaborators(cell: CsvCell) -> None:
    put(cell.study, f"{modules.SPONSORS}/collaborators", [{"name": name} for name in cell.parts()])


def _classes(cell: CsvCell) -> None:
    """The classes of all sponsors, each once. Only where there is one class, it is known whose it is."""
    module = cell.study["protocolSection"].get("sponsorCollaboratorsModule", {})
    place = cell.place(f"/{modules.SPONSORS}/leadSponsor/class")
    classes = [cell.fields.code("sponsor_class", part, place) for part in cell.parts()]
    if len(classes) > 1:
        cell.fields.leave("no-field", "of several classes it is not said whose they are", cell.text, place)
    elif classes and classes[0]:
        for sponsor in (module.setdefault("leadSponsor", {}), *module.get("collaborators", ())):
            sponsor["class"] = classes[0]


def _ages(cell: CsvCell) -> None:
    """`18 Years to 70 Years (Adult, Older Adult)`, `up to 17 Years (Child)`, `ADULT, OLDER_ADULT`."""
    place = cell.place(f"/{modules.ELIGIBILITY}")
    text = fold(cell.text)
    match = _AGES.fullmatch(text)
    limits, groups = (match["limits"] or "", match["groups"] or "") if match else (text, "")
    ranged = _RANGE.fullmatch(limits)
    if limits and not ranged and not groups:
        # Age groups without limits.
        limits, groups = "", limits
    codes = [
        _GROUPS.get(group.strip().upper().replace(" ", "_").replace("-", "_")) for group in groups.split(",") if groups
    ]
    if (limits and not ranged) or None in codes:
        cell.fields.leave("unknown-value", f"{text!r} is not a range of ages", text, place)
        return
    module: dict[str, Any] = {}
    if ranged:
        low, high = ranged["low"], ranged["high"] or ranged["only_high"]
        module = {
            "minimumAge": cell.fields.age(low, place) if low else None,
            "maximumAge": cell.fields.age(high, place) if high else None,
        }
    stated = [code for code in _GROUPS.values() if code in codes]
    module["stdAges"] = list(dict.fromkeys(stated)) or standard_age_groups(
        module.get("minimumAge"), module.get("maximumAge")
    )
    put(cell.study, modules.ELIGIBILITY, module)


_GROUPS = {"CHILD": "CHILD", "ADULT": "ADULT", "OLDER_ADULT": "OLDER_ADULT", "SENIOR": "OLDER_ADULT"}


def _phases(cell: CsvCell) -> None:
    pointer = f"{modules.DESIGN}/phases"
    put(cell.study, pointer, cell.fields.phases(cell.text, cell.place(f"/{pointer}")))


def _enrollment(cell: CsvCell) -> None:
    pointer = f"{modules.DESIGN}/enrollmentInfo/count"
    put(cell.study, pointer, cell.fields.count(cell.text, cell.place(f"/{pointer}")))


def _study_type(cell: CsvCell) -> None:
    put(cell.study, modules.DESIGN, cell.fields.study_type(cell.text, cell.place(f"/{modules.DESIGN}/studyType")))


def _study_design(cell: CsvCell) -> None:
    """`Allocation: RANDOMIZED | Masking: DOUBLE (PARTICIPANT)`; a part with nothing after its label says nothing."""
    design = []
    place = cell.place(f"/{modules.DESIGN}/designInfo")
    for part in cell.parts():
        label, colon, value = part.partition(":")
        if not colon:
            cell.fields.leave("unknown-value", f"{part!r} has no label", part, place)
        elif value.strip():
            design.append(DesignPart(label.strip(), value.strip(), part))
    put(cell.study, f"{modules.DESIGN}/designInfo", design_info(cell.fields, design, place))


def _other_ids(cell: CsvCell) -> None:
    """The sponsor's id, and further ones after it."""
    first, *others = cell.parts()
    put(cell.study, f"{modules.IDENTIFICATION}/orgStudyIdInfo/id", first)
    put(cell.study, f"{modules.IDENTIFICATION}/secondaryIdInfos", [{"id": other} for other in others])


def _locations(cell: CsvCell) -> None:
    pointer = f"{modules.CONTACTS}/locations"
    locations: list[dict[str, Any]] = []
    for part in cell.parts():
        site = read_site(part, with_zip=cell.with_zip)
        place = cell.place(f"/{pointer}/{len(locations)}")
        if site.rest and site.country:
            message = f"where its parts end is not sure, but for the country: {part!r}"
            cell.fields.leave("place-ambiguous", message, site.rest, place)
        elif site.rest:
            cell.fields.leave(
                "not-understood",
                f"not a site with its country: {part!r}",
                site.rest,
                place._replace(pointer=f"/{pointer}"),
            )
            continue
        locations.append({key: value for key, value in site._asdict().items() if key != "rest"})
    put(cell.study, pointer, locations)


def _documents(cell: CsvCell) -> None:
    pointer = "documentSection/largeDocumentModule/largeDocs"
    documents: list[dict[str, Any]] = []
    for part in cell.parts():
        place = cell.place(f"/{pointer}/{len(documents)}")
        match = _DOCUMENT.fullmatch(part)
        if match is None:
            cell.fields.leave("unknown-value", f"{part!r} is not a document with its address", part, place)
            continue
        documents.append({"label": match["label"], **cell.fields.document_file(match["url"], place)})
    put(cell.study, pointer, documents)


COLUMNS: dict[str, Column] = {
    # In this order, because some complete what others say.
    "NCT Number": _nct_id,
    "NCT ID": _nct_id,
    "Study URL": _url,
    "URL": _url,
    "Study Title": _line(f"{modules.IDENTIFICATION}/briefTitle"),
    "Title": _line(f"{modules.IDENTIFICATION}/briefTitle"),
    "Acronym": _line(f"{modules.IDENTIFICATION}/acronym"),
    "Other IDs": _other_ids,
    "Study Status": _code("overall_status", f"{modules.STATUS}/overallStatus"),
    "Status": _code("overall_status", f"{modules.STATUS}/overallStatus"),
    "Recruitment": _code("overall_status", f"{modules.STATUS}/overallStatus"),
    "Brief Summary": _text(f"{modules.DESCRIPTION}/briefSummary"),
    "Study Results": _has_results,
    "Conditions": _lines(f"{modules.CONDITIONS}/conditions"),
    "Interventions": _interventions,
    "Outcome Measures": _without_field,
    "Primary Outcome Measures": _outcomes("primaryOutcomes"),
    "Secondary Outcome Measures": _outcomes("secondaryOutcomes"),
    "Other Outcome Measures": _outcomes("otherOutcomes"),
    "Sponsor": _line(f"{modules.SPONSORS}/leadSponsor/name"),
    "Sponsor/Collaborators": _sponsors,
    "Sponsors": _sponsors,
    "Collaborators": _collaborators,
    "Funder Type": _code("sponsor_class", f"{modules.SPONSORS}/leadSponsor/class"),
    "Funded Bys": _classes,
    "Sex": _code("sex", f"{modules.ELIGIBILITY}/sex"),
    "Gender": _code("sex", f"{modules.ELIGIBILITY}/sex"),
    "Age": _ages,
    "Age Groups": _ages,
    "Phases": _phases,
    "Enrollment": _enrollment,
    "Study Type": _study_type,
    "Study Types": _study_type,
    "Study Design": _study_design,
    "Study Designs": _study_design,
    "Start Date": _date(f"{modules.STATUS}/startDateStruct/date"),
    "Primary Completion Date": _date(f"{modules.STATUS}/primaryCompletionDateStruct/date"),
    "Completion Date": _date(f"{modules.STATUS}/completionDateStruct/date"),
    "First Posted": _date(f"{modules.STATUS}/studyFirstPostDateStruct/date"),
    "Results First Posted": _date(f"{modules.STATUS}/resultsFirstPostDateStruct/date"),
    "Last Update Posted": _date(f"{modules.STATUS}/lastUpdatePostDateStruct/date"),
    "First Received": _date(f"{modules.STATUS}/studyFirstSubmitDate"),
    "Results First Received": _date(f"{modules.STATUS}/resultsFirstSubmitDate"),
    "Last Updated": _date(f"{modules.STATUS}/lastUpdateSubmitDate"),
    "Last Verified": _date(f"{modules.STATUS}/statusVerifiedDate"),
    "Locations": _locations,
    "Study Documents": _documents,
    "Rank": _without_field,
}
"""All columns of both downloads, by their names."""
