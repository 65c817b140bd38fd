"""Quantities, against answers that were written by hand from the texts."""

from __future__ import annotations

import re

import pytest

from parser.quantities import read_quantities
from parser.quantities.lexer import lexer
from parser.quantities.numbers import NUMBER_WORDS
from parser.values.route import _WORDS, read_routes
from tests.quantity_notation import Case, in_order, notation, read_cases

FILES = ("sample", "criteria", "powers", "none", "doses", "reports")
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
        found = next(lexer().candidates(f"drug, {text}, as usual"), None)
        assert found and found.start() == len("drug, ")


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
