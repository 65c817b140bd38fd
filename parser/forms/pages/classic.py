"""ClinicalTrials.gov's own pages of 2008 to 2024, recognised by their own lines; the reader of labels reads them.

ClinicalTrials.gov Identifier: NCT00000001      the full text, which others copy in part
Recruitment Status : Completed
Tracking Information                            the tabular view, in four parts
Arm/Group Title                                 the results
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.lines import Line

NAME, TABULAR, RESULTS = "ctgov-classic-page", "ctgov-tabular-page", "ctgov-classic-results-page"

_LINES = re.compile(
    r"(?P<id>clinicaltrials\.gov identifier\s?:)|(?P<safety>the safety and scientific validity of this study)"
    r"|(?P<status>recruitment status\s:|expanded access status\s:|this study (?:has been|is) \w)"
    r"|(?P<posted>(?:results )?first posted\s:|first received\s?:)|(?P<updated>last update posted\s:|last updated\s?:)"
    r"|(?P<provided>information provided by\b)|(?P<ages>ages eligible for study\s?:)"
    r"|(?P<table>conditions?(?: or disease)?[ |]+interventions?\b)|(?P<layout>layout table for)"
    r"|(?P<links>resource links provided by|additional relevant mesh terms)|(?P<verified>(?:last )?verified\s?:)",
    re.IGNORECASE,
)
_PARTS = "tracking|descriptive|recruitment|administrative"
_TABULAR = re.compile(rf"(?:{_PARTS}) information\Z", re.IGNORECASE)
TABULAR_SIGNATURE = tuple(f"{part} information" for part in _PARTS.split("|"))
_RESULTS = re.compile(
    r"(?P<arm>arm/group title)|(?P<hide>hide arm/group description)|(?P<type>measure type\b)"
    r"|(?P<details>(?:recruitment|pre-assignment) details\b)|(?P<groups>reporting groups\b)"
    r"|(?P<site>hide participant flow)"
    r"|(?P<analyzed>overall number of participants)"
    r"|(?P<flow>participant flow\b)|(?P<unit>unit of measure\b)|(?P<milestone>started\b)",
    re.IGNORECASE,
)
RESULTS_SIGNATURE = ("arm/group title", "reporting groups", "participant flow", "clinicaltrials.gov identifier")

_LEAST, _LEAST_PARTS, _LEAST_OF_RESULTS = 4, 2, 3


def likeness(lines: Sequence[Line]) -> float:
    """1.0 for a page with the lines of the full text, 0.0 for any other."""
    return float(_is_classic(lines))


def tabular_likeness(lines: Sequence[Line]) -> float:
    """1.0 for a page with the parts of the tabular view, 0.0 for any other."""
    return float(len({line.text.casefold() for line in lines if _TABULAR.match(line.text)}) >= _LEAST_PARTS)


def results_likeness(lines: Sequence[Line]) -> float:
    """1.0 for a page of the registry with tables of results, 0.0 for any other."""
    return float(_is_classic(lines) and len(_found(_RESULTS, lines)) >= _LEAST_OF_RESULTS)


def _is_classic(lines: Sequence[Line]) -> bool:
    found = _found(_LINES, lines)
    return "id" in found and len(found) >= _LEAST


def _found(pattern: re.Pattern[str], lines: Sequence[Line]) -> set[str]:
    texts = (line.text.lstrip("| ") for line in lines)
    return {match.lastgroup for text in texts if (match := pattern.match(text)) and match.lastgroup}
