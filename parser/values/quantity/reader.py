"""The quantities of one criterion, of one paragraph of a description, or of any short text.

Prednisone orally ≥ 6 mg / day for at least 28 days      6 mg/d and more; 28 d and more, for
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from parser.model.normalized import Quantity
from parser.problems import Report
from parser.source import Span
from parser.values.amount import Amount
from parser.values.quantity.budget import Budget
from parser.values.quantity.build import build, doubts
from parser.values.quantity.context import is_accepted, is_dose, is_laboratory
from parser.values.quantity.frequency import Period, abbreviated, period_of, repeated
from parser.values.quantity.meaning import Reading, readings_of
from parser.values.quantity.names import refused
from parser.values.quantity.phrase import Phrase, phrase_of
from parser.values.quantity.scan import Piece, scanner
from parser.values.quantity.subject import age_in, links_only, scale_behind, size_behind, subject_before, subject_behind
from parser.values.quantity.view import View
from parser.values.quantity.window import Place, anchor_at, window_of
from parser.values.units import read_unit

# How much in front of a number is read for what the number can plausibly be.
_CONTEXT = 80
# How far two values of one thing may stand apart, a bracket between them included.
_BETWEEN_VALUES = 100
# How far from a dose `weekly` may stand and still say how often it is given.
_NEAR_A_DOSE = 60

_BRACKET = re.compile(r"\([^()]{1,20}\)")
_BELOW = re.compile(r" ?(?:≤|<=?) ?")

Stretch = tuple[int, int]


def _nobody(code: str, message: str, span: tuple[int, int]) -> None:
    """Nobody asked to be told of problems."""


class ParsedQuantity(NamedTuple):
    """A quantity, and where the words for what it measures and the anchor of its window are, in the source."""

    quantity: Quantity
    subject: Span | None
    anchor: Span | None


def read_quantities(
    text: str, start: int = 0, end: int | None = None, report: Report = _nobody, budget: Budget | None = None
) -> list[Quantity]:
    """The quantities that `find_quantities` finds, without the places of their subjects and anchors."""
    return [found.quantity for found in find_quantities(text, start, end, report, budget)]


def find_quantities(
    text: str, start: int = 0, end: int | None = None, report: Report = _nobody, budget: Budget | None = None
) -> list[ParsedQuantity]:
    """The quantities of text[start:end], in its order, with places in the whole text.

    The stretch is one criterion or paragraph as printed, CommonMark escapes and all. Magnitudes are in full, units in
    UCUM. `report` is told of numbers that may have lost a power of ten or a separator, where nothing decides, and of
    more numbers than `budget` has left; without one, the stretch has a budget of its own.
    """
    end = len(text) if end is None else end
    view = View.of(text, start, end)
    candidates = scanner().candidates(view.text)
    first = next(candidates, None)
    if first is None:
        # Most texts hold no number.
        return []
    return _Reader(text, view, end, report, budget or Budget()).read(chain([first], candidates))


class _Reader:
    """One stretch being read from left to right.

    `floor` is where the last quantity ends, `named_to` where the last that can have a subject ends, and `seen` where
    the last number ends, whether it was a quantity or not.
    """

    def __init__(self, source: str, view: View, end: int, report: Report, budget: Budget) -> None:
        self._source = source
        self._view = view
        self._text = view.text
        self._end = end
        self._report = report
        self._budget = budget
        self._floor = self._seen = self._named_to = 0
        self._found: list[ParsedQuantity] = []
        self._alone: list[int] = []  # Places in `found` of `weekly` and its like.
        self._measured: set[str | None] = set()
        self._last_reading: Reading | None = None
        self._subject_of_last: Stretch | None = None
        self._last_is_dose = False

    def read(self, candidates: Iterable[re.Match[str]]) -> list[ParsedQuantity]:
        for match in candidates:
            if match.start() < self._seen:
                continue
            if self._budget.left <= 0:
                self._budget.tell(self._report, self._view.span(*match.span()).start, self._end)
                break
            self._read_phrase(match.start())
            self._seen = max(self._seen, match.end())
        for index in reversed(self._alone):
            if not self._is_near_a_dose(index):
                del self._found[index]
        return self._found

    def _read_phrase(self, at: int) -> None:
        """The values and frequencies from an offset on."""
        text = self._text
        pieces = scanner().forwards(text, at)
        if not pieces:
            return
        first = pieces[0]
        self._seen = first.end
        self._budget.take([piece.terminal for piece in pieces].count("AMOUNT") or 1)
        if first.terminal == "AMOUNT" and not self._is_measure(pieces) and refused(text, first.start, first.end):
            return
        lead = scanner().openings(text, self._floor, at) if first.terminal in ("AMOUNT", "COUNT") else []
        if lead and self._last_is_dose:
            lead = _as_length(text, lead, pieces)
        phrase = phrase_of(text, lead + pieces)
        before = len(self._found)
        if first.terminal == "SINCE_EVENT":
            self._add_event(first)
        elif phrase.bounds:
            self._seen = phrase.bounds[-1][1].end
            self._read_values(phrase)
        else:
            self._read_frequencies(phrase)
            if first.terminal == "ADVERB":
                self._alone.append(before)
        self._seen = max(self._seen, self._floor)

    def _is_measure(self, pieces: list[Piece]) -> bool:
        """Whether a unit that is no time follows: `dose level: 5 mg` is no name as `day 5` is."""
        for terminal, start, end in pieces[:3]:
            if terminal == "UNIT":
                return read_unit(self._text[start:end]).dimension not in ("time", "length")
        return False

    # --- values ---

    def _read_values(self, phrase: Phrase) -> None:
        first = phrase.bounds[0][1].start
        try:
            readings = readings_of(phrase, self._text[max(0, first - _CONTEXT) : first])
        except ValueError:
            # The pattern of numbers is wider than their grammar: `106 109,0crore` is none.
            return
        tail = [run[0] for run in phrase.tail if len(run) == 1]
        counted = False
        for index, reading in enumerate(readings):
            last = index == len(readings) - 1
            if reading.counted:
                counted = True
                self._add_count(reading, phrase if last else None)
            else:
                self._add_value(reading, phrase.lead if index == 0 else [], tail if last else [])
        if phrase.tail and not counted:
            self._read_frequencies(phrase)

    def _add_value(self, reading: Reading, lead: list[Piece], tail: list[Piece]) -> None:
        unit = reading.unit
        time = unit is not None and unit.dimension == "time"
        window = window_of(self._text, lead, tail, reading.start, reading.end) if time else None
        if window:
            reading = reading._replace(start=window.start, end=window.end)
            if window.inside and reading.plain:
                reading = reading._replace(low=None, low_inclusive=False)
        elif reading.plain and not time:
            for piece in lead:
                if piece.terminal == "WITHIN":
                    # `within 2 times the upper limit`
                    reading = reading._replace(start=piece.start, low=None, low_inclusive=False)
                    break
        subject = None if window else self._subject(reading, lead)
        words = self._text[slice(*subject)] if subject else None
        if not is_accepted(self._text, reading, words, words in self._measured):
            return
        if subject and reading.high and not reading.low:
            reading = self._from_lower(reading, subject)
        kind = "time" if time and not is_laboratory(words) else "quantity"
        ucum = unit.ucum if unit else "1"
        self._add(reading, kind, unit.written if unit else None, ucum, subject, window)
        self._last_reading = reading
        if words:
            self._measured.add(words)
        if not window:
            self._subject_of_last = subject
            self._last_is_dose = unit is not None and unit.dose
        if not time:
            self._named_to = reading.end

    def _from_lower(self, reading: Reading, subject: Stretch) -> Reading:
        """`90 g/L ≤ haemoglobin ≤ 130 g/L`: the value in front of the subject is the lower bound."""
        last = self._last_reading
        sign = last and _BELOW.fullmatch(self._text[last.end : subject[0]])
        if not last or not sign or not last.plain or last.unit != reading.unit:
            return reading
        self._found.pop()
        return reading._replace(start=last.start, low=last.low, low_inclusive=sign[0].strip() != "<")

    def _subject(self, reading: Reading, lead: list[Piece]) -> Stretch | None:
        text, unit = self._text, reading.unit
        for piece in lead:
            if piece.terminal == "SCALE":
                return piece.start, piece.end
        last, between = self._subject_of_last, ""
        if last:
            between = _BRACKET.sub("", text[max(self._floor, reading.start - _BETWEEN_VALUES) : reading.start])
            opened = between.lstrip().startswith("(") and ")" not in between
            if (opened and not reading.compared and unit is not None) or links_only(between):
                return last
        if age := age_in(text, reading.start, reading.end):
            return subject_before(text, self._named_to, reading.start, ages=True) or age
        if unit is not None and unit.dimension == "time":
            return subject_before(text, self._named_to, reading.start, ages=True)
        if unit is not None and (size := size_behind(text, reading.end)):
            return size
        dose = unit is not None and unit.dose
        if dose and last and self._last_is_dose and links_only(between, dose=True):
            # `375 mg/m2 once a week, or a total dose of 1 g`
            return last
        if (dose or unit is None) and (of := subject_behind(text, reading.end, of=True)):
            return of
        before = subject_before(text, self._named_to, reading.start)
        share = dose or (unit is not None and unit.ucum == "%")
        if before and not (share and text[before[1] : reading.start].strip()):
            return scale_behind(text, reading.end, before) or before
        # `capsules (100 mg l-cysteine)`: what stands apart in front holds what follows at once.
        direct = unit is None or share or unit.written.startswith("/")
        return (subject_behind(text, reading.end, of=False) if direct else None) or before

    def _add_event(self, since: Piece) -> None:
        """`since birth`: a window without a length."""
        anchor = anchor_at(self._text, since.end)
        if anchor:
            place = Place("since", anchor, since.start, anchor[1], inside=False)
            reading = Reading(since.start, anchor[1], None, False, None, False, None, False, False, False)
            self._add(reading, "time", None, None, window=place)

    # --- frequencies ---

    def _add_count(self, reading: Reading, phrase: Phrase | None) -> None:
        """`three times a week`; without a period it is a count, if it is compared."""
        periods = self._periods(phrase) if phrase else iter(())
        if (found := next(periods, None)) is not None:
            _, end, period = found
            self._add(reading._replace(end=end), "frequency", period.unit, period.ucum)
        elif reading.compared:
            self._add(reading, "quantity", None, "1")

    def _read_frequencies(self, phrase: Phrase) -> None:
        """`every 3 weeks`, `b.i.d.`, alone or behind a dose."""
        for start, end, period in self._periods(phrase):
            amount = Amount(Decimal(period.times), None, None, None, (), False)
            reading = Reading(start, end, amount, True, amount, True, None, False, True, True)
            self._add(reading, "frequency", period.unit, period.ucum)

    def _periods(self, phrase: Phrase) -> Iterator[tuple[int, int, Period]]:
        """The frequencies behind a value, each with its place."""
        for first, *others in phrase.tail:
            if others:
                yield first.start, others[-1].end, repeated(self._text, [first, *others])
            elif first.terminal in ("PERIOD", "ADVERB"):
                printed = self._text[first.start : first.end]
                yield first.end - len(printed.lstrip(" -")), first.end, period_of(self._text, first)
            elif first.terminal == "ABBREVIATION":
                yield first.start, first.end, abbreviated(self._text, first)

    def _is_near_a_dose(self, index: int) -> bool:
        own = self._found[index]
        for other in (*self._found[max(0, index - 2) : index], *self._found[index + 1 : index + 3]):
            if is_dose(other.quantity):
                first, second = sorted((own.quantity, other.quantity), key=lambda one: one.start)
                between = self._source[first.end : second.start]
                if len(between) <= _NEAR_A_DOSE and ". " not in between and ";" not in between:
                    return True
        return False

    def _add(
        self,
        reading: Reading,
        kind: str,
        unit: str | None,
        ucum: str | None,
        subject: Stretch | None = None,
        window: Place | None = None,
    ) -> None:
        quantity = build(self._source, self._view, reading, kind, unit=unit, ucum=ucum, subject=subject, window=window)
        anchor = window.anchor if window else None
        span = self._view.span
        self._found.append(
            ParsedQuantity(quantity, span(*subject) if subject else None, span(*anchor) if anchor else None)
        )
        for doubt in doubts(reading):
            self._report("ambiguous-number", doubt, (quantity.start, quantity.end))
        self._floor = max(self._floor, reading.end)


def _as_length(text: str, lead: list[Piece], pieces: list[Piece]) -> list[Piece]:
    """What leads up to a time behind a dose: `over 2 hours` is how long it takes, not more than 2 hours."""
    unit = next((piece for piece in pieces if piece.terminal == "UNIT"), None)
    if not lead or not unit or text[lead[-1].start : lead[-1].end].lower() != "over":
        return lead
    time = read_unit(text[unit.start : unit.end]).dimension == "time"
    return [*lead[:-1], lead[-1]._replace(terminal="FOR")] if time else lead
