"""The registry's table download: since 2023 with codes of API v2, before with their display forms; any columns of it.

NCT Number,Study Title,Study Status,Phases,Age
NCT03555344,Effect of Mantra on Hypertensive Patients,COMPLETED,NA,ADULT

NCT Number,Title,Status,Phases,Age
NCT02266147,Study of SD-101 in Combination ...,Completed,Phase 1|Phase 2,"18 Years and older   (Adult, Older Adult)"
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parser.forms.ctgov_csv_columns import COLUMNS, CsvCell
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.export_fields import DESIGN_LABELS, ExportFields, FieldLocation, without_empty
from parser.forms.rows import cells_of, headers_of, split_table
from parser.forms.streams import Stream
from parser.forms.unread import leave_unread
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import read_source

NAME = "ctgov-csv"

_NOTHING = frozenset({"", "null", "[]"})

# Columns that only the table before 2023 has, in which sites have no postal code.
_OLD = frozenset(
    {
        "Rank",
        "Title",
        "Status",
        "Outcome Measures",
        "Sponsor/Collaborators",
        "Gender",
        "Funded Bys",
        "Study Designs",
        "URL",
    }
)
_FEWEST = 2

# Text next to the values of a cell.
_WORDS = (
    " ".join(DESIGN_LABELS)
    + " https clinicaltrials.gov show study ct2 cdn large-docs ProvidedDocs Study Protocol and Statistical Analysis"
    " Plan Informed Consent Form Time Frame Individual Patients Intermediate-size Population Treatment IND Registry"
)


def _delimiter(head: bytes) -> str | None:
    """The delimiter, if the first line names columns of the download and no others, or has ids."""
    for delimiter, names in headers_of(head):
        known = sum(name in COLUMNS for name in names)
        if known >= _FEWEST and (known == len(names) or "NCT Number" in names):
            return delimiter
    return None


def _matches(head: bytes) -> bool:
    return _delimiter(head) is not None


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    return split_table(stream, limit, NAME, _delimiter, "the registry's table download")


def _read(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    delimiter, *columns = payload.header
    cells = cells_of(source.text, delimiter, len(columns))
    fields = ExportFields()
    study: dict[str, Any] = {"protocolSection": {}}
    values: dict[str, tuple[str, str]] = {}
    with_zip = _OLD.isdisjoint(columns)
    for column, cell in zip(columns, cells, strict=True):
        if (text := cell.strip()).strip(" |").lower() in _NOTHING:
            continue
        path = f"row {payload.number}/{column}"
        if column in COLUMNS and column not in values:
            values[column] = (text, path)
        else:
            message = f"the download has no column {column!r}, or has it twice"
            fields.leave("no-field", message, text, FieldLocation(lambda path=path: path))  # type: ignore[misc]
    for column, read in COLUMNS.items():
        if column in values:
            read(CsvCell(fields, *values[column], study, with_zip))
    texts = ((text, FieldLocation(lambda path=path: path)) for text, path in values.values())  # type: ignore[misc]
    leave_unread(fields, study, texts, _WORDS)
    sections: dict[str, Any] = {"protocolSection": {}, **without_empty(study)}
    nct_id = sections["protocolSection"].get("identificationModule", {}).get("nctId")
    return Export(source, sections, REGISTRY.name, nct_id, problems=fields.problems, unparsed=fields.unparsed)


FORM = ExportForm(
    NAME,
    "The registry's table download, new and older columns; with commas, tabs or semicolons.",
    _matches,
    _split,
    _read,
)
