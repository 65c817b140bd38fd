"""Quantities, against answers that were written by hand from the texts."""

from __future__ import annotations

import pytest

from parser.values.quantity import read_quantities
from parser.values.route import read_routes
from tests.quantity_notation import Case, in_order, notation, read_cases

FILES = ("sample", "criteria", "powers", "none", "doses")
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
