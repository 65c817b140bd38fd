"""ClinicalTrials.gov's older XML, retired in 2024: one record a file, or several in one.

<clinical_study><id_info><nct_id>NCT00501787</nct_id></id_info><brief_title>Metformin ...</brief_title> ...
"""

from __future__ import annotations

from collections.abc import Iterator

from parser.forms.elements import split_elements
from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.streams import Stream
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import read_source

NAME = "ctgov-xml"


def _matches(head: bytes) -> bool:
    return head.lstrip().startswith(b"<") and b"<clinical_study" in head


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    return split_elements(stream, limit, NAME, "clinical_study")


def _read(payload: Payload) -> Export:
    # Here, because lxml takes its time to import.
    from parser.forms.ctgov_xml.assemble import read_element

    source = read_source(payload.content, len(payload.content))
    sections, fields = read_element(source.text)
    nct_id = sections["protocolSection"].get("identificationModule", {}).get("nctId")
    return Export(source, sections, REGISTRY.name, nct_id, problems=fields.problems, unparsed=fields.unparsed)


FORM = ExportForm(
    NAME,
    "ClinicalTrials.gov's older XML: `<clinical_study>`, one or several.",
    _matches,
    _split,
    _read,
)
