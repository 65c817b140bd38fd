"""Whether a quantity that was read is the one that was expected: bounds, units, words for what is measured."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parser.model.normalized import Quantity
from tests.evaluation.chia import Entity
from tests.evaluation.chia_answers import Answer
from tests.evaluation.quantity_answers import Bounds, fold

# Words that do not say what is measured, and words that all tell an age.
_NO_CONTENT = """
of the a an and or in for with at on to by is are be as level levels value values year years
over under above below more less greater than least most
"""
_AGE = "age aged ages aging old older younger"
NO_CONTENT, AGE = frozenset(_NO_CONTENT.split()), frozenset(_AGE.split())
_MEASURE = re.compile(
    r"[%/°℃]|per|(?:years?|yrs?|y|months?|weeks?|wks?|days?|hours?|h|min(?:utes?)?|sec(?:onds?)?|m?s|msec|[mkunpµμd]?g"
    r"|gms?|grams?|kgs?|[mdµμu]?l|[mcnµμ]?m|mm ?hg|cc|[mkµμ]?iu|[mµμ]?u|mol|[mnpµμ]mol|meq|uln|unl|xuln|normal|upper"
    r"|lbs?|pounds|bpm|beats|breaths|copies|cells?|cels|cfus?|units?|letters|°c|c|f)\b"
)

Same = Callable[[Bounds, Quantity], bool]


class Pair(NamedTuple):
    """An expected value and what was found for it, if anything."""

    answer: Answer
    expected: Bounds
    found: Quantity | None


def match(answers: Sequence[Answer], found: Sequence[Quantity], same: Same) -> list[Pair]:
    """What was found for each expected value, each used once; of several readings the one that fits best."""
    free = list(found)
    pairs: list[Pair] = []
    for answer in answers:
        near = [one for one in free if overlaps(answer, one)]
        tries = [_match_reading(answer, reading, near, same) for reading in answer.readings]
        best = max(tries, key=lambda one: sum(pair.found is not None for pair in one) / len(one))
        used = [pair.found for pair in best if pair.found is not None]
        free = [one for one in free if not any(one is other for other in used)]
        pairs += best
    return pairs


def _match_reading(answer: Answer, reading: Sequence[Bounds], near: Sequence[Quantity], same: Same) -> list[Pair]:
    free, pairs = list(near), []
    for expected in reading:
        hit = next((one for one in free if same(expected, one)), None)
        if hit is not None:
            free = [one for one in free if one is not hit]
        pairs.append(Pair(answer, expected, hit))
    return pairs


def overlaps(answer: Answer | Entity, one: Quantity) -> bool:
    return any(start < one.end and one.start < end for start, end in answer.stretches)


def same_bounds(expected: Bounds, one: Quantity) -> bool:
    sides = (expected.low, one.low), (expected.high, one.high)
    if any((number is None) != (other is None) for number, other in sides):
        return False
    close = all(math.isclose(n, float(o), rel_tol=1e-9) for n, o in sides if n is not None and o is not None)
    inclusive = (one.low_inclusive and one.low is not None, one.high_inclusive and one.high is not None)
    return close and (expected.low_inclusive, expected.high_inclusive) == inclusive


def same_value(expected: Bounds, one: Quantity) -> bool:
    return same_bounds(expected, one) and same_unit(expected.unit, one.unit)


def same_numbers(expected: Bounds, one: Quantity) -> bool:
    numbers = sorted({float(number) for number in (one.low, one.high) if number is not None})
    pairs = zip(expected.numbers, numbers, strict=False)
    return len(numbers) == len(expected.numbers) and all(math.isclose(n, o, rel_tol=1e-9) for n, o in pairs)


def same_unit(expected: str, unit: str | None) -> bool:
    """Whether two units as printed begin alike and neither has a denominator more than the other.

    After the unit an annotation may continue other words (`% of predicted`); it may as well hold none of it. In
    front a word may tell what is counted (`CD4 cells/µL`, `consecutive days`).
    """
    wanted = _unit_key(_unit_words(expected))
    words = _unit_words(unit or "").split(" ")
    given = [key for key in (_unit_key(" ".join(words[at:])) for at in range(len(words))) if key]
    if not given:
        return not (wanted and _MEASURE.match(_unit_words(expected)))
    return not wanted or any(_begin_alike(wanted, key) for key in given)


def _begin_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and not re.match(r"/|per", longer[len(shorter) :])


def _unit_words(unit: str) -> str:
    multiple = r"x|times?|-?folds?|that|of|the|higher|greater|more|above|over|than"
    return re.sub(rf"\A(?:(?:{multiple})(?:\b|(?=u[ln]|normal))\s*)+", "", fold(unit))


def _unit_key(unit: str) -> str:
    words = re.sub(r"\(.*|\[.*|\binclusive\b|\bextremes\b.*", "", unit)
    words = re.sub(r"\bper\s", "/", words.translate(str.maketrans("μ²³", "µ23")))
    return re.sub(r"[^a-zµ%°℃/]", "", words).rstrip("/")


def words_of(text: str | None) -> frozenset[str]:
    """The words that tell what is measured, plurals without their s and all words for age as one."""
    folded = re.sub(r"\by[./]?o\b", "age", (text or "").casefold())
    found = {word for word in re.findall(r"[^\W_]+", folded) if not word.isdigit()}
    plain = {word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in found}
    return frozenset("age" if word in AGE else word for word in plain - NO_CONTENT)


def f1(wanted: frozenset[str], given: frozenset[str]) -> float:
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 0.0
