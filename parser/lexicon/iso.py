"""Countries and their states as ISO 3166 lists them, read from the files of the package pycountry.

{"alpha_2": "FR", "name": "France", "official_name": "French Republic", ...}        iso3166-1
{"code": "FR-75C", "name": "Paris", "type": "Metropolitan collectivity with ..."}   iso3166-2

The package itself is not imported: it first asks the installation for its own version and then makes an object of each
row, which takes ten times as long as reading the rows. Its files are those of Debian's iso-codes, keys included.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

Row = dict[str, str]


def countries() -> list[Row]:
    """ISO 3166-1: `alpha_2`, `name`, and where they differ from it `official_name` and `common_name`."""
    return _table("3166-1")


def states() -> list[Row]:
    """ISO 3166-2: `code`, which begins with the country's, `name` and `type`."""
    return _table("3166-2")


def _table(name: str) -> list[Row]:
    spec = find_spec("pycountry")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package pycountry is missing: the installation is broken", name="pycountry")
    path = Path(spec.origin).parent / "databases" / f"iso{name}.json"
    rows: list[Row] = json.loads(path.read_text(encoding="utf-8"))[name]
    return rows
