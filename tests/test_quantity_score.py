"""How well the quantities of annotated criteria are read, and that what they are measured with is right itself."""

from __future__ import annotations

import pytest

from parser.model.normalized import Quantity
from parser.quantities import read_quantities
from tests.evaluation.chia import CHIA, MISSING_REASON, Entity, Line, load_lines
from tests.evaluation.chia_answers import times_of, values_of
from tests.evaluation.measure_quantities import Score, score
from tests.evaluation.quantity_answers import Bounds, NoAnswer, read_values
from tests.evaluation.quantity_compare import same_unit, words_of

needs_annotations = pytest.mark.skipif(CHIA is None, reason=MISSING_REASON)

VALUE_F1 = 0.95
SUBJECT_OVERLAP = 0.85
# What the corpus holds: a reader of annotations that drops the hard ones would make its figures worthless.
FEWEST_VALUES = 1400
FEWEST_SUBJECTS = 1200


@pytest.fixture(scope="module")
def total() -> Score:
    assert CHIA
    return score(read_quantities, load_lines(CHIA))


@needs_annotations
def test_values_are_found_with_comparator_and_unit(total: Score) -> None:
    values = total.tallies["value, fair"]
    assert values.expected >= FEWEST_VALUES
    assert values.f1 >= VALUE_F1, values


@needs_annotations
def test_subjects_share_a_word_with_what_is_annotated(total: Score) -> None:
    assert total.counts["subject"] >= FEWEST_SUBJECTS
    assert total.subject_overlap >= SUBJECT_OVERLAP


# Each reading of an annotated text in the notation of intervals, parted by a bar; its values by a semicolon.
READINGS = {
    "< 20": "(-, 20)",
    "50% or more": "[50, -) %",
    "1, 2, 3 or 4": "[1, 4]",
    "0,1, or 2": "[0, 2]",
    "at least one": "[1, -)",
    "≥ 2x the normal upper limit": "[2, -) x the normal upper limit",
    "between 40 to 70 years": "[40, 70] years",
    "≤2": "(-, 2]",
    "2 or lower": "(-, 2]",
    "≥1,500/µL": "[1500, -) /µl",
    "<5 times UNL": "(-, 5) times unl",
    "> 15, 000": "(15000, -)",
    "< 40 ml/min/1.73m2": "(-, 40) ml/min/#.##m2",
    "≥ 135/85 mm Hg": "[135, -) mm hg; [85, -) mm hg",
    "150/95 or higher": "[150, -); [95, -)",
    "inferior or equal to 1": "(-, 1]",
    ">_3500/mm3": "[3500, -) /mm3",
    "> or = 16 years": "[16, -) years",
    "=/>130": "[130, -)",
    "</= 100kg": "(-, 100] kg",
    "equal or greater than 2.0 mg/dL": "[2, -) mg/dl",
    "No more than 20 wk": "(-, 20] wk",
    "does not exceed 10 months": "(-, 10] months",
    "less than equals to (<=) 5.0": "(-, 5]",
    "greater than (>) 450msec": "(450, -) msec",
    "score of less than or equal to 19": "(-, 19]",
    "50 cells/mm3or less": "(-, 50] cells/mm3",
    "more than twice the upper limit": "(2, -) the upper limit",
    "at least ½": "[0.5, -)",
    "≥ 10*5* IU/mL": "[100000, -) iu/ml",
    ">=1.5 x 10^9/Liter (L)": "[1500000000, -) /liter (l",
    "< 75 x 103/mL": "(-, 75000) /ml",
    "= 80 × 109 / L": "[80000000000, 80000000000] / l",
    "<103 CFUs": "(-, 103) cfus | (-, 1000) cfus",
    "<100 K/cumm": "(-, 100) /cumm | (-, 100000) /cumm",
    "less than 100.000/mm3": "(-, 100000) /mm3",
    "=1.2 cm²": "[1.2, 1.2] cm²",
    "between 0,25 cm² and 5,0 cm²": "[0.25, 5] cm²",
    "> 18,5 <30 kg/m2": "(18.5, 30) kg/m2",
    ">0.5 cm and < 2 cm": "(0.5, 2) cm",
    "score of > or equal to 5, < or equal to 26": "[5, 26]",
    "score of < 5 or > 26": "(-, 5); (26, -)",
    "greater than 50 and less than 100%": "(50, 100) %",
    "at least 18 and not older than 75years": "[18, 75] years",
    "5 years to less than 12 years": "[5, 12) years",
    "between 10 to <1000": "[10, 1000)",
    ">7 to 15": "(7, 15]",
    "6 month to 14 years": "[6, 168] month",
    "150m-550m": "[150, 550] m",
    "5th-85th percentile": "[5, 85] percentile",
    "between 0 and -4": "[-4, 0]",
    "<-2.5": "(-, -2.5)",
    "27 0/7 to 35 0/7 weeks": "[27, 35] weeks",
    "=18 and <75 years": "[18, 18]; (-, 75) years | [18, 75) years",
    "< 20 or > 35 years": "(-, 20); (35, -) years",
    ">50 kg (110 lbs)": "(50, -) kg; [110, 110] lbs | (50, -) kg; (110, -) lbs",
    "from birth to 21 years": "[0, 21] years | (-, 21] years",
    "3 times higher than normal": "[3, 3] times higher than normal | (3, -) times higher than normal",
    "± 0.5%": "[0.5, 0.5] % | [-0.5, 0.5] %",
    "50% or 27 mol/L": "[50, 50] %; [27, 27] mol/l",
    "=60(ml/min/1.73 m2)": "[60, 60] ml/min/#.## m2",
    "<30ml•min-1•1.73m-2": "(-, 30) ml•min-1•#.##m-2",
    "=37.1<U+2103>": "[37.1, 37.1] ℃",
    "within the range 19 - 24.9 kg/m^2": "[19, 24.9] kg/m^2",
    "above 8log10 copies per mL": "(8, -) log10 copies per ml",
}


@pytest.mark.parametrize(("text", "expected"), READINGS.items())
def test_an_annotated_text_is_read(text: str, expected: str) -> None:
    assert " | ".join("; ".join(map(written, reading)) for reading in read_values(text)) == expected


def written(bounds: Bounds) -> str:
    low, high = ("-" if number is None else f"{number:.12g}" for number in (bounds.low, bounds.high))
    ends = "[" if bounds.low_inclusive else "(", "]" if bounds.high_inclusive else ")"
    return f"{ends[0]}{low}, {high}{ends[1]} {bounds.unit}".strip()


@pytest.mark.parametrize(
    "text",
    [
        "positive",
        "III or IV",
        "class III/IV",
        "F2 or greater",
        "M2 positive",
        "1-3A",
        "3+4",
        "C3-T1",
        "20/50 to 20/320 ETDRS equivalent",
        "15/15",
        ">1/40",
        "37+0",
        "< 37-0 weeks",
        "Greater than or 18 years",
        "18 55 years",
        ">1.Sx upper limit of normal",
        "3 times > from basal",
        "exceeding 6-8 %",
    ],
)
def test_what_holds_no_value_is_no_answer(text: str) -> None:
    with pytest.raises(NoAnswer):
        read_values(text)


def line(text: str, *marked: tuple[str, str], relations: tuple[tuple[str, str, str], ...] = ()) -> Line:
    """A line with the first occurrence of each text marked as an entity of the kind before it, named T0, T1, ..."""
    places = [(kind, text.index(part), text.index(part) + len(part)) for kind, part in marked]
    entities = [Entity(f"T{at}", kind, ((start, end),)) for at, (kind, start, end) in enumerate(places)]
    return Line("document", text, tuple(sorted(entities, key=lambda one: one.start)), relations)


@pytest.mark.parametrize(
    ("text", "marked", "expected", "rule"),
    [
        ("5. > 18 years old", "18 years", "(18, -) years", "comparator outside"),
        ("a history of at least 10 pack years", "10 pack years", "[10, -) pack years", "comparator outside"),
        ("a drop of 20 mmHg or more in BP", "20 mmHg", "[20, -) mmhg", "comparator outside"),
        ("ECOG 0,1, or 2.", "0", "[0, 2]", "part of a list"),
        ("CMI > 30", "> 3", "(30, -)", "cut inside a number"),
        ("temperature =37.1<U+2103>", "=37.1<U+2103>", "[37.1, 37.1]", "unit lost by encoding"),
        ("Age = 18 years", "= 18 years", "[18, 18] years", "plain equals, a sign may be lost"),
    ],
)
def test_slips_of_annotators_are_mended(text: str, marked: str, expected: str, rule: str) -> None:
    (answer,) = values_of(line(text, ("Value", marked))).found
    assert "; ".join(map(written, answer.readings[0])) == expected
    assert rule in answer.rules


def test_two_annotations_of_one_range_are_one_value() -> None:
    text = "aged greater than or equal to 40 and less than or equal to 89 years"
    marked = line(text, ("Value", "greater than or equal to 40"), ("Value", "less than or equal to 89 years"))
    assert [written(*answer.readings[0]) for answer in values_of(marked).found] == ["[40, 89] years"]
    assert len(values_of(marked, mend=False).found) == 2


def test_a_value_restated_in_brackets_may_have_the_comparator_before_it() -> None:
    marked = line("< 8.0 mg/dl (2.00 mmol/L)", ("Value", "< 8.0 mg/dl"), ("Value", "2.00 mmol/L"))
    first, second = values_of(marked).found
    assert [written(*reading) for reading in first.readings] == ["(-, 8) mg/dl"]
    assert [written(*reading) for reading in second.readings] == ["[2, 2] mmol/l", "(-, 2) mmol/l"]


@pytest.mark.parametrize(
    ("text", "marked", "reason"),
    [
        ("T1-3 N0 M0", "1-3", "cut from a word (T|1-3|)"),
        ("Tanner Stage 1", "1", "stage, type or group"),
        ("has failed 2 previous regimens", "2", "plain number of things"),
    ],
)
def test_numbers_in_names_are_left_out(text: str, marked: str, reason: str) -> None:
    found, left_out = values_of(line(text, ("Value", marked)))
    assert not found
    assert [why for _, why in left_out] == [reason]


@pytest.mark.parametrize(
    ("text", "marked", "expected", "relations"),
    [
        ("surgery within 28 days prior to enrollment", "within 28 days prior to enrollment", "(-, 28] days", "before"),
        ("drugs within 3 months of screening", "within 3 months of screening", "(-, 3] months", "within"),
        ("abuse in the past five years", "past five years", "(-, 5] years", "within"),
        ("stable for at least 90 days", "for at least 90 days", "[90, -) days", "for"),
        ("for at least 2 weeks after the last dose", "at least 2 weeks", "[2, -) weeks", "after"),
        ("a vaccine within 30 days prior to dosing", "30 days prior", "(-, 30] days", "before"),
        ("taken 3 months after surgery", "3 months after surgery", "[3, 3] months", "after"),
        ("> 6 weeks before the study", "> 6 weeks before the study", "(6, -) weeks", "before"),
        ("12 weeks or longer", "12 weeks or longer", "[12, -) weeks", ""),
        ("vasospasm within 3-21 days.", "within 3-21 days", "[3, 21] days", "within"),
        ("pain <8 weeks from screening", "<8 weeks from screening", "(-, 8) weeks", "after within"),
    ],
)
def test_a_time_is_read_with_its_relation(text: str, marked: str, expected: str, relations: str) -> None:
    (answer,) = times_of(line(text, ("Temporal", marked))).found
    assert written(*answer.readings[0]) == expected
    assert answer.relations == frozenset(relations.split())


@pytest.mark.parametrize("text", ["at Visit 1", "day -1", "7-day screening period", "5 half-lives", "in 2017"])
def test_names_with_numbers_are_no_times(text: str) -> None:
    assert not times_of(line(text, ("Temporal", text))).found


@pytest.mark.parametrize(
    ("expected", "unit", "same"),
    [
        ("times the upper limit of normal (uln", "upper limit of normal", True),
        ("xuln", "ULN", True),
        ("% of predicted", "%", True),
        ("mm hg systolic", "mmHg", True),
        ("ml / min", "mL/min", True),
        ("ml/min/#.##m2", "mL/min/1.73m2", True),
        ("", "years", True),
        ("th percentile", None, True),
        ("mg/dl", "mg", False),
        ("mg/dl", None, False),
        ("years", None, False),
        ("mg/dl", "mmol/L", False),
    ],
)
def test_units_are_compared_by_how_they_begin(expected: str, unit: str | None, same: bool) -> None:
    assert same_unit(expected, unit) is same


def test_words_for_age_are_one_word() -> None:
    assert words_of("years of age") == words_of("Aged") == words_of("18 years old") == {"age"}
    assert words_of("the level of ALT") == words_of("ALTs") - {"alts"} | {"alt"}


def quantity(text: str, part: str, low: float | None, high: float | None, subject: str | None = None) -> Quantity:
    """A plain or inclusive value, as the reader would give it."""
    start = text.index(part)
    return Quantity(
        kind="quantity",
        text=part,
        start=start,
        end=start + len(part),
        subject=subject,
        low=low,
        low_inclusive=low is not None,
        high=high,
        high_inclusive=high is not None,
        unit=None,
        ucum=None,
    )


def test_what_is_not_annotated_is_wrong_by_the_strict_figure_only_where_an_annotation_explains_it() -> None:
    text = "ALT >= 5 after aspirin 100 and 7 of 9"
    marked = line(text, ("Measurement", "ALT"), ("Value", ">= 5"), ("Drug", "aspirin 100"))
    found = [quantity(text, ">= 5", 5, None), quantity(text, "100", 100, 100), quantity(text, "7", 7, 7)]
    tallies = score(lambda _: found, [marked]).tallies
    assert (tallies["value, fair"].right, tallies["value, fair"].wrong) == (1, 1)
    assert (tallies["value, strict"].right, tallies["value, strict"].wrong) == (1, 2)


def test_a_value_is_matched_once_and_with_its_comparator() -> None:
    text = "ALT >= 5"
    marked = line(text, ("Measurement", "ALT"), ("Value", ">= 5"), relations=(("Has_value", "T0", "T1"),))
    doubled = score(lambda _: [quantity(text, ">= 5", 5, None, "ALT"), quantity(text, "5", 5, None)], [marked])
    assert (doubled.tallies["value, fair"].right, doubled.tallies["value, fair"].wrong) == (1, 1)
    other = score(lambda _: [quantity(text, "5", 5, 5, "AST")], [marked])
    assert other.tallies["value, fair"].right == 0
    assert other.tallies["numbers only"].right == 1
    assert other.subject_overlap == 0


def test_the_word_of_another_annotation_is_a_neighbours() -> None:
    text = "ALT >= 5 and AST"
    marked = line(
        text, ("Measurement", "ALT"), ("Value", ">= 5"), ("Measurement", "AST"), relations=(("Has_value", "T0", "T1"),)
    )
    total = score(lambda _: [quantity(text, ">= 5", 5, None, "AST")], [marked])
    assert total.counts["subject is a neighbour's"] == 1
