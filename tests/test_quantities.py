"""Quantities, against answers that were written by hand from the texts."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from parser.quantities import read_quantities
from parser.quantities.lexer import lexer, words_of
from parser.quantities.numbers import NUMBER_WORDS
from parser.quantities.view import PlainText
from parser.values.route import _WORDS, read_routes
from tests.quantity_notation import Case, in_order, notation, read_cases

FILES = ("sample", "criteria", "powers", "none", "doses", "reports", "shared")
CASES = [case for name in FILES for case in read_cases(name)]


def check(case: Case) -> None:
    found = read_quantities(case.text)
    likes = [*case.wanted, *[""] * len(found)]
    assert [notation(one, like) for one, like in zip(found, likes, strict=False)] == list(map(in_order, case.wanted))
    assert all(case.text[one.start : one.end] == one.text for one in found)
    if case.routes is not None:
        named = [route.name for route in read_routes(case.text, 0, len(case.text))]
        assert list(dict.fromkeys(named)) == case.routes


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_the_quantities_of_a_text(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", read_cases("open"), ids=lambda case: case.place)
@pytest.mark.xfail(strict=True, reason="the answer is known, and does not come out yet", raises=AssertionError)
def test_a_text_that_is_not_read_right_yet(case: Case) -> None:
    check(case)


def test_there_are_as_many_cases_as_it_takes() -> None:
    counts = {name: len(read_cases(name)) for name in FILES}
    assert counts["criteria"] >= 200
    assert counts["none"] >= 80
    assert counts["powers"] >= 150
    powers = [case for case in read_cases("criteria") if any("scale:" in line for line in case.wanted)]
    assert len(powers) >= 60


FREQUENT = (
    "once twice THRICE double triple every Each daily nightly Weekly fortnightly monthly quarterly yearly annually"
    " hourly OD O.D BD TDS QDS BIW TIW bid BID b.i.d bi.d t.i.d Tid ti.d q.i.d qid qd q.d qod qhs q6h qw 8-hourly"
)


@pytest.mark.parametrize(
    "word", [*sorted(NUMBER_WORDS), *FREQUENT.split(), "since birth", "b i d", "t i d", "q 3 weeks"]
)
def test_a_phrase_may_begin_with_a_word(word: str) -> None:
    for text in (word, word.capitalize() if word.isalpha() and word.islower() else word):
        view = PlainText.of(f"drug, {text}, as usual")
        assert lexer().candidates(view, words_of(view.low))[0] == len("drug, ")


def routes_in_words() -> list[tuple[str, str]]:
    """Each written form of a route, once with what may be left out of it and once without, and the route's name."""
    forms = [(short, "INTRAVENOUS") for short in ("IV", "Iv", "iv")]
    forms += [("PO", "ORAL"), ("po", "ORAL"), ("SC", "SUBCUTANEOUS"), ("SQ", "SUBCUTANEOUS"), ("sc", "SUBCUTANEOUS")]
    forms += [("IM", "INTRAMUSCULAR"), ("IP", "INTRAPERITONEAL")]
    for name, words in _WORDS.items():
        for form in re.split(r"\|(?![^()]*\))", words):
            for kept in (form, re.sub(r"\(\?:[^()]*\)\?|-\?", "", form)):
                first = re.sub(r"\(\?:([^()|]*)[^()]*\)", r"\1", re.sub(r"\[(.).*?\]", r"\1", kept))
                forms.append((re.sub(r"[\\?)]", "", first), name))
    return sorted(set(forms))


@pytest.mark.parametrize("form, name", routes_in_words())
def test_each_form_of_a_route_is_found(form: str, name: str) -> None:
    assert [route.name for route in read_routes(f"given {form} once", 0, 7 + len(form))] == [name]


def values(text: str) -> list[str]:
    """The quantities of a text in the notation of the cases, without their subjects."""
    return [notation(replace(one, subject=None)) for one in read_quantities(text)]


@pytest.mark.parametrize("text", ["titre of 1/40", "visual acuity 20/70", "visual acuity of 6/12"])
def test_a_ratio_is_no_quantity(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is after a slash begins no range.
        ("140/90 to 160/100 mmHg", [f"[{value}, {value}] mm[Hg]" for value in (140, 90, 160, 100)]),
        # A range has two ends.
        ("from 1 to 2 to 3 mg", ["[1, 2] mg", "[3, 3] mg"]),
        # What follows a range is no more of it, and a list of scores has no ranges.
        ("score of 0 to 2 or 4", ["[0, 2] 1", "[4, 4] 1"]),
        ("score of 0 or < 2", ["[0, 0] 1", "(-, 2) 1"]),
        # A range may begin with its upper end; two upper ends are two values.
        ("< 30 to 20 mg", ["[20, 30) mg"]),
        ("< 30 mg to < 20 mg", ["(-, 30) mg", "(-, 20) mg"]),
        # Values of two kinds are two values, in whichever words they are joined.
        ("> 110 mm to 6 months", ["(110, -) mm", "[6, 6] mo | time"]),
        (">= 18 years and <= 70 kg", ["[18, -) a | time", "(-, 70] kg"]),
        (">= 18 years and <= 70 years", ["[18, 70] a | time"]),
    ],
)
def test_what_makes_one_range(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every 3-4 weeks", ["[1, 1] null | frequency"]),
        ("every 3 or 4 weeks", ["[1, 1] null | frequency"]),
        # A list of lengths of time is not a period, and a period needs a unit.
        ("every 3, 4 weeks", ["[3, 3] wk | time", "[4, 4] wk | time"]),
        ("every 3 x 4 weeks", ["[4, 4] wk | time | window: for"]),
        ("every 3 (or so)", []),
    ],
)
def test_what_is_a_period_after_every(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ANC (absolute count of the neutrophils) > 5", "ANC (absolute count of the neutrophils)"),
        ("PLATELETS (absolute count of the thrombocytes) > 5", "PLATELETS"),
        ("platelets (absolute count of the thrombocytes) > 5", "platelets"),
    ],
)
def test_only_an_abbreviation_is_explained_by_many_words(text: str, subject: str) -> None:
    assert [one.subject for one in read_quantities(text)] == [subject]


@pytest.mark.parametrize(
    ("text", "subject"), [("tumour > 5 cm in diameter", "diameter"), ("lesions > 2 in size", "lesions")]
)
def test_only_a_value_with_a_unit_is_a_size(text: str, subject: str) -> None:
    assert [one.subject for one in read_quantities(text)] == [subject]


def test_an_underlined_sign_that_lost_its_line_includes_its_bound() -> None:
    assert values("ANC >_3500 /mm3") == ["[3500, -) /mm3"]


def test_the_word_dose_may_be_the_first_of_a_text() -> None:
    assert [one.subject for one in read_quantities("  dose > 5 mg")] == ["dose"]


def test_a_control_character_in_front_of_a_number_is_no_name() -> None:
    assert values("\x1c86 years") == ["[86, 86] a | time"]
