"""Every sample page against the JSON next to it, and what holds of every page: nothing lost, every place right.

A golden says what is right; `pytest --update-golden` only saves typing it. Read what that wrote before it is kept.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from parser import Document, page_source, parse
from parser.forms.pages import read_page
from parser.problems import CODES, Problems
from parser.source import stretches
from tests.conftest import HTML_SAMPLES, ROOT, TEXT_SAMPLES, name_of

PAGES = [*TEXT_SAMPLES, *HTML_SAMPLES]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=map(name_of, PAGES))
EVERY_TEXT = pytest.mark.parametrize("page", TEXT_SAMPLES, ids=map(name_of, TEXT_SAMPLES))


def golden_of(page: Path) -> Path:
    return page.with_suffix(".json")


@EVERY_PAGE
def test_a_page_gives_its_golden(page: Path, update_golden: bool) -> None:
    written = parse(page.read_bytes()).to_json(indent=2) + "\n"
    assert parse(page.read_bytes()).to_json(indent=2) + "\n" == written, "a second parse gives something else"
    if update_golden:
        golden_of(page).write_text(written, encoding="utf-8", newline="\n")
    assert golden_of(page).is_file(), "there is no golden yet: pytest --update-golden writes one, to be read and kept"
    assert written == golden_of(page).read_text(encoding="utf-8")


def test_goldens_were_not_rewritten_in_this_run(update_golden: bool) -> None:
    assert not update_golden, "goldens were rewritten: read the change, then run again without --update-golden"


def test_every_golden_has_its_page() -> None:
    assert {golden_of(page) for page in PAGES} == set((ROOT / "samples").rglob("*.json"))


@EVERY_PAGE
def test_a_document_comes_back_from_its_json(page: Path) -> None:
    document = parse(page.read_bytes())
    copy = Document.from_dict(json.loads(document.to_json()))
    assert copy == document
    assert copy.to_dict() == document.to_dict()


@EVERY_PAGE
def test_the_blocks_of_a_page_tile_it(page: Path) -> None:
    source = page_source(page.read_bytes())
    blocks = read_page(source, Problems(source.position)).blocks
    assert blocks[0].span.start == 0
    assert blocks[-1].span.end == len(source.text)
    for block, following in pairwise(blocks):
        assert block.span.end == following.span.start
    assert all(block.span.start < block.span.end for block in blocks)


@EVERY_PAGE
def test_every_place_lies_in_the_page(page: Path) -> None:
    data = page.read_bytes()
    text = page_source(data).text
    document = parse(data)
    section = document.source_section
    assert (section.length, section.sha256) == (len(text), hashlib.sha256(text.encode()).hexdigest())
    assert section.offsets == ("page-text" if page in HTML_SAMPLES else "source")
    assert section.registry_id == document.nct_id
    starts = []
    for unparsed in section.unparsed:
        assert unparsed.start is not None and unparsed.end is not None
        assert unparsed.text == text[unparsed.start : unparsed.end]
        assert unparsed.text.strip()
        starts.append(unparsed.start)
    assert starts == sorted(starts)
    starts = []
    for problem in section.problems:
        assert problem.start is not None and problem.end is not None
        assert CODES[problem.code].severity == problem.severity
        assert 0 <= problem.start <= problem.end <= len(text)
        before = text[: problem.start]
        assert problem.line == before.count("\n") + 1
        assert problem.column == problem.start - (before.rfind("\n") + 1) + 1
        starts.append(problem.start)
    assert starts == sorted(starts)
    for span in (span for place in document.spans.values() for span in stretches(place)):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end], "a place has blanks at its ends"


@EVERY_TEXT
def test_a_strange_section_is_kept_and_changes_nothing_else(page: Path) -> None:
    text = page.read_bytes().decode("utf-8")
    strange = "\n\nA Heading Nobody Knows\n\nAnd its text, which must not get lost."
    known = parse(text)
    document = parse(text + strange)
    assert document.protocol_section == known.protocol_section
    assert "which must not get lost" in " ".join(unparsed.text for unparsed in document.source_section.unparsed)
    assert len(document.problems) > len(known.problems)
