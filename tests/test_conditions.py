"""Joined conditions and keywords: what they are split to, and that nothing odd or long breaks it."""

from __future__ import annotations

import itertools

import pytest

from parser.lexicon import Kind, load, read_lexicon
from parser.lexicon.features import PageContext, fold_term, turned
from parser.values.conditions import Segmentation, read_terms, segment
from tests.conftest import needs_records
from tests.evaluation.build_lexicon import TERMS, write_lexicon
from tests.evaluation.measure_conditions import cross_validate, share_right
from tests.evaluation.records import load_records
from tests.linear import assert_linear

NOTHING = PageContext()

CONDITIONS = [
    ["Lupus Erythematosus", "Stem Cell Transplant"],
    ["Breast Cancer"],
    ["Diabetes Mellitus, Type 2"],
    ["Carcinoma, Non-Small-Cell Lung"],
    ["Type 2 Diabetes Mellitus", "Cognitive Impairment"],
    ["PTSD", "Post Traumatic Stress Disorder"],
    ["Atherosclerotic Cardiovascular Disease (ASCVD)", "Chronic Kidney Disease (CKD)"],
    ["Degenerative Disc Disease", "Disc Degeneration", "Lumbar Discogenic Pain"],
]
KEYWORDS = [
    ["Ovarian cancer", "Phase 2", "Oregovomab", "Chemoimmunotherapy"],
    ["T2DM", "circuit-based exercise", "neurology", "dementia", "obesity", "rehabilitation"],
    ["Diabetic neuropathy", "vitamin B12", "vitamin D", "oral iron", "Nerve conduction velocity"],
]
CASES: list[tuple[Kind, list[str]]] = [
    *(("conditions", terms) for terms in CONDITIONS),
    *(("keywords", terms) for terms in KEYWORDS),
]


def words(text: str, found: Segmentation) -> list[str]:
    return [text[start:end] for start, end in found.terms]


@pytest.mark.parametrize(("kind", "terms"), CASES, ids=lambda value: value if isinstance(value, str) else value[0])
def test_a_joined_list_is_taken_apart(kind: Kind, terms: list[str]) -> None:
    text = " ".join(terms)
    found = read_terms(text, kind, NOTHING)
    assert words(text, found) == terms
    assert 0 < found.confidence <= 1
    assert found.runner_up != found.terms


def test_the_page_itself_knows_terms_that_nobody_else_has() -> None:
    text = "Zorvex Quill Syndrome Mardle Fever"
    prose = (
        "Zorvex Quill Syndrome is rare. Mardle Fever is not. Patients with Mardle Fever, or with Zorvex Quill Syndrome."
    )
    found = segment(text, "conditions", PageContext(prose=prose))
    assert words(text, found) == ["Zorvex Quill Syndrome", "Mardle Fever"]


def test_lines_are_taken_as_they_are() -> None:
    text = "Lupus Erythematosus\r\n\n  Stem Cell Transplant \nRare, Odd Thing"
    found = read_terms(text, "conditions", NOTHING)
    assert words(text, found) == ["Lupus Erythematosus", "Stem Cell Transplant", "Rare, Odd Thing"]
    assert found.confidence == 1.0
    assert found.runner_up == []


def test_commas_between_known_terms_part_them() -> None:
    text = "Diabetes, Hypertension, Obesity"
    assert words(text, read_terms(text, "conditions", NOTHING)) == ["Diabetes", "Hypertension", "Obesity"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\r\n", ",", ";,;", "(", ")", "-", "·", "İ", "\ud800", "a\x00b \x1c c", "(((( ]"]
)
@pytest.mark.parametrize("kind", ["conditions", "keywords"])
def test_odd_text_is_covered_and_never_raises(text: str, kind: Kind) -> None:
    found = read_terms(text, kind, PageContext(text, text, text))
    assert "".join("".join(words(text, found)).split()) == "".join(text.split())
    for terms in (found.terms, found.runner_up):
        assert all(0 <= start < end <= len(text) for start, end in terms)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(terms))


@pytest.mark.parametrize("size", [30, 300])
def test_a_term_of_any_length_is_covered(size: int) -> None:
    text = " ".join(f"word{number}" for number in range(size))
    found = segment(text, "keywords", NOTHING)
    assert " ".join(words(text, found)) == text
    assert " ".join(text[start:end] for start, end in found.runner_up) == text


@pytest.mark.linear
@pytest.mark.parametrize("piece", ["cancer ", "Breast Cancer, ", "a,b;", "(", "!a", "\n", "Diabetes, "])
def test_the_time_is_linear(piece: str) -> None:
    context = PageContext("cancer " * 1000, "a" * 100_000, "Breast cancer " * 100_000)
    assert_linear(lambda length: read_terms(piece * (length // len(piece)), "keywords", context), 100_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Heart Failures", "heart failure"),
        ("Non-Small-Cell", "nonsmall cell"),
        ("Allergies", "Allergy"),
        ("COVID-19", "Covid19"),
    ],
)
def test_spellings_of_a_term_are_one_key(one: str, other: str) -> None:
    assert fold_term(one) == fold_term(other)


def test_a_comma_form_is_turned() -> None:
    assert turned("Carcinoma, Non-Small-Cell Lung") == fold_term("Non-Small-Cell Lung Carcinoma")
    assert turned("Carcinoma") is None


def test_the_lexicon_is_written_as_it_is_read() -> None:
    assert read_lexicon(write_lexicon(load())) == load()


@needs_records
@pytest.mark.skipif(TERMS is None, reason="REGISTRY_TERMS names no file of terms")
def test_lists_of_records_that_taught_nothing_are_read() -> None:
    """One fold of the five that measure_conditions reads, learnt from every second other record for speed."""
    studies = [study for number, study in enumerate(load_records()) if number % 2]
    readings = list(cross_validate(studies, TERMS, folds=5, only=0))
    for kind, least in (("conditions", 0.82), ("keywords", 0.55)):
        assert share_right([reading for reading in readings if reading.given.kind == kind]) >= least


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("zyzzy; foobar", ["zyzzy", "foobar"]),
        ("Obesity; mobile health; weight management program",
         ["Obesity", "mobile health", "weight management program"]),
        ("Diet Obesity; zyzzy assay of foo; weight loss Exercise",
         ["Diet", "Obesity", "zyzzy assay of foo", "weight loss", "Exercise"]),
        ("Obesity;", ["Obesity"]),
        ("Zyzzy (foo; bar)", ["Zyzzy (foo; bar)"]),
        ("Q&amp;A", ["Q&amp;A"]),
    ],
)  # fmt: skip
def test_a_sponsor_s_semicolons_part_terms(text: str, terms: list[str]) -> None:
    assert words(text, read_terms(text, "keywords", PageContext("A Trial", "", ""))) == terms
