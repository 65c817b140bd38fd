"""How much of the registry's records comes back from bare pages: printed without labels, parsed, compared by field.

    python -m tests.evaluation.measure_bare                      # in every variant: the figures and the worst fields
    python -m tests.evaluation.measure_bare --show briefSummary  # and what was expected and found there

A third of the pages have other trials spliced in, and a sixth lack the first block of a section. The exit code is 1
if fewer fields are right than the tests ask for.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from parser.assemble import assemble
from parser.forms.pages.bare import read_bare
from parser.lines import read_lines
from parser.problems import Problems
from parser.source import Source
from tests.evaluation.bare_printer import Inline, print_bare
from tests.evaluation.parity import FIELDS, TEXTS, Fields, Page, Report, actual, expected, show
from tests.evaluation.records import Study, chosen_records, records_parser

MIN_FIELDS_RIGHT = 0.97
VARIANTS: Mapping[Inline, str] = {
    "value": "values only",
    "label": "labels that share their value's line kept",
    "gone": "and those lines gone",
}
"""What is printed of the lines that hold a label and a value."""

GONE = frozenset(
    name
    for name in FIELDS
    if name.endswith((".type", "[].role", "[].status", ".pmid", "interventionNames[]", "secondaryIdInfos[].type"))
)
"""What a page no longer holds when those lines are gone."""

FIRST_BLOCKS = (
    ("statusModule", "overallStatus"),
    ("descriptionModule", "briefSummary"),
    ("conditionsModule", "conditions"),
    ("eligibilityModule", "eligibilityCriteria"),
    ("identificationModule", "briefTitle"),
)
"""What may be missing at the head of a section: a module of the record, and the key that is printed first."""


def pages(studies: Iterable[Study]) -> Iterable[tuple[Study, list[tuple[str, str]]]]:
    """Each study as its page holds it, with the other trials that are spliced in."""
    others: list[tuple[str, str]] = []
    for index, study in enumerate(studies):
        if index % 6 == 1:
            study = without_first_block(study, index // 6)
        yield study, others[-5:] if index % 3 == 0 else []
        identity = study["protocolSection"]["identificationModule"]
        others.append((identity.get("briefTitle", "A Trial"), identity["nctId"]))


def without_first_block(study: Study, turn: int) -> Study:
    """A copy of a study that lacks what one of its sections begins with."""
    module, key = FIRST_BLOCKS[turn % len(FIRST_BLOCKS)]
    changed = copy.deepcopy(study)
    changed["protocolSection"].get(module, {}).pop(key, None)
    return changed


def without_blank_lines(fields: Fields) -> Fields:
    """The fields as a bare page holds them: its texts have no blank lines."""
    return {name: _closed_up(value) if name in TEXTS else value for name, value in fields.items()}


def _closed_up(value: Any) -> Any:
    if isinstance(value, list):
        return [_closed_up(entry) for entry in value]
    return re.sub(r"\n\s*\n", "\n", value) if isinstance(value, str) else value


def compare(study: Study, text: str) -> Page:
    """What is read from a bare page next to what was printed."""
    nct_id = study["protocolSection"]["identificationModule"]["nctId"]
    wanted = without_blank_lines(expected(study))
    source = Source(text)
    problems = Problems(source.position)
    # No page may stop the run over the others: whatever is raised is in the report.
    try:
        document = assemble(source, read_bare(source, read_lines(text), problems), problems).to_dict()
    except Exception as error:
        return Page(nct_id, wanted, dict.fromkeys(FIELDS), error=f"{type(error).__name__}: {error}")
    return Page(
        nct_id,
        wanted,
        without_blank_lines(actual(document)),
        len(document.get("sourceSection", {}).get("unparsed", [])),
    )


def measure(studies: Iterable[Study], inline: Inline) -> Report:
    """The comparison of studies printed in one variant."""
    compared = [compare(study, print_bare(study, inline, others)) for study, others in pages(studies)]
    gone = dict.fromkeys(GONE) if inline == "gone" else {}
    return Report([replace(page, expected=page.expected | gone, actual=page.actual | gone) for page in compared])


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.measure_bare", __doc__)
    options.add_argument("--show", metavar="FIELD", help="expected and found, for fields whose name contains FIELD")
    chosen = options.parse_args(argv)
    studies = chosen_records(options, chosen)
    enough = True
    for inline, name in VARIANTS.items():
        report = measure(studies, inline)
        print(f"{name}: {report}\n")
        if chosen.show:
            print(show(report, chosen.show))
        enough = enough and report.fields_right() >= MIN_FIELDS_RIGHT
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
