"""Units as written and their UCUM codes, and what of a text is a unit after a number."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from parser.quantities.conversion import convert
from parser.quantities.units import read_unit, unit_at
from tests.conftest import ROOT
from tests.linear import assert_linear
from tests.quantity_notation import FOLDER

PACKAGE = ROOT / "parser"

CASES = [
    line.split(" => ")
    for line in (FOLDER / "units.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("written, code", CASES)
def test_a_unit_as_written_has_its_code(written: str, code: str) -> None:
    assert read_unit(written).ucum == (None if code == "null" else code)


def test_the_table_of_cases_is_long_enough() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize(
    "text, written",
    [
        ("mg / kg / day", "mg/kg/day"),
        ("mg per kg", "mg per kg"),
        ("ml / ( min · 1.73m2 )", "ml/(min·1.73m2)"),
        ("mL/min/1.73 m^2", "mL/min/1.73 m^2"),
        ("x ULN", "ULN"),
        ("times the upper limit of normal", "upper limit of normal"),
        ("foo / mL", "foo/mL"),
        ("kg  body\tweight", "kg body weight"),
        ("/100 mL", "/100 mL"),
    ],
)
def test_the_written_form_is_kept_without_blanks_next_to_signs(text: str, written: str) -> None:
    assert read_unit(text).written == written


@pytest.mark.parametrize(
    "written, code, exponent",
    [
        ("K/µL", "/uL", 3),
        ("K/cumm", "/mm3", 3),
        ("thousand/mm3", "/mm3", 3),
        ("M/uL", "/uL", 6),
        ("G/L", "/L", 9),
        ("Lakh per cumm", "/mm3", 5),
        ("T/L", "/L", 12),
        ("10^9/L", "/L", 9),
        ("x10^9 cells/L", "{cells}/L", 9),
        ("/L", "/L", 0),
        ("g/L", "g/L", 0),
    ],
)
def test_a_power_of_ten_belongs_to_the_number(written: str, code: str, exponent: int) -> None:
    unit = read_unit(written)
    assert (unit.ucum, unit.exponent) == (code, exponent)


def test_what_is_multiplied_by_a_power_of_ten_is_counted() -> None:
    assert read_unit("XYZ / kg").ucum is None
    unit = read_unit("XYZ / kg", power=True)
    assert (unit.written, unit.ucum, unit.dimension, unit.dose) == ("XYZ/kg", "{XYZ}/kg", "", True)
    assert read_unit("CSM / kg", power=True).ucum == "{CSM}/kg"
    assert read_unit("edited cells", power=True).ucum == "{edited_cells}"
    # What is a unit stays one, and a denominator is never a guess.
    assert read_unit("mg/kg", power=True).ucum == "mg/kg"
    assert read_unit("cells/XYZ", power=True).ucum is None


@pytest.mark.parametrize(
    "written, dimension, dose",
    [
        ("years", "time", False),
        ("half-lives", "time", False),
        ("mg", "mass", True),
        ("kg", "mass", False),
        ("mL", "volume", True),
        ("mm3", "volume", False),
        ("cm", "length", False),
        ("m2", "area", False),
        ("%", "fraction", False),
        ("ULN", "limit", False),
        ("baseline", "limit", False),
        ("mg/dL", "concentration", False),
        ("cells/mm3", "concentration", False),
        ("/L", "concentration", False),
        ("drinks", "count", False),
        ("tablets", "count", True),
        ("cells", "count", True),
        ("cells/kg", "", True),
        ("mg/kg", "", True),
        ("mg/m2/day", "", True),
        ("mg/kg/dose", "", True),
        ("g/24h", "", True),
        ("IU", "arbitrary", True),
        ("IU/kg weekly", "", True),
        ("Gy", "absorbed dose", True),
        ("MBq", "radioactivity", True),
        ("mmol", "amount", True),
        ("mmol/mol", "", False),
        ("kg/m2", "", False),
        ("mL/min/1.73 m2", "", False),
        ("mmHg", "pressure", False),
        ("°C", "temperature", False),
        ("attacks/week", "", False),
        ("foo/mL", "", False),
    ],
)
def test_dimension_and_dose(written: str, dimension: str, dose: bool) -> None:
    unit = read_unit(written)
    assert (unit.dimension, unit.dose) == (dimension, dose)


# --- What of a text is a unit ---


def behind_number(text: str) -> str | None:
    """What is a unit after the first number of a text, its sign of multiplication and blanks."""
    number = re.search(r"\d[\d.,]*(?:\s?(?:[xX]|times)(?= (?:ULN|the|norm|base|inst)))? ?", text)
    assert number
    found = unit_at(text, number.end(), times=number[0].rstrip().lower().endswith(("x", "times")))
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    "text, unit",
    [
        ("5 mg/kg/day for 3 days", "mg/kg/day"),
        ("500 mg / month for", "mg / month"),
        ("375 mg / m2, once", "mg / m2"),
        ("10 mg daily or", "mg daily"),
        ("10 mg once daily", "mg"),
        ("60 mL/min/1.73 m^2 by", "mL/min/1.73 m^2"),
        ("30 ml / ( min · 1.73m2 ) or", "ml / ( min · 1.73m2 )"),
        ("(BMI 30 kg/m^2)", "kg/m^2"),
        ("200 cells/mm(3) or", "cells/mm(3)"),
        ("150 /mm3 and", "/mm3"),
        ("500/µL 10. Left", "/µL"),
        ("20 ml/min/1.73m 4. Active", "ml/min/1.73m"),
        ("60 mL/min/1.73 m 2 or", "mL/min/1.73 m 2"),
        ("60 mL/min (1.73 m2)", "mL/min"),
        ("100 per cubic millimeter", "per cubic millimeter"),
        ("2 per day", "per day"),
        ("100 CD34+ cells/kg", "CD34+ cells/kg"),
        ("1 CSM / kg", "CSM / kg"),
        ("50 foo/mL", "foo/mL"),
        ("2.5 x ULN", "ULN"),
        ("2 times the institutional upper limit of normal,", "the institutional upper limit of normal"),
        ("2 x normal", "normal"),
        ("3 times baseline", "baseline"),
        ("2.5N and", "N"),
        ("18 years of age", "years"),
        ("18 y/o", "y/o"),
        ("18y", "y"),
        ("30 consecutive days of", "consecutive days"),
        ("5 half-lives", "half-lives"),
        ("15 headache days per month", "headache days per month"),
        ("3 drinks a day", "drinks a day"),
        ("4 attacks/week", "attacks/week"),
        ("20 pack-years", "pack-years"),
        ("38.5 C or", "C"),
        ("100.4F)", "F"),
        ("90° flexion", "°"),
        ("6.00 D)", "D"),
        ("100 m without", "m"),
        ("1.5 K/mcL", "K/mcL"),
        ("3 L oxygen", "L"),
        ("30 s and", "s"),
        ("12 h before", "h"),
        ("1 g/24h.", "g/24h"),
        ("10 mg/5 mL", "mg/5 mL"),
        ("160 mg/12.5 mg", "mg"),
        ("4 weeks/8 weeks", "weeks"),
        ("50 Gy/25 fractions", "Gy"),
        ("2 Gy per fraction daily", "Gy per fraction"),
        ("10 mg. Day 1", "mg"),
        ("5 mg.In patients", "mg"),
        ("40 mg twice per day", "mg"),
        ("100 mmHg/60 mmHg", "mmHg"),
        ("5 MG/M 2 of", "MG/M 2"),
        ("5 MG", "MG"),
        ("10 NG/ML", "NG/ML"),
        ("3 days/week", "days/week"),
        ("25 % predicted", "%"),
        ("95 th percentile", "th percentile"),
        ("5 month(s) of", "month(s)"),
        ("5 in. wide", "in."),
        ("2000 IU/daily for", "IU/daily"),
        ("3 STAR+T cells / kg", "STAR+T cells / kg"),
        ("2.5 X institutional norm or", "institutional norm"),
        ("3 months-old", "months"),
    ],
)
def test_a_unit_is_found_after_a_number(text: str, unit: str) -> None:
    assert behind_number(text) == unit


@pytest.mark.parametrize(
    "text",
    [
        "18 and 70",
        "5 in the",
        "2 m",
        "3 of 5",
        "3 of the following",
        "10 a day",
        "5 at least",
        "3 as",
        "1 A",
        "2 I",
        "30 day mortality",
        "24 hour urine",
        "6 minute walk test",
        "5 year survival",
        "2D echocardiography",
        "3D printed",
        "3d printed guide",
        "1L treatment",
        "2L+ patients",
        "the 1990s",
        "in their 40s or older",
        "16s rRNA",
        "18F-FDG",
        "99m Tc",
        "3Ms",
        "2 MS relapses",
        "5 MM patients",
        "2 cell-based therapies",
        "2 NG tubes",
        "20 U.S. sites",
        "2° type II",
        "1/2 weeks",
        "120/80",
        "visit 2/week 12",
        "3/5 patients",
        "3 times per week",
        "2 x/week",
        "2 patients per group",
        "4 prior lines of therapy",
        "5-point scale",
        "5 normal volunteers",
        "3 PET/CT",
        "5 h30",
        "1 stone",
        "2 foot ulcers",
        "5 weeksmonths",
    ],
)
def test_what_only_looks_like_a_unit_is_none(text: str) -> None:
    assert behind_number(text) is None


HOSTILE = """
mg/
(
m^
/kg
/1.73m2
/100 mL
CD4+\x20
T\x20
consecutive\x20
institutional\x20
upper limit of\x20
per\x20
headache\x20
mg kg-1\x20
mg.
°
-h
1
\x20/\x20
\x20
"""


@pytest.mark.linear
@pytest.mark.parametrize("piece", HOSTILE.strip("\n").splitlines())
def test_hostile_texts_cost_what_they_are_long(piece: str) -> None:
    def match(length: int) -> None:
        tail = piece * (length // len(piece))
        for text in ("5 " + tail, "5 mg" + tail, "5 mg/kg" + tail):
            unit_at(text, 1)
        read_unit.__wrapped__(tail)
        read_unit.__wrapped__("mg" + tail)

    assert_linear(match, 100_000)


# --- From one unit to another ---


@pytest.mark.parametrize(
    "value, source, target, expected",
    [
        ("1", "h", "min", "60"),
        ("2", "a", "mo", "24"),
        ("3", "wk", "d", "21"),
        ("36", "h", "d", "1.5"),
        ("1", "a", "d", "365.25"),
        ("500", "ms", "s", "0.5"),
        ("1", "g", "mg", "1000"),
        ("500", "ug", "mg", "0.5"),
        ("1", "g/d", "mg/d", "1000"),
        ("100", "[lb_av]", "kg", "45.359237"),
        ("1", "m", "cm", "100"),
        ("1", "[in_i]", "cm", "2.54"),
        ("1", "L", "mL", "1000"),
        ("1", "mm3", "uL", "1"),
        ("5", "{ULN}", "{ULN}", "5"),
        ("5", "mg", "mL", None),
        ("5", "g/d", "mg/wk", None),
        ("5", "{cells}", "mg", None),
        ("5", "mmol/L", "mg/dL", None),
    ],
)
def test_values_in_another_unit(value: str, source: str, target: str, expected: str | None) -> None:
    converted = convert(Decimal(value), source, target)
    assert converted == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("unit", ["mg tablets", "mg capsules", "mL ampoules"])
def test_a_mass_next_to_a_thing_is_no_product(unit: str) -> None:
    assert read_unit(unit).ucum is None
