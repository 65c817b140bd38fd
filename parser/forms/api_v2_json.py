"""ClinicalTrials.gov API v2: a study, an array of studies, `{"studies": [...]}`, JSON lines.

{"protocolSection": {"identificationModule": {"nctId": "NCT03562065", ...}, ...}, "hasResults": false}

Keys and codes are those of the registry's OpenAPI description. The sections are never altered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from parser.forms.export import Export, ExportForm, Payload, Refused
from parser.forms.json_objects import JsonObjects, too_large
from parser.forms.streams import Stream
from parser.model.view import check_depth, encoded
from parser.problems import NotARecordError, Problems
from parser.registries import identify
from parser.registries.clinicaltrials_gov import REGISTRY
from parser.source import Source, read_source

NAME = "api-v2-json"

_STUDY = re.compile(rb'[\s,]*[\[{].*?"protocolSection"\s*:', re.DOTALL)
_OWN = re.compile(rb'[\s,]*(?:\[\s*)?\{\s*"schemaVersion"\s*:')
# `{"totalCount": 2, "studies": [`: scalars may come before the array.
_WRAPPER = re.compile(
    rb'\{\s*(?:"[^"\\]{0,99}"\s*:\s*(?:"[^"\\]{0,999}"|[\w.+-]{1,40})\s*,\s*){0,20}"studies"\s*:\s*\['
)
_NO_STUDIES = re.compile(rb"\s*" + _WRAPPER.pattern + rb"\s*\]")
# Pairs of surrogates are one character; a half has none. Other escapes are passed over, `\\` among them.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def is_own_document(head: bytes) -> bool:
    """Whether JSON is a document, or several, that this package wrote."""
    return bool(_OWN.match(head))


def _matches(head: bytes) -> bool:
    if is_own_document(head):
        return False
    return bool(_STUDY.match(head)) or bool(_NO_STUDIES.match(head))


def _split(stream: Stream, limit: int) -> Iterator[Payload | Refused]:
    for found in JsonObjects(stream, limit, _WRAPPER):
        yield found if isinstance(found, Refused) else Payload(NAME, *found)


def _read(payload: Payload) -> Export:
    source = read_source(payload.content, len(payload.content))
    try:
        study = msgspec.json.decode(source.text)
    except (msgspec.DecodeError, RecursionError) as error:
        escapes = [bool(match["half"]) for match in _ESCAPE.finditer(source.text)]
        if not any(escapes):
            raise NotARecordError(f"the record is not JSON that can be read: {error}") from None
        source = replace(source, surrogates=source.surrogates + sum(escapes))
        study = _decode(_ESCAPE.sub(lambda match: r"\ufffd" if match["half"] else match[0], source.text))
    return read_study(study, source, Problems())


def _decode(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotARecordError(f"the record is not JSON that can be read: {error}") from None


def read_study(study: Any, source: Source, problems: Problems) -> Export:
    """A study as plain data, which the caller must not change afterwards; `source` is its text."""
    if not isinstance(study, dict) or not isinstance(study.get("protocolSection"), dict):
        raise NotARecordError(
            "a JSON object without protocolSection is not a study of API v2; of other JSON, text can be read from a "
            "field (--text-field)"
        )
    check_depth(study)
    if "schemaVersion" in study:
        raise NotARecordError("this is a document that was parsed before: Document.from_dict reads it")
    identification = study["protocolSection"].get("identificationModule")
    nct_id = identification.get("nctId") if isinstance(identification, dict) else None
    found = identify(nct_id) if isinstance(nct_id, str) else None
    return Export(source, study, REGISTRY.name, found.id if found else None, as_given=True, problems=problems)


def export_of(data: Mapping[str, Any], max_size: int) -> Export:
    """A study given as a dict: its text is its JSON."""
    written = encoded(data)
    if len(written) > max_size:
        raise too_large(len(written), max_size)
    return read_study(msgspec.json.decode(written), Source(written.decode("utf-8"), None), Problems())


FORM = ExportForm(
    NAME,
    'API v2: a study, an array of studies, `{"studies": [...]}`, or JSON lines.',
    _matches,
    _split,
    _read,
)
