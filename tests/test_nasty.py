"""Inputs that make careless readers slow: the cost of every one of them grows in proportion to its length.

    pytest -m slow tests/test_nasty.py      the same with 1 MB of each, in each place by itself
    python -m tests.test_nasty              how many seconds each of these takes

What has more of something than any record has is read up to a limit, and a `too-long` problem says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from parser import Document, NotARecordError, parse, parse_criteria
from parser.criteria.tree import LONGEST
from parser.forms.pages import MOST_LINES
from parser.quantities.budget import MOST_NUMBERS
from parser.values.name import LONGEST as LONGEST_NAME
from tests.linear import assert_linear
from tests.pages import page, section
from tests.test_criteria_score import faults_of

MEGABYTE = 1_000_000

NASTY = {
    "backslashes": "\\",
    "opening brackets": "(",
    "closing brackets": ")",
    "numbers with a point": "1.",
    "ordinals in a line": "1. ",
    "ordinals in lines": "\n1. ",
    "Roman ordinals": "i. ii. ",
    "letters": "a. b. ",
    "capitals with a point": "A. ",
    "powers without exponent": "10^",
    "powers": "10\\^9/L ",
    "flattened powers": "x 10",
    "signs of comparison": "> ",
    "ranges": "between 1 and ",
    "numbers": "5 ",
    "digits": "5",
    "alternatives": "5 or ",
    "numbers and commas": "1,",
    "doses": "≥ 5 mg/kg ",
    "units": "mg/",
    "windows": "within 5 days of ",
    "frequencies": "twice a day ",
    "colons": ":",
    "blanks": " ",
    "line ends": "\n",
    "tabs": "\t",
    "no-break spaces": "\xa0",
    "stars": "*",
    "bullets": "* ",
    "bullets in lines": "\n* ",
    "lists in lists": "\n\n* a\n\n  * b",
    "conjunctions": "and ",
    "quotation marks": '"',
    "commas": ",",
    "hyphens": "-",
    "letters without end": "a",
    "paragraphs": "\n\na",
    "categories in a line": "Inclusion Criteria: ",
    "categories": "\nInclusion Criteria\n",
    "headings": "\n\nConditions\n\n",
    "labels": "\n\nMinimum Eligible Age\n\n",
    "labels of arms": "\n\nGroup Type EXPERIMENTAL",
    "volumes": "2020;1(2):3-4. ",
    "authors": "Smith J, ",
    "phones": "+1 ",
    "at signs": "@",
}

SUMMARY = section("Brief Summary", "A summary.")


def as_eligibility(text: str) -> Document:
    return parse(page(SUMMARY, section("Eligibility Criteria", f"* {text}\nMinimum Eligible Age\n\n18 Years")))


def as_description(text: str) -> Document:
    return parse(page(SUMMARY, section("Detailed Description", f"* {text}"), section("Conditions", "Flu")))


def as_terms(text: str) -> Document:
    return parse(page(SUMMARY, section("Conditions", text), section("Keywords", text)))


def as_citation(text: str) -> Document:
    return parse(page(SUMMARY, section("References", text, "Reference Type BACKGROUND", "PMID: 12345")))


def as_contact(text: str) -> Document:
    return parse(page(SUMMARY, section("Central Contacts", text, "Role: CONTACT", text)))


def as_place(text: str) -> Document:
    return parse(
        page(SUMMARY, section("Locations", "Site", text, "Site Status RECRUITING"), section("Countries", text))
    )


def as_arms(text: str) -> Document:
    arms = section("Study Groups", "Arm", text, "Group Type EXPERIMENTAL", "Aspirin", "Intervention Type DRUG", text)
    return parse(page(SUMMARY, arms, section("Interventions", "Aspirin", text, "Intervention Type DRUG")))


def as_values(text: str) -> Document:
    labels = ("Study Start Date", "Total Enrollment", "Clinical Phase")
    return parse(page(section("Basic Information", *(part for label in labels for part in (label, text))), SUMMARY))


def as_page(text: str) -> None:
    # No record: refusing it has to be linear too.
    with suppress(NotARecordError):
        parse(f"NCT00000001 {text}")


PLACES: dict[str, Callable[[str], object]] = {
    "eligibility": as_eligibility,
    "description": as_description,
    "terms": as_terms,
    "citation": as_citation,
    "contact": as_contact,
    "place": as_place,
    "arms": as_arms,
    "values": as_values,
    "page": as_page,
    "block": parse_criteria,
}


def in_all_places(text: str) -> None:
    for place in PLACES.values():
        place(text)


@pytest.mark.linear
@pytest.mark.parametrize("nasty", NASTY)
def test_the_cost_grows_with_the_length(nasty: str) -> None:
    unit = NASTY[nasty]
    assert_linear(lambda length: in_all_places(unit * (length // len(unit))), 1000)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("nasty", NASTY)
def test_the_cost_grows_with_the_length_up_to_1_mb(nasty: str, place: str) -> None:
    unit = NASTY[nasty]
    assert_linear(lambda length: PLACES[place](unit * (length // len(unit))), MEGABYTE)


# --- limits ---


def too_long(found: Any) -> list[str]:
    return [problem.message for problem in found.problems if problem.code == "too-long"]


def test_more_numbers_than_any_record_has_are_not_all_read() -> None:
    few, many = MOST_NUMBERS // 2, MOST_NUMBERS + 1
    assert too_long(parse_criteria("5 mg; " * few)) == []
    # The items share one budget, and that it is used up is said once.
    found = parse_criteria("\n".join(["* 5 mg; " + "5 mg; " * few] * 3) + "\n* 5 kg")
    assert too_long(found) == [f"more than {MOST_NUMBERS:,} numbers: none is read from here to the end of the page"]
    assert sum(len(node.quantities) for node in found.criteria) == MOST_NUMBERS
    assert [len(node.quantities) for node in found.criteria[2:]] == [0, 0]
    (problem,) = found.problems
    text = "5 mg; " * many
    (problem,) = parse_criteria(text).problems
    assert (problem.start, problem.end) == (6 * MOST_NUMBERS, len(text.rstrip()))


def test_criteria_and_doses_share_the_numbers_of_a_page_but_its_ages_do_not() -> None:
    text = "5 mg, " * MOST_NUMBERS
    groups = section("Study Groups", "Arm", "Aspirin 7 mg", "Group Type EXPERIMENTAL")
    eligibility = section("Eligibility Criteria", f"* {text}\nMinimum Eligible Age\n\n18 Years")
    document = parse(page(SUMMARY, groups, eligibility))
    normalized = document.to_dict()["normalizedSection"]
    assert len(too_long(document)) == 1
    assert normalized["eligibilityModule"]["minimumAge"]["low"] == 18
    assert "doses" not in normalized.get("armsInterventionsModule", {}).get("armGroups", [{}])[0]


def test_many_numbers_are_no_age() -> None:
    text = "18 Years" + " 5" * 9
    document = parse(page(SUMMARY, section("Eligibility Criteria", f"* Fit\nMinimum Eligible Age\n\n{text}")))
    assert document.protocol_section.eligibility_module.minimum_age is None
    assert document.normalized_section.eligibility_module.minimum_age is None
    assert [one.text for one in document.source_section.unparsed] == [text]


def test_what_is_too_long_of_a_block_is_one_note() -> None:
    line = "* Adult patients who are fit for it\n"
    block = line * (LONGEST // len(line) - 1)
    assert too_long(parse_criteria(block)) == []
    text = f"Exclusion Criteria\n\n{block}{line}{line}Inclusion Criteria\n\n* At the end\n"
    found = parse_criteria(text)
    assert too_long(found) == ["the criteria have more than 100,000 characters: the rest is one note"]
    *criteria, note = found.criteria
    assert len(criteria) == text[: note.start].count("* Adult")
    assert (note.kind, note.category) == ("note", "EXCLUSION")
    assert note.text.endswith("Inclusion Criteria * At the end")
    assert note.start == text.rindex("\n", 0, LONGEST) + 1
    assert faults_of(text, found.to_dict()) == []


@pytest.mark.parametrize(
    "text", ["a" * (LONGEST + 5), "a" * LONGEST + "\n\n", "1. a " * LONGEST, "\n" * 9 + "b" * LONGEST]
)
def test_a_block_too_long_is_cut_where_it_can_be(text: str) -> None:
    found = parse_criteria(text)
    assert faults_of(text, found.to_dict()) == []
    cut = [message for message in too_long(found) if message.startswith("the criteria")]
    assert len(cut) == (len(text.rstrip()) > LONGEST)


def test_the_lines_after_the_last_that_is_read_are_unparsed() -> None:
    lines = "a\n" * MOST_LINES
    assert too_long(parse("NCT ID: NCT00000001\n" + lines[2:])) == []
    text = "NCT ID: NCT00000001\n" + lines + "\nBrief Summary\n\nNothing of it."
    document = parse(text)
    assert too_long(document) == ["the page has more than 50,000 lines: the rest is not read"]
    assert document.source_section
    last = document.source_section.unparsed[-1]
    assert (last.text, last.end) == (text[last.start :], len(text))
    assert last.text == "a\n\nBrief Summary\n\nNothing of it."


def test_a_name_too_long_keeps_its_degrees() -> None:
    name = "Jo Doe, MD" + ", PhD" * (LONGEST_NAME // 5)
    document = parse(page(SUMMARY, section("Central Contacts", name, "Role: CONTACT", "Ann Lee, MD", "Role: CONTACT")))
    first, second = document.to_dict()["normalizedSection"]["contactsLocationsModule"]["centralContacts"]
    assert (first["name"], second["name"], second["degrees"]) == (name, "Ann Lee", "MD")
    assert "degrees" not in first and len(too_long(document)) == 1


def main() -> None:
    """Print how many seconds of processor time 1 MB of each takes in each place, the longest last."""
    times = []
    for place, read in PLACES.items():
        for nasty, unit in NASTY.items():
            text = unit * (MEGABYTE // len(unit))
            begun = time.process_time()
            read(text)
            times.append((time.process_time() - begun, place, nasty))
    for seconds, place, nasty in sorted(times):
        print(f"{seconds:7.2f}  {place:12} {nasty}")


if __name__ == "__main__":
    main()
