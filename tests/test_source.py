"""What comes in, odd as it may be: bytes, texts, JSON, and long inputs; and that nothing of a page is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from parser import Document, ParserError, page_source, parse, parse_criteria
from parser.forms.pages import read_page
from parser.problems import EmptyInputError, InvalidDocumentError, Problems
from parser.source import read_source, stretches
from parser.values.codes import read_who_masked
from tests.conftest import TEXT_SAMPLES, name_of
from tests.linear import assert_linear
from tests.pages import FRONT, page, section

WORD = re.compile(r"[^\W_]+")

# --- bytes and texts ---


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0\u2003\n", "\ufeff", "\x00", b"\xff\xfe", b"\xef\xbb\xbf\n"])
def test_a_text_of_blanks_is_empty(text: str | bytes) -> None:
    with pytest.raises(EmptyInputError):
        parse(text)


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\x85", "\u2028", "\f", "\u200b", "\ufffe", "\U0010ffff", "\r"])
def test_an_odd_character_anywhere_raises_nothing_and_hides_no_id(sample: Path, odd: str) -> None:
    text = sample.read_text(encoding="utf-8")
    for place in range(200, len(text), len(text) // 40):
        document = parse(text[:place] + odd + text[place:])
        assert document.nct_id == "NCT03562065"
        written = document.to_dict()
        assert Document.from_dict(written).to_dict() == written


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ("\ud800 A \udfff trial\n\nNCT ID: NCT01234567", 0),
        ("A \udc80 trial\udcff\n\nNCT ID: NCT01234567".encode("utf-8", "surrogatepass"), 2),
        ("\ufeffA \ud83d trial\ud83d\n\nNCT ID: NCT01234567".encode("utf-16-le", "surrogatepass"), 2),
        ("<!doctype html><h1>A \udc80 trial\udcff</h1><p>NCT ID: NCT01234567", 2),
        ("<!doctype html><title>\udc80</title><!--\udc80--><h1>A trial</h1><p>NCT ID: NCT01234567", 0),
    ],
    ids=["text", "UTF-8", "UTF-16", "HTML", "hidden"],
)
def test_lone_surrogates_are_read_as_replacement_characters_and_reported_once(given: str | bytes, start: int) -> None:
    document, text = parse(given), page_source(given).text
    [problem] = [problem for problem in document.problems if problem.code == "lone-surrogate"]
    assert (problem.start, problem.end, problem.line) == (start, start + 1, 1)
    assert ": 2, the first here" in problem.message
    assert document.nct_id == "NCT01234567"
    assert text.encode() and json.loads(document.to_json().encode())
    assert text.count("\ufffd") in (0, 2)
    if not text.count("\ufffd"):
        assert start == 0


def test_a_text_keeps_its_length_where_it_has_lone_surrogates() -> None:
    text = "A\ud83d\ude00 trial \ufffd \U0001f600\n\nNCT ID: NCT01234567"
    source = read_source(text)
    assert len(source.text) == len(text)
    assert (source.surrogates, source.first_surrogate) == (2, 1)
    assert read_source(source.text).surrogates == 0


def test_lone_surrogates_of_a_block_of_criteria_are_reported() -> None:
    criteria = parse_criteria("* Age \ud800 18 years")
    assert [(problem.code, problem.start) for problem in criteria.problems] == [("lone-surrogate", 6)]
    assert criteria.criteria[0].text == "Age \ufffd 18 years"


def test_bytes_that_are_damaged_are_refused_or_read_but_nothing_else(sample: Path) -> None:
    data = sample.read_bytes()
    for place in range(0, len(data), len(data) // 40):
        for damaged in (data[:place] + b"\xff" + data[place:], data[:place] + data[place + 1 :], data[place:]):
            try:
                parse(damaged)
            except ParserError as error:
                assert str(error)


# --- documents ---


def test_pages_can_be_parsed_side_by_side(sample: Path) -> None:
    data = sample.read_bytes()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(parse, [data] * 8))
    assert all(document == found[0] for document in found)


def nested(depth: int) -> Any:
    criterion: dict[str, Any] = {}
    for _ in range(depth):
        criterion = {
            **{"id": "I1", "category": "INCLUSION", "kind": "criterion", "marker": None, "text": "a"},
            **{"start": 0, "end": 1, "quantities": [], "children": [criterion] if criterion else []},
        }
    return {"protocolSection": {}, "normalizedSection": {"eligibilityModule": {"criteria": [criterion]}}}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "text",
        {"protocolSection": []},
        {"protocolSection": {"designModule": {"phases": "PHASE1"}}},
        {"protocolSection": {"identificationModule": {"nctId": 10**5000}}},
        nested(5000),
    ],
    ids=["null", "list", "text", "list in it", "text for a list", "long number", "deep"],
)
def test_json_of_another_shape_is_refused_with_a_reason(data: Any) -> None:
    with pytest.raises(InvalidDocumentError, match=": "):
        Document.from_dict(data)


# --- long inputs ---

DRUG = "Aspirin\n\nA tablet.\n\nIntervention Type DRUG"
GIVEN = "Arm\n\nGroup Type OTHER\n\nAspirin\n\nIntervention Type DRUG\n\nA tablet."
HOSTILE: dict[str, Callable[[int], str]] = {
    "headings": lambda size: "Study Design\n\n" * (size // 14),
    "sentences": lambda size: "Some Title\n\nReview the things that one may review.\n\n" * (size // 50),
    "labels": lambda size: section("Study Groups", *["Group Type EXPERIMENTAL"] * (size // 25)),
    "the same drug": lambda size: "\n\n".join(
        (section("Study Groups", *[GIVEN] * (size // 140)), section("Interventions", *[DRUG] * (size // 84)))
    ),
    "roles": lambda size: section("Central Contacts", *["Role: CONTACT"] * (size // 15)),
    "commas": lambda size: section("Locations", "Hospital", "," * size),
    "one line": lambda size: section("Central Contacts", "Role" + " " * size + "Role"),
    "blank lines": lambda size: " \n\t\n" * (size // 4) + "x",
}


@pytest.mark.linear
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length(name: str) -> None:
    assert_linear(lambda size: parse(page(HOSTILE[name](size))).to_dict(), 80_000)


# --- nothing is lost ---


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts(item)
    elif isinstance(data, str | int):
        yield ("No", "Yes")[data] if isinstance(data, bool) else str(data)


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def lost_words(text: str, in_registry_words: bool = True) -> list[tuple[str, set[str]]]:
    """The words of a page's content that its document has nowhere, with the section they are in.

    Of a page that says in other words what the document says, those that a value was read from are not lost.
    """
    parsed = parse(text)
    document = parsed.to_dict()
    # What a problem says is no place to keep a text.
    document["sourceSection"].pop("problems", None)
    said = words(" ".join(texts(document)))
    # What is recognised by the place of a value in the document, or by its type, and the site's own link.
    said |= words("participants lead collaborator org_study_id secondary_id primary backup (View on PubMed)")
    if not in_registry_words:
        said |= words("serious other events")
        said |= words(" ".join(text[slice(*span)] for place in parsed.spans.values() for span in stretches(place)))
    source = read_source(text)
    lost = []
    for piece in read_page(source, Problems(source.position)).pieces:
        content = source.slice(piece.value or piece.span)
        told = piece.terminal == "SENTENCE" or piece.terminal.endswith("HEADING") or piece.field == "results"
        masked = piece.section == "design" and read_who_masked(content)
        if not (told or masked or (piece.terminal == "LABEL" and not piece.value)) and words(content) - said:
            lost.append((piece.section, words(content) - said))
    return lost


@pytest.mark.parametrize("sample_page", TEXT_SAMPLES, ids=map(name_of, TEXT_SAMPLES))
def test_every_word_of_a_sample_is_in_its_document(sample_page: Path) -> None:
    in_registry_words = sample_page.parent.name not in ("family", "lines", "bars")
    assert lost_words(sample_page.read_text(encoding="utf-8"), in_registry_words) == []


@pytest.mark.parametrize(
    "odd",
    [
        section("Study Results", "Results pending", "Enrollment was 14 people."),
        section("Study Results", "Results available", "Aspirin helped", "View full results", "More of it"),
        section("Sponsors", "Someone", "CHARITY", "Sponsor Role funder"),
        section("References", "Smith J. A title. 2020.", "PMID: 123 and a note"),
        section("Study Groups", "A", "Group Type OTHER", "Aspirin", "Intervention Type DRUG", "A tablet."),
        section("Locations", "Paris, , France", "Paris, , France") + "\n\n" + section("Countries", "France", "Chad"),
        section("Central Contacts", "Ann", "Role: CONTACT", "1-800-FLOWERS", "ann@x.org", "Bob", "Role: CHIEF"),
        section("Brief Summary", "One.") + "\n\n" + page(section("Brief Summary", "Two."), front=("Next", *FRONT[1:])),
    ],
)
def test_every_word_of_an_odd_page_is_in_its_document(odd: str) -> None:
    assert lost_words(page(odd)) == []


def test_two_sites_in_one_city_without_facilities_are_two() -> None:
    document = parse(page(section("Locations", *["Paris, , France"] * 2), section("Countries", "France"))).to_dict()
    assert len(document["protocolSection"]["contactsLocationsModule"]["locations"]) == 2
