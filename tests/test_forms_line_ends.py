"""Lists of exports whose line ends were lost: where their items begin, and what is not a beginning."""

from __future__ import annotations

import pytest

from parser import parse_criteria, parse_records
from parser.forms.line_ends import with_line_ends
from tests.conftest import ROOT
from tests.linear import assert_linear


@pytest.mark.parametrize(
    "items",
    [
        ["1. Age of 18 years or more", "2. MMSE of 14 to 25", "3. Consent"],
        # A number right before a number.
        ["1.\tAge of 18 years or more", "2.\tScore < 73", "3.\tScore < 22", "4.\tConsent"],
        # Items that were taken out.
        ["1. Age", "2. Weight", "3. Consent", "6. No fever", "7. No cough"],
        ["1. Any of these at screening:", "- Infarction", "- Stroke", "- QTc > 450 ms", "2. Cancer", "3. Fever"],
        ["1. Any of these:", "o\tInfarction", "o\tStroke of the last 6 months", "2. Cancer", "3. Fever"],
        ["• Age of 18 years or more", "• Consent"],
        [
            "1. At the last visit:",
            "Female patients agree to contraception.",
            "They are tested.",
            "2. Age",
            "3. Consent",
        ],
    ],
    ids=lambda items: items[0],
)
def test_items_begin_where_their_lines_did(items: list[str]) -> None:
    def told(text: str) -> list[str]:
        return [" ".join(line.split()) for line in with_line_ends(text).split("\n")]

    assert told("".join(items)) == told("\n".join(items))
    assert with_line_ends("\n".join(items)) == "\n".join(items)


@pytest.mark.parametrize(
    "text",
    [
        "HbA1c of 7.5 to 10.5 % at visit 1. Treatment with 2.5 mg at visit 2.",
        "Adults - men and women - with insomnia, BMI 18 - 35",
        "Able to walk, e.g. with a cane, and to say yes or No",
        "Vitamin B12. Folic acid. Iron.",
    ],
)
def test_other_text_stays_on_its_line(text: str) -> None:
    assert with_line_ends(text) == text


def test_no_item_is_lost_with_the_line_ends() -> None:
    text = (ROOT / "samples/exports/euctr-text/trials.txt").read_text(encoding="utf-8")
    text = text.replace(
        "3. Pregnancy\n", "3. ADCS score < 73\n4. Any of these:\n- Infarction\n- Stroke\n5. Pregnancy\n"
    )

    def counts(text: str) -> list[tuple[int, int]]:
        modules = [one.normalized_section.eligibility_module for one in parse_records(text)]
        return [(len(one.criteria), sum(len(item.children) for item in one.criteria)) for one in modules]

    for instead in ("", " "):
        assert counts(text.replace("\n", instead)) == counts(text)
    assert counts(text) == [(8, 2)] * 3


@pytest.mark.linear
def test_the_work_grows_with_the_text() -> None:
    assert_linear(lambda size: with_line_ends("1. Age 2. Weight 3. Consent " + "4, a - B: c o\td. E " * size), 2_000)
    assert_linear(lambda size: with_line_ends("".join(f"{number}. Age " for number in range(1, size))), 2_000)
    assert parse_criteria(with_line_ends("1. Age 2. Weight 3. Consent")).criteria
