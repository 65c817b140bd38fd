"""Which lines open a section.

A line that reads like a heading may be one, or a criterion ("Study Design") or a heading inside a description. What
tells: the site's fixed sentence below it, a label of its section below it, a place of its own between blank lines,
and the order in which pages have their sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from parser.forms.pages.fields import FIELDS, PROSE
from parser.forms.pages.site import speaks_to_the_reader
from parser.forms.pages.vocabulary import HEADING_BY_TEXT, HEADING_ORDER, HEADINGS, Heading, find_label
from parser.lines import Line, closes
from parser.source import fold

_SURE, _LIKELY, _BARE = 100, 10, 1

# A page "speaks" when this many headings have a sentence below them: then a heading without one is a coincidence.
# (A text that is cut short has fewer.)
_SPEAKING = 3

# This many characters identify a heading or a sentence that is cut off by the end of the text.
_LEAST_CUT = 6

# An unknown heading is a short title: `Funding Sources`, `Ethics & Oversight`.
_TITLE = re.compile(r"[A-Z][^\r\n.,;:!?]{2,59}\Z")


# Most lines are not headings, which their first letters show: no more letters than any heading's first word has.
_OPENING = min(len(heading.text.split()[0]) for heading in HEADINGS)
_OPENINGS = frozenset(heading.text[:_OPENING] for heading in HEADINGS)


class Opening(Struct):
    """A line that opens a section: its index among the lines, and whether the next line is the site's sentence.

    An unknown heading has the section "unknown"; a repeated one has `repeated`.
    """

    index: int
    heading: Heading
    has_sentence: bool
    repeated: bool = False


# Between blocks a page has blank lines: so many of its lines begin a paragraph.
_LEAST_OPEN = 0.04


def find_openings(lines: list[Line]) -> list[Opening]:
    """The openings of a page's sections, in the page's order."""
    candidates = [
        (index, heading)
        for index, line in enumerate(lines)
        if line.text[:_OPENING] in _OPENINGS and (heading := _heading(line.text))
    ]
    below = {index: _sentence_below(lines, index, heading) for index, heading in candidates}
    speaks = tells_site(lines, candidates)
    sure = {index for index, kind in below.items() if kind == _SURE}
    likely = [
        (index, heading, weight)
        for index, heading in candidates
        # Nothing speaks more for a heading than a sentence.
        if (weight := below[index] or _structure(lines, index, heading)) > (_BARE if speaks else 0)
    ]
    chosen = {index for index, _ in _best_chain(likely)} | sure
    if speaks:
        likely_lines_below = [(index, heading) for index, heading in candidates if below[index] == _LIKELY]
        chosen |= _out_of_order(lines, [pair for pair in candidates if pair[0] in chosen], likely_lines_below)
    openings: list[Opening] = []
    seen: set[str] = set()
    for index, heading in candidates:
        if index in chosen:
            has_sentence = below[index] == _SURE or (speaks and below[index] == _LIKELY)
            openings.append(Opening(index, heading, has_sentence, heading.section in seen))
            seen.add(heading.section)
    if speaks:
        openings += _unknown(lines, chosen)
        openings += _cut_short(lines, openings)
    return sorted(openings, key=lambda opening: opening.index)


def site_openings(lines: list[Line]) -> tuple[list[Line], list[Opening]] | None:
    """The openings of a page of the site's, and its lines as they are read; None for any other page.

    Where hardly a line opens a paragraph somebody took out the blank lines, and each is one: values of one line are
    commoner than longer ones.
    """
    if len(lines) > 1 and sum(line.opens for line in lines) < 1 + _LEAST_OPEN * len(lines):
        lines = [Line(line.start, line.end, line.text, opens=True) for line in lines]
    openings = find_openings(lines)
    is_site = tells_site(lines, [(opening.index, opening.heading) for opening in openings])
    return (lines, openings) if is_site else None


def tells_site(lines: list[Line], headings: Iterable[tuple[int, Heading]]) -> bool:
    """Whether headings are the site's: several are above sentences, or each is above its own, on a text that is cut."""
    kinds = [(_sentence_below(lines, index, heading), heading) for index, heading in headings]
    own = [kind == _SURE for kind, heading in kinds if heading.sentence]
    return sum(kind > 0 for kind, _ in kinds) >= _SPEAKING or (bool(own) and all(own))


def _heading(line: str) -> Heading | None:
    if len(line) >= 80:
        return None
    return HEADING_BY_TEXT.get(line) or HEADING_BY_TEXT.get(fold(line))


def _sentence_below(lines: list[Line], index: int, heading: Heading) -> int:
    """How certainly the line below a heading is the site's sentence: `_SURE`, `_LIKELY` or 0."""
    if index + 1 == len(lines):
        return 0
    line = lines[index + 1].text
    if heading.sentence and (line == heading.sentence or fold(line) == heading.sentence):
        return _SURE
    if index + 2 == len(lines) and len(line) >= _LEAST_CUT and heading.sentence.startswith(fold(line)):
        # The end of the text cuts the sentence short.
        return _SURE
    return _LIKELY if speaks_to_the_reader(line) else 0


def _structure(lines: list[Line], index: int, heading: Heading) -> int:
    """What speaks for a heading besides a sentence: a label of its section below it, or a paragraph of its own."""
    if not (lines[index].opens and closes(lines, index)):
        return 0
    if heading.shape == FIELDS:
        following = lines[index + 1 : index + 3]
        if any(find_label(heading.section, line.text) for line in following):
            return _LIKELY
    return _BARE


def _best_chain(candidates: list[tuple[int, Heading, int]]) -> list[tuple[int, Heading]]:
    """The heaviest choice of candidates that are in the order of pages, each section at most once."""
    ranks = [HEADING_ORDER[heading.text] for _, heading, _ in candidates]
    if ranks == sorted(set(ranks)):
        # Mostly nothing else reads like a heading, and all are in that order.
        return [(index, heading) for index, heading, _ in candidates]
    best: list[tuple[int, tuple[tuple[int, Heading], ...]]] = [(0, ())] * (len(HEADINGS) + 1)
    # best[rank] is the heaviest chain whose last heading comes before that rank; there are as many as headings.
    for rank, (index, heading, weight) in zip(ranks, candidates, strict=True):
        total, chain = best[rank]
        grown = (total + weight, (*chain, (index, heading)))
        for later in range(rank + 1, len(best)):
            # Of two equal chains the later one: a description comes before the sections that it may quote.
            if best[later][0] <= grown[0]:
                best[later] = grown
    return list(best[-1][1])


def _out_of_order(lines: list[Line], chosen: list[tuple[int, Heading]], likely: list[tuple[int, Heading]]) -> set[int]:
    """Headings with a sentence below them that have no place in the chain: of sections that open nowhere else.

    One whose section has come already opens it again. One whose section is still to come is text, a description that
    quotes it.
    """
    first: dict[str, int] = {}
    for index, heading in chosen:
        first.setdefault(heading.section, index)
    return {
        index
        for index, heading in likely
        if first.setdefault(heading.section, index) <= index and _stands_over_sentence(lines, index)
    }


def _stands_over_sentence(lines: list[Line], index: int) -> bool:
    """Whether a line and the one below it are paragraphs of their own, the lower one a sentence to the reader."""
    following = lines[index + 1]
    return lines[index].opens and following.opens and closes(lines, index + 1) and speaks_to_the_reader(following.text)


def _cut_short(lines: list[Line], openings: list[Opening]) -> list[Opening]:
    """The heading that the end of the text cuts short: the beginning of one that is still to come."""
    last = lines[-1].text
    seen = [HEADING_ORDER[opening.heading.text] for opening in openings if opening.heading.text in HEADING_ORDER]
    if not lines[-1].opens or len(last) < _LEAST_CUT or any(opening.index == len(lines) - 1 for opening in openings):
        return []
    found = [
        heading
        for heading in HEADINGS
        if heading.text.startswith(last) and HEADING_ORDER[heading.text] > max(seen, default=-1)
    ]
    return [Opening(len(lines) - 1, found[0], has_sentence=False)] if len(found) == 1 else []


def _unknown(lines: list[Line], chosen: set[int]) -> list[Opening]:
    """Unknown headings: a short title in its own paragraph, and the site's sentence below it."""
    return [
        Opening(index, Heading(lines[index].text, "unknown", PROSE), has_sentence=True)
        # Few lines end as sentences do, so this comes first.
        for index in [below - 1 for below, line in enumerate(lines) if line.text[-1] == "." and line.opens and below]
        if index not in chosen
        and index - 1 not in chosen
        and _TITLE.match(lines[index].text)
        and _stands_over_sentence(lines, index)
        and not _heading(lines[index].text)
    ]
