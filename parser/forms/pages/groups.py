"""Study Groups: where one arm group ends and the next begins.

    mesenchymal stem cells                  ARM
    Phase I-II, Allogeneic Umbilical ...    TEXT, the arm's description
    Group Type EXPERIMENTAL                 LABEL
    mesenchymal stem cells                  INTERVENTION
    Intervention Type BIOLOGICAL            LABEL
    Allogeneic Umbilical Cord ...           TEXT, the intervention's description
    Placebo                                 ARM: nothing marks it

An intervention's description and the next arm's name meet without a mark. The Interventions section holds each
intervention with its description once, which shows how far the description extends here. Arms of observational studies
have no type, and when they have no interventions either, names and descriptions are distinguished by their form. Where
the text is cut within the section, what the last lines are is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from parser.forms.pages.model import READ, STRAY, Piece
from parser.problems import Report
from parser.source import Span, fold

Known = Mapping[tuple[str, str], Mapping[int, Set[tuple[str, ...]]]]
"""The Interventions section: by name and type, the descriptions of each number of paragraphs, all folded."""

# API v2 allows 100 characters for an arm's label (62 before 2017).
_LABEL_LENGTH = 100
# The most paragraphs of one arm that are weighed against being arms of their own.
_LONGEST = 8
_NO_LABEL = re.compile(r"[a-z*•\-–]|.*[.;:]\Z")


@dataclass(slots=True)
class _Splitter:
    """Walks the pieces of Study Groups once and gives each TEXT its role."""

    pieces: Sequence[Piece]
    text: str
    known: Known
    report: Report
    cut: bool
    said: dict[Span, str] = field(init=False)
    """What each TEXT says, folded."""
    times: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.said = {piece.span: fold(piece.cut(self.text)) for piece in self.pieces if piece.terminal == "TEXT"}
        self.times = Counter(self.said.values())

    def split(self) -> None:
        pieces = self.pieces
        typed = any(piece.field == "arm_type" for piece in pieces)
        waiting: list[Piece] = []  # paragraphs since the last label
        after: tuple[str, str] | None = None  # name and type of the intervention they follow
        for piece in pieces:
            if piece.terminal == "TEXT":
                waiting.append(piece)
            elif piece.terminal == READ:
                # The site says that the arm group has no interventions: the next one begins.
                self._arms(self._after_description(waiting, after, arm_follows=False), one=True)
                waiting, after = [], None
            elif piece.terminal != "LABEL":
                continue
            elif not waiting:
                piece.terminal = STRAY
            elif piece.field == "arm_type":
                arm = self._after_description(waiting, after, arm_follows=True)
                self._arms(arm, one=True)
                if not arm:
                    piece.terminal = STRAY
                waiting, after = [], None
            else:
                name = waiting.pop()
                self._arms(self._after_description(waiting, after, arm_follows=False), one=typed, given=True)
                name.terminal = "INTERVENTION"
                value = piece.value or piece.span
                waiting, after = [], (self.said[name.span], fold(self.text[value.start : value.end]))
        if self.cut and (typed or after):
            self._cut_short(waiting, described=after is not None)
        else:
            self._arms(self._after_description(waiting, after, arm_follows=False), one=typed)

    def _cut_short(self, waiting: Sequence[Piece], described: bool) -> None:
        """The last paragraphs of a text that is cut: the labels that would tell what they are come after them.

        What reads like no label describes the intervention before, if one is there.
        """
        texts = [self.said[piece.span] for piece in waiting]
        first = next((index for index, text in enumerate(texts) if reads_like_label(text)), len(texts))
        for piece in waiting[first if described else 0 :]:
            piece.terminal = STRAY

    def _after_description(self, waiting: list[Piece], after: tuple[str, str] | None, arm_follows: bool) -> list[Piece]:
        """The text after the description of the previous intervention: the next arm."""
        if after is None or not waiting:
            return waiting
        texts = [self.said[piece.span] for piece in waiting]
        described = self.known.get(after, {})
        fitting = [number for number, said in described.items() if tuple(texts[:number]) in said]
        if fitting:
            cut = max(fitting)
        else:
            cut = self._guess(texts, arm_follows)
            self.report(
                "group-boundary",
                f"the end of the description of {after[0]!r} was inferred: Interventions differs",
                Span(waiting[0].span.start, waiting[-1].span.end),
            )
        return waiting[cut:]

    def _guess(self, texts: list[str], arm_follows: bool) -> int:
        """How many paragraphs describe an intervention that the Interventions section does not say.

        When an arm's type comes next, an arm's label is among the paragraphs: the last one that reads like a label,
        or the second-last paragraph. Otherwise all of them describe the intervention.
        """
        if not arm_follows:
            return len(texts)
        labels = [index for index, text in enumerate(texts) if reads_like_label(text)]
        return labels[-1] if labels else max(0, len(texts) - 2)

    def _arms(self, paragraphs: list[Piece], one: bool, given: bool = False) -> None:
        """Paragraphs that are an arm's label and description; several arms in a row if `one` does not hold.

        `given` says that an intervention of the last arm follows.
        """
        if not paragraphs:
            return
        texts = [self.said[piece.span] for piece in paragraphs]
        starts = {0} if one else find_labels(texts, self.times, given)
        if not one and any(reads_like_label(text) for text in texts[1:]):
            self.report(
                "group-boundary",
                f"these arm groups have no types: {len(starts)} label(s) among {len(texts)} paragraphs, inferred",
                Span(paragraphs[0].span.start, paragraphs[-1].span.end),
            )
        for start in starts:
            paragraphs[start].terminal = "ARM"


def mark_groups(pieces: Sequence[Piece], text: str, known: Known, report: Report, cut: bool = False) -> None:
    """Make ARM and INTERVENTION of the paragraphs of Study Groups that are names.

    A label that belongs to nothing becomes STRAY, which no grammar reads. What had to be judged by form is reported
    as `group-boundary`. `cut` says that the text ends within the section.
    """
    _Splitter(pieces, text, known, report, cut).split()


def reads_like_label(text: str) -> bool:
    """Whether a paragraph can be an arm group's label: short, and no sentence or list item."""
    return len(text) <= _LABEL_LENGTH and not _NO_LABEL.match(text)


def find_labels(texts: list[str], times: Mapping[str, int], one_expected: bool) -> set[int]:
    """Which of some paragraphs are labels of arms: the cheapest way to read them as labels and descriptions.

    Mostly an arm has a label and one paragraph of description, so that is tried first. Else the choice is found by
    dynamic programming from the end. `times` is how often the page has each paragraph; `one_expected` says that an
    intervention follows: most arms have their own.
    """
    if _alternates(texts) and not (one_expected and len(texts) > 2):
        return set(range(0, len(texts), 2))
    size = len(texts)
    cost = [0.0] * (size + 1)
    following = [size] * (size + 1)
    for start in range(size - 1, -1, -1):
        # Labels differ from each other: "Exclusion criteria" under every arm is not a label.
        label = 0.0 if reads_like_label(texts[start]) and times[texts[start]] == 1 else 3.0
        if one_expected and start > 0:
            label += 1.5
        options = []
        for end in range(start + 1, min(start + _LONGEST, size) + 1):
            described = sum(_as_description(text, texts[start]) for text in texts[start + 1 : end])
            amount = 0.4 if end == start + 1 else 0.5 * (end - start - 2)
            options.append((label + described + amount + cost[end], end))
        cost[start], following[start] = min(options)
    starts = set()
    start = 0
    while start < size:
        starts.add(start)
        start = following[start]
    return starts


def _alternates(texts: list[str]) -> bool:
    """Whether paragraphs read as label, description, label, description: the labels distinct and the shorter ones."""
    labels, descriptions = texts[::2], texts[1::2]
    return (
        len(texts) % 2 == 0
        and len(set(labels)) == len(labels)
        and all(len(label) <= _LABEL_LENGTH for label in labels)
        and sum(map(len, descriptions)) > 1.15 * sum(map(len, labels))
        and not any(
            reads_like_label(text) and len(text) * 2 < len(label)
            for label, text in zip(labels, descriptions, strict=True)
        )
    )


def _as_description(text: str, label: str) -> float:
    """What it costs to read a paragraph as description: something when it is as short as a label."""
    if not reads_like_label(text):
        return 0.0
    return 0.3 if len(text) > 1.6 * len(label) and len(text) > 30 else 1.2
