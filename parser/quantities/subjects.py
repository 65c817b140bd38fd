"""What a quantity measures: small rules, each with its example, in the order in which they are tried.

The first rule that finds words decides; a rule may also decide that there are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from parser.quantities.nouns import links_only, subject_before, subject_behind
from parser.quantities.tokens import QuantityToken
from parser.quantities.unit_parts import Unit
from parser.quantities.values import ValueReading
from parser.quantities.words import BARE

Stretch = tuple[int, int]


class ValueContext(Struct):
    """A value's context: its text, and the value before it.

    `start` is where what leads up to the value begins, `floor` where the last value with a subject ends, `last` the
    subject of the value before, `between` what is between the two, a short bracket aside.
    """

    text: str
    low: str
    reading: ValueReading
    unit: Unit | None
    lead: list[QuantityToken]
    start: int
    floor: int
    last: Stretch | None
    last_unit: Unit | None
    last_is_dose: bool
    between: str
    looked: bool = False
    words: Stretch | None = None

    @property
    def before(self) -> Stretch | None:
        """The words in front of the value that it can belong to; they are looked for once."""
        if not self.looked:
            self.looked, self.words = True, subject_before(self.text, self.low, self.floor, self.start)
        return self.words

    @property
    def is_time(self) -> bool:
        return self.unit is not None and self.unit.dimension == "time"

    @property
    def is_dose(self) -> bool:
        return self.unit is not None and self.unit.dose

    @property
    def is_share(self) -> bool:
        return self.is_dose or (self.unit is not None and self.unit.dimension == "fraction")

    @property
    def kind(self) -> str:
        """What decides which rules are tried."""
        unit = self.unit
        if unit is None:
            return "number"
        return "time" if unit.dimension == "time" else "dose" if unit.dose else "measure"


Rule = Callable[[ValueContext], Stretch | None]

_AGE = re.compile(r"\b(ages?|aged)\b", re.I)
_AGE_BEHIND = re.compile(
    r"(?: ?-?old)?,? ?\(?(?:of |in |')?s?'? ?((?:gestational )?ages?\b|gestation(?:al age)?\b)", re.I
)
# How far behind a value its word for an age begins.
_AGE_REACH = 30
_SIZE = re.compile(
    r" ?(?:in|of) (?:the )?((?:(?:longest|largest|greatest|maximum|maximal|short|long) )?"
    r"(?:size|diameter|dimension|depth|height|weight|length|thickness|width|axis))(?![a-z])",
    re.I,
)
_ON = re.compile(r"(?: points?)?,? (?:on|in|for|of|according to|by|using) (?:the |a )?", re.I)
_AND = re.compile(r"[^.;:()]{2,90}(?:,? (?:and|or|AND|OR)|,)\s?\Z")
_TAKEN = re.compile(r"\)? ?\(?[≥≤<>]? ?[\d.,]+ ?[^()\s]{1,12}\) ?")
_SCALE_BEHIND = re.compile(r"(?: or (?:more|less|higher|lower|greater))? (?:on|in|for) (?:the |a )?", re.I)


def _scale_in_front(place: ValueContext) -> Stretch | None:
    """`toxicity ≥ grade 2`: the scale is between the comparator and its value."""
    for token in place.lead:
        if token.terminal == "SCALE":
            return token.start, token.end
    return None


def _restated(place: ValueContext) -> Stretch | None:
    """`platelets ≥ 100 × 10^9/L (100,000/mm3)`: the same again, in a bracket."""
    opened = place.between.lstrip().startswith("(") and ")" not in place.between
    return place.last if opened and not place.reading.compared and place.unit and not place.is_time else None


def _linked(place: ValueContext) -> Stretch | None:
    """`aged < 18 or > 65 years`: nothing but links is between two values of one thing."""
    alike = not place.is_time or (place.last_unit is not None and place.last_unit.dimension == "time")
    return place.last if place.last and alike and links_only(place.between) else None


def _age(place: ValueContext) -> Stretch | None:
    """`18 years of age`: the word for an age is part of the value, or is right after it."""
    text, start, end = place.text, place.reading.start, place.reading.end
    if place.low.find("ge", start, end + _AGE_REACH) < 0:
        return None
    match = _AGE.search(text, start, end)
    if not match and not (place.unit is None and place.reading.plain):
        match = _AGE_BEHIND.match(text, end)
    return (
        (subject_before(place.text, place.low, place.floor, place.start, ages=True) or match.span(1)) if match else None
    )


def _length_of_time(place: ValueContext) -> Stretch | None:
    """`life expectancy > 3 months`: a time is measured of what lasts only."""
    return subject_before(place.text, place.low, place.floor, place.start, ages=True) if place.is_time else None


def _size(place: ValueContext) -> Stretch | None:
    """`2 cm in diameter`."""
    match = _SIZE.match(place.text, place.reading.end) if place.unit else None
    return match.span(1) if match else None


def _same_dose(place: ValueContext) -> Stretch | None:
    """`prednisone 375 mg/m2 once a week, or a total dose of 1 g`."""
    both = place.is_dose and place.last_is_dose and place.last is not None
    return place.last if both and links_only(place.between, dose=True) else None


def _of_behind(place: ValueContext) -> Stretch | None:
    """`more than 10 mg of prednisone`, `(15 degrees of scoliosis`."""
    angle = place.unit is not None and place.unit.dimension == "angle"
    if not (place.is_dose or place.unit is None or angle):
        return None
    return subject_behind(place.text, place.reading.end, of=True, dose=place.is_dose)


def _points_on(place: ValueContext) -> Stretch | None:
    """`scoring at least 12 points on the Insomnia Severity Index`."""
    if place.unit is None or place.unit.ucum != "1":
        return None
    match = _SCALE_BEHIND.match(place.text, place.reading.end)
    return subject_behind(place.text, match.end(), of=False) if match and not place.before else None


def _in_front(place: ValueContext) -> Stretch | None:
    """`ejection fraction < 40%`; and `a score of 6 or more on the PHQ-9`, where the score has its name after it."""
    before = place.before
    if before and place.is_share and place.text[before[1] : place.start].strip():
        return None
    bare = before and place.text[slice(*before)].lower() in BARE
    scale = _ON.match(place.text, place.reading.end) if bare else None
    return (subject_behind(place.text, scale.end(), of=False) if scale else None) or before


def _same_again(place: ValueContext) -> Stretch | None:
    """`tumour of at least 2 cm in the neck and at least 0.5 cm elsewhere`."""
    alike = place.unit is not None and place.last_unit is not None and place.unit.ucum == place.last_unit.ucum
    compared = place.reading.compared and not place.is_dose and not place.is_time
    return place.last if alike and compared and _AND.match(place.between) else None


def _at_once_behind(place: ValueContext) -> Stretch | None:
    """`capsules (100 mg l-cysteine)`, `≥ 50 x 10^9/L (≥ 50,000/mm3) platelets`: what follows the value."""
    alone = place.unit is None and place.reading.compared
    if not (alone or place.is_share or (place.unit and place.unit.written.startswith("/"))):
        return None
    end = place.reading.end
    if place.unit and place.unit.written.startswith("/") and (taken := _TAKEN.match(place.text, end)):
        end = taken.end()
    return subject_behind(place.text, end, of=False)


def _in_front_apart(place: ValueContext) -> Stretch | None:
    """`Cyclophosphamide, iv bolus ≥ 500 mg`: words apart from the value, where no others are."""
    return place.before


RULES: tuple[Rule, ...] = (
    _scale_in_front,
    _restated,
    _linked,
    _age,
    _length_of_time,
    _size,
    _same_dose,
    _of_behind,
    _points_on,
    _same_again,
    _in_front,
    _at_once_behind,
    _in_front_apart,
)
_OF_LAST = (_restated, _linked, _same_dose, _same_again)
# The rules that never find words for a kind of value.
_NOT_OF: dict[str, tuple[Rule, ...]] = {
    "time": RULES[RULES.index(_length_of_time) + 1 :],
    "number": (_restated, _length_of_time, _size, _same_dose, _points_on, _same_again, _in_front_apart),
    "dose": (_length_of_time, _same_again),
    "measure": (_length_of_time, _same_dose),
}


def rules_by_kind(rules: tuple[Rule, ...]) -> dict[tuple[str, bool], tuple[Rule, ...]]:
    """Those of all rules that are tried: by the kind of value, those about the last subject only if there is one."""
    pairs = list(zip(RULES, rules, strict=True))
    return {
        (kind, has_last): tuple(
            one for rule, one in pairs if rule not in without and (has_last or rule not in _OF_LAST)
        )
        for kind, without in _NOT_OF.items()
        for has_last in (True, False)
    }


_RULES = rules_by_kind(RULES)


def subject_of(place: ValueContext) -> Stretch | None:
    """The words for what a value measures; None if none are near."""
    for rule in _RULES[place.kind, place.last is not None]:
        if found := rule(place):
            return found
    return None
