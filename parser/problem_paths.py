"""Which field each problem is about, by the places of both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from parser.problems import Problem
from parser.source import Place, Span, stretches


def with_paths(problems: Sequence[Problem], spans: Mapping[str, Place]) -> tuple[Problem, ...]:
    """The problems, each with the JSON Pointer of the field it is about, where a place tells.

    That is the field read from the very stretch, else the smallest that contains it, else what all fields inside of it
    have in common. Problems are in the order of their places.
    """
    placed = sorted(_placed(spans), key=lambda pair: (pair[0].start, -pair[0].end))
    exact: dict[Span, str] = {}
    for span, pointer in placed:
        exact[span] = (
            _common(exact[span], pointer)
            if span in exact and not _is_copy(exact[span], pointer)
            else (exact.get(span, pointer))
        )
    starts = [span.start for span, _ in placed]
    found: list[Problem] = []
    around: list[tuple[Span, str]] = []
    at = 0
    for problem in problems:
        if problem.path is not None or problem.start is None or problem.end is None:
            found.append(problem)
            continue
        own = Span(problem.start, problem.end)
        while at < len(placed) and placed[at][0].start <= own.start:
            around = [pair for pair in around if pair[0].end >= placed[at][0].end]
            around.append(placed[at])
            at += 1
        around = [pair for pair in around if pair[0].end >= own.start]
        path = exact.get(own) or _inner(around, own, exact) or _inside(placed, starts, own)
        found.append(replace(problem, path=path) if path else problem)
    return tuple(found)


def _placed(spans: Mapping[str, Place]) -> Iterator[tuple[Span, str]]:
    for pointer, place in spans.items():
        for span in stretches(place):
            if span.end > span.start:
                yield span, pointer


def _inner(around: Sequence[tuple[Span, str]], own: Span, exact: Mapping[Span, str]) -> str | None:
    """The field of the smallest stretch that contains the problem's."""
    containing = [span for span, _ in around if span.end >= own.end]
    return exact[min(containing, key=lambda span: span.end - span.start)] if containing else None


def _inside(placed: Sequence[tuple[Span, str]], starts: Sequence[int], own: Span) -> str | None:
    """What the fields that begin in the problem's stretch have in common."""
    first, after = bisect_left(starts, own.start), bisect_left(starts, own.end)
    path: str | None = None
    for _, pointer in placed[first:after]:
        path = pointer if path is None else _common(path, pointer)
    return path if path and path.count("/") > 1 else None


def _is_copy(known: str, pointer: str) -> bool:
    """Whether normalizedSection has again what protocolSection has."""
    return known.startswith("/protocolSection") and pointer.startswith("/normalizedSection")


def _common(first: str, second: str) -> str:
    """The pointer to what two pointers lead into."""
    shared: list[str] = []
    for one, other in zip(first.split("/"), second.split("/"), strict=False):
        if one != other:
            break
        shared.append(one)
    return "/".join(shared)
