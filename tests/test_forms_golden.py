"""Every sample of an export against the documents next to it, and what holds of every export.

A golden says what is right; `pytest --update-golden` only saves typing it. Read what that wrote before it is kept.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from parser import Document, ParserError, parse_criteria, parse_records, render
from parser.explain import resolve
from parser.source import stretches
from tests.conftest import ROOT
from tests.evaluation.openapi import violations

SAMPLES = sorted(
    path
    for path in (ROOT / "samples" / "exports").rglob("*")
    if path.suffix in (".jsonl", ".xml", ".csv", ".tsv", ".txt")
)
EVERY_SAMPLE = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.relative_to(path.parents[1])))


def read(sample: Path) -> tuple[list[Document], list[str]]:
    """The records of a sample, and what was refused."""
    refused: list[str] = []

    def refuse(name: str, error: ParserError) -> None:
        refused.append(f"{name.rpartition('/')[2]}: {type(error).__name__}: {error}")

    return list(parse_records(sample, on_error=refuse)), refused


@EVERY_SAMPLE
def test_a_sample_gives_its_golden(sample: Path, update_golden: bool) -> None:
    documents, refused = read(sample)
    found: dict[str, Any] = {"documents": [document.to_dict() for document in documents], "refused": refused}
    for document in found["documents"]:
        # Where the sample is differs from one machine to the next.
        document["sourceSection"]["name"] = document["sourceSection"]["name"].rpartition("/")[2]
    written = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    golden = sample.with_suffix(".golden")
    if update_golden:
        golden.write_text(written, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == written


@EVERY_SAMPLE
def test_a_document_comes_back_from_its_json_and_from_a_pickle(sample: Path) -> None:
    for document in read(sample)[0]:
        copy = Document.from_dict(json.loads(document.to_json(spans=True)))
        assert (copy, copy.spans) == (document, document.spans)
        assert copy.to_json(spans=True) == document.to_json(spans=True)
        assert pickle.loads(pickle.dumps(document)).to_json(spans=True) == document.to_json(spans=True)
        assert render(document)


@EVERY_SAMPLE
def test_offsets_count_in_the_value_that_they_belong_to(sample: Path) -> None:
    for document in read(sample)[0]:
        data = document.to_dict()
        assert data["sourceSection"]["offsets"] == "field"
        criteria = data["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria", "")
        for quantity in quantities(data["normalizedSection"]) if "normalizedSection" in data else ():
            field = resolve(data, quantity["path"]) if "path" in quantity else criteria
            assert quantity["text"] == field[quantity["start"] : quantity["end"]]
        for problem in data["sourceSection"].get("problems", ()):
            assert not {"line", "column"} & problem.keys()
            if "start" in problem:
                assert 0 <= problem["start"] <= problem["end"] <= len(resolve(data, problem["path"]))
        assert all(pointer.startswith("/normalizedSection/") for pointer in document.spans)
        assert all(start <= end for place in document.spans.values() for start, end in stretches(place))


def quantities(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part] if "ucum" in part else [one for value in part.values() for one in quantities(value)]
    return [one for value in part for one in quantities(value)] if isinstance(part, list) else []


@EVERY_SAMPLE
def test_the_criteria_are_those_of_the_text_alone(sample: Path) -> None:
    for document in read(sample)[0]:
        text = document.protocol_section.eligibility_module.eligibility_criteria or ""
        module = document.normalized_section.eligibility_module
        alone = parse_criteria(text)
        assert (module.criteria, module.headings) == (alone.criteria, alone.headings)


@EVERY_SAMPLE
def test_what_is_assembled_fits_the_registrys_description(sample: Path) -> None:
    for document in read(sample)[0]:
        if document.source_section.form != "api-v2-json":
            assert violations(document.to_dict()) == []


def test_hash_and_length_are_those_of_the_records_own_text() -> None:
    sample = ROOT / "samples" / "exports" / "api-v2-json" / "studies.jsonl"
    text = sample.read_text(encoding="utf-8").split("\n")[0]
    section = read(sample)[0][0].source_section
    assert (section.sha256, section.length) == (hashlib.sha256(text.encode()).hexdigest(), len(text))
    assert section.name == f"{sample}#1"
