"""What a data set holds: counts of its records, of the fields that are filled, of problems and of quantities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from parser.ingest.datasets import Columns, Rows
from parser.ingest.report import largest_first
from parser.tables.columns import TABLES
from parser.tables.rows import Row

NONE = "(none)"
"""Under this is counted what has no form, no registry, or is about no field."""

OTHERS = "(others)"
# So many different keys are counted one by one. Real data sets have some hundred, and memory must stay flat.
_MOST_KEYS = 10_000

_INDEX = re.compile(r"/\d+(?=/|\Z)")

COLUMNS: Columns = {
    table.name: {
        "studies": tuple(column.name for column in table.columns),
        "problems": ("record", "code", "path"),
        "quantities": ("record", "kind", "unit", "ucum", "low", "high", "repair_reason"),
    }.get(table.name, ("record",))
    for table in TABLES
}
"""Which columns are examined."""


@dataclass
class Statistics:
    """Counts over a data set."""

    records: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    registries: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COLUMNS["studies"][1:], 0)))
    """How many records have something in each column of `studies`."""
    rows: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COLUMNS, 0)))
    """How many rows each table has."""
    having: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COLUMNS, 0)))
    """How many records have a row in each table."""
    problems: dict[str, Counter[str]] = field(default_factory=dict)
    """How many problems there are, by code and by the field they are about, `*` in the place of an index."""
    kinds: Counter[str] = field(default_factory=Counter)
    """How many quantities there are of each kind."""
    repaired: Counter[str] = field(default_factory=Counter)
    """How many quantities are repaired, by reason."""
    units_unknown: int = 0
    """How many quantities have a unit that has no UCUM code."""
    without_bounds: int = 0
    """How many quantities have neither a lower nor an upper bound."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON data; what `stats --json` prints. The largest counts come first."""
        return {
            "records": self.records,
            "forms": largest_first(self.forms),
            "registries": largest_first(self.registries),
            "filled": dict(self.filled),
            "tables": {name: {"rows": self.rows[name], "records": self.having[name]} for name in COLUMNS},
            "problems": {
                "count": sum(counts.total() for counts in self.problems.values()),
                "codes": [
                    {"code": code, "count": counts.total(), "fields": largest_first(counts)}
                    for code, counts in sorted(self.problems.items(), key=lambda pair: (-pair[1].total(), pair[0]))
                ],
            },
            "quantities": {
                "kinds": largest_first(self.kinds),
                "repaired": largest_first(self.repaired),
                "unitsUnknown": self.units_unknown,
                "withoutBounds": self.without_bounds,
            },
        }


def summarize_rows(rows: Rows) -> Statistics:
    """Count over all rows of a data set (`COLUMNS` of them), which are examined once."""
    found = Statistics()
    last: dict[str, int] = {}
    for table, some in rows:
        found.rows[table] += len(some)
        for row in some:
            if row["record"] != last.get(table):
                last[table] = row["record"]
                found.having[table] += 1
        if table == "studies":
            _add_studies(found, some)
        elif table == "problems":
            _add_problems(found, some)
        elif table == "quantities":
            _add_quantities(found, some)
    return found


def _add_studies(found: Statistics, rows: Iterable[Row]) -> None:
    for row in rows:
        found.records += 1
        _count(found.forms, row["form"] or NONE)
        _count(found.registries, row["registry"] or NONE)
        found.filled.update(name for name in found.filled if row[name] is not None and row[name] != [])


def _add_problems(found: Statistics, rows: Iterable[Row]) -> None:
    for row in rows:
        code = row["code"] if row["code"] in found.problems or len(found.problems) < _MOST_KEYS else OTHERS
        _count(found.problems.setdefault(code, Counter()), _INDEX.sub("/*", row["path"] or NONE))


def _add_quantities(found: Statistics, rows: Iterable[Row]) -> None:
    for row in rows:
        _count(found.kinds, row["kind"])
        if row["repair_reason"] is not None:
            _count(found.repaired, row["repair_reason"])
        found.units_unknown += row["unit"] is not None and row["ucum"] is None
        found.without_bounds += row["low"] is None and row["high"] is None


def _count(counts: Counter[str], key: str) -> None:
    counts[key if key in counts or len(counts) < _MOST_KEYS else OTHERS] += 1
