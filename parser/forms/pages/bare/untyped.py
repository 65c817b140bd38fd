"""Sections of a bare page that lost what closes their records: types, roles and statuses are gone with their labels.

Study Groups            Interventions
MSC treatment           MSC treatment
Two infusions.          Cells from the umbilical cord.
MSC treatment           Standard of care
Cells from the ...      As usual.
Standard of care
As usual.

What is left are names and descriptions. Study Groups repeats the interventions below each arm group, so the lines that
both sections have, in the same sequence, are interventions; what else tells a name from a description is its form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from parser.enums import ENUMS
from parser.forms.pages.groups import find_labels
from parser.forms.pages.model import Arm, ArmIntervention, Record
from parser.forms.pages.pieces import is_address, is_phone
from parser.lines import Line
from parser.source import Span, fold

Block = tuple[str, ...]

# Of so many interventions of one name the longest are tried, and so many of their lines are compared: no page has more,
# and a hostile one would take too long.
_MOST_BLOCKS, _COMPARED = 20, 100


def sponsors(lines: Sequence[Line]) -> list[Record]:
    """A name and a class each."""
    records: list[Record] = []
    texts: list[Span] = []
    for line in lines:
        texts.append(line.span)
        if line.text in ENUMS["sponsor_class"] and len(texts) > 1:
            records.append(Record(texts))
            texts = []
    return [*records, Record(texts)] if texts else records


def people(lines: Sequence[Line]) -> list[Record]:
    """A name each, and ways to reach who has it."""
    records: list[Record] = []
    for line in lines:
        field = "email" if is_address(line.text) else "phone" if is_phone(line.text) else ""
        if not field:
            records.append(Record([line.span]))
        elif records and field not in records[-1].fields:
            records[-1].fields[field] = line.span
        else:
            records.append(Record([], {field: line.span}))
    return records


def single_lines(lines: Sequence[Line]) -> list[Record]:
    """A citation each, or an id."""
    return [Record([line.span]) for line in lines]


def interventions(lines: Sequence[Line], groups: Sequence[Line]) -> list[Record]:
    """A name and its description each; see `_intervention_starts`."""
    starts = sorted(_intervention_starts(lines, groups))
    return [
        Record([line.span for line in lines[start:end]])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def _intervention_starts(lines: Sequence[Line], groups: Sequence[Line]) -> set[int]:
    """Which lines of Interventions are names.

    A line that follows another one here and not in Study Groups, although both are there, begins an intervention.
    """
    texts = [fold(line.text) for line in lines]
    given = [fold(line.text) for line in groups]
    pairs = set(pairwise(given))
    present = set(given)
    sure = [0] + [
        index
        for index in range(1, len(texts))
        if {texts[index - 1], texts[index]} <= present and (texts[index - 1], texts[index]) not in pairs
    ]
    times = Counter(texts)
    starts: set[int] = set()
    for start, end in zip(sure, [*sure[1:], len(texts)], strict=True):
        starts |= {start + index for index in find_labels(texts[start:end], times, one_expected=False)}
    return starts


def arms(lines: Sequence[Line], records: Sequence[Record], text: str) -> list[Arm]:
    """Arm groups with their interventions, where `records` are those of Interventions."""
    known: dict[str, list[Block]] = {}
    told = {tuple(fold(text[span.start : span.end]) for span in record.texts) for record in records}
    for words in sorted(told, key=len):
        known.setdefault(words[0], []).append(words)
    texts = [fold(line.text) for line in lines]
    times = Counter(texts)
    found: list[Arm] = []
    own = index = 0
    while index < len(lines):
        # The first line of all is an arm group's, whatever it says.
        block = _block_at(texts, index, known) if index else None
        if block is None:
            index += 1
            continue
        found += _arms_of(lines[own:index], texts[own:index], times, True)
        span = Span(lines[index + 1].start, lines[index + len(block) - 1].end) if len(block) > 1 else None
        found[-1].interventions.append(ArmIntervention(lines[index].span, None, span))
        own = index = index + len(block)
    return found + _arms_of(lines[own:], texts[own:], times, False)


def _block_at(texts: Sequence[str], index: int, known: dict[str, list[Block]]) -> Block | None:
    """The longest intervention that is at a place."""
    for block in known.get(texts[index], ())[: -_MOST_BLOCKS - 1 : -1]:
        length = min(len(block), _COMPARED)
        if len(texts) - index >= len(block) and tuple(texts[index : index + length]) == block[:length]:
            return block
    return None


def _arms_of(lines: Sequence[Line], texts: list[str], times: Counter[str], given: bool) -> list[Arm]:
    """The arm groups among lines that are not interventions; `given` says that the last one has some."""
    if not lines:
        return []
    starts = sorted(find_labels(texts, times, one_expected=given))
    return [
        Arm(lines[start].span, Span(lines[start + 1].start, lines[end - 1].end) if end > start + 1 else None)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
