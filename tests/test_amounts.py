"""Numbers: what they are worth, where they end, and that no magnitude is wrong without saying so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from parser.quantities import read_quantities
from parser.quantities.amounts import share_power, value_of
from parser.quantities.numbers import read_number
from parser.quantities.plausible import fits
from parser.quantities.powers import Amount
from parser.quantities.units import read_unit

POWERS = Path(__file__).parent / "quantity_cases" / "powers.txt"

# What is printed, the unit after it and the words in front of it; what it is worth. All are taken unchanged.
LITERAL = [
    ("18", "years", "Age ≥ ", "18"),
    ("0", None, "ECOG", "0"),
    ("2.5", "x ULN", "AST and ALT ≤ ", "2.5"),
    (".5", "mg", None, "0.5"),
    ("0.125", "mg", "digoxin", "0.125"),
    ("0.0143", "mg/kg", None, "0.0143"),
    ("12.375", "mg", None, "12.375"),
    ("3.375", "g", "piperacillin", "3.375"),
    ("1,5", "x ULN", "bilirubin", "1.5"),
    ("0,1", "mV", "ST-depression", "0.1"),
    ("0,125", "mg", None, "0.125"),
    ("1,73", "m2", None, "1.73"),
    ("0·5", "mmol/L", None, "0.5"),
    ("-2.5", None, "T-score ≤ ", "-2.5"),
    ("100,000", "/mm3", "platelets", "100000"),
    ("1,500", "mg", None, "1500"),
    ("2,000", "mg", None, "2000"),
    ("1,500", "/µL", "ANC", "1500"),
    ("1,500", "patients", None, "1500"),
    ("2,500", "g", "birth weight", "2500"),
    ("2,925,653", None, "population", "2925653"),
    ("1,234.5", "ng/mL", None, "1234.5"),
    ("1.234,5", "ng/mL", None, "1234.5"),
    ("1.000.000", "cells", None, "1000000"),
    ("1'500", "/µL", "ANC", "1500"),
    ("100'000", "/mm3", "platelets", "100000"),
    ("75 000", "/ mm3", "Platelet count ≥ ", "75000"),
    ("10 000", "U/m²", "doses of ", "10000"),
    ("2 000 000", "IU", None, "2000000"),
    ("1,00,000", None, "platelet count >", "100000"),
    ("5,00,000", "IU", None, "500000"),
    # Three or four digits that begin with 10.
    ("109", "mg/dL", "LDL ", "109"),
    ("106", "mg/dL", "LDL ", "106"),
    ("109", "kg", "weight ", "109"),
    ("106", "mmHg", "DBP ", "106"),
    ("105", "mmHg", "Mean seated DBP ≥ ", "105"),
    ("103", "°F", "temperature ", "103"),
    ("101", "days", None, "101"),
    ("104", "weeks", None, "104"),
    ("109", "/min", "heart rate ", "109"),
    ("108", "mcg", "aerosol ", "108"),
    ("108", "mmol/mol", "HbA1c > ", "108"),
    ("107", "%", None, "107"),
    ("105", "U/L", "ALT > ", "105"),
    ("103", "mEq/L", "sodium ", "103"),
    ("1012", "patients", None, "1012"),
    ("103", "patients", None, "103"),
    ("109", None, "score ", "109"),
    ("1047", None, "percentile", "1047"),
    ("109", "cells/mm3", "CD4 count < ", "109"),
    ("100", "cells/uL", "absolute lymphocyte count ≥ ", "100"),
    ("350", "cells/µL", "CD4 count > ", "350"),
    ("1.109", "mg", None, "1.109"),
    ("1.106", "mmol/L", "glucose", "1.106"),
    # Three decimals.
    ("5.000", "mg/mg", "UACR > 5000 mg/g (", "5.000"),
    ("0.250", "mg", None, "0.250"),
    ("2.670", "g/day", None, "2.670"),
    ("70.000", "kg", "weight", "70"),
    ("1.020", None, "urine specific gravity ≥ ", "1.02"),
    ("1.250", "mg/dL", "creatinine > ", "1.25"),
    ("2.500", "G/L", "leukocytes < ", "2.5"),
    ("1.500", "K/µL", "ANC ≥ ", "1.5"),
    ("2.055", "mm", None, "2.055"),
    # Words and fractions.
    ("one", "month", None, "1"),
    ("twelve", "weeks", None, "12"),
    ("twenty-four", "hours", None, "24"),
    ("Forty two", "patients", None, "42"),
    ("two hundred and fifty", "mg", None, "250"),
    ("One hundred twenty", None, None, "120"),
    ("five-hundred", None, None, "500"),
    ("one hundred thousand", "/mm3", "platelets", "100000"),
    ("one thousand five hundred", None, None, "1500"),
    ("a thousand", None, None, "1000"),
    ("half", "a tablet", None, "0.5"),
    ("half an", "hour", None, "0.5"),
    ("one and a half", "years", None, "1.5"),
    ("one-half", None, None, "0.5"),
    ("three quarters", None, None, "0.75"),
    ("half a dozen", None, None, "6"),
    ("a dozen", None, None, "12"),
    ("½", "cup", None, "0.5"),
    ("2½", "hours", None, "2.5"),
    ("2 ½", "minutes", None, "2.5"),
    ("5 1/2", "weeks", None, "5.5"),
    ("1/4", "cup", None, "0.25"),
    ("ten (10)", "days", None, "10"),
    ("twenty four (24)", "months", None, "24"),
    ("28 (twenty-eight)", "days", None, "28"),
    ("18 (eighteen)", "years", None, "18"),
    ("1.5 million", "cells", None, "1500000"),
    ("100 million", "cells", None, "100000000"),
    ("2.2 billion", "people", None, "2200000000"),
    ("150 thousand", "/µL", "platelets", "150000"),
    ("1.5Lakh", "per cumm", "Platelet: > ", "150000"),
    ("2 crore", None, None, "20000000"),
    ("1.5K", "/mcL", "ANC ≥ ", "1500"),
    ("100 K", "/cumm", "Platelets < ", "100000"),
    ("100 x 1000", "/µL", "platelets", "100000"),
    ("1.5 x 1,000,000", "cells", None, "1500000"),
]

# Powers of ten marked as such: the coefficient and the exponent.
MARKED = [
    ("1.5 x 10^9", "/L", "ANC ≥ ", "1.5", 9),
    ("1.5×10^9", "/L", "ANC", "1.5", 9),
    ("75 x 10^9", "/L", "platelets", "75", 9),
    ("100 X 10^9", "/L", "platelets", "100", 9),
    ("1.5 times 10^9", "/L", "ANC", "1.5", 9),
    ("20*10^9", "/L", "leukocytes", "20", 9),
    ("30 * 10^9", "/liter", "WBC", "30", 9),
    ("1.5·10^9", "/L", "ANC", "1.5", 9),
    ("100 Ã— 10^9", "/L", "Platelet count", "100", 9),
    ("1x 10^5", "CAR+ T cells/kg", None, "1", 5),
    ("1.5 x10 ^ 9", "/L", "ANC", "1.5", 9),
    ("1.5 x 10^(9)", "/L", "ANC", "1.5", 9),
    ("1.5 x 10^{9}", "/L", "ANC", "1.5", 9),
    ("1.5 x 10^9^", "/L", "ANC", "1.5", 9),
    ("1.5 x 10^+9", "/L", "ANC", "1.5", 9),
    ("1.5 × 10⁹", "/L", "ANC", "1.5", 9),
    ("3×10¹⁰", "eRBC", None, "3", 10),
    ("2 x 10⁻⁶", "M", None, "2", -6),
    ("1 x 10^-6", "M", None, "1", -6),
    ("1.5 x 10*9", "/L", "ANC", "1.5", 9),
    ("1.5 x 10**9", "/L", "ANC", "1.5", 9),
    ("100 x10(9)", "/L", "platelets", "100", 9),
    ("1.5 x 10e9", "/L", "ANC", "1.5", 9),
    ("1x10e8", "cells per dose", None, "1", 8),
    ("1.5 x 10exp9", "/L", "ANC", "1.5", 9),
    ("5 x 10 to the 9th", "cells", None, "5", 9),
    ("5 x 10 to the power of 9", "cells", None, "5", 9),
    ("5 x 10 to the ninth power", "cells", None, "5", 9),
    ("3,0 x 10^9", "/L", "Leucocytes ≥ ", "3.0", 9),
    ("2.000x10⁹", "/L", "Absolute neutrophil count <", "2", 9),
    ("0.250x10⁹", "/L", "Eosinophil count", "0.25", 9),
    ("1,500 x 10^6", "/L", "ANC ≥ ", "1500", 6),
    ("200 x 10^6", "/L", "CD4 < ", "200", 6),
    ("4.5 x 10^6", "/µL", "erythrocytes ≥ ", "4.5", 6),
    ("100 x 10^3", "/mcL", "Platelets ≥ ", "100", 3),
    ("2.5 x 10^6", "MSC per kg", None, "2.5", 6),
    ("1 x 10^13", "vg/kg", None, "1", 13),
    ("10^9", "/L", "granulocyte count ≥ ", "1", 9),
    ("10⁹", "/L", "granulocytes ≥ ", "1", 9),
    ("10*9", "/L", "granulocytes ≥ ", "1", 9),
    ("10*5*", "IU/mL", "HCV RNA viral load of ≥ ", "1", 5),
    ("10³", "copies/mL", "HCV-RNA >", "1", 3),
    ("10^-5", None, "MRD", "1", -5),
    ("x 10^6", "cells", None, "1", 6),
    ("1E6", "cells/kg", None, "1", 6),
    ("5e8", "CFU", None, "5", 8),
    ("1.5E+09", "/L", "ANC", "1.5", 9),
    ("1e-3", None, "MRD", "1", -3),
    ("1.5 x E9", "/L", "ANC", "1.5", 9),
    ("1.5 E9", "/L", "ANC", "1.5", 9),
    ("100 (10^9", "/L", "platelets ≥ ", "100", 9),
    ("100 (x 10⁹", "/L", "platelets ≥ ", "100", 9),
]

FLAT, DOT, POINT = "flattened-superscript", "dot-as-times", "european-separator"
# What is not taken literally: the coefficient and exponent (or the value and none), the reason, and the literal value.
REPAIRED = [
    ("1.5 x 109", "/L", "ANC ≥ ", "1.5", 9, FLAT, "163.5"),
    ("1.5×109", "/L", "ANC ≥", "1.5", 9, FLAT, "163.5"),
    ("100 x 109", "/L", "Platelets", "100", 9, FLAT, "10900"),
    ("0.75 x 109", "/L.", "Absolute neutrophil count ≥ ", "0.75", 9, FLAT, "81.75"),
    ("1.0 × 109", "cells/L", "absolute lymphocyte count (ALC)", "1.0", 9, FLAT, "109"),
    ("3,0 x 109", "/L", "Leucocytes ≥ ", "3", 9, FLAT, "327"),
    ("200 x 106", "/ L", "lymphopenia CD4 + <", "200", 6, FLAT, "21200"),
    ("150 x 103", "/µL", "platelets", "150", 3, FLAT, "15450"),
    ("75 x 103", "/mL", "platelet count < ", "75", 3, FLAT, "7725"),
    ("80x106", "/mL", "platelet count <", "80", 6, FLAT, "8480"),
    ("4 x 1012", "/L", "RBC", "4", 12, FLAT, "4048"),
    ("1 x 109", None, "ANC ≤ ", "1", 9, FLAT, "109"),
    ("5x104", "/kg", "no greater than ", "5", 4, FLAT, "520"),
    ("5x106", "CD34+ cells/kg", "target cell number (", "5", 6, FLAT, "530"),
    ("3×105", "STAR+T cells / kg", None, "3", 5, FLAT, "315"),
    ("40 × 106", "cells", "dosed with BRTX-100 at ", "40", 6, FLAT, "4240"),
    ("3×1010", "eRBC", None, "3", 10, FLAT, "3030"),
    ("1x1013", "vg/kg", None, "1", 13, FLAT, "1013"),
    ("1x109", "CFUs", None, "1", 9, FLAT, "109"),
    ("1x1010", "PFU/mL", "<", "1", 10, FLAT, "1010"),
    ("1×104", "/ml", "HBV DNA positive (copies ≥", "1", 4, FLAT, "104"),
    ("3 x 106", "IU", "interferon", "3", 6, FLAT, "318"),
    ("x 106", "cells", None, "1", 6, FLAT, "106"),
    ("10X109", "/L", "absolute neutrophil count(ANC) ≥ ", "10", 9, FLAT, "1090"),
    ("1.5 x 10 9", "/L", "ANC", "1.5", 9, FLAT, "163.5"),
    ("1.5 x 10.9", "/L", "ANC", "1.5", 9, FLAT, "16.35"),
    ("100 109", "/L", "platelet count less than ", "100", 9, FLAT, "100109"),
    ("1.5 109", "/L", "ANC ≥ ", "1.5", 9, FLAT, "1.5109"),
    ("0.5.109", "/L", "neutropenia <", "0.5", 9, FLAT, "0.5109"),
    ("30. 109", "/ L", "thrombocytopenia <", "30", 9, FLAT, "30.109"),
    ("1.109", "/L", "neutrophils < ", "1", 9, FLAT, "1.109"),
    ("30.109", "/L", "platelets < ", "30", 9, FLAT, "30.109"),
    ("109", "/L", "WBC < ", "1", 9, FLAT, "109"),
    ("109", "/L", None, "1", 9, FLAT, "109"),
    ("10 9", "/L", "granulocytes ≥ ", "1", 9, FLAT, "109"),
    ("1012", "vg/kg", None, "1", 12, FLAT, "1012"),
    ("106", "cells/kg", None, "1", 6, FLAT, "106"),
    ("105", "CFU/mL", "urine culture ≥ ", "1", 5, FLAT, "105"),
    ("106", "cells", "infusion of ", "1", 6, FLAT, "106"),
    ("105", "/µL", "platelets > ", "1", 5, FLAT, "105"),
    ("1x10-4", None, "MRD negativity ≤", "1", -4, FLAT, "10"),
    ("10-4", None, "MRD ≥ ", "1", -4, FLAT, "10"),
    ("3×10-7", "/Kg", "TNC≥", "3", 7, FLAT, "30"),
    ("1.10^6", "CSM / kg", None, "1", 6, DOT, "1.771561"),
    ("4.10^6", "CSM / kg", None, "4", 6, DOT, str(Decimal("4.1") ** 6)),
    ("2.10⁵", "cells", None, "2", 5, DOT, str(Decimal("2.1") ** 5)),
    ("10E6", "IU/mL", "HBsAg greater than ", "1", 6, "ten-as-base", "10000000"),
    ("10e-3", None, "MRD <", "1", -3, "ten-as-base", "0.01"),
    ("100 x 10", "/L", "platelets ≥ ", "100", 9, "lost-exponent", "1000"),
    ("1.5 x 10", "/L", "ANC ≥ ", "1.5", 9, "lost-exponent", "15"),
    ("1.5 10^9", "/L", "ANC ≥ ", "1.5", 9, "lost-times", "1000000000"),
    ("1.5 10e9", "/L", "ANC ≥ ", "1.5", 9, "lost-times", "1000000000"),
    ("1.5 10*9", "/L", "ANC ≥ ", "1.5", 9, "lost-times", "1000000000"),
    ("100 (109", "/L", "platelets ≥ ", "100", 9, FLAT, "10900"),
    ("1,500 x 10^9", "/L", "neutrophils ≥ ", "1.5", 9, POINT, "1500000000000"),
    ("100,000 x 10^9", "/L", "platelets ≥ ", "100", 9, POINT, "100000000000000"),
    ("100.000 x 10^6", "/L", "platelets ≥ ", "100000", 6, POINT, "100000000"),
    ("100.000", "/mm3", "platelets < ", "100000", None, POINT, "100"),
    ("100.000", "/µl", "thrombocytopenia < ", "100000", None, POINT, "100"),
    ("100.000", "/ul", "Bleeding disorder (Tc < ", "100000", None, POINT, "100"),
    ("150.000", "cels/mm3", "platelets < ", "150000", None, POINT, "150"),
    ("100.000", "mm3", "platelets count < ", "100000", None, POINT, "100"),
    ("100.000", "/ mL3", "platelet count < ", "100000", None, POINT, "100"),
    ("14.000", "/mm3", None, "14000", None, POINT, "14"),
    ("1.500", "/mm3", "neutrophils ≥ ", "1500", None, POINT, "1.5"),
    ("100.000", None, "platelets < ", "100000", None, POINT, "100"),
    ("10.000", "copies/mL", "HIV RNA < ", "10000", None, POINT, "10"),
    ("1.000", "CFU", "urine sample (>= ", "1000", None, POINT, "1"),
    ("3.500", "g", "birth weight < ", "3500", None, POINT, "3.5"),
    ("1.000", "ng/mL", "ferritin > ", "1000", None, POINT, "1"),
    ("1.000", "mg/dL", "triglycerides > ", "1000", None, POINT, "1"),
    ("5.000", "IU", "heparin ", "5000", None, POINT, "5"),
    ("1.500", "kcal/day", "energy intake < ", "1500", None, POINT, "1.5"),
]

# What nothing decides: the literal value, which is, and what else it may be.
UNDECIDED = [
    ("1.000", "mg", None, "1", ["1000"]),
    ("2.500", "mg", "metformin", "2.5", ["2500"]),
    ("1.500", "mL", None, "1.5", ["1500"]),
    ("5.000", "ng/mL", "CEA > ", "5", ["5000"]),
    ("10.000", None, None, "10", ["10000"]),
    ("2 500", "mg", None, "2500", ["500"]),
    ("3 x 105", "mg", None, "315", ["300000"]),
    ("1.0 x 102", None, None, "102", ["100"]),
    ("105", "copies/mL", "HIV RNA > ", "105", ["100000"]),
    ("104", "IU/mL", "HBV DNA > ", "104", ["10000"]),
    ("106", "cells", "at least ", "106", ["1000000"]),
    ("103", "/mm3", "CD4 < ", "103", ["1000"]),
    ("0,1", None, "ECOG Performance Status Score ", "0.1", ["0", "1"]),
    ("ten (12)", "weeks", None, "10", ["12"]),
    ("1.5", "cells/mm3", "ANC > ", "1.5", ["1500"]),
    ("1,500", "/L", "absolute neutrophil count >=", "1500", ["1500000000"]),
    ("100,000", "/L", "platelets >=", "100000", ["100000000000"]),
    ("50,000", "/L", "A circulating lymphocyte count of >", "50000", ["50000000"]),
    ("100,00", "/mm3", "platelets > ", "100", ["100000"]),
    ("1.5 x 10^9", "/mm3", "ANC ≥ ", "1500000000", ["1500"]),
    ("100 x 10^3", "/L", "platelets ≥ ", "100000", ["100000000000"]),
    ("3.500", "/L", None, "3.5", ["3500"]),
]


def read_amount(printed: str, unit: str | None = None, subject: str | None = None) -> Amount:
    return value_of(read_number(printed), read_unit(unit) if unit else None, subject or "")


def same(one: Decimal | None, other: str | None) -> bool:
    return (one is None and other is None) or (one is not None and other is not None and one == Decimal(other))


@pytest.mark.parametrize("printed, unit, subject, value", LITERAL)
def test_a_number_that_is_what_it_says(printed: str, unit: str | None, subject: str | None, value: str) -> None:
    amount = read_amount(printed, unit, subject)
    assert amount.value == Decimal(value)
    assert amount == Amount(amount.value)


@pytest.mark.parametrize("printed, unit, subject, coefficient, exponent", MARKED)
def test_a_marked_power_of_ten(
    printed: str, unit: str | None, subject: str | None, coefficient: str, exponent: int
) -> None:
    amount = read_amount(printed, unit, subject)
    assert amount.value == Decimal(coefficient) * Decimal(10) ** exponent
    assert amount == Amount(amount.value, Decimal(coefficient), exponent)


@pytest.mark.parametrize("printed, unit, subject, number, exponent, reason, literal", REPAIRED)
def test_a_number_that_is_not_what_it_says(
    printed: str, unit: str | None, subject: str | None, number: str, exponent: int | None, reason: str, literal: str
) -> None:
    amount = read_amount(printed, unit, subject)
    assert amount.value == Decimal(number) * Decimal(10) ** (exponent or 0)
    assert (amount.reason, amount.exponent, amount.undecided) == (reason, exponent, False)
    assert same(amount.coefficient, None if exponent is None else number)
    assert amount.alternatives[0] == Decimal(literal)


@pytest.mark.parametrize("printed, unit, subject, literal, others", UNDECIDED)
def test_a_number_that_nothing_decides(
    printed: str, unit: str | None, subject: str | None, literal: str, others: list[str]
) -> None:
    amount = read_amount(printed, unit, subject)
    assert amount.value == Decimal(literal)
    assert amount.reason is None
    assert amount.undecided
    assert list(amount.alternatives) == [Decimal(other) for other in others]


def test_weeks_and_days_of_a_pregnancy() -> None:
    assert read_amount("33 6/7", "weeks").value == 33 + Decimal(6) / 7


@pytest.mark.parametrize("printed", ["", "mg", "1.1.1", "1,2,3", "x 5", "two three", "10^", "5 (six)x"])
def test_what_is_no_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_amount(printed)


@pytest.mark.parametrize(
    "first, last, unit, low, high",
    [
        ("0.2", "1 x 10^7", "CART22 cells/kg", "2e6", "1e7"),
        ("0.3", "1.5x10^8", None, "3e7", "1.5e8"),
        ("1", "3×10-7", "/Kg", "1e7", "3e7"),
        ("1", "5 x 109", "/L", "1e9", "5e9"),
        ("1", "2.10^6", "cells", "1e6", "2e6"),
        ("15", "20 Million", "dendritic cells", "15e6", "20e6"),
        ("150", "400 K", "/µL", "150e3", "400e3"),
        # A power after the second number is not the first one's where that would be the larger.
        ("50", "1 x 10^6", "copies/mL", "50", "1e6"),
        ("10^5", "10^6", "cells", "1e5", "1e6"),
        ("2.5", "5", "mg", "2.5", "5"),
    ],
)
def test_both_ends_of_a_range_share_the_power(first: str, last: str, unit: str | None, low: str, high: str) -> None:
    lower, upper = read_number(first), read_number(last)
    values = [
        value_of(number, read_unit(unit) if unit else None).value for number in (share_power(lower, upper), upper)
    ]
    assert values == [Decimal(low), Decimal(high)]


def test_a_range_whose_first_number_may_be_in_thousands_is_undecided() -> None:
    told: list[str] = []
    (found,) = read_quantities("platelets 100-150,000 /mm3", report=lambda code, message, span: told.append(message))
    assert (found.low, found.high) == (100, 150_000)
    assert told == ["100 may also be 100000"]


@pytest.mark.parametrize(
    "text, value, ucum",
    [
        ("5 K/µL", 5000, "/uL"),
        ("WBC < 5 K/cumm", 5000, "/mm3"),
        ("Absolute neutrophil ≥ 2 G/L", 2e9, "/L"),
        ("PLT ≥100 G/L", 1e11, "/L"),
        ("erythrocytes > 3 T/L", 3e12, "/L"),
        ("Hb≥ 90 G/L", 90, "g/L"),
        ("PLT ≥100, fibrinogen ≥ 2 G/L", 2, "g/L"),
        ("leukocytes 5 g/L", 5, "g/L"),
        ("ANC 1500 /L", 1500, "/L"),
    ],
)
def test_a_letter_that_multiplies_a_count(text: str, value: float, ucum: str) -> None:
    found = read_quantities(text)[-1]
    assert (found.low or found.high, found.ucum) == (value, ucum)


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
