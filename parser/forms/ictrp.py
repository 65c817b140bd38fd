"""WHO ICTRP's export of trials of many registers, as XML or as a table with a row for each trial.

<Trial><TrialID>ChiCTR2000029953</TrialID><Public_title>Construction of ...</Public_title> ...</Trial>
<trial><main><trial_id>RBR-4s7gh3</trial_id><public_title>...</public_title> ... </main> ... </trial>
TrialID,Last Refreshed on,Public title,Scientific title,Acronym,Primary sponsor,Date registration,...

Its fields are those of WHO's Trial Registration Data Set. Values are padded with blanks, `<br>` ends a line, and
several values of a field have semicolons between them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from parser.forms import ictrp_registers as registers
from parser.forms import ictrp_values as values
from parser.forms import modules
from parser.forms.elements import split_elements
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import (
    DESIGN_LABELS,
    ExportFields,
    FieldLocation,
    put,
    standard_age_groups,
    without_empty,
)
from parser.forms.rows import cells_of, headers_of, split_table
from parser.forms.streams import Peeked, Stream, utf8_head
from parser.forms.unread import leave_unread
from parser.forms.xml_paths import ElementPaths
from parser.registries import Registry, find_registry, identify
from parser.registries.clinicaltrials_gov import REGISTRY as CLINICALTRIALS_GOV
from parser.source import Source, fold, read_source
from parser.values.codes import read_code

XML, CSV = "ictrp-xml", "ictrp-csv"

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LINE_END = re.compile(r"\s{0,20}<br\s{0,20}/?>[ \t]*(?:\r?\n)?|\r\n?", re.IGNORECASE)
_NOTHING = frozenset({"", "null", "none", "n/a", "na", "nil", "-", "--", "/", "?", "not applicable", "not available"})

# As registers say it.
_STATUS = {"complete": "COMPLETED", "ongoing/recruiting": "RECRUITING"}


class IctrpCell(NamedTuple):
    """A field of a trial that holds something, and the study that is made."""

    fields: ExportFields
    text: str
    path: str
    study: dict[str, Any]
    registry: Registry | None

    def place(self, pointer: str | None) -> FieldLocation:
        return FieldLocation(lambda: self.path, pointer)

    def leave(self, code: str, message: str, text: str, pointer: str | None = None) -> None:
        self.fields.leave(code, message, text, self.place(pointer))

    def parts(self) -> list[str]:
        """The values of a field that has several, each once, without those that say nothing."""
        found = (fold(part) for line in self.text.split("\n") for part in line.split(";"))
        return [part for part in dict.fromkeys(found) if part.lower() not in _NOTHING]


Column = Callable[[IctrpCell], None]


def _line(pointer: str) -> Column:
    def read(cell: IctrpCell) -> None:
        put(cell.study, pointer, fold(cell.text))

    return read


def _day(pointer: str) -> Column:
    """A day in figures without signs: `20200117`. The export has all registration dates in this form."""

    def read(cell: IctrpCell) -> None:
        put(cell.study, pointer, values.compact_date(cell.fields, cell.text, cell.place(f"/{pointer}")))

    return read


def _date(pointer: str) -> Column:
    def read(cell: IctrpCell) -> None:
        put(cell.study, pointer, values.date(cell.fields, cell.text, cell.place(f"/{pointer}")))

    return read


def _registration(cell: IctrpCell) -> None:
    """The date of registration as the register writes it; the same is there in figures, mostly."""
    struct = cell.study["protocolSection"].get("statusModule", {}).get("studyFirstPostDateStruct", {})
    pointer = f"{modules.STATUS}/studyFirstPostDateStruct/date"
    if not struct.get("date"):
        _date(pointer)(cell)
    elif values.date(ExportFields(), cell.text, cell.place(None)) != struct["date"]:
        cell.leave("duplicate-field", f"another date of registration: {cell.text!r}", cell.text, f"/{pointer}")


def _kind_of_start(cell: IctrpCell) -> None:
    """Whether the first participant was enrolled, or that is planned; as registers say it to ICTRP."""
    pointer = f"{modules.STATUS}/startDateStruct"
    kind = {"anticipated": "ESTIMATED", "actual": "ACTUAL"}.get(fold(cell.text).lower())
    if kind and cell.study["protocolSection"].get("statusModule", {}).get("startDateStruct", {}).get("date"):
        put(cell.study, f"{pointer}/type", kind)
    else:
        cell.leave("unknown-value", f"{cell.text!r} does not say of what kind a date is", cell.text, f"/{pointer}")


def _status(cell: IctrpCell) -> None:
    pointer = f"{modules.STATUS}/overallStatus"
    said = fold(cell.text)
    status = _STATUS.get(said.lower()) or cell.fields.code("overall_status", said, cell.place(f"/{pointer}"))
    put(cell.study, pointer, status)


def _collaborators(cell: IctrpCell) -> None:
    put(cell.study, f"{modules.SPONSORS}/collaborators", [{"name": name} for name in cell.parts()])


def _secondary_ids(cell: IctrpCell) -> None:
    put(cell.study, f"{modules.IDENTIFICATION}/secondaryIdInfos", [{"id": part} for part in cell.parts()])


def _sex(cell: IctrpCell) -> None:
    pointer = f"{modules.ELIGIBILITY}/sex"
    put(cell.study, pointer, values.sex(cell.fields, cell.text, cell.place(f"/{pointer}")))


def _size(cell: IctrpCell) -> None:
    pointer = f"{modules.DESIGN}/enrollmentInfo/count"
    put(cell.study, pointer, values.size(cell.fields, cell.text, cell.place(f"/{pointer}")))


def _study_type(cell: IctrpCell) -> None:
    put(cell.study, modules.DESIGN, cell.fields.study_type(cell.text, cell.place(f"/{modules.DESIGN}/studyType")))


def _study_design(cell: IctrpCell) -> None:
    pointer = f"{modules.DESIGN}/designInfo"
    put(cell.study, pointer, values.design(cell.fields, cell.text, cell.place(f"/{pointer}")))


def _phase(cell: IctrpCell) -> None:
    pointer = f"{modules.DESIGN}/phases"
    put(cell.study, pointer, values.phases(cell.fields, cell.text, cell.place(f"/{pointer}")))


def _countries(cell: IctrpCell) -> None:
    put(cell.study, f"{modules.CONTACTS}/locations", [{"country": name} for name in cell.parts()])


def _conditions(key: str) -> Column:
    def read(cell: IctrpCell) -> None:
        pointer = f"{modules.CONDITIONS}/{key}"
        kept: list[str] = []
        for part in values.numbered(cell.parts()):
            if values.is_condition(part):
                kept.append(part)
            else:
                message = f"a class or code of a condition, not a condition: {part!r}"
                cell.leave("no-field", message, part, f"/{pointer}")
        put(cell.study, pointer, kept)

    return read


def _interventions(cell: IctrpCell) -> None:
    pointer = f"{modules.ARMS_INTERVENTIONS}/interventions"
    found = values.interventions(cell.text)
    if found:
        put(cell.study, pointer, found)
    else:
        cell.leave("no-field", "interventions without their types", cell.text, f"/{pointer}")


def _outcomes(key: str) -> Column:
    def read(cell: IctrpCell) -> None:
        pointer = f"{modules.OUTCOMES}/{key}"
        made, left = values.outcomes(cell.text)
        put(cell.study, pointer, made)
        for text in left:
            cell.leave("no-field", "a heading or an objective, not an outcome", text, f"/{pointer}")

    return read


def _without_field(cell: IctrpCell) -> None:
    cell.leave("no-field", f"API v2 has no field for it: {cell.path}", cell.text)


_COLUMNS: dict[str, Column] = {
    # In this order, because some complete what others say. Names are compared by their letters and digits.
    "publictitle": _line(f"{modules.IDENTIFICATION}/briefTitle"),
    "scientifictitle": _line(f"{modules.IDENTIFICATION}/officialTitle"),
    "acronym": _line(f"{modules.IDENTIFICATION}/acronym"),
    "secondaryids": _secondary_ids,
    "secondaryid": _secondary_ids,
    "primarysponsor": _line(f"{modules.SPONSORS}/leadSponsor/name"),
    "secondarysponsor": _collaborators,
    "secondarysponsors": _collaborators,
    "dateregistration3": _day(f"{modules.STATUS}/studyFirstPostDateStruct/date"),
    "dateregistration": _registration,
    "dateenrollement": _date(f"{modules.STATUS}/startDateStruct/date"),
    "dateenrollment": _date(f"{modules.STATUS}/startDateStruct/date"),
    "typeenrollment": _kind_of_start,
    "lastupdated": _date(f"{modules.STATUS}/lastUpdatePostDateStruct/date"),
    "recruitmentstatus": _status,
    "inclusiongender": _sex,
    "targetsize": _size,
    "studytype": _study_type,
    "studydesign": _study_design,
    "phase": _phase,
    "countries": _countries,
    "condition": _conditions("conditions"),
    "conditions": _conditions("conditions"),
    "keywords": _conditions("keywords"),
    "intervention": _interventions,
    "interventions": _interventions,
    "primaryoutcome": _outcomes("primaryOutcomes"),
    "secondaryoutcome": _outcomes("secondaryOutcomes"),
}
# Read together, or for the record as a whole.
_TOGETHER = frozenset(
    {"trialid", "sourceregister", "inclusioncriteria", "exclusioncriteria", "inclusionagemin", "inclusionagemax"}
    | {"contactfirstname", "contactlastname", "contacttel", "contactemail"}
)
_SIGNATURE = frozenset({"trialid", "publictitle", "sourceregister", "inclusioncriteria", "primarysponsor"})
_LEAST = 3


def name_of(column: str) -> str:
    return _NO_LETTER.sub("", column.lower())


def read_trial(source: Source, found: Iterable[tuple[str, str, str]]) -> Export:
    """The record of a trial, of the names of its fields, their texts and their paths; of two of a name the first."""
    cells: dict[str, tuple[str, str]] = {}
    again: list[tuple[str, str]] = []
    for name, text, path in found:
        if cells.setdefault(name, (text, path)) != (text, path):
            again.append((text, path))
    main = identify(cells.get("trialid", ("", ""))[0])
    named = find_registry(cells.get("sourceregister", ("", ""))[0])
    registry = main.registry if main else named
    fields = ExportFields()
    study: dict[str, Any] = {"protocolSection": {}}
    texts = {name: IctrpCell(fields, _plain(text), path, study, registry) for name, (text, path) in cells.items()}
    texts = {name: cell for name, cell in texts.items() if _says_something(name, cell.text)}
    if main is None and "trialid" in texts:
        texts["trialid"].leave("unknown-value", "this is not an id of a register", texts["trialid"].text)
    elif main and main.registry is CLINICALTRIALS_GOV:
        put(study, f"{modules.IDENTIFICATION}/nctId", main.id.upper())
    for text, path in again:
        if _plain(text):
            message = f"the record has this field twice: {path}"
            fields.leave("duplicate-field", message, _plain(text), FieldLocation(lambda path=path: path))  # type: ignore[misc]
    for name, read in _COLUMNS.items():
        if name in texts:
            read(texts[name])
    for name, cell in texts.items():
        if name not in _COLUMNS and name not in _TOGETHER:
            _without_field(cell)
    _ages(texts, study)
    _eligibility(texts, study)
    put(
        study, f"{modules.CONTACTS}/centralContacts", values.contacts({name: cell.text for name, cell in texts.items()})
    )
    leave_unread(fields, (study, main and main.id, registry and registry.name), _texts(cells), _WORDS)
    sections: dict[str, Any] = {"protocolSection": {}, **without_empty(study)}
    return Export(
        source,
        sections,
        registry.name if registry else None,
        main.id if main else None,
        problems=fields.problems,
        unparsed=fields.unparsed,
    )


# Text next to values, or equivalent to values of API v2.
_WORDS = (
    " ".join(DESIGN_LABELS) + " Time Frame Timepoint: Method of measurement: Main Objective: Secondary Objective:"
    " Primary end point(s): Timepoint(s) of evaluation of this end point: Exclusion criteria Inclusion criteria"
    " Human pharmacology (Phase I): Therapeutic exploratory (Phase II): Therapeutic confirmatory - (Phase III):"
    " Therapeutic use (Phase IV): Are the trial subjects under 18? Number of subjects for this age range:"
    " Randomization: Blinding: Assignment: Purpose: Condition"
    " F.1.2 Adults (18-64 years) F.1.3 Elderly (>=65 years)"
)


def _texts(cells: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, FieldLocation]]:
    for text, path in cells.values():
        yield _plain(text), FieldLocation(lambda path=path: path)  # type: ignore[misc]


def _says_something(name: str, text: str) -> bool:
    """Whether a value is not one of the words for nothing; a phase may not apply."""
    return text.lower() not in _NOTHING or (name == "phase" and read_code("phases", text) is not None)


def _plain(text: str) -> str:
    """A value with line feeds for `<br>`, and without the blanks around it."""
    text = html.unescape(text) if "&" in text else text
    return "\n".join(line.rstrip() for line in _LINE_END.sub("\n", text).split("\n")).strip()


def _ages(texts: Mapping[str, IctrpCell], study: dict[str, Any]) -> None:
    """The limits of age. From 0 to 0 is a form that was not filled in."""
    limits = {"minimumAge": texts.get("inclusionagemin"), "maximumAge": texts.get("inclusionagemax")}
    given = any(cell is None or fold(cell.text) != "0" for cell in limits.values())
    for key, cell in limits.items():
        pointer = f"{modules.ELIGIBILITY}/{key}"
        if cell and given:
            put(study, pointer, values.age(cell.fields, cell.text, cell.place(f"/{pointer}"), cell.registry, key))
        elif cell:
            cell.leave("unknown-value", "ages from 0 to 0 are none", cell.text, f"/{pointer}")


def _eligibility(texts: Mapping[str, IctrpCell], study: dict[str, Any]) -> None:
    """The criteria of both columns as one text, and what is said of ages after them."""
    sides = [texts[name].text if name in texts else "" for name in ("inclusioncriteria", "exclusioncriteria")]
    inclusion, answers = values.without_answers(sides[0])
    put(study, f"{modules.ELIGIBILITY}/eligibilityCriteria", values.criteria(inclusion, sides[1]))
    module = study["protocolSection"].get("eligibilityModule", {})
    limits = {"minimumAge": texts.get("inclusionagemin"), "maximumAge": texts.get("inclusionagemax")}
    is_unread = any(cell and not module.get(key) and values.is_limit(cell.text) for key, cell in limits.items())
    derived = [] if is_unread else standard_age_groups(module.get("minimumAge"), module.get("maximumAge"))
    module["stdAges"] = values.age_groups(answers) or derived


# --- the two forms ---


def _matches_xml(head: bytes) -> bool:
    return head.lstrip().startswith(b"<") and (_is_own(head) or registers.SIGNATURE.search(head) is not None)


def _is_own(head: bytes) -> bool:
    return b"<Trial>" in head and b"<TrialID" in head


def _split_xml(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    peeked = Peeked(stream)
    head = utf8_head(peeked.peek())
    given = None if _is_own(head) else registers.SIGNATURE.search(head)
    return split_elements(peeked, limit, XML, given[1].decode() if given else "Trial")


def _read_xml(payload: Payload) -> Export:
    # Here, because lxml takes its time to import.
    from parser.forms.xml_tree import read_xml

    source = read_source(payload.content, len(payload.content))
    root, _ = read_xml(source.text)
    if root.tag != "Trial":
        return read_trial(source, registers.columns_of(root))
    path = ElementPaths()
    found = ((name_of(str(one.tag)), "".join(map(str, one.itertext())), path(one)) for one in root)
    return read_trial(source, found)


def _delimiter(head: bytes) -> str | None:
    for delimiter, names in headers_of(head):
        if len(_SIGNATURE.intersection(map(name_of, names))) >= _LEAST:
            return delimiter
    return None


def _split_csv(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    return split_table(stream, limit, CSV, _delimiter, "an export of WHO ICTRP")


def _read_csv(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    delimiter, *columns = payload.header
    row = cells_of(source.text, delimiter, len(columns))
    found = (
        (name_of(column), text, f"row {payload.number}/{column}") for column, text in zip(columns, row, strict=True)
    )
    return read_trial(source, found)


XML_FORM = ExportForm(
    XML,
    "WHO ICTRP's export: `<Trial>`, many in one; and what registers give to it: `<trial><main>`.",
    _matches_xml,
    _split_xml,
    _read_xml,
)
CSV_FORM = ExportForm(
    CSV,
    "The same as a table, of 2020 or later; with commas, tabs or semicolons.",
    lambda head: _delimiter(head) is not None,
    _split_csv,
    _read_csv,
)
