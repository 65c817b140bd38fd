"""Prints an API v2 study as a bare page: the page of printer.py as an extractor gives it that drops the labels.

It shares no code with the package. What became of labels that share their
value's line is `inline`; `related` are titles and ids of other trials, between Brief Summary and Detailed Description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from tests.evaluation.printer import RESULTS_AVAILABLE, RESULTS_PENDING, SENTENCES, Json, print_page

Inline = Literal["value", "label", "gone"]
"""What is left of `Group Type EXPERIMENTAL`: the value, the line as it is, or nothing, as on pages seen."""

RELATED = (
    "Related Clinical Trials",
    "Explore similar clinical trials based on study characteristics and research focus.",
)

_LABELS = {
    "Basic Information": (
        "Recruitment Status",
        "Clinical Phase",
        "Total Enrollment",
        "Study Classification",
        "Study Start Date",
        "Study Completion Date",
    ),
    "Study Design": (
        "Allocation Method",
        "Intervention Model",
        "Observational Model Type",
        "Primary Study Purpose",
        "Blinding Strategy",
        "Study Time Perspective",
    ),
    "Eligibility Criteria": (
        "Minimum Eligible Age",
        "Maximum Eligible Age",
        "Eligible Sex",
        "Accepts Healthy Volunteers",
    ),
}
"""The labels of a line of their own; each is once, in this order."""

_INLINE = {
    "Study Groups": r"(?:Group Type|Intervention Type) (?=[A-Z_]+\Z)",
    "Interventions": r"Intervention Type (?=[A-Z_]+\Z)",
    "Sponsors": r"Sponsor Role (?=[a-z]+\Z)",
    "Responsible Party": r"Responsibility Role (?=[A-Z_]+\Z)",
    "Locations": r"Site Status (?=[A-Z_]+\Z)",
    "Central Contacts": r"Role: (?=[A-Za-z_]+\Z)",
    "Facility Contacts": r"Role: (?=[A-Za-z_]+\Z)",
    "References": r"Reference Type (?=[A-Z_]+\Z)|PMID: (?=\d+ \(View on PubMed\)\Z)",
    "Other Identifiers": r"Identifier (?:Type|Source): (?=\S)",
}
"""The labels that share their value's line, by section."""


def print_bare(study: Json, inline: Inline = "value", related: Sequence[tuple[str, str]] = ()) -> str:
    """The bare page of a study, without a line end after its last line."""
    sections = _sections(print_page(study))
    out: list[str] = []
    for heading, lines in sections:
        if heading == "Study Results":
            # The notice's first line is a label; a button is glued to the next heading.
            out += [
                "Study Results",
                *(line for line in lines if line not in (RESULTS_AVAILABLE[0], RESULTS_PENDING[0])),
            ]
            continue
        glued = bool(out) and out[-1] == RESULTS_AVAILABLE[2]
        opened = [f"{out.pop()}{heading}" if glued else heading] if heading else []
        out += [*opened, *_bare(heading, lines, inline)]
        if heading == "Brief Summary" and related:
            out += [*RELATED, *(line for trial in related for line in trial)]
    return "\n".join(out)


def _sections(page: str) -> Iterable[tuple[str, list[str]]]:
    """The headings of a labelled page with the lines below them; what is before the first has no heading."""
    lines = [line for line in page.split("\n") if line.strip()]
    heading, found = "", []
    for index, line in enumerate(lines):
        sentence = SENTENCES.get(line)
        below = lines[index + 1] if index + 1 < len(lines) else ""
        opened = line == "Study Results" and below in (RESULTS_AVAILABLE[0], RESULTS_PENDING[0])
        if opened or (below and sentence == below):
            yield heading, found
            heading, found = line, []
        else:
            found.append(line)
    yield heading, found


def _bare(heading: str, lines: list[str], inline: Inline) -> list[str]:
    if heading in _LABELS:
        return _without_labels(lines, _LABELS[heading])
    if heading not in _INLINE or inline == "label":
        return lines
    pattern = re.compile(_INLINE[heading])
    if inline == "gone":
        return [line for line in lines if not pattern.match(line)]
    return [pattern.sub("", line).removesuffix(" (View on PubMed)") if pattern.match(line) else line for line in lines]


def _without_labels(lines: list[str], labels: Sequence[str]) -> list[str]:
    """Lines without the labels, each of which is dropped where it is last: a criterion may read like one."""
    dropped = set()
    end = len(lines)
    for label in reversed(labels):
        places = [index for index in range(end) if lines[index] == label]
        if places:
            end = places[-1]
            dropped.add(end)
    return [line for index, line in enumerate(lines) if index not in dropped]
