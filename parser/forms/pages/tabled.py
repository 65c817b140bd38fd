"""Tables of ClinicalTrials.gov's classic pages, whose cells became lines or one line.

Condition or disease Intervention/treatment Phase       conditions, interventions and phases
Asthma Drug: Fluticasone Drug: Placebo Phase 3

Arm Intervention/treatment                              arms, and what each receives
Experimental: Fluticasone
Twice daily
Drug: Fluticasone
250 mcg by inhaler
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parser.forms.pages.entries import entries, without_bars
from parser.forms.pages.model import Arm, ArmIntervention, Record
from parser.forms.pages.vocabulary import find_word
from parser.lines import Line
from parser.source import Span, trimmed

INTERVENTION = re.compile(
    r"(?P<type>Drug|Device|Biological|Procedure|Radiation|Behavioral|Genetic|Dietary Supplement|Combination Product"
    r"|Diagnostic Test|Other)\s?:\s+(?=\S)"
)
_PHASES = re.compile(
    r"(?:(?:Early )?Phase [0-4I]{1,3}(?:\s?[/|]?\s?Phase [0-4I]{1,3})?|Not Applicable|N/A)\s*\Z", re.IGNORECASE
)
_ARM = re.compile(
    r"(?P<type>Experimental|Active Comparator|Placebo Comparator|Sham Comparator|No Intervention|Other)\s?:\s+(?=\S)"
)
_ASSIGNED = re.compile(r"(?:assigned )?interventions?\s?:", re.IGNORECASE)
_COLUMN = re.compile(r"Arm (\d{1,2})\Z")
_ARM_TYPE = re.compile(r"(?:Experimental|Active Comparator|Placebo Comparator|Sham Comparator|No Intervention|Other)\Z")
# What is over a list, and no part of one.
_HEADING = re.compile(
    r"(?:(?:study )?(?:arms?|groups?|arm groups?)(?: (?:and|&) )?)?(?:interventions?)?\s?:?\Z", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_LABEL = re.compile(r"(?:assigned )?interventions?\s?:\s*", re.IGNORECASE)
_OTHER_NAMES = re.compile(r"Other Names?\s?:\s*", re.IGNORECASE)
_INTERVENTION_OR_END = re.compile(rf"\s(?={INTERVENTION.pattern})")


# The heads of these tables; one that is cut off after its first cell is no sign of a table.
_FIRST_CELL = re.compile(r"(?:conditions?(?: or disease)?|arms?|groups?/cohorts?)(?: ?\|)?\Z", re.IGNORECASE)
_LAST_CELL = re.compile(r"(?:intervention/treatment|assigned interventions?|phase)(?: ?\|)?\Z", re.IGNORECASE)
_MOST_CELLS = 3


def with_whole_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, with the head of such a table on one line where each of its cells has one."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        count = _cells_of_head(lines, at)
        found.append(_joined(lines[at : at + count]) if count > 1 else lines[at])
        at += count
    return found


def _cells_of_head(lines: Sequence[Line], at: int) -> int:
    """How many lines from a line on are the cells of one head: 1 if it begins none."""
    if _FIRST_CELL.match(lines[at].text) is None:
        return 1
    for count in range(_MOST_CELLS, 1, -1):
        cells = lines[at : at + count]
        word = find_word(" ".join(line.text for line in cells)) if _LAST_CELL.match(cells[-1].text) else None
        if word and word.word.field in ("condition_table", "arm_table"):
            return count
    return 1


def _joined(lines: Sequence[Line]) -> Line:
    """Lines as one, in which each character has the place that it has on the page."""
    first = lines[0].start
    text = ""
    for line in lines:
        text = text.ljust(line.start - first) + line.text
    return Line(first, lines[-1].end, text, lines[0].opens)


@dataclass(slots=True)
class ConditionTable:
    """Where a table of conditions, interventions and phases has them."""

    conditions: list[Span] = field(default_factory=list)
    interventions: list[Record] = field(default_factory=list)
    phases: Span | None = None
    left: list[Span] = field(default_factory=list)


def read_conditions(text: str, lines: Sequence[Line]) -> ConditionTable:
    """The rows below the head of a table of conditions: what is before the first intervention is a condition."""
    table = ConditionTable()
    for line in lines:
        if table.phases:
            table.left.append(line.span)
            continue
        span = entries(text, line.span)
        start, end = without_bars(text, Span(span[0].start if span else line.start, line.end))
        phases = _PHASES.search(text, start, end)
        if phases and (phases.start() == start or text[phases.start() - 1].isspace()):
            table.phases = trimmed(text, *phases.span())
            end = phases.start()
        first = INTERVENTION.search(text, start, end)
        before = without_bars(text, Span(start, first.start() if first else end))
        if before.start < before.end:
            (table.left if table.interventions else table.conditions).append(before)
        if first:
            table.interventions += _interventions(text, first.start(), end)
    return table


def _interventions(text: str, start: int, end: int) -> Iterator[Record]:
    """`Drug: Fluticasone Drug: Placebo`, each from its type to the next."""
    starts = [match.start() for match in INTERVENTION.finditer(text, start, end)]
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        match = INTERVENTION.match(text, begin, stop)
        name = without_bars(text, Span(match.end(), stop)) if match else Span(begin, begin)
        if match and name.start < name.end:
            yield Record([name], {"intervention_type": Span(*match.span("type"))})


def intervention_key(text: str, record: Record) -> tuple[str, str]:
    """The identity of an intervention on a page: type and name."""
    kind, name = record.fields["intervention_type"], record.texts[0]
    return text[kind.start : kind.end].casefold(), " ".join(text[name.start : name.end].split()).casefold()


@dataclass(slots=True)
class ArmTable:
    """The arms of a table, the interventions as they are described there, each once, and what belongs to none."""

    arms: list[Arm] = field(default_factory=list)
    interventions: list[Record] = field(default_factory=list)
    left: list[Span] = field(default_factory=list)


def says_arm_or_intervention(text: str, span: Span) -> bool:
    """Whether a line is the name of an arm or an intervention after its type."""
    return (_ARM.match(text, *span) or INTERVENTION.match(text, *span)) is not None


def says_arm(text: str, span: Span) -> bool:
    """Whether a line is the name of an arm after a type that only arms have: `Other: Walks` may be an intervention."""
    arm = _ARM.match(text, *span)
    return arm is not None and INTERVENTION.match(text, *span) is None


class _Arms:
    """Reads the lines of a table of arms, one after the other."""

    def __init__(self, text: str, names: frozenset[str], has_arms: bool) -> None:
        self.text = text
        self.names = names
        self.has_arms = has_arms
        self.table = ArmTable()
        self.given: Record | None = None
        self.other_names = False
        self.numbered = False
        self.arm: Arm | None = None
        self.seen: dict[tuple[str, str], Record] = {}

    def read(self, lines: Sequence[Line]) -> ArmTable:
        for line in lines:
            bullets = entries(self.text, line.span)
            start = bullets[0].start if bullets else line.start
            numbered = _NUMBERED.match(line.text) is not None
            if self.numbered and numbered and not says_arm_or_intervention(self.text, Span(start, line.end)):
                # `2. Usual care`, below `1. Experimental: Walking`
                self._begin(Arm(Span(start, line.end)))
                continue
            if _HEADING.match(line.text):
                self.given, self.arm, self.numbered = None, None, False
                self.table.left.append(line.span)
                continue
            self.numbered = self.numbered or (numbered and _ARM.match(self.text, start, line.end) is not None)
            for begin, end in self._parts(start, line.end):
                self._line(Span(begin, end))
        return self.table

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A line of other names may continue the next intervention."""
        cut = _INTERVENTION_OR_END.search(self.text, start, end) if _OTHER_NAMES.match(self.text, start, end) else None
        if cut is None:
            yield start, end
        else:
            yield start, cut.start()
            yield cut.end(), end

    def _line(self, span: Span) -> None:
        if label := _LABEL.match(self.text, *span):
            span = Span(label.end(), span.end)
            if span.start >= span.end:
                return
        given, arm = INTERVENTION.match(self.text, *span), _ARM.match(self.text, *span)
        if given and arm and self._is_arm(span, arm.end()):
            given = None
        other = _OTHER_NAMES.match(self.text, *span)
        if arm and not given:
            self._begin(Arm(Span(arm.end(), span.end), type=Span(*arm.span("type"))))
        elif given:
            self._intervention(given, span)
        elif other:
            self.other_names = True
            if other.end() < span.end:
                self._other_name(Span(other.end(), span.end))
        elif self.other_names and len(self.text[span.start : span.end]) <= _LONGEST_NAME:
            self._other_name(span)
        else:
            self._description(span)

    def _begin(self, arm: Arm) -> None:
        self.given, self.arm, self.other_names = None, arm, False
        self.table.arms.append(arm)

    def _is_arm(self, span: Span, at: int) -> bool:
        """Whether `Other: Usual care` is an arm: no intervention is called so, and there is none yet in this arm."""
        name = " ".join(self.text[at : span.end].split()).casefold()
        if name in self.names:
            return not self.table.arms and self.given is None and not self.table.left
        return self.has_arms

    def _intervention(self, match: re.Match[str], span: Span) -> None:
        self.other_names = False
        name = Span(match.end(), span.end)
        known = next((one for one in self.names if self._begins(name, one)), None)
        rest: Span | None = None
        if known and len(known) < name.end - name.start and self.text[name.start + len(known)].isspace():
            # A cell whose lines were joined: the name, then what is said of it.
            rest = trimmed(self.text, name.start + len(known), name.end)
            name = Span(name.start, name.start + len(known))
        kind = Span(*match.span("type"))
        self.given = Record([name], {"intervention_type": kind})
        says = intervention_key(self.text, self.given)
        if says not in self.seen:
            self.seen[says] = self.given
            self.table.interventions.append(self.given)
        if self.arm:
            self.arm.interventions.append(ArmIntervention(name, kind))
        if rest:
            self._description(rest)

    def _begins(self, span: Span, name: str) -> bool:
        return self.text[span.start : span.start + len(name)].casefold() == name

    def _other_name(self, span: Span) -> None:
        if self.given is None:
            self.table.left.append(span)
            return
        known = self.given.fields.get("other_names")
        self.given.fields["other_names"] = Span(known.start, span.end) if known else span

    def _description(self, span: Span) -> None:
        self.other_names = False
        if self.given is not None:
            if self.given is not self.seen[intervention_key(self.text, self.given)]:
                # Another arm's words for an intervention that is described already.
                self.table.left.append(span)
            elif len(self.given.texts) > 1:
                self.given.texts[1] = Span(self.given.texts[1].start, span.end)
            else:
                self.given.texts.append(span)
        elif self.arm:
            known = self.arm.description
            self.arm.description = Span(known.start, span.end) if known else span
        else:
            self.table.left.append(span)


_LONGEST_NAME = 100


def read_arms(text: str, lines: Sequence[Line], names: frozenset[str], has_arms: bool = True) -> ArmTable:
    """The rows below the head of a table of arms. `names` are those of the interventions that the page lists.

    Below a heading for interventions there may be no arms: `has_arms` is whether `Other: Usual care` may be one.
    """
    if count := columns_of_arms(lines):
        return _read_columns(lines, count)
    if is_bulleted(text, lines):
        return _read_bulleted(lines)
    return _Arms(text, names, has_arms).read(lines)


def columns_of_arms(lines: Sequence[Line]) -> int:
    """How many columns a table has whose columns are the arms, a cell a line: `Arm 1`, `Arm 2`, then their types."""
    count = 0
    while count < len(lines) and (match := _COLUMN.match(lines[count].text)) and int(match[1]) == count + 1:
        count += 1
    types = lines[count : 2 * count]
    is_whole = len(lines) >= 3 * count and all(_ARM_TYPE.match(line.text) for line in types)
    return count if count and is_whole else 0


def is_bulleted(text: str, lines: Sequence[Line]) -> bool:
    """Whether groups without a type have bullets, and what is below each describes it."""
    bulleted = [line.text.startswith("* ") for line in lines]
    if not lines or not bulleted[0] or all(bulleted):
        return False
    contents = (Span(line.start + 2 * has_bullet, line.end) for line, has_bullet in zip(lines, bulleted, strict=True))
    return not any(_ASSIGNED.match(text, *span) or says_arm_or_intervention(text, span) for span in contents)


def _read_bulleted(lines: Sequence[Line]) -> ArmTable:
    arms: list[Arm] = []
    for line in lines:
        if line.text.startswith("* "):
            arms.append(Arm(Span(line.start + 2, line.end)))
        else:
            said = arms[-1].description
            arms[-1].description = Span(said.start if said else line.start, line.end)
    return ArmTable(arms)


def _read_columns(lines: Sequence[Line], count: int) -> ArmTable:
    """The rows of such a table: numbers, types, labels, and descriptions if each arm has one."""
    _, types, labels = (lines[at : at + count] for at in range(0, 3 * count, count))
    said = lines[3 * count :]
    whole = len(said) == count
    arms = [
        Arm(label.span, said[at].span if whole else None, kind.span)
        for at, (label, kind) in enumerate(zip(labels, types, strict=True))
    ]
    return ArmTable(arms, left=[] if whole else [line.span for line in said])
