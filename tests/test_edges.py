"""Small rules that a change could break unseen: each of these was changed on purpose, and no other test noticed."""

from __future__ import annotations

import pytest

from parser import parse
from parser.quantities.ages import standard_ages
from parser.quantities.amounts import value_of
from parser.quantities.numbers import read_number
from parser.values.name import split_degrees
from tests.pages import page, section


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2 thousand", 2_000),
        ("2 million", 2_000_000),
        ("2 mio", 2_000_000),
        ("2 mln", 2_000_000),
        ("2 billion", 2_000_000_000),
        ("2 trillion", 2_000_000_000_000),
        ("2 lakh", 200_000),
        ("2 lac", 200_000),
        ("2 crore", 20_000_000),
    ],
)
def test_each_word_of_a_factor_has_its_worth(printed: str, value: int) -> None:
    assert value_of(read_number(printed)).value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [("0,000.0", "0.0"), ("1,500", "1500"), ("0,500", "0.500"), ("01,000.5", "1000.5"), ("0,000,000", "0")],
)
def test_thousands_that_begin_with_a_zero_are_numbers(printed: str, value: str) -> None:
    assert str(value_of(read_number(printed)).value + 0) == value


def test_points_tell_a_degree_from_a_family() -> None:
    assert split_degrees("Jun Li M.A.").degrees == "M.A."
    assert split_degrees("Jun Li MA").degrees is None


def test_a_degree_may_stand_before_the_name() -> None:
    assert split_degrees("MD, John Smith")[::3] == ("John Smith", "MD")


@pytest.mark.parametrize(
    ("printed", "name", "degrees"),
    [
        ("Associate Prof. Jane Doe", "Jane Doe", "Associate Prof."),
        ("Ing. Jane Doe", "Jane Doe", "Ing."),
        ("Ing Lim", "Ing Lim", None),
        ("Full Moon Li", "Full Moon Li", None),
    ],
)
def test_a_rank_is_a_title_before_a_title_or_with_a_point(printed: str, name: str, degrees: str | None) -> None:
    assert split_degrees(printed)[::3] == (name, degrees)


def test_the_oldest_group_begins_at_65_and_the_adults_end_before() -> None:
    assert standard_ages(65, None) == ["OLDER_ADULT"]
    assert standard_ages(64, 65) == ["ADULT", "OLDER_ADULT"]
    assert standard_ages(18, 64) == ["ADULT"]


def test_a_code_that_the_registry_does_not_have_is_told() -> None:
    document = parse(page(section("Basic Information", "Recruitment Status", "COMPLETED", "Clinical Phase", "PHASE7")))
    (problem,) = document.problems
    assert (problem.code, "PHASE7" in problem.message) == ("unknown-value", True)
