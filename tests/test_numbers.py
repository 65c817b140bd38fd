"""Numbers: where one begins and ends, and that whatever is found is a number of the grammar."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from parser.grammar import GrammarMismatch, grammar_path, match_text
from parser.quantities import numbers
from parser.quantities.amounts import value_of
from parser.quantities.lexer import lexer, words_of
from parser.quantities.numbers import number_at, read_number
from parser.quantities.units import read_unit
from parser.quantities.view import PlainText
from tests.linear import assert_linear
from tests.test_grammars import named_examples

POWERS = Path(__file__).parent / "quantity_cases" / "powers.txt"


def numbers_in(text: str) -> list[str]:
    """The numbers of a text, from left to right."""
    found, end = [], 0
    view = PlainText.of(text)
    for at in lexer().candidates(view, words_of(view.low)):
        if at >= end and (number := number_at(text, at)):
            end = number.end
            found.append(text[number.start : end])
    return found


# A text, and the numbers that are found in it.
FOUND = [
    ("ANC ≥1.5×109/L, Hb ≥90 g/L", ["1.5×109", "90"]),
    ("≥1.5 x 109 /L (1500/mm3)", ["1.5 x 109", "1500"]),
    ("(10^9/L)", ["10^9"]),
    ("WBC(10^9)/L", ["10^9"]),
    ("three groups: 10^6, 5x10^6 and 3x10^7 cells", ["three", "10^6", "5x10^6", "3x10^7"]),
    ("dose of 1E6#3E6#1E7 cells/kg", ["1E6", "3E6", "1E7"]),
    ("platelet count less than 100 109/L", ["100 109"]),
    ("neutropenia <0.5.109/L, thrombocytopenia <30. 109 / L", ["0.5.109", "30. 109"]),
    ("1.10^6 CSM / kg", ["1.10^6"]),
    ("platelets ≥ 75 000 / mm3", ["75 000"]),
    ("MRD ≥ 10-4 by flow", ["10-4"]),
    ("platelets >1,00,000.", ["1,00,000"]),
    ("≥ 18 years.", ["18"]),
    ("T-score of -2.5", ["-2.5"]),
    ("INR > 1,5 or 2 bleedings", ["1,5", "2"]),
    ("Neutrophil Count ≥ 1.5K/mcL", ["1.5K"]),
    ("smoke 1/2 to 2 packs", ["1/2", "2"]),
    ("for one and a half years", ["one and a half"]),
    ("within thirty (30) days", ["thirty (30)"]),
    ("at least six and at most 24 months", ["six", "24"]),
    ("platelets ≥ 100 (10^9/L)", ["100 (10^9"]),
    ("Cohort 2 (10^6 cells)", ["2", "10^6"]),
    ("ANC ≥ 1.5 E9/L", ["1.5 E9"]),
    # Powers that nobody can read are no other numbers.
    ("ANC ≥ 1.5 x l09/L", []),
    ("ANC ≥ 1.5 x 9/L", ["9"]),
    ("ANC ≥ 1.5 x 10ˆ9/L", ["10"]),
    # Times that multiply no power.
    ("2 x 105 mg", ["2", "105"]),
    ("3 x 100 µg", ["3", "100"]),
    ("300 mg bid x 10 days", ["300", "10"]),
    ("10 x 10 cm", ["10", "10"]),
    ("IV x 1, may repeat 0.625 mg", ["1", "0.625"]),
    # Ranges, pairs and lists; the second number is for whoever knows what joins them.
    ("18-65 years", ["18"]),
    ("10 -16 years", ["10"]),
    ("10-12 weeks", ["10"]),
    ("tapered >10-5 mg", ["10"]),
    ("140/90 mmHg", ["140"]),
    ("Grade 3/4", ["3"]),
    ("ECOG 0,1 or 2", ["0", "2"]),
    ("grade 3 or 4", ["3", "4"]),
    ("1,5 and 10 mg", ["10"]),
    ("1,2,4,5", ["1"]),
    ("10,12,14,16", []),
    ("Cohort 2 150 mg", ["2", "150"]),
    ("5 half-lives", ["5"]),
    ("five half-lives", ["five"]),
    # No numbers, or parts of something else.
    ("CD20, HbA1c, IL-2, COX-2, 5-HT3", ["5"]),
    ("PNPLA3 rs738409", []),
    ("ABI-007 100 mg/m2", ["100"]),
    ("APG-2575 600mg", ["600"]),
    ("MK-3475 200 mg", ["200"]),
    ("version 1.1.1", []),
    ("the 90th visit", []),
    ("(2 00,000 IU/Week)", ["2"]),
    ("$5,000", []),
    ("at 10:30", ["10"]),
    ("none of the tone, often weighty, eighth", []),
]


@pytest.mark.parametrize("text, expected", FOUND)
def test_where_numbers_begin_and_end(text: str, expected: list[str]) -> None:
    assert numbers_in(text) == expected


@pytest.mark.parametrize("rule, text", named_examples(grammar_path("amount"), "ok"))
def test_an_example_of_the_grammar_is_read(rule: str, text: str) -> None:
    match_text("amount", rule, text, 0, len(text))
    value_of(read_number(text))


@pytest.mark.parametrize("rule, text", named_examples(grammar_path("amount"), "bad"))
def test_an_example_of_what_is_not_in_the_grammar_is_refused(rule: str, text: str) -> None:
    with pytest.raises(GrammarMismatch):
        match_text("amount", rule, text, 0, len(text))


def test_every_number_of_the_cases_is_worth_something() -> None:
    texts = [line.replace("\\", "") for line in POWERS.read_text(encoding="utf-8").splitlines() if line[:1] not in " #"]
    found = [number for text in texts for number in numbers_in(text)]
    assert len(found) > 250
    for printed in found:
        value_of(read_number(printed))


PIECES = re.findall(
    r"\S+",
    "0 1 5 9 10 10 100 109 106 000 , . · x × * ^ ( ) - + e E ⁹ ⁻⁶ ½ / /L /mm3 cells K million thousand one twenty"
    " hundred and half a ten to the 9th power % mg ' > ≤ Ã- IU crore th dozen third vg exp times",
)


def test_whatever_is_found_is_a_number_of_the_grammar() -> None:
    """A number is cut out of its text by more than the grammar: pieces of numbers thrown together must stay numbers."""
    dice = random.Random(20)
    for _ in range(6_000):
        text = "".join(dice.choice(PIECES) + dice.choice(("", "", " ")) for _ in range(dice.randint(2, 9)))
        for printed in numbers_in(text):
            value_of(read_number(printed), read_unit("/L"), "platelets ")


HOSTILE = [
    "1" * 100_000,
    "1.1" * 33_000,
    "1,1," * 25_000,
    "10^" * 33_000,
    "x10 " * 25_000,
    "1 x 10 " * 14_000,
    "100 000 " * 12_500,
    "10 9 " * 20_000,
    "1.000" * 20_000,
    "1,000," * 16_000,
    "one hundred and " * 6_000,
    "twenty-" * 14_000,
    "1 (" * 33_000,
    "10 to the " * 10_000,
    " " * 100_000,
    "x" * 100_000,
    "- 1" * 33_000,
    "½ " * 50_000,
    "million " * 12_500,
]


@pytest.mark.linear
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_is_scanned_in_linear_time(text: str) -> None:
    def scan(length: int) -> None:
        assert all(len(number) < 120 for number in numbers_in(text[:length]))

    assert_linear(scan, len(text) // 4)


BEHIND = (
    "years|mg|%|kg|K/µL|x ULN|times|thousand|million|billion|lakh|lacs|crores|mio|mln|k|st|th|to|to the ninth|exp 9|e9"
    "|ten)|(ten)|or 2|tablets|points|10^9/L|9 /L|5|1/2|½|.5|,5|, 5|. 5|.|;|)|-9|-fold|-to-the-9|^9|*10|'000|000"
    "|multiplied by 10|to 9| - 9|x ULN|× ULN|xULN|. Patients"
)


@pytest.mark.parametrize("number", ["1", "10", "18", "2.5", "100", "109", "1000", "00", "012"])
def test_a_plain_number_is_what_the_grammar_finds(number: str) -> None:
    found = 0
    for gap in ("", " ", "-"):
        for behind in BEHIND.split("|"):
            text = f"{number}{gap}{behind}"
            if plain := numbers._PLAIN.match(text):
                whole = numbers._longest(text, 0, 64)
                assert whole and text[: whole.length] == plain[0], text
                found += 1
    assert bool(found) == (not number.startswith("0"))
