"""What a program should find in an annotated criterion: its values and times, with slips of the annotators mended.

Every rule that mends is named in `Answer.rules`, so that it can be counted, and can be left out (`mend=False`). None
looks at what a program found. Annotations that hold no number, or one that is part of a name, are left out by reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.evaluation.chia import Entity, Line, Stretch
from tests.evaluation.quantity_answers import (
    NUMBER_WORDS,
    PLAIN,
    Bounds,
    Item,
    NoAnswer,
    Reading,
    Side,
    behind_side,
    fold,
    front_side,
    join_items,
    one_sided,
    read_items,
    read_values,
)

# Of the line around an annotation, this much is examined for a comparator that was left outside.
NEAR = 30
# A unit and a word for age may be between a number and the comparator after it.
_UNIT_BEHIND = re.compile(r"\s*(?:%|years?|yrs?|months?|weeks?|days?|kg|mm ?hg|cm|mm)?\s*(?:of age|old)?")
_LIST = re.compile(r"(?<![\w.,/-])\d{1,2}(?:\s*(?:,\s*(?:or|and)?|or|and|to|-)\s*\d{1,2})+(?![\w/%-]|[.,]\d)")
_STAGE = re.compile(r"\b(?:stages?|types?|groups?|phases?)\W*\Z", re.IGNORECASE)
_JOINED = re.compile(r"[\s,;]*(?:(?:and|but|to|-|–)\s*)?", re.IGNORECASE)
_RESTATED = re.compile(r"\W*(?:systolic|diastolic|or|and|equivalent to|i\.e\.|approximately|\W)*\s*", re.IGNORECASE)

_TIME_UNIT = re.compile(
    r"\W{0,2}(?:(?:consecutive|calendar|further|previous|past|prior|six|or more|or longer)\s+)?"
    r"(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?|days?|d|hours?|hrs?|h|minutes?|mins?|seconds?|secs?)\b"
)
# "3-min walking test", "eight week study period": the name of a thing.
_ADJECTIVE = re.compile(
    r"-(?:year|month|week|day|hour|hr|min)\b \w|\W?(?:week|day|month|year|hour) (?:study|screen|train|period)"
)
_WINDOW = re.compile(r"\b(?:within|in|during|past|last|previous|preceding|prior|recent|next|first|throughout|until)\b")
# "Over" is left out: over five years may be during them, or longer ago.
_FOR = re.compile(r"\bfor\b")
_NO_COMPARATOR = re.compile(r"\bafter (?=\d|one|two)|\bover (?=\d+ ?-)")
_COUNTED = rf"(?:\d|{'|'.join(NUMBER_WORDS)}){_TIME_UNIT.pattern}(?! (?:study|screen|train|period))"
_RELATIONS = (
    (re.compile(r"until\b"), frozenset(("until",))),
    (re.compile(r"(?:immediately )?(?:before|prior\b|preceding|previous to|pre\b|pre-)"), frozenset(("before",))),
    (re.compile(r"(?:after|following|post\b|post-)"), frozenset(("after",))),
    (re.compile(r"(?:since\b)"), frozenset(("since", "after"))),
    (re.compile(r"from\b"), frozenset(("within", "after"))),
)


class Answer(NamedTuple):
    """An annotated value or time: where it is, all right readings, and the rules that were used to tell them.

    `relations` are the right relations of a window of time, none if the words do not say.
    """

    entity: Entity
    stretches: tuple[Stretch, ...]
    readings: tuple[Reading, ...]
    rules: tuple[str, ...] = ()
    relations: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        return self.stretches[-1][1]

    @property
    def single(self) -> Bounds | None:
        """The value where there is one only."""
        return self.readings[0][0] if len(self.readings[0]) == 1 else None


class Answers(NamedTuple):
    """The answers of a line, and the entities that are none, with the reason."""

    found: list[Answer]
    left_out: list[tuple[Entity, str]]


def values_of(line: Line, kind: str = "Value", mend: bool = True) -> Answers:
    """The values of a line, by place. `kind` is the annotation that holds them: Value or Multiplier."""
    found: list[Answer] = []
    left_out: list[tuple[Entity, str]] = []
    for entity in line.entities:
        if entity.kind == kind:
            try:
                found.append(_value(line, entity) if mend else _as_marked(line, entity))
            except NoAnswer as reason:
                left_out.append((entity, str(reason)))
    if mend:
        found, again = _without_doubles(found)
        left_out += [(answer.entity, "annotated twice") for answer in again]
        found = _joined(line, _restated(line, found))
    return Answers(found, left_out)


def _as_marked(line: Line, entity: Entity) -> Answer:
    return Answer(entity, entity.stretches, tuple(read_values(line.words(entity))[:1]))


def _value(line: Line, entity: Entity) -> Answer:
    rules = []
    first, last = entity.start, entity.end
    before, behind = line.text[:first], line.text[last:]
    if re.match(r"\d", line.text[first:]) and re.search(r"(?<![^\W\d_])[^\W\d_]\Z", before):
        raise NoAnswer("cut from a word (T|1-3|)")
    stretches = _whole_number(line, entity)
    if stretches != entity.stretches:
        rules.append("cut inside a number")
    if (listed := _whole_list(line, stretches)) != stretches:
        stretches = listed
        rules.append("part of a list")
    text = " ".join(line.text[start:end] for start, end in stretches)
    behind = line.text[stretches[-1][1] :]
    readings = read_values(text, behind)
    if re.search(r"\d\s*<U\+", text):
        readings = [tuple(one._replace(unit="") for one in reading) for reading in readings]
        rules.append("unit lost by encoding")
    if len(readings[0]) > 1:
        rules.append("several values in one annotation")
    if len(readings) > 1:
        rules.append("more than one reading")
    if any(one.low == one.high for one in readings[0]):
        side = _outside(line, entity, stretches)
        if side.bound in ("low", "high"):
            readings = [tuple(_sided(one, side) for one in reading) for reading in readings]
            rules.append("comparator outside")
        elif len(readings[0]) == 1 and not re.search(r"[<>=]", fold(text)):
            _refuse_names(line, entity, text, before, readings[0][0])
    if re.match(r"\s*=", fold(text)) and not re.search(r"[<>]", fold(text)):
        rules.append("plain equals, a sign may be lost")
    return Answer(entity, stretches, tuple(readings), tuple(rules))


def _whole_number(line: Line, entity: Entity) -> tuple[Stretch, ...]:
    *others, (start, end) = entity.stretches
    rest = re.match(r"\d+", line.text[end:]) if line.text[end - 1 : end].isdigit() else None
    return (*others, (start, end + rest.end())) if rest else entity.stretches


def _whole_list(line: Line, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """An annotation of small whole numbers, drawn out to the list that it is part of (`|0|, 1 or 2`)."""
    (start, end), *others = stretches
    if others or not re.fullmatch(r"\D{0,8}?\d{1,2}(?:\W+(?:or\W+|and\W+|to\W+)?\d{1,2})*", line.text[start:end]):
        return stretches
    if re.search(r"[<>=≥≤]", line.text[start:end]):
        return stretches
    for match in _LIST.finditer(line.text):
        if match.start() < end and start < match.end():
            return ((min(start, match.start()), max(end, match.end())),)
    return stretches


def _outside(line: Line, entity: Entity, stretches: tuple[Stretch, ...]) -> Side:
    """The comparator right in front of or after an annotation, if it is no other one's."""
    others = [other for other in line.entities if other.kind == entity.kind and other is not entity]
    first, last = stretches[0][0], stretches[-1][1]
    left = max([other.end for other in others if other.end <= first] + [first - NEAR, 0])
    right = min([other.start for other in others if other.start >= last] + [last + NEAR])
    ahead = line.text[left:first]
    # A word that was cut is none.
    ahead = ahead if left == 0 or not line.text[left - 1].isalnum() else re.sub(r"\A\w+", "", ahead)
    try:
        side = front_side(fold(ahead))
    except NoAnswer:
        side = PLAIN
    if side.bound in ("low", "high"):
        return side
    behind = fold(line.text[last:right])
    unit = _UNIT_BEHIND.match(behind)
    return behind_side(behind[unit.end() if unit else 0 :])


def _sided(one: Bounds, side: Side) -> Bounds:
    return one_sided(one.low, side, one.unit) if one.low is not None and one.low == one.high else one


def _refuse_names(line: Line, entity: Entity, text: str, before: str, one: Bounds) -> None:
    """Raises `NoAnswer` for a plain number that names something or counts things."""
    if re.match(r"(?:stage|type|group)s?\b", fold(text)) or (not one.unit and _STAGE.search(before)):
        raise NoAnswer("stage, type or group")
    measured = {other.kind for other in line.related("Has_value", second=entity.name)}
    if one.low == one.high and not one.unit and not measured & {"Measurement", "Person"}:
        raise NoAnswer("plain number of things")


def _without_doubles(found: list[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Of answers that say the same of the same place, the first."""
    kept: list[Answer] = []
    again: list[Answer] = []
    for answer in found:
        same = (
            one
            for one in kept
            if one.start < answer.end and answer.start < one.end and _bare(one.readings) == _bare(answer.readings)
        )
        (again if next(same, None) else kept).append(answer)
    return kept, again


def _bare(readings: tuple[Reading, ...]) -> list[list[Bounds]]:
    return [[one._replace(unit="") for one in reading] for reading in readings]


def _restated(line: Line, found: list[Answer]) -> list[Answer]:
    """A plain value right after one with a comparator may have it too: `< 8.0 mg/dl (2.00 mmol/L)`."""
    told: list[Answer] = []
    for answer in found:
        one, other = (told[-1].single if told else None), answer.single
        if one and other and (one.low is None) != (one.high is None) and other.low == other.high:
            between = line.text[told[-1].end : answer.start]
            if answer.start >= told[-1].end and _RESTATED.fullmatch(between):
                side = Side("low", one.low_inclusive) if one.high is None else Side("high", one.high_inclusive)
                inherited = tuple(_sided(bounds, side) for bounds in answer.readings[0])
                rules = (*answer.rules, "comparator of the value before it")
                answer = answer._replace(readings=(*answer.readings, inherited), rules=rules)
        told.append(answer)
    return told


def _joined(line: Line, found: list[Answer]) -> list[Answer]:
    """A low and a high bound that only `and`, `but`, `to` or a comma parts are one value."""
    told: list[Answer] = []
    for answer in found:
        one, other = (told[-1].single if told else None), answer.single
        if one and other and _JOINED.fullmatch(line.text[told[-1].end : max(answer.start, told[-1].end)]):
            low, high = (one, other) if one.high is None else (other, one)
            same = one.unit[:3] == other.unit[:3] or not (one.unit and other.unit)
            if same and low.low is not None and low.high is None and high.low is None and low.low < (high.high or 0):
                both = Bounds(low.low, low.low_inclusive, high.high, high.high_inclusive, high.unit or low.unit)
                rules = (*told[-1].rules, *answer.rules, "two annotations of one range")
                stretches = (*told[-1].stretches, *answer.stretches)
                told[-1] = told[-1]._replace(stretches=stretches, readings=((both,),), rules=rules)
                continue
        told.append(answer)
    return told


def times_of(line: Line) -> Answers:
    """The lengths and windows of time among the Temporal entities of a line."""
    found, left_out = [], []
    for entity in line.entities:
        if entity.kind == "Temporal":
            try:
                found.append(_time(line, entity))
            except NoAnswer as reason:
                left_out.append((entity, str(reason)))
    return Answers(found, left_out)


def _time(line: Line, entity: Entity) -> Answer:
    text = fold(line.words(entity))
    # "After 1 year" tells the relation, not that it is more than a year, and "over 2-14 days" is during them.
    items, between = read_items(_NO_COMPARATOR.sub("", text), fold(line.text[entity.end :]))
    timed = [
        item._replace(unit=match["unit"], side=item.side if item.side.bound else behind_side(item.unit))
        for item in items
        if (match := _TIME_UNIT.match(item.unit)) and not _ADJECTIVE.match(item.unit)
    ]
    if not timed or "+" in text:
        named = any(_ADJECTIVE.match(item.unit) for item in items)
        raise NoAnswer("name of a thing (7-day period)" if named else "no length of time")
    ahead = fold(line.text[max(entity.start - NEAR, 0) : entity.start])
    rules = []
    side, open_sides = _time_side(text, timed[0])
    if side is PLAIN and not open_sides:
        outside = re.search(r"\b(?:within|in|during|for|at least|more than|less than)\b(?: \w{1,9}){0,2}\Z", ahead)
        if outside:
            side, open_sides = _time_side(f"{outside[0]} {text}", timed[0])
            side = side if side.bound else front_side(outside[0])
            rules.append("comparator outside")
    readings = [_with_side(timed, between, one) for one in dict.fromkeys((side, *open_sides))]
    # A length said twice, `3 months (90 days)`: the comparator may hold for the first only.
    plain = join_items([item._replace(side=PLAIN) for item in timed], between)
    readings += [(*reading[:1], *plain[1:]) for reading in readings if len(reading) == len(plain) > 1]
    relations = _relations(text, fold(line.text[entity.end :])[:NEAR])
    return Answer(entity, entity.stretches, tuple(dict.fromkeys(readings)), tuple(rules), relations)


def _time_side(text: str, item: Item) -> tuple[Side, tuple[Side, ...]]:
    """The comparator of a time, and others that are as right."""
    ahead = re.split(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", text)[0]
    window = Side("high", True)
    if re.search(r"\bover\b", ahead) and item.side == Side("low", False):
        # "Over five years" is during them, or longer.
        return (window, ()) if _WINDOW.search(ahead) else (item.side, (PLAIN, window))
    if item.side.bound in ("low", "high"):
        return item.side, ()
    if re.search(r"\bfor\b", ahead):
        return (window, (PLAIN,)) if _WINDOW.search(ahead) or "prior" in text else (PLAIN, ())
    if _WINDOW.search(ahead) or re.search(r"\b(?:past|previous)\b|maxima", text):
        return window, ()
    return PLAIN, ()


def _with_side(items: list[Item], between: bool, side: Side) -> Reading:
    """The bounds of a time. `Within 3-21 days` is the range, and `1 month (30 days)` is said twice."""
    plain = join_items([item._replace(side=PLAIN) for item in items], between)
    if side.bound in ("", "=") or any(one.low != one.high for one in plain):
        return plain if side.bound in ("", "=", "high") else join_items(items, between)
    return tuple(one_sided(one.low or 0, item.side if item.side.bound else side, one.unit)
                 for one, item in zip(plain, items, strict=True))  # fmt: skip


def _relations(text: str, behind: str) -> frozenset[str]:
    """How a window lies to its anchor: by the word after the length, else by the one before it."""
    last = max((match.end() for match in re.finditer(_COUNTED, text)), default=len(text))
    rest = f"{text[last:]} {behind}"
    told = re.sub(r"\A[\s(\d]*(?:days?|months?|weeks?)?[\s)]*", "", rest)
    ahead = text[:last]
    front = frozenset(("within",)) if _WINDOW.search(ahead) else frozenset[str]()
    for pattern, relations in _RELATIONS:
        if pattern.match(told):
            # A word on the other side of a bracket may or may not belong to the length.
            return relations | front if rest.strip()[:1] in "()" else relations
    return frozenset(("for",)) if _FOR.search(ahead) and not front else front
