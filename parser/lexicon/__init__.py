"""The lexicon: statistics of terms from the registry's records, and weights for separating joined terms.

`terms.txt.gz` is made by `python -m parser.lexicon.build` and holds tables, each a heading and lines of one number and
its entries:

    [conditions]
    1<TAB>abdominalwallhernia<TAB>ablation ...
    [weights keywords]
    -7<TAB>NREM ...

Entries are grouped by number, so that the file loads fast.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from parser.lexicon.features import LexiconCounts

Kind = Literal["conditions", "keywords"]
KINDS: tuple[Kind, ...] = ("conditions", "keywords")

STEP = 0.05
"""The unit of weights; a finer one changes no decision. Sums of integers do not depend on their order, so that
every version of Python segments a list in the same way."""

PATH = Path(__file__).parent / "terms.txt.gz"


class Lexicon(NamedTuple):
    """What was counted, and for each kind of list the weight of each feature, in steps of `STEP`."""

    statistics: LexiconCounts
    weights: dict[Kind, dict[str, int]]


@cache
def load() -> Lexicon:
    """The lexicon of the package, read on first use and kept for the life of the process."""
    return read_lexicon(gzip.decompress(PATH.read_bytes()).decode("utf-8"))


def read_lexicon(text: str) -> Lexicon:
    """The lexicon from the text of its file."""
    tables: dict[str, dict[str, int]] = {}
    table: dict[str, int] = {}
    for line in text.split("\n"):
        if line.startswith("["):
            table = tables[line[1:-1]] = {}
        elif line:
            printed, _, entries = line.partition("\t")
            number = int(printed)
            for entry in entries.split("\t"):
                table[entry] = number
    counts = {name: tables[name] for name in LexiconCounts._fields}
    return Lexicon(LexiconCounts(**counts), {kind: tables[f"weights {kind}"] for kind in KINDS})
