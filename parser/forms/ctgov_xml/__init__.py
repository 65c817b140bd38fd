"""ClinicalTrials.gov's older XML, retired in 2024: one record a file, or several in one.

<clinical_study><id_info><nct_id>NCT00501787</nct_id></id_info><brief_title>Metformin ...</brief_title> ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.json_objects import too_large
from parser.forms.streams import Stream, utf8_chunks
from parser.problems import NotARecordError
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import read_source

NAME = "ctgov-xml"

_TAG = re.compile(rb"<(?P<end>/?)clinical_study(?=[\s/>])[^>]*>")
# So much of a chunk is held for a tag that the next one may end.
_LONGEST_TAG = 4096


def _matches(head: bytes) -> bool:
    return head.lstrip().startswith(b"<") and b"<clinical_study" in head


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    return _Records(limit).split(utf8_chunks(stream))


class _Records:
    """The elements of that name in a stream. One without an end is refused."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._number = 0
        self._inside = False
        self._pieces: list[bytes] = []
        self._size = 0

    def split(self, chunks: Iterator[bytes]) -> Iterator[Payload | Refused]:
        held = b""
        for chunk in chunks:
            held += chunk
            at = 0
            for tag in _TAG.finditer(held):
                if tag["end"] and self._inside:
                    self._add(held[at : tag.end()])
                    yield self._ended()
                elif not tag["end"]:
                    if self._inside:
                        yield self._cut_off()
                    self._begin()
                    self._add(tag[0])
                at = tag.end()
            kept = max(at, len(held) - _LONGEST_TAG)
            self._add(held[at:kept])
            held = held[kept:]
        if self._inside:
            yield self._cut_off()

    def _begin(self) -> None:
        self._number += 1
        self._inside = True
        self._pieces, self._size = [], 0

    def _add(self, piece: bytes) -> None:
        if self._inside:
            self._size += len(piece)
            self._pieces.append(piece)
            if self._size > self._limit:
                self._pieces.clear()

    def _ended(self) -> Payload | Refused:
        self._inside = False
        if self._size > self._limit:
            return Refused(self._number, too_large(self._size, self._limit))
        return Payload(NAME, self._number, b"".join(self._pieces))

    def _cut_off(self) -> Refused:
        return Refused(self._number, NotARecordError("the XML is cut off: the element clinical_study has no end"))


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
