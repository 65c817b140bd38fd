"""A document's JSON as rows of the tables in parser/tables/columns.py. Plain Python: rows are dicts by column name.

    for row in rows_of(document.to_dict())["criteria"]:
        print(row["criterion_id"], row["text"])

Nothing is interpreted here except units for comparison (parser/quantities/conversion.py). If a document has no
normalizedSection, such as a plain study of API v2, the columns made from it are null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from parser.quantities.conversion import canonical
from parser.tables.columns import TABLES

Row = dict[str, Any]
"""A row by column: str, int, float, bool, date, a list of str, or None."""

_Object = Mapping[str, Any]

_NOTHING: _Object = {}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_INT64 = 1 << 63


def rows_of(document: _Object, record: int = 1, source: str | None = None) -> dict[str, list[Row]]:
    """The rows of each table for one document.

    `document` is the result of `Document.to_dict`, `record` its position in the data set and `source` the location
    of its page. Every table is there, and every row has every column of its table. Integers outside 64 bits are null.
    """
    protocol = document.get("protocolSection") or _NOTHING
    normalized = document.get("normalizedSection") or _NOTHING
    begin = {"record": record, "nct_id": _at(protocol, "identificationModule").get("nctId")}
    arms, interventions, quantities = _arms(protocol, normalized)
    criteria, of_criteria = _criteria(_at(normalized, "eligibilityModule"))
    numbered = [{"position": place, **row} for place, row in enumerate(of_criteria + quantities, 1)]
    found = {
        "studies": [_study(document, source)],
        "criteria": criteria,
        "quantities": numbered,
        "conditions": list(_conditions(_at(protocol, "conditionsModule"))),
        "interventions": interventions,
        "arms": arms,
        "locations": list(_locations(protocol, normalized)),
        "contacts": list(_contacts(protocol, normalized)),
        "references": list(_references(protocol, normalized)),
        "problems": list(_problems(_at(document, "sourceSection"))),
    }
    return {table.name: [{**begin, **row} for row in found[table.name]] for table in TABLES}


def _at(data: _Object, *keys: str) -> _Object:
    """The object under some keys; empty if there is none."""
    for key in keys:
        data = data.get(key) or _NOTHING
    return data


def _pairs(protocol: _Object, normalized: _Object, module: str, key: str) -> Iterator[tuple[int, _Object, _Object]]:
    """The objects of a list in protocolSection next to those in normalizedSection, with their place."""
    printed, read = (_at(section, module).get(key) or () for section in (protocol, normalized))
    for place, (left, right) in enumerate(zip_longest(printed, read, fillvalue=_NOTHING), 1):
        yield place, left or _NOTHING, right or _NOTHING


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and -_INT64 <= value < _INT64 else None


def _double(value: float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


# --- studies ---


def _study(document: _Object, source: str | None) -> Row:
    protocol, origin = _at(document, "protocolSection"), _at(document, "sourceSection")
    identification = _at(protocol, "identificationModule")
    status, design = _at(protocol, "statusModule"), _at(protocol, "designModule")
    sponsors, description = _at(protocol, "sponsorCollaboratorsModule"), _at(protocol, "descriptionModule")
    eligibility, party = _at(protocol, "eligibilityModule"), _at(sponsors, "responsibleParty")
    info, ages = _at(design, "designInfo"), _at(document, "normalizedSection", "eligibilityModule")
    return {
        "source": source,
        "sha256": origin.get("sha256"),
        "form": origin.get("form"),
        "registry": origin.get("registry"),
        "registry_id": origin.get("registryId"),
        "title": identification.get("briefTitle"),
        "status": status.get("overallStatus"),
        "study_type": design.get("studyType"),
        "phases": design.get("phases", []),
        "enrollment": _integer(_at(design, "enrollmentInfo").get("count")),
        **_date("start", _at(status, "startDateStruct")),
        **_date("completion", _at(status, "completionDateStruct")),
        **_date("last_update", _at(status, "lastUpdatePostDateStruct")),
        "sex": eligibility.get("sex"),
        "healthy_volunteers": eligibility.get("healthyVolunteers"),
        "minimum_age_years": _years(_at(ages, "minimumAge"), "low"),
        "minimum_age_text": eligibility.get("minimumAge"),
        "maximum_age_years": _years(_at(ages, "maximumAge"), "high"),
        "maximum_age_text": eligibility.get("maximumAge"),
        "std_ages": eligibility.get("stdAges", []),
        "allocation": info.get("allocation"),
        "intervention_model": info.get("interventionModel"),
        "observational_model": info.get("observationalModel"),
        "time_perspective": info.get("timePerspective"),
        "primary_purpose": info.get("primaryPurpose"),
        "masking": _at(info, "maskingInfo").get("masking"),
        "who_masked": _at(info, "maskingInfo").get("whoMasked", []),
        "lead_sponsor": _at(sponsors, "leadSponsor").get("name"),
        "lead_sponsor_class": _at(sponsors, "leadSponsor").get("class"),
        "collaborators": [sponsor.get("name") for sponsor in sponsors.get("collaborators", ())],
        "responsible_party": party.get("type"),
        "investigator": party.get("investigatorFullName"),
        "investigator_title": party.get("investigatorTitle"),
        "investigator_affiliation": party.get("investigatorAffiliation"),
        "org_study_id": _at(identification, "orgStudyIdInfo").get("id"),
        "secondary_ids": [other.get("id") for other in identification.get("secondaryIdInfos", ())],
        "has_results": document.get("hasResults"),
        "brief_summary": description.get("briefSummary"),
        "detailed_description": description.get("detailedDescription"),
        "eligibility_criteria": eligibility.get("eligibilityCriteria"),
        "unparsed": [piece["text"] for piece in origin.get("unparsed", ())],
    }


def _date(name: str, struct: _Object) -> Row:
    """A date, its precision, and its text: a month is its first day with the precision `month`."""
    text = struct.get("date")
    match = _DATE.fullmatch(text or "")
    try:
        day = date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        day = None
    precision = _PRECISIONS[len(text)] if day and text else None
    return {f"{name}_date": day, f"{name}_precision": precision, f"{name}_text": text}


def _years(age: _Object, bound: str) -> float | None:
    unit, year = canonical(age.get("ucum") or ""), canonical("a")
    if unit is None or year is None or unit.ucum != year.ucum:
        return None
    seconds = unit.of(age.get(bound))
    return None if seconds is None else seconds / float(year.numerator)


# --- criteria and quantities ---


def _criteria(eligibility: _Object) -> tuple[list[Row], list[Row]]:
    """The nodes of the tree in the page's order, and their quantities. Without recursion, because trees may be deep."""
    nodes: list[Row] = []
    quantities: list[Row] = []
    waiting: list[tuple[_Object, list[str]]] = [(top, []) for top in reversed(eligibility.get("criteria", ()))]
    while waiting:
        node, above = waiting.pop()
        path = [*above, node["id"]]
        nodes.append(
            {
                "criterion_id": node["id"],
                "parent_id": above[-1] if above else None,
                "path": path,
                "depth": len(path),
                "position": len(nodes) + 1,
                "category": node["category"],
                "kind": node["kind"],
                "marker": node["marker"],
                "text": node["text"],
                "start_offset": node["start"],
                "end_offset": node["end"],
            }
        )
        quantities += [_quantity(found, "criterion", node["id"]) for found in node.get("quantities", ())]
        waiting += [(child, path) for child in reversed(node.get("children", ()))]
    return nodes, quantities


def _quantity(quantity: _Object, role: str, criterion: str | None = None) -> Row:
    low, high, ucum = quantity["low"], quantity["high"], quantity["ucum"]
    scale, window = quantity.get("scale") or _NOTHING, quantity.get("window") or _NOTHING
    unit = canonical(ucum) if ucum else None
    return {
        "role": role,
        "criterion_id": criterion,
        "arm_position": None,
        "intervention_position": None,
        "kind": quantity["kind"],
        "text": quantity["text"],
        "subject": quantity["subject"],
        "low": _double(low),
        "low_inclusive": quantity["lowInclusive"],
        "high": _double(high),
        "high_inclusive": quantity["highInclusive"],
        "unit": quantity["unit"],
        "ucum": ucum,
        "canonical_low": unit.of(low) if unit else None,
        "canonical_high": unit.of(high) if unit else None,
        "canonical_ucum": unit.ucum if unit else None,
        "coefficient": _double(scale.get("coefficient")),
        "exponent": _integer(scale.get("exponent")),
        "window_relation": window.get("relation"),
        "window_anchor": window.get("anchor"),
        "repair_reason": _at(quantity, "repair").get("reason"),
        "path": quantity.get("path"),
        "start_offset": quantity["start"],
        "end_offset": quantity["end"],
    }


# --- arms and interventions ---


def _arms(protocol: _Object, normalized: _Object) -> tuple[list[Row], list[Row], list[Row]]:
    """Arms, interventions, and the quantities of both."""
    arms: list[Row] = []
    interventions: list[Row] = []
    quantities: list[Row] = []
    for place, printed, read in _pairs(protocol, normalized, "armsInterventionsModule", "armGroups"):
        arms.append(
            {
                "position": place,
                "label": printed.get("label"),
                "type": printed.get("type"),
                "description": printed.get("description"),
                "routes": read.get("routes", []),
                "intervention_names": printed.get("interventionNames", []),
            }
        )
        quantities += [{**row, "arm_position": place} for row in _given(read)]
    for place, printed, read in _pairs(protocol, normalized, "armsInterventionsModule", "interventions"):
        interventions.append(
            {
                "position": place,
                "type": printed.get("type"),
                "name": printed.get("name"),
                "description": printed.get("description"),
                "routes": read.get("routes", []),
                "arm_labels": printed.get("armGroupLabels", []),
            }
        )
        quantities += [{**row, "intervention_position": place} for row in _given(read)]
    return arms, interventions, quantities


def _given(read: _Object) -> Iterator[Row]:
    """The doses and times of an arm or an intervention."""
    for key, role in (("doses", "dose"), ("times", "time")):
        yield from (_quantity(one, role) for one in read.get(key, ()))


# --- the other lists ---


def _conditions(module: _Object) -> Iterator[Row]:
    for kind, key in ("condition", "conditions"), ("keyword", "keywords"):
        for place, name in enumerate(module.get(key, ()), 1):
            yield {"kind": kind, "position": place, "name": name}


def _locations(protocol: _Object, normalized: _Object) -> Iterator[Row]:
    for place, printed, read in _pairs(protocol, normalized, "contactsLocationsModule", "locations"):
        yield {
            "position": place,
            "facility": printed.get("facility"),
            "status": printed.get("status"),
            "city": printed.get("city"),
            "state": printed.get("state"),
            "state_code": read.get("stateCode"),
            "country": printed.get("country"),
            "country_code": read.get("countryCode"),
        }


def _contacts(protocol: _Object, normalized: _Object) -> Iterator[Row]:
    for place, printed, read in _pairs(protocol, normalized, "contactsLocationsModule", "centralContacts"):
        yield {"kind": "central", "position": place, "location_position": None, **_contact(printed, read)}
    locations = _at(protocol, "contactsLocationsModule").get("locations") or ()
    at_sites: list[tuple[int | None, _Object]] = [
        (place, contact or _NOTHING) for place, site in enumerate(locations, 1) for contact in site.get("contacts", ())
    ]
    listed = _at(normalized, "contactsLocationsModule").get("facilityContacts") or [_NOTHING] * len(at_sites)
    if len(listed) != len(at_sites):
        # The page lists them separately from its sites, and does not say whose they are.
        at_sites = [(None, _NOTHING)] * len(listed)
    for place, ((site, printed), read) in enumerate(zip(at_sites, listed, strict=True), 1):
        yield {"kind": "facility", "position": place, "location_position": site, **_contact(printed, read or _NOTHING)}


def _contact(printed: _Object, read: _Object) -> Row:
    """A contact: normalised if possible, else as printed."""
    number = " ext. ".join(filter(None, (printed.get("phone"), printed.get("phoneExt"))))
    return {
        "name": read.get("name", printed.get("name")),
        "printed_name": read.get("rawName") or printed.get("name") or read.get("name"),
        "degrees": read.get("degrees"),
        "role": read.get("role", printed.get("role")),
        "phone": read.get("phone"),
        "phone_ext": read.get("phoneExt"),
        "other_phones": read.get("otherPhones", []),
        "printed_phone": read.get("rawPhone") or number or None,
        "email": read.get("email", printed.get("email")),
    }


def _references(protocol: _Object, normalized: _Object) -> Iterator[Row]:
    for place, printed, read in _pairs(protocol, normalized, "referencesModule", "references"):
        names = (
            [author.get(part) for part in ("family", "given", "suffix")] for author in read.get("authors", ()) if author
        )
        yield {
            "position": place,
            "type": printed.get("type"),
            "pmid": printed.get("pmid") or read.get("pmid"),
            "doi": read.get("doi"),
            "authors": [" ".join(filter(None, parts)) for parts in names],
            "title": read.get("title"),
            "journal": read.get("journal"),
            "year": _integer(read.get("year")),
            "volume": read.get("volume"),
            "issue": read.get("issue"),
            "pages": read.get("pages"),
            "epub_date": read.get("epubDate"),
            "citation": printed.get("citation"),
        }


def _problems(source: _Object) -> Iterator[Row]:
    for place, problem in enumerate(source.get("problems", ()), 1):
        yield {
            "position": place,
            "code": problem["code"],
            "severity": problem["severity"],
            "message": problem["message"],
            "path": problem.get("path"),
            "start_offset": problem.get("start"),
            "end_offset": problem.get("end"),
            "line_number": problem.get("line"),
            "column_number": problem.get("column"),
        }
