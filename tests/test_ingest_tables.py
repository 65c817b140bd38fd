"""Documents as rows: every column filled, keys that hold, units that compare; and what the README says of them."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from parser import Document, merge, parse, render
from parser.ingest.sinks import Record, sink_for
from parser.quantities.conversion import canonical
from parser.quantities.unit_table import atoms_by_code
from parser.tables.columns import TABLES, TYPES, markdown
from parser.tables.rows import Row, rows_of
from tests.conftest import ROOT, TEXT_SAMPLES
from tests.test_units import CASES

README = ROOT / "parser" / "ingest" / "README.md"
NOT_IN_SAMPLES = {"studies.unparsed", "contacts.other_phones", "contacts.email", "quantities.path"}
PYTHON_TYPES = {"BIGINT": int, "DOUBLE": float, "BOOLEAN": bool, "DATE": date, "VARCHAR": str}


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    return [parse(page.read_bytes()).to_dict() for page in TEXT_SAMPLES]


@pytest.fixture(scope="module")
def data_set(documents: list[dict[str, Any]]) -> dict[str, list[Row]]:
    """The rows of all samples, one of which comes twice."""
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for number, document in enumerate([*documents, documents[0]], 1):
        for name, found in rows_of(document, number, "a page").items():
            rows[name] += found
    return rows


# --- The tables themselves ---


def test_the_tables_are_well_formed() -> None:
    assert {table.name for table in TABLES} == {"studies", "criteria", "quantities", "conditions", "interventions"} | {
        "arms",
        "locations",
        "contacts",
        "references",
        "problems",
    }
    assert TABLES[0].name == "studies"
    known = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert names[:2] == ["record", "nct_id"] and len(set(names)) == len(names)
        assert table.key[0] == "record"
        for column in table.columns:
            assert re.fullmatch("[a-z_]+|sha256", column.name)
            assert column.type in TYPES
            assert column.meaning.endswith(".") and "|" not in column.meaning
            assert not column.refers or column.refers in known


# --- Rows ---


def fits(value: Any, kind: str) -> bool:
    if kind == "VARCHAR[]":
        return type(value) is list and all(type(item) is str for item in value)
    return value is None or type(value) is PYTHON_TYPES[kind]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_every_column_in_its_type(table: Any, data_set: dict[str, list[Row]]) -> None:
    rows = data_set[table.name]
    assert rows, "no sample has any"
    for row in rows:
        assert list(row) and set(row) == {column.name for column in table.columns}
        for column in table.columns:
            assert fits(row[column.name], column.type), (column.name, row[column.name])


def test_the_samples_fill_the_columns(data_set: dict[str, list[Row]]) -> None:
    empty = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if all(row[column.name] in (None, []) for row in data_set[table.name])
    }
    assert empty <= NOT_IN_SAMPLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_hold(table: Any, data_set: dict[str, list[Row]]) -> None:
    rows = data_set[table.name]
    keys = Counter(tuple(row[name] for name in table.key) for row in rows)
    assert keys.most_common(1)[0][1] == 1
    assert all(None not in key for key in keys)
    assert list(keys) == sorted(keys, key=lambda key: key[0]), "records are not in their order"
    for column in table.columns:
        if column.refers and column.name != "record":
            there, name = column.refers.split(".")
            targets = {(row["record"], row[name]) for row in data_set[there]}
            found = {(row["record"], row[column.name]) for row in rows if row[column.name] is not None}
            assert found <= targets
        elif column.refers:
            assert {row["record"] for row in rows} <= {row["record"] for row in data_set["studies"]}


def nodes_of(criteria: list[dict[str, Any]], parent: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    for node in criteria:
        yield parent, node
        yield from nodes_of(node.get("children", []), node["id"])


def test_criteria_are_the_tree_in_the_order_of_the_page(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        tree = document.get("normalizedSection", {}).get("eligibilityModule", {}).get("criteria", [])
        rows = rows_of(document)["criteria"]
        assert [(row["parent_id"], row["criterion_id"], row["text"]) for row in rows] == [
            (parent, node["id"], node["text"]) for parent, node in nodes_of(tree)
        ]
        assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
        paths = {row["criterion_id"]: row["path"] for row in rows}
        for row in rows:
            assert row["path"] == [*paths.get(row["parent_id"], []), row["criterion_id"]]
            assert row["depth"] == len(row["path"])


def quantities_of(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "ucum" in part:
            yield part
        else:
            for key, value in part.items():
                # The registry's own limits of age are columns of studies.
                if key not in ("minimumAge", "maximumAge"):
                    yield from quantities_of(value)
    elif isinstance(part, list):
        for item in part:
            yield from quantities_of(item)


def test_no_quantity_is_lost(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        expected = Counter((one["text"], one["start"], one["ucum"]) for one in quantities_of(document))
        rows = rows_of(document)["quantities"]
        assert Counter((row["text"], row["start_offset"], row["ucum"]) for row in rows) == expected
        for row in rows:
            owners = [row[name] for name in ("criterion_id", "arm_position", "intervention_position")]
            assert sum(owner is not None for owner in owners) == 1
            assert (row["role"] == "criterion") == (row["criterion_id"] is not None)


def test_the_lists_of_a_record_keep_their_order(
    documents: list[dict[str, Any]], data_set: dict[str, list[Row]]
) -> None:
    for table in TABLES:
        if "position" in table.key:
            kinds = [tuple(row[name] for name in table.key if name != "position") for row in data_set[table.name]]
            places = [row["position"] for row in data_set[table.name]]
            for (kind, place), (following, after) in pairwise(zip(kinds, places, strict=True)):
                assert after == (place + 1 if kind == following else 1)


def study_with(**modules: Any) -> dict[str, list[Row]]:
    return rows_of({"protocolSection": modules})


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2020", (date(2020, 1, 1), "year", "2020")),
        ("2020-02", (date(2020, 2, 1), "month", "2020-02")),
        ("2020-02-29", (date(2020, 2, 29), "day", "2020-02-29")),
        ("2021-02-29", (None, None, "2021-02-29")),
        ("0000-01", (None, None, "0000-01")),
        ("soon", (None, None, "soon")),
        (None, (None, None, None)),
    ],
)
def test_a_date_says_how_much_of_it_is_known(text: str | None, expected: tuple[Any, ...]) -> None:
    (study,) = study_with(statusModule={"startDateStruct": {"date": text} if text else {}})["studies"]
    assert (study["start_date"], study["start_precision"], study["start_text"]) == expected


@pytest.mark.parametrize(
    "age, years", [((18, "a"), 18.0), ((6, "mo"), 0.5), ((None, "a"), None), ((3, None), None), ((3, "kg"), None)]
)
def test_ages_are_in_years(age: tuple[float | None, str | None], years: float | None) -> None:
    limit = {"low": age[0], "high": age[0], "ucum": age[1]}
    module = {"minimumAge": limit, "maximumAge": limit}
    (study,) = rows_of({"normalizedSection": {"eligibilityModule": module}})["studies"]
    assert (study["minimum_age_years"], study["maximum_age_years"]) == (years, years)


def test_a_study_of_api_v2_has_what_is_in_it() -> None:
    contact = {"name": "Ann Ott", "role": "CONTACT", "phone": "030 1234", "phoneExt": "5", "email": "a@b.example"}
    rows = study_with(
        identificationModule={"nctId": "NCT00000001"},
        contactsLocationsModule={"locations": [{"city": "Bonn"}, {"city": "Ulm", "contacts": [contact]}]},
        referencesModule={"references": [{"pmid": "1", "citation": "A. B. C."}]},
    )
    assert [row["city"] for row in rows["locations"]] == ["Bonn", "Ulm"]
    (row,) = rows["contacts"]
    assert (row["location_position"], row["name"], row["printed_phone"]) == (2, "Ann Ott", "030 1234 ext. 5")
    assert (row["phone"], row["printed_name"], row["email"]) == (None, "Ann Ott", "a@b.example")
    assert rows["references"][0]["citation"] == "A. B. C."
    assert {row["nct_id"] for table in rows.values() for row in table} == {"NCT00000001"}


def test_contacts_of_several_sites_have_no_site() -> None:
    contacts = [{"name": "Ann Ott", "rawName": "Ann Ott, MD", "degrees": "MD", "role": "primary", "phone": None}]
    rows = rows_of(
        {
            "protocolSection": {"contactsLocationsModule": {"locations": [{"city": "Bonn"}, {"city": "Ulm"}]}},
            "normalizedSection": {"contactsLocationsModule": {"locations": [{}, {}], "facilityContacts": contacts}},
        }
    )
    (row,) = rows["contacts"]
    assert (row["kind"], row["location_position"], row["role"]) == ("facility", None, "primary")
    assert (row["name"], row["printed_name"]) == ("Ann Ott", "Ann Ott, MD")


def test_numbers_that_no_column_holds_are_null(documents: list[dict[str, Any]]) -> None:
    document = copy.deepcopy(documents[0])
    document["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = 1 << 63
    quantity = next(quantities_of(document["normalizedSection"]["eligibilityModule"]))
    quantity["low"], quantity["ucum"] = 10**400, "kg"
    rows = rows_of(document)
    assert rows["studies"][0]["enrollment"] is None
    (row,) = (row for row in rows["quantities"] if row["start_offset"] == quantity["start"])
    assert (row["low"], row["canonical_low"]) == (None, None)


def test_a_problem_of_a_field_has_no_place() -> None:
    documents = [Document.from_dict({"hasResults": flag, "protocolSection": {}}) for flag in (True, False)]
    (row,) = rows_of(merge(*documents).to_dict())["problems"]
    assert (row["code"], row["message"]) == ("merge-conflict", "/hasResults: kept True, not False")
    assert [row[name] for name in ("start_offset", "end_offset", "line_number", "column_number")] == [None] * 4


def test_an_empty_document_is_one_study() -> None:
    assert {name: len(rows) for name, rows in rows_of({}).items() if rows} == {"studies": 1}


# --- Units to compare by ---

CANONICAL = """
1 => 1 1
/L => 1 /L
/uL => 1e6 /L
/mm3 => 1e6 /L
{cells}/mm3 => 1e6 /L
{CD34+_cells}/kg => .001 /g
mm3 => 1e-6 L
cm2 => 1e-4 m2
cm-1 => 100 /m
kg/m2 => 1000 g/m2
mg/dL => .01 g/L
mg/kg => 1e-6 1
mg/m2/d => 1.1574074074074074e-8 g/m2/s
g/(24.h) => 1.1574074074074073e-5 g/s
mg/(5.mL) => .2 g/L
/(100000.{patients}) => 1e-5 /{patients}
mL/min/{1.73_m2} => 1.6666666666666667e-5 L/s/{1.73_m2}
mg/{dose} => .001 g/{dose}
{cells}/{dose} => 1 {cells}/{dose}
{pack}.a => 31557600 s.{pack}
{ULN} => 1 {ULN}
{logMAR} => 1 {logMAR}
Gy{RBE} => 1 Gy{RBE}
cGy{RBE} => .01 Gy{RBE}
Gy => 1 Gy
% => .01 1
mmol/mol => .001 1
mm[Hg] => 133.322 Pa
cm[H2O] => 98.0665 Pa
m[IU]/mL => 1 [IU]/L
U/kg/d => 1.1574074074074074e-8 U/g/s
[MET].h/wk => .005952380952380952 [MET]
ng/mL.h => .0036 g.s/L
10*9 => 1e9 1
mCi => 37000000 Bq
"""


@pytest.mark.parametrize("case", CANONICAL.strip().splitlines())
def test_a_unit_has_its_canonical_unit(case: str) -> None:
    code, _, expected = case.partition(" => ")
    factor, ucum = expected.split(" ")
    found = canonical(code)
    assert found
    assert (found.of(1), found.ucum) == (float(factor), ucum)


@pytest.mark.parametrize(
    "code",
    [
        "Cel",
        "[degF]",
        "dB",
        "{log_copies}/mL",
        "{log10_copies}/mL",
        "foo",
        "foo/L",
        "",
        "kg|m",
        "/0",
        "10*999",
        "(mg" * 99,
    ],
)
def test_what_has_no_factor_has_no_canonical_unit(code: str) -> None:
    assert canonical(code) is None


def test_nearly_every_unit_of_the_registry_has_one_that_stays_as_it_is() -> None:
    codes = sorted({code for _, code in CASES if code != "null"})
    without = [code for code in codes if canonical(code) is None]
    assert set(without) <= {"Cel", "[degF]", "dB", "dB[SPL]", "K", "{log10_copies}/mL", "{log_IU}/mL"}
    for found in filter(None, map(canonical, codes)):
        again = canonical(found.ucum)
        assert again and (again.ucum, again.of(1)) == (found.ucum, 1)


def test_sizes_agree_with_the_table_of_units() -> None:
    for code, atom in atoms_by_code().items():
        found = canonical(code)
        assert found and atom.size and found.numerator == atom.size * found.denominator, code


def test_one_value_in_several_units_is_one_number() -> None:
    written = [(75_000, "/uL"), (75_000, "{platelets}/mm3"), (75e9, "/L"), (75_000_000, "/mL"), (7.5e7, "{cells}/cm3")]
    values = [(unit.of(value), unit.ucum) for value, code in written if (unit := canonical(code))]
    assert values == [(75e9, "/L")] * len(written)


# --- The README ---


def test_the_readme_has_the_tables() -> None:
    assert "\n".join(markdown()) in README.read_text(encoding="utf-8")


def page_with_criteria(text: str) -> str:
    """A page that has little more than eligibility criteria."""
    return render(
        {
            "protocolSection": {
                "identificationModule": {"briefTitle": "A study in two groups", "nctId": "NCT09999999"},
                "eligibilityModule": {"eligibilityCriteria": text},
            }
        }
    )


def test_the_questions_of_the_readme_have_the_answers_it_shows(tmp_path: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    (block,) = re.findall(r"```text\n(Inclusion Criteria:\n.*?)\n```", readme, re.DOTALL)
    with sink_for(tmp_path / "trials.duckdb") as sink:
        for page in TEXT_SAMPLES:
            sink.write(Record.of(page.name, parse(page.read_bytes())))
        sink.write(Record.of("groups.txt", parse(page_with_criteria(block))))
    shown = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", readme, re.DOTALL)
    assert len(shown) == 4
    with duckdb.connect(str(tmp_path / "trials.duckdb"), read_only=True) as database:
        for question, answer in shown:
            found = database.sql(question)
            rows = [
                [f"{value:g}" if isinstance(value, float) else str(value) for value in row] for row in found.fetchall()
            ]
            header, _, *lines = ([cell.strip(" `") for cell in line.split("|")[1:-1]] for line in answer.splitlines())
            assert rows == lines
            assert header == found.columns
