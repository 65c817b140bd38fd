"""How many pages in HTML give the document that their text gives: the registry's records in every shell of a page.

    python -m tests.evaluation.measure_html              # all records, and which differ
    python -m tests.evaluation.measure_html --limit 100
    python -m tests.evaluation.measure_html --shell rows --show 5    # and in what

The exit code is 1 if less than `MIN_SAME` of them do.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from typing import Any

from parser import parse
from parser.html import html_text
from tests.evaluation.html_printer import SHELLS, print_html
from tests.evaluation.printer import print_page
from tests.evaluation.records import Study, chosen_records, nct_id, records_parser

MIN_SAME = 0.999

# CommonMark's backslashes before punctuation (section 2.4): a page in HTML shows what they stand for.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def comparable(part: Any) -> Any:
    """A document without places, which differ where a page has other line ends, and without backslashes."""
    if isinstance(part, dict):
        return {key: comparable(value) for key, value in part.items() if key not in ("sourceSection", "start", "end")}
    if isinstance(part, list):
        return [comparable(value) for value in part]
    return _ESCAPE.sub(r"\1", part) if isinstance(part, str) else part


def differences(one: Any, other: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Where two documents differ: the path, and what each has there."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(one.keys() | other.keys())
        return [found for key in keys for found in differences(one.get(key), other.get(key), f"{path}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for place, pair in pairs for found in differences(*pair, f"{path}/{place}")]
    return [] if one == other else [(path, one, other)]


def compare(study: Study, shell: str) -> list[tuple[str, Any, Any]]:
    """Where the document of a page's text and that of the same page in HTML differ."""
    text = html_text(print_html(study, shell)).text
    return differences(comparable(parse(print_page(study)).to_dict()), comparable(parse(text).to_dict()))


def main(argv: list[str] | None = None) -> int:
    options = records_parser("tests.evaluation.measure_html", __doc__)
    options.add_argument("--shell", choices=SHELLS, action="append", help="only this shell; may be given again")
    options.add_argument("--show", type=int, default=0, help="so many differences of a page are printed")
    chosen = options.parse_args(argv)
    studies = chosen_records(options, chosen)
    count = len(studies)
    same: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    shells = chosen.shell or list(SHELLS)
    for study in studies:
        page = print_page(study)
        begun = time.process_time()
        right = parse(page)
        seconds["text"] += time.process_time() - begun
        expected = comparable(right.to_dict())
        for shell in shells:
            page = print_html(study, shell)
            begun = time.process_time()
            text = html_text(page).text
            seconds[shell] += time.process_time() - begun
            found = differences(expected, comparable(parse(text).to_dict()))
            same[shell] += not found
            if found:
                print(nct_id(study), shell, found[: chosen.show])
    print(f"{seconds['text'] / count * 1000:8.1f} ms for the document of a page's text")
    for shell in shells:
        print(
            f"{same[shell] / count:8.2%} of {count:,} {shell}; {seconds[shell] / count * 1000:.1f} ms for a page's text"
        )
    return 0 if all(same[shell] >= MIN_SAME * count for shell in shells) else 1


if __name__ == "__main__":
    sys.exit(main())
