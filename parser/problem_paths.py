"""Finds the field that each problem is about, by the spans of both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from parser.problems import Problem
from parser.recorder import PlacedValue
from parser.source import Span

_Field = tuple[int, int, int, str]
"""A span of a field: its start, its end negated, the field's number, and the pointer to it.

In sorted order, a span comes before the spans that it contains. A tuple, because a record may have thousands.
"""


def with_paths(problems: Sequence[Problem], placed: Sequence[PlacedValue]) -> tuple[Problem, ...]:
    """The problems, each with the JSON Pointer of the field it is about, if its span shows that.

    That is the field with the same span, else the smallest that contains it, else the common parent of all fields
    inside it. Problems are in the order of their spans.
    """
    fields = _in_order(_near(problems, placed))
    found: list[Problem] = []
    # The fields around an offset, each inside the one before.
    around: list[_Field] = []
    at = 0
    for problem in problems:
        if problem.path is not None or problem.start is None or problem.end is None:
            found.append(problem)
            continue
        own = Span(problem.start, problem.end)
        while at < len(fields) and fields[at][0] <= own.start:
            _leave(around, -fields[at][1])
            around.append(fields[at])
            at += 1
        _leave(around, own.start)
        path = _exact(fields, own) or _inner(fields, around, own) or _inside(fields, own)
        found.append(replace(problem, path=path) if path else problem)
    return tuple(found)


def _near(problems: Sequence[Problem], placed: Sequence[PlacedValue]) -> list[PlacedValue]:
    """The values of the spans that problems have, and all values around and between problems of other spans."""
    own = {
        (one.start, one.end) for one in problems if one.path is None and one.start is not None and one.end is not None
    }
    exact = own.intersection([span for _, span, _ in placed])
    others = [(start, end) for start, end in own if (start, end) not in exact or start == end]
    first, last = min(others, default=(0, 0))[0], max((end for _, end in others), default=-1)
    return [value for value in placed if value[1] in exact or (value[1].start <= last and first <= value[1].end)]


def _in_order(placed: Sequence[PlacedValue]) -> list[_Field]:
    spans = [(start, -end, number, pointer) for number, (pointer, (start, end), _) in enumerate(placed) if end > start]
    return sorted(spans)


def _leave(around: list[_Field], place: int) -> None:
    """Remove the fields that end before an offset."""
    while around and -around[-1][1] < place:
        around.pop()


def _exact(fields: Sequence[_Field], own: Span) -> str | None:
    """The common parent of the fields of one span; normalizedSection may repeat a value of protocolSection."""
    path: str | None = None
    for index in range(bisect_left(fields, (own.start, -own.end)), len(fields)):
        start, negative_end, _, pointer = fields[index]
        if (start, -negative_end) != own:
            break
        if path is None:
            path = pointer
        elif not (path.startswith("/protocolSection") and pointer.startswith("/normalizedSection")):
            path = _common(path, pointer)
    return path


def _inner(fields: Sequence[_Field], around: Sequence[_Field], own: Span) -> str | None:
    """The field with the smallest span that contains the problem's."""
    for start, negative_end, _, _ in reversed(around):
        if -negative_end >= own.end:
            return _exact(fields, Span(start, -negative_end))
    return None


def _inside(fields: Sequence[_Field], own: Span) -> str | None:
    """The common parent of the fields that begin in the problem's span."""
    path: str | None = None
    for index in range(bisect_left(fields, (own.start,)), bisect_left(fields, (own.end,))):
        pointer = fields[index][-1]
        path = pointer if path is None else _common(path, pointer)
        if path.count("/") < 2:
            # A common parent above a module says nothing.
            return None
    return path


def _common(first: str, second: str) -> str:
    """The common parent of two pointers."""
    shared: list[str] = []
    for one, other in zip(first.split("/"), second.split("/"), strict=False):
        if one != other:
            break
        shared.append(one)
    return "/".join(shared)
