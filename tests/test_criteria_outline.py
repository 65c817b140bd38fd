"""Which item belongs to which: enumerators inside a line, paragraphs between items, and lists inside lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from parser import parse_criteria
from parser.criteria import read_tree
from parser.criteria.list_end import ListEndCandidate, begins_as_outer, score
from parser.source import Span


def outline(block: str) -> list[str]:
    """The items of a block, each with its place in the tree."""

    def lines(nodes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        for node in nodes:
            yield f"{node['id']} {node['text']}"
            yield from lines(node.get("children", ()))

    return list(lines(parse_criteria(block).to_dict()["criteria"]))


# --- enumerators inside a line ---


@pytest.mark.parametrize(
    ("block", "items"),
    [
        ("a. fever b. cough c. pain", ["fever", "cough", "pain"]),
        ("i) fever ii) cough", ["fever", "cough"]),
        ("1. fever 2. cough\n2. pain", ["fever 2. cough", "pain"]),
        ("1. fever at visit 2. cough\n3. pain", ["fever at visit 2. cough", "pain"]),
        ("1. fever 2. cough", ["fever", "cough"]),
        ("1. fever; 2. cough", ["fever;", "cough"]),
        ("1. Fever 2. Cough", ["Fever", "Cough"]),
    ],
)
def test_digits_need_a_capital_after_them_or_the_end_of_a_clause_before_them(block: str, items: list[str]) -> None:
    assert outline("Inclusion Criteria:\n\n" + block) == [f"I{at} {item}" for at, item in enumerate(items, 1)]


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        ("1. Known allergy a) Penicillin", ["I1 Known allergy", "I1.1 Penicillin"]),
        # A single number is a date or a mention, and what an item begins with is its own text.
        ("* Treated since 1. March", ["I1 Treated since 1. March"]),
        ("* Known allergy 1. Penicillin", ["I1 Known allergy 1. Penicillin"]),
        ("1. a) fever", ["I1 a) fever"]),
    ],
)
def test_a_single_enumerator_is_a_list_only_as_a_letter_inside_the_text(item: str, lines: list[str]) -> None:
    assert outline("Inclusion Criteria:\n\n" + item) == lines


@pytest.mark.parametrize(
    ("block", "items"),
    [
        ("Exclusion Criteria:• Scoliosis\n\n* Fever\n* Cough", ["E1 Scoliosis", "E2 Fever", "E3 Cough"]),
        ("Exclusion Criteria: (1) Scoliosis\n* Fever\n* Cough", ["E1 Scoliosis", "E1.1 Fever", "E1.2 Cough"]),
    ],
)
def test_a_bullet_in_the_line_of_the_heading_is_the_equal_of_those_below_and_a_number_is_not(
    block: str, items: list[str]
) -> None:
    assert outline(block) == items


@pytest.mark.parametrize(
    ("block", "items"),
    [
        ("1. 1. Fever\n2. 2. Cough", ["I1 Fever", "I2 Cough"]),
        # A single one begins a list within the item.
        ("1. 1. Fever\n   2. Cough", ["I1 1. Fever", "I1.1 Cough"]),
    ],
)
def test_numbers_that_a_page_printed_twice_are_markers_only(block: str, items: list[str]) -> None:
    assert outline("Inclusion Criteria:\n\n" + block) == items


def test_a_number_out_of_turn_makes_references_of_the_others() -> None:
    mention = "Fulfils (1) fever, (4) pain and one of (2) cough or (3) cold"
    assert outline(f"Inclusion Criteria:\n\n* {mention}") == [f"I1 {mention}"]
    assert len(outline(f"Inclusion Criteria:\n\n* {mention.replace('(4) pain', 'pain')}")) == 4


def test_a_number_that_the_next_item_has_is_none_inside_the_line() -> None:
    assert outline("Inclusion Criteria:\n\n1. Fever 2. Cough\n2. Pain") == ["I1 Fever 2. Cough", "I2 Pain"]
    assert outline("Inclusion Criteria:\n\n1. Fever 2. Cough\n3. Pain") == ["I1 Fever", "I2 Cough", "I3 Pain"]


# --- paragraphs between items ---


@pytest.mark.parametrize("markers", [("1.", "2."), ("*", "*")])
def test_a_paragraph_is_part_of_an_item_only_after_a_blank_line(markers: tuple[str, str]) -> None:
    first, second = markers
    block = f"Inclusion Criteria:\n\n{first} Fever.\nThis is prose.\n{second} Cough"
    assert outline(block) == ["I1 Fever.", "I2 This is prose.", "I3 Cough"]
    assert outline(block.replace("\nThis", "\n\nThis")) == ["I1 Fever. This is prose.", "I2 Cough"]


# --- a list inside a list of the same bullets ---

INNER, OUTER = ["heart failure", "stroke recently"], ["Adults", "A disorder of:"]


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        # As long as the inner ones are, or much longer.
        ("liver failure", "liver failure " * 9),
        # In lower case, as only the inner ones are, or with a capital.
        ("liver failure", "Liver failure"),
        # With the first word of an inner item, or of an outer one.
        ("stroke today", "adults today"),
        # With a word that seldom begins a part of a criterion.
        ("liver failure", "known failure"),
        # With a list of its own.
        ("liver failure", "liver failure:"),
    ],
)
def test_how_an_item_is_written_tells_on_which_list_it_is(inside: str, outside: str) -> None:
    assert score(ListEndCandidate(inside, INNER, OUTER)) < score(ListEndCandidate(outside, INNER, OUTER))


@pytest.mark.parametrize(
    ("unfinished", "finished"),
    [
        (["heart failure", "stroke,"], ["heart failure", "stroke"]),
        (["heart failure", "stroke or"], ["heart failure or", "stroke"]),
        (["heart failure.", "stroke."], ["heart failure", "stroke."]),
        (["heart failure"], ["heart failure", "heart attacks", "heart disease"]),
    ],
)
def test_how_the_inner_items_end_tells_whether_more_come(unfinished: list[str], finished: list[str]) -> None:
    assert score(ListEndCandidate("liver disease", unfinished, OUTER)) < score(
        ListEndCandidate("liver disease", finished, OUTER)
    )


def test_the_number_of_a_heading_does_not_indent_the_items_below() -> None:
    block = "1. Inclusion Criteria:\n\n* Any of\n\n* fever\n* cough"
    assert outline(block) == ["I1 Any of", "I1.1 fever", "I1.2 cough"]


def test_what_is_beyond_the_longest_block_is_one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parser.criteria.tree.LONGEST", 40)
    block = "Inclusion Criteria:\n\n* Fever\n* Cough\n* Pain for a week\n* Consent"
    assert outline(block) == ["I1 Fever", "I2 Cough", "I3 * Pain for a week * Consent"]
    assert [problem.code for problem in parse_criteria(block).problems] == ["too-long"]


# --- markers and quantities ---


@pytest.mark.parametrize(
    ("block", "places"),
    [
        ("* Fever\n* Cough", ["* ", "* "]),
        ("* 1. Fever\n2. Cough", ["* 1. ", "2. "]),
        ("* • Fever", ["* • "]),
        ("1\\. Fever 2\\. Cough", ["1\\. ", "2\\. "]),
        ("Fever\n\nCough", [None, None]),
    ],
)
def test_the_place_of_a_marker_is_recorded_with_the_bullet_before_it(block: str, places: list[str | None]) -> None:
    nodes, _ = read_tree(block, Span(0, len(block)), lambda code, message, place: None)
    found = [None if node.marker_start is None else block[node.marker_start : node.start] for node in nodes]
    assert found == places


@pytest.mark.parametrize("wrap", [" ", "\n", "\r\n", "\n             ", "<br>", "\n<br>          ", "\u2028"])
def test_quantities_are_read_across_a_wrap(wrap: str) -> None:
    block = f"Inclusion Criteria:\n\n* Age 18 years or{wrap}older\n* ALT below 2.5 x upper limit{wrap}of normal"
    criteria = parse_criteria(block).criteria
    assert [criterion.text for criterion in criteria] == [
        "Age 18 years or older",
        "ALT below 2.5 x upper limit of normal",
    ]
    ((age,), (alt,)) = (criterion.quantities for criterion in criteria)
    assert (age.low, age.high, age.text) == (18, None, f"18 years or{wrap}older")
    assert (alt.high, alt.ucum) == (2.5, "{ULN}")


@pytest.mark.parametrize("line_end", ["~", "¶", "\\n"])
def test_a_sign_ends_lines_only_where_nothing_else_does(line_end: str) -> None:
    block = f"Inclusion Criteria:\n\n* Weight {line_end}50 kg\n* Age {line_end}60"
    assert len(outline(block)) == 2


def test_group_headings_above_many_categories_are_bounded() -> None:
    block = "Cohort B:\n" * 200 + "Inclusion Criteria:\n* Fever\nExclusion Criteria:\n* Cough\n" * 50
    assert len(outline(block)) < 200 + 100 + 4 * 100


def test_a_number_that_two_lists_could_go_on_with_is_judged_by_how_it_begins() -> None:
    assert begins_as_outer(ListEndCandidate("Consent", ["nodal spread"], ["Tumour of:"]))
    assert not begins_as_outer(ListEndCandidate("Consent", ["Nodal spread"], ["Tumour of:"]))
    assert not begins_as_outer(ListEndCandidate("consent", ["nodal spread"], ["Tumour of:"]))
