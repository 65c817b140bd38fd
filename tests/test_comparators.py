"""Comparators: what each form says, and that a negation turns every one of them round."""

from __future__ import annotations

import pytest

from parser.quantities import read_quantities
from parser.quantities.comparators import comparator_at
from parser.quantities.tokens import Comparator

# In front of `5 mg`: the direction, and whether the bound itself is in.
FORMS = {
    "greater than": (1, False),
    "more than": (1, False),
    "higher than": (1, False),
    "heavier than": (1, False),
    "exceeding": (1, False),
    "above": (1, False),
    "over": (1, False),
    "in excess of": (1, False),
    ">": (1, False),
    "greater than (>)": (1, False),
    "at least": (1, True),
    "≥": (1, True),
    ">/=": (1, True),
    "> or =": (1, True),
    "at or above": (1, True),
    "equal to or greater than": (1, True),
    "greater than or equal to (≥)": (1, True),
    "equal or superior to": (1, True),
    "reaching or exceeding": (1, True),
    "at least or equal to": (1, True),
    "less than": (-1, False),
    "below": (-1, False),
    "lighter than": (-1, False),
    "inferior to": (-1, False),
    "<": (-1, False),
    "at most": (-1, True),
    "up to": (-1, True),
    "=<": (-1, True),
    "at or below": (-1, True),
    "inferior or equal to": (-1, True),
}
NEGATIONS = ("not", "must not be", "should not have been", "cannot be", "is never", "isn't")


@pytest.mark.parametrize("form", FORMS)
def test_a_comparator_has_a_direction(form: str) -> None:
    found = comparator_at(f"{form} 5 mg".lower(), 0)
    assert found and found.comparator
    assert found.end == len(form)
    assert (found.comparator.direction, found.comparator.inclusive) == FORMS[form]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("up to", "in excess of")])
@pytest.mark.parametrize("negation", NEGATIONS)
def test_a_negation_turns_a_comparator_round(negation: str, form: str) -> None:
    direction, inclusive = FORMS[form]
    (found,) = read_quantities(f"dose {negation} {form} 5 mg")
    low, high = (5, None) if direction < 0 else (None, 5)
    assert (found.low, found.high) == (low, high)
    assert (found.low_inclusive or found.high_inclusive) is not inclusive


def test_to_negate_twice_is_to_say_it() -> None:
    for direction in (-1, 1):
        for inclusive in (False, True):
            value = Comparator(direction, inclusive)
            assert value.negated() != value
            assert value.negated().negated() == value


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("no later than 8 weeks after surgery", None, 8),
        ("no later than 2 weeks before surgery", 2, None),
        ("not earlier than 3 weeks after surgery", 3, None),
        ("no earlier than 3 weeks before surgery", None, 3),
        ("later than 3 weeks after surgery", 3, None),
        ("later than 3 weeks before surgery", None, 3),
    ],
)
def test_earlier_and_later_count_from_the_event(text: str, low: int | None, high: int | None) -> None:
    (found,) = read_quantities(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "a cross-over to 7 days",
        "history of 5 lesions",
        "no evidence of disease for at least 5 years",
        "over the course",
    ],
)
def test_what_only_looks_like_a_comparator_turns_nothing_round(text: str) -> None:
    assert all(found.high is None or found.low is not None for found in read_quantities(text))
