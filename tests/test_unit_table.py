"""The table of units: its rows, that a unit is one row, and that every code is UCUM."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from msgspec.structs import replace

from parser.quantities import read_quantities, unit_table, units
from parser.quantities.conversion import canonical
from parser.quantities.unit_table import UnitRow, atoms_by_code, forms, rows
from parser.quantities.units import read_unit, unit_at
from tests.conftest import ROOT, needs_records
from tests.evaluation.records import load_records
from tests.quantity_notation import notation

PACKAGE = ROOT / "parser"


# --- The table ---

COLUMNS = {
    "counted": {"counted", "measured", "activity"},
    "plausible": {"", "cells", "copies", "virus", "thousands"},
    "marks": {"dose", "below", "rate", "times", "cells", "prefixed", "periodic", "period", "people"},
}


def test_a_row_has_a_size_or_says_that_it_has_none() -> None:
    for row in rows():
        size, _, base = row.size.partition(" ")
        assert size in ("none", "parts") or Decimal(size) > 0, row
        assert base or size in ("none", "parts") or row.code[0] in "{1%[", row
        if size == "parts":
            assert canonical(row.code), row
        assert row.counted in COLUMNS["counted"], row
        assert row.plausible in COLUMNS["plausible"], row
        assert set(row.marks.split()) <= COLUMNS["marks"], row


def test_no_other_module_names_a_unit() -> None:
    """What a unit is is in the table alone: elsewhere no text is a code or a written form of one."""
    names = {row.code for row in rows() if len(row.code) > 2 and not row.code.startswith("10*")}
    # Powers of ten are numbers, too.
    names |= {form.text for form in forms() if len(form.text) > 2 and not form.atom.code.startswith("10*")}
    # Words that are units and have other meanings: of what is counted, of periods, of prefixes.
    words = {
        "cells",
        "copies",
        "time",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "second",
        "minute",
        "parts",
        "points",
        "weeks",
        "days",
        "units",
        "at least",
        "fraction",
        "min",
    }
    words |= {"mega", "giga", "tera", "million", "thousand", "billion", "score", "normal", "limit", "dose", "doses"}
    words |= {row.dimension for row in rows()}
    found: list[str] = []
    for path in (PACKAGE / "quantities").glob("*.py"):
        if path.name == "unit_table.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [f"{path.name}:{node.lineno}: {node.value!r}"] if node.value in names - words else []
    assert found == []


LUMEN = UnitRow("lm", "luminous flux", "1 cd.sr", "measured", "", "", "", "k m", "=lm", "lumen*")


@pytest.fixture
def with_lumens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table with one more row, as a user would add it."""
    tables = (unit_table.forms, unit_table._by_text, unit_table._trie, unit_table.atoms_by_code, units._first_words)
    kept = (*tables, units._common, read_unit, canonical)
    table = (*rows(), LUMEN)
    monkeypatch.setattr(unit_table, "rows", lambda: table)
    for cached in kept:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("with_lumens")
@pytest.mark.parametrize(
    "text, expected",
    [
        ("lamp of 2 x 105 lumens", ["[105, 105] lm"]),
        ("lamp ≥ 1.500 lm", ["[1.5, -) lm"]),
        ("between 3 and 5 klm", ["[3, 5] klm"]),
        ("lamp of 800 lumens per square meter", ["[800, 800] lm/m2"]),
        ("lamp of 800 lm/mL", ["[800, 800] lm/mL"]),
    ],
)
def test_a_unit_is_added_by_one_row(text: str, expected: list[str]) -> None:
    found = read_quantities(text)
    assert [notation(replace(one, subject=None)) for one in found] == expected
    assert all(one.repair is None for one in found)
    assert all((size := canonical(one.ucum or "")) and "cd.sr" in size.ucum for one in found)


# --- Every code is UCUM ---


@cache
def record_units() -> tuple[str, ...]:
    """The distinct units after the numbers of the records, most frequent first."""
    counts: dict[str, int] = {}
    for study in load_records():
        protocol = study["protocolSection"]
        texts = [protocol.get("eligibilityModule", {}).get("eligibilityCriteria", "")]
        arms = protocol.get("armsInterventionsModule", {})
        texts += [arm.get("description", "") for kind in ("armGroups", "interventions") for arm in arms.get(kind, [])]
        for text in texts:
            unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
            for number in re.finditer(r"(?<![\w.,/-])\d[\d.,]*(?:\s?[x×](?=\s?[A-Z]))?[ \xa0]?", unescaped):
                if found := unit_at(unescaped, number.end()):
                    unit = unescaped[found.start : found.end]
                    counts[unit] = counts.get(unit, 0) + 1
    return tuple(sorted(counts, key=lambda unit: (-counts[unit], unit)))


def assert_valid(codes: set[str]) -> None:
    ucumvert = pytest.importorskip("ucumvert")
    parser = ucumvert.get_ucum_parser()
    wrong = []
    for code in sorted(codes):
        try:
            parser.parse(code)
        except Exception as error:  # lark's errors, of which there are several without a common name.
            wrong.append(f"{code}: {type(error).__name__}")
    assert not wrong


def test_the_sizes_of_the_table_are_those_of_ucum() -> None:
    ucumvert = pytest.importorskip("ucumvert")
    registry = ucumvert.PintUcumRegistry()
    for code, atom in atoms_by_code().items():
        if atom.dimension in ("time", "mass", "length", "volume", "pressure", "radioactivity"):
            expected = registry.from_ucum(code).to(registry.from_ucum(atom.base)).magnitude
            close = 1e-9 if atom.dimension in ("time", "mass", "length", "volume") else 1e-5
            assert float(atom.size or 0) == pytest.approx(expected, rel=close), code


def test_every_form_of_the_table_has_a_valid_code() -> None:
    codes = {read_unit(form.text).ucum for form in forms() if not form.atom.code.startswith("10*")}
    assert_valid({code for code in codes if code})
    # Only what is ambiguous alone has none, and what says how often and not how much.
    assert {form.text for form in forms() if read_unit(form.text).ucum is None} == {
        form.text
        for form in forms()
        if form.text in "KkT"
        or (form.atom.code.startswith("10*") and len(form.text) > 1)
        or (form.atom.marks & {"periodic", "period"} and form.text not in ("night", "nights"))
    }


def test_products_of_forms_have_valid_codes() -> None:
    numerators = [form.text for form in forms() if form.atom.dimension not in ("limit", "rank")][::7]
    denominators = (
        "kg",
        "m2",
        "mL",
        "mm^3",
        "day",
        "24 h",
        "1.73 m2",
        "(kg·min)",
        "10^6 cells",
        "dose",
        "mL*h",
        "HPF/d",
    )
    written = [f"{above}/{below}" for above, below in product(numerators, denominators)]
    codes = {unit.ucum for unit in map(read_unit, written) if unit.ucum}
    assert len(codes) > 1200
    assert_valid(codes)


@needs_records
def test_units_of_the_records_are_known_and_valid() -> None:
    found = record_units()
    known = {unit: code for unit in found if (code := read_unit(unit).ucum)}
    assert len(found) > 400
    assert len(known) / len(found) > 0.97
    assert_valid(set(known.values()))
