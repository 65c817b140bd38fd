"""The rules for what a quantity measures: each is next to an example, and decides it."""

from __future__ import annotations

import re

import pytest

from parser.quantities import find_quantities, read_quantities, subjects
from parser.quantities.subjects import RULES, Rule, ValueContext, rules_by_kind

EXAMPLES = [(rule, example) for rule in RULES for example in re.findall(r"`([^`]+)`", rule.__doc__ or "")]


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, _ in EXAMPLES} == set(RULES)


@pytest.mark.parametrize("rule, example", EXAMPLES, ids=lambda one: getattr(one, "__name__", one))
def test_a_rule_decides_its_example(rule: Rule, example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[Rule] = []

    def watched(one: Rule) -> Rule:
        def wrapped(place: ValueContext) -> tuple[int, int] | None:
            found = one(place)
            decided.extend([one] if found else [])
            return found

        return wrapped

    monkeypatch.setattr(subjects, "_RULES", rules_by_kind(tuple(map(watched, RULES))))
    assert read_quantities(example)
    assert rule in decided


@pytest.mark.parametrize(
    "text",
    [
        "left ventricular ejection fraction < 40%",
        r"Prednisone \> 6 mg / day within 28 days prior to enrollment",
        "90 g/L ≤ haemoglobin ≤ 130 g/L",
        "more than 10 mg of prednisone",
    ],
)
def test_the_places_of_subjects_and_anchors_are_those_of_their_words(text: str) -> None:
    for found in find_quantities(text):
        subject, anchor = found.quantity.subject, found.quantity.window and found.quantity.window.anchor
        assert subject == (text[found.subject.start : found.subject.end] if found.subject else None)
        assert anchor == (text[found.anchor.start : found.anchor.end] if found.anchor else None)
    assert any(found.subject for found in find_quantities(text))


def test_a_subject_does_not_begin_in_the_sentence_before() -> None:
    found = read_quantities("Males aged 18 to 65 inclusive. BMI within the range of 18-38 kg/m2.")
    assert [quantity.subject for quantity in found] == ["aged", "BMI"]
