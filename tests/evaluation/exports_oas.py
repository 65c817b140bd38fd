"""What is assembled of exports, against the registry's OpenAPI description: keys, types, codes, dates.

python -m tests.evaluation.exports_oas FILE...
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from parser import parse_records
from tests.evaluation.openapi import violations


def main(*files: str) -> None:
    records = 0
    found: Counter[str] = Counter()
    for file in files:
        for document in parse_records(Path(file)):
            records += 1
            found.update(f"{re.sub('[0-9]+', '*', path)}: {what}" for path, what in violations(document.to_dict()))
    print(f"{records:,} records, {found.total():,} violations")
    for violation, count in found.most_common(20):
        print(f"{count:>6,}  {violation}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", metavar="FILE", help="an export in any form")
    main(*arguments.parse_args().files)
