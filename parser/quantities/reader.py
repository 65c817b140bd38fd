"""The quantities of one criterion, of one paragraph of a description, or of any short text.

Prednisone orally ≥ 6 mg / day for at least 28 days      6 mg/d and more; 28 d and more, for
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from parser.model.codes import QuantityKind
from parser.model.normalized import Quantity
from parser.problems import Report
from parser.quantities.amounts import times_power
from parser.quantities.budget import NumberBudget
from parser.quantities.build import build, doubts
from parser.quantities.context import is_dose, is_laboratory, is_of_scale, is_value
from parser.quantities.frequencies import Period, abbreviated, period_of, repeated
from parser.quantities.lexer import lexer, words_of
from parser.quantities.names import refused
from parser.quantities.neighbours import unit_in_front, unit_of_next, with_last
from parser.quantities.phrase import Phrase, phrase_of
from parser.quantities.powers import Amount
from parser.quantities.subjects import ValueContext, subject_of
from parser.quantities.tokens import QuantityToken
from parser.quantities.unit_parts import Unit
from parser.quantities.values import ValueReading, readings_of
from parser.quantities.view import PlainText
from parser.quantities.windows import WindowPlace, anchor_at, window_of
from parser.quantities.words import SCALES
from parser.source import Span

# How much in front of a number is read for what the number can plausibly be.
_CONTEXT = 80
# How far two values of one thing may be apart, a bracket between them included.
_BETWEEN_VALUES = 100
# How far from a dose `weekly` may be and still say how often it is given.
_NEAR_A_DOSE = 60
# JSON's readers hold numbers as IEEE 754 doubles (RFC 8259 section 6); what is beyond them is not a measured value.
_LARGEST = Decimal(sys.float_info.max)

# The words of a scale as they are looked up in a text: without digits.
_SCALE_WORDS = frozenset(word.rstrip("0123456789") for word in SCALES)
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,7})\)")
_BY = re.compile(r"[x×*]|\bby\b")
_BRACKET = re.compile(r"\([^()]{1,40}\)")
# What is done with what is given: a length of time after it is how long it takes.
_GIVING = re.compile(
    r"\b(?:i\.?v\.?|infus\w+|inject\w+|administ\w+|given|intraven\w+|bolus|drip|dialys\w+|transfus\w+|perfus\w+|push"
    r"|slowly|deliver\w+"
    r"|dose|doses|dosed|once|daily|hydration|saline|complet\w+|assess\w+|monitor\w+|measured|collected|conducted"
    r"|follow\w+|perform\w+|spread|titrat\w+|taper\w+|increas\w+|decreas\w+|reduc\w+|sessions?|visits?)\b[^.;]*\Z",
    re.I,
)

_ENDS_ALONE = frozenset({"AMOUNT", "AND", "TO", "COMMA", "INCLUSIVE"})

# `participants over 18 years`, for however long they are followed.
_OF_AGE = re.compile(
    r"\b(?:aged?|ages|is|are|results?|time|duration|interval|lasting|patients|subjects|participants|adults|(?:fe)?males?"
    r"|(?:wo)?men) \Z",
    re.I,
)

Stretch = tuple[int, int]


class ParsedQuantity(NamedTuple):
    """A quantity with the places in the source of what it measures and of the event that its window counts from."""

    quantity: Quantity
    subject: Span | None
    anchor: Span | None


def _nobody(code: str, message: str, span: tuple[int, int]) -> None:
    """Reports nothing: for callers who do not ask for problems."""


def read_quantities(
    text: str, start: int = 0, end: int | None = None, report: Report | None = None, budget: NumberBudget | None = None
) -> list[Quantity]:
    """The quantities of text[start:end], in its order, with places in the whole text; see `find_quantities`."""
    return [found.quantity for found in find_quantities(text, start, end, report, budget)]


def find_quantities(
    text: str, start: int = 0, end: int | None = None, report: Report | None = None, budget: NumberBudget | None = None
) -> list[ParsedQuantity]:
    """The quantities of text[start:end], in its order, with the places of their subjects and anchors.

    The stretch is one criterion or paragraph as printed, CommonMark escapes and all. Magnitudes are in full, units in
    UCUM. `report` gets numbers that may have lost a power of ten or a separator, where nothing decides, and the place
    from which on there are more numbers than `budget` has left; without one, the stretch has a budget of its own.
    """
    end = len(text) if end is None else end
    view = PlainText.of(text, start, end)
    words = words_of(view.low)
    candidates = lexer().candidates(view, words)
    if not candidates:
        # Most texts hold no number.
        return []
    return _QuantityReader(text, view, words, end, report or _nobody, budget or NumberBudget()).read(candidates)


# `outside 3.5-5.5 mmol/L`, `not between 18 and 65 years`
_OUTSIDE = re.compile(
    r"\b(?:outside(?: of)?|not (?:in|between|within)|n't (?:between|within))(?: the| a)?"
    r"(?: (?:[a-z]{2,12} )?(?:range|limits?)(?: of)?)?[ :(]{0,3}\Z",
    re.IGNORECASE,
)


def _is_range(reading: ValueReading) -> bool:
    return reading.low is not None and reading.high is not None and reading.low != reading.high


class _QuantityReader:
    """Reads one part of a text from left to right.

    `floor` is where the last quantity ends, `named_to` where the last that can have a subject ends, and `seen` where
    the last number ends, whether it was a quantity or not.
    """

    _floor = _seen = _named_to = 0
    _subject_of_last: Stretch | None = None
    _unit_of_last: Unit | None = None
    _last_is_dose = False
    _last: tuple[ValueReading, WindowPlace | None] | None = None

    def __init__(
        self, source: str, view: PlainText, words: list[str], end: int, report: Report, budget: NumberBudget
    ) -> None:
        self._source = source
        self._view = view
        self._text, self._low = view.text, view.low
        self._end = end
        self._report = report
        self._budget = budget
        self._lexer = lexer()
        self._found: list[ParsedQuantity] = []
        self._alone: list[int] = []  # Places in `found` of `weekly` and its like.
        self._measured: set[str | None] = set()
        self._has_scale = not _SCALE_WORDS.isdisjoint(words)

    def read(self, candidates: Iterable[int]) -> list[ParsedQuantity]:
        for at in candidates:
            if at < self._seen:
                continue
            if self._budget.left <= 0:
                self._budget.tell(self._report, self._view.span(at, at + 1).start, self._end)
                break
            self._read_phrase(at)
        for index in reversed(self._alone):
            if not self._is_near_a_dose(index):
                del self._found[index]
        return self._found

    def _read_phrase(self, at: int) -> None:
        """The values and frequencies from an offset on."""
        text = self._text
        tokens = self._lexer.forwards(self._view, at)
        if not tokens:
            return
        first = tokens[0]
        self._seen = first.end
        count = len(tokens)
        self._budget.take(1 if count < 3 else [token.terminal for token in tokens].count("AMOUNT") or 1)
        lead = self._lexer.openings.before(self._low, self._floor, at) if first.terminal in ("AMOUNT", "COUNT") else []
        if not lead and count == 1 and self._is_bare(first):
            return
        if (
            first.terminal == "AMOUNT"
            and (count == 1 or not _is_measure(tokens))
            and refused(self._view, at, first.end)
        ):
            return
        phrase = phrase_of(text, self._as_length(lead, tokens) + tokens if lead else tokens)
        if (
            tokens[-1].terminal == "INCLUSIVE"
            and text.startswith("(", at - 1)
            and all(token.terminal in _ENDS_ALONE for token in tokens)
        ):
            # `18 to 65 years (18 and 65 included)`
            self._seen = tokens[-1].end
        elif first.terminal == "SINCE_EVENT":
            self._add_event(first)
        elif phrase.bounds:
            self._seen = phrase.bounds[-1].end
            self._read_values(phrase)
        else:
            if first.terminal == "ADVERB":
                self._alone.append(len(self._found))
            self._read_frequencies(phrase)
        self._seen = max(self._seen, self._floor)

    def _is_bare(self, token: QuantityToken) -> bool:
        """Whether a number can be no value: nothing is with it, and nothing in the text has values without a unit."""
        if self._has_scale or self._measured:
            return False
        bare = token.number is not None and token.number.rule in ("coefficient", "words")
        return bare and not self._text[max(0, token.start - 2) : token.start].rstrip().endswith((")", "]", ":"))

    def _as_length(self, lead: list[QuantityToken], tokens: list[QuantityToken]) -> list[QuantityToken]:
        """`over 30 minutes` of what is given is how long it takes, not more than that."""
        if len(lead) > 1 or self._low[lead[-1].start : lead[-1].end] != "over":
            return lead
        unit = next((token.unit for token in tokens if token.unit), None)
        if not unit or unit.dimension != "time":
            return lead
        ranged = [token.terminal for token in tokens[:3:2]] == ["AMOUNT", "AMOUNT"]
        place = max(0, lead[-1].start - _CONTEXT), lead[-1].start
        given = (
            ranged
            or self._last_is_dose
            or (_GIVING.search(self._text, *place) and not _OF_AGE.search(self._text, *place))
        )
        return [replace(lead[-1], terminal="FOR", comparator=None)] if given else lead

    # --- values ---

    def _read_values(self, phrase: Phrase) -> None:
        bounds = phrase.bounds
        first = bounds[0].start
        power = unit = named = None
        if not bounds[0].unit:
            begin = phrase.lead[0].start if phrase.lead else first
            power, unit, named = unit_in_front(self._text, self._floor, phrase, begin)
        if power:
            phrase = replace(phrase, bounds=[replace(one, number=times_power(one.number, power)) for one in bounds])
        context = self._text[max(0, first - _CONTEXT) : first]
        if not unit and not bounds[-1].unit:
            unit = unit_of_next(self._view, phrase, context)
        readings = readings_of(phrase, context, unit)
        if len(readings) == 1 and _is_range(readings[0]) and _OUTSIDE.search(context):
            # What is outside a range is no range, and must not be read as what is inside.
            return
        tail = [run[0] for run in phrase.tail if len(run) == 1] if phrase.tail else []
        lead, subject = phrase.lead, phrase.subject
        for reading in readings:
            last = reading is readings[-1]
            if reading.counted:
                self._add_count(reading, phrase if last else None)
            else:
                self._add_value(reading, lead, tail if last else [], subject, named)
            lead, subject = [], None
        if phrase.tail and not any([reading.counted for reading in readings]):
            self._read_frequencies(phrase)

    def _add_value(
        self,
        reading: ValueReading,
        lead: list[QuantityToken],
        tail: list[QuantityToken],
        named: Stretch | None,
        ends: int | None,
    ) -> None:
        unit = reading.unit
        time = unit is not None and unit.dimension == "time"
        window = window_of(self._low, lead, tail, reading.start, reading.end) if time else None
        if window:
            reading = replace(reading, start=window.start, end=window.end)
            if window.inside and reading.plain:
                reading = reading.bounded(-1, inclusive=True)
        elif lead and reading.plain and not time:
            for token in lead:
                if token.terminal == "WITHIN":
                    # `within 2 times the upper limit`
                    reading = replace(reading.bounded(-1, inclusive=True), start=token.start)
                    break
        if reading.plain and unit:
            reading, window = with_last(self._text, reading, lead, window, self._last)
        accepted = is_value(self._text, reading)
        if accepted is False or (accepted is None and not self._has_scale and not self._measured):
            return
        subject = named or (None if window else self._subject(reading, lead, ends))
        words = self._text[slice(*subject)] if subject else None
        if accepted is None and (not words or not (words in self._measured or is_of_scale(words))):
            return
        kind: QuantityKind = "time" if time and not is_laboratory(words, unit) else "quantity"
        ucum = unit.ucum if unit else "1"
        self._add(reading, kind, unit.written if unit else None, ucum, subject, window)
        if words:
            self._measured.add(words)
            if "(" in words:
                self._measured.update(_ABBREVIATION.findall(words))
        self._last = reading, window
        if not window:
            self._subject_of_last, self._unit_of_last = subject, unit
            self._last_is_dose = unit is not None and unit.dose
        if not time:
            self._named_to = reading.end

    def _subject(self, reading: ValueReading, lead: list[QuantityToken], ends: int | None) -> Stretch | None:
        text = self._text
        front = reading.start if ends is None else ends
        # `platelets from < 20 to > 20`: what is measured is in front of `from`.
        start = front
        for token in lead:
            if token.terminal == "BETWEEN":
                start = min(start, token.start)
        between = ""
        if self._subject_of_last:
            between = _BRACKET.sub("", text[max(self._floor, front - _BETWEEN_VALUES) : front])
            if reading.unit is not None and reading.unit.dimension == "length":
                between = _BY.sub("", between)
        last = self._subject_of_last, self._unit_of_last, self._last_is_dose
        return subject_of(
            ValueContext(text, self._low, reading, reading.unit, lead, start, self._named_to, *last, between)
        )

    def _add_event(self, since: QuantityToken) -> None:
        """`since birth`: a window without a length."""
        anchor = anchor_at(self._low, since.end)
        if anchor:
            place = WindowPlace("since", anchor, since.start, anchor[1], inside=False)
            reading = ValueReading(since.start, anchor[1], None, False, None, False, None)
            self._add(reading, "time", None, None, window=place)

    # --- frequencies ---

    def _add_count(self, reading: ValueReading, phrase: Phrase | None) -> None:
        """`three times a week`; without a period it is a count, if it is compared."""
        periods = self._periods(phrase) if phrase else iter(())
        if (found := next(periods, None)) is not None:
            _, end, period = found
            self._add(replace(reading, end=end), "frequency", period.unit, period.ucum)
        elif reading.compared:
            self._add(reading, "quantity", None, "1")

    def _read_frequencies(self, phrase: Phrase) -> None:
        """`every 3 weeks`, `b.i.d.`, alone or after a dose."""
        for start, end, period in self._periods(phrase):
            amount = Amount(Decimal(period.times))
            self._add(ValueReading(start, end, amount, True, amount, True, None), "frequency", period.unit, period.ucum)

    def _periods(self, phrase: Phrase) -> Iterator[tuple[int, int, Period]]:
        """The frequencies after a value, each with its place."""
        for first, *others in phrase.tail:
            if others:
                yield first.start, others[-1].end, repeated(self._text, [first, *others])
            elif first.terminal in ("PERIOD", "ADVERB"):
                printed = self._text[first.start : first.end]
                yield first.end - len(printed.lstrip(" -")), first.end, period_of(self._text, first)
            elif first.terminal == "ABBREVIATION":
                yield first.start, first.end, abbreviated(self._text, first)

    def _is_near_a_dose(self, index: int) -> bool:
        own = self._found[index].quantity
        for other, *_ in (*self._found[max(0, index - 2) : index], *self._found[index + 1 : index + 3]):
            if is_dose(other):
                first, second = sorted((own, other), key=lambda one: one.start)
                between = self._source[first.end : second.start]
                if len(between) <= _NEAR_A_DOSE and ". " not in between and ";" not in between:
                    return True
        return False

    def _add(
        self,
        reading: ValueReading,
        kind: QuantityKind,
        unit: str | None,
        ucum: str | None,
        subject: Stretch | None = None,
        window: WindowPlace | None = None,
    ) -> None:
        low, high = reading.low, reading.high
        if (low and abs(low.value) > _LARGEST) or (high and abs(high.value) > _LARGEST):
            return
        printed = self._text[reading.start : reading.end]
        if "(" in printed or ")" in printed:
            if self._text.startswith("(", reading.start - 1) and printed.count(")") > printed.count("("):
                # `(2-5) x 10^6 cells`
                reading = replace(reading, start=reading.start - 1)
            elif self._text.startswith(")", reading.end) and printed.count("(") > printed.count(")"):
                # `100 (10^9/L)`
                reading = replace(reading, end=reading.end + 1)
        if unit and "µ" in unit and "μ" in self._source[slice(*self._view.span(reading.start, reading.end))]:
            # A micro sign or a mu: the unit is as written.
            unit = unit.replace("µ", "μ")
        quantity = build(self._source, self._view, reading, kind, unit=unit, ucum=ucum, subject=subject, window=window)
        anchor = window.anchor if window else None
        span = self._view.span
        places = span(*subject) if subject else None, span(*anchor) if anchor else None
        self._found.append(ParsedQuantity(quantity, *places))
        if (low and low.undecided) or (high and high.undecided):
            for doubt in doubts(low, high):
                self._report("ambiguous-number", doubt, (quantity.start, quantity.end))
        self._floor = max(self._floor, reading.end)


def _is_measure(tokens: list[QuantityToken]) -> bool:
    """Whether a unit that is not a time follows: `dose level: 5 mg` is not a name as `day 5` is."""
    for token in tokens[:3]:
        if token.unit:
            return token.unit.dimension not in ("time", "length")
    return False
