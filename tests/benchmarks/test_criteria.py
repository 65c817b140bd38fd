"""How long the tree of a block takes. `pytest tests/benchmarks --benchmark-enable` measures; without it each runs once.

A block of median size has about 1,130 characters; this is a real one, with items inside items, in both of its forms.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from parser import parse_criteria
from tests.evaluation.criteria_answers import without_indentation

BLOCK = """Key Inclusion Criteria

Rollover Participants:

* Satisfactorily completed AOC 1044-CS1 (EXPLORE44) as determined by the Investigator and Sponsor
* No significant tolerability issues with AOC 1044

De novo Participants:

* Aged 7 to 27 years, inclusive, at the time of informed consent
* Clinical diagnosis of DMD or clear onset of DMD symptoms at or before the age of 6 years
* Confirmation of DMD gene mutation amenable to exon 44 skipping
* Weight ≥ 23 kg
* Ambulatory or non-ambulatory

  * Ambulatory participants: LVEF ≥50% and FVC≥50%
  * Non-ambulatory participants: LVEF ≥45% and FVC≥40%
* PUL 2.0 entry item A ≥3
* If on corticosteroids, stable dose for 30 days before screening and throughout the study

Key Exclusion Criteria

Rollover Participants:

* Presence of any new condition or worsening of existing condition that could affect safety

De novo Participants:

* Uncontrolled hypertension or diabetes
* Prior treatment with any cell or gene therapy
* Prior treatment with another exon 44 skipping agent within 6 months prior to informed consent
* Recently treated with an investigational drug
* History of multiple drug allergies"""


@pytest.mark.benchmark(group="criteria")
def test_a_median_block(benchmark: BenchmarkFixture) -> None:
    assert benchmark(parse_criteria, BLOCK).to_dict()["criteria"]


@pytest.mark.benchmark(group="criteria")
def test_a_median_block_without_its_indentation(benchmark: BenchmarkFixture) -> None:
    assert benchmark(parse_criteria, without_indentation(BLOCK)).to_dict()["criteria"]
