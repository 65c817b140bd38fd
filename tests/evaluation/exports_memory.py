"""Memory over a long export that is made while it is read: the peak after each tenth of it.

python -m tests.evaluation.exports_memory array 100000       # or lines, xml, csv
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator

from parser import parse_records

CRITERIA = (
    "Inclusion Criteria:\\n\\n* Age 18 years or older\\n* ANC ≥ 1.5 x 10^9/L\\n\\nExclusion Criteria:\\n\\n* Pregnancy"
)


def study(number: int) -> str:
    identification = {"nctId": f"NCT{number:08}", "briefTitle": f"Study {number}"}
    eligibility = {"eligibilityCriteria": json.loads(f'"{CRITERIA}"'), "minimumAge": "18 Years"}
    return json.dumps(
        {"protocolSection": {"identificationModule": identification, "eligibilityModule": eligibility}},
        ensure_ascii=False,
    )


def xml(number: int) -> str:
    criteria = json.loads(f'"{CRITERIA}"')
    return (
        f"<clinical_study><id_info><nct_id>NCT{number:08}</nct_id></id_info><brief_title>Study {number}</brief_title>"
        f"<eligibility><criteria><textblock>{criteria}</textblock></criteria></eligibility></clinical_study>\n"
    )


SHAPES: dict[str, tuple[str, Callable[[int], str], str]] = {
    "array": ("[", lambda number: f"{',' if number > 1 else ''}{study(number)}", "]"),
    "lines": ("", lambda number: f"{study(number)}\n", ""),
    "xml": ("<clinical_studies>", xml, "</clinical_studies>"),
    "csv": (
        "NCT Number,Study Title,Brief Summary\n",
        lambda number: f'NCT{number:08},Study {number},"Some\nwords"\n',
        "",
    ),
}
"""What comes first, each record, and what comes last."""


class Generated:
    """A stream that makes what is read of it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._held = b""

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, "")):
            self._held += piece.encode()
        data, self._held = self._held[:size], self._held[size:]
        return data


def pieces(shape: str, count: int) -> Iterator[str]:
    first, record, last = SHAPES[shape]
    if first:
        yield first
    yield from map(record, range(1, count + 1))
    if last:
        yield last


def main(shape: str, total: int) -> None:
    started = time.process_time()
    for number, _ in enumerate(parse_records(Generated(pieces(shape, total))), 1):
        if number % (total // 10) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:>9,} records  {peak:>7.1f} MB  {time.process_time() - started:>7.1f} s", flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shape", choices=SHAPES)
    arguments.add_argument("count", type=int, help="how many records are made")
    options = arguments.parse_args()
    main(options.shape, options.count)
