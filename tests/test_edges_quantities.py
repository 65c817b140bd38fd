"""Small rules of quantities that a change could break unseen: which numbers are one value, and which are none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from parser.quantities import read_quantities
from parser.quantities.plausible import fits
from parser.quantities.units import read_unit
from tests.quantity_notation import notation


def values(text: str) -> list[str]:
    """The quantities of a text in the notation of the cases, without their subjects."""
    return [notation(replace(one, subject=None)) for one in read_quantities(text)]


@pytest.mark.parametrize("text", ["titre of 1/40", "visual acuity 20/70", "visual acuity of 6/12"])
def test_a_ratio_is_no_quantity(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What stands behind a slash begins no range.
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
        # A list of lengths of time is no period, and a period needs a unit.
        ("every 3, 4 weeks", ["[3, 3] wk | time", "[4, 4] wk | time"]),
        ("every 3 x 4 weeks", ["[4, 4] wk | time | window: for"]),
        ("every 3 (or so)", []),
    ],
)
def test_what_is_a_period_behind_every(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("unit", ["mg tablets", "mg capsules", "mL ampoules"])
def test_a_mass_beside_a_thing_is_no_product(unit: str) -> None:
    assert read_unit(unit).ucum is None


@pytest.mark.parametrize(
    ("unit", "subject", "plausible"),
    [
        ("leukocytes/mm3", "WBC", False),
        ("CSF leukocytes/mm3", "WBC", None),
        ("leukocytes/mm3", "CSF WBC", None),
    ],
)
def test_five_cells_are_few_in_blood_and_many_in_the_spine(unit: str, subject: str, plausible: bool | None) -> None:
    assert fits(Decimal(5), read_unit(unit), subject) is plausible


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
