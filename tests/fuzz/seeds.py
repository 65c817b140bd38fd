"""What is mutated: the pages of samples, blocks of criteria, and the registry's own records where they are at hand."""

from __future__ import annotations

import random
from functools import cache
from typing import NamedTuple

from tests.conftest import HTML_SAMPLES, ROOT, TEXT_SAMPLES
from tests.evaluation.measure_layouts import pages as printed
from tests.evaluation.records import RECORDS, load_records

# Longer pages take long to parse and show nothing that shorter ones do not.
_LONGEST = 30_000


class Seeds(NamedTuple):
    """Pages, and blocks of criteria, in an order that is always the same."""

    pages: tuple[str, ...]
    blocks: tuple[str, ...]


@cache
def read_seeds(with_records: bool = True, most: int = 400) -> Seeds:
    """The samples, the blocks of tests/criteria_cases, and `most` of the records printed in one form or another.

    The records' own criteria are CommonMark with its indentation, which pages have lost; so they are blocks of another
    form than those in the pages.
    """
    pages = [path.read_text(encoding="utf-8") for path in (*TEXT_SAMPLES, *HTML_SAMPLES)]
    blocks: list[str] = []
    for path in sorted((ROOT / "tests" / "criteria_cases").glob("*.txt")):
        for case in ("\n" + path.read_text(encoding="utf-8")).split("\n## ")[1:]:
            blocks.append(case.partition("\n")[2].partition("\n->\n")[0])
    if with_records and RECORDS:
        studies = list(load_records())
        chance = random.Random(0)
        for study in chance.sample(studies, min(most, len(studies))):
            _, page, _ = chance.choice(list(printed(study)))
            if len(page) <= _LONGEST:
                pages.append(page)
            criteria = study["protocolSection"].get("eligibilityModule", {}).get("eligibilityCriteria")
            if criteria:
                blocks.append(criteria)
    return Seeds(tuple(pages), tuple(blocks))
